"""Rows that are none of an event: totals, counts of a month, remarks of whoever keeps the list."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.importers.files.sheet import Sheet
from geodata.importers.mapping.names import hits_of
from geodata.importers.tables.cells import Cells
from geodata.importers.tables.records import shown

# Cells of usual rows, at the least, and of a row that is none of an event, at the most.
_USUAL, _FEW = 5, 2
_NUMBER = r"^\s*\d[\d .,]*\s*$"
_BOX = r"(?i)^\s*(?:true|false|yes|no|verdadero|falso|wahr|falsch|vrai|faux)\s*$"
_WORDS = 0.5  # of a column's cells are no numbers
_TOTAL = re.compile(
    r"(?:total|grand total|subtotal|sum|summe|gesamt|insgesamt|totale|suma|soma|ensemble|razem|ogółem|toplam|"
    r"всего|итого|разом|усього|всього|барлығы|المجموع|الإجمالي|مجموع)\b",
    re.IGNORECASE,
)


def without_notes(sheet: Sheet, given: Any) -> Sheet:
    """The sheet without rows that have one cell alone, a word beside a count, or an id beside a yes or no, where usual
    ones have many: they are told, and no events. A count stands in a column of words, or beside "total". `given`
    (n, columns) are the cells with something in them."""
    cells = sheet.cells
    if len(cells.columns) < _USUAL or not len(cells):
        return sheet
    count = given.sum(axis=1)
    rows, usual = np.flatnonzero(count <= _FEW), count[count > _FEW]
    if not len(rows) or not len(usual) or np.median(usual) < _USUAL:
        return sheet
    notes = rows[(count[rows] < _FEW) | _has_count(cells, given, rows) | _are_waiting(cells, given, rows)]
    if not len(notes):
        return sheet
    row = cells.record(int(notes[count[notes].argmax()]), [])
    words = f"{len(notes):,} rows have hardly a cell, as {shown(' '.join(filter(None, row.cells.values())))}"
    told = f"{words}: they are totals or remarks, and left out."
    return replace(sheet, cells=cells.without(np.isin(np.arange(len(cells)), notes)), told=(*sheet.told, told))


def _are_waiting(cells: Cells, given: Any, rows: Any) -> Any:
    """Which of some rows have nothing but ids, and boxes that are ticked or not: they wait to be filled in."""
    found = np.ones(len(rows), bool)
    for number, (heading, column) in enumerate(cells.columns.items()):
        if "event_id" not in hits_of(heading):
            is_box = pc.match_substring_regex(column.take(pa.array(rows)), _BOX).to_numpy(zero_copy_only=False)
            found &= is_box | ~given[rows, number]
    return found


def _has_count(cells: Cells, given: Any, rows: Any) -> Any:
    """Which of some rows have a bare number in a column of words, or a cell that begins with "total"."""
    found = np.zeros(len(rows), bool)
    for number, column in enumerate(cells.columns.values()):
        texts = column.take(pa.array(rows))
        is_number = pc.match_substring_regex(texts, _NUMBER).to_numpy(zero_copy_only=False) & given[rows, number]
        if is_number.any():
            all_numbers = pc.sum(pc.match_substring_regex(column, _NUMBER)).as_py() or 0
            found |= is_number & (all_numbers < (1 - _WORDS) * given[:, number].sum())
        found |= np.array([bool(_TOTAL.match(text or "")) for text in texts.to_pylist()], bool)
    return found
