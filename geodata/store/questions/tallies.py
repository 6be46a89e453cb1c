"""Events as tallies: how many share their days, their category and their cell.

Whoever has them can count the events of any days, categories and day of knowledge without asking again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.store.derived import FINEST
from geodata.store.questions.cells import parent
from geodata.store.questions.kept import kept

if TYPE_CHECKING:
    import pyarrow as pa

    from geodata.filter import Filter
    from geodata.store.engine import Engine

MOVED = ("dates", "as_of", "categories")  # the choices that tallies can be counted under


def unmoved(where: Filter) -> Filter:
    """A filter without the choices that tallies can be counted under."""
    for choice in MOVED:
        where = where.lift(choice)
    return where


def tallies(engine: Engine, where: Filter) -> pa.Table:
    """The events that pass every choice but those of `MOVED`, in the order of their first days.

    A row are the `events` that may have been from `date_start` to `date_end`, are known since `reported_on`, and have
    a point in `cell` (an H3 index at `geodata.store.derived.FINEST`; null for those without a point). An event with
    points in several cells is in several rows. Of these, `own` counts it in the first alone; and in coarser cells a
    row counts from the resolution `apart` on, at which its cell is another than those of the rows before.
    """
    events, sites = kept(engine.tables, unmoved(where)), engine.tables["sites"]
    placed = sites.filter(sites.cell.notnull()).select("event", "cell").distinct()
    # Cells in order share the most with the one before.
    placed = placed.mutate(before=placed.cell.lag().over(group_by="event", order_by="cell"))
    alike = [
        (parent(placed.cell, resolution) == parent(placed.before, resolution)).fill_null(False).cast("int8")
        for resolution in range(FINEST + 1)
    ]
    placed = placed.mutate(apart=sum(alike[1:], alike[0]), own=placed.before.isnull().cast("int8"))
    each = events.left_join(placed.drop("before"), "event")
    each = each.mutate(apart=each.apart.fill_null(0), own=each.own.fill_null(1))
    days = ("date_start", "date_end", "reported_on")
    found = each.group_by(*days, "category", "cell", "apart").agg(events=each.count(), own=each.own.sum())
    return engine.read(found.order_by("date_start", "category", "date_end", "cell", "reported_on", "apart"))
