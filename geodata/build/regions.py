"""Regions as places of the gazetteer: each bundled one, what several of them are together, and districts within."""

from __future__ import annotations

import csv
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from rapidfuzz import fuzz

from geodata.build.basemap import label_point
from geodata.build.entries import Entry, Name, names_worth_finding
from geodata.build.subdivisions import Subdivision, Subdivisions
from geodata.places.boundaries import read_features
from geodata.places.folding import fold
from geodata.places.kinds import without_kind

# Natural Earth has names in these languages beside English.
LANGUAGES = (
    *("ar", "bn", "de", "en", "es", "fr", "el", "hi", "hu", "id", "it", "ja", "ko", "nl", "pl", "pt", "ru", "sv", "tr"),
    *("vi", "zh", "he", "uk", "ur", "fa", "zht"),
)
METRES_A_DEGREE = 111_320.0
MEMBER_FROM = 0.6  # of the settlements of a region lie in the group
SAME_FROM = 0.8  # of the settlements of either lie in both: two names of one region
LEAST_RADIUS_M = 5_000.0
SLACK = 0.2  # degrees
ALIKE_FROM = 60  # of 100: one name is another spelling of the other
Features = dict[str, tuple[dict[str, Any], Any]]


@dataclass(frozen=True, slots=True)
class Regions:
    """The bundled regions: their entries, properties and shapes by region id; `same` is the region that a subdivision
    is, by GeoNames id; `english` are names by ISO 3166-2 code as CLDR writes it ("it25")."""

    entries: dict[str, Entry]
    features: Features
    same: dict[int, str]
    english: Mapping[str, str]
    translated: Mapping[str, Sequence[str]]

    def names_of(self, each: Subdivision) -> list[Name]:
        """All names of a subdivision."""
        found = (self.name_of(each), each.name, *each.aliases, *self.translated.get(each.iso, ()))
        return [*names_worth_finding(found), *_code(each.iso)]

    def name_of(self, each: Subdivision) -> str:
        """The English name of a subdivision, where there is one."""
        return self.english.get(_cldr(each.iso)) or each.name


def read_bundled(folder: Path) -> Features:
    """Read the properties and shapes of all bundled regions, by region id."""
    found: Features = {}
    for path in sorted((folder / "regions").glob("*.geojson")):
        shapes, properties = read_features(path)
        found |= {each["region_id"]: (each, area) for each, area in zip(properties, shapes, strict=True)}
    return found


def bundled_regions(
    features: Features,
    natural_earth: Mapping[str, Mapping[str, Any]],
    english: Mapping[str, str],
    translated: Mapping[str, Sequence[str]],
    known: Subdivisions,
) -> Regions:
    """Return an entry for each bundled region, with its names in Natural Earth, CLDR (`english`, by ISO 3166-2),
    iso-codes (`translated`, by ISO 3166-2) and GeoNames."""
    isos = Counter(natural_earth[ident]["iso_3166_2"] for ident in features)
    by_iso = {each.iso: each for each in known.by_id.values() if each.iso}
    entries = {}
    same = {}
    for ident, (properties, area) in features.items():
        row = natural_earth[ident]
        iso = row["iso_3166_2"] if isos[row["iso_3166_2"]] == 1 else ""
        other = known.by_id.get(row["gn_id"]) or by_iso.get(iso)
        names = [properties["name"], row["name"], *row["name_alt"].split("|"), *translated.get(iso, ())]
        names += [row["gn_name"], row["woe_name"], row["woe_label"].split(",")[0], english.get(_cldr(iso), "")]
        names += [row[f"name_{language}"] or "" for language in LANGUAGES]
        # Natural Earth gives a few of them the number of another country's. Its local names are often a neighbour's.
        if other and other.country == properties["country"]:
            names += [other.name, *other.aliases]
            same[other.geonameid] = ident
        else:
            names += row["name_local"].split("|")
        lon, lat = properties["label"]
        radius = math.sqrt(area.area * math.cos(math.radians(lat)) / math.pi) * METRES_A_DEGREE
        entries[ident] = Entry(
            f"ne:{ident}", properties["name"], lon, lat, "region", properties["country"], 0, round(radius, -3),
            "Natural Earth",
            names=[*names_worth_finding(filter(None, names)), *_code(iso)], region=properties["name"],
        )  # fmt: skip
    return Regions(entries, features, same, english, translated)


