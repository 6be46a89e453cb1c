"""The marks that the browser has before the slider is there are those that the page's answer would bring."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.choice.view import View
from dashboard.scene.scene import Scene
from dashboard.screen.maplibre import Screen
from dashboard.screen.marks import marks_of
from dashboard.server.app import create_app
from dashboard.server.prefetch import AROUND
from geodata.dates import PartialDay
from geodata.filter import Filter
from geodata.language.language import ENGLISH
from geodata.store.store import Store
from tests.figures import bundled
from tests.records import store_over

LOCAL = {"base_url": "http://localhost"}


def test_each_stop_has_the_marks_of_its_day_and_the_last_those_of_today(store: Store) -> None:
    got = create_app(store).server.test_client().get("/marks-ahead.json?categories=clash&as_of=2022-01-10", **LOCAL)
    days = [*store.news_days, None]
    assert sorted(map(int, got.json)) == list(range(len(days)))
    for stop, day in enumerate(days):
        scene = Scene(store, store.query(Filter(categories=("clash",), as_of=day)), View().layers, ENGLISH)
        assert got.json[str(stop)]["marks"] == marks_of(Screen.of(scene, "light"), "light", None)["marks"]
    assert got.json["0"]["marks"] != got.json[str(len(days) - 1)]["marks"]


def test_of_very_many_days_only_those_around_are_given(store: Store) -> None:
    first = next(claim for claim in bundled().claims if claim.status == "standing")
    said = {f"C{year}": PartialDay.parse(f"{year}-06-30") for year in range(1900, 1990)}
    many = [replace(first, claim_id=name, said_on=day) for name, day in said.items()]
    data = replace(bundled(), claims=tuple(many))
    got = create_app(store_over(data)).server.test_client().get("/marks-ahead.json?as_of=1950-12-31", **LOCAL)
    stops = sorted(map(int, got.json))
    assert len(stops) == 2 * AROUND + 1
    assert stops[AROUND] == 50


@pytest.mark.parametrize("query", ["as_of=2022-02-30", "theme=pink", "categories=x", "a=1&at=0"])
def test_a_link_that_cannot_be_read_is_answered_without_the_part(store: Store, query: str) -> None:
    client = create_app(store).server.test_client()
    assert client.get(f"/marks-ahead.json?{query}", **LOCAL).data == client.get("/marks-ahead.json", **LOCAL).data
