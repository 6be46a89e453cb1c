"""A table's cells in columns: texts as `Record` has them, with the line of each row, and rules asked once a value."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any, Generic, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.errors import Problem
from geodata.importers.tables.records import BLANKS, Record

T = TypeVar("T")
_BATCH = 20_000
# `records.CONTROL` as the regular expressions of Arrow write it; no bytes of a file are a lone surrogate.
_ANY_CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x{9f}\x{fffe}\x{ffff}]"
# Some of what `Record.decimal` takes, as Arrow reads it too.
_PLAIN_DECIMAL = r"^-?[0-9]{1,18}(\.[0-9]{1,18})?$"
_GUARDED = r"^'('*[=+\-@;\t\n\x{ff1d}\x{ff0b}\x{ff0d}\x{ff20}])"


@dataclass(frozen=True, slots=True)
class Distinct(Generic[T]):
    """What a rule makes of the values of a column (or of the combinations of several): each value once.

    `codes` (n,) says which of `found` each row has; `is_wrong` which of them break the rule.
    """

    codes: Any
    found: list[T]
    is_wrong: Any

    @property
    def wrong_rows(self) -> Any:
        """Which rows break the rule, (n,) booleans."""
        return self.is_wrong[self.codes]

    def each(self, value: Callable[[T], Any], dtype: Any) -> Any:
        """An array with `value` of what each row has."""
        return np.array([value(found) for found in self.found], dtype)[self.codes]


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of a table: `columns` of texts by name, "" for an empty cell; `lines` (n,) where the rows start.

    `names` are all the columns that a record of it has; one that is not among `columns` is empty.
    """

    file: str
    names: tuple[str, ...]
    lines: Any
    columns: dict[str, pa.Array]

    @classmethod
    def of_records(cls, file: str, names: tuple[str, ...], records: Iterable[Record]) -> Cells:
        """The cells of records, which are read piece by piece."""
        left = iter(records)
        lines: list[int] = []
        pieces: dict[str, list[pa.Array]] = {name: [pa.array([], pa.string())] for name in names}
        while batch := list(islice(left, _BATCH)):
            lines += [record.line for record in batch]
            for name in names:
                pieces[name].append(pa.array([record.cells[name] for record in batch], pa.string()))
        return cls(file, names, np.array(lines, np.int64), {name: pa.concat_arrays(pieces[name]) for name in names})

    def __len__(self) -> int:
        return len(self.lines)

    def record(self, row: int, problems: list[Problem]) -> Record:
        """One row as a record, whose problems go to `problems`."""
        cells = dict.fromkeys(self.names, "")
        cells |= {name: column[row].as_py() for name, column in self.columns.items()}
        return Record(self.file, int(self.lines[row]), cells, problems)

    def column(self, name: str) -> pa.Array:
        """The texts of a column, one a row."""
        return self.columns[name] if name in self.columns else pa.repeat("", len(self))

    def is_given(self, name: str) -> Any:
        """Which rows have something in a column, (n,) booleans."""
        if name not in self.columns:
            return np.zeros(len(self), bool)
        return pc.binary_length(self.columns[name]).to_numpy(zero_copy_only=False) > 0

    def values(self, name: str) -> tuple[Any, pa.Array]:
        """Which value each row has, and the values, in the order in which they appear."""
        if name not in self.columns:
            return np.zeros(len(self), np.int64), pa.array([""][: len(self)], pa.string())
        found = pc.dictionary_encode(self.columns[name])
        return found.indices.to_numpy().astype(np.int64), found.dictionary

    def distinct(self, name: str, rule: Callable[[Record], T]) -> Distinct[T]:
        """Ask a rule of records about each value of a column, which must be all that it looks at."""
        codes, values = self.values(name)
        return Distinct(codes, *self._asked(name, values, rule))

    def decimals(self, name: str, low: float, high: float, unit: str) -> Distinct[float | None]:
        """As `Record.decimal` reads the values of a column; plain ones, and most are, are read all at once."""
        codes, values = self.values(name)
        is_plain = pc.match_substring_regex(values, _PLAIN_DECIMAL)
        numbers = pc.cast(values.filter(is_plain), pa.float64()).to_numpy()
        rows, is_within = np.flatnonzero(is_plain), (numbers >= low) & (numbers <= high)
        found, is_wrong, left = np.full(len(values), None), np.zeros(len(values), bool), np.ones(len(values), bool)
        found[rows[is_within]], left[rows[is_within]] = numbers[is_within], False
        rule = partial(Record.decimal, column=name, low=low, high=high, unit=unit)
        others, is_wrong[left] = self._asked(name, values.filter(pa.array(left)), rule)
        found[left] = others
        return Distinct(codes, found.tolist(), is_wrong)

    def _asked(self, name: str, values: pa.Array, rule: Callable[[Record], T]) -> tuple[list[T], Any]:
        """What a rule makes of each of some values, and which of them break it."""
        problems: list[Problem] = []
        record = Record(self.file, 0, {}, problems)  # one for all: most values are read in less time than one is made
        found, counts = [], []
        for value in values.to_pylist():
            record.cells[name] = value
            found.append(rule(record))
            counts.append(len(problems))
        return found, np.diff(counts, prepend=0) > 0

    def cleaned(self, *, has_returns: bool = True) -> Cells:
        """As `records.cleaned` leaves each cell; without `has_returns`, no cell holds a carriage return."""
        columns = {name: _newlines(c) if has_returns else c for name, c in self.columns.items()}
        columns = {name: pc.utf8_trim(c, BLANKS) if _may_have_blanks(c) else c for name, c in columns.items()}
        return Cells(self.file, self.names, self.lines, columns)

    def unguarded(self) -> Cells:
        """Without the apostrophe that our own tables have before a text that a spreadsheet would run."""
        columns = {
            name: pc.replace_substring_regex(c, _GUARDED, r"\1") if pc.any(pc.starts_with(c, "'")).as_py() else c
            for name, c in self.columns.items()
        }
        return Cells(self.file, self.names, self.lines, columns)

    def with_controls(self) -> Any:
        """Which rows hold control characters, (n,) booleans."""
        found = np.zeros(len(self), bool)
        for column in self.columns.values():
            found |= pc.match_substring_regex(column, _ANY_CONTROL).to_numpy(zero_copy_only=False)
        return found

    def merged(self, others: Cells) -> Cells:
        """These rows and others of the same table, in the order of their lines."""
        lines = np.concatenate([self.lines, others.lines])
        order = pa.array(np.argsort(lines, kind="stable"))
        columns = {
            name: pa.concat_arrays([self.column(name), others.column(name)]).take(order)
            for name in dict.fromkeys((*self.columns, *others.columns))
        }
        return Cells(self.file, self.names, np.sort(lines), columns)

    def without(self, rows: Any) -> Cells:
        """All but those rows, (n,) booleans."""
        kept = pa.array(~rows)
        return Cells(self.file, self.names, self.lines[~rows], {k: c.filter(kept) for k, c in self.columns.items()})


