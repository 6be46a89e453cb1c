"""Where a small map lies, which way is north, which degrees its lines are; labels that had to move."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import shapely

from dashboard.paper.inset import north_turn
from geodata.store.store import Store
from tests.figures import composed, overlapping, place, store_of

CITY = [place("Almaty", 76.9, 43.25), place("Talgar", 77.24, 43.3)]


@pytest.mark.parametrize("size", ["A4", "A4-landscape", "column", "two-column", "slide", "square"])
def test_a_small_map_has_an_inset_of_its_country_with_its_extent(size: str) -> None:
    report = composed(store_of(*CITY), size=size)
    assert report.locator
    shown, inset = report.frame, report.locator
    left, bottom, right, top = shown.box
    a, b, c, d = inset.box
    assert left < a < c < right
    assert bottom < b < d < top
    # The map's extent and the country's ends lie within the inset.
    for lon, lat in ((76.9, 43.25), (50, 47), (86, 48), (70, 54)):
        assert inset.contains(inset.to_page(np.array([(lon, lat)]))[0])
    inside = [
        w.text
        for w in report.words
        if w.role != "locator" and a < w.box[2] and w.box[0] < c and b < w.box[3] and w.box[1] < d
    ]
    assert inside == []
    for spot in CITY:
        x, y = shown.to_page(np.array([spot.point], dtype=float))[0]
        assert not (a < x < c and b < y < d)


def test_a_large_map_has_neither_inset_nor_north_arrow(store: Store) -> None:
    report = composed(store)
    assert (report.locator, report.north) == (None, None)


def test_a_map_at_sea_and_one_of_a_small_country_have_an_inset_of_the_land_around() -> None:
    for spots in (
        [place("Ship", -40.0, 30.0, "")],
        [place("Vaduz", 9.52, 47.14, "LI"), place("Bern", 7.4, 46.9, "CH")],
    ):
        report = composed(store_of(*spots))
        assert report.locator
        west, _, east, _ = report.locator.window
        assert 8 < east - west < 60


def test_an_inset_that_would_cover_marks_in_every_corner_is_left_out() -> None:
    crowd = [place(f"P{n}", 76 + n % 10 * 0.12, 43 + n // 10 * 0.085) for n in range(100)]
    assert composed(store_of(*crowd), size="square").locator is None


@pytest.mark.parametrize(("lat", "expected"), [(43.25, True), (78.0, False)])
def test_an_arrow_points_north_only_where_north_is_the_same_all_over(lat: float, expected: bool) -> None:
    spots = [place("A", 15.0, lat), place("B", 17.5, lat + 0.4)]
    report = composed(store_of(*spots))
    assert (north_turn(report.frame) <= 2) == expected
    assert bool(report.north) == expected
    assert [w.text for w in report.words if w.role == "north"] == ["N"] * expected


@pytest.mark.parametrize("frame", ["46,40,88,56", "76,43,78,44", "-20,-40,60,40", "170,60,-170,70"])
def test_the_graticule_is_named_where_its_lines_meet_the_edge(store: Store, frame: str) -> None:
    report = composed(store, frame=frame)
    names = [w for w in report.words if w.role == "degrees"]
    assert len(names) >= 4
    names = [w for w in names if not w.text.endswith("°")]  # 0 and 180 have no side
    left, bottom, right, top = report.frame.box
    for words in names:
        x, y = (words.box[0] + words.box[2]) / 2, (words.box[1] + words.box[3]) / 2
        (lon, lat), value = report.frame.to_ground(np.array([(x, y)]))[0], float(words.text.split("°")[0])
        if words.text[-1] in "EW":
            assert min(y - bottom, top - y) < 12
            said = value if words.text[-1] == "E" else -value
            assert abs((lon - said + 180) % 360 - 180) * report.frame.scale * 111_000 * np.cos(np.radians(lat)) < 25
        else:
            assert min(x - left, right - x) < 40
            assert lat == pytest.approx(
                value if words.text[-1] == "N" else -value, abs=3 / (report.frame.scale * 111_000) + 0.5
            )


def test_a_label_that_must_move_has_a_leader_that_crosses_no_other_label() -> None:
    crowd = [place(f"Village {n}", 76.9 + n % 4 * 0.025, 43.2 + n // 4 * 0.02) for n in range(16)]
    report = composed(store_of(*crowd), size="A4-landscape")
    assert report.leaders
    labels = [w for w in report.words if w.role == "place"]
    assert overlapping(labels) == []
    for leader, words in itertools.product(report.leaders, labels):
        crossed = shapely.LineString(leader).intersection(shapely.box(*words.box)).length
        assert crossed < 2, words.text
