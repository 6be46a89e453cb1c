"""Stores in databases: loaded whole or not at all, read by whoever may only read, with secrets kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from geodata.errors import GeodataError, NoAnswer, NothingFound, TooSlow
from geodata.filter import Filter
from geodata.importers import BUNDLED, read_columns
from geodata.store.derived.tables import FORMAT
from geodata.store.engines import pool, postgres
from geodata.store.engines.databases import engine_at
from geodata.store.loading import load as loading
from geodata.store.loading.loaders import loader_at
from geodata.store.loading.postgres import PostgresLoader
from geodata.store.opening import open_data, snapshot_of
from geodata.store.snapshot import Snapshot, write_snapshot
from tests import databases
from tests.conftest import RunCli
from tests.generated import flat_csv

SECRET = "a-secret-of-theirs"


@pytest.fixture(scope="module")
def server() -> Iterator[databases.Postgres]:
    with databases.postgres() as running:
        yield running


@pytest.fixture
def empty(server: databases.Postgres) -> databases.Postgres:
    server.sql("DROP SCHEMA IF EXISTS sitrep CASCADE")
    return server


@pytest.fixture(scope="module")
def bundled() -> Snapshot:
    return snapshot_of([BUNDLED], None)


def put(url: str, snapshot: Snapshot) -> None:
    loader = loader_at(url)
    try:
        loading.load(snapshot, loader, lambda *_: None)
    finally:
        loader.close()


def titled(title: str, folder: Path) -> Snapshot:
    return write_snapshot(replace(read_columns(BUNDLED), title=title), folder / title, durable=False)


def test_commands_over_a_database_give_what_they_give_over_files(empty: databases.Postgres, run_cli: RunCli) -> None:
    loaded = run_cli("geodata", "load", BUNDLED, "--engine", empty.url)
    assert (loaded.returncode, loaded.stderr) == (0, "")
    assert json.loads(loaded.stdout)["version"] == open_data([], None, engine=empty.url).version
    for words in (("events", "--format", "csv"), ("claims", "--places", "Almaty"), ("total", "--measure", "deaths")):
        there, here = run_cli("geodata", *words, "--engine", empty.url), run_cli("geodata", *words)
        assert (there.stdout, there.stderr, there.returncode) == (here.stdout, here.stderr, here.returncode)


def test_a_load_that_broke_off_is_taken_up_where_it_was_and_nothing_is_there_twice(
    empty: databases.Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "CHUNK", 100)
    snapshot = snapshot_of([flat_csv(tmp_path / "events.csv", 950)], None)
    append, seen = PostgresLoader.append, []

    def breaks_off(self: PostgresLoader, table: str, rows: object) -> None:
        if len(seen) == 30:
            raise NoAnswer("gone")
        seen.append(table)
        append(self, table, rows)

    with monkeypatch.context() as broken:
        broken.setattr(PostgresLoader, "append", breaks_off)
        with pytest.raises(NoAnswer):
            put(empty.url, snapshot)
    with pytest.raises(NothingFound):
        engine_at(empty.url)
    counted = []
    monkeypatch.setattr(PostgresLoader, "append", lambda self, *rest: (counted.append(1), append(self, *rest))[1])
    put(empty.url, snapshot)
    whole = sum(-(-file.rows // 100) for file in snapshot.files.values())
    assert len(counted) == whole - 30
    assert open_data([], None, engine=empty.url).size == 950


def test_a_table_that_is_not_as_it_was_loaded_is_told_and_the_version_before_stays(
    empty: databases.Postgres, bundled: Snapshot, tmp_path: Path
) -> None:
    put(empty.url, bundled)
    other = titled("other", tmp_path)
    put(empty.url, other)
    put(empty.url, bundled)
    empty.sql(f"UPDATE sitrep.claims_{other.version}_{FORMAT} SET low = low + 1 WHERE claim = 3")
    with pytest.raises(GeodataError, match=f"The table 'claims_{other.version}_{FORMAT}' is not as it was loaded"):
        put(empty.url, other)
    assert open_data([], None, engine=empty.url).version == bundled.version


def test_of_the_versions_in_a_database_the_last_two_stay(
    empty: databases.Postgres, bundled: Snapshot, tmp_path: Path
) -> None:
    second, third = titled("second", tmp_path), titled("third", tmp_path)
    for snapshot in (bundled, second, third):
        put(empty.url, snapshot)
    found = empty.sql("SELECT tablename FROM pg_tables WHERE schemaname = 'sitrep' AND tablename LIKE 'index_%'")
    assert {*found.split()} == {f"index_{each.version}_{FORMAT}" for each in (second, third)}


def test_who_may_only_read_can_ask_everything_and_a_password_is_never_told(
    empty: databases.Postgres, bundled: Snapshot, monkeypatch: pytest.MonkeyPatch, run_cli: RunCli
) -> None:
    put(empty.url, bundled)
    empty.sql("DROP ROLE IF EXISTS reader")
    empty.sql(f"CREATE ROLE reader LOGIN PASSWORD '{SECRET}'; GRANT USAGE ON SCHEMA sitrep TO reader; "
              "GRANT SELECT ON ALL TABLES IN SCHEMA sitrep TO reader")  # fmt: skip
    url = f"postgresql://reader@127.0.0.1:{empty.port}/postgres"
    monkeypatch.setenv("PGPASSWORD", SECRET)
    assert open_data([], None, engine=url).query(Filter()).count == 29
    with pytest.raises(NoAnswer, match="permission denied"):
        put(url, bundled)
    monkeypatch.setenv("PGPASSWORD", f"not {SECRET}")
    refused = run_cli("geodata", "events", "--engine", url)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "password authentication failed" in refused.stderr and SECRET not in refused.stderr
    named = run_cli("geodata", "events", "--engine", f"postgresql://reader:{SECRET}@127.0.0.1/postgres")
    assert named.returncode == 2 and SECRET not in named.stderr
    empty.sql("DROP OWNED BY reader; DROP ROLE reader")


def test_what_asks_cannot_write_even_as_the_owner(empty: databases.Postgres, bundled: Snapshot) -> None:
    put(empty.url, bundled)
    connection = postgres.connect(empty.url, postgres.SETTINGS)
    with connection.cursor() as cursor, pytest.raises(Exception, match="read-only transaction"):
        cursor.execute("DROP SCHEMA sitrep CASCADE")
    connection.close()
    assert open_data([], None, engine=empty.url).size == 29


def test_a_question_that_takes_too_long_is_stopped_and_the_next_one_is_answered(
    empty: databases.Postgres, bundled: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(empty.url, bundled)
    monkeypatch.setitem(postgres.SETTINGS, "statement_timeout", "300ms")
    store = open_data([], None, engine=empty.url)
    other = postgres.connect(empty.url, {})
    with other.cursor() as cursor:  # keeps whoever asks waiting
        cursor.execute("BEGIN")
        cursor.execute(f"LOCK TABLE sitrep.search_{store.version}_{FORMAT} IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(TooSlow, match="was stopped"):
            store.query(Filter.parse(q="a word"))
        assert store.away == ""
        cursor.execute("ROLLBACK")
    other.close()
    assert store.query(Filter.parse(q="a word")).total == 29


def test_a_server_that_came_back_is_asked_on_new_connections(empty: databases.Postgres, bundled: Snapshot) -> None:
    put(empty.url, bundled)
    store = open_data([], None, engine=empty.url)
    assert store.query(Filter.parse(q="almaty")).count
    empty.stop()
    with pytest.raises(NoAnswer):
        store.query(Filter.parse(q="aktobe"))
    assert "does not answer" in store.away
    empty.start()
    assert store.query(Filter.parse(q="aktobe")).count
    assert store.away == ""


def test_no_more_connections_are_made_than_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "WAIT_S", 0.01)
    made: list[object] = []
    few = pool.Pool(lambda: made.append(object()) or made[-1], 2, lambda _: False)

    def nested(depth: int) -> object:
        return few.ask(lambda connection: nested(depth - 1) if depth else connection)

    assert nested(1) is made[1]
    with pytest.raises(NoAnswer, match="All 2 connections"):
        nested(2)
    assert len(made) <= 4


def test_a_database_that_is_not_there_is_a_sentence_and_status_1(tmp_path: Path, run_cli: RunCli) -> None:
    for url, told in (
        ("postgresql://127.0.0.1:1/x", "The database does not answer: Connection refused"),
        ("clickhouse://127.0.0.1:1/x", "The database does not answer."),
        (f"duckdb:{tmp_path / 'none.duckdb'}", "cannot be opened: "),
    ):
        for module, words in (("geodata", ("events",)), ("dashboard", ("--port", "0"))):
            done = run_cli(module, *words, "--engine", url)
            assert (done.returncode, done.stdout) == (1, "")
            assert told in done.stderr and "Traceback" not in done.stderr
    for url in ("mysql://127.0.0.1/x", "nothing"):
        assert run_cli("geodata", "events", "--engine", url).returncode == 2


def test_a_database_of_another_release_or_with_names_that_are_none_is_refused(
    empty: databases.Postgres, bundled: Snapshot
) -> None:
    put(empty.url, bundled)
    own = f'"format": {FORMAT}'
    for old, new, told in (
        (own, '"format": 1', "another release"),
        ('"title"', '"heading"', "another release"),
        ("index", "in; dex", "not as it was"),
    ):
        empty.sql(f"UPDATE sitrep.versions SET about = replace(about, '{old}', '{new}')")
        with pytest.raises(GeodataError, match=told):
            engine_at(empty.url)
        empty.sql(f"UPDATE sitrep.versions SET about = replace(about, '{new}', '{old}')")


def test_a_file_of_duckdb_that_is_taken_is_told(tmp_path: Path, bundled: Snapshot, run_cli: RunCli) -> None:
    url = f"duckdb:{tmp_path / 'record.duckdb'}"
    put(url, bundled)
    store = open_data([], None, engine=url)
    taken = run_cli("geodata", "load", BUNDLED, "--engine", url)
    assert taken.returncode == 1 and "another program has it open" in taken.stderr
    assert store.size == 29


def test_clickhouse_says_which_days_it_cannot_keep(tmp_path: Path) -> None:
    path = tmp_path / "old.csv"
    path.write_text(
        "title,category,date_start,date_end,place,lat,lon\nOld,protest,1899-05-01,1899-05-01,Almaty,43.2,76.9\n"
    )
    with databases.clickhouse() as url, pytest.raises(GeodataError, match="1899-05-01"):
        put(url, snapshot_of([path], None))
