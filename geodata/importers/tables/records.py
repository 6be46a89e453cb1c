"""Tables as they lie in files: bytes to records, each with the line it starts on.

A reader of a cell that breaks a rule notes a `Problem` and gives None or "", so that one pass finds every
problem; whoever reads a table raises once at its end.
"""

from __future__ import annotations

import csv
import io
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from geodata.dates import parse_day
from geodata.errors import Problem

# Some four million events of GED's shape; below the 2 GB that a column of texts can hold.
MAX_BYTES = 1_600_000_000
MAX_VALUE = 200
MAX_FIGURE_DIGITS = 12
MAX_COLUMNS = 200
MAX_NEAREST = 1_000
T = TypeVar("T")
# Controls but newline and tab (a carriage return is read as a newline), and the two code points that no XML,
# hence no SVG, may hold. Marks for the direction of writing stay: Arabic and Hebrew need them.
# A lone surrogate comes out of JSON only; no file can hold it.
CONTROL = re.compile("[\ud800-\udfff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
# Not all that str.strip() takes away: controls are to be seen and refused.
BLANKS = " \t\n\u00a0"
_DECIMAL = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)
_FIGURE = re.compile(r"\d+", re.ASCII)
# What people write in place of a figure, and what to write instead.
_FIGURE_HINTS = (
    (re.compile(r"\d{1,3}([ ,.'’\u00a0\u202f]\d{3})+"), "write the digits alone, as in {digits}"),
    (re.compile(r"-\s*\d+"), "a figure is never negative; leave the cell empty if it is not known"),
    (re.compile(r"\d+[.,]\d+"), "write a whole number"),
    (re.compile(r"\d+\s*[-–—]\s*\d+"), 'write the two ends in the columns "{low}" and "{high}"'),
    (
        re.compile(r"(>|≥|over|more than|at least)\s*\d+\+?|\d+\+", re.IGNORECASE),
        'write the number in "{low}", leave "{high}" empty and put the word in "qualifier"',
    ),
)


def shown(value: str) -> str:
    """A value as it stood, in quotes, its controls escaped and its tail cut."""
    return repr(value if len(value) <= MAX_VALUE else value[: MAX_VALUE - 1] + "…")


