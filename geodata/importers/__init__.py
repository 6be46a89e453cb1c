"""Reading data sets: one module a format, one catalogue, several sets as one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from geodata.errors import DataError, Problem
from geodata.importers import flat, folder
from geodata.importers.merge import in_its_folder, merge_rows
from geodata.record.model import Dataset

if TYPE_CHECKING:
    from geodata.record.columns import Columns

BUNDLED = Path(__file__).parents[1] / "data" / "kazakhstan-2022"


class Format(Protocol):
    """What a module of this package has: `recognises` a path by its looks, reads it or raises DataError."""

    def recognises(self, path: Path) -> bool:
        """Whether the path looks like this format."""

    def read(self, path: Path) -> Dataset:
        """The whole set as objects, every relation in it resolved."""

    def read_columns(self, path: Path) -> Columns:
        """The same in columns."""


# The catalogue. A new format is one module here and one line.
FORMATS: tuple[Format, ...] = (folder, flat)


def read_data(*paths: Path) -> Dataset:
    """The data sets at `paths` as one. Raises DataError with every problem of all of them.

    An event or claim id may stand in one set only; the same source or place may stand in several, if it is
    equal (of a place, undated names may differ). Of several sets, a problem's file is named with its folder.
    """
    problems: list[Problem] = []
    found: dict[Path, Dataset] = {}
    for path in dict.fromkeys(paths):
        try:
            found[path] = _format(path).read(path)
        except DataError as error:
            problems += [in_its_folder(problem, path) if len(paths) > 1 else problem for problem in error.problems]
    sets = list(found.items())
    dataset = Dataset(
        name="+".join(part.name for _, part in sets),
        title="; ".join(part.title for _, part in sets),
        events=merge_rows("events.csv", "event_id", ((path, part.events) for path, part in sets), problems),
        claims=merge_rows("claims.csv", "claim_id", ((path, part.claims) for path, part in sets), problems),
        sources=merge_rows("sources.csv", "source_id", ((path, part.sources) for path, part in sets), problems),
        places=merge_rows("places.csv", "place_id", ((path, part.places) for path, part in sets), problems),
        unsettled=tuple(name for _, part in sets for name in part.unsettled),
    )
    if problems:
        raise DataError(problems)
    return dataset


def read_columns(*paths: Path) -> Columns:
    """What `read_data` reads, in columns: of one path without an object for each row, whatever its size.

    Several sets are merged as objects. Raises DataError as `read_data` does.
    """
    if len(set(paths)) == 1:
        return _format(paths[0]).read_columns(paths[0])
    from geodata.record.rows import columns_of  # noqa: PLC0415 (what is read as objects needs no Arrow)

    return columns_of(read_data(*paths))


def _format(path: Path) -> Format:
    for kind in FORMATS:
        if kind.recognises(path):
            return kind
    seen = "the file is in no known format" if path.exists() else "there is nothing at this path"
    files, tables = ", ".join(sorted(folder.COLUMNS)), ", ".join(flat.SUFFIXES)
    message = f"{seen} (expected a folder with {folder.PACKAGE}, {files}, or a table: {tables})."
    raise DataError([Problem(str(path), 0, "", str(path), message)])
