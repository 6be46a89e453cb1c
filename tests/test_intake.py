"""What becomes of a file that a reader adds on the page: opened, asked about, refused, and taken back."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from dashboard.intake.dialog import adding
from dashboard.intake.jobs import Intake
from dashboard.intake.told import told_of
from dashboard.server.reload import Live
from geodata.store.store import Store
from tests import given as back
from tests.intake import EITHER_ORDER, REGISTER, TWO_DAYS, Page, taken
from tests.server import ROOT, serving_process
from tests.test_page_words import LETTER, Bracketed, outside, texts


def test_a_german_register_opens_without_a_question_and_undo_brings_back_nothing(page: Page, there: Path) -> None:
    told = page.add("register.csv", REGISTER)
    assert (told["state"], told["counts"], told["rejected"]) == ("opened", "3 rows were accepted", "")
    assert page.health()["events"] == 3 and "Klimastreik" in page.titles()
    assert page.send("GET").get_json()["undo"] == "Undo adding register.csv"
    assert page.send("POST", "/undo", json={}).status_code == 200
    assert page.health()["events"] == 0
    assert taken(there) == []
    assert page.send("POST", "/undo", json={}).status_code == 400


def test_the_example_gives_way_to_a_file_and_own_data_gets_it_beside(there: Path, tmp_path: Path) -> None:
    example, own = Page(Live([], takes_files=True)), tmp_path / "own.csv"
    before = example.health()["version"]
    assert "takes its place" in example.send("GET").get_json()["now"]
    told = example.add("register.csv", REGISTER)
    assert example.health()["events"] == 3 and told["replaced"].startswith("It took the place of ")
    example.send("POST", "/undo", json={})
    assert example.health()["version"] == before

    own.write_text("title,date_start,place\nA march,2022-01-05,Berlin\n", encoding="utf-8")
    beside = Page(Live([own], takes_files=True))
    assert "is added to it" in beside.send("GET").get_json()["now"]
    beside.add("register.csv", REGISTER)
    assert beside.health()["events"] == 4
    assert taken(there) == ["register.csv"]


def test_two_files_are_told_apart_by_their_sources_even_when_they_have_one_name(page: Page, there: Path) -> None:
    page.add("events.csv", REGISTER)
    told = page.add("events.csv", REGISTER.replace("Spaziergang", "Aufzug"))
    assert told["file"] == "events (2).csv"
    assert taken(there) == ["events (2).csv", "events.csv"]
    sources = [label for _, label in page.live._now.store.options("sources").choices]
    assert sorted(sources) == ["events (2).csv", "events.csv"]
    page.send("POST", "/undo", json={})
    assert "Aufzug" not in page.titles() and taken(there) == ["events.csv"]


def test_bad_rows_are_counted_and_shown_and_the_others_open(page: Page) -> None:
    rows = "".join(f"{day:02}.01.2022;17:00;Lichterkette;Hamburg;20095;200;Bündnis\n" for day in range(9, 17))
    told = page.add("r.csv", REGISTER + rows + "31.02.2022;;Kundgebung;Dresden;;;\nk. A.;;Infostand;Köln;;;\n")
    assert (told["counts"], told["rejected"]) == ("11 of 13 rows were accepted", "2 rows were not accepted")
    assert told["lines"][0].startswith("Line 13, column \"Datum\": '31.02.2022'")
    rejects = page.client.get("/api/rejects.csv", base_url="http://localhost")
    assert rejects.mimetype == "text/csv" and "k. A." in rejects.text


def test_a_file_that_cannot_be_read_is_refused_with_the_reason_and_nothing_changes(page: Page, there: Path) -> None:
    before = page.health()
    told = page.add("photo.csv", b"\x89PNG\r\n\x1a\n" + bytes(100))
    assert told["state"] == "refused" and "is a picture" in told["lines"][0]
    told = page.add("bad.csv", "title,date_start,place\n" + "A,nonsense,Berlin\n" * 9)
    assert told["state"] == "refused" and told["can_choose"] and "9 rows" in told["lines"][0]
    assert str(there) not in str(told)
    assert page.health() == before


def test_what_is_unclear_is_asked_and_opened_by_the_answers(page: Page, there: Path) -> None:
    job = page.begin("r.csv", TWO_DAYS)
    told = page.rest(job)
    assert told["state"] == "unclear" and page.health()["events"] == 0
    (question,) = told["questions"]
    assert [choice[0] for choice in question["choices"]] == ["angemeldet", "durchgeführt"]
    columns = {column["heading"]: column["column"] for column in told["columns"]}
    assert columns["Thema"] == "title" and columns["angemeldet"] == ""
    assert told["rows"][0][:2] == ["01.12.2021", "03.01.2022"]

    told = page.rest(job, columns=columns | {"durchgeführt": "date_start", "Veranstalter": "source"})
    assert told["state"] == "opened"
    assert "2022-01-08,2022-01-08" in page.titles() and "Veranstalter" not in page.titles()
    assert taken(there) == ["r.csv", "r.csv.mapping.toml"]


def test_the_order_of_days_and_months_is_asked(page: Page) -> None:
    job = page.begin("d.csv", EITHER_ORDER)
    told = page.rest(job)
    (question,) = told["questions"]
    assert (question["key"], question["columns"]) == ("dates", [])
    told = page.rest(job, columns={}, answers={"dates": "month first"})
    assert told["state"] == "opened" and "2022-03-04" in page.titles()


def test_columns_can_be_chosen_again_of_a_file_that_is_open(page: Page) -> None:
    job = page.begin("r.csv", REGISTER)
    page.rest(job)
    told = page.rest(job, "ask")
    assert told["state"] == "unclear" and told["questions"] == []
    assert page.health()["events"] == 3, "what is open stays until the file is read again"
    told = page.rest(job, columns={"Veranstalter": "source"})
    assert told["state"] == "opened" and page.health()["events"] == 3
    page.send("POST", "/undo", json={})
    assert page.health()["events"] == 0


def test_a_day_and_its_parts_for_rows_without_one_are_shown_as_read_and_may_stay_so(page: Page) -> None:
    rows = "03.01.2022,2022,A march,Berlin\n,2021,A vigil,Leipzig\n"
    job = page.begin("g.csv", f"Datum,Jahr,Thema,Ort\n{rows}")
    assert page.rest(job)["state"] == "opened"
    columns = {column["heading"]: column["column"] for column in page.rest(job, "ask")["columns"]}
    assert (columns["Datum"], columns["Jahr"]) == ("date_start", "date_parts")
    assert page.rest(job, columns=columns)["state"] == "opened"
    assert "2021-01-01,2021-12-31" in page.titles() and "2022-01-03" in page.titles()


def test_choices_that_contradict_themselves_are_told_and_can_be_mended(page: Page) -> None:
    job = page.begin("r.csv", TWO_DAYS)
    page.rest(job)
    for given, said in (
        ({"columns": {"PLZ": "nonsense"}}, "nonsense"),
        ({"columns": {"no heading": "title"}}, "no heading"),
        ({"columns": [1]}, "columns"),
        ({"answers": {"dates": "never"}}, "never"),
    ):
        answer = page.send("POST", f"/{job}/read", json=given)
        assert answer.status_code == 400 and said in answer.text
    assert page.rest(job, columns={"durchgeführt": "date_start"})["state"] == "opened"


def test_another_sheet_can_be_read(page: Page, tmp_path: Path) -> None:
    from openpyxl import Workbook  # noqa: PLC0415 (only here)

    book = Workbook()
    for title, rows in {"Events": ["A march", "A vigil"], "Others": ["A strike"]}.items():
        sheet = book.create_sheet(title)
        sheet.append(["title", "date_start", "place"] if title == "Events" else ["Thema", "Datum", "Ort"])
        for row in rows:
            sheet.append([row, "2022-01-05", "Berlin"])
    del book["Sheet"]
    book.save(tmp_path / "b.xlsx")
    job = page.begin("b.xlsx", (tmp_path / "b.xlsx").read_bytes())
    assert page.rest(job)["state"] == "opened" and "A march" in page.titles()
    (question,) = page.rest(job, "ask")["questions"]
    assert (question["key"], question["given"]) == ("sheets", "Events")
    told = page.rest(job, "ask", answers={"sheets": "Others"})
    assert [column["heading"] for column in told["columns"]] == ["Thema", "Datum", "Ort"]
    assert page.rest(job, columns={})["state"] == "opened"
    assert "A strike" in page.titles() and "A march" not in page.titles()


# ---- What is shown, and what is left ----


def test_a_whole_record_opens_with_its_claims_and_a_broken_one_may_be_read_as_a_table(page: Page, store: Store) -> None:
    content = back.given(store, "geojson")
    told = page.add("mine.geojson", content)
    assert (told["state"], told["counts"], told["can_choose"]) == ("opened", "29 rows were accepted", False)
    assert any("read as one: 29 events, 44 claims" in words for words in told["told"])
    assert (page.health()["events"], claims_of(page)) == (29, 44)
    page.send("POST", "/undo", json={})
    job = page.begin("mine.geojson", content.replace(b'"standing"', b'"upright"', 1))
    told = page.rest(job)
    assert told["state"] == "refused" and told["can_choose"]
    assert told["lines"][0].startswith("Sheet claims, line 1, column \"status\": 'upright' is none of standing,")
    assert page.rest(job, "ask")["state"] == "unclear"
    assert page.rest(job, columns={}, answers={})["state"] == "opened"
    assert (page.health()["events"], claims_of(page)) == (29, 0)


def claims_of(page: Page) -> int:
    return len(page.client.get("/api/claims.json", base_url="http://localhost").get_json()["claims"])


def test_nothing_of_a_file_comes_back_as_a_page(page: Page) -> None:
    job = page.begin("x.html", "<script>window.x = 1</script>")
    told = page.send("GET", f"/{job}")
    assert told.mimetype == "application/json" and told.headers["X-Content-Type-Options"] == "nosniff"
    for path in (f"/{job}/0", f"/{job}/x.html"):
        assert page.send("GET", path).status_code in (404, 405)


def test_every_text_of_the_dialog_and_of_what_is_told_is_said(page: Page) -> None:
    parts = [part.to_plotly_json() for part in adding(Bracketed("en"))]
    assert outside(texts(plain(parts)), ()) == set()
    page.begin("r.csv", REGISTER)
    intake = page.live._intake
    assert isinstance(intake, Intake) and intake._job
    told = told_of(intake._job, Bracketed("en"))
    assert LETTER.search(told["phase"]) and outside([told["phase"]], ()) == set()


def plain(part: Any) -> Any:
    """Components as the JSON that the page gets."""
    if hasattr(part, "to_plotly_json"):
        return plain(part.to_plotly_json())
    if isinstance(part, dict):
        return {key: plain(value) for key, value in part.items()}
    return [plain(each) for each in part] if isinstance(part, (list, tuple)) else part


@pytest.mark.parametrize("words", [("--empty", "data")])
def test_an_empty_start_is_given_no_data(words: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dashboard", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2 and "--empty starts without data" in done.stderr


@pytest.mark.parametrize(
    "path",
    ["/", "/healthz", "/_dash-layout", "/api/events.geojson", "/api/events.csv", "/api/events.xlsx",
     "/api/events.parquet", "/api/events.gpkg", "/api/events.kml", "/api/claims.json", "/api/claims.csv",
     "/api/rejects.csv", "/export/map.svg", "/map-figure/light.json", "/marks-ahead.json",
     "/rows.json", "/row.json", "/tallies.bin", "/tolls.bin"],
)  # fmt: skip
def test_every_address_answers_without_data(page: Page, path: str) -> None:
    assert page.client.get(path, base_url="http://localhost").status_code == 200


def test_a_file_is_gone_when_the_server_is_told_to_end_and_a_broken_connection_leaves_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with serving_process((sys.executable, "-m", "dashboard", "--empty")) as (address, _):
        port = int(address.rpartition(":")[2])
        job = begin_over(port)
        assert len(list(tmp_path.glob("sitrep-intake-*/*/a.csv"))) == 1
        with socket.create_connection(("127.0.0.1", port)) as line:  # half a piece, and gone
            line.sendall(request(port, "PUT", f"/intake/{job}/0?from=0", b"x" * 400_000)[:200_000])
        time.sleep(0.3)
        (file,) = tmp_path.glob("sitrep-intake-*/*/a.csv")
        assert file.stat().st_size == 0
    assert list(tmp_path.glob("sitrep-*")) == []


def request(port: int, method: str, path: str, body: bytes, kind: str = "application/octet-stream") -> bytes:
    origin = f"http://127.0.0.1:{port}"
    head = (
        f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: {origin}\r\nX-Sitrep-Intake: 1\r\n"
        f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body


def begin_over(port: int) -> str:
    body = b'{"files": [{"name": "a.csv", "size": 1000000}]}'
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.sendall(request(port, "POST", "/intake", body, "application/json"))
        answer = b"".join(iter(lambda: line.recv(65_536), b""))
    assert b" 201 " in answer
    return answer.partition(b'"job":')[2].partition(b'"')[2].partition(b'"')[0].decode()