def nearest(word: str, choices: Iterable[str]) -> str:
    """The sentence part " (nearest: ...)" for a misspelt word; "" if nothing is near."""
    import difflib  # noqa: PLC0415 (only a broken table needs it)

    some = list(choices)
    found = difflib.get_close_matches(word[:80].casefold(), some, n=1) if len(some) <= MAX_NEAREST else []
    return f" (nearest: {plain(found[0])})" if found else ""


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a table and where its problems go."""

    file: str
    line: int
    cells: dict[str, str]
    problems: list[Problem]

    def refuse(self, column: str, message: str) -> None:
        """Note that the cell breaks a rule."""
        value = self.cells.get(column, "")[:MAX_VALUE]
        self.problems.append(Problem(self.file, self.line, column, value, message))

    def text(self, column: str) -> str:
        """The cell; "" where it is empty."""
        return self.cells[column]

    def required(self, column: str) -> str:
        """The cell, which must not be empty."""
        value = self.cells[column]
        if not value:
            self.refuse(column, "the cell is empty (expected a value).")
        return value

    def items(self, column: str) -> tuple[str, ...]:
        """The entries of a list with ";" between them."""
        return tuple(part.strip() for part in self.cells[column].split(";") if part.strip())

    def choice(self, column: str, choices: tuple[str, ...], *, optional: bool = False) -> str:
        """One of `choices`."""
        value = self.cells[column]
        if value in choices or (optional and not value):
            return value
        words = ", ".join(choices)
        self.refuse(column, f"{shown(value)} is none of {words}{nearest(value, choices)}.")
        return ""

    def matching(self, column: str, pattern: str, expected: str, *, optional: bool = False) -> str:
        """A cell that a regular expression describes, and words describe to people."""
        value = self.cells[column]
        if re.fullmatch(pattern, value) or (optional and not value):
            return value
        self.refuse(column, f"{shown(value)} was found (expected {expected}).")
        return ""

    def parsed(self, column: str, parse: Callable[[str], T], *, optional: bool = False) -> T | None:
        """What `parse` makes of the cell; its ValueError is the message. None for an empty cell."""
        value = self.cells[column]
        if optional and not value:
            return None
        try:
            return parse(value[:MAX_VALUE])
        except ValueError as error:
            self.refuse(column, f"{error}.")
            return None

    def day(self, column: str, *, optional: bool = False) -> date | None:
        """A day (YYYY-MM-DD)."""
        return self.parsed(column, parse_day, optional=optional)

    def decimal(self, column: str, low: float, high: float, unit: str) -> float | None:
        """A decimal number from `low` to `high`; None for an empty cell."""
        value = self.cells[column]
        if not value:
            return None
        # 400 digits are a number to no one, and infinite to a computer.
        if len(value) > 40 or not _DECIMAL.fullmatch(value):
            self.refuse(column, f"{shown(value)} is not a number (expected {unit} such as 43.25).")
        elif not low <= float(value) <= high:
            self.refuse(column, f"{shown(value)} is out of range (expected {low:g} to {high:g} {unit}).")
        else:
            return float(value)
        return None

    def figure(self, column: str, low: str = "low", high: str = "high") -> int | None:
        """A whole number of people or things, never negative; None for an empty cell.

        `low` and `high` are the columns for the ends of a range, for a message to name.
        """
        value = self.cells[column]
        if not value:
            return None
        if _FIGURE.fullmatch(value) and len(value) <= MAX_FIGURE_DIGITS:
            return int(value)
        hint = "expected a whole number such as 164; leave the cell empty if it is not known"
        for pattern, words in _FIGURE_HINTS:
            if pattern.fullmatch(value):
                hint = words.format(digits=re.sub(r"\D", "", value), low=low, high=high)
                break
        self.refuse(column, f"{shown(value)} is not a figure: {hint}.")
        return None


@dataclass(slots=True)
class Table:
    """The records of a file. `complete` is False where some could not be read."""

    file: str
    records: list[Record] = field(default_factory=list)
    complete: bool = False


def too_large(size: int) -> str:
    """What is said of a file of more bytes than are read."""
    words = f"expected at most {MAX_BYTES:,}; a larger table may be several files, which are opened together"
    return f"{size:,} bytes are too many ({words})."


def read_bytes(path: Path, problems: list[Problem]) -> bytes | None:
    """What is in a regular file; None, and a problem, for any other."""

    def refuse(message: str) -> None:
        problems.append(Problem(path.name, 0, "", "", message))

    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode):
            refuse("not a regular file (expected a file, no link, folder or device).")
            return None
        if found.st_size > MAX_BYTES:
            refuse(too_large(found.st_size))
            return None
        return path.read_bytes()
    except FileNotFoundError:
        refuse("the file is missing.")
    except OSError as error:
        refuse(f"the file cannot be read: {error.strerror}.")
    return None


def decoded(raw: bytes, file: str, problems: list[Problem]) -> str | None:
    """The text of UTF-8 bytes, without its byte-order mark; None, and a problem, for any other bytes."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The codec counts from behind the mark, the reader of the message from the start of the file.
        offset = error.start + (3 if raw.startswith(b"\xef\xbb\xbf") else 0)
        guess = "; the file looks like UTF-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else ""
        byte = f"0x{raw[offset]:02x}"
        message = f"the byte {byte} at offset {offset} is not UTF-8 (expected UTF-8 text{guess})."
        problems.append(Problem(file, raw.count(b"\n", 0, offset) + 1, "", byte, message))
        return None


def read_text(path: Path, problems: list[Problem]) -> str | None:
    """The text of a regular UTF-8 file, without its byte-order mark; None, and a problem, for any other."""
    raw = read_bytes(path, problems)
    return None if raw is None else decoded(raw, path.name, problems)


