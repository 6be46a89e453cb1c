"""What a heading may mean by its words: in eight languages, in common spellings, in those of public lists of events."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from geodata.record.model import MEASURES

# German puts the thing last into one word, whatever stands before it.
_ENDINGS = (
    ("datum", "date_start"), ("thema", "title"), ("titel", "title"), ("sort", "site"), ("tort", "site"),
    ("quelle", "source"), ("beschreibung", "notes"), ("strasse", "venue"), ("anmelder", "actors"),
    ("veranstalter", "actors"), ("uhrzeit", "clock"), ("teilnehmer", "crowd"), ("teilnehmerzahl", "crowd"),
    ("breitengrad", "lat"), ("langengrad", "lon"), ("kategorie", "category"),
)  # fmt: skip
_DEGREES = {
    "latitude": "lat", "lat": "lat", "longitude": "lon", "lon": "lon", "lng": "lon", "long": "lon",
    "altitude": "skip", "precision": "skip",
}  # fmt: skip
_LETTERS = {"y": [("year", 0.5, 0)], "m": [("month", 0.5, 0)], "d": [("day", 0.5, 0)]}
# Letters that are typed in several ways, and those with a stroke, which is no mark on them.
_SAME = str.maketrans({"ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ـ": None, "ı": "i", "đ": "d", "ł": "l", "ø": "o"})
_CAMEL = re.compile(r"(?<=[a-zа-яё0-9])(?=[A-ZА-ЯЁ])|(?<=[A-ZА-ЯЁ])(?=[A-ZА-ЯЁ][a-zа-яё])")
_DIGITS = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
_HYPHEN = re.compile(r"(?<=\w)-\s*\n\s*")
_BRACKETS = re.compile(r"[(\[{].*?[)\]}]")
_SEGMENTS = re.compile(r"\s*(?:[/|\n]|::|\s[-–—]\s)\s*")
# "Lat/Long of Location"
_POINT_OF = re.compile(r"(.*?)\b(?:lat|latitude) (?:and )?(?:long?|lng|longitude)\b(?: of)?(.*)")
_NEAR = 90  # of 100: one letter in ten may differ
MAX_HEADING = 200
DATA = Path(__file__).parents[2] / "data" / "headings"
"""The folder of the table of words. Source and date: ORIGIN.csv in it."""
# Rows of the table that are words in a heading, and no meaning of one: such as change nothing, the ends of a range,
# and some of the people, whose figure is none of all of them.
_CASUALTIES = ("casualty", "casualties")  # of which killed and injured are the two kinds, and no other people
_COARSE = {"admin1", "country"}
_PLACES, _KIND = {"site", "city", "venue", "admin1", "admin2"}, {"type", "kind", "category", "art", "tipo", "typ"}
_WORDS = ("neutral", "lowest", "highest", "some")


@dataclass(frozen=True, slots=True)
class Hit:
    """That a heading may have a meaning: one of our columns, or one of those that the table of words has beside them.

    `strength` is from 0 to 1; `rank` is where the word stands in the table, the earlier the better; `number` is that of
    a series (source_2), 0 without one; `rest` are the words that say which one (origin in origin_lat). `is_part` tells
    that a figure may be of some of the people only: police injured, suspects killed.
    """

    meaning: str
    strength: float
    rank: int
    number: int = 0
    rest: tuple[str, ...] = ()
    is_part: bool = False


def folded(text: str) -> str:
    """A heading in small letters without marks, its words apart: "GPS-Länge (°)" as "gps lange"."""
    text = _HYPHEN.sub("", text[:MAX_HEADING])
    text = _DIGITS.sub(" ", _CAMEL.sub(" ", unicodedata.normalize("NFKC", text)))
    text = unicodedata.normalize("NFKD", text.casefold()).translate(_SAME)
    text = "".join(char for char in text if unicodedata.category(char) not in ("Mn", "Cf"))
    words = re.sub(r"[\W_]+", " ", text.replace("№", " nr ")).split()
    return " ".join(word[2:] if word.startswith("ال") and len(word) > 4 else word for word in words)


def hits_of(heading: str) -> dict[str, Hit]:
    """The meanings that a heading may have, the strongest hit of each; none for a heading that says nothing."""
    found: dict[str, Hit] = {}
    heading = _HYPHEN.sub("", heading[:MAX_HEADING])
    if ends := [hit for hit in _figures(folded(heading)) if hit.meaning.endswith(("_low", "_high"))]:
        return {hit.meaning: hit for hit in ends}  # without its brackets, "deaths (min)" would be all of them
    spellings = [(heading, 1.0)]
    without = _BRACKETS.sub(" ", heading)
    is_skipped = any(hit.meaning == "skip" for hit in _exact(folded(heading)))  # as "date (E.C.)" is for its brackets
    if without.strip() and without != heading and not is_skipped:
        spellings.append((without, 1.0))
    parts = [part for part in _SEGMENTS.split(without) if part]
    if len(parts) > 1:
        # The last is a form's question, whose groups stand before it.
        spellings += [(part, 0.97 if part is parts[-1] else 0.95) for part in parts]
    for spelling, weight in spellings:
        for hit in _hits(folded(spelling)):
            strength = hit.strength * weight
            if hit.meaning not in found or strength > found[hit.meaning].strength:
                found[hit.meaning] = Hit(hit.meaning, strength, hit.rank, hit.number, hit.rest, hit.is_part)
    if any(_KIND & set(hit.rest) for meaning, hit in found.items() if meaning in _PLACES):
        # "Type of Facility" is the kind of a place, and of no event.
        found = {meaning: hit for meaning, hit in found.items() if meaning not in {*_PLACES, "event_type", "category"}}
    if found.keys() >= {"lat", "lon"} and "point" not in found and (of := _POINT_OF.fullmatch(folded(without))):
        rest = tuple((of[1] + of[2]).split())
        found["point"] = Hit("point", 0.95 - 0.05 * len(rest), 0, rest=rest)
    if "city" in found:
        # "City/State" has a city in each cell; a group of a form is called "location", and no city.
        found = {meaning: hit for meaning, hit in found.items() if meaning not in _COARSE or hit.strength >= 1}
    return found


def _hits(text: str) -> list[Hit]:
    if not text:
        return []
    for spelling in dict.fromkeys((text, re.sub("([aou])e", r"\1", text))):
        if hits := _exact(spelling):
            return hits
    figures = _figures(text)
    if any(hit.strength > 0.7 for hit in figures):
        return figures
    return _degrees(text) or [*figures, *_within(text)] or _ending(text) or _near(text)


def day_parts_of(heading: str) -> Iterator[tuple[str, str]]:
    """The parts of a day ("year", "month", "day") whose word, or first letter, a heading ends or begins with, each with
    the rest of the heading, "…" where the word stood."""
    text = folded(heading).replace(" ", "")
    for phrase, meanings in (*_table().items(), *_LETTERS.items()):
        for part in [meaning for meaning, _, _ in meanings if meaning in ("year", "month", "day")]:
            if text.endswith(phrase) and text != phrase:
                yield part, f"{text.removesuffix(phrase)}…"
            elif len(phrase) > 1 and text.startswith(phrase) and text != phrase:
                yield part, f"…{text.removeprefix(phrase)}"


def _exact(text: str, number: int = 0) -> list[Hit]:
    if found := _table().get(text):
        return [Hit(meaning, strength, rank, number) for meaning, strength, rank in found]
    base, _, last = text.rpartition(" ")
    return _exact(base, int(last)) if base and last.isdecimal() and len(last) < 4 and not number else []


def _figures(text: str) -> list[Hit]:
    """Measures with the words around them: whose figure it is, and which end of a range."""
    words = text.split()
    lowest, highest = _words()["lowest"], _words()["highest"]
    ends = {word: "_low" if word in lowest else "_high" for word in words if word in lowest | highest}
    if len(set(ends.values())) > 1:
        return []
    left = [word for word in words if word not in ends]
    hits = []
    for phrase, start, stop in _phrases(left):
        for meaning, strength, rank in _table()[phrase]:
            if meaning not in MEASURES and not (meaning in ("crowd", "victims") and ends):
                continue
            rest = [w for w in left[:start] + left[stop:] if w not in _words()["neutral"] and w not in _CASUALTIES]
            unknown = [word for word in rest if word not in _words()["some"] and not word.isdecimal()]
            weight = 0.98 if not rest else 0.75 if not unknown else 0.5
            name = meaning if meaning == "crowd" else meaning + next(iter(ends.values()), "")
            hits.append(Hit(name, strength * weight, rank, 0, tuple(rest), bool(rest)))
    return hits


def _degrees(text: str) -> list[Hit]:
    """Latitude and longitude of something: the words before say of what."""
    words = text.split()
    for at in (-1, 0):
        if meaning := _DEGREES.get(words[at]) if len(words) > 1 else None:
            rest = tuple(words[:-1] if at else words[1:])
            return [Hit(meaning, 0.9, 0, 0, rest)]
    return []


def _within(text: str) -> list[Hit]:
    """What stands in a longer heading, but for measures; the more of it is something else, the weaker."""
    words = [word for word in text.split() if not word.isdecimal()]
    found = []
    for phrase, start, stop in _phrases(words):
        rest = [word for word in words[:start] + words[stop:] if word not in _words()["neutral"]]
        weight = 0.5 + 0.45 * (stop - start) / (stop - start + len(rest))
        found += [
            Hit(meaning, strength * weight, rank, 0, tuple(rest))
            for meaning, strength, rank in _table()[phrase]
            if strength > 0.6 and meaning not in (*MEASURES, "victims")
        ]
    return found


def _phrases(words: list[str]) -> list[tuple[str, int, int]]:
    """The phrases of the table in a heading, the longest first, none within another, with where they start and stop."""
    found: list[tuple[str, int, int]] = []
    for length in range(min(len(words), 6), 0, -1):
        for start in range(len(words) - length + 1):
            phrase = " ".join(words[start : start + length])
            is_apart = all(stop <= start or begin >= start + length for _, begin, stop in found)
            if (
                len(phrase) > 2
                and phrase in _table()
                and is_apart
                and (length > 1 or phrase not in _words()["neutral"])
            ):
                found.append((phrase, start, start + length))
    return found


def _ending(text: str) -> list[Hit]:
    *before, last = text.split()
    if last == "id" and before:
        return [Hit("event_id", 0.75, 9_000)]
    for ending, meaning in _ENDINGS:
        if last.endswith(ending) and len(last) >= len(ending) + 3 and not last.endswith(("transport", "passport")):
            return [Hit(meaning, 0.85, 9_000)]
    return []


def _near(text: str) -> list[Hit]:
    from rapidfuzz import fuzz, process  # noqa: PLC0415 (only a heading that no table has needs it)

    if len(text) < 6:
        return []
    found = process.extractOne(text, _table().keys(), scorer=fuzz.ratio, score_cutoff=_NEAR)
    return [Hit(hit.meaning, hit.strength * 0.85, hit.rank) for hit in _exact(found[0])] if found else []


@cache
def _table() -> dict[str, list[tuple[str, float, int]]]:
    """The meanings of each phrase, folded, with their strength and rank."""
    table: dict[str, list[tuple[str, float, int]]] = {}
    rank = 0
    for row in _rows():
        for word in row["words"].split("|") if row["meaning"] not in _WORDS else ():
            rank += 1
            meanings = table.setdefault(folded(word), [])
            if row["meaning"] not in [meaning for meaning, _, _ in meanings]:
                meanings.append((row["meaning"], int(row["strength"]) / 10, rank))
    return table


@cache
def _words() -> dict[str, frozenset[str]]:
    return {row["meaning"]: frozenset(row["words"].split("|")) for row in _rows() if row["meaning"] in _WORDS}


def _rows() -> list[dict[str, str]]:
    with (DATA / "words.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
