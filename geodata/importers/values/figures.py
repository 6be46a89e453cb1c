"""Figures of people as they are written: numbers, ranges, and words that say how they were meant.

A number is never made up: "several" and "unknown" are none, "more than 100" has no upper end. "Dozens" is at least a
dozen, "hundreds" at least a hundred, as ACLED's codebook has it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from geodata.importers.tables.records import MAX_FIGURE_DIGITS, shown
from geodata.importers.values.answer import Answers, Question, Refusal
from geodata.importers.values.months import plain
from geodata.importers.values.numerals import ascii_digits

_NUMBER = r"\d+(?:[ ,.']\d{3})*(?:\.0+)?"
_WORDS = {
    word: number
    for number, words in enumerate((
        "zero null zero cero ноль нуль", "one ein eine un une uno una один одна", "two zwei deux dos два две дві",
        "three drei trois tres три", "four vier quatre cuatro четыре чотири", "five funf cinq cinco пять пять",
        "six sechs six seis шесть шість", "seven sieben sept siete семь сім", "eight acht huit ocho восемь вісім",
        "nine neun neuf nueve девять девять", "ten zehn dix diez десять десять", "eleven elf onze once",
        "twelve zwolf douze doce двенадцать",
    ))
    for word in words.split()
}  # fmt: skip
_UNKNOWN = frozenset(
    ("na", "n/a", "n.a.", "nan", "null", "none", "none given", "not known", "unknown", "unk", "unclear", "?", "??", "-",
     "--", ".", "x", "tbc", "tbd", "unbekannt", "k.a.", "keine angabe", "inconnu", "non connu", "desconocido", "s/d",
     "неизвестно", "невідомо", "нет данных", "белгісіз", "غير معروف")
)  # fmt: skip
_NUMBERLESS = frozenset(
    ("several", "some", "few", "a few", "many", "multiple", "various", "numerous", "scores", "einige", "mehrere",
     "viele", "plusieurs", "quelques", "beaucoup", "varios", "algunos", "muchos", "несколько", "много", "кілька",
     "багато", "бірнеше", "عدة", "بعض")
)  # fmt: skip
_CROWDS = {
    **dict.fromkeys(("dozens", "dutzende", "des dizaines", "dizaines", "docenas", "decenas", "десятки", "عشرات"), 12),
    **dict.fromkeys(("tens",), 10),
    **dict.fromkeys(("hundreds", "hunderte", "des centaines", "centaines", "cientos", "сотни", "сотні", "мئات"), 100),
    **dict.fromkeys(("thousands", "tausende", "des milliers", "milliers", "miles", "тысячи", "тисячі"), 1000),
}
_AT_LEAST = r"(?:at least|min\.?|minimum|no less than|not less than|mindestens|au moins|al menos|por lo menos|не менее|не менше|кемінде|>=|≥)"
_OVER = r"(?:>|more than|over|above|upwards of|uber|mehr als|plus de|mas de|более|больше|понад|більше)"
_UP_TO = r"(?:<=?|≤|up to|at most|max\.?|less than|under|fewer than|bis zu|hochstens|weniger als|jusqu'a|moins de|hasta|menos de|до|не более|менее)"
_ABOUT = r"(?:~|about|approx\.?|approximately|around|some|nearly|almost|c\.?|ca\.?|circa|etwa|rund|ungefahr|environ|aproximadamente|unos|unas|около|примерно|близько|шамамен)"
_TO = r"(?:-|to|bis|a|à|до|or|oder|ou|und|and)"
_MISSING = re.compile(r"-\s*9{1,4}(\.0+)?")
_SUFFIX = r"(?:\s+(?:people|persons?|killed|dead|deaths|injured|wounded|tote|todesopfer|verletzte|morts|blesses|muertos|heridos|человек|погибших|убитых|раненых|осіб))?"


@dataclass(frozen=True, slots=True)
class Figure:
    """What a figure says: `low` and `high` are its ends, None for an open one, `best` is the number itself; the
    `qualifier` is one of the record's, "" where there is none."""

    low: int | None
    best: int | None
    high: int | None
    qualifier: str = ""


class _NoFigure(ValueError):
    pass


