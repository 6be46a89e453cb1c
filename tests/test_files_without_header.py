"""Tables that are published without a header get the headings of their codebook."""

from __future__ import annotations

import pytest

from geodata.importers.files.sheet import Sheet
from geodata.importers.files.texts.text import read_text
from tests.sheets import lines


def _read(text: str) -> Sheet:
    return read_text(text.encode(), "events.csv", has_header=None)


@pytest.mark.parametrize(("count", "name"), [(61, "Actor1Geo_ADM2Code"), (58, "Actor1Geo_Lat")])
def test_an_export_of_gdelt_has_no_header_and_gets_its_headings(count: int, name: str) -> None:
    row = ["1024000001", "20220105", "202201", *[""] * (count - 4), "https://example.org/a"]
    sheet = _read("\t".join(row) + "\n" + "\t".join(row) + "\n")
    assert (sheet.cells.names[:2], len(sheet.cells.names), name in sheet.cells.names) == (
        ("GlobalEventID", "Day"),
        count,
        True,
    )
    assert (sheet.cells.columns["SOURCEURL"][1].as_py(), lines(sheet)) == ("https://example.org/a", [1, 2])


def test_the_oldest_events_of_gdelt_lack_their_address_and_are_read() -> None:
    row = ["564465132", "20120105", "201201", *[""] * 54]
    for rows in ([row, [*row, "https://example.org/a"]], [[*row, "https://example.org/a"], row]):
        sheet = _read("".join("\t".join(each) + "\n" for each in rows))
        assert (lines(sheet), sheet.rejected, len(sheet.cells.names)) == ([1, 2], (), 58)
        assert sorted(sheet.cells.columns["SOURCEURL"].to_pylist()) == ["", "https://example.org/a"]
