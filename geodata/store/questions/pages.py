"""A page of the kept events: sorted, from an offset on; those without a point by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.filter import Filter
from geodata.store.questions.kept import kept
from geodata.store.questions.orders import keyed

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from geodata.store.engines.engine import Engine
    from geodata.store.objects import Objects


def page_rows(
    engine: Engine, objects: Objects, where: Filter, order: str, descending: bool, offset: int, count: int
) -> tuple[int, ...]:
    """The rows of `count` kept events from `offset` on, in one of `orders.ORDERS`; what is equal stays in the
    record's, and what has no key comes last in either direction."""
    with keyed(engine, objects, where, order) as events:
        by = (events.key.isnull(), events.key.desc() if descending else events.key, events.event)
        found = events.order_by(*by).limit(count, offset=offset).select("event")
        return tuple(engine.read(found)["event"].to_pylist())


def position(engine: Engine, objects: Objects, where: Filter, order: str, descending: bool, row: int) -> int | None:
    """How many kept events come before the one in a row, in the same order; None where it is not kept."""
    with keyed(engine, objects, where, order) as events:
        own = engine.read(events.filter(events.event == row).select("key"))["key"].to_pylist()
        if not own:
            return None
        before = events.filter(_comes_before(events, own[0], descending, row))
        found: int = engine.read(before.agg(n=before.count()))["n"][0].as_py()
        return found


def _comes_before(events: ir.Table, own: object, descending: bool, row: int) -> ir.BooleanValue:
    if own is None:
        return events.key.notnull() | (events.event < row)
    sooner = events.key > own if descending else events.key < own
    return sooner | ((events.key == own) & (events.event < row))


def off_map_rows(engine: Engine, where: Filter, most: int) -> tuple[int, tuple[int, ...]]:
    """How many kept events have no point, and the rows of the first `most`: those known for their country first, then
    those whose place is not settled, then those without any place."""
    events = kept(engine.tables, where)
    bare = events.filter(events.known_by > 0)
    count = engine.fetch(bare.agg(n=bare.count()))["n"][0].as_py()
    if not count:
        return 0, ()
    found = bare.order_by("known_by", "event").limit(most).select("event")
    return count, tuple(engine.fetch(found)["event"].to_pylist())
