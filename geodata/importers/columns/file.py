"""One file of a data folder in columns: its ids, and which of its rows break a rule."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.errors import Problem
from geodata.importers.columns.ids import first_rows, wrong_ids
from geodata.importers.rows.folder import Known, id_of, refuse_again
from geodata.importers.rows.package import ID_COLUMNS
from geodata.importers.tables.cells import Cells, Distinct
from geodata.importers.tables.records import Record

T = TypeVar("T")


class File:
    """The `cells` of a file, its `ids` (null for what is none), and `is_wrong`, (n,) booleans, as rules are asked.

    `file` is its name in a data folder. One that is not `is_complete` has rows that could not be read.
    """

    def __init__(self, file: str, cells: Cells, *, is_complete: bool) -> None:
        self.cells, self.is_complete, self.id_column = cells, is_complete, ID_COLUMNS[file]
        is_none = wrong_ids(self.cells, self.id_column, lambda record: id_of(record, self.id_column))
        is_none |= ~self.cells.is_given(self.id_column)
        self.ids = pc.if_else(pa.array(is_none), None, self.cells.column(self.id_column))
        self.firsts = first_rows(self.ids)
        self.is_wrong = is_none | (self.firsts != np.arange(len(self.cells)))

    @cached_property
    def known(self) -> Known:
        """The ids as the rules for rows ask for them."""
        return Known(self.cells.file, self.id_column, self.is_complete, dict.fromkeys(self.ids.drop_null().to_pylist()))

    def lacks(self, ids: pa.Array) -> Any:
        """Which of some ids are not there, as far as that can be said."""
        if not self.is_complete:
            return np.zeros(len(ids), bool)
        return ~pc.is_in(ids, self.ids).to_numpy(zero_copy_only=False)

    def rule(self, column: str, rule: Callable[[Record], T]) -> Distinct[T]:
        """What a rule makes of the values of a column; rows that break it are wrong."""
        found = self.cells.distinct(column, rule)
        self.is_wrong |= found.wrong_rows
        return found

    def require(self, *columns: str) -> None:
        """Rows with nothing in one of the columns are wrong."""
        for column in columns:
            self.is_wrong |= ~self.cells.is_given(column)

    def refuse(self, rule: Callable[[Record], T], problems: list[Problem]) -> dict[int, tuple[Record, T]]:
        """Read the rows that break a rule by the rules for rows, which say what is wrong; each with its row number."""
        found = {}
        for row in np.flatnonzero(self.is_wrong).tolist():
            record = self.cells.record(row, problems)
            first = int(self.firsts[row])
            if id_of(record, self.id_column) and first != row:
                refuse_again(record, self.id_column, int(self.cells.lines[first]))
            found[row] = record, rule(record)
        return found
