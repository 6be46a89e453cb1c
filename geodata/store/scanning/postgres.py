"""Tables, views and materialized views of PostgreSQL, by a role that may read them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import adbc_driver_manager as adbc
import pyarrow as pa

from geodata.errors import GeodataError
from geodata.store.engines.postgres import CANCELLED, SETTINGS, connect, reason_of, told
from geodata.store.scanning.scanner import SCAN_S, Scanner, too_slow

_COLUMNS = (
    "SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute "
    "WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped ORDER BY attnum"
)


class PostgresScanner(Scanner):
    """Of the database at a `url` (postgresql://...). Raises NoAnswer."""

    plain = re.compile(
        r"(smallint|integer|bigint|text|character varying(\(\d+\))?)(\[\])*|real|double precision|boolean|date|"
        r"timestamp(\(\d\))? with(out)? time zone"
    )
    is_bytes = re.compile("bytea|raster")
    points = {  # noqa: RUF012 (nobody changes it)
        "geometry": ("ST_X({0})", "ST_Y({0})"),
        "geography": ("ST_X({0}::geometry)", "ST_Y({0}::geometry)"),
        "point": ("{0}[0]", "{0}[1]"),
    }

    def __init__(self, url: str) -> None:
        self._connection = connect(url, {**SETTINGS, "statement_timeout": f"{SCAN_S}s"})

    def close(self) -> None:
        """As `Scanner.close`."""
        self._connection.close()

    def as_text(self, column: str) -> str:
        """As `Scanner.as_text`."""
        return f"{column}::text"

    def columns(self, table: str) -> list[tuple[str, str]]:
        """As `Scanner.columns`."""
        with self._cursor() as cursor:
            cursor.execute(_COLUMNS, pa.RecordBatch.from_pylist([{"table": table}]))
            return [(row["name"], row["type"]) for row in cursor.fetch_arrow_table().to_pylist()]

    def batches(self, query: str) -> Iterator[pa.RecordBatch]:
        """As `Scanner.batches`."""
        with self._cursor() as cursor:
            cursor.execute(query)
            yield from cursor.fetch_record_batch()

    @contextmanager
    def _cursor(self) -> Iterator[Any]:
        try:
            with self._connection.cursor() as cursor:
                yield cursor
        except (adbc.Error, pa.ArrowException, OSError) as error:  # the latter for what fails between two batches
            if getattr(error, "sqlstate", "") == CANCELLED or "statement timeout" in str(error):
                raise too_slow() from None
            if isinstance(error, adbc.OperationalError):
                raise told(error) from None
            raise GeodataError(f"The table cannot be read: {reason_of(error)}") from None
