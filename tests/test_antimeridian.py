"""What lies on both sides of 180 degrees is one neighbourhood: on the page, in a figure, for the filter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboard.choice.view import View
from dashboard.scene.scene import Scene
from dashboard.screen.camera import home_camera
from geodata.dates import PartialDay
from geodata.filter import Filter
from geodata.language.language import ENGLISH
from geodata.places.spatial import in_one_piece, narrowest
from geodata.record.model import Claim, Site
from tests.figures import composed, dataset_of, drawn, held, place, store_of
from tests.records import Dataset, store_over

SUVA, LAU, EDGE = (
    place("Suva", 178.44, -18.14, "FJ"),
    place("Lau", -178.8, -18.2, "FJ"),
    place("Edge", 180.0, -17, "FJ"),
)
FIJI = store_of(SUVA, LAU, EDGE)
SIZE = (856.0, 676.0)


@pytest.mark.parametrize(
    ("arcs", "found"),
    [
        ([(77, 77), (71, 71)], (71, 77)),
        ([(178, 178), (-178, -178)], (178, 182)),
        ([(27, 180), (-180, -169)], (27, 191)),  # the parts of Russia: what is inside of one is no gap
        ([(-10, 10)], (-10, 10)),
        ([(-179, 179), (0, 180)], (-179, 180)),
        ([(-180, 0), (0, 180)], (-180, 180)),
        ([], (-180, 180)),
    ],
)
def test_the_widest_gap_stays_outside(arcs: list[tuple[float, float]], found: tuple[float, float]) -> None:
    assert narrowest(arcs) == pytest.approx(found)


def test_points_away_from_180_degrees_stay_as_they_are() -> None:
    assert in_one_piece([(76.95, 43.25), (-0.1, 51.5)]) == [(76.95, 43.25), (-0.1, 51.5)]
    assert in_one_piece([(179.0, 0.0), (-177.0, 0.0)]) == [(-181.0, 0.0), (-177.0, 0.0)]


def test_the_page_starts_over_fiji_and_not_over_the_whole_world() -> None:
    camera = home_camera(FIJI, *SIZE)
    assert (camera.lon, camera.lat) == pytest.approx((179.82, -17.6), abs=0.1)
    assert camera.zoom > 7


@pytest.mark.parametrize(
    ("country", "lon", "zoom"), [("RU", (60, 120), 1.0), ("US", (-150, -110), 1.0), ("FJ", (177, 180), 5)]
)
def test_a_country_on_both_sides_is_shown_the_short_way_around(
    country: str, lon: tuple[float, float], zoom: float
) -> None:
    camera = home_camera(store_of(place("", None, None, country)), *SIZE)
    assert lon[0] < camera.lon < lon[1]
    assert camera.zoom > zoom


@pytest.mark.parametrize(
    ("bbox", "kept"),
    [
        ("177,-20,-178,-15", "E0 E1 E2"), ("-178,-20,177,-15", ""), ("170,-20,180,-10", "E0 E2"),
        ("-180,-20,-170,-10", "E1 E2"), ("180,-20,180,-10", "E2"), ("180,-20,-180,-10", "E2"),
        ("-180,-20,180,-10", "E0 E1 E2"),
    ],
)  # fmt: skip
def test_an_area_holds_what_lies_on_either_side_and_on_its_edges(bbox: str, kept: str) -> None:
    assert " ".join(event.event_id for event in FIJI.query(Filter.parse(bbox=bbox)).events) == kept


@pytest.mark.parametrize("frame", ["177,-20,-178,-15", "177.5,-19,-177.5,-16"])
def test_a_figure_s_frame_across_180_degrees_shows_both_sides(frame: str) -> None:
    report = composed(FIJI, frame=frame)
    west, _, east, _ = report.frame.window
    assert east - west < 15
    assert report.beyond == ()


def test_a_figure_s_frame_without_width_is_not_the_whole_world() -> None:
    west, _, east, _ = composed(FIJI, frame="178.44,-18.3,178.44,-18").frame.window
    assert east - west < 5


def test_a_toll_for_both_sides_stands_between_them() -> None:
    data = dataset_of(SUVA, LAU)
    event = replace(data.events[0], sites=tuple(Site(p.place_id, "at", "settlement") for p in (SUVA, LAU)))
    day = PartialDay(date(2022, 1, 5), date(2022, 1, 5))
    claim = Claim(
        "C1", event.event_id, "deaths", 3, 3, 3, "exact", "A", "", day, "", "all", "", "standing", None, "S1", None
    )
    store = store_over(Dataset("x", "X", (event,), (claim,), data.sources, data.places))
    (toll,) = Scene(store, store.query(Filter()), View().layers, ENGLISH).tolls
    assert toll.at == pytest.approx((179.82, -18.17))
    assert toll.spokes == (pytest.approx((178.44, -18.14)), pytest.approx((181.2, -18.2)))


def test_a_map_file_starts_over_both_sides() -> None:
    west, _, east, _ = held(drawn(FIJI, "html"))["bounds"]
    assert (west, east) == pytest.approx((178.44, 181.2))
