"""Names and codes of regions: which country's they are, as all of them together say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable

from geodata.places.folding import fold
from geodata.places.gazetteer import BUNDLED
from geodata.places.kinds import with_kind
from geodata.places.surroundings import surroundings_of

# Where people write codes for regions, the most usual first: "IN" is Indiana before it is a state of another country.
ABBREVIATING = ("US", "CA", "BR", "AU", "MX", "IN")
# And where they do so too: of these, codes must be those of one alone.
ALSO_ABBREVIATING = ("CH", "CL", "CO", "DE", "EC", "ES", "IE", "IT", "MY", "NG", "NL", "NZ", "PE", "RO", "ZA")
_CODE = re.compile(r"[A-Z]{2,3}", re.ASCII)
_DEPARTMENT = re.compile(r"\d\d|2[AB]|97\d", re.ASCII)
_COMPASS = re.compile(r"\b(?:north|south|east|west|centr|nord|sud|sur|ost|est|norte|cent)")
_MOSTLY, _OPEN = 0.9, 0.5
_FEWEST, _MOST_ASKED = 3, 100


def codes_of_regions(texts: Iterable[str]) -> bool:
    """Whether nearly all texts are codes of the regions of one country."""
    return bool(country_of_codes(sorted(texts))[0])


def country_of_codes(given: list[str], usual: Collection[str] = ()) -> tuple[str, dict[str, str]]:
    """The country of nearly all codes, and the names of its regions by them; "" where they are no codes, or of several
    countries alike. Codes may be in small letters, if all are. Where some are `usual`, those of several rows, they say
    whose codes all are: one odd value more, or few, are mistakes."""
    if given and all(code.islower() for code in given):
        country, names = country_of_codes([code.upper() for code in given], [code.upper() for code in usual])
        return country, {code.lower(): name for code, name in names.items()}
    country, names = _country_of_codes(given)
    if not country and _FEWEST <= len(usual) < len(given) and (country := _country_of_codes(usual)[0]):
        return country, {code: name for code in given if (name := region_of_code(country, code))}
    return country, names


def _country_of_codes(given: Collection[str]) -> tuple[str, dict[str, str]]:
    if not given or sum(bool(_CODE.fullmatch(code)) for code in given) < _MOSTLY * len(given):
        return "", {}
    found = []
    for country in (*ABBREVIATING, *(ALSO_ABBREVIATING if len(given) >= _FEWEST else ())):
        named = {code: name for code in given if (name := region_of_code(country, code))}
        if len(named) >= _MOSTLY * len(given):
            if country in ABBREVIATING:
                return country, named
            found.append((country, named))
    return found[0] if len(found) == 1 else ("", {})


def is_of_departments(heading: str) -> bool:
    """Whether a heading says so in French: other countries number theirs too, and call them departamentos."""
    return "departement" in fold(heading)


def departments(given: Collection[str]) -> dict[str, str]:
    """The names of the French departments by their numbers, where nearly all texts are such: "1", "75", "2A"."""
    padded = {text: text.upper().removesuffix(".0").zfill(len("01")) for text in given}
    named = {text: name for text, code in padded.items() if (name := region_of_code("FR", code))}
    is_one = [bool(_DEPARTMENT.fullmatch(code)) for code in padded.values()]
    return named if given and min(sum(is_one), len(named)) >= _MOSTLY * len(given) else {}


def country_of_names(given: list[str]) -> str:
    """The one country in which nearly all of several names are those of regions; "" for none, or several."""
    if len(given) < _FEWEST or sum(bool(_COMPASS.search(fold(name))) for name in given) > _OPEN * len(given):
        return ""
    asked = given[:: len(given) // _MOST_ASKED + 1]
    regions = [[p for p in surroundings_of(name, BUNDLED).places if p.feature == "region"] for name in asked]
    found = Counter(country for places in regions for country in {place.country for place in places})
    most = [country for country, count in found.items() if count >= _MOSTLY * len(asked)]
    return most[0] if len(most) == 1 else ""


def region_of_code(country: str, code: str) -> str:
    """The name of a first-level region by its code in a country (ISO 3166-1 alpha-2), said to be one; "" for none."""
    name = next((match.place.name for match in BUNDLED.region_of_code(country, code).values()), "")
    return with_kind(name, "region")  # Washington is a city too


def region_named(name: str, country: str) -> str:
    """As `region_of_code`, by any name of the region."""
    places = surroundings_of(name, BUNDLED).places
    return next((with_kind(p.name, "region") for p in places if p.feature == "region" and p.country == country), "")
