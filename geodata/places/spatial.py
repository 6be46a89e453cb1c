"""Metres on the Earth, and which region a point lies in. The only module that knows metres.

Points are (lon, lat) in degrees, EPSG:4326; lengths are geodesic metres on the WGS84 ellipsoid (Karney's
method, as PROJ has it). Longitudes of a line or ring run on past 180 where it crosses the antimeridian, so
that it stays one piece.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyproj import Geod

LonLat = tuple[float, float]
WORLD = 240.0  # degrees of longitude: more than the Pacific leaves
_METRES_A_DEGREE = 111_320.0


def distance_m(a: LonLat, b: LonLat) -> float:
    """Return the length in metres of the shortest way from `a` to `b`."""
    return float(_wgs84().inv(*a, *b)[2])


def initial_bearing_deg(a: LonLat, b: LonLat) -> float:
    """Return in which direction the way from `a` to `b` starts: degrees clockwise from north, in [0, 360)."""
    bearing = float(_wgs84().inv(*a, *b)[0]) % 360.0
    return bearing % 360.0  # of a hair below 0, the first leaves 360 itself


def great_circle(a: LonLat, b: LonLat, step_m: float = 25_000) -> list[LonLat]:
    """Return the shortest way from `a` to `b` as points at most `step_m` metres apart, both ends included.

    It starts at `a` exactly and ends at `b`, whose longitude may be 360 degrees more or less.
    """
    pieces = max(1, math.ceil(distance_m(a, b) / step_m))
    between = _wgs84().npts(*a, *b, pieces - 1) if pieces > 1 else []
    return _unwrapped(a[0], [a, *between, b])


def disc(lon: float, lat: float, radius_m: float, points: int = 72) -> list[LonLat]:
    """Return a ring of `points` points `radius_m` metres from the centre.

    It runs anticlockwise and repeats its first point at the end. A disc over a pole is not a ring in lon and
    lat: keep `radius_m` below the distance to the pole.
    """
    azimuths = [-360.0 * i / points for i in range(points)]
    lons, lats, _ = _wgs84().fwd([lon] * points, [lat] * points, azimuths, [radius_m] * points)
    ring = _unwrapped(lon, zip(lons, lats, strict=True))
    return [*ring, ring[0]]


def parallel_m(lat: float) -> float:
    """Return the length in metres of a whole circle of latitude, as maps see it: on a sphere."""
    return 360 * _METRES_A_DEGREE * math.cos(math.radians(lat))


def narrowest(arcs: Iterable[tuple[float, float]]) -> tuple[float, float]:
    """Return the narrowest (west, east) in degrees around some arcs of longitude, each (west, east) itself.

    The widest gap between them stays outside, so that east may be above 180: Chukotka is one piece. What then is wider
    than `WORLD` is seen as maps of the world are, from -180 on. `west` is from -180 to below 180; without a gap, and
    without an arc, it is the whole circle.
    """
    arcs = list(arcs)
    turned = sorted((west % 360, west % 360 + east - west) for west, east in arcs)
    reach = max((east for _, east in turned), default=0.0) - 360
    gap, edge = 0.0, -180.0
    for west, east in turned:
        if west - reach > gap:
            gap, edge = west - reach, west
        reach = max(reach, east)
    edge -= 360 if edge >= 180 else 0
    if 360 - gap > WORLD and arcs and all(-180 <= west <= east <= 180 for west, east in arcs):
        return min(west for west, _ in arcs), max(east for _, east in arcs)
    return edge, edge + 360 - gap


def in_one_piece(points: Sequence[LonLat]) -> list[LonLat]:
    """Return the points with longitudes that run on past 180 where that brings them closest together.

    Their middle is from -180 to 180.
    """
    west, _ = narrowest((lon, lon) for lon, _ in points)
    found = [(lon + 360 if lon < west - 1e-9 else lon, lat) for lon, lat in points]
    turn = 360 if sum(lon for lon, _ in found) > 180 * len(found) else 0
    return [(lon - turn, lat) for lon, lat in found]


@cache
def _wgs84() -> Geod:
    from pyproj import Geod  # noqa: PLC0415 - not at start-up

    return Geod(ellps="WGS84")


def _unwrapped(lon: float, points: Iterable[LonLat]) -> list[LonLat]:
    """The points with each longitude within 180 degrees of the one before, the first within 180 of `lon`."""
    line: list[LonLat] = []
    for x, y in points:
        turns = round((lon - x) / 360.0)
        lon = float(x + 360.0 * turns) if turns else float(x)
        line.append((lon, float(y)))
    return line
