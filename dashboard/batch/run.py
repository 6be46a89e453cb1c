"""A batch file: all figures of a report in one TOML file, read strictly, made in one run, the unchanged ones not again.

    [defaults]                      # of every figure
    data = "my-data"                # a path or several, relative to this file; the bundled data without it
    from = 2022-01-02
    size = "two-column"

    [[figures]]
    out = "figures/overview.pdf"    # the suffix says the format
    categories = ["clash", "protest"]

Keys and values are those of a figure's address.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from dashboard.batch.ledger import Ledger, program
from dashboard.batch.progress import Told
from dashboard.choice.request import FigureRequest, figure_keys
from dashboard.export.files import draw_files, files_of
from dashboard.export.formats import beside, format_of
from geodata.errors import ChoiceError, GeodataError, NothingFound
from geodata.files import write_whole
from geodata.filter import FIELDS
from geodata.store.opening import open_data
from geodata.store.store import Store

MAX_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Figure:
    """One entry of a batch: where to, of which data, what and how. `label` is how a message names it."""

    label: str
    out: Path
    data: tuple[Path, ...]
    request: FigureRequest


@dataclass(slots=True)
class Task:
    """An entry that can be made: its store and the names of its files as `export.files.files_of` has them.

    Without files there is a `problem`: nothing is found that a series could show.
    """

    figure: Figure
    store: Store
    names: tuple[str, ...] = ()
    problem: str = ""


@dataclass(slots=True)
class Counts:
    """How many files a run has made, left as they were, and failed to make."""

    made: int = 0
    unchanged: int = 0
    failed: int = 0

    def __str__(self) -> str:
        return f"made {self.made}, unchanged {self.unchanged}, failed {self.failed}"


def run(path: Path, cache: Path | None = None) -> Counts:
    """Make the figures of a batch file, and tell of each on stderr.

    Everything is read and checked before the first is drawn: ChoiceError has a line for each mistake in the file,
    DataError those in the data. A figure that fails later is told of, and the others are made.
    """
    tasks = prepare(path, cache)
    ledger, counts, folder = Ledger(path.with_suffix(".lock.json")), Counts(), path.parent
    with Told(sum(max(1, len(task.names)) for task in tasks)) as told:
        for task in tasks:
            _make(task, folder, ledger, counts, told)
    ledger.close()
    return counts


def prepare(path: Path, cache: Path | None) -> list[Task]:
    """Read a batch file and check all of it: keys, values, data, and that no two figures have one file."""
    figures = read(path)
    stores: dict[tuple[Path, ...], Store] = {}
    for figure in figures:
        if figure.data not in stores:
            stores[figure.data] = open_data(figure.data, cache)
    tasks, problems, taken = [], [], dict[str, str]()
    for figure in figures:
        task = Task(figure, stores[figure.data])
        tasks.append(task)
        try:
            task.names = files_of(task.store, figure.request)
        except NothingFound as error:
            task.problem = str(error)
        except ChoiceError as error:
            problems.append(f"{figure.label}, key {error.key!r}: {error}")
        for name in task.names:
            file = beside(figure.out, name)
            # Some file systems take Map.svg and map.svg for one.
            first = taken.setdefault(str(file.resolve()).casefold(), figure.label)
            if first != figure.label:
                problems.append(f"{figure.label}, key 'out': {file.name!r} is a file of {first} too.")
    _refuse(problems)
    return tasks


def read(path: Path) -> list[Figure]:
    """The figures of a batch file. Raises GeodataError where there is none, ChoiceError with every mistake in it."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise GeodataError(f"Cannot read {str(path)!r}: {error.strerror}.") from None
    try:
        if len(content) > MAX_BYTES:
            raise ValueError(f"it has {len(content):,} bytes, expected at most {MAX_BYTES:,}")
        found = tomllib.loads(content.decode())
    except (ValueError, RecursionError) as error:
        raise ChoiceError("batch", f"{path.name} is not a TOML file that can be read: {error}.") from None
    problems = [
        f"{path.name}, key {key[:80]!r}: unknown (expected [defaults] and [[figures]])."
        for key in found
        if key not in ("defaults", "figures")
    ]
    defaults, entries = found.get("defaults", {}), found.get("figures", [])
    if not isinstance(defaults, dict):
        problems.append(f"{path.name}, key 'defaults': expected a table, [defaults].")
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
        problems.append(f"{path.name}, key 'figures': expected at least one table, [[figures]].")
    _refuse(problems)
    if "out" in defaults:
        problems.append(f"{path.name}, defaults, key 'out': every figure needs its own.")
    problems += [f"{path.name}, defaults, {problem}" for problem in _misfits(defaults)]
    figures = []
    for number, entry in enumerate(entries, 1):
        label = f"{path.name}, figure {number}" + (f" ({_shown(entry['out'])})" if entry.get("out") else "")
        problems += [f"{label}, {problem}" for problem in _misfits(entry, defaults)]
        if not problems:
            try:
                figures.append(_figure(label, path.parent, {**defaults, **entry}))
            except ChoiceError as error:
                problems.append(f"{label}, key {error.key!r}: {error}.")
    _refuse(problems)
    return figures


