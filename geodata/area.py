"""Areas of the map, a box or a polygon: read strictly, said in words, and which points lie in them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from geodata.errors import ChoiceError
from geodata.language.degrees import say_lat, say_lon
from geodata.language.language import ENGLISH, Language
from geodata.places.spatial import LonLat, parallel_m
from geodata.reading import numbers

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import numpy as np
    from numpy.typing import NDArray

    Degrees = NDArray[np.float64]

BBox = tuple[float, float, float, float]
FEWEST, MOST = 3, 100  # corners
MOST_DRAWN = 1_000  # points of a line drawn by hand
_DECIMALS = 4  # of a degree: some ten metres
_FARTHEST_LON = 540  # whichever copy of the globe it is drawn on
_LEAST_DEG2 = 1e-7
_HAIR_DEG = 1e-9  # what lies on an edge is inside, however its numbers were rounded


def read_bbox(key: str, value: object) -> BBox:
    """An area, west,south,east,north in degrees (EPSG:4326); west > east crosses the antimeridian. ChoiceError."""
    west, south, east, north = numbers(key, value, "west,south,east,north")
    if not (-90 <= south <= north <= 90 and -180 <= west <= 180 and -180 <= east <= 180):
        raise ChoiceError(key, f"Cannot read {key}: {str(value)[:80]!r} is not on the globe, or south is above north.")
    return west, south, east, north


def is_in(points: ir.Table, bbox: BBox) -> ir.BooleanValue:
    """Whether points (lon from -180 to below 180, lat) lie in a box, its edges included."""
    west, south, east, north = bbox
    lon_in = points.lon.between(west, east) if west <= east else (points.lon >= west) | (points.lon <= east)
    if east == 180:  # the same meridian as -180, which is how a table has it
        lon_in |= points.lon == -180
    return lon_in & points.lat.between(south, north)


@dataclass(frozen=True, slots=True)
class Area:
    """A polygon: its corners as (lon, lat) in degrees (EPSG:4326), the last joined to the first by straight edges.

    The westernmost longitude is from -180 to below 180; they run on past 180 where the area crosses the antimeridian.
    """

    corners: tuple[LonLat, ...]

    @classmethod
    def around(cls, key: str, line: object) -> Area:
        """What a line drawn by hand goes around, "lon,lat;lon,lat;...", wherever it crosses itself; the largest such
        part where there are several. Raises ChoiceError as `read_area` does."""
        import shapely  # noqa: PLC0415 (not at start-up)

        points = _points(key, line, MOST_DRAWN)
        faces = shapely.polygonize([shapely.union_all(shapely.LineString([*points, points[0]]))])
        whole = shapely.set_precision(shapely.union_all(shapely.get_parts(faces)), 10**-_DECIMALS)
        parts = [part for part in shapely.get_parts(whole) if not part.is_empty]  # as a sliver becomes
        if not parts:
            raise _refusal(key, "the line goes around no area")
        largest, finest = shapely.Polygon(max(parts, key=shapely.area).exterior), 10**-_DECIMALS
        while len(largest.exterior.coords) > MOST + 1:
            finest *= 2
            largest = shapely.simplify(largest, finest)
        return read_area(key, [*largest.exterior.coords])

    def __str__(self) -> str:
        """As `read_area` reads it."""
        return ";".join(",".join(map(_say_degrees, at)) for at in self.corners)

    @property
    def bounds(self) -> BBox:
        """West, south, east and north in degrees; east is above 180 where the area crosses the antimeridian."""
        lons, lats = zip(*self.corners, strict=True)
        return min(lons), min(lats), max(lons), max(lats)

    @property
    def bbox(self) -> BBox:
        """The box around it, as `read_bbox` has it."""
        west, south, east, north = self.bounds
        return west, south, east - 360 if east > 180 else east, north

    def holds(self, lon: Degrees, lat: Degrees) -> NDArray[np.bool_]:
        """Whether each of some points lies in it, edges included: (n,). `lon` (-180 to below 180) and `lat`: (n,)."""
        import numpy as np  # noqa: PLC0415 (as below)
        import shapely  # noqa: PLC0415 (not at start-up)

        shape = shapely.Polygon(self.corners).buffer(_HAIR_DEG, join_style="mitre")
        shapely.prepare(shape)
        west, _, _, _ = self.bounds
        found: NDArray[np.bool_] = shapely.intersects_xy(shape, np.where(lon < west - _HAIR_DEG, lon + 360, lon), lat)
        return found

    def describe(self, language: Language = ENGLISH) -> str:
        """As "drawn area of about 120 × 80 km around 43.2° N, 76.9° E"."""
        west, south, east, north = self.bounds
        lon, lat = (west + east) / 2, (south + north) / 2
        width, height = (east - west) / 360 * parallel_m(lat), (north - south) / 360 * parallel_m(0)
        return language.say(
            "drawn area of about {width} × {height} km around {lat}, {lon}",
            width=_about_km(width, language), height=_about_km(height, language),
            lat=say_lat(round(lat, 1), language), lon=say_lon(lon, language),
        )  # fmt: skip


def read_area(key: str, value: object) -> Area:
    """A polygon of `FEWEST` to `MOST` corners, "lon,lat;lon,lat;..." in degrees (EPSG:4326), rounded to four decimals.

    It is closed by itself, and may repeat its first corner. Across the antimeridian it goes on beyond 180. ChoiceError.
    """
    points = [(round(lon, _DECIMALS), round(lat, _DECIMALS)) for lon, lat in _points(key, value, MOST + 1)]
    corners = [at for before, at in pairwise([points[-1], *points]) if at != before]
    if not FEWEST <= len(corners) <= MOST:
        found = f"fewer than {FEWEST}" if len(corners) < FEWEST else f"{len(corners)}"
        raise _refusal(key, f"it has {found} corners (expected lon,lat;lon,lat;... with {FEWEST} to {MOST})")
    west, east = min(lon for lon, _ in corners), max(lon for lon, _ in corners)
    if east - west >= 360:
        raise _refusal(key, "it goes around the whole globe")
    turn = 360 * math.floor((west + 180) / 360)
    area = Area(tuple((round(lon - turn, _DECIMALS) + 0.0, lat + 0.0) for lon, lat in corners))  # no -0
    _check_shape(key, area)
    return area


def _points(key: str, value: object, most: int) -> list[LonLat]:
    parts: Sequence[object] = value if isinstance(value, (list, tuple)) else str(value).split(";")
    if len(parts) > most:
        raise _refusal(key, f"it has {len(parts):,} corners (expected at most {most:,})")
    points = [(lon, lat) for lon, lat in (numbers(key, part, "lon,lat") for part in parts)]
    if any(abs(lon) > _FARTHEST_LON or abs(lat) > 90 for lon, lat in points):
        raise _refusal(key, f"{str(value)[:80]!r} is not on the globe")
    return points


def _check_shape(key: str, area: Area) -> None:
    import shapely  # noqa: PLC0415 (not at start-up)

    shape = shapely.Polygon(area.corners)
    if shape.convex_hull.area < _LEAST_DEG2:
        raise _refusal(key, "it is too small, or has no width")
    if not shape.is_valid:
        raise _refusal(key, "its outline crosses or touches itself")


def _refusal(key: str, why: str) -> ChoiceError:
    return ChoiceError(key, f"Cannot read {key}: {why}.")


def _say_degrees(degrees: float) -> str:
    return f"{degrees:.{_DECIMALS}f}".rstrip("0").rstrip(".")


def _about_km(length_m: float, language: Language) -> str:
    """A length in km with two digits that count."""
    km = float(f"{length_m / 1000:.2g}")
    return language.number(int(km) if km >= 10 else km)
