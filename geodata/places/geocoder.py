"""From a name in a text to the places it may mean, best first. "Not found" is an answer.

A name is found when it is written as a name of the place, or folds to the same as one (`folding.fold`), with or
without the words of its kind ("Oblast", "airport"). What stands around it narrows it: "Paris, Texas", "Chuhuiv, south
of Kharkiv". What is known only to be in a city ("Heldenplatz, Wien") is found as that city, which `Candidate.via` says.
A name that is found nowhere may be that of a well-known quarter, whose city is found in the same way; else it is looked
for once more among near spellings of the names on labels, if no place in any country is called so.
A part of a name never finds anything, and words for a people ("Kenyan") are no places.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from geodata.errors import ChoiceError
from geodata.places import gazetteer as gazetteers
from geodata.places.demonyms import demonyms
from geodata.places.folding import fold
from geodata.places.gazetteer import (
    AREAS,
    FEATURES,
    SETTLEMENTS,
    Gazetteer,
    Match,
    official_name,
    precision_of,
)
from geodata.places.kinds import DISTRICT, FEATURES_OF, REGION, SETTLEMENT, without_kind
from geodata.places.matching import bearing, called_city, cities_with, is_spelled_alike, resembling
from geodata.places.ranking import (
    Scored,
    innermost,
    is_by_code,
    is_large,
    parts_of_cities,
    ranked,
    with_other,
    without_regions,
)
from geodata.places.surroundings import Surroundings, countries_of, part_first, surroundings_in, surroundings_of
from geodata.places.wording import (
    Wording,
    halves,
    is_abbreviation,
    read,
    turned,
    with_direction,
    without_airfield,
    without_house,
    without_part,
    without_quarter,
    without_river,
    written_out,
)

MAX_QUERY = 200
MAX_CANDIDATES = 10
AMBIGUOUS_FROM = 0.7  # of the best score
_MANY, _MANY_FROM = 3, 0.6  # namesakes none of which is as likely, and one of which may well be meant
_JOINER = "\u200c"  # which some write where others have a blank, in Persian
_LEAST_PART = 4  # letters of a name without what stands around it
_UNREAD = 0.7  # what is said to be around is not known: "Paris, Xland"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One place that the name may mean.

    `name` is the name on the day asked for; `lon` and `lat` are degrees, EPSG:4326, None for a country;
    `region` is the first-level division in the bundled boundaries, "" where none is known; `score` is 0-1;
    `precision` is a `geo_precision`: settlement, near, site (airfields), district, region, fuzzy (areas without
    bounds) or country. `via` is the part of the query that is not found itself, but is in or near this place.
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
    via: str = ""


@dataclass(frozen=True, slots=True)
class GeocodeResult:
    """The answer to one name: at most ten candidates, best first, none for an unknown name.

    `ambiguous` when the runner-up has at least 0.7 of the best score, or, where no kind of place is asked for, three
    others 0.6 of one that has not the very name ("Santa Cruz"). `is_told`: the query itself says what the place lies in
    or near ("Paris, Texas"), so that a lesser place of the name is meant too.
    """

    query: str
    ambiguous: bool
    candidates: tuple[Candidate, ...]
    is_told: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return the answer as lists, dicts, texts and numbers, with the keys of the public shape.

        `via` is given only where it says something.
        """
        candidates = [{**asdict(c), "other_names": list(c.other_names)} for c in self.candidates]
        shown = [{key: value for key, value in each.items() if key != "via" or value} for each in candidates]
        return {"query": self.query, "ambiguous": self.ambiguous, "candidates": shown}


