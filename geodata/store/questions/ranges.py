"""The claims that a filter chooses, which of them stand, and the ranges that they span, as expressions.

Of tangled events only `geodata.record.ranges` itself tells these.
"""

from __future__ import annotations

from dataclasses import replace
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
        event=several.event.min(), alone=several.alone.min(), population=several.population.max(),
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


# What the steps of tolls change.
TOLLS = ("told", "figures", "low", "high", "open")


def tolls(tables: Tables, where: Filter) -> ir.Table:
    """How many the kept events killed, as steps: a row says by how much the numbers of its `event` change on the day
    `known`, so that what is known on a day is the sum of the rows up to it, whatever the filter's own day is. There is
    one for each event and day of change.

    `told` says whether the voices and sources of the filter have told any deaths, `figures` whether there is a figure
    that can be added to those of other events: of claims that are `addable`, with a low, as unknown is not zero. `low`
    and `high` are its ends, the high as far as it is known, and `open` says whether it goes on beyond.
    """
    claims = chosen(tables, replace(where, as_of=None))
    claims = claims.filter(claims.measure == "deaths")
    has_stood = claims.stands_until.isnull() | (claims.stands_until > claims.said_last)
    claims = claims.mutate(fits=claims.addable & has_stood, top=claims.high.fill_null(claims.low))
    alone, several = claims.filter(claims.alone), claims.filter(~claims.alone)
    said = alone.mutate(figures=(alone.fits & alone.low.notnull()).cast("int64"))
    said = said.mutate(
        low=said.figures * said.low.fill_null(0),
        high=said.figures * said.top.fill_null(0),
        open=said.figures * said.high.isnull().cast("int64"),
    )
    gone = said.filter((said.figures == 1) & said.stands_until.notnull())
    first = several.group_by("event").agg(known=several.said_last.min())
    turns = _step(first, first.known, told=1).union(_turns(several.filter(several.fits)))
    turns = turns.group_by("event", "known").agg(**{name: turns[name].sum().cast("int64") for name in TOLLS})
    changes = {name: said[name] for name in TOLLS[1:]}
    fallen = {name: -gone[name] for name in TOLLS[1:]}
    return _step(said, said.said_last, told=1, **changes).union(_step(gone, gone.stands_until, **fallen)).union(turns)


def _step(rows: ir.Table, known: ir.DateValue, **changes: int | ir.Value) -> ir.Table:
    import ibis  # noqa: PLC0415 (the engine is loaded with it)

    found = {name: ibis.literal(0, "int64") for name in TOLLS} | changes
    found = {name: ibis.literal(each, "int64") if isinstance(each, int) else each for name, each in found.items()}
    return rows.select("event", known=known, **found)


def _turns(claims: ir.Table) -> ir.Table:
    """The steps of events with several claims: what stands changes on each day on which one is said or falls."""
    import ibis  # noqa: PLC0415

    falls = claims.filter(claims.stands_until.notnull())
    days = claims.select("event", known=claims.said_last).union(falls.select("event", known=falls.stands_until))
    days = days.distinct()
    standing = claims.select(at="event", said="said_last", until="stands_until", low="low", high="high", top="top")
    each = days.left_join(
        standing,
        [
            days.event == standing.at,
            standing.said <= days.known,
            standing.until.isnull() | (standing.until > days.known),
        ],
    )
    found = each.group_by("event", "known").agg(
        claims=each.at.count(), lows=each.low.count(), highs=each.high.count(), low=each.low.min(), high=each.top.max()
    )
    fits = (found.claims > 0) & (found.lows == found.claims)
    now = {
        "figures": fits.cast("int64"),
        "low": fits.ifelse(found.low, 0),
        "high": fits.ifelse(found.high, 0),
        "open": (fits & (found.highs < found.claims)).cast("int64"),
    }
    found = found.select("event", "known", **now)
    before = ibis.window(group_by="event", order_by="known")
    changes = {name: found[name] - found[name].lag().over(before).fill_null(0) for name in now}
    return _step(found, found.known, **changes)
