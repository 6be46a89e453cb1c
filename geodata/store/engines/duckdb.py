"""DuckDB over a snapshot's Parquet files: what every question needs is taken into memory, while the first are asked;
the rest is read when it is asked."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.store.engines.engine import Engine, Tables

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa
    from ibis import Schema

    from geodata.store.engines.queries import Written
    from geodata.store.snapshot import Snapshot

# The tables that are kept in memory, and of the wide ones the columns that questions are about; those that are needed
# first come first.
IN_MEMORY: dict[str, tuple[str, ...]] = {
    "index": (),
    "claims": (
        "claim", "event", "figure", "measure", "low", "high", "population", "said_last", "status", "status_on",
        "superseded_from", "stands_until", "tangled", "alone", "voice", "document", "wide_in", "nowhere", "rivalled",
        "addable",
    ),
    "points": (),
    "facets": (),
    "countries": (),
    "homes": (),
    "sites": (),
    "whereabouts": (),
}  # fmt: skip

PACKED = "packed"  # the database of these
MOST_SEARCHED = 1 << 26  # bytes of the file, which are some five times as many in memory


class _Tables(Tables):
    """Tables as there, and `search` when it is first asked for."""

    def __init__(self, tables: Mapping[str, ir.Table], engine: Engine, search: Callable[[], ir.Table]) -> None:
        super().__init__(tables, engine)
        self._search = search

    def __missing__(self, key: str) -> ir.Table:
        if key != "search":
            raise KeyError(key)
        return self.setdefault(key, self._search())


class DuckDB(Engine):
    """The tables of a snapshot, which is held for as long."""

    def __init__(self, snapshot: Snapshot) -> None:
        import ibis  # noqa: PLC0415 (here, so that the command line's --help does not load an engine)

        super().__init__()
        # A connection runs one query at a time: each question has its own, while tables are made by one.
        self._lock = threading.Lock()
        self._made: set[int] = set()
        self._connection = ibis.duckdb.connect()
        self._connection.con.execute(f"ATTACH ':memory:' AS {PACKED} (COMPRESS)")
        self._snapshot = snapshot
        self.stored = {name: self._view(name, snapshot.path(name)) for name in snapshot.files}
        self.event_count = snapshot.files["index"].rows
        self._connection.settings["parquet_metadata_cache"] = True  # a snapshot's files never change
        in_memory = {name: self._in_memory(name, columns) for name, columns in IN_MEMORY.items()}
        self._pool = ThreadPoolExecutor(1, "memory")  # each table is taken by all cores
        self._taking = {name: self._pool.submit(self._take, name, table) for name, table in in_memory.items()}
        self._pool.shutdown(wait=False)  # after these
        others = {name: table for name, table in self.stored.items() if name != "search"}
        self._is_light = snapshot.files["search"].bytes <= MOST_SEARCHED
        self._searched: ir.Table | None = None
        self.tables = _Tables(others | in_memory, self, self._search)
        self.stored |= {name: self.tables[name] for name, columns in IN_MEMORY.items() if not columns}
        self._read_lists()

    def close(self) -> None:
        """Let go of the engine."""
        self._pool.shutdown(cancel_futures=True)
        self._connection.disconnect()

    def answer(self, query: Written, schema: Schema) -> pa.Table:
        """As `Engine.answer`."""
        from ibis.formats.pyarrow import PyArrowData  # noqa: PLC0415 (loads ibis)

        self._await(query)
        with closing(self._connection.con.cursor()) as cursor:
            found = cursor.execute(query.text, [each.value for each in query.values]).to_arrow_table()
        return PyArrowData.convert_table(found, schema)

    def _view(self, name: str, path: Path) -> ir.Table:
        """A file as a table that all connections have, which one of ibis's is not."""
        view = f"{name}_stored"
        self._connection.con.from_parquet(str(path)).create_view(view)
        return self._connection.table(view)

    def _in_memory(self, name: str, columns: Sequence[str]) -> ir.Table:
        """Columns of a file (all, if none are named) as a table that will be in memory."""
        from ibis.expr.operations import DatabaseTable, Namespace  # noqa: PLC0415

        schema = self.stored[name].select(*(columns or self.stored[name].columns)).schema()
        return DatabaseTable(name, schema, self._connection, Namespace(PACKED, "main")).to_expr()

    def _take(self, name: str, table: ir.Table) -> None:
        """Take a table into memory. Its texts are few, and so numbers there, which are compared and counted sooner;
        their order is that of the texts. It is packed then, by which all tables take a sixth, and answer as soon."""
        chosen = []
        with closing(self._connection.con.cursor()) as cursor:
            for column, of in table.schema().items():
                given = f'FROM {name}_stored WHERE "{column}" IS NOT NULL'
                if of.is_string() and cursor.execute(f"SELECT 1 {given} LIMIT 1").fetchone():
                    kind = f"{PACKED}.main.{name}_{column}"
                    cursor.execute(f'CREATE TYPE {kind} AS ENUM (SELECT DISTINCT "{column}" {given} ORDER BY 1)')
                    chosen.append(f'CAST("{column}" AS {kind}) AS "{column}"')
                else:
                    chosen.append(f'"{column}"')
            cursor.execute(f'CREATE TABLE {PACKED}.main."{name}" AS SELECT {", ".join(chosen)} FROM {name}_stored')
            cursor.execute(f"FORCE CHECKPOINT {PACKED}")  # which waits for questions that write what they need

    def _await(self, query: Written) -> None:
        """Wait for the tables of a query that are not in memory yet."""
        for name, taken in [*self._taking.items()]:
            if f'"{name}"' in query.text:
                taken.result()
                self._taking.pop(name, None)

    def _search(self) -> ir.Table:
        """The texts that are searched: in memory from the first search on, where they are light."""
        with self._lock:
            if self._searched is None:
                stored = self.stored["search"]
                self._searched = self._connection.create_table("search", stored) if self._is_light else stored
            return self._searched

    @contextmanager
    def made(self, content: ir.Table | pa.Table) -> Iterator[ir.Table]:
        """A table that is there while it is held: ibis's own in memory are dropped whenever they are collected, also
        while a query runs."""
        import ibis  # noqa: PLC0415
        import pyarrow as pa  # noqa: PLC0415
        from ibis.expr.operations import DatabaseTable  # noqa: PLC0415

        from geodata.store.engines.queries import written  # noqa: PLC0415 (loads ibis)

        con = self._connection.con
        given = isinstance(content, pa.Table)
        schema = ibis.schema(content.schema) if given else content.schema()
        query = None if given else written(content)
        if query:
            self._await(query)
        with self._lock:
            # The lowest number that is free: a query of the same names is the same, and is not written again.
            number = next(number for number in itertools.count() if number not in self._made)
            name = f"made_{number}"
            if query is None:
                # Its own scan of Arrow's tables cannot do all that it asks of a scan.
                con.from_arrow(content).create(name)
            else:
                con.execute(f"CREATE TABLE {name} AS {query.text}", [each.value for each in query.values])
            self._made.add(number)
        try:
            yield DatabaseTable(name, schema, self._connection).to_expr()
        finally:
            with self._lock:
                con.execute(f"DROP TABLE {name}")
                self._made.remove(number)
