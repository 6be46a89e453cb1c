"""How far a file is read, as one line of a terminal that is written over; nothing where nobody looks."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from geodata.importers.progress import Meter, Progress, silent

_EVERY_S = 0.2
_CLEAR = "\r\x1b[K"


@contextmanager
def progress_line() -> Iterator[Progress]:
    """What tells the terminal of stderr how far it is, until it is done; `silent` without a terminal."""
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
