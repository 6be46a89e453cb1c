"""What a page of events can be sorted by: for each event a key, null where it has none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from geodata.errors import TooMany
from geodata.filter import Filter
from geodata.record.history import as_known_on
from geodata.record.ranges import ranges
from geodata.store.questions.kept import kept
from geodata.store.questions.ranges import chosen, spans, stands

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

    from geodata.store.engines.engine import Engine
    from geodata.store.objects import Objects

DEATHS = "deaths"
MOST_TANGLED = 20_000  # events


@contextmanager
def keyed(engine: Engine, objects: Objects, where: Filter, order: str) -> Iterator[ir.Table]:
    """The kept events in a column `event` with their `key` in one of `ORDERS`, or by `DEATHS`, while it is held.

    Raises TooMany where the deaths of more than `MOST_TANGLED` events are claims about other claims.
    """
    events = kept(engine.tables, where)
    if order != DEATHS:
        yield events.select("event", key=events[ORDERS[order]])
        return
    claims = chosen(engine.tables, where)
    claims = claims.filter(claims.measure == DEATHS)
    plain = spans(claims.filter(~claims.tangled & stands(claims, where.as_of))).select("event", "population", "low")
    tangled = engine.fetch(claims.filter(claims.tangled).select("claim", "event"))
    if not len(tangled):
        yield _lowest(events, plain)
        return
    rows = tangled["event"].unique().to_pylist()
    if len(rows) > MOST_TANGLED:
        raise TooMany(
            f"{len(rows):,} events have deaths that repeat others or are parts of others, too many to be sorted by "
            f"(expected {MOST_TANGLED:,})."
        )
    found = _of_tangled(objects, where, tangled["claim"].to_pylist(), rows)
    with engine.made(found) as others:
        yield _lowest(events, plain.union(others.cast(dict(plain.schema()))))


def _lowest(events: ir.Table, figures: ir.Table) -> ir.Table:
    """The highest low of an event's figures of all people, or of some where no figure is of all."""
    of_all = figures.population == "all"
    found = figures.group_by("event").agg(
        has_all=of_all.any(), of_all=figures.low.max(where=of_all), of_any=figures.low.max()
    )
    found = found.select("event", key=found.has_all.ifelse(found.of_all, found.of_any))
    return events.select("event").left_join(found, "event").select("event", "key")


def _of_tangled(objects: Objects, where: Filter, claims: Sequence[int], rows: Sequence[int]) -> pa.Table:
    """The ranges of tangled events, of which only the rules for objects tell."""
    import pyarrow as pa  # noqa: PLC0415 (only who sorts by figures needs it here)

    wanted = set(claims)
    numbered = objects.numbered(rows)
    of_event = {event.event_id: row for row, event in zip(rows, objects.events(rows), strict=True)}
    choice = {claim.claim_id for row, claim in numbered if row in wanted}
    known = as_known_on((claim for _, claim in numbered), where.as_of)
    found = ranges((claim for claim in known if claim.claim_id in choice), known)
    return pa.table({
        "event": pa.array([of_event[each.event_id] for each in found], pa.int32()),
        "population": pa.array([each.population for each in found], pa.string()),
        "low": pa.array([each.low for each in found], pa.int64()),
    })  # fmt: skip


# The columns of `index` with the keys.
ORDERS = {
    "record": "event",
    "title": "title_rank",
    "category": "category",
    "days": "date_start",
    "places": "place_rank",
    "sources": "source_rank",
}
