"""A table or view that somebody has in a database, as a table of texts like that of a file."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping

import numpy as np
import pyarrow as pa

from geodata.errors import ChoiceError, GeodataError, TooSlow
from geodata.importers.files.cleaning import finished
from geodata.importers.files.geometry.attributes import as_texts
from geodata.importers.files.headers import MAX_COLUMNS
from geodata.importers.files.packed import refuse
from geodata.importers.files.sheet import Sheet
from geodata.importers.progress import READING, Progress
from geodata.importers.tables.cells import Cells
from geodata.importers.tables.records import MAX_BYTES

SCAN_S = 600  # for a whole table
BATCH = 100_000  # rows, where the database leaves it to its reader
_NAME = re.compile(r"[^.\x00-\x1f\x7f]{1,200}")


class Scanner(ABC):
    """What reads tables of a database in a session that cannot write.

    Columns of the types that match `plain` come as they are, all others as texts of the database's own. Not read are
    those of bytes (`is_bytes`) and those of shapes, of which `points` says by their types how a view has their points.
    """

    plain: re.Pattern[str]
    is_bytes: re.Pattern[str]
    points: Mapping[str, tuple[str, str]]

    @abstractmethod
    def close(self) -> None:
        """Let go of the database."""

    def quoted(self, name: str) -> str:
        """A name as a part of a query, whatever stands in it."""
        doubled = name.replace('"', '""')
        return f'"{doubled}"'

    @abstractmethod
    def as_text(self, column: str) -> str:
        """A quoted column as a text."""

    @abstractmethod
    def columns(self, table: str) -> list[tuple[str, str]]:
        """The columns of a quoted table with their types, in order; [] where there is none. Raises GeodataError."""

    @abstractmethod
    def batches(self, query: str) -> Iterator[pa.RecordBatch]:
        """The rows of a query, piece by piece. Raises GeodataError."""

    def sheet(self, name: str, progress: Progress) -> Sheet:
        """The table of a `name`, or a schema's ("theirs.incidents").

        A table has no order of its own: its rows are counted in that of their columns, from the first on, so that the
        same rows have the same numbers. Raises ChoiceError, DataError, GeodataError, NoAnswer, TooSlow.
        """
        parts = name.split(".")
        if len(parts) > 2 or not all(map(_NAME.fullmatch, parts)):
            raise ChoiceError(
                "table",
                f"Cannot read table: {name[:80]!r} (expected the name of a table or view, or its schema and its name "
                "with a dot, as theirs.incidents).",
            )
        table = ".".join(map(self.quoted, parts))
        columns = self.columns(table)
        if not columns:
            raise GeodataError(f"The database has no table or view {name!r} that this user can see.")
        told = [words for each in columns if (words := self._why_not(*each))]
        read = {column: kind for column, kind in columns if not self._why_not(column, kind)}
        if not 0 < len(read) <= MAX_COLUMNS:
            refuse(name, f"{len(read):,} columns that can be read (expected 1 to {MAX_COLUMNS:,}).")
        quoted = {column: self.quoted(column) for column in read}
        chosen = (q if self.plain.fullmatch(read[c]) else f"{self.as_text(q)} AS {q}" for c, q in quoted.items())
        order = ", ".join(str(number) for number in range(1, len(read) + 1))
        return _sheet(
            name, parts[-1], (*read,), self.batches(f"SELECT {', '.join(chosen)} FROM {table} ORDER BY {order}"),
            told, progress,
        )  # fmt: skip

    def _why_not(self, column: str, kind: str) -> str:
        """Why a column is not read, "" where it is."""
        if self.is_bytes.fullmatch(kind):
            return f"the column {column!r} holds bytes, and is not read."
        base = re.split(r"\W", kind)[0]
        if base.lower() not in self.points:
            return ""
        lon, lat = (way.format(self.quoted(column)) for way in self.points[base.lower()])
        return (
            f"the column {column!r} is of the type {kind}, and is not read (a view of the table has its points: "
            f"{lon} AS lon, {lat} AS lat)."
        )


def too_slow() -> TooSlow:
    """What is said of a table that took too long."""
    return TooSlow(f"Reading the table took longer than {SCAN_S} s and was stopped: give a view of a part of it.")


def _sheet(
    name: str, file: str, headings: tuple[str, ...], batches: Iterator[pa.RecordBatch], told: list[str],
    progress: Progress,
) -> Sheet:  # fmt: skip
    pieces: list[list[pa.Array]] = [[] for _ in headings]
    rows = size = 0
    progress(READING, 0, 0)
    for batch in batches:
        for column, piece in zip(batch.columns, pieces, strict=True):
            texts = _texts(column)
            size += texts.nbytes
            piece.append(texts)
        if size > MAX_BYTES:
            refuse(name, f"more than {MAX_BYTES:,} bytes are too many (expected a view of fewer rows or columns).")
        rows += len(batch)
        progress(READING, 0, rows)
    if not rows:
        raise GeodataError(f"The table {name!r} has no rows.")
    texts_of = {heading: pa.concat_arrays(piece) for heading, piece in zip(headings, pieces, strict=True)}
    cells = Cells(file, headings, np.arange(1, rows + 1), texts_of)
    done = finished(cells, word="row", may_have_total=False)
    return Sheet(done.cells, told=(*told, *done.told), repairs=done.repairs)


def _texts(column: pa.Array) -> pa.Array:
    """A column as texts, times with a zone in UTC: that of a session says nothing of the events."""
    if pa.types.is_timestamp(column.type) and column.type.tz:
        column = column.cast(pa.timestamp(column.type.unit, "UTC"))
    return as_texts(column)
