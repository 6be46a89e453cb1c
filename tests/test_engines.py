"""Every kind of question with 200 generated filters, in each database: the answers are those of a snapshot, which
`tests.test_questions` and the tests of each kind of question hold to plain Python."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import timedelta
from functools import cache
from typing import Any

import pytest

from geodata.errors import GeodataError
from geodata.filter import Filter, list_fields
from geodata.record.model import CATEGORIES, MEASURES
from geodata.store.derived.where import FINEST
from geodata.store.engines.databases import engine_at
from geodata.store.engines.duckdb import DuckDB
from geodata.store.loading.load import load
from geodata.store.loading.loaders import loader_at
from geodata.store.opening import over
from geodata.store.questions import totals
from geodata.store.questions.ranges import chosen as chosen_claims
from geodata.store.result import SORTED_BY, Part, Result
from geodata.store.snapshot import Snapshot, write_snapshot
from geodata.store.store import Store
from tests import databases
from tests.records import columns_of
from tests.tangles import DAYS, FIRST, record

SIZE, FILTERS = 1_500, 200
EACH = 6  # a filter is asked every sixth kind of question, others of its kind the rest
STEPS = ("day", "week", "month")
# Of each key alone, and of some together: queries of one kind of choice are of one shape, and are written once.
TOGETHER = (
    (), ("dates",), ("must",), ("as_of",), ("categories",), ("claimants",), ("sources",), ("actors",), ("places",),
    ("precision",), ("q",), ("bbox",), ("area",), ("dates", "categories", "claimants", "as_of"),
    ("must", "sources", "places", "bbox"), ("area", "q", "precision", "actors", "as_of"),
)  # fmt: skip


def chosen(number: int) -> Filter:
    """One of the generated filters."""
    pick = random.Random(number)
    days = sorted(str(FIRST + timedelta(pick.randrange(DAYS))) for _ in range(2))
    west, south = pick.randrange(40, 75), pick.randrange(35, 50)
    values: dict[str, dict[str, object]] = {
        "dates": {"from": days[0], "to": days[1]},
        "must": {"from": days[0], "to": days[1], "dates": "must"},
        "as_of": {"as_of": days[1]},
        "categories": {"categories": pick.sample(CATEGORIES, 2)},
        "claimants": {"claimants": pick.choice([["ministry", "PRESS"], ["press", "nobody"], ["witness", "ministry"]])},
        "sources": {"sources": pick.sample(["s1", "s2", "S3", "s4"], 2)},
        "actors": {"actors": pick.sample(["police", "état", "nobody"], 2)},
        "places": {"places": pick.sample(["p3", "place 4", "ÖRTAU", "strasse", "KZ", "North", "nowhere"], 2)},
        "precision": {"precision": pick.sample(["site", "country", "unknown"], 2)},
        "q": {"q": pick.choice(["STRASSE", "event 1", "hospital", "a note", "nowhere", "état"])},
        "bbox": {"bbox": f"{west},{south},{west + pick.randrange(5, 60)},{south + pick.randrange(3, 40)}"},
        "area": {"area": f"{west},{south};{west + 30},{south + 2};{west + 21},{south + pick.randrange(5, 30)}"},
    }
    keys = TOGETHER[number % len(TOGETHER)]
    return Filter.parse(**{key: value for name in keys for key, value in values[name].items()})


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return write_snapshot(columns_of(record(11, SIZE)), tmp_path_factory.mktemp("record") / "snapshot", durable=False)


@pytest.fixture(scope="module")
def plain(snapshot: Snapshot) -> Iterator[Callable[[int], dict[str, Any]]]:
    store = over(snapshot)
    yield cache(lambda number: answers(store, number))
    store.close()


@pytest.fixture(scope="module", params=["postgresql", "clickhouse", "duckdb"])
def loaded(
    request: pytest.FixtureRequest, snapshot: Snapshot, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Store]:
    with ExitStack() as held:
        if request.param == "postgresql":
            url = held.enter_context(databases.postgres()).url
        elif request.param == "clickhouse":
            url = held.enter_context(databases.clickhouse())
        else:
            url = f"duckdb:{tmp_path_factory.mktemp('loaded') / 'record.duckdb'}"
        loader = loader_at(url)
        load(snapshot, loader, lambda *_: None)
        loader.close()
        engine = engine_at(url)
        store = Store(engine.about, engine)
        yield store
        store.close()


@pytest.mark.parametrize("number", range(FILTERS))
def test_every_question_has_the_same_answer_in_a_database(
    plain: Callable[[int], dict[str, Any]], loaded: Store, number: int
) -> None:
    assert answers(loaded, number) == plain(number)


def answers(store: Store, number: int) -> dict[str, Any]:
    """The answers to some kinds of question about what a filter keeps."""
    found = questions(store, number)
    turn = number // len(TOGETHER)
    return {name: ask() for at, (name, ask) in enumerate(found.items()) if (at + turn) % EACH == 0}


def questions(store: Store, number: int) -> dict[str, Callable[[], Any]]:
    """Every kind of question about what a filter keeps."""
    where, kind = chosen(number), number % len(TOGETHER)
    result = store.query(where)
    bbox = (60 + number % 20, 40 + number % 7, 80 + number % 25, 56)
    days = [FIRST + timedelta(each) for each in range(0, DAYS, 5)]
    step, grid = STEPS[kind % 3], [*range(FINEST + 1), "regions", "countries"][kind % (FINEST + 3)]
    order, descending = SORTED_BY[kind % len(SORTED_BY)], kind % 2 == 0
    measure, key = MEASURES[kind % 2], [*list_fields()][kind % len(list_fields())]
    since = FIRST + timedelta(number % 20)

    def page() -> Result:
        return result.page(number % 40, 25, order, descending=descending)

    def last_of_page() -> int | None:
        events = page().events
        return result.position(events[-1].event_id, order, descending=descending) if events else None

    def in_cells() -> list[tuple[int, tuple[int, ...]]]:
        found = [result.in_cell(cell.cell, CATEGORIES, 9) for cell in result.cells(grid)[:2]]
        return [(count, part.rows) for count, part in found]

    def rows(found: tuple[int, Part]) -> tuple[int, tuple[int, ...]]:
        return found[0], found[1].rows

    return {
        "counts": lambda: (result.total, result.count, result.hidden, result.category_counts),
        "span": lambda: (result.span, result.any_date.count),
        "page": lambda: [event.event_id for event in page().events],
        "events": lambda: page().events,
        "claims": lambda: (page().claims, page().ranges, page().credits),
        "places": lambda: (dict(page().places), dict(page().sources)),
        "position": last_of_page,
        "days": lambda: result.by_day(step, days),
        "cells": lambda: result.cells(grid),
        "cells in a box": lambda: result.cells(grid, bbox),
        "a cell": in_cells,
        "within": lambda: result.rows_within(bbox, 50),
        "crowd": lambda: (result.counts_in(bbox), result.place_count(bbox), result.spots(bbox, 0.5)),
        "events of places": lambda: rows(result.of_places(20)),
        "region of a cell": lambda: [result.region_of(cell.cell) for cell in result.cells(grid)[:3]],
        "tolls": lambda: result.tolls(bbox),
        "tolls each": lambda: page().tolls_each(),
        "outside": lambda: [result.outside(each, bbox) for each in ("regions", "countries")],
        "tallies": lambda: store.tallies(where).to_pylist(),
        "off the map": lambda: rows(store.off_map(where, 20)),
        "offered": lambda: store.options(key, 30),
        "facets": lambda: (store.facet_counts(where, key, 30), store.facet_size(where, key)),
        "facets of the kept": lambda: store.facet_counts(where, key, 30, of_kept=True),
        "changes": lambda: store.changes(where, since, 10) if where.as_of is None else None,
        "newest": lambda: rows(store.newest(where, measure, 10)),
        "total": lambda: refused(lambda: store.total(where, measure)),
    }


def refused(ask: Callable[[], Any]) -> Any:
    """An answer, or the sentence that refuses it."""
    try:
        return ask()
    except GeodataError as error:
        return str(error)


def test_what_is_asked_of_the_whole_record_is_the_same_in_a_database(snapshot: Snapshot, loaded: Store) -> None:
    here = over(snapshot)
    for name in (
        "name", "title", "version", "size", "places", "texts", "span", "middle_day", "measures", "news_days", "boxes",
        "countries", "areas", "unsettled", "files", "credits",
    ):  # fmt: skip
        assert getattr(loaded, name) == getattr(here, name), name
    assert loaded.first_unsettled(3, 2) == here.first_unsettled(3, 2)
    assert loaded.place_named(here.places[3].name) == here.places[3]
    assert loaded.place_named("no such place") is None
    assert loaded.query(Filter()).uncited([here.places[0].place_id], ["s1"]) == here.query(Filter()).uncited(
        [here.places[0].place_id], ["s1"]
    )
    here.close()


def test_the_first_rivals_are_those_of_all_pairs_in_a_database(
    snapshot: Snapshot, loaded: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(totals, "FIRST", 1)
    there, seen = loaded._engine, 0
    with closing(DuckDB(snapshot)) as here:
        for where in map(chosen, range(0, len(TOGETHER), 4)):
            pairs, found = (
                ask(engine, claims.filter(~claims.tangled))
                for ask, engine in ((totals._rivals, here), (totals._first_rivals, there))
                for claims in [chosen_claims(engine.tables, where)]
            )
            assert pairs == found
            seen += pairs != ()
    assert seen
