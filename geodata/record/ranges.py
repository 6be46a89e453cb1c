"""The arithmetic of claims: which stood on a day, the range that the standing ones span, and whether ranges add up.

Figures of one event by different voices, for different scopes, or of which one is inside another are never summed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from geodata.record.model import Claim

Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Range:
    """What the standing claims of one event, measure, scope and population span; `high` None is open-ended.

    `claims` leaves out the echoes: a figure with several voices is one claim.
    """

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


def ranges(claims: Iterable[Claim], known: Iterable[Claim] | None = None) -> tuple[Range, ...]:
    """One `Range` for each key that has a standing claim, ordered by first appearance.

    The low is the lowest low, the high the highest high; one claim without a low or a high leaves that end of the
    range unknown, as a choice among the claims must never span more than all of them. A claim that is part of
    another with the same key is inside the other's figure and stays out, and so do its echoes. `known` are all the
    claims of the day, of which `claims` may be a choice: what a part is part of counts also where it is not chosen.
    """
    claims = tuple(claims)
    by_id = {claim.claim_id: claim for claim in (claims if known is None else known)}
    chosen = {claim.claim_id for claim in claims}
    groups: dict[Key, list[Claim]] = defaultdict(list)
    for claim in claims:
        inside = any(key_of(whole) == key_of(claim) for whole in wholes(claim, by_id))
        echo = any(heard.claim_id in chosen for heard in chain(claim, by_id, "echo_of") if heard.status == "standing")
        if claim.status == "standing" and not inside and not echo:
            groups[key_of(claim)].append(claim)

    def span(key: Key, members: list[Claim]) -> Range:
        lows = [claim.low for claim in members if claim.low is not None]
        highs = [claim.high for claim in members if claim.high is not None]
        high = max(highs) if len(highs) == len(members) else None
        low = min(lows) if len(lows) == len(members) else None
        return Range(*key, low, high, tuple(claim.claim_id for claim in members))

    return tuple(span(key, members) for key, members in groups.items())


def chain(claim: Claim, by_id: Mapping[str, Claim], relation: str) -> tuple[Claim, ...]:
    """The claims that one leads to by a relation, the nearest first; the record has no rings."""
    found: dict[str, Claim] = {}
    following = by_id.get(getattr(claim, relation))
    while following and following.claim_id not in found:
        found[following.claim_id] = following
        following = by_id.get(getattr(following, relation))
    return tuple(found.values())


def wholes(claim: Claim, by_id: Mapping[str, Claim]) -> tuple[Claim, ...]:
    """The claims whose figures include a claim's: what it is part of, or what it repeats is, and so on."""
    found: dict[str, Claim] = {}
    following, seen = [(claim, False)], set()
    while following:
        at, inside = following.pop()
        if (at.claim_id, inside) in seen:
            continue
        seen.add((at.claim_id, inside))
        if inside:
            found[at.claim_id] = at
        ways = ((at.part_of, True), (at.echo_of, inside))
        following += [(by_id[claim_id], within) for claim_id, within in ways if claim_id in by_id]
    return tuple(found.values())
