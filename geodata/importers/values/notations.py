"""One date as people write it: the days it may mean, under one order of day and month."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from geodata.dates import say_days
from geodata.importers.tables.records import shown
from geodata.importers.values.periods import last_day, part_of_decade, period_of
from geodata.importers.values.stamps import DTG, HOUR, TIME, NoDay, day_counted, days_in_a_row, is_time, without_frills
from geodata.importers.values.words.dates import ABOUT, FOREIGN, FROM, MONTH, OPEN, PART, SEASON, TO, marked
from geodata.importers.values.words.folding import folded

DAY_FIRST, MONTH_FIRST = "day first", "month first"
FIRST_YEAR, LAST_YEAR = 1500, 2100
NO_YEAR = "date-no-year"
"""The rule that a day without a year breaks."""
OF_LONG_AGO = 1
"""The first year in a column that has others of long ago too; elsewhere, it is one of another calendar."""
_BEFORE_OUR_ERA = re.compile(
    r"\d ?(?:b\.? ?c\.?(?: ?e\.?)?|v\. ?chr\.?|av\. ?j\.?-?c\.?|a\. ?c\.|до н\. ?[эе]\.?|ق\.? ?م\.?)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """The first and last day that a text may mean; `repair` says what was read otherwise than it stands.

    `has_time` and `has_zone` say whether the text is a time stamp, `is_count` whether it counts from 1970, `is_short`
    whether its year is written with two digits.
    """

    first: date
    last: date
    repair: str = ""
    has_time: bool = False
    has_zone: bool = False
    is_count: bool = False
    is_short: bool = False


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a text, or one end of a range, says of year, month and day. `year` has the digits as written."""

    year: str | None
    month: int | None
    day: int | None


_MON = rf"{MONTH}(?P<m>\d\d?)(?!\d)"
_S = r"[ .,/-]*"
_D, _N, _Y, _YY = r"(?P<d>\d\d?)", r"(?P<n>\d\d?)", r"(?P<y>\d{4})", r"'?(?P<y>\d\d)"
_WHOLE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_Y}(?P<s>[-/. ])(?P<n>\d\d?)(?P=s){_D}\.?",
        r"(?P<a>\d\d)(?P<b>\d\d)(?P<y>(?:1[5-9]|20)\d\d)",  # of whose years no two digits are a month
        r"(?P<y>\d{4})(?P<n>\d\d)(?P<d>\d\d)",
        rf"{_D}\. ?{_N}\. ?{_Y}\.?",
        rf"{_D}\. ?{_N}\. ?{_YY}",
        rf"(?P<a>\d\d?)(?P<s>[-/ ])(?P<b>\d\d?)(?P=s){_Y}",
        rf"(?P<a>\d\d?)/(?P<b>\d\d?)/{_YY}",
        rf"{_D}{_S}{_MON}{_S}{_Y}",
        rf"{_MON}{_S}{_D}[ .,/-]+{_Y}",
        rf"{_Y}{_S}{_MON}{_S}{_D}",
        rf"{_Y}[ ,]+{_D}{_S}{_MON}",
        rf"{_D}{_S}{_MON}{_S}{_YY}",
        rf"{_MON}{_S}{_D} ?[,'] ?{_YY}",
        rf"{_MON}{_S}{_Y}",
        rf"{_Y}{_S}{_MON}",
        rf"{_MON} ?[-/.'] ?{_YY}",
        rf"{_Y} ?[-/.] ?{_N}",
        rf"{_N} ?[-/.] ?{_Y}",
        _Y,
        rf"{_Y} ?[年년](?: ?{_N} ?[月월](?: ?{_D} ?[日号號일])?)?",
    )
)
# What may stand at one end of a range, beside what may stand alone.
_ENDS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_D}\.?",
        rf"{_D}{_S}{_MON}",
        rf"{_MON}{_S}{_D}",
        _MON,
        rf"{_D}\. ?{_N}\.?",
        r"(?P<a>\d\d?)/(?P<b>\d\d?)",
        rf"{_D}[ ,]+{_Y}",
    )
)
_SECONDS = re.compile(r"(?<!\d)(\d{8})[t-]?(\d\d)(\d\d)(\d\d)?(z?)")
_BARE_ZONE = re.compile(r"(?<=\d\d-\d\d)(z|[+-]\d\d:\d\d)$")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_ORDERED = re.compile(r"(\d\d?)([/-])(\d\d?)\2(\d{4})", re.ASCII)
_FIRST = str(FIRST_YEAR)
_ZERO = ("0", "00")
LABEL = re.compile(r"^\s*[^\W\d_]{2,20}:\s+(?=.*\d)")
"""What a column is called, before each of its days: "Date: 5 January 2022"."""
_SPLIT = re.compile(rf" ?{TO} ?| - | ?[-/&+,] ?")
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11)}
_EXPECTED = "expected a date such as 2022-01-05"


