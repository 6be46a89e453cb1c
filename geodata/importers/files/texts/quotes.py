"""The rows of a CSV text whose quotes do not all match: each row with a wrong one stands alone, none swallows others.

What `tables.scan` refuses is read here: rows with odd quotes are taken out one by one, the rest stays columns.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import Any

import numpy as np

from geodata.importers.tables.records import MAX_BYTES
from geodata.importers.tables.scan import Rows, scan

_QUOTE, _NEWLINE, _RETURN = b'"\n\r'
_CHUNK = 1 << 20
# How far a cell may go on when its row has odd quotes as well: further than that, its quote was never closed.
_MOST_LINES = 100
_MOST_LONG = 1_000  # and how many such rows are looked at so closely
# Quotes looked at in one go behind an odd row, and at most.
_FEW, _MANY = 256, 1 << 16


@dataclass(frozen=True, slots=True)
class Single:
    """A row that is read on its own: the line it starts on, its text, its fields, or the reason why it has none."""

    line: int
    text: str
    fields: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Counted(Rows):
    """Rows with the number of fields of each, which the whole text no longer tells."""

    fields: Any

    def counts(self) -> Any:
        return self.fields


def find_rows(raw: bytes, delimiter: str, usual: int) -> tuple[Rows, list[Single]]:
    """The rows of a UTF-8 text without carriage returns alone, of which most have `usual` fields; and the odd ones."""
    rows = scan(raw, delimiter)
    return (rows, []) if rows is not None else _loosely(raw, delimiter, usual)


def split(raw: bytes, delimiter: str) -> tuple[str, ...]:
    """The fields of one row; raises csv.Error where its quotes do not match."""
    csv.field_size_limit(MAX_BYTES)
    return tuple(next(csv.reader(io.StringIO(raw.decode(), newline=""), delimiter=delimiter, strict=True), ()))


def swallows(rows: Rows, number: int, usual: int) -> bool:
    """Whether a row goes over several lines of which one, behind the first, would be a row of `usual` fields."""
    start, end = int(rows.starts[number]), int(rows.ends[number])
    if rows.raw.find(b"\n", start, end - 1) < 0:
        return False
    mark = rows.delimiter.encode()
    return any(line.count(mark) == usual - 1 for line in rows.raw[start:end].split(b"\n")[1:] if line)


def taken_apart(rows: Rows, number: int, usual: int) -> list[Single]:
    """The lines of a row that `swallows` others: the first one has a quote that is never closed, the others are read
    as what they are without it."""
    found: list[Single] = []
    todo = [(rows, number, 0)]
    while todo:
        rows, number, above = todo.pop()
        start, end, line = int(rows.starts[number]), int(rows.ends[number]), int(rows.lines[number]) + above
        first = rows.raw.find(b"\n", start, end) + 1
        found.append(Single(line, _text(rows.raw[start:first]), (), _never_closed(line)))
        inside, odd = find_rows(rows.raw[first:end], rows.delimiter, usual)
        found += [Single(line + each.line, each.text, each.fields, each.reason) for each in odd]
        for inner in range(len(inside)):
            fields = inside.row(inner)
            if len(fields) != usual and swallows(inside, inner, usual):
                todo.append((inside, inner, line))
                continue
            text = _text(inside.raw[inside.starts[inner] : inside.ends[inner]])
            found.append(Single(line + int(inside.lines[inner]), text, tuple(fields)))
    return sorted(found, key=lambda single: single.line)


def _loosely(raw: bytes, delimiter: str, usual: int) -> tuple[Rows, list[Single]]:
    data = np.frombuffer(raw, np.uint8)
    quotes, breaks = _places(data, _QUOTE), _places(data, _NEWLINE)
    is_matched = np.ones(len(quotes), bool)
    singles: list[Single] = []
    firsts: list[int] = []  # where the odd rows start and end
    lasts: list[int] = []
    base, begin = 0, 0  # the first quote, and the first byte, behind the last odd row
    while (wrong := _first_wrong(data, quotes, base, delimiter)) is not None:
        start = _row_start(raw, quotes, base, begin, wrong)
        line = int(np.searchsorted(breaks, start)) + 1
        single, end = _single(raw, start, line, delimiter, usual, _MOST_LINES if len(firsts) < _MOST_LONG else 1)
        singles.append(single)
        firsts.append(start)
        lasts.append(end)
        base, begin = int(np.searchsorted(quotes, end)), end
        is_matched[int(np.searchsorted(quotes, start)) : base] = False
    quotes = quotes[is_matched]
    is_end = np.searchsorted(quotes, breaks) % 2 == 0
    starts = np.concatenate([[0], breaks[is_end] + 1])
    lines = np.concatenate([[1], np.flatnonzero(is_end) + 2])
    ends = np.append(starts[1:], len(raw))
    sizes, heads = ends - starts, data[np.minimum(starts, len(raw) - 1)]
    is_row = ~((sizes == 0) | ((sizes == 1) & (heads == _NEWLINE)) | ((sizes == 2) & (heads == _RETURN)))
    if firsts:
        before = np.searchsorted(firsts, starts, "right") - 1
        is_row &= (before < 0) | (starts >= np.array(lasts)[before])
    starts, ends, lines = starts[is_row], ends[is_row], lines[is_row]
    marks = _places(data, ord(delimiter))
    marks = marks[np.searchsorted(quotes, marks) % 2 == 0]
    counts = np.searchsorted(marks, ends) - np.searchsorted(marks, starts) + 1
    return _Counted(raw, delimiter, starts, ends, lines, counts), singles


def _places(data: Any, byte: int) -> Any:
    """Where a byte stands."""
    pieces = [np.flatnonzero(data[low : low + _CHUNK] == byte) + low for low in range(0, len(data), _CHUNK)]
    return np.concatenate(pieces) if pieces else np.zeros(0, np.int64)


def _first_wrong(data: Any, quotes: Any, base: int, delimiter: str) -> int | None:
    """The first quote from `base` on that opens within a field, closes before its end, or is never closed: where the
    quote that opens stands. The quotes from `base` on open and close by turns."""
    outer = np.zeros(256, bool)
    outer[[ord(delimiter), _NEWLINE, _RETURN, _QUOTE]] = True
    step = _FEW
    while base < len(quotes):
        part = quotes[base : base + step]
        opening, closing = part[0::2], part[1::2]
        is_fine = outer[data[opening - 1]] | (opening == 0)
        is_fine[: len(closing)] &= outer[data[np.minimum(closing + 1, len(data) - 1)]] | (closing == len(data) - 1)
        is_fine[len(closing) :] = False
        if not is_fine.all():
            return int(opening[np.argmin(is_fine)])
        base += step
        step = min(2 * step, _MANY)
    return None


def _row_start(raw: bytes, quotes: Any, base: int, begin: int, at: int) -> int:
    """Where the row that holds the byte `at` starts."""
    place = raw.rfind(b"\n", begin, at)
    while place >= 0:
        before = int(np.searchsorted(quotes, place)) - base
        if before % 2 == 0:
            return place + 1
        place = raw.rfind(b"\n", begin, int(quotes[base + before - 1]))
    return begin


def _single(raw: bytes, start: int, line: int, delimiter: str, usual: int, most: int) -> tuple[Single, int]:
    """The row at `start` on its own, and where it ends: a first line whose quote is not closed soon is one alone."""
    first = end = raw.find(b"\n", start) + 1 or len(raw)
    reason = _never_closed(line)
    for _ in range(most):
        try:
            fields = split(raw[start:end], delimiter)
        except csv.Error as error:
            if "unexpected end of data" not in str(error):
                reason = f"the quotes of this row do not match: {error}." if end == first else reason
                break
            if end == len(raw):
                break
            end = raw.find(b"\n", end) + 1 or len(raw)
            continue
        if end == first or len(fields) == usual:
            return Single(line, _text(raw[start:end]), fields), end
        break
    return Single(line, _text(raw[start:first]), (), reason), first


def _never_closed(line: int) -> str:
    return f"a quote is opened in line {line} and never closed; only this line is left out."


def _text(raw: bytes) -> str:
    return raw.decode().rstrip("\r\n")
