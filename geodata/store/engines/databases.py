"""The addresses of databases, as the command line takes them; the secrets stay out of them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from geodata.errors import ChoiceError

if TYPE_CHECKING:
    from geodata.store.engines.remote import Remote

EXPECTED = "postgresql://HOST/DATABASE, clickhouse://HOST:PORT/DATABASE or duckdb:PATH"


_KINDS = {scheme: scheme for scheme in ("postgresql", "clickhouse", "duckdb")}
_KINDS |= {"postgres": "postgresql", "clickhouses": "clickhouse"}


def kind_of(url: str) -> str:
    """Which database is at an address of `read_engine`: "postgresql", "clickhouse" or "duckdb"."""
    return _KINDS[urlsplit(url).scheme]


def read_engine(text: str) -> str:
    """An address of a database. Raises ChoiceError, also where a password stands in it: every user of a machine can
    read its command lines."""
    at = urlsplit(text)
    if at.scheme not in _KINDS:
        raise ChoiceError("engine", f"Cannot read engine: {at.scheme[:20]!r} is no database (expected {EXPECTED}).")
    if at.password is not None or "password=" in at.query:
        raise ChoiceError(
            "engine",
            "The address has a password in it, which others can read (expected it in PGPASSWORD or ~/.pgpass, or in "
            "CLICKHOUSE_PASSWORD).",
        )
    return text


def engine_at(url: str) -> Remote:
    """The newest version at an address of `read_engine`. Raises NothingFound, NoAnswer."""
    # Only the database that is asked is loaded.
    match kind_of(url):
        case "postgresql":
            from geodata.store.engines.postgres import Postgres  # noqa: PLC0415

            return Postgres(url)
        case "clickhouse":
            from geodata.store.engines.clickhouse import ClickHouse  # noqa: PLC0415

            return ClickHouse(url)
        case _:
            from geodata.store.engines.duckdb_file import DuckDBFile  # noqa: PLC0415

            return DuckDBFile(url)
