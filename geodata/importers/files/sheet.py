"""A table as it lies in a file, before anybody says what its columns mean."""

from __future__ import annotations

from dataclasses import dataclass

from geodata.importers.tables.cells import Cells


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of a text, of a sheet of a workbook or of a layer, with its columns by their headings as they stand.

    `cells.lines` are lines of the text, rows of the sheet or numbers of features, from 1. `title` is the sheet's or
    layer's name, "" in a file with one table. `told` are sentences on what was decided while it was read (encoding,
    marks between columns, heads above the header). A layer has its points in the columns `LON` and `LAT`, in degrees
    (EPSG:4326). `rejected` are rows that are no rows of this table (too few fields), with line, reason and text.
    `repairs` are cells that were changed to be read, with line, heading and a sentence on what was changed.

    A sheet of a workbook that is no table, beside one that is, has no columns, and `told` says why.
    """

    cells: Cells
    title: str = ""
    is_hidden: bool = False
    told: tuple[str, ...] = ()
    rejected: tuple[tuple[int, str, str], ...] = ()
    repairs: tuple[tuple[int, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of a file beside its content: its name for messages, and what its user says of it.

    `has_header` says whether a table has headings (None: its content says it); `crs` is the reference system of
    coordinates whose file names none, as "EPSG:32642". A file that `may_be_record` and has the tables of a whole record
    is read as these; its geometries, which say the same again, are then left out.
    """

    file: str
    has_header: bool | None = None
    crs: str = ""
    may_be_record: bool = False


# Headings of the columns that a reader of geometries adds.
LON, LAT, SHAPE = "geometry lon", "geometry lat", "geometry shape"
