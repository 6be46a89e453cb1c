"""The claims that a filter chooses, which of them stand, and the ranges that they span, as expressions.

Of tangled events only `geodata.record.ranges` itself tells these.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from geodata.filter import Filter, Tables, codes_of
from geodata.store.questions.kept import about_kept

if TYPE_CHECKING:
    import ibis.expr.types as ir

# The code of a claim without a source.
NO_DOCUMENT = -1


def chosen(tables: Tables, where: Filter) -> ir.Table:
    """The claims of the filter's voices and sources about the events that it keeps, said by its day."""
    claims = about_kept(tables["claims"], tables, where)
    for key, code in (("claimants", "voice"), ("sources", "document")):
        if items := where.chosen(key):
            claims = claims.filter(claims[code].isin(codes_of(tables, key, items)))
    return claims.filter(claims.said_last <= where.as_of) if where.as_of else claims


def stands(claims: ir.Table, day: date | None) -> ir.BooleanValue:
    """Whether a claim that was said by `day` (None: today) stands then."""
    fell = claims.stands_until
    return fell.isnull() | (fell > day) if day else fell.isnull()


def spans(claims: ir.Table) -> ir.Table:
    """A row for each range that claims of one measure span: event, alone (whether the event has no other claim),
    population, low, high, the lowest and the highest code of their documents (`NO_DOCUMENT` for none), and wide_in,
    nowhere and rivalled as the table `claims` has them.

    As in `geodata.record.ranges`: one claim without a low or a high leaves that end of the range unknown.
    """
    claims = claims.mutate(document=claims.document.fill_null(NO_DOCUMENT))
    one = claims.filter(claims.alone)
    one = one.select(
        "event", "alone", "population", "low", "high", "wide_in", "nowhere", "rivalled",
        first_document=one.document, last_document=one.document,
    )  # fmt: skip
    several = claims.filter(~claims.alone)
    found = several.group_by("figure").agg(
        event=several.event.min(), alone=several.alone.min(), population=several.population.arbitrary(),
        wide_in=several.wide_in.min(), nowhere=several.nowhere.max(), rivalled=several.rivalled.max(),
        lows=several.low.count(), highs=several.high.count(), claims=several.count(),
        lowest=several.low.min(), highest=several.high.max(),
        first_document=several.document.min(), last_document=several.document.max(),
    )  # fmt: skip
    found = found.mutate(
        low=(found.lows == found.claims).ifelse(found.lowest, None),
        high=(found.highs == found.claims).ifelse(found.highest, None),
    )
    return one.union(found.select(one.columns))
