"""A DuckDB database on disk, which several programs can read at once while none loads into it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from geodata.errors import NoAnswer, NothingFound
from geodata.store.engines.catalog import VERSIONS
from geodata.store.engines.remote import Remote

if TYPE_CHECKING:
    import pyarrow as pa

    from geodata.store.engines.queries import Written

PLACE = "main"


class DuckDBFile(Remote):
    """The newest version in the database at the path of a `url` (duckdb:PATH)."""

    def __init__(self, url: str) -> None:
        from geodata.store.engines.dialects import DUCKDB  # noqa: PLC0415 (loads ibis)

        self._connection = connect(url, read_only=True)
        super().__init__(DUCKDB, PLACE)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def newest(self) -> str:
        """As `Remote.newest`."""
        import duckdb  # noqa: PLC0415

        try:
            found = (
                self._connection.cursor()
                .execute(f"SELECT about FROM {VERSIONS} ORDER BY loaded DESC LIMIT 1")
                .fetchone()
            )
        except duckdb.CatalogException:
            found = None
        if not found:
            raise NothingFound("Nothing was loaded into this database yet.")
        return str(found[0])

    def ask(self, query: Written) -> pa.Table:
        """As `Remote.ask`."""
        return asked(self._connection, query)


def connect(url: str, *, read_only: bool) -> Any:
    """A connection to the file. Raises NoAnswer where it is not there, not such a database, or taken."""
    import duckdb  # noqa: PLC0415

    path = Path(url.partition(":")[2])
    try:
        return duckdb.connect(str(path), read_only=read_only)
    except duckdb.Error as error:
        taken = "lock" in str(error).lower()
        reason = "another program has it open" if taken else str(error).splitlines()[0]
        raise NoAnswer(f"The database {str(path)!r} cannot be opened: {reason}.") from None


def asked(connection: Any, query: Written) -> pa.Table:
    """What a connection answers to a query."""
    cursor = connection.cursor()  # each thread's own
    for name, table in query.given.items():
        # Its own scan of Arrow's tables cannot do all that it asks of a scan.
        cursor.register("rows", table)
        cursor.execute(f'CREATE OR REPLACE TEMP TABLE "{name}" AS SELECT * FROM rows')
    return cursor.execute(query.text, [each.value for each in query.values]).to_arrow_table()
