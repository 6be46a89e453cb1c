"""How many the events of a cell killed: sums of what may be added up, and how much is left out of them."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import h3
import pytest

from dashboard.scene.hovers import say_tolls
from geodata.filter import Filter
from geodata.language.language import ENGLISH
from geodata.record.history import as_known_on
from geodata.record.model import Claim, Event
from geodata.record.ranges import ranges
from geodata.store.derived.where import FINEST
from geodata.store.opening import open_data
from geodata.store.questions.cells import Tolls
from geodata.store.store import Store
from tests.test_questions import FILTERS, Oracle, filters, generated, without_flows


@pytest.fixture(scope="module")
def oracle() -> Oracle:
    return Oracle(generated()[0])


@pytest.fixture(scope="module")
def asked() -> Store:
    return generated()[1]


def tolls_of(event: Event, oracle: Oracle, known: list[Claim], chosen: list[Claim]) -> Tolls:
    """What an event adds to its cell, by the rules for objects."""
    told = any(claim.measure == "deaths" for claim in chosen)
    places = {place.place_id: place for place in oracle.sites(event)}
    tangled = any(claim.part_of or claim.echo_of for claim in oracle.claims[event.event_id])
    if len(places) != 1 or tangled:
        return Tolls(told=told)
    (place,) = places.values()
    own = [
        span
        for span in ranges(chosen, known)
        if span.measure == "deaths" and span.population == "all" and span.scope in ("", *place.all_names())
    ]
    if not place.point or not own or any(span.low is None for span in own):
        return Tolls(told=told)
    named = {claim.claim_id: claim for claim in known}
    tops = [named[claim_id].high or named[claim_id].low or 0 for span in own for claim_id in span.claims]
    low = min(span.low for span in own if span.low is not None)
    return Tolls(told, 1, low, max(tops), any(span.high is None for span in own))


@pytest.mark.parametrize("number", range(0, FILTERS, 4))
def test_a_cell_has_the_sums_of_the_ranges_of_its_events(oracle: Oracle, asked: Store, number: int) -> None:
    where = filters()[number]
    if not without_flows(where):
        return
    resolution = number % (FINEST + 1)
    expected: dict[tuple[int, str], Tolls] = defaultdict(Tolls)
    for event in oracle.kept(where):
        known = [*as_known_on(oracle.claims[event.event_id], where.as_of)]
        tolls = tolls_of(event, oracle, known, oracle.chosen(known, where))
        for cell in {h3.cell_to_parent(cell, resolution) for cell in oracle.fine[event.event_id]}:
            expected[h3.str_to_int(cell), event.category] += tolls
    found = {(cell.cell, cell.category): cell.tolls for cell in asked.query(where).cells(resolution)}
    assert found == expected


def test_the_filters_meet_all_that_can_be_said_of_a_toll(asked: Store) -> None:
    tolls = sum((cell.tolls for cell in asked.query(Filter()).cells(0)), Tolls())
    assert 0 < tolls.open < tolls.figures < tolls.told and 0 < tolls.low < tolls.high


ROWS = """event_id,category,title,date_start,place,lon,lat,deaths,deaths_low,deaths_high,deaths_population
A,clash,A,2022-01-01,Here,70,50,,3,5,
B,clash,B,2022-01-01,Here,70,50,>20,,,
C,clash,C,2022-01-02,Here,70,50,9,,,civilians
D,clash,D,2022-01-02,Here,70,50,0,,,
E,clash,E,2022-01-03,Here,70,50,,,,
"""


def test_open_tops_zeros_parts_of_the_people_and_unknown_figures_are_told_apart(tmp_path: Path) -> None:
    (tmp_path / "events.csv").write_text(ROWS)
    (cell,) = open_data([tmp_path / "events.csv"], None).query(Filter()).cells(5)
    assert cell.tolls == Tolls(told=4, figures=3, low=23, high=25, open=1)
    assert say_tolls(cell.tolls, cell.events, ENGLISH) == [
        "Killed in 3 events: 23–25 or more",
        "Not added: 1 event with a toll for several places, for some of the people, inside others, or taken back",
        "1 event without a figure of killed",
    ]
