"""What the map shows is said in words too, for readers who do not see it; the numbers are true and come to all."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

import pytest
from flask.testing import FlaskClient

from dashboard.scene.scene import layer_of
from dashboard.server.app import create_app
from geodata.filter import Filter
from geodata.record.model import Site
from geodata.store.opening import open_data
from geodata.store.store import Store
from tests.figures import dataset_of, place
from tests.generated import flat_csv
from tests.records import store_over
from tests.test_page import BROWSER, ask

EVENTS = 3_000
BOX = "bbox=-20,-35,55,40"
VIEWS = (
    "", "units=regions", "units=countries", "by=deaths", "units=regions&by=deaths", "at=36.28,33.51,3",
    "at=36.28,33.51,9", "layers=clashes", "layers=labels", "layers=clashes&at=36.28,33.51,8",
)  # fmt: skip
FILTERS = (
    "", "categories=clash,protest", "from=2008-01-01&to=2012-06-30", "from=2008-01-01&to=2012-06-30&dates=must",
    "as_of=2010-05-05", f"{BOX}&categories=clash&from=2015-01-01", "q=convoy&precision=settlement,near",
)  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return open_data([flat_csv(tmp_path_factory.mktemp("words") / "events.csv", EVENTS)], None)


@pytest.fixture(scope="module")
def many(made: Store) -> FlaskClient:
    return create_app(made).server.test_client()


def answered(client: FlaskClient, search: str) -> dict[str, Any]:
    answer: dict[str, Any] = ask(client, "address", address=BROWSER | {"search": f"?{search}"})["response"]
    return answer


def said(client: FlaskClient, search: str) -> str:
    words: str = answered(client, search)["marks"]["data"]["words"]
    return words


def number(pattern: str, words: str) -> int:
    """The number of a part of the words; 0 where that part is not said."""
    found = re.search(rf"([\d,]+) {pattern}", words)
    return int(found[1].replace(",", "")) if found else 0


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("where", FILTERS)
def test_each_event_that_is_kept_is_in_one_number_of_the_words(
    made: Store, many: FlaskClient, where: str, view: str
) -> None:
    words = said(many, f"{where}&{view}")
    kept = made.query(Filter.parse(**dict(parse_qsl(where))))
    assert words.startswith(f"showing {kept.count:,} of {EVENTS:,}. "), words
    parts = ("events? in (?!no)", "in none", "events in none", "in layers that are off", "elsewhere on the map")
    counts = [number(part, words) for part in parts]
    off = number("not on the map", words)
    assert sum(counts) + off == kept.count, words
    assert off == made.off_map(kept.where, 1)[0]
    shown = dict(parse_qsl(view)).get("layers", "")
    if shown and "at=" not in view:
        hidden = [name for name in kept.category_counts if layer_of(name) not in shown]
        hidden_kept = [event for event in kept.events if event.category in hidden]
        on_map = {event.event_id for event in kept.events if any(place.point for place in kept.places_of(event))}
        assert number("in layers that are off", words) == len(on_map & {event.event_id for event in hidden_kept})


@pytest.mark.parametrize("unit", ["regions", "countries"])
def test_where_most_events_are_is_said_by_name(made: Store, many: FlaskClient, unit: str) -> None:
    words = said(many, f"units={unit}&at=20,10,0.5")
    found = re.search(r"; most in (.+): ([\d,]+) events$", words)
    assert found, words
    counts: dict[int, int] = {}
    for part in made.query(Filter()).cells(unit):
        counts[part.cell] = counts.get(part.cell, 0) + part.events
    area, most = max(counts.items(), key=lambda item: item[1])
    assert found[1].startswith(made.areas[area].name) and int(found[2].replace(",", "")) == most


def test_by_the_killed_it_is_said_where_most_were_and_for_cells_which_region_is_near(many: FlaskClient) -> None:
    assert re.search(r"; most killed in [^;]+, [^;]+: at least [\d,]+$", said(many, "units=regions&by=deaths"))
    assert re.search(r"; most in a cell near [^;]+, [^;]+: [\d,]+ events$", said(many, ""))


def test_marks_are_counted_by_their_places(client: FlaskClient) -> None:
    assert said(client, "") == "showing 29 of 29. 14 events in 10 marks, 15 not on the map; most in Almaty: 6 events"
    without = "0 events in 0 marks, 14 in layers that are off, 15 not on the map"
    assert said(client, "layers=casualties") == f"showing 29 of 29. {without}"


def test_where_nothing_is_kept_that_is_said(client: FlaskClient) -> None:
    words = said(client, "from=1990-01-01&to=1990-01-02")
    assert words == "showing 0 of 29. No event matches these choices."


def test_a_movement_of_which_one_end_is_known_is_a_mark_there() -> None:
    record = dataset_of(place("Almaty", 76.9, 43.25), place("Somewhere", None, None), category="deployment")
    known, unknown = (each.place_id for each in record.places)
    sites = (Site(unknown, "origin", "unknown"), Site(known, "destination", "settlement"))
    moved = replace(record.events[0], sites=sites)
    client = create_app(store_over(replace(record, events=(moved,)))).server.test_client()
    assert said(client, "") == "showing 1 of 1. 1 event in 1 mark"