def _misfits(values: Mapping[str, Any], defaults: Mapping[str, Any] | None = None) -> Iterator[str]:
    """What cannot be read in a table: a sentence for each key, and for what keys say together."""
    good, known = {}, ("out", "data", *FIELDS, *figure_keys())
    for key, value in values.items():
        if key not in known:
            yield f"key {_shown(key)!r}: unknown (expected one of {', '.join(known)})."
        elif not _plain(value):
            yield f"key {key!r}: expected a text, a number, a day or a list of them."
        elif key in ("out", "data"):
            if not all(isinstance(part, str) for part in (value if isinstance(value, list) else [value])):
                yield f"key {key!r}: expected a path as text."
        else:
            try:
                FigureRequest.parse({key: value}, "svg")
                good[key] = value
            except ChoiceError as error:
                yield f"key {key!r}: {error}"
    if defaults is not None:
        if not isinstance(values.get("out"), str) or not values["out"]:
            yield "key 'out': missing (expected the file to write)."
        try:
            FigureRequest.parse(_choices({**defaults, **good}), "svg")
        except ChoiceError as error:
            yield f"key {error.key!r}: {error}"


def _plain(value: object) -> bool:
    """Whether a value of TOML is one that an address could hold."""
    if isinstance(value, list):
        return all(isinstance(part, (str, int, float)) and not isinstance(part, bool) for part in value)
    day = isinstance(value, date) and not isinstance(value, datetime)
    return day or (isinstance(value, (str, int, float)) and not isinstance(value, bool))


def _choices(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key not in ("out", "data")}


def _figure(label: str, folder: Path, values: Mapping[str, Any]) -> Figure:
    """An entry whose keys and values are known to be good. Raises ChoiceError for a file that cannot be written."""
    out, data = folder / values["out"], values.get("data") or []
    request = FigureRequest.parse(_choices(values), format_of(out, values["out"]))
    paths = tuple(folder / part for part in (data if isinstance(data, list) else [data]))
    return Figure(label, out, paths, request)


def _make(task: Task, folder: Path, ledger: Ledger, counts: Counts, told: Told) -> None:
    """Make the files of an entry that are not as they were; tell of each."""
    figure = task.figure
    files = {name: beside(figure.out, name) for name in task.names or ("",)}
    # With "/" in between, so that the ledger is the same on any system.
    paths = {name: Path(os.path.relpath(file, folder)).as_posix() for name, file in files.items()}
    asked = {name: figure.request.key(program(), task.store.version, name) for name in files}
    left = [name for name in files if not ledger.unchanged(paths[name], asked[name])]
    for name in files:
        if name not in left:
            counts.unchanged += 1
            told.done("unchanged", _shown(paths[name]))
    problem: object = task.problem
    try:
        drawn = draw_files(task.store, figure.request, tuple(left))
        while left and not problem:
            told.next(_shown(paths[left[0]]))
            name, content = next(drawn)
            write_whole(files[name], content)
            ledger.made(paths[name], asked[name], content)
            left.remove(name)
            counts.made += 1
            told.done("made", _shown(paths[name]))
    except GeodataError as error:
        problem = error
    except OSError as error:
        problem = f"Cannot write {_shown(paths[left[0]])!r}: {error.strerror or error}."
    for name in left:
        counts.failed += 1
        told.failed(_shown(paths[name]), problem)


def _refuse(problems: Sequence[str]) -> None:
    if problems:
        raise ChoiceError("batch", "\n".join(problems))


def _shown(text: object) -> str:
    """A text of the file as a message shows it: in one line, not endless."""
    return "".join(char if char.isprintable() else "\ufffd" for char in str(text)[:80])
