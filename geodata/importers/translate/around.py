"""What the places of a table lie in: one city that all of it is of, regions by codes, regions and districts by name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from geodata.errors import ChoiceError
from geodata.importers.checks.addresses import in_region, without_codes
from geodata.importers.checks.city import city_named, city_of_texts, names_within, only_city
from geodata.importers.checks.places import Places
from geodata.importers.mapping.names import hits_of
from geodata.importers.tables.cells import Cells
from geodata.importers.tables.records import shown
from geodata.importers.translate.meaning import Meaning
from geodata.importers.translate.report import Report
from geodata.importers.values.codes.regions import (
    ABBREVIATING,
    ALSO_ABBREVIATING,
    country_of_codes,
    country_of_names,
    departments,
    is_of_departments,
    region_named,
    region_of_code,
)
from geodata.importers.values.countries import are_countries, countries_named, read_countries
from geodata.places.gazetteer import BUNDLED
from geodata.places.geocoder import MAX_QUERY, geocode
from geodata.places.kinds import with_kind as named_as
from geodata.places.surroundings import surroundings_of
from geodata.places.wording import AND, read

_MOST_ASKED = 500
_MOST_ROWS = 2_000
_OPEN = 0.5  # of the names are found nowhere, and of these are streets where only texts name a city
_NEARLY_ALL = 0.8  # of the names, be they streets or not
_FEWEST_OPEN = 5  # names
_STREETS = 0.25  # of these are streets or squares by their words
_MOSTLY = 0.9
_DEPARTMENT = re.compile(r"\s*\((\d{1,3})\)$", re.ASCII)
# Numbers of departments are many, and beyond those of a city's quarters.
_FEWEST_DEPARTMENTS, _MOST_QUARTERS = 3, 20
# Different names of regions; and the share of them that are those of nothing else.
_FEWEST_REGIONS, _MOST_REGIONS, _ONLY = 5, 100, 0.25
# A code in brackets behind a name, and a region behind a mark: "Recife - PE".
_LONGEST_CODE = 3
_IN_BRACKETS = re.compile(r"\s*\(([A-Z]{2,3})\)$")
_BEHIND = re.compile(r"(.*[^\s/-])(?:\s+[-–]\s+|\s*/\s*|\s+\((?=.*\)$))([^-–/()]{2,40})\)?")
_FEW_ASKED, _FEWEST_TAILS = 20, 3
# A code behind a comma, or alone, with what may stand in brackets behind it.
_WITH_CODE = re.compile(r"(?:(.*\S)\s*,\s*)?([A-Z]{2,3})(?:\s*\(([^()]*)\))?", re.ASCII)
_KNOWN_BEHIND_COMMAS = ("US", "CA", "AU")  # as the geocoder reads them
# As in sao_paulo, and the region of GDELT's "Pobe, Benin (general), Benin", which is none.
_AS_BLANK = re.compile(r"(?<=[^\W\d_])_(?=[^\W\d_])|,[^,]*\(general\)(?=,)")


def city_of_all(cells: Cells, meaning: Meaning, columns: dict[str, pa.Array], report: Report) -> str:
    """The id of the city that a table's places are in: as was answered, or, where many are streets that are found
    nowhere, as its file, a heading or many rows name one, which is told; else "".

    Raises ChoiceError where the answer is no city that is known.
    """
    answer = meaning.answers.get("within", "")
    if answer == "no" or "place" not in columns or (answer and are_countries([answer])[0]):
        return ""
    places = Places()
    if answer:
        if not (city := city_named(answer, places) or only_city(answer, places)):
            words = 'expected a city with its country, such as "Mainz, Germany", or a country'
            raise ChoiceError(
                "within", f"Cannot read {shown(answer)} for 'within': no one city is called so ({words})."
            )
        return city
    open_names, share = _open(columns, places)
    is_street = [read(name).is_street for name in open_names]
    are_streets = bool(open_names) and sum(is_street) >= max(1, _STREETS * len(open_names))
    is_told = are_streets or (share >= _NEARLY_ALL and len(open_names) >= _FEWEST_OPEN and "country" not in columns)
    if not is_told:
        return ""
    said = _said(cells, meaning) if are_streets else ()
    found = {city: why for name, why in said if (city := city_named(name, places))}
    if not found and are_streets and sum(is_street) >= _OPEN * len(open_names):
        found = {city: f"{count:,} rows name it" for city, count in city_of_texts(_sample(cells), places).items()}
    if not found:
        street = open_names[is_street.index(True)] if are_streets else open_names[0]
        words = f"Many places are not found{' and are streets' if are_streets else ''}, such as {shown(street)}"
        report.told.append(
            f"{words}: within under [answers] in a mapping says in which city or country, if all are in one."
        )
    if len(found) != 1:
        return ""
    city, why = found.popitem()
    name = places.gazetteer.place(city).name
    words = "within under [answers] in a mapping says otherwise"
    report.told.append(f"Places that are not found, such as {shown(open_names[0])}, are in {name}, as {why} ({words}).")
    return city


def country_of_all(cells: Cells, meaning: Meaning, columns: dict[str, pa.Array], report: Report) -> pa.Array | None:
    """The country of a table of names that says none, in each row: as was answered, or, where nearly none of its places
    is found without, as the name of its file says, which is told; None where nothing does."""
    if answer := meaning.answers.get("within", ""):
        found = {code for code in read_countries([answer]).found if code and are_countries([answer])[0]}
    elif len(found := countries_named(cells.file.rpartition(".")[0])) == 1:
        open_names, share = _open(columns, Places())
        if share < _NEARLY_ALL or len(open_names) < _FEWEST_OPEN:
            return None
        words = "as the name of the file says (within under [answers] in a mapping says otherwise)"
        report.told.append(f"All places are in {BUNDLED.place(f'iso:{min(found)}').name}, {words}.")
    return pa.repeat(found.pop(), len(cells)) if len(found) == 1 else None


def _open(columns: dict[str, pa.Array], places: Places) -> tuple[list[str], float]:
    """Those of the names that the gazetteer does not settle, if they are most of them, else none; and their share."""
    names = columns["place"].filter(pc.equal(columns["lon"], "")) if "lon" in columns else columns["place"]
    names = sorted({name.strip() for name in pc.unique(names).to_pylist() if any(map(str.isalpha, name))})
    asked = [name for name in names[:: len(names) // _MOST_ASKED + 1] if len(name) <= MAX_QUERY]
    found = [name for name in asked if not places.named(name, "", date.today(), "")]
    return (found, len(found) / len(asked)) if len(found) >= max(2, _OPEN * len(asked)) else ([], 0.0)


def _sample(cells: Cells) -> list[str]:
    """The texts of rows, evenly spaced."""
    rows = pa.array(range(0, len(cells), len(cells) // _MOST_ROWS + 1))
    columns = [column.take(rows).to_pylist() for column in cells.columns.values()]
    return [" ".join(row) for row in zip(*columns, strict=True)]


def _said(cells: Cells, meaning: Meaning) -> Iterator[tuple[str, str]]:
    """What may be the name of a city: words of the file's name and of the headings of the places, with what says so."""
    for heading in meaning.columns["place"].headings if "place" in meaning.columns else ():
        for name in names_within(heading):
            yield name, f"the heading {shown(heading)} says"
    for name in names_within(cells.file.rpartition(".")[0]):
        yield name, "the name of the file says"


