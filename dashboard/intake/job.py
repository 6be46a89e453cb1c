"""A file that is being added: how far it is, and what came of it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.errors import GeodataError, Question
from geodata.importers.progress import Cancelled, Meter

if TYPE_CHECKING:
    from geodata.importers.preview import Preview
    from geodata.record.model import Unsettled
    from geodata.store.store import Store

ARRIVING, READING, UNCLEAR, OPENED, REFUSED = "arriving", "reading", "unclear", "opened", "refused"


@dataclass(slots=True)
class Part:
    """A file of a job: its name on disk, its size, and how much of it is there, in bytes."""

    name: str
    size: int
    arrived: int = 0


@dataclass(slots=True)
class Job:
    """A file that is being added. `state` is one of the words above; what came of it stands in the rest;
    `said` is the mapping beside it as it was before the last answers."""

    job_id: str
    folder: Path
    parts: list[Part]
    main: int
    state: str = ARRIVING
    heard: float = field(default_factory=time.monotonic)
    meter: Meter = field(default_factory=Meter)
    is_cancelled: bool = False
    preview: Preview | None = None
    questions: tuple[Question, ...] = ()
    error: GeodataError | None = None
    said: str | None = None
    store: Store | None = None
    unsettled: tuple[Unsettled, ...] = ()
    replaced: str = ""

    @property
    def path(self) -> Path:
        """The file to open."""
        return self.folder / self.parts[self.main].name

    def begin(self) -> None:
        """Note that it is read from now on."""
        self.state, self.meter, self.is_cancelled = READING, Meter(), False

    def tell(self, step: str, done: int, rows: int) -> None:
        """Note how far the file is read. Raises Cancelled when nobody waits for it any more."""
        if self.is_cancelled:
            raise Cancelled(f"{self.path.name!r} is not read any more.")
        self.meter(step, done, rows)

    @property
    def is_under_way(self) -> bool:
        """Whether another one has to wait for it."""
        return self.state not in (OPENED, REFUSED)

    @property
    def is_busy(self) -> bool:
        """Whether it is being read."""
        return self.state == READING


class Busy(GeodataError):
    """Another `file` is being added."""

    def __init__(self, file: str) -> None:
        super().__init__(f"{file!r} is being added.")
        self.file = file


class TooLarge(GeodataError):
    """A file of `size` bytes, where at most `most` may be added."""

    def __init__(self, size: int, most: int) -> None:
        super().__init__(f"{size:,} bytes are too many (expected at most {most:,}).")
        self.size, self.most = size, most
