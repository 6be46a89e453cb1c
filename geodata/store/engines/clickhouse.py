"""ClickHouse over HTTP. The user's name and password are CLICKHOUSE_USER and CLICKHOUSE_PASSWORD."""

from __future__ import annotations

import logging
import os
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from geodata.errors import Gone, NoAnswer, NothingFound
from geodata.store.engines.catalog import VERSIONS
from geodata.store.engines.remote import MOST_CONNECTIONS, TIMEOUT_S, Remote, gone, too_slow

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

    from geodata.store.engines.queries import Value, Written

# The days that it can keep: those before and after are as these in every comparison with days between.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2299, 12, 31)
# Joins, sums and names as in SQL's own rules.
RULES = {
    "join_use_nulls": 1,
    "aggregate_functions_null_for_empty": 1,
    "enable_extended_results_for_datetime_functions": 1,
    "prefer_column_name_to_alias": 1,
    "output_format_arrow_string_as_string": 1,
}


class ClickHouse(Remote):
    """The newest version in the database of a `url` (clickhouse://host:port/database, clickhouses:// for HTTPS)."""

    def __init__(self, url: str) -> None:
        from geodata.store.engines.dialects import CLICKHOUSE  # noqa: PLC0415 (loads ibis)

        self._client = connect(url, {**RULES, "readonly": 2, "max_execution_time": TIMEOUT_S})
        super().__init__(CLICKHOUSE, database_of(url))

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def newest(self) -> str:
        """As `Remote.newest`."""
        try:
            found = answer(self._client, f'SELECT about FROM "{VERSIONS}" ORDER BY loaded DESC LIMIT 1')
        except Gone:
            found = None
        if not found:
            raise NothingFound("Nothing was loaded into this database yet.")
        return str(found["about"][0])

    def given_bits(self, bits: bytes) -> ir.BinaryScalar:
        """As `Engine.given_bits`: a table with a row, as a parameter is a text."""
        import ibis  # noqa: PLC0415
        import pyarrow as pa  # noqa: PLC0415

        schema = pa.schema([pa.field("bits", pa.binary(), nullable=False)])
        return ibis.memtable(pa.table({"bits": [bits]}, schema)).bits.as_scalar()

    def ask(self, query: Written) -> pa.Table:
        """As `Remote.ask`."""
        return asked(self._client, query)


def database_of(url: str) -> str:
    """The database that an address names."""
    return urlsplit(url).path.strip("/") or "default"


def connect(url: str, settings: dict[str, Any]) -> Any:
    """A client, safe to share between threads. Raises NoAnswer."""
    import clickhouse_connect  # noqa: PLC0415 (only who asks this engine needs it)
    from clickhouse_connect.driver.httputil import get_pool_manager  # noqa: PLC0415

    at = urlsplit(url)
    logging.getLogger("clickhouse_connect").setLevel(logging.CRITICAL)  # what it tells is raised as well
    try:
        return clickhouse_connect.get_client(
            host=at.hostname or "localhost",
            port=at.port or 0,
            secure=at.scheme == "clickhouses",
            username=at.username or os.environ.get("CLICKHOUSE_USER"),
            password=os.environ.get("CLICKHOUSE_PASSWORD", ""),
            database=database_of(url),
            settings=settings,
            autogenerate_session_id=False,
            connect_timeout=5,
            send_receive_timeout=settings.get("max_execution_time", TIMEOUT_S) + 5,
            pool_mgr=get_pool_manager(maxsize=MOST_CONNECTIONS, block=True),
        )
    except clickhouse_connect.driver.exceptions.Error as error:
        raise told(error) from None


def asked(client: Any, query: Written) -> pa.Table:
    """What a client answers to a query. Raises NoAnswer."""
    from clickhouse_connect.driver.external import ExternalData  # noqa: PLC0415

    external = ExternalData()
    for name, table in query.given.items():
        external.add_file(file_name=name, fmt="Arrow", structure=_structure(table), data=_written(table))
    values = {f"p{number}": _value(each) for number, each in enumerate(query.values, 1)}
    return answer(client, query.text, values, external if query.given else None)


def answer(client: Any, text: str, values: dict[str, Any] | None = None, external: Any = None) -> pa.Table:
    """What a client answers to a text. Raises NoAnswer."""
    from clickhouse_connect.driver.exceptions import Error  # noqa: PLC0415

    try:
        return client.query_arrow(text, parameters=values, use_strings=True, external_data=external)
    except Error as error:
        raise told(error) from None


def told(error: Exception) -> Exception:
    """An error of the database as one of ours, with nothing of what was asked; a mistake of this program as it is."""
    from clickhouse_connect.driver.exceptions import OperationalError  # noqa: PLC0415

    text = str(error)
    if "TIMEOUT_EXCEEDED" in text or "timed out" in text:
        return too_slow()
    if "UNKNOWN_TABLE" in text or "UNKNOWN_DATABASE" in text:
        return gone()
    if "AUTHENTICATION_FAILED" in text or "ACCESS_DENIED" in text:
        return NoAnswer("The database does not let this user in, or read (CLICKHOUSE_USER, CLICKHOUSE_PASSWORD).")
    return NoAnswer("The database does not answer.") if isinstance(error, OperationalError) else error


def _value(of: Value) -> Any:
    if of.kind.is_date():
        return min(max(of.value, FIRST_DAY), LAST_DAY)
    return [*of.value] if of.kind.is_array() else of.value


def _structure(table: pa.Table) -> str:
    import ibis  # noqa: PLC0415

    from geodata.store.engines.dialects import clickhouse_type  # noqa: PLC0415

    kinds = ibis.schema(table.schema)
    return ", ".join(f"{name} {clickhouse_type(kind)}" for name, kind in kinds.items())


def _written(table: pa.Table) -> bytes:
    import pyarrow as pa  # noqa: PLC0415

    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    content: bytes = sink.getvalue().to_pybytes()
    return content
