"""The rows of a large CSV text without an object for each: where they lie in the bytes, then columns of texts.

Only for texts of which Python's strict reader and Arrow's quick one say the same; `scan` refuses all others.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import csv as arrow_csv

from geodata.importers.tables.records import MAX_BYTES

MARK = b"\xef\xbb\xbf"
_QUOTE, _NEWLINE, _RETURN = b'"\n\r'
_CHUNK = 1 << 20  # what the processor keeps near
_BLOCK = 1 << 23
_SPACE, _DELETE, _NO_CONTROLS = 32, 127, b"\t\n\r"  # of the bytes below a space


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a CSV text that are not empty: where each starts and ends in `raw` (its line end included), and the
    line it starts on (from 1)."""

    raw: bytes
    delimiter: str
    starts: Any
    ends: Any
    lines: Any

    def __len__(self) -> int:
        return len(self.lines)

    def row(self, number: int) -> list[str]:
        """The fields of one row, as they stand."""
        csv.field_size_limit(MAX_BYTES)
        text = self.raw[self.starts[number] : self.ends[number]].decode()
        return next(csv.reader(io.StringIO(text, newline=""), delimiter=self.delimiter, strict=True))

    def counts(self) -> Any:
        """How many fields each row has."""
        data = np.frombuffer(self.raw, np.uint8)
        marks, quotes = [], 0
        for low in range(0, len(data), _CHUNK):
            part = data[low : low + _CHUNK]
            at_quotes = np.flatnonzero(part == _QUOTE)
            at_marks = np.flatnonzero(part == ord(self.delimiter))
            outside = (np.searchsorted(at_quotes, at_marks) + quotes) % 2 == 0
            marks.append(at_marks[outside] + low)
            quotes += len(at_quotes)
        found = np.concatenate(marks)
        return np.searchsorted(found, self.ends) - np.searchsorted(found, self.starts) + 1

    def columns(self, rows: Any, positions: dict[str, int], usual: int) -> tuple[dict[str, pa.Array], Any, Any]:
        """Columns of texts by name, the field at the position of each, of those of `rows` that have the usual number
        of fields; the numbers of these rows, and those of the others.

        `rows` are numbers of rows, ascending.
        """
        found = self._columns(rows, usual, positions)
        if found is not None:
            return found, rows, rows[:0]
        suits = self.counts()[rows] == usual
        found = self._columns(rows[suits], usual, positions)
        assert found is not None, "the rows have other numbers of fields than they were counted to have"
        return found, rows[suits], rows[~suits]

    def _columns(self, rows: Any, count: int, positions: dict[str, int]) -> dict[str, pa.Array] | None:
        if not len(rows):
            return {name: pa.array([], pa.string()) for name in positions}
        body = self._body(rows)
        longest = int((self.ends[rows] - self.starts[rows]).max())
        try:
            table = arrow_csv.read_csv(
                pa.BufferReader(body),
                # Arrow finds the ends of rows in blocks; two rows must always fit in one.
                arrow_csv.ReadOptions(block_size=max(_BLOCK, 2 * longest), column_names=list(map(str, range(count)))),
                arrow_csv.ParseOptions(delimiter=self.delimiter, newlines_in_values=True),
                arrow_csv.ConvertOptions(
                    column_types={str(position): pa.string() for position in range(count)},
                    include_columns=[str(position) for position in positions.values()],
                    strings_can_be_null=False,
                    check_utf8=False,
                ),
            )
        except pa.ArrowInvalid:
            return None  # a row with another number of fields
        if len(table) != len(rows):
            return None
        columns = table.columns
        del table
        # Last first, so that the pieces of a column are let go before the next is put together.
        found = {name: pa.concat_arrays(columns.pop().chunks) for name in reversed(positions)}
        return {name: found[name] for name in positions}

    def _body(self, rows: Any) -> pa.Buffer:
        """The bytes of some rows: a part of the text where they follow each other, else a copy."""
        starts, ends = self.starts[rows], self.ends[rows]
        gaps = np.flatnonzero(starts[1:] != ends[:-1]) + 1
        firsts, lasts = starts[np.r_[0, gaps]].tolist(), ends[np.r_[gaps - 1, len(rows) - 1]].tolist()
        if len(firsts) == 1:
            return pa.py_buffer(self.raw).slice(firsts[0], lasts[0] - firsts[0])
        whole = memoryview(self.raw)
        return pa.py_buffer(b"".join(whole[first:last] for first, last in zip(firsts, lasts, strict=True)))


