"""The rows that the table asks for are those of the store, and what it asks is read strictly."""

from __future__ import annotations

from pathlib import Path

import pytest
from dash import html
from flask.testing import FlaskClient

from dashboard.page import table
from dashboard.page.lists import unsettled_list
from dashboard.server import app
from dashboard.server.app import create_app
from geodata.filter import Filter
from geodata.language.language import ENGLISH
from geodata.store.result import SORTED_BY
from geodata.store.store import Store
from tests.figures import place, store_of
from tests.records import store_over
from tests.tables import rows
from tests.test_page_words import Bracketed, outside

NOWHERE = [f"Qzx{first}{second}vqj" for first in "bcdfghjklmnp" for second in "bcdfghjklm"]
LOCAL = {"base_url": "http://localhost"}


@pytest.fixture
def client(store: Store) -> FlaskClient:
    return create_app(store).server.test_client()


@pytest.mark.parametrize("order", SORTED_BY)
def test_rows_are_the_kept_events_in_the_order_that_is_asked_for(client: FlaskClient, store: Store, order: str) -> None:
    got = client.get(f"/rows.json?categories=clash,political&order={order}&descending=1&start=3", **LOCAL).get_json()
    kept = store.query(Filter.parse(categories="clash,political"))
    events = kept.page(3, 100, order, descending=True).events
    assert (got["count"], [row["event_id"] for row in got["rows"]]) == (kept.count, [e.event_id for e in events])
    at = client.get(
        f"/row.json?categories=clash,political&order={order}&descending=1&event={events[2].event_id}", **LOCAL
    )
    assert at.get_json() == {"at": 5}


def test_no_more_than_a_hundred_rows_are_given_at_once() -> None:
    store = store_of(*(place(f"Place {number}", 70, 40) for number in range(130)))
    client = create_app(store).server.test_client()
    blocks = [client.get(f"/rows.json?start={start}", **LOCAL).get_json() for start in (0, 100, 200)]
    assert [(block["count"], len(block["rows"])) for block in blocks] == [(130, 100), (130, 30), (130, 0)]


def test_the_deaths_of_a_row_are_the_figures_that_stand_on_the_day_the_one_it_is_sorted_by_first(
    client: FlaskClient,
) -> None:
    found = client.get("/rows.json?order=deaths&descending=1", **LOCAL).get_json()["rows"]
    assert [row["deaths"] for row in found[:3]] == ["over 500", "238", ""]
    (row,) = client.get("/rows.json?q=Deaths+in+the+unrest&as_of=2022-01-09", **LOCAL).get_json()["rows"]
    assert row["deaths"] == "164"


def test_every_word_of_the_table_is_said_in_the_page_s_language(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    speaking = Bracketed("en")
    monkeypatch.setattr(app, "PAGE_LANGUAGE", speaking)
    columns = table.grid(speaking).columnDefs
    assert [column["field"] for column in columns] == [name for name, *_ in table.COLUMNS]
    said = [column[key] for column in columns for key in ("headerName", "headerTooltip") if key in column]
    found = app.create_app(store).server.test_client().get("/rows.json", **LOCAL).get_json()["rows"]
    said += [row[name] for row in found for name in ("category", "days", "places", "deaths", "claims")]
    result = store.query(Filter())
    assert outside(said, {claim.claimant for claim in result.claims}) == set()


def test_an_event_that_the_filter_hides_is_in_no_row(client: FlaskClient) -> None:
    assert client.get("/row.json?categories=political&event=E6", **LOCAL).get_json() == {"at": None}


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("start=-1", "Cannot read start: '-1' is no number of a row"),
        ("start=1e3", "Cannot read start"),
        ("start=٣", "Cannot read start"),
        ("start=9999999999", "Cannot read start"),
        ("order=notes", "order"),
        ("descending=yes", "descending"),
        ("colour=red", "Unknown filter key 'colour'"),
        ("v=000000000000", "The data was updated"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(client: FlaskClient, query: str, words: str) -> None:
    got = client.get(f"/rows.json?{query}", **LOCAL)
    assert got.status_code == 400
    assert words in got.text


def test_of_many_names_that_are_not_settled_the_first_are_listed_and_the_rest_is_counted(tmp_path: Path) -> None:
    lines = [f"e{number},{name},2022-01-05" for number, name in enumerate(["Xyzzyville"] * 25 + NOWHERE)]
    store = store_over(rows(tmp_path, "title,place,date_start", *lines))
    count, first = store.first_unsettled(3, 20)
    assert (count, len(first)) == (len(store.unsettled), 3) == (121, 3)
    ((part, events), *_) = first
    assert (part.name, len(part.event_ids), events) == ("Xyzzyville", 20, 25)
    listed = unsettled_list(store, ENGLISH)
    assert "121" in str(listed[0])
    assert sum(isinstance(each, html.Div) for each in listed) == 100
    assert "and 5 more" in str(listed) and str(listed[-1]) == str(html.P("and 21 more", className="muted"))
