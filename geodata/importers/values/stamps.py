"""Days in figures alone: time stamps of programs and soldiers, counts from 1970, days one after the other, no days."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime

from geodata.importers.tables.records import shown
from geodata.importers.values.words.dates import MONTH, TO

DTG = re.compile(r"(\d\d) ?(\d\d)(\d\d) ?([a-ik-z]?) ?([a-z]{3,9}\.? ?(?:19|20)?\d\d)", re.ASCII)
"""Day, hour, minute, the letter of a zone, month with year: "051430zjan22", in small letters."""
# Seconds, of which milliseconds are left out.
_COUNT = re.compile(r"(\d{9,10}?)(?:\d{3})?(?:\.\d+)?", re.ASCII)
_FIRST_YEAR = 1990
_CLOCK = r"(?P<h>\d\d?)(?:[:h](?P<min>\d\d)(?::(?P<sec>\d\d)(?:[.,]\d+)?)?)"
_ZONE = (
    r"z|(?:utc|gmt)?[+-](?:0\d|1[0-4]):?[0-5]\d(?![\d-])|(?:utc|gmt)?[+-]\d\d?(?![\d-])|"
    r"(?:utc|gmt|cet|cest|eet|eest|msk|est|edt|cst|cdt|mst|mdt|pst|pdt|bst|ist|мск)\b"
)
_MARK = r"(?:[ap]\.?m\.?|uhr|hrs?|hours|o'clock|h|heures?|horas|час\w*|ч\.?)(?!\w)"
_BEFORE = r"(?:[ ,;]*[|@] *|[ ,;]+[–-] +|[ ,;]+(?:at|from|um|ab|gegen|von|à|a|às|a las|в|о|с|к) +|[ ,;]+)"
TIME = re.compile(
    rf"(?:(?<=\d)t|(?<=\d),? +(?:(?:at|a|à|às|a las|um|ab|from|в|о|@) )?|, *|(?<=\d) +- +(?=\d\d?[:h]\d\d)){_CLOCK}"
    rf"(?: ?{_MARK})?(?: ?(?P<zone>{_ZONE}))?"
)
"""A time with minutes behind a day, in small letters."""
_FROM = rf"(?:\d\d?(?:[:.]\d\d)? ?(?:{_MARK})? ?(?:[–-]|to|bis|до|until|and|und) ?)?"  # "2 to" of "2 to 4 pm"
HOUR = re.compile(
    rf"(?<=\w){_BEFORE}{_FROM}(?<!\d)(?P<h>[01]?\d|2[0-4])(?:[:.]?(?P<min>[0-5]\d))?(?P<sec>)"
    rf" ?{_MARK}(?: ?(?P<zone>{_ZONE}))?|"
    rf"(?<=\d){_BEFORE}(?:\(?(?:in the |at )?(?:early |late )?(?:noon|midday|midnight|morning|afternoon|evening|night|"
    r"mittags?|vormittags?|nachmittags?|morgens?|abends?|nachts?|утром|утро|днем|днём|вечером|вечер|ночью|ночь)\)?)(?!\w)"
)
"""An hour behind a day, with a word that says that it is one ("5 pm", "17 Uhr"), and the part of a day in words."""
# Year, month, day, hour and minute: no milliseconds of the 1970s.
_MINUTE = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d", re.ASCII)
_MILLISECONDS = 12  # digits of those before September 2001, which no count of seconds has
_DAYS = re.compile(r"(?P<d>\d\d?\. ?\d\d?\.)(?: ?(?P<y>\d{4}|\d\d)(?![\d.]))?|(?P<iso>\d{4}-\d\d-\d\d)", re.ASCII)
_MARKS = rf"[\s,;&+/{TO}]"  # "and" is marked as what is between two ends
_BETWEEN = re.compile(rf"{_MARKS}*")
_NUMBERS = rf"(?P<days>\d\d?\.?(?:{_MARKS}+\d\d?\.?)+)"
_MONTH, _YEAR = rf"(?P<month>{MONTH}\d\d?)", r"(?P<year>\d{4})"
_OF_A_MONTH = re.compile(rf"{_NUMBERS} ?{_MONTH},? ?{_YEAR}", re.ASCII)
_AFTER_MONTH = re.compile(rf"{_MONTH} {_NUMBERS},? {_YEAR}", re.ASCII)
_MOST_DAYS = 60
# What programs write where there is no day, if no other day is within so many years.
_NO_DAYS = (date(1899, 12, 30), date(1899, 12, 31), date(1900, 1, 1), date(1970, 1, 1))
_NEAR_YEARS = 15
# Words and marks around a day: "on or about", "night of", the Polish "r." for the year, what a browser calls a zone.
_FRILLS = re.compile(
    r"^(?:on or about|on the|on|dnia|(?:the |in the |on the )?(?:night|evening|morning|afternoon) of|overnight|"
    r"(?:in der )?nacht (?:vom|auf den|zum)|la noche del|noche del|dans la nuit du|nuit du|в ночь на) (?=\S)|"
    r"(?<=\d{4})(?: ?r\.| r|[.,;])$|(?<=\d\d) \([^()]* time\)$"
)
_SLASHES = re.compile(r"(?<=\d) */ *(?=\d)")
_WEEK = re.compile(
    r"(?:(?:the )?week(?P<weekend>end)? (?:of|from|commencing|beginning|starting)|w/c|w/b|(?:die )?woche (?:vom|ab)|"
    r"(?:la )?semana del?|(?:la )?semaine du) "
)
_WHOLE_WEEK, _WEEKEND = 7, 2
# Footnotes: [3], [a], [note 2] and daggers, also before a year. An asterisk says that a day is uncertain.
_BRACKETED = r"\[(?:\d{1,3}|[a-z]|(?:note|nb|n|fn)\.? ?\d{1,2})\]"
_DAGGERS = "[\u2020\u2021\u00a7\u00b6\u00b9\u00b2\u00b3\u2070-\u2079]"
_NOTE = re.compile(rf"(?<=[\w.)\]])\s*(?:{_BRACKETED}\s*|{_DAGGERS})+(?=$|,? \d{{4}}$)")
_DAY_AND_MONTH = re.compile(r"(\d\d?)[-/ ](\d\d?)(?!\d)", re.ASCII)
_TWO_DIGITS = 10
# No note is called 06: "May 306" is the 30th with note 6.
_DAY_OF_MONTH = re.compile(r"[^\W\d_]{3,}\.? \d\d?(?:,? \d{4})?")
_DAY_AND_NOTE = re.compile(r"([^\W\d_]{3,}\.? )([123]0)([1-9])((?:,? \d{4})?)")
_FEWEST_DAYS, _NEARLY_ALL = 5, 0.8


class NoDay(ValueError):
    """A text that names no day; `rule` is its short name."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule


