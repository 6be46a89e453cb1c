"""A store folder: its versions, what is otherwise in a new one, and the commands on it."""

from __future__ import annotations

import dataclasses
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pytest

from geodata.errors import DataError, NothingFound
from geodata.importers import BUNDLED
from geodata.store.folder import check_store, current_snapshot, use, versions
from tests.columns import DAY, columns
from tests.conftest import RunCli
from tests.server import ROOT
from tests.stores import content, is_whole, publish


def test_a_store_has_every_version_and_goes_back_to_any(tmp_path: Path) -> None:
    store = tmp_path / "store"
    made = [publish(store, columns(3, title)) for title in ("one", "two", "three")]
    names = [each.version for each in made]
    listed = versions(store, [])
    assert [each.version for each in listed] == names[::-1]
    assert [(each.title, each.rows, each.is_current) for each in listed] == [
        ("three", 3, True),
        ("two", 3, False),
        ("one", 3, False),
    ]
    before = content(store)
    use(store, names[0])
    assert current_snapshot(store).title == "one"
    assert content(store) == before | {"current": f"{names[0]}\n".encode()}
    with pytest.raises(NothingFound, match="has no version 'x'"):
        use(store, "x")
    with pytest.raises(NothingFound):
        use(store, "../versions")


def test_content_that_is_there_already_is_not_written_again_and_becomes_current(tmp_path: Path) -> None:
    one, two = columns(3, "one"), columns(3, "two")
    first, _ = publish(tmp_path, one), publish(tmp_path, two)
    before = content(tmp_path)
    again = publish(tmp_path, one)
    assert (again.version, first.is_new, again.is_new) == (first.version, True, False)
    assert content(tmp_path) == before | {"current": f"{first.version}\n".encode()}


def test_a_version_that_is_damaged_is_mended_by_publishing_it_again(tmp_path: Path) -> None:
    publish(tmp_path, columns())
    path = current_snapshot(tmp_path).path("claims")
    whole = path.read_bytes()
    path.write_bytes(whole[:-1] + b"x")
    assert publish(tmp_path, columns()).is_new
    assert path.read_bytes() == whole
    assert is_whole(tmp_path)


def test_beside_a_damaged_version_another_is_published_as_all_new(tmp_path: Path) -> None:
    publish(tmp_path, columns())
    path = current_snapshot(tmp_path).path("events")
    raw = path.read_bytes()
    path.write_bytes(raw[:4] + bytes(len(raw) - 4))
    assert dataclasses.astuple(publish(tmp_path, columns(7)).difference) == (7, 0, 0, ())


@pytest.mark.parametrize("name", ["a [1] store", "what? *", "ünï’s store", "[", "{a,b}"])
def test_a_store_may_have_any_name(tmp_path: Path, name: str) -> None:
    publish(tmp_path / name, columns(3))
    assert dataclasses.astuple(publish(tmp_path / name, columns(5)).difference) == (2, 0, 0, ())


def test_added_changed_and_gone_events_are_counted_by_their_ids(tmp_path: Path) -> None:
    record = columns(8)
    assert dataclasses.astuple(publish(tmp_path, record).difference) == (8, 0, 0, ())
    assert dataclasses.astuple(publish(tmp_path, record).difference) == (0, 0, 0, ())
    assert dataclasses.astuple(publish(tmp_path, columns(10)).difference) == (2, 0, 0, ())
    assert dataclasses.astuple(publish(tmp_path, columns(7)).difference) == (0, 0, 3, ("E7", "E8", "E9"))


@pytest.mark.parametrize(
    ("table", "column", "row", "value", "changed"),
    [
        ("events", "title", 3, "x", 1),
        ("events", "actors", 3, ["Police", "Army"], 1),
        ("events", "event_id", 3, "E99", 0),
        ("claims", "low", 3, 99, 1),
        ("claims", "status_on", 0, DAY, 1),
        ("sites", "geo_precision", 0, "near", 1),
        ("places", "lon", 0, 77.5, 2),
        ("sources", "title", 0, "x", 0),
    ],
)
def test_an_event_is_changed_by_its_cells_sites_places_and_claims(
    tmp_path: Path, table: str, column: str, row: int, value: object, changed: int
) -> None:
    record = columns(6)
    publish(tmp_path, record)
    rows = record[table].to_pylist()
    rows[row][column] = value
    table_then = pa.Table.from_pylist(rows, schema=record[table].schema)
    found = publish(tmp_path, dataclasses.replace(record, tables={**record.tables, table: table_then})).difference
    assert (found.added, found.changed, found.gone) == ((1, 0, 1) if value == "E99" else (0, changed, 0))


def test_the_order_of_the_rows_changes_no_event(tmp_path: Path) -> None:
    publish(tmp_path, columns(6))
    record = columns(6)
    claims = record["claims"].take([5, 4, 3, 2, 1, 0])
    found = publish(tmp_path, dataclasses.replace(record, tables={**record.tables, "claims": claims}))
    assert (found.is_new, found.difference.changed) == (True, 0)