def geocode(
    query: str,
    *,
    country: str | None = None,
    region: str | None = None,
    on: date | None = None,
    feature: str | None = None,
    gazetteer: Gazetteer = gazetteers.BUNDLED,
) -> GeocodeResult:
    """Return the places that `query` may mean, best first.

    `country` (ISO alpha-2) keeps that country's places only, as does its name after a comma in the query; so does
    `region`, the name of a region or district, where it is known; `on` is the day whose names are given, today
    without it; `feature`, one of `gazetteer.FEATURES`, puts such places first (words such as "airport" in the query
    do the same). Raises `ChoiceError` for an empty or overlong query, an unknown country or feature.
    """
    name = " ".join(query.split())
    if not name or len(name) > MAX_QUERY:
        seen = "an empty text" if not name else f"a text of {len(name)} characters"
        raise ChoiceError("name", f"Cannot look up {seen}: expected a name of 1 to {MAX_QUERY} characters.")
    if feature is not None and feature not in FEATURES:
        raise ChoiceError("feature", f"Cannot read feature: {feature!r} is none of {', '.join(FEATURES)}.")
    iso = None if country is None else _country(country, gazetteer)
    around = surroundings_in(iso, region, gazetteer)
    asked = _Asked(gazetteer, on or date.today(), feature, around)
    found = _Found() if not around and fold(name) in demonyms() else asked.find(name)
    return GeocodeResult(query, *asked.answer(found), is_told=found.is_told)


