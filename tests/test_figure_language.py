"""The figure in each language: its words, its widths, its direction; the data stays as it is."""

from __future__ import annotations

import io
import itertools
import re
import subprocess
import sys
from base64 import b64decode
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest
from flask.testing import FlaskClient
from fontTools.ttLib import TTFont
from PIL import Image
from pypdf import PdfReader

from dashboard.choice.options import SERIES
from dashboard.choice.sizes import SIZES
from dashboard.choice.view import View
from dashboard.export.figure import draw_each, draw_one
from dashboard.export.film import FRAMES
from dashboard.panels import PANELS
from dashboard.paper.lettering import Lettering
from dashboard.paper.right_to_left import LRM, held, parts
from dashboard.report import caption
from dashboard.report.contents import Report
from dashboard.report.series.multiples import UNCERTAIN
from dashboard.report.series.values import values_of
from geodata.errors import ChoiceError
from geodata.filter import Filter
from geodata.language.language import CODES, RLM, Language
from geodata.record.model import MEASURES
from geodata.store.store import Store
from tests.catalogues import OTHERS, catalogue, said
from tests.figures import MADE_ON, SVG, asked, bundled, composed, drawn, overlapping, place, store_of, svg_words
from tests.records import store_over
from tests.server import ROOT
from tests.test_report import overlap

WHERE = Filter.parse(**{"from": "2022-01-04", "to": "2022-01-09", "as_of": "2022-01-09"})
NOTHING = Filter.parse(q="no such words")
PANELLED = [
    *((code, "A4", Filter()) for code in OTHERS),
    *((code, *each) for code in ("ru", "ar") for each in (("slide", WHERE), ("A4", NOTHING))),
]
EACH = [*((code, "day") for code in OTHERS), *(("ru", each) for each in SERIES[1:])]
WORD = re.compile(r"[^\W\d_]{4,}")
FONT = re.compile(r"font-family:'Sitrep Arabic';font-weight:\d+;src:url\(data:font/woff2;base64,([^)]+)\)")
HOSTILE = "turned \u202egnp.exe\u2066 \u200e مظاهرات <b>&</b>"


@pytest.fixture(scope="module")
def mute(store: Store) -> Store:
    """The bundled record with all texts of its data but names of places in Greek letters."""
    data = bundled()
    return store_over(
        replace(
            data,
            title="Ωμέγα 2022",
            events=tuple(replace(event, title="Ωμέγα") for event in data.events),
            claims=tuple(replace(claim, claimant="Ωμέγα") for claim in data.claims),
            sources=tuple(replace(source, publisher="Ωμέγα", title="Ωμέγα") for source in data.sources),
        )
    )


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize(
    "where", [Filter(), WHERE, Filter.parse(q="no such words", precision="site,near", dates="must")]
)
def test_no_fixed_word_is_left_in_english(mute: Store, code: str, where: Filter) -> None:
    report = composed(mute, where, lang=code, size="A4", frame="46,40,88,56")
    assert english_left(mute, code, said_in(report)) <= set(where.q.split())


def said_in(report: Report) -> str:
    """All that a figure says, but for the names of countries on its map."""
    return " ".join([*(words.text for words in report.words if words.role != "country"), report.title, report.alt])


def english_left(store: Store, code: str, shown: str) -> set[str]:
    """The words of English sentences in what is said in another language, but for names and texts of the data."""
    english = {word for words in said() for text in (words, *words) if len(text) > 3 for word in WORD.findall(text)}
    own = {word for message in catalogue(code) for word in WORD.findall(str(message.string))}
    names = {word for spot in store.places for name in spot.all_names() for word in WORD.findall(name)}
    data = {"Kyzylorda", "Region", "Almaty", "Zhambyl", "armed", "criminals"}
    return set(WORD.findall(re.sub(r"\{\w+\}", "", shown))) & (english - own - names - data)


@pytest.mark.parametrize(("code", "size", "where"), PANELLED)
def test_no_word_of_a_panel_is_left_in_english(mute: Store, code: str, size: str, where: Filter) -> None:
    report = composed(mute, where, lang=code, size=size, panels="timeline,claims,table")
    assert report.panels
    assert english_left(mute, code, said_in(report)) <= set(where.q.split())


@pytest.mark.parametrize(("code", "measure"), list(zip(itertools.cycle(["ru", "ar"]), MEASURES, strict=False)))
def test_no_word_of_the_claims_of_a_measure_is_left_in_english(mute: Store, code: str, measure: str) -> None:
    report = composed(mute, view=View.parse(chart=measure), lang=code, size="A4", panels="claims")
    assert english_left(mute, code, said_in(report)) == set()