@pytest.mark.parametrize(
    "name",
    ["store.json", "current", "versions/V/manifest.json", "versions/V/claims.parquet", "versions/V/published.json"],
)
def test_a_flipped_byte_in_a_store_is_named_by_its_file(run_cli: RunCli, tmp_path: Path, name: str) -> None:
    version = publish(tmp_path, columns()).version
    path = tmp_path / name.replace("V", version)
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2] ^= 1
    path.write_bytes(raw)
    assert [problem.file for problem in check_store(tmp_path)] == [str(path)]


def test_broken_files_are_a_line_each_and_status_1(call_cli: RunCli, tmp_path: Path) -> None:
    publish(tmp_path, columns())
    assert call_cli("geodata", "check", tmp_path).returncode == 0
    snapshot = current_snapshot(tmp_path)
    snapshot.path("claims").unlink()
    raw = snapshot.path("events").read_bytes()
    snapshot.path("events").write_bytes(raw[:30] + b"?" + raw[31:])
    done = call_cli("geodata", "check", tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    one, two = done.stderr.splitlines()
    assert one == f"{snapshot.path('claims')}: the file is missing."
    assert two.startswith(f"{snapshot.path('events')}: not as it was written: SHA-256 ")
    with pytest.raises(DataError):
        current_snapshot(tmp_path)
    assert call_cli("geodata", "events", "--data", tmp_path).returncode == 1


def test_import_publishes_and_says_what_it_did_as_json(call_cli: RunCli, tmp_path: Path) -> None:
    data, store = tmp_path / "data", tmp_path / "deep/store"
    shutil.copytree(BUNDLED, data)
    done = call_cli("geodata", "import", data, "--to", store)
    first = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    counts = {"rows": 29, "accepted": 29, "repaired": 0, "rejected": 0, "added": 29, "changed": 0, "gone": 0}
    assert first == {**counts, "version": current_snapshot(store).version}
    again = call_cli("geodata", "import", data, "--to", store)
    assert again.returncode == 0
    assert json.loads(again.stdout) == first | {"added": 0}
    assert "was there already" in again.stderr
    events = (data / "events.csv").read_text(encoding="utf-8")
    (data / "events.csv").write_text(
        events.replace("CSTO contingent deployed near", "CSTO soldiers near"), encoding="utf-8"
    )
    third = json.loads(call_cli("geodata", "import", data, "--to", store).stdout)
    assert (third["added"], third["changed"], third["gone"]) == (0, 1, 0)
    listed = json.loads(call_cli("geodata", "versions", store).stdout)
    assert [(each["version"], each["current"], each["rows"]) for each in listed] == [
        (third["version"], True, 29),
        (first["version"], False, 29),
    ]
    back = json.loads(call_cli("geodata", "versions", store, "--use", first["version"]).stdout)
    assert [each["current"] for each in back] == [False, True]
    assert call_cli("geodata", "events", "--data", store).stdout == call_cli("geodata", "events").stdout


def test_data_with_problems_publishes_nothing_and_leaves_no_folder(call_cli: RunCli, tmp_path: Path) -> None:
    table = tmp_path / "events.csv"
    table.write_text("title,date_start\na,2022-13-01\nb,soon\n")
    done = call_cli("geodata", "import", table, "--to", tmp_path / "store")
    assert (done.returncode, done.stdout) == (1, "")
    assert [line.partition(":")[0] for line in done.stderr.splitlines()] == [
        "events.csv",  # how many rows cannot be read
        'events.csv, line 2, column "date_start"',
        'events.csv, line 3, column "date_start"',
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["events.csv"]


def test_events_that_are_gone_are_named(call_cli: RunCli, tmp_path: Path) -> None:
    table, store = tmp_path / "events.csv", tmp_path / "store"
    table.write_text("event_id,title,date_start\nA,a,2022-01-01\nB,b,2022-01-02\n")
    call_cli("geodata", "import", table, "--to", store)
    table.write_text("event_id,title,date_start\nB,b,2022-01-02\n")
    done = call_cli("geodata", "import", table, "--to", store)
    assert json.loads(done.stdout)["gone"] == 1
    assert done.stderr == "Gone, and kept in the version before: A.\n"


@pytest.mark.parametrize("words", [("import", BUNDLED, "--to"), ("versions",), ("versions", "--use=x")])
def test_a_folder_that_is_no_store_is_refused_and_left_alone(
    call_cli: RunCli, tmp_path: Path, words: tuple[object, ...]
) -> None:
    (tmp_path / "versions").mkdir()
    (tmp_path / "mine.txt").write_text("mine")
    done = call_cli("geodata", *words, tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert "store" in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine.txt", "versions"]


def test_a_store_beside_other_data_is_refused_in_a_sentence(call_cli: RunCli, tmp_path: Path) -> None:
    publish(tmp_path, columns())
    done = call_cli("geodata", "events", "--data", tmp_path, "--data", BUNDLED)
    assert (done.returncode, done.stdout) == (1, "")
    assert "given with other data" in done.stderr


def test_help_loads_no_engine(run_cli: RunCli) -> None:
    code = (
        "import sys; sys.argv = ['geodata', 'import', '--help']\n"
        "from geodata.cli import main\n"
        "try: main(['import', '--help'])\n"
        "finally: print({'ibis', 'duckdb', 'pyarrow', 'numpy'} & sys.modules.keys(), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "set()\n")
