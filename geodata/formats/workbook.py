"""A workbook (.xlsx) of the whole record: a sheet for each of its tables. Texts are texts, whatever they look like."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geodata.errors import TooMany
from geodata.files import temporary_folder
from geodata.formats.asked import Asked, chunks
from geodata.formats.tables import HXL, TABLES, Row, count_names, pieces, printable
from geodata.formats.text import looks_like_formula

if TYPE_CHECKING:
    from geodata.formats.asked import Losses

# In the order of the sheets: what readers open a workbook for comes first.
SHEETS = ("events", "claims", "sources", "places", "sites")
MOST_ROWS = 1_048_575  # below the header
MOST_LETTERS = 32_767  # of a cell, in units of UTF-16
FIRST_DAY = date(1900, 3, 1)  # before it, spreadsheets count a day that there was not
NO_TIME = datetime(1980, 1, 1)  # the same content gives the same bytes


def write(asked: Asked) -> Iterator[bytes]:
    """The bytes of the workbook. Raises TooMany where a sheet has too few rows."""
    with temporary_folder("writing") as folder:
        path = folder / "events.xlsx"
        _fill(path, folder, asked)
        yield from chunks(path)


def _fill(path: Path, folder: Path, asked: Asked) -> None:
    import xlsxwriter  # noqa: PLC0415 (only this format needs it)

    book = xlsxwriter.Workbook(
        path,
        {
            # a row is written to the disk as soon as the next one begins
            "constant_memory": True, "tmpdir": str(folder),
            "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
        },
    )  # fmt: skip
    book.set_properties({"title": asked.title, "created": NO_TIME})
    sheets = {table: _Sheet(book, table, asked.losses) for table in SHEETS}
    if asked.hxl:
        sheets["events"].add(tuple(HXL.values()))
    try:
        for piece in pieces(asked.result):
            count_names(asked.losses, piece)
            for table, sheet in sheets.items():
                for row in piece.rows(table):
                    sheet.add(row)
    finally:
        book.close()


class _Sheet:
    """A sheet that is filled row by row."""

    def __init__(self, book: Any, table: str, losses: Losses) -> None:
        self.sheet = book.add_worksheet(table)
        self.losses = losses
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        # Editing a cell does not make a formula of it either.
        self.guarded = book.add_format({"quote_prefix": True})
        self.sheet.freeze_panes(1, 0)
        self.sheet.set_column(0, len(TABLES[table]) - 1, 16)
        self.sheet.write_row(0, 0, TABLES[table], book.add_format({"bold": True}))
        self.next = 1

    def add(self, row: Row) -> None:
        """Write the next row."""
        if self.next > MOST_ROWS:
            raise TooMany(
                f"A sheet of a workbook holds {MOST_ROWS:,} rows, and {self.sheet.get_name()!r} has more "
                "(choose fewer events, or another format)."
            )
        for column, value in enumerate(row):
            if isinstance(value, str):
                if value:
                    self._text(column, value)
            elif isinstance(value, date):
                if value >= FIRST_DAY:
                    self.sheet.write_datetime(self.next, column, value, self.day)
                else:
                    self.sheet.write_string(self.next, column, value.isoformat())
            elif value is not None:
                self.sheet.write_number(self.next, column, value)
        self.next += 1

    def _text(self, column: int, value: str) -> None:
        text = printable(value, self.losses)
        if len(text) > MOST_LETTERS // 2 and len(text.encode("utf-16-le")) > 2 * MOST_LETTERS:
            text = text.encode("utf-16-le")[: 2 * MOST_LETTERS].decode("utf-16-le", errors="ignore")
            self.losses.add(
                1,
                f"{{n}} text is cut after {MOST_LETTERS:,} letters: a cell holds no more.",
                f"{{n}} texts are cut after {MOST_LETTERS:,} letters: a cell holds no more.",
            )
        self.sheet.write_string(self.next, column, text, self.guarded if looks_like_formula(text) else None)
