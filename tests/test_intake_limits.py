"""Files on the page: who may add them, how large, how many at once, under which names; nothing of others is left."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.intake.jobs import SILENT_S
from dashboard.intake.names import main_of, safe_name, unused_name
from dashboard.server.reload import Live
from geodata.errors import ChoiceError
from tests.intake import OWN, REGISTER, TWO_DAYS, Page, taken
from tests.server import ROOT

# ---- Who may ----


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "same-origin"},
        {"X-Sitrep-Intake": "1"},
        OWN | {"Origin": "http://evil.example"},
        OWN | {"Origin": "null"},
        OWN | {"Origin": "http://localhost:1"},
        OWN | {"Sec-Fetch-Site": "cross-site"},
        OWN | {"Sec-Fetch-Site": "same-site"},
        OWN | {"Sec-Fetch-Site": "none"},
    ],
    ids=str,
)
def test_a_file_is_taken_from_the_page_itself_only(page: Page, there: Path, headers: dict[str, str]) -> None:
    for method, path in (
        ("POST", ""),
        ("PUT", "/x/0?from=0"),
        ("POST", "/x/read"),
        ("POST", "/undo"),
        ("DELETE", "/x"),
    ):
        body = {"data": b"x"} if method == "PUT" else {"json": {"files": [{"name": "a.csv", "size": 3}]}}
        answer = page.send(method, path, headers, **body)
        assert (answer.status_code, answer.text) == (403, "Files are added by the page itself only.\n")
    assert taken(there) == []


def test_a_browser_that_says_either_where_a_script_runs_or_its_origin_is_enough(page: Page) -> None:
    for left_out in ("Origin", "Sec-Fetch-Site"):
        headers = {name: value for name, value in OWN.items() if name != left_out}
        assert page.send("POST", headers=headers, json={"files": []}).status_code == 400


def test_a_server_that_takes_no_files_refuses_them_and_has_no_button(there: Path) -> None:
    live = Live([])
    page = Page(live)
    answer = page.send("POST", json={"files": [{"name": "a.csv", "size": 3}]})
    assert answer.status_code == 403 and "--uploads on" in answer.text
    assert "add-data" not in page.client.get("/_dash-layout", base_url="http://localhost").text
    assert taken(there) == []


# ---- Limits ----


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(page: Page, there: Path) -> None:
    answer = page.send("POST", json={"files": [{"name": "a.csv", "size": 10**12}]})
    assert answer.status_code == 413 and "python -m geodata import" in answer.text
    assert taken(there) == []


def test_no_more_is_kept_than_was_announced_and_pieces_come_in_their_order(page: Page, there: Path) -> None:
    job = page.send("POST", json={"files": [{"name": "a.csv", "size": 6}]}).get_json()["job"]
    assert page.send("PUT", f"/{job}/0?from=0", data=b"abcdefg").status_code == 400
    assert page.send("PUT", f"/{job}/0?from=3", data=b"abc").status_code == 400
    assert page.send("PUT", f"/{job}/1?from=0", data=b"abc").status_code == 400
    assert page.send("PUT", f"/{job}/0?from=x", data=b"abc").status_code == 400
    assert page.send("PUT", f"/{job}/0?from=0", data=b"x" * 1_100_000).status_code == 413
    assert page.send("POST", f"/{job}/read", json={}).status_code == 400, "the file is not all there"
    (file,) = there.glob("sitrep-intake-*/*/*")
    assert file.stat().st_size == 0


@pytest.mark.parametrize(
    "body",
    ["{", "[]", '{"files": 1}', '{"files": []}', '{"files": [{"name": "a"}]}', '{"files": [{"name": 1, "size": 1}]}',
     '{"files": [{"name": "a", "size": -1}]}', '{"files": [{"name": "a", "size": true}]}',
     '{"files": [{"name": "a", "size": 1.5}]}', '{"files": [' + ", ".join(['{"name": "a", "size": 1}'] * 9) + "]}"],
)  # fmt: skip
def test_a_request_without_files_is_refused(page: Page, body: str) -> None:
    assert page.send("POST", data=body, content_type="application/json").status_code == 400


def test_a_second_file_is_told_to_wait_until_the_first_is_done_or_taken_back(page: Page, there: Path) -> None:
    first = page.begin("first.csv", TWO_DAYS)
    second = page.send("POST", json={"files": [{"name": "second.csv", "size": 3}]})
    assert (second.status_code, second.text) == (409, "first.csv is being added. Try again when it is done.\n")
    assert page.send("POST", "/undo", json={}).status_code == 409
    assert page.rest(first)["state"] == "unclear"
    assert page.send("POST", json={"files": [{"name": "second.csv", "size": 3}]}).status_code == 409
    assert page.send("DELETE", f"/{first}").status_code == 204
    assert taken(there) == []
    assert page.send("GET", f"/{first}").status_code == 404
    assert page.add("second.csv", REGISTER)["state"] == "opened"


def test_a_page_that_falls_silent_leaves_no_trace(page: Page, there: Path) -> None:
    page.begin("a.csv", "title")
    assert page.live._intake and page.live._intake._job
    page.live._intake._job.heard -= SILENT_S + 1
    page.live.look()
    assert taken(there) == []
    assert page.add("b.csv", REGISTER)["state"] == "opened"


# ---- Names ----


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("events.csv", "events.csv"),
        ("Протесты 2022.csv", "Протесты 2022.csv"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\x.csv", "x.csv"),
        ("a\x00b\nc.csv", "a_b_c.csv"),
        ("-rf", "rf"),
        (".htaccess", "htaccess"),
        ("a[1]*?.csv", "a_1___.csv"),
        ("CON", "data-CON"),
        ("nul.csv", "data-nul.csv"),
        ("<img src=x onerror=alert(1)>.csv", "img src_x onerror_alert(1)_.csv"),
        ("\u202egpj.csv", "gpj.csv"),
        ("", "data"),
        ("///", "data"),
        ("x" * 300 + ".csv", "x" * 76 + ".csv"),
    ],
)
def test_a_name_is_made_safe(given: str, kept: str) -> None:
    assert safe_name(given) == kept


def test_a_file_is_kept_in_a_folder_of_its_own_whatever_it_is_called(page: Page, there: Path) -> None:
    told = page.add("../../../tmp/..\\evil <b>.csv", REGISTER)
    assert told["file"] == "evil _b_.csv"
    assert [len(file.relative_to(there).parts) for file in there.glob("**/evil*")] == [3]


def test_a_shapefile_is_given_with_what_belongs_to_it_and_nothing_else_is() -> None:
    assert main_of(["a.csv"]) == 0
    assert main_of(["a.dbf", "A.SHP", "a.shx", "a.prj"]) == 1
    for names in (["a.csv", "b.csv"], ["a.shp", "b.dbf"], ["a.csv", "a.dbf"]):
        with pytest.raises(ChoiceError, match="files are given"):
            main_of(names)
    assert unused_name("A.csv", ["a.csv", "a (2).csv"]) == "A (3).csv"


def test_a_shapefile_opens_from_its_parts(page: Page) -> None:
    parts = [ROOT / f"tests/cases/c20_events.{end}" for end in ("shp", "shx", "dbf", "prj", "cpg")]
    files = [{"name": part.name, "size": part.stat().st_size} for part in parts]
    job = page.send("POST", json={"files": files}).get_json()["job"]
    for number, part in enumerate(parts):
        assert page.send("PUT", f"/{job}/{number}?from=0", data=part.read_bytes()).status_code == 200
    assert page.rest(job)["state"] == "opened"
