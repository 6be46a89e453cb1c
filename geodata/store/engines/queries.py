"""Queries as SQL, written once for all that differ in their values alone.

Ibis takes 10 to 20 ms to write a query, which is longer than small data takes to answer it. So a query is known by its
shape, and its values are bound to the text: none of them becomes a part of it. The same holds for the columns of tables
in memory (`ibis.memtable`).
"""

from __future__ import annotations

import weakref
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any, NamedTuple

import ibis.expr.datashape as ds
import ibis.expr.datatypes as dt
import ibis.expr.operations as ops
import ibis.expr.rules as rlz
import ibis.expr.schema as sch
import ibis.expr.types as ir
import pyarrow as pa
import sqlglot as sg
import sqlglot.expressions as sge

MOST_WRITTEN = 2_000


class Bound(ops.Value):  # type: ignore[misc] # ibis publishes no types
    """A value that is given when the query is asked."""

    number: int
    dtype: dt.DataType

    shape = ds.scalar


class BoundTable(ops.PhysicalTable):  # type: ignore[misc] # as above
    """A table whose columns are given when the query is asked, as values from `number` on."""

    number: int
    name: str
    schema: sch.Schema


class HasBit(ops.Value):  # type: ignore[misc] # as above
    """Whether a bit is set: the first is the lowest of the first byte."""

    bits: ops.Value[dt.Binary]
    at: ops.Value[dt.Integer]

    dtype = dt.boolean
    shape = rlz.shape_like("at")


class Value(NamedTuple):
    """What a parameter stands for: a value of Python, or of a table that is given a column, and its type."""

    value: Any
    kind: dt.DataType


class Written(NamedTuple):
    """A query: its SQL, the values of its parameters, and the tables that are given with it, by name."""

    text: str
    values: list[Value]
    given: dict[str, pa.Table]


@dataclass(frozen=True, slots=True)
class _Query:
    """An expression, which equals all of its shape. It is not held: it would hold its connection."""

    shape: tuple[Any, ...]
    expression: weakref.ref[ir.Table] = field(compare=False)


def written(expression: ir.Table) -> Written:
    """The SQL of an expression in the dialect of its engine, with parameters from 1 on."""
    shape, nodes = _read(expression.op())
    text, numbers = _text(_Query(shape, weakref.ref(expression)))
    values = [value for node in nodes for value in _values(node)]
    given = {
        _name(number): node.data.to_pyarrow(node.schema)
        for number, node in _numbered(nodes)
        if isinstance(node, ops.InMemoryTable)
    }
    return Written(text, [values[number] for number in numbers], given)


def _values(node: ops.Literal | ops.InMemoryTable) -> list[Value]:
    if isinstance(node, ops.Literal):
        return [Value(node.value, node.dtype)]
    table = node.data.to_pyarrow(node.schema)
    return [Value(table[name].combine_chunks(), kind) for name, kind in node.schema.items()]


def _numbered(nodes: list[ops.Node]) -> Iterator[tuple[int, ops.Node]]:
    """What is given with a query, each with the number of its first value."""
    number = 0
    for node in nodes:
        yield number, node
        number += len(node.schema) if isinstance(node, ops.InMemoryTable) else 1


def _name(number: int) -> str:
    return f"given_{number}"


