"""A workbook says what its cells show, and a broken one is refused in one sentence."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.records import read_data
from tests.tables import Cells, edited, problems, rows, table, workbook


def test_a_workbook_s_days_and_numbers_are_read_as_what_they_are(tmp_path: Path) -> None:
    path = workbook(
        tmp_path,
        [
            ["event_id", "title", "date_start", "date_end", "lon", "lat", "deaths"],
            [45.0, "x", date(2022, 1, 5), datetime(2022, 1, 6), 77, 43.25, 45.0],
            [None] * 7,
            [None, "y", "2022-01-07", None, 1e-05, -0.5, "46"],
        ],
    )
    data = read_data(path)
    first, second = data.events
    assert (first.event_id, first.date_start, first.date_end) == ("45", date(2022, 1, 5), date(2022, 1, 6))
    assert (second.event_id, second.date_start) == ("events-R4", date(2022, 1, 7))
    assert [place.point for place in data.places] == [(77.0, 43.25), (1e-05, -0.5)]
    assert [found.low for found in data.claims] == [45, 46]


FORMULA: Cells = [["title", "date_start", "deaths", "notes"], ["x", "2022-01-05", "=2*13", '=""']]
SHEET = "xl/worksheets/sheet1.xml"


def computed(xml: bytes) -> bytes:
    """What a spreadsheet program stores beside the two formulas."""
    for cell, formula, value in ((b'"C2"', b"2*13", b"26"), (b'"D2"', b'""', b"")):
        before, _, after = xml.partition(b"<c r=" + cell)
        kind = b"" if value else b' t="str"'
        after = after.partition(b"</c>")[2]
        stored = b"<f>" + formula + b"</f><v>" + value + b"</v></c>"
        xml = before + b"<c r=" + cell + kind + b">" + stored + after
    return xml


def test_a_formula_is_read_as_its_stored_value_and_refused_without_one(tmp_path: Path) -> None:
    path = workbook(tmp_path, FORMULA)
    assert [(problem.line, problem.column, problem.value) for problem in problems(path)] == [
        (2, "deaths", "=2*13"),
        (2, "notes", '=""'),
    ]
    data = read_data(edited(path, SHEET, computed))
    assert (data.claims[0].low, data.events[0].notes) == (26, "")


@pytest.mark.parametrize("text", ["=1+1", "@x", "+1", "-1"])
def test_a_text_that_looks_like_a_formula_stays_that_text(tmp_path: Path, text: str) -> None:
    book = openpyxl.Workbook()
    for row in (["title", "date_start"], [text, "2022-01-05"]):
        book.active.append(row)
    book.active["A2"].data_type = "s"
    book.save(tmp_path / "events.xlsx")
    assert read_data(tmp_path / "events.xlsx").events[0].title == text
    assert rows(tmp_path, "title,date_start", f"{text},2022-01-05").events[0].title == text


def test_of_several_sheets_the_only_one_with_the_columns_is_read_and_the_others_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    good: Cells = [["title", "date_start"], ["x", "2022-01-05"]]
    other: Cells = [["title", "date_start"], ["y", "2022-01-05"]]
    titles = []
    for sheets in ([[["Report"]], good], [good, [["Notes"]]], [good, other], [good, []]):
        titles.append(read_data(workbook(tmp_path, *sheets)).events[0].title)
    assert titles == ["x"] * 4
    assert caplog.messages == [
        "events.xlsx: only the sheet 'Sheet1' is read, not 'Sheet'.",
        *["events.xlsx: only the sheet 'Sheet' is read, not 'Sheet1'."] * 2,
    ]


def test_rows_beyond_the_size_that_a_sheet_states_are_read(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["title", "date_start"], ["x", "2022-01-05"], ["y", "2022-01-05"]])
    edited(path, SHEET, lambda xml: xml.replace(b'ref="A1:B3"', b'ref="A1:B2"'))
    assert len(read_data(path).events) == 2


def test_what_stands_beside_the_table_of_a_sheet_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    cells: Cells = [["title", "date_start"], ["x", "2022-01-05", None, "ask Ann"], [None, None, "sum"]]
    assert len(read_data(workbook(tmp_path, cells)).events) == 1
    assert caplog.messages == [
        "events.xlsx: row 2: 'ask Ann' beside the table is not read.",
        "events.xlsx: row 3: 'sum' beside the table is not read.",
    ]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "the file is empty"),
        (b"title,date_start", "the workbook is broken"),
        (b"PK\x03\x04" + b"0" * 600, "the workbook is broken"),
        (b"\xd0\xcf\x11\xe0" + b"0" * 600, "locked with a password, or an old .xls"),
    ],
    ids=["empty", "text", "half a file", "locked"],
)
def test_what_is_no_workbook_is_refused_in_one_sentence(tmp_path: Path, raw: bytes, words: str) -> None:
    (tmp_path / "events.xlsx").write_bytes(raw)
    (problem,) = problems(tmp_path / "events.xlsx")
    assert (problem.line, words in problem.message) == (0, True)


ENTITIES = b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 20) for n in range(1, 10))


@pytest.mark.parametrize(
    ("part", "change", "words"),
    [
        ("xl/styles.xml", lambda xml: xml + b" " * 201_000_000, "bytes when unpacked are too many"),
        ("xl/styles.xml", lambda xml: xml + b" " * 2_000_000, "a part is over 200 times as large when unpacked"),
        (SHEET, lambda _: b"", "the workbook is broken"),
        (SHEET, lambda xml: xml.replace(b'<row r="2"', b'<row r="900000000"'), "the sheet reaches too far"),
        (
            SHEET,
            lambda xml: b'<!DOCTYPE x [<!ENTITY e0 "aaaaaaaaaa">' + ENTITIES + b"]>" + xml.replace(b">x<", b">&e9;<"),
            "the workbook declares XML entities",
        ),
    ],
    ids=["zip bomb", "small bomb", "no sheet", "far row", "entities"],
)
def test_a_workbook_that_would_fill_the_memory_is_refused(
    tmp_path: Path, part: str, change: Callable[[bytes], bytes], words: str
) -> None:
    path = workbook(tmp_path, [["title", "date_start"], ["x", "2022-01-05"]])
    (problem,) = problems(edited(path, part, change))
    assert words in problem.message


def test_a_workbook_of_too_many_parts_is_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["title", "date_start"], ["x", "2022-01-05"]])
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(2_000):
            archive.writestr(f"x/{number}", b"")
    (problem,) = problems(path)
    assert "parts in the workbook are too many (expected at most 2,000)" in problem.message


def test_the_rows_of_all_sheets_count_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workbook(tmp_path, [["title", "date_start"], ["x", "2022-01-05"]], [["Notes"]])
    for most in (4, 3):
        monkeypatch.setattr("geodata.importers.tables.workbook.MAX_ROWS", most)
        if most == 4:
            assert len(read_data(path).events) == 1
        else:
            assert "the sheet reaches too far" in problems(path)[0].message


def test_a_header_is_looked_for_in_the_first_thousand_rows(tmp_path: Path) -> None:
    good: Cells = [["title", "date_start"], ["x", "2022-01-05"]]
    assert len(read_data(workbook(tmp_path, [[]] * 999 + good)).events) == 1
    assert "the workbook is empty" in problems(workbook(tmp_path, [[]] * 1_000 + good))[0].message


def test_a_hidden_sheet_is_told_and_not_read(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    book = openpyxl.Workbook()
    for title, state in (("old", "x"), ("new", "y")):
        sheet = book.active if title == "old" else book.create_sheet()
        sheet.title = title
        for row in (["title", "date_start"], [state, "2022-01-05"]):
            sheet.append(row)
    book["old"].sheet_state = "hidden"
    book.active = 1
    book.save(tmp_path / "events.xlsx")
    assert read_data(tmp_path / "events.xlsx").events[0].title == "y"
    assert caplog.messages == ["events.xlsx: the hidden sheet is not read: 'old'."]


def prefixed(xml: bytes) -> bytes:
    """The same sheet with a prefix before every name of an element, as some programs write it."""
    return re.sub(rb"<(/?)(\w)", rb"<\1s:\2", xml).replace(b"xmlns=", b"xmlns:s=")


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml.replace(b'"', b"'"),
        prefixed,
        lambda xml: re.sub(rb'(<c|<row) r="\w+"', rb"\1", xml),
        lambda xml: xml.replace(b"<f>", b"<f><!-- a note -->"),
    ],
    ids=["single quotes", "prefix", "no positions", "comment"],
)
def test_a_formula_without_a_value_is_found_however_the_sheet_is_written(
    tmp_path: Path, change: Callable[[bytes], bytes]
) -> None:
    path = edited(workbook(tmp_path, FORMULA), SHEET, change)
    assert [(problem.line, problem.column) for problem in problems(path)] == [(2, "deaths"), (2, "notes")]


def test_a_workbook_under_the_name_of_a_text_is_read_as_what_it_is(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["title", "date_start"], ["x", "2022-01-05"]], name="events.csv")
    assert len(read_data(path).events) == 1


TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Zs", "Zl", "Zp"]), min_size=1
).filter(lambda text: not text.startswith(("#", "_x")))
ROW = st.fixed_dictionaries({
    "title": TEXT,
    "date_start": st.dates(date(1900, 3, 1), date(2100, 1, 1)),
    "lon": st.integers(50_000, 80_000).map(lambda n: n / 1000),
    "lat": st.integers(40_000, 50_000).map(lambda n: n / 1000),
    "notes": TEXT | st.none(),
    "source": TEXT | st.none(),
    "deaths": st.integers(0, 10**9) | st.none(),
})  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ROW, min_size=1, max_size=4))
def test_a_table_says_the_same_as_text_and_as_a_workbook(tmp_path: Path, found: list[dict[str, Any]]) -> None:
    book = openpyxl.Workbook()
    out = io.StringIO()
    header = sorted(found[0])
    grid = [header, *([row[name] for name in header] for row in found)]
    csv.writer(out).writerows(grid)
    for position, row in enumerate(grid, 1):
        for column, value in enumerate(row, 1):
            cell = book.active.cell(position, column, value)
            cell.data_type = "s" if isinstance(value, str) else cell.data_type
    book.save(tmp_path / "events.xlsx")
    text, sheet = read_data(table(tmp_path, out.getvalue())), read_data(tmp_path / "events.xlsx")
    assert (text.events, text.places) == (sheet.events, sheet.places)
    assert [event.title for event in text.events] == [row["title"] for row in found]
    assert [(a.low, a.claim_id) for a in text.claims] == [(b.low, b.claim_id) for b in sheet.claims]
    assert len(text.claims) == sum(row["deaths"] is not None for row in found)
