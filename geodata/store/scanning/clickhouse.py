"""Tables and views of ClickHouse, by a user who may read them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pyarrow as pa
from clickhouse_connect.driver.exceptions import Error

from geodata.errors import GeodataError, Gone, NoAnswer, TooSlow
from geodata.store.engines.clickhouse import answer, connect, told
from geodata.store.scanning.scanner import SCAN_S, Scanner, too_slow


class ClickHouseScanner(Scanner):
    """Of the database of a `url` (clickhouse://host:port/database). Raises NoAnswer.

    It writes days and times itself: as numbers, which they are in Arrow by some versions, they could not be told.
    """

    plain = re.compile(
        r"(Array\()?(LowCardinality\()?(Nullable\()?(String|Bool|U?Int(8|16|32|64)|Float(32|64)|Decimal\(\d+, \d+\))\)*"
    )
    is_bytes = re.compile("AggregateFunction.*")
    points = {  # noqa: RUF012 (nobody changes it)
        "point": ("{0}.1", "{0}.2"),
        "ring": ("{0}[1].1", "{0}[1].2"),
        "polygon": ("{0}[1][1].1", "{0}[1][1].2"),
    }

    def __init__(self, url: str) -> None:
        self._client = connect(url, {"readonly": 2, "max_execution_time": SCAN_S})

    def close(self) -> None:
        """As `Scanner.close`."""
        self._client.close()

    def quoted(self, name: str) -> str:
        """As `Scanner.quoted`."""
        escaped = name.replace("\\", "\\\\").replace("`", "\\`")
        return f"`{escaped}`"

    def as_text(self, column: str) -> str:
        """As `Scanner.as_text`."""
        return f"toString({column})"

    def columns(self, table: str) -> list[tuple[str, str]]:
        """As `Scanner.columns`."""
        with _failures():
            try:
                found = answer(self._client, f"DESCRIBE TABLE {table}")
            except Gone:
                return []
        return [(row["name"], row["type"]) for row in found.select(["name", "type"]).to_pylist()]

    def batches(self, query: str) -> Iterator[pa.RecordBatch]:
        """As `Scanner.batches`."""
        with _failures(), self._client.query_arrow_stream(query, use_strings=True) as found:
            yield from found


@contextmanager
def _failures() -> Iterator[None]:
    """Errors of the database as ours."""
    try:
        yield
    except TooSlow:
        raise too_slow() from None
    except Error as error:
        known = told(error)
        if isinstance(known, TooSlow):
            raise too_slow() from None
        if isinstance(known, GeodataError):
            raise known from None
        said = re.search(r"DB::Exception: (.*?)(: While|\. \([A-Z_]+\)|$)", str(error))
        raise GeodataError(
            f"The table cannot be read: {said.group(1)[:200] if said else type(error).__name__}"
        ) from None
    except (pa.ArrowException, OSError):  # what breaks off between two batches
        raise NoAnswer("The table was not read to its end.") from None