def spelled_out(regions: pa.Array, report: Report, heading: str) -> tuple[pa.Array, pa.Array | None]:
    """The regions by their names where nearly all of a column are codes of one country's, and the countries of their
    rows (ISO 3166-1 alpha-2), "" for none, where nearly all are regions of one by their codes or names; None else.
    What is no code among codes is left out."""
    encoded = pc.dictionary_encode(regions)
    texts = [text.strip() for text in encoded.dictionary.to_pylist()]
    given = sorted({text for text in texts if text})
    usual = {each["values"].strip() for each in pc.value_counts(regions).to_pylist() if each["counts"] > 1} - {""}
    country, names = country_of_codes(given, sorted(usual))
    if not country and is_of_departments(heading) and (names := departments(given)):
        country = "FR"
    if country:
        words = f"codes of {BUNDLED.place(f'iso:{country}').name}, such as {shown(min(names))} for {names[min(names)]}"
        report.told.append(f'column "{heading}": The regions are {words}.')
        regions = pa.array([names.get(text, "") for text in texts], pa.string()).take(encoded.indices)
    elif country := country_of_names(given):
        names = {text: name for text in given if (name := region_named(text, country))}
        report.told.append(f'column "{heading}": The regions are those of {BUNDLED.place(f"iso:{country}").name}.')
    else:
        return regions, None
    return regions, pa.array([country if text in names else "" for text in texts], pa.string()).take(encoded.indices)


def is_of_kind(meaning: Meaning, column: str, kind: str) -> bool:
    """Whether one of our columns is read from one alone that is called after a kind of place ("admin2")."""
    parts = meaning.columns.get(column)
    return parts is not None and len(parts.headings) == 1 and kind in hits_of(parts.headings[0])


