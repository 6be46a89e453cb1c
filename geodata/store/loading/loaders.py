"""What loads into each database, by its address."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from geodata.store.loading.loader import Loader


def _postgres() -> Callable[[str], Loader]:
    from geodata.store.loading.postgres import PostgresLoader  # noqa: PLC0415 (only the one that is meant is loaded)

    return PostgresLoader


def _clickhouse() -> Callable[[str], Loader]:
    from geodata.store.loading.clickhouse import ClickHouseLoader  # noqa: PLC0415

    return ClickHouseLoader


def _duckdb() -> Callable[[str], Loader]:
    from geodata.store.loading.duckdb_file import DuckDBFileLoader  # noqa: PLC0415

    return DuckDBFileLoader


_BY_SCHEME = {
    "postgresql": _postgres, "postgres": _postgres, "clickhouse": _clickhouse, "clickhouses": _clickhouse,
    "duckdb": _duckdb,
}  # fmt: skip


def loader_at(url: str) -> Loader:
    """What loads into the database at an address of `read_engine`. Raises NoAnswer."""
    return _BY_SCHEME[urlsplit(url).scheme]()(url)