def read_table(path: Path, columns: tuple[str, ...], problems: list[Problem], optional: tuple[str, ...] = ()) -> Table:
    """The records of a CSV file with exactly `columns`, in any order; broken rules go to `problems`.

    Those of `columns` that are `optional` may be missing: their cells are then empty.
    """
    table = Table(path.name)
    text = read_text(path, problems)
    if text is None:
        return table
    if not text.strip():
        message = f"the file is empty (expected the columns {', '.join(columns)})."
        problems.append(Problem(path.name, 0, "", "", message))
        return table
    has_controls = bool(CONTROL.search(text))
    header: list[str] | None = None
    for line, row in csv_rows(table, text, problems):
        if header is None:
            header = [name.strip() for name in row]
            if not header_holds(path.name, line, header, columns, problems, optional):
                break
            table.complete = True
            continue
        if len(row) != len(header):
            table.complete = False
            refuse_row(path.name, line, row, len(header), problems)
            continue
        cells = dict.fromkeys(optional, "")
        cells |= {name: cleaned(cell) for name, cell in zip(header, row, strict=True)}
        record = Record(path.name, line, cells, problems)
        if has_controls:
            refuse_controls(record)
        table.records.append(record)
    return table


def csv_rows(table: Table, text: str, problems: list[Problem], delimiter: str = ",") -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV text that are not blank, each with the line it starts on.

    A row that cannot be read is a problem, and leaves the table incomplete; after a first one, nothing follows.
    """
    csv.field_size_limit(MAX_BYTES)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    is_first = True
    while True:
        line = rows.line_num + 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            table.complete = False
            problems.append(Problem(table.file, line, "", "", _csv_message(error, line, rows.line_num)))
            if is_first:
                return
            continue
        if row:
            is_first = False
            yield line, row


def refuse_row(file: str, line: int, row: list[str], count: int, problems: list[Problem]) -> None:
    """Refuse a row that has not as many fields as the header."""
    message = f"found {len(row)} fields (expected {count}, as in the header)."
    problems.append(Problem(file, line, "", ",".join(row)[:MAX_VALUE], message))


def cleaned(cell: str) -> str:
    """A cell without the blanks around it, its line ends as newlines."""
    return _newlines(cell).strip(BLANKS)


def _newlines(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\r", "\n") if "\r" in cell else cell


def _csv_message(error: csv.Error, line: int, last_line: int) -> str:
    if "unexpected end of data" in str(error):
        return f"a quote is opened and never closed; lines {line} to {last_line} could not be read."
    return f"the quotes of this record do not match: {error}."


def refuse_controls(record: Record) -> None:
    """Refuse the cells that hold control characters."""
    for column, cell in record.cells.items():
        found = CONTROL.search(cell)
        if found:
            character = f"U+{ord(found.group()):04X}"
            record.refuse(column, f"{shown(cell)} holds the control character {character} (expected text).")


def header_holds(
    file: str,
    line: int,
    header: list[str],
    columns: tuple[str, ...],
    problems: list[Problem],
    optional: tuple[str, ...],
) -> bool:
    """Whether a header has `columns` and no others; those that are `optional` may be missing."""
    before = len(problems)

    def refuse(column: str, message: str) -> None:
        problems.append(Problem(file, line, plain(column), column[:MAX_VALUE], message))

    found = plain(", ".join(header), 1_000)
    if len(header) == 1 and any(mark in header[0] for mark in ";\t|"):
        refuse(header[0], f"{shown(header[0])} is one single column (expected commas between the columns).")
        return False
    if len(header) > MAX_COLUMNS:
        refuse("", f"{len(header):,} columns are too many (expected {', '.join(columns)}).")
        return False
    for column in columns:
        if column not in header and column not in optional:
            others = [name for name in header if name not in columns]
            refuse(column, f"the column is missing; found {found}{nearest(column, others)}.")
    for position, column in enumerate(header, 1):
        first = header.index(column) + 1
        if first < position:
            refuse(column, f"the column stands twice, as number {first} and number {position}.")
        elif column not in columns:
            refuse(column, f"unknown column (expected {', '.join(columns)}){nearest(column, columns)}.")
    return len(problems) == before


def plain(text: str, length: int = MAX_VALUE) -> str:
    """A text in one line, its controls escaped and its tail cut."""
    return repr(text[:length])[1:-1]
