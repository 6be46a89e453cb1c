"""From lon/lat to a place on the page: the projection that suits an extent, and the frame that it fills.

Degrees are EPSG:4326, the plane is in metres of the projection, the page in points (1/72 inch) from the lower left.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from pyproj import Transformer

from geodata.language.degrees import say_lat, say_lon
from geodata.language.language import ENGLISH, Language
from geodata.places.spatial import distance_m, narrowest

Array = NDArray[np.float64]
Box = tuple[float, float, float, float]  # left, bottom, right, top
MIN_EXTENT_M = 40_000.0
WORLD_SPAN_DEG, WORLD_HEIGHT_DEG = 150.0, 110.0
WHOLE_EARTH: Box = (-180.0, -60.0, 180.0, 80.0)


@dataclass(frozen=True)
class Projection:
    """A map projection: `definition` for PROJ, its name in words, and the meridian in its middle (degrees)."""

    definition: str
    name: str
    lon_0: float
    world: bool = False

    @cached_property
    def _transform(self) -> Transformer:
        return Transformer.from_crs("EPSG:4326", self.definition, always_xy=True)

    def forward(self, lonlat: Array) -> Array:
        """(n, 2) degrees to (n, 2) metres; what cannot be projected is infinite."""
        return np.column_stack(self._transform.transform(lonlat[:, 0], lonlat[:, 1]))

    def inverse(self, metres: Array) -> Array:
        """(n, 2) metres to (n, 2) degrees, the longitude within half a turn of `lon_0`; infinite off the globe."""
        found = np.column_stack(self._transform.transform(metres[:, 0], metres[:, 1], direction="INVERSE"))
        with np.errstate(invalid="ignore"):
            found[:, 0] = (found[:, 0] - self.lon_0 + 180) % 360 - 180 + self.lon_0
            back = self.forward(found)
            # A point off the globe's edge may be given a place on the other side of it.
            found[~(np.abs(back - metres).max(axis=1) < 1_000)] = np.inf
        return found


def extent_of(lonlat: Array) -> Box:
    """The narrowest (west, south, east, north) in degrees around (n, 2) points; east may be above 180."""
    west, east = narrowest((lon, lon) for lon in np.unique(lonlat[:, 0]).tolist())
    return west, float(lonlat[:, 1].min()), east, float(lonlat[:, 1].max())


def projection_for(extent: Box, language: Language = ENGLISH) -> Projection:
    """A projection that keeps areas, with little distortion of shapes over `extent` (degrees); named in `language`.

    Albers for what lies along a parallel of the middle latitudes, with the standard parallels a sixth of the height
    inside (Snyder, Map Projections: A Working Manual, 1987, p. 99); Equal Earth for the world; else Lambert's
    azimuthal projection around the middle.
    """
    west, south, east, north = extent
    lon, lat = round((west + east) / 2, 1), round((south + north) / 2, 1)
    conic = 20 <= abs(lat) <= 62 and north - south < 60 and east - west < 200
    if (east - west > WORLD_SPAN_DEG and not conic) or north - south > WORLD_HEIGHT_DEG:
        lon = 0.0 if east - west > 300 else lon
        name = language.say("Equal Earth around {lon}", lon=say_lon(lon, language))
        return Projection(f"+proj=eqearth +lon_0={lon} +datum=WGS84", name, lon, True)
    if conic and east - west > max(12, 1.3 * (north - south)):
        step = (north - south) / 6 if north - south > 3 else 0.5
        one, two = round(south + step, 1), round(north - step, 1)
        return Projection(
            f"+proj=aea +lat_1={one} +lat_2={two} +lat_0={lat} +lon_0={lon} +datum=WGS84",
            language.say(
                "Albers equal-area conic around {lon}, true along {one} and {two}",
                lon=say_lon(lon, language), one=say_lat(one, language), two=say_lat(two, language),
            ),
            lon,
        )  # fmt: skip
    return Projection(
        f"+proj=laea +lat_0={lat} +lon_0={lon} +datum=WGS84",
        language.say(
            "Lambert azimuthal equal-area around {lat}, {lon}",
            lat=say_lat(lat, language), lon=say_lon(lon, language),
        ),
        lon,
    )  # fmt: skip


def spread(projection: Projection, lonlat: Array) -> tuple[Array, Array]:
    """The middle of (n, 2) points in degrees and how far they reach across and up, at least 40 km; on the plane."""
    plane = projection.forward(lonlat)
    plane = plane[np.isfinite(plane).all(axis=1)]
    low, high = plane.min(axis=0), plane.max(axis=0)
    return (low + high) / 2, np.maximum(high - low, MIN_EXTENT_M)


@dataclass(frozen=True)
class Frame:
    """The window of the map on the page (`box`, points) and the scale (points a metre) and middle of its plane."""

    projection: Projection
    box: Box
    scale: float
    middle: tuple[float, float]

    @classmethod
    def fit(cls, projection: Projection, lonlat: Array, box: Box, padding: tuple[float, float]) -> Frame:
        """The frame that shows (n, 2) points with `padding` (across, up) on the page around them; at least 40 km."""
        middle, spans = spread(projection, lonlat)
        room = np.maximum(np.array([box[2] - box[0], box[3] - box[1]]) - 2 * np.array(padding), 10.0)
        return cls(projection, box, float((room / spans).min()), (float(middle[0]), float(middle[1])))

    @property
    def centre(self) -> Array:
        """The middle of the box in points."""
        left, bottom, right, top = self.box
        return np.array([(left + right) / 2, (bottom + top) / 2])

    def to_page(self, lonlat: Array) -> Array:
        """(n, 2) degrees to (n, 2) points of the page."""
        return (self.projection.forward(lonlat) - self.middle) * self.scale + self.centre

    def to_ground(self, page: Array) -> Array:
        """(n, 2) points of the page to (n, 2) degrees."""
        return self.projection.inverse((page - self.centre) / self.scale + self.middle)

    def contains(self, page: Iterable[float], inside: float = 0.0) -> bool:
        """Whether a point of the page lies in the box, at least `inside` points from its edge."""
        x, y = page
        left, bottom, right, top = self.box
        return left + inside <= x <= right - inside and bottom + inside <= y <= top - inside

    @cached_property
    def window(self) -> Box:
        """(west, south, east, north) in degrees of all that the box shows; west to east within one turn."""
        lon_0 = self.projection.lon_0
        # A hair less than a turn: its two ends would be the same meridian.
        whole = (lon_0 - 180 + 1e-6, -90.0, lon_0 + 180 - 1e-6, 90.0)
        edge = self.to_ground(outline(self.box, 48))
        if self.projection.world or not np.isfinite(edge).all():
            return whole
        (west, south), (east, north) = edge.min(axis=0), edge.max(axis=0)
        for pole in (-90.0, 90.0):
            if self.contains(self.to_page(np.array([[lon_0, pole]]))[0]):
                west, east = whole[0], whole[2]
                south, north = min(south, pole), max(north, pole)
        return float(west), float(south), float(east), float(north)

    def bar(self, left: float, y: float, length_m: float) -> float:
        """Where on the level line at `y` the distance on the ground from `left` is `length_m`; inf off the globe."""
        start = self.to_ground(np.array([[left, y]]))[0]
        width = length_m * self.scale
        for _ in range(30):
            end = self.to_ground(np.array([[left + width, y]]))[0]
            if not np.isfinite([start, end]).all():
                return math.inf
            found = distance_m((start[0], start[1]), (end[0], end[1]))
            if abs(found - length_m) < length_m * 1e-6:
                break
            width *= length_m / found
        return left + width


def outline(box: Box, steps: int) -> Array:
    """(4 * steps, 2) points along the edge of a box, from its lower left corner."""
    left, bottom, right, top = box
    along = np.linspace(0, 1, steps, endpoint=False)
    corners = np.array([(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)], dtype=float)
    sides = [a + (b - a) * along[:, None] for a, b in pairwise(corners)]
    return np.concatenate(sides)
