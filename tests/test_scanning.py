"""Tables and views that somebody has in a database: imported as the same rows in a file are, and never written to."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from geodata.store.engines import clickhouse
from geodata.store.scanning import postgres, scanner
from tests import databases
from tests.conftest import RunCli

# Its columns in each database are of its own types: what they come to as texts is that of this file.
ROWS = """\
nr,tag,was,breite,laenge,tote,gemeldet,lage
7,2022-01-06,Shots at the airport,43.25,76.95,12,2022-01-06 21:30:00,open
9,2022-01-05,"A ""march""; two streets",43.5,77,,2022-01-07 08:00:00,closed
12,2022-01-07,Far off,95,77,1,2022-01-08 09:00:00,open
20,2022-01-08,Талдықорған,45.0156,78.3739,0,2022-01-09 10:00:00,closed
31,2022-01-08,A curfew,43.25,76.95,3,2022-01-09 11:00:00,open
44,2022-01-09,A blockade,51.125,71.5,,2022-01-10 12:00:00,open
"""
MAPPING = """\
[columns]
event_id = "nr"
date_start = "tag"
title = "was"
lat = "breite"
lon = "laenge"
deaths = "tote"
said_on = "gemeldet"

[answers]
kind = "clash"
"""
VALUES = """
    (44, '2022-01-09', 'A blockade', 51.125, 71.50, NULL, '2022-01-10 12:00:00', 'open'),
    (7, '2022-01-06', 'Shots at the airport', 43.25, 76.95, 12, '2022-01-06 21:30:00', 'open'),
    (12, '2022-01-07', 'Far off', 95, 77, 1, '2022-01-08 09:00:00', 'open'),
    (9, '2022-01-05', 'A "march"; two streets', 43.5, 77, NULL, '2022-01-07 08:00:00', 'closed'),
    (31, '2022-01-08', 'A curfew', 43.25, 76.95, 3, '2022-01-09 11:00:00', 'open'),
    (20, '2022-01-08', 'Талдықорған', 45.0156, 78.3739, 0, '2022-01-09 10:00:00', 'closed')
