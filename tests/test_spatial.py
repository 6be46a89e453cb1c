"""Metres on the Earth, and which region a point lies in."""

from __future__ import annotations

import json
import math
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geodata.places.boundaries import Boundaries, Region, country_of, region_of
from geodata.places.spatial import disc, distance_m, great_circle, initial_bearing_deg

CHKALOVSKY = (38.0617, 55.8783)
ZHETYGEN = (77.1168, 43.7330)
ALMATY = (76.9115, 43.2525)

lons = st.floats(-180, 180)
lats = st.floats(-80, 80)
points = st.tuples(lons, lats)


def square(west: float, south: float, size: float, **properties: str) -> dict[str, Any]:
    east, north = west + size, south + size
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(features: list[dict[str, Any]]) -> str:
    """GeoJSON as the bundled files have it: a feature a line, its properties first, no blanks between."""
    lines = ",\n".join(json.dumps(feature, separators=(",", ":")) for feature in features)
    return f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'


@pytest.fixture
def boundaries(tmp_path: Path) -> Boundaries:
    """A country XX of one degree by one, west of the antimeridian, with a city in its middle."""
    country = square(179, 0, 1, iso2="XX", name="Xland")
    region = square(179, 0, 1, region_id="X-1", name="Around", kind="Region", country="XX")
    city = square(179.4, 0.4, 0.2, region_id="X-2", name="Middle", kind="City", country="XX")
    (tmp_path / "regions").mkdir()
    for name, features in (("countries", [country]), ("regions/XX", [region, city])):
        (tmp_path / f"{name}.geojson").write_text(collection(features), encoding="utf-8")
    return Boundaries(tmp_path)


def test_chkalovsky_to_zhetygen_is_3065_km_on_the_ellipsoid() -> None:
    # On a sphere of the mean radius it is 3,057 km.
    assert distance_m(CHKALOVSKY, ZHETYGEN) == pytest.approx(3_065_117, abs=1)


def test_the_way_from_chkalovsky_to_zhetygen_starts_towards_the_east_south_east() -> None:
    assert 90 < initial_bearing_deg(CHKALOVSKY, ZHETYGEN) < 115


@given(points, points)
@example((0.0, 0.0), (-179.99999999999997, 46.0))
def test_a_bearing_is_at_least_0_and_below_360(a: tuple[float, float], b: tuple[float, float]) -> None:
    assert 0 <= initial_bearing_deg(a, b) < 360


@given(points, points)
def test_the_pieces_of_a_great_circle_add_up_to_the_distance(a: tuple[float, float], b: tuple[float, float]) -> None:
    line = great_circle(a, b, step_m=250_000)
    assert sum(distance_m(*piece) for piece in pairwise(line)) == pytest.approx(distance_m(a, b), rel=1e-4, abs=0.01)


@given(points, points)
def test_a_great_circle_joins_its_ends_without_a_jump_in_longitude(
    a: tuple[float, float], b: tuple[float, float]
) -> None:
    line = great_circle(a, b, step_m=250_000)
    assert line[0] == a
    assert line[-1][1] == b[1]
    assert math.isclose((line[-1][0] - b[0]) % 360, 0, abs_tol=1e-9) or math.isclose((line[-1][0] - b[0]) % 360, 360)
    assert all(abs(x2 - x1) <= 180 for (x1, _), (x2, _) in pairwise(line))


def test_no_piece_of_a_great_circle_is_longer_than_the_step() -> None:
    assert max(distance_m(*piece) for piece in pairwise(great_circle(CHKALOVSKY, ZHETYGEN))) <= 25_000


def test_a_great_circle_across_the_antimeridian_runs_on_past_180_degrees() -> None:
    line = great_circle((170.0, 60.0), (-170.0, 60.0))
    assert [x for x, _ in line] == sorted(x for x, _ in line)
    assert line[-1] == (190.0, 60.0)


@given(lons, st.floats(-70, 70), st.floats(100, 500_000))
def test_every_point_of_a_disc_is_the_radius_away_from_its_centre(lon: float, lat: float, radius_m: float) -> None:
    assert all(distance_m((lon, lat), point) == pytest.approx(radius_m, rel=1e-3) for point in disc(lon, lat, radius_m))


@given(lons, st.floats(-70, 70))
def test_a_disc_is_a_closed_ring_around_its_centre_even_at_the_antimeridian(lon: float, lat: float) -> None:
    ring = disc(lon, lat, 25_000, points=36)
    assert len(ring) == 37
    assert ring[0] == ring[-1]
    assert all(abs(x - lon) < 10 for x, _ in ring)


def test_a_disc_runs_anticlockwise() -> None:
    ring = disc(*ALMATY, 25_000)
    assert sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) > 0


def test_a_point_lies_in_the_smallest_region_around_it(boundaries: Boundaries) -> None:
    assert region_of(179.5, 0.5, "XX", boundaries) == Region("X-2", "Middle", "City", "XX")
    assert region_of(179.1, 0.5, "XX", boundaries) == Region("X-1", "Around", "Region", "XX")


def test_a_point_off_the_coast_belongs_to_the_region_within_ten_kilometres(boundaries: Boundaries) -> None:
    inshore, offshore = 0.08, 0.10  # degrees of latitude: 8.9 km and 11.1 km
    assert region_of(179.5, -inshore, "XX", boundaries) == Region("X-1", "Around", "Region", "XX")
    assert region_of(179.5, -offshore, "XX", boundaries) is None
    assert country_of(179.5, -inshore, boundaries) == "XX"
    assert country_of(179.5, -offshore, boundaries) is None


def test_the_nearest_coast_is_found_across_the_antimeridian(boundaries: Boundaries) -> None:
    assert country_of(-179.95, 0.5, boundaries) == "XX"


@pytest.mark.parametrize("country", ["YY", "", "xx/../XX", "../regions/XX"])
def test_a_country_without_boundaries_has_no_regions(boundaries: Boundaries, country: str) -> None:
    assert region_of(179.5, 0.5, country, boundaries) is None


@pytest.mark.parametrize(
    ("lon", "lat", "region"),
    [
        (*ALMATY, "Almaty"),
        (71.4460, 51.1801, "Nur-Sultan"),
        (57.2072, 50.2797, "Aktobe Region"),
        (78.3739, 45.0156, "Almaty Region"),  # Jetisu Region has been split off since
        (*ZHETYGEN, "Almaty Region"),
        (51.1739, 43.6611, "Mangystau Region"),  # Aktau, on the Caspian
    ],
)
def test_the_places_of_january_2022_lie_in_the_regions_of_that_time(lon: float, lat: float, region: str) -> None:
    found = region_of(lon, lat, "KZ")
    assert found is not None
    assert found.name == region


def test_chkalovsky_lies_in_russia_and_the_middle_of_the_atlantic_in_no_country() -> None:
    assert country_of(*CHKALOVSKY) == "RU"
    assert country_of(-30.0, 30.0) is None
