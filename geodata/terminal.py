"""What a command says and gives: data to stdout or a file, words to stderr, and how far it is, as one line of a
terminal that is written over; nothing where nobody looks."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.errors import GeodataError
from geodata.files import write_whole

if TYPE_CHECKING:
    from geodata.importers.progress import Meter, Progress

_EVERY_S = 0.2
_CLEAR = "\r\x1b[K"


@contextmanager
def progress_line() -> Iterator[Progress]:
    """What tells the terminal of stderr how far it is, until it is done; `silent` without a terminal."""
    from geodata.importers.progress import Meter, silent  # noqa: PLC0415 (numpy, which --help does without)

    if not sys.stderr.isatty():
        yield silent
        return
    meter, shown = Meter(), 0.0

    def tell(step: str, done: int, rows: int) -> None:
        nonlocal shown
        is_new = step != meter.step
        meter(step, done, rows)
        if is_new or time.monotonic() - shown > _EVERY_S:
            shown = time.monotonic()
            sys.stderr.write(f"{_CLEAR}{_words(meter)}")
            sys.stderr.flush()

    try:
        yield tell
    finally:
        sys.stderr.write(_CLEAR)
        sys.stderr.flush()


def _words(meter: Meter) -> str:
    if meter.done:
        return f"{meter.step}: {meter.done:,} of {meter.rows:,} rows, {meter.rate:,} a second"
    return f"{meter.step}: {meter.rows:,} rows" if meter.rows else f"{meter.step} ..."


def give_text(pieces: Iterable[str], out: Path | None = None) -> None:
    """Write text to a file, whole or not at all, or to stdout. Raises GeodataError."""
    give((piece.encode() for piece in pieces), out)  # UTF-8, whatever the terminal says of itself


def give(pieces: Iterable[bytes], out: Path | None = None) -> None:
    """As `give_text`, of bytes."""
    try:
        if out is None:
            sys.stdout.buffer.writelines(pieces)
            sys.stdout.flush()
        else:
            write_whole(out, pieces)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise GeodataError(f"Cannot write {str(out or 'the output')!r}: {error.strerror}.") from error


def give_words(*words: object, status: int = 0) -> int:
    """Say lines on stderr; gives the exit status that goes with them."""
    for line in words:
        print(line, file=sys.stderr)
    return status