def _cldr(iso: str) -> str:
    return iso.replace("-", "").lower()


def _code(iso: str) -> list[Name]:
    """The code as a name: "US-IN" finds what "IN" behind a comma means."""
    return [Name(iso)] if iso[2:3] == "-" and iso[3:].isalnum() else []


def told_regions(settlements: Iterable[Entry], regions: Regions, known: Subdivisions) -> Iterator[Entry]:
    """Return the settlements that GeoNames has in another region than the bundled boundaries, which are simplified, if
    that region's are within `SLACK` degrees of it; moved there."""
    for place in settlements:
        told = [regions.same[ident] for ident in known.of_settlement.get(_number(place), ()) if ident in regions.same]
        if told and f"ne:{told[-1]}" != place.part_of:
            entry = regions.entries[told[-1]]
            if regions.features[told[-1]][1].distance(shapely.Point(place.lon, place.lat)) <= SLACK:
                yield replace(place, region=entry.name, part_of=entry.place_id)


def _number(place: Entry) -> int:
    return int(place.place_id.removeprefix("gn:"))


@dataclass(frozen=True, slots=True)
class _Members:
    """The settlements of one subdivision."""

    subdivision: Subdivision
    settlements: list[Entry]

    @property
    def population(self) -> int:
        return sum(each.population for each in self.settlements)


def other_subdivisions(
    regions: Regions, settlements: Iterable[Entry], known: Subdivisions
) -> tuple[list[Entry], dict[str, list[Name]], dict[str, str]]:
    """Return entries for the subdivisions that are not bundled as regions, names that bundled regions have besides
    (by region id), and the group that a bundled region is part of (its place id, by region id).

    A first-level subdivision that whole regions lie in is the group of them; one that lies within regions, and every
    district, is known by its settlements: their middle, and the radius around nine tenths of them.
    """
    members = _members(settlements, known)
    used = {place.place_id for place in regions.entries.values()}
    firsts = (each for each in members.values() if each.subdivision.level == 1)
    sizes = Counter(place.part_of for each in firsts for place in each.settlements)
    entries: list[Entry] = []
    more_names: dict[str, list[Name]] = {}
    groups: dict[str, str] = {}
    for ident, each in members.items():
        within = Counter(place.part_of for place in each.settlements)
        if ident in regions.same:
            continue
        if each.subdivision.level != 1:
            entries += _district(each, within, regions)
            continue
        parts = [region for region, n in within.items() if region in used and n >= MEMBER_FROM * sizes[region]]
        name, names = regions.name_of(each.subdivision), regions.names_of(each.subdivision)
        if len(parts) == 1 and within[parts[0]] >= SAME_FROM * len(each.settlements):
            more_names.setdefault(parts[0].removeprefix("ne:"), []).extend(names)
        elif parts:
            entry = group(f"gn:{ident}", name, [part.removeprefix("ne:") for part in parts], regions)
            entries.append(replace(entry, population=each.population, names=names, source="GeoNames"))
            groups |= dict.fromkeys((part.removeprefix("ne:") for part in parts), f"gn:{ident}")
        else:
            entries.append(_known_by_settlements(each, within, "region", regions))
    return entries, more_names, groups


def _members(settlements: Iterable[Entry], known: Subdivisions) -> dict[int, _Members]:
    found: dict[int, list[Entry]] = defaultdict(list)
    for place in settlements:
        for ident in known.of_settlement.get(_number(place), ()):
            found[ident].append(place)
    return {ident: _Members(known.by_id[ident], found[ident]) for ident in sorted(found)}


