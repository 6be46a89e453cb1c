"""The figure in Word and PowerPoint files: in place, sharp, described, and nothing else in the file."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import docx
import pptx
import pytest
from docx.oxml.ns import qn
from PIL import Image

from dashboard.choice.options import FigureOptions
from dashboard.choice.sizes import SIZES
from dashboard.report import contents
from geodata.errors import ChoiceError
from geodata.filter import Filter
from geodata.store.store import Store
from tests.figures import MADE_ON, bundled, composed, dataset_of, drawn, place, store_of
from tests.records import store_over
from tests.test_bundle import several
from tests.test_printing import HOSTILE
from tests.zips import files_in, texts_in, times_in, xml_in

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from tests.conftest import RunCli

OFFICE = ("docx", "pptx")
EMU_A_POINT = 12_700
DAYS = ("2022-01-05", "2022-01-06")
COARSE = {"dpi": "40"}  # fast


def opened(content: bytes, kind: str) -> Any:
    return (docx.Document if kind == "docx" else pptx.Presentation)(io.BytesIO(content))


def picture(content: bytes) -> Image.Image:
    (name,) = (name for name in files_in(content) if "/media/" in name)
    return Image.open(io.BytesIO(files_in(content)[name]))


@cache  # several tests look at the same file
def of_size(store: Store, kind: str, size: str) -> bytes:
    return drawn(store, kind, size=size, **COARSE)


def described(content: bytes, part: str) -> list[str]:
    return [found for each in xml_in(content)[part].iter() if (found := each.get("descr")) is not None]


@pytest.mark.parametrize("size", [*SIZES, "75x75mm", "900x300mm", "300x900mm"])
def test_in_word_the_picture_keeps_its_shape_and_stays_within_the_margins(store: Store, size: str) -> None:
    file = opened(of_size(store, "docx", size), "docx")
    (section,) = file.sections
    (shape,) = file.inline_shapes
    width, height = FigureOptions.parse(size=size).size.points
    assert shape.width / shape.height == pytest.approx(width / height, rel=1e-3)
    assert shape.width <= section.page_width - section.left_margin - section.right_margin
    around = sum(  # the heading and the caption, a line each
        each.style.paragraph_format.line_spacing + each.style.paragraph_format.space_after
        for each in file.paragraphs
        if each.style.name in ("Heading 1", "Caption")
    )
    assert shape.height + around < section.page_height - section.top_margin - section.bottom_margin
    assert shape.width <= (width + 0.01) * EMU_A_POINT, "no figure is enlarged"


@pytest.mark.parametrize("size", ["column", "two-column"])
def test_in_word_a_figure_that_fits_has_its_true_size(store: Store, size: str) -> None:
    (shape,) = opened(of_size(store, "docx", size), "docx").inline_shapes
    assert (shape.width.mm, shape.height.mm) == pytest.approx((SIZES[size].width, SIZES[size].height), abs=0.01)


@pytest.mark.parametrize(
    ("size", "paper"),
    [
        ("A4", (210, 297)), ("A4-landscape", (297, 210)), ("Letter-landscape", (279.4, 215.9)),
        ("two-column", (210, 297)), ("square", (210, 297)), ("900x300mm", (297, 210)),
    ],
)  # fmt: skip
def test_the_paper_is_a4_or_letter_and_on_its_side_only_where_the_figure_is_larger_so(
    store: Store, size: str, paper: tuple[float, float]
) -> None:
    (section,) = opened(of_size(store, "docx", size), "docx").sections
    assert (section.page_width.mm, section.page_height.mm) == pytest.approx(paper, abs=0.01)


@pytest.mark.parametrize("size", [*SIZES, "75x75mm", "900x300mm", "300x900mm"])
def test_on_a_slide_title_picture_and_caption_stand_apart_and_within_it(store: Store, size: str) -> None:
    file = opened(of_size(store, "pptx", size), "pptx")
    (slide,) = file.slides
    assert file.slide_width / file.slide_height == pytest.approx(16 / 9)
    title, picture_, caption = slide.shapes
    width, height = FigureOptions.parse(size=size).size.points
    assert picture_.width / picture_.height == pytest.approx(width / height, rel=1e-3)
    assert title.top >= 0
    assert title.top + title.height <= picture_.top
    assert picture_.top + picture_.height <= caption.top
    assert caption.top + caption.height <= file.slide_height
    for shape in (title, picture_, caption):
        assert 0 <= shape.left <= shape.left + shape.width <= file.slide_width


@pytest.mark.parametrize("kind", OFFICE)
@pytest.mark.parametrize(("options", "dpi"), [({}, 300), ({"dpi": "150"}, 150), ({"dpi": "100", "scale": "2"}, 200)])
def test_the_picture_has_300_dots_an_inch_where_it_stands_or_as_many_as_asked(
    store: Store, kind: str, options: dict[str, str], dpi: float
) -> None:
    content = drawn(store, kind, size="A4-landscape", **options)
    file = opened(content, kind)
    shape = file.inline_shapes[0] if kind == "docx" else file.slides[0].shapes[1]
    assert picture(content).width / shape.width.inches == pytest.approx(dpi, rel=0.002)


@pytest.mark.parametrize("kind", OFFICE)
def test_a_poster_is_as_sharp_as_any_and_too_many_pixels_are_refused(store: Store, kind: str) -> None:
    assert max(picture(drawn(store, kind, size="2000x1500mm")).size) < 4_000
    with pytest.raises(ChoiceError, match="pixels"):
        drawn(store, kind, size="A4", dpi=2400)


@pytest.mark.parametrize(("kind", "part"), [("docx", "word/document.xml"), ("pptx", "ppt/slides/slide1.xml")])
def test_the_picture_is_described_by_the_alt_text_in_at_most_150_words(store: Store, kind: str, part: str) -> None:
    where = Filter.parse(categories="clash")
    found = set(described(drawn(store, kind, where, **COARSE), part))
    assert found == {composed(store, where).alt}
    many = store_of(*(place(f"A place of several words number {n}", 60 + n / 10, 45) for n in range(200)))
    (alt,) = set(described(drawn(many, kind, **COARSE), part))
    assert len(alt.split()) <= 150


def test_in_word_title_caption_lists_and_sources_are_text_with_the_styles_of_their_kind(store: Store) -> None:
    where = Filter.parse(**{"from": "2022-01-06", "to": "2022-01-09"})
    file = opened(drawn(store, "docx", where, **COARSE), "docx")
    by_style: dict[str, list[str]] = {}
    for paragraph in file.paragraphs:
        by_style.setdefault(paragraph.style.name, []).append(paragraph.text)
    assert by_style["Heading 1"] == [composed(store, where).title]
    assert where.describe() in by_style["Caption"][0]
    assert by_style["Caption"][1].startswith("Hidden: ")
    assert by_style["Heading 2"] == ["Not on the map", "Figures on the map", "Sources", "About this figure"]
    assert any(text.endswith(" https://novinite.com/articles/213108") for text in by_style["List Bullet"])
    assert f"Data version {store.version}" in by_style["List Bullet"]


def test_on_a_slide_the_caption_is_a_line_and_the_whole_of_it_in_the_notes(store: Store) -> None:
    where = Filter.parse(**{"from": "2022-01-06", "to": "2022-01-09"})
    (slide,) = opened(drawn(store, "pptx", where, **COARSE), "pptx").slides
    assert slide.shapes.title.text_frame.text == composed(store, where).title
    assert where.describe() in slide.shapes[2].text_frame.text
    notes = slide.notes_slide.notes_text_frame.text
    for said in (where.describe(), "Hidden: ", "Not on the map", "https://novinite.com/articles/213108", store.version):
        assert said in notes


@pytest.mark.parametrize("kind", OFFICE)
def test_a_file_is_signed_with_title_date_and_language_and_names_nobody(store: Store, kind: str) -> None:
    signed = opened(drawn(store, kind, title="A title", **COARSE), kind).core_properties
    made = datetime(MADE_ON.year, MADE_ON.month, MADE_ON.day)
    assert (signed.title, signed.language) == ("A title", "en")
    assert [day.replace(tzinfo=None) for day in (signed.created, signed.modified)] == [made, made]
    assert (signed.author, signed.last_modified_by, signed.comments) == ("", "", "")


@pytest.mark.parametrize("kind", OFFICE)
@pytest.mark.parametrize("made_on", ["0001-01-01", "9999-12-31"])
def test_a_date_that_office_does_not_know_breaks_no_file(kind: str, made_on: str) -> None:
    small = store_of(place("Almaty", 76.9, 43.25))
    assert opened(drawn(small, kind, made_on=made_on, **COARSE), kind).core_properties.created.year in (1980, 9999)


@pytest.mark.parametrize("kind", OFFICE)
def test_the_same_document_is_the_same_bytes_twice_from_command_and_address(
    client: FlaskClient, run_cli: RunCli, tmp_path: Path, kind: str
) -> None:
    options = {"from": "2022-01-06", "size": "column", "made_on": "2022-02-01", "title": "T & <b>", **COARSE}
    out = tmp_path / f"map.{kind}"
    words = [word for key, value in options.items() for word in (f"--{key.replace('_', '-')}", value)]
    done = run_cli("dashboard", "export", out, *words)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    answer = client.get(f"/export/map.{kind}", query_string=options)
    assert "officedocument" in answer.content_type
    assert answer.data == client.get(f"/export/map.{kind}", query_string=options).data
    assert answer.data == out.read_bytes()
    assert times_in(answer.data) == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("kind", OFFICE)
@pytest.mark.parametrize(
    "text",
    [
        *HOSTILE,
        "a\x00b\x0bc\x1bd\x85e",
        "turned \u202egnp.exe \u2066x",
        "lone \ud800 half",
        "x" * 10_000,
        "word " * 2_000,
    ],
    ids=lambda text: ascii(text[:12]),
)
def test_a_hostile_text_gives_a_file_that_opens_and_has_no_link_and_no_program(kind: str, text: str) -> None:
    held = text.replace("\x00", "").encode(errors="ignore").decode()
    data = dataset_of(place(held, 76.9, 43.25), place("n", None, None), title=held, event_title=held)
    hostile = replace(data.sources[0], publisher=held, title=held, url=f"https://evil.example/{held}")
    content = drawn(store_over(replace(data, sources=(hostile,))), kind, title=text, **COARSE)
    opened(content, kind)
    parts = xml_in(content)
    for name, root in parts.items():
        assert [each for each in root.iter() if each.get("TargetMode")] == [], name
        tags = {each.tag.rpartition("}")[2] for each in root.iter()}
        assert not tags & {"hyperlink", "hlinkClick", "hlinkHover", "fldSimple", "instrText", "object", "control"}, name
    assert {name.rpartition(".")[2] for name in files_in(content)} == {"xml", "rels", "png"}
    assert not any(char in text for root in parts.values() for text in root.itertext() for char in "\u202e\u2066")


@pytest.mark.parametrize(("kind", "part"), [("docx", "word/document.xml"), ("pptx", "ppt/slides/slide1.xml")])
def test_markup_in_a_title_is_shown_as_it_is(kind: str, part: str) -> None:
    title = HOSTILE[0]
    content = drawn(store_of(place("Almaty", 76.9, 43.25)), kind, title=title, **COARSE)
    assert texts_in(xml_in(content)[part])[0] == title


@pytest.mark.parametrize("kind", OFFICE)
def test_a_list_of_very_many_counts_what_it_leaves_out(kind: str) -> None:
    nowhere = store_of(*(place(f"N{n}", None, None) for n in range(400)))
    content = drawn(nowhere, kind, **COARSE)
    part = "word/document.xml" if kind == "docx" else "ppt/notesSlides/notesSlide1.xml"
    texts = texts_in(xml_in(content)[part])
    listed = sum("Event (" in text for text in texts)
    assert 0 < listed < 400
    assert any(f"and {400 - listed} more in the data" in text for text in texts)


def test_several_figures_have_a_page_each_in_word_and_their_sources_once(store: Store) -> None:
    file = opened(several(store, *DAYS, format="docx", dpi="40"), "docx")
    heads = [each for each in file.paragraphs if each.style.name == "Heading 1"]
    assert ["5 January" in heads[0].text, "6 January" in heads[1].text] == [True, True]
    assert [bool(each.paragraph_format.page_break_before) for each in heads] == [False, True]
    assert len(file.inline_shapes) == 2
    bullets = [each.text for each in file.paragraphs if each.style.name == "List Bullet"]
    assert len(bullets) == len(set(bullets))
    assert file.core_properties.title == bundled().title


def test_several_figures_have_a_slide_each_with_their_own_title_picture_and_notes(store: Store) -> None:
    content = several(store, *DAYS, format="pptx", dpi="40")
    slides = list(opened(content, "pptx").slides)
    assert ["5 January" in slides[0].shapes.title.text_frame.text, len(slides)] == [True, 2]
    assert slides[0].shapes[1].image.sha1 != slides[1].shapes[1].image.sha1
    assert slides[0].notes_slide.notes_text_frame.text != slides[1].notes_slide.notes_text_frame.text
    assert content == several(store, *DAYS, format="pptx", dpi="40")


@cache
def in_language(store: Store, kind: str, lang: str) -> bytes:
    return drawn(store, kind, size="column", lang=lang, **COARSE)


def test_the_words_of_a_document_are_of_its_language(store: Store) -> None:
    texts = texts_in(xml_in(in_language(store, "docx", "ru"))["word/document.xml"])
    for said in ("Не на карте", "Числа на карте", "Источники", "Об этом рисунке", "Составлено 2 января 2026"):
        assert any(said in text for text in texts), said
    assert "more in the data" not in " ".join(texts)


@pytest.mark.parametrize(("lang", "turned"), [("en", False), ("ar", True)])
def test_word_knows_the_language_and_which_way_it_is_written(store: Store, lang: str, turned: bool) -> None:
    parts = xml_in(in_language(store, "docx", lang))
    (language,) = parts["word/styles.xml"].findall(f"{qn('w:docDefaults')}//{qn('w:lang')}")
    assert language.get(qn("w:val")) == lang
    body = parts["word/document.xml"][0]
    paragraphs = body.findall(qn("w:p"))
    assert len(paragraphs) > 10
    assert [p.find(f"{qn('w:pPr')}/{qn('w:bidi')}") is not None for p in paragraphs] == [turned] * len(paragraphs)


def test_in_word_arabic_letters_are_as_large_as_others(store: Store) -> None:
    styles = opened(in_language(store, "docx", "ar"), "docx").styles
    for name in ("Normal", "Heading 1", "Heading 2", "Caption", "List Bullet"):
        sizes = [styles[name].element.rPr.find(qn(tag)).get(qn("w:val")) for tag in ("w:sz", "w:szCs")]
        assert sizes[0] == sizes[1]


@pytest.mark.parametrize(("lang", "turned"), [("en", False), ("ar", True)])
def test_powerpoint_knows_the_language_and_which_way_it_is_written(store: Store, lang: str, turned: bool) -> None:
    (slide,) = opened(in_language(store, "pptx", lang), "pptx").slides
    frames = [slide.shapes.title.text_frame, slide.shapes[2].text_frame, slide.notes_slide.notes_text_frame]
    for paragraph in (each for frame in frames for each in frame.paragraphs):
        assert [run.font._rPr.get("lang") for run in paragraph.runs] == [lang]
        assert (paragraph._p.pPr is not None and paragraph._p.pPr.get("rtl") == "1") == turned


@pytest.mark.parametrize("kind", ["zip", *OFFICE])
def test_a_figure_is_laid_out_no_more_often_for_a_file_of_several_parts(
    store: Store, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    def layouts(kind: str) -> int:
        made: list[None] = []
        plain = contents.Contents.draw
        with monkeypatch.context() as patched:
            patched.setattr(contents.Contents, "draw", lambda self: made.append(None) or plain(self))
            drawn(store, kind, size="column", dpi="40")
        return len(made)

    assert layouts(kind) == layouts("svg")


def test_an_office_file_begins_with_its_list_of_contents(store: Store) -> None:
    for kind in OFFICE:
        with ZipFile(io.BytesIO(drawn(store, kind, size="column", **COARSE))) as archive:
            assert archive.namelist()[0] == "[Content_Types].xml"
