"""Metres on the Earth, and which region a point lies in. The only module that knows metres.

Points are (lon, lat) in degrees, EPSG:4326; lengths are geodesic metres on the WGS84 ellipsoid (Karney's
method, as PROJ has it). Longitudes of a line or ring run on past 180 where it crosses the antimeridian, so
that it stays one piece.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyproj import Geod
    from shapely.geometry.base import BaseGeometry

LonLat = tuple[float, float]

COAST_M = 10_000.0
"""How far outside the simplified polygons a point may lie and still count: they cut off capes and ports."""

_METRES_A_DEGREE = 111_320.0


def distance_m(a: LonLat, b: LonLat) -> float:
    """Return the length in metres of the shortest way from `a` to `b`."""
    return float(_wgs84().inv(*a, *b)[2])


def initial_bearing_deg(a: LonLat, b: LonLat) -> float:
    """Return in which direction the way from `a` to `b` starts: degrees clockwise from north, in [0, 360)."""
    return float(_wgs84().inv(*a, *b)[0]) % 360.0


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


@dataclass(frozen=True, slots=True)
class Region:
    """A first-level division of a country (ISO 3166-1 alpha-2) as the bundled boundaries have it."""

    region_id: str
    name: str
    kind: str
    country: str


@dataclass(frozen=True, slots=True)
class Boundaries:
    """The polygons in `folder`: countries.geojson, and regions/XX.geojson for each country XX.

    They are read when first asked for. Source and date: `folder`/ORIGIN.csv.
    """

    folder: Path

    def region_of(self, lon: float, lat: float, country: str) -> Region | None:
        """Return the region of `country` with this point in it, or the nearest within `COAST_M`, or None."""
        path = self.folder / "regions" / f"{country}.geojson"
        if not (len(country) == 2 and country.isascii() and country.isalpha() and path.is_file()):
            return None
        found = _areas(path).at(lon, lat)
        return Region(*(found[key] for key in ("region_id", "name", "kind", "country"))) if found else None

    def country_of(self, lon: float, lat: float) -> str | None:
        """Return the ISO alpha-2 code of the country with this point in it, or the nearest within `COAST_M`.

        None on the high seas and in areas without a code.
        """
        found = self._countries().at(lon, lat)
        return None if found is None else found["iso2"]

    def region_shape(self, lon: float, lat: float, country: str) -> BaseGeometry | None:
        """Return the (multi)polygon of the region that `region_of` finds."""
        region = self.region_of(lon, lat, country)
        if region is None:
            return None
        return _areas(self.folder / "regions" / f"{country}.geojson").shape("region_id", region.region_id)

    def country_shape(self, country: str) -> BaseGeometry | None:
        """Return the (multi)polygon of a country; None for an unknown code."""
        return self._countries().shape("iso2", country)

    def country_name(self, country: str) -> str:
        """Return the English short name of a country; the code itself where it is not known."""
        names = (found["name"] for found in self._countries().properties if found["iso2"] == country)
        return next(names, country)

    def country_top(self, country: str) -> LonLat | None:
        """Return the point of the country's northern edge above its middle, where a tag can stand off its marks."""
        from shapely import LineString  # noqa: PLC0415 - not at start-up

        shape = self.country_shape(country)
        if shape is None:
            return None
        lon = next(f["label"][0] for f in self._countries().properties if f["iso2"] == country)
        return lon, float(LineString([(lon, -90), (lon, 90)]).intersection(shape).bounds[3])

    def _countries(self) -> _Areas:
        return _areas(self.folder / "countries.geojson")


BUNDLED = Boundaries(Path(__file__).parent / "data" / "basemap")
"""The boundaries that come with the product. They are read when a point is looked up."""


def region_of(lon: float, lat: float, country: str, boundaries: Boundaries = BUNDLED) -> Region | None:
    """Return the region of `country` that the point lies in; see `Boundaries.region_of`."""
    return boundaries.region_of(lon, lat, country)


def country_of(lon: float, lat: float, boundaries: Boundaries = BUNDLED) -> str | None:
    """Return the country (ISO alpha-2) that the point lies in; see `Boundaries.country_of`."""
    return boundaries.country_of(lon, lat)


@dataclass(frozen=True, slots=True)
class _Areas:
    """Polygons with their properties, in an index."""

    tree: Any
    properties: tuple[dict[str, Any], ...]

    def shape(self, key: str, value: str) -> BaseGeometry | None:
        shapes = zip(self.properties, self.tree.geometries, strict=True)
        return next((found for properties, found in shapes if properties[key] == value), None)

    def at(self, lon: float, lat: float) -> dict[str, Any] | None:
        from shapely import Point  # noqa: PLC0415 - not at start-up

        inside = self.tree.query(Point(lon, lat), predicate="intersects")
        if len(inside):
            # A city or a leased area may lie within a region that is drawn whole: the smallest one says most.
            smallest = min(inside, key=lambda i: (self.tree.geometries[i].area, i))
            return self.properties[int(smallest)]
        return self._nearest(lon, lat)

    def _nearest(self, lon: float, lat: float) -> dict[str, Any] | None:
        from shapely import Point, box, clip_by_rect, transform  # noqa: PLC0415 - not at start-up

        shrink = max(math.cos(math.radians(lat)), 0.01)
        tall = COAST_M / _METRES_A_DEGREE * 1.01
        wide = tall / shrink
        best: tuple[float, int] | None = None
        for turn in (0.0, 360.0, -360.0):
            x = lon + turn
            edges = (x - wide, lat - tall, x + wide, lat + tall)
            for i in self.tree.query(box(*edges), predicate="intersects"):
                # Degrees of latitude both ways around the point: flat enough over ten kilometres.
                piece = clip_by_rect(self.tree.geometries[i], *edges)
                flat = transform(piece, lambda xy, x=x: (xy - (x, lat)) * (shrink, 1.0))
                found = (float(flat.distance(Point(0, 0))) * _METRES_A_DEGREE, int(i))
                best = min(best or found, found)
        return self.properties[best[1]] if best and best[0] <= COAST_M else None


def read_features(path: Path) -> tuple[Any, tuple[dict[str, Any], ...]]:
    """Return the shapes (an array of shapely geometries, EPSG:4326) and the properties of a bundled GeoJSON file.

    Only for our own files, which have a feature a line with its properties first: GEOS reads the shapes ten times as
    fast as Python would.
    """
    import shapely  # noqa: PLC0415 - not at start-up

    text = path.read_text(encoding="utf-8")
    heads = (line.partition(',"geometry":') for line in text.splitlines() if line.startswith('{"type":"Feature",'))
    properties = tuple(json.loads(head + "}")["properties"] for head, _, _ in heads)
    shapes = shapely.get_parts(shapely.from_geojson(text))
    assert len(shapes) == len(properties), f"{path.name} does not have a feature a line"
    return shapes, properties


@cache
def _areas(path: Path) -> _Areas:
    from shapely import STRtree  # noqa: PLC0415 - not at start-up

    shapes, properties = read_features(path)
    return _Areas(STRtree(shapes), properties)


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
