"""The figures of a series one after another: animated GIF, APNG or WebP for slides. The same input, the same bytes."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import numpy as np
from numpy.typing import NDArray

from dashboard.choice.options import FigureOptions
from dashboard.export.image import PROGRAM, render
from geodata.errors import ChoiceError
from geodata.language.language import ENGLISH, Language
from geodata.phrases import phrase

if TYPE_CHECKING:
    from PIL import Image

    from dashboard.report.contents import Report

Colors = NDArray[np.int32]
FRAME_MS, LAST_MS = 1_200, 3_000
MAX_PIXELS = 150_000_000  # of all frames together: they are in memory while the film is made
EXACT_COLORS = 64  # of a GIF's 256
FRAMES = {
    "day": phrase("One figure after another, each a day."),
    "week": phrase("One figure after another, each a week."),
    "category": phrase("One figure after another, each a category."),
    "place": phrase("One figure after another, each a place."),
}
APART = (48, 32, 24, 16, 12, 8, 6, 4, 2, 0)  # of the others from each other, while there is room; levels of 256


def check(options: FigureOptions, frames: int) -> None:
    """Refuse a film that would not be held in memory. Raises ChoiceError."""
    dpi = options.size.png_dpi(options.dpi, options.scale)
    width, height = (round(side * dpi / 72) for side in options.size.points)
    if width * height * frames > MAX_PIXELS:
        raise ChoiceError(
            "scale",
            f"The film would have {frames} frames of {width:,} x {height:,} pixels (expected at most "
            f"{MAX_PIXELS // 1_000_000} million in all): choose a smaller size, dpi or scale.",
        )


def film(reports: Iterable[Report], format: str, title: str, alt: str, language: Language = ENGLISH) -> bytes:
    """The figures as the frames of one picture that runs again and again; `format` is one that makes a film.

    Title and alt text, in `language`, go into its metadata. Each frame has the pixels of the same figure as PNG.
    """
    from PIL import Image  # noqa: PLC0415 (only films and PNG need it)

    # As PNG a frame takes a twentieth of the memory of its pixels.
    stills = [render(report, "png") for report in reports]
    frames = [Image.open(io.BytesIO(still)).convert("RGB") for still in stills]
    if format == "gif":
        palette = common_palette(frames)
        frames = [indexed(frame, palette) for frame in frames]
    buffer = io.BytesIO()
    frames[0].save(
        buffer, format={"apng": "png"}.get(format, format), save_all=True, append_images=frames[1:], loop=0,
        duration=[*[FRAME_MS] * (len(frames) - 1), LAST_MS], **_words(format, title, alt, language, stills[0]),
    )  # fmt: skip
    return buffer.getvalue()


def common_palette(frames: Sequence[Image.Image]) -> Colors:
    """At most 256 colours that all frames share, (n, 3): a colour does not change from one frame to the next.

    Those met most often, the paper's among them, are exact; the others lie so that none is far from all of them, as
    the few dots of a rare symbol would be.
    """
    met: Counter[Any] = Counter()
    for frame in frames:
        for count, color in frame.getcolors(1 << 24) or ():
            met[color] += count
    # By number and then by colour: the order of equals must not depend on anything else.
    ranked = np.array(sorted(met, key=lambda color: (-met[color], color)), dtype=np.int32)
    palette = ranked[:EXACT_COLORS]
    away = _squares(ranked, palette).min(axis=1)
    for apart in APART:
        while len(palette) < 256 and (away > apart**2).any():
            found = ranked[int((away > apart**2).argmax())][None]
            palette = np.concatenate([palette, found])
            away = np.minimum(away, _squares(ranked, found)[:, 0])
    return palette


def _squares(colors: Colors, others: Colors) -> Colors:
    """The squares of the distances of (n, 3) colours from (m, 3) others, (n, m)."""
    parts = np.array_split(colors, len(colors) // 2_000 + 1)
    return np.concatenate([((part[:, None] - others) ** 2).sum(axis=2) for part in parts])


def indexed(frame: Image.Image, palette: Colors) -> Image.Image:
    """The frame in the colours of a palette, each pixel in the nearest; no dithering, which would flicker."""
    from PIL import Image  # noqa: PLC0415

    pixels = np.asarray(frame).astype(np.int32) @ np.array([1 << 16, 1 << 8, 1], dtype=np.int32)
    packed, places = np.unique(pixels, return_inverse=True)
    colors = np.column_stack([packed >> 16, packed >> 8 & 255, packed & 255])
    nearest = _squares(colors, palette).argmin(axis=1).astype(np.uint8)
    image = Image.fromarray(nearest[places].reshape(pixels.shape), "P")
    image.putpalette(palette.astype(np.uint8).tobytes())
    return image


def _words(format: str, title: str, alt: str, language: Language, still: bytes) -> dict[str, Any]:
    """Title and alt text as the format keeps them."""
    from PIL import Image  # noqa: PLC0415
    from PIL.PngImagePlugin import PngInfo  # noqa: PLC0415

    from dashboard.paper.lettering import clean  # noqa: PLC0415 (loads matplotlib)

    title, alt = clean(title, language.right_to_left), clean(alt, language.right_to_left)
    if format == "gif":
        return {"comment": f"{title}\n{alt}".encode(), "optimize": False}
    if format == "webp":
        about = (
            '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
            '<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>'
            f'<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{escape(alt)}</rdf:li></rdf:Alt></dc:description>'
            "</rdf:Description></rdf:RDF></x:xmpmeta>"
        )
        return {"lossless": True, "xmp": about.encode()}
    info = PngInfo()
    for key, value in (("Title", title), ("Description", alt), ("Software", PROGRAM)):
        info.add_itxt(key, value)
    with Image.open(io.BytesIO(still)) as first:
        return {"pnginfo": info, "dpi": first.info["dpi"]}
