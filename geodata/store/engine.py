"""The tables of a snapshot as ibis expressions: what every question needs in memory, the rest read when it is asked.

Only this module knows that the engine is DuckDB. Expressions name no engine, and no text of a user becomes SQL.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

# The tables that are kept in memory, and of the wide ones the columns that questions are about.
IN_MEMORY: dict[str, tuple[str, ...]] = {
    "index": (),
    "points": (),
    "facets": (),
    "facet_values": (),
    "countries": (),
    "sites": ("event", "place", "role", "geo_precision", "cell"),
    "claims": (
        "claim", "event", "measure", "low", "high", "scope", "population", "said_last", "status", "status_on",
        "superseded_from", "stands_until", "tangled", "voice", "document",
    ),
}  # fmt: skip


class Engine:
    """The tables at `paths` (Parquet files by name). Safe to share between threads."""

    def __init__(self, paths: Mapping[str, Path]) -> None:
        import ibis  # noqa: PLC0415 (here, so that the command line's --help does not load an engine)

        # A connection runs one query at a time; a query takes milliseconds.
        self._lock = threading.Lock()
        self._connection = ibis.duckdb.connect()
        # As stored: every column of every row.
        self.stored = {
            name: self._connection.read_parquet(path, table_name=f"{name}_stored") for name, path in paths.items()
        }
        self.tables: dict[str, ir.Table] = {
            name: self._connection.create_table(name, self.stored[name].select(*(columns or self.stored[name].columns)))
            for name, columns in IN_MEMORY.items()
        }

    def close(self) -> None:
        """Let go of the engine."""
        self._connection.disconnect()

    def fetch(self, expression: ir.Table) -> pa.Table:
        """The rows of an expression over its tables."""
        with self._lock:
            return expression.to_pyarrow()

    def rows(self, table: str, column: str, values: Sequence[int] | Sequence[str]) -> pa.Table:
        """The stored rows of a table that have one of `values` in a column, in no order.

        They go in as a table: as literals, each takes the writing of a query a tenth of a millisecond. It is made and
        replaced here: ibis's own tables in memory are dropped whenever they are collected, also while a query runs.
        """
        import pyarrow as pa  # noqa: PLC0415

        kind = pa.string() if isinstance(values[0], str) else pa.int32()
        with self._lock:
            wanted = self._connection.create_table(
                f"wanted_{kind}", pa.table({column: pa.array(values, kind)}), temp=True, overwrite=True
            )
            return self.stored[table].semi_join(wanted, column).to_pyarrow()
