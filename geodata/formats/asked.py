"""What is asked of a writer of a format, and what it had to leave out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geodata.store.result import Result

CHUNK = 1 << 16


@dataclass(slots=True)
class Losses:
    """What a file does not say of what was asked: sentences with counts, in the order in which they were met."""

    _counts: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, count: int, one: str, many: str) -> None:
        """Count what is lost in one way, which `one` and `many` say with "{n}" for the number."""
        if count:
            self._counts[one, many] = self._counts.get((one, many), 0) + count

    def sentences(self) -> list[str]:
        """One for each way in which something was lost; none where nothing was."""
        return [(one if n == 1 else many).format(n=f"{n:,}") for (one, many), n in self._counts.items()]


@dataclass(frozen=True, slots=True)
class Asked:
    """The events to be written, with the name and title of their data, and the options of the format.

    `hxl` asks for a second header row of HXL tags, `geoparquet` says which version. What the writer leaves out is in
    `losses` once all has been written.
    """

    result: Result
    name: str
    title: str
    hxl: bool = False
    geoparquet: str = "1.1"
    losses: Losses = field(default_factory=Losses)


def chunks(path: Path) -> Iterator[bytes]:
    """The content of a file, piece by piece."""
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            yield piece
