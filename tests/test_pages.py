"""Pages of the kept events in every order: as sorted in plain Python, and each event at the position that is told."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import Any

import pytest

from geodata.errors import TooMany
from geodata.filter import Filter
from geodata.places.boundaries import BUNDLED
from geodata.reading import fold_text
from geodata.record.model import Event
from geodata.store.questions import orders
from geodata.store.result import SORTED_BY, Result
from geodata.store.store import Store
from tests.figures import bundled
from tests.records import store_over
from tests.tangles import DAYS, FIRST, record

WHERES = (
    Filter(),
    Filter.parse(as_of="2022-01-09"),
    Filter.parse(claimants="ministry"),
    Filter.parse(sources="s1,s2", as_of=str(FIRST + timedelta(DAYS // 2))),
)


@cache
def stores() -> tuple[Store, Store]:
    return store_over(bundled()), store_over(record(7, 600))


@cache
def deaths_of(result: Result) -> dict[str, int | None]:
    """The highest low of each event's ranges of deaths of all people; of any where none is of all."""
    found: dict[str, int | None] = {}
    spans = [span for span in result.ranges if span.measure == "deaths"]
    for event in {span.event_id for span in spans}:
        own = [span for span in spans if span.event_id == event]
        whole = [span for span in own if span.population == "all"] or own
        found[event] = max((span.low for span in whole if span.low is not None), default=None)
    return found


def places(result: Result, event: Event) -> str | None:
    named = [*result.place_names(event), *event.unsettled]
    if event.country:
        named.append(BUNDLED.country_name(event.country))
    return named[0].lower() if named else None


KEYS: dict[str, Callable[[Result], Callable[[Event], Any]]] = {
    "title": lambda _: lambda event: fold_text(event.title),
    "category": lambda _: lambda event: event.category,
    "days": lambda _: lambda event: event.date_start,
    "places": lambda result: lambda event: places(result, event),
    "sources": lambda _: lambda event: event.source_ids[0].lower() if event.source_ids else None,
    "deaths": lambda result: lambda event: deaths_of(result).get(event.event_id),
}


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("order", KEYS)
def test_a_page_is_sorted_by_its_order_then_as_the_record_and_what_has_no_key_is_last(
    order: str, descending: bool
) -> None:
    for number, where in ((n, where) for n in range(2) for where in WHERES):
        store = stores()[number]
        result = store.query(where)
        key = KEYS[order](result)
        with_key = sorted((event for event in result.events if key(event) is not None), key=key, reverse=descending)
        expected = [*with_key, *(event for event in result.events if key(event) is None)]
        assert result.page(0, len(expected), order, descending=descending).events == tuple(expected)
        assert result.page(5, 7, order, descending=descending).events == tuple(expected[5:12])


@pytest.mark.parametrize("order", SORTED_BY)
def test_the_position_of_an_event_is_how_many_come_before_it_on_the_pages(order: str) -> None:
    pick = random.Random(2)
    for store in stores():
        result = store.query(Filter())
        for descending in (False, True):
            events = result.page(0, result.count, order, descending=descending).events
            for at in pick.sample(range(len(events)), 8):
                assert result.position(events[at].event_id, order, descending=descending) == at


def test_an_event_that_is_hidden_or_unknown_has_no_position() -> None:
    result = stores()[0].query(Filter.parse(categories="clash"))
    hidden = next(event for event in bundled().events if event.category != "clash")
    assert result.position(hidden.event_id, "deaths") is None
    assert result.position("no such event") is None


def test_deaths_that_are_claims_about_other_claims_of_too_many_events_are_not_sorted_by(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(orders, "MOST_TANGLED", 1)
    result = stores()[1].query(Filter())
    with pytest.raises(TooMany, match=r"^\d+ events have deaths .* \(expected 1\)\.$"):
        result.page(0, 10, "deaths")
    assert len(result.page(0, 10, "title").events) == 10
