"""Places of the world and all their names: read-only look-ups in the bundled gazetteer.

Two Parquet files, made by `geodata/build/gazetteer.py` from GeoNames, airportsdata and a few curated rows:

- places.parquet, sorted by `place_id`: one row a place;
- names.parquet, sorted by `folded`: one row a name, `place` being the place's row number in places.parquet.

A look-up reads the few row groups that can hold the answer, so nothing is kept in memory between calls and
one `Gazetteer` may be used from several threads. Coordinates are (lon, lat) in degrees, EPSG:4326.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from geodata.errors import NothingFound

SETTLEMENTS = ("city", "capital", "town", "village")
FEATURES = (*SETTLEMENTS, "airfield", "region", "country")
# One letter to Latin, after marks are stripped (so й is и, ё is е, ї is і here already). Russian, Ukrainian,
# Belarusian, Serbian, Macedonian, Kazakh, Kyrgyz, Tajik, Tatar and Bashkir letters; the Kazakh ones end up
# where their usual Latin spellings do (қ, ң, ұ as k, n, u).
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "к": "k",
    "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "iu",
    "я": "ia", "і": "i", "є": "e", "ґ": "g", "ђ": "zh", "ј": "i", "љ": "l", "њ": "n", "ћ": "ch", "џ": "zh",
    "ѕ": "z", "ә": "a", "ғ": "g", "қ": "k", "ң": "n", "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "ҳ": "h",
    "ҷ": "zh", "җ": "zh", "ҡ": "k", "ҙ": "z", "ҫ": "s", "ӏ": "",
}  # fmt: skip
# Latin letters that carry no separable mark.
_LATIN = {
    "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ə": "a", "ħ": "h",
    "ŋ": "n", "q": "k",
}  # fmt: skip
# Arabic letters that are written in two ways for one and the same name (Persian and Urdu forms, final forms).
_ARABIC = {"ی": "ي", "ى": "ي", "ې": "ي", "ے": "ي", "ک": "ك", "گ": "ك", "ة": "ه", "ہ": "ه", "ھ": "ه", "ٱ": "ا"}
_LETTERS = str.maketrans({**_CYRILLIC, **_LATIN, **_ARABIC})
_APOSTROPHES = re.compile(r"['`´‘’‛′ʻʼʽʾʿˈˌ]")
_MARKS = {"Mn", "Me", "Cf", "Lm", "Sk"}
_NOT_A_WORD = re.compile(r"[^\w]+|_+")
_VOWEL = "[aeiou]"
# Spellings of one sound. Each rule shortens the text or removes a letter that no rule writes (y, j), which is
# why repeating them comes to an end.
_SOUNDS = tuple(
    (re.compile(pattern), text)
    for pattern, text in (
        ("shch|sch|shh", "sh"),
        ("tch", "ch"),
        ("kh", "h"),
        ("gh", "g"),
        (rf"(?<={_VOWEL})ja\b", "ia"),  # Moskovskaja as Moskovskaya
        (rf"dzh|dj(?={_VOWEL})|j(?={_VOWEL}|y)", "zh"),  # Dzhambul, Djambul and Jambyl as Zhambyl
        ("j", "i"),  # Chkalovskij as Chkalovskiy
        ("yo|ye", "e"),
        ("y", "i"),
        ("ii+", "i"),  # -skiy as -ski
    )
)


def fold(name: str) -> str:
    """How names are compared: without case, marks, punctuation and the many spellings of one sound.

    Жетыген, Zhetygen, Jetigen and Dzhetygen all fold to "zhetigen"; Алматы and Almaty to "almati";
    Чкаловский, Chkalovskiy, Chkalovskij and Chkalovsky to "chkalovski". Words stay apart by one space,
    hyphens separate words, apostrophes join them. Folding a folded name changes nothing. Other scripts keep
    their own letters.
    """
    while (folded := _fold_once(name)) != name:
        name = folded
    return folded


def _fold_once(name: str) -> str:
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", _APOSTROPHES.sub("", name)).casefold())
    text = "".join(char for char in text if unicodedata.category(char) not in _MARKS).translate(_LETTERS)
    text = " ".join(_NOT_A_WORD.sub(" ", text).split())
    for pattern, sound in _SOUNDS:
        text = pattern.sub(sound, text)
    return text


@dataclass(frozen=True, slots=True)
class GazetteerName:
    """One name of a place as written, and when it was in use (`since` inclusive, `until` exclusive).

    Only an `official` name may stand on a label; the others are there to be found.
    """

    name: str
    since: date | None
    until: date | None
    official: bool

    def holds_on(self, day: date) -> bool:
        """Whether the name was in use on `day`, as far as is known."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class GazetteerPlace:
    """One place of the gazetteer.

    `lon` and `lat` are degrees, EPSG:4326, None for a country; `feature` is one of `FEATURES`; `country` is
    ISO 3166-1 alpha-2; `population` is 0 where unknown; `radius_m` is how far off the point may be, 0 where
    that is not known; `source` names where the entry comes from.
    """

    place_id: str
    name: str
    lon: float | None
    lat: float | None
    feature: str
    country: str
    population: int
    radius_m: float
    source: str


