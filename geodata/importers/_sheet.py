"""The rows of a workbook (.xlsx) as texts, read without trusting what the file says about itself."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from geodata.errors import Problem
from geodata.importers._rows import MAX_BYTES, MAX_VALUE

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0"
# A value far out is padded with empty cells up to there; this is where that stops.
MAX_ROWS = 1_048_576
MAX_CELLS = 20_000_000

# A formula that no program has computed: no value behind it, not even the empty text (t="str").
_UNSTORED = re.compile(
    rb'<c\b(?![^>]*\bt="str")[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*>\s*'
    rb"<f\b[^>]*?(?:/>|>([^<]*)</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a sheet that are not blank, each with its number in the sheet, and the filled sheets not read."""

    title: str
    rows: tuple[tuple[int, list[str]], ...]
    others: tuple[str, ...]


class _Unreadable(Exception):
    """Why the workbook is not read, as a sentence."""


def read_sheet(raw: bytes, file: str, suits: Callable[[list[str]], bool], problems: list[Problem]) -> Sheet | None:
    """The first sheet of a workbook, unless another one is the only one whose first row `suits`.

    Days are YYYY-MM-DD, numbers the digits that say them (45, 43.25), formulas their stored values; a formula
    without one is a problem. None, and a problem, for what is no workbook, or too large a one.
    """
    try:
        if raw.startswith(OLE):
            raise _Unreadable("the workbook is locked with a password, or an old .xls (expected an open .xlsx).")
        with zipfile.ZipFile(io.BytesIO(raw)) as archive, warnings.catch_warnings():
            size = sum(part.file_size for part in archive.infolist())
            if size > MAX_BYTES:
                raise _Unreadable(f"{size:,} bytes when unpacked are too many (expected at most {MAX_BYTES:,}).")
            warnings.simplefilter("ignore")  # of styles and drawings, which are not read
            return _read(raw, archive, file, suits, problems)
    except _Unreadable as error:
        message = str(error)
    except Exception as error:  # openpyxl raises whatever a broken part makes it stumble over
        reason = " ".join(str(error).split())[:100] or type(error).__name__
        message = f"the workbook is broken: {reason} (expected an .xlsx that a spreadsheet program can open)."
    problems.append(Problem(file, 0, "", "", message))
    return None


def _read(
    raw: bytes, archive: zipfile.ZipFile, file: str, suits: Callable[[list[str]], bool], problems: list[Problem]
) -> Sheet:
    import openpyxl  # type: ignore[import-untyped]  # noqa: PLC0415 (only a workbook needs it)

    sheets = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True).worksheets
    firsts = [next(_rows(sheet), (0, []))[1] for sheet in sheets]
    if not any(firsts):
        raise _Unreadable("the workbook is empty (expected a sheet with a table).")
    suiting = [sheet for sheet, first in zip(sheets, firsts, strict=True) if suits(first)]
    chosen = suiting[0] if len(suiting) == 1 else sheets[0]
    rows = tuple(_rows(chosen))
    header = rows[0][1] if rows else []
    for letters, number, formula in _UNSTORED.findall(archive.read(chosen._worksheet_path)):
        position = _position(letters)
        column = header[position] if position < len(header) else ""
        message = "the formula has no stored value (expected one: open the file, save it and try again)."
        value = f"={formula.decode('utf-8', 'replace')}"[:MAX_VALUE]
        problems.append(Problem(file, int(number), column, value, message))
    others = (sheet.title for sheet, first in zip(sheets, firsts, strict=True) if sheet is not chosen and first)
    return Sheet(chosen.title, rows, tuple(others))


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    """The rows with at least one value, as texts."""
    sheet.reset_dimensions()  # what the file says of its size may be wrong, and rows would be missing
    cells = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        cells += len(row)
        if number > MAX_ROWS or cells > MAX_CELLS:
            raise _Unreadable(f"the sheet reaches too far, to row {number:,} and beyond (expected a table of events).")
        texts = [_text(value) for value in row]
        if any(texts):
            yield number, texts


def _position(letters: bytes) -> int:
    """The index of a column: 0 for A, 26 for AA."""
    position = 0
    for letter in letters:
        position = position * 26 + letter - ord("A") + 1
    return position - 1


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")
    return str(value)
