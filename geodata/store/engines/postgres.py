"""PostgreSQL, by libpq's own ways: addresses, PGPASSWORD, ~/.pgpass, services. PostGIS is not needed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from geodata.errors import Gone, NoAnswer, NothingFound
from geodata.store.engines.catalog import VERSIONS
from geodata.store.engines.pool import Pool
from geodata.store.engines.remote import MOST_CONNECTIONS, TIMEOUT_S, Remote, gone, too_slow

if TYPE_CHECKING:
    import pyarrow as pa

    from geodata.store.engines.queries import Value, Written

PLACE = "sitrep"  # the schema of the tables
CANCELLED = "57014"  # by the timeout
UNDEFINED = {"42P01", "3F000"}
REFUSED = {"28000", "28P01", "3D000", "42501", "25006"}  # who asks, or may not
# Queries are short and differ: compiling them takes longer than it saves. Of a text it expects a third of all events,
# and would look for it with one worker, as it takes the passing on of a row for ten times as much.
SETTINGS = {
    "default_transaction_read_only": "on",
    "statement_timeout": f"{TIMEOUT_S}s",
    "jit": "off",
    "work_mem": "64MB",
    "parallel_tuple_cost": "0.01",
    "application_name": "sitrep-map",
}


class Postgres(Remote):
    """The newest version in the schema `PLACE` of the database at a `url` (postgresql://...)."""

    def __init__(self, url: str) -> None:
        from geodata.store.engines.dialects import POSTGRES  # noqa: PLC0415 (loads ibis)

        self._pool: Pool[Any] = Pool(lambda: connect(url, SETTINGS), MOST_CONNECTIONS, is_lost)
        super().__init__(POSTGRES, PLACE)

    def close(self) -> None:
        """Let go of the connections."""
        self._pool.close()

    def newest(self) -> str:
        """As `Remote.newest`."""
        try:
            found = self._asked(f'SELECT about FROM "{PLACE}"."{VERSIONS}" ORDER BY loaded DESC LIMIT 1', None)
        except Gone:
            found = None
        if not found:
            raise NothingFound(f'Nothing was loaded into the schema "{PLACE}" of this database yet.')
        return str(found["about"][0])

    def ask(self, query: Written) -> pa.Table:
        """As `Remote.ask`."""
        return self._asked(query.text, row_of(query.values))

    def _asked(self, text: str, values: pa.RecordBatch | None) -> pa.Table:
        import adbc_driver_manager as adbc  # noqa: PLC0415 (only who asks this engine needs it)

        def answer(connection: Any) -> pa.Table:
            with connection.cursor() as cursor:
                cursor.execute(text, values)
                return cursor.fetch_arrow_table()

        try:
            return self._pool.ask(answer)
        except adbc.Error as error:
            raise told(error) from None


def connect(url: str, settings: dict[str, str]) -> Any:
    """A connection that commits by itself. Raises NoAnswer."""
    import adbc_driver_manager as adbc  # noqa: PLC0415
    from adbc_driver_postgresql import dbapi  # noqa: PLC0415

    try:
        connection = dbapi.connect(url, autocommit=True)
        try:
            with connection.cursor() as cursor:
                for name, value in settings.items():
                    cursor.execute(f"SET {name} = '{value}'")
        except adbc.Error:
            connection.close()
            raise
    except adbc.Error as error:
        raise told(error) from None
    return connection


def is_lost(error: Exception) -> bool:
    """Whether the connection is lost, or the server goes: neither a mistake in a query nor its timeout."""
    import adbc_driver_manager as adbc  # noqa: PLC0415

    return isinstance(error, adbc.OperationalError) and error.sqlstate != CANCELLED


def told(error: Any) -> Exception:
    """An error of the database as one of ours, with nothing of what was asked; a mistake of this program as it is."""
    import adbc_driver_manager as adbc  # noqa: PLC0415

    if error.sqlstate == CANCELLED:
        return too_slow()
    if error.sqlstate in UNDEFINED:
        return gone()
    reason = reason_of(error)
    if isinstance(error, adbc.OperationalError) or error.sqlstate in REFUSED:
        return NoAnswer(f"The database does not answer: {reason}")
    return error if isinstance(error, Exception) else RuntimeError(reason)


def reason_of(error: Exception) -> str:
    """What the database itself says of an error, in a line."""
    return re.split("ERROR: |FATAL: |failed: ", str(error))[-1].strip().splitlines()[0]


def row_of(values: Sequence[Value]) -> pa.RecordBatch | None:
    """The values of a query's parameters as one row; None without any."""
    import ibis  # noqa: PLC0415
    import pyarrow as pa  # noqa: PLC0415

    columns = []
    for value, kind in values:
        if isinstance(value, pa.Array):
            offsets = pa.array([0, len(value)], pa.int32())
            columns.append(pa.ListArray.from_arrays(offsets, value))
        else:
            held = [*value] if kind.is_array() else value
            columns.append(pa.array([held], ibis.dtype(kind).to_pyarrow()))
    return None if not columns else pa.record_batch(columns, [str(at) for at in range(len(columns))])
