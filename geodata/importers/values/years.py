"""Years that no day of a column has, or only with two digits: what is asked, and the days with the answer in them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geodata.errors import Question
from geodata.importers.tables.records import shown

IN_1900S, UP_TO_NOW = "1900s", "up to now"
RECENT = 10  # years that are offered; a mapping file may name any other
YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)", re.ASCII)
_NUMBERS = re.compile(r"\d\d?([/-])\d\d?", re.ASCII)
_DOTTED = re.compile(r"\d\d?\. ?\d\d?", re.ASCII)


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
