"""The ids of a table: which are none, and which stand in an earlier row already."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.errors import Problem
from geodata.importers.tables.cells import Cells
from geodata.importers.tables.records import Record

# What no id may hold. Python knows more blanks: those beyond ASCII are left to it.
_NOT_IN_IDS = r"[\s\x0b\x1c-\x1f;,>\[\]]"
_MOST = 200


def wrong_ids(cells: Cells, column: str, rule: Callable[[Record], Any]) -> Any:
    """Which rows have an id that breaks its rule, (n,) booleans. Empty cells are not among them."""
    given = cells.column(column)
    found = _flags(pc.greater(pc.utf8_length(given), _MOST)) | _flags(pc.match_substring_regex(given, _NOT_IN_IDS))
    for row in np.flatnonzero(~_flags(pc.string_is_ascii(given))).tolist():
        problems: list[Problem] = []
        rule(Record(cells.file, 0, {column: given[row].as_py()}, problems))
        found[row] = bool(problems)
    return found


def first_rows(ids: pa.Array) -> Any:
    """For each row the first one with the same id, (n,); null is like no other."""
    encoded = pc.dictionary_encode(ids)
    rows = np.arange(len(ids))
    if len(encoded.dictionary) == len(ids):
        return rows
    codes = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False)
    firsts = np.zeros(len(encoded.dictionary) + 1, np.int64)
    firsts[codes[::-1]] = rows[::-1]
    return np.where(codes < 0, rows, firsts[codes])


def _flags(found: pa.Array) -> Any:
    # Not a view: what Arrow has is not to be written to.
    return np.array(found.to_numpy(zero_copy_only=False))
