"""Places of the world and all their names: read-only look-ups in the bundled gazetteer.

Two Parquet files, made by `geodata/build/gazetteer.py` (what from: ORIGIN.csv beside them):

- places.parquet, sorted by `place_id`: one row a place with all its names, the main one first;
- names.parquet, sorted by `folded`: one row a name, `place` being the place's row number in places.parquet and
  `number` that of the name among the place's.

A look-up reads the few groups of rows that can hold the answer and keeps them, so that the next one takes well
below a millisecond; all of it is about 100 MB of memory. Coordinates are (lon, lat) in degrees, EPSG:4326.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from geodata.errors import NothingFound
from geodata.places.folding import fold
from geodata.places.tables import SortedTable

SETTLEMENTS = ("city", "capital", "town", "village")
AREAS = ("region", "district", "area")
_MOST_KEPT = 65_536  # answers, of the last that were asked for
_EARTH_M = 6_371_000.0
FEATURES = (*SETTLEMENTS, "airfield", *AREAS, "country")
_PRECISION = {
    "airfield": "site",
    "country": "country",
    "region": "region",
    "district": "district",
    "area": "fuzzy",
}


def precision_of(feature: str) -> str:
    """How precisely an event is known that is only said to be at such a place: a `geo_precision`."""
    return _PRECISION.get(feature, "settlement")


@dataclass(frozen=True, slots=True)
class GazetteerName:
    """One name of a place as written, and when it was in use (`since` inclusive, `until` exclusive).

    Only an `official` name may stand on a label; the others are there to be found.
    """

    name: str
    since: date | None = None
    until: date | None = None
    official: bool = False

    def holds_on(self, day: date) -> bool:
        """Whether the name was in use on `day`, as far as is known."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True, slots=True)
class GazetteerPlace:
    """One place of the gazetteer.

    `lon` and `lat` are degrees, EPSG:4326, None for a country; `feature` is one of `FEATURES`; `country` is
    ISO 3166-1 alpha-2; `population` is 0 where unknown; `radius_m` is how far off the point may be, 0 where
    that is not known; `source` names where the entry comes from; `region` is the name of the bundled region that
    the place lies in, "" where there is none, and `part_of` the id of that region, of a region's that of its group.
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
    region: str = ""
    part_of: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A place and those of its names that folded to what was asked for."""

    place: GazetteerPlace
    names: tuple[GazetteerName, ...]


def metres_between(a: GazetteerPlace, b: GazetteerPlace) -> float:
    """Return the metres between two places on a sphere, which is near enough here; infinite without points."""
    if a.lon is None or a.lat is None or b.lon is None or b.lat is None:
        return math.inf
    lat, other = math.radians(a.lat), math.radians(b.lat)
    half = math.sin((other - lat) / 2) ** 2
    half += math.cos(lat) * math.cos(other) * math.sin(math.radians(b.lon - a.lon) / 2) ** 2
    return 2 * _EARTH_M * math.asin(math.sqrt(min(1.0, half)))


@dataclass(frozen=True, slots=True)
class _Kept:
    """What has been read so far."""

    places: SortedTable
    names: SortedTable
    # Folded names on labels, by their first letter and their length.
    labels: dict[str, dict[int, list[str]]] = field(default_factory=dict)


