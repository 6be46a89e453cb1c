"""A table as people keep it in a spreadsheet: its columns found by their names, the others told of.

Text (UTF-8, with commas, semicolons, tabs or bars between the columns) or a workbook: the content says which.
"""

from __future__ import annotations

import csv
import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from geodata.errors import Problem
from geodata.importers.tables.records import (
    MAX_COLUMNS,
    MAX_VALUE,
    Record,
    Table,
    cleaned,
    csv_rows,
    decoded,
    nearest,
    plain,
    read_bytes,
    refuse_controls,
    shown,
)
from geodata.importers.tables.workbook import OLE, ZIP, read_sheet

DELIMITERS = (",", ";", "\t", "|")
MAX_HEADER = 100_000
# What a spreadsheet shows where a formula failed.
_SHEET_ERRORS = {"#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!"}


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns that are read: their names, other words for them, and the sets of which one name must be there."""

    names: tuple[str, ...]
    also: Mapping[str, str]
    needed: tuple[tuple[str, ...], ...]

    def name_of(self, cell: str) -> str:
        """A cell of the header as a column's name: in any case, with blanks or hyphens for underscores."""
        name = re.sub(r"[\s\u00a0-]+", "_", cleaned(cell).casefold())
        return self.also.get(name, name)

    def suit(self, header: Iterable[str]) -> bool:
        """Whether every needed column is there."""
        found = {self.name_of(cell) for cell in header}
        return all(found.intersection(names) for names in self.needed)

    def known(self, header: Iterable[str]) -> int:
        """How many of the columns are there."""
        return len({self.name_of(cell) for cell in header}.intersection(self.names))


def read_spreadsheet(path: Path, columns: Columns, problems: list[Problem]) -> list[Record]:
    """The records of a file, with a cell for each of `columns`; "" where it has no such column.

    Blank rows and a row of HXL tags are left out. What else is not read is told in the log; broken rules go to
    `problems`, with the line of a text or the row of a sheet.
    """
    raw = read_bytes(path, problems)
    if not raw:
        if raw is not None:
            _refuse_empty(path.name, columns, problems)
        return []
    table = Table(path.name)
    rows: Iterable[tuple[int, list[str]]]
    is_sheet = raw.startswith((ZIP, OLE)) or path.suffix.lower() == ".xlsx"
    if is_sheet:
        sheet = read_sheet(raw, path.name, columns.suit, problems)
        if sheet is None:
            return []
        if sheet.others:
            others = ", ".join(map(shown, sheet.others))
            _tell(path.name, f"only the sheet {shown(sheet.title)} is read, not {others}.")
        if sheet.hidden:
            word = "sheet is" if len(sheet.hidden) == 1 else "sheets are"
            _tell(path.name, f"the hidden {word} not read: {', '.join(map(shown, sheet.hidden))}.")
        rows = sheet.rows
    else:
        text = decoded(raw, path.name, problems)
        if text is None:
            return []
        rows = csv_rows(table, text, problems, _delimiter(text, columns))
    filled = ((line, row) for line, row in rows if any(cleaned(cell) for cell in row))
    first = next(filled, None)
    if first is None:
        if not problems:
            _refuse_empty(path.name, columns, problems)
        return []
    header = _header(path.name, *first, columns, problems)
    return [] if header is None else _records(path.name, header, filled, columns, problems, is_sheet)


def _delimiter(text: str, columns: Columns) -> str:
    """What stands between the columns of the first line that is not blank: what finds most of them; else a comma."""
    line = next((line for line in text.splitlines() if line.strip()), "")[:MAX_HEADER]
    return max(DELIMITERS, key=lambda mark: columns.known(next(csv.reader([line], delimiter=mark), [])))


def _header(file: str, line: int, row: list[str], columns: Columns, problems: list[Problem]) -> list[str] | None:
    """The name of each column, "" for one that is not read; None, and a problem, for a header that does not do."""
    before = len(problems)
    while row and not cleaned(row[-1]):
        row = row[:-1]
    if len(row) > MAX_COLUMNS:
        problems.append(Problem(file, line, "", "", f"{len(row):,} columns are too many (expected {MAX_COLUMNS})."))
        return None
    names = [columns.name_of(cell) for cell in row]
    found = plain(", ".join(cleaned(cell) for cell in row), 1_000)
    for needed in columns.needed:
        if not set(needed).intersection(names):
            others = [name for name in names if name not in columns.names]
            words = " or ".join(f'"{name}"' for name in needed)
            message = f"no column {words} is there; found {found}{nearest(needed[0], others)}."
            problems.append(Problem(file, line, needed[0], "", message))
    for position, name in enumerate(names, 1):
        first = names.index(name) + 1
        if name in columns.names and first < position:
            message = f"the column stands twice, as number {first} and number {position}."
            problems.append(Problem(file, line, name, cleaned(row[position - 1])[:MAX_VALUE], message))
    if len(problems) > before:
        return None
    unread = [
        f"{shown(cleaned(cell))}{nearest(name, columns.names)}" if name else f"number {position} (it has no name)"
        for position, (cell, name) in enumerate(zip(row, names, strict=True), 1)
        if name not in columns.names
    ]
    if unread:
        word = "column is" if len(unread) == 1 else "columns are"
        _tell(file, f"{len(unread)} {word} not read: {', '.join(unread)}.")
    return [name if name in columns.names else "" for name in names]


def _records(
    file: str,
    header: list[str],
    rows: Iterable[tuple[int, list[str]]],
    columns: Columns,
    problems: list[Problem],
    is_sheet: bool,
) -> list[Record]:
    records: list[Record] = []
    for line, found in rows:
        # A sheet's row ends with its last value.
        row = found + [""] * (len(header) - len(found)) if is_sheet else found
        if all(cell.startswith("#") for cell in map(cleaned, row) if cell) and not records:
            continue  # the tags of HXL, which explain the header to programs
        extra = [cell for cell in row[len(header) :] if cleaned(cell)]
        if extra and is_sheet:
            _tell(file, f"row {line}: {', '.join(map(shown, extra[:3]))} beside the table is not read.")
        elif extra or len(row) < len(header):
            message = f"found {len(row)} fields (expected {len(header)}, as in the header)."
            problems.append(Problem(file, line, "", ",".join(row)[:MAX_VALUE], message))
            continue
        cells = dict.fromkeys(columns.names, "")
        cells |= {name: cleaned(cell) for name, cell in zip(header, row, strict=False) if name}
        if not any(cells.values()):
            if not extra:
                _tell(file, f"line {line} has nothing in the columns that are read.")
            continue
        record = Record(file, line, cells, problems)
        refuse_controls(record)
        for column, cell in cells.items():
            if cell in _SHEET_ERRORS:
                record.refuse(column, f"{shown(cell)} is an error of the spreadsheet (expected a value).")
        records.append(record)
    return records


def _refuse_empty(file: str, columns: Columns, problems: list[Problem]) -> None:
    expected = " and ".join(" or ".join(names) for names in columns.needed)
    problems.append(Problem(file, 0, "", "", f"the file is empty (expected the columns {expected})."))


def _tell(file: str, words: str) -> None:
    # A command shows warnings on stderr: words, and no problem.
    logging.getLogger(__name__).warning("%s: %s", file, words)
