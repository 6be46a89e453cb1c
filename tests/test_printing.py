"""The figure as bytes: SVG, PDF and PNG, exact, safe and the same each time."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree

import pytest
from PIL import Image
from pypdf import PdfReader

from dashboard.paper.canvas import Print
from dashboard.scene.canvas import Canvas
from dashboard.scene.extent import Extent
from dashboard.scene.theme import PALETTES
from geodata.errors import ChoiceError
from geodata.filter import Filter
from geodata.store.store import Store
from tests.figures import SVG, composed, drawn, place, store_of, svg_words

HOSTILE = [
    "<b>bold</b> & <script>alert(1)</script>",
    "]]> <!-- --> <![CDATA[ &lt; &#0;",
    "$\\frac{1}{2}$ $x$ costs $5 and 5$",
    "\\href{javascript:alert(1)}{x} {{7*7}} %{customdata}",
    "quotes \" ' ` \\ and </text></svg>",
    "Жаңаөзен, مظاهرات, Tskhinvali ცხინვალი",
    "=cmd|' /C calc'!A0",
]


def test_both_surfaces_of_this_package_are_canvases(store: Store) -> None:
    measure: Canvas = Extent(PALETTES["light"])
    assert measure.palette
    assert {name for name in dir(Canvas) if not name.startswith("_")} <= set(dir(Print))


@pytest.mark.parametrize("size", ["A4-landscape", "column", "square", "120x90mm", "640x480px"])
def test_an_svg_is_as_large_as_asked_with_title_and_description_first(store: Store, size: str) -> None:
    root = ElementTree.fromstring(drawn(store, size=size, title="A title"))
    report = composed(store, size=size, title="A title")
    assert (root.get("width"), root.get("height")) == report.options.size.css
    assert [root[0].tag, root[1].tag] == [f"{SVG}title", f"{SVG}desc"]
    assert (root[0].text, root[1].text) == ("A title", report.alt)


@pytest.mark.parametrize("theme", PALETTES)
def test_an_svg_has_nothing_that_runs_links_or_loads(store: Store, theme: str) -> None:
    svg = drawn(store, theme=theme)
    root = ElementTree.fromstring(svg)
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {"svg", "title", "desc", "style", "defs", "g", "path", "text", "clipPath", "rect"}
    names = {name.rpartition("}")[2] for element in root.iter() for name in element.attrib}
    assert not {name for name in names if name.startswith("on") or name == "href"}
    outside = set(re.findall(rb"(?:https?:)?//[^\s\"')]+", re.sub(rb"base64,[^)]+", b"", svg)))
    assert outside <= {b"http://www.w3.org/2000/svg", b"http://www.w3.org/1999/xlink"}
    assert {url[:5] for url in re.findall(rb"url\((.{5})", svg)} <= {
        b"data:",
        b"#p"[:5],
        *re.findall(rb"url\((#.{4})", svg),
    }


def test_the_scale_bar_is_a_group_with_its_bar_and_its_label(store: Store) -> None:
    root = ElementTree.fromstring(drawn(store))
    report = composed(store)
    assert report.scale_bar
    (group,) = [each for each in root.iter(f"{SVG}g") if each.get("id") == "scale-bar"]
    (bar,) = group.iter(f"{SVG}path")
    xs = [float(x) for x in re.findall(r"[ML] (-?[\d.]+)", bar.get("d", ""))]
    assert max(xs) - min(xs) == pytest.approx(report.scale_bar.right - report.scale_bar.left, abs=0.03)
    assert "".join(group.itertext()).strip() == report.scale_bar.label


@pytest.mark.parametrize("kind", ["svg", "pdf", "png"])
def test_the_same_figure_is_the_same_bytes_twice(store: Store, kind: str) -> None:
    assert drawn(store, kind, size="column") == drawn(store, kind, size="column")


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_comes_out_as_it_is(text: str) -> None:
    store = store_of(place(text, 76.9, 43.25), place("n", None, None), title=text, event_title=text)
    svg = drawn(store, size="A4-landscape")
    words, plain = svg_words(svg), re.sub(r"\s+", " ", text)
    assert words.count(plain) >= 3  # the title, the label, the list
    assert ElementTree.fromstring(svg)[0].text == f"{plain}: 5 January 2022"
    assert drawn(store, "pdf", size="column").startswith(b"%PDF")
    assert drawn(store, "png", size="column").startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00b\x0bc\x1bd\x85e", "a\ufffdb c\ufffdd e"),
        ("turned \u202egnp.exe", "turned \ufffdgnp.exe"),
        ("lone \ud800 half", "lone \ufffd half"),
        ("two\nlines\tand a tab", "two lines and a tab"),
    ],
)
def test_what_cannot_be_printed_is_seen_and_does_nothing(text: str, shown: str) -> None:
    store = store_of(place("Almaty", 76.9, 43.25))
    for kind in ("svg", "pdf", "png"):
        assert drawn(store, kind, title=text, size="column")
    assert svg_words(drawn(store, title=text)).startswith(shown)


def test_a_title_of_ten_thousand_letters_takes_three_lines_and_an_ellipsis(store: Store) -> None:
    for title in ("x" * 10_000, "word " * 2_000):
        lines = [words.text for words in composed(store, title=title).words if words.role == "title"]
        assert len(lines) == 3
        assert lines[-1].endswith("…")


def test_letters_that_no_font_of_ours_has_stay_text_in_svg_and_do_not_stop_the_others(store: Store) -> None:
    title = "出来事 घटना"
    assert title in svg_words(drawn(store, title=title))
    assert drawn(store, "pdf", title=title)
    assert drawn(store, "png", title=title)


def test_the_fonts_of_an_svg_have_the_letters_it_uses(store: Store) -> None:
    from base64 import b64decode  # noqa: PLC0415

    from fontTools.ttLib import TTFont  # noqa: PLC0415

    svg = drawn(store).decode()
    fonts = re.findall(r"font-weight:(\d+);src:url\(data:font/woff2;base64,([^)]+)\)", svg)
    assert [weight for weight, _ in fonts] == ["400", "700"]
    regular = TTFont(io.BytesIO(b64decode(fonts[0][1]))).getBestCmap()
    assert {ord(char) for char in "AlmatyАлматы,(2022)–ұқғ"} <= set(regular)


def test_a_png_has_its_pixels_resolution_and_words(store: Store) -> None:
    def opened(**options: object) -> Image.Image:
        return Image.open(io.BytesIO(drawn(store, "png", title="A title", **options)))

    assert opened(size="640x480px").size == (640, 480)
    assert opened(size="640x480px", scale=2).size == (1280, 960)
    assert opened(size="1080x1350px").size == (1080, 1350)
    page = opened(size="A4")
    assert page.size == (1587, 2245)
    assert page.info["dpi"] == pytest.approx((192, 192), abs=0.1)
    assert page.info["Title"] == "A title"
    assert page.info["Description"] == composed(store, size="A4", title="A title").alt
    assert opened(size="column", dpi=300).info["dpi"] == pytest.approx((300, 300), abs=0.1)


def test_a_text_in_a_png_is_as_wide_as_it_was_measured(store: Store) -> None:
    options = {"size": "1000x700px", "title": "A title of some words, in bold"}
    title = next(words for words in composed(store, **options).words if words.role == "title")
    left, bottom, right, top = (side * 96 / 72 for side in title.box)
    picture = Image.open(io.BytesIO(drawn(store, "png", **options))).convert("L")
    ink = (
        picture.crop((0, round(700 - top), 1000, round(700 - bottom))).point(lambda grey: 255 * (grey < 128)).getbbox()
    )
    assert ink
    assert (ink[0], ink[2]) == pytest.approx((left, right), abs=3)


def test_a_png_of_too_many_pixels_is_refused_before_it_is_drawn(store: Store) -> None:
    with pytest.raises(ChoiceError, match="pixels"):
        drawn(store, "png", size="2000x2000mm", dpi=1200)


def test_an_unknown_format_is_refused(store: Store) -> None:
    with pytest.raises(ChoiceError, match="svg, pdf, png"):
        drawn(store, "exe")


def test_a_pdf_has_selectable_text_embedded_fonts_and_no_pictures(store: Store) -> None:
    file = PdfReader(io.BytesIO(drawn(store, "pdf", size="A4-landscape")))
    (page,) = file.pages
    text = page.extract_text()
    for words in ("Unrest in Kazakhstan, January 2022", "Нұр-Сұлтан", "Not on the map: 15 events", "all events"):
        assert words in text
    assert [float(side) for side in page.mediabox[2:]] == pytest.approx([841.89, 595.28], abs=0.01)
    assert file.metadata
    assert file.metadata.title == "Unrest in Kazakhstan, January 2022"
    assert file.metadata.subject
    fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert "/FontFile2" in descriptor, "the font is in the file"
    assert not page.images


def test_an_empty_answer_is_a_figure_in_every_format(store: Store) -> None:
    where = Filter.parse(q="no such words anywhere")
    assert "No events match" in svg_words(drawn(store, where=where))
    assert drawn(store, "pdf", where=where).startswith(b"%PDF")
    assert drawn(store, "png", where=where).startswith(b"\x89PNG")
