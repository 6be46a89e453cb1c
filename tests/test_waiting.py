"""Who waits for an import sees how far it is, and can end it: then nothing of it is left."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from geodata.importers import read_columns
from geodata.importers.how import HowToRead
from geodata.importers.progress import READING, Cancelled
from tests.conftest import RunCli
from tests.server import ROOT
from tests.stores import content
from tests.tables import workbook

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither signals nor terminals of this kind")
# Becomes a Python that hears Ctrl-C, also where the tests run in a background that does not.
HEARING = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""
ROWS = [["title", "date_start", "place"], *([f"Event {n}", "2022-01-05", "Almaty"] for n in range(500))]


def start(file: Path, store: Path, temporary: Path, stderr: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", HEARING, "-m", "geodata", "import", str(file), "--to", str(store)]
    environment = os.environ | {"TMPDIR": str(temporary)}
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=stderr)


@POSIX
def test_an_import_that_is_interrupted_while_a_process_reads_leaves_the_store_and_no_file(
    run_cli: RunCli, tmp_path: Path
) -> None:
    file, store, temporary = workbook(tmp_path, ROWS), tmp_path / "store", tmp_path / "temporary"
    temporary.mkdir()
    assert run_cli("geodata", "import", "geodata/data/kazakhstan-2022", "--to", store).returncode == 0
    before = content(store)
    with start(file, store, temporary, subprocess.PIPE) as process:
        while not any(temporary.glob("sitrep-*/out/*")):
            assert process.poll() is None
            time.sleep(0.005)
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130
    assert content(store) == before
    assert [*temporary.iterdir()] == []


@POSIX
def test_what_an_import_leaves_that_is_killed_while_a_process_reads_is_removed_by_the_next(tmp_path: Path) -> None:
    file, store, temporary = workbook(tmp_path, ROWS), tmp_path / "store", tmp_path / "temporary"
    temporary.mkdir()
    with start(file, store, temporary, subprocess.DEVNULL) as process:
        while not any(temporary.glob("sitrep-*/out/*")):
            assert process.poll() is None
            time.sleep(0.005)
        process.kill()
    assert [*temporary.iterdir()] != []
    with start(file, store, temporary, subprocess.DEVNULL) as process:
        assert process.wait(60) == 0
    assert [*temporary.iterdir()] == []


@POSIX
def test_the_process_that_reads_a_file_ends_when_nobody_waits_for_it(tmp_path: Path) -> None:
    file, asked, children = workbook(tmp_path, ROWS), 0, Path(f"/proc/{os.getpid()}/task")
    running: list[str] = []

    def give_up(step: str, done: int, rows: int) -> None:
        nonlocal asked
        asked += step == READING
        if asked == 3:  # once before the process, then while it runs
            running.extend(each for task in children.glob("*/children") for each in task.read_text().split())
            raise Cancelled(file.name)

    with pytest.raises(Cancelled):
        read_columns(file, how=HowToRead(progress=give_up))
    assert running
    assert not {each for task in children.glob("*/children") for each in task.read_text().split()} & set(running)


@POSIX
def test_a_terminal_is_told_the_steps_with_their_rows_and_a_file_is_not(run_cli: RunCli, tmp_path: Path) -> None:
    file = workbook(tmp_path, ROWS)
    quiet = run_cli("geodata", "import", file, "--to", tmp_path / "quiet")
    assert "Looking up" not in quiet.stderr

    ours, theirs = pty.openpty()
    seen: list[bytes] = []

    def read() -> None:
        try:
            while part := os.read(ours, 4_096):
                seen.append(part)
        except OSError:  # nobody has the other end any more
            pass

    listener = threading.Thread(target=read)
    listener.start()
    with start(file, tmp_path / "store", tmp_path, theirs) as process:
        os.close(theirs)
        assert process.wait(60) == 0
    listener.join(60)
    os.close(ours)
    told = b"".join(seen).decode()
    for words in ("Reading the file ...", "Understanding the columns: 500 rows", "Looking up the places: 500 rows"):
        assert words in told
    assert told.endswith("\r\x1b[K"), "the line is taken away"


def test_a_store_that_cannot_be_written_is_named(run_cli: RunCli, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    store = tmp_path / "file" / "store"
    done = run_cli("geodata", "import", "geodata/data/kazakhstan-2022", "--to", store)
    assert done.returncode == 1 and str(store) in done.stderr and "It is as it was." in done.stderr
