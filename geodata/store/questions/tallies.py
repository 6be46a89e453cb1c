"""Events as tallies: how many share their days, their category and their cell.

Whoever has them can count the events of any days, categories and day of knowledge without asking again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.store.derived.where import FINEST, FIRST_IN
from geodata.store.questions.cells import AREAS
from geodata.store.questions.kept import kept
from geodata.store.questions.ranges import TOLLS, tolls

if TYPE_CHECKING:
    import pyarrow as pa

    from geodata.filter import Filter
    from geodata.store.engines.engine import Engine

MOVED = ("dates", "as_of", "categories")  # the choices that tallies can be counted under


def unmoved(where: Filter) -> Filter:
    """A filter without the choices that tallies can be counted under."""
    for choice in MOVED:
        where = where.lift(choice)
    return where


def tallies(engine: Engine, where: Filter) -> pa.Table:
    """The events that pass every choice but those of `MOVED`, cell by cell in the order of their first days; those
    without a point come first.

    A row are the `events` that may have been from `date_start` to `date_end`, are known since `known`, and have a
    point in `cell` (an H3 index at `geodata.store.derived.where.FINEST`; null for those without a point). An event with
    points in several cells is in several rows. Of these, `own` counts it in the first alone; in coarser cells a row
    counts from the resolution `apart` on, at which its cell is another than those of the rows before. The cell lies in
    the areas `region` and `country` (numbers; null for none), in which a row counts where `first_in` has their bit, 1
    and 2: none of the rows before is in the same.

    Where more is known of how many they killed, a row says since when and by how much the numbers of
    `geodata.store.questions.ranges.TOLLS` change: what is known on a day is the sum of the rows up to it.
    """
    import ibis  # noqa: PLC0415 (the engine is loaded with it)

    choice, zero, one = unmoved(where), ibis.literal(0, "int64"), ibis.literal(1, "int64")
    days, sites = ("date_start", "date_end", "category"), engine.tables["sites"]
    at = ("cell", *AREAS.values())
    events = kept(engine.tables, choice).select("event", *days, "reported_on", *at)
    areas = sum(FIRST_IN[column] for column in AREAS.values())
    placed = sites.filter(sites.apart <= FINEST)
    placed = placed.select(
        "event", *at, "apart",
        first_in=placed.first_in & areas, own=((placed.first_in & FIRST_IN["globe"]) > 0).cast("int8"),
    )  # fmt: skip
    steps = tolls(engine.tables, choice)
    with_steps = events.left_join(steps, [events.event == steps.event, events.reported_on == steps.known])
    first = with_steps.select(
        "event", *days, *at, **{name: with_steps[name].fill_null(0) for name in TOLLS}, known="reported_on", counts=one
    )
    later = steps.inner_join(events, "event")
    later = later.filter(later.known != later.reported_on).mutate(counts=zero).select(*first.columns)
    each = first.union(later).left_join(placed, "event")
    each = each.mutate(
        **{name: each[name].coalesce(each[f"{name}_right"]) for name in at},
        apart=each.apart.fill_null(0),
        first_in=each.first_in.coalesce(each.cell.notnull().ifelse(areas, 0)),
        own=each.own.fill_null(1) * each.counts,
    )
    row = (*at, "date_start", "date_end", "category", "known", "apart", "first_in")
    sums = {"events": each.counts, "own": each.own} | {name: each[name] for name in TOLLS}
    # A sum is wider than what it adds up, and would be narrowed row by row.
    found = each.group_by(row).agg(**{name: of.sum().cast("int64") for name, of in sums.items()})
    return engine.read(found.order_by(ibis.asc("cell", nulls_first=True), *row[1:]))
