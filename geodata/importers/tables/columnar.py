"""The files of a data folder in columns: the same cells and problems as `records` has row by row."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from geodata.errors import Problem
from geodata.importers.tables.cells import Cells
from geodata.importers.tables.records import (
    cleaned,
    header_holds,
    read_bytes,
    read_table,
    refuse_controls,
    refuse_row,
)
from geodata.importers.tables.scan import holds_controls, scan


def read_table_cells(
    path: Path, columns: tuple[str, ...], problems: list[Problem], optional: tuple[str, ...] = ()
) -> tuple[Cells, bool]:
    """What `records.read_table` reads, and whether that is all there is; broken rules go to `problems`."""
    raw = read_bytes(path, [])
    rows = scan(raw, ",") if raw else None
    if rows is None or not len(rows) or not any(map(cleaned, rows.row(0))):
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
