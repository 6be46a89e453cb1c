"""Addresses as services of maps write them: "Rua A, 5 - Centro, Recife - PE, 50030-150"."""

from __future__ import annotations

import re

from geodata.places.folding import fold
from geodata.places.kinds import with_kind

_POSTAL = re.compile(r",\s*\d{4,5}(?:-\d{3})?$|,\s*\d{5}-?$", re.ASCII)
_STATE = re.compile(r"(?<=[-–] )(?:state of|estado d[eo]|provincia d[ei]|province of)\s+", re.IGNORECASE)


def without_codes(address: str) -> str:
    """An address without the postal code at its end, and without what its region is."""
    return _STATE.sub("", _POSTAL.sub("", address))


def in_region(place: str, region: str) -> str:
    """A place with its region behind a comma, which says that it is one where the place ends in a city so called."""
    *before, city = place.split(",")
    is_same = bool(before) and fold(city.strip()) == fold(region)
    return f"{place}, {with_kind(region, 'region') if is_same else region}"
