"""Days as people write them. Which of day and month comes first is decided for a whole column, or asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from geodata.dates import say_days
from geodata.importers.tables.records import BLANKS, shown
from geodata.importers.values import years as of_years
from geodata.importers.values.answer import Answers, Question, Refusal
from geodata.importers.values.notations import (
    DAY_FIRST,
    FIRST_YEAR,
    MONTH_FIRST,
    NO_YEAR,
    OF_LONG_AGO,
    Reading,
    read_day,
)
from geodata.importers.values.stamps import NoDay, days_in_a_row, is_padded, is_time, lone_no_days, which_are_padded
from geodata.importers.values.words import calendars
from geodata.importers.values.words.folding import MISSING, folded
from geodata.importers.values.years import IN_1900S, UP_TO_NOW

ORDERS = (DAY_FIRST, MONTH_FIRST)
CENTURIES = (IN_1900S, UP_TO_NOW)
# Only these read otherwise when the order changes: two short numbers with a slash, a hyphen or a blank between, or
# with nothing at all and a year behind them.
_MAY_TURN = re.compile(r"(?<!\d)\d\d?[-/ ]\d\d?(?!\d)|(?<!\d)\d{4}(?:1[5-9]|20)\d\d(?!\d)")
_DOTTED = re.compile(r"(\d\d?)\. ?(\d\d?)\. ?(\d{4}|\d\d)\b")
_ISO = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_STAMP = re.compile(r"([\d/.-]{8,10})[T ](\d\d?):(\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?", re.ASCII)
_ZERO = re.compile(r"[0/.-]+(?: 00:00(?::00)?)?")
_SERIAL = re.compile(r"[2-6]\d{4}(?:\.\d+)?")
# Day 0 of Excel's 1900 system for all days after its 29 February 1900, which never was.
_EXCEL_DAY_0 = date(1899, 12, 30)
_LAST_SERIAL = 60_000
_2000 = 2000  # the first of the years that two digits may mean beside one of the 1900s
# A day or month of 0, which is neither: it says nothing of their order.
_NOUGHT = re.compile(r"\D*(?:00?[-/ ]\d\d?|\d\d?[-/ ]00?)(?!\d)")
_FEWEST_OF_YEAR = 5  # different days that say in which year all are
_LONGEST_LIST = 800  # of days one after the other
_LONGEST = 120  # no date is longer, and a long text has many places where a range may be taken apart


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last day that a text may mean, both inclusive; `stamp` is a time stamp as it stood, or ""."""

    first: date
    last: date
    stamp: str = ""


def read_days(
    texts: Sequence[str],
    *,
    order: str = "",
    century: str = "",
    calendar: str = "",
    year: str = "",
    years: Sequence[int] = (),
    has_epoch: bool = False,
    today: date | None = None,
) -> Answers[Span]:
    """The days of the different texts of a column: ISO, numbers, written months of eight languages, ranges, stamps.

    `order` is an answer given before, "day first" or "month first"; `has_epoch` says that bare numbers are Excel's
    days, as in a workbook. A year of two digits lies at most two years after `today`, or in the 1900s where `century`
    says so; where its column would be of fewer years then, it is asked. So is the calendar of years of 1300 to 1500,
    of which `calendar` is the answer, and the year where no day names one, of which `year` is; `years` are those that
    the file's name has. The day of a time stamp is the local day as written. An empty text, or a word
    such as "unknown", is None without a refusal.
    """
    is_old = of_years.are_of_long_ago(texts)
    this_year = (today or date.today()).year
    texts = list(map(of_years.with_four_digits, texts)) if is_old else texts
    known, hegira = ("", []) if is_old else calendars.calendar_of(texts)
    if hegira and calendar not in calendars.CALENDARS:
        return Answers([None] * len(texts), question=calendars.which_calendar(hegira))
    is_old |= bool(hegira) and calendar == calendars.GREGORIAN
    column = _Column(
        *(texts, order, century, this_year),
        calendar=known or (calendar if hegira and calendar != calendars.GREGORIAN else ""),
        first_year=OF_LONG_AGO if is_old else FIRST_YEAR,
        are_years_last=of_years.are_last(texts, this_year),
    )
    answers = column.answers(has_epoch)
    open_days = {position for position, refusal in answers.refusals.items() if refusal.rule == NO_YEAR}
    is_known = sum(map(bool, answers.found)) >= len(open_days) or answers.question
    if is_known or texts[min(open_days)].strip(BLANKS).isdecimal():
        return answers
    if not year:
        return replace(answers, question=of_years.which_year(texts[min(open_days)], years, column.this_year))
    dated = [of_years.with_year(text.strip(BLANKS), year) if at in open_days else text for at, text in enumerate(texts)]
    found_in_year = read_days(dated, order=order, century=century, has_epoch=has_epoch, today=today)
    return replace(found_in_year, told=(f"Days without a year are of {year}, as was answered.", *found_in_year.told))