@pytest.mark.parametrize(("code", "each"), EACH)
def test_no_word_of_small_maps_is_left_in_english(mute: Store, code: str, each: str) -> None:
    where = replace(WHERE, dates="must" if each in ("day", "week") else WHERE.dates)
    report = sheet(mute, where, lang=code, each=each, size="A4")
    assert english_left(mute, code, said_in(report)) == set()
    if each == "day":
        left = Language(code).count(*UNCERTAIN["day"], 2).split(":")[0]
        assert left in " ".join(words.text for words in report.words if words.role == "note")


def sheet(store: Store, where: Filter, **options: object) -> Report:
    """A page of small maps, made on a fixed day."""
    (found,) = draw_each(store, asked(where, arrange="page", **options))
    return found.report


@pytest.mark.parametrize(("code", "each"), EACH)
def test_a_film_is_told_in_the_language(mute: Store, code: str, each: str) -> None:
    where = Filter.parse(**{"from": "2022-01-05", "to": "2022-01-06", "categories": "clash,protest"})
    content = drawn(mute, "gif", where, lang=code, each=each, size="400x320px")
    with Image.open(io.BytesIO(content)) as found:
        told = found.info["comment"].decode()
    assert "\ufffd" not in told
    assert told.split("\n")[1].startswith(Language(code).say(FRAMES[each]))
    assert english_left(mute, code, told) == set()


@pytest.mark.parametrize(("code", "each"), [("ru", "week"), ("ar", "category"), ("fr", "place")])
def test_the_title_of_each_figure_of_a_series_has_its_value_in_the_language(store: Store, code: str, each: str) -> None:
    where = Filter.parse(categories="protest,clash")
    values = values_of(store, where, each, Language(code))
    titles = [
        plain(found.report.title) for found in draw_each(store, asked(where, lang=code, each=each, size="column"))
    ]
    title, colon = bundled().title, " : " if code == "fr" else ": "
    assert titles == [plain(f"{title}{colon}{value.words}") for value in values]
    assert len(set(titles)) > 1


@pytest.mark.parametrize("size", ["A4-landscape", "A4"])
def test_small_maps_of_an_arabic_page_are_read_from_the_right(store: Store, size: str) -> None:
    report, english = (sheet(store, Filter(), lang=code, each="week", size=size) for code in ("ar", "en"))
    headings = [words for words in report.words if words.role == "heading"]
    width = report.options.size.points[0]
    assert report.frame.box[2] == pytest.approx(width - english.frame.box[0]), "the first map is at the right"
    assert max(words.box[2] for words in headings) == pytest.approx(headings[0].box[2])
    for title, count in zip(headings[::2], headings[1::2], strict=True):
        assert count.box[2] <= title.box[0] or count.box[3] <= title.box[1], "the count at the left or below"
    assert headings[0].box[0] > headings[2].box[2], "the second map is to the left of the first"
    assert report.scale_bar
    assert report.scale_bar.left < report.scale_bar.right < report.frame.box[2]


@pytest.mark.parametrize("code", ["ru", "kk", "de", "ar"])
@pytest.mark.parametrize("size", ["A4", "A4-landscape", "slide"])
def test_texts_of_panels_stay_on_the_page_and_off_each_other(store: Store, code: str, size: str) -> None:
    report = composed(store, WHERE, lang=code, size=size, panels="timeline,claims,table")
    width, height = report.options.size.points
    words = [words for words in report.words if words.role in {*PANELS, "panel", "note", "title", "lead"}]
    outside = [w for w in words if w.box[0] < 0 or w.box[1] < 0 or w.box[2] > width or w.box[3] > height]
    assert outside == []
    assert overlapping(words) == []


@pytest.mark.parametrize("code", ["ru", "uk", "ar"])
def test_the_inset_the_arrow_and_the_degrees_are_in_the_language(code: str) -> None:
    language = Language(code)
    report = composed(store_of(place("Almaty", 76.9, 43.25), place("Talgar", 77.24, 43.3)), lang=code, size="A4")
    texts = {(words.role, words.text) for words in report.words}
    assert {("locator", language.country("KZ")), ("north", language.say("N"))} <= texts
    degrees = "".join(text for role, text in texts if role == "degrees")
    assert re.fullmatch("[^A-Za-z]+", degrees)


