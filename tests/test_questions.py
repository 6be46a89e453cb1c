"""Every question, asked of generated records with generated filters: the expressions answer as plain Python does."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, timedelta
from functools import cache, partial
from operator import attrgetter

import h3
import pytest

from geodata.errors import TotalRefused
from geodata.filter import Filter, list_fields
from geodata.reading import fold_text
from geodata.record import history
from geodata.record.history import as_known_on
from geodata.record.model import CATEGORIES, MEASURES, Claim, Event, Place
from geodata.record.ranges import ranges
from geodata.record.total import total
from geodata.store.derived.where import FINEST
from geodata.store.questions import totals
from geodata.store.store import Store
from tests.areas import covers
from tests.records import Dataset, store_over
from tests.tangles import DAYS, FIRST, record

SIZE, FILTERS = 5_000, 200


@cache
def generated() -> tuple[Dataset, Store]:
    dataset = record(11, SIZE)
    return dataset, store_over(dataset)


@cache
def filters() -> tuple[Filter, ...]:
    return tuple(made_filters())


def made_filters() -> Iterator[Filter]:
    """Filters of every key, alone and together."""
    pick = random.Random(5)
    day = lambda: str(FIRST + timedelta(pick.randrange(DAYS)))  # noqa: E731
    for number in range(FILTERS):
        chosen: dict[str, object] = {}
        if pick.random() < 0.5:
            chosen |= dict(zip(("from", "to"), sorted((day(), day())), strict=True))
        if pick.random() < 0.3:
            chosen["dates"] = "must"
        if pick.random() < 0.4:
            chosen["as_of"] = day()
        if pick.random() < 0.4:
            chosen["categories"] = pick.sample(CATEGORIES, 2)
        for key, values in {
            "claimants": ["ministry", "PRESS"], "sources": ["s1", "s2", "S3"], "actors": ["police", "état"],
            "places": ["p3", "place 4", "ÖRTAU", "strasse", "KZ", "North", "nowhere"],
            "precision": ["site", "country", "unknown"],
        }.items():  # fmt: skip
            if pick.random() < 0.15:
                chosen[key] = pick.sample(values, min(2, len(values)))
        if pick.random() < 0.15:
            chosen["q"] = pick.choice(["STRASSE", "event 1", "hospital", "a note", "nowhere", "état"])
        if pick.random() < 0.15:
            chosen["bbox"] = pick.choice(["65,45,75,52", "177,-20,-178,-10", "-180,-90,180,90"])
        if number % 9 == 0:
            chosen["area"] = ["64,44;80,46;71,47;73,55", "176,-20;183,-19;179,-13", "27,45;35,51;28,52"][number % 3]
        yield Filter.parse(**chosen)


class Oracle:
    """The rules, event by event."""

    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.places = {place.place_id: place for place in dataset.places}
        self.sources = {source.source_id: source for source in dataset.sources}
        self.claims: dict[str, list[Claim]] = {event.event_id: [] for event in dataset.events}
        for claim in dataset.claims:
            self.claims[claim.event_id].append(claim)
        keys = list_fields()
        self.values = {e.event_id: {key: self._values(e, key) for key in keys} for e in dataset.events}
        self.texts = {event.event_id: [fold_text(text) for text in self._texts(event)] for event in dataset.events}
        self.reports = {event.event_id: self.reported(event) for event in dataset.events}
        self.fine = {
            event.event_id: {
                h3.latlng_to_cell(place.lat, place.lon, FINEST) for place in self.sites(event) if place.point
            }
            for event in dataset.events
        }

    def sites(self, event: Event) -> list[Place]:
        return [self.places[site.place_id] for site in event.sites]

    def reported(self, event: Event) -> date:
        days = [self.sources[i].published_on for i in event.source_ids if self.sources[i].published_on]
        days += [claim.said_on.last for claim in self.claims[event.event_id]]
        return min(days, default=event.date_end)  # type: ignore[type-var]

    def _values(self, event: Event, key: str) -> set[str]:
        claims, places = self.claims[event.event_id], self.sites(event)
        found = {
            "claimants": [claim.claimant for claim in claims],
            "sources": [*event.source_ids, *(claim.source_id for claim in claims)],
            "actors": event.actors,
            "places": [
                *(place.place_id for place in places), *(name for place in places for name in place.all_names()),
                *(place.region for place in places), *(place.country for place in places), event.country,
                *event.unsettled,
            ],
            "precision": [site.geo_precision for site in event.sites] or [event.geo_precision],
        }[key]  # fmt: skip
        return {fold_text(value) for value in found if value}

    def _texts(self, event: Event) -> list[str]:
        claims, places = self.claims[event.event_id], self.sites(event)
        return [
            event.event_id, event.title, event.event_type, event.notes, *event.actors, event.country,
            *event.unsettled, *(name for place in places for name in place.all_names()),
            *(place.region for place in places), *(t for c in claims for t in (c.claimant, c.via, c.notes)),
        ]  # fmt: skip

    def reasons(self, event: Event, where: Filter) -> tuple[str, ...]:
        """The keys that hide an event, in the order in which the store has them."""
        found = []
        if where.as_of and self.reports[event.event_id] > where.as_of:
            found.append("as_of")
        first, last = where.date_from or date.min, where.date_to or date.max
        inside = event.date_start >= first and event.date_end <= last
        if not (inside if where.dates == "must" else event.date_end >= first and event.date_start <= last):
            found.append("dates")
        if where.categories and event.category not in where.categories:
            found.append("categories")
        for key, items in where.lists:
            chosen = {fold_text(value) for value in items}
            if not chosen & self.values[event.event_id][key]:
                found.append(key)
        if where.q and not any(fold_text(where.q) in text for text in self.texts[event.event_id]):
            found.append("q")
        if where.bbox:
            west, south, east, north = where.bbox
            points = [place.point for place in self.sites(event) if place.point]
            if not event.is_flow and not any(
                south <= lat <= north and (west <= lon <= east if west <= east else lon >= west or lon <= east)
                for lon, lat in points
            ):
                found.append("bbox")
        if (
            where.area
            and not event.is_flow
            and not any(covers(where.area, p.point) for p in self.sites(event) if p.point)
        ):
            found.append("area")
        return tuple(found)

    def kept(self, where: Filter) -> list[Event]:
        return [event for event in self.dataset.events if not self.reasons(event, where)]

    def hidden(self, where: Filter) -> dict[str, tuple[str, ...]]:
        return {event.event_id: self.reasons(event, where) for event in self.dataset.events}

    def cells(self, events: list[Event], resolution: int) -> dict[tuple[int, str], int]:
        """The parents of the finest cells: hexagons of two resolutions do not share their edges."""
        found: Counter[tuple[int, str]] = Counter()
        for event in events:
            parents = {h3.cell_to_parent(cell, resolution) for cell in self.fine[event.event_id]}
            found.update((h3.str_to_int(cell), event.category) for cell in parents)
        return dict(found)

    def chosen(self, claims: list[Claim], where: Filter) -> list[Claim]:
        voices, sources = ({fold_text(v) for v in where.chosen(key)} for key in ("claimants", "sources"))
        return [
            claim
            for claim in claims
            if (not voices or fold_text(claim.claimant) in voices)
            and (not sources or fold_text(claim.source_id) in sources)
        ]

    def about(self, events: list[Event]) -> list[Claim]:
        ids = {event.event_id for event in events}
        return [claim for claim in self.dataset.claims if claim.event_id in ids]


@pytest.fixture(scope="module")
def oracle() -> Oracle:
    return Oracle(generated()[0])


@pytest.fixture(scope="module")
def asked() -> Store:
    return generated()[1]


def without_flows(where: Filter) -> bool:
    """The way of a flow through an area is the store's own arithmetic, which other tests hold to."""
    return where.bbox is None and where.area is None


