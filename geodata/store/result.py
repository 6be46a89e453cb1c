"""What a filter keeps, and what it hides and why."""

from __future__ import annotations

from dataclasses import dataclass

from geodata.filter import Filter
from geodata.record.model import Claim, Event
from geodata.record.ranges import Range


@dataclass(frozen=True, slots=True)
class Hidden:
    """How many events are hidden for the same reasons (keys of `geodata.filter.REASONS`)."""

    reasons: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Result:
    """What a filter keeps, and what it hides and why. `len(events)` plus all hidden counts is `total`.

    `claims` are those of the kept events, with the status they had on the filter's `as_of`. `category_counts` has
    every category, counted under all other choices; `any_date` are the events kept when the dates are lifted.
    """

    where: Filter
    events: tuple[Event, ...]
    claims: tuple[Claim, ...]
    ranges: tuple[Range, ...]
    total: int
    hidden: tuple[Hidden, ...]
    category_counts: dict[str, int]
    any_date: tuple[Event, ...]
