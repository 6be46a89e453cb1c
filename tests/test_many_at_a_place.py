"""Many events at one place, or in one area, are one mark that says how many, of which kinds, how many they killed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dashboard.choice.view import View
from dashboard.layers.casualties import MOST_PX, diameter
from dashboard.layers.precision import MOST_FILLED
from dashboard.scene.scene import Scene
from dashboard.screen.maplibre import Screen
from geodata.filter import Filter
from geodata.language.language import Language
from geodata.store.store import Store
from tests.figures import composed, overlapping
from tests.records import store_over
from tests.tables import rows

HEADER = "title,category,date_start,place,lon,lat,geo_precision,deaths,deaths_low,deaths_high"
TOWNS = [f"Town {n},clash,2022-01-05,Town {n},{n},{n / 2},settlement,,," for n in range(1, 46)]


def store(folder: Path, *lines: str) -> Store:
    return store_over(rows(folder, HEADER, *lines))


def screen(made: Store, where: Filter | None = None) -> Screen:
    return Screen.of(scene(made, where), "light")


def scene(made: Store, where: Filter | None = None) -> Scene:
    return Scene(made, made.query(where or Filter()), View().layers, Language("en"))


def looks(drawn: Screen, kind: str) -> list[dict[str, Any]]:
    return [each["properties"] for each in drawn.features if each["properties"]["kind"] == kind]


@pytest.fixture
def city(tmp_path: Path) -> Store:
    """Deaths of 3, 4 to 9 and none in a city, and an event there of which nobody has told any."""
    return store(
        tmp_path,
        "A,clash,2022-01-05,City,70,40,settlement,3,,",
        "B,clash,2022-01-06,City,70,40,settlement,6,4,9",
        "C,protest,2022-01-07,City,70,40,settlement,0,,",
        "D,protest,2022-01-08,City,70,40,settlement,,,",
    )


def test_the_tolls_of_events_at_one_place_are_one_disc_of_their_sums(city: Store) -> None:
    drawn = screen(city)
    assert [each["text"] for each in looks(drawn, "figure")] == ["7–12 killed"]
    assert len(looks(drawn, "disc")) == 2  # the lowest and the highest figure
    told = drawn.picks[looks(drawn, "figure")[0]["pick"]]
    assert len(told["ids"]) == 4 and "Killed in 3 events: 7–12" in told["lines"]


def test_the_sum_is_that_of_the_store_on_any_day_of_knowledge(city: Store) -> None:
    for where in (Filter(), Filter.parse(categories="clash"), Filter.parse(to="2022-01-06")):
        (found,) = scene(city, where).sums
        tolls = [cell.tolls for cell in city.query(where).cells(5)]
        assert (found.tolls.low, found.tolls.high) == (
            sum(each.low for each in tolls),
            sum(each.high for each in tolls),
        )


def test_nobody_killed_is_no_disc_and_no_figure(tmp_path: Path) -> None:
    zeros = [f"{n},clash,2022-01-05,City,70,40,settlement,0,," for n in range(3)]
    drawn = screen(store(tmp_path, *zeros))
    assert looks(drawn, "disc") == looks(drawn, "figure") == []


def test_the_greatest_toll_fits_and_the_others_keep_their_share_of_it(tmp_path: Path) -> None:
    drawn = screen(
        store(
            tmp_path,
            "A,clash,2022-01-05,City,70,40,settlement,27000,,",
            "B,clash,2022-01-06,Town,71,41,settlement,6750,,",
        )
    )
    large, small = sorted((each["radius"] for each in looks(drawn, "disc")), reverse=True)
    assert 2 * large == pytest.approx(MOST_PX, abs=0.1) and small == pytest.approx(large / 2, abs=0.1)
    assert diameter(500, 500) == pytest.approx(58, abs=0.2)


def test_two_names_of_one_point_are_one_mark(tmp_path: Path) -> None:
    drawn = screen(
        store(tmp_path, *(f"{name},clash,2022-01-05,{name},70,40,settlement,,," for name in ("City", "City centre")))
    )
    assert [each["text"] for each in looks(drawn, "count")] == ["2"] and len(looks(drawn, "glyph")) == 1


def test_of_many_places_each_has_one_symbol_with_its_number_and_a_pip_for_each_other_category(tmp_path: Path) -> None:
    kinds = ("clash", "clash", "protest", "detention")
    here = [f"{n},{kind},2022-01-05,Town 7,7,3.5,settlement,,," for n, kind in enumerate(kinds)]
    made = store(tmp_path, *TOWNS, *here)
    drawn = screen(made)
    assert len(looks(drawn, "glyph")) == len(TOWNS)
    assert [each["text"] for each in looks(drawn, "count")] == ["5"]
    assert Counter(each["text"] for each in looks(drawn, "pip")) == {"●": 1, "◆": 1}
    assert {len(drawn.picks[each["pick"]]["ids"]) for each in looks(drawn, "pip")} == {1}
    few = screen(made, Filter.parse(places="Town 7"))
    assert not looks(few, "pip") and len(looks(few, "glyph")) == 3
    assert {"Clash", "Protest", "Detention"} <= {entry.text for entry in composed(made).legend}


def test_a_place_without_a_name_has_no_label(tmp_path: Path) -> None:
    drawn = screen(store(tmp_path, "A,clash,2022-01-05,,70,40,,2,,", "B,clash,2022-01-05,,70,40,,2,,"))
    assert looks(drawn, "name") == [] and [each["text"] for each in looks(drawn, "figure")] == ["4 killed"]


def test_the_area_of_many_events_is_drawn_once_and_what_lies_under_many_areas_is_seen(tmp_path: Path) -> None:
    near = "{},clash,2022-01-05,Town {},{},40,near,,,"
    one = screen(store(tmp_path, *(near.format(n, 1, 70) for n in range(9))))
    (area,) = looks(one, "area")
    assert len(one.picks[area["pick"]]["ids"]) == 9
    for count, filled in ((MOST_FILLED, True), (30, False)):
        many = screen(store(tmp_path, *(near.format(n, n, 70 + n / 100) for n in range(count))))
        assert len(looks(many, "area")) == len(looks(many, "dash")) == count
        assert 0 < sum(each["alpha"] for each in looks(many, "area")) < 0.5 or not filled
        assert filled or not any(each["alpha"] for each in looks(many, "area"))
        assert [entry.kind for entry in many.legends].count("area") == 1


def test_a_hover_tells_ten_lines_of_a_place_at_most(tmp_path: Path) -> None:
    made = store(tmp_path, *(f"E{n},clash,2022-01-05,City,70,40,settlement,,," for n in range(30)))
    drawn = screen(made)
    (symbol,) = looks(drawn, "glyph")
    lines = drawn.picks[symbol["pick"]]["lines"]
    assert len(lines) == 11 and lines[-1] == "and 21 more"


def test_who_takes_events_away_later_has_each_toll_by_itself(city: Store) -> None:
    alone = replace(scene(city), apart=True)
    assert alone.sums == () and len(alone.single_tolls) == 3


def test_a_printed_figure_of_killed_stands_beside_the_symbol_of_its_place(tmp_path: Path) -> None:
    events = [f"E{n},clash,2022-01-05,City,70,40,settlement,900,," for n in range(2)]
    report = composed(store(tmp_path, *events, "F,clash,2022-01-05,Town,75,42,settlement,1,,"), size="A4-landscape")
    (figure,) = (each for each in report.words if each.text == "1,800 killed")
    (count,) = (each for each in report.words if each.role == "count")
    assert not overlapping([figure, count])
    middle = count.box[0] - 4, count.box[1]  # the symbol is at the left of its number
    left, bottom, right, top = figure.box
    assert not (left < middle[0] < right and bottom < middle[1] < top)


def test_the_tag_of_a_country_tells_of_no_zeros_and_of_many_figures_the_first(tmp_path: Path) -> None:
    header = "title,category,date_start,country,deaths"
    events = [f"E{n},clash,2022-01-05,KZ,{n}" for n in range(9)]
    (tag,) = screen(store_over(rows(tmp_path, header, *events))).tags
    assert tag["lines"][0] == "Kazakhstan, country-wide: 9 events" and len(tag["ids"]) == 9
    assert tag["lines"][1:] == ["deaths: 1", "deaths: 2", "deaths: 3", "deaths: 4", "and 4 more"]
