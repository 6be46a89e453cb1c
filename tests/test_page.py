"""One gesture, one request: what the page's callback answers, asked as the browser asks it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.layers import LAYERS
from dashboard.server.app import create_app
from geodata.record.model import CATEGORIES
from geodata.store.opening import open_data
from geodata.store.store import Store
from tests.figures import bundled
from tests.records import store_over

CONTROLS = {
    "from": "", "to": "", "dates": "may", "as-of": "", "categories": list(CATEGORIES), "search": "", "layers": [],
    "calendar": [None, None], "claimants": [], "sources": [], "actors": [], "places": [], "precision": [],
}  # fmt: skip
BROWSER = {"search": "", "width": 800, "height": 600, "dark": False}


def ask(
    client: FlaskClient, trigger: str, shown: str = "", *, shown_cells: bool = False, **values: Any
) -> dict[str, Any]:
    """The answer to a gesture at the part `trigger`; `values` are by part, with _ for -."""
    set_ = {"address": BROWSER, **CONTROLS, **{name.replace("_", "-"): value for name, value in values.items()}}
    state = {"state": {"search": shown, "cells": shown_cells}, "camera": None}
    callbacks = client.get("/_dash-dependencies").get_json()
    callback = next(c for c in callbacks if "marks.data" in c["output"])

    def part(entry: dict[str, str], found: dict[str, Any]) -> Any:
        if entry["id"].startswith("{"):
            return []
        return {**entry, "value": found.get(entry["id"])}

    outputs = [
        dict(zip(("id", "property"), o.rsplit(".", 1), strict=True)) for o in callback["output"].strip(".").split("...")
    ]
    inputs = [part({"id": i["id"], "property": i["property"]}, set_) for i in callback["inputs"]]
    changed = next(f"{i['id']}.{i['property']}" for i in inputs if i and i["id"] == trigger)
    body = {
        "output": callback["output"], "outputs": outputs, "inputs": inputs, "changedPropIds": [changed],
        "state": [part({"id": s["id"], "property": s["property"]}, state) for s in callback["state"]],
    }  # fmt: skip
    answer = client.post("/_dash-update-component", json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


def words(component: Any) -> str:
    """All texts of a component tree, in order; after those of an event's row the days that its style writes."""
    if isinstance(component, list):
        return "".join(map(words, component))
    if isinstance(component, dict):
        props = component.get("props", {})
        return words(props.get("children", "")) + props.get("data-days", "")
    return "" if component is None else str(component)


