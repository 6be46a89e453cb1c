"""Where a map holds more events than can be told apart: cells of a grid, coloured by the number of events in each.

The grid is H3's: hexagons of nearly one size all over the globe, in any of several sizes.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from dashboard.scene.canvas import Point
from geodata.record.model import CATEGORIES
from geodata.store.derived import FINEST
from geodata.store.questions.cells import Cell, Tolls

LEAST_SIDE_PX = 6.0
MOST_CLASSES = 6


@dataclass(frozen=True, slots=True)
class Hexagon:
    """A cell (an H3 index) with its events by category; `first` and `last` are the days between which they were, and
    `tolls` say how many they killed."""

    cell: int
    by_category: dict[str, int]
    first: date
    last: date
    tolls: Tolls

    @property
    def events(self) -> int:
        """How many events are in it; each is of one category."""
        return sum(self.by_category.values())


@dataclass(frozen=True)
class Cells:
    """The cells of one `resolution` (H3's) that hold `events` events, and the classes of their colours."""

    resolution: int
    hexagons: tuple[Hexagon, ...]
    events: int

    @classmethod
    def of(cls, resolution: int, found: Iterable[Cell], events: int) -> Cells:
        """The cells of some categories' counts, which come cell by cell."""
        by_cell: dict[int, list[Cell]] = {}
        for part in found:
            by_cell.setdefault(part.cell, []).append(part)
        hexagons = (
            Hexagon(
                cell,
                {category: part.events for category in CATEGORIES for part in parts if part.category == category},
                min(part.first for part in parts),
                max(part.last for part in parts),
                sum((part.tolls for part in parts), Tolls()),
            )
            for cell, parts in by_cell.items()
        )
        return cls(resolution, tuple(hexagons), events)

    @property
    def side_km(self) -> float:
        """How long a side of a cell is on average, in km."""
        return side_km(self.resolution)

    @cached_property
    def classes(self) -> tuple[tuple[int, int], ...]:
        """The least and the greatest number of events of each class, `MOST_CLASSES` at most; none is empty."""
        counts = sorted(hexagon.events for hexagon in self.hexagons)
        floors = [*_floors(counts[-1])] if counts else []
        found = []
        for floor, end in zip(floors, [*floors[1:], math.inf], strict=True):
            within = [count for count in counts if floor <= count < end]
            if within:
                found.append((floor, within[-1] if end == math.inf else int(end) - 1))
        return tuple(found)

    def class_of(self, hexagon: Hexagon) -> int:
        """The number of a cell's class, from 0."""
        return bisect_right([floor for floor, _ in self.classes], hexagon.events) - 1


def _floors(most: int) -> Iterator[int]:
    """Where classes begin: every number of few; of more 1 and round numbers about equally far from each other."""
    if most <= MOST_CLASSES:
        yield from range(1, most + 1)
        return
    step, last = most ** (1 / MOST_CLASSES), 0
    for number in range(MOST_CLASSES):
        floor = _round(step**number)
        if floor > last:
            yield floor
            last = floor


def _round(number: float) -> int:
    """The nearest of 1, 2, 5, 10, 20, 50, ..., as logarithms go."""
    tens = 10 ** math.floor(math.log10(number))
    return int(min((tens * each for each in (1, 2, 5, 10)), key=lambda each: abs(math.log(each / number))))


def corners_of(cell: int) -> tuple[Point, ...]:
    """The corners of a cell (an H3 index) in degrees, in one piece: across 180 degrees they go on beyond it."""
    import h3.api.basic_int as h3  # noqa: PLC0415 (only a map of many events needs it)

    ring = [(lon, lat) for lat, lon in h3.cell_to_boundary(cell)]
    start = ring[0][0]
    return tuple((lon - 360 * round((lon - start) / 360), lat) for lon, lat in ring)


def side_km(resolution: int) -> float:
    """The average side of H3's cells of a resolution in km."""
    import h3.api.basic_int as h3  # noqa: PLC0415 (only a map of many events needs it)

    return float(h3.average_hexagon_edge_length(resolution, unit="km"))


def resolution_of(px_a_km: float, least: float = LEAST_SIDE_PX) -> int:
    """The finest resolution whose cells have sides of `least` px on a map of a scale."""
    fits = (resolution for resolution in range(FINEST, 0, -1) if side_km(resolution) * px_a_km >= least)
    return next(fits, 0)