@dataclass(frozen=True, slots=True)
class _Found:
    """The places that a name may mean, and what the name asks for; `precision` where it is not that of the place."""

    matches: Sequence[Scored] = ()
    wanted: tuple[str, ...] = ()
    precision: str = ""
    via: str = ""
    is_told: bool = False

    def has(self, features: Sequence[str]) -> bool:
        return any(match.place.feature in features for match in self.matches)

    def near(self, via: str = "") -> _Found:
        return replace(self, precision="near", via=via or self.via)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question: the day, the feature that is wanted, and what all answers lie in."""

    gazetteer: Gazetteer
    day: date
    feature: str | None
    around: tuple[Surroundings, ...] = ()

    def find(self, text: str) -> _Found:
        """What a text means: as one name, else by what is written around the name."""
        text = part_first(text, self.gazetteer, self.around)
        wording = read(text)
        found = self._whole(text) if wording.around else self._name(text, self.around)
        # With what it lies in, a name is no other one of a place elsewhere: "Pueblo, Colorado".
        is_sure = any(m.is_own and m.place.feature != "airfield" for m in found.matches)
        if found.matches and (is_sure or not wording.around):
            return found
        if wording.around:
            # An airfield may be called after the town and the region that it serves, as that town is.
            inside = self._within(wording)
            other = None if inside.is_told and inside.has(SETTLEMENTS) else turned(text)
            if other and not surroundings_of(other.name, self.gazetteer, self.around).is_country:
                nearest = self._within(other)
                is_one = nearest.is_told and (other.is_street or not nearest.via)
                is_finer = not inside.has(AREAS) or nearest.has(SETTLEMENTS)
                inside = nearest if is_one and (is_finer or not inside.is_told) else inside
            is_found = found.matches and (self.feature or not inside.is_told or inside.via)
            return found if is_found else inside
        return self._alone(text, wording)

    def answer(self, found: _Found) -> tuple[bool, tuple[Candidate, ...]]:
        """Whether others are as likely as the best, and the candidates."""
        best = ranked(found.matches, found.wanted, MAX_CANDIDATES)
        candidates = tuple(self._candidate(match, score, found) for match, score in best)
        top = candidates[0].score if candidates else 1.0
        rivals = [candidate.score / top for candidate in candidates[1:]]
        # Santa Cruz de la Sierra has not the very name, and is one of many.
        is_one_of_many = not found.wanted and top < 1 and sum(score >= _MANY_FROM for score in rivals) >= _MANY
        return is_one_of_many or any(score >= AMBIGUOUS_FROM for score in rivals), candidates

    def _whole(self, text: str) -> _Found:
        """The places that bear a name with commas or brackets in it."""
        matches = self._bearing({fold(text)}, {text.casefold()}, self.around)
        return _Found(matches, (self.feature,) if self.feature else ())

    def _name(self, name: str, around: Sequence[Surroundings]) -> _Found:
        """The places that bear a name, with or without the words of its kind."""
        if (spelled := with_direction(name)) and (found := self._name(spelled, around)).matches:
            return found
        bare = without_airfield(name)
        folded = fold(name)
        stripped, kind = without_kind(folded)
        wanted = (self.feature,) if self.feature else ("airfield",) if bare != name else ()
        texts = {folded, fold(bare), fold(name.replace(_JOINER, " "))}
        matches = self._bearing(texts, {name.casefold(), bare.casefold()}, around)
        for other in () if matches else (written_out(name, countries_of(around)), *without_river(name)):
            if other != name and (found := self._name(other, around)).matches:
                return found
        if bare != bare.upper():
            matches = [match for match in matches if not is_by_code(match)]  # "Swat" is not SWAT
        features = FEATURES_OF[kind]
        full = features if kind == SETTLEMENT else AREAS
        fitting = [match for match in matches if match.place.feature in full]
        if matches and (fitting or not kind):
            # "Cook County" is a district by the name of a region.
            fits = features if any(match.place.feature in features for match in fitting) else full
            return _Found(matches, wanted or (fits if kind else ()))
        # "Marib Province": the region before the city; "Mariinka district" is at least around that town.
        whole, matches = matches, self._bearing({stripped}, set(), around)
        fitting = [match for match in matches if match.place.feature in full]
        if kind == REGION:
            # "Moscow region" is the oblast around the city, which is a region too, and so may be the "Ciudad de ...".
            regions = [(without_kind(fold(m.place.name))[1], m) for m in fitting if m.place.feature in features]
            named = [m for own, m in regions if own == REGION] or [m for own, m in regions if own != SETTLEMENT]
            fitting = named or fitting
        fitting = innermost(fitting) if kind == DISTRICT else fitting
        if fitting:
            return _Found(fitting, wanted or features)
        countries = [match for match in matches if match.place.feature == "country"]
        if kind == REGION and countries:
            return _Found(countries, ("country",))  # "Republic of Kazakhstan"
        seats = [match for match in matches if match.place.feature in SETTLEMENTS]
        return _Found(seats, wanted, "district", name) if kind == DISTRICT and seats else _Found(whole, wanted)

    def _alone(self, text: str, wording: Wording) -> _Found:
        """A name with nothing around it that says where it is."""
        if wording.name != text:
            found = self._name(wording.name, self.around)
            if wording.has_house and not without_kind(fold(wording.name))[1]:
                # "Tverskaya, 14" is a street, and no region of that name.
                found = replace(found, matches=[m for m in found.matches if m.place.feature not in AREAS])
            if found.matches:
                return found.near() if wording.is_near else found
        others = (without_part(wording.name), without_house(wording.name) if wording.is_street else wording.name)
        for other in dict.fromkeys(others):
            is_short = len(other) < _LEAST_PART  # "A 14" is a road
            if other != wording.name and not is_short and (found := self._name(other, self.around)).matches:
                return found.near(text)
        quarter = without_quarter(wording.name)
        if quarter != wording.name and (cities := [m for m in self._name(quarter, self.around).matches if is_large(m)]):
            return _Found(cities, SETTLEMENTS, "near", text)  # "Paris 15"
        if cities := cities_with(wording.name, self.gazetteer, self.around):
            return _Found(cities, SETTLEMENTS, "near", text)
        if ends := self._ends(wording.name, self.around):
            return _Found(ends, SETTLEMENTS, "near", text)
        texts = {fold(wording.name), fold(without_airfield(wording.name))}
        return _Found(resembling(self.gazetteer, texts, self.around), (self.feature,) if self.feature else ())

    def _ends(self, name: str, around: Sequence[Surroundings]) -> list[Scored]:
        """What a name of two is near: "Treptow-Köpenick" is around the two, "Karlsruhe-Durlach" is in that city."""
        if not (pair := halves(name)):
            return []
        one, other = (self._name(half, around).matches for half in pair)
        return with_other(one, other)

    def _within(self, wording: Wording) -> _Found:
        """A name in its surroundings, each in those before it."""
        around = list(self.around)
        unread, beyond, is_between = 0, 0, False
        nearest = Surroundings(self.gazetteer, ())
        for text in wording.around:
            its = surroundings_of(text, self.gazetteer, around)
            is_in_area = wording.is_turned and not wording.is_street
            if is_in_area or is_abbreviation(text, wording.name):
                its = its.areas  # "Main Street (JVA)" is in no village that is called so somewhere
            if its.places:
                around.append(nearest := its)
                beyond, is_between = unread, False
            else:
                unread, is_between = unread + (not is_spelled_alike(text, wording.name)), True
        is_in_city = wording.is_street or wording.has_house
        names = (wording.name, without_house(wording.name), without_part(wording.name))
        for name in dict.fromkeys(names):
            found = self._name(name, around)
            if nearest.areas.places and not (is_in_city or wording.is_turned or found.has(SETTLEMENTS)):
                cities = called_city(self.gazetteer, name, self.day, around)
                found = _Found(cities, SETTLEMENTS) if cities else found
            if is_in_city and nearest.settlements:
                # "Central Park" is in New York, and neither a town far off nor what was called so once.
                found = replace(found, matches=parts_of_cities(found.matches, name, nearest.settlements))
            if found.matches:
                # "New York, NY" is in that state, not the state; "Washington, D.C." is that city.
                others = [m for m in found.matches if m.place.feature in SETTLEMENTS or m.place not in nearest.places]
                inside = without_regions(others or found.matches, nearest.places)
                matches = [replace(m, weight=m.weight * _UNREAD**unread) for m in inside]
                found = replace(found, matches=matches, is_told=not unread and len(around) > len(self.around))
                return found.near() if wording.is_near or name != wording.name else found
        # A place that is known elsewhere is not somewhere here, but a street may be called after one.
        namesakes = [] if is_in_city else self._bearing({fold(wording.name)}, set(), self.around)
        elsewhere = any(m.place.feature != "airfield" for m in namesakes)
        # What a district lies in that is not known is the region, and not its city: "Xyz, Popasniansky, Luhansk".
        areas = (place.feature for place in nearest.areas.places)
        is_region = is_between and not is_in_city and any(feature != "district" for feature in areas)
        # Nor is what is somewhere in Mexico by its capital.
        if nearest.settlements and not (elsewhere or is_region or (nearest.is_country and not is_in_city)):
            # A city in what nobody knows may be another one.
            cities = [Scored(i, Match(p, ()), 1.0, weight=_UNREAD**beyond) for i, p in enumerate(nearest.settlements)]
            return _Found(cities, SETTLEMENTS, "settlement" if is_in_city else "near", wording.name, not beyond)
        near = cities_with(wording.name, self.gazetteer, around) or self._ends(wording.name, around)
        return _Found(near, SETTLEMENTS, "near", wording.name, not unread) if near else _Found()

    def _bearing(self, folded: set[str], as_written: set[str], around: Iterable[Surroundings]) -> list[Scored]:
        return bearing(self.gazetteer, folded, as_written, self.day, around)

    def _candidate(self, scored: Scored, score: float, found: _Found) -> Candidate:
        place = scored.place
        names = self.gazetteer.names(place.place_id)
        name = official_name(place, names, self.day)
        precision = precision_of(place.feature)
        return Candidate(
            id=place.place_id,
            name=name,
            lon=place.lon,
            lat=place.lat,
            feature=place.feature,
            country=place.country,
            region=place.region,
            score=score,
            precision=found.precision if found.precision and precision in ("settlement", "site") else precision,
            other_names=tuple(n for n in dict.fromkeys((place.name, *(n.name for n in names))) if n != name),
            via=found.via,
        )


def _country(value: str, gazetteer: Gazetteer) -> str:
    iso = value.upper()
    if len(iso) != 2 or not gazetteer.has(f"iso:{iso}"):
        raise ChoiceError("country", f"Cannot read country: {value!r} is no ISO 3166-1 code of two letters.")
    return iso