def settle_claims(places: Mapping[str, Entry]) -> None:
    """Of a name that several regions of a country have, take it from those that it does not suit, and give what all
    parts of a group are called to the group: Natural Earth has "Lombardei" for each of the provinces."""
    claims: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in places.values():
        if entry.place_id.startswith("ne:"):
            for text in dict.fromkeys(fold(name.name) for name in entry.names):
                claims[entry.country, text].append(entry)
    for (_, text), entries in claims.items():
        if len(entries) < 2:
            continue
        suits = {entry.place_id: _suits(text, fold(entry.name)) for entry in entries}
        best = max(suits.values())
        groups = {entry.part_of for entry in entries}
        together = places.get(groups.pop()) if len(groups) == 1 and best[0] < 1 else None
        for entry in entries:
            if together or suits[entry.place_id] < best:
                taken = [name for name in entry.names if fold(name.name) == text]
                entry.names[:] = [name for name in entry.names if fold(name.name) != text]
                if together:
                    together.names.extend(taken)


def _suits(text: str, name: str) -> tuple[int, bool, bool, int]:
    """How well a name (folded) suits a region of the name `name`, the best answer being the greatest."""
    (bare, kind), (own, its) = without_kind(text), without_kind(name)
    alike = fuzz.ratio(bare, own)
    # Красноярск and Краснодар differ by two letters, and Краснодарский begins with one of them.
    begins = bare.startswith(own) or own.startswith(bare)
    return int(bare == own), bool(kind) == bool(its), begins, int(alike) if alike >= ALIKE_FROM else 0


def _district(members: _Members, within: Counter[str], regions: Regions) -> Iterator[Entry]:
    """A district, unless it is called like a settlement in it: that one is then found instead."""
    name = members.subdivision.name
    bare, kind = without_kind(fold(name))
    if not kind and any(fold(place.name) == bare for place in members.settlements):
        return
    yield _known_by_settlements(members, within, "district", regions)


def _known_by_settlements(members: _Members, within: Counter[str], feature: str, regions: Regions) -> Entry:
    each, places = members.subdivision, members.settlements
    name = regions.name_of(each)
    lons, lats = (np.array([getattr(place, key) for place in places], float) for key in ("lon", "lat"))
    shrink = math.cos(math.radians(float(np.median(lats))))
    lon, lat = float(np.median(lons)), float(np.median(lats))
    away = np.hypot((lons - lon) * shrink, lats - lat) * METRES_A_DEGREE
    radius = max(float(np.quantile(away, 0.9)), LEAST_RADIUS_M)
    around = within.most_common(1)[0][0]
    region = next(place.region for place in places if place.part_of == around)
    return Entry(
        f"gn:{each.geonameid}", name, round(lon, 3), round(lat, 3), feature, each.country, members.population,
        round(radius, -3), "GeoNames",
        names=regions.names_of(each), region=region, part_of=around,
    )  # fmt: skip


def group(place_id: str, name: str, members: Sequence[str], regions: Regions) -> Entry:
    """Return an entry for several bundled regions (their ids) together."""
    whole = shapely.union_all([regions.features[ident][1] for ident in members])
    lon, lat = label_point(whole)
    corners = shapely.get_coordinates(shapely.convex_hull(whole))
    away = np.hypot((corners[:, 0] - lon) * math.cos(math.radians(lat)), corners[:, 1] - lat)
    radius = round(float(away.max()) * METRES_A_DEGREE, -3)
    country = regions.features[members[0]][0]["country"]
    return Entry(place_id, name, lon, lat, "region", country, 0, radius, "Natural Earth")


def curated_areas(path: Path, regions: Regions) -> list[Entry]:
    """Return the areas in curated_areas.csv, which have no bounds of their own: several regions (`members`, their ids),
    or a point and a radius. Raises `ValueError` for a row that cannot be read."""
    entries = []
    with path.open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            members = row["members"].split()
            if unknown := [ident for ident in members if ident not in regions.features]:
                raise ValueError(f"{path.name}, line {line}: there is no region {unknown[0]!r}.")
            if members:
                entry = group(row["place_id"], row["name"], members, regions)
                population = sum(regions.entries[ident].population for ident in members)
            else:
                lon, lat, radius = (float(row[key]) for key in ("lon", "lat", "radius_m"))
                entry = Entry(row["place_id"], row["name"], lon, lat, "area", row["country"], 0, radius, "curated")
                population = int(row["population"])
            names = [Name(name, curated=True) for name in row["names"].split("|") if name]
            entries.append(replace(entry, feature="area", country=row["country"], population=population, names=names))
    return entries
