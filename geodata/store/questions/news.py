"""What was said, superseded and retracted between two days, and the days on which anything was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from geodata.filter import Filter
from geodata.record import history
from geodata.record.model import Claim
from geodata.store.questions.ranges import chosen

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from geodata.store.engines.engine import Engine
    from geodata.store.objects import Objects


@dataclass(frozen=True, slots=True)
class News:
    """How many claims changed in one way, and the first of them with the status that they had at the end."""

    count: int
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What became known between two days: claims first said, superseded and retracted, with their later fate."""

    added: News
    superseded: News
    retracted: News


def changes(engine: Engine, objects: Objects, where: Filter, since: date, most: int) -> Changes:
    """What changed in the claims of the kept events from the end of `since` to the filter's day (None: to all that is
    recorded); of each kind the first `most` in the order of the record."""
    claims, until = chosen(engine.tables, where), where.as_of
    plain = claims.filter(~claims.tangled)
    flags = _flags(plain, since, until)
    counts = engine.fetch(plain.agg(**{kind: flag.sum() for kind, flag in flags.items()})).to_pylist()[0]
    pairs = engine.fetch(claims.filter(claims.tangled).select("claim", "event")).to_pylist()
    wanted = {pair["claim"]: pair["event"] for pair in pairs}
    tangled = objects.numbered(list(dict.fromkeys(wanted.values())))
    numbers = {claim.claim_id: row for row, claim in tangled}
    told = history.changes((claim for _, claim in tangled), since, until)
    found = []
    for kind, flag in flags.items():
        rows = [numbers[claim.claim_id] for claim in getattr(told, kind)]
        first = [(row, wanted[row]) for row in rows if row in wanted]
        count = (counts[kind] or 0) + len(first)
        if counts[kind]:
            others = plain.filter(flag).order_by("claim").limit(most).select("claim", "event")
            first += [(row["claim"], row["event"]) for row in engine.fetch(others).to_pylist()]
        found.append((count, sorted(first)[:most]))
    return Changes(*(News(count, _claims(objects, rows, until)) for count, rows in found))


def _claims(objects: Objects, rows: list[tuple[int, int]], until: date | None) -> tuple[Claim, ...]:
    """Claims by the rows of theirs and of their events, with the status that they had on a day."""
    numbered = objects.numbered(list(dict.fromkeys(event for _, event in rows)))
    fates = {claim.claim_id: claim for claim in history.as_known_on((claim for _, claim in numbered), until)}
    known = {row: fates[claim.claim_id] for row, claim in numbered if claim.claim_id in fates}
    return tuple(known[row] for row, _ in rows)


def _flags(claims: ir.Table, since: date, until: date | None) -> dict[str, ir.BooleanValue]:
    """Whether a claim of no tangle, said by `until`, is news of each kind."""
    old = claims.said_last <= since
    return {
        "added": ~old,
        **{kind: _is(kind, claims, until) & ~(old & _is(kind, claims, since)) for kind in ("superseded", "retracted")},
    }


def _is(status: str, claims: ir.Table, day: date | None) -> ir.BooleanValue:
    """Whether a claim has a status on a day (None: today): the recorded one from its day on, before any other."""
    recorded = claims.status != "standing"
    if day:
        recorded &= claims.status_on.isnull() | (claims.status_on <= day)
    found = recorded & (claims.status == status)
    if status != "superseded":
        return found
    later = claims.superseded_from <= day if day else claims.superseded_from.notnull()
    return found | (~recorded & later.fill_null(False))


def newest(engine: Engine, where: Filter, measure: str, most: int) -> tuple[int, tuple[int, ...]]:
    """How many claims of a measure are chosen, and the rows of the events of the newest `most` of them."""
    claims = chosen(engine.tables, where)
    claims = claims.filter(claims.measure == measure)
    count = engine.fetch(claims.agg(n=claims.count()))["n"][0].as_py()
    found = claims.order_by(claims.said_last.desc(), claims.claim.desc()).limit(most).select("event")
    return count, tuple(sorted(set(engine.fetch(found)["event"].to_pylist())))


def days_of_news(engine: Engine) -> tuple[date, ...]:
    """The days on which something was said, superseded or retracted, in order.

    What supersedes is said itself, so that only recorded fates have days of their own.
    """
    claims = engine.tables["claims"]
    recorded = claims.filter(claims.status != "standing").select(day="status_on")
    found = claims.select(day="said_last").union(recorded).distinct()
    return tuple(sorted(day for day in engine.fetch(found)["day"].to_pylist() if day))
