"""Names of places are settled in the page; a file that is read tells how far it is, and ends when nobody waits."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from dashboard.intake.jobs import SILENT_S
from dashboard.server.reload import Live
from geodata.importers import BUNDLED
from geodata.importers.progress import COLUMNS, PLACES, READING, VALUES, WRITING, Cancelled, Meter
from tests.intake import REGISTER, Page, taken

OPEN = """title,date_start,place
Strike,2022-03-01,Camp Seven
Clash,2022-03-02,Tripoli
Clash,2022-03-03,Tripoli; Berlin
"""


def names(page: Page, job: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.send("GET", f"/{job}/places").get_json()["names"]
    return found


def test_names_are_settled_once_by_a_candidate_or_a_point_and_stand_on_the_map(page: Page, there: Path) -> None:
    job = page.begin("o.csv", OPEN)
    told = page.rest(job)
    assert told["settle"] == "Settle 2 names of places"
    tripoli, camp = names(page, job)
    assert (tripoli["name"], tripoli["events"], camp["name"], camp["choices"]) == (
        "Tripoli", "2 events", "Camp Seven", []
    )  # fmt: skip
    assert tripoli["choices"][0] == ["gn:2210247", "Tripoli, Tripoli District, Libya · capital"]

    told = page.rest(job, places={"Tripoli": "gn:2210247"})
    assert told["settle"] == "Settle 1 name of a place"
    told = page.rest(job, places={"Camp Seven": "50.4, 30.5"})
    assert (told["state"], told["settle"]) == ("opened", "")
    events = page.client.get("/api/events.geojson", base_url="http://localhost").get_json()["features"]
    assert events[0]["geometry"]["coordinates"] == [30.5, 50.4]
    assert all(event["geometry"] for event in events)
    assert taken(there) == ["o.csv", "o.csv.mapping.toml"]


def test_names_of_other_data_are_not_asked_of_the_file(there: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text(OPEN.replace("Strike", "March"), encoding="utf-8")
    page = Page(Live([own], takes_files=True))
    assert page.add("register.csv", REGISTER)["settle"] == ""
    assert page.send("GET").get_json()["settle"] == ""
    assert page.add("o.csv", OPEN)["settle"] == "Settle 2 names of places"
    assert page.send("GET").get_json()["settle"] == "Settle 2 names of places", "it can be done later too"


def test_names_of_a_table_that_was_given_are_settled_once_and_stay_settled(there: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text(OPEN, encoding="utf-8")
    page = Page(Live([own], takes_files=True))
    first, second = page.send("GET", "/names", query_string={"first": "Camp Seven"}).get_json()["names"]
    assert (first["name"], second["name"], second["choices"][0][0]) == ("Camp Seven", "Tripoli", "gn:2210247")
    version = page.health()["version"]
    assert page.send("POST", "/names", json={"places": {"Tripoli": "gn:2210247"}}).status_code == 200
    assert page.health()["version"] != version
    assert [part["name"] for part in page.send("GET", "/names").get_json()["names"]] == ["Camp Seven"]
    assert [part.name for part in Live([own]).unsettled] == ["Camp Seven"], "the next start knows it too"


def test_what_is_no_place_of_a_table_that_was_given_changes_nothing(there: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text(OPEN, encoding="utf-8")
    page = Page(Live([own], takes_files=True))
    answer = page.send("POST", "/names", json={"places": {"Tripoli": "near here"}})
    assert answer.status_code == 400 and "Tripoli" in answer.text
    assert [path.name for path in tmp_path.glob("own*")] == ["own.csv"]


def test_only_tables_on_a_server_that_takes_files_have_names_to_settle(there: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.csv"
    own.write_text(OPEN, encoding="utf-8")
    for live, status in ((Live([own]), 403), (Live([BUNDLED, own], takes_files=True), 400)):
        page = Page(live)
        assert page.send("POST", "/names", json={"places": {"Tripoli": "gn:2210247"}}).status_code == status
        layout = page.client.get("/_dash-layout", base_url="http://localhost").text
        assert "Places not settled" in layout and "settle-name" not in layout
    layout = Page(Live([own], takes_files=True)).client.get("/_dash-layout", base_url="http://localhost").text
    assert layout.count("settle-name") == 2


def test_a_name_or_a_point_is_looked_up(page: Page) -> None:
    def found(words: str) -> Any:
        return page.send("GET", "/places", query_string={"name": words}).get_json()

    assert found("50.4, 30.5") == [["50.4, 30.5", "50.4° N, 30.5° E"]]
    assert found("Almaty")[0][1] == "Almaty, Kazakhstan · city"
    assert found("Camp Seven of nowhere") == found("") == found("x" * 201) == []


@pytest.mark.parametrize("place", ["gn:1", "near here", "95, 200", ""])
def test_what_is_no_place_is_refused_and_nothing_changes(page: Page, there: Path, place: str) -> None:
    job = page.begin("o.csv", OPEN)
    page.rest(job)
    answer = page.send("POST", f"/{job}/read", json={"places": {"Tripoli": place}})
    assert answer.status_code == 400 and "Tripoli" in answer.text
    assert taken(there) == ["o.csv"]


def test_the_steps_of_a_file_are_told_with_their_rows(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, int]] = []
    before = Meter.__call__

    def note(meter: Meter, step: str, done: int, rows: int) -> None:
        told.append((step, rows))
        before(meter, step, done, rows)

    monkeypatch.setattr(Meter, "__call__", note)
    page.add("o.csv", OPEN)
    steps = dict(told)
    assert [step for step in steps if step in (READING, COLUMNS, VALUES, PLACES, WRITING)] == [
        READING, COLUMNS, VALUES, PLACES, WRITING
    ]  # fmt: skip
    assert steps[VALUES] == steps[PLACES] == 3


@pytest.mark.parametrize("how", ["cancelled", "silent"])
def test_a_read_that_nobody_waits_for_ends_at_its_next_step_and_leaves_nothing(
    page: Page, there: Path, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    begun, goes_on, ended = threading.Event(), threading.Event(), threading.Event()
    before = Meter.__call__

    def wait(meter: Meter, step: str, done: int, rows: int) -> None:
        before(meter, step, done, rows)
        if step == VALUES:
            begun.set()
            goes_on.wait(20)
        elif step in (PLACES, WRITING):
            ended.set()  # it went on

    monkeypatch.setattr(Meter, "__call__", wait)
    job = page.begin("o.csv", OPEN)
    assert page.send("POST", f"/{job}/read", json={}).status_code == 202
    assert begun.wait(20)
    if how == "cancelled":
        assert page.send("DELETE", f"/{job}").status_code == 204
    else:
        assert page.live._intake and page.live._intake._job
        page.live._intake._job.heard -= SILENT_S + 1
        page.live.look()
    goes_on.set()
    (thread,) = (each for each in threading.enumerate() if each.name == "intake")
    thread.join(20)
    assert not ended.is_set()
    assert taken(there) == [] and page.health()["events"] == 0
    assert page.add("next.csv", REGISTER)["state"] == "opened"


def test_a_cancelled_answer_is_forgotten(page: Page, there: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    job = page.begin("o.csv", OPEN)
    page.rest(job)

    def refuse(meter: Meter, step: str, done: int, rows: int) -> None:
        assert page.live._intake
        page.send("DELETE", f"/{job}")
        raise Cancelled("o.csv")

    monkeypatch.setattr(Meter, "__call__", refuse)
    page.send("POST", f"/{job}/read", json={"places": {"Tripoli": "gn:2210247"}})
    for thread in threading.enumerate():
        if thread.name == "intake":
            thread.join(20)
    assert taken(there) == ["o.csv"], "the file is open as it was"
