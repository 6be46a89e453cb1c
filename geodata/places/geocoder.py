"""From a name in a text to the places it may mean, best first. "Not found" is an answer.

A name is found when it is written as a name of the place, or folds to the same as one (`folding.fold`).
Only a name that is found nowhere, in no country, is looked for once more among near spellings of the names on
labels. A part of a name never finds anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from geodata.errors import ChoiceError
from geodata.places import gazetteer as gazetteers
from geodata.places.folding import fold
from geodata.places.gazetteer import (
    FEATURES,
    SETTLEMENTS,
    Gazetteer,
    GazetteerName,
    GazetteerPlace,
    Match,
    official_name,
)

MAX_QUERY = 200
MAX_CANDIDATES = 10
AMBIGUOUS_FROM = 0.7  # of the best score
# How sure a kind of match is.
_OFFICIAL = 1.0  # written as the name of that day
_OTHER = 0.95  # written as another name of the place
_FOLDED = 0.9  # only the spelling differs, in case, marks or transliteration
_NEAR = 0.6  # another spelling that resembles it, times the resemblance
_NEAR_FROM = 0.88  # of 1: one letter too many or too few, or one wrong among nine
_NEAR_LETTERS = 7  # shorter names resemble too many others
_NEAR_PEOPLE = 5_000  # some village somewhere resembles almost anything
_OTHER_FEATURE = 0.5  # asked for an airfield, found a town
_OTHER_SETTLEMENT = 0.9  # asked for a town, found a village: the line between them is drawn by population
_UNASKED_AIRFIELD = 0.9  # a name without more is more often a settlement's
# Prominence: a namesake with an eighth of the people is no longer a rival (0.4 + 0.6 / 8 ** 0.35 < 0.7).
# The floor is the smallest settlement that GeoNames lists here; an airfield is as prominent as a small town.
_PROMINENCE_EXPONENT = 0.35
_FEWEST = 500
_AIRFIELD_AS = 5_000
_UNPROMINENT = 0.4  # what is left for the least prominent of the candidates
_PRECISION = {"airfield": "site", "country": "country", "region": "region"}
_AIRFIELD_WORDS = re.compile(
    r"\b((military|international|air ?force|army)\s+)*"
    r"(airport|air ?field|air ?base|aerodrome|air ?strip|base)\b"
    r"|\b(военн\w+\s+)?(аэропорт|аэродром|авиабаз)\w*|\bәуежай\w*|\bәуеайлағ\w*|\b(مطار|قاعدة)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One place that the name may mean.

    `name` is the name on the day asked for; `lon` and `lat` are degrees, EPSG:4326, None for a country;
    `region` is the first-level division in the bundled boundaries, "" where none is known; `score` is 0-1;
    `precision` is a `geo_precision`: settlement, site (airfields), region or country.
    """

    id: str
    name: str
    lon: float | None
    lat: float | None
    feature: str
    country: str
    region: str
    score: float
    precision: str
    other_names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GeocodeResult:
    """The answer to one name: at most ten candidates, best first, none for an unknown name.

    `ambiguous` when the runner-up has at least 0.7 of the best score.
    """

    query: str
    ambiguous: bool
    candidates: tuple[Candidate, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the answer as lists, dicts, texts and numbers, with the keys of the public shape."""
        candidates = [{**asdict(c), "other_names": list(c.other_names)} for c in self.candidates]
        return {"query": self.query, "ambiguous": self.ambiguous, "candidates": candidates}


def geocode(
    query: str,
    *,
    country: str | None = None,
    on: date | None = None,
    feature: str | None = None,
    gazetteer: Gazetteer = gazetteers.BUNDLED,
) -> GeocodeResult:
    """Return the places that `query` may mean, best first.

    `country` (ISO alpha-2) keeps that country's places only, as does its name after a comma in the query;
    `on` is the day whose names are given, today without it; `feature`, one of `gazetteer.FEATURES`, puts such
    places first (words such as "airport" in the query do the same). Raises `ChoiceError` for an empty or
    overlong query, an unknown country or feature.
    """
    name = " ".join(query.split())
    if not name or len(name) > MAX_QUERY:
        seen = "an empty text" if not name else f"a text of {len(name)} characters"
        raise ChoiceError("name", f"Cannot look up {seen}: expected a name of 1 to {MAX_QUERY} characters.")
    if feature is not None and feature not in FEATURES:
        raise ChoiceError("feature", f"Cannot read feature: {feature!r} is none of {', '.join(FEATURES)}.")
    iso = None if country is None else _country(country, gazetteer)
    if iso is None:
        name, iso = _split_country(name, gazetteer)
    bare = _without_airfield_words(name)
    wanted = feature or ("airfield" if bare != name else None)
    day = on or date.today()
    matches = _matches((name, bare), day, gazetteer)
    if iso is not None:
        matches = [match for match in matches if match.place.country == iso]
    best = _ranked(matches, wanted)
    candidates = tuple(_candidate(match.place, score, gazetteer.names_of(match.number), day) for match, score in best)
    ambiguous = len(candidates) > 1 and candidates[1].score >= AMBIGUOUS_FROM * candidates[0].score
    return GeocodeResult(query, ambiguous, candidates)


@dataclass(frozen=True, slots=True)
class _Scored:
    """A place with how sure its match is (0-1), before prominence and feature count."""

    number: int
    match: Match
    sureness: float

    @property
    def place(self) -> GazetteerPlace:
        return self.match.place


def _split_country(name: str, gazetteer: Gazetteer) -> tuple[str, str | None]:
    """Read "Geneva, Switzerland" as Geneva in CH; anything else stays as it is."""
    head, comma, tail = name.rpartition(",")
    if not (comma and head.strip()):
        return name, None
    places = [match.place for match in gazetteer.find([fold(tail)]).values()]
    countries = [place.country for place in places if place.feature == "country"]
    return (head.strip(), countries[0]) if len(countries) == 1 else (name, None)


def _without_airfield_words(name: str) -> str:
    return " ".join(_AIRFIELD_WORDS.sub(" ", name).split()) or name


def _country(value: str, gazetteer: Gazetteer) -> str:
    iso = value.upper()
    if len(iso) != 2 or not gazetteer.has(f"iso:{iso}"):
        raise ChoiceError("country", f"Cannot read country: {value!r} is no ISO 3166-1 code of two letters.")
    return iso


def _matches(written: Iterable[str], day: date, gazetteer: Gazetteer) -> list[_Scored]:
    as_written = {text.casefold() for text in written}
    folded = {fold(text) for text in written} - {""}
    found = gazetteer.find(folded)
    if found:
        return [_Scored(n, match, _sureness(match, as_written, day)) for n, match in found.items()]
    near: dict[str, float] = {}
    for text in folded:
        if len(text) >= _NEAR_LETTERS:
            near |= gazetteer.near(text, _NEAR_FROM)
    return [
        _Scored(n, match, _NEAR * max(near[fold(name.name)] for name in match.names))
        for n, match in gazetteer.find(near).items()
        if match.place.feature == "airfield" or match.place.population >= _NEAR_PEOPLE
    ]


def _sureness(match: Match, as_written: set[str], day: date) -> float:
    same = [name for name in match.names if name.name.casefold() in as_written]
    if not same:
        return _FOLDED
    main = any(name.name == match.place.name or (name.official and name.holds_on(day)) for name in same)
    return _OFFICIAL if main else _OTHER


def _suits(feature: str, wanted: str | None) -> float:
    if wanted is None:
        return _UNASKED_AIRFIELD if feature == "airfield" else 1.0
    if feature == wanted:
        return 1.0
    return _OTHER_SETTLEMENT if feature in SETTLEMENTS and wanted in SETTLEMENTS else _OTHER_FEATURE


def _people(scored: _Scored) -> int:
    return _AIRFIELD_AS if scored.place.feature == "airfield" else max(scored.place.population, _FEWEST)


def _score(scored: _Scored, wanted: str | None, most: int) -> float:
    """Sureness, times fitness of the feature, times prominence among the candidates. Between 0 and 1."""
    prominence: float = min(1.0, _people(scored) / most) ** _PROMINENCE_EXPONENT
    weight = _UNPROMINENT + (1 - _UNPROMINENT) * prominence
    return round(scored.sureness * _suits(scored.place.feature, wanted) * weight, 3)


def _ranked(matches: list[_Scored], wanted: str | None) -> list[tuple[_Scored, float]]:
    """The best matches with their scores, best first."""
    # The most prominent one of what was asked for sets the measure: a city must not dwarf its airfields.
    asked = [m for m in matches if _suits(m.place.feature, wanted) > _OTHER_FEATURE] or matches
    most = max(map(_people, asked), default=1)
    scored = [(match, _score(match, wanted, most)) for match in matches]
    return sorted(scored, key=lambda pair: (-pair[1], pair[0].place.place_id))[:MAX_CANDIDATES]


def _candidate(
    place: GazetteerPlace,
    score: float,
    names: tuple[GazetteerName, ...],
    day: date,
) -> Candidate:
    name = official_name(place, names, day)
    others = [n for n in dict.fromkeys((place.name, *(n.name for n in names))) if n != name]
    return Candidate(
        id=place.place_id,
        name=name,
        lon=place.lon,
        lat=place.lat,
        feature=place.feature,
        country=place.country,
        region=place.region,
        score=score,
        precision=_PRECISION.get(place.feature, "settlement"),
        other_names=tuple(others),
    )