def day_counted(text: str, last_year: int) -> date | None:
    """The day of UTC of seconds or milliseconds since 1970; None for what is no such number, or lies before 1990 (1973
    in milliseconds) or after `last_year`: 2022010514 would be an hour of 2034, and 202201051430 is a minute."""
    match = _COUNT.fullmatch(text)
    if not match or _MINUTE.fullmatch(text):
        return None
    found = datetime.fromtimestamp(int(match[1]), UTC).date()
    is_late = found.year >= _FIRST_YEAR or len(text.partition(".")[0]) == _MILLISECONDS
    return found if is_late and found.year <= last_year else None


def without_frills(text: str) -> tuple[str, int]:
    """A folded day without words before it that change nothing, and marks behind it; and how many days it stands for:
    more than one where it is the first of a week ("week of June 6, 2020") or of a weekend."""
    text = _FRILLS.sub("", _SLASHES.sub("/", text))
    if not (found := _WEEK.match(text)):
        return text, 1
    return text[found.end() :], _WEEKEND if found["weekend"] else _WHOLE_WEEK


def days_in_a_row(text: str) -> list[str]:
    """The days of a folded text with marks for its words that has two or more of them and nothing else: "21.01.,
    04.02.2022" as two with their year, which is that of the next one that has it, "1, 2 and 3 May 2022" as three. Empty
    for any other text."""
    if match := _OF_A_MONTH.fullmatch(text) or _AFTER_MONTH.fullmatch(text):
        return [f"{number} {match['month']} {match['year']}" for number in re.findall(r"\d+", match["days"])]
    found = list(_DAYS.finditer(text))
    if not 2 <= len(found) <= _MOST_DAYS or not _BETWEEN.fullmatch(_DAYS.sub(" ", text)):
        return []
    days: list[str] = []
    year = ""
    for match in reversed(found):
        year = match["y"] or (match["iso"] or "")[:4] or year
        if not year:
            return []
        days.append(match["iso"] or match["d"].replace(" ", "") + year)
    return days[::-1]


def lone_no_days(spans: Sequence[tuple[date, date]]) -> set[date]:
    """Which days of a column, given as first and last days, programs write for none: they stand far from all others."""
    years = {first.year for first, _ in spans if first not in _NO_DAYS}
    lone = {day for day in _NO_DAYS if (day, day) in spans}
    return {day for day in lone if years and all(abs(year - day.year) > _NEAR_YEARS for year in years)}


def is_time(text: str, hour: str, minute: str, second: str, zone: str) -> bool:
    """Whether the time of a text says more than the midnight of a day without one.

    Raises `NoDay` for a time that there is not.
    """
    if not hour:
        return False
    h, m, s = int(hour), int(minute or 0), int(second or 0)
    if h > 24 or m > 59 or s > 60 or (h == 24 and m + s):
        raise NoDay("date", f"{shown(text)} is not a date (there is no time {h}:{m:02}).")
    return bool(h or m or s or zone)


def without_notes(texts: Sequence[str]) -> list[str]:
    """The days of a column without the marks of footnotes behind them: "5 March[3]", "3 June \u2020", and "May 306", of
    whose digits the last can only be one where the others are days without it."""
    bare = [_NOTE.sub("", text.rstrip()) if _NOTE.search(text.rstrip()) else text for text in texts]
    said = [text for text in bare if text.strip()]
    days = sum(bool(_DAY_OF_MONTH.fullmatch(text.strip())) for text in said)
    if days < max(_FEWEST_DAYS, _NEARLY_ALL * len(said)):
        return bare
    return [_DAY_AND_NOTE.sub(r"\1\2\4", text) if _DAY_AND_NOTE.fullmatch(text.strip()) else text for text in bare]


def is_padded(text: str) -> bool | None:
    """Whether the day and the month of a day in figures have a 0 before them; None where both need two digits,
    or where one of them has a 0 and the other none."""
    match = _DAY_AND_MONTH.match(text.strip())
    if not match:
        return None
    found = {len(part) > 1 for part in match.groups() if int(part) < _TWO_DIGITS}
    return found.pop() if len(found) == 1 else None


def which_are_padded(day_first: Sequence[str], month_first: Sequence[str]) -> bool | None:
    """Of days that can only have the one order or the other, whether those with the day first have zeros, and the
    others none; None where they do not tell the two apart, or are few."""
    shown_by = [
        [padded for text in texts if (padded := is_padded(text)) is not None] for texts in (day_first, month_first)
    ]
    first, second = map(set, shown_by)
    are_told = min(map(len, shown_by)) >= _FEWEST_DAYS and len(first) == len(second) == 1 and first != second
    return first.pop() if are_told else None
