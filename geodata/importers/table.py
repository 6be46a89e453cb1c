"""A table of any kind, one row an event: a text, a sheet, a layer; its own columns, those of a known layout, or others.

Nothing is lost: a row is accepted, accepted with a repair, or rejected with its line, column, value and reason; more
rejected rows than may be refuse the file. What only the file's owner knows is asked (`geodata.errors.Unclear`).

A row without an id is called by the file and its line: row 2 of events.csv is events-R2.
"""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from geodata.errors import DataError, Problem, Unclear, grouped
from geodata.importers.columns import flat
from geodata.importers.files.sheet import Sheet
from geodata.importers.how import HowToRead
from geodata.importers.mapping.mapping import Mapping
from geodata.importers.progress import VALUES
from geodata.importers.rows.flat import name_of
from geodata.importers.sheets import Joined
from geodata.importers.tables.cells import Cells
from geodata.importers.translate import ids
from geodata.importers.translate.report import Report
from geodata.importers.translate.table import translated
from geodata.importers.understand import Understood, open_table
from geodata.record.columns import SCHEMAS, Columns
from geodata.record.model import FileRead

# As many problems are said one by one when a file is refused.
MOST_SAID = 1_000
MOST_TOLD = 60


@dataclass(frozen=True, slots=True)
class Flat:
    """A table as a flat one: its `sheets`, what they mean, and `cells`, whose rows are those of the numbers `rows`:
    the ones that the `report` does not refuse. `city` is the id of the one that all of it is in, "" for many tables."""

    sheets: Joined
    what: Understood
    report: Report
    cells: Cells
    rows: Any
    city: str


def read(path: Path, sheets: Sequence[Sheet], mapping: Mapping, how: HowToRead) -> Columns:
    """Read a table of any size, given the sheets of its file and its mapping.

    Raises DataError where it cannot be read, or too many of its rows cannot; Unclear where it has to be said first
    what a column or its values mean.
    """
    found = as_flat(path, sheets, mapping, how)
    settled = {**found.report.points, **found.what.meaning.places}
    columns, rows, problems = flat.read(name_of(path), found.cells, settled, how.progress, found.city)
    _refuse_misfits(found, found.rows[rows], problems)
    _refuse_too_many(found, how)
    _tell(path, found)
    originals = found.sheets.originals(np.delete(found.rows, rows))
    return Columns(columns.name, columns.title, {**columns.tables, **_told(path, found), "originals": originals})


def as_flat(path: Path, given: Sequence[Sheet], mapping: Mapping, how: HowToRead) -> Flat:
    """What stands in a table, in the columns of a flat one. Raises as `read` does."""
    sheets, what = open_table(given, mapping, how)
    if what.questions:
        raise Unclear(path.name, what.toml(()), what.questions)
    how.progress(VALUES, 0, len(sheets.cells))
    found = translated(sheets.cells, what.meaning, sheets.file_of)
    report = found.report
    if report.questions:
        raise Unclear(path.name, what.toml(report.questions), report.questions)
    report.told[:0] = [*sheets.told, *what.told]
    report.repairs[:0] = sheets.repairs
    report.is_repaired |= sheets.is_repaired()
    again = ids.repeated(sheets.cells, found.cells.column("event_id")) & ~report.is_refused
    if again.any():
        report.told.append(f"{again.sum():,} rows stand in the file twice, alike in every cell: once is enough.")
    older = ids.superseded(sheets.cells, found.cells.column("event_id"), what.meaning, report)
    is_left = ~(report.is_refused | again | older)
    more, cells = ids.by_actor(sheets.cells, found.cells, what.meaning, is_left)
    if more.any():
        report.told.append(f"{more.sum():,} rows say who else took part in an event: each event has them all.")
    left = np.flatnonzero(is_left & ~more)
    return Flat(sheets, what, report, sheets.named(cells, left), left, found.city)