@pytest.mark.parametrize("number", range(FILTERS))
def test_every_question_is_answered_as_by_plain_python(oracle: Oracle, asked: Store, number: int) -> None:
    where = filters()[number]
    result = asked.query(where)
    if not without_flows(where):
        kept_ids = {event.event_id for event in result.events}
        expected = {event.event_id for event in oracle.kept(where)}
        flows = {event.event_id for event in oracle.dataset.events if event.is_flow}
        assert kept_ids - flows == expected - flows
        return
    hidden = oracle.hidden(where)

    def under_others(key: str) -> list[Event]:
        return [event for event in oracle.dataset.events if hidden[event.event_id] in ((), (key,))]

    events = under_others("")
    ids = [event.event_id for event in events]
    assert [event.event_id for event in result.events] == ids
    assert result.events == tuple(events)
    assert {each.reasons: each.count for each in result.hidden} == Counter(filter(None, hidden.values()))
    assert (result.count, result.total) == (len(ids), SIZE)
    others = Counter(event.category for event in under_others("categories"))
    assert result.category_counts == {category: others[category] for category in CATEGORIES}
    if number % 4 == 0:
        known = as_known_on(oracle.about(events), where.as_of)
        chosen = oracle.chosen(list(known), where)
        assert result.claims == tuple(chosen)
        assert result.ranges == ranges(chosen, known)
    key = [*list_fields()][number % len(list_fields())]
    counted = Counter(value for event in under_others(key) for value in oracle.values[event.event_id][key])
    offered = asked.options(key)
    told = {option.value: option.events for option in asked.facet_counts(where, key)}
    assert told == {value: counted[fold_text(value)] for value, _ in offered.choices if counted[fold_text(value)]}
    resolution = number % (FINEST + 1)
    cells = {(cell.cell, cell.category): cell.events for cell in asked.query(where).cells(resolution)}
    assert cells == oracle.cells(events, resolution)
    since = FIRST + timedelta((number * 13) % DAYS)
    if number % 3 == 0 and (where.as_of is None or where.as_of > since):
        told_news = history.changes(oracle.about(events), since, where.as_of)
        news = asked.changes(where, since, 10)
        for kind in ("added", "superseded", "retracted"):
            expected_claims = oracle.chosen(list(getattr(told_news, kind)), where)
            assert getattr(news, kind).count == len(expected_claims)
            assert getattr(news, kind).claims == tuple(expected_claims[:10])
    bare = [event for event in events if not any(place.point for place in oracle.sites(event))]
    count, first = asked.off_map(where, 20)
    assert count == len(bare)
    assert first.events == tuple(sorted(bare, key=lambda e: 1 if e.unsettled else 0 if e.country else 2)[:20])
    descending = number % 8 > 3
    keys = {"title": "title", "category": "category", "days": "date_start"}
    order = ["record", *keys][number % 4]
    if order == "record":
        in_order = events[::-1] if descending else events
    else:
        in_order = sorted(events, key=attrgetter(keys[order]), reverse=descending)
    assert result.page(7, 30, order, descending=descending).events == tuple(in_order)[7:37]