def combined(*codes: Any) -> tuple[Any, Any]:
    """Which combination of some codes each row has, and the first row of each; combinations count as they appear."""
    key = np.zeros(len(codes[0]), np.int64)
    for part in codes:
        # Counted anew in every round, so that the product stays below 2 ** 63.
        key = key * (int(part.max(initial=0)) + 1) + part
        key = pc.dictionary_encode(pa.array(key)).indices.to_numpy().astype(np.int64)
    firsts = np.zeros(int(key.max(initial=-1)) + 1, np.int64)
    firsts[key[::-1]] = np.arange(len(key))[::-1]
    return key, firsts


def spread(codes: Any, counts: list[int]) -> tuple[Any, Any]:
    """Entries of lists, row by row: the row of each entry, and its position in all the lists one after the other.

    `codes` (n,) says which list each row has, `counts` how long each list is.
    """
    each = np.array(counts, np.int64)
    per_row = each[codes]
    rows = np.repeat(np.arange(len(per_row)), per_row)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(per_row) - per_row, per_row)
    return rows, (np.cumsum(each) - each)[codes[rows]] + within


def _may_have_blanks(column: pa.Array) -> bool:
    """Whether a text may begin or end with one of `BLANKS`: a look at its first and last byte spares a copy of all."""
    _, offsets, content = column.buffers()
    if not len(column) or content is None or not content.size:
        return False
    at = np.frombuffer(offsets, np.int32)[column.offset : column.offset + len(column) + 1]
    data, is_filled = np.frombuffer(content, np.uint8), at[1:] > at[:-1]
    is_blank = np.zeros(256, bool)
    is_blank[list(BLANKS.encode())] = True
    return bool(is_blank[data[at[:-1][is_filled]]].any() or is_blank[data[at[1:][is_filled] - 1]].any())


def _newlines(column: pa.Array) -> pa.Array:
    return pc.replace_substring(pc.replace_substring(column, "\r\n", "\n"), "\r", "\n")