def _refuse_misfits(found: Flat, rows: Any, problems: list[list[Problem]]) -> None:
    """Note what the rules for flat tables say of rows, by the headings and values of the file."""
    for row, (first, *_) in zip(rows.tolist(), problems, strict=True):
        heading = found.what.meaning.heading_of(first.column)
        found.report.refuse(np.array([row]), heading, first.column or "row", first.message)


def _refuse_too_many(found: Flat, how: HowToRead) -> None:
    sheets, report = found.sheets, found.report
    refused = int(report.is_refused.sum()) + len(sheets.rejected)
    count = len(sheets.cells) + len(sheets.rejected)
    if refused > how.max_reject_share * count:
        problems = sorted((*sheets.rejected, *report.problems), key=lambda problem: problem.line)
        share = f"{refused / count:.0%} of {count:,} rows cannot be read, and {how.max_reject_share:.0%} may be"
        why = f"{sheets.cells.file}: {share} (--max-reject-share {_up(refused / count)} takes the others)."
        raise DataError(problems[:MOST_SAID], more=max(refused - min(len(problems), MOST_SAID), 0), why=why)


def _up(share: float) -> str:
    """A share in hundredths, rounded up."""
    return f"{min(math.ceil(share * 100) / 100, 1):.2f}"


def _tell(path: Path, found: Flat) -> None:
    """Say in the log what was decided, repaired and rejected; like ones as one sentence."""
    sheets, report = found.sheets, found.report
    told = [f"{path.name}: {words}" for words in report.told]
    told += [f"repaired: {words}" for words in grouped(report.repairs, report.counts)]
    told += [f"rejected: {words}" for words in grouped((*sheets.rejected, *report.problems), report.counts)]
    for words in told[:MOST_TOLD]:
        logging.getLogger(__name__).warning("%s", words)
    if len(told) > MOST_TOLD:
        logging.getLogger(__name__).warning("%s: %s more sentences are not shown.", path.name, len(told) - MOST_TOLD)


def _told(path: Path, found: Flat) -> dict[str, pa.Table]:
    """The tables that say how the file was read."""
    sheets, report = found.sheets, found.report
    refused = int(report.is_refused.sum()) + len(sheets.rejected)
    file = FileRead(
        path.name,
        found.what.title,
        rows=len(sheets.cells) + len(sheets.rejected),
        repaired=int((report.is_repaired & ~report.is_refused).sum()),
        rejected=refused,
        headings=sheets.headings,
        credit=found.what.credit,
    )
    first: dict[int, Problem] = {}
    for row, problem in zip(report.rows, report.problems, strict=True):
        first.setdefault(row, problem)
    rejected = [(problem, json.dumps(sheets.row(row), ensure_ascii=False)) for row, problem in sorted(first.items())]
    rejected += [(problem, problem.value) for problem in sheets.rejected]
    return file_tables(file, report.told, report.repairs, rejected)


def file_tables(
    file: FileRead, told: Iterable[str], repairs: Iterable[Problem], rejected: Iterable[tuple[Problem, str]]
) -> dict[str, pa.Table]:
    """The tables that say how a file was read; what was told, repaired and rejected, each rejected row with what stands
    in it."""
    rows = [_notice("told", Problem(file.file, 0, "", "", words)) for words in told]
    rows += [_notice("repaired", problem) for problem in repairs]
    rows += [_notice("rejected", problem) | {"row": row} for problem, row in rejected]
    return {
        "files": pa.Table.from_pylist([asdict(file)], SCHEMAS["files"]),
        "notices": pa.Table.from_pylist(rows, SCHEMAS["notices"]),
    }


def _notice(kind: str, problem: Problem) -> dict[str, Any]:
    return {
        "file": problem.file, "kind": kind, "line": problem.line, "heading": problem.column, "value": problem.value,
        "rule": problem.rule, "message": problem.message, "row": "",
    }  # fmt: skip
