"""A flat table: one row an event, as people keep it in a spreadsheet (.csv, .tsv or .xlsx).

Only `date_start` and one of `title` and `place` are needed. Everything that is given is checked, and every problem is
named with its line (the row of the sheet) and column. A place without coordinates is looked up, never guessed: a name
that the gazetteer cannot settle is in the data set's `unsettled`, and told in the log. Without a country, a name
settles a city, a capital or a country, and a lesser place only in a country that other rows are about.

A row without an id is called by the file and its line: row 2 of events.csv is events-R2.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geodata.record.columns import Columns

SUFFIXES = (".csv", ".tsv", ".xlsx")


def recognises(path: Path) -> bool:
    """Whether there is a file with one of `SUFFIXES`."""
    return path.suffix.lower() in SUFFIXES and path.exists() and not path.is_dir()


def read(path: Path) -> Columns:
    """Read a flat table of any size. Raises DataError with every problem of it."""
    from geodata.importers.columns import flat  # noqa: PLC0415 (only who reads one needs it)

    return flat.read(path)
