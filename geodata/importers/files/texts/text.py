"""Tables in texts (CSV and its kin), in any encoding, with any of the usual marks between the columns."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable
from itertools import islice
from typing import Any

import numpy as np
import pyarrow as pa

from geodata.errors import DataError, Problem
from geodata.importers.files.cleaning import finished
from geodata.importers.files.headers import GDELT_1, MAX_ABOVE, Header, find_header, is_note, names_without_header
from geodata.importers.files.sheet import Sheet
from geodata.importers.files.texts.encoding import UTF_8, Hole, Text, as_utf8
from geodata.importers.files.texts.quotes import Single, find_rows, swallows, taken_apart
from geodata.importers.tables.cells import Cells
from geodata.importers.tables.records import MAX_BYTES, shown
from geodata.importers.tables.scan import MARK as _MARK
from geodata.importers.tables.scan import Rows, holds, holds_controls

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_LOST = "\ufffd".encode()
_HEAD = 1 << 20
_TO_COMPARE = 200
# A first line that is longer has no headings.
_LONGEST_HEADER = 1 << 18
_GROUPS = 20
# In a narrow table, the lines of a note are easily taken for rows.
_FEWEST = 3
_Rejected = list[tuple[int, str, str]]


def read_text(raw: bytes, file: str, *, has_header: bool | None = None) -> Sheet:
    """The table in the bytes of a text. Raises DataError where there is none.

    `has_header` says whether the first row that is filled has the headings; None lets the content say it.
    """
    try:
        text = _with_newlines(_without_marks(as_utf8(raw)))
    except ValueError as error:
        raise DataError([Problem(file, 0, "", "", str(error))]) from None
    told = [] if text.encoding == UTF_8 else [f"the text is written in {text.encoding}, and was read so."]
    if not text.raw[:_HEAD].strip() and not text.raw.strip():
        raise DataError([Problem(file, 0, "", "", "the file is empty (expected a table).")])
    delimiter, usual = _delimiter(text.raw[:_HEAD])
    if delimiter != ",":
        told.append(f"{DELIMITERS[delimiter]} stand between the columns.")
    rows, singles = find_rows(text.raw, delimiter, usual)
    if singles and singles[0].fields and (not len(rows) or singles[0].line < rows.lines[0]):
        text = _with_first_row_quoted(text, singles[0], delimiter)
        rows, singles = find_rows(text.raw, delimiter, usual)
    firsts = _first_rows(rows)
    if not firsts:
        raise DataError([_without_headings(file, rows, singles)])
    header = find_header(file, [(int(rows.lines[n]), row) for n, row in firsts], has_header=has_header)
    return _Table(file, text, rows, singles, header, firsts, usual).sheet(told)


def _without_headings(file: str, rows: Rows, singles: list[Single]) -> Problem:
    expected = "(expected the headings of a table)."
    if singles:
        return Problem(
            file, singles[0].line, "", "", f"{singles[0].reason or 'a quote stands within a cell'} {expected}"
        )
    if len(rows) and rows.ends[0] - rows.starts[0] > _LONGEST_HEADER:
        return Problem(file, int(rows.lines[0]), "", "", f"the line has over {_LONGEST_HEADER:,} bytes {expected}")
    return Problem(file, 0, "", "", f"no cell is filled {expected}")


def _without_marks(text: Text) -> Text:
    """The text without byte-order marks in it, as files have them that were put together."""
    if not holds(text.raw, _MARK):
        return text
    holes = [Hole(hole.at - len(_MARK) * text.raw.count(_MARK, 0, hole.at), hole.message) for hole in text.holes]
    return Text(text.raw.replace(_MARK, b""), text.encoding, tuple(holes))


def _with_newlines(text: Text) -> Text:
    """The text with newlines alone, where it has carriage returns alone."""
    raw = text.raw
    if b"\r" not in raw or raw.count(b"\r") == raw.count(b"\r\n"):
        return text
    holes = [Hole(hole.at - raw.count(b"\r\n", 0, hole.at), hole.message) for hole in text.holes]
    return Text(raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n"), text.encoding, tuple(holes))


def _with_first_row_quoted(text: Text, row: Single, delimiter: str) -> Text:
    """The text with quotes around each cell of its first row, which has odd ones and may be the header."""
    old, out = row.text.encode(), io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="").writerow(row.fields)
    new = out.getvalue().encode()
    at = text.raw.find(old)
    holes = [Hole(hole.at + (len(new) - len(old) if hole.at > at else 0), hole.message) for hole in text.holes]
    return Text(text.raw[:at] + new + text.raw[at + len(old) :], text.encoding, tuple(holes))


def _delimiter(head: bytes) -> tuple[str, int]:
    """What stands between the columns, and how many there mostly are: what cuts most rows into as many fields."""
    csv.field_size_limit(MAX_BYTES)
    text = head.decode(errors="ignore")
    if text[:5].startswith("sep=") and text[4:5] in DELIMITERS and text[5:6] in "\r\n":
        text = text[4:5].join(["", text])  # what a spreadsheet program is told; the other marks are not asked
        mark = text[0]
        return mark, _usual(text[6:], mark)[1]
    found = {mark: _usual(text, mark) for mark in DELIMITERS}
    best = max(found, key=lambda mark: found[mark])
    return best, max(found[best][1], 1)


def _usual(text: str, mark: str) -> tuple[float, int]:
    """Which share of the first rows has the commonest number of fields above one, and that number.

    Not how many: a mark that stands within quoted cells breaks their lines into more rows.
    """
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    counts = Counter(len(row) for row in islice(rows, _TO_COMPARE) if row)
    most = max(((count, number) for number, count in counts.items() if number > 1), default=(0, 0))
    return most[0] / max(counts.total(), 1), most[1]


def _first_rows(rows: Rows) -> list[tuple[int, list[str]]]:
    """The first rows that are not blank, by their number among all, but for a line that tells the delimiter."""
    found = []
    for number in range(min(len(rows), 2 * MAX_ABOVE)):
        start, end = int(rows.starts[number]), int(rows.ends[number])
        if end - start > _LONGEST_HEADER:
            break
        row = rows.row(number)
        is_told = not number and start == 0 and rows.raw[:4] == b"sep=" and end <= 7
        if any(cell.strip() for cell in row) and not is_told:
            found.append((number, row))
    return found[:MAX_ABOVE]


class _Table:
    """The rows of a text around its header."""

    def __init__(
        self,
        file: str,
        text: Text,
        rows: Rows,
        singles: list[Single],
        header: Header,
        firsts: list[tuple[int, list[str]]],
        usual: int,
    ) -> None:
        self.file, self.text, self.rows, self.singles, self.header = file, text, rows, singles, header
        self.may_lack_last = False
        self.names = header.names
        if header.at >= 0:
            self.top = firsts[header.at][0]
            self.width = len(firsts[header.at][1])
            self.first = self.top + 1
            skipped = {firsts[other][0] for other in header.others}
        else:
            known = names_without_header(firsts[0][1])
            self.width = len(known) if known else usual
            self.may_lack_last = known is GDELT_1
            self.first = firsts[0][0]
            self.names = (*header.names, *(f"column {n + 1}" for n in range(len(header.names), self.width)))
            self.width, skipped = max(self.width, 1), set()
        self.names = self.names[: self.width]
        self.skipped = np.array(sorted(skipped), np.int64)
        self.rejected: _Rejected = []

    def sheet(self, told: list[str]) -> Sheet:
        """The table as a sheet."""
        self._refuse_odd_header()
        is_body = np.ones(len(self.rows), bool)
        is_body[: self.first] = False
        is_body[self.skipped] = False
        is_body[self._holes()] = False
        body = np.flatnonzero(is_body)
        positions = {name: position for position, name in enumerate(self.names)}
        columns, usual, unusual = self.rows.columns(body, positions, self.width)
        cells = Cells(self.file, self.names, self.rows.lines[usual], columns)
        if self.may_lack_last:
            is_short = self.rows.counts()[unusual] == self.width - 1
            cells = cells.merged(self._shorter(unusual[is_short]))
            unusual = unusual[~is_short]
        for others in self._others(unusual):
            cells = cells.merged(others)
        found = finished(
            cells,
            unnamed={self.names[position] for position in self.header.unnamed if position < self.width},
            has_returns=b"\r" in self.rows.raw,
            has_controls=holds_controls(self.rows.raw),
            has_lost=holds(self.rows.raw, _LOST),
        )
        self.rejected.sort(key=lambda row: row[0])
        told += [*self._remarks(found.cells), *self._suspicious(usual)]
        return Sheet(
            found.cells,
            told=(*told, *self.header.told, *found.told),
            rejected=tuple(self.rejected),
            repairs=found.repairs,
        )

    def _remarks(self, cells: Cells) -> list[str]:
        """Take the remarks below the last row of the table out of the rejected lines; what is told of them."""
        last = int(cells.lines.max(initial=0))
        told = []
        while self.rejected and self.rejected[-1][0] > last and is_note([self.rejected[-1][2].strip(',;\t "')]):
            line, _, text = self.rejected.pop()
            told.append(f"line {line} is left out: {shown(text)} is a remark.")
        return told

    def _suspicious(self, numbers: Any) -> list[str]:
        """What is told of rows that have as many fields as they should, and other rows in one of them."""
        if self.width < _FEWEST:
            return []
        goes_on = np.diff(self.rows.lines, append=self.rows.lines[-1] + 2)[numbers] > 1
        found = [number for number in numbers[goes_on].tolist() if swallows(self.rows, number, self.width)]
        if not found:
            return []
        first = int(self.rows.lines[found[0]])
        word = "a cell goes" if len(found) == 1 else f"{len(found):,} cells go"
        return [f"{word} over lines that look like rows of their own, first in line {first}: a quote may be missing."]

    def _refuse_odd_header(self) -> None:
        """A header whose quotes do not match is not just another row."""
        line = int(self.rows.lines[self.top]) if self.header.at >= 0 else 0
        above = [single for single in self.singles if single.line < line]
        if above and not self.header.at:
            seen = above[0].reason or "a quote stands within a cell."
            message = f"{seen} No row is skipped above the headings (expected headings with quotes around whole cells)."
            raise DataError([Problem(self.file, above[0].line, "", above[0].text[:200], message)])
        self.singles = [single for single in self.singles if single.line > line]

    def _holes(self) -> Any:
        """The rows that hold undecodable bytes, which are rejected."""
        places = np.array([hole.at for hole in self.text.holes], np.int64)
        numbers = np.searchsorted(self.rows.starts, places, "right") - 1
        is_inside = (numbers >= self.first) & (places < self.rows.ends[numbers])
        firsts: dict[int, str] = {}
        for number, hole in zip(numbers[is_inside].tolist(), np.flatnonzero(is_inside).tolist(), strict=True):
            firsts.setdefault(number, self.text.holes[hole].message)
        for number, message in firsts.items():
            self._reject(number, message)
        return np.array(sorted(firsts), np.int64)

    def _reject(self, number: int, message: str) -> None:
        raw = self.rows.raw[self.rows.starts[number] : self.rows.ends[number]]
        self.rejected.append((int(self.rows.lines[number]), message, raw.decode().rstrip("\r\n")))

    def _others(self, unusual: Any) -> Iterable[Cells]:
        """The rows with another number of fields than the header, as far as only empty ones are too many."""
        singles = list(self.singles)
        if len(unusual):
            counts = self.rows.counts()[unusual]
            groups = np.unique(counts[counts > self.width])[:_GROUPS].tolist()
            for number in unusual[~np.isin(counts, groups)].tolist():
                if not any(cell.strip() for cell in self.rows.row(number)):
                    continue
                if swallows(self.rows, number, self.width):
                    singles += taken_apart(self.rows, number, self.width)
                else:
                    self._reject(number, self._message(len(self.rows.row(number))))
            for count in groups:
                yield self._longer(unusual[counts == count], count, singles)
        holes = {int(self.rows.raw.count(b"\n", 0, hole.at)) + 1 for hole in self.text.holes} if singles else set()
        fit = []
        for single in singles:
            row = single.fields
            if not single.reason and not any(row):
                continue
            if single.reason or len(row) < self.width or any(cell.strip() for cell in row[self.width :]):
                self.rejected.append((single.line, single.reason or self._message(len(row)), single.text))
            elif single.line in holes:
                self.rejected.append((single.line, "the row has bytes that cannot be decoded.", single.text))
            else:
                fit.append(single)
        if fit:
            columns = {name: pa.array([row.fields[n] for row in fit], pa.string()) for n, name in enumerate(self.names)}
            yield Cells(self.file, self.names, np.array([row.line for row in fit], np.int64), columns)

    def _shorter(self, numbers: Any) -> Cells:
        """Those of some rows that lack the last field, which is empty."""
        positions = {name: position for position, name in enumerate(self.names[:-1])}
        columns, _, _ = self.rows.columns(numbers, positions, self.width - 1)
        columns |= {self.names[-1]: pa.repeat("", len(numbers))}
        return Cells(self.file, self.names, self.rows.lines[numbers], columns)

    def _longer(self, numbers: Any, count: int, singles: list[Single]) -> Cells:
        """Those of some rows of `count` fields, which are too many, whose last fields are empty."""
        positions = {str(position): position for position in range(count)}
        columns, _, _ = self.rows.columns(numbers, positions, count)
        cells = Cells(self.file, tuple(columns), numbers, columns).cleaned()
        is_wrong = np.logical_or.reduce([cells.is_given(str(n)) for n in range(self.width, count)])
        for number in numbers[is_wrong].tolist():
            if swallows(self.rows, number, self.width):
                singles += taken_apart(self.rows, number, self.width)
            else:
                self._reject(number, self._message(count))
        fit = cells.without(is_wrong)
        named = {name: fit.columns[str(position)] for position, name in enumerate(self.names)}
        return Cells(self.file, self.names, self.rows.lines[fit.lines], named)

    def _message(self, count: int) -> str:
        word = "field" if count == 1 else "fields"
        return f"found {count} {word} (expected {self.width}, as in the header)."