def marks(answer: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    looks = [feature["properties"] for feature in answer["response"]["marks"]["data"]["marks"]["features"]]
    return [look for look in looks if look["kind"] == kind]


def test_one_answer_has_map_timeline_list_counts_and_address(client: FlaskClient) -> None:
    answer = ask(client, "categories", categories=["clash"])["response"]
    assert words(answer["sentence"]["children"]) == "showing 6 of 29: 23 in other categories"
    assert answer["url"]["search"] == "?categories=clash"
    bars = [trace for trace in answer["marks"]["data"]["chart"]["data"] if trace["type"] == "bar"]
    assert {trace["name"]: max(trace["y"]) for trace in bars}["deployment"] == 0
    assert [answer[f"count-{c}"]["children"] for c in CATEGORIES] == ["9", "6", "2", "2", "9", "1"]
    assert words(answer["off-map"]["children"]).count("2022") == 2


def test_category_counts_follow_the_other_choices_and_not_their_own(client: FlaskClient) -> None:
    answer = ask(client, "to", **{"from": "2022-01-06", "to": "2022-01-07", "categories": ["clash"]})["response"]
    assert [answer[f"count-{c}"]["children"] for c in CATEGORIES] == ["5", "3", "0", "2", "2", "0"]


def test_the_timeline_follows_the_other_choices_and_not_the_dates(client: FlaskClient) -> None:
    def timeline(**dates: str) -> dict[str, Any]:
        found: dict[str, Any] = ask(client, "to", **dates)["response"]["marks"]["data"]["chart"]
        return found

    with_dates, without = timeline(**{"from": "2022-01-06", "to": "2022-01-07"}), timeline()
    assert [trace["y"] for trace in with_dates["data"]] == [trace["y"] for trace in without["data"]]
    assert with_dates["layout"]["shapes"] and not without["layout"]["shapes"]


def test_the_events_of_one_source_are_counted_among_all(client: FlaskClient) -> None:
    answer = ask(client, "sources", sources=["article-2022-01-10"])["response"]
    assert words(answer["sentence"]["children"]) == "showing 14 of 29: 15 from other sources"
    assert [answer[f"count-{c}"]["children"] for c in CATEGORIES] == ["3", "3", "0", "2", "5", "1"]


def test_a_toll_of_four_cities_is_one_mark_with_four_spokes(client: FlaskClient) -> None:
    answer = ask(client, "categories", layers=["casualties"], **{"from": ""})
    spokes = [look for look in marks(ask(client, "layers", layers=["casualties"]), "line") if "pick" not in look]
    assert len(spokes) == 4
    assert [look["text"] for look in marks(answer, "figure")] == ["over 500 killed"]


@pytest.mark.parametrize(
    ("trigger", "values", "part", "said"),
    [
        ("to", {"to": "2022-02-30"}, "to", "'2022-02-30' is not a date"),
        ("from", {"from": "2022-01-09", "to": "2022-01-08"}, "from", "The dates run backwards"),
        ("search", {"search": "a\x00b"}, "notices", "control characters"),
    ],
)
def test_a_value_that_cannot_be_read_changes_nothing_but_says_so(
    client: FlaskClient, trigger: str, values: dict[str, str], part: str, said: str
) -> None:
    answer = ask(client, trigger, **values)
    assert "marks" not in answer.get("response", {})
    assert said in json.dumps(answer["sideUpdate"][part], ensure_ascii=False)


def test_a_step_beyond_the_last_day_of_the_calendar_is_refused_with_a_sentence(client: FlaskClient) -> None:
    answer = ask(client, "step-on", shown="?from=0001-01-01&to=9999-12-31")
    assert "no days beyond" in json.dumps(answer["sideUpdate"]["notices"])


def test_keys_without_a_control_survive_a_gesture(client: FlaskClient, store: Store) -> None:
    shown = f"?bbox=60,40,80,50&v={store.version}"
    answer = ask(client, "categories", shown=shown, categories=["clash"])["response"]
    assert f"v={store.version}" in answer["url"]["search"]
    assert "bbox=60.0,40.0,80.0,50.0" in answer["url"]["search"]


@pytest.mark.parametrize(
    ("shown", "picked", "search"),
    [
        ("?area=60,40;80,40;80,52", {"box": "75,42,78,44"}, "?bbox=75.0,42.0,78.0,44.0"),
        ("?bbox=60,40,80,50&q=a", {"lasso": "75,42;78,42;78,44"}, "?q=a&area=78,42;75,42;78,44"),
        ("", {"lasso": "75,42;79,46;79,42;77,45"}, "?area=77.4,44.4;79,46;79,42"),
        ("", {"region": [76.9, 43.25]}, "?places=Almaty"),
        ("?places=KZ", {"region": [436.9, 43.25]}, "?places=KZ,Almaty"),
        ("?places=KZ,Almaty", {"region": [76.9, 43.25]}, "?places=KZ"),
        ("?area=60,40;80,40;80,52", {"region": [76.9, 43.25]}, "?places=Almaty&area=60,40;80,40;80,52"),
    ],
)
def test_a_part_of_the_map_that_is_drawn_or_clicked_stands_in_the_link(
    client: FlaskClient, shown: str, picked: dict[str, Any], search: str
) -> None:
    answer = ask(client, "picked", shown=shown, picked=picked | {"count": 1})["response"]
    assert answer["url"]["search"] == search


@pytest.mark.parametrize(
    ("picked", "said"),
    [
        ({"lasso": "75,42;75,42.00001;75,42"}, "the line goes around no area"),
        ({"lasso": ";".join(["1,2"] * 1001)}, "it has 1,001 corners"),
        ({"lasso": "1e300,0;1,1;2,0"}, "is not on the globe"),
        ({"lasso": "1,2"}, "the line goes around no area"),
        ({"lasso": "75,42;no"}, "expected lon,lat in degrees"),
        ({"region": [-30, 40]}, "No region lies there."),
        ({"region": "x"}, "expected lon,lat in degrees"),
    ],
)
def test_a_part_of_the_map_that_is_none_is_told(client: FlaskClient, picked: dict[str, Any], said: str) -> None:
    answer = ask(client, "picked", picked=picked)
    assert "marks" not in answer.get("response", {})
    assert said in json.dumps(answer["sideUpdate"]["notices"], ensure_ascii=False)


def test_the_language_of_a_link_stays_in_the_address_and_the_page_speaks_english(client: FlaskClient) -> None:
    opened = ask(client, "address", address=BROWSER | {"search": "?lang=ru"}, layers=[*LAYERS])["response"]
    assert opened["url"]["search"] == "?lang=ru"
    assert words(opened["notices"]["children"]) == ""
    assert words(opened["sentence"]["children"]) == "showing 29 of 29"
    assert opened["marks"] == ask(client, "address", address=BROWSER, layers=[*LAYERS])["response"]["marks"]
    narrowed = ask(client, "categories", shown="?lang=ru", categories=["clash"])["response"]
    assert narrowed["url"]["search"] == "?categories=clash&lang=ru"
    assert ask(client, "reset", shown="?q=x&lang=ru")["response"]["url"]["search"] == "?lang=ru"


def test_a_link_to_an_event_that_is_gone_says_so_and_opens(client: FlaskClient) -> None:
    answer = ask(client, "address", address=BROWSER | {"search": "?event=E99"})["response"]
    assert "'E99' is not in the data" in words(answer["notices"]["children"])


def test_a_link_to_another_version_of_the_data_says_so_and_opens(client: FlaskClient) -> None:
    answer = ask(client, "address", address=BROWSER | {"search": "?v=000000000000"})["response"]
    assert "updated" in words(answer["notices"]["children"])
    assert words(answer["sentence"]["children"]) == "showing 29 of 29"


def test_the_card_keeps_every_claim_with_its_voice_day_and_fate(client: FlaskClient) -> None:
    card = words(ask(client, "picked", picked={"ids": ["E7"]})["response"]["panel"]["children"])
    for said in ("26", "superseded on 9 January 2022", "164", "retracted on 10 January 2022", "hundreds", "children"):
        assert said in card
    assert "690" not in card and "190" not in card


def test_an_event_that_the_filters_hide_is_not_shown_as_without_claims(client: FlaskClient) -> None:
    answer = ask(client, "categories", shown="?event=E6", categories=["political"])["response"]
    card = words(answer["panel"]["children"])
    assert "hide this event" in card and "No figure is claimed" not in card


def test_markup_in_the_data_stays_text_in_map_and_panel(store: Store) -> None:
    hostile = "<b onclick=alert(1)>{{7*7}}</b>"
    event = replace(store.event("E10"), title=hostile, notes=hostile)
    app = create_app(store_over(replace(bundled(), events=(event,), claims=())))
    answer = ask(app.server.test_client(), "picked", picked={"ids": ["E10"]})["response"]
    assert answer["marks"]["data"]["picks"][0]["lines"][0] == hostile
    assert hostile in words(answer["panel"]["children"])
    assert "<b onclick" not in json.dumps(answer["marks"]["data"]["chart"])


def test_where_nobody_was_hurt_there_is_no_toll_and_a_point_without_a_name_has_no_label(tmp_path: Path) -> None:
    rows = ["Calm,2022-01-05,,76.95,43.25,0", "Clash,2022-01-05,Taraz,71.37,42.9,3"]
    path = tmp_path / "events.csv"
    path.write_text("\n".join(["title,date_start,place,lon,lat,deaths", *rows]))
    client = create_app(open_data([path], None)).server.test_client()
    answer = ask(client, "layers", layers=[*LAYERS])
    assert [mark["text"] for mark in marks(answer, "figure")] == ["3 killed"]
    assert len(marks(answer, "disc")) == 1
    assert [mark["text"] for mark in marks(answer, "name")] == ["Taraz"]
