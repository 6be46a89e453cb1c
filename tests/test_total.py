"""Figures are added up only where nobody is counted twice; else the refusal says why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from geodata.errors import TotalRefused
from geodata.filter import Filter
from geodata.record.model import Claim
from geodata.record.total import total
from geodata.store.store import Store
from tests.figures import bundled, places_by_id
from tests.test_tolls import claim


def refusal(store: Store, measure: str = "deaths", **query: str) -> str:
    with pytest.raises(TotalRefused) as refused:
        store.total(Filter.parse(**query), measure)
    return str(refused.value)


def summed(store: Store, *claims: Claim) -> tuple[int | None, int | None, tuple[str, ...]]:
    from geodata.record.ranges import ranges  # noqa: PLC0415

    found = total("deaths", ranges(claims), claims, {e.event_id: e for e in bundled().events}, places_by_id())
    return found.low, found.high, found.claims


def test_one_figure_of_one_event_is_its_own_total(store: Store) -> None:
    found = store.total(Filter.parse(sources="article-2022-01-10", q="four cities"), "deaths")
    assert (found.low, found.high, found.claims) == (500, None, ("C3",))


def test_the_toll_of_the_country_and_that_of_four_cities_are_never_added(store: Store) -> None:
    said = refusal(store, sources="article-2022-01-10")
    assert "E7" in said and "E6" in said and "never added up" in said


def test_no_figure_is_not_zero(store: Store) -> None:
    assert "unknown is not zero" in refusal(store, sources="article-2022-01-10", measure="injured")


def test_figures_of_different_events_at_different_places_add_up(store: Store) -> None:
    # E3 lies in Almaty, E10 near Nur-Sultan, E14 in the Vatican.
    assert summed(store, claim("A", 3, 5, event_id="E3"), claim("B", 2, 2, event_id="E14")) == (5, 7, ("A", "B"))
    assert summed(store, claim("A", 3, None, event_id="E3"), claim("B", 2, 2, event_id="E14"))[:2] == (5, None)


def test_figures_of_two_sources_for_one_place_and_time_are_not_added(store: Store) -> None:
    one, other = claim("A", 3, 5, event_id="E3"), claim("B", 2, 2, event_id="E6", source_id="S2")
    with pytest.raises(TotalRefused, match="different sources"):
        summed(store, one, other)
    assert summed(store, one, claim("B", 2, 2, event_id="E6"))[0] == 5, "one data set keeps its events apart"


def test_of_a_whole_and_its_parts_the_whole_counts(store: Store) -> None:
    parts = [claim("B", 3, 3, population="children", part_of="A"), claim("C", 60, 60, scope="Almaty", part_of="A")]
    assert summed(store, claim("A", 100, 100), *parts) == (100, 100, ("A",))
    with pytest.raises(TotalRefused, match="choose one"):
        summed(store, claim("A", 100, 100), claim("B", 3, 3, population="children"))


def test_tolls_of_a_whole_country_on_different_days_are_cumulative_and_never_added(store: Store) -> None:
    with pytest.raises(TotalRefused, match="as a whole"):
        summed(store, claim("A", 26, 26, event_id="E5"), claim("B", 164, 164, event_id="E8"))


def test_a_part_without_its_whole_and_different_people_are_not_totals(store: Store) -> None:
    assert "part of C35" in refusal(store, sources="interfax-76630")
    with pytest.raises(TotalRefused, match="different people"):
        summed(store, claim("A", 3, 3, event_id="E3", population="children"), claim("B", 2, 2, event_id="E14"))


def test_what_happened_nowhere_known_is_added_to_nothing(store: Store) -> None:
    with pytest.raises(TotalRefused, match="not known"):
        summed(store, claim("A", 1, 1, event_id="E12"), claim("B", 2, 2, event_id="E14"))


def test_command_and_address_give_the_same_total_and_the_same_refusal(
    client: FlaskClient, call_cli: Callable[..., Any]
) -> None:
    asked = ["--measure", "flights", "--sources", "article-2022-01-10"]
    answer = client.get("/api/total?measure=flights&sources=article-2022-01-10")
    assert answer.status_code == 200
    assert answer.get_json() == {"low": 170, "high": 170, "claims": ["C1"]}
    assert call_cli("geodata", "total", *asked).stdout == answer.text

    refused = client.get("/api/total?measure=deaths&sources=article-2022-01-10")
    told = call_cli("geodata", "total", "--measure", "deaths", "--sources", "article-2022-01-10")
    assert (refused.status_code, told.returncode, told.stdout) == (422, 1, "")
    assert told.stderr.strip() in refused.text


@pytest.mark.parametrize("query", ["", "measure=", "measure=cats"])
def test_a_total_of_no_measure_is_a_wrong_command(client: FlaskClient, query: str) -> None:
    assert client.get(f"/api/total?{query}").status_code == 400
