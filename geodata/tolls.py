"""The arithmetic of claims: which stood on a day, and the range that the standing ones span.

Nothing here adds claims up: figures by different voices, for different scopes, or of which one is part of another
are never summed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from geodata.model import Claim

Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Range:
    """What the standing claims of one event, measure, scope and population span; `high` None is open-ended."""

    event_id: str
    measure: str
    scope: str
    population: str
    low: int | None
    high: int | None
    claims: tuple[str, ...]


def key_of(claim: Claim) -> Key:
    """What a range is made per: event, measure, scope and population."""
    return claim.event_id, claim.measure, claim.scope, claim.population


def as_known_on(claims: Iterable[Claim], day: date | None) -> tuple[Claim, ...]:
    """The claims said by `day` (None: all), each with the status it had then, in the order given.

    A recorded status holds from its `status_on`. Beside the record, a claimant's later claim with the same key
    supersedes the earlier one from the day it was said; a retraction does not revive what it had superseded.
    """
    said = [claim for claim in claims if day is None or claim.said_on.last <= day]
    later: dict[tuple[Key, str], list[Claim]] = defaultdict(list)
    for claim in said:
        later[key_of(claim), claim.claimant].append(claim)

    def fate(claim: Claim) -> Claim:
        if claim.status != "standing" and (day is None or claim.status_on is None or claim.status_on <= day):
            return claim
        newer = [c for c in later[key_of(claim), claim.claimant] if c.said_on.first > claim.said_on.last]
        if newer:
            return replace(claim, status="superseded", status_on=min(newer, key=lambda c: c.said_on).said_on.last)
        return replace(claim, status="standing", status_on=None)

    return tuple(fate(claim) for claim in said)


def ranges(claims: Iterable[Claim]) -> tuple[Range, ...]:
    """One `Range` for each key that has a standing claim, ordered by first appearance.

    The low is the lowest low, the high the highest high; one open top opens the range. A claim that is part of
    another of the same population is inside the other's figure and stays out.
    """
    claims = tuple(claims)
    population = {claim.claim_id: claim.population for claim in claims}
    groups: dict[Key, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.status == "standing" and population.get(claim.part_of) != claim.population:
            groups[key_of(claim)].append(claim)

    def span(key: Key, members: list[Claim]) -> Range:
        lows = [claim.low for claim in members if claim.low is not None]
        highs = [claim.high for claim in members if claim.high is not None]
        high = max(highs) if len(highs) == len(members) else None
        return Range(*key, min(lows, default=None), high, tuple(claim.claim_id for claim in members))

    return tuple(span(key, members) for key, members in groups.items())


def say_figure(low: int | None, high: int | None, qualifier: str = "") -> str:
    """A figure in words: "164", "26–164", "over 500", "hundreds", "up to 30", "no figure"."""
    if low is None:
        return "no figure" if high is None else f"up to {high:,}"
    if high is None:
        if qualifier == "hundreds":
            return "hundreds"
        return f"{'at least' if qualifier == 'at least' else 'over'} {low:,}"
    figure = f"{low:,}" if low == high else f"{low:,}–{high:,}"
    return f"about {figure}" if qualifier == "about" else figure
