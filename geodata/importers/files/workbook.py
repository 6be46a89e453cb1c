"""Workbooks of any program (.xlsx, .xls, .xlsb, .ods): each sheet with its cells as texts, as a reader sees them."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from geodata.errors import DataError
from geodata.importers.files.cleaning import finished
from geodata.importers.files.headers import MAX_ABOVE, Header, find_header
from geodata.importers.files.packed import refuse, refuse_bombs
from geodata.importers.files.parts import PLAIN, Oddities, oddities_of, refuse_far_cells, with_plain_numbers
from geodata.importers.files.sheet import Asked, Sheet
from geodata.importers.tables.cells import Cells

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# For all sheets together. The rows are those of one full sheet, and the first ones of some others.
MAX_ROWS = 1_200_000
MAX_CELLS = 40_000_000
# A header further down than this is none.
MAX_ABOVE_HEADER = 1_000
_BATCH = 10_000
_LOCKED = "the workbook is locked with a password (expected an open one)."
# A parser of XML raises SyntaxError, one of archives the others.
_BROKEN = (SyntaxError, OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error)
_Merged = Iterable[tuple[tuple[int, int], tuple[int, int]]]


def read_workbook(path: Path, asked: Asked) -> list[Sheet]:
    """The sheets of a workbook that are not empty, hidden ones among them. Raises DataError.

    Days are YYYY-MM-DD, numbers the digits that say them (45, 43.25), formulas their stored values; the row of a
    formula without one is rejected. A sheet without a table has no columns, and says why; if all are so, they are
    refused.
    """
    import python_calamine as calamine  # noqa: PLC0415 (only a workbook needs it)

    odd = _looked_at(path, asked.file)
    try:
        return _sheets(path, asked, odd)
    except calamine.PasswordError:
        refuse(asked.file, _LOCKED)
    except (calamine.CalamineError, *_BROKEN) as error:
        if "float" in str(error) and path.suffix != PLAIN and zipfile.is_zipfile(path):
            return read_workbook(with_plain_numbers(path), asked)
        reason = " ".join(str(error).split())[:100] or type(error).__name__
        refuse(asked.file, f"the workbook is broken: {reason} (expected one that a spreadsheet program can open).")


def _sheets(path: Path, asked: Asked, odd: Callable[[str], Oddities]) -> list[Sheet]:
    import python_calamine as calamine  # noqa: PLC0415 (as above)

    workbook = calamine.CalamineWorkbook.from_path(path)
    about = [each for each in workbook.sheets_metadata if each.typ == calamine.SheetTypeEnum.WorkSheet]
    sheets, refusals = [], []
    rows = cells = 0
    for each in about:
        found = workbook.get_sheet_by_name(each.name)
        rows += found.end[0] + 1 if found.end else 0
        cells += found.height * found.width
        if rows > MAX_ROWS or cells > MAX_CELLS:
            words = f"more than {MAX_ROWS:,} rows or {MAX_CELLS:,} cells"
            refuse(asked.file, f"the sheet reaches too far, over {words} (expected a table of events).")
        is_hidden = each.visible != calamine.SheetVisibleEnum.Visible
        try:
            sheet = _sheet(found, odd(each.name), asked, is_hidden)
        except DataError as error:
            refusals.append(error)
            nothing = Cells(asked.file, (), np.zeros(0, np.int64), {})
            told = tuple(f"the sheet is not read: {problem.message}" for problem in error.problems)
            sheet = Sheet(nothing, each.name, is_hidden, told)
        if sheet is not None:
            sheets.append(sheet)
    if refusals and not any(sheet.cells.names for sheet in sheets):
        raise refusals[0]
    if not sheets:
        refuse(asked.file, "the workbook is empty (expected a sheet with a table).")
    return sheets


def _looked_at(path: Path, file: str) -> Callable[[str], Oddities]:
    """What is not to be parsed is refused; of what is, a way to the cells that the parser leaves out."""
    with path.open("rb") as opened:
        head = opened.read(8)
    if head.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
            refuse(file, _LOCKED)
        return lambda _: Oddities()
    try:
        with zipfile.ZipFile(path) as archive:
            refuse_bombs(archive, file)
            names = archive.namelist()
            if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
                refuse(file, _LOCKED)
            refuse_far_cells(archive, file, MAX_ROWS, MAX_CELLS)
    except _BROKEN as error:
        refuse(file, f"the workbook is broken: {error} (expected one that a spreadsheet program can open).")
    return lambda title: oddities_of(path, title)


def _sheet(found: Any, odd: Oddities, asked: Asked, is_hidden: bool) -> Sheet | None:
    if not found.start:
        return None
    left = found.start[1]
    rows = found.iter_rows()
    columns: list[list[pa.Array]] = [[] for _ in range(found.width)]
    head: list[tuple[int, list[str]]] = []
    done = 0
    while batch := list(islice(rows, _BATCH)):
        texts = [_texts(values) for values in zip(*batch, strict=True)]
        _put_back(texts, done, left, odd)
        if done < MAX_ABOVE_HEADER:
            numbered = enumerate(zip(*(column[: MAX_ABOVE_HEADER - done] for column in texts), strict=True), done + 1)
            head += [(number, [""] * left + [*row]) for number, row in numbered if any(row)]
        for column, part in zip(columns, texts, strict=True):
            column.append(pa.array(part, pa.string()))
        done += len(batch)
    if not head:
        return None
    head = head[:MAX_ABOVE]
    header = _header(head, found.merged_cell_ranges or (), asked)
    is_body = np.ones(done, bool)
    is_body[: head[header.at][0] if header.at >= 0 else 0] = False
    is_body[[head[other][0] - 1 for other in header.others]] = False
    names = (*header.names, *(f"column {n + 1}" for n in range(len(header.names), left + found.width)))
    unnamed = {names[position] for position in header.unnamed} | set(names[len(header.names) :])
    rejected, is_out = _unstored(odd, names, head[header.at][0] if header.at >= 0 else 0, columns, left)
    is_body[[row - 1 for row in is_out]] = False
    kept = pa.array(is_body)
    cells = Cells(
        asked.file,
        names[left:],
        np.flatnonzero(is_body) + 1,
        {name: pa.concat_arrays(column).filter(kept) for name, column in zip(names[left:], columns, strict=True)},
    )
    done_with = finished(cells, unnamed=unnamed & set(names[left:]), word="row")
    told = (*header.told, *done_with.told, *_hidden_rows(odd))
    return Sheet(done_with.cells, found.name, is_hidden, told, tuple(rejected), done_with.repairs)


def _header(head: list[tuple[int, list[str]]], merged: _Merged, asked: Asked) -> Header:
    """The header among the first rows, where a cell that is merged with others is in each of them."""
    rows = {number: list(row) for number, row in head}
    heads = set()
    across = []
    for (top, left), (bottom, right) in merged:
        text = rows.get(top + 1, [""] * (left + 1))[left : left + 1]
        for number in range(top + 2, min(bottom + 1, head[-1][0]) + 1):
            if number in rows and text and left < len(rows[number]):
                rows[number][left] = text[0]
        if right > left:
            heads.add(top + 1)
            across.append((top + 1, left, right, text))
    numbered = [(number, rows[number]) for number, _ in head]
    # Where the header is, is seen by cells that are full; then its merged cells are headings of each column.
    found = find_header(asked.file, numbered, has_header=asked.has_header, heads=heads, word="row")
    if found.at >= 0 and sum(map(bool, rows[head[found.at][0]])) == 1:
        return found  # one cell over all columns, which names none
    for number, left, right, text in across:
        if found.at >= 0 and number == head[found.at][0] and text and text[0]:
            for position in range(left + 1, min(right + 1, len(rows[number]))):
                rows[number][position] = f"{text[0]} ({position - left + 1})"
    if found.at < 0:
        return found
    return find_header(asked.file, numbered, has_header=asked.has_header, heads=heads - {head[found.at][0]}, word="row")


def _put_back(columns: list[list[str]], first: int, left: int, odd: Oddities) -> None:
    """Write the errors of the spreadsheet into the cells that the parser leaves empty."""
    for (row, column), text in odd.errors.items():
        if left <= column < left + len(columns) and first < row <= first + len(columns[0]):
            columns[column - left][row - first - 1] = text


def _unstored(
    odd: Oddities, names: tuple[str, ...], header: int, columns: list[list[pa.Array]], left: int
) -> tuple[list[tuple[int, str, str]], set[int]]:
    """The rows with formulas that no program has computed, as rejected rows, and their numbers."""
    rejected: dict[int, tuple[int, str, str]] = {}
    for (row, column), formula in sorted(odd.unstored.items()):
        if row <= header or row in rejected:
            continue
        name = names[column] if column < len(names) else f"column {column + 1}"
        at, within = divmod(row - 1, _BATCH)
        texts = [pieces[at][within].as_py() for pieces in columns] if at < len(columns[0]) else []
        if left <= column < left + len(texts):
            texts[column - left] = f"={formula}"
        message = f'the formula in "{name}" has no stored value (expected one: open the file, save it and try again).'
        rejected[row] = (row, message, "\t".join(texts))
    return list(rejected.values()), {row for row in rejected if row <= sum(map(len, columns[0]))}


def _hidden_rows(odd: Oddities) -> Iterator[str]:
    if odd.hidden_rows:
        word = "row is" if odd.hidden_rows == 1 else "rows are"
        yield f"{odd.hidden_rows:,} {word} hidden in the sheet, and read as the others."


def _texts(values: tuple[object, ...]) -> list[str]:
    """A part of a column as texts: most parts hold texts alone, or the same days again and again."""
    kinds = set(map(type, values))
    if kinds == {str}:
        return [*map(str, values)]
    if float in kinds:
        return [value if type(value) is str else _text(value) for value in values]
    known = {(kind, value): _text(value) for kind, value in dict.fromkeys(zip(map(type, values), values, strict=True))}
    return [known[pair] for pair in zip(map(type, values), values, strict=True)]


def _text(value: object) -> str:
    found = str(value)
    if isinstance(value, float):
        found = found.removesuffix(".0") if "e" not in found else format(Decimal(found), "f")
    elif isinstance(value, bool):
        found = found.upper()
    elif isinstance(value, datetime):
        found = value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    elif isinstance(value, timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        found = f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
    return found
