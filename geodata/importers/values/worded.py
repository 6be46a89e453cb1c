"""Days with the name of a month: 5 January 2022, Jan 5, 2022, 27/28 septembre 2025, late May 2022."""

from __future__ import annotations

import calendar
import re
from datetime import date

from geodata.importers.tables.records import shown
from geodata.importers.values.months import ABOUT, FILLERS, OPEN_ENDED, PARTS, months, plain
from geodata.importers.values.span import NotADay, Span, day_of, month_of, year_of

_TIME = re.compile(r",?\s+\d{1,2}:\d{2}(:\d{2})?(\s*[ap]\.?m\.?)?\s*(z|utc|gmt|[+-]\d{2}:?\d{2})?$")
_TOKEN = re.compile(r"\d+|[^\W\d_]+|[-–—/]")
_ORDINAL = re.compile(r"(?<=\d)(st|nd|rd|th|er|re|e|º|ª|ое|го|-го|-е)\b")
_DASHES = "-–—/"
_THIRDS = (1, 11, 21)


def worded(bare: str, text: str) -> tuple[Span, str]:
    """The span of a text with words, and a sentence where it was read otherwise than it stands. Raises NotADay."""
    folded = plain(bare)
    time = _TIME.search(folded)
    words = _tokens(_ORDINAL.sub("", folded[: time.start()] if time else folded))
    if OPEN_ENDED.intersection(word for word in words if isinstance(word, str)):
        raise NotADay("date-open", f"{shown(text)} has no first or no last day (expected both).")
    about = [word for word in words if word in ABOUT]
    words = [word for word in words if word not in ABOUT]
    part = next((PARTS[word] for word in words if isinstance(word, str) and word in PARTS), None)
    words = [word for word in words if not (isinstance(word, str) and word in PARTS)]
    if part and words[:1] == ["-"]:  # mid-May
        words = words[1:]
    span = _span(words, text)
    if span is None:
        raise NotADay("date", f"{shown(text)} is not a date (expected such as 2022-01-05).")
    if part:
        span = _part(span, part, text)
        return span, f"{shown(text)} is read as {span}."
    if about:
        return span, f"{shown(text)} is only about right: the day as it stands."
    return (Span(span.first, span.last, text.strip()) if time else span), ""


def _tokens(folded: str) -> list[str | int]:
    """Numbers of days and years as they stand, months as integers below 0, dashes, and other words."""
    names = months()
    found: list[str | int] = []
    words = _TOKEN.findall(folded.replace(".", " "))
    position = 0
    while position < len(words):
        pair = " ".join(words[position : position + 2])
        word = words[position]
        if pair in names:
            found.append(-names[pair])
            position += 2
            continue
        if word in names:
            found.append(-names[word])
        elif word in _DASHES:
            found.append("-")
        elif word not in FILLERS:
            found.append(word)
        position += 1
    return found


def _span(words: list[str | int], text: str) -> Span | None:  # noqa: PLR0911 (a notation each)
    shape = "".join("m" if isinstance(w, int) else "-" if w == "-" else _kind(w) for w in words)
    at = [str(-w) if isinstance(w, int) else str(w) for w in words]
    if shape in ("dmy", "d-m-y"):
        *_, year = at
        return day_of(_full(year), at[words.index(_month(words))], at[0], text)
    if shape == "mdy":
        return day_of(at[2], at[0], at[1], text)
    if shape == "ymd":
        return day_of(at[0], at[1], at[2], text)
    if shape in ("my", "m-y"):
        return month_of(_full(at[-1]), at[0], text)
    if shape == "y":
        return year_of(at[0], text)
    if shape in ("dmd", "d-m-d"):  # 5-Jan-22: two digits at the end are the year
        return day_of(_full(at[-1]), at[words.index(_month(words))], at[0], text)
    if shape in ("md", "m-d"):  # Jan-22
        return month_of(_full(at[-1]), at[0], text)
    if shape == "d-dmy":
        return _range(day_of(at[4], at[3], at[0], text), day_of(at[4], at[3], at[2], text), text)
    if shape == "md-dy":
        return _range(day_of(at[4], at[0], at[1], text), day_of(at[4], at[0], at[3], text), text)
    if shape == "dm-dmy":
        return _range(day_of(at[5], at[1], at[0], text), day_of(at[5], at[4], at[3], text), text)
    if shape == "m-my":
        return _range(month_of(at[3], at[0], text), month_of(at[3], at[2], text), text)
    return None


def _month(words: list[str | int]) -> int:
    return next(word for word in words if isinstance(word, int))


def _kind(word: str | int) -> str:
    if not str(word).isdigit():
        return "x"
    return "y" if len(str(word)) == 4 else "d" if len(str(word)) <= 2 else "x"


def _full(year: str) -> str:
    if len(year) == 4:
        return year
    return f"{20 if int(year) <= (date.today().year + 2) % 100 else 19}{int(year):02d}"


def _range(first: Span, last: Span, text: str) -> Span:
    if last.last < first.first:
        raise NotADay("date", f"{shown(text)} ends before it begins.")
    return Span(first.first, last.last)


def _part(span: Span, part: tuple[int, int], text: str) -> Span:
    """The first, middle or last third of a month (from day 1, 11 or 21) or of a year (four months)."""
    begin, _ = part
    first, last = span.first, span.last
    if (first.year, first.month) == (last.year, last.month) and first.day == 1:
        days = [*_THIRDS, calendar.monthrange(first.year, first.month)[1] + 1]
        return Span(first.replace(day=days[begin]), first.replace(day=days[begin + 1] - 1))
    if first.month == 1 and last.month == 12:
        month = 1 + 4 * begin
        return Span(date(first.year, month, 1), month_of(str(first.year), str(month + 3), text).last)
    raise NotADay("date", f"{shown(text)} is not a date (expected such as 2022-01-05).")
