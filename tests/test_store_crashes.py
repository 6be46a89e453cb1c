"""Whatever happens to a publisher, the store is its old version or a new one, byte for byte."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from geodata.errors import GeodataError
from geodata.importers import BUNDLED
from geodata.record.version import version_of
from geodata.store.folder import check_store, current_snapshot, publishing, use, versions
from tests.columns import columns
from tests.conftest import RunCli
from tests.server import ROOT
from tests.stores import content, is_whole, publish

# Forks a process for each line that it reads, which publishes new versions until it is killed.
PUBLISHER = """
import os, sys
from itertools import count
from pathlib import Path
{imports}
for line in sys.stdin:
    child = os.fork()
    if child:
        print(child, flush=True)
        os.waitpid(child, 0)
        print("dead", flush=True)
        continue
    for number in count():
        {publish}
"""
OF_A_RECORD = PUBLISHER.format(
    imports="""
import dataclasses
import ibis
from geodata.store.folder import publishing
from tests.columns import columns
record = columns(2_000)
""",
    publish="""
        with publishing(Path(sys.argv[1])) as publisher:
            publisher.publish(dataclasses.replace(record, title=f"{line.strip()}-{number}"))
""",
)
OF_TABLES = PUBLISHER.format(
    imports="""
import ibis
from geodata.cli import main
from geodata.importers import table
from geodata.store.folder import publishing
store = Path(sys.argv[1])
""",
    publish="""
        name = f"Kundgebung {number} von {line.strip()}"
        rows = [f"{name}, {row};{row % 28 + 1}.01.2022;43,25;76,95;{row % 9}" for row in range(2_000)]
        file = store.with_name("events.csv")
        file.write_text("\\n".join(["Titel;Datum;Breite;Länge;Tote", *rows]), encoding="utf-8")
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        assert main(["import", str(file), "--to", str(store)]) == 0
""",
)


def published(store: Path) -> int:
    """How many versions stand there, by their names alone: others may be on their way."""
    return sum(not path.name.startswith(".") for path in (store / "versions").iterdir())


def is_being_written(store: Path) -> bool:
    return any(path.name.startswith(".") for path in (store / "versions").iterdir())


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not is_so() and time.monotonic() < deadline:
        time.sleep(0.002)


def parts(store: Path) -> list[str]:
    return [path.name for path in store.rglob(".*.part")]


@contextmanager
def publisher_processes(store: Path, script: str = OF_A_RECORD) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", script, str(store)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield process


def start(process: subprocess.Popen[str], name: object) -> int:
    assert process.stdin and process.stdout
    process.stdin.write(f"{name}\n")
    process.stdin.flush()
    return int(process.stdout.readline())


def kill(process: subprocess.Popen[str], child: int) -> None:
    assert process.stdout
    os.kill(child, signal.SIGKILL)
    assert process.stdout.readline() == "dead\n"


@pytest.mark.parametrize("script", [OF_A_RECORD, OF_TABLES], ids=["a record", "tables"])
def test_a_publisher_killed_at_20_random_moments_leaves_an_old_or_a_new_version(tmp_path: Path, script: str) -> None:
    store, moments, left = tmp_path / "store", random.Random(7), 0
    publish(store, columns())
    with publisher_processes(store, script) as process:
        for number in range(20):
            before = content(store)
            child = start(process, number)
            there = published(store)
            moment = moments.uniform(0.02, 0.6)
            if number % 4 == 3:  # some are killed after a version
                wait_until(lambda there=there: published(store) > there)
            if number % 4 == 1:  # and some while they write one
                wait_until(lambda: is_being_written(store))
                moment /= 20
            time.sleep(moment)
            kill(process, child)
            left += len(parts(store))
            after = content(store)
            assert {name for name in before if after.get(name) != before[name]} <= {"current"}
            assert after["current"].decode().strip() in {path.name for path in (store / "versions").iterdir()}
            assert check_store(store) == []
    assert left > 0  # some were killed while they wrote
    assert len(versions(store, [])) > 5  # and some after they had
    assert publish(store, columns(7)).is_new
    assert is_whole(store)
    assert parts(store) == []


def test_a_publisher_killed_while_it_makes_the_store_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "lock").touch()
    (tmp_path / f".{'0' * 16}.part").touch()
    assert publish(tmp_path, columns()).is_new
    assert parts(tmp_path) == []


def test_a_process_reads_whole_versions_while_another_publishes(tmp_path: Path) -> None:
    seen: set[str] = set()
    publish(tmp_path, columns())
    with publisher_processes(tmp_path) as process:
        child = start(process, "busy")
        while len(seen) < 4:
            snapshot = current_snapshot(tmp_path)
            assert snapshot.verify() == []
            assert version_of(snapshot.record()) == snapshot.version
            seen.add(snapshot.version)
        kill(process, child)


def test_of_two_publishers_at_once_the_loser_is_told(run_cli: RunCli, tmp_path: Path) -> None:
    store = tmp_path / "store"
    with publishing(store) as publisher:
        done = run_cli("geodata", "import", BUNDLED, "--to", store)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr == f"Somebody else is publishing to {str(store)!r}: nothing was done. Try again later.\n"
        publisher.publish(columns())
    with pytest.raises(GeodataError, match="Somebody else"), publishing(store):
        use(store, current_snapshot(store).version)
    assert [each.title for each in versions(store, [])] == ["Six events"]


def test_of_many_publishers_each_has_published_or_was_told(tmp_path: Path) -> None:
    outcomes: list[str] = []
    ready = threading.Barrier(6)

    def run(number: int) -> None:
        ready.wait()
        try:
            outcomes.append(publish(tmp_path, columns(5, f"number {number}")).version)
        except GeodataError as error:
            outcomes.append("told" if "Somebody else" in str(error) else str(error))

    threads = [threading.Thread(target=run, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {each.version for each in versions(tmp_path, [])} == set(outcomes) - {"told"}
    assert is_whole(tmp_path)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 256 kB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount, umount = shutil.which("mount"), shutil.which("umount")
    command = [mount or "mount", "-t", "tmpfs", "-o", "size=256k", "none", str(disk)]
    if not mount or not umount or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here: the test with a simulated full disk says the same")
    yield disk
    subprocess.run([umount, str(disk)], check=True)


def test_on_a_full_disk_the_store_stays_as_it_is(small_disk: Path) -> None:
    store = small_disk / "store"
    publish(store, columns())
    before = content(store)
    (small_disk / "filler").write_bytes(bytes(100_000))
    with pytest.raises(GeodataError, match=r"on device \(up to [\d,]+ bytes are needed, [\d,]+ are free\). It is"):
        publish(store, columns(9_000))
    assert content(store) == before
    with pytest.raises(GeodataError, match="No space left on device"):
        publish(small_disk / "other", columns(9_000))
    assert sorted(path.name for path in small_disk.iterdir()) == ["filler", "store"]
    (small_disk / "filler").unlink()
    assert publish(store, columns(7)).is_new
    assert is_whole(store)


def test_a_disk_that_is_full_at_any_moment_leaves_the_store_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path, columns())
    sync, left = os.fsync, 0

    def full(descriptor: int) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", full)
    for moment in range(100):
        before, left = content(tmp_path), moment
        record = columns(5, f"moment {moment}")
        try:
            publish(tmp_path, record)
        except GeodataError as error:
            assert "No space left on device" in str(error) and str(error).endswith(" are free). It is as it was.")
            assert content(tmp_path) == before
        else:
            assert current_snapshot(tmp_path).version == version_of(record)
            assert is_whole(tmp_path)
            break
    assert moment > 8  # each file, the manifest and the folders
