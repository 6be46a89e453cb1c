"""Into PostgreSQL, as a role that may make tables in the schema `PLACE`; who reads needs to read alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geodata.store.engines.catalog import VERSIONS
from geodata.store.engines.postgres import PLACE, connect, row_of, told
from geodata.store.loading.loader import Loader

if TYPE_CHECKING:
    import pyarrow as pa

    from geodata.store.engines.catalog import Loaded
    from geodata.store.engines.queries import Written

SETTINGS = {"application_name": "sitrep-map load", "maintenance_work_mem": "256MB"}
# What questions find rows by, and what they then need of them. Whole columns are read in order otherwise.
INDEXES: dict[str, tuple[str, ...]] = {
    "index": ("event", "date_start", "cell", "known_by"),
    "events": ("event", "event_id"),
    "sites": ("event", "place", "cell", "apart"),
    "claims": ("event", "claim"),
    "points": ("event",),
    "places": ("place",),
    "whereabouts": ("place",),
    "called": ("name",),
    "sources": ("source_id",),
    "facets": ("code, event", "event"),
    "facet_values": ("value",),
    "options": ("kind, rank", "code", "number"),
    "originals": ("event",),
    "search": ("event",),
}


class PostgresLoader(Loader):
    """Into the database at a `url` (postgresql://...). Raises NoAnswer."""

    def __init__(self, url: str) -> None:
        from geodata.store.engines.dialects import POSTGRES  # noqa: PLC0415 (loads ibis)

        self.dialect, self.place = POSTGRES, PLACE
        self._connection = connect(url, SETTINGS)

    def close(self) -> None:
        """As `Loader.close`."""
        self._connection.close()

    def ask(self, query: Written) -> pa.Table:
        """As `Loader.ask`."""
        return self._run(query.text, row_of(query.values))

    def prepare(self, about: Loaded) -> None:
        """As `Loader.prepare`."""
        self._run(f'CREATE SCHEMA IF NOT EXISTS "{PLACE}"')
        self._run(f"CREATE TABLE IF NOT EXISTS {_named(VERSIONS)} (loaded text, version text, about text)")
        for name, columns in about.columns.items():
            self._run(f"CREATE TABLE IF NOT EXISTS {_named(about.table(name))} ({self.dialect.columns(columns)})")

    def append(self, table: str, rows: pa.Table) -> None:
        """As `Loader.append`."""
        import adbc_driver_manager as adbc  # noqa: PLC0415 (only who loads into this engine needs it)

        try:
            with self._connection.cursor() as cursor:
                cursor.adbc_ingest(table, rows, mode="append", db_schema_name=PLACE)
        except adbc.Error as error:
            raise told(error) from None

    def finish(self, about: Loaded) -> None:
        """As `Loader.finish`."""
        for name in about.columns:
            table = about.table(name)
            for number, columns in enumerate(INDEXES.get(name, ())):
                self._run(f'CREATE INDEX IF NOT EXISTS "{table}_{number}" ON {_named(table)} ({columns})')
            # An index alone answers only where the table is known to hold nothing that was removed.
            self._run(f"VACUUM (ANALYZE) {_named(table)}")

    def publish(self, about: Loaded, at: str) -> None:
        """As `Loader.publish`."""
        import pyarrow as pa  # noqa: PLC0415

        row = pa.RecordBatch.from_pylist([{"loaded": at, "version": about.version, "about": about.to_json()}])
        self._run(f"INSERT INTO {_named(VERSIONS)} VALUES ($1, $2, $3)", row)

    def versions(self) -> list[str]:
        """As `Loader.versions`."""
        newest = f"SELECT DISTINCT ON (version) loaded, about FROM {_named(VERSIONS)} ORDER BY version, loaded DESC"
        return [*self._run(f"SELECT about FROM ({newest}) AS each ORDER BY loaded DESC")["about"].to_pylist()]

    def drop(self, about: Loaded) -> None:
        """As `Loader.drop`."""
        import pyarrow as pa  # noqa: PLC0415

        version = pa.RecordBatch.from_pylist([{"version": about.version}])
        self._run(f"DELETE FROM {_named(VERSIONS)} WHERE version = $1", version)
        for name in about.columns:
            self._run(f"DROP TABLE IF EXISTS {_named(about.table(name))}")

    def _run(self, text: str, values: Any = None) -> pa.Table:
        import adbc_driver_manager as adbc  # noqa: PLC0415

        try:
            with self._connection.cursor() as cursor:
                cursor.execute(text, values)
                return cursor.fetch_arrow_table()
        except adbc.Error as error:
            raise told(error) from None


def _named(table: str) -> str:
    return f'"{PLACE}"."{table}"'