def as_lists(names: pa.Array, is_open: Any, report: Report, heading: str) -> pa.Array:
    """Names such as "Odesa Oblast and Mykolaiv Oblast" as lists, where each part is a widely known place and the whole
    is none, in the rows that are `is_open` (n,): without a point."""
    encoded = pc.dictionary_encode(names)
    said = encoded.dictionary.to_pylist()
    places, today = Places(), date.today()

    def is_known(text: str) -> bool:
        return 0 < len(text) <= MAX_QUERY and places.named(text, "", today, "") is not None

    def parts_of(name: str) -> list[str]:
        found = []
        for part in AND.split(name):
            its = [part] if is_known(part) else part.split(",")
            if not all(is_known(text.strip()) for text in its):
                return []
            found += [text.strip() for text in its]
        return found

    several = [name for name in said if AND.search(name) and ">" not in name][:_MOST_ASKED]
    meant = {name: "; ".join(parts) for name in several if not is_known(name) and (parts := parts_of(name))}
    if not meant:
        return names
    report.told.append(f'column "{heading}": {shown(min(meant))} is a list of places, as others are.')
    lists = pa.array([meant.get(name, name) for name in said], pa.string()).take(encoded.indices)
    return pc.if_else(pa.array(is_open), lists, names)


def as_they_are_meant(names: pa.Array, report: Report, heading: str) -> pa.Array:
    """Names without the number of a department behind them, and as those of regions where nearly all are regions of one
    country and many of these nothing else: beside "Chubut", "Buenos Aires" is the province. Both is told."""
    encoded = pc.dictionary_encode(names)
    said = [_AS_BLANK.sub(" ", name.strip()) for name in encoded.dictionary.to_pylist()]
    said = _with_regions_of_codes(_with_countries(said, report, heading), report, heading)
    said = _with_regions_behind(_without_marks(said, report, heading), report, heading)
    said = _in_regions(said, report, heading)
    numbers = {int(found[1]) for name in said if (found := _DEPARTMENT.search(name))}
    if len(numbers) >= _FEWEST_DEPARTMENTS and max(numbers) > _MOST_QUARTERS:
        example = min(name for name in said if _DEPARTMENT.search(name))
        report.told.append(f'column "{heading}": the number in {shown(example)} is that of a department, and left out.')
        said = [_DEPARTMENT.sub("", name) for name in said]
    if _are_regions([name for name in said if name]):
        report.told.append(f'column "{heading}": the names are those of the regions of one country, and meant so.')
        said = [named_as(name, "region") for name in said]
    return pa.array(said, pa.string()).take(encoded.indices)


def _without_marks(names: list[str], report: Report, heading: str) -> list[str]:
    """The names without a code in brackets that stands behind several and tells where none of them is, "Cali (CT)"."""
    codes: dict[str, list[str]] = {}
    for name in dict.fromkeys(names):
        if (found := _IN_BRACKETS.search(name)) and len(name) <= MAX_QUERY:
            codes.setdefault(found[1], []).append(name)
    places, today, lost = Places(), date.today(), set()
    for code, its in codes.items():
        bare = [_IN_BRACKETS.sub("", name) for name in its]
        is_told = any(places.named(name, "", today, "") for name in its[:_FEW_ASKED])
        if not is_told and any(geocode(name, gazetteer=places.gazetteer).candidates for name in bare[:_FEW_ASKED]):
            lost.add(code)
            words = f"({code}) behind {shown(bare[0])}{' and others' if its[1:] else ''} is left out"
            report.told.append(f'column "{heading}": {words}.')
    return [_IN_BRACKETS.sub("", n) if (found := _IN_BRACKETS.search(n)) and found[1] in lost else n for n in names]


def _with_regions_behind(names: list[str], report: Report, heading: str) -> list[str]:
    """Names such as "Recife - PE" and "Recife/Pernambuco" with the region behind a comma, where what stands behind the
    mark is a region of one country in nearly all names that have one, and most do."""
    tails = {name: found for name in dict.fromkeys(names) if (found := _BEHIND.fullmatch(without_codes(name)))}
    if len(tails) < max(_FEWEST_TAILS, _OPEN * len({name for name in names if name})):
        return names
    ends = {found[2] for found in tails.values()}
    for country in (*ABBREVIATING, *_countries_of_regions(ends)):
        regions = {end: name for end in ends if (name := region_of_code(country, end) or region_named(end, country))}
        if len(regions) >= _MOSTLY * len(ends):
            example = min(name for name, found in tails.items() if found[2] in regions)
            meant = {
                name: in_region(found[1], regions[found[2]]) for name, found in tails.items() if found[2] in regions
            }
            report.told.append(f'column "{heading}": {shown(example)} is read as {shown(meant[example])}.')
            return [meant.get(name, name) for name in names]
    return names


