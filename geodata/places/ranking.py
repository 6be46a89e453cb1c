"""Which of several places of one name is meant: how sure the match is, what was asked for, how prominent each is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import permutations

from geodata.places.folding import fold
from geodata.places.gazetteer import AREAS, SETTLEMENTS, GazetteerPlace, Match, metres_between

# Prominence: a namesake with an eighth of the people is no longer a rival (0.4 + 0.6 / 8 ** 0.35 < 0.7).
# The floor is the smallest settlement that GeoNames lists here; an airfield is as prominent as a small town.
_PROMINENCE_EXPONENT = 0.35
_FEWEST = 500
_AIRFIELD_AS = 5_000
# Regions are named less often than cities with as many people; countries are rivals however small.
_REGION_SHARE = 0.1
_COUNTRY_AS = 30_000_000
_SMALL_COUNTRY = 1_000_000  # an island that is called like a city is no rival for being a country
_UNPROMINENT = 0.4  # what is left for the least prominent of the candidates
_OTHER_FEATURE = 0.5  # asked for an airfield, found a town
_OTHER_SETTLEMENT = 0.9  # asked for a town, found a village: the line between them is drawn by population
_OTHER_AREA = 0.6  # asked for a region, found a district: countries count their levels in their own ways
PART_M = 25_000.0
"""How far from a city its quarters are, in metres."""
_CODE = 4  # letters of the code of an airfield
_WITH_QUARTERS = 100_000  # people of a city whose quarters are written behind it
_LARGE = 200_000  # people of a city whose quarters have numbers
_CALLED = 0.85  # with what follows, less than settles anything
_UNASKED_AIRFIELD = 0.9  # a name without more is more often a settlement's
_OUTDONE = 0.6  # a region and the city that it is called after, a country and its capital: one of them is meant
_SEAT_PEOPLE = 50_000  # of them or more, a name is a city's before it is its region's
_SMALL_M = 25_000  # of a region hardly larger than its town, it is the town's
_WELL_KNOWN = 20_000  # people: beside a city of the name itself, what has it as another name is not meant
_CITY_SHARE = 0.15  # of its region's people: New York is New York City
_SAME_M = 15_000.0  # two settlements of one name that lie so close are one
_SERVES_M = 75_000.0  # an airfield that is called after a town is at most so far from it
_STATE_SHARE = 0.5  # of a country's people: a city that is most of it


@dataclass(frozen=True, slots=True)
class Scored:
    """A place with how sure its match is (0-1), before prominence and feature count.

    `is_own`: the name is the place's main one or another spelling of that, not an old or foreign one. `weight` (0-1)
    is what is left of it beside namesakes that are meant before it; a `rival` of a country is as prominent.
    """

    number: int
    match: Match
    sureness: float
    is_own: bool = True
    weight: float = 1.0
    is_rival: bool = False

    @property
    def place(self) -> GazetteerPlace:
        """The place."""
        return self.match.place


def ranked(matches: Sequence[Scored], wanted: Collection[str], most: int) -> list[tuple[Scored, float]]:
    """Return at most `most` of the matches with their scores (0-1), best first.

    `wanted` are the features that were asked for, the most fitting first; empty where nothing was said.
    """
    matches = _outdone([_unasked(m) for m in matches]) if not wanted else _once(matches)
    # The most prominent one of what was asked for sets the measure: a city must not dwarf its airfields.
    full = max((m.weight for m in matches), default=1.0)
    asked = [m for m in matches if m.weight == full and suits(m.place.feature, wanted) > _OTHER_FEATURE] or matches
    top = max((_people(each, wanted) for each in asked), default=1.0)
    scored = [(match, _score(match, wanted, top)) for match in matches]
    return sorted(scored, key=lambda pair: (-pair[1], pair[0].place.place_id))[:most]


def _unasked(scored: Scored) -> Scored:
    """An airfield that nobody asked for, and that is only called so too, is less sure than any place of the name."""
    is_other = scored.place.feature == "airfield" and not any(
        fold(scored.place.name).startswith(fold(name.name)) for name in scored.match.names
    )
    return replace(scored, weight=scored.weight * _CALLED) if is_other else scored


def is_by_code(scored: Scored) -> bool:
    """Whether an airfield is found by its code alone."""
    names = [name.name for name in scored.match.names]
    return scored.place.feature == "airfield" and all(len(name) <= _CODE and name.isupper() for name in names)


def parts_of_cities(found: Iterable[Scored], name: str, cities: Iterable[GazetteerPlace]) -> list[Scored]:
    """Those that are called so themselves, and lie in or by one of the cities."""
    own = (m for m in found if fold(m.place.name).startswith(fold(name)))
    return [m for m in own if any(metres_between(m.place, city) <= PART_M for city in cities)]


def with_other(found: Iterable[Scored], others: Sequence[Scored]) -> list[Scored]:
    """The settlements that a name behind a hyphen belongs to: those that one of `others`, which bear it, lies beside;
    else cities, whose quarters are known to few, unless it is that of an area or of a city elsewhere."""
    ends = [m.place for m in others if m.place.feature in SETTLEMENTS]
    own = [m for m in found if m.place.feature in SETTLEMENTS]
    near = [m for m in own if any(metres_between(m.place, end) <= _SAME_M for end in ends)]
    is_elsewhere = any(m.place.feature in AREAS or m.place.population >= _SEAT_PEOPLE for m in others)
    if near or is_elsewhere:
        return near
    return [m for m in own if m.is_own and m.place.population >= _WITH_QUARTERS]


def without_regions(found: Sequence[Scored], areas: Iterable[GazetteerPlace]) -> Sequence[Scored]:
    """Without first-level regions where a settlement lies in one of the areas: no region lies in another."""
    its = {area.place_id for area in areas}
    is_in_region = any(m.place.feature in SETTLEMENTS and m.place.part_of in its for m in found)
    return [m for m in found if m.place.feature != "region"] if is_in_region else found


def innermost(found: Sequence[Scored]) -> list[Scored]:
    """Without areas that hold another one of them: the district of Gaza is that around the city, not all of Gaza."""
    outer = {m.place.part_of for m in found if m.place.feature in AREAS}
    return [m for m in found if m.place.place_id not in outer]


def is_large(scored: Scored) -> bool:
    """Whether a place is a city whose quarters have numbers."""
    return scored.place.feature in SETTLEMENTS and scored.place.population >= _LARGE


def _once(matches: Sequence[Scored]) -> list[Scored]:
    """Without settlements that are listed twice: Iligan City is Iligan."""
    lost = {
        other.number
        for one, other in permutations(matches, 2)
        if one.place.feature in SETTLEMENTS and other.place.feature in SETTLEMENTS and _loser(one, other) == 1
    }
    return [match for match in matches if match.number not in lost]


def suits(feature: str, wanted: Collection[str]) -> float:
    """How well a feature answers what was asked for: 1 for what was asked for itself."""
    if not wanted:
        return _UNASKED_AIRFIELD if feature == "airfield" else 1.0
    if feature in wanted:
        return 1.0
    if feature in SETTLEMENTS and any(each in SETTLEMENTS for each in wanted):
        return _OTHER_SETTLEMENT
    if feature in AREAS and any(each in AREAS for each in wanted):
        return _OTHER_AREA
    return _OTHER_FEATURE


def _score(scored: Scored, wanted: Collection[str], most: float) -> float:
    """Sureness, times fitness of the feature, times prominence among the candidates. Between 0 and 1."""
    prominence: float = min(1.0, _people(scored, wanted) / most) ** _PROMINENCE_EXPONENT
    weight = _UNPROMINENT + (1 - _UNPROMINENT) * prominence
    return round(scored.sureness * suits(scored.place.feature, wanted) * weight * scored.weight, 3)


def _people(scored: Scored, wanted: Collection[str]) -> float:
    place = scored.place
    if scored.is_rival or (place.feature == "country" and place.population >= _SMALL_COUNTRY):
        return max(place.population, _COUNTRY_AS)
    if place.feature == "airfield":
        return max(place.population if place.feature in wanted else 0, _AIRFIELD_AS)
    return max(place.population * (_REGION_SHARE if place.feature in AREAS else 1), _FEWEST)


def _outdone(matches: Sequence[Scored]) -> list[Scored]:
    """Weigh down what is not meant beside its namesakes: old and foreign names, districts, regions beside the cities
    that they are called after, small towns beside their regions."""
    if len(matches) == 1:
        return list(matches)
    lost = {m.number for m in matches if _serves_an_area(m, matches)}
    districts = {m.number for m in matches if m.place.feature == "district"}
    lost |= districts if len(lost | districts) < len(matches) else set()
    named = (m.place for m in matches if m.is_own and m.number not in lost and m.place.feature != "airfield")
    # How many live in a region is only guessed from its settlements.
    known = [place for place in named if place.population >= _WELL_KNOWN or place.feature == "region"]
    lost |= {m.number for m in matches if not m.is_own and not all(is_part_of(m.place, other) for other in known)}
    # Abidjan, which is spelt like Abyan by some, is not meant by the name of that region.
    for area in (m.place for m in matches if m.place.feature == "region" and m.sureness == 1 and _is_main(m)):
        others = (m for m in matches if m.place.feature in SETTLEMENTS and not is_part_of(m.place, area))
        lost |= {m.number for m in others if fold(m.place.name) != fold(area.name) and not _is_called(m, area.name)}
    lost = lost if len(lost) < len(matches) else set()
    left = [m for m in matches if m.number not in lost]
    rivals: set[int] = set()
    for one, other in permutations(left, 2):
        loser = _loser(one, other)
        if loser is not None:
            lost.add((one, other)[loser].number)
        elif one.place.feature == "country" and other.place.feature == "region":
            rivals |= {one.number, other.number}
    weights = [m.weight * (_OUTDONE if m.number in lost else 1) for m in matches]
    return [replace(m, weight=w, is_rival=m.number in rivals) for m, w in zip(matches, weights, strict=True)]


def _loser(one: Scored, other: Scored) -> int | None:
    """Which of two places, 0 or 1, is not meant by the name of both, None where either may be."""
    outer, inner = one.place, other.place
    if outer.feature in SETTLEMENTS:
        if inner.feature == "airfield":
            # Unless the name is its own and not that of the town: Chkalovsky.
            return 1 if metres_between(outer, inner) <= _SERVES_M and not _is_main(other) else None
        is_less = (inner.population, inner.place_id) < (outer.population, outer.place_id)
        return 1 if is_less and inner.feature in SETTLEMENTS and metres_between(outer, inner) <= _SAME_M else None
    if inner.feature in SETTLEMENTS and is_part_of(inner, outer):
        return 0 if _is_seat(inner, outer) and _is_named(other, one) else 1
    if inner.feature in AREAS and outer.feature == "country":
        # Niger State is not meant by "Niger"; Georgia in the United States has more people than Georgia.
        is_less = inner.country == outer.country or inner.population < outer.population
        return 1 if is_less or other.sureness < one.sureness or not _is_main(other) else None
    return 1 if inner.feature in AREAS and inner.part_of == outer.place_id else None


def _is_named(city: Scored, area: Scored) -> bool:
    """Whether the name is the city's as much as the area's: Bihar is not Bihar Sharif, and Jolo not Sulu."""
    if not city.is_own:
        return city.place.feature == "capital" or not _is_main(area)
    main = fold(city.place.name)
    begins = all(main.startswith(f"{fold(name.name)} ") for name in city.match.names)
    return not begins or city.place.population >= _CITY_SHARE * area.place.population


def _is_main(scored: Scored) -> bool:
    return any(name.name == scored.place.name for name in scored.match.names)


def _serves_an_area(scored: Scored, others: Iterable[Scored]) -> bool:
    """Whether an airfield is only called after an area of the name that it lies in or near."""
    if scored.place.feature != "airfield" or _is_main(scored):
        return False
    areas = (m.place for m in others if m.place.feature in AREAS)
    return any(is_part_of(scored.place, area) or metres_between(scored.place, area) <= _SERVES_M for area in areas)


def _is_called(scored: Scored, text: str) -> bool:
    return any(name.name == text for name in scored.match.names)


def is_part_of(place: GazetteerPlace, area: GazetteerPlace) -> bool:
    """Whether a place lies in a country, in a region or about where that is: Kyiv is the seat of the oblast around."""
    if place.country != area.country or area.feature == "country":
        return place.country == area.country
    return area.place_id in (place.part_of, place.place_id) or metres_between(place, area) <= area.radius_m


def _is_seat(city: GazetteerPlace, area: GazetteerPlace) -> bool:
    if area.feature == "country":
        return city.population >= _STATE_SHARE * area.population
    return city.feature == "capital" or city.population >= _SEAT_PEOPLE or area.radius_m < _SMALL_M
