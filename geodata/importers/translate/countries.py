"""The countries of events: by names or codes, by the list of codes that the points bear out, and where both differ."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.importers.checks.meant import likeliest
from geodata.importers.mapping.names import hits_of
from geodata.importers.tables.cells import Cells
from geodata.importers.tables.records import shown
from geodata.importers.translate.columns import joined
from geodata.importers.translate.meaning import Meaning
from geodata.importers.translate.report import Report
from geodata.importers.values.answer import Answers
from geodata.importers.values.codes.regions import codes_of_regions
from geodata.importers.values.countries import A_LIST, are_countries, of_fips, of_gw, read_countries
from geodata.places.boundaries import BUNDLED
from geodata.places.folding import fold
from geodata.places.gazetteer import BUNDLED as GAZETTEER
from geodata.places.gazetteer import SETTLEMENTS
from geodata.places.geocoder import MAX_QUERY, geocode

# Points that tell one list of codes from another: as many at the least, and the shares of them that are in the
# countries of the one, and of the other at the most.
_FEWEST, _MOST, _FEW = 3, 0.8, 0.2
# Of so many rows at the most it is seen whether their points are in their countries. Nearer to one than this many
# degrees, about 50 km, the boundaries may be wrong.
_MOST_ROWS, _NEAR = 200_000, 0.5
_CODE = re.compile("[A-Z]{2,3}")
_FEWEST_NAMES, _MOST_NAMES, _MOSTLY_NAMES = 10, 500, 0.9  # of places that are countries, in any spelling
_FEWEST_FAR, _MOSTLY_FAR = 10, 0.4  # of which it is the country of somebody, and not that of the points


def countries_in(
    cells: Cells, meaning: Meaning, points: tuple[Any, Any], has_place: Any, report: Report
) -> pa.Array | None:
    """Codes of countries (ISO 3166-1 alpha-2), by the column of names or codes, else by those of codes beside it. A
    word that is none costs the row only where nothing else says where the event was; several are none and cost nothing.

    `points` are longitudes and latitudes (n,), NaN for none; `has_place` (n,) says which rows name one.
    """
    country = None
    if parts := meaning.columns.get("country"):
        encoded = pc.dictionary_encode(joined(cells, parts))
        words, codes = encoded.dictionary.to_pylist(), encoded.indices.to_numpy().astype(np.int64)
        answers = _as_points_say(read_countries(words), words, codes, points)
        report.told += [f'column "{parts.headings[0]}": {words}' for words in answers.told]
        has_other = ~np.isnan(points[0]) | has_place
        for position, refusal in answers.refusals.items():
            its = codes == position
            # An event of several countries is one all the same, and has no one place.
            is_kept = its & (has_other | (refusal.rule == A_LIST))
            report.refuse(
                np.flatnonzero(its & ~is_kept), parts.headings[0], refusal.rule, refusal.message, words[position]
            )
            report.repair(np.flatnonzero(is_kept), parts.headings[0], refusal.message, words[position])
        country = pa.array([code or "" for code in answers.found], pa.string()).take(encoded.indices)
    return _by_codes(cells, meaning, country)


def with_country_codes(cells: Cells, meaning: Meaning, report: Report) -> Meaning:
    """The meaning with the column of places or regions as that of countries, where all of several values are codes of
    countries, and not those of the regions of one; and with that of places as both, where nearly all of many names are
    those of countries: beside others, Georgia is none of the United States. Each is told."""
    if "country" in meaning.columns:
        return meaning
    for column in ("place", "admin1"):
        parts = meaning.columns.get(column)
        if parts is None or len(parts.headings) > 1:
            continue
        said = {text.strip() for text in pc.unique(joined(cells, parts)).to_pylist()} - {""}
        is_coded = len(said) >= _FEWEST and all(map(_CODE.fullmatch, said)) and not codes_of_regions(said)
        if is_coded and all(read_countries(sorted(said)).found):
            report.told.append(f'column "{parts.headings[0]}": the codes are those of countries.')
            others = {name: its for name, its in meaning.columns.items() if name != column}
            return replace(meaning, columns={**others, "country": parts})
        is_asked = column == "place" and _FEWEST_NAMES <= len(said) <= _MOST_NAMES
        are_names = is_asked and sum(are_countries(sorted(said))) >= _MOSTLY_NAMES * len(said)
        if are_names and "city" not in hits_of(parts.headings[0]):
            report.told.append(f'column "{parts.headings[0]}": the names are those of countries.')
            return replace(meaning, columns={**meaning.columns, "country": parts})
    return meaning


def without_lists(places: pa.Array, heading: str, report: Report) -> pa.Array:
    """The names without those of several whole countries, "Austria; Germany": they are no place, and cost no row."""
    encoded = pc.dictionary_encode(places)
    said = encoded.dictionary.to_pylist()
    are_lists = [
        len(parts := [part.strip() for part in name.split(";")]) > 1 and all(are_countries(parts)) for name in said
    ]
    for position in np.flatnonzero(are_lists):
        rows = np.flatnonzero(encoded.indices.to_numpy() == position)
        words = "names whole countries, and no one place: the event is not on the map."
        report.repair(rows, heading, f"{shown(said[position])} {words}", said[position])
    kept = ["" if is_list else name for name, is_list in zip(said, are_lists, strict=True)]
    return pa.array(kept, pa.string()).take(encoded.indices)


def _as_points_say(answers: Answers[str], words: list[str], codes: Any, points: tuple[Any, Any]) -> Answers[str]:
    """The countries by their FIPS codes where these are where the points are, and by the ISO codes they are not: CI is
    Chile, and no Ivory Coast."""
    fips = [of_fips(word) if len(word.strip()) == len("CI") else "" for word in words]
    is_other = np.array([bool(f) and f != iso for f, iso in zip(fips, answers.found, strict=True)], bool)
    rows = np.flatnonzero(is_other[codes] & ~np.isnan(points[0])) if is_other.any() else np.zeros(0, np.int64)
    if len(rows) < _FEWEST:
        return answers
    around = np.array([code or "" for code in BUNDLED.countries_of(points[0][rows], points[1][rows])], object)
    shares = [np.mean(around == np.array(found, object)[codes[rows]]) for found in (fips, answers.found)]
    if shares[0] < _MOST or shares[1] > _FEW:
        return answers
    example = words[int(codes[rows[0]])]
    told = f"The codes are those of FIPS 10-4, as the points show: {shown(example)} is {of_fips(example)}."
    found = [code or iso for code, iso in zip(fips, answers.found, strict=True)]
    refusals = {position: refusal for position, refusal in answers.refusals.items() if not fips[position]}
    return Answers(found, refusals, answers.repairs, (*answers.told, told))


def _by_codes(cells: Cells, meaning: Meaning, country: pa.Array | None) -> pa.Array | None:
    """The countries, of rows without a name by the codes that the table has beside it."""
    for column, country_of in (("country_fips", of_fips), ("country_gw", of_gw)):
        if parts := meaning.columns.get(column):
            encoded = pc.dictionary_encode(joined(cells, parts))
            words = [country_of(text) for text in encoded.dictionary.to_pylist()]
            found = pa.array(words, pa.string()).take(encoded.indices)
            country = found if country is None else pc.if_else(pc.equal(country, ""), found, country)
    return country


def cities_called_like_countries(names: pa.Array, countries: pa.Array, *, are_cities: bool) -> pa.Array:
    """Names, of which one that some language has for its country is that of the city so called: "Tunis" in Tunisia; in
    a column that `are_cities` also "Luxembourg" in Luxembourg, and "Washington", which is a region too.

    The (n,) codes of countries are ISO 3166-1 alpha-2.
    """
    encoded = pc.dictionary_encode(pc.binary_join_element_wise(names, countries, "\t"))
    pairs = [text.split("\t") for text in encoded.dictionary.to_pylist()]
    said = [
        f"{name} city" if _is_city_of_its_country(name.strip(), country, are_cities) else name
        for name, country in pairs
    ]
    return pa.array(said, pa.string()).take(encoded.indices)


def _is_city_of_its_country(name: str, country: str, is_city: bool) -> bool:
    if not (name and country) or len(name) > MAX_QUERY // 2 or not GAZETTEER.has(f"iso:{country}"):
        return False
    called = [match.place for match in GAZETTEER.find([fold(name)]).values()]
    is_country = any(p.place_id == f"iso:{country}" and (is_city or fold(p.name) != fold(name)) for p in called)
    is_region = is_city and any(p.feature == "region" and p.country == country for p in called)
    if not (is_country or is_region):
        return False
    answer, of_city = (geocode(text, country=country, gazetteer=GAZETTEER) for text in (name, f"{name} city"))
    best, city = next(iter(answer.candidates), None), likeliest(of_city)
    if not (best and city and city.feature in SETTLEMENTS):
        return False
    if best.feature != "country" and not (is_region and likeliest(answer) is None):
        return False
    return fold(name) in map(fold, (city.name, *city.other_names))


def do_bear_out(country: pa.Array | None, lon: Any, lat: Any, meaning: Meaning, report: Report) -> bool:
    """Whether most points (n,), NaN for none, lie in the countries that their rows name; how many lie far is told.

    Where they do not, the column is of somebody's country, and of no place: whose planes they were.
    """
    if country is None or "country" not in meaning.columns or "claimant" in meaning.constants:
        return True
    rows = np.flatnonzero(~np.isnan(lon) & pc.not_equal(country, "").to_numpy(zero_copy_only=False))
    rows = rows[:: len(rows) // _MOST_ROWS + 1]
    if not len(rows):
        return True
    named = country.take(pa.array(rows)).to_numpy(zero_copy_only=False)
    around = np.array(BUNDLED.countries_of(lon[rows], lat[rows]), object)
    differ = np.flatnonzero((around != None) & (around != named))  # noqa: E711 (of an array)
    far = [at for at in differ.tolist() if _is_far(lon[rows[at]], lat[rows[at]], named[at])]
    if not far:
        return True
    names = [BUNDLED.country_name(code) for code in (named[far[0]], around[far[0]])]
    is_other = len(far) >= _FEWEST_FAR and len(far) > _MOSTLY_FAR * len(rows)
    which = "1 row has its point far from the country that it names"
    if len(far) > 1:
        which = f"{len(far):,} rows have their points far from the country that they name"
    so = "it is not where they happened, and is not read" if is_other else "both stand as they are"
    report.told.append(
        f'column "{meaning.heading_of("country")}": {which}, such as one that names {names[0]} and has a point in '
        f"{names[1]}: {so}."
    )
    return not is_other


def _is_far(lon: float, lat: float, country: str) -> bool:
    from shapely import Point  # noqa: PLC0415 (only points that are elsewhere need it)

    shape = BUNDLED.country_shape(country)
    return shape is not None and bool(shape.distance(Point(lon, lat)) > _NEAR)
