"""A composed figure as bytes: SVG with real text, PDF with embedded fonts, PNG. The same input, the same bytes.

`draw_figure` is the one way in for the command, the address and the page.
"""

from __future__ import annotations

import io
import re
import threading
import warnings
from base64 import b64encode
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from dashboard.options import FigureOptions
from dashboard.report import compose
from dashboard.scene import Scene
from dashboard.view import View
from geodata.errors import FilterError
from geodata.filter import Filter
from geodata.store import Store

if TYPE_CHECKING:
    from dashboard.lettering import Face
    from dashboard.page import Report

CONTENT_TYPES = {"svg": "image/svg+xml", "pdf": "application/pdf", "png": "image/png"}
PROGRAM = "Sitrep Map"
SVG = "http://www.w3.org/2000/svg"

# matplotlib's settings are the process's: one figure is rendered at a time.
_SETTINGS: dict[Any, object] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "sitrep-map",
    "pdf.fonttype": 42,
    "path.simplify": False,
}
_one_at_a_time = threading.Lock()


def draw_figure(store: Store, where: Filter, view: View, options: FigureOptions, format: str) -> bytes:
    """Query once, compose, render. `format` is a key of `CONTENT_TYPES`; raises FilterError for what cannot be."""
    if format not in CONTENT_TYPES:
        raise FilterError("format", f"Cannot draw a {format[:20]!r} figure (expected {', '.join(CONTENT_TYPES)}).")
    if format == "png":
        options.size.png_dpi(options.dpi, options.scale)  # refuses before anything is drawn
    return render(figure_of(store, where, view, options), format)


def figure_of(store: Store, where: Filter, view: View, options: FigureOptions) -> Report:
    """The composed figure of a choice, in the options' theme or else the view's."""
    scene = Scene(store, store.query(where), view.layers, view.event)
    with _one_at_a_time:
        return compose(scene, replace(options, theme=options.theme or view.theme))


def render(report: Report, format: str) -> bytes:
    """The figure's bytes as "svg", "pdf" or "png"."""
    import matplotlib as mpl  # noqa: PLC0415 (slow to load; only figures need it)

    draw = {"svg": _svg, "pdf": _pdf, "png": _png}[format]
    with _one_at_a_time, mpl.rc_context(_SETTINGS), warnings.catch_warnings():
        # A letter that no bundled font has is set as a box in PDF and PNG, and by the reader's fonts in SVG.
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        return draw(report)


def _svg(report: Report) -> bytes:
    from dashboard.lettering import clean  # noqa: PLC0415 (loads matplotlib)

    buffer = io.StringIO()
    report.figure.savefig(buffer, format="svg", metadata={"Date": None})
    text = buffer.getvalue()
    # matplotlib's head (document type, size in points, metadata) gives way to ours; what it drew stays as it is.
    head = re.match(r".*?<svg[^>]*viewBox=\"([^\"]+)\"[^>]*>\s*<metadata>.*?</metadata>", text, re.DOTALL)
    assert head
    svg = ElementTree.Element("svg", _svg_attributes(report, head[1]))
    ElementTree.SubElement(svg, "title", id="title").text = clean(report.title)
    ElementTree.SubElement(svg, "desc", id="desc").text = clean(report.alt)
    ElementTree.SubElement(svg, "style").text = "".join(_font_faces(report))
    opening = ElementTree.tostring(svg, encoding="unicode").removesuffix("</svg>")
    # The page's height is no round number of points, which gives each ordinate nine digits: two are enough.
    body = re.sub(r' d="[^"]+"', lambda path: re.sub(r"(\.\d\d)\d+", r"\1", path[0]), text[head.end() :])
    return f'<?xml version="1.0" encoding="utf-8"?>\n{opening}{body}'.encode()


def _svg_attributes(report: Report, view_box: str) -> dict[str, str]:
    width, height = report.options.size.css
    return {
        "xmlns": SVG, "width": width, "height": height, "viewBox": view_box, "role": "img",
        "lang": report.options.lang, "aria-labelledby": "title", "aria-describedby": "desc",
    }  # fmt: skip


def _font_faces(report: Report) -> list[str]:
    """The fonts of the figure, cut down to the characters that it uses, so that it looks the same anywhere."""
    used: dict[Face, set[str]] = defaultdict(set)
    for words in report.words:
        used[words.face].update(words.text)
    return [
        f"@font-face{{font-family:'{face.family}';font-weight:{face.weight};"
        f"src:url(data:font/woff2;base64,{b64encode(_subset(face, characters)).decode()})}}"
        for face, characters in sorted(used.items(), key=lambda item: (item[0].family, item[0].weight))
    ]


def _subset(face: Face, characters: set[str]) -> bytes:
    from fontTools import subset  # noqa: PLC0415 (only SVG needs it)

    # No kerning tables: widths are measured without kerning, and reading those tables takes most of the time.
    options = subset.Options(flavor="woff2", hinting=False, notdef_outline=True, name_IDs=[0, 1, 2, 13, 14])
    options.drop_tables += ["GDEF", "GPOS", "GSUB"]
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(sorted(characters)))
    buffer = io.BytesIO()
    with subset.load_font(str(face.path), options) as font:
        cutter.subset(font)
        subset.save_font(font, buffer, options)
    return buffer.getvalue()


def _pdf(report: Report) -> bytes:
    from dashboard.lettering import clean  # noqa: PLC0415 (loads matplotlib)

    buffer = io.BytesIO()
    day = datetime.combine(report.made_on, time(), UTC)
    words = {
        "Title": clean(report.title),
        "Subject": clean(report.alt),
        "Creator": PROGRAM,
        "CreationDate": day,
    }
    report.figure.savefig(buffer, format="pdf", metadata=words)
    return buffer.getvalue()


def _png(report: Report) -> bytes:
    from dashboard.lettering import clean  # noqa: PLC0415 (loads matplotlib)

    buffer = io.BytesIO()
    dpi = report.options.size.png_dpi(report.options.dpi, report.options.scale)
    words = {"Title": clean(report.title), "Description": clean(report.alt), "Software": PROGRAM}
    report.figure.savefig(buffer, format="png", dpi=dpi, metadata=words)
    return buffer.getvalue()
