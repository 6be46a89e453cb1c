"""An area on the map: read strictly, said in words, and what lies in it, whatever its shape and wherever it is."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.area import Area
from geodata.errors import ChoiceError
from geodata.filter import Filter
from geodata.language.language import CODES, Language
from geodata.store.engines.engine import MOST_SETS
from tests.areas import areas, covers
from tests.figures import composed, drawn, held, place, store_of, svg_words

PICK = random.Random(7)
AROUND = [(70.0, 48.0), (180.0, -17.0)]
POINTS = [((lon + PICK.uniform(-25, 25) + 180) % 360 - 180, lat + PICK.uniform(-25, 25)) for lon, lat in AROUND * 150]
SCATTERED = store_of(*(place(f"P{number}", *point) for number, point in enumerate(POINTS)))
SUVA, LAU, EDGE = (178.44, -18.14), (-178.8, -18.2), (180.0, -17.0)
FIJI = store_of(*(place(f"F{number}", *point, "FJ") for number, point in enumerate((SUVA, LAU, EDGE))))


def kept(store: object, area: str) -> list[str]:
    return [event.event_id for event in store.query(Filter.parse(area=area)).events]  # type: ignore[attr-defined]


@given(area=st.sampled_from(AROUND).flatmap(lambda at: areas(at, 25.0)))
@settings(deadline=None)
def test_what_lies_in_an_area_is_what_shapely_says(area: str) -> None:
    where = Filter.parse(area=area)
    assert where.area
    assert kept(SCATTERED, area) == [f"E{n}" for n, point in enumerate(POINTS) if covers(where.area, point)]


@pytest.mark.parametrize(
    ("area", "found"),
    [
        ("177,-20;182,-20;182,-15;177,-15", "E0 E1 E2"),
        ("-183,-20;-178,-20;-178,-15;-183,-15", "E0 E1 E2"),
        ("170,-20;180,-20;180,-10;170,-10", "E0 E2"),
        ("-180,-20;-170,-20;-170,-10;-180,-10", "E1 E2"),
        ("178.44,-18.14;181.2,-18.2;180,-17", "E0 E1 E2"),
        ("178.44,-18.14;181.2,-18.2;180,-17;178.44,-18.14", "E0 E1 E2"),
        ("178,-18.14;178.44,-18.14;178.2,-17", "E0"),
        ("0,0;10,0;10,10", ""),
    ],
)
def test_an_area_holds_its_corners_and_edges_on_either_side_of_180_degrees(area: str, found: str) -> None:
    assert kept(FIJI, area) == found.split()


def test_the_corners_may_be_a_list_as_in_a_batch_file() -> None:
    assert Filter.parse(area=["76,42", "77,42", "77,43"]) == Filter.parse(area="76,42;77,42;77,43")


def test_areas_asked_for_long_ago_are_answered_as_before() -> None:
    squares = [f"{60 + n},40;{62 + n},40;{62 + n},60;{60 + n},60" for n in range(MOST_SETS + 3)]
    first = [kept(SCATTERED, square) for square in squares]
    assert len({*map(tuple, first)}) > MOST_SETS / 2
    assert [kept(SCATTERED, square) for square in squares] == first


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("1,2", "it has fewer than 3 corners (expected lon,lat;lon,lat;... with 3 to 100)"),
        ("1,2;3,4;1,2", "it has fewer than 3 corners"),
        (";".join(f"{n / 10},{n * n / 1000}" for n in range(101)), "it has 101 corners"),
        (";".join(["1,2"] * 5000), "it has 5,000 corners (expected at most 101)"),
        ("0,0;1;2,2", "'1' (expected lon,lat in degrees)"),
        ("0,0;nan,1;2,2", "'nan,1' (expected lon,lat in degrees)"),
        ("0,80;10,80;5,91", "is not on the globe"),
        ("600,0;610,0;605,5", "is not on the globe"),
        ("-180,0;180,0;0,50", "it goes around the whole globe"),
        ("0,0;10,10;10,0;0,10", "its outline crosses or touches itself"),
        ("0,0;1,1;2,2", "it is too small, or has no width"),
        ("0,0;0.0002,0;0,0.0002", "it is too small, or has no width"),
    ],
)
def test_what_is_no_area_is_refused_in_plain_words(value: str, words: str) -> None:
    with pytest.raises(ChoiceError) as caught:
        Filter.parse(area=value)
    assert caught.value.key == "area" and str(caught.value).startswith("Cannot read area: ")
    assert words in str(caught.value)


@given(area=areas())
def test_an_area_is_written_as_it_is_read_with_its_west_on_the_first_turn_of_the_globe(area: str) -> None:
    where = Filter.parse(area=area)
    assert where.area and -180 <= where.area.bounds[0] < 180
    assert Filter.parse(area=str(where.area)) == where


@given(line=st.lists(st.tuples(st.floats(60, 80), st.floats(40, 50)), min_size=3, max_size=90))
@settings(deadline=None)
def test_a_line_drawn_by_hand_goes_around_an_area_however_it_crosses_itself(line: list[tuple[float, float]]) -> None:
    try:
        area = Area.around("area", line)
    except ChoiceError as error:
        assert "too small" in str(error) or "the line goes around no area" in str(error)
    else:
        assert Filter.parse(area=str(area)).area == area


def test_a_line_that_goes_around_a_sliver_goes_around_no_area() -> None:
    with pytest.raises(ChoiceError, match="the line goes around no area"):
        Area.around("area", [(60.0, 40.0), (60.0, 41.0), (60.00000000000001, 40.0)])


def test_a_lasso_whose_ends_cross_is_the_loop_and_of_two_loops_the_larger_is_meant() -> None:
    assert str(Area.around("area", "0,0;4,0;4,4;0,4;0,-1")) == "4,4;4,0;0,0;0,4"
    assert Filter.parse(area=str(Area.around("area", "0,0;6,6;6,0;2,4"))).frame == (3, 0, 6, 6)


def test_a_caption_says_an_area_in_round_words() -> None:
    assert Filter.parse(area="76,42;77.5,42;77.4,43.7").describe() == (
        "drawn area of about 120 × 190 km around 42.9° N, 76.8° E"
    )
    assert Filter.parse(area="177,-20;182,-20;182,-15;177,-15").describe(Language("de")) == (
        "eingezeichnetes Gebiet von etwa 530 × 560\u00a0km um 17,5°\u00a0S, 179,5°\u00a0O"
    )


@pytest.mark.parametrize("code", CODES)
def test_a_figure_says_and_shows_its_area_in_its_language(code: str) -> None:
    where, language = Filter.parse(area="178,-19;182,-19;180,-16"), Language(code)
    report = composed(FIJI, where, lang=code)
    assert [entry.text for entry in report.legend].count(language.say("Chosen area")) == 1
    assert report.alt and report.beyond == ()
    west, south, east, north = report.frame.window
    assert west < 178 and east > 182 and south < -19 and north > -16 and east - west < 15


def test_a_map_file_starts_over_the_whole_area() -> None:
    page = drawn(FIJI, "html", Filter.parse(area="170,-19;185,-19;180,-10"))
    assert held(page)["bounds"] == [170, -19, 185, -10]


def test_a_figure_names_the_area_in_its_lead_and_its_hidden_events() -> None:
    words = svg_words(drawn(FIJI, where=Filter.parse(area="178,-19;179,-19;178.5,-17")))
    assert "drawn area of about" in words and "Hidden: 2 outside the drawn area" in words
