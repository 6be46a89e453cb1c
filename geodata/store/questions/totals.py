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

    from geodata.store.engines.engine import Engine
    from geodata.store.objects import Objects

# So many rivalled claims are looked at before all are.
SAMPLE = 1_000
FIRST = 10_000  # events that are paired before all are


def total_of(engine: Engine, objects: Objects, where: Filter, measure: str) -> Total:
    """The sum of `measure` over the kept events.

    Raises TotalRefused where it must not be made, TooMany where more than `MOST_AT_ONCE` events are tangled.
    """
    known = engine.tables["claims"]
    known = known.filter(known.measure == measure)
    claims = chosen(engine.tables, where)
    claims = claims.filter(claims.measure == measure)

    def judge(rows: tuple[int, ...]) -> list[int]:
        """The rows of the claims that a total of some events rests on."""
        if not rows:
            return []
        part = Part(where, rows, objects)
        figures = [span for span in part.ranges if span.measure == measure]
        events = {event.event_id: event for event in part.events}
        found = total(measure, figures, part.known, events, part.places) if figures else None
        numbers = {claim.claim_id: row for row, claim in objects.numbered(rows)}
        return [numbers[claim_id] for claim_id in found.claims] if found else []

    members = claims.filter(~claims.tangled & stands(claims, where.as_of))
    if _any(engine, known.filter(known.rivalled)):
        # Most data that is refused is so for the first of its figures, and need not be added up before.
        judge(_rivals(engine, members.filter(members.rivalled).order_by("claim").limit(SAMPLE)))
    wholes = judge(_tangled(engine, claims)) if _any(engine, known.filter(known.tangled)) else []
    with ExitStack() as held:
        if wholes:
            rows = held.enter_context(engine.made(pa.table({"claim": pa.array(wholes, pa.int32())})))
            members = members.union(claims.semi_join(rows, "claim"))
        figures = spans(members)
        several = ~figures.alone
        counts = figures.agg(
            figures=figures.count(), several=several.sum(), events_with_several=figures.event.nunique(where=several),
            population=figures.population.min(), other_population=figures.population.max(),
            document=figures.first_document.min(), other_document=figures.last_document.max(),
            rivalled=figures.rivalled.sum(), wide=figures.wide_in.count(), nowhere=figures.nowhere.sum(),
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


def _any(engine: Engine, rows: ir.Table) -> bool:
    """Whether there are any such rows: asked of the whole record, and so once of each engine."""
    return len(engine.fetch(rows.select("event").limit(1))) > 0


def _tangled(engine: Engine, claims: ir.Table) -> tuple[int, ...]:
    """The rows of the tangled events that some claims are about."""
    found = engine.fetch(claims.filter(claims.tangled).select("event").distinct().order_by("event"))["event"]
    if len(found) > MOST_AT_ONCE:
        raise TooMany(
            f"{len(found):,} events have figures that repeat others or are parts of others, too many to be added up "
            f"(expected {MOST_AT_ONCE:,})."
        )
    return tuple(found.to_pylist())


def _suspects(
    engine: Engine, members: ir.Table, figures: ir.Table, counts: Mapping[str, Any]
) -> Iterator[tuple[int, ...]]:
    """Rows of events whose figures must not be added up: of each rule the first that break it."""

    def first(found: ir.Table, count: int) -> tuple[int, ...]:
        return tuple(engine.read(found.limit(count))["event"].to_pylist())

    if (counts["several"] or 0) > counts["events_with_several"]:
        several = figures.filter(~figures.alone)
        several = several.group_by("event").agg(figures=several.count())
        yield first(several.filter(several.figures > 1).order_by("event"), 1)
    if counts["figures"] == 1:
        return
    if counts["nowhere"]:
        alone = first(figures.filter(figures.nowhere).order_by("event"), 1)
        yield (*alone, *first(figures.filter(figures.event != alone[0]).order_by("event"), 1))
    if counts["wide"]:
        yield first(_country_wide(engine, figures), 2)
    if counts["rivalled"] and counts["document"] < counts["other_document"]:
        yield _first_rivals(engine, members.filter(members.rivalled))
    if counts["population"] != counts["other_population"]:
        people = figures.group_by("population").agg(event=figures.event.min())
        yield first(people.order_by("event"), 2)


def _country_wide(engine: Engine, figures: ir.Table) -> ir.Table:
    """The events of the first country of which a figure is for the whole of it, and another is of it too."""
    found = figures.inner_join(engine.tables["homes"], "event")
    found = found.mutate(wide=(found.wide_in == found.country).fill_null(False).cast("int8"))
    counts = found.group_by("country").agg(figures=found.count(), wide=found.wide.sum())
    hit = counts.filter((counts.figures > 1) & (counts.wide > 0)).order_by("country").limit(1)
    return found.semi_join(hit, "country").order_by(found.wide.desc(), found.event)


def _first_rivals(engine: Engine, members: ir.Table) -> tuple[int, ...]:
    """As `_rivals` of all that may have any: pairs are made of the first of these alone, as long as that is enough."""
    met = engine.read(_met(engine, members))["event"]
    for count in (FIRST, len(met)):
        if not len(met):
            break
        with engine.made(pa.table({"event": met[:count]})) as events:
            found = _rivals(engine, members.semi_join(events, "event"))
        if found or count >= len(met):
            return found
    return ()


def _met(engine: Engine, members: ir.Table) -> ir.Table:
    """The events (event), in order, of the runs in which not all have the same source.

    A run is of events at a place, each of which begins before all that began before it are over: rivals are in the same
    one, and where each event has one source, a run with two has rivals. It is found by a sort, and without pairs.
    """
    import ibis  # noqa: PLC0415 (as below)

    days = engine.tables["index"].select("event", "date_start", "date_end")
    sites = engine.tables["sites"].select("event", "place")
    found = members.group_by("event").agg(
        lowest=members.document.fill_null(NO_DOCUMENT).min(), highest=members.document.fill_null(NO_DOCUMENT).max()
    )
    at = found.inner_join(sites, "event").inner_join(days, "event")
    order = {"group_by": "place", "order_by": ["date_start", "event"]}
    at = at.mutate(until=at.date_end.max().over(ibis.window(rows=(None, -1), **order)))
    at = at.mutate(begins=(at.until.isnull() | (at.until < at.date_start)).cast("int64"))
    at = at.mutate(run=at.begins.sum().over(ibis.window(rows=(None, 0), **order)))
    runs = at.group_by("place", "run").agg(lowest=at.lowest.min(), highest=at.highest.max())
    mixed = runs.filter(runs.lowest < runs.highest)
    return at.semi_join(mixed, ["place", "run"]).select("event").distinct().order_by("event")


def _rivals(engine: Engine, members: ir.Table) -> tuple[int, ...]:
    """Two events that share a place and days, and whose figures have no source in common: the first that shares them
    with one before it, and the first such one; () if none."""
    import ibis  # noqa: PLC0415 (the engine is loaded with it)

    documents = members.document.fill_null(NO_DOCUMENT)
    events = members.group_by("event").agg(
        documents=documents.collect(distinct=True), lowest=documents.min(), highest=documents.max()
    )
    days = engine.tables["index"].select("event", "date_start", "date_end")
    sites = engine.tables["sites"].select("event", "place")
    at = events.inner_join(sites, "event").inner_join(days, "event")
    # Engines pair what is equal, and compare the days of each pair: of a place alone these would be far too many.
    months = ibis.range(_month(at.date_start), _month(at.date_end) + 1)
    # Made first, as the engine would else pair all sites of a place before it looks at the events.
    with engine.made(at.mutate(month=months.unnest())) as at:
        found = engine.read(engine.shaped(at, _first_pair)).to_pylist()
    return tuple(found[0].values()) if found else ()


def _first_pair(at: ir.Table) -> ir.Table:
    other = at.view()
    pairs = at.inner_join(
        other,
        [
            at.place == other.place,
            at.month == other.month,
            at.event < other.event,
            at.date_start <= other.date_end,
            other.date_start <= at.date_end,
            # Most have one document, of which their ends tell: lists are long in being compared.
            (at.lowest != other.lowest) & (at.highest != other.highest),
            (at.lowest != other.highest) & (at.highest != other.lowest),
            (at.highest < other.lowest)
            | (other.highest < at.lowest)
            | (at.documents.intersect(other.documents).length() == 0),
        ],
    )
    return pairs.select("event", other="event_right").order_by("other", "event").limit(1)


def _month(day: ir.DateValue) -> ir.IntegerValue:
    return day.year() * 12 + day.month()


def _ids(engine: Engine, members: ir.Table) -> ir.Table:
    """The ids of some claims, in the order of the record."""
    return engine.stored["claims"].semi_join(members, "claim").order_by("claim").select("claim_id")
