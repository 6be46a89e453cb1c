"""What named places lie in: which district and region of a row say where a place is, behind a comma."""

from __future__ import annotations

from functools import cache

from geodata.importers.checks.meant import likeliest
from geodata.places.folding import fold
from geodata.places.gazetteer import BUNDLED, SETTLEMENTS
from geodata.places.geocoder import MAX_QUERY, geocode
from geodata.places.kinds import with_kind
from geodata.places.surroundings import Surroundings, surroundings_in, surroundings_of
from geodata.places.wording import read

_WIDE_M = 40_000.0


def is_region(text: str) -> bool:
    """Whether a text is a name of a region."""
    if not text.strip() or len(text) > MAX_QUERY:
        return False
    found = {place.feature for place in surroundings_of(text, BUNDLED).places}
    found |= {candidate.feature for candidate in geocode(text, feature="region").candidates[:3]}
    return bool(found & {"region", "area"})


def is_district(text: str, country: str) -> bool:
    """Whether a text is a name of a district or region in a country (ISO 3166-1 alpha-2)."""
    outer = surroundings_in(country if BUNDLED.has(f"iso:{country}") else None, None, BUNDLED)
    found = surroundings_of(text, BUNDLED, outer) if len(text) <= MAX_QUERY else None
    return found is not None and any(place.feature != "country" for place in found.areas.places)


def is_city_elsewhere(region: str) -> bool:
    """Whether a region is called like a city outside it, as Washington is."""
    found = surroundings_of(region, BUNDLED)
    its = Surroundings(BUNDLED, tuple(place for place in found.places if place.feature in ("region", "area")))
    return bool(its.places) and not all(map(its.hold, found.settlements))


def around(place: str, district: str, region: str, country: str) -> str:
    """The district and region that say where a place is, as "district, region".

    A district is left out that is called like its region, that is not known there and in the country (ISO 3166-1
    alpha-2), or that would hide a place which is found in these without it: a quarter of a town may be called like a
    district.
    """
    if region and not read(place).is_street and (_is_wide(region) or _is_town_elsewhere(region, country)):
        region = with_kind(region, "region")
    its = _district_in(district.strip(), region, country)
    both = ", ".join(filter(None, (its, region)))
    if not its or not place or not (region or country) or _is_found(f"{place}, {both}", country):
        return both
    return region if _is_found(f"{place}, {region}" if region else place, country) else both


@cache
def _is_wide(region: str) -> bool:
    """Whether a region that a city is called after is much more than that: what is in Luhansk may be far from it."""
    found = surroundings_of(region, BUNDLED)
    radii = [place.radius_m for place in found.places if place.feature in ("region", "area")]
    return bool(radii and found.settlements) and min(radii) > _WIDE_M


@cache
def _is_town_elsewhere(region: str, country: str) -> bool:
    """Whether a region's name means a town of its country first that lies outside it: Jawf is a town of Abyan."""
    code = country if BUNDLED.has(f"iso:{country}") else None
    best = likeliest(geocode(region, country=code)) if len(region) <= MAX_QUERY else None
    areas = surroundings_of(region, BUNDLED, surroundings_in(code, None, BUNDLED)).areas
    if best is None or best.feature not in SETTLEMENTS:
        return False
    return bool(areas.places) and not areas.hold(BUNDLED.place(best.id))


def _district_in(district: str, region: str, country: str) -> str:
    """The name of a district as it is looked for in a region and country; "" where it is not known there."""
    if not district or len(district) > MAX_QUERY or fold(district) == fold(region):
        return ""
    outer = surroundings_in(country if BUNDLED.has(f"iso:{country}") else None, region, BUNDLED)
    named = with_kind(district, "district")
    found = surroundings_of(district, BUNDLED, outer).areas.places
    if any(place.feature != "country" for place in found):
        return district if region else named
    return named if surroundings_of(named, BUNDLED, outer).places else ""  # around the town that it is called after


def _is_found(name: str, country: str) -> bool:
    return len(name) <= MAX_QUERY and likeliest(geocode(name, country=country or None)) is not None
