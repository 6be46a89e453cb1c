"""The tables of a snapshot as ibis expressions, wherever they lie, and what is asked of them as Arrow tables.

Expressions name no engine, and no text of a user becomes SQL.
"""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from geodata.area import is_in

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa
    from ibis import Schema

    from geodata.area import Area
    from geodata.filter import What
    from geodata.store.engines.queries import Written

FEW = 300  # values that are written into a query
MOST_SETS = 32  # of events
MOST_KEPT, MOST_BYTES_KEPT = 200, 1 << 17


# Of a column of events, which are among some.
Among = Callable[["ir.IntegerColumn"], "ir.BooleanValue"]


class Tables(dict[str, "ir.Table"]):
    """As `geodata.filter.Tables`, of an engine."""

    def __init__(self, tables: Mapping[str, ir.Table], engine: Engine) -> None:
        super().__init__(tables)
        self._engine = engine

    def has(self, event: ir.IntegerColumn, what: What) -> ir.BooleanValue:
        """As there."""
        return self._engine.having(what)(event)

    def codes(self, key: str, values: Sequence[str]) -> ir.IntegerColumn | Sequence[int]:
        """As there."""
        return self.coded(key, values).code

    def coded(self, key: str, values: Sequence[str]) -> ir.Table:
        """The same as a table (code)."""
        known = self["facet_values"]
        return known.filter((known.kind == key) & known.value.isin(values)).select("code")


