"""The numbers of the timeline: bins of days, what they are called, events in each, spans of possible days."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta

from geodata.language.language import Language
from geodata.phrases import phrase
from geodata.record.model import Event

TITLES = {"day": phrase("Events per day"), "week": phrase("Events per week"), "month": phrase("Events per month")}
MOST_BINS = 400
MOST_SPANS = 60


def bin_start(day: date, step: str) -> date:
    """The first day of the day's bin: the day itself, its Monday or its month's first."""
    if step == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if step == "month" else day


def bins_of(first: date, last: date, most: int = MOST_BINS) -> tuple[str, tuple[date, ...]]:
    """The timeline's step ("day", "week", "month": by the length of the span) and the bins from first to last.

    At most `most` bins, or months.
    """
    days = (last - first).days + 1
    step = "day" if days <= most else "week" if days <= 7 * most else "month"
    starts = [bin_start(first, step)]
    while (following := bin_end(starts[-1], step)) <= last and following > starts[-1]:
        starts.append(following)
    return step, tuple(starts)


def bin_end(start: date, step: str) -> date:
    """The first day after a bin; the calendar's last day where there is none."""
    length = {"day": 1, "week": 7, "month": 31}[step]
    end = date.fromordinal(min(start.toordinal() + length, date.max.toordinal()))
    return bin_start(end, step)


def span_rows(events: Iterable[Event]) -> list[list[Event]]:
    """The events in as few rows as hold their spans side by side, by first day."""
    rows: list[list[Event]] = []
    for event in sorted(events, key=lambda event: (event.date_start, event.date_end)):
        row = next((row for row in rows if row[-1].date_end < event.date_start), None)
        if row is None:
            rows.append([event])
        else:
            row.append(event)
    return rows


def say_bin(start: date, step: str, language: Language) -> str:
    """A bin in words: its day, "week of 3 January 2022", "January 2022"."""
    if step == "month":
        return language.days(start, start.replace(day=monthrange(start.year, start.month)[1]))
    day = language.day(start)
    return day if step == "day" else language.say("week of {day}", day=day)
