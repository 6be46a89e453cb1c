"""Which of the places that the geocoder knows by a name is meant, and which are known without a word more."""

from __future__ import annotations

from geodata.places.folding import fold
from geodata.places.gazetteer import SETTLEMENTS, Gazetteer, GazetteerPlace, metres_between
from geodata.places.geocoder import Candidate, GeocodeResult
from geodata.places.ranking import PART_M

# A name of the place scores more; a spelling that only resembles one, or a town in place of the airport that was
# asked for, scores at most 0.6. See `geocoder`.
_NAMED_FROM = 0.8
# What a bare name settles alone. Among all the places of the world, some village or airfield is called anything:
# "Border", "Station", "Nowhere".
_WIDELY_KNOWN = ("city", "capital", "country")
# Regions too, unless few people live there: "Central" and "North" are regions somewhere.
_WIDELY_KNOWN_AREAS = ("region", "area")
_REGION_PEOPLE = 100_000


def likeliest(answer: GeocodeResult) -> Candidate | None:
    """The one place that bears the name; None for several as likely, or a similar spelling."""
    best = next(iter(answer.candidates), None)
    return None if best is None or answer.ambiguous or best.score < _NAMED_FROM else best


def is_known_area(found: Candidate) -> bool:
    """Whether a place is a region or an area, which may be known without a word more."""
    return found.feature in _WIDELY_KNOWN_AREAS


def has_people(found: Candidate, gazetteer: Gazetteer) -> bool:
    """Whether as many people live in a place as in a region that is known without a word more."""
    return gazetteer.place(found.id).population >= _REGION_PEOPLE


def is_widely_known(found: Candidate, gazetteer: Gazetteer) -> bool:
    """Whether a place is known by its bare name in all the world."""
    return has_people(found, gazetteer) if is_known_area(found) else found.feature in _WIDELY_KNOWN


def quarter_of(city: GazetteerPlace, name: str, answer: GeocodeResult, gazetteer: Gazetteer) -> Candidate | None:
    """The one settlement by or in a city that bears a name itself: a quarter such as Spandau."""
    its = [
        candidate
        for candidate in answer.candidates
        if candidate.feature in SETTLEMENTS
        and candidate.id != city.place_id
        and fold(candidate.name) == fold(name)
        and metres_between(gazetteer.place(candidate.id), city) <= PART_M
    ]
    return its[0] if len(its) == 1 else None
