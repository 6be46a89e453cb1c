"""When figures of several events may be added up, and the sentence that refuses where they may not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from geodata.errors import TotalRefused
from geodata.language.figure import say_figure
from geodata.places.boundaries import BUNDLED
from geodata.record.model import Claim, Event, Place
from geodata.record.ranges import Range, key_of, wholes

MOST_NAMED = 4


@dataclass(frozen=True, slots=True)
class Total:
    """The sum of one range an event. `high` None is open-ended, `low` None unknown.

    It rests on `claims`, ids in the order of the record.
    """

    measure: str
    low: int | None
    high: int | None
    claims: tuple[str, ...]


def total(
    measure: str,
    spans: Iterable[Range],
    claims: Iterable[Claim],
    events: Mapping[str, Event],
    places: Mapping[str, Place],
) -> Total:
    """The sum of `measure` over the events of `spans`, of which each claim is among `claims`.

    Events are different things by the record, so their figures add up; figures that may count the same people twice
    do not. Raises TotalRefused for an event with several figures (scopes, populations) of which one does not hold the
    others, for a part without its whole, for different populations, for a whole country's figure (tolls are cumulative)
    beside any other of that country, for different sources' figures of one place in the same days, and where there is
    no figure at all: unknown is not zero. An event without a figure adds nothing.
    """
    by_id = {claim.claim_id: claim for claim in claims}
    grouped: dict[str, list[Range]] = defaultdict(list)
    for span in spans:
        if span.measure == measure:
            grouped[span.event_id].append(span)
    if not grouped:
        raise no_figure(measure)
    chosen = [_whole(found, by_id) for found in grouped.values()]
    _refuse_overlaps(chosen, by_id, events, places)
    _refuse_parts(chosen, by_id)
    resting = {claim_id for span in chosen for claim_id in span.claims}
    lows, highs = [span.low for span in chosen], [span.high for span in chosen]
    return Total(
        measure,
        sum(low for low in lows if low is not None) if None not in lows else None,
        sum(high for high in highs if high is not None) if None not in highs else None,
        tuple(claim_id for claim_id in by_id if claim_id in resting),
    )


def no_figure(measure: str) -> TotalRefused:
    """The refusal where nothing is to be added."""
    return TotalRefused(f"No standing claim gives a figure for {measure} here, and unknown is not zero.")


def _whole(found: list[Range], by_id: Mapping[str, Claim]) -> Range:
    """The one of an event's ranges that all the others are parts of; TotalRefused without one."""
    for whole in found:
        key = (whole.event_id, whole.measure, whole.scope, whole.population)
        others = [by_id[claim_id] for span in found if span is not whole for claim_id in span.claims]
        if all(any(key_of(up) == key for up in wholes(claim, by_id)) for claim in others):
            return whole
    words = "; ".join(f"{_of(span)}: {say_figure(span.low, span.high)}" for span in found[:MOST_NAMED])
    words += f"; and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
    raise TotalRefused(
        f"Event {found[0].event_id} has {len(found)} figures for {found[0].measure} that may count the same people "
        f"({words}). They are never added up: choose one."
    )


def _refuse_parts(chosen: list[Range], by_id: Mapping[str, Claim]) -> None:
    """Refuse figures that are only parts of one that is not chosen, and figures for different people."""
    for span in chosen:
        if all(inside := [wholes(by_id[claim_id], by_id) for claim_id in span.claims]):
            raise TotalRefused(f"{_named(span)} is a part of {inside[0][0].claim_id}, which this choice leaves out.")
    if len(people := {span.population for span in chosen}) > 1:
        raise TotalRefused(f"The figures count different people ({', '.join(sorted(people))}): choose one population.")


def _of(span: Range) -> str:
    return ", ".join(text for text in (span.scope, span.population) if text)


def _refuse_overlaps(
    chosen: list[Range], by_id: Mapping[str, Claim], events: Mapping[str, Event], places: Mapping[str, Place]
) -> None:
    countries: dict[str, list[Range]] = defaultdict(list)
    sites: dict[str, list[Range]] = defaultdict(list)
    for span in chosen:
        event = events[span.event_id]
        found = {places[site.place_id].country for site in event.sites} | {event.country} - {""}
        if not found and len(chosen) > 1:
            raise TotalRefused(f"Where {span.event_id} happened is not known: its figure may be inside another's.")
        for country in found:
            countries[country].append(span)
        for site in event.sites:
            sites[site.place_id].append(span)
    for country, spans in countries.items():
        _refuse_country_wide(country, spans, events)
    for spans in sites.values():
        _refuse_other_sources(spans, by_id, events)


def _refuse_country_wide(country: str, spans: list[Range], events: Mapping[str, Event]) -> None:
    name = BUNDLED.country_name(country)
    for wide in (span for span in spans if not events[span.event_id].sites or span.scope == name):
        for other in spans:
            if other is not wide and events[wide.event_id].unsettled:
                raise TotalRefused(
                    f"Where {_named(wide)} belongs in {country} is not settled "
                    f"({', '.join(events[wide.event_id].unsettled)}): it may be inside that of {_named(other)}."
                )
            if other is not wide:
                raise TotalRefused(
                    f"{_named(wide)} is a figure for {country} as a whole and may hold that of {_named(other)}. "
                    "They are never added up: choose one."
                )


def _refuse_other_sources(spans: list[Range], by_id: Mapping[str, Claim], events: Mapping[str, Event]) -> None:
    # One data set keeps its own events apart; two may tell of the same one.
    spans.sort(key=lambda span: events[span.event_id].date_start)
    for number, span in enumerate(spans):
        sources = {by_id[claim_id].source_id for claim_id in span.claims}
        for other in spans[number + 1 :]:
            if events[other.event_id].date_start > events[span.event_id].date_end:
                break
            if sources.isdisjoint(by_id[claim_id].source_id for claim_id in other.claims):
                raise TotalRefused(
                    f"{_named(span)} and {_named(other)} share a place and days and come from different sources: they "
                    "may be about the same people and are never added up."
                )


def _named(span: Range) -> str:
    return f"{span.event_id} ({_of(span)}: {say_figure(span.low, span.high)})"
