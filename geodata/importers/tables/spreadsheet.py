"""A table as people keep it in a spreadsheet: its columns found by their names, the others told of.

Text (UTF-8, with commas, semicolons, tabs or bars between the columns) or a workbook: the content says which.
"""

from __future__ import annotations

import csv
import logging
import re
from collections.abc import Iterable, Iterator, Mapping
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
    refuse_row,
    shown,
)
from geodata.importers.tables.workbook import OLE, ZIP, read_sheet

DELIMITERS = (",", ";", "\t", "|")
MAX_HEADER = 100_000
_Rows = Iterable[tuple[int, list[str]]]
# What a spreadsheet shows where a formula failed.
SHEET_ERRORS = {"#REF!", "#N/A", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!"}


@dataclass(frozen=True, slots=True)
class Headings:
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


def read_spreadsheet(path: Path, headings: Headings, problems: list[Problem]) -> Iterator[Record]:
    """The records of a file, with a cell for each of `headings`; "" where it has no such column.

    Blank rows and a row of HXL tags are left out. What else is not read is told in the log; broken rules go to
    `problems`, with the line of a text or the row of a sheet.
    """
    raw = read_bytes(path, problems)
    if raw is not None:
        yield from records_of(raw, path, headings, problems)


def is_workbook(raw: bytes, path: Path) -> bool:
    """Whether the content, or else the name, says that a file is one."""
    return raw.startswith((ZIP, OLE)) or path.suffix.lower() == ".xlsx"


def records_of(raw: bytes, path: Path, headings: Headings, problems: list[Problem]) -> Iterator[Record]:
    """What `read_spreadsheet` yields, of the content of the file."""
    is_sheet = is_workbook(raw, path)
    rows = (_sheet_rows if is_sheet and raw else _text_rows)(raw, path.name, headings, problems)
    if rows is None:
        return
    filled = ((line, row) for line, row in rows if is_filled(row))
    first = next(filled, None)
    if first is None:
        if not problems:
            _refuse_empty(path.name, headings, problems)
        return
    header = read_header(path.name, *first, headings, problems)
    if header is None:
        return
    is_first = True
    for line, row in filled:
        if is_first and is_tags(row):
            continue
        record = record_of(path.name, header, line, row, headings, problems, is_sheet=is_sheet)
        if record:
            is_first = False
            refuse_cells(record)
            yield record


def _sheet_rows(raw: bytes, file: str, headings: Headings, problems: list[Problem]) -> _Rows | None:
    sheet = read_sheet(raw, file, headings.suit, problems)
    if sheet is None:
        return None
    if sheet.others:
        others = ", ".join(map(shown, sheet.others))
        _tell(file, f"only the sheet {shown(sheet.title)} is read, not {others}.")
    if sheet.hidden:
        word = "sheet is" if len(sheet.hidden) == 1 else "sheets are"
        _tell(file, f"the hidden {word} not read: {', '.join(map(shown, sheet.hidden))}.")
    return sheet.rows


def _text_rows(raw: bytes, file: str, headings: Headings, problems: list[Problem]) -> _Rows | None:
    text = decoded(raw, file, problems)
    return None if text is None else csv_rows(Table(file), text, problems, delimiter_of(text, headings))


def is_filled(row: Iterable[str]) -> bool:
    """Whether anything stands in a row."""
    return any(cleaned(cell) for cell in row)


def is_tags(row: Iterable[str]) -> bool:
    """Whether a row has the tags of HXL, which explain the header to programs. Further down, "#" is text."""
    return all(cell.startswith("#") for cell in map(cleaned, row) if cell)


def delimiter_of(text: str, headings: Headings) -> str:
    """What stands between the columns of the first line that is not blank: what finds most of them; else a comma."""
    line = next((line for line in text.splitlines() if line.strip()), "")[:MAX_HEADER]
    return max(DELIMITERS, key=lambda mark: headings.known(next(csv.reader([line], delimiter=mark), [])))


def read_header(file: str, line: int, row: list[str], headings: Headings, problems: list[Problem]) -> list[str] | None:
    """The name of each column, "" for one that is not read; None, and a problem, for a header that does not do."""
    before = len(problems)
    while row and not cleaned(row[-1]):
        row = row[:-1]
    if len(row) > MAX_COLUMNS:
        problems.append(Problem(file, line, "", "", f"{len(row):,} columns are too many (expected {MAX_COLUMNS})."))
        return None
    names = [headings.name_of(cell) for cell in row]
    found = plain(", ".join(cleaned(cell) for cell in row), 1_000)
    for needed in headings.needed:
        if not set(needed).intersection(names):
            others = [name for name in names if name not in headings.names]
            words = " or ".join(f'"{name}"' for name in needed)
            message = f"no column {words} is there; found {found}{nearest(needed[0], others)}."
            problems.append(Problem(file, line, needed[0], "", message))
    for position, name in enumerate(names, 1):
        first = names.index(name) + 1
        if name in headings.names and first < position:
            message = f"the column stands twice, as number {first} and number {position}."
            problems.append(Problem(file, line, name, cleaned(row[position - 1])[:MAX_VALUE], message))
    if len(problems) > before:
        return None
    unread = [
        f"{shown(cleaned(cell))}{nearest(name, headings.names)}" if name else f"number {position} (it has no name)"
        for position, (cell, name) in enumerate(zip(row, names, strict=True), 1)
        if name not in headings.names
    ]
    if unread:
        word = "column is" if len(unread) == 1 else "columns are"
        _tell(file, f"{len(unread)} {word} not read: {', '.join(unread)}.")
    return [name if name in headings.names else "" for name in names]


def record_of(
    file: str,
    header: list[str],
    line: int,
    found: list[str],
    headings: Headings,
    problems: list[Problem],
    *,
    is_sheet: bool = False,
) -> Record | None:
    """The record of a filled row; None, and a problem or a word in the log, for one that is not read."""
    # A sheet's row ends with its last value.
    row = found + [""] * (len(header) - len(found)) if is_sheet else found
    extra = [cell for cell in row[len(header) :] if cleaned(cell)]
    if extra and is_sheet:
        _tell(file, f"row {line}: {', '.join(map(shown, extra[:3]))} beside the table is not read.")
    elif extra or len(row) < len(header):
        refuse_row(file, line, row, len(header), problems)
        return None
    cells = dict.fromkeys(headings.names, "")
    cells |= {name: cleaned(cell) for name, cell in zip(header, row, strict=False) if name}
    if any(cells.values()):
        return Record(file, line, cells, problems)
    if not extra:
        _tell(file, f"line {line} has nothing in the columns that are read.")
    return None


def refuse_cells(record: Record) -> None:
    """Refuse the cells that no column may hold: control characters, and the errors of a spreadsheet."""
    refuse_controls(record)
    for column, cell in record.cells.items():
        if cell in SHEET_ERRORS:
            record.refuse(column, f"{shown(cell)} is an error of the spreadsheet (expected a value).")


def _refuse_empty(file: str, headings: Headings, problems: list[Problem]) -> None:
    expected = " and ".join(" or ".join(names) for names in headings.needed)
    problems.append(Problem(file, 0, "", "", f"the file is empty (expected the columns {expected})."))


def _tell(file: str, words: str) -> None:
    # A command shows warnings on stderr: words, and no problem.
    logging.getLogger(__name__).warning("%s: %s", file, words)
