"""Several data sets as one: an id of an event or a claim may be in one set only, one of a source or a place in several.

A source must be the same in all of them; so must a place, but for its undated names, which are put together.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.errors import Problem
from geodata.importers.layouts import LAYOUTS
from geodata.record.columns import SCHEMAS, Columns

Row = dict[str, Any]
Rows = Any  # (n,) row numbers
_IDS = {"events": "event_id", "claims": "claim_id", "sources": "source_id", "places": "place_id"}
# What tables of vetted events are called, by what those of the same events before are.
_VETTED = {layout.unvetted_title: layout.title for layout in LAYOUTS if layout.unvetted_title}
# Columns with the number of a row of another table.
_REFERENCES = (
    *(("sites", "event", "events"), ("sites", "place", "places"), ("claims", "event", "events")),
    *(("originals", "event", "events"), ("originals", "file", "files")),
)
ONCE, EQUAL = "once", "equal in every set"
_RULES = {"events": ONCE, "claims": ONCE, "sources": EQUAL, "places": EQUAL}


def in_its_folder(problem: Problem, path: Path) -> Problem:
    """The problem with its file named by its folder too."""
    if problem.file == str(path):
        return problem
    return replace(problem, file=str(path / problem.file if path.is_dir() else path.with_name(problem.file)))


def _file(path: Path, name: str) -> Path:
    """A file of a data set: in its folder, or the table itself."""
    return path / name if path.is_dir() else path


def without_unvetted(sets: Mapping[Path, Columns]) -> dict[Path, Columns]:
    """The sets, those of unvetted events without the ones that a set of vetted events has; that is told."""
    kinds = {path: set(part["files"]["format"].to_pylist()) for path, part in sets.items()}
    found = dict(sets)
    for path, part in sets.items():
        titles = {_VETTED[kind] for kind in kinds[path] if kind in _VETTED}
        others = [sets[other]["events"]["event_id"] for other in sets if kinds[other] & titles]
        if not others:
            continue
        ids = part["events"]["event_id"]
        is_again = pc.is_in(ids, pa.concat_arrays([array for other in others for array in other.chunks]))
        if count := pc.sum(is_again).as_py():
            words = f"{count:,} of its events are in {' and '.join(sorted(titles))} too, whose vetted rows are read."
            logging.getLogger(__name__).warning("%s: %s", path.name, words)
            found[path] = _without_events(part, np.asarray(is_again), path.name, words)
    return found


def _without_events(part: Columns, is_gone: Any, file: str, words: str) -> Columns:
    """A set without some of its events, (n,) booleans, and with a sentence on why."""
    numbers = np.cumsum(~is_gone) - 1
    gone = set(part["events"]["event_id"].filter(pa.array(is_gone)).to_pylist())
    tables = dict(part.tables) | {"events": part["events"].filter(pa.array(~is_gone))}
    for name in ("sites", "claims", "originals"):
        events = np.asarray(part[name]["event"])
        left = part[name].filter(pa.array(~is_gone[events]))
        renumbered = pa.array(numbers[events[~is_gone[events]]].astype(np.int32))
        tables[name] = left.set_column(left.column_names.index("event"), "event", renumbered)
    names = [
        row | {"event_ids": [event_id for event_id in row["event_ids"] if event_id not in gone]}
        for row in part["unsettled"].to_pylist()
    ]
    tables["unsettled"] = pa.Table.from_pylist([row for row in names if row["event_ids"]], SCHEMAS["unsettled"])
    blank = {field.name: 0 if pa.types.is_integer(field.type) else "" for field in SCHEMAS["notices"]}
    notice = pa.Table.from_pylist([blank | {"file": file, "kind": "told", "message": words}], SCHEMAS["notices"])
    tables["notices"] = pa.concat_tables([part["notices"], notice])
    return Columns(part.name, part.title, tables)


def citing_itself(columns: Columns, file: str) -> Columns:
    """A table's set in which the events without a source cite the `file`: so several sets are told apart."""
    from geodata.importers.checks.names import text_id  # noqa: PLC0415 (one set alone does without)

    events, sources = columns["events"], columns["sources"]
    cited = events["source_ids"].combine_chunks()
    is_bare = pc.equal(pc.list_value_length(cited), 0)
    if not pc.any(is_bare).as_py():
        return columns
    own_id = text_id(file)
    if not pc.any(pc.equal(sources["source_id"], own_id)).as_py():
        blank = {field.name: "" if pa.types.is_string(field.type) else None for field in sources.schema}
        own = pa.Table.from_pylist([blank | {"source_id": own_id, "title": file}], sources.schema)
        sources = pa.concat_tables([sources, own])
    own_ids = pa.array([[own_id]], cited.type).take(pa.repeat(0, len(events)))
    cited = pc.if_else(is_bare, own_ids, cited)
    events = events.set_column(events.column_names.index("source_ids"), "source_ids", cited)
    return replace(columns, tables={**columns.tables, "events": events, "sources": sources})


