"""One coordinate as people write it: decimal degrees, degrees with minutes and seconds, with a letter or a word."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from geodata.importers.values.words.folding import any_of, folded, listed

Axis = Literal["lon", "lat"]
# The letter O is east in German and Russian Latin (Ost) and west in French, Spanish and Italian (ouest): asked for.
EAST_OR_WEST = "o"

_SIGNS = str.maketrans(
    {**dict.fromkeys("º˚⁰∘", "°"), **dict.fromkeys("″“”ʺ〃", '"'), "٫": ".", "٬": "'", "\u2009": " ", "−": "-"}
)
_LETTERS = {
    "n": "north|nord|norte|northern|с.ш.|с. ш.|с.ш|северной широты|пн.ш.|пн. ш.|пн.ш|північної широти|شمالا|شمال|с.е.",
    "s": "south|süd|sud|sur|southern|ю.ш.|ю. ш.|ю.ш|южной широты|пд.ш.|пд. ш.|пд.ш|південної широти|جنوبا|جنوب|о.е.",
    "e": "east|ost|est|este|eastern|в.д.|в. д.|в.д|восточной долготы|сх.д.|сх. д.|сх.д|східної довготи|شرقا|شرق|ш.б.",
    "w": "west|ouest|oeste|western|з.д.|з. д.|з.д|западной долготы|зх.д.|зх. д.|зх.д|західної довготи|غربا|غرب|б.б.",
    "°": "deg|degrees|degree|grad|градусов|град.",
    "'": "min|minutes|мин|мин.",
    '"': "sec|seconds|сек|сек.",
}
_NUMBER = r"\d{1,9}(?:[.,]\d{1,30})?"
_ANGLE = re.compile(
    rf"(?P<before>[nsewo])? ?(?P<sign>[+-])? ?(?P<d>{_NUMBER}) ?(?P<mark>°)?"
    rf"(?: ?(?P<between>[ :'-])? ?(?P<m>\d\d?(?:[.,]\d{{1,30}})?)(?!\d) ?'?"
    rf"(?:[ :'-]? ?(?P<s>\d\d?(?:[.,]\d{{1,30}})?)(?![\ds]) ?(?:\"|'')?)?)?"
    r" ?(?P<after>[nsewo])?\.?"
)
_SCIENTIFIC = re.compile(r"[+-]?\d{1,20}(?:\.\d{1,30})?e[+-]?\d{1,3}")
_EXPECTED = "expected degrees such as 43.25 or 43°15'N"


class NoDegrees(ValueError):
    """A text that is no coordinate; `rule` is its short name, the message what comes behind the text."""

    def __init__(self, rule: str, why: str) -> None:
        super().__init__(why)
        self.rule = rule


@dataclass(frozen=True, slots=True)
class Angle:
    """Degrees as a text has them, and the letter of a direction: n, s, e, w, `EAST_OR_WEST` or none.

    `degrees` are not yet negative where `letter` says south or west. `is_plain` is False with minutes or a letter.
    """

    degrees: float
    letter: str
    is_plain: bool

    def on(self, axis: Axis, meaning: str = "") -> float:
        """The degrees as a longitude or a latitude, in range. `meaning` is that of the letter O. Raises `NoDegrees`."""
        letter = meaning if meaning and self.letter == EAST_OR_WEST else self.letter
        if letter and letter not in ("ewo" if axis == "lon" else "ns"):
            name, expected = ("longitude", "E or W") if axis == "lon" else ("latitude", "N or S")
            raise NoDegrees("degrees-letter", f"is no {name} (expected {expected}, not {letter.upper()})")
        if letter == EAST_OR_WEST:
            why = "may lie in the east (Ost) or in the west (ouest, oeste): expected E or W in place of O"
            raise NoDegrees("degrees-letter", why)
        return in_range(-self.degrees if letter in ("s", "w") else self.degrees, axis)


def in_range(degrees: float, axis: Axis) -> float:
    """Degrees as they are; a longitude from 180 to 360 counted from -180 to 180. Raises `NoDegrees` for others."""
    if axis == "lat":
        if not -90 <= degrees <= 90:
            raise NoDegrees("degrees-range", "is out of range (expected a latitude from -90 to 90 degrees)")
        return degrees
    if not -180 <= degrees <= 360:
        raise NoDegrees("degrees-range", "is out of range (expected a longitude from -180 to 180 degrees)")
    return degrees - 360 if degrees > 180 else degrees


def plain(text: str) -> str:
    """A text of coordinates for `read_angle`: folded, with letters for words of directions and signs for units."""
    letters, pattern = _words()
    cell = folded(text.translate(_SIGNS))
    return cell if cell.isascii() and not cell.islower() else pattern.sub(lambda found: letters[found.group()], cell)


@cache
def _words() -> tuple[dict[str, str], re.Pattern[str]]:
    letters = listed(_LETTERS)
    # Numbers may touch the words: 33deg20min.
    return letters, re.compile(any_of(letters).replace(r"\w", r"[^\W\d]"))


def read_angle(cell: str) -> Angle:
    """The degrees that a `plain` text says. Raises `NoDegrees`."""
    if _SCIENTIFIC.fullmatch(cell):
        return Angle(float(cell), "", True)
    match = _ANGLE.fullmatch(cell) if len(cell) <= 80 else None
    if not match:
        raise NoDegrees("degrees", f"is not a coordinate ({_EXPECTED})")
    before, after, has_minutes = match["before"] or "", match["after"] or "", match["m"] is not None
    letter = before or after
    if before and after:
        raise NoDegrees("degrees", f"has two letters of a direction ({_EXPECTED})")
    if letter and match["sign"] == "-":
        raise NoDegrees("degrees-letter", f"has a minus and the letter {letter.upper()} (expected one of them)")
    degrees = _decimal(match["d"])
    if has_minutes:
        # Bare numbers with a blank between may be anything.
        is_marked = bool(letter or match["mark"] or match["between"] == ":")
        minutes, seconds = _decimal(match["m"]), _decimal(match["s"] or "0")
        if not is_marked or not match["d"].isdigit() or (match["s"] and not match["m"].isdigit()):
            raise NoDegrees("degrees", f"is not a coordinate ({_EXPECTED})")
        if minutes >= 60 or seconds >= 60:
            raise NoDegrees("degrees", "is not a coordinate (expected minutes and seconds below 60)")
        degrees += minutes / 60 + seconds / 3600
    is_plain = not (has_minutes or letter or match["mark"])
    return Angle(-degrees if match["sign"] == "-" else degrees, letter, is_plain)


def meaning_of_o(angles: Iterable[Angle]) -> tuple[str, list[str]]:
    """What O means in a column, east or west by the letter beside it, and a sentence on it; "" if none decides."""
    letters = {angle.letter for angle in angles}
    if EAST_OR_WEST not in letters or len({"e", "w"} & letters) != 1:
        return "", []
    meaning = "e" if "w" in letters else "w"
    words = {"e": "east (Ost), as W stands for west", "w": "west (ouest, oeste), as E stands for east"}
    return meaning, [f"The letter O is {words[meaning]}."]


def _decimal(number: str) -> float:
    return float(number.replace(",", "."))
