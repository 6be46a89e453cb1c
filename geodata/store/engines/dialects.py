"""How queries are written for each database: ibis's compilers, with what they lack here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.operations as ops
import ibis.expr.schema as sch
import sqlglot as sg
import sqlglot.expressions as sge
from ibis.backends.sql.compilers.clickhouse import ClickHouseCompiler
from ibis.backends.sql.compilers.duckdb import DuckDBCompiler
from ibis.backends.sql.compilers.postgres import PostgresCompiler
from ibis.backends.sql.datatypes import ClickHouseType

from geodata.store.engines.queries import Binding, BoundTable, HasBit


@dataclass(frozen=True, slots=True)
class Dialect:
    """What ibis writes queries by, in place of a connection of its own."""

    name: str
    compiler: Any
    type_of: Callable[[dt.DataType], str]

    def columns(self, kinds: Mapping[str, str]) -> str:
        """Columns with their types, as a table is made with; structures are texts."""
        return ", ".join(f'"{name}" {self.type_of(ibis.dtype(kind))}' for name, kind in kinds.items())

    @property
    def dialect(self) -> Any:
        """That of sqlglot, as a backend of ibis has it."""
        return self.compiler.dialect


class _Postgres(Binding, PostgresCompiler):  # type: ignore[misc] # ibis publishes no types
    def to_sqlglot(self, expr: Any, **others: Any) -> sge.Expression:
        """As there; rows of a table that are asked for twice are read twice, which is sooner than keeping them."""
        found: sge.Expression = super().to_sqlglot(expr, **others)
        for each in found.find_all(sge.CTE):
            if not any(each.this.find(kind) for kind in (sge.Group, sge.Join, sge.Distinct, sge.SetOperation)):
                each.set("materialized", False)
        return found

    def visit_HasBit(self, _: HasBit, *, bits: sge.Expression, at: sge.Expression) -> sge.Expression:
        """As `Binding` has it."""
        return sge.GT(this=self.f.anon.get_bit(bits, at), expression=sge.convert(0))

    def visit_Sum(self, op: ops.Sum, *, arg: sge.Expression, where: sge.Expression | None) -> sge.Expression:
        # Its sums of large numbers are decimals, which take their time to be given and read.
        found: sge.Expression = super().visit_Sum(op, arg=arg, where=where)
        return self.cast(found, op.dtype) if op.dtype.is_integer() else found

    def visit_WindowFunction(self, op: ops.WindowFunction, *, func: sge.Expression, **others: Any) -> sge.Expression:
        """As there; of such a sum, what is cast is the whole."""
        is_cast = isinstance(op.func, ops.Sum) and isinstance(func, sge.Cast)
        found: sge.Expression = super().visit_WindowFunction(op, func=func.this if is_cast else func, **others)
        return self.cast(found, op.dtype) if is_cast else found

    def visit_Cast(self, op: ops.Cast, *, arg: sge.Expression, to: dt.DataType) -> sge.Expression:
        # To whole numbers it casts truth by way of its integer alone.
        between = self.cast(arg, dt.int32) if op.arg.dtype.is_boolean() and to.is_integer() else arg
        cast: sge.Expression = super().visit_Cast(op, arg=between, to=to)
        return cast

    def visit_InSubquery(self, op: ops.InSubquery, *, rel: sge.Expression, needle: sge.Expression) -> sge.Expression:
        given = getattr(op.rel, "parent", op.rel)
        if isinstance(given, BoundTable) and len(given.schema) == 1 and not getattr(op.rel, "predicates", ()):
            # Of a list it knows how long it is; of a table that is made of one it expects few rows, and looks up each.
            (kind,) = given.schema.values()
            listed = self.visit_Bound(given, number=given.number, dtype=dt.Array(kind))
            return sge.EQ(this=needle, expression=sge.Any(this=sge.paren(listed)))
        found: sge.Expression = super().visit_InSubquery(op, rel=rel, needle=needle)
        return found


class _Beside(Binding):
    """Of an engine to which tables can be given by name, beside the query."""

    def visit_BoundTable(self, _: BoundTable, *, number: int, name: str, schema: sch.Schema) -> sge.Expression:  # noqa: ARG002
        """The table by its name."""
        return sge.Table(this=sg.to_identifier(name, quoted=True))


class _ClickHouse(_Beside, ClickHouseCompiler):  # type: ignore[misc] # as above
    SIMPLE_OPS = ClickHouseCompiler.SIMPLE_OPS | {ops.StringLength: "lengthUTF8"}  # others count bytes

    def visit_HasBit(self, _: HasBit, *, bits: sge.Expression, at: sge.Expression) -> sge.Expression:
        """As `Binding` has it."""
        byte = self.f.anon.substring(bits, self.f.anon.intDiv(at, sge.convert(8)) + 1, sge.convert(1))
        bit = self.f.anon.bitTest(self.f.anon.reinterpretAsUInt8(byte), sge.Mod(this=at, expression=sge.convert(8)))
        return sge.EQ(this=bit, expression=sge.convert(1))

    def visit_Bound(self, _: ops.Node, *, number: int, dtype: dt.DataType) -> sge.Expression:
        return sge.Placeholder(
            this=sge.Var(this=str(number)),
            kind=sg.parse_one(clickhouse_type(dtype), into=sge.DataType, dialect="clickhouse"),
        )


def clickhouse_type(kind: dt.DataType) -> str:
    """What a type is called in ClickHouse: days from 1900 to 2299, structures as texts."""
    if kind.is_array():
        return f"Array({clickhouse_type(kind.value_type.copy(nullable=False))})"
    name = "Date32" if kind.is_date() else "String" if kind.is_json() else _plain_type(kind)
    return f"Nullable({name})" if kind.nullable else name


def _plain_type(kind: dt.DataType) -> str:
    name: str = ClickHouseType.to_string(kind.copy(nullable=False))
    return name


class _DuckDB(_Beside, DuckDBCompiler):  # type: ignore[misc] # as above
    pass


def _plain(compiler: Any) -> Callable[[dt.DataType], str]:
    return lambda kind: str(compiler.type_mapper.to_string(dt.string if kind.is_json() else kind))


POSTGRES = Dialect("postgres", _Postgres(), _plain(PostgresCompiler))
CLICKHOUSE = Dialect("clickhouse", _ClickHouse(), clickhouse_type)
DUCKDB = Dialect("duckdb", _DuckDB(), _plain(DuckDBCompiler))
