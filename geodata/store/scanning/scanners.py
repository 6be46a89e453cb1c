"""What reads the tables of others in each database, by its address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geodata.store.engines.databases import kind_of

if TYPE_CHECKING:
    from geodata.store.scanning.scanner import Scanner


def scanner_at(url: str) -> Scanner:
    """What reads tables of the database at an address of `read_engine`. Raises NoAnswer."""
    kind = kind_of(url)
    if kind == "postgresql":
        from geodata.store.scanning.postgres import PostgresScanner  # noqa: PLC0415 (only the one that is meant)

        return PostgresScanner(url)
    if kind == "clickhouse":
        from geodata.store.scanning.clickhouse import ClickHouseScanner  # noqa: PLC0415

        return ClickHouseScanner(url)
    from geodata.store.scanning.duckdb_file import DuckDBFileScanner  # noqa: PLC0415

    return DuckDBFileScanner(url)
