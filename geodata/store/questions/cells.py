"""Events by the cells of H3, a grid of hexagons over the globe, in any resolution up to the finest that is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.filter import Filter
from geodata.store.questions.kept import kept

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from geodata.store.engine import Engine

_RESOLUTION_BITS = 52
_DIGITS, _DIGIT_BITS = 15, 3


@dataclass(frozen=True, slots=True)
class Cell:
    """How many events of a category are in a cell (an H3 index); one with several places in it counts once."""

    cell: int
    category: str
    events: int


def cells(engine: Engine, where: Filter, resolution: int) -> tuple[Cell, ...]:
    """The cells that hold kept events, at a resolution from 0 to `geodata.store.derived.FINEST`."""
    sites, events = engine.tables["sites"], kept(engine.tables, where)
    placed = sites.filter(sites.cell.notnull()).mutate(cell=parent(sites.cell, resolution)).select("cell", "event")
    each = placed.distinct().inner_join(events.select("event", "category"), "event")
    found = each.group_by("cell", "category").agg(events=each.count()).order_by("cell", "category")
    return tuple(Cell(**row) for row in engine.fetch(found).to_pylist())


def parent(cell: ir.IntegerValue, resolution: int) -> ir.IntegerValue:
    """The cell of a coarser resolution around one: its resolution written anew, the finer digits set to 7, "unused"."""
    unused = (1 << (_DIGIT_BITS * (_DIGITS - resolution))) - 1
    return (cell & ~(0xF << _RESOLUTION_BITS)) | (resolution << _RESOLUTION_BITS) | unused
