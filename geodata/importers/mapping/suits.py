"""Whether the values of a column bear out what its heading says."""

from __future__ import annotations

import re
from collections.abc import Callable

from geodata.importers.mapping.looks import Look
from geodata.importers.values.notations import LAST_YEAR
from geodata.record.model import MEASURES

# Meanings that every kind of value may have: what is known, and not read.
_ANY = {"skip", "filled"}
_TEXTS = {"site", "city", "venue", "admin1", "admin2", "actors", "claimant"}
_PLACES = {"site", "city", "venue"}
# In so many rows that none counts two, such a column says whether there were any.
_FLAGS, _MANY_ROWS = {"detained", "injured", "personnel"}, 200
_COMPASS = re.compile(r"^[NSEW]{1,3}$", re.IGNORECASE)
_DAY_AND_MONTH = re.compile(r"^\d\d?[/.-]\d\d?$", re.ASCII)
# A plain heading is enough for a column that has nothing in it so far: the next export of the table may.
_NO_VALUES = 0.6
_LONGEST_KIND, _LONGEST_OF_FEW, _FEW_KINDS = 90, 400, 0.2  # letters on average; more where so few are different
_WORLD = re.compile(r"africa|asia|europe|americas?$|oceania|middle east|caribbean|caucasus", re.IGNORECASE)

# What governs, and is no region: "entidad" may be either.
_INSTITUTION = re.compile(
    r"\b(?:gobierno|ministerio|ministr[oa]s?|municipalidad|instituto|universidad|asamblea|tribunal|policía|sindicato|"
    r"government|ministry|ministerium|gouvernement|ministère|governo|ministério|министерств|правительств)",
    re.IGNORECASE,
)


def fit(meaning: str, look: Look) -> float:
    """How well values suit a meaning, from 0 (not at all) to 1. A table without rows is taken by its headings."""
    if meaning in _ANY or not look.rows:
        return 1.0
    if not look.texts:
        return _NO_VALUES
    if meaning.partition("_")[0] in (*MEASURES, "victims") or meaning in ("low", "high", "best"):
        is_flag = meaning in _FLAGS and look.filled >= _MANY_ROWS and {*look.texts} <= {"0", "1", "0.0", "1.0"}
        return 0.0 if is_flag else _figures(look)
    if meaning == "admin1" and (_are_mostly(_WORLD, look) or _are_mostly(_INSTITUTION, look)):
        return 0.0
    if meaning in _TEXTS:
        return 0.0 if meaning in _PLACES and _are_mostly(_COMPASS, look) else _names(look)
    return _FITS[meaning](look)


def _are_mostly(words: re.Pattern[str], look: Look) -> bool:
    return sum(bool(words.search(text)) for text in look.texts) >= 0.5 * len(look.texts)


def is_day_like(look: Look) -> bool:
    """Whether values alone say that they are days, whatever the heading."""
    return look.day >= 0.8


def is_degree_like(look: Look) -> bool:
    """Whether values alone say that they are degrees: they have the decimals of a point on the ground."""
    return look.degree >= 0.95 and look.fine >= 0.8 and look.different > 0.2


def _days(look: Look) -> float:
    if look.clock >= 0.5:
        return 0.0
    is_open = 0.8 * _are_mostly(_DAY_AND_MONTH, look)  # of which year is asked where they are read
    return max(look.day + 0.6 * min(look.year, 1 - look.day), 0.9 * look.serial, 0.9 * look.count, is_open)


def _years(look: Look) -> float:
    # Of long ago, they may have three digits.
    return max(look.year, 0.9 * (look.number > 0.95 and look.low >= 100 and look.high <= LAST_YEAR and look.year > 0))


def _figures(look: Look) -> float:
    # A code that is yes or no counts nothing; and small counts may well be ones and noughts alone.
    is_words = look.yes_no > 0.9 and look.number < 0.5
    return 0.0 if is_words or (look.day > 0.5 and look.number < 0.5) else look.figure


def _names(look: Look) -> float:
    if look.point >= 0.5 or look.address >= 0.5 or look.words > 25 or look.day > 0.6:
        return 0.0
    return look.letters * (0.3 if look.yes_no > 0.9 or look.length < 1.5 else 1.0)


def _titles(look: Look) -> float:
    if max(look.address, look.clock, look.point) > 0.6:
        return 0.0
    # A title may well be one letter, or a day: but then its heading must say so plainly.
    return look.letters * (0.55 if max(look.day, look.yes_no) > 0.6 or look.length < 2.5 else 1.0)


def _notes(look: Look) -> float:
    if max(look.address, look.day, look.clock, look.point) > 0.7:
        return 0.0
    return look.letters * (1.0 if look.words >= 2 else 0.75)


def _kinds(look: Look) -> float:
    longest = _LONGEST_OF_FEW if look.different < _FEW_KINDS else _LONGEST_KIND
    if max(look.address, look.day, look.clock, look.point) > 0.5 or look.length > longest:
        return 0.0
    if look.number > 0.5:
        return 0.7 if len(look.texts) <= 30 and look.high < 1_000 else 0.0
    return 0.5 if look.different > 0.9 and look.filled > 20 else 0.9 if look.yes_no > 0.9 else 1.0


def _countries(look: Look) -> float:
    if look.words > 5 or look.length > 40:
        return 0.0
    is_number = look.number > 0.9 and look.low >= 4 and look.high <= 894
    return 0.6 if is_number else look.letters


def _degrees(look: Look) -> float:
    # Metres of a projection are degrees to be; which one they are of is asked where they are read.
    metres = look.number if max(abs(look.low), abs(look.high)) > 1_000 else 0.0
    return 0.0 if look.point > 0.5 else max(look.degree, 0.8 * metres, 0.7 * look.number)


def _idents(look: Look) -> float:
    # Few that stand twice are mistakes, and are told of as such; many are ids of something else.
    is_own = look.different >= 0.95 and look.ident >= 0.999 and look.length <= 60
    return 1.0 if is_own and look.filled == look.rows else 0.0


_FITS: dict[str, Callable[[Look], float]] = {
    "event_id": _idents,
    "category": _kinds,
    "event_type": _kinds,
    "sub_event_type": _kinds,
    "title": _titles,
    "date_start": _days,
    "date_end": _days,
    "said_on": _days,
    "year": _years,
    "month": lambda look: look.month,
    "day": lambda look: look.day_number,
    "end_year": lambda look: look.year,
    "end_month": lambda look: look.month,
    "end_day": lambda look: look.day_number,
    "clock": lambda look: look.clock,
    "time_precision": lambda look: look.time_precision,
    "geo_precision": lambda look: look.geo_precision,
    "qualifier": lambda look: look.qualifier,
    "lat": _degrees,
    "lon": _degrees,
    # Of links of a map each has a point, or they are links alone.
    "point": lambda look: look.point if not look.address or look.point == 1 else 0.0,
    "country": _countries,
    "notes": _notes,
    "source": lambda look: look.letters,
    "crowd": lambda look: max(look.figure, 0.8),
}