class Gazetteer:
    """The gazetteer in `folder`; it opens no file before it is asked something, and keeps what it has read.

    One `Gazetteer` may be used from several threads.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._kept = _Kept(
            SortedTable(folder / "places.parquet", "place_id"), SortedTable(folder / "names.parquet", "folded")
        )
        # A list asks for the same regions and countries over and over.
        self._place = lru_cache(_MOST_KEPT)(self._place_of)
        self._number = lru_cache(_MOST_KEPT)(self._number_of)
        self._bearers = lru_cache(_MOST_KEPT)(self._bearers_of)
        self._match = lru_cache(_MOST_KEPT)(self._match_of)

    def place(self, place_id: str) -> GazetteerPlace:
        """Return the place with this id. Raises `NothingFound` for an unknown one."""
        return self._place(self._number(place_id))

    def has(self, place_id: str) -> bool:
        """Whether there is a place with this id."""
        return any(True for _ in self._kept.places.rows(place_id))

    def names(self, place_id: str) -> tuple[GazetteerName, ...]:
        """Return all names of a place: official ones first, by their first day, then the others by alphabet.

        Raises `NothingFound` for an unknown place.
        """
        return self.names_of(self._number(place_id))

    def name_on(self, place_id: str, day: date) -> str:
        """Return the official name on `day`, in Latin letters; the main name where no dated one is known.

        Raises `NothingFound` for an unknown place.
        """
        return official_name(self.place(place_id), self.names(place_id), day)

    def find(self, folded: Iterable[str]) -> dict[int, Match]:
        """Return the places with a name that folds to one of `folded`, by their row number."""
        found: dict[int, list[int]] = {}
        for text in sorted({text for text in folded if text}):
            for place, number in self._bearers(text):
                found.setdefault(place, []).append(number)
        return {number: self._match(number, tuple(names)) for number, names in sorted(found.items())}

    @cached_property
    def groups(self) -> frozenset[str]:
        """The ids of the groups of bundled regions, as a country's regions are where its provinces are bundled."""
        from pyarrow import compute  # noqa: PLC0415 - not at start-up

        every = self._kept.places.groups("ne:")
        found = (each["part_of"].filter(compute.starts_with(each["place_id"], "ne:")) for each in every)
        return frozenset(text for part_of in found for text in part_of.unique().to_pylist() if text)

    def region_of_code(self, country: str, code: str) -> dict[int, Match]:
        """Return the first-level region of a country (ISO 3166-1 alpha-2) with a code such as "NY", as `find` does.

        Names that fold alike are found together, but codes must be the same: NJ is not NY.
        """
        name = f"{country}-{code}"
        found = self.find([fold(name)]).items()
        return {number: match for number, match in found if any(each.name == name for each in match.names)}

    def names_of(self, number: int) -> tuple[GazetteerName, ...]:
        """Return all names of the place with this row number, in the order of `names`."""
        return tuple(sorted(self._names(number), key=_official_first))

    def near(self, folded: str, similarity: float) -> dict[str, float]:
        """Return the folded names that resemble `folded` by at least `similarity` (0-1), each with how much.

        Only main and official names with the same first letter count: among all the spellings of all places,
        something resembles anything. The measure is Indel (rapidfuzz): a letter too many or too few costs 1/n
        and a wrong one 2/n, where n is the letters of both names together.
        """
        from rapidfuzz import process  # noqa: PLC0415 - not at start-up
        from rapidfuzz.distance import Indel  # noqa: PLC0415 - not at start-up

        length = len(folded)
        # Of two lengths as different as that, the letters too many alone cost more.
        apart = int((1 - similarity) / similarity * length) + 1
        labels = self._labels(folded[0])
        found: dict[str, float] = {}
        for other in range(length - apart, length + apart + 1):
            hits = process.extract(
                folded,
                labels.get(other, []),
                scorer=Indel.normalized_similarity,
                score_cutoff=similarity,
                limit=None,
            )
            found |= {text: score for text, score, _ in hits}
        return found

    def _labels(self, first: str) -> dict[int, list[str]]:
        """The folded main and official names with this first letter, by their length."""
        if first not in self._kept.labels:
            found: dict[int, list[str]] = {}
            for columns in self._kept.names.groups(first):
                for text in columns["folded"].filter(columns["label"]).unique().to_pylist():
                    if text[0] == first:
                        found.setdefault(len(text), []).append(text)
            self._kept.labels[first] = found
        return self._kept.labels[first]

    def _number_of(self, place_id: str) -> int:
        for number in self._kept.places.rows(place_id):
            return number
        raise NothingFound(f"There is no place {place_id!r} in the gazetteer.")

    def _place_of(self, number: int) -> GazetteerPlace:
        columns, at = self._kept.places.row(number)
        lon, lat = columns["lon"][at].as_py(), columns["lat"][at].as_py()  # decimals in the file
        return GazetteerPlace(
            place_id=columns["place_id"][at].as_py(),
            name=columns["names"][at][0].as_py(),
            lon=None if lon is None else float(lon),
            lat=None if lat is None else float(lat),
            feature=columns["feature"][at].as_py(),
            country=columns["country"][at].as_py(),
            population=columns["population"][at].as_py(),
            radius_m=columns["radius_m"][at].as_py(),
            source=columns["source"][at].as_py(),
            region=columns["region"][at].as_py(),
            part_of=columns["part_of"][at].as_py(),
        )

    def _names(self, number: int) -> list[GazetteerName]:
        columns, at = self._kept.places.row(number)
        texts, uses = columns["names"][at].as_py(), _uses(columns, at)
        return [GazetteerName(text, *uses.get(i, ())) for i, text in enumerate(texts)]

    def _bearers_of(self, folded: str) -> tuple[tuple[int, int], ...]:
        """The row numbers of the places with a name that folds so, each with the number of the name."""
        found = (self._kept.names.row(row) for row in self._kept.names.rows(folded))
        return tuple((columns["place"][at].as_py(), columns["number"][at].as_py()) for columns, at in found)

    def _match_of(self, number: int, names: tuple[int, ...]) -> Match:
        columns, at = self._kept.places.row(number)
        texts, uses = columns["names"][at], _uses(columns, at)
        found = (GazetteerName(texts[i].as_py(), *uses.get(i, ())) for i in sorted(names))
        return Match(self._place(number), tuple(found))


BUNDLED = Gazetteer(Path(__file__).parents[1] / "data" / "gazetteer")
"""The gazetteer that comes with the product. It opens no file before it is asked something."""


def official_name(place: GazetteerPlace, names: Iterable[GazetteerName], day: date) -> str:
    """Return the official Latin name of a place on `day`: the dated one that held, else the main name."""
    held = (n for n in names if n.official and (n.since or n.until) and n.holds_on(day))
    return next((n.name for n in held if _is_latin(n.name)), place.name)


def _uses(columns: dict[str, Any], row: int) -> dict[int, tuple[date | None, date | None, bool]]:
    """Since when, until when and whether officially the names of a place are used, by number; few say."""
    uses = columns["uses"][row].as_py() or ()
    return {use["number"]: (use["since"], use["until"], use["official"]) for use in uses}


def _official_first(name: GazetteerName) -> tuple[bool, date, str]:
    return (not name.official, name.since or date.min, name.name)


def _is_latin(text: str) -> bool:
    return next((unicodedata.name(char, "").startswith("LATIN") for char in text if char.isalpha()), True)
