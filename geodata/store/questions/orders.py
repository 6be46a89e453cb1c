"""What a page of events can be sorted by: for each event a key, null where it has none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
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

    from geodata.store.engine import Engine
    from geodata.store.objects import Objects

DEATHS = "deaths"
MOST_TANGLED = 20_000  # events
LATIN = r"^\P{L}*(\p{Latin}|$)"  # the first letter is one of the Latin script, as `is_latin` of the model has it


@contextmanager
def keyed(engine: Engine, objects: Objects, where: Filter, order: str) -> Iterator[ir.Table]:
    """The kept events in a column `event` with their `key` in one of `ORDERS`, or by `DEATHS`, while it is held.

    Raises TooMany where the deaths of more than `MOST_TANGLED` events are claims about other claims.
    """
    events = kept(engine.tables, where)
    if order != DEATHS:
        yield ORDERS[order](engine, events)
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
    return _joined(events.select("event"), found)


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


def _column(name: str) -> Callable[[Engine, ir.Table], ir.Table]:
    return lambda _, events: events.select("event", key=events[name])


def _place(engine: Engine, events: ir.Table) -> ir.Table:
    """The name of the event's first place as it was on its first day, else of one not settled, else of its country."""
    sites, places, stored = engine.tables["sites"], engine.stored["places"], engine.stored["events"]
    countries = engine.tables["countries"].select("code", country_name="name")
    first = sites.group_by("event").agg(place=sites.place.argmin(sites.site))
    first = first.inner_join(places.select("place", "name", "names"), "place")
    own = stored.select("event", "country", lost=stored.unsettled[0])
    own = own.left_join(countries, own.country == countries.code)
    found = events.select("event", "date_start").left_join(first, "event").drop("event_right")
    found = found.inner_join(own.select("event", "lost", "country_name"), "event")
    then = found.names.filter(
        lambda each: (
            (each["since"].notnull() | each["until"].notnull())
            & (each["since"].isnull() | (each["since"] <= found.date_start))
            & (each["until"].isnull() | (found.date_start < each["until"]))
            & each["name"].re_search(LATIN)
        )
    )
    name = then[0]["name"].fill_null(found.name).fill_null(found.lost).fill_null(found.country_name)
    return found.select("event", key=name.lower())


def _source(engine: Engine, events: ir.Table) -> ir.Table:
    """The first of the event's sources."""
    stored = engine.stored["events"]
    return _joined(events.select("event"), stored.select("event", key=stored.source_ids[0].lower()))


def _joined(events: ir.Table, keys: ir.Table) -> ir.Table:
    return events.left_join(keys, "event").select("event", "key")


ORDERS: dict[str, Callable[[Engine, ir.Table], ir.Table]] = {
    "record": _column("event"),
    "title": _column("title_rank"),
    "category": _column("category"),
    "days": _column("date_start"),
    "places": _place,
    "sources": _source,
}
