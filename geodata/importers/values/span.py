"""A first and a last possible day, made of a year, a month and a day in digits."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

from geodata.dates import say_days
from geodata.importers.tables.records import shown

FIRST_YEAR, LAST_YEAR = 1800, 2100
_LUNAR, _SOLAR = range(1420, 1500), range(1300, 1420)


class NotADay(ValueError):
    """Why a text is no day, and the short name of the rule."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last possible day; `stamp` is the text itself where it has a time of day."""

    first: date
    last: date
    stamp: str = ""

    def __str__(self) -> str:
        return say_days(self.first, self.last)


def day_of(year: str, month: str, day: str, text: str, stamp: str = "") -> Span:
    """One day. Raises NotADay."""
    number = _year(year, text)
    try:
        found = date(number, int(month), int(day))
    except ValueError:
        raise NotADay("date", f"{shown(text)} is not a date: there is no such day.") from None
    return Span(found, found, stamp)


def month_of(year: str, month: str, text: str) -> Span:
    """The days of a month. Raises NotADay."""
    number = _year(year, text)
    if not 1 <= int(month) <= 12:
        raise NotADay("date", f"{shown(text)} is not a date: there is no month {int(month)}.")
    return Span(date(number, int(month), 1), date(number, int(month), calendar.monthrange(number, int(month))[1]))


def year_of(year: str, text: str) -> Span:
    """The days of a year. Raises NotADay."""
    number = _year(year, text)
    return Span(date(number, 1, 1), date(number, 12, 31))


def _year(year: str, text: str) -> int:
    number = int(year)
    if FIRST_YEAR <= number <= LAST_YEAR:
        return number
    expected = f"expected {FIRST_YEAR} to {LAST_YEAR}"
    if number in _LUNAR or number in _SOLAR:
        words = "which looks like another calendar: write it in the Gregorian one"
        raise NotADay("date-calendar", f"{shown(text)} is in the year {number}, {words}.")
    hint = f"; is it {2000 + number}?" if number < 100 else ""
    raise NotADay("date-year", f"{shown(text)} is in the year {number} ({expected}{hint}).")
