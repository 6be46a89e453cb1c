"""The tables of a snapshot as ibis expressions: what every question needs in memory, the rest read when it is asked.

Only this module knows that the engine is DuckDB. Expressions name no engine, and no text of a user becomes SQL.
"""

from __future__ import annotations

import itertools
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

    from geodata.area import Area
    from geodata.filter import Tables

# The tables that are kept in memory, and of the wide ones the columns that questions are about.
IN_MEMORY: dict[str, tuple[str, ...]] = {
    "index": (),
    "points": (),
    "facets": (),
    "countries": (),
    "homes": (),
    "sites": (),
    "claims": (
        "claim", "event", "figure", "measure", "low", "high", "population", "said_last", "status", "status_on",
        "superseded_from", "stands_until", "tangled", "alone", "voice", "document", "wide_in", "nowhere", "rivalled",
        "addable",
    ),
}  # fmt: skip

MOST_AREAS = 16  # whose events are kept
FEW = 300  # values that are written into a query
MOST_KEPT, MOST_BYTES_KEPT = 200, 1 << 17


class _Tables(dict["str | Area", "ir.Table"]):
    """Tables by their names, and by areas what `inside` gives for them."""

    def __init__(self, tables: Mapping[Any, ir.Table], inside: Callable[[Area], ir.Table]) -> None:
        super().__init__(tables)
        self._inside = inside

    def __missing__(self, key: str | Area) -> ir.Table:
        if isinstance(key, str):
            raise KeyError(key)
        return self._inside(key)


class Engine:
    """The tables at `paths` (Parquet files by name). Safe to share between threads."""

    def __init__(self, paths: Mapping[str, Path]) -> None:
        import ibis  # noqa: PLC0415 (here, so that the command line's --help does not load an engine)

        # A connection runs one query at a time; a query takes milliseconds.
        self._lock = threading.Lock()
        self._made: set[int] = set()
        self._kept: OrderedDict[Any, pa.Table] = OrderedDict()
        self._kept_lock = threading.Lock()
        self._connection = ibis.duckdb.connect()
        # Every column of every row.
        self.stored = {
            name: self._connection.read_parquet(path, table_name=f"{name}_stored") for name, path in paths.items()
        }
        self._areas: OrderedDict[Area, int] = OrderedDict()
        self._areas_lock = threading.Lock()
        self._area_numbers = itertools.count()
        self._in_areas = self._connection.create_table(
            "in_areas", schema=ibis.schema({"area": "int32", "event": "int32"})
        )
        self._connection.settings["parquet_metadata_cache"] = True  # a snapshot's files never change
        # The same for questions, some of them in memory.
        in_memory = {
            name: self._connection.create_table(name, self.stored[name].select(*(columns or self.stored[name].columns)))
            for name, columns in IN_MEMORY.items()
        }
        self.tables: Tables = _Tables(self.stored | in_memory, self._inside)
        self.stored |= {name: self.tables[name] for name, columns in IN_MEMORY.items() if not columns}
        lists = self.fetch(self.stored["lists"]).to_pylist()
        self.lists: dict[str, tuple[int, int]] = {row["kind"]: (row["first"], row["last"]) for row in lists}

    def close(self) -> None:
        """Let go of the engine."""
        self._connection.disconnect()

    def fetch(self, expression: ir.Table) -> pa.Table:
        """The rows of an expression over its tables; what is asked again soon is not asked twice, as nothing changes.

        Writing the query takes longer than small data needs to answer it.
        """
        key = expression.op()
        with self._kept_lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        found = self.read(expression)
        if found.nbytes <= MOST_BYTES_KEPT:
            with self._kept_lock:
                self._kept[key] = found
                while len(self._kept) > MOST_KEPT:
                    self._kept.popitem(last=False)
        return found

    def read(self, expression: ir.Table) -> pa.Table:
        """The same, not kept: of a table of `made`, or what is kept elsewhere."""
        from ibis.formats.pyarrow import PyArrowData  # noqa: PLC0415

        from geodata.store.engines.queries import written  # noqa: PLC0415 (loads ibis)

        # As `expression.to_pyarrow()`, which loads pandas with it.
        query, values = written(expression)
        with self._lock:
            found = self._connection.con.execute(query, values).to_arrow_table()
        return PyArrowData.convert_table(found, expression.schema())

    def _inside(self, area: Area) -> ir.Table:
        """The events that have a point in an area. They are found once, and kept for the questions that follow: so an
        area, however many corners it has, is as quick as any other choice, and all areas make queries of one shape."""
        import pyarrow as pa  # noqa: PLC0415

        with self._areas_lock:
            if area not in self._areas:
                points = self.read(self.tables["points"])
                inside = area.holds(points["lon"].to_numpy(), points["lat"].to_numpy())
                events = points["event"].filter(pa.array(inside))
                number = next(self._area_numbers)
                numbered = pa.table({"area": pa.repeat(pa.scalar(number, pa.int32()), len(events)), "event": events})
                with self._lock:
                    self._connection.con.from_arrow(numbered).insert_into("in_areas")
                self._areas[area] = number
            self._areas.move_to_end(area)
            if len(self._areas) > MOST_AREAS:
                _, oldest = self._areas.popitem(last=False)
                with self._lock:
                    self._connection.con.execute("DELETE FROM in_areas WHERE area = ?", [oldest])
            number = self._areas[area]
        return self._in_areas.filter(self._in_areas.area == number).select("event")

    @contextmanager
    def made(self, content: ir.Table | pa.Table) -> Iterator[ir.Table]:
        """A table of the rows of an expression, or of rows that are given, for as long as it is held.

        Ibis's own tables in memory are dropped whenever they are collected, also while a query runs.
        """
        import ibis  # noqa: PLC0415
        import pyarrow as pa  # noqa: PLC0415
        from ibis.expr.operations import DatabaseTable  # noqa: PLC0415

        from geodata.store.engines.queries import written  # noqa: PLC0415 (loads ibis)

        con = self._connection.con
        given = isinstance(content, pa.Table)
        schema = ibis.schema(content.schema) if given else content.schema()
        query, values = ("", {}) if given else written(content)
        with self._lock:
            # The lowest number that is free: a query of the same names is the same, and is not written again.
            number = next(number for number in itertools.count() if number not in self._made)
            name = f"made_{number}"
            if given:
                con.register(name, content)
            else:
                con.execute(f"CREATE TEMP TABLE {name} AS {query}", values)
            self._made.add(number)
        try:
            yield DatabaseTable(name, schema, self._connection).to_expr()
        finally:
            with self._lock:
                if given:
                    con.unregister(name)
                else:
                    con.execute(f"DROP TABLE {name}")
                self._made.remove(number)

    def rows(self, table: str, column: str, values: Sequence[int] | Sequence[str], only: str = "") -> pa.Table:
        """The rows of a table that have one of `values` in a column, in no order: whole, or `only` one of its columns.

        More than a `FEW` go in as a table: in a list, each takes the writing of a query some microseconds.
        """
        import ibis  # noqa: PLC0415
        import pyarrow as pa  # noqa: PLC0415

        stored = self.stored[table].select(column, only) if only else self.stored[table]
        kind = "string" if isinstance(values[0], str) else "int32"
        if len(values) <= FEW:
            # One list is written sooner than a comparison for each of its values.
            listed = ibis.literal(list(values), f"array<{kind}>").unnest().name(column).as_table()
            return self.read(stored.semi_join(listed, column))
        with self.made(pa.table({column: pa.array(values, kind)})) as wanted:
            return self.read(stored.semi_join(wanted, column))