def read_figures(texts: Sequence[str], *, thousands: str = "") -> Answers[Figure]:
    """What the different texts of a column say. `thousands` is the mark between groups of digits, as answered."""
    found: list[Figure | None] = [None] * len(texts)
    refusals: dict[int, Refusal] = {}
    repairs: dict[int, str] = {}
    bare = [plain(ascii_digits(text)) for text in texts]
    question = _question(bare, thousands)
    told = []
    if not question and any(re.search(r"\d[ ,.']\d{3}(?!\d)", text) for text in bare):
        told.append("marks between groups of three digits are read as thousands.")
    for position, text in enumerate(bare):
        try:
            if thousands == "none" and re.fullmatch(r"\d{1,3}([,.]\d{3})+", text):
                raise _NoFigure("its mark is said not to be one of thousands")
            found[position], words = _read(text)
        except _NoFigure as error:
            refusals[position] = Refusal("figure", f"{shown(texts[position])} is not a figure: {error}.")
            continue
        if words:
            repairs[position] = words.format(text=shown(texts[position]))
    return Answers(found, refusals, repairs, tuple(told), question)


def _question(bare: Sequence[str], thousands: str) -> Question | None:
    """Whether a mark stands for thousands in one text and for decimals in another."""
    for mark in ",.":
        grouped = next((text for text in bare if re.fullmatch(rf"\d{{1,3}}(\{mark}\d{{3}})+", text)), "")
        broken = next((text for text in bare if re.fullmatch(rf"\d+\{mark}(\d{{1,2}}|\d{{4,}})", text)), "")
        is_whole = broken and not int(broken.partition(mark)[2])
        if grouped and broken and not is_whole and not thousands:
            words = f'"{mark}" stands for thousands in {grouped}, and for decimals in {broken}. What is {grouped}?'
            number = re.sub(r"\D", "", grouped)
            return Question("thousands", words, ((mark, number), ("none", "no whole number: leave it out")))
    return None


def _read(text: str) -> tuple[Figure | None, str]:  # noqa: PLR0911 (a notation each)
    """The figure of a text, and a sentence where it was read otherwise than it stands. Raises _NoFigure."""
    if not text or text in _UNKNOWN:
        return None, "" if not text else "{text} is no number: nothing is known, which is not 0."
    if _MISSING.fullmatch(text):
        return None, "{text} is a code for missing: nothing is known, which is not 0."
    if text in _NUMBERLESS:
        return None, "{text} has no number: none is made up."
    if text in _CROWDS:
        qualifier = "hundreds" if _CROWDS[text] == 100 else "at least"
        return Figure(_CROWDS[text], None, None, qualifier), f"{{text}} is read as at least {_CROWDS[text]}."
    if text in _WORDS:
        return _exact(_WORDS[text]), "{text} is read as a number."
    if match := re.fullmatch(rf"({_NUMBER}){_SUFFIX}", text):
        return _exact(_number(match[1])), "" if match[1] == text else "only the number of {text} is read."
    if match := re.fullmatch(
        rf"(?:between\s+|zwischen\s+|entre\s+|de\s+|от\s+)?({_NUMBER})\s*{_TO}\s*({_NUMBER}){_SUFFIX}", text
    ):
        low, high = _number(match[1]), _number(match[2])
        if low > high:
            raise _NoFigure("its ends are out of order (expected the lower one first)")
        return Figure(low, None, high), ""
    found: tuple[tuple[str, Callable[[int], Figure]], ...] = (
        (rf"{_AT_LEAST}\s*({_NUMBER})\+?{_SUFFIX}", lambda n: Figure(n, None, None, "at least")),
        (
            rf"({_NUMBER})\s*(?:\+|or more|oder mehr|ou plus|o mas|и более){_SUFFIX}",
            lambda n: Figure(n, None, None, "at least"),
        ),
        (rf"{_OVER}\s*({_NUMBER})\+?{_SUFFIX}", lambda n: Figure(n, None, None, "over")),
        (rf"{_UP_TO}\s*({_NUMBER}){_SUFFIX}", lambda n: Figure(None, None, n)),
        (rf"{_ABOUT}\s*({_NUMBER}){_SUFFIX}", lambda n: Figure(n, n, n, "about")),
    )
    for pattern, figure in found:
        if match := re.fullmatch(pattern, text):
            return figure(_number(match[1])), ""
    raise _NoFigure(_hint(text))


def _exact(number: int) -> Figure:
    return Figure(number, number, number)


def _number(text: str) -> int:
    digits = re.sub(r"\D", "", re.sub(r"\.0+$", "", text) if not re.fullmatch(r"\d{1,3}(\.\d{3})+", text) else text)
    if len(digits) > MAX_FIGURE_DIGITS:
        raise _NoFigure("it has too many digits (expected a number of people)")
    return int(digits)


def _hint(text: str) -> str:
    if re.fullmatch(r"-\s*\d.*", text):
        return "a figure is never negative; leave the cell empty if it is not known"
    if re.fullmatch(r"\d+[.,]\d+", text):
        return "write a whole number"
    return "expected a whole number such as 164, a range such as 6-8, or words such as at least 5"