@pytest.mark.parametrize("sample", [1, totals.SAMPLE])
def test_totals_are_those_of_plain_python_and_refused_where_it_refuses_them(
    oracle: Oracle, asked: Store, sample: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(totals, "SAMPLE", sample)
    monkeypatch.setattr(totals, "FIRST", sample)
    pick = random.Random(3)
    sums = 0
    for _ in range(50):
        day = FIRST + timedelta(pick.randrange(DAYS))
        where = Filter.parse(
            **{"from": str(day), "to": str(day)},
            categories=pick.sample(CATEGORIES, 2),
            sources=pick.choice([[], ["s1"], ["s2"], ["s1", "s3"]]),
            as_of=pick.choice([None, str(day + timedelta(pick.randrange(30)))]),
        )
        events = oracle.kept(where)
        known = as_known_on(oracle.about(events), where.as_of)
        spans = ranges(oracle.chosen(list(known), where), known)
        measure = pick.choice(MEASURES[:2])
        try:
            expected = total(measure, spans, known, {event.event_id: event for event in events}, oracle.places)
        except TotalRefused:
            with pytest.raises(TotalRefused):
                asked.total(where, measure)
        else:
            assert asked.total(where, measure) == expected
            sums += len(expected.claims) > 1
    assert sums > 5


def test_questions_that_are_asked_at_once_have_the_answers_that_they_have_alone() -> None:
    dataset, alone = generated()
    together = store_over(dataset)

    def answer(store: Store, where: Filter) -> object:
        first = store.query(where).page(0, 20, "deaths").events
        with suppress(TotalRefused):
            return first, store.tallies(where).num_rows, store.total(where, "deaths")
        return first, store.tallies(where).num_rows

    asked = filters()[:12]
    with ThreadPoolExecutor(8) as pool:
        found = [*pool.map(partial(answer, together), asked)]
    assert found == [answer(alone, where) for where in asked]
    together.close()
