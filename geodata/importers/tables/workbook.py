"""The rows of a workbook (.xlsx) as texts, read without trusting what the file says about itself."""

from __future__ import annotations

import io
import itertools
import warnings
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import IO, Any
from xml.etree import ElementTree

from geodata.errors import Problem
from geodata.importers.tables.records import MAX_VALUE

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0"
# A value far out is padded with empty cells up to there; this is where that stops, for all the sheets together. The
# rows are those of one full sheet, and the first ones of some others.
MAX_ROWS = 1_200_000
MAX_CELLS = 20_000_000
# A header further down than this is none.
MAX_ABOVE_HEADER = 1_000
MAX_PARTS = 2_000
MAX_UNPACKED = 200_000_000
# Tables of texts shrink to a tenth, monotonous ones to a hundredth; small parts can do no harm.
MAX_RATIO = 200
RATIO_FROM = 1_000_000
_CHUNK = 1_000_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a sheet that are not blank, each with its number in the sheet, and the sheets that are not read.

    `others` are visible and filled; `hidden` ones were not looked into.
    """

    title: str
    rows: tuple[tuple[int, list[str]], ...]
    others: tuple[str, ...]
    hidden: tuple[str, ...]


class _Unreadable(Exception):
    """Why the workbook is not read, as a sentence."""


@dataclass(slots=True)
class _Budget:
    """How many rows and cells of the whole workbook were read so far."""

    rows: int = field(default=0)
    cells: int = field(default=0)

    def spend(self, cells: int) -> None:
        self.rows += 1
        self.cells += cells
        if self.rows > MAX_ROWS or self.cells > MAX_CELLS:
            words = f"more than {MAX_ROWS:,} rows or {MAX_CELLS:,} cells"
            raise _Unreadable(f"the sheet reaches too far, over {words} (expected a table of events).")


def read_sheet(raw: bytes, file: str, suits: Callable[[list[str]], bool], problems: list[Problem]) -> Sheet | None:
    """The first visible sheet of a workbook, unless another is the only visible one whose first row `suits`.

    Days are YYYY-MM-DD, numbers the digits that say them (45, 43.25), formulas their stored values; a formula
    without one is a problem. None, and a problem, for what is no workbook, or too large a one.
    """
    try:
        if raw.startswith(OLE):
            raise _Unreadable("the workbook is locked with a password, or an old .xls (expected an open .xlsx).")
        with zipfile.ZipFile(io.BytesIO(raw)) as archive, warnings.catch_warnings():
            _refuse_bombs(archive)
            warnings.simplefilter("ignore")  # of styles and drawings, which are not read
            return _read(raw, archive, file, suits, problems)
    except _Unreadable as error:
        message = str(error)
    except Exception as error:  # openpyxl raises whatever a broken part makes it stumble over
        reason = " ".join(str(error).split())[:100] or type(error).__name__
        message = f"the workbook is broken: {reason} (expected an .xlsx that a spreadsheet program can open)."
    problems.append(Problem(file, 0, "", "", message))
    return None


def _refuse_bombs(archive: zipfile.ZipFile) -> None:
    """Raise for what is small in the file and large in the memory, before any of it is parsed."""
    parts = archive.infolist()
    if len(parts) > MAX_PARTS:
        raise _Unreadable(f"{len(parts):,} parts in the workbook are too many (expected at most {MAX_PARTS:,}).")
    size = sum(part.file_size for part in parts)
    if size > MAX_UNPACKED:
        raise _Unreadable(f"{size:,} bytes when unpacked are too many (expected at most {MAX_UNPACKED:,}).")
    for part in parts:
        if part.file_size > RATIO_FROM and part.file_size > MAX_RATIO * part.compress_size:
            words = f"a part is over {MAX_RATIO} times as large when unpacked"
            raise _Unreadable(f"{words} (expected a table: open the file and save it again).")
        if part.filename.lower().endswith((".xml", ".rels")):
            _refuse_entities(archive, part.filename)


def _refuse_entities(archive: zipfile.ZipFile, name: str) -> None:
    """Raise for a part that declares entities, which can grow without end. No spreadsheet program writes any."""
    with archive.open(name) as part:
        before = b""
        while chunk := part.read(_CHUNK):
            text = before + chunk.replace(b"\0", b"")  # what UTF-16 has between the letters
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                raise _Unreadable("the workbook declares XML entities (expected an .xlsx without any).")
            before = text[-len(b"<!DOCTYPE") :]


def _read(
    raw: bytes, archive: zipfile.ZipFile, file: str, suits: Callable[[list[str]], bool], problems: list[Problem]
) -> Sheet:
    import openpyxl  # type: ignore[import-untyped]  # noqa: PLC0415 (only a workbook needs it)

    found = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True).worksheets
    sheets = [sheet for sheet in found if sheet.sheet_state == "visible"]
    budget = _Budget()
    firsts = [next(_rows(sheet, budget, MAX_ABOVE_HEADER), (0, []))[1] for sheet in sheets]
    if not any(firsts):
        raise _Unreadable("the workbook is empty (expected a sheet with a table, and not a hidden one).")
    suiting = [sheet for sheet, first in zip(sheets, firsts, strict=True) if suits(first)]
    chosen = suiting[0] if len(suiting) == 1 else sheets[0]
    rows = tuple(_rows(chosen, budget)) if firsts[sheets.index(chosen)] else ()
    header = rows[0][1] if rows else []
    _refuse_entities(archive, chosen._worksheet_path)  # its name may end in anything
    with archive.open(chosen._worksheet_path) as part:
        for number, position, formula in _unstored(part):
            column = header[position] if position < len(header) else ""
            message = "the formula has no stored value (expected one: open the file, save it and try again)."
            problems.append(Problem(file, number, column, f"={formula}"[:MAX_VALUE], message))
    others = (sheet.title for sheet, first in zip(sheets, firsts, strict=True) if sheet is not chosen and first)
    hidden = (sheet.title for sheet in found if sheet not in sheets)
    return Sheet(chosen.title, rows, tuple(others), tuple(hidden))


def _rows(sheet: Any, budget: _Budget, most: int | None = None) -> Iterator[tuple[int, list[str]]]:
    """Those of the first `most` rows, or of all, with at least one value, as texts."""
    sheet.reset_dimensions()  # what the file says of its size may be wrong, and rows would be missing
    for number, row in enumerate(itertools.islice(sheet.iter_rows(values_only=True), most), 1):
        budget.spend(len(row))
        texts = [_text(value) for value in row]
        if any(texts):
            yield number, texts


def _unstored(part: IO[bytes]) -> Iterator[tuple[int, int, str]]:
    """The row, the index of the column and the text of each formula that no program has computed."""
    from openpyxl.utils.cell import coordinate_to_tuple  # type: ignore[import-untyped]  # noqa: PLC0415 (as above)

    row = column = 0
    parents: list[ElementTree.Element] = []
    for event, element in ElementTree.iterparse(part, ("start", "end")):  # noqa: S314 (it declares no entities)
        kind = element.tag.rpartition("}")[2]
        if event == "start":
            parents.append(element)
            if kind == "row":
                row, column = int(element.get("r", row + 1)), 0
            elif kind == "c":
                place = element.get("r")
                row, column = coordinate_to_tuple(place) if place else (row, column + 1)
            continue
        parents.pop()
        if kind == "c":
            formula, value = element.find("{*}f"), element.findtext("{*}v") or ""
            # A computed text may be empty (t="str"); any other value has at least one character.
            if formula is not None and not value.strip() and element.get("t") != "str":
                yield row, column - 1, formula.text or ""
        if parents and kind not in ("f", "v"):
            parents[-1].remove(element)  # else the whole sheet would stay in the memory


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
