"""What loads into each database, by its address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.store.engines.databases import kind_of

if TYPE_CHECKING:
    from geodata.store.loading.loader import Loader


def loader_at(url: str) -> Loader:
    """What loads into the database at an address of `read_engine`. Raises NoAnswer."""
    kind = kind_of(url)
    if kind == "postgresql":
        from geodata.store.loading.postgres import PostgresLoader  # noqa: PLC0415 (only the one that is meant is loaded)

        return PostgresLoader(url)
    if kind == "clickhouse":
        from geodata.store.loading.clickhouse import ClickHouseLoader  # noqa: PLC0415

        return ClickHouseLoader(url)
    from geodata.store.loading.duckdb_file import DuckDBFileLoader  # noqa: PLC0415

    return DuckDBFileLoader(url)