@dataclass(slots=True)
class _Column:
    """The readings of a column, while they are made."""

    texts: Sequence[str]
    order: str
    century: str
    this_year: int
    calendar: str = ""  # of three others, "" for ours
    first_year: int = FIRST_YEAR
    are_years_last: bool = False  # in 31-12-19
    found: list[Span | None] = field(default_factory=list)
    refusals: dict[int, Refusal] = field(default_factory=dict)
    repairs: dict[int, str] = field(default_factory=dict)
    zones: list[str] = field(default_factory=list)
    dotted: list[str] = field(default_factory=list)
    counted: list[str] = field(default_factory=list)
    timed: set[int] = field(default_factory=set)
    # The years of the first days, of those that are written with two digits and of the others.
    short: dict[int, str] = field(default_factory=dict)
    whole: set[int] = field(default_factory=set)
    # What each day means with the day and with the month first: time stamps have few days.
    known: dict[str, tuple[Reading | NoDay | None, Reading | NoDay | None]] = field(default_factory=dict)
    # The readings day first and month first of the texts that can be read both ways, or one way only.
    both: dict[int, tuple[Reading, Reading]] = field(default_factory=dict)
    one: dict[int, tuple[int, Reading]] = field(default_factory=dict)

    def answers(self, has_epoch: bool) -> Answers[Span]:
        self.found = [None] * len(self.texts)
        serials = self._serials(has_epoch)
        for position, text in enumerate(self.texts):
            if position not in serials:
                self._read(position, text.strip(BLANKS))
        told, question = self._settle()
        self._leave_out_no_days()
        self._take_the_only_year()
        if serials:
            example = min(self.texts[position] for position in serials)
            days = self.found[next(position for position in serials if self.texts[position] == example)]
            assert days
            said = say_days(days.first, days.last)
            told.append(f"Bare numbers are days as Excel counts them from 1900: {shown(example)} is {said}.")
        if self.counted:
            example = min(self.counted)
            day = self._reading(example, DAY_FIRST)
            assert isinstance(day, Reading)
            said = say_days(day.first, day.last)
            told.append(f"Long numbers count from 1970, and their day is that of UTC: {shown(example)} is {said}.")
        question = question or self._century(told)
        if self.dotted:
            told.append(f"Dates with dots have the day first, as in {shown(min(self.dotted))}.")
        if self.zones:
            told.append(f"The day of a time stamp is the local day as it is written, as in {shown(min(self.zones))}.")
        return Answers(self.found, self.refusals, self.repairs, tuple(told), question)

    def _serials(self, has_epoch: bool) -> set[int]:
        """Bare numbers that count days, where the file is a workbook or the column has nothing else."""
        found = {}
        for position, text in enumerate(self.texts):
            stripped = text.strip(BLANKS)
            if _SERIAL.fullmatch(stripped) and float(stripped) <= _LAST_SERIAL:
                found[position] = stripped
            elif not has_epoch and (cell := folded(stripped)) and cell not in MISSING:
                return set()
        for position, text in found.items():
            day = _EXCEL_DAY_0 + timedelta(int(float(text)))
            self.found[position] = Span(day, day, text if float(text) % 1 else "")
        return set(found)

    def _read(self, position: int, text: str) -> None:
        match = _STAMP.fullmatch(text)
        day = match[1] if match else text
        if day not in self.known:
            self.known[day] = self._both_ways(day)
        first, second = self.known[day]
        if match and first:
            try:
                if is_time(text, match[2], match[3], match[4] or "", match[5] or ""):
                    self.timed.add(position)
            except NoDay as refused:
                first = second = refused
            if match[5]:
                self.zones.append(text)
        if first is None or second is None:
            if text:
                self.repairs[position] = f"{shown(text)} names no day; the cell counts as empty."
        elif isinstance(first, NoDay) and isinstance(second, NoDay):
            self.refusals[position] = Refusal(first.rule, str(first))
        elif isinstance(first, NoDay):
            assert isinstance(second, Reading)
            self.one[position] = (1, second)
        elif isinstance(second, NoDay):
            self.one[position] = (0, first)
        elif first is second or first == second:
            self._keep(position, first)
        else:
            self.both[position] = (first, second)

    def _both_ways(self, text: str) -> tuple[Reading | NoDay | None, Reading | NoDay | None]:
        """What a text means with the day first and with the month first; None for an empty one."""
        if len(text) > _LONGEST and not (len(text) < _LONGEST_LIST and days_in_a_row(folded(text))):
            long = NoDay("date", f"{shown(text)} is not a date (expected a date such as 2022-01-05).")
            return long, long
        if _ISO.fullmatch(text) and not text.startswith("0000"):
            found = self._reading(text, DAY_FIRST)
            return found, found
        plain = folded(text)
        if not plain or plain in MISSING or _ZERO.fullmatch(plain):
            return None, None
        if _SERIAL.fullmatch(plain):
            why = "is a bare number (expected a date such as 2022-01-05; it may be a day as Excel counts them)"
            serial = NoDay("date-serial", f"{shown(text)} {why}.")
            return serial, serial
        dots = _DOTTED.search(plain)
        if dots and int(dots[1]) <= 12 and int(dots[2]) <= 12 and dots[1] != dots[2]:
            self.dotted.append(text)
        found = self._reading(text, DAY_FIRST)
        may_turn = not self.calendar and _MAY_TURN.search(plain)
        return found, self._reading(text, MONTH_FIRST) if may_turn else found

    def _reading(self, text: str, order: str) -> Reading | NoDay:
        if self.calendar == calendars.NEPALI:
            return NoDay("date-calendar", f"{shown(text)} {calendars.LIKE_NEPALI}.")
        plain = folded(text)
        days = (self.calendar and calendars.in_gregorian(plain, self.calendar)) or calendars.without_era(plain)
        found = self._gregorian(text if days == plain else days, order)
        if days == plain or isinstance(found, NoDay):
            return found
        calendar = calendars.NAMES.get(self.calendar, "a Japanese era")
        return replace(found, repair=f"{shown(text)} is read as {say_days(found.first, found.last)} ({calendar}).")

    def _gregorian(self, text: str, order: str) -> Reading | NoDay:
        said = of_years.with_slashes(text) if self.are_years_last else text
        try:
            in_1900s = self.century == IN_1900S
            day = read_day(said, order, self.this_year, is_of_1900s=in_1900s, first_year=self.first_year)
            return day if said == text else replace(day, repair=day.repair.replace(said, text))
        except NoDay as refused:
            return refused

    def _keep(self, position: int, reading: Reading) -> None:
        text = self.texts[position].strip(BLANKS)
        self.found[position] = Span(
            reading.first, reading.last, text if reading.has_time or position in self.timed else ""
        )
        if reading.repair:
            self.repairs[position] = reading.repair
        if reading.is_short:
            self.short[reading.first.year] = min(text, self.short.get(reading.first.year, text))
        else:
            self.whole.add(reading.first.year)
        if reading.has_zone:
            self.zones.append(text)
        if reading.is_count:
            self.counted.append(text)

    def _settle(self) -> tuple[list[str], Question | None]:
        """Decide which of day and month comes first, and keep what that makes of each text."""
        deciding: tuple[list[str], list[str]] = ([], [])
        for position, (which, _) in self.one.items():
            if not _NOUGHT.match(self.texts[position]):
                deciding[which].append(self.texts[position])
        if self.order in ORDERS:
            return self._decide(ORDERS.index(self.order), "as was answered", is_strict=True), None
        if not self.both or not all(deciding):
            for which in (0, 1):
                if deciding[which]:
                    # Where none can be read both ways, the column may have both orders: each has one meaning only.
                    return self._decide(which, f"as {shown(min(deciding[which]))} shows"), None
        for position, (_, reading) in self.one.items():
            self._keep(position, reading)
        if told := self._by_padding(deciding):
            return told, None
        return [], self._question(deciding) if self.both else None

    def _decide(self, which: int, why: str, *, is_strict: bool = False) -> list[str]:
        for position, (only, reading) in self.one.items():
            if only != which and (is_strict or _NOUGHT.match(self.texts[position])):
                meant = say_days(reading.first, reading.last)
                message = f"{shown(self.texts[position])} is no date with the {ORDERS[which]} (it can only be {meant})."
                self.refusals[position] = Refusal("date-order", message)
            else:
                self._keep(position, reading)
        for position, readings in self.both.items():
            self._keep(position, readings[which])
        if not self.both and not self.one:
            return []
        kept = [(self.texts[i], only) for i, (only, _) in self.one.items() if i not in self.refusals]
        if len({only for _, only in kept}) == 2:
            texts = [min(text for text, only in kept if only == side) for side in (0, 1)]
            return [f"Some dates have the day first ({shown(texts[0])}) and some the month ({shown(texts[1])})."]
        return [f"Dates have the {ORDERS[which]}, {why}."]

    def _leave_out_no_days(self) -> None:
        """Leave out 1 January 1900 and its like where they stand far from all other days."""
        lone = lone_no_days([(span.first, span.last) for span in self.found if span])
        for position, span in enumerate(self.found):
            if span and span.first in lone:
                self.found[position] = None
                words = "is what programs write for no day, and far from all others; the cell counts as empty"
                self.repairs[position] = f"{shown(self.texts[position])} {words}."

    def _take_the_only_year(self) -> None:
        """Read days without a year as of the only one that all others are of, if those are not few."""
        years = {year for span in self.found if span for year in (span.first.year, span.last.year)}
        open_days = [position for position, refusal in self.refusals.items() if refusal.rule == NO_YEAR]
        if len(years) != 1 or sum(map(bool, self.found)) < max(_FEWEST_OF_YEAR, len(open_days)):
            return
        for position in open_days:
            text = self.texts[position].strip(BLANKS)
            reading = self._reading(f"{text} {min(years)}", DAY_FIRST)
            if isinstance(reading, Reading):
                del self.refusals[position]
                self.found[position] = Span(reading.first, reading.last)
                said = say_days(reading.first, reading.last)
                self.repairs[position] = f"{shown(text)} is read as {said}, as all other days are of {min(years)}."

    def _century(self, told: list[str]) -> Question | None:
        """Tell which century years of two digits are of, and ask where all would lie closer together in the 1900s."""
        if not self.short:
            return None
        late, early = max(self.short), min(self.short)
        examples = [f"{shown(self.short[year])} is of {year}" for year in dict.fromkeys((early, late))]
        told.append(f"Years of two digits: {', and '.join(examples)}.")
        others = {*self.whole, *(year for year in self.short if year < _2000)}
        as_read, as_1900s = ({*others, *(year - by for year in self.short if year >= _2000)} for by in (0, 100))
        if self.century in CENTURIES or max(as_read) - min(as_read) <= max(as_1900s) - min(as_1900s):
            return None
        return of_years.which_century(self.short[late], late, sorted(others), self.this_year)

    def _question(self, deciding: tuple[list[str], list[str]]) -> Question:
        example, position = min((self.texts[position], position) for position in self.both)
        meant = [say_days(reading.first, reading.last) for reading in self.both[position]]
        return of_years.which_order(example, dict(zip(ORDERS, meant, strict=True)), deciding, len(self.both) - 1)

    def _by_padding(self, deciding: tuple[list[str], list[str]]) -> list[str]:
        """Keep days of two orders that zeros tell apart, and refuse those that show none; [] where they do not."""
        if (is_first_padded := which_are_padded(*deciding)) is None or not self.both:
            return []
        for position, readings in self.both.items():
            if (padded := is_padded(self.texts[position])) is None:
                message = f"{shown(self.texts[position])} may have the day or the month first: no zero tells which."
                self.refusals[position] = Refusal("date-order", message)
            else:
                self._keep(position, readings[padded != is_first_padded])
        first, second = (shown(min(texts)) for texts in deciding)
        how = "with zeros" if is_first_padded else "without zeros"
        return [f"Days {how} have the day first ({first}), the others the month ({second})."]
