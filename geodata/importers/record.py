"""A whole record in one file, as our own exports have it: a workbook, a GeoPackage, GeoJSON or a packed data folder.

Its tables become the texts of a data folder, and are read by the rules of one.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.errors import ChoiceError, DataError, Problem, grouped
from geodata.importers.columns import folder
from geodata.importers.columns.sites import with_sites
from geodata.importers.files.sheet import Sheet
from geodata.importers.how import RECORD
from geodata.importers.rows.flat import name_of
from geodata.importers.rows.folder import Known
from geodata.importers.rows.package import COLUMNS, FILES, OPTIONAL, PACKAGE, TABLES, Folder, in_order, lacking
from geodata.importers.sheets import say_rows
from geodata.importers.table import file_tables
from geodata.importers.tables.cells import Cells
from geodata.importers.tables.records import nearest, plain, shown
from geodata.record.columns import Columns
from geodata.record.model import FileRead

# Columns of our exports that follow from the other tables.
_DERIVED = ("places", "geo_precision", "admin1")
_MAY_LACK = {
    "places": ("notes",),
    "sites": ("country",),
    **{file.removesuffix(".csv"): columns for file, columns in OPTIONAL.items()},
}
_WHERE = (
    "Where events were is read from the tables sites and places. The columns places, geo_precision, admin1 and, of "
    "events with sites, country in the table events only repeat it."
)
_NO_SITE = "the table sites does not say where this is: it is listed by its name, as a place that is not settled."


@dataclass(slots=True)
class _Said:
    """What is to be said of how a file was read."""

    told: list[str] = field(default_factory=list)
    repairs: list[Problem] = field(default_factory=list)


def is_given(sheets: Sequence[Sheet]) -> bool:
    """Whether the sheets of a file are a whole record."""
    return not _lacking(sheets)


def _lacking(sheets: Sequence[Sheet]) -> list[str]:
    return lacking({table: sheet.cells.columns for table, sheet in _named(sheets).items()})


def read(path: Path, sheets: Sequence[Sheet]) -> Columns:
    """Read the sheets of a file that are a whole record. Raises DataError with every problem of all of them,
    ChoiceError where they are none."""
    if lost := _lacking(sheets):
        words = f"lacks {', '.join(lost)} with their ids (expected the tables {', '.join(TABLES)})"
        raise ChoiceError("format", f"{path.name} is no whole record: it {words}.")
    named, said, problems = _named(sheets), _Said(), list[Problem]()
    found = _folder(path, named, said, problems)
    columns = folder.columns_of(found, problems)
    counts = ", ".join(_count(len(columns[table]), table) for table in ("events", "claims", "sources", "places"))
    told = [f"The file is a whole record and is read as one: {counts}.", *said.told]
    for words in (*(f"{path.name}: {words}" for words in told), *grouped(said.repairs)):
        logging.getLogger(__name__).warning("%s", words)
    repaired = len({(problem.file, problem.line) for problem in said.repairs})
    file = FileRead(path.name, RECORD, len(columns["events"]), repaired, rejected=0)
    tables = file_tables(file, told, said.repairs, ())
    return Columns(columns.name, columns.title, {**columns.tables, **tables})


def _named(sheets: Sequence[Sheet]) -> dict[str, Sheet]:
    is_packed = any(sheet.title == PACKAGE for sheet in sheets)
    return {sheet.title.removesuffix(".csv") if is_packed else sheet.title: sheet for sheet in sheets}


def _folder(path: Path, named: dict[str, Sheet], said: _Said, problems: list[Problem]) -> Folder:
    """The texts of a data folder with the same record. Raises DataError where a table is not one of a record."""
    about = named.pop(PACKAGE, None)
    tables = {table: named.pop(table) for table in TABLES if table in named}
    has_sites = "sites" in tables
    wanted = TABLES if has_sites else {file.removesuffix(".csv"): columns for file, columns in COLUMNS.items()}
    said.told += [_WHERE] if has_sites else []
    cells = {
        table: _checked(sheet, (table, wanted[table]), path.name, said, problems) for table, sheet in tables.items()
    }
    if problems:
        raise DataError(in_order(problems, [each.file for each in cells.values()]))
    if has_sites:
        cells["events"] = _with_sites(cells, said, problems)
    if others := [sheet for sheet in named.values() if sheet.cells.columns]:
        said.told.append(f"Not read: {say_rows(others)}.")
    name, title = (about.cells.columns[c][0].as_py() if about else name_of(path) for c in ("name", "title"))
    return Folder(name, title, {file: cells[file.removesuffix(".csv")] for file in FILES})


def _checked(
    sheet: Sheet, table: tuple[str, tuple[str, ...]], file: str, said: _Said, problems: list[Problem]
) -> Cells:
    """The cells of a table, given its name and columns, under the name by which messages call it; what it lacks goes to
    `problems`."""
    name, columns = table
    title = sheet.title if sheet.title.endswith(".csv") else f"sheet {sheet.title}"
    where = f"{file}, {title}"
    given = [*sheet.cells.columns]
    others = [column for column in given if column not in columns and (name != "events" or column not in _DERIVED)]
    for column in columns:
        if column not in given and column not in _MAY_LACK.get(name, ()):
            found = plain(", ".join(given), 1_000)
            problems.append(
                Problem(where, 0, column, "", f"the column is missing; found {found}{nearest(column, others)}.")
            )
    problems += [Problem(where, line, "", text[:200], message) for line, message, text in sheet.rejected]
    said.repairs += [Problem(where, line, column, "", words, "repair") for line, column, words in sheet.repairs]
    said.told += [f"{title}: {words}" for words in sheet.told]
    if others:
        word = "1 column is" if len(others) == 1 else f"{len(others)} columns are"
        said.told.append(f"{title}: {word} not read: {', '.join(map(shown, others))}.")
    return replace(sheet.cells, file=where, names=columns)


def _with_sites(cells: dict[str, Cells], said: _Said, problems: list[Problem]) -> Cells:
    """The events of a data folder, of the tables of a record in one file."""
    events = cells["events"]
    found = with_sites(
        events, cells["sites"], (_known(events, "event_id"), _known(cells["places"], "place_id")), problems
    )
    is_bare = events.is_given("places") & ~found.is_given("sites") & ~found.is_given("unsettled")
    names = events.column("places")
    for row in np.flatnonzero(is_bare).tolist():
        line, name = int(events.lines[row]), names[row].as_py()
        said.repairs.append(Problem(events.file, line, "places", name, f"{shown(name)}: {_NO_SITE}", "repair"))
    unsettled = pc.if_else(pa.array(is_bare), names, found.column("unsettled"))
    return replace(found, columns={**found.columns, "unsettled": unsettled})


def _count(count: int, table: str) -> str:
    return f"{count:,} {table.removesuffix('s') if count == 1 else table}"


def _known(cells: Cells, column: str) -> Known:
    return Known(cells.file, column, complete=True, ids=dict.fromkeys(cells.column(column).to_pylist()))