"""


@dataclass(frozen=True, slots=True)
class Theirs:
    """A database with a schema "theirs", of which `run` does what a text says, as its owner."""

    url: str
    run: Callable[[str], object]
    columns: str  # of the table, with their types
    ending: str = ""  # of what makes a table
    point: str = "point"


@pytest.fixture(scope="module")
def server() -> Iterator[databases.Postgres]:
    with databases.postgres() as running:
        yield running


@pytest.fixture(scope="module", params=["postgresql", "clickhouse", "duckdb"])
def theirs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Theirs]:
    with ExitStack() as held:
        if request.param == "postgresql":
            server = request.getfixturevalue("server")
            server.sql("CREATE SCHEMA theirs; CREATE TYPE theirs.state AS ENUM ('closed', 'open')")
            yield Theirs(
                server.url, server.sql,
                "nr integer, tag date, was varchar(80), breite numeric(9, 6), laenge double precision, tote bigint, "
                "gemeldet timestamp, lage theirs.state",
            )  # fmt: skip
        elif request.param == "clickhouse":
            url = held.enter_context(databases.clickhouse())
            client = clickhouse.connect(url, {})
            client.command("CREATE DATABASE theirs")
            yield Theirs(
                url, client.command,
                "nr UInt32, tag Date, was String, breite Decimal(9, 6), laenge Float64, tote Nullable(Int32), "
                "gemeldet DateTime('Asia/Almaty'), lage Enum8('closed' = 1, 'open' = 2)",
                "ENGINE = MergeTree ORDER BY tag", "Point",
            )  # fmt: skip
        else:
            path = tmp_path_factory.mktemp("theirs") / "record.duckdb"

            def run(text: str) -> None:
                with duckdb.connect(path) as connection:
                    connection.execute(text)

            run("CREATE SCHEMA theirs")
            yield Theirs(
                f"duckdb:{path}", run,
                "nr SMALLINT, tag DATE, was VARCHAR, breite DECIMAL(9, 6), laenge DOUBLE, tote INTEGER, "
                "gemeldet TIMESTAMP, lage ENUM ('closed', 'open')",
                point="GEOMETRY",
            )  # fmt: skip


@pytest.fixture(scope="module")
def incidents(theirs: Theirs) -> Theirs:
    theirs.run(f"CREATE TABLE theirs.incidents ({theirs.columns}) {theirs.ending}")
    theirs.run(f"INSERT INTO theirs.incidents VALUES {VALUES}")
    return theirs


def events(call_cli: RunCli, store: Path) -> list[dict[str, str]]:
    """The events of a store, without the files that they are from."""
    done = call_cli("geodata", "events", "--data", store, "--format", "csv")
    return [{**row, "source_ids": ""} for row in csv.DictReader(done.stdout.splitlines())]


@pytest.fixture(scope="module")
def of_file(tmp_path_factory: pytest.TempPathFactory, call_cli: RunCli) -> tuple[Path, dict[str, object]]:
    """The same rows from a file: the store, and what is told of it."""
    folder = tmp_path_factory.mktemp("of-file")
    (folder / "incidents.csv").write_text(ROWS, encoding="utf-8")
    (folder / "incidents.csv.mapping.toml").write_text(MAPPING, encoding="utf-8")
    done = call_cli("geodata", "import", folder / "incidents.csv", "--to", folder / "store")
    return folder / "store", json.loads(done.stdout)


def test_a_table_of_a_database_is_the_record_that_the_same_rows_are_in_a_file(
    incidents: Theirs, of_file: tuple[Path, dict[str, object]], tmp_path: Path, call_cli: RunCli
) -> None:
    store, mapping = tmp_path / "store", tmp_path / "mapping.toml"
    mapping.write_text(MAPPING, encoding="utf-8")
    words = ("import", "theirs.incidents", "--engine", incidents.url, "--to", store)
    done = call_cli("geodata", *words, "--mapping", mapping)
    counts = json.loads(done.stdout)
    assert (counts["rows"], counts["rejected"]) == (6, 1)
    assert counts == {**of_file[1], "version": counts["version"]}
    assert events(call_cli, store) == events(call_cli, of_file[0])
    rejects = (store / "rejects" / f"{counts['version']}.csv").read_text(encoding="utf-8")
    (row,) = csv.DictReader(rejects.splitlines())
    assert (row["nr"], row["line"], row["column"], row["lage"]) == ("12", "3", "breite", "open")
    # Its mapping is beside the store; the rows, in the same order, are the same version.
    assert (tmp_path / "store.mapping.toml").read_text(encoding="utf-8") == MAPPING
    again = json.loads(call_cli("geodata", *words).stdout)
    assert (again["version"], again["added"], again["gone"]) == (counts["version"], 0, 0)


def test_a_view_with_our_columns_needs_no_mapping(incidents: Theirs, tmp_path: Path, call_cli: RunCli) -> None:
    columns = "nr AS event_id, tag AS date_start, was AS title, breite AS lat, laenge AS lon, lage AS notes"
    incidents.run(f"CREATE VIEW theirs.seen AS SELECT {columns} FROM theirs.incidents WHERE breite < 90")
    words = ("--engine", incidents.url, "--to", tmp_path / "store")
    done = call_cli("geodata", "import", "theirs.seen", *words)
    assert json.loads(done.stdout)["accepted"] == 5
    original = json.loads(call_cli("geodata", "original", "44", "--data", tmp_path / "store").stdout)
    assert (original["file"], original["line"]) == ("seen", 5)
    assert [row["notes"] for row in events(call_cli, tmp_path / "store")].count("open") == 3


def test_a_column_of_shapes_is_not_read_and_it_is_told_how_a_view_has_its_points(
    theirs: Theirs, tmp_path: Path, call_cli: RunCli, caplog: pytest.LogCaptureFixture
) -> None:
    columns = f"event_id integer, title varchar(20), date_start date, geom {theirs.point}"
    theirs.run(f"CREATE TABLE theirs.shapes ({columns}) {theirs.ending and 'ENGINE = Memory'}")
    theirs.run("INSERT INTO theirs.shapes (event_id, title, date_start) VALUES (1, 'Almaty', '2022-01-06')")
    done = call_cli("geodata", "import", "theirs.shapes", "--engine", theirs.url, "--to", tmp_path / "store")
    assert json.loads(done.stdout)["accepted"] == 1
    assert f"shapes: the column 'geom' is of the type {theirs.point}, and is not read" in caplog.text
    assert " AS lon, " in caplog.text


def test_what_a_table_leaves_open_is_asked(tmp_path: Path, call_cli: RunCli) -> None:
    with duckdb.connect(tmp_path / "theirs.duckdb") as connection:
        connection.execute(
            "CREATE TABLE incidents AS SELECT 'Almaty' AS place, '02/01/2022' AS day, 'A march' AS title"
        )
    url = f"duckdb:{tmp_path / 'theirs.duckdb'}"
    done = call_cli("geodata", "import", "incidents", "--engine", url, "--to", tmp_path / "store")
    assert (done.returncode, '# dates = "day first"' in done.stdout) == (1, True)
    assert "incidents: Which comes first in '02/01/2022', the day or the month?" in done.stderr


def test_what_is_no_table_or_has_no_rows_is_a_sentence_and_nothing_is_published(
    theirs: Theirs, tmp_path: Path, call_cli: RunCli
) -> None:
    theirs.run(f"CREATE TABLE theirs.empty (a integer, b date) {theirs.ending and 'ENGINE = Memory'}")
    for name, status, told in (
        ("theirs.nothing", 1, "The database has no table or view 'theirs.nothing' that this user can see."),
        ("nowhere.nothing", 1, "The database has no table or view 'nowhere.nothing' that this user can see."),
        ("theirs.in\"`'; DROP TABLE empty", 1, "The database has no table or view"),
        ("theirs.empty", 1, "The table 'theirs.empty' has no rows."),
        ("a.b.c", 2, "Cannot read table: 'a.b.c' (expected the name of a table or view"),
    ):
        done = call_cli("geodata", "import", name, "--engine", theirs.url, "--to", tmp_path / "store")
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (status, "", 1), done.stderr
        assert done.stderr.startswith(told)
    done = call_cli("geodata", "import", "a", "--engine", theirs.url, "--to", tmp_path / "store", "--format", "text")
    assert (done.returncode, done.stderr) == (2, "Cannot read format: a table of a database is no text.\n")


def test_a_table_that_is_too_large_is_refused(
    incidents: Theirs, tmp_path: Path, call_cli: RunCli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scanner, "MAX_BYTES", 100)
    done = call_cli("geodata", "import", "theirs.incidents", "--engine", incidents.url, "--to", tmp_path / "store")
    assert (done.returncode, done.stdout) == (1, "")
    assert "more than 100 bytes are too many (expected a view of fewer rows or columns)" in done.stderr


def test_postgresql_says_who_may_not_read_and_what_fails_stops_and_cannot_write(
    server: databases.Postgres, tmp_path: Path, call_cli: RunCli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "SCAN_S", 1)
    server.sql(
        "CREATE TABLE incidents (nr integer, tag date); INSERT INTO incidents VALUES (1, '2022-01-06'); "
        "CREATE SEQUENCE numbers; CREATE VIEW counted AS SELECT nextval('numbers') AS nr, tag FROM incidents; "
        "CREATE VIEW broken AS SELECT nr / (nr - 1) AS nr, tag FROM incidents; "
        "CREATE VIEW slow AS SELECT nr, tag, pg_sleep(5)::text AS nap FROM incidents; "
        "CREATE ROLE guest LOGIN"
    )
    for name, user, told in (
        ("incidents", "guest", "The table cannot be read: permission denied for table incidents"),
        ("counted", databases.ADMIN, "The table cannot be read: cannot execute nextval() in a read-only transaction"),
        ("broken", databases.ADMIN, "The table cannot be read: division by zero"),
        ("slow", databases.ADMIN, "Reading the table took longer than "),
    ):
        done = call_cli("geodata", "import", name, "--engine", server.address(user), "--to", tmp_path / "store")
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1), done.stderr
        assert done.stderr.startswith(told)


def test_a_file_of_duckdb_from_somebody_else_reads_no_other_file(tmp_path: Path, call_cli: RunCli) -> None:
    (tmp_path / "secret.csv").write_text("title,date_start\nhidden,2022-01-06\n", encoding="utf-8")
    with duckdb.connect(tmp_path / "theirs.duckdb") as connection:
        connection.execute(f"CREATE VIEW incidents AS SELECT * FROM read_csv('{tmp_path / 'secret.csv'}')")
    url = f"duckdb:{tmp_path / 'theirs.duckdb'}"
    done = call_cli("geodata", "import", "incidents", "--engine", url, "--to", tmp_path / "store")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("The table cannot be read: ") and "hidden" not in done.stderr
