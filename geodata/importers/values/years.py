"""What is asked of days: their order, and years that none has, or only with two digits; and the days with an answer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from geodata.errors import Question
from geodata.importers.tables.records import shown

IN_1900S, UP_TO_NOW = "1900s", "up to now"
RECENT = 10  # years that are offered; a mapping file may name any other
YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)", re.ASCII)
_NUMBERS = re.compile(r"\d\d?([/-])\d\d?", re.ASCII)
_SHORT_YEAR = re.compile(r"(?<![\d-])(\d\d?)-(\d\d?)-(\d\d)(?![\d-])", re.ASCII)
_OF_1900S = 60  # and more, of two digits
_MANY_MORE = 2  # times
_DOTTED = re.compile(r"\d\d?\. ?\d\d?", re.ASCII)
# Years before 1300 and those of the 1500s to 1700s, but for years of other calendars. A list of long ago has as many,
# and this share, or hardly any others.
_OLD = re.compile(r"(?<!\d)(?:0\d|1[0-2]|1[5-7])\d\d(?!\d)|\d b\.?c", re.ASCII | re.IGNORECASE)
_OF_THREE = re.compile(r"(?<![\d.,:/-])[1-9]\d\d(?=$|[-/]\d\d?[-/]\d\d?$)|(?<=[^\W\d] )[1-9]\d\d$", re.ASCII)
_FEWEST_OLD, _OLD_SHARE, _NEARLY_ALL, _FEWEST = 5, 0.05, 0.8, 3


def are_of_long_ago(texts: Sequence[str]) -> bool:
    """Whether the different texts of a column are days of long ago."""
    count = sum(bool(_OLD.search(text) or _OF_THREE.search(text.strip())) for text in texts)
    return count >= max(min(_FEWEST_OLD, max(_FEWEST, _NEARLY_ALL * len(texts))), _OLD_SHARE * len(texts))


def with_four_digits(text: str) -> str:
    """A day of long ago whose year has three digits, with a 0 before them."""
    return _OF_THREE.sub(lambda found: f"0{found[0]}", text.strip())


def are_last(texts: Sequence[str], this_year: int) -> bool:
    """Whether the last number of days such as 31-12-19 is the year, in the different texts of a column: the first is
    none (as 31 is of the future), or has many more values."""
    found = [match for text in texts if (match := _SHORT_YEAR.match(text.strip()))]
    first, last = ({int(match[group]) for match in found} for group in (1, 3))
    is_first, is_last = (not any(this_year % 100 + 2 < year < _OF_1900S for year in years) for years in (first, last))
    return bool(found) and is_last and not (is_first and _MANY_MORE * len(last) > len(first))


def with_slashes(text: str) -> str:
    """A day such as 31-12-19 as 31/12/19; any other text as it stands."""
    return _SHORT_YEAR.sub(r"\1/\2/\3", text)


def which_century(text: str, late: int, others: Sequence[int], this_year: int) -> Question:
    """Whether a day with a year of two digits is of the 1900s or of `late`, beside the years `others`."""
    words = (
        f"Is {shown(text)} of {late - 100} or of {late}? The other days are of {min(others)} to {max(others)}; "
        "years of two digits do not say."
    )
    return Question(
        "century",
        words,
        (
            (IN_1900S, f"{shown(text)} is of {late - 100}, like all years of two digits of the 1900s"),
            (UP_TO_NOW, f"{shown(text)} is of {late}, as two digits mean no later year than {this_year + 2}"),
        ),
    )


def which_order(example: str, meant: Mapping[str, str], deciding: tuple[list[str], list[str]], others: int) -> Question:
    """Whether the day or the month comes first in `example`, which `meant` says by the answers; `deciding` are texts
    that can only have the one or the other first, `others` how many more are like the example."""
    words = f"Which comes first in {shown(example)}, the day or the month?"
    if all(deciding):
        first, second = (shown(min(texts)) for texts in deciding)
        words += (
            f" The column contradicts itself: {first} can only have the day first, {second} only the month; "
            "the rows with the other order are then rejected."
        )
    else:
        words += f" No date of the column decides it{f'; {others:,} more are like it' if others else ''}."
    choices = tuple((answer, f"the {answer}: {shown(example)} is {said}") for answer, said in meant.items())
    return Question("dates", words, choices)


def which_year(text: str, named: Sequence[int], this_year: int) -> Question:
    """Of which year days are that name none; `named` are those that the file's name has, which are offered first."""
    words = f"Of which year are days such as {shown(text)}? No day of the column names one."
    choices = {str(year): f"{year}, as the file's name says" for year in named}
    recent = (str(year) for year in range(this_year, this_year - RECENT, -1))
    return Question("year", words, (*choices.items(), *((year, year) for year in recent if year not in choices)))


def with_year(text: str, year: str) -> str:
    """A day that names no year, with one behind it, as days of its kind have it."""
    if match := _NUMBERS.fullmatch(text):
        return f"{text}{match[1]}{year}"
    return f"{text}.{year}" if _DOTTED.fullmatch(text) else f"{text} {year}"
