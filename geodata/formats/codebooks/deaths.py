"""What the claims of deaths about an event come to where a table has one figure, or a low, a best and a high one."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from geodata.formats.asked import Losses
from geodata.record.model import Claim
from geodata.store.result import Part

WHOLE = "all"


@dataclass(frozen=True, slots=True)
class Deaths:
    """The figures of deaths of one event; None for what nobody said, and for an open top."""

    low: int | None
    best: int | None
    high: int | None
    voices: tuple[str, ...] = ()


NONE = Deaths(None, None, None)


def deaths_of(part: Part) -> dict[str, Deaths]:
    """The deaths of each event of which some claim stands, by its id.

    Those of the population "all" count where there are any; a claim that is part of another, or only repeats one, does
    not. `low` is the lowest figure, `high` the highest, and `best` the lowest of what each claim has for its best.
    """
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in part.claims:
        if claim.measure == "deaths" and claim.status == "standing" and not claim.part_of and not claim.echo_of:
            found[claim.event_id].append(claim)
    return {event_id: _deaths(claims) for event_id, claims in found.items()}


def _deaths(claims: list[Claim]) -> Deaths:
    counted = [claim for claim in claims if claim.population == WHOLE] or claims
    lows = [low for claim in counted if (low := _lowest(claim)) is not None]
    bests = [best for claim in counted if (best := _best(claim)) is not None]
    highs = [claim.high for claim in counted if claim.high is not None]
    is_open = len(highs) < len(counted)
    voices = tuple(dict.fromkeys(claim.claimant for claim in counted))
    return Deaths(
        min(lows, default=None), min(bests, default=None), None if is_open else max(highs, default=None), voices
    )


def _lowest(claim: Claim) -> int | None:
    figures = [figure for figure in (claim.low, claim.best) if figure is not None]
    return min(figures, default=None)


def _best(claim: Claim) -> int | None:
    return claim.low if claim.best is None else claim.best


def count_claims(losses: Losses, part: Part, table: str, counted: dict[str, Deaths]) -> None:
    """Count the claims that a table of events cannot say, by measure, and the voices behind those that it can."""
    others = Counter(claim.measure for claim in part.claims if claim.measure != "deaths")
    for measure, count in others.items():
        losses.add(
            count,
            f"{{n}} figure of {measure} is left out: {table} has no column for it.",
            f"{{n}} figures of {measure} are left out: {table} has no column for them.",
        )
    deaths = sum(claim.measure == "deaths" for claim in part.claims)
    losses.add(
        deaths,
        f"{{n}} claim of deaths stands for its event without what {table} cannot say: its voice, day, words and fate.",
        f"{{n}} claims of deaths are one line for each event: {table} cannot say their voices, days, words and fates.",
    )
    missing = sum(event.event_id not in counted or counted[event.event_id].low is None for event in part.events)
    losses.add(
        missing,
        "{n} event has no figure of deaths: its cell is empty, which is not 0.",
        "{n} events have no figure of deaths: their cells are empty, which is not 0.",
    )


def count_events(losses: Losses, part: Part, table: str) -> None:
    """Count what a table with one place and two actors for an event leaves out."""
    several = sum(len(event.sites) > 1 and not event.is_flow for event in part.events)
    losses.add(
        several,
        "{n} event has several places: the first stands for all.",
        "{n} events have several places: the first stands for all.",
    )
    flows = sum(event.is_flow for event in part.events)
    losses.add(
        flows,
        "{n} movement from one place to another is given at its origin.",
        "{n} movements from one place to another are given at their origins.",
    )
    nowhere = sum(not event.sites for event in part.events)
    losses.add(
        nowhere,
        "{n} event has no place, and so no coordinates.",
        "{n} events have no place, and so no coordinates.",
    )
    more = sum(max(len(event.actors) - 2, 0) for event in part.events)
    losses.add(
        more,
        f"{{n}} actor is left out: {table} has columns for two.",
        f"{{n}} actors are left out: {table} has columns for two.",
    )
