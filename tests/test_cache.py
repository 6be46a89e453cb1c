"""The cache: what was read is not parsed again, tells what it told, and goes when nobody uses it."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import platformdirs
import pytest

from geodata.errors import DataError
from geodata.files import user_cache
from geodata.importers import BUNDLED
from geodata.importers.how import HowToRead
from geodata.record.columns import Columns
from geodata.store import cache as caches
from geodata.store.cache import cached_snapshot
from geodata.store.opening import snapshot_of
from tests.columns import columns
from tests.conftest import RunCli
from tests.server import ROOT

DAY_S = 86_400
Logged = pytest.LogCaptureFixture


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "events.csv"
    path.write_text("title,date_start,place,mood\nA march,2022-01-05,Tripoli,calm\n")
    return path


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, ...]]:
    """What is parsed from now on."""
    found: list[tuple[Path, ...]] = []
    read = caches.read_columns

    def note(*paths: Path, how: HowToRead) -> Columns:
        found.append(paths)
        return read(*paths, how=how)

    monkeypatch.setattr(caches, "read_columns", note)
    return found


def entries(cache: Path) -> list[Path]:
    return sorted(cache.iterdir()) if cache.exists() else []


def used_before(entry: Path, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(entry / "used", (then, then))


def test_the_second_start_parses_nothing(cache: Path, table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = [cached_snapshot((path,), cache) for path in (table, BUNDLED)]

    def broken(*paths: Path, how: HowToRead) -> Columns:
        raise AssertionError(f"{paths} are parsed again")

    monkeypatch.setattr(caches, "read_columns", broken)
    assert [cached_snapshot((path,), cache) for path in (table, BUNDLED)] == first


@pytest.mark.parametrize(
    "change",
    [
        lambda path: path.write_text(path.read_text().replace("march", "rally")),
        lambda path: path.rename(path.with_name("other.csv")),  # the name is in the ids
        lambda path: path.write_text(path.read_text() + "\n"),
    ],
)
def test_a_table_that_has_changed_is_read_again(
    cache: Path, table: Path, reads: list[tuple[Path, ...]], change: Callable[[Path], Path | None]
) -> None:
    cached_snapshot((table,), cache)
    changed = change(table)
    cached_snapshot((changed if isinstance(changed, Path) else table,), cache)
    assert len(reads) == len(entries(cache)) == 2


def test_a_data_folder_is_known_by_its_tables_wherever_it_lies(
    cache: Path, tmp_path: Path, reads: list[tuple[Path, ...]]
) -> None:
    for name in ("one", "two"):
        shutil.copytree(BUNDLED, tmp_path / name)
    (tmp_path / "two/readme.txt").write_text("is not read")
    found = [cached_snapshot((tmp_path / name,), cache) for name in ("one", "two")]
    assert len(reads) == 1
    assert found[0] == found[1]


def test_another_program_reads_the_data_again(
    cache: Path, table: Path, reads: list[tuple[Path, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    cached_snapshot((table,), cache)
    monkeypatch.setattr(caches, "_program", lambda: "of tomorrow")
    cached_snapshot((table,), cache)
    assert len(reads) == 2


def test_what_the_reader_told_is_told_again(cache: Path, table: Path, caplog: Logged) -> None:
    told = []
    for _ in range(2):
        cached_snapshot((table,), cache)
        told.append([(record.name, record.levelname, record.getMessage()) for record in caplog.records])
        caplog.clear()
    assert told[0] == told[1]
    assert [words for _, _, words in told[0]] == [
        told[0][0][2],
        "events.csv: Read: the title from 'title', the day from 'date_start', the place from 'place'.",
        "events.csv: 1 column is not read: 'mood'.",
        "events.csv: No column is a kind of event: 1 row has a category by the words of the title.",
    ]
    assert told[0][0][2].startswith("events.csv: the place 'Tripoli' of events-R2 is not on the map: it may be ")


def test_commands_say_the_same_on_stderr_with_and_without_the_cache(run_cli: RunCli, cache: Path, table: Path) -> None:
    commands = [("--no-cache",), ("--cache", cache), ("--cache", cache)]
    first, *others = (run_cli("geodata", "events", "--data", table, *words) for words in commands)
    assert first.stderr.count("\n") == 4
    assert {(each.returncode, each.stdout, each.stderr) for each in others} == {
        (first.returncode, first.stdout, first.stderr)
    }
    assert len(entries(cache)) == 1


def test_data_with_problems_is_told_and_not_kept(cache: Path, table: Path) -> None:
    table.write_text("title,date_start\nA march,soon\n")
    for _ in range(2):
        with pytest.raises(DataError, match="soon"):
            cached_snapshot((table,), cache)
    with pytest.raises(DataError):
        cached_snapshot((table.with_name("nowhere.csv"),), cache)
    assert entries(cache) == []


def test_data_that_changes_while_it_is_read_is_not_kept(
    cache: Path, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def late(*_: Path, how: HowToRead) -> Columns:
        table.write_text("title,date_start\nnew,2022-01-01\n")
        return columns(3)

    monkeypatch.setattr(caches, "read_columns", late)
    assert cached_snapshot((table,), cache).files["events"].rows == 3
    assert entries(cache) == []


def test_a_broken_entry_is_made_again(cache: Path, table: Path, reads: list[tuple[Path, ...]]) -> None:
    whole = cached_snapshot((table,), cache)
    path, raw = whole.path("events"), whole.path("events").read_bytes()
    del whole
    path.write_bytes(raw[:-1])
    assert cached_snapshot((table,), cache).path("events").read_bytes() == raw
    assert len(reads) == 2
    (entry,) = entries(cache)
    (entry / "messages.json").write_text("{")
    assert cached_snapshot((table,), cache).verify() == []
    assert len(reads) == 3


def test_two_processes_that_make_the_same_entry_both_end_well(cache: Path, table: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from geodata.store import cache\n"
        "read = cache.read_columns\n"
        "def wait(*paths, how):\n"
        "    print('ready', flush=True); sys.stdin.readline(); return read(*paths, how=how)\n"
        "cache.read_columns = wait\n"
        "found = cache.cached_snapshot((Path(sys.argv[1]),), Path(sys.argv[2]))\n"
        "print(found.folder, found.verify())"
    )
    command = [sys.executable, "-c", code, str(table), str(cache)]
    start = lambda: subprocess.Popen(  # noqa: E731
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    both = [start(), start()]
    for process in both:
        assert process.stdout and process.stdout.readline() == "ready\n"
    for process in both:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [process.communicate(timeout=60)[0] for process in both]
    (entry,) = entries(cache)
    assert said == [f"{entry / 'snapshot'} []\n"] * 2


def test_entries_that_nobody_used_for_30_days_go(cache: Path, table: Path) -> None:
    cached_snapshot((table,), cache)
    cached_snapshot((BUNDLED,), cache)
    for entry, days in zip(entries(cache), (31, 29), strict=True):
        used_before(entry, days * DAY_S)
    old, young = entries(cache)
    table.write_text("title,date_start\nnew,2022-01-01\n")
    new = cached_snapshot((table,), cache)
    assert entries(cache) == sorted([young, new.folder.parent])
    assert not old.exists()


def test_beyond_a_size_those_go_that_were_used_least_recently(
    cache: Path, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    for number in range(4):
        table.write_text(f"title,date_start\nnumber {number},2022-01-0{number + 1}\n")
        made.append(cached_snapshot((table,), cache).folder.parent)
    for entry, hours in zip(made, (2, 8, 4, 6), strict=True):
        used_before(entry, hours * 3_600)
    size = sum(file.stat().st_size for file in (made[0] / "snapshot").iterdir())
    monkeypatch.setattr(caches, "MAX_BYTES", int(2.5 * size))
    last = cached_snapshot((table,), cache).folder.parent  # a use
    assert last == made[3]
    assert entries(cache) == sorted([made[0], made[3]])


def test_an_entry_that_is_in_use_stays(cache: Path, table: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_use = cached_snapshot((table,), cache)
    used_before(in_use.folder.parent, 99 * DAY_S)
    monkeypatch.setattr(caches, "MAX_BYTES", 0)
    cached_snapshot((BUNDLED,), cache)
    gc.collect()
    assert in_use.verify() == []
    left = in_use.folder.parent
    del in_use
    gc.collect()
    table.write_text("title,date_start\nnew,2022-01-01\n")
    held = cached_snapshot((table,), cache)
    assert not left.exists()
    assert held.verify() == []


def test_what_a_killed_process_has_left_goes_and_nothing_else(cache: Path, table: Path) -> None:
    for name in (f".{'a' * 16}.part", f".{'b' * 16}.part", "mine", ".mine.part"):
        (cache / name).mkdir(parents=True)
        then = time.time() - (0 if "b" in name else 7_200)
        os.utime(cache / name, (then, then))
    found = cached_snapshot((table,), cache)
    names = [f".{'b' * 16}.part", ".mine.part", found.folder.parent.name, "mine"]
    assert sorted(path.name for path in cache.iterdir()) == sorted(names)


def test_a_cache_that_cannot_be_written_is_done_without_and_told_in_a_line(table: Path, caplog: Logged) -> None:
    found = cached_snapshot((BUNDLED,), table / "cache")  # in a file
    assert found.verify() == []
    assert [record.getMessage() for record in caplog.records] == [
        f"Cannot write the cache {str(table / 'cache')!r}: Not a directory. The data is read without it."
    ]


def test_on_a_full_disk_the_cache_is_done_without(cache: Path, monkeypatch: pytest.MonkeyPatch, caplog: Logged) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert cached_snapshot((BUNDLED,), cache).verify() == []
    assert "No space left on device" in caplog.text
    assert entries(cache) == []


def test_without_a_cache_the_snapshot_goes_when_nobody_holds_it(table: Path) -> None:
    found = snapshot_of((table,), None)
    folder = found.folder.parent
    assert found.verify() == []
    del found
    gc.collect()
    assert not folder.exists()


def test_without_a_cache_nothing_is_left_at_the_end_of_the_process(
    tmp_path: Path, table: Path, monkeypatch: pytest.MonkeyPatch, run_cli: RunCli
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    monkeypatch.setenv("SITREP_CACHE", str(tmp_path / "cache"))
    code = "from geodata.store.opening import snapshot_of; held = snapshot_of((), None); print(held.folder)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.startswith(str(tmp_path / "temporary"))
    assert list((tmp_path / "temporary").iterdir()) == []
    assert run_cli("geodata", "total", "--measure", "flights", "--data", table, "--no-cache").returncode == 1
    assert not (tmp_path / "cache").exists()


def test_what_a_killed_process_has_left_of_temporary_folders_goes_and_nothing_else(
    tmp_path: Path, table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    held = snapshot_of((table,), None)
    left, young = tmp_path / "sitrep-map-killed01", tmp_path / "sitrep-map-young_01"
    for folder in (left, young, tmp_path / "sitrep-map-sources"):
        (folder / "snapshot").mkdir(parents=True)
    for folder in (left, young):
        (folder / "used").touch()
    for folder in (left, held.folder.parent):
        used_before(folder, 7_200)
    other = snapshot_of((table,), None)
    names = {young, held.folder.parent, other.folder.parent, tmp_path / "sitrep-map-sources"}
    assert set(tmp_path.glob("sitrep-map-*")) == names


def test_a_user_without_a_home_has_no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SITREP_CACHE")
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda *_, **__: Path("~/.cache/sitrep-map"))
    assert user_cache() is None


@pytest.mark.parametrize("module", ["geodata", "dashboard"])
def test_every_command_that_takes_data_has_the_options(call_cli: RunCli, module: str) -> None:
    commands = {"geodata": ["events", "claims", "total"], "dashboard": ["", "export"]}[module]
    for command in commands:
        done = call_cli(module, *command.split(), "--help")
        assert "--cache DIR" in done.stdout
        assert "--no-cache" in done.stdout


def test_only_its_user_may_look_into_a_cache(cache: Path, table: Path) -> None:
    cached_snapshot((table,), cache)
    assert [path.stat().st_mode & 0o077 for path in (cache, *entries(cache))] == [0, 0]
