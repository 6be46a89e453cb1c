"""Parts of years and years together: quarters, halves, weeks, decades."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

_QUARTER = re.compile(r"(?:(?P<k>[qh])(?P<q>[1-4])[ /-]?(?P<y>\d{4}))|(?:(?P<y2>\d{4})[ /-]?(?P<k2>[qh])(?P<q2>[1-4]))")
_QUARTER_WORDS = re.compile(r"t(?=[1-4])|quarter|quartal|trimestre|квартал")
_WEEK = re.compile(r"(\d{4})-?w(\d\d?)(?:-?([1-7]))?")
_WEEK_WORDS = re.compile(
    r"calendar week|week|kalenderwoche|kw|woche|semaine|semana|неделя|тиждень|апта|uke|uge|settimana"
)
# A number before or behind its word, and the year before or behind both.
_NUMBERED = re.compile(r"(?:([qw]) ?(\d\d?)|(\d\d?)\.?(?:st|nd|rd|th|er|e|o|re)? ?([qw]))(?: ?[,/-] ?| of | )(\d{4})")
_NUMBERED_AFTER = re.compile(r"(\d{4})(?: ?[,/-] ?| )([qw]) ?(\d\d?)")
_DECADE = re.compile(
    r"(?:the )?(\d{3}0)(?:'?s|er(?: jahren?)?|-?[ех](?: год\w*)?|-?(?:ті|х)(?: рок\w*)?|-?[шж]\w* жыл\w*)|"
    r"(?:(?:les |los |annees |anos )+)(\d{3}0)"
)
_THIRDS = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}


def period_of(text: str, year_of: Callable[[str], int]) -> tuple[date, date] | None:
    """The first and last day of a quarter, a half, an ISO week or a decade, of a folded text; None for any other one.

    Raises ValueError for a week that there is not, and what `year_of` does for a year that it cannot read.
    """
    text = _numbered(text)
    if match := _QUARTER.fullmatch(text):
        year, kind, number = (match[f"{name}2"] or match[name] for name in ("y", "k", "q"))
        length = 3 if kind == "q" else 6
        end = int(number) * length
        if end <= 12:
            found = year_of(year)
            return date(found, end - length + 1, 1), last_day(found, end)
    if match := _DECADE.fullmatch(text):
        found = year_of(match[1] or match[2])
        return date(found, 1, 1), date(found + 9, 12, 31)
    match = _WEEK.fullmatch(text)
    if not match:
        return None
    year, week = year_of(match[1]), int(match[2])
    if not 1 <= week <= date(year, 12, 28).isocalendar().week:  # a day of its last one
        raise ValueError(f"there is no week {match[2]} of {match[1]}")
    day = date.fromisocalendar(year, week, int(match[3] or 1))
    return day, day if match[3] else day + timedelta(6)


def _numbered(text: str) -> str:
    """A week or quarter in words, "3. quartal 2023" or "week 5, 2023", in letters: "q3 2023", "2023-w5"."""
    if not text[:1].isalnum() or len(text) > 40:
        return text
    plain = _WEEK_WORDS.sub("w", _QUARTER_WORDS.sub("q", text))
    if match := _NUMBERED.fullmatch(plain):
        kind, number, year = match[1] or match[4], match[2] or match[3], match[5]
    elif match := _NUMBERED_AFTER.fullmatch(plain):
        year, kind, number = match.groups()
    else:
        return text
    return f"{year}-w{number}" if kind == "w" else f"q{number} {year}"


def part_of_decade(part: str, text: str, year_of: Callable[[str], int]) -> tuple[date, date] | None:
    """The first and last day of the "early", "mid" or "late" part of a decade; None where a text is none."""
    match = _DECADE.fullmatch(text)
    if not match or part not in _THIRDS:
        return None
    year, (first, last) = year_of(match[1] or match[2]), _THIRDS[part]
    return date(year + first, 1, 1), date(year + last, 12, 31)


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])