def merged(sets: Mapping[Path, Columns], problems: list[Problem]) -> Columns:
    """The data sets at some paths as one, in their order; an id in two sets that may not be is a problem."""
    parts = list(sets.values())
    tables = {name: pa.concat_tables([part[name] for part in parts]).combine_chunks() for name in SCHEMAS}
    firsts = {name: _first_rows(tables[name][column]) for name, column in _IDS.items()}
    is_first = {name: rows == np.arange(len(rows)) for name, rows in firsts.items()}
    places = {name: (np.cumsum(is_first[name]) - 1)[rows] for name, rows in firsts.items()}
    places["files"] = np.arange(len(tables["files"]))
    for name, column, of in _REFERENCES:
        before = np.cumsum([0, *(len(part[of]) for part in parts[:-1])])
        rows = np.asarray(tables[name][column]) + np.repeat(before, [len(part[name]) for part in parts])
        found = pa.array(places[of][rows].astype(np.int32))
        tables[name] = tables[name].set_column(tables[name].column_names.index(column), column, found)
    for name in _IDS:
        ends = np.cumsum([len(part[name]) for part in parts])
        table = _compared(name, tables[name], firsts[name], _Paths(list(sets), ends), problems)
        tables[name] = table.filter(pa.array(is_first[name]))
    name, title = "+".join(part.name for part in parts), "; ".join(part.title for part in parts)
    return Columns(name, title, tables)


def _first_rows(ids: pa.ChunkedArray) -> Rows:
    """For each row the first one with its id."""
    codes = np.asarray(ids.combine_chunks().dictionary_encode().indices)
    return np.unique(codes, return_index=True)[1][codes]


@dataclass(frozen=True)
class _Paths:
    """The paths of sets, and the numbers of the rows at which each ends."""

    paths: Sequence[Path]
    ends: Rows

    def of(self, row: int) -> Path:
        return self.paths[int(np.searchsorted(self.ends, row, side="right"))]


def _compared(name: str, table: pa.Table, firsts: Rows, paths: _Paths, problems: list[Problem]) -> pa.Table:
    """The table with what several sets say of the first of the rows with an id; a problem for each row that differs."""
    again = np.flatnonzero(firsts != np.arange(len(firsts)))
    known: dict[int, Row] = {}
    earlier, later = (table.take(pa.array(rows)).to_pylist() for rows in (firsts[again], again))
    for number, first, row in zip(again.tolist(), earlier, later, strict=True):
        at = int(firsts[number])
        if both := _both(name, known.get(at, first), row):
            known[at] = both
            continue
        key, file = row[_IDS[name]], f"{name}.csv"
        message = f"{key!r} is in {_file(paths.of(at), file)} too (expected {_RULES[name]})."
        problems.append(Problem(str(_file(paths.of(number), file)), 0, _IDS[name], key, message))
    return _with_names(table, known) if name == "places" else table


def _both(name: str, first: Row, row: Row) -> Row | None:
    """What two sets say of one source or place; None where they differ, or an event or a claim is in two."""
    if _RULES[name] == ONCE:
        return None
    if first == row:
        return first
    if name != "places" or _labelled(first) != _labelled(row):
        return None
    return first | {"names": [*first["names"], *(called for called in row["names"] if called not in first["names"])]}


def _labelled(place: Row) -> Row:
    return place | {"names": [called for called in place["names"] if called["since"] or called["until"]]}


def _with_names(table: pa.Table, places: Mapping[int, Row]) -> pa.Table:
    """The table of the places with the names of some of its rows."""
    names = table["names"].combine_chunks()
    others = pa.array([place["names"] for place in places.values()], names.type)
    rows = np.arange(len(table))
    rows[list(places)] = len(table) + np.arange(len(places))
    found = pa.concat_arrays([names, others]).take(pa.array(rows))
    return table.set_column(table.column_names.index("names"), "names", found)
