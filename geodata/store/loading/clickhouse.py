"""Into ClickHouse, as a user who may make tables in the database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow.compute as pc

from geodata.errors import GeodataError
from geodata.store.engines.catalog import VERSIONS
from geodata.store.engines.clickhouse import FIRST_DAY, LAST_DAY, RULES, answer, asked, connect, database_of
from geodata.store.loading.loader import Loader

if TYPE_CHECKING:
    import pyarrow as pa

    from geodata.store.engines.catalog import Loaded
    from geodata.store.engines.queries import Written

# What the rows of each table are in the order of; those of others in that of their first column.
ORDERS = {
    "index": ("date_start", "event"),
    "sites": ("cell", "event"),
    "facets": ("code", "event"),
    "facet_values": ("kind", "value"),
    "options": ("kind", "rank"),
    "claims": ("event", "claim"),
    "called": ("name",),
}


class ClickHouseLoader(Loader):
    """Into the database of a `url` (clickhouse://host:port/database). Raises NoAnswer."""

    def __init__(self, url: str) -> None:
        from geodata.store.engines.dialects import CLICKHOUSE  # noqa: PLC0415 (loads ibis)

        self.dialect, self.place = CLICKHOUSE, database_of(url)
        self._client = connect(url, RULES)

    def close(self) -> None:
        """As `Loader.close`."""
        self._client.close()

    def ask(self, query: Written) -> pa.Table:
        """As `Loader.ask`."""
        return asked(self._client, query)

    def prepare(self, about: Loaded) -> None:
        """As `Loader.prepare`."""
        self._run(
            f'CREATE TABLE IF NOT EXISTS "{VERSIONS}" (loaded String, version String, about String) '
            "ENGINE = MergeTree ORDER BY loaded"
        )
        for name, columns in about.columns.items():
            order = ", ".join(f'"{column}"' for column in ORDERS.get(name, (next(iter(columns)),)))
            self._run(
                f'CREATE TABLE IF NOT EXISTS "{about.table(name)}" ({self.dialect.columns(columns)}) '
                f"ENGINE = MergeTree ORDER BY ({order}) SETTINGS allow_nullable_key = 1"
            )

    def append(self, table: str, rows: pa.Table) -> None:
        """As `Loader.append`. Raises GeodataError for a day that the database cannot keep."""
        for field in rows.schema:
            if str(field.type).startswith("date32"):
                ends = pc.min_max(rows[field.name]).as_py()
                if ends["min"] and not FIRST_DAY < ends["min"] <= ends["max"] < LAST_DAY:
                    raise GeodataError(
                        f"ClickHouse keeps days between {FIRST_DAY} and {LAST_DAY}, and this data has {ends['min']} to "
                        f"{ends['max']}: use PostgreSQL or DuckDB."
                    )
        self._client.insert_arrow(table, rows)

    def finish(self, _about: Loaded) -> None:
        """As `Loader.finish`: its tables are in order from the start."""

    def publish(self, about: Loaded, at: str) -> None:
        """As `Loader.publish`."""
        row = {"loaded": at, "version": about.version, "about": about.to_json()}
        self._run(f'INSERT INTO "{VERSIONS}" SELECT {{loaded:String}}, {{version:String}}, {{about:String}}', row)

    def versions(self) -> list[str]:
        """As `Loader.versions`."""
        newest = f'SELECT max(loaded) AS newest, argMax(about, loaded) AS told FROM "{VERSIONS}" GROUP BY version'
        found = answer(self._client, f"SELECT told FROM ({newest}) ORDER BY newest DESC")
        return [*found["told"].to_pylist()]

    def drop(self, about: Loaded) -> None:
        """As `Loader.drop`."""
        self._run(f'DELETE FROM "{VERSIONS}" WHERE version = {{version:String}}', {"version": about.version})
        for name in about.columns:
            self._run(f'DROP TABLE IF EXISTS "{about.table(name)}"')

    def _run(self, text: str, values: dict[str, str] | None = None) -> None:
        self._client.command(text, parameters=values)
