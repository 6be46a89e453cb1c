"""How far the reading of a file is, told to whoever waits for it, who may end it by raising `Cancelled`."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from geodata.errors import GeodataError
from geodata.phrases import page_phrase

READING = page_phrase("Reading the file")
COLUMNS = page_phrase("Understanding the columns")
VALUES = page_phrase("Reading days, points and figures")
COUNTRIES = page_phrase("Finding the countries of the places")
PLACES = page_phrase("Looking up the places")
WRITING = page_phrase("Writing the events")
# Told of a step, the rows that are done with, and of how many; 0 and the number of rows where all are done at once.
Progress: TypeAlias = Callable[[str, int, int], None]


class Cancelled(GeodataError):
    """Nobody waits for the file any more."""


def silent(step: str, done: int, rows: int) -> None:
    """Tell nobody."""


@dataclass(slots=True)
class Meter:
    """What was told last: the step, its rows that are done with, and of how many; and since when it goes on."""

    step: str = READING
    done: int = 0
    rows: int = 0
    began: float = field(default_factory=time.monotonic)

    def __call__(self, step: str, done: int, rows: int) -> None:
        """Note what is told."""
        if step != self.step:
            self.began = time.monotonic()
        self.step, self.done, self.rows = step, done, rows

    @property
    def seconds(self) -> float:
        """How long the step goes on."""
        return time.monotonic() - self.began

    @property
    def rate(self) -> int:
        """Rows a second of the step, 0 where that cannot be said yet."""
        return round(self.done / self.seconds) if self.seconds > 0 else 0
