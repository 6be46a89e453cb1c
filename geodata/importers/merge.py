"""Several data sets as one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from geodata.errors import Problem
from geodata.record.model import Claim, Event, Place, Source

T = TypeVar("T", Event, Claim, Source, Place)


def in_its_folder(problem: Problem, path: Path) -> Problem:
    """The problem with its file named by its folder too."""
    return problem if problem.file == str(path) else replace(problem, file=str(_file(path, problem.file)))


def _file(path: Path, name: str) -> Path:
    """A file of a data set: in its folder, or the table itself."""
    return path / name if path.is_dir() else path


def merge_rows(
    file: str, column: str, sets: Iterable[tuple[Path, tuple[T, ...]]], problems: list[Problem]
) -> tuple[T, ...]:
    """The rows of all sets, each id once; an id in two sets that may not be is a problem."""
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
