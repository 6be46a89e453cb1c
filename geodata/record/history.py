"""What was known when: claims as of a day with the fate they had then, and what changed between two days."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate

from geodata.dates import PartialDay
from geodata.record.model import Claim
from geodata.record.ranges import Key, chain, key_of


@dataclass(frozen=True, slots=True)
class Changes:
    """What became known between two days: claims first said, superseded and retracted, with their later fate."""

    added: tuple[Claim, ...]
    superseded: tuple[Claim, ...]
    retracted: tuple[Claim, ...]


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
            return _fated(claim, *fell)
        for heard in chain(claim, by_id, "echo_of"):
            if (fell := falls[heard.claim_id]) is not None:
                since = max(fell[1], claim.said_on.last) if fell[1] else None
                return _fated(claim, fell[0], since)
        return _fated(claim, "standing", None)

    return tuple(fate(claim) for claim in said)


def _fated(claim: Claim, status: str, day: date | None) -> Claim:
    """A claim with a fate: most have had it from the start, and are not made again."""
    return claim if (claim.status, claim.status_on) == (status, day) else replace(claim, status=status, status_on=day)


def with_grounds(chosen: Sequence[Claim], known: Sequence[Claim]) -> tuple[Claim, ...]:
    """Some of the `known` claims, and those that they rest on, in the order of `known`.

    A claim rests on those that it names (`part_of`, `supersedes`, `echo_of`) and, where it is superseded, on what has
    replaced it: without them a record would name what it does not have.
    """
    if len(chosen) == len(known):
        return tuple(known)
    by_id = {claim.claim_id: claim for claim in known}
    newer: dict[str, list[str]] = defaultdict(list)
    own: dict[tuple[Key, str], list[Claim]] = defaultdict(list)
    for claim in known:
        own[key_of(claim), claim.claimant].append(claim)
        if claim.supersedes:
            newer[claim.supersedes].append(claim.claim_id)
    found: set[str] = set()
    left = [claim.claim_id for claim in chosen]
    while left:
        claim_id = left.pop()
        if claim_id in found or claim_id not in by_id:
            continue
        found.add(claim_id)
        claim = by_id[claim_id]
        left += filter(None, (claim.part_of, claim.supersedes, claim.echo_of))
        if claim.status == "superseded":
            later = own[key_of(claim), claim.claimant]
            left += newer[claim_id] + [each.claim_id for each in later if each.said_on.first > claim.said_on.last]
    return tuple(claim for claim in known if claim.claim_id in found)


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
