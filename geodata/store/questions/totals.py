"""The sum of a measure over the kept events, or the sentence of `geodata.record.total` that refuses it.

The engine adds up, and finds events whose figures must not be: these become objects, of which the rules of
`geodata.record.total` say why. Of tangled events only those rules can tell which figures are inside others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from geodata.errors import TooMany
from geodata.filter import Filter
from geodata.record.total import Total, no_figure, total
from geodata.store.questions.ranges import NO_DOCUMENT, chosen, spans, stands
from geodata.store.result import MOST_AT_ONCE, Part

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from geodata.store.engine import Engine
    from geodata.store.objects import Objects


def total_of(engine: Engine, objects: Objects, where: Filter, measure: str) -> Total:
    """The sum of `measure` over the kept events.

    Raises TotalRefused where it must not be made, TooMany where more than `MOST_AT_ONCE` events are tangled.
    """
    claims = chosen(engine.tables, where)
    claims = claims.filter(claims.measure == measure)
    needed = ("claim", "event", "figure", "alone", "scope_country", "population", "low", "high", "document")
    tangled = engine.fetch(claims.filter(claims.tangled).select("event").distinct().order_by("event"))["event"]
    if len(tangled) > MOST_AT_ONCE:
        raise TooMany(
            f"{len(tangled):,} events have figures that repeat others or are parts of others, too many to be added up "
            f"(expected {MOST_AT_ONCE:,})."
        )

    def judge(rows: tuple[int, ...]) -> list[int]:
        """The rows of the claims that a total of some events rests on."""
        part = Part(where, rows, objects)
        figures = [span for span in part.ranges if span.measure == measure]
        events = {event.event_id: event for event in part.events}
        found = total(measure, figures, part.known, events, part.places) if figures else None
        numbers = {claim.claim_id: row for row, claim in objects.numbered(rows)}
        return [numbers[claim_id] for claim_id in found.claims] if found else []

    wholes = judge(tuple(tangled.to_pylist())) if len(tangled) else []
    members = claims.filter(~claims.tangled & stands(claims, where.as_of)).select(*needed)
    with ExitStack() as held:
        if wholes:
            rows = held.enter_context(engine.made(pa.table({"claim": pa.array(wholes, pa.int32())})))
            members = members.union(claims.semi_join(rows, "claim").select(*needed))
        figures = held.enter_context(engine.made(spans(members)))
        several = ~figures.alone
        counts = figures.agg(
            figures=figures.count(), several=several.sum(), events_with_several=figures.event.nunique(where=several),
            population=figures.population.min(), other_population=figures.population.max(),
            lows=figures.low.count(), highs=figures.high.count(), low=figures.low.sum(), high=figures.high.sum(),
        )  # fmt: skip
        found = engine.read(counts).to_pylist()[0]
        if not found["figures"]:
            raise no_figure(measure)
        for suspects in _suspects(engine, members, figures, found):
            judge(tuple(sorted(suspects)))
        return Total(
            measure,
            found["low"] if found["lows"] == found["figures"] else None,
            found["high"] if found["highs"] == found["figures"] else None,
            tuple(engine.read(_ids(engine, members))["claim_id"].to_pylist()),
        )


def _suspects(
    engine: Engine, members: ir.Table, figures: ir.Table, counts: Mapping[str, Any]
) -> Iterator[tuple[int, ...]]:
    """Rows of events whose figures must not be added up: of each rule the first that break it."""

    def first(found: ir.Table, count: int) -> tuple[int, ...]:
        return tuple(engine.read(found.limit(count))["event"].to_pylist())

    def pairs(found: ir.Table) -> Iterator[tuple[int, ...]]:
        yield from (tuple(pair.values()) for pair in engine.read(found.limit(1)).to_pylist())

    if (counts["several"] or 0) > counts["events_with_several"]:
        several = figures.filter(~figures.alone)
        several = several.group_by("event").agg(figures=several.count())
        yield first(several.filter(several.figures > 1).order_by("event"), 1)
    if counts["figures"] == 1:
        return
    sites = engine.tables["sites"].select("event", "place")
    at = figures.select("event", "first_document", "last_document").inner_join(sites, "event")
    days = engine.tables["index"].select("event", "date_start", "date_end")
    yield from pairs(_on_one_day(at.inner_join(days, "event")))
    countries = _countries(engine, figures)
    nowhere = figures.anti_join(countries, "event").order_by("event")
    if alone := first(nowhere, 1):
        yield (*alone, *first(figures.filter(figures.event != alone[0]).order_by("event"), 1))
    yield first(_country_wide(engine, figures, countries), 2)
    yield from pairs(_on_overlapping_days(_of_mixed_sources(at).inner_join(days, "event"), members))
    if counts["population"] != counts["other_population"]:
        people = figures.group_by("population").agg(event=figures.event.min())
        yield first(people.order_by("event"), 2)


def _countries(engine: Engine, figures: ir.Table) -> ir.Table:
    """The countries of the events with figures: event, country."""
    places, events = engine.stored["places"], engine.stored["events"]
    of_sites = engine.tables["sites"].inner_join(places.select("place", "country"), "place").select("event", "country")
    both = of_sites.union(events.select("event", "country")).semi_join(figures, "event")
    return both.filter(both.country != "").distinct()


def _country_wide(engine: Engine, figures: ir.Table, countries: ir.Table) -> ir.Table:
    """The events of the first country of which a figure is for the whole of it, and another is of it too."""
    found = figures.inner_join(countries, "event")
    sited = found.event.isin(engine.tables["sites"].event)
    found = found.mutate(wide=(~sited | (found.scope_country == found.country)).cast("int8"))
    counts = found.group_by("country").agg(figures=found.count(), wide=found.wide.sum())
    hit = counts.filter((counts.figures > 1) & (counts.wide > 0)).order_by("country").limit(1)
    return found.semi_join(hit, "country").order_by(found.wide.desc(), found.event)


def _of_mixed_sources(at: ir.Table) -> ir.Table:
    """Those of figures at places whose place has figures that do not all have the same one source."""
    places = at.group_by("place").agg(first=at.first_document.min(), last=at.last_document.max())
    return at.semi_join(places.filter(places["first"] < places["last"]), "place")


def _on_one_day(at: ir.Table) -> ir.Table:
    """Pairs of events that begin at one place on one day, of which the figures have one source each, and not the same.

    Found in one pass, where there are any; most data that is refused has some.
    """
    alone = at.filter(at.first_document == at.last_document)
    document = alone.first_document
    days = alone.group_by("place", "date_start").agg(
        first=document.min(),
        last=document.max(),
        event=alone.event.argmin(document),
        other=alone.event.argmax(document),
    )
    return days.filter(days["first"] < days["last"]).order_by("event").select("event", "other")


def _on_overlapping_days(at: ir.Table, members: ir.Table) -> ir.Table:
    """Pairs of events that share a place and days, and whose figures have no source in common."""
    documents = members.group_by("event").agg(documents=members.document.fill_null(NO_DOCUMENT).collect(distinct=True))
    at = at.inner_join(documents, "event")
    other = at.view()
    pairs = at.inner_join(
        other,
        [
            at.place == other.place,
            at.event < other.event,
            at.date_start <= other.date_end,
            other.date_start <= at.date_end,
            at.documents.intersect(other.documents).length() == 0,
        ],
    )
    return pairs.select("event", other="event_right")


def _ids(engine: Engine, members: ir.Table) -> ir.Table:
    """The ids of some claims, in the order of the record."""
    return engine.stored["claims"].semi_join(members, "claim").order_by("claim").select("claim_id")
