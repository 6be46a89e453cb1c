"""Tables and views in a file of DuckDB, which may be somebody else's: its views read no other files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import pyarrow as pa

from geodata.errors import GeodataError
from geodata.store.engines.duckdb_file import connect
from geodata.store.scanning.scanner import BATCH, Scanner


class DuckDBFileScanner(Scanner):
    """Of the database at the path of a `url` (duckdb:PATH). Raises NoAnswer."""

    plain = re.compile(
        r"(U?(TINYINT|SMALLINT|INTEGER|BIGINT)|VARCHAR)(\[\])*|FLOAT|DOUBLE|DECIMAL\(\d+,\d+\)|BOOLEAN|DATE|"
        r"TIMESTAMP(_S|_MS|_NS| WITH TIME ZONE)?"
    )
    is_bytes = re.compile("BLOB")
    points = {"geometry": ("ST_X({0})", "ST_Y({0})")}  # noqa: RUF012 (nobody changes it)

    def __init__(self, url: str) -> None:
        self._connection = connect(url, read_only=True)
        self._connection.execute("SET enable_external_access = false")

    def close(self) -> None:
        """As `Scanner.close`."""
        self._connection.close()

    def as_text(self, column: str) -> str:
        """As `Scanner.as_text`."""
        return f"CAST({column} AS VARCHAR)"

    def columns(self, table: str) -> list[tuple[str, str]]:
        """As `Scanner.columns`."""
        with _failures():
            try:
                found = self._connection.execute(f"DESCRIBE {table}").fetchall()
            except duckdb.CatalogException:
                return []
        return [(name, kind) for name, kind, *_ in found]

    def batches(self, query: str) -> Iterator[pa.RecordBatch]:
        """As `Scanner.batches`."""
        with _failures():
            yield from self._connection.execute(query).to_arrow_reader(BATCH)


@contextmanager
def _failures() -> Iterator[None]:
    """Errors of the database as ours."""
    try:
        yield
    except duckdb.Error as error:
        raise GeodataError(f"The table cannot be read: {str(error).splitlines()[0]}") from None
