"""A composed figure as bytes: SVG with real text, PDF with embedded fonts, PNG. The same input, the same bytes."""

from __future__ import annotations

import io
import re
import threading
import warnings
from base64 import b64encode
from collections import defaultdict
from datetime import UTC, datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from dashboard.paper.right_to_left import is_shaped, runs_right
from dashboard.report.compose import compose

if TYPE_CHECKING:
    from dashboard.paper.lettering import Face
    from dashboard.report.contents import Contents, Report

PROGRAM = "Sitrep Map"
SVG = "http://www.w3.org/2000/svg"
# matplotlib's settings are the process's: one figure is rendered at a time.
_SETTINGS: dict[Any, object] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "sitrep-map",
    "pdf.fonttype": 42,
    "path.simplify": False,
    "text.hinting": "no_hinting",  # hinted letters are wider than they were measured: texts would leave their boxes
}
one_at_a_time = threading.Lock()
_TEXT = re.compile(r"<text ([^>]*)>([^<]*)</text>")
_PATH, _FURTHER_DIGITS = re.compile(r' d="[^"]+"'), re.compile(r"(?<=\.\d\d)\d+")
_ANCHOR = re.compile(r"text-anchor: (start|end)")


def compose_report(page: Contents) -> Report:
    """`compose`, while nothing else is drawn."""
    with one_at_a_time:
        return compose(page)


def render(report: Report, format: str) -> bytes:
    """The figure's bytes as "svg", "pdf" or "png"."""
    import matplotlib as mpl  # noqa: PLC0415 (slow to load; only figures need it)

    draw = {"svg": _svg, "pdf": _pdf, "png": _png}[format]
    with one_at_a_time, mpl.rc_context(_SETTINGS), warnings.catch_warnings():
        # A letter that no bundled font has is set as a box in PDF and PNG, and by the reader's fonts in SVG.
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        return draw(report)


def _svg(report: Report) -> bytes:
    from dashboard.paper.lettering import clean  # noqa: PLC0415 (loads matplotlib)

    buffer = io.StringIO()
    report.figure.savefig(buffer, format="svg", metadata={"Date": None})
    text = buffer.getvalue()
    right_to_left = report.language.right_to_left
    # matplotlib's head (document type, size in points, metadata) gives way to ours; what it drew stays as it is.
    head = re.match(r".*?<svg[^>]*viewBox=\"([^\"]+)\"[^>]*>\s*<metadata>.*?</metadata>", text, re.DOTALL)
    assert head
    svg = ElementTree.Element("svg", _svg_attributes(report, head[1]))
    ElementTree.SubElement(svg, "title", id="title").text = clean(report.title, right_to_left)
    ElementTree.SubElement(svg, "desc", id="desc").text = clean(report.alt, right_to_left)
    ElementTree.SubElement(svg, "style").text = "".join(_font_faces(report))
    opening = ElementTree.tostring(svg, encoding="unicode").removesuffix("</svg>")
    # The page's height is no round number of points, which gives each ordinate nine digits: two are enough.
    body = _PATH.sub(lambda path: _FURTHER_DIGITS.sub("", path[0]), text[head.end() :])
    if right_to_left:
        body = _TEXT.sub(_turned, body)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{opening}{body}'.encode()


def _svg_attributes(report: Report, view_box: str) -> dict[str, str]:
    width, height = report.options.size.css
    return {
        "xmlns": SVG, "width": width, "height": height, "viewBox": view_box, "role": "img",
        "lang": report.language.code, "aria-labelledby": "title", "aria-describedby": "desc",
    }  # fmt: skip


def _turned(text: re.Match[str]) -> str:
    """A text of matplotlib's in a figure that is read from the right; not the whole, which browsers would move."""
    attributes, words = text.groups()
    if not runs_right(words):
        return text[0]
    # The start of what runs from the right is at the right; matplotlib's "start" is the left.
    other = {"start": "end", "end": "start"}
    attributes = _ANCHOR.sub(lambda anchor: f"text-anchor: {other[anchor[1]]}", attributes)
    return f'<text direction="rtl" {attributes}>{words}</text>'


def _font_faces(report: Report) -> list[str]:
    """The fonts of the figure, cut down to the characters that it uses, so that it looks the same anywhere."""
    used: dict[Face, set[str]] = defaultdict(set)
    for words in report.words:
        used[words.face].update(words.text)
    return [
        f"@font-face{{font-family:'{face.family}';font-weight:{face.weight};"
        f"src:url(data:font/woff2;base64,{b64encode(_subset(face, characters)).decode()})}}"
        for face, characters in sorted(
            ((face, "".join(sorted(each))) for face, each in used.items()),
            key=lambda item: (item[0].family, item[0].weight),
        )
    ]


@lru_cache(maxsize=32)
def _subset(face: Face, characters: str) -> bytes:
    from fontTools import subset  # noqa: PLC0415 (only SVG needs it)

    # No kerning tables: widths are measured without kerning, and reading those tables takes most of the time.
    options = subset.Options(flavor="woff2", hinting=False, notdef_outline=True, name_IDs=[0, 1, 2, 13, 14])
    # Letters that join have their forms there.
    options.drop_tables += ["FFTM", "GPOS"] if is_shaped(characters) else ["FFTM", "GDEF", "GPOS", "GSUB"]
    cutter = subset.Subsetter(options)
    cutter.populate(text=characters)
    buffer = io.BytesIO()
    with subset.load_font(str(face.path), options) as font:
        cutter.subset(font)
        subset.save_font(font, buffer, options)
    return buffer.getvalue()


def _pdf(report: Report) -> bytes:
    from dashboard.paper.lettering import clean  # noqa: PLC0415 (loads matplotlib)

    buffer = io.BytesIO()
    day = datetime.combine(report.made_on, time(), UTC)
    right_to_left = report.language.right_to_left
    words = {
        "Title": clean(report.title, right_to_left),
        "Subject": clean(report.alt, right_to_left),
        "Creator": PROGRAM,
        "CreationDate": day,
    }
    report.figure.savefig(buffer, format="pdf", metadata=words)
    return buffer.getvalue()


def _png(report: Report) -> bytes:
    from dashboard.paper.lettering import clean  # noqa: PLC0415 (loads matplotlib)

    buffer = io.BytesIO()
    dpi = report.options.size.png_dpi(report.options.dpi, report.options.scale)
    right_to_left = report.language.right_to_left
    title, alt = clean(report.title, right_to_left), clean(report.alt, right_to_left)
    words = {"Title": title, "Description": alt, "Software": PROGRAM}
    report.figure.savefig(buffer, format="png", dpi=dpi, metadata=words)
    return buffer.getvalue()
