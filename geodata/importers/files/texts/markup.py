"""Tables in web pages, and in the XML of older spreadsheets: what many programs write and call a workbook (.xls)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from geodata.errors import DataError
from geodata.importers.files.packed import refuse
from geodata.importers.files.sheet import Asked, Sheet
from geodata.importers.files.texts.encoding import as_utf8
from geodata.importers.files.texts.text import read_text

_MOST_TABLES, _MOST_COLUMNS = 200, 1_000
_WORKBOOK = re.compile(rb"<(?:\w+:)?Workbook[\s>]")
_INDEX = re.compile(r"\{.*\}Index")
_ENCODING = re.compile(r"""(?<=encoding=)["'][\w.:-]+["']""")
_FIGURE = re.compile(r"[\d.,]{1,3}|[\d.,]{5,}", re.ASCII)  # four digits are a year
Rows = list[list[str]]


def read_markup(path: Path, asked: Asked) -> list[Sheet]:
    """The tables of a web page or of a workbook in XML, each a sheet; a cell over several rows or columns stands in the
    first row of each of its columns. Raises DataError where there is none.

    Nothing that a page names is followed, and no script of it runs.
    """
    from lxml import etree, html  # type: ignore[import-untyped]  # noqa: PLC0415 (only this kind needs it)

    text = as_utf8(path.read_bytes()).raw.decode()
    plain = text.replace("\0", "")
    if "<!ENTITY" in plain:
        refuse(asked.file, "the file declares XML entities (expected one without any).")
    try:
        if _WORKBOOK.search(plain[:4_096].encode()):
            parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
            raw = _ENCODING.sub('"utf-8"', plain, count=1).lstrip("\ufeff").encode()
            found = list(_worksheets(etree.fromstring(raw, parser)))
        else:
            parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
            found = list(_tables(html.document_fromstring(plain.encode(), parser)))
    except (etree.LxmlError, ValueError) as error:
        refuse(asked.file, f"the file is no page and no workbook: {str(error)[:150]} (expected a table).")
    tables = [(title, rows) for title, rows in found if len(rows) > 1 and max(map(len, rows)) > 1][:_MOST_TABLES]
    if not tables:
        refuse(asked.file, "the content is a web page without a table (expected a table, a workbook or a layer).")
    sheets, refusals = [], []
    for title, rows in tables:
        try:
            sheets.append(_sheet(rows, title if len(tables) > 1 else "", asked))
        except DataError as error:
            refusals.append(error)
    if not sheets:
        raise refusals[0]
    return sheets


def _sheet(rows: Rows, title: str, asked: Asked) -> Sheet:
    width = max(map(len, rows))
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([*row, *[""] * (width - len(row))] for row in rows)
    return replace(read_text(out.getvalue().encode(), asked.file, has_header=asked.has_header), title=title)


def _tables(page: Any) -> Iterator[tuple[str, Rows]]:
    """The title and the rows of each table of a page, but of those that hold others."""
    for number, table in enumerate(page.iter("table"), 1):
        if next(table.iterdescendants("table"), None) is None:
            title = next(map(_text, table.iter("caption")), "") or f"table {number}"
            yield title, _spread([[_cell(cell) for cell in row.iter("td", "th")] for row in table.iter("tr")])


def _cell(cell: Any) -> tuple[str, int, int]:
    """The text of a cell, and over how many columns and rows it stands."""
    columns, rows = (int(n) if (n := cell.get(name, "1")).isdecimal() else 1 for name in ("colspan", "rowspan"))
    return _text(cell), columns, rows


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _spread(rows: list[list[tuple[str, int, int]]]) -> Rows:
    """Rows whose cells stand in their columns, beside those that reach down from rows above: these are repeated, but
    for figures, as the dead of all these rows together are counted once."""
    found: Rows = []
    reaching: dict[int, tuple[str, int]] = {}
    for row in rows:
        cells: list[str] = []
        for text, columns, down in row:
            _take_reaching(cells, reaching)
            for at in range(min(max(columns, 1), _MOST_COLUMNS)):
                if down > 1:
                    reaching[len(cells)] = ("" if at or _FIGURE.fullmatch(text) else text, down - 1)
                cells.append(text if not at else "")
        _take_reaching(cells, reaching)
        if any(cells):
            found.append(cells)
    return found


def _take_reaching(cells: list[str], reaching: dict[int, tuple[str, int]]) -> None:
    while len(cells) in reaching:
        at = len(cells)
        text, left = reaching.pop(at)
        if left > 1:
            reaching[at] = (text, left - 1)
        cells.append(text)


def _worksheets(root: Any) -> Iterator[tuple[str, Rows]]:
    """The title and the rows of each sheet of a workbook in XML, whose blank cells are left out and counted over."""
    for sheet in root.iter("{*}Worksheet"):
        title = next((value for name, value in sheet.attrib.items() if name.endswith("}Name")), "")
        rows: Rows = []
        for row in sheet.iter("{*}Row"):
            cells: list[str] = []
            for cell in row.iter("{*}Cell"):
                index = next((value for name, value in cell.attrib.items() if _INDEX.fullmatch(name)), "")
                if index.isdecimal() and len(cells) < int(index) <= _MOST_COLUMNS:
                    cells += [""] * (int(index) - 1 - len(cells))
                cells.append(" ".join(_data(data) for data in cell.iter("{*}Data")))
            if any(cells):
                rows.append(cells)
        yield title, rows


def _data(data: Any) -> str:
    text = _text(data)
    is_day = any(name.endswith("}Type") and value == "DateTime" for name, value in data.attrib.items())
    return text.removesuffix(".000").removesuffix("T00:00:00") if is_day else text
