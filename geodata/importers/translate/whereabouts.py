"""Where events happened: degrees, countries and precision as a flat table has them, and names left to be looked up."""

from __future__ import annotations

from dataclasses import replace
from math import isnan
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.importers.checks.levels import around, is_city_elsewhere, is_district, is_region
from geodata.importers.mapping.where import is_of_an_area
from geodata.importers.tables.cells import Cells
from geodata.importers.tables.records import shown
from geodata.importers.translate.around import (
    as_lists,
    as_they_are_meant,
    country_of_all,
    is_of_kind,
    spelled_out,
    with_kind,
)
from geodata.importers.translate.columns import is_nothing, joined, known, without_links
from geodata.importers.translate.countries import (
    cities_called_like_countries,
    countries_in,
    do_bear_out,
    with_country_codes,
    without_lists,
)
from geodata.importers.translate.meaning import Meaning
from geodata.importers.translate.points import ask_for_exchange, degrees, points_in, seem_exchanged
from geodata.importers.translate.report import Report
from geodata.importers.values.countries import are_countries, read_countries
from geodata.places.boundaries import BUNDLED
from geodata.places.kinds import with_kind as named_as
from geodata.record.model import GEO_PRECISIONS

_ERROR = r"^#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NULL!|NUM!)$"
# What programs and people write into a cell that is empty; "Nan" is a town.
_NOTHING = r"^\s*(?:NA|N/A|n/?a|<NA>|nan|NaN|NULL|null|None|none|-+|\?+)\s*$"
_NO_NAME = r"(?i)^(?:none|n/?a|nil|unknown|not \w+)\s*\(.*\)\s*$"
_HOUSE = r",\s*\d{1,4}\p{L}?(?:\s*/\s*\d+)?\s*$"  # which says no region
_MARK = "\x1f"  # which stands in no cell
_FEWEST_COUNTRIES = 3  # of which each has one point
_OWN_PRECISIONS = {word: word for word in GEO_PRECISIONS}


def translated(cells: Cells, meaning: Meaning, report: Report) -> dict[str, pa.Array]:
    """The columns of place, point, country, region and precision."""
    meaning = with_country_codes(cells, meaning, report)
    levels = ("place", "admin2", "admin1")
    at_one = _at_one(cells, meaning)
    columns = {name: without_links(joined(at_one, meaning.columns[name])) for name in levels if name in meaning.columns}
    columns = {name: _without_errors(texts, meaning.heading_of(name), report) for name, texts in columns.items()}
    has_place = _is_said(columns.get("place"), len(cells))
    lon, lat, axes = degrees(cells, meaning, report)
    if "place" in columns and not axes:
        lon, lat, columns["place"] = points_in(columns["place"], meaning, report)
        has_place = _is_said(columns["place"], len(cells))
    if "place" in columns:
        heading = meaning.heading_of("place")
        columns["place"] = as_lists(columns["place"], np.isnan(lon), report, heading)
        columns["place"] = as_they_are_meant(columns["place"], report, heading)
        columns["place"] = without_lists(columns["place"], heading, report)
    if is_of_kind(meaning, "place", "admin2"):
        columns["place"] = with_kind(columns["place"], "district")
    district, region, of_regions, others = _levels(columns, meaning, report)
    has_place |= _is_said(region, len(cells)) | _is_said(report.several, len(cells))
    country = countries_in(cells, meaning, (lon, lat), has_place, report)
    country = of_regions if country is None else country
    if country is None and "place" in columns and np.isnan(lon).all():
        country = country_of_all(cells, meaning, columns, report)
    if region is not None or district is not None:
        place = columns.get("place", pa.repeat("", len(cells)))
        is_open = pc.and_(pa.array(np.isnan(lon)), _are_bare(cells, meaning, place))
        district = _with_others(district, others, country)
        columns["place"] = _within(place, (district, region, country), is_open)
    columns |= _at_several(columns, report)
    if country is not None:
        columns["country"] = country
        columns |= _cities(columns, country, np.isnan(lon), meaning)
    if axes:
        _refuse_halves(axes, lon, lat, has_place | _is_said(country, len(cells)), report)
    is_half = np.isnan(lon) != np.isnan(lat)
    lon, lat = _judged(meaning, np.where(is_half, np.nan, lon), np.where(is_half, np.nan, lat), country, report)
    if not do_bear_out(country, lon, lat, meaning, report):
        country = None
        del columns["country"]
    if not np.isnan(lon).all():
        columns |= {"lon": _texts(lon), "lat": _texts(lat)}
    if "geo_precision" in meaning.columns:
        columns["geo_precision"] = _precision_told(cells, meaning, columns, (~np.isnan(lon), has_place), report)
    elif "lat" in meaning.columns and is_of_an_area(meaning.heading_of("lat")):
        columns["geo_precision"] = pc.if_else(pa.array(~np.isnan(lon)), "district", "")
    columns = _one_name_each(_one_point_each(columns, lon, lat, report), lon, meaning, report)
    if not {"place", "country", "lon"} & columns.keys() and len(cells):
        report.told.append("No column says where an event was: none is on the map.")
    return _whole_countries(columns, lon, lat, report, meaning)