def _with_regions_of_codes(names: list[str], report: Report, heading: str) -> list[str]:
    """Names such as "Olinda, PE" and "PE" with the region that the code is, where nearly all codes among several are
    those of regions of one country; its own code alone, "BR", is that country."""
    found = {name: match for name in dict.fromkeys(names) if (match := _WITH_CODE.fullmatch(name))}
    codes = {match[2] for match in found.values()}
    if len(codes) < _FEWEST_TAILS:
        return names
    for country in (*ABBREVIATING, *ALSO_ABBREVIATING):
        its = codes - {country}
        regions = {code: name for code in its if (name := region_of_code(country, code))}
        if len(regions) < _MOSTLY * len(its):
            continue
        if country in _KNOWN_BEHIND_COMMAS:
            return names
        regions[country] = BUNDLED.place(f"iso:{country}").name
        meant = {
            name: ", ".join(filter(None, (match[3], match[1], regions[match[2]])))
            for name, match in found.items()
            if match[2] in regions
        }
        example = min(meant)
        report.told.append(f'column "{heading}": {shown(example)} is read as {shown(meant[example])}.')
        return [meant.get(name, name) for name in names]
    return names


def _with_countries(names: list[str], report: Report, heading: str) -> list[str]:
    """Names such as "Mostar, Bosnia" with the name of the country that the gazetteer knows."""
    ends = sorted({name.rpartition(",")[2].strip() for name in names if "," in name})
    named = {
        end: BUNDLED.place(f"iso:{code}").name
        for end, is_one, code in zip(ends, are_countries(ends), read_countries(ends).found, strict=True)
        if is_one and code and not {p.feature for p in surroundings_of(end, BUNDLED).places} & {"country", "area"}
    }
    if named:
        end = min(named)
        report.told.append(f'column "{heading}": {shown(end)} behind a name is {named[end]}.')
    split = [name.rpartition(",") for name in names]
    return [
        f"{before}, {named[end.strip()]}" if comma and end.strip() in named else name
        for name, (before, comma, end) in zip(names, split, strict=True)
    ]


def _in_regions(names: list[str], report: Report, heading: str) -> list[str]:
    """Names such as "Xyz, New York" with the region as such, where nearly all have one of one country behind a comma:
    what is not found there is not by the city that is called so."""
    tails = [name.rpartition(",")[2].strip() for name in names]
    ends = {tail for tail, name in zip(tails, names, strict=True) if "," in name and len(tail) > _LONGEST_CODE}
    has_end = sum(tail in ends for tail in tails)
    if not _FEWEST_REGIONS <= len(ends) <= _MOST_REGIONS or has_end < _MOSTLY * len(list(filter(None, names))):
        return names
    for country in _countries_of_regions(ends):
        if sum(bool(region_named(end, country)) for end in ends) >= _MOSTLY * len(ends):
            its = {e for e in ends if region_named(e, country) and surroundings_of(e, BUNDLED).settlements}
            if its:
                report.told.append(f'column "{heading}": {shown(min(its))} behind a comma is the region, and no city.')
            pairs = zip(names, tails, strict=True)
            return [f"{n} region" if tail in its and not read(n).is_street else n for n, tail in pairs]
    return names


def _countries_of_regions(names: Iterable[str]) -> list[str]:
    """The countries in which regions are called so, that of most first."""
    found = [
        place.country
        for name in list(names)[:_FEW_ASKED]
        for place in surroundings_of(name, BUNDLED).places
        if place.feature == "region"
    ]
    return [country for country, _ in Counter(found).most_common(2)]


def _are_regions(names: list[str]) -> bool:
    if not _FEWEST_REGIONS <= len(names) <= _MOST_REGIONS:
        return False
    places, today = Places(), date.today()
    meant = [places.named(f"{name} region", "", today, "") for name in names]
    countries = [found[0].country for found in meant if found and found[1] == "region"]
    if len(countries) < _FEWEST_REGIONS:
        return False
    country = max(countries, key=countries.count)
    found = [[places.named(text, country, today, "") for text in (f"{n} region", n)] for n in names]
    kinds = [[place[1] if place else "" for place in pair] for pair in found]
    are_regions = sum(kind == "region" for kind, _ in kinds)
    are_nothing_else = sum(kind == "region" for _, kind in kinds)
    return are_regions >= _MOSTLY * len(names) and are_nothing_else >= _ONLY * len(names)


def with_kind(names: pa.Array, kind: str) -> pa.Array:
    """Names with "district" or "region" behind them, but for those that say themselves what they are."""
    encoded = pc.dictionary_encode(names)
    said = [named_as(name.strip(), kind) for name in encoded.dictionary.to_pylist()]
    return pa.array(said, pa.string()).take(encoded.indices)
