"""What the parser of workbooks leaves out, from the parts of an .xlsx: errors, bare formulas, hidden rows."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from geodata.importers.files.packed import refuse

_BOOK = "xl/workbook.xml"
# Bytes that a sheet has if it shows an error or has a formula; others may have them too.
_HINTS = (b'"e"', b"'e'", *(start + b"f" + end for start in (b"<", b":") for end in (b">", b" ", b"/", b"\n", b"\r")))
_HIDDEN = re.compile(rb"<(?:\w+:)?row\b[^>]*\bhidden\s*=\s*[\"'](?:1|true)[\"']")
_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\br\s*=\s*[\"'](\d+)")
_VALUES = (b"v>", b"is>", b"f>")  # how the tags of what stands in a cell end
PLAIN = ".plain"
_PADDED = re.compile(rb"<v>\s*([^<>\s]+)\s*</v>")
_TAIL = 1 << 16
_MOST_COLUMNS = 16_384
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Oddities:
    """Of a sheet, by row (from 1) and column (from 0): cells that show an error, and formulas without a stored value;
    and how many rows are hidden."""

    errors: dict[Place, str] = field(default_factory=dict)
    unstored: dict[Place, str] = field(default_factory=dict)
    hidden_rows: int = 0


def oddities_of(path: Path, title: str) -> Oddities:
    """Those of the sheet of a title in an .xlsx; none of any other workbook, which keeps them in its own way."""
    with zipfile.ZipFile(path) as archive:
        part = dict(_sheets(archive)).get(title)
        if part is None:
            return Oddities()
        xml = archive.read(part)
        hidden = sum(1 for _ in _HIDDEN.finditer(xml)) if b"hidden" in xml else 0
        # Most sheets have neither, and are not parsed a second time. Wide letters hide them from a look at the bytes.
        if not any(hint in xml for hint in _HINTS) and xml[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            return Oddities(hidden_rows=hidden)
        del xml
        with archive.open(part) as opened:
            errors: dict[Place, str] = {}
            unstored: dict[Place, str] = {}
            for place, kind, value, formula in _cells(opened):
                if kind == "e" and value:
                    errors[place] = value
                elif formula is not None and not value and kind != "str":
                    # A computed text may be empty (t="str"); any other value has at least one character.
                    unstored[place] = formula
            return Oddities(errors, unstored, hidden)


def with_plain_numbers(path: Path) -> Path:
    """A copy of an .xlsx, beside it, whose numbers have no blanks around them, as some programs pad them."""
    copy = path.with_name(f"{path.name}{PLAIN}")
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as target:
        sheets = {part for _, part in _sheets(archive)}
        for name in archive.namelist():
            raw = archive.read(name)
            target.writestr(name, _PADDED.sub(rb"<v>\1</v>", raw) if name in sheets else raw)
    return copy


def refuse_far_cells(archive: zipfile.ZipFile, file: str, rows: int, cells: int) -> None:
    """Raise DataError for a sheet whose last row and column span more than is read: the parser makes room for all that
    lies before the last value. Blank rows behind it, which only have a format, are no rows."""
    for _, part in _sheets(archive):
        xml = archive.read(part).rpartition(b"sheetData>")[0]  # what follows are rules for formats
        xml = xml[: max(map(xml.rfind, _VALUES)) + 1]
        last = max((int(found[:10]) for found in _ROW.findall(xml[-_TAIL:]) + _ROW.findall(xml[:_TAIL])), default=0)
        if last > rows or (last * _MOST_COLUMNS > cells and last * _columns_at_most(xml) > cells):
            words = f"more than {rows:,} rows or {cells:,} cells"
            refuse(file, f"the sheet reaches too far, over {words} (expected a table of events).")


def _columns_at_most(xml: bytes) -> int:
    """At most so many columns are there: by the first letter of the longest names of cells."""
    if _is_there(xml, b"[A-Z]{3}\\d"):
        return _MOST_COLUMNS
    low, high = 0, 26  # below low there is a name of two letters, from high on there is none
    while low < high:
        middle = (low + high) // 2
        if _is_there(xml, b"[%c-Z][A-Z]\\d" % (65 + middle)):
            low = middle + 1
        else:
            high = middle
    return 26 * (low + 1)


def _is_there(xml: bytes, name: bytes) -> bool:
    # Each on its own: a pattern that begins with letters is found in a tenth of the time.
    return any(re.search(b"r=" + mark + name, xml) for mark in (b'"', b"'"))


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The title and the part of each sheet of an .xlsx."""
    names = set(archive.namelist())
    relations = posixpath.join(posixpath.dirname(_BOOK), "_rels", posixpath.basename(_BOOK) + ".rels")
    if not {_BOOK, relations} <= names:
        return
    parts = {
        each.get("Id", ""): posixpath.normpath(posixpath.join("/xl", each.get("Target", ""))).lstrip("/")
        for each in ElementTree.fromstring(archive.read(relations))  # noqa: S314 (it declares no entities)
    }
    for sheet in ElementTree.fromstring(archive.read(_BOOK)).iterfind(".//{*}sheet"):  # noqa: S314 (as above)
        key = next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")
        if parts.get(key) in names:
            yield sheet.get("name", ""), parts[key]


def _cells(part: object) -> Iterator[tuple[Place, str, str, str | None]]:
    """Each cell: its place, kind, stored value and formula."""
    from lxml import etree  # type: ignore[import-untyped]  # noqa: PLC0415 (only a sheet with formulas or errors needs it)

    row = column = 0
    for event, element in etree.iterparse(
        part,
        events=("start", "end"),
        tag=("{*}row", "{*}c"),
        resolve_entities=False,
        no_network=True,
        huge_tree=True,
    ):
        is_cell = etree.QName(element).localname == "c"
        if event == "start":
            if not is_cell:
                row, column = int(element.get("r") or row + 1), 0
                continue
            place = element.get("r")
            column = _column(place) if place else column + 1
            continue
        if is_cell:
            value, formula = element.findtext("{*}v") or "", element.find("{*}f")
            text = None if formula is None else formula.text or ""
            yield (row, column - 1), element.get("t") or "", value.strip(), text
        else:
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]


def _column(place: str) -> int:
    number = 0
    for letter in place:
        if not letter.isalpha():
            break
        number = 26 * number + ord(letter.upper()) - 64
    return number