def read_day(
    text: str, order: str, this_year: int, *, is_of_1900s: bool = False, first_year: int = FIRST_YEAR
) -> Reading:
    """The days that a text means where `order` says which comes first in 05/01/2022. A year of two digits is at most
    two years after `this_year`, or one of the 1900s; no year is before `first_year`. Raises `NoDay`."""
    match = _ISO.fullmatch(text)
    if match and match[1] >= _FIRST and match[2] != "00" != match[3]:
        found = _day(text, int(match[1]), int(match[2]), int(match[3]))
        return Reading(found, found)
    match = _ORDERED.fullmatch(text)
    if match and match[4] >= _FIRST and match[1] not in _ZERO and match[3] not in _ZERO:
        day, month = (match[1], match[3]) if order == DAY_FIRST else (match[3], match[1])
        found = _day(text, int(match[4]), int(month), int(day))
        return Reading(found, found)
    return _Reader(text, order, this_year, is_of_1900s, first_year).reading()


@dataclass(slots=True)
class _Reader:
    """Reads one text that is not plain."""

    text: str
    order: str
    this_year: int
    is_of_1900s: bool
    first_year: int
    repair: str = ""
    has_time: bool = False
    has_zone: bool = False
    is_short: bool = False

    def reading(self) -> Reading:
        if found := day_counted(self.text, self.this_year + 2):
            return Reading(found, found, has_time=True, is_count=True)
        if _BEFORE_OUR_ERA.search(folded(self.text)):
            raise self.refuse(
                "date-era", "is before the year 1, where no day of the record can be (expected a later one)"
            )
        text, count = without_frills(LABEL.sub("", folded(self.text)))
        first, last = self._days(self._without_time(text))
        if count > 1 and first == last:
            first, last = self._read_as(first, first + timedelta(count - 1), f"{count} days from the first")
        return Reading(first, last, self.repair, self.has_time, self.has_zone, is_short=self.is_short)

    def refuse(self, rule: str, why: str) -> NoDay:
        return NoDay(rule, f"{shown(self.text)} {why}.")

    def _read_as(self, first: date, last: date, why: str) -> tuple[date, date]:
        self.repair = f"{shown(self.text)} is read as {say_days(first, last)} ({why})."
        return first, last

    def _without_time(self, text: str) -> str:
        def drop(match: re.Match[str]) -> str:
            self.has_time |= is_time(self.text, match["h"], match["min"] or "", match["sec"] or "", match["zone"] or "")
            self.has_zone |= bool(match["zone"])
            return " "

        if len(text) in (14, 15, 16) and (match := _SECONDS.fullmatch(text)):
            day, hour, minute, second, zone = match.groups()
            self.has_time = is_time(self.text, hour, minute, second or "", zone)
            self.has_zone = bool(zone)
            return day
        if match := DTG.fullmatch(text):
            day, hour, minute, zone, month = match.groups()
            self.has_time, self.has_zone = is_time(self.text, hour, minute, "", zone), bool(zone)
            return f"{day} {month}"
        text = TIME.sub(drop, text)
        text = HOUR.sub(drop, text)
        if _BARE_ZONE.search(text):
            self.has_time = self.has_zone = True
            text = _BARE_ZONE.sub("", text)
        return text.strip()

    def _days(self, text: str) -> tuple[date, date]:
        if text.startswith("'") and text.count("'") <= 2:
            text = text.strip("' ")
            return self._read_as(*self._days(text), "without the apostrophe")
        try:
            if found := period_of(text, self._year):
                return found
        except NoDay:
            raise
        except ValueError as error:
            raise self.refuse("date", f"is not a date ({error})") from None
        is_doubtful = any(mark in text for mark in "?[(*")
        marks = marked(re.sub(r"[?()\[\]*]", " ", text) if is_doubtful else text)
        if FOREIGN in marks:
            raise self.refuse("date-calendar", "has a month of another calendar (expected a Gregorian date)")
        if OPEN in marks:
            raise self.refuse("date-open", "has only one end (expected a day, or a first and a last day)")
        if ABOUT in marks or is_doubtful:
            marks = re.sub(rf"{ABOUT}[ -]*", " ", marks)
            return self._read_as(*self._plain(marks), "it is written as uncertain")
        return self._plain(marks)

    def _plain(self, marks: str) -> tuple[date, date]:
        """The days of a text with marks for words."""
        has_start = FROM in marks
        marks = " ".join(marks.replace(FROM, " ").split()).strip(" ,;")
        for parts in (PART, SEASON):
            named = [name for name, mark in parts.items() if mark in marks]
            if named:
                return self._part(named, re.sub(f"[{''.join(parts.values())}]", " ", marks).strip(" -,"))
        if marks.startswith((TO, "-", "/")) or (marks.endswith((TO, "-")) and len(marks) > 4):
            raise self.refuse("date-open", "has only one end (expected a day, or a first and a last day)")
        whole = self._parts(_WHOLE, marks)
        if whole:
            if has_start:
                raise self.refuse("date-open", "has only a first day (expected a day, or a first and a last day)")
            return self._span(whole)
        found = self._range(marks)
        if found:
            return found
        if days := days_in_a_row(marks):
            spans = [self._span(each) for day in days if (each := self._parts(_WHOLE, day))]
            first, last = min(first for first, _ in spans), max(last for _, last in spans)
            return self._read_as(first, last, f"{len(days)} days, from the first to the last")
        if self._parts(_ENDS, marks):
            raise self.refuse(NO_YEAR, f"names no year ({_EXPECTED})")
        raise self.refuse("date", f"is not a date ({_EXPECTED})")

    def _part(self, named: list[str], rest: str) -> tuple[date, date]:
        """Early, mid or late in a month or year, or a season of a year."""
        name = named[0]
        winter = re.fullmatch(r"(\d{4})[-/](?:\d\d)?(\d\d)", rest)
        if name == "winter" and winter and (int(winter[1]) + 1) % 100 == int(winter[2]):
            year = self._year(winter[1])
            return self._read_as(date(year, 12, 1), last_day(year + 1, 2), "the northern winter")
        if len(named) == 1 and (found := part_of_decade(name, rest, self._year)):
            return self._read_as(*found, f"{name}: a third of the decade")
        parts = self._parts(_WHOLE, rest)
        if len(named) > 1 or parts is None or parts.day or name == "winter":
            expected = "winter 2021/22" if name == "winter" else "late May 2022"
            raise self.refuse("date", f"is not a date (expected a part of one month or year, such as {expected})")
        year = self._year(parts.year or "")
        if name in _SEASONS and parts.month is None:
            start, end = _SEASONS[name]
            return self._read_as(date(year, start, 1), last_day(year, end), f"the northern {name}")
        place = ("early", "mid", "late").index(name) if name in PART else -1
        if place < 0:
            raise self.refuse("date", f"is not a date ({_EXPECTED})")
        if parts.month is None:
            start = 1 + 4 * place
            return self._read_as(date(year, start, 1), last_day(year, start + 3), f"{name}: a third of the year")
        first, last = self._span(parts)
        start, end = ((1, 10), (11, 20), (21, last.day))[place]
        days = f"{name}: the days {start} to {end if place < 2 else 'the last'}"
        return self._read_as(first.replace(day=start), last.replace(day=end), days)

    def _parts(self, patterns: tuple[re.Pattern[str], ...], marks: str) -> _Parts | None:
        for pattern in patterns:
            match = pattern.fullmatch(marks)
            if match:
                found = match.groupdict()
                day, month = found.get("d"), found.get("m") or found.get("n")
                if "a" in found:
                    day, month = (found["a"], found["b"]) if self.order == DAY_FIRST else (found["b"], found["a"])
                return _Parts(found.get("y"), int(month) if month else None, int(day) if day else None)
        return None

    def _range(self, marks: str) -> tuple[date, date] | None:
        """A range: each end says what the other does not."""
        for split in sorted(_SPLIT.finditer(marks), key=lambda match: TO not in match[0] and match[0] != " - "):
            left, right = marks[: split.start()], marks[split.end() :]
            start, end = (self._parts((*_WHOLE, *_ENDS), side.strip(" ,")) for side in (left, right))
            if start is None or end is None or not (start.year or end.year):
                continue
            month = start.month or end.month
            has_day = start.day is not None
            if has_day != (end.day is not None) or (has_day and not month):
                continue
            if not has_day and (start.month is None) != (end.month is None):
                continue
            first = self._span(_Parts(start.year or end.year, month, start.day))[0]
            last = self._span(_Parts(end.year or start.year, end.month or month, end.day))[1]
            if last < first and start.month and start.day and end.month and not (start.year and end.year):
                # "17.10. - 9.1.2023": a year is written once, and the other end has the one beside it.
                if end.year:
                    first = self._span(_Parts(str(first.year - 1), start.month, start.day))[0]
                else:
                    last = self._span(_Parts(str(last.year + 1), end.month, end.day))[1]
                return self._read_as(first, last, "over the turn of a year")
            if last < first:
                raise self.refuse("date-range", f"ends before it begins ({first} to {last})")
            return first, last
        return None

    def _span(self, parts: _Parts) -> tuple[date, date]:
        written, month, day = parts.year or "", parts.month, parts.day
        year = self._year(written)
        if month is None or (month == 0 and day == 0):
            first, last = date(year, 1, 1), date(year, 12, 31)
        elif not 1 <= month <= 12:
            raise self.refuse("date", f"is not a date (there is no month {month})")
        elif not day:
            first, last = date(year, month, 1), last_day(year, month)
        else:
            first = last = _day(self.text, year, month, day, self.first_year)
        if day == 0:
            return self._read_as(first, last, "a 0 is no day")
        if len(written) == 2:
            return self._read_as(first, last, f"the year {written} is taken as {year}")
        return first, last

    def _year(self, written: str) -> int:
        year = int(written)
        if len(written) == 2:
            self.is_short = True
            is_of_2000s = 2000 + year <= self.this_year + 2 and not self.is_of_1900s
            return year + (2000 if is_of_2000s else 1900)
        if 1300 <= year <= 1500 and self.first_year == FIRST_YEAR:
            why = f"is in the year {year}: it looks like an Islamic or Persian calendar (expected a Gregorian date)"
            raise self.refuse("date-calendar", why)
        if not self.first_year <= year <= LAST_YEAR:
            meant = f"; {2000 + year} may be meant" if year < 100 else ""
            why = f"is in the year {year} (expected {self.first_year} to {LAST_YEAR}{meant})"
            raise self.refuse("date-year", why)
        return year


def _day(text: str, year: int, month: int, day: int, first_year: int = FIRST_YEAR) -> date:
    if 2443 <= year <= 2643:
        why = f"it looks like the Thai calendar (expected a Gregorian date, such as one in {year - 543})"
        raise NoDay("date-calendar", f"{shown(text)} is in the year {year}: {why}.")
    if not first_year <= year <= LAST_YEAR:
        raise NoDay("date-year", f"{shown(text)} is in the year {year} (expected {first_year} to {LAST_YEAR}).")
    if not 1 <= month <= 12:
        raise NoDay("date", f"{shown(text)} is not a date (there is no month {month}).")
    if not 1 <= day <= last_day(year, month).day:
        raise NoDay("date", f"{shown(text)} is not a date ({calendar.month_name[month]} {year} has no day {day}).")
    return date(year, month, day)
