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
    import ibis  # noqa: PLC0415 (the engine is loaded with it)

    found = kept(engine.tables, where)
    ends = []
    for column in ("date_start", "date_end"):
        # By days first: they are fewer than the events, and take time to be cut.
        by_day = found.group_by("category", day=found[column]).agg(n=found.count())
        by_step = by_day.group_by("category", at=by_day.day.truncate(UNITS[step])).agg(n=by_day.n.sum())
        ends.append(by_step.mutate(end=ibis.literal(column)))
    numbers = {day: number for number, day in enumerate(bins)}
    # What starts in a bin lies in it, and what ends in it no more in the next one.
    steps = {category: [0] * (len(bins) + 1) for category in CATEGORIES}
    for row in engine.fetch(ends[0].union(ends[1])).to_pylist():
        at, ends_here = _day(row["at"]), row["end"] == "date_end"
        number = numbers.get(at, -1 if at < bins[0] else len(bins))
        step_at = min(max(number + ends_here, 0), len(bins))
        steps[row["category"]][step_at] += -row["n"] if ends_here else row["n"]
    return {
        category: Counter({day: n for day, n in zip(bins, accumulate(each), strict=False) if n})
        for category, each in steps.items()
    }


def _day(value: date) -> date:
    # An engine may give the first moment of a day.
    return date.fromordinal(value.toordinal())
