"""A process of its own for each file that is more than text: what a hostile file breaks is this process and no other.

`python -m geodata.importers.files.child KIND PATH OUT ASKED` reads a file into a folder; `run` starts that and reads
the folder back.
"""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geodata.errors import DataError, Problem

if TYPE_CHECKING:
    from geodata.importers.files.sheet import Asked, Sheet

_ROOT = Path(__file__).parents[3]
_ANSWER, _WORDS = "answer.json", "words.txt"
_OUT_OF_MEMORY = 3
_EVERY_S = 0.2
# Libraries that reserve memory for every core at the start would hit the limit on a large machine.
_FRUGAL = {
    **dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "GDAL_NUM_THREADS"), "1"),
    **{"ARROW_DEFAULT_MEMORY_POOL": "system", "MALLOC_ARENA_MAX": "2"},
    "PROJ_NETWORK": "OFF",  # a reader asks no other machine for anything
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What a reader may use: bytes of memory, seconds of a processor, seconds in all.

    The first two hold on POSIX systems only.
    """

    memory: int = 6 * 1024**3
    processor_s: int = 300
    wall_s: float = 600


def run(
    kind: str, path: Path, out: Path, asked: Asked, limits: Limits, wait: Callable[[], None] = lambda: None
) -> list[Sheet]:
    """The sheets that a reader of some kind finds in a file, read in a process of its own.

    `out` is an empty folder for what it writes; `wait` is called again and again, and ends the process by raising.
    Raises DataError with what the reader refuses, or in one sentence
    where it was stopped or broke.
    """
    given = json.dumps({"asked": asdict(asked), "memory": limits.memory, "processor_s": limits.processor_s})
    # -P: the folder it is started in is none of its modules'.
    command = [sys.executable, "-P", "-m", __name__, kind, str(path), str(out), given]
    paths = [str(_ROOT), os.environ.get("PYTHONPATH", "")]
    environment = (
        os.environ | _FRUGAL | {"PYTHONPATH": os.pathsep.join(filter(None, paths)), "PYTHONWARNINGS": "ignore"}
    )
    reason = ""
    with (out / _WORDS).open("wb") as words:
        process = subprocess.Popen(  # noqa: S603 (this interpreter, and paths as single arguments)
            command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=words
        )
        try:
            status = _wait(process, limits.wall_s, wait)
            reason = _reason(status, (out / _WORDS).read_bytes()[-2_000:], limits)
        except subprocess.TimeoutExpired:
            reason = f"was stopped after {_seconds(limits.wall_s)}"
        finally:
            process.kill()
            process.wait()
    if not reason and not (out / _ANSWER).is_file():
        reason = "broke"
    if reason:
        logging.getLogger(__name__).debug("%s: %s", asked.file, (out / _WORDS).read_text(errors="replace")[-2_000:])
        message = f"the file could not be read: its reader {reason} (expected a file that other programs can open)."
        raise DataError([Problem(asked.file, 0, "", "", message)])
    return _load(out, asked.file)


def _wait(process: subprocess.Popen[bytes], wall_s: float, wait: Callable[[], None]) -> int:
    """The exit status of a process. Raises TimeoutExpired after some seconds, and what `wait` raises."""
    end = time.monotonic() + wall_s
    while True:
        wait()
        try:
            return process.wait(min(_EVERY_S, max(end - time.monotonic(), 0)))
        except subprocess.TimeoutExpired:
            if time.monotonic() >= end:
                raise


def _reason(status: int, words: bytes, limits: Limits) -> str:
    """What a reader did, by its exit status and last words; "" for one that came to its end."""
    import signal  # noqa: PLC0415 (only here)

    if status == 0:
        return ""
    if -status == getattr(signal, "SIGXCPU", None):
        return f"was stopped after {_seconds(limits.processor_s)}"
    if status == _OUT_OF_MEMORY or any(word in words for word in (b"memory allocation", b"MemoryError", b"bad_alloc")):
        return "ran out of memory"
    if -status == getattr(signal, "SIGKILL", None):
        return "was stopped by the system, which may have run out of memory"
    return "broke"


def _seconds(number: float) -> str:
    return "1 second" if number == 1 else f"{number:g} seconds"


def _limit(memory: int, processor_s: int) -> None:
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 (not on Windows)

    for what, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, processor_s), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _save(sheets: list[Sheet], out: Path) -> None:
    import pyarrow as pa  # noqa: PLC0415 (after the limits are set)

    answer = []
    for number, sheet in enumerate(sheets):
        columns = [pa.array(sheet.cells.lines, pa.int64()), *(sheet.cells.column(name) for name in sheet.cells.names)]
        batch = pa.record_batch(columns, [str(position) for position in range(len(columns))])
        with pa.OSFile(str(out / f"{number}.arrow"), "wb") as file, pa.ipc.new_file(file, batch.schema) as writer:
            writer.write_batch(batch)
        about = {"names": sheet.cells.names, "title": sheet.title, "is_hidden": sheet.is_hidden, "told": sheet.told}
        answer.append({**about, "rejected": sheet.rejected, "repairs": sheet.repairs})
    _answer(out, {"sheets": answer})


def _answer(out: Path, content: dict[str, Any]) -> None:
    # Names in a file may be no Unicode: as escapes they are still JSON.
    (out / _ANSWER).write_text(json.dumps(content), encoding="ascii")


def _load(out: Path, file: str) -> list[Sheet]:
    import pyarrow as pa  # noqa: PLC0415 (only for a file that was read)

    from geodata.importers.files.sheet import Sheet  # noqa: PLC0415 (as above)
    from geodata.importers.tables.cells import Cells  # noqa: PLC0415 (as above)

    answer = json.loads((out / _ANSWER).read_text(encoding="ascii"))
    if "problems" in answer:
        raise DataError([Problem(**problem) for problem in answer["problems"]])
    sheets = []
    for number, about in enumerate(answer["sheets"]):
        place = str(out / f"{number}.arrow")
        # A mapped file outlives its name, but not on Windows.
        source = pa.OSFile(place) if sys.platform == "win32" else pa.memory_map(place)
        with source, pa.ipc.open_file(source) as reader:
            lines, *columns = reader.get_batch(0).columns
        names = tuple(about["names"])
        cells = Cells(file, names, lines.to_numpy(), dict(zip(names, columns, strict=True)))
        rejected, repairs = (tuple((row[0], row[1], row[2]) for row in about[key]) for key in ("rejected", "repairs"))
        sheets.append(Sheet(cells, about["title"], about["is_hidden"], tuple(about["told"]), rejected, repairs))
    return sheets


def main(kind: str, path: str, out: str, given: str) -> int:
    """Read a file into the folder `out`; 0 where that came to its end, be it with a refusal."""
    settings = json.loads(given)
    _limit(settings["memory"], settings["processor_s"])
    from geodata.importers.files.archive import read_as  # noqa: PLC0415 (after the limits are set)
    from geodata.importers.files.sheet import Asked  # noqa: PLC0415 (as above)

    asked = Asked(**settings["asked"])
    try:
        _save(read_as(kind, Path(path), asked), Path(out))
    except DataError as error:
        _answer(Path(out), {"problems": [asdict(problem) for problem in error.problems]})
    except RecursionError:
        message = "the file is nested too deep (expected a table or a layer)."
        _answer(Path(out), {"problems": [asdict(Problem(asked.file, 0, "", "", message))]})
    except MemoryError:
        return _OUT_OF_MEMORY
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
