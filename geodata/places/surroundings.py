"""What a place is said to lie in or near: a country, a region, a city, and which places of a name do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from geodata.places.folding import fold
from geodata.places.gazetteer import AREAS, SETTLEMENTS, Gazetteer, GazetteerPlace, Match, metres_between
from geodata.places.kinds import REGION, SETTLEMENT, without_kind
from geodata.places.ranking import is_part_of
from geodata.places.wording import with_part, written_out

NEAR_M = 100_000.0  # how far from a city a village is that is told by its name
_REACH = 1.5  # times the radius around nine tenths of an area's settlements, for all of them
_LEAST_SHARE = 0.02  # of the people of the most populous settlement of a name: the others are not what one tells by
_CITY_PEOPLE = 50_000  # what is told by beside a region of the same name
# What lists of events name the country of, with codes of their own.
_TERRITORIES = {"US": ("PR", "GU", "VI", "AS", "MP"), "CN": ("HK", "MO"), "IL": ("PS",)}
_CITY_STATE = 0.8  # of the people of a country that is a city
_ABBREVIATING = ("US", "CA", "AU")  # where "IN", "ON" and "NSW" are usual behind a comma


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The places that a name of what is around may mean; empty where it means nothing that is known."""

    gazetteer: Gazetteer
    places: tuple[GazetteerPlace, ...]

    def hold(self, place: GazetteerPlace) -> bool:
        """Whether the place lies in one of the areas or near one of the cities."""
        return any(self._holds(around, place) for around in self.places)

    def _holds(self, around: GazetteerPlace, place: GazetteerPlace) -> bool:
        if around.feature == "country":
            return place.country in (around.country, *_TERRITORIES.get(around.country, ()))
        if around.feature in SETTLEMENTS:
            return metres_between(place, around) <= NEAR_M
        is_in_region = place.part_of.startswith("ne:")
        group = self.gazetteer.place(place.part_of).part_of if is_in_region else ""
        if around.place_id in (place.place_id, place.part_of, group):
            return True
        # Whole regions are in a group or not; what regions do not say is told by the radius.
        is_told = is_in_region and (around.place_id.startswith("ne:") or around.place_id in self.gazetteer.groups)
        return not is_told and not group and metres_between(place, around) <= _REACH * around.radius_m

    @property
    def areas(self) -> Surroundings:
        """The countries, regions and other areas among them."""
        areas = tuple(place for place in self.places if place.feature not in SETTLEMENTS)
        return Surroundings(self.gazetteer, areas)

    @property
    def is_country(self) -> bool:
        """Whether a country is among them that is more than a city of its name: Mexico is, and Hong Kong is not."""
        most = max((place.population for place in self.settlements), default=0)
        return any(place.feature == "country" and most < _CITY_STATE * place.population for place in self.places)

    @property
    def settlements(self) -> tuple[GazetteerPlace, ...]:
        """Those that are settlements."""
        return tuple(place for place in self.places if place.feature in SETTLEMENTS)


def countries_of(around: Iterable[Surroundings]) -> set[str]:
    """The countries (ISO alpha-2) of the places in all of these."""
    found = [{place.country for place in each.places} for each in around]
    return set.intersection(*found) if found else set()


def surroundings_in(country: str | None, region: str | None, gazetteer: Gazetteer) -> tuple[Surroundings, ...]:
    """Return what lies in a country (ISO alpha-2), and in a region where its name is known there; nothing for None."""
    around = () if country is None else (Surroundings(gazetteer, (gazetteer.place(f"iso:{country}"),)),)
    found = surroundings_of(region, gazetteer, around) if region and region.strip() else None
    return (*around, found) if found and found.places else around


def surroundings_of(text: str, gazetteer: Gazetteer, within: Iterable[Surroundings] = ()) -> Surroundings:
    """Return what a country's, region's or city's name or usual abbreviation means, within what lies around it."""
    within = list(within)
    text = written_out(text, countries_of(within))
    folded = fold(text)
    bare, kind = without_kind(folded)
    matches = gazetteer.find([folded])
    if bare != folded:
        found = gazetteer.find([bare])
        areas = {n: match for n, match in found.items() if match.place.feature in AREAS}
        # "Washington region" is no city of the name, which may be far from it; the "Mariupol district" is around one.
        is_city = kind == SETTLEMENT or not (matches or (kind == REGION and areas))
        cities = {n: match for n, match in found.items() if match.place.feature in SETTLEMENTS} if is_city else {}
        matches |= cities if kind == SETTLEMENT else areas | cities
    code = text.replace(".", "").strip()
    if 2 <= len(code) <= 3 and code.isascii() and code.isalpha() and (code.isupper() or text.rstrip().endswith(".")):
        code = code.upper()  # "Ky." is Kentucky
        coded = {n: match for iso in _ABBREVIATING for n, match in gazetteer.region_of_code(iso, code).items()}
        # What is spelt so in some language is not meant: "MI" is Michigan, and no name of the United States.
        matches = coded if _kept(coded.values(), within) else matches
        if gazetteer.has(f"iso:{code}"):
            return Surroundings(gazetteer, (*_kept(matches.values(), within), gazetteer.place(f"iso:{code}")))
    return Surroundings(gazetteer, _kept(matches.values(), within))


def part_first(text: str, gazetteer: Gazetteer, within: Iterable[Surroundings]) -> str:
    """A chain of names with what stands in brackets behind it before it: "Boston, Massachusetts (Tremont Temple)", but
    not "Azaz, north of Aleppo (Syria)"; any other text as it stands."""
    part = with_part(text)
    return ", ".join(part[::-1]) if part and not surroundings_of(part[1], gazetteer, within).areas.places else text


def _kept(matches: Iterable[Match], within: Iterable[Surroundings]) -> tuple[GazetteerPlace, ...]:
    """Those that people tell places by: a village that is called like a country or a city is none of them."""
    found = [match for match in matches if match.place.feature != "airfield"]
    found = [match for match in found if all(around.hold(match.place) for around in within)]
    areas = [match.place for match in found if match.place.feature in ("country", "region")]
    cities = [match for match in found if match.place.feature in SETTLEMENTS]
    if areas:
        return (*areas, *(match.place for match in cities if _is_told_by(match, areas)))
    least = _LEAST_SHARE * max((match.place.population for match in cities), default=0)
    settled = (match.place for match in cities if match.place.population >= least)
    return (*(match.place for match in found if match.place.feature in AREAS), *settled)


def _is_told_by(match: Match, areas: Iterable[GazetteerPlace]) -> bool:
    """Whether a city is what places are told by beside regions of its name: Des Plaines was once called Maine."""
    city = match.place
    if city.feature != "capital" and city.population < _CITY_PEOPLE:
        return False
    is_main = any(name.name == city.name for name in match.names)
    return is_main or any(is_part_of(city, area) for area in areas)
