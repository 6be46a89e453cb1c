"""A workbook of any program says what its cells show, sheet by sheet; a broken one is refused in one sentence."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from geodata.errors import DataError
from geodata.importers.files import workbook as reader
from geodata.importers.files.opening import read_sheets
from geodata.importers.files.sheet import Asked, Sheet
from geodata.importers.files.workbook import read_workbook
from tests.books import ENCRYPTED, ods, packed, xlsb
from tests.server import ROOT
from tests.sheets import grid, lines
from tests.tables import Cells, edited, workbook

SHEET = "xl/worksheets/sheet1.xml"
TWO: Cells = [["date", "place", "title", "deaths"], [date(2022, 1, 5), "Алматы", "Rally", 3.0], ["", "x", "y", 1.5]]


def read(path: Path, *, has_header: bool | None = None) -> list[Sheet]:
    return read_workbook(path, Asked(path.name, has_header))


def refusal(path: Path) -> str:
    with pytest.raises(DataError) as caught:
        read(path)
    assert len(caught.value.problems) == 1
    return str(caught.value)


def test_days_and_numbers_are_texts_that_say_what_they_are(tmp_path: Path) -> None:
    row = [
        datetime(2022, 1, 5),
        datetime(2022, 1, 5, 14, 3),
        45.0,
        1e-05,
        43.25,
        1e20,
        True,
        time(3, 4),
        timedelta(hours=30),
    ]
    (sheet,) = read(workbook(tmp_path, [[f"h{n}" for n in range(len(row))], row]))
    assert grid(sheet)[1] == [
        *("2022-01-05", "2022-01-05 14:03:00", "45", "0.00001", "43.25", "100000000000000000000", "TRUE", "03:04:00"),
        "30:00:00",
    ]


def test_days_since_1904_are_the_days_that_were_written(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    for row in (["date", "title"], [datetime(2022, 1, 5), "x"], [datetime(2022, 1, 6, 12), "y"]):
        book.active.append(row)
    book.save(tmp_path / "events.xlsx")
    assert read(tmp_path / "events.xlsx")[0].cells.columns["date"].to_pylist() == ["2022-01-05", "2022-01-06 12:00:00"]


def test_a_number_is_a_day_only_where_the_workbook_shows_one(tmp_path: Path) -> None:
    (sheet,) = read(workbook(tmp_path, [["date", "title"], [45000, "x"]]))
    assert grid(sheet)[1] == ["45000", "x"]


def test_all_sheets_are_read_and_hidden_ones_marked(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, state in (("2020", "visible"), ("2021", "hidden"), ("2022", "veryHidden"), ("empty", "visible")):
        sheet = book.create_sheet(title)
        sheet.sheet_state = state
        for row in [] if title == "empty" else [["date", "title"], [f"{title}-01-05", "x"]]:
            sheet.append(row)
    book.create_chartsheet("chart")
    book.save(tmp_path / "events.xlsx")
    found = read(tmp_path / "events.xlsx")
    assert [(sheet.title, sheet.is_hidden, grid(sheet)[1][0]) for sheet in found] == [
        ("2020", False, "2020-01-05"),
        ("2021", True, "2021-01-05"),
        ("2022", True, "2022-01-05"),
    ]


def test_a_sheet_without_headings_is_read_where_that_is_said(tmp_path: Path) -> None:
    path = workbook(tmp_path, [[None, None], [None, "2022-01-05", "x"]])
    assert "row 2 looks like data" in refusal(path)
    assert grid(read(path, has_header=False)[0]) == [["column 2", "column 3"], ["2022-01-05", "x"]]


def test_two_hundred_sheets_are_read(tmp_path: Path) -> None:
    sheets: list[Cells] = [[["date", "title"], ["2022-01-05", "x"]]] * 200
    assert len(read(workbook(tmp_path, *sheets))) == 200


def test_a_header_of_two_rows_takes_the_lower_one_where_the_upper_is_merged(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["date", "place", "Harm", None], [None, None, "killed", "injured"], [date(2022, 1, 5), "Almaty", 3, 1]):
        book.active.append(row)
    for cells in ("A1:A2", "B1:B2", "C1:D1"):
        book.active.merge_cells(cells)
    book.save(tmp_path / "events.xlsx")
    assert grid(read(tmp_path / "events.xlsx")[0]) == [
        ["date", "place", "killed", "injured"],
        ["2022-01-05", "Almaty", "3", "1"],
    ]


def test_merged_cells_are_filled_in_the_header_only(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    rows = (["date", "place", "Harm", None], [date(2022, 1, 5), "Almaty", 3, 1], [date(2022, 1, 6), None, 2, 0])
    for row in rows:
        book.active.append(row)
    book.active.merge_cells("C1:D1")
    book.active.merge_cells("B2:B3")
    book.save(tmp_path / "events.xlsx")
    assert grid(read(tmp_path / "events.xlsx")[0]) == [
        ["date", "place", "Harm", "Harm (2)"],
        ["2022-01-05", "Almaty", "3", "1"],
        ["2022-01-06", "", "2", "0"],
    ]


def test_hidden_rows_are_read_and_counted(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["date", "title"], ["2022-01-05", "x"], ["2022-01-06", "y"]])
    book = openpyxl.load_workbook(path)
    book.active.row_dimensions[3].hidden = True
    book.save(path)
    (sheet,) = read(path)
    assert (lines(sheet), sheet.told) == ([2, 3], ("1 row is hidden in the sheet, and read as the others.",))


FORMULA: Cells = [["title", "date", "deaths", "notes"], ["x", "2022-01-05", "=2*13", '=""'], ["y", "2022-01-06", 1, ""]]


def prefixed(xml: bytes) -> bytes:
    """The same sheet with a prefix before every name of an element, as some programs write it."""
    return re.sub(rb"<(/?)(\w)", rb"<\1s:\2", xml).replace(b"xmlns=", b"xmlns:s=")


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml,
        lambda xml: xml.replace(b'"', b"'"),
        prefixed,
        lambda xml: re.sub(rb'(<c|<row) r="\w+"', rb"\1", xml),
        lambda xml: xml.replace(b"<f>", b"<f><!-- a note -->"),
    ],
    ids=["as it is", "single quotes", "prefix", "no positions", "comment"],
)
def test_the_row_of_a_formula_without_a_stored_value_is_rejected(
    tmp_path: Path, change: Callable[[bytes], bytes]
) -> None:
    (sheet,) = read(edited(workbook(tmp_path, FORMULA), SHEET, change))
    assert (lines(sheet), [row[0] for row in sheet.rejected]) == ([3], [2])
    assert sheet.rejected[0][1] == (
        'the formula in "deaths" has no stored value (expected one: open the file, save it and try again).'
    )


def test_a_formula_is_read_as_its_stored_value(tmp_path: Path) -> None:
    def computed(xml: bytes) -> bytes:
        for cell, formula, value in ((b'"C2"', b"2*13", b"26"), (b'"D2"', b'""', b"")):
            before, _, after = xml.partition(b"<c r=" + cell)
            kind = b"" if value else b' t="str"'
            stored = b"<f>" + formula + b"</f><v>" + value + b"</v></c>"
            xml = before + b"<c r=" + cell + kind + b">" + stored + after.partition(b"</c>")[2]
        return xml

    (sheet,) = read(edited(workbook(tmp_path, FORMULA), SHEET, computed))
    assert (grid(sheet)[1], sheet.rejected) == (["x", "2022-01-05", "26", ""], ())


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!"])
def test_an_error_of_the_spreadsheet_stays_as_text(tmp_path: Path, error: str) -> None:
    book = openpyxl.Workbook()
    for row in (["title", "date", "deaths"], ["x", "2022-01-05", error]):
        book.active.append(row)
    book.active["C2"].data_type = "e"
    book.save(tmp_path / "events.xlsx")
    assert grid(read(tmp_path / "events.xlsx")[0])[1] == ["x", "2022-01-05", error]


@pytest.mark.parametrize("text", ["=1+1", "@x", "+1", "-1"])
def test_a_text_that_looks_like_a_formula_stays_that_text(tmp_path: Path, text: str) -> None:
    book = openpyxl.Workbook()
    for row in (["title", "date"], [text, "2022-01-05"]):
        book.active.append(row)
    book.active["A2"].data_type = "s"
    book.save(tmp_path / "events.xlsx")
    assert grid(read(tmp_path / "events.xlsx")[0])[1][0] == text


def test_rows_beyond_the_size_that_a_sheet_states_are_read(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["title", "date"], ["x", "2022-01-05"], ["y", "2022-01-05"]])
    edited(path, SHEET, lambda xml: xml.replace(b'ref="A1:B3"', b'ref="A1:B2"'))
    assert lines(read(path)[0]) == [2, 3]


def test_a_table_that_starts_far_from_the_corner_keeps_its_rows(tmp_path: Path) -> None:
    cells: Cells = [[], [], [None, None, "title", "date"], [None, None, "x", "2022-01-05"]]
    (sheet,) = read(workbook(tmp_path, cells))
    assert (grid(sheet), lines(sheet)) == ([["title", "date"], ["x", "2022-01-05"]], [4])


def test_what_stands_beside_the_table_is_told_or_a_column_of_its_own(tmp_path: Path) -> None:
    cells: Cells = [["title", "date"], ["x", "2022-01-05", None, "ask Ann"], [None, None, None, "sum"]]
    (sheet,) = read(workbook(tmp_path, cells))
    assert grid(sheet) == [["title", "date", "column 4"], ["x", "2022-01-05", "ask Ann"]]
    assert sheet.told == ("row 3: 'sum' beside the table is not read.",)


def test_a_sheet_that_is_no_table_stands_beside_one_that_is_and_says_why(tmp_path: Path) -> None:
    table: Cells = [["title", "date"], ["x", "2022-01-05"]]
    found = read(workbook(tmp_path, [[1, 2, 3], [4, 5, 6]], table))
    assert [sheet.cells.names for sheet in found] == [(), ("title", "date")]
    assert found[0].told[0].startswith("the sheet is not read: row 1 looks like data")


def test_a_remark_below_a_sheet_s_table_is_told_and_no_row(tmp_path: Path) -> None:
    cells: Cells = [["title", "date"], ["x", "2022-01-05"], ["Source: the police"], ["* preliminary"]]
    (sheet,) = read(workbook(tmp_path, cells))
    assert grid(sheet) == [["title", "date"], ["x", "2022-01-05"]]
    assert len(sheet.told) == 2


@pytest.mark.parametrize("make", [ods, xlsb])
def test_workbooks_of_other_programs_are_read(tmp_path: Path, make: Callable[[Path, list[list[Any]]], Path]) -> None:
    rows: list[list[Any]] = [["title", "place", "deaths"], ["Rally", "Алматы", 3.0], ["Clash", "Taraz", 1.5]]
    (sheet,) = read_sheets(make(tmp_path / "events", rows))
    assert (sheet.title, grid(sheet)[1:]) == ("2022", [["Rally", "Алматы", "3"], ["Clash", "Taraz", "1.5"]])


def test_a_day_of_an_ods_is_a_day(tmp_path: Path) -> None:
    (sheet,) = read(ods(tmp_path / "events.ods", [["title", "date"], ["Rally", "2022-01-05"]]))
    assert grid(sheet)[1] == ["Rally", "2022-01-05"]


def test_an_old_xls_is_read(tmp_path: Path) -> None:
    shutil.copy(ROOT / "tests" / "cases" / "two_events.xls", tmp_path / "events.csv")
    visible, hidden = read_sheets(tmp_path / "events.csv")
    assert grid(visible)[1:] == [["2022-01-05", "Алматы", "Rally", "3"], ["2022-01-06", "Taraz", "Clash", "1.5"]]
    assert (hidden.title, hidden.is_hidden) == ("old", True)


def test_a_workbook_under_the_name_of_a_text_is_read_as_what_it_is(tmp_path: Path) -> None:
    (sheet,) = read_sheets(workbook(tmp_path, TWO, name="events.csv"))
    assert grid(sheet)[1] == ["2022-01-05", "Алматы", "Rally", "3"]


LOCKED = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_workbook_with_a_password_is_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "events"
    if kind == "ods":
        ods(path, [["title"], ["x"]], manifest=LOCKED)
    else:
        path.write_bytes(ENCRYPTED)
    assert refusal(path) == "events: the workbook is locked with a password (expected an open one)."


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"PK\x03\x04" + b"0" * 600, "the workbook is broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "the workbook is broken"),
        (b"title,date", "the workbook is broken"),
    ],
    ids=["half a file", "half an old file", "text"],
)
def test_what_is_no_workbook_is_refused_in_one_sentence(tmp_path: Path, raw: bytes, words: str) -> None:
    (tmp_path / "events.xlsx").write_bytes(raw)
    assert words in refusal(tmp_path / "events.xlsx")


def test_a_workbook_without_a_filled_sheet_is_empty(tmp_path: Path) -> None:
    assert "the workbook is empty" in refusal(workbook(tmp_path, []))


ENTITIES = b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 20) for n in range(1, 10))


@pytest.mark.parametrize(
    ("part", "change", "words"),
    [
        ("xl/styles.xml", lambda xml: xml + b" " * 540_000_000, "bytes when unpacked are too many"),
        ("xl/styles.xml", lambda xml: xml + b" " * 2_000_000, "a part is over 200 times as large when unpacked"),
        (SHEET, lambda _: b"", "the workbook is broken"),
        (SHEET, lambda xml: xml.replace(b'<row r="2"', b'<row r="900000000"'), "the sheet reaches too far"),
        (SHEET, lambda xml: xml.replace(b'r="A2"', b'r="XFD1048576"').replace(b'"2"', b'"1048576"'), "reaches too far"),
        (SHEET, lambda xml: xml.replace(b'r="A2"', b'r="ZZ900000"').replace(b'"2"', b'"900000"'), "reaches too far"),
        (
            SHEET,
            lambda xml: b'<!DOCTYPE x [<!ENTITY e0 "aaaaaaaaaa">' + ENTITIES + b"]>" + xml.replace(b">x<", b">&e9;<"),
            "declares XML entities",
        ),
    ],
    ids=["zip bomb", "small bomb", "no sheet", "far row", "last cell", "far column", "entities"],
)
def test_a_workbook_that_would_fill_the_memory_is_refused(
    tmp_path: Path, part: str, change: Callable[[bytes], bytes], words: str
) -> None:
    path = workbook(tmp_path, [["title", "date"], ["x", "2022-01-05"]])
    assert words in refusal(edited(path, part, change))


def test_blank_rows_with_a_format_behind_the_table_are_no_rows(tmp_path: Path) -> None:
    far = b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData><q><xm:sqref>A1</xm:sqref></q>'
    path = workbook(tmp_path, [["title", "date"], ["x", "2022-01-05"]])
    (sheet,) = read(edited(path, SHEET, lambda xml: xml.replace(b"</sheetData>", far)))
    assert grid(sheet) == [["title", "date"], ["x", "2022-01-05"]]


def test_a_workbook_of_too_many_parts_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "events.xlsx", {f"xl/{number}": b"" for number in range(2_001)})
    assert "2,001 parts in the archive are too many (expected at most 2,000)" in refusal(path)


def test_the_rows_of_all_sheets_count_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workbook(tmp_path, [["title", "date"], ["x", "2022-01-05"]], [["Notes"]])
    monkeypatch.setattr(reader, "MAX_ROWS", 3)
    assert len(read(path)) == 2
    monkeypatch.setattr(reader, "MAX_ROWS", 2)
    assert "the sheet reaches too far" in refusal(path)


def test_a_sheet_says_the_same_as_the_text_of_it(tmp_path: Path) -> None:
    rows: Cells = [["title", "date"], *([f"Event {n}", f"2022-01-{n % 28 + 1:02}"] for n in range(25_000))]
    (sheet,) = read(workbook(tmp_path, rows))
    assert grid(sheet) == rows
    assert lines(sheet) == list(range(2, 25_002))
