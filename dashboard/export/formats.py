"""What a figure can be saved as, and where: the formats, and the file's name checked before anything is drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dashboard.choice.request import FigureRequest
from geodata.errors import ChoiceError
from geodata.phrases import page_phrase

if TYPE_CHECKING:
    from dashboard.export.figure import Drawn
    from geodata.store.store import Store

_OFFICE = "application/vnd.openxmlformats-officedocument"
_SERIES = "say of what by each (day, week, category or place)"


def _nothing(_: FigureRequest) -> None:
    """No check."""


def _any_number(_: FigureRequest, __: int) -> None:
    """No limit."""


@dataclass(frozen=True, slots=True)
class Format:
    """What a figure can be saved as.

    `makes` is "figure" (one in a file; a series makes several files), "film" (a series, one after another), "document"
    (all in one file) or "map" (one, for a browser). `write` gives the bytes of one file of composed figures, taken one
    at a time; `check` refuses what cannot be asked, and `limit` how many figures, before anything is drawn: both raise
    ChoiceError. `pixels` says whether dpi says anything, `inline` whether a browser shows it instead of saving it.
    """

    label: str
    media_type: str
    makes: str
    write: Callable[[Store, FigureRequest, Iterable[Drawn]], bytes]
    about: str = ""
    check: Callable[[FigureRequest], None] = _nothing
    limit: Callable[[FigureRequest, int], None] = _any_number
    pixels: bool = True
    inline: bool = False


def _figure(_: Store, request: FigureRequest, figures: Iterable[Drawn]) -> bytes:
    from dashboard.export.image import render  # noqa: PLC0415 (matplotlib, as below)

    (drawn,) = figures
    return render(drawn.report, request.format)


def _film(store: Store, request: FigureRequest, figures: Iterable[Drawn]) -> bytes:
    from dashboard.export.figure import contents_of  # noqa: PLC0415
    from dashboard.export.film import FRAMES, film  # noqa: PLC0415 (Pillow)
    from dashboard.report.caption import shortened  # noqa: PLC0415

    whole = contents_of(store, request)
    alt = shortened(f"{whole.language.say(FRAMES[request.options.each])} {whole.alt_text()}")
    return film((each.report for each in figures), request.format, whole.title, alt, whole.language)


def _map(store: Store, request: FigureRequest, _: Iterable[Drawn]) -> bytes:
    from dashboard.export.html_file import html_file  # noqa: PLC0415 (plotly)

    return html_file(store, request)


def _bundle(store: Store, request: FigureRequest, figures: Iterable[Drawn]) -> bytes:
    from dashboard.export.bundle import bundle  # noqa: PLC0415

    return bundle(store, request, figures)


def _document(_: Store, request: FigureRequest, figures: Iterable[Drawn]) -> bytes:
    from dashboard.export.word import document  # noqa: PLC0415 (and python-docx)

    return document(request.options, request.view.language, figures)


def _slides(_: Store, __: FigureRequest, figures: Iterable[Drawn]) -> bytes:
    from dashboard.export.slides import presentation  # noqa: PLC0415 (and python-pptx)

    return presentation(figures)


def _check_pixels(request: FigureRequest) -> None:
    request.options.size.png_dpi(request.options.dpi, request.options.scale)


def _check_film(request: FigureRequest) -> None:
    if not request.options.each or request.options.arrange == "page":
        raise ChoiceError(
            "each", f"A .{request.format} shows one figure after another: {_SERIES}, and leave out arrange=page."
        )
    _check_pixels(request)


def _limit_film(request: FigureRequest, frames: int) -> None:
    from dashboard.export.film import check  # noqa: PLC0415 (Pillow)

    check(request.options, frames)


def _check_page(request: FigureRequest) -> None:
    from dashboard.export.office import paper, picture_dpi, within  # noqa: PLC0415 (matplotlib)

    picture_dpi(request.options, within(paper(request.options.size)))


def _check_slide(request: FigureRequest) -> None:
    from dashboard.export.office import SLIDE, picture_dpi  # noqa: PLC0415 (matplotlib)

    picture_dpi(request.options, SLIDE)


def _check_map(request: FigureRequest) -> None:
    from dashboard.export.html_file import check  # noqa: PLC0415 (plotly)

    check(request)


# By suffix, in the order of the page's links: all doors read this table.
FORMATS: dict[str, Format] = {
    "svg": Format(page_phrase("SVG"), "image/svg+xml", "figure", _figure, pixels=False, inline=True),
    "pdf": Format(page_phrase("PDF"), "application/pdf", "figure", _figure, pixels=False),
    "png": Format(page_phrase("PNG"), "image/png", "figure", _figure, check=_check_pixels),
    "html": Format(
        page_phrase("HTML"), "text/html; charset=utf-8", "map", _map,
        page_phrase("The map itself in one file: hover, zoom, layers, categories and days, without a network"),
        _check_map, pixels=False,
    ),
    "webp": Format(page_phrase("WebP"), "image/webp", "film", _film, check=_check_film, limit=_limit_film),
    "apng": Format(page_phrase("APNG"), "image/apng", "film", _film, check=_check_film, limit=_limit_film),
    "gif": Format(page_phrase("GIF"), "image/gif", "film", _film, check=_check_film, limit=_limit_film),
    "docx": Format(
        page_phrase("Word"), f"{_OFFICE}.wordprocessingml.document", "document", _document, check=_check_page
    ),
    "pptx": Format(
        page_phrase("PowerPoint"), f"{_OFFICE}.presentationml.presentation", "document", _slides, check=_check_slide
    ),
    "zip": Format(
        page_phrase("Bundle"), "application/zip", "document", _bundle,
        page_phrase("Figure, caption, alt text, sources, events and claims in one .zip file"), _check_pixels,
    ),
}  # fmt: skip


def formats_that_make(*kinds: str) -> tuple[str, ...]:
    """The formats of some kinds (`Format.makes`), in the table's order."""
    return tuple(name for name, format in FORMATS.items() if format.makes in kinds)


def suffixes() -> tuple[str, ...]:
    """As ".svg", of every format."""
    return tuple(f".{name}" for name in FORMATS)


def format_of(out: Path, shown: str) -> str:
    """The format of a file by its suffix, once it can be written; `shown` is its name as the user wrote it.

    Raises ChoiceError.
    """
    if out.suffix.lower() not in suffixes():
        raise ChoiceError("out", f"cannot tell the format of {shown!r} (expected one of {', '.join(suffixes())})")
    if out.is_dir():
        raise ChoiceError("out", f"cannot write {shown!r}: it is a folder")
    if not out.parent.is_dir():
        raise ChoiceError("out", f"cannot write {shown!r}: its folder does not exist")
    return out.suffix.lower()[1:]


def beside(out: Path, name: str) -> Path:
    """The file of one figure of a series: "map.pdf" and "2022-01-06" make "map-2022-01-06.pdf"; "" leaves `out`."""
    return out.with_name(f"{out.stem}-{name}{out.suffix}") if name else out