def scan(raw: bytes, delimiter: str) -> Rows | None:
    """Find the rows of a CSV text. None where it is no UTF-8, or where not every reader would read it alike.

    That is a quote within a field that does not begin with one, or before its end, one that is never closed, and a
    carriage return without a newline.
    """
    begin = len(MARK) if raw.startswith(MARK) else 0
    if (b"\r" in raw and raw.count(b"\r") != raw.count(b"\r\n")) or not _is_utf8(raw):
        return None
    data = np.frombuffer(raw, np.uint8)
    quotes = breaks = 0
    ends, lines = [], [np.array([1])]
    for low in range(begin, len(raw), _CHUNK):
        part = data[low : low + _CHUNK]
        at_quotes = np.flatnonzero(part == _QUOTE)
        if not _quotes_suit(data, begin, at_quotes + low, quotes, delimiter):
            return None
        at_breaks = np.flatnonzero(part == _NEWLINE)
        is_end = (np.searchsorted(at_quotes, at_breaks) + quotes) % 2 == 0
        ends.append(at_breaks[is_end] + low + 1)
        lines.append(np.flatnonzero(is_end) + breaks + 2)  # those that begin behind
        quotes += len(at_quotes)
        breaks += len(at_breaks)
    if quotes % 2:
        return None
    starts = np.concatenate([[begin], *ends])
    stops = np.append(starts[1:], len(raw))
    sizes = stops - starts
    heads = data[np.minimum(starts, len(raw) - 1)]
    is_empty = (sizes == 0) | ((sizes == 1) & (heads == _NEWLINE)) | ((sizes == 2) & (heads == _RETURN))
    kept = ~is_empty
    return Rows(raw, delimiter, starts[kept], stops[kept], np.concatenate(lines)[kept])


def holds(raw: bytes, letter: bytes) -> bool:
    """Whether a letter of several bytes is in some: most hold not even the first of them, which is soon seen."""
    return letter[:1] in raw and letter in raw


def holds_controls(raw: bytes) -> bool:
    """Whether UTF-8 bytes may hold one of the characters of `records.CONTROL`."""
    data = np.frombuffer(raw, np.uint8)
    for low in range(0, len(raw), _CHUNK):
        # Two more bytes, since a character may stand on the edge of two pieces.
        part = data[low : low + _CHUNK + 2]
        if (part == _DELETE).any() or part[part < _SPACE].tobytes().translate(None, _NO_CONTROLS):
            return True
        if part.max() > _DELETE:
            second = part[np.flatnonzero(part[:-1] == 0xC2) + 1]  # U+0080 to U+009F are C2 80 to C2 9F
            third = part[np.flatnonzero((part[:-2] == 0xEF) & (part[1:-1] == 0xBF)) + 2]  # U+FFFE is EF BF BE
            if (second < 0xA0).any() or (third >= 0xBE).any():
                return True
    return False


def _quotes_suit(data: Any, begin: int, at: Any, before: int, delimiter: str) -> bool:
    """Whether each quote opens a field, closes one, or is one of two that stand for one, with `before` before them."""
    opening, closing = at[before % 2 :: 2], at[1 - before % 2 :: 2]
    outer = np.zeros(256, bool)
    outer[[ord(delimiter), _NEWLINE, _RETURN, _QUOTE]] = True
    ahead = outer[data[opening - 1]] | (opening == begin)
    behind = outer[data[np.minimum(closing + 1, len(data) - 1)]] | (closing == len(data) - 1)
    return bool(ahead.all() and behind.all())


def _is_utf8(raw: bytes) -> bool:
    offsets = pa.py_buffer(np.array([0, len(raw)], np.int32))
    try:
        pa.StringArray.from_buffers(1, offsets, pa.py_buffer(raw)).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True