@dataclass(frozen=True, slots=True)
class Match:
    """A place and those of its names that folded to what was asked for."""

    place: GazetteerPlace
    names: tuple[GazetteerName, ...]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The gazetteer in `folder`: places.parquet and names.parquet, opened when a question is asked."""

    folder: Path

    def place(self, place_id: str) -> GazetteerPlace:
        """Return the place with this id. Raises `NothingFound` for an unknown one."""
        return _place(self._row(place_id))

    def has(self, place_id: str) -> bool:
        """Whether there is a place with this id."""
        return bool(self._rows("places", "place_id", [place_id]))

    def names(self, place_id: str) -> tuple[GazetteerName, ...]:
        """Return all names of a place: official ones first, by their first day, then the others by alphabet.

        Raises `NothingFound` for an unknown place.
        """
        number = self._row(place_id)["place"]
        return self.names_of([number])[number]

    def name_on(self, place_id: str, day: date) -> str:
        """Return the official name on `day`, in Latin letters; the main name where no dated one is known.

        Raises `NothingFound` for an unknown place.
        """
        return official_name(self.place(place_id), self.names(place_id), day)

    def find(self, folded: Iterable[str]) -> dict[int, Match]:
        """Return the places with a name that folds to one of `folded`, by their row number."""
        return self._matches("folded", sorted({text for text in folded if text}))

    def names_of(self, numbers: Iterable[int]) -> dict[int, tuple[GazetteerName, ...]]:
        """Return all names of the places with these row numbers, in the order of `names`."""
        matches = self._matches("place", sorted(set(numbers)))
        return {number: tuple(sorted(match.names, key=_official_first)) for number, match in matches.items()}

    def near(self, folded: str, similarity: float) -> dict[str, float]:
        """Return the folded names that resemble `folded` by at least `similarity` (0-1), each with how much.

        Only main and official names with the same first letter count: among all the spellings of all places,
        something resembles anything. The measure is Indel (rapidfuzz): a letter too many or too few costs 1/n
        and a wrong one 2/n, where n is the letters of both names together.
        """
        from rapidfuzz import process  # noqa: PLC0415 - not at start-up
        from rapidfuzz.distance import Indel  # noqa: PLC0415 - not at start-up

        first = folded[0]
        where = [("folded", ">=", first), ("folded", "<", chr(ord(first) + 1))]
        rows = self._table("names", where, ["folded", "name", "official"]).to_pylist()
        choices = {row["folded"] for row in rows if row["name"] is None or row["official"]}
        hits = process.extract(
            folded, sorted(choices), scorer=Indel.normalized_similarity, score_cutoff=similarity, limit=None
        )
        return {text: score for text, score, _ in hits}

    def _row(self, place_id: str) -> dict[str, Any]:
        rows = self._rows("places", "place_id", [place_id])
        if not rows:
            raise NothingFound(f"There is no place {place_id!r} in the gazetteer.")
        return rows[0]

    def _matches(self, column: str, values: Sequence[str] | Sequence[int]) -> dict[int, Match]:
        names: dict[int, list[dict[str, Any]]] = {}
        for row in self._rows("names", column, values):
            names.setdefault(row["place"], []).append(row)
        matches = {}
        for row in self._rows("places", "place", sorted(names)):
            place = _place(row)
            matches[row["place"]] = Match(
                place,
                tuple(
                    # names.parquet leaves out what places.parquet has: null is the main name.
                    GazetteerName(name["name"] or place.name, name["since"], name["until"], name["official"])
                    for name in names[row["place"]]
                ),
            )
        return matches

    def _rows(self, table: str, column: str, values: Sequence[str] | Sequence[int]) -> list[dict[str, Any]]:
        if not values:
            return []
        rows: list[dict[str, Any]] = self._table(table, [(column, "in", values)]).to_pylist()
        return rows

    def _table(self, table: str, where: list[tuple[str, str, Any]], columns: list[str] | None = None) -> Any:
        from pyarrow import parquet  # noqa: PLC0415 - not at start-up

        # The filter skips the row groups whose least and greatest value rule them out.
        return parquet.read_table(self.folder / f"{table}.parquet", filters=where, columns=columns)


BUNDLED = Gazetteer(Path(__file__).parents[1] / "data" / "gazetteer")
"""The gazetteer that comes with the product. It opens no file before it is asked something."""


def official_name(place: GazetteerPlace, names: Iterable[GazetteerName], day: date) -> str:
    """Return the official Latin name of a place on `day`: the dated one that held, else the main name."""
    held = (n for n in names if n.official and (n.since or n.until) and n.holds_on(day))
    return next((n.name for n in held if _is_latin(n.name)), place.name)


def _place(row: dict[str, Any]) -> GazetteerPlace:
    values = {field.name: row[field.name] for field in fields(GazetteerPlace)}
    # Decimals in the file.
    degrees = {key: None if row[key] is None else float(row[key]) for key in ("lon", "lat")}
    return GazetteerPlace(**{**values, **degrees})


def _official_first(name: GazetteerName) -> tuple[bool, date, str]:
    return (not name.official, name.since or date.min, name.name)


def _is_latin(text: str) -> bool:
    return next((unicodedata.name(char, "").startswith("LATIN") for char in text if char.isalpha()), True)
