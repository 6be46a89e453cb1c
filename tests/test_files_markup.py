"""Tables in web pages and in the XML of older spreadsheets, which many programs name .xls. Rows are invented."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from geodata.errors import DataError
from geodata.importers.files.opening import read_sheets
from tests.opened import opened

PAGE = """<!DOCTYPE html><html><head><script>broken(</script></head><body><p>Words</p>
<table><caption>Attacks</caption><tr><th>Date</th><th>Place</th><th>Event</th><th>Killed</th></tr>
<tr><td rowspan="2">5 January 2022</td><td>Almaty</td><td>Raid;<br> at night</td><td rowspan=2>12</td></tr>
<tr><td>Astana</td><td>March &amp; rally</td></tr></table></body></html>"""
BOOK = """<?xml version="1.0" encoding="windows-1252"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="All"><Table>
<Row><Cell><Data ss:Type="String">Date</Data></Cell><Cell><Data ss:Type="String">Place</Data></Cell>
<Cell><Data ss:Type="String">Event</Data></Cell><Cell><Data ss:Type="String">Killed</Data></Cell></Row>
<Row><Cell><Data ss:Type="DateTime">2022-01-05T00:00:00.000</Data></Cell>
<Cell><Data ss:Type="String">Almaty</Data></Cell>
<Cell><Data ss:Type="String">Raid; at night</Data></Cell><Cell><Data ss:Type="Number">12</Data></Cell></Row>
<Row><Cell><Data ss:Type="DateTime">2022-01-05T00:00:00.000</Data></Cell>
<Cell ss:Index="3"><Data ss:Type="String">March &amp; rally</Data></Cell></Row></Table></Worksheet></Workbook>"""


@pytest.mark.parametrize(("content", "name"), [(PAGE, "list.html"), (PAGE, "list.xls"), (BOOK, "list.xls")])
def test_the_rows_of_a_table_in_markup_are_events(capsys: Any, tmp_path: Path, content: str, name: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    found = opened(capsys, tmp_path, path)
    assert [(str(event.date_start), event.title) for event in found.events] == [
        ("2022-01-05", "Raid; at night"),
        ("2022-01-05", "March & rally"),
    ]
    assert [claim.best for claim in found.claims] == [12]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("<html><body><p>Not found</p></body></html>", "a web page without a table"),
        ("<!DOCTYPE x [<!ENTITY a 'b'>]><html><table></table></html>", "declares XML entities"),
        ('<?xml version="1.0"?><Workbook><Worksheet>', "no page and no workbook"),
    ],
)
def test_a_page_without_a_table_is_refused_in_words(tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "list.html"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=words):
        read_sheets(path)


def test_cells_over_more_columns_and_rows_than_there_are_cost_nothing(tmp_path: Path) -> None:
    path = tmp_path / "list.html"
    cell = '<td colspan="999999999" rowspan="999999999">a</td>'
    path.write_text(f"<table><tr><th>a</th><th>b</th></tr><tr>{cell}</tr></table>", encoding="utf-8")
    (sheet,) = read_sheets(path)
    assert len(sheet.cells) == 1
    assert len(sheet.cells.names) <= 1_000
