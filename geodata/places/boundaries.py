"""The bundled boundaries of countries and regions: which one a point lies in, their shapes and names."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geodata.places.spatial import _METRES_A_DEGREE, LonLat

if TYPE_CHECKING:
    import numpy as np
    from shapely.geometry.base import BaseGeometry

    Degrees = np.ndarray[tuple[int], np.dtype[np.float64]]

COAST_M = 10_000.0
_OFF_DEGREES = 4  # some 200 sea miles, how far a country's waters reach
_LEAST_SHRINK = 0.01  # at the poles


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
        path = self._regions(country)
        found = _areas(path).at(lon, lat) if path else None
        return _region(found) if found else None

    def country_of(self, lon: float, lat: float) -> str | None:
        """Return the ISO alpha-2 code of the country with this point in it, or the nearest within `COAST_M`.

        None on the high seas and in areas without a code.
        """
        found = self._countries().at(lon, lat)
        return None if found is None else found["iso2"]

    def regions_of(self, lons: Degrees, lats: Degrees, country: str) -> list[Region | None]:
        """Return for each of n points what `region_of` returns, in a fraction of the time. `lons`, `lats`: (n,)."""
        path = self._regions(country)
        if path is None:
            return [None] * len(lons)
        areas = _areas(path)
        regions = [_region(properties) for properties in areas.properties]
        return [None if i < 0 else regions[i] for i in areas.at_each(lons, lats)]

    def countries_of(self, lons: Degrees, lats: Degrees) -> list[str | None]:
        """Return for each of n points what `country_of` returns, in a fraction of the time. `lons`, `lats`: (n,)."""
        areas = self._countries()
        return [None if i < 0 else areas.properties[i]["iso2"] for i in areas.at_each(lons, lats)]

    def is_off(self, lon: float, lat: float, country: str) -> bool:
        """Whether a point lies at sea, in no country, and not far from one: within `_OFF_DEGREES` of its shape."""
        from shapely import Point  # noqa: PLC0415 - not at start-up

        shape = self.country_shape(country)
        return (
            shape is not None
            and self.country_of(lon, lat) is None
            and bool(shape.distance(Point(lon, lat)) <= _OFF_DEGREES)
        )

    def shape_of(self, country: str, region_id: str) -> BaseGeometry | None:
        """Return the (multi)polygon of a region of a country by its id, or of the country itself by ""."""
        path = self._regions(country) if region_id else None
        return _areas(path).shape("region_id", region_id) if path else self.country_shape(country)

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

    def _regions(self, country: str) -> Path | None:
        path = self.folder / "regions" / f"{country}.geojson"
        return path if len(country) == 2 and country.isascii() and country.isalpha() and path.is_file() else None

    def _countries(self) -> _Areas:
        return _areas(self.folder / "countries.geojson")


BUNDLED = Boundaries(Path(__file__).parents[1] / "data" / "basemap")


def is_bundled(place_id: str) -> bool:
    """Whether a place of the gazetteer is one of the bundled regions, which are drawn by their own boundaries."""
    return place_id.startswith("ne:")


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

    def at_each(self, lons: Degrees, lats: Degrees) -> list[int]:
        """For each point the number of the area that `at` finds; -1 for none."""
        import numpy as np  # noqa: PLC0415 - not at start-up
        from shapely import STRtree, box  # noqa: PLC0415 - as above

        found = self._inside(lons, lats)
        outside = np.flatnonzero(found < 0)
        edges = np.array([_around(lon, lat) for lon, lat in zip(lons[outside], lats[outside], strict=True)])
        edges = edges.reshape(-1, 4)
        is_split = (edges[:, 0] < -180) | (edges[:, 2] > 180)
        for i in outside[is_split].tolist():
            nearest = self._nearest(float(lons[i]), float(lats[i]))
            found[i] = -1 if nearest is None else nearest
        outside, edges = outside[~is_split], edges[~is_split]
        areas, near = STRtree(box(*edges.T)).query(self.tree.geometries, predicate="intersects")
        distances_m = self._distances_m(areas, edges[near], lons[outside[near]], lats[outside[near]])
        order = np.lexsort((-areas, -distances_m))  # the nearest area comes last, and stays
        order = order[distances_m[order] <= COAST_M]
        found[outside[near[order]]] = areas[order]
        numbers: list[int] = found.tolist()
        return numbers

    def _inside(self, lons: Degrees, lats: Degrees) -> Any:
        """For each point the number of the smallest area that holds it, (n,); -1 for none."""
        import numpy as np  # noqa: PLC0415 - not at start-up
        import shapely  # noqa: PLC0415 - as above

        found = np.full(len(lons), -1)
        by_lon = np.argsort(lons)
        x, y = lons[by_lon], lats[by_lon]
        shapes = self.tree.geometries
        west, south, east, north = shapely.bounds(shapes).T
        starts, ends = np.searchsorted(x, west), np.searchsorted(x, east, "right")
        for number in np.lexsort((-np.arange(len(shapes)), -shapely.area(shapes))).tolist():
            near = np.arange(starts[number], ends[number])
            near = near[(y[near] >= south[number]) & (y[near] <= north[number])]
            if len(near):
                # GEOS fills in what it prepares while it is asked, which threads must not share: hence a copy.
                shape = shapely.from_wkb(shapely.to_wkb(shapes[number]))
                shapely.prepare(shape)
                found[by_lon[near[shapely.intersects_xy(shape, x[near], y[near])]]] = number
        return found

    def at(self, lon: float, lat: float) -> dict[str, Any] | None:
        from shapely import Point  # noqa: PLC0415 - not at start-up

        inside = self.tree.query(Point(lon, lat), predicate="intersects")
        if len(inside):
            # A city or a leased area may lie within a region that is drawn whole: the smallest one says most.
            smallest = min(inside, key=lambda i: (self.tree.geometries[i].area, i))
            return self.properties[int(smallest)]
        nearest = self._nearest(lon, lat)
        return None if nearest is None else self.properties[nearest]

    def _nearest(self, lon: float, lat: float) -> int | None:
        from shapely import box  # noqa: PLC0415 - not at start-up

        best: tuple[float, int] | None = None
        for turn in (0.0, 360.0, -360.0):
            edges = _around(lon + turn, lat)
            if edges[2] < -180 or edges[0] > 180:
                continue  # no area lies there
            for i in self.tree.query(box(*edges), predicate="intersects"):
                found = (self._distance_m(int(i), lon + turn, lat), int(i))
                best = min(best or found, found)
        return best[1] if best and best[0] <= COAST_M else None

    def _distance_m(self, area: int, lon: float, lat: float) -> float:
        """How far an area is from a point, as far as it reaches into what is around the point."""
        import numpy as np  # noqa: PLC0415 - not at start-up

        edges, lons, lats = np.array([_around(lon, lat)]), np.array([lon]), np.array([lat])
        return float(self._distances_m(np.array([area]), edges, lons, lats)[0])

    def _distances_m(self, areas: Any, edges: Any, lons: Any, lats: Any) -> Any:
        """The same of n areas, by their numbers, and n points with their `edges` (n, 4) by `_around`: metres (n,)."""
        import numpy as np  # noqa: PLC0415 - not at start-up
        import shapely  # noqa: PLC0415 - as above

        shapes = self.tree.geometries[areas]
        pieces = np.array([shapely.clip_by_rect(*one) for one in zip(shapes, *edges.T, strict=True)], object)
        # Degrees of latitude both ways around the point: flat enough over ten kilometres.
        corners, of_piece = shapely.get_coordinates(pieces, return_index=True)
        shrunk = np.maximum(np.cos(np.radians(lats)), _LEAST_SHRINK)
        flat = (corners - np.stack([lons, lats], 1)[of_piece]) * np.stack([shrunk, np.ones(len(lats))], 1)[of_piece]
        distances = shapely.distance(shapely.set_coordinates(pieces, flat), shapely.Point(0, 0))
        return np.where(np.isnan(distances), np.inf, distances) * _METRES_A_DEGREE  # no piece is no number


def _shrink(lat: float) -> float:
    return max(math.cos(math.radians(lat)), _LEAST_SHRINK)


def _around(lon: float, lat: float) -> tuple[float, float, float, float]:
    """West, south, east and north of a box that reaches a little farther than `COAST_M` from a point."""
    tall = COAST_M / _METRES_A_DEGREE * 1.01
    wide = tall / _shrink(lat)
    return lon - wide, lat - tall, lon + wide, lat + tall


def _region(properties: dict[str, Any]) -> Region:
    return Region(*(properties[key] for key in ("region_id", "name", "kind", "country")))


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
