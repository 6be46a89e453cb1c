"""A page of the kept events: sorted, from an offset on; those without a point by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.filter import Filter
from geodata.store.questions.kept import kept

if TYPE_CHECKING:
    from geodata.store.engine import Engine

# What a page can be sorted by, each with the column of the index that has the order.
ORDERS = {"record": "event", "title": "title_rank", "category": "category", "days": "date_start"}


def page_rows(engine: Engine, where: Filter, order: str, descending: bool, offset: int, count: int) -> tuple[int, ...]:
    """The rows of `count` kept events from `offset` on, in one of `ORDERS`; what is equal stays in the record's."""
    events = kept(engine.tables, where)
    key = events[ORDERS[order]]
    then = () if order == "record" else (events.event,)
    found = events.order_by(key.desc() if descending else key, *then).limit(count, offset=offset)
    return tuple(engine.fetch(found.select("event"))["event"].to_pylist())


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
