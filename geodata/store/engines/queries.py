"""Queries as SQL, written once for all that differ in their values alone.

Ibis takes 10 to 20 ms to write a query, which is longer than small data takes to answer it. So a query is known by its
shape, and its values are bound to the text: none of them becomes a part of it.
"""

from __future__ import annotations

import weakref
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

import ibis.expr.datashape as ds
import ibis.expr.datatypes as dt
import ibis.expr.operations as ops
import ibis.expr.types as ir
import sqlglot.expressions as sge

MOST_WRITTEN = 2_000


class Bound(ops.Value):  # type: ignore[misc] # ibis publishes no types
    """A value that is given when the query is asked."""

    number: int
    dtype: dt.DataType

    shape = ds.scalar


@dataclass(frozen=True, slots=True)
class _Query:
    """An expression, which equals all of its shape. It is not held: it would hold its connection."""

    shape: tuple[Any, ...]
    expression: weakref.ref[ir.Table] = field(compare=False)


def written(expression: ir.Table) -> tuple[str, list[Any]]:
    """The SQL of an expression, in the dialect of its engine, and the values of the parameters in it, from $1 on."""
    shape, values = _read(expression.op())
    text, numbers = _text(_Query(shape, weakref.ref(expression)))
    return text, [values[number].value for number in numbers]


def _read(root: ops.Node) -> tuple[tuple[Any, ...], list[ops.Literal]]:
    """The shape of a query, and its values: each node stands after those that it rests on, and names their numbers."""
    numbers: dict[ops.Node, int] = {}
    nodes: list[Any] = []
    values: list[ops.Literal] = []
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
                values.append(node)
                return ops.Literal, node.dtype
            case ops.DatabaseTable():
                return ops.DatabaseTable, node.name, node.schema, node.namespace, node.source.name
            case ops.SelfReference():  # numbered by ibis, each by itself
                views.append(node.identifier)
                return ops.SelfReference, seen(node.parent), len(views)
        return type(node), *map(seen, node.args)

    seen(root)
    return tuple(nodes), values


def _is_bound(literal: ops.Literal) -> bool:
    kind = literal.dtype.value_type if literal.dtype.is_array() else literal.dtype
    known = kind.is_string() or kind.is_integer() or kind.is_floating() or kind.is_date()
    return bool(known and literal.value not in (None, ()))


@lru_cache(maxsize=MOST_WRITTEN)
def _text(query: _Query) -> tuple[str, tuple[int, ...]]:
    """The SQL of all queries of a shape, and the numbers of the values in it: what nothing rests on is left out."""
    expression = query.expression()
    assert expression is not None
    backend = expression.get_backend()
    _, values = _read(expression.op())
    bound = {literal: Bound(number, literal.dtype) for number, literal in enumerate(values)}
    found = _compiler(backend.compiler).to_sqlglot(expression.op().replace(bound).to_expr())
    # What is asked for in several places is there several times.
    parameters = {id(parameter): parameter for parameter in found.find_all(sge.Parameter)}.values()
    numbers = sorted({int(parameter.name) for parameter in parameters})
    places = {str(number): str(place) for place, number in enumerate(numbers, 1)}
    for parameter in parameters:
        parameter.set("this", sge.Var(this=places[parameter.name]))
    return found.sql(dialect=backend.dialect), tuple(numbers)


@cache
def _compiler(of: Any) -> Any:
    """The compiler of an engine, which can write a value that is bound too."""

    class Compiler(type(of)):  # type: ignore[misc] # as above
        def visit_Bound(self, _: Bound, *, number: int, dtype: dt.DataType) -> sge.Expression:
            # An engine that is told the values later has to know their types.
            parameter: sge.Expression = self.cast(sge.Parameter(this=sge.Var(this=str(number))), dtype)
            return parameter

    return Compiler()
