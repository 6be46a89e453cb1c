"""Where a map holds more events than can be told apart: parts of the globe, coloured by the number of events in each.

They are cells of H3's grid, hexagons of nearly one size all over the globe in any of several sizes, or regions, or
countries.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from itertools import zip_longest

import shapely
from shapely.geometry.base import BaseGeometry

from dashboard.scene.canvas import Point
from geodata.area import BBox
from geodata.places.boundaries import BUNDLED
from geodata.record.model import CATEGORIES
from geodata.store.derived.where import FINEST
from geodata.store.questions.cells import Area, Cell, Grid, Tolls, is_area
from geodata.store.result import Result

UNITS = ("cells", "regions", "countries")
BY = ("events", "deaths")  # what their colours tell: how many events, or the sum of their lowest figures of killed
LEAST_SIDE_PX = 6.0
MOST_CLASSES = 6


@dataclass(frozen=True, slots=True)
class Unit:
    """A cell (an H3 index), or an area (its number), with its events by category; `first` and `last` are the days
    between which they were, and `tolls` say how many they killed."""

    cell: int
    by_category: dict[str, int]
    first: date
    last: date
    tolls: Tolls

    @property
    def events(self) -> int:
        """How many events are in it; each is of one category."""
        return sum(self.by_category.values())

    def number(self, by: str) -> int | None:
        """What its colour tells, one of `BY`; None where no figure of killed is added up: unknown is not zero."""
        if by == "events":
            return self.events
        return self.tolls.low if self.tolls.figures else None


@dataclass(frozen=True)
class Cells:
    """The parts of one `grid` that hold `events` events, and the classes of their colours; `outside` lie in none.

    The colours tell of `by`, one of `BY`; where that is deaths, `tolls` say how many all these events killed. `areas`
    are the regions and countries by their numbers, whose edges are drawn as far as `detail` degrees off.
    """

    grid: Grid
    units: tuple[Unit, ...]
    events: int
    outside: int = 0
    by: str = "events"
    tolls: Tolls = field(default_factory=Tolls)
    areas: Mapping[int, Area] = field(default_factory=dict)
    detail: float = 0.0

    @classmethod
    def seen(
        cls,
        result: Result,
        bbox: BBox,
        grid: Grid,
        categories: Collection[str],
        events: int,
        by: str,
        areas: Mapping[int, Area],
        detail: float = 0.0,
    ) -> Cells:
        """Those of a part of the globe with the events of some categories, of which so many have a point in it."""
        outside = result.outside(grid, bbox) if isinstance(grid, str) else Counter()
        bare = sum(outside[category] for category in categories)
        found = (cell for cell in result.cells(grid, bbox) if cell.category in categories)
        tolls = sum((result.tolls(bbox)[each] for each in categories), Tolls()) if by == "deaths" else Tolls()
        cells = cls.of(grid, found, events - bare)
        return replace(cells, outside=bare, by=by, tolls=tolls, areas=areas, detail=detail)

    @classmethod
    def of(cls, grid: Grid, found: Iterable[Cell], events: int) -> Cells:
        """The parts of some categories' counts, which come part by part."""
        by_cell: dict[int, list[Cell]] = {}
        for part in found:
            by_cell.setdefault(part.cell, []).append(part)
        units = (
            Unit(
                cell,
                {category: part.events for category in CATEGORIES for part in parts if part.category == category},
                min(part.first for part in parts),
                max(part.last for part in parts),
                sum((part.tolls for part in parts), Tolls()),
            )
            for cell, parts in by_cell.items()
        )
        return cls(grid, tuple(units), events)

    def shape_of(self, cell: int) -> BaseGeometry:
        """The outline of a cell or an area."""
        return outline(cell, self.areas, self.detail)

    @cached_property
    def classes(self) -> tuple[tuple[int, int], ...]:
        """The least and the greatest number of each class, `MOST_CLASSES` at most; none is empty; 0 has its own."""
        counts = sorted(number for unit in self.units if (number := unit.number(self.by)) is not None)
        floors = [0] if counts[:1] == [0] else []
        floors += _floors(counts[-1], MOST_CLASSES - len(floors)) if counts and counts[-1] else []
        found = []
        for floor, end in zip_longest(floors, floors[1:]):
            within = [count for count in counts if floor <= count and (end is None or count < end)]
            if within:
                found.append((floor, within[-1] if end is None else end - 1))
        return tuple(found)

    def class_of(self, unit: Unit) -> int | None:
        """The number of a part's class, from 0; None where its number is not known."""
        number = unit.number(self.by)
        return None if number is None else bisect_right([floor for floor, _ in self.classes], number) - 1


def _floors(most: int, classes: int) -> Iterator[int]:
    """Where classes begin: every number of few; of more 1 and round numbers about equally far from each other."""
    if most <= classes:
        yield from range(1, most + 1)
        return
    step, last = most ** (1 / classes), 0
    for number in range(classes):
        floor = rounded(step**number)
        if floor > last:
            yield floor
            last = floor


def rounded(number: float) -> int:
    """The nearest of 1, 2, 5, 10, 20, 50, ..., as logarithms go."""
    tens = 10 ** math.floor(math.log10(number))
    return int(min((tens * each for each in (1, 2, 5, 10)), key=lambda each: abs(math.log(each / number))))


def grid_of(units: str, px_a_km: float, least: float = LEAST_SIDE_PX) -> Grid:
    """The grid of `UNITS` for a map of a scale: of cells the finest whose sides have `least` px."""
    return resolution_of(px_a_km, least) if units == "cells" else units


def outline(cell: int, areas: Mapping[int, Area], detail: float = 0.0) -> BaseGeometry:
    """The outline of a cell (an H3 index), or of an area (its number) at most `detail` degrees off; EPSG:4326."""
    if not is_area(cell):
        return shapely.Polygon(corners_of(cell))
    return _outline(areas[cell].country, areas[cell].region, detail)


@lru_cache(maxsize=5_000)
def _outline(country: str, region: str, detail: float) -> BaseGeometry:
    found = BUNDLED.shape_of(country, region)
    if not detail:
        return found
    return shapely.simplify(found, detail)


def corners_of(cell: int) -> tuple[Point, ...]:
    """The corners of a cell (an H3 index) in degrees, to a metre, in one piece: across 180 degrees they go on."""
    import h3.api.basic_int as h3  # noqa: PLC0415 (only a map of many events needs it)

    ring = [(lon, lat) for lat, lon in h3.cell_to_boundary(cell)]
    start = ring[0][0]
    return tuple((round(lon - 360 * round((lon - start) / 360), 5), round(lat, 5)) for lon, lat in ring)


def box_of(cell: int) -> BBox:
    """The box around a cell (an H3 index), (west, south, east, north) in degrees; west > east across 180."""
    lons, lats = zip(*corners_of(cell), strict=True)
    west, east = ((lon + 180) % 360 - 180 for lon in (min(lons), max(lons)))
    return west, min(lats), east, max(lats)


def side_km(resolution: int) -> float:
    """The average side of H3's cells of a resolution in km."""
    import h3.api.basic_int as h3  # noqa: PLC0415 (only a map of many events needs it)

    return float(h3.average_hexagon_edge_length(resolution, unit="km"))


def resolution_of(px_a_km: float, least: float = LEAST_SIDE_PX) -> int:
    """The finest resolution whose cells have sides of `least` px on a map of a scale."""
    fits = (resolution for resolution in range(FINEST, 0, -1) if side_km(resolution) * px_a_km >= least)
    return next(fits, 0)