@pytest.mark.parametrize("code", CODES)
def test_the_svg_says_filter_count_legend_and_date_in_the_language(store: Store, code: str) -> None:
    language = Language(code)
    found = draw_one(store, asked(WHERE, lang=code, size="A4"))
    report, scene = found.report, found.scene
    svg = drawn(store, where=WHERE, lang=code, size="A4")
    words = plain(svg_words(svg))
    assert plain(caption.say_shown(scene)) in words
    assert plain(caption.say_hidden(scene)) in words
    assert plain(language.say("Made on {day}", day=language.day(MADE_ON))) in words
    assert report.legend
    for entry in report.legend:
        assert plain(entry.text) in words
    root = ElementTree.fromstring(svg)
    assert (root.get("lang"), root[1].text) == (code, report.alt)
    for event in scene.off_map():
        assert plain(event.title) in words, "the data stays as it is"


def plain(text: str) -> str:
    """A text without marks of direction and with plain blanks."""
    return re.sub(r"\s+", " ", re.sub(f"[{RLM}{LRM}]", "", text))


def test_english_is_the_default_and_needs_no_catalogue(store: Store) -> None:
    assert drawn(store, lang="en", size="column") == drawn(store, size="column")
    code = (
        "import sys; from geodata.store.opening import open_store; from dashboard.export.files import draw_file;"
        "from dashboard.choice.request import FigureRequest;"
        "draw_file(open_store(), FigureRequest()); assert 'babel' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


@pytest.mark.parametrize("code", ["ru", "kk", "uk", "ar"])
def test_places_bear_their_names_in_the_language(store: Store, code: str) -> None:
    labels = [words.text for words in composed(store, lang=code).words if words.role in {"place", "country"}]
    assert len(labels) > 20
    assert [text for text in labels if re.search("[A-Za-z]", text)] == []
    capital = {"ru": "Нур-Султан", "kk": "Нұр-Сұлтан", "uk": "Нур-Султан", "ar": "نور سلطان"}[code]
    assert labels.count(capital) == 1


@pytest.mark.parametrize("code", ["de", "ru", "kk", "ar"])
@pytest.mark.parametrize("size", [*SIZES, "120x90mm"])
def test_longer_words_stay_on_the_page_and_off_each_other(store: Store, code: str, size: str) -> None:
    report = composed(store, WHERE, lang=code, size=size)
    width, height = report.options.size.points
    outside = [w for w in report.words if w.box[0] < 0 or w.box[1] < 0 or w.box[2] > width or w.box[3] > height]
    assert outside == []
    assert min(words.size for words in report.words) >= 6.5
    around = [words for words in report.words if words.role in {"title", "lead", "panel", "note"}]
    assert [(a.text, b.text) for a, b in itertools.combinations(around, 2) if overlap(a.box, b.box)] == []
    assert [words.text for words in around if overlap(words.box, report.frame.box)] == []
    notes = plain(" ".join(words.text for words in around if words.role == "note"))
    assert "(CC BY 4.0)" in notes, "no licence is cut"
    labels = [words for words in report.words if words.role in {"place", "country", "figure"}]
    assert [(a.text, b.text) for a, b in itertools.combinations(labels, 2) if overlap(a.box, b.box)] == []


@pytest.mark.parametrize("size", ["A4-landscape", "two-column", "A4"])
def test_an_arabic_page_is_flush_right_and_its_map_is_not_mirrored(store: Store, size: str) -> None:
    report, english = composed(store, WHERE, lang="ar", size=size), composed(store, WHERE, size=size)
    width = report.options.size.points[0]
    margin = min(words.box[0] for words in english.words if words.role == "title")
    for role in ("title", "lead", "note"):
        rights = {round(words.box[2], 2) for words in report.words if words.role == role}
        assert rights == {round(width - margin, 2)}
    assert report.frame.box[2] == pytest.approx(width - english.frame.box[0])
    aktobe, almaty = report.frame.to_page(np.array([[57.2, 50.3], [76.9, 43.2]]))
    assert aktobe[0] < almaty[0], "east is at the right"
    assert report.scale_bar
    assert report.scale_bar.left < report.scale_bar.right < report.frame.box[2]


def test_an_arabic_svg_runs_from_the_right_and_its_font_joins_letters(store: Store) -> None:
    svg = drawn(store, where=WHERE, lang="ar").decode()
    root = ElementTree.fromstring(svg)
    assert root.get("lang") == "ar"
    for text in root.iter(f"{SVG}text"):
        latin = not re.search("[\u0600-\u06ff]", text.text or "") and RLM not in (text.text or "")
        assert text.get("direction") == (None if latin else "rtl")
    fonts = [TTFont(io.BytesIO(b64decode(font))) for font in re.findall(FONT, svg)]
    assert len(fonts) == 2
    for font in fonts:
        assert {"init", "medi", "fina"} <= {
            record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord
        }


def test_joined_letters_are_narrower_than_single_ones() -> None:
    lettering = Lettering(right_to_left=True)
    assert lettering.width("سلام", 10) < sum(lettering.width(letter, 10) for letter in "سلام")


def test_an_arabic_pdf_has_the_words_and_no_marks_that_shift_them(store: Store) -> None:
    text = PdfReader(io.BytesIO(drawn(store, "pdf", where=WHERE, lang="ar"))).pages[0].extract_text()
    for word in ("مفتاح", "كازاخستان", "ألماتي", "Il Giornale", store.version):
        assert word in text
    assert RLM not in text
    assert LRM not in text


@pytest.mark.parametrize("kind", ["svg", "pdf", "png"])
def test_the_same_arabic_figure_is_the_same_bytes_twice(store: Store, kind: str) -> None:
    assert drawn(store, kind, size="column", lang="ar") == drawn(store, kind, size="column", lang="ar")


@pytest.mark.parametrize("code", ["ar", "kk"])
def test_hostile_texts_turn_nothing_around(code: str) -> None:
    store = store_of(place(HOSTILE, 76.9, 43.25), place("n", None, None), title=HOSTILE, event_title=HOSTILE)
    svg = drawn(store, lang=code, title=HOSTILE)
    words = svg_words(svg)
    assert "turned \ufffdgnp.exe\ufffd" in words
    turning = {"\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"}
    assert not turning & set(svg.decode())
    for kind in ("pdf", "png"):
        assert drawn(store, kind, lang=code, title=HOSTILE * 300, size="column")
        assert drawn(store, kind, lang=code, title=HOSTILE * 300, size="A4", panels="timeline,claims,table")
        assert drawn(store, kind, lang=code, title=HOSTILE, size="A4", each="place", arrange="page")


def test_parts_of_a_line_stand_from_right_to_left_as_they_are_read() -> None:
    arabic = Language("ar")
    line = arabic.say(
        "Source: {sources}.", sources=arabic.listed(["Il Giornale", arabic.say("“{title}”", title="A (b)")])
    )
    assert parts(line) == ["المصدر: ", "Il Giornale", "» ،", "A (b)", ".«"]
    assert parts(f"{RLM}A{RLM} (2–10) {RLM}B") == ["A", " (10–2) ", "B"]


def test_a_break_within_latin_words_keeps_their_comma_on_their_side() -> None:
    assert held(["نص, News,", "2022 report"]) == [f"نص, News,{LRM}", f"{LRM}2022 report"]
    assert held(["News,", "نص"]) == ["News,", "نص"]


@pytest.mark.parametrize("code", ["en", "ru"])
def test_a_page_too_small_for_its_words_is_refused_in_a_sentence(store: Store, code: str) -> None:
    with pytest.raises(ChoiceError, match="larger size") as refused:
        composed(store, WHERE, lang=code, size="75x75mm")
    assert refused.value.key == "size"


def test_a_label_that_is_said_to_be_left_out_is_not_on_the_map(store: Store) -> None:
    report = composed(store, Filter.parse(as_of="2022-01-10"), lang="fr", size="two-column")
    notes = " ".join(words.text for words in report.words if words.role == "note")
    for words in report.words:
        if words.role == "place":
            assert f": {words.text}." not in notes


def test_a_figure_of_one_place_names_it_in_the_language(store: Store) -> None:
    report = composed(store, Filter.parse(as_of="2022-01-10"), lang="ru")
    tags = " ".join(words.text for words in report.words if words.role == "tag")
    assert "(протестующие, Алматы)" in tags


def test_numbers_do_not_break_from_their_units() -> None:
    lines = Lettering().wrap("6\u00a0000 6\u202f000 km " * 20, 8, 60, 40)
    assert all(line.count("6") == line.count("000") for line in lines)


def test_the_address_of_a_figure_takes_the_language(client: FlaskClient, store: Store) -> None:
    answer = client.get("/export/map.svg?lang=ru&size=column&made_on=2026-01-02")
    assert answer.data == drawn(store, lang="ru", size="column")
    refused = client.get("/export/map.svg?lang=xx")
    assert refused.status_code == 400
    assert "lang" in refused.get_data(as_text=True)
