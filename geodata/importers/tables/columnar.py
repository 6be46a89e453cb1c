"""Tables in columns: the same cells, problems and words in the log as `spreadsheet` and `records` have row by row."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from geodata.errors import Problem
from geodata.importers.tables.cells import Cells
from geodata.importers.tables.records import (
    Record,
    header_holds,
    read_bytes,
    read_table,
    refuse_controls,
    refuse_row,
)
from geodata.importers.tables.scan import MARK, Rows, holds_controls, scan
from geodata.importers.tables.spreadsheet import (
    MAX_HEADER,
    SHEET_ERRORS,
    Headings,
    delimiter_of,
    is_filled,
    is_tags,
    is_workbook,
    read_header,
    record_of,
    records_of,
    refuse_cells,
)


def read_cells(path: Path, headings: Headings, problems: list[Problem]) -> Cells:
    """The cells of a file; broken rules of the table go to `problems`, in no order.

    A workbook, and a text whose quotes readers understand in more than one way, is read row by row.
    """
    raw = read_bytes(path, problems)
    if raw is None:
        return Cells.of_records(path.name, headings.names, ())
    rows = None if not raw or is_workbook(raw, path) else _scanned(raw, headings)
    filled = () if rows is None else (number for number in range(len(rows)) if is_filled(rows.row(number)))
    top = next(iter(filled), None)
    if rows is None or top is None:
        return Cells.of_records(path.name, headings.names, records_of(raw, path, headings, problems))
    header = read_header(path.name, int(rows.lines[top]), rows.row(top), headings, problems)
    if header is None:
        return Cells.of_records(path.name, headings.names, ())
    return _Body(path.name, rows, top, header, headings, problems).cells()


def read_table_cells(
    path: Path, columns: tuple[str, ...], problems: list[Problem], optional: tuple[str, ...] = ()
) -> tuple[Cells, bool]:
    """What `records.read_table` reads, and whether that is all there is; broken rules go to `problems`."""
    raw = read_bytes(path, [])
    rows = scan(raw, ",") if raw else None
    if rows is None or not len(rows) or not is_filled(rows.row(0)):
        table = read_table(path, columns, problems, optional)
        return Cells.of_records(path.name, columns, table.records), table.complete
    header = [name.strip() for name in rows.row(0)]
    if not header_holds(path.name, int(rows.lines[0]), header, columns, problems, optional):
        return Cells.of_records(path.name, columns, ()), False
    positions = {name: position for position, name in enumerate(header)}
    texts, usual, unusual = rows.columns(np.arange(1, len(rows)), positions, len(header))
    for number in unusual.tolist():
        refuse_row(path.name, int(rows.lines[number]), rows.row(number), len(header), problems)
    found = Cells(path.name, columns, rows.lines[usual], texts).cleaned(has_returns=b"\r" in rows.raw)
    if holds_controls(rows.raw):
        for row in np.flatnonzero(found.with_controls()).tolist():
            refuse_controls(found.record(row, problems))
    return found, not len(unusual)


def _scanned(raw: bytes, headings: Headings) -> Rows | None:
    # What stands between the columns is decided by the first line that is not blank.
    head = raw[: 8 * MAX_HEADER].removeprefix(MARK).decode(errors="ignore")
    lines = head.splitlines()
    first = next((number for number, line in enumerate(lines) if line.strip()), len(lines))
    if first >= len(lines) - 1 and len(raw) > 8 * MAX_HEADER:
        return None
    return scan(raw, delimiter_of(head, headings))


class _Body:
    """The rows below the header of a text."""

    def __init__(
        self, file: str, rows: Rows, top: int, header: list[str], headings: Headings, problems: list[Problem]
    ) -> None:
        self.file, self.rows, self.top, self.header = file, rows, top, header
        self.headings, self.problems = headings, problems

    def cells(self) -> Cells:
        """The cells of all rows that are read."""
        positions = {name: position for position, name in enumerate(self.header) if name}
        width = len(self.rows.row(self.top))
        beyond = {str(position): position for position in range(len(self.header), width)}
        columns, usual, unusual = self.rows.columns(self._wanted(), positions | beyond, width)
        found = Cells(self.file, self.headings.names, self.rows.lines[usual], columns)
        found = found.cleaned(has_returns=b"\r" in self.rows.raw)
        is_given = {name: found.is_given(name) for name in found.columns}
        alone = ~np.logical_or.reduce([is_given[name] for name in positions])
        for name in beyond:
            alone |= is_given[name]
            del found.columns[name]
        others = self._one_by_one(np.sort(np.concatenate([usual[alone], unusual])))
        found = found.without(alone) if alone.any() else found
        self._refuse_cells(found)
        return found.merged(Cells.of_records(self.file, self.headings.names, others)) if others else found

    def _wanted(self) -> Any:
        """The numbers of the rows below the header, but for tags above the first that is read."""
        tags = []
        for number in range(self.top + 1, len(self.rows)):
            row = self.rows.row(number)
            if not is_filled(row):
                continue
            if is_tags(row):
                tags.append(number)
            elif self._is_read(row):
                break
        wanted = np.arange(self.top + 1, len(self.rows))
        return np.setdiff1d(wanted, tags) if tags else wanted

    def _is_read(self, row: list[str]) -> bool:
        width = len(self.header)
        is_whole = len(row) >= width and not is_filled(row[width:])
        return is_whole and is_filled(cell for cell, name in zip(row, self.header, strict=False) if name)

    def _one_by_one(self, numbers: Any) -> list[Record]:
        """The records of rows that are not like the others: with too few or many fields, or with nothing to read."""
        records = []
        for number in numbers.tolist():
            row = self.rows.row(number)
            line = int(self.rows.lines[number])
            record = (
                record_of(self.file, self.header, line, row, self.headings, self.problems) if is_filled(row) else None
            )
            if record:
                refuse_cells(record)
                records.append(record)
        return records

    def _refuse_cells(self, found: Cells) -> None:
        is_wrong = np.zeros(len(found), bool)
        if holds_controls(self.rows.raw):
            is_wrong |= found.with_controls()
        if b"#" in self.rows.raw:
            is_wrong |= found.with_any_of(SHEET_ERRORS)
        for row in np.flatnonzero(is_wrong).tolist():
            refuse_cells(found.record(row, self.problems))
