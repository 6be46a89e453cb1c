"""Days and ranges of days: read strictly, said in words. Both ends of a range are inclusive."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
MONTHS = tuple(calendar.month_name)


def parse_day(text: str) -> date:
    """The day of an ISO text such as "2022-01-09"; ValueError with a sentence for anything else."""
    try:
        match = _DAY.fullmatch(text)
        if match:
            return date(*map(int, match.groups()))
    except ValueError:
        pass
    raise ValueError(f"{text!r} is not a date (expected YYYY-MM-DD)")


@dataclass(frozen=True, slots=True, order=True)
class PartialDay:
    """A day, or a month of which the day is not known. Compares and sorts by its last possible day."""

    last: date
    first: date

    @classmethod
    def parse(cls, text: str) -> PartialDay:
        """Read "2022-01-09" or "2022-08"; ValueError with a sentence for anything else."""
        match = _MONTH.fullmatch(text)
        if match:
            year, month = map(int, match.groups())
            if year > 0 and 1 <= month <= 12:
                return cls(date(year, month, calendar.monthrange(year, month)[1]), date(year, month, 1))
        try:
            day = parse_day(text)
        except ValueError:
            raise ValueError(f"{text!r} is not a date (expected YYYY-MM-DD, or YYYY-MM)") from None
        return cls(day, day)

    def __str__(self) -> str:
        return self.first.isoformat()[: 10 if self.first == self.last else 7]

    def in_words(self) -> str:
        """As "9 January 2022" or "August 2022"."""
        return say_days(self.first, self.last)


def say_day(day: date) -> str:
    """As "9 January 2022"."""
    return f"{day.day} {MONTHS[day.month]} {day.year}"


def say_days(first: date, last: date) -> str:
    """As "9 January 2022", "6–9 January 2022", "26 December 2021 – 4 January 2022"; a whole month by its name."""
    if first == last:
        return say_day(first)
    if (first.year, first.month) == (last.year, last.month):
        if first.day == 1 and last.day == calendar.monthrange(last.year, last.month)[1]:
            return f"{MONTHS[first.month]} {first.year}"
        return f"{first.day}–{say_day(last)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month]} – {say_day(last)}"
    return f"{say_day(first)} – {say_day(last)}"