def _at_one(cells: Cells, meaning: Meaning) -> Cells:
    """The cells, with the several places of a finer column of two as one in what the other says: "Triangle Park; City
    Park" is in Manhattan."""
    parts = meaning.columns.get("place")
    headings = parts.headings[:-1] if parts else ()
    finer = {heading: pc.replace_substring(cells.column(heading), ";", " /") for heading in headings}
    return replace(cells, columns={**cells.columns, **finer})


def _cities(columns: dict[str, pa.Array], country: pa.Array, is_open: Any, meaning: Meaning) -> dict[str, pa.Array]:
    """The names of places, of cities that are called like their country as such where that matters: in the rows without
    a point, or in a column of cities."""
    if "place" not in columns:
        return {}
    are_cities = is_of_kind(meaning, "place", "city")
    is_asked = pa.array(is_open | are_cities)
    asked = (texts.filter(is_asked) for texts in (columns["place"], country))
    named = cities_called_like_countries(*asked, are_cities=are_cities)
    return {"place": pc.replace_with_mask(columns["place"], is_asked, named)}


def _levels(
    columns: dict[str, pa.Array], meaning: Meaning, report: Report
) -> tuple[pa.Array | None, pa.Array | None, pa.Array | None, pa.Array | None]:
    """The districts, which are taken from the columns as the regions are; these by their names; the countries that they
    are in; and what stands for a region and is none."""
    district, region, of_regions, others = columns.pop("admin2", None), columns.pop("admin1", None), None, None
    if region is not None:
        said, of_regions = spelled_out(region, report, meaning.heading_of("admin1"))
        region = _regions(said)
        others = pc.if_else(pc.equal(region, ""), said, "")
    return district, region, of_regions, others


def _with_others(district: pa.Array | None, others: pa.Array | None, country: pa.Array | None) -> pa.Array | None:
    """The districts; in rows with a country that have none, what stands for a region and is one, as North Waziristan
    is: nothing is in a village that is called like what people call some region."""
    if others is None or country is None:
        return district
    encoded = pc.dictionary_encode(pc.binary_join_element_wise(others, country, _MARK))
    pairs = [text.split(_MARK) for text in encoded.dictionary.to_pylist()]
    named = [text if text and code and is_district(text, code) else "" for text, code in pairs]
    others = pa.array(named, pa.string()).take(encoded.indices)
    return others if district is None else pc.if_else(pc.equal(district, ""), others, district)


def _regions(texts: pa.Array) -> pa.Array:
    """The texts that are names of regions, "" for all others; what is a city elsewhere is said to be a region."""
    encoded = pc.dictionary_encode(texts)
    known = pa.array([text if is_region(text) else "" for text in encoded.dictionary.to_pylist()], pa.string())
    is_city = pa.array([bool(text) and is_city_elsewhere(text) for text in known.to_pylist()], pa.bool_())
    return pc.if_else(is_city, with_kind(known, "region"), known).take(encoded.indices)


def _within(places: pa.Array, outer: tuple[pa.Array | None, ...], is_open: pa.Array) -> pa.Array:
    """Names of places that are open with what they lie in behind a comma, as the geocoder reads it; that alone where
    no place is given. The `outer` are districts, regions and countries, None for none."""
    given = [places, *(pa.repeat("", len(places)) if texts is None else texts for texts in outer)]
    encoded = pc.dictionary_encode(pc.binary_join_element_wise(*(texts.filter(is_open) for texts in given), _MARK))
    rows = [text.split(_MARK) for text in encoded.dictionary.to_pylist()]
    found = [(place, around(place, *levels)) for place, *levels in rows]
    named = [", ".join(filter(None, pair)) if pair[0] else named_as(pair[1], "region") for pair in found]
    return pc.replace_with_mask(places, is_open, pa.array(named, pa.string()).take(encoded.indices))


