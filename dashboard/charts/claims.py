"""The numbers of the claims chart: columns by day, voices, echoes and the scale of the figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from geodata.dates import PartialDay
from geodata.language.figure import say_figure
from geodata.language.language import Language
from geodata.record.model import Claim
from geodata.record.ranges import chain, key_of

# Voices are told apart by shape, so that the chart can be read without colours.
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "pentagon", "star", "hexagram", "triangle-down", "cross")
FADED = 0.38
NARROWEST = 1.7  # the width of a column, in claims
DIGITS = 5  # that fit into the width of a claim
MOST_CLAIMS = 200
MOST_NAMES = 32  # widths of a claim for each day that is named
LOG_RATIO = 40  # from which the lowest figures would lie on the axis


def about(claims: Iterable[Claim], measure: str, event_id: str) -> list[Claim]:
    """The claims of a measure: the selected event's where it has some, else everyone's."""
    said = [claim for claim in claims if claim.measure == measure]
    return [claim for claim in said if claim.event_id == event_id] or said


def in_order(claims: Sequence[Claim]) -> list[Claim]:
    """The claims that get a mark, by the day on which they were said and by figure: all but the echoes."""
    heard = {echo.claim_id for voices in echoes_of(claims).values() for echo in voices}
    return sorted((c for c in claims if c.claim_id not in heard), key=lambda c: (c.said_on, height(c)))


@dataclass(frozen=True, slots=True)
class Column:
    """The claims said on one day, each with where it stands, between `left` and `right`."""

    day: PartialDay
    left: float
    right: float
    claims: tuple[tuple[Claim, float], ...]


def columns_of(claims: Sequence[Claim], language: Language) -> list[Column]:
    """A column a day, wide enough for the figures of its claims and for the day's name."""
    found: list[Column] = []
    for day, group in groupby(claims, key=lambda claim: claim.said_on):
        said = list(group)
        left = found[-1].right if found else 0.0
        needs = [max(1.0, len(say_figure(c.low, c.high, c.qualifier, language)) / DIGITS) for c in said]
        width = max(sum(needs), NARROWEST)
        ends = [left + width * sum(needs[: number + 1]) / sum(needs) for number in range(len(said))]
        places = [(start + end) / 2 for start, end in pairwise([left, *ends])]
        found.append(Column(day, left, left + width, tuple(zip(said, places, strict=True))))
    return found


def echoes_of(claims: Sequence[Claim]) -> dict[str, list[Claim]]:
    """The echoes by the claim that they repeat, where it is there too: one mark with several voices."""
    by_id = {claim.claim_id: claim for claim in claims}
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if up := chain(claim, by_id, "echo_of"):
            found[up[-1].claim_id].append(claim)
    return found


def height(claim: Claim) -> int:
    """The figure at which a claim's mark stands: its best, else its low, else its high."""
    return next((figure for figure in (claim.best, claim.low, claim.high) if figure is not None), 0)


@dataclass(frozen=True, slots=True)
class Scale:
    """The axis of figures: from `low` to `top`, with round figures on it; `log`: in powers of ten, else from zero."""

    low: float
    top: float
    log: bool
    ticks: tuple[int, ...]


def scale_of(claims: Sequence[Claim]) -> Scale:
    """The axis that the claims need: from zero, or in powers of ten where figures are far apart."""
    figures = [figure for c in claims for figure in (c.low, c.best, c.high) if figure is not None]
    least, most = min(figures, default=0), max(figures, default=1)
    if least > 0 and most / least > LOG_RATIO:
        top = most * 2.4
        ticks = [n * 10**power for power in range(15) for n in (1, 3) if least / 3 <= n * 10**power <= top]
        low = min(least / 1.8, ticks[0] if ticks else least)
        return Scale(low, top, True, tuple(ticks[:: 1 + len(ticks) // 9]))
    top = max(most, 1) * 1.35
    steps = (n * 10**power for power in range(15) for n in (1, 2, 5))
    step = next(step for step in steps if top / step < 5)
    return Scale(0.0, top, False, tuple(range(0, int(top) + 1, step)))


def series_of(claims: Sequence[Claim]) -> list[list[Claim]]:
    """A voice's figures that follow one another: with the same event, scope and population, two at least."""
    series: dict[Any, list[Claim]] = defaultdict(list)
    for claim in claims:
        series[key_of(claim)].append(claim)
    return [members for members in series.values() if len(members) > 1]
