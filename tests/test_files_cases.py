"""Files as other people keep them, names and numbers changed: each cell comes through as it stands."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from geodata.importers.files.opening import read_sheets
from geodata.importers.files.texts.text import read_text
from tests.sheets import grid, lines
from tests.tables import Cells, workbook

OTHERS = [  # as other people's files have them: nothing of it is read as something else here
    [["event_id", "date", "lat", "time_precision"], ["A", "2022-03-01", "12", "1"], ["B", "2022-03-01", "12", "2"]],
    [["GWNO", "EVENT_DATE", "LATITUDE", "NOTES"], ["615", "18/04/2001", "36.61954", "test note"]],
    [["date", "title", "deaths", "injured"], ["2010-01-01", "a", "6-8", ""], ["2010-01-06", "f", "3.0", "1,200"]],
    [
        ["eventid", "iyear", "imonth", "iday", "nwound"],
        ["197001", "1970", "7", "2", "0"],
        ["197002", "1970", "0", "0", "-9"],
    ],
    [
        ["date", "title"],
        ["2022-01-05T14:03:22.000+06:00", "x"],
        ["20220105", "y"],
        ["44927", "z"],
        ["2022-01-05?", "w"],
    ],
    [["GLOBALEVENTID", "SQLDATE", "SOURCEURL"], ["1", "20220105", "http://example.org/a,b"]],
    [["date", "place"], ["2022-03-01", "50.45, 30.52"], ["2022-03-02", "49.99; 36.23"], ["2022-03-03", "48°51′24″N"]],
    [
        ["date", "place"],
        ["2022-01-05", "Алматы"],
        ["2022-10-01", "تهران"],
        ["2022-11-26", "上海"],
        ["2021-11-04", "አዲስ አበባ"],
    ],
    [["id", "source_article"], ["900001", '"Reuters, 2021-03-01, Clashes; 12 dead"'], ["900002", '"AFP; ""x"""']],
]


@pytest.mark.parametrize("cells", OTHERS, ids=[cells[0][0] for cells in OTHERS])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_cells_are_read_as_they_stand(cells: list[list[str]], ends: str) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator=ends).writerows(cells)
    sheet = read_text(out.getvalue().encode(), "events.csv")
    assert (grid(sheet), sheet.told, sheet.rejected, sheet.repairs) == (cells, (), (), ())


def test_a_sheet_a_year_is_a_sheet_each(tmp_path: Path) -> None:
    years: list[Cells] = [
        [["date", "place", "title", "deaths"], *([date(y, m, 3), "Almaty", f"Rally {y}-{m}", m] for m in (1, 2, 3))]
        for y in (2020, 2021, 2022)
    ]
    found = read_sheets(workbook(tmp_path, *years))
    assert [grid(sheet)[-1] for sheet in found] == [
        [f"{year}-03-03", "Almaty", f"Rally {year}-3", "3"] for year in (2020, 2021, 2022)
    ]


def test_an_export_of_a_form_has_its_repeats_in_a_sheet_of_their_own(tmp_path: Path) -> None:
    form: Cells = [
        [
            "start",
            "Date of incident",
            "Location",
            "_Location_latitude",
            "_Location_longitude",
            "Number killed",
            "_index",
        ],
        ["2022-01-05T14:03:22.000+06:00", date(2022, 1, 5), "43.238 76.945 0 0", 43.238, 76.945, 2, 1],
    ]
    incidents, victims = read_sheets(workbook(tmp_path, form, [["age", "sex", "_parent_index"], [34, "m", 1]]))
    assert grid(incidents)[1] == [
        *("2022-01-05T14:03:22.000+06:00", "2022-01-05", "43.238 76.945 0 0", "43.238", "76.945", "2", "1"),
    ]
    assert grid(victims)[1] == ["34", "m", "1"]


def test_a_header_in_row_three_below_merged_heads_is_found(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    rows = [
        ["Incident list, Northern region"],
        ["When", None, "Where", None, None, "Harm"],
        ["date_start", "date_end", "place", "lat", "lon", "deaths"],
        [date(2022, 1, 5), None, "Almaty", 43.24, 76.95, 3],
    ]
    for row in rows:
        book.active.append(row)
    for cells in ("A1:F1", "A2:B2", "C2:E2"):
        book.active.merge_cells(cells)
    book.save(tmp_path / "events.xlsx")
    (sheet,) = read_sheets(tmp_path / "events.xlsx")
    assert (sheet.cells.names, lines(sheet)) == (tuple(rows[2]), [4])
    assert sheet.told == (
        "the headings are in row 3; above them is no data: Incident list, Northern region; When Where Harm.",
    )
