"""Events by parts of the globe: the cells of H3, a grid of hexagons, in any resolution up to the finest that is kept,
or the regions or countries of the bundled boundaries."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from geodata.area import BBox, is_in
from geodata.filter import Filter, Tables, within
from geodata.record.model import CATEGORIES
from geodata.store.derived.where import DIGIT_BITS, DIGITS, FINEST, FIRST_IN
from geodata.store.questions.kept import about_kept, kept
from geodata.store.questions.ranges import TOLLS, tolls

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from geodata.store.engines.engine import Engine

_MOST_LAT = 85.0  # of a Mercator map
_RESOLUTION_BITS = 52
UNUSED_BITS = DIGIT_BITS * (DIGITS - FINEST)  # of every cell that is kept, all set


# A resolution of H3, or one of `AREAS`.
Grid: TypeAlias = int | str
# What the parts of the globe can be beside cells, and the columns of `sites` that have their numbers.
AREAS = {"regions": "region", "countries": "country"}


@dataclass(frozen=True, slots=True)
class Area:
    """A region by its id, or a country ("") by its code (ISO 3166-1 alpha-2); `name` is in English."""

    country: str
    region: str
    name: str


@dataclass(frozen=True, slots=True)
class Tolls:
    """How many some events killed: the sums of the lowest and the highest figures of `figures` events that have one
    which can be added up (see `geodata.store.questions.ranges.tolls`); of `open` of these it goes on beyond its high.

    `told` events have any figure of killed, so that the others' are left out.
    """

    told: int = 0
    figures: int = 0
    low: int = 0
    high: int = 0
    open: int = 0

    def __add__(self, other: Tolls) -> Tolls:
        return Tolls(*(getattr(self, name) + getattr(other, name) for name in TOLLS))


@dataclass(frozen=True, slots=True)
class Cell:
    """How many events of a category are in a cell (an H3 index) or an area (its number); one with several places in it
    counts once.

    `first` and `last` are the first and the last day on which one of them may have been. `tolls` say how many they
    killed.
    """

    cell: int
    category: str
    events: int
    first: date
    last: date
    tolls: Tolls


def areas(engine: Engine) -> dict[int, Area]:
    """The regions and countries in which the record has places, by their numbers."""
    rows = engine.fetch(engine.stored["areas"]).to_pylist()
    return {row["area"]: Area(row["country"], row["region"], row["name"]) for row in rows}


def cells(engine: Engine, where: Filter, grid: Grid, bbox: BBox | None = None) -> tuple[Cell, ...]:
    """The cells that hold kept events, at a resolution from 0 to `FINEST`, or the areas that do.

    With `bbox` (west, south, east, north in degrees) those with an event's place in it, each with all that it holds.
    """
    each = _with_tolls(engine.tables, where, _placed(engine.tables, where, grid), "cell")
    found = each.group_by("cell", "category").agg(
        events=each.count(), first=each.date_start.min(), last=each.date_end.max(),
        **{name: each[name].sum().fill_null(0) for name in TOLLS},
    )  # fmt: skip
    if bbox is not None:
        places = engine.tables["whereabouts"]
        here = places.filter(is_in(places, bbox))
        found = found.semi_join(here.select(cell=_part(here, grid)).distinct(), "cell")
    rows = engine.fetch(found.order_by("cell", "category")).to_pylist()
    return tuple(Cell(tolls=Tolls(*(row.pop(name) for name in TOLLS)), **row) for row in rows)


def _with_tolls(tables: Tables, where: Filter, events: ir.Table, *others: str) -> ir.Table:
    """Rows of `index` that a filter keeps: their category, their days, the numbers of `TOLLS`, and other columns."""
    columns = ("event", "category", "date_start", "date_end", *others)
    if where.as_of is None and not where.chosen("claimants") and not where.chosen("sources"):
        numbers = {"told": events.told, "figures": events.low.notnull(), "open": events.open & events.low.notnull()}
        return events.select(*columns, "low", "high", **{name: each.cast("int64") for name, each in numbers.items()})
    steps = tolls(tables, where)
    if where.as_of:
        steps = steps.filter(steps.known <= where.as_of)
    summed = steps.group_by("event").agg(**{name: steps[name].sum() for name in TOLLS})
    return events.select(*columns).left_join(summed, "event").select(*columns, *TOLLS)


def _placed(tables: Tables, where: Filter, grid: Grid) -> ir.Table:
    """The rows of `index` of kept events, once for each part of a grid (`cell`) in which they have a point."""
    index, sites = tables["index"], tables["sites"]
    single = kept(tables, where, index["cell" if isinstance(grid, int) else AREAS[grid]].notnull())
    single = single.mutate(cell=_part(single, grid))
    if isinstance(grid, int):
        first = sites.apart <= grid
    else:
        first = sites[AREAS[grid]].notnull() & ((sites.first_in & FIRST_IN[AREAS[grid]]) > 0)
    placed = sites.filter(first).select("event", cell=_part(sites, grid))
    several = placed.inner_join(kept(tables, where).drop("cell"), "event")
    return single.union(several.select(*single.columns))


def _part(rows: ir.Table, grid: Grid) -> ir.IntegerValue:
    """The cell, or the number of the area, in which each site or place lies."""
    return rows[AREAS[grid]] if isinstance(grid, str) else parent(rows.cell, grid)


def counts_in(engine: Engine, where: Filter, bbox: BBox) -> Counter[str]:
    """How many kept events of each category have a point in an area."""
    seen = _seen(engine, where, bbox)
    found = seen.group_by("category").agg(events=seen.count())
    return Counter({row["category"]: row["events"] for row in engine.fetch(found).to_pylist()})


def place_count(engine: Engine, where: Filter, bbox: BBox) -> int:
    """At how many places the kept events are that have a point in an area."""
    sites = engine.tables["sites"]
    at = sites.filter(sites.cell.notnull()).semi_join(_seen(engine, where, bbox), "event")
    (count,) = engine.fetch(at.agg(places=at.place.nunique()))["places"].to_pylist()
    return int(count)


def region_of(engine: Engine, where: Filter, cell: int) -> int | None:
    """The region of most kept events with a point in a cell (an H3 index); None of a cell in no region."""
    events, sites = kept(engine.tables, where), _several(engine.tables)
    single = events.filter(_is_inside(events, cell) & events.region.notnull()).select("event", "region")
    inside = sites.filter(_is_inside(sites, cell) & sites.region.notnull()).select("event", "region").distinct()
    all_inside = single.union(about_kept(inside, engine.tables, where))
    found = all_inside.group_by("region").agg(events=all_inside.count())
    rows = engine.fetch(found.order_by(found.events.desc(), found.region).limit(1)).to_pylist()
    return rows[0]["region"] if rows else None


def spots(engine: Engine, where: Filter, bbox: BBox, across: float) -> int:
    """How many squares of a Mercator map, each `across` degrees of longitude wide, hold the places of the kept events
    that have a point in an area."""
    sites = engine.tables["sites"]
    placed = sites.semi_join(_seen(engine, where, bbox), "event").select("place").distinct()
    at = engine.tables["whereabouts"].semi_join(placed, "place")
    lat = at.lat.clip(-_MOST_LAT, _MOST_LAT).radians()
    y = (lat / 2 + math.pi / 4).tan().ln() * (180 / math.pi)
    squares = at.select(x=(at.lon / across).floor(), y=(y / across).floor()).distinct()
    (count,) = engine.fetch(squares.agg(count=squares.count()))["count"].to_pylist()
    return int(count)


def tolls_in(engine: Engine, where: Filter, bbox: BBox) -> dict[str, Tolls]:
    """How many the kept events of each category killed that have a point in an area (west, south, east, north)."""
    seen = _with_tolls(engine.tables, where, _seen(engine, where, bbox))
    found = seen.group_by("category").agg(**{name: seen[name].sum().fill_null(0) for name in TOLLS})
    rows = engine.fetch(found).to_pylist()
    return dict.fromkeys(CATEGORIES, Tolls()) | {row.pop("category"): Tolls(**row) for row in rows}


def tolls_of(engine: Engine, where: Filter, rows: Sequence[int]) -> dict[int, Tolls]:
    """How many each of some kept events killed, by its row."""
    events = _with_tolls(engine.tables, where, kept(engine.tables, where))
    found = engine.fetch(events.filter(events.event.isin(rows)).select("event", *TOLLS)).to_pylist()
    return {row.pop("event"): Tolls(**{name: number or 0 for name, number in row.items()}) for row in found}


def outside(engine: Engine, where: Filter, grid: str, bbox: BBox) -> Counter[str]:
    """How many kept events of each category have a point in an area (west, south, east, north), but none in a region or
    country."""
    events, sites = _seen(engine, where, bbox), _several(engine.tables)
    area = AREAS[grid]
    bare = events.filter(events[area].isnull() & events.event.notin(sites.filter(sites[area].notnull()).event))
    found = bare.group_by("category").agg(events=bare.count())
    return Counter({row["category"]: row["events"] for row in engine.fetch(found).to_pylist()})


def rows_in(
    engine: Engine, where: Filter, cell: int, categories: Sequence[str], most: int
) -> tuple[int, tuple[int, ...]]:
    """How many kept events of some categories are in a cell (an H3 index) or an area (its number), and the rows of the
    first `most`, in the order of the record."""
    sites, events = _several(engine.tables), engine.tables["index"]
    several = events.event.isin(sites.filter(_is_inside(sites, cell)).event)
    inside = _is_inside(events, cell).fill_null(False) | several
    found = kept(engine.tables, where, inside, events.category.isin(categories)).select("event")
    (count,) = engine.fetch(found.agg(count=found.count()))["count"].to_pylist()
    return count, tuple(engine.fetch(found.order_by("event").limit(most))["event"].to_pylist())


def _seen(engine: Engine, where: Filter, bbox: BBox) -> ir.Table:
    return kept(engine.tables, where, within(engine.tables, bbox))


def _several(tables: Tables) -> ir.Table:
    """The sites with a cell of events that have several points."""
    return tables["sites"].filter(tables["sites"].apart.notnull())


def _is_inside(rows: ir.Table, cell: int) -> ir.BooleanValue:
    """Whether sites, or events with one point, are in a cell or an area."""
    if is_area(cell):
        return (rows.region == cell) | (rows.country == cell)
    resolution = min(cell >> _RESOLUTION_BITS & 0xF, FINEST)
    finer = (1 << DIGIT_BITS * (DIGITS - resolution)) - (1 << UNUSED_BITS)
    last = (cell & ~(0xF << _RESOLUTION_BITS)) | FINEST << _RESOLUTION_BITS
    return rows.cell.between(last & ~finer, last)


def is_area(cell: int) -> bool:
    """Whether this is the number of an area, and no H3 index."""
    return cell >> _RESOLUTION_BITS == 0


def parent(cell: ir.IntegerValue, resolution: int) -> ir.IntegerValue:
    """The cell of a coarser resolution around one: its resolution written anew, the finer digits set to 7, "unused"."""
    unused = (1 << (DIGIT_BITS * (DIGITS - resolution))) - 1
    return (cell & ~(0xF << _RESOLUTION_BITS)) | (resolution << _RESOLUTION_BITS) | unused
