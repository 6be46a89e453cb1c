"""What a figure and the page say of events without a source, and of places that are not settled, is true."""

from __future__ import annotations

from pathlib import Path

import pytest
from shapely.geometry import Point, shape

from dashboard.choice.view import View
from dashboard.page import table
from dashboard.page.event_card import places_words
from dashboard.page.lists import off_map
from dashboard.report.caption import alt_text, say_sources
from dashboard.report.series.values import values_of
from dashboard.scene.scene import Scene
from dashboard.screen.maplibre import Screen
from geodata.filter import Filter
from geodata.language.language import CODES, Language
from geodata.places.boundaries import BUNDLED
from geodata.store.store import Store
from tests.catalogues import catalogue
from tests.figures import drawn, place, store_of, svg_words
from tests.records import store_over
from tests.tables import rows

HEADER = "title,place,date_start,country"


def scene_of(store: Store, code: str = "en", where: Filter | None = None) -> Scene:
    return Scene(store, store.query(where or Filter()), View().layers, Language(code))


@pytest.fixture
def lost(tmp_path: Path) -> Store:
    """One event with a place that no gazetteer has, and one that is known only for the same country."""
    return store_over(rows(tmp_path, HEADER, "Shots,Xyzzyville,2022-01-05,KZ", "Strike,,2022-01-06,KZ"))


@pytest.mark.parametrize("code", CODES)
def test_a_figure_of_data_without_sources_says_so_and_not_that_there_are_no_events(tmp_path: Path, code: str) -> None:
    store = store_over(rows(tmp_path, "title,place,date_start", "x,Almaty,2022-01-05"))
    words = "Source: the data names none."
    words = words if code == "en" else catalogue(code).get(words).string
    assert say_sources(scene_of(store, code), 3) == words
    assert words.split(":")[-1].strip() in svg_words(drawn(store, lang=code)) or code == "ar"


def test_a_figure_without_events_has_no_source() -> None:
    scene = scene_of(store_of(place("Almaty", 77, 43)), where=Filter.parse(q="nothing of the kind"))
    assert say_sources(scene, 3) == "Source: none, as no event is shown."


def test_events_without_a_source_beside_others_are_counted(tmp_path: Path) -> None:
    store = store_over(
        rows(tmp_path, "title,date_start,source", "x,2022-01-05,Reuters", "y,2022-01-05,", "z,2022-01-05,")
    )
    assert say_sources(scene_of(store), 3) == "Source: “Reuters”. Without a source: 2 events."


def test_a_place_that_is_not_settled_is_no_country_wide_event(lost: Store) -> None:
    scene = scene_of(lost)
    assert [event.title for event in scene.country_wide["KZ"]] == ["Strike"]
    screen = Screen.of(scene, "light")
    (tag,) = screen.tags
    assert "country-wide: 1 event" in str(tag)
    assert "Shots" not in str(tag)


def test_a_place_that_is_not_settled_is_listed_by_its_name(lost: Store) -> None:
    listed = str(off_map(scene_of(lost), Filter()))
    for words in ("'Place not settled: Xyzzyville, Kazakhstan'", "'Known for Kazakhstan as a whole'", "children='2'"):
        assert words in listed


def test_a_table_and_a_card_say_that_a_place_is_not_settled(lost: Store) -> None:
    scene = scene_of(lost)
    assert [row["places"] for row in table.rows(scene)] == [
        "place not settled: Xyzzyville, Kazakhstan",
        "Kazakhstan",
    ]
    shots, strike = scene.result.events
    assert places_words(scene, shots) == "place not settled: Xyzzyville, Kazakhstan"
    assert places_words(scene, strike) == "Kazakhstan: somewhere in the country"


def test_a_figure_lists_a_place_that_is_not_settled_by_its_name_and_counts_it(lost: Store) -> None:
    words = svg_words(drawn(lost, size="A4"))
    assert "Shots (place not settled: Xyzzyville, Kazakhstan, 5 January 2022)" in words
    assert "Strike (Kazakhstan, 6 January 2022)" in words
    assert "Not on the map: 2 events without a point" in words
    alt = alt_text(scene_of(lost), "T")
    assert "Known only for Kazakhstan: 1 event. Place not settled: 1 event." in alt


def test_a_hover_tells_the_name_that_is_not_settled_beside_the_one_that_is(tmp_path: Path) -> None:
    scene = scene_of(store_over(rows(tmp_path, HEADER, "Shots,Almaty; Xyzzyville,2022-01-05,KZ")))
    assert scene.hover(scene.result.events[0]) == ("Shots", "5 January 2022 · Almaty, place not settled: Xyzzyville")


def test_a_series_of_places_keeps_every_event_once(lost: Store) -> None:
    values = values_of(lost, Filter(), "place")
    assert [value.words for value in values] == ["Kazakhstan, country-wide", "without a settled place"]
    kept = [event.title for value in values for event in lost.query(value.where).events]
    assert sorted(kept) == ["Shots", "Strike"]


def test_a_region_is_drawn_by_its_boundaries_and_several_together_by_a_radius(tmp_path: Path) -> None:
    store = store_over(rows(tmp_path, "title,place,date_start", "x,Bavaria,2022-01-05", "y,Scotland,2022-01-05"))
    features = Screen.of(scene_of(store), "light").features
    areas = [shape(each["geometry"]) for each in features if each["geometry"]["type"] in ("Polygon", "MultiPolygon")]
    region = BUNDLED.region_of(11.4, 48.9, "DE")
    bavaria = BUNDLED.shape_of("DE", region.region_id) if region else None
    assert any(area.equals_exact(bavaria, 0.01) for area in areas)
    # Edinburgh and Inverness are in two of the regions that Scotland is here.
    assert any(area.covers(Point(-3.2, 55.95)) and area.covers(Point(-4.22, 57.48)) for area in areas)
