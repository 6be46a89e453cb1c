"""Days of the Buddhist, Persian and Islamic calendars and of Japanese eras, written as days of the Gregorian one.

A year says of which calendar it is only beside others: the calendar is decided for a whole column, or asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from hijridate import Hijri

from geodata.errors import Question
from geodata.importers.values.words.folding import MISSING, any_of, folded, listed

BUDDHIST, PERSIAN, ISLAMIC, GREGORIAN = "buddhist", "persian", "islamic", "gregorian"
NEPALI = "nepali"
"""The Bikram Sambat, whose days no rule gives: they are refused, and not taken for days to come."""
CALENDARS = (PERSIAN, ISLAMIC, GREGORIAN)
"""What years of 1300 to 1500 may be of, for an answer."""
NAMES = {BUDDHIST: "the Thai calendar", PERSIAN: "the Persian calendar", ISLAMIC: "the Islamic calendar, to a day"}
PERSIAN_MONTHS = (
    *("farvardin|فروردین", "ordibehesht|اردیبهشت", "khordad|خرداد", "tir|تیر", "mordad|مرداد", "shahrivar|شهریور"),
    *("mehr|مهر", "aban|آبان", "azar|آذر", "dey|دی", "bahman|بهمن", "esfand|اسفند"),
)
ISLAMIC_MONTHS = (
    *("muharram|محرم", "safar|صفر", "rabi al-awwal|ربيع الأول", "rabi al-thani|ربيع الثاني|ربيع الآخر"),
    *("jumada al-ula|جمادى الأولى", "jumada al-thani|جمادى الآخرة", "rajab|رجب", "sha'ban|shaban|شعبان"),
    *("ramadan|رمضان", "shawwal|شوال", "dhu al-qadah|ذو القعدة", "dhu al-hijjah|dhul hijja|ذو الحجة"),
)
_MONTHS = {
    calendar: {word: int(key) for word, key in listed({str(n): words for n, words in enumerate(months, 1)}).items()}
    for calendar, months in ((PERSIAN, PERSIAN_MONTHS), (ISLAMIC, ISLAMIC_MONTHS))
}
_NAMED = {calendar: re.compile(any_of(months)) for calendar, months in _MONTHS.items()}
_YEAR = re.compile(r"(?<![\d:])(\d{4})(?![\da-z:])")
_DAYS = tuple(
    map(
        re.compile,
        (
            r"(?P<y>\d{4})[-/. ](?P<m>\d\d?)[-/. ](?P<d>\d\d?)",
            r"(?P<d>\d\d?)[-/. ](?P<m>\d\d?)[-/. ](?P<y>\d{4})",
            r"(?P<m>\d\d?) (?P<d>\d\d?) (?P<y>\d{4})",
            r"(?P<y>\d{4})[-/. ](?P<m>\d\d?)",
            r"(?P<m>\d\d?)[-/. ](?P<y>\d{4})",
            r"(?P<y>\d{4})",
        ),
    )
)
_TIME = re.compile(r"[t ]\d\d?:\d\d(?::\d\d)?$")
_ERA = re.compile(r"(令和|平成|昭和)(\d{1,2}|元)年?")
_BEFORE_ERA = {"令和": 2018, "平成": 1988, "昭和": 1925}
# What may stand behind a year of these calendars: of the Hegira, solar or lunar.
_HEGIRA = re.compile(r"(?<=\d) ?(?:a\.?h\.?|h|ه\.?(?: ?[شق]\.?)?|هجر[يى](?: شمسي| قمري)?)$")
_BUDDHIST_YEARS, _HEGIRA_YEARS = range(2443, 2644), range(1300, 1501)
_UMM_AL_QURA_YEARS = range(1343, 1500)  # of August 1924 to November 2076, whose months are in a table
_NEPALI_YEARS = range(2050, 2101)  # of 1993 to 2044
_FEWEST_NEPALI = 3
_BEFORE_BUDDHIST = 543
_MOST = 0.8
_BEFORE_PERSIAN = 226_894  # the days before its year 1, as `date.toordinal` counts them
_PERSIAN_DIGIT, _ARABIC_DIGIT = re.compile("[۰-۹]"), re.compile("[٠-٩]")


LIKE_NEPALI = "looks like a day of the Nepali calendar (Bikram Sambat; expected a Gregorian date)"


def calendar_of(texts: Sequence[str]) -> tuple[str, list[int]]:
    """The calendar of a column, "" for the Gregorian one, and the years that may be of three others, for a question.

    Names of months and digits of a script say which one it is; bare years of 1300 to 1500 do not.
    """
    said = [text for text in map(folded, texts) if text and text not in MISSING]
    years = [int(found[-1]) for text in said if (found := _YEAR.findall(text))]
    if sum(year in _BUDDHIST_YEARS for year in years) >= _MOST * max(len(said), 1):
        return BUDDHIST, []
    if sum(year in _NEPALI_YEARS for year in years) >= max(_FEWEST_NEPALI, _MOST * len(said)):
        return NEPALI, []
    if not said or sum(year in _HEGIRA_YEARS for year in years) < _MOST * len(said):
        return "", []
    for calendar, digit in ((PERSIAN, _PERSIAN_DIGIT), (ISLAMIC, _ARABIC_DIGIT)):
        is_so = sum(bool(_NAMED[calendar].search(folded(text)) or digit.search(text)) for text in texts)
        if is_so >= _MOST * len(said):
            return calendar, []
    return "", sorted(year for year in years if year in _HEGIRA_YEARS)


def which_calendar(years: Sequence[int]) -> Question:
    """The question of which calendar some years are, in order."""
    words = f"Which calendar are the years {years[0]} to {years[-1]} of? They do not say."
    choices = {PERSIAN: "the Persian one (1403 begins in March 2024)", ISLAMIC: "the Islamic one (1445 in July 2023)"}
    return Question("calendar", words, (*choices.items(), (GREGORIAN, "ours, of long ago")))


def in_gregorian(text: str, calendar: str) -> str:
    """A folded text of a day, month or year of a calendar as Gregorian days; "" for what cannot be read.

    The Islamic calendar is that of Umm al-Qura, from which the moon as others see it may be a day off: a day is three
    of ours. The Persian leap years are those of a cycle of 33 years.
    """
    if calendar == BUDDHIST:
        return _YEAR.sub(lambda found: str(int(found[1]) - _BEFORE_BUDDHIST), text)
    months = _MONTHS[calendar]
    plain = _HEGIRA.sub("", _TIME.sub("", text))
    plain = _NAMED[calendar].sub(lambda found: str(months[found.group()]), plain)
    plain = " ".join(plain.replace(",", " ").split())
    match = next((match for pattern in _DAYS if (match := pattern.fullmatch(plain))), None)
    if not match:
        return ""
    found = match.groupdict()
    year, month, day = int(found["y"]), int(found.get("m") or 0), int(found.get("d") or 0)
    start, years, off = (_persian, _HEGIRA_YEARS, 0) if calendar == PERSIAN else (_islamic, _UMM_AL_QURA_YEARS, 1)
    if year not in years or month > 12 or day > 31:
        return ""
    if day:
        if not month or start(year, month) + day > _next(start, year, month):
            return ""
        first = last = start(year, month) + day
    elif month:
        first, last = start(year, month) + 1, _next(start, year, month)
    else:
        first, last = start(year, 1) + 1, start(year + 1, 1)
    first, last = first - off, last + off
    days = [date.fromordinal(ordinal).isoformat() for ordinal in dict.fromkeys((first, last))]
    return " - ".join(days)


def without_era(text: str) -> str:
    """A folded text with the year of the Gregorian calendar in place of that of a Japanese era."""
    return _ERA.sub(lambda found: f"{_BEFORE_ERA[found[1]] + int(found[2].replace('元', '1'))}年", text)


def _next(start: Callable[[int, int], int], year: int, month: int) -> int:
    return start(year, month + 1) if month < 12 else start(year + 1, 1)


def _persian(year: int, month: int) -> int:
    """The ordinal of the day before the first of a month."""
    return _BEFORE_PERSIAN + 365 * (year - 1) + (8 * year + 21) // 33 + 30 * (month - 1) + min(month - 1, 6)


def _islamic(year: int, month: int) -> int:
    """As `_persian`."""
    return Hijri(year, month, 1).to_gregorian().toordinal() - 1
