"""The ranges that standing claims span, as expressions; of tangled events from `geodata.record.ranges` itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from geodata.filter import Filter, codes_of
from geodata.store.questions.kept import kept

if TYPE_CHECKING:
    import ibis.expr.types as ir


def chosen(tables: Mapping[str, ir.Table], where: Filter) -> ir.Table:
    """The claims of the filter's voices and sources about the events that it keeps, said by its day."""
    claims = tables["claims"]
    claims = claims.filter(claims.event.isin(kept(tables, where).event))
    for key, code in (("claimants", "voice"), ("sources", "document")):
        if items := where.chosen(key):
            claims = claims.filter(claims[code].isin(codes_of(tables, key, items)))
    return claims.filter(claims.said_last <= where.as_of) if where.as_of else claims


def stands(claims: ir.Table, day: date | None) -> ir.BooleanValue:
    """Whether a claim that was said by `day` (None: today) stands then."""
    fell = claims.stands_until
    return fell.isnull() | (fell > day) if day else fell.isnull()


def ranges(tables: Mapping[str, ir.Table], where: Filter) -> ir.Table:
    """A row for each range of an event that is not tangled: event, measure, scope, population, low, high, and `claim`,
    the row of the first of its `claims`.

    As in `geodata.record.ranges`: one claim without a low or a high leaves that end of the range unknown.
    """
    claims = chosen(tables, where)
    claims = claims.filter(~claims.tangled & stands(claims, where.as_of))
    found = claims.group_by("event", "measure", "scope", "population").agg(
        lows=claims.low.count(), highs=claims.high.count(), claims=claims.count(),
        lowest=claims.low.min(), highest=claims.high.max(), claim=claims.claim.min(),
    )  # fmt: skip
    return found.mutate(
        low=(found.lows == found.claims).ifelse(found.lowest, None),
        high=(found.highs == found.claims).ifelse(found.highest, None),
    ).drop("lows", "highs", "lowest", "highest")


def tangled(tables: Mapping[str, ir.Table], where: Filter) -> ir.Table:
    """The rows of the kept events whose ranges only `geodata.record.ranges` can tell."""
    events = kept(tables, where)
    return events.filter(events.tangled).select("event").order_by("event")
