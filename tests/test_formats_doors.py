"""Events in every format through the doors: the command, HTTP, their options, limits and refusals."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geodata.cli import main
from geodata.formats import catalogue
from geodata.formats.catalogue import FORMATS
from geodata.formats.frame import EVENT_COLUMNS
from tests import given as back
from tests.server import ROOT

if TYPE_CHECKING:
    from flask.testing import FlaskClient

HTTP = [name for name, kind in FORMATS.items() if kind.suffix]


def ask(capfdbinary: Any, *words: str) -> tuple[int, bytes, str]:
    status = main(words)
    out, err = capfdbinary.readouterr()
    return status, out, err.decode()


@pytest.mark.parametrize("name", HTTP)
@pytest.mark.parametrize("query", [{}, {"from": "2022-01-06", "categories": "clash"}, {"q": "no event says this"}])
def test_an_address_gives_the_bytes_of_the_command(
    client: FlaskClient, capfdbinary: pytest.CaptureFixture[bytes], name: str, query: dict[str, str]
) -> None:
    options = [word for key, value in query.items() for word in (f"--{key}", value)]
    kind = FORMATS[name]
    answer = client.get(f"/api/events.{kind.suffix}", query_string=query)
    assert (answer.status_code, answer.content_type) == (200, kind.media_type)
    assert answer.headers["Content-Disposition"] == f"attachment; filename=events.{kind.suffix}"
    status, out, _ = ask(capfdbinary, "events", "--format", name, *options)
    assert (status, answer.data) == (int("q" in query), out)


def test_hxl_tags_stand_below_the_header_by_option_only(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    _, plain, _ = ask(capfdbinary, "events", "--format", "csv")
    _, tagged, _ = ask(capfdbinary, "events", "--format", "csv", "--hxl")
    header, tags, *rest = tagged.splitlines(keepends=True)
    assert header + b"".join(rest) == plain
    assert len(tags.split(b",")) == len(EVENT_COLUMNS)
    assert all(tag.startswith(b"#") for tag in tags.split(b","))
    _, book, _ = ask(capfdbinary, "events", "--format", "xlsx", "--hxl")
    first = back.tables_of_workbook(book)["events"][0]
    assert (first["event_id"], first["admin1"]) == ("#event+id", "#adm1+name")
    _, ged, _ = ask(capfdbinary, "events", "--format", "ged", "--hxl")
    assert back.rows_of_csv(ged)[0]["best"] == "#affected+killed"


@pytest.mark.parametrize("name", [name for name in FORMATS if not FORMATS[name].is_text])
def test_a_binary_format_is_not_written_to_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert main(["events", "--format", name]) == 2
    assert capsys.readouterr().err == (f"The format {name} is not for a terminal (expected --out FILE, or a pipe).\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--format", "kml", "--hxl"], "The format kml has no row of HXL tags (expected one of csv, xlsx, ged)."),
        (["--format", "csv", "--geoparquet", "2.0"], "The format csv has no version of GeoParquet"),
        (["--format", "geoparquet", "--geoparquet", "3"], "Cannot read geoparquet: '3' is none of 1.1, 2.0."),
    ],
)
def test_an_option_that_a_format_does_not_take_is_refused_before_the_data_is_read(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, words: list[str], said: str
) -> None:
    assert main(["events", "--data", str(tmp_path / "nothing"), *words]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert said in err


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("events.kml?hxl=1", 400, "no row of HXL tags"),
        ("events.csv?hxl=yes", 400, "hxl"),
        ("events.parquet?geoparquet=3", 400, "none of 1.1, 2.0"),
        ("events.xlsx?geoparquet=2.0", 400, "no version of GeoParquet"),
        ("events.parquet?geoparquet=2.0", 200, ""),
        ("events.csv?hxl=1", 200, "#event+id"),
        ("events.acled.csv", 404, "nothing at this address"),
    ],
)
def test_options_over_http_are_those_of_the_command(client: FlaskClient, path: str, status: int, said: str) -> None:
    answer = client.get(f"/api/{path}")
    assert answer.status_code == status
    assert said.encode() in answer.data


def test_more_events_than_an_answer_may_hold_are_refused_with_the_command_that_writes_them(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(catalogue.FORMATS, "xlsx", replace(FORMATS["xlsx"], most=28))
    answer = client.get("/api/events.xlsx")
    assert (answer.status_code, answer.text) == (
        422,
        "29 events are too many for one answer as Excel (expected at most 28; "
        "python -m geodata events --format xlsx writes any number).\n",
    )
    assert client.get("/api/events.xlsx?sources=article-2022-01-10").status_code == 200


def test_a_sheet_that_is_full_is_a_sentence_and_no_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("geodata.formats.workbook.MOST_ROWS", 20)
    out = tmp_path / "events.xlsx"
    assert main(["events", "--format", "xlsx", "--out", str(out)]) == 1
    assert "A sheet of a workbook holds 20 rows" in capsys.readouterr().err
    assert not out.exists()


def test_every_format_that_has_an_address_is_named_in_the_reference() -> None:
    page = (ROOT / "dashboard" / "README.md").read_text(encoding="utf-8")
    assert [name for name in HTTP if f"`/api/events.{FORMATS[name].suffix}`" not in page] == []


def test_the_help_names_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["events", "--help"])
    said = capsys.readouterr().out
    assert [name for name in FORMATS if name not in said] == []


def test_a_geopackage_does_not_tell_how_often_it_was_written(client: FlaskClient) -> None:
    data = client.get("/api/events.gpkg").data
    assert [int.from_bytes(data[at : at + 4], "big") for at in (24, 92)] == [1, 1]
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(data)
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