def _read(root: ops.Node) -> tuple[tuple[Any, ...], list[ops.Node]]:
    """The shape of a query, and what is given with it: each node stands after those that it rests on, and names their
    numbers."""
    numbers: dict[ops.Node, int] = {}
    nodes: list[Any] = []
    given: list[ops.Node] = []
    views: list[int] = []

    def seen(part: Any) -> Any:
        if isinstance(part, ops.Node):
            if part not in numbers:
                nodes.append(told(part))
                numbers[part] = len(numbers)
            return ops.Node, numbers[part]
        if isinstance(part, tuple):
            return tuple(map(seen, part))
        if isinstance(part, Mapping):
            return tuple((name, seen(each)) for name, each in part.items())
        return part

    def told(node: ops.Node) -> Any:
        match node:
            case ops.Literal() if _is_bound(node):
                given.append(node)
                return ops.Literal, node.dtype
            case ops.InMemoryTable():
                given.append(node)
                return ops.InMemoryTable, node.schema
            case ops.DatabaseTable():
                return ops.DatabaseTable, node.name, node.schema, node.namespace, node.source.name
            case ops.SelfReference():  # numbered by ibis, each by itself
                views.append(node.identifier)
                return ops.SelfReference, seen(node.parent), len(views)
        return type(node), *map(seen, node.args)

    seen(root)
    return tuple(nodes), given


def _is_bound(literal: ops.Literal) -> bool:
    kind = literal.dtype.value_type if literal.dtype.is_array() else literal.dtype
    known = kind.is_string() or kind.is_integer() or kind.is_floating() or kind.is_date() or kind.is_binary()
    return bool(known and literal.value not in (None, ()))


@lru_cache(maxsize=MOST_WRITTEN)
def _text(query: _Query) -> tuple[str, tuple[int, ...]]:
    """The SQL of all queries of a shape, and the numbers of the values in it: what nothing rests on is left out."""
    expression = query.expression()
    assert expression is not None
    backend = expression.get_backend()
    _, nodes = _read(expression.op())
    bound = {
        node: BoundTable(number=number, name=_name(number), schema=node.schema)
        if isinstance(node, ops.InMemoryTable)
        else Bound(number, node.dtype)
        for number, node in _numbered(nodes)
    }
    found = _compiler(backend.compiler).to_sqlglot(expression.op().replace(bound).to_expr())
    # What is asked for in several places is there several times.
    parameters = {id(parameter): parameter for parameter in found.find_all(sge.Parameter, sge.Placeholder)}.values()
    numbers = sorted({int(parameter.text("this")) for parameter in parameters})
    places = {str(number): str(place) for place, number in enumerate(numbers, 1)}
    for parameter in parameters:
        mark = "p" if isinstance(parameter, sge.Placeholder) else ""  # that has a name
        parameter.set("this", sge.Var(this=mark + places[parameter.text("this")]))
    return found.sql(dialect=backend.dialect), tuple(numbers)


class Binding:
    """What a compiler needs before ibis's own to write what is bound."""

    def visit_Bound(self, _: Bound, *, number: int, dtype: dt.DataType) -> sge.Expression:
        """A parameter, by the number of its value."""
        # An engine that is told the values later has to know their types.
        parameter: sge.Expression = self.cast(sge.Parameter(this=sge.Var(this=str(number))), dtype)  # type: ignore[attr-defined]
        return parameter

    def visit_HasBit(self, _: HasBit, *, bits: sge.Expression, at: sge.Expression) -> sge.Expression:
        """As DuckDB has it, which counts from the highest bit of the first byte."""
        counted = sge.BitwiseXor(this=at, expression=sge.convert(7))
        bit = self.f.anon.get_bit(sge.cast(bits, "bit"), counted)  # type: ignore[attr-defined]
        return sge.EQ(this=bit, expression=sge.convert(1))

    def visit_BoundTable(self, _: BoundTable, *, number: int, name: str, schema: sch.Schema) -> sge.Expression:
        """A table whose columns are parameters, each an array."""
        columns = [
            self.visit_Bound(_, number=number + at, dtype=dt.Array(kind)) for at, kind in enumerate(schema.values())
        ]
        names = [sg.to_identifier(column, quoted=True) for column in schema]
        alias = sge.TableAlias(this=sg.to_identifier(name, quoted=True), columns=names)
        return sg.select("*").from_(sge.Unnest(expressions=columns, alias=alias))


@cache
def _compiler(of: Any) -> Any:
    """The compiler of an engine, which can write what is bound too."""
    return of if isinstance(of, Binding) else type("Compiler", (Binding, type(of)), {})()
