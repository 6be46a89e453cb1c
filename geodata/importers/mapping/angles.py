"""Degrees, minutes, seconds and direction that stand in columns of their own, as one coordinate."""

from __future__ import annotations

import re
from collections.abc import Mapping

from geodata.importers.mapping.looks import Look
from geodata.importers.mapping.names import folded

_PARTS = ("degrees", "minutes", "seconds", "direction")
_WORDS = re.compile(
    r"\b(?:(?P<degrees>deg(?:rees?)?|degres?|grad[oi]?s?|градус\w*)|(?P<minutes>min(?:ute[ns]?|utos?)?|минут\w*)|"
    r"(?P<seconds>sec(?:onds?|ondes?)?|sek(?:unden?)?|seg(?:undos?)?|секунд\w*)|"
    r"(?P<direction>dir(?:ection)?|hem(?:isphere)?|richtung|n s|e w|n or s|e or w))\b"
)
_NUMBER = re.compile(r"\d{1,4}(?:[.,]\d+)?")
_AXES = (("lat", re.compile(r"\blat\w*"), {"N", "S"}), ("lon", re.compile(r"\blon\w*|\blng"), {"E", "W", "O"}))
_DIRECTIONS = frozenset("NSEWO")


def angles_of(looks: Mapping[str, Look]) -> dict[str, tuple[str, ...]]:
    """The headings of the latitude ("lat") and of the longitude ("lon"), each of two to four columns in the order of
    degrees, minutes, seconds and direction. Both, or none: a direction or a heading says which one each is."""
    groups: dict[tuple[str, int], dict[str, str]] = {}
    for heading, look in looks.items():
        base, _, number = heading.removesuffix(")").partition(" (")
        its = int(number) if number.isdecimal() else 0
        text = folded(base if its else heading)
        if (match := _WORDS.search(text)) and (part := match.lastgroup) and _suits(part, look):
            stem = " ".join((text[: match.start()] + text[match.end() :]).split())
            groups.setdefault((stem, its), {}).setdefault(part, heading)
    found: dict[str, tuple[str, ...]] = {}
    for (stem, _), parts in groups.items():
        if {"degrees", "minutes"} <= parts.keys() and (axis := _axis(stem, looks.get(parts.get("direction", "")))):
            found.setdefault(axis, tuple(parts[part] for part in _PARTS if part in parts))
    return found if len(found) == len(_AXES) else {}


def _suits(part: str, look: Look) -> bool:
    if part == "direction":
        return bool(look.texts) and {text[:1].upper() for text in look.texts} <= _DIRECTIONS
    return bool(look.texts) and all(map(_NUMBER.fullmatch, (text.lstrip("-") for text in look.texts)))


def _axis(stem: str, directions: Look | None) -> str:
    for axis, words, letters in _AXES:
        if words.search(stem) or (directions and {text[:1].upper() for text in directions.texts} <= letters):
            return axis
    return ""
