"""How claims relate: which is inside another, replaces another or only repeats it, and what has replaced a figure.

A relation that cannot be is refused at the record that states it. A record that breaks another rule is not judged
here, so that one mistake is told once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from geodata.importers.tables.records import Record, Table, shown
from geodata.record.model import Claim

# Each relation's column, and what is said of a claim whose relations lead back to it.
RELATIONS = {
    "part_of": "makes the claim a part of itself",
    "supersedes": "makes the claim supersede itself",
    "echo_of": "makes the claim an echo of itself",
}


def check_relations(table: Table, claims: Sequence[Claim]) -> None:
    """Refuse relations that cannot be, and superseded claims that nothing supersedes.

    `claims` are those of the table, in its order. That a named claim is there has been checked before.
    """
    broken = {problem.line for record in table.records[:1] for problem in record.problems if problem.file == table.file}
    records: dict[str, Record] = {}
    sound: dict[str, Claim] = {}
    for record, claim in zip(table.records, claims, strict=True):
        records.setdefault(claim.claim_id, record)
        if record.line not in broken:
            sound[claim.claim_id] = claim
    rules = {"part_of": _of_part, "supersedes": _of_newer, "echo_of": _of_echo}
    for column, words in RELATIONS.items():
        following = {key: record.text(column) for key, record in records.items() if key and record.text(column)}
        for ring in tuple(_rings(following)):
            way = shown(" > ".join((*ring, ring[0])))
            records[ring[0]].refuse(column, f"{shown(following[ring[0]])} {words}: {way}.")
            for claim_id in ring:
                del following[claim_id]
        for claim_id, other_id in following.items():
            one, other = sound.get(claim_id), sound.get(other_id)
            if one and other:
                for sentence in _of_subject(one, other) or rules[column](one, other):
                    records[claim_id].refuse(column, sentence)
    if table.complete:
        # What cannot be read may be what supersedes.
        unsure = {record.text("event_id") for record in table.records if record.line in broken}
        judged = {key: claim for key, claim in sound.items() if claim.event_id not in unsure}
        for claim in _superseded_by_nothing(judged):
            later = f"a later figure of {shown(claim.claimant)} for the same event, measure, scope and population"
            message = f"nothing supersedes the claim (expected {later}, or a claim that says so in 'supersedes')."
            records[claim.claim_id].refuse("status", message)


def _rings(following: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """Each ring in which ids follow one another, once, from the first of its ids in the mapping's order."""
    place = {key: number for number, key in enumerate(following)}
    walk_of: dict[str, int] = {}
    for walk, start in enumerate(following):
        at = start
        while at in following and at not in walk_of:
            walk_of[at] = walk
            at = following[at]
        if walk_of.get(at) != walk:  # the walk ended, or met an earlier one
            continue
        ring = [at]
        while (at := following[at]) != ring[0]:
            ring.append(at)
        first = ring.index(min(ring, key=place.__getitem__))
        yield (*ring[first:], *ring[:first])


def _of_subject(claim: Claim, other: Claim) -> list[str]:
    there = shown(other.claim_id)
    if other.event_id != claim.event_id:
        return [f"{there} is about event {shown(other.event_id)} (expected a claim of {claim.event_id})."]
    if other.measure != claim.measure:
        return [f"{there} is a figure of {other.measure} (expected one of {claim.measure})."]
    return []


def _of_part(part: Claim, whole: Claim) -> Iterator[str]:
    for column, figure in (("low", part.low), ("high", part.high)):
        if figure is not None and whole.high is not None and figure > whole.high:
            there = f"the high {whole.high} of its whole {shown(whole.claim_id)}"
            yield f"the part's {column} {figure} is above {there} (expected a part no larger than its whole)."
            return


def _of_newer(newer: Claim, older: Claim) -> Iterator[str]:
    if newer.said_on.last < older.said_on.first:
        there = f"{shown(older.claim_id)} was said later, on {older.said_on}"
        yield f"{there}, than the claim, on {newer.said_on} (expected an earlier claim)."


def _of_echo(echo: Claim, heard: Claim) -> Iterator[str]:
    there = shown(heard.claim_id)
    if echo.said_on.last < heard.said_on.first:
        when = f"was said later, on {heard.said_on}, than the claim, on {echo.said_on}"
        yield f"{there} {when} (expected an earlier claim, or one of the same day)."
    for columns in (("low", "high"), ("scope",), ("population",)):
        mine, its = (", ".join(f"{column} {_cell(claim, column)}" for column in columns) for claim in (echo, heard))
        if mine != its:
            yield f"the claim has {mine}, but {there} has {its} (expected the same: an echo is the same claim again)."


def _cell(claim: Claim, column: str) -> str:
    value = getattr(claim, column)
    return "none" if value is None else shown(value) if isinstance(value, str) else str(value)


def _superseded_by_nothing(claims: Mapping[str, Claim]) -> Iterator[Claim]:
    """The claims of status superseded that neither their own voice nor any other's record has replaced."""
    newest: dict[tuple[str, ...], date] = {}
    for claim in claims.values():
        newest[_voice(claim)] = max(newest.get(_voice(claim), date.min), claim.said_on.first)
    named = {claim.supersedes for claim in claims.values()}

    def has_cause(claim: Claim) -> bool:
        passed: set[str] = set()
        at: Claim | None = claim
        # An echo shares the fate of what it repeats.
        while at and at.claim_id not in passed:
            if at.claim_id in named or newest[_voice(at)] > at.said_on.last:
                return True
            passed.add(at.claim_id)
            at = claims.get(at.echo_of)
        return False

    yield from (claim for claim in claims.values() if claim.status == "superseded" and not has_cause(claim))


def _voice(claim: Claim) -> tuple[str, ...]:
    return claim.claimant, claim.event_id, claim.measure, claim.scope, claim.population
