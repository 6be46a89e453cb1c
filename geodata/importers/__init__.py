"""Reading data sets: one module a format, one catalogue, several sets as one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Protocol, TypeVar

from geodata.errors import DataError, Problem
from geodata.importers import flat, folder
from geodata.model import Claim, Dataset, Event, Place, Source

BUNDLED = Path(__file__).parents[1] / "data" / "kazakhstan-2022"


class Format(Protocol):
    """What a module of this package has: `recognises` a path by its looks, `read` it or raise DataError."""

    def recognises(self, path: Path) -> bool:
        """Whether the path looks like this format."""

    def read(self, path: Path) -> Dataset:
        """The whole set, every relation in it resolved."""


# The catalogue. A new format is one module here and one line.
FORMATS: tuple[Format, ...] = (folder, flat)

T = TypeVar("T", Event, Claim, Source, Place)


def read_data(*paths: Path) -> Dataset:
    """The data sets at `paths` as one. Raises DataError with every problem of all of them.

    An event or claim id may stand in one set only; the same source or place may stand in several, if it is
    equal (of a place, undated names may differ). Of several sets, a problem's file is named with its folder.
    """
    problems: list[Problem] = []
    found: dict[Path, Dataset] = {}
    for path in dict.fromkeys(paths):
        try:
            found[path] = _read(path)
        except DataError as error:
            problems += [_named(problem, path) if len(paths) > 1 else problem for problem in error.problems]
    sets = list(found.items())
    dataset = Dataset(
        name="+".join(part.name for _, part in sets),
        title="; ".join(part.title for _, part in sets),
        events=_merge("events.csv", "event_id", ((path, part.events) for path, part in sets), problems),
        claims=_merge("claims.csv", "claim_id", ((path, part.claims) for path, part in sets), problems),
        sources=_merge("sources.csv", "source_id", ((path, part.sources) for path, part in sets), problems),
        places=_merge("places.csv", "place_id", ((path, part.places) for path, part in sets), problems),
        unsettled=tuple(name for _, part in sets for name in part.unsettled),
    )
    if problems:
        raise DataError(problems)
    return dataset


def _read(path: Path) -> Dataset:
    for kind in FORMATS:
        if kind.recognises(path):
            return kind.read(path)
    seen = "the file is in no known format" if path.exists() else "there is nothing at this path"
    files, tables = ", ".join(sorted(folder.COLUMNS)), ", ".join(flat.SUFFIXES)
    message = f"{seen} (expected a folder with {folder.PACKAGE}, {files}, or a table: {tables})."
    raise DataError([Problem(str(path), 0, "", str(path), message)])


def _named(problem: Problem, path: Path) -> Problem:
    return problem if problem.file == str(path) else replace(problem, file=str(_file(path, problem.file)))


def _file(path: Path, name: str) -> Path:
    """A file of a data set: in its folder, or the table itself."""
    return path / name if path.is_dir() else path


def _merge(
    file: str, column: str, sets: Iterable[tuple[Path, tuple[T, ...]]], problems: list[Problem]
) -> tuple[T, ...]:
    merged: dict[str, tuple[Path, T]] = {}
    for path, rows in sets:
        for row in rows:
            key = getattr(row, column)
            first_path, first = merged.setdefault(key, (path, row))
            if first_path == path:
                continue
            if isinstance(row, (Source, Place)) and (both := _both(first, row)):
                merged[key] = (first_path, both)
                continue
            rule = "once" if isinstance(row, (Event, Claim)) else "equal in every set"
            message = f"{key!r} is in {_file(first_path, file)} too (expected {rule})."
            problems.append(Problem(str(_file(path, file)), 0, column, key, message))
    return tuple(row for _, row in merged.values())


def _both(first: T, row: T) -> T | None:
    """What two sets say of one source or place; None where they differ, other than in undated names of a place."""
    if row == first:
        return first
    if not (isinstance(first, Place) and isinstance(row, Place)) or _labelled(first) != _labelled(row):
        return None
    return replace(first, names=tuple(dict.fromkeys((*first.names, *row.names))))


def _labelled(place: Place) -> Place:
    return replace(place, names=tuple(name for name in place.names if name.is_dated))