def _without_errors(texts: pa.Array, heading: str, report: Report) -> pa.Array:
    """The names without what a spreadsheet shows where it found none, "#N/A", or that there is none with why."""
    said = ((_ERROR, "the cell shows an error of the spreadsheet"), (_NO_NAME, "the cell says that there is no name,"))
    encoded = pc.dictionary_encode(texts)
    names = encoded.dictionary
    for pattern, words in said:
        is_none = pc.match_substring_regex(names, pattern)
        if pc.any(is_none).as_py():
            rows = np.flatnonzero(is_none.take(encoded.indices).to_numpy(zero_copy_only=False))
            report.repair(rows, heading, f"{words} and counts as empty.")
            names = pc.if_else(is_none, "", names)
    return pc.if_else(pc.match_substring_regex(names, _NOTHING), "", names).take(encoded.indices)


def _at_several(columns: dict[str, pa.Array], report: Report) -> dict[str, pa.Array]:
    """The names of places, those of each point for rows that have several."""
    if report.several is None:
        return {}
    places = columns.get("place", pa.repeat("", len(report.several)))
    return {"place": pc.if_else(pc.equal(report.several, ""), places, report.several)}


def _is_said(texts: pa.Array | None, count: int) -> Any:
    return np.zeros(count, bool) if texts is None else ~is_nothing(texts)


def _are_bare(cells: Cells, meaning: Meaning, places: pa.Array) -> pa.Array:
    """Which places say nothing of the region in a cell of their own, of several in the last, which the others lie in;
    and are no name that was settled."""
    parts = meaning.columns.get("place")
    is_told = pc.is_in(places, pa.array([*meaning.places], pa.string()))
    if parts:
        last = pc.replace_substring_regex(cells.column(parts.headings[-1]), _HOUSE, "")
        is_told = pc.or_(is_told, pc.match_substring_regex(last, "[,;>]"))
    return pc.invert(is_told)


def _judged(meaning: Meaning, lon: Any, lat: Any, country: pa.Array | None, report: Report) -> tuple[Any, Any]:
    """The points, exchanged where the table's owner has said so; those at 0, 0 are none."""
    headings = [meaning.heading_of(axis) for axis in ("lon", "lat")]
    has_point = ~(np.isnan(lon) | np.isnan(lat))
    if "coordinates" not in meaning.answers and has_point.any() and country is not None:
        countries = country.filter(pa.array(has_point))
        if seem_exchanged(lon[has_point], lat[has_point], countries):
            ask_for_exchange(headings, report)
    at_null = has_point & (lon == 0) & (lat == 0)
    if at_null.any():
        words = "0, 0 is a place in the sea that stands for no coordinates: read as none."
        report.repair(np.flatnonzero(at_null), headings[0], words)
        lon, lat = np.where(at_null, np.nan, lon), np.where(at_null, np.nan, lat)
    return lon, lat


def _refuse_halves(axes: tuple[tuple[str, pa.Array], ...], lon: Any, lat: Any, has_other: Any, report: Report) -> None:
    """Refuse rows with one coordinate of two, or with words for coordinates and nothing else that says where."""
    is_half = np.isnan(lon) != np.isnan(lat)
    if (lone := is_half & has_other & ~report.is_refused).any():
        words = "one coordinate is no number, and the other alone says nothing: the place is looked up by its name."
        report.repair(np.flatnonzero(lone), axes[0][0], words)
        is_half = is_half & ~lone
    for (heading, texts), found in zip(axes, (lon, lat) if len(axes) == 2 else (lon,), strict=True):
        is_empty = pc.equal(texts, "").to_numpy(zero_copy_only=False)
        report.refuse(
            np.flatnonzero(is_half & np.isnan(found) & ~report.is_refused),
            heading,
            "degrees",
            "there is no number, but the other coordinate is one (expected both, or neither).",
        )
        is_word = np.isnan(found) & ~is_empty & ~has_other & ~report.is_refused
        for text in sorted(set(texts.filter(pa.array(is_word)).to_pylist())):
            words = f"{shown(text)} is no number, and nothing else says where the event was (expected degrees)."
            its = is_word & pc.equal(texts, text).to_numpy(zero_copy_only=False)
            report.refuse(np.flatnonzero(its), heading, "degrees", words)


def _names_country(columns: dict[str, pa.Array], count: int) -> Any:
    encoded = pc.dictionary_encode(columns.get("place", pa.repeat("", count)))
    words = encoded.dictionary.to_pylist()
    return np.array(are_countries(words), bool)[encoded.indices.to_numpy()] if words else np.zeros(count, bool)


def _precision_told(
    cells: Cells, meaning: Meaning, columns: dict[str, pa.Array], has: tuple[Any, Any], report: Report
) -> pa.Array:
    """How precisely each row says where it was, given which have a point and which a name, (n,) booleans each."""
    codes = {**_OWN_PRECISIONS, **meaning.codes.get("geo_precision", {})}
    precision = _precision(cells, meaning, codes, report)
    if "geo_precision" not in meaning.codes:
        return precision
    # A code stands in every row of such a table, and says nothing where there is neither point nor name, or the name of
    # a whole country.
    has_point, has_place = has
    is_telling = has_point | (has_place & ~_names_country(columns, len(cells)))
    return pc.if_else(pa.array(is_telling), precision, "")


