"""The arithmetic of claims: which stood on a day, the range that the standing ones span, and whether ranges add up.

Figures by different voices, for different scopes, or of which one is inside another are never summed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate

from geodata.dates import PartialDay
from geodata.language import ENGLISH, Language
from geodata.model import Claim

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


@dataclass(frozen=True, slots=True)
class Changes:
    """What became known between two days: claims first said, superseded and retracted, with their later fate."""

    added: tuple[Claim, ...]
    superseded: tuple[Claim, ...]
    retracted: tuple[Claim, ...]


def key_of(claim: Claim) -> Key:
    """What a range is made per: event, measure, scope and population."""
    return claim.event_id, claim.measure, claim.scope, claim.population


def as_known_on(claims: Iterable[Claim], day: date | None) -> tuple[Claim, ...]:
    """The claims said by `day` (None: all), each with the status it had then, in the order given.

    A recorded status holds from its `status_on`. Beside it, a claim is superseded from the day on which its claimant
    said another figure with the same key, or anyone a figure that is recorded to replace it. A retraction does not
    revive what it had superseded. An echo shares the fate of what it repeats, unless its own voice has moved on.
    """
    said = [claim for claim in claims if day is None or claim.said_on.last <= day]
    by_id = {claim.claim_id: claim for claim in said}
    own: dict[tuple[Key, str], list[PartialDay]] = defaultdict(list)
    named: dict[str, list[date]] = defaultdict(list)
    for claim in said:
        own[key_of(claim), claim.claimant].append(claim.said_on)
        if claim.supersedes:
            named[claim.supersedes].append(claim.said_on.last)
    later = {voice: _Later(days) for voice, days in own.items()}

    def fall(claim: Claim) -> tuple[str, date | None] | None:
        """Why and when a claim fell by itself; None while nothing speaks against it."""
        if claim.status != "standing" and (day is None or claim.status_on is None or claim.status_on <= day):
            return claim.status, claim.status_on
        newer = named[claim.claim_id] + later[key_of(claim), claim.claimant].than(claim.said_on.last)
        return ("superseded", min(newer)) if newer else None

    falls = {claim.claim_id: fall(claim) for claim in said}

    def fate(claim: Claim) -> Claim:
        fell = falls[claim.claim_id]
        if fell:
            return replace(claim, status=fell[0], status_on=fell[1])
        for heard in chain(claim, by_id, "echo_of"):
            if (fell := falls[heard.claim_id]) is not None:
                since = max(fell[1], claim.said_on.last) if fell[1] else None
                return replace(claim, status=fell[0], status_on=since)
        return replace(claim, status="standing", status_on=None)

    return tuple(fate(claim) for claim in said)


class _Later:
    """The days on which one voice spoke of one thing, asked for the earliest that surely lies after another."""

    def __init__(self, days: Iterable[PartialDay]) -> None:
        ordered = sorted(days, key=lambda day: day.first)
        self._firsts = [day.first for day in ordered]
        # from each day on, the earliest last possible day
        self._lasts = list(accumulate((day.last for day in reversed(ordered)), min))[::-1]

    def than(self, day: date) -> list[date]:
        at = bisect_right(self._firsts, day)
        return self._lasts[at : at + 1]


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


def changes(claims: Iterable[Claim], since: date, until: date | None) -> Changes:
    """What changed from the end of day `since` to the end of day `until` (None: to all that is recorded)."""
    claims = tuple(claims)
    then = {claim.claim_id: claim.status for claim in as_known_on(claims, since)}
    now = as_known_on(claims, until)

    def turned(status: str) -> tuple[Claim, ...]:
        return tuple(claim for claim in now if claim.status == status and then.get(claim.claim_id) != status)

    added = tuple(claim for claim in now if claim.claim_id not in then)
    return Changes(added, turned("superseded"), turned("retracted"))


def days_of_news(claims: Iterable[Claim]) -> tuple[date, ...]:
    """The days on which something was said, superseded or retracted, in order."""
    claims = tuple(claims)
    said = {claim.said_on.last for claim in claims}
    return tuple(sorted(said | {claim.status_on for claim in as_known_on(claims, None) if claim.status_on}))


def say_figure(low: int | None, high: int | None, qualifier: str = "", language: Language = ENGLISH) -> str:
    """A figure in words: "164", "26–164", "over 500", "hundreds", "up to 30", "no figure"."""
    say, number = language.say, language.number
    if low is None:
        return say("no figure") if high is None else say("up to {number}", number=number(high))
    if high is None:
        if qualifier == "hundreds":
            return say("hundreds")
        if qualifier == "at least":
            return say("at least {number}", number=number(low))
        return say("over {number}", number=number(low))
    figure = number(low) if low == high else say("{low}–{high}", low=number(low), high=number(high))
    return say("about {number}", number=figure) if qualifier == "about" else figure