class Engine(ABC):
    """The tables of `geodata.store.derived.tables` by name: `stored` with every column, `tables` with those that
    questions are about. `lists` are the first and the last code of each list of the filter. `event_count` are the rows
    of `index`. `away` says why the last question was not answered, "" if it was. Safe to share between threads.
    """

    stored: dict[str, ir.Table]
    tables: Tables
    away = ""
    event_count: int
    lists: dict[str, tuple[int, int]]

    def __init__(self) -> None:
        self._kept: OrderedDict[Any, pa.Table] = OrderedDict()
        self._kept_lock = threading.Lock()
        self._looked_up: dict[tuple[str, str, str], tuple[Written, Schema]] = {}
        self._shapes: dict[Any, ir.Table] = {}
        self._sets: OrderedDict[What, Future[Among]] = OrderedDict()

    def _read_lists(self) -> None:
        rows = self.fetch(self.stored["lists"]).to_pylist()
        self.lists = {row["kind"]: (row["first"], row["last"]) for row in rows}

    @abstractmethod
    def close(self) -> None:
        """Let go of the engine."""

    def newest_version(self) -> str | None:
        """The version that is read now where another can come; None where none can. Raises NoAnswer."""
        return None

    def read(self, expression: ir.Table) -> pa.Table:
        """The rows of an expression over the tables, also over one of `made`."""
        from geodata.store.engines.queries import written  # noqa: PLC0415 (loads ibis)

        return self.answer(written(expression), expression.schema())

    @abstractmethod
    def answer(self, query: Written, schema: Schema) -> pa.Table:
        """The rows of a query, as a `schema` of ibis says them."""

    @abstractmethod
    def made(self, content: ir.Table | pa.Table) -> AbstractContextManager[ir.Table]:
        """A table of the rows of an expression, or of rows that are given, for as long as it is held."""

    def shaped(self, table: ir.Table, make: Callable[[ir.Table], ir.Table]) -> ir.Table:
        """What `make` makes of a table, which for a long expression takes longer than its answer: once of each."""
        key = (table.op(), make)
        found = self._shapes.get(key)
        if found is None:
            if len(self._shapes) >= MOST_KEPT:
                self._shapes.clear()
            found = self._shapes[key] = make(table)
        return found

    def fetch(self, expression: ir.Table) -> pa.Table:
        """As `read`; what is asked again soon is not asked twice, as nothing changes.

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

    def having(self, what: What) -> Among:
        """Which events have what is asked for.

        They are found once, and kept for the questions that follow: so an area, however many corners it has, a text and
        what most events have are as quick as any other choice.
        """
        with self._kept_lock:
            found = self._sets.get(what)
            is_new = found is None
            found = self._sets.setdefault(what, Future())
            self._sets.move_to_end(what)
            while len(self._sets) > MOST_SETS:
                self._sets.popitem(last=False)
        if is_new:
            try:
                found.set_result(self.among(self._events(what)))
            except BaseException as error:
                with self._kept_lock:
                    self._sets.pop(what, None)
                found.set_exception(error)
        return found.result()

    def _events(self, what: What) -> pa.ChunkedArray:
        """The events that have what is asked for."""
        if isinstance(what, str):
            return self.read(self.events_holding(what))["event"]
        if isinstance(what, tuple):
            facets = self.tables["facets"]
            return self.read(facets.filter(facets.code.isin(self.tables.codes(*what))).select("event"))["event"]
        return self.events_in(what)

    def among(self, events: pa.ChunkedArray) -> Among:
        """Which events are among some: a bit for each event there is, which goes with a question sooner than they do,
        and is looked up sooner than in a table of them."""
        import numpy as np  # noqa: PLC0415

        from geodata.store.engines.queries import HasBit  # noqa: PLC0415

        is_there = np.zeros(max(self.event_count, 1), bool)
        is_there[np.asarray(events)] = True
        bits = self.given_bits(np.packbits(is_there, bitorder="little").tobytes())
        return lambda event: HasBit(bits, event).to_expr()

    def given_bits(self, bits: bytes) -> ir.BinaryScalar:
        """Bits as a part of a question."""
        import ibis  # noqa: PLC0415

        return ibis.literal(bits)

    def events_in(self, area: Area) -> pa.ChunkedArray:
        """The events that have a point in an area, once for each: of the points in the box around it, in every engine
        by the same arithmetic."""
        import pyarrow as pa  # noqa: PLC0415 (here, so that the command line's --help does not load it)

        single, several = self.tables["index"], self.tables["points"]
        near = [each.filter(is_in(each, area.bbox)).select("event", "lon", "lat") for each in (single, several)]
        points = self.read(near[0].union(near[1]))
        inside = area.holds(points["lon"].to_numpy(), points["lat"].to_numpy())
        return points["event"].filter(pa.array(inside))

    def events_holding(self, text: str) -> ir.Table:
        """The events (event) whose folded texts hold a folded text."""
        texts = self.tables["search"]
        return texts.filter(texts.text.contains(text)).select("event")

    def rows(self, table: str, column: str, values: Sequence[int] | Sequence[str], only: str = "") -> pa.Table:
        """The rows of a table that have one of `values` in a column, in no order: whole, or `only` one of its columns.

        More than a `FEW` go in as a table: in a list, each takes the writing of a query some microseconds.
        """
        import pyarrow as pa  # noqa: PLC0415 (here, so that the command line's --help does not load it)

        kind = "string" if isinstance(values[0], str) else "int32"
        if len(values) <= FEW:
            key = (table, column, only)
            if key not in self._looked_up:
                self._looked_up[key] = self._look_up(*key, kind)
            query, schema = self._looked_up[key]
            (listed,) = query.values
            return self.answer(query._replace(values=[listed._replace(value=tuple(values))]), schema)
        with self.made(pa.table({column: pa.array(values, kind)})) as wanted:
            return self.read(self._columns(table, column, only).semi_join(wanted, column))

    def _columns(self, table: str, column: str, only: str) -> ir.Table:
        return self.stored[table].select(column, only) if only else self.stored[table]

    def _look_up(self, table: str, column: str, only: str, kind: str) -> tuple[Written, Schema]:
        """The query for the rows that have one of some values in a column, which are a list."""
        import ibis  # noqa: PLC0415 (as above)

        from geodata.store.engines.queries import written  # noqa: PLC0415

        # One list is written sooner than a comparison for each of its values.
        listed = ibis.literal([0 if kind == "int32" else ""], f"array<{kind}>")
        found = self._columns(table, column, only).semi_join(listed.unnest().name(column).as_table(), column)
        return written(found), found.schema()
