"""What the tests of files look at in a sheet: its cells as a grid, the lines of its rows, its points."""

from __future__ import annotations

from geodata.importers.files.sheet import LAT, LON, Sheet


def grid(sheet: Sheet) -> list[list[str]]:
    """The headings of a sheet, and its rows."""
    columns = [sheet.cells.columns[name].to_pylist() for name in sheet.cells.names]
    return [list(sheet.cells.names), *map(list, zip(*columns, strict=True))]


def lines(sheet: Sheet) -> list[int]:
    """The line, row or number that each row has in the file."""
    return [int(line) for line in sheet.cells.lines]


def where(sheet: Sheet) -> list[tuple[str, str]]:
    """The longitude and latitude of each row, as texts."""
    return list(zip(sheet.cells.columns[LON].to_pylist(), sheet.cells.columns[LAT].to_pylist(), strict=True))
