"""Reading data sets: one module a format, one catalogue, several sets as one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from geodata.errors import DataError, Problem
from geodata.importers import flat, folder
from geodata.importers.merge import in_its_folder

if TYPE_CHECKING:
    from geodata.record.columns import Columns

BUNDLED = Path(__file__).parents[1] / "data" / "kazakhstan-2022"


class Format(Protocol):
    """What a module of this package has: `recognises` a path by its looks, reads it or raises DataError."""

    def recognises(self, path: Path) -> bool:
        """Whether the path looks like this format."""

    def read(self, path: Path) -> Columns:
        """The whole set in columns, every relation in it resolved."""


# The catalogue. A new format is one module here and one line.
FORMATS: tuple[Format, ...] = (folder, flat)


def read_columns(*paths: Path) -> Columns:
    """The data sets at `paths` as one, of any size. Raises DataError with every problem of all of them.

    An event or claim id may stand in one set only; the same source or place may stand in several, if it is
    equal (of a place, undated names may differ). Of several sets, a problem's file is named with its folder.
    """
    problems: list[Problem] = []
    found: dict[Path, Columns] = {}
    for path in dict.fromkeys(paths):
        try:
            found[path] = _format(path).read(path)
        except DataError as error:
            problems += [in_its_folder(problem, path) if len(paths) > 1 else problem for problem in error.problems]
    if len(found) == 1 and not problems:
        return next(iter(found.values()))
    from geodata.importers.merge import merged  # noqa: PLC0415

    columns = merged(found, problems) if found else None
    if problems or columns is None:
        raise DataError(problems)
    return columns


def _format(path: Path) -> Format:
    for kind in FORMATS:
        if kind.recognises(path):
            return kind
    seen = "the file is in no known format" if path.exists() else "there is nothing at this path"
    files, tables = ", ".join(sorted(folder.COLUMNS)), ", ".join(flat.SUFFIXES)
    message = f"{seen} (expected a folder with {folder.PACKAGE}, {files}, or a table: {tables})."
    raise DataError([Problem(str(path), 0, "", str(path), message)])
