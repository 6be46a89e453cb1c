"""What a long export says on stderr: a bar on a terminal, else a line for each file."""

from __future__ import annotations

import sys
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


class Told:
    """Tells of files as they are done, of `total`, while it is open. Words go to stderr as they are, without markup."""

    def __init__(self, total: int) -> None:
        self._console = Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=True)
        name = TextColumn("{task.description}", markup=False)
        columns = (name, BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        self._bar = Progress(*columns, console=self._console, transient=True, disable=not sys.stderr.isatty())
        self._task = self._bar.add_task("drawing", total=total)

    def __enter__(self) -> Told:
        self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self._bar.stop()

    def next(self, name: str) -> None:
        """Say what is being drawn, where a bar shows it."""
        self._bar.update(self._task, description=name)

    def done(self, what: str, name: str) -> None:
        """One file more: "made", "unchanged". A bar moves; without one it is a line."""
        self._bar.advance(self._task)
        if self._bar.disable:
            print(f"{what} {name}", file=sys.stderr)

    def failed(self, name: str, reason: object) -> None:
        """One file fewer, and why: a line in any case."""
        self._bar.advance(self._task)
        line = f"failed {name}: {reason}"
        if self._bar.disable:
            print(line, file=sys.stderr)
        else:
            self._bar.console.print(line)
