"""Events by day and category."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING

from geodata.filter import Filter
from geodata.record.model import CATEGORIES
from geodata.store.questions.kept import kept

if TYPE_CHECKING:
    from geodata.store.engines.engine import Engine

UNITS = {"day": "D", "week": "W", "month": "M"}


def events_by_day(engine: Engine, where: Filter, step: str, bins: Sequence[date]) -> dict[str, Counter[date]]:
    """By category, how many kept events lie in each of `bins`, the first days of days, weeks (from Monday) or months
    (`step`) that follow one another; an event counts on every day on which it may have happened. What lies before or
    after all of them is not counted."""
    found = kept(engine.tables, where)
    numbers = {day: number for number, day in enumerate(bins)}
    # What starts in a bin lies in it, and what ends in it no more in the next one.
    steps = {category: [0] * (len(bins) + 1) for category in CATEGORIES}
    for column, after, sign in (("date_start", 0, 1), ("date_end", 1, -1)):
        # By days first: they are fewer than the events, and take time to be cut.
        by_day = found.group_by("category", day=found[column]).agg(n=found.count())
        by_step = by_day.group_by("category", at=by_day.day.truncate(UNITS[step])).agg(n=by_day.n.sum())
        for row in engine.fetch(by_step).to_pylist():
            at = _day(row["at"])
            number = numbers.get(at, -1 if at < bins[0] else len(bins))
            steps[row["category"]][min(max(number + after, 0), len(bins))] += sign * row["n"]
    return {
        category: Counter({day: n for day, n in zip(bins, accumulate(each), strict=False) if n})
        for category, each in steps.items()
    }


def _day(value: date) -> date:
    # An engine may give the first moment of a day.
    return date.fromordinal(value.toordinal())