def _precision(cells: Cells, meaning: Meaning, codes: dict[str, str], report: Report) -> pa.Array:
    """Our words; a list keeps its entries; what is no code of the table is a repair, and "fuzzy"."""
    parts = meaning.columns["geo_precision"]
    given = joined(cells, parts)
    if "geo_precision" not in meaning.codes:
        return given
    found = known(cells, parts, codes)
    lost = ~is_nothing(given) & pc.equal(found, "").to_numpy(zero_copy_only=False)
    if lost.any():
        said = "no code of the precision of places that is known: the place is only known to be around there."
        report.repair(np.flatnonzero(lost), parts.headings[0], said)
    return pc.if_else(pa.array(lost), "fuzzy", found)


def _whole_countries(
    columns: dict[str, pa.Array], lon: Any, lat: Any, report: Report, meaning: Meaning
) -> dict[str, pa.Array]:
    """A point that is called by the name of the country it lies in stands for the whole of it, unless its precision is
    given: Argelia in Colombia is a town."""
    if "place" not in columns or np.isnan(lon).all():
        return columns
    precision = columns.get("geo_precision", pa.repeat("", len(lon)))
    rows = ~np.isnan(lon) & pc.equal(precision, "").to_numpy(zero_copy_only=False)
    at = np.flatnonzero(rows)
    encoded = pc.dictionary_encode(columns["place"].take(pa.array(at)))
    codes, words = encoded.indices.to_numpy(), encoded.dictionary.to_pylist()
    rows[at] = np.array(are_countries(words), bool)[codes] if words else False
    if rows.any():
        codes, at = codes[rows[at]], np.flatnonzero(rows)
        named = np.array([code or "" for code in read_countries(words).found], object)[codes]
        rows[at] = named == np.array([code or "" for code in BUNDLED.countries_of(lon[at], lat[at])], object)
    if rows.any():
        said = "the place is a whole country: its point stands for the country, and is no place in it."
        report.repair(np.flatnonzero(rows), meaning.heading_of("place"), said)
        columns["geo_precision"] = pc.if_else(pa.array(rows), "country", precision)
    return columns


def _one_point_each(columns: dict[str, pa.Array], lon: Any, lat: Any, report: Report) -> dict[str, pa.Array]:
    """Where no column names a place, and all events of each of several countries stand at one point, it stands for the
    country, and is no place in it."""
    at = np.flatnonzero(~np.isnan(lon))
    if {"place", "geo_precision"} & columns.keys() or "country" not in columns or not len(at):
        return columns
    countries = columns["country"].take(pa.array(at)).to_numpy(zero_copy_only=False)
    points = {*zip(lon[at].tolist(), lat[at].tolist(), countries.tolist(), strict=True)}
    count = len(set(countries.tolist()))
    if not len(points) == count >= _FEWEST_COUNTRIES or "" in countries or len(at) < 2 * count:
        return columns
    said = f"All events of each of {count} countries have one point: it stands for the country, and is no place in it."
    report.told.append(said)
    precision = np.full(len(lon), "", object)
    precision[at] = "country"
    return columns | {"geo_precision": pa.array(precision, pa.string())}


def _one_name_each(columns: dict[str, pa.Array], lon: Any, meaning: Meaning, report: Report) -> dict[str, pa.Array]:
    """Names of several places beside one point as one name, which is what the point is called; our own column has
    names that are apart."""
    heading = meaning.heading_of("place")
    if "place" not in columns or heading == "place":
        return columns
    is_list = ~np.isnan(lon) & pc.match_substring(columns["place"], ";").to_numpy(zero_copy_only=False)
    if not is_list.any():
        return columns
    words = "several names stand beside one point: the event stands there, and all of them are what it is called."
    report.repair(np.flatnonzero(is_list), heading, words)
    named = pc.utf8_trim(pc.replace_substring_regex(columns["place"], r"[\s;]*;\s*", ", "), ", ")
    return columns | {"place": pc.if_else(pa.array(is_list), named, columns["place"])}


def _texts(degrees: Any) -> pa.Array:
    """Decimal degrees as texts, "" for NaN."""
    encoded = pc.dictionary_encode(pa.array(degrees))
    texts = ["" if isnan(value) else _text(value) for value in encoded.dictionary.to_pylist()]
    return pa.array(texts, pa.string()).take(encoded.indices)


def _text(value: float) -> str:
    text = repr(value)
    return np.format_float_positional(value, trim="-") if "e" in text else text
