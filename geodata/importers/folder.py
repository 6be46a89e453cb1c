"""The data folder: `datapackage.json` (Frictionless) beside events, claims, sources and places as .csv files.

People edit these files, so everything is checked, and every problem is named with its file, line and column.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from geodata.importers.rows import package

if TYPE_CHECKING:
    from geodata.record.columns import Columns

PACKAGE, COLUMNS = package.PACKAGE, package.COLUMNS


def read(path: Path) -> Columns:
    """Read a data folder of any size. Raises DataError with every problem of all its files."""
    from geodata.importers.columns import folder  # noqa: PLC0415 (only who reads one needs it)

    return folder.read(path)
