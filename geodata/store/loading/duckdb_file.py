"""Into a DuckDB database on disk, which nobody reads meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geodata.store.engines.catalog import VERSIONS
from geodata.store.engines.duckdb_file import PLACE, asked, connect
from geodata.store.loading.loader import Loader

if TYPE_CHECKING:
    import pyarrow as pa

    from geodata.store.engines.catalog import Loaded
    from geodata.store.engines.queries import Written


class DuckDBFileLoader(Loader):
    """Into the database at the path of a `url` (duckdb:PATH), which is made where there is none. Raises NoAnswer."""

    def __init__(self, url: str) -> None:
        from geodata.store.engines.dialects import DUCKDB  # noqa: PLC0415 (loads ibis)

        self.dialect, self.place = DUCKDB, PLACE
        self._connection = connect(url, read_only=False)

    def close(self) -> None:
        """As `Loader.close`."""
        self._connection.close()

    def ask(self, query: Written) -> pa.Table:
        """As `Loader.ask`."""
        return asked(self._connection, query)

    def prepare(self, about: Loaded) -> None:
        """As `Loader.prepare`."""
        self._run(f"CREATE TABLE IF NOT EXISTS {VERSIONS} (loaded VARCHAR, version VARCHAR, about VARCHAR)")
        for name, columns in about.columns.items():
            self._run(f'CREATE TABLE IF NOT EXISTS "{about.table(name)}" ({self.dialect.columns(columns)})')

    def append(self, table: str, rows: pa.Table) -> None:
        """As `Loader.append`."""
        self._connection.register("rows", rows)
        self._run(f'INSERT INTO "{table}" SELECT * FROM rows')
        self._connection.unregister("rows")

    def finish(self, _about: Loaded) -> None:
        """As `Loader.finish`: its columns know their least and greatest values by themselves."""
        self._run("CHECKPOINT")

    def publish(self, about: Loaded, at: str) -> None:
        """As `Loader.publish`."""
        self._run(f"INSERT INTO {VERSIONS} VALUES (?, ?, ?)", [at, about.version, about.to_json()])

    def versions(self) -> list[str]:
        """As `Loader.versions`."""
        newest = f"SELECT max(loaded) AS newest, arg_max(about, loaded) AS about FROM {VERSIONS} GROUP BY version"
        rows = self._connection.execute(f"SELECT about FROM ({newest}) ORDER BY newest DESC").fetchall()
        return [about for (about,) in rows]

    def drop(self, about: Loaded) -> None:
        """As `Loader.drop`."""
        self._run(f"DELETE FROM {VERSIONS} WHERE version = ?", [about.version])
        for name in about.columns:
            self._run(f'DROP TABLE IF EXISTS "{about.table(name)}"')

    def _run(self, text: str, values: Any = None) -> None:
        self._connection.execute(text, values)
