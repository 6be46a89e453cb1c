"""Days as people write them, each as a first and a last possible day.

What has one meaning is read wherever it stands. 05/01/2022 has two: the order of day and month is the same in a whole
column, so that one 13/01/2022 decides it; where none does, or two contradict each other, it is asked. With dots the day
comes first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from geodata.importers.tables.records import shown
from geodata.importers.values.answer import Answers, Question, Refusal
from geodata.importers.values.span import NotADay, Span, day_of, month_of, year_of
from geodata.importers.values.worded import worded

_EXCEL = date(1899, 12, 30)  # day 0 of the workbooks of 1900, but for their false 29 February 1900
_SERIALS = range(20_000, 60_000)  # 1954 to 2064
_TIME = r"(?:[T\s,]+(\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[ap]\.?m\.?)?)\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}", re.IGNORECASE)
_YEAR_LAST = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_TIME}", re.IGNORECASE)
_EIGHT = re.compile(rf"(\d{{4}})(\d{{2}})(\d{{2}})(?:T?\d{{4,6}}Z?|{_TIME})", re.IGNORECASE)
_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{4})")
_EAST = re.compile(r"(\d{4})\s*[年년]\s*(?:(\d{1,2})\s*[月월]\s*(?:(\d{1,2})\s*[日일])?)?")
_BETWEEN = re.compile(r"\s*(?:/|\s-\s|–|—|\bto\b|\bbis\b|\bau\b|\ba\b|\bпо\b|\.\.)\s*")
DAY_FIRST, MONTH_FIRST = "day first", "month first"


@dataclass(frozen=True, slots=True)
class _Ambiguous(Exception):
    """A day that is another one in the other order of day and month."""

    day_first: Span | None
    month_first: Span | None


def read_days(texts: Sequence[str], *, order: str = "", has_epoch: bool = False) -> Answers[Span]:
    """What the different texts of a column say. `order` is "day first", "month first", or "" for what they decide;
    with `has_epoch` a bare number counts days as a workbook of 1900 does."""
    found: list[Span | None] = [None] * len(texts)
    refusals: dict[int, Refusal] = {}
    repairs: dict[int, str] = {}
    open_: dict[int, _Ambiguous] = {}
    numbers = [text for text in texts if text.strip()]
    has_epoch = has_epoch or (len(numbers) > 0 and all(_is_serial(text) for text in numbers))
    for position, text in enumerate(texts):
        if not text.strip():
            continue
        try:
            found[position], repair = _read(text, has_epoch)
            if repair:
                repairs[position] = repair
        except _Ambiguous as error:
            open_[position] = error
        except NotADay as error:
            refusals[position] = Refusal(error.rule, str(error))
    told = ["numbers are days as a spreadsheet counts them."] if has_epoch and numbers else []
    decided, question = _order(texts, open_, order, told)
    for position, both in open_.items():
        span = both.day_first if decided == DAY_FIRST else both.month_first if decided else None
        found[position] = span
        if decided and span is None:
            words = f"{shown(texts[position])} is no day with the {decided.replace(' first', '')} first."
            refusals[position] = Refusal("date-order", words)
    return Answers(found, refusals, repairs, tuple(told), question)


def _order(
    texts: Sequence[str], open_: dict[int, _Ambiguous], given: str, told: list[str]
) -> tuple[str, Question | None]:
    only_day = [position for position, both in open_.items() if both.month_first is None]
    only_month = [position for position, both in open_.items() if both.day_first is None]
    if given or not open_:
        return given, None
    if bool(only_day) != bool(only_month):
        decided, by = (DAY_FIRST, only_day) if only_day else (MONTH_FIRST, only_month)
        told.append(f"{texts[by[0]]} says that the {decided.removesuffix(' first')} stands first, in all of them.")
        return decided, None
    both = [position for position, each in open_.items() if each.day_first != each.month_first]
    if not both:
        return DAY_FIRST, None
    if only_day:
        one, other = texts[only_day[0]], texts[only_month[0]]
        words = f"{one} has the day first, {other} the month: they contradict each other. Which comes first?"
    else:
        words = f"No row says whether the day or the month comes first. What is {texts[both[0]]}?"
    example = next((position for position in both if position not in (*only_day, *only_month)), both[0])
    choices = tuple(
        (key, f"{texts[example]} is {span}" if span else f"the {key.removesuffix(' first')} comes first")
        for key, span in ((DAY_FIRST, open_[example].day_first), (MONTH_FIRST, open_[example].month_first))
    )
    return "", Question("dates", words, choices)


def _read(text: str, has_epoch: bool) -> tuple[Span, str]:
    """The span of a text and what was read otherwise than it stands; raises NotADay, or _Ambiguous."""
    bare = _digits(text).strip().removeprefix("'").strip()
    repair = ""
    if bare.endswith("?"):
        bare, repair = bare.rstrip("? "), f"{shown(text)} is said with a question mark: the day as it stands."
    for read in (_plain, _serial if has_epoch else _no_serial):
        if found := read(bare, text):
            span, words = found
            return span, words or repair
    parts = _BETWEEN.split(bare)
    if len(parts) == 2 and all(re.search(r"\d{4}", part) for part in parts):
        (first, one), (last, other) = _read(parts[0], has_epoch), _read(parts[1], has_epoch)
        if last.last < first.first:
            raise NotADay("date", f"{shown(text)} ends before it begins.")
        return Span(first.first, last.last), one or other or repair
    span, words = worded(bare, text)
    return span, words or repair


def _plain(bare: str, text: str) -> tuple[Span, str] | None:  # noqa: PLR0911 (a notation each)
    """Days in digits."""
    if match := _YEAR_FIRST.fullmatch(bare):
        return day_of(match[1], match[3], match[4], text, _stamp(text, match[5])), ""
    if match := _YEAR_LAST.fullmatch(bare):
        return _year_last(match, text)
    if match := _EIGHT.fullmatch(bare):
        return day_of(match[1], match[2], match[3], text), ""
    if match := _MONTH.fullmatch(bare):
        return month_of(match[1] or match[4], match[2] or match[3], text), ""
    if re.fullmatch(r"\d{4}", bare):
        return year_of(bare, text), ""
    if match := _EAST.fullmatch(bare):
        year, month, day = match.groups()
        if day:
            return day_of(year, month, day, text), ""
        return (month_of(year, month, text) if month else year_of(year, text)), ""
    return None


def _year_last(match: re.Match[str], text: str) -> tuple[Span, str]:
    one, mark, other, year, time, _ = match.groups()
    repair = ""
    if len(year) == 2:
        year = f"{20 if int(year) <= (date.today().year + 2) % 100 else 19}{year}"
        repair = f"{shown(text)} has a year of two digits: read as {year}."
    stamp = _stamp(text, time)
    if mark == ".":
        return day_of(year, other, one, text, stamp), repair
    spans: list[Span | None] = []
    for day, month in ((one, other), (other, one)):
        try:
            spans.append(day_of(year, month, day, text, stamp))
        except NotADay as error:
            if error.rule != "date":
                raise
            spans.append(None)
    if spans == [None, None]:
        raise NotADay("date", f"{shown(text)} is not a date (expected such as 2022-01-05).")
    if spans[0] == spans[1] and spans[0] is not None:
        return spans[0], repair
    raise _Ambiguous(*spans)


def _stamp(text: str, time: str | None) -> str:
    return text.strip() if time and not re.fullmatch(r"0?0:00(:00([.,]0+)?)?", time.strip()) else ""


def _is_serial(text: str) -> bool:
    return bool(re.fullmatch(r"\d{5}(\.\d+)?", text.strip())) and int(float(text)) in _SERIALS


def _serial(bare: str, _: str) -> tuple[Span, str] | None:
    if not _is_serial(bare):
        return None
    day = _EXCEL + timedelta(days=int(float(bare)))
    return Span(day, day), ""


def _no_serial(bare: str, text: str) -> tuple[Span, str] | None:
    if re.fullmatch(r"\d{1,3}|\d{5,7}|\d{9,}|\d+\.\d+", bare):
        words = f"{shown(text)} is a bare number (expected a date such as 2022-01-05)"
        hint = f"; as a spreadsheet counts days it is {_serial(bare, text)[0]}" if _is_serial(bare) else ""  # type: ignore[index]
        raise NotADay("date-serial", f"{words}{hint}.")
    return None


def _digits(text: str) -> str:
    """The text with Arabic, Persian and other digits as 0 to 9, and blanks and dashes of one kind."""
    if text.isascii():
        return text
    found = "".join(str(int(char)) if char.isdecimal() else char for char in text)
    return re.sub(r"[\u00a0\u2009\u202f]", " ", re.sub(r"[\u200e\u200f\u061c]", "", found)).replace("،", ",")
