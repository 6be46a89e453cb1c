"""Points of events: degrees in two columns or in one, or among the names of places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.importers.files.sheet import SHAPE
from geodata.importers.tables.cells import Cells
from geodata.importers.translate.around import spelled_out
from geodata.importers.translate.columns import angles_of, joined
from geodata.importers.translate.meaning import Meaning
from geodata.importers.translate.report import Report
from geodata.importers.values.angles import Axis
from geodata.importers.values.answer import Answers, Question
from geodata.importers.values.codes.grids import is_code
from geodata.importers.values.codes.metres import degrees_of, grids_in, grids_of, is_turned, name_of
from geodata.importers.values.countries import read_countries
from geodata.importers.values.degrees import are_exchanged, looks_projected, plain_numbers, read_degrees
from geodata.importers.values.points import MOST_IN_A_CELL, read_points, taken_apart
from geodata.places.boundaries import BUNDLED
from geodata.record.model import point_words

# Two numbers: "1,200 miles off Dakar" has one.
_A_POINT = re.compile(r"[\s(]*[-+NSns]?\d{1,3}([.,]\d+|\s*[°º]\d*)(?!\d).*\d", re.DOTALL)
# "Inata; Sahel; Burkina Faso; 14.34; -1.33" as lists in JSON become, and ['Inata', 'Sahel', 14.34, -1.33].
_BETWEEN = re.compile(r"""[;]\s*|(?<=["'\d])\s*,\s*""")
_DEGREES = re.compile(r"-?\d{1,3}(?:\.\d+)?", re.ASCII)
_WITH_DECIMALS = re.compile(r"-?\d{1,3}\.\d+", re.ASCII)
_QUOTES = " \"'"
_MOSTLY, _FEWEST = 0.5, 3
_NUMBERS = r"^-?\d{1,3}(\.\d+)?(; ?-?\d{1,3}(\.\d+)?)+$"
_NEARLY_ALL = 0.9
LOST = "degrees/"
"""How the answer to what metres are begins where they are degrees that lost their decimal point: "degrees/10000"."""
_MOST_LON, _MOST_LAT = 180.0, 90.0
# Longitudes and latitudes (n,) in degrees, NaN for none; the headings and texts that they stand in.
Degrees: TypeAlias = tuple[Any, Any, tuple[tuple[str, pa.Array], ...]]


def degrees(cells: Cells, meaning: Meaning, report: Report) -> Degrees:
    """Longitudes and latitudes (n,) in degrees, NaN for none, and the headings and texts that they stand in."""
    nothing = np.full(len(cells), np.nan)
    if point := meaning.columns.get("point"):
        texts = joined(cells, point)
        lon, lat = _read_points(texts, point.headings[0], report)
        return lon, lat, ((point.headings[0], texts),)
    if not ("lon" in meaning.columns and "lat" in meaning.columns):
        return nothing, nothing, ()
    return _pair(cells, meaning, report)


def _pair(cells: Cells, meaning: Meaning, report: Report) -> Degrees:
    """The degrees of two columns, exchanged where the table's owner has said so."""
    headings = [meaning.heading_of(axis) for axis in ("lon", "lat")]
    texts = [angles_of(cells, meaning.columns[axis]) for axis in ("lon", "lat")]
    shared = _shared_shapes(cells, meaning)
    if shared.any():
        texts = [pc.if_else(pa.array(shared), "", each) for each in texts]
        said = "one shape stands for several places: they are looked up by their names."
        report.repair(np.flatnonzero(shared), headings[0], said)
    nothing = np.full(len(cells), np.nan)
    if not len(cells):
        return nothing, nothing, tuple(zip(headings, texts, strict=True))
    texts = _without_several(texts, headings[0], report)
    encoded = [pc.dictionary_encode(each) for each in texts]
    words = [each.dictionary.to_pylist() for each in encoded]
    codes = [each.indices.to_numpy().astype(np.int64) for each in encoded]
    numbers = [plain_numbers(each) for each in words]
    is_turned = meaning.answers.get("coordinates") == "exchanged"
    if looks_projected(*numbers):
        x, y = (each[at] for each, at in zip(numbers, codes, strict=True))
        countries = _countries_said(cells, meaning)
        lost = _lost_points(x, y, countries)
        named = " and ".join(f'"{heading}"' for heading in headings)
        grids = [] if lost else grids_in(x, y, countries)
        if (crs := meaning.answers.get("crs", "")) or len(grids) == 1:
            if not crs:
                crs = grids[0]
                report.told.append(f"{named} are metres of {name_of(crs)}, by which the points are in their countries.")
            lost = int(crs.removeprefix(LOST)) if crs.startswith(LOST) else 0
            lon, lat = (x / lost, y / lost) if lost else _from_metres(x, y, crs, named, report)
            return lon, lat, tuple(zip(headings, texts, strict=True))
        asked = f"{named} hold no degrees, but what looks like metres of a projection. Which one is it?"
        choices = [(code, name_of(code)) for code in grids or grids_of(x, y)]
        choices += [("EPSG:3857", "web maps"), ("EPSG:32642", "UTM, zone 42")]
        if lost:
            asked = f"{named} hold whole numbers that are in their countries as degrees with a lost point. Are they?"
            choices = [(f"{LOST}{lost}", f"yes: they are divided by {lost:,}"), *choices]
        report.questions.append(Question("crs", asked, tuple(choices)))
        return nothing, nothing, ()
    as_written = [each[at] for each, at in zip(numbers, codes, strict=True)]
    if not is_turned and seem_exchanged(*as_written):
        ask_for_exchange(headings, report)
        return nothing, nothing, ()
    found = {}
    axes: tuple[Axis, Axis] = ("lat", "lon") if is_turned else ("lon", "lat")
    for number, axis in enumerate(axes):
        answers = read_degrees(words[number], axis)
        report.hear(headings[number], codes[number], words[number], answers)
        values = np.array([np.nan if value is None else value for value in answers.found], float)
        found[axis] = values[codes[number]], (headings[number], texts[number])
    (lon, of_lon), (lat, of_lat) = found["lon"], found["lat"]
    return lon, lat, (of_lon, of_lat)


def _from_metres(x: Any, y: Any, crs: str, named: str, report: Report) -> tuple[Any, Any]:
    if is_turned(x, y, crs):
        report.told.append(f"{named} are exchanged, as {name_of(crs)} is used elsewhere.")
        x, y = y, x
    return degrees_of(x, y, crs)


def _countries_said(cells: Cells, meaning: Meaning) -> Any:
    """The countries (n,) of rows, ISO 3166-1 alpha-2, as their column or those of their regions say; "" for none."""
    if parts := meaning.columns.get("country"):
        encoded = pc.dictionary_encode(joined(cells, parts))
        named = [code or "" for code in read_countries(encoded.dictionary.to_pylist()).found]
        return np.array(named, object)[encoded.indices.to_numpy()]
    if parts := meaning.columns.get("admin1"):
        _, of_regions = spelled_out(joined(cells, parts), Report(cells), parts.headings[0])
        if of_regions is not None:
            return of_regions.to_numpy(zero_copy_only=False)
    return np.full(len(cells), "", object)


def _lost_points(x: Any, y: Any, countries: Any) -> int:
    """The power of ten by which whole numbers are degrees in the countries of nearly all rows, 0 if none does that."""
    rows = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    if not (countries != "").any() or len(rows) < _FEWEST or (x[rows] % 1).any() or (y[rows] % 1).any():
        return 0
    countries = countries[rows]
    for power in range(2, 9):
        lon, lat = x[rows] / 10**power, y[rows] / 10**power
        if max(np.abs(lon).max(), 2 * np.abs(lat).max()) <= _MOST_LON:
            at = np.array([code or "" for code in BUNDLED.countries_of(lon, lat)], object)
            return 10**power if ((at == countries) & (countries != "")).mean() >= _NEARLY_ALL else 0
    return 0


def _without_several(texts: list[pa.Array], heading: str, report: Report) -> list[pa.Array]:
    """The longitudes and latitudes without those of rows with several, "30.1; 30.4", which are noted in the report."""
    has_several = pc.and_(*(pc.match_substring_regex(each, _NUMBERS) for each in texts))
    if not pc.any(has_several).as_py():
        return texts
    several = {}
    for row in np.flatnonzero(has_several.to_numpy(zero_copy_only=False)).tolist():
        lons, lats = ([float(part) for part in each[row].as_py().split(";")] for each in texts)
        are_degrees = all(abs(lon) <= _MOST_LON for lon in lons) and all(abs(lat) <= _MOST_LAT for lat in lats)
        if len(lons) == len(lats) <= MOST_IN_A_CELL and are_degrees:
            several[row] = list(zip(lons, lats, strict=True))
    _note_several(several, np.arange(len(has_several)), len(has_several), heading, report)
    is_noted = pa.array(np.isin(np.arange(len(has_several)), list(several)))
    return [pc.if_else(is_noted, "", each) for each in texts]


def _shared_shapes(cells: Cells, meaning: Meaning) -> Any:
    """Which rows of a layer name several places and have a line or some points for them, (n,) booleans."""
    if SHAPE not in cells.columns or "place" not in meaning.columns:
        return np.zeros(len(cells), bool)
    has_several = pc.match_substring_regex(joined(cells, meaning.columns["place"]), "[;>]")
    is_shared = pc.is_in(cells.column(SHAPE), pa.array(["line", "points"]))
    return pc.and_(has_several, is_shared).to_numpy(zero_copy_only=False)


def seem_exchanged(lon: Any, lat: Any, countries: Any = None) -> bool:
    """Whether most of some points, and not of one or two, are on the globe or in their countries only exchanged."""
    return len(lon) >= _FEWEST and are_exchanged(lon, lat, countries) > _MOSTLY


def ask_for_exchange(headings: Sequence[str], report: Report) -> None:
    """Ask whether the two coordinates stand in each other's column."""
    lon, lat = headings
    words = f'Most points lie in their countries, or on the globe, only with "{lon}" and "{lat}" exchanged.'
    choices = (("exchanged", "Exchange them"), ("as written", "Leave them as they are"))
    report.questions.append(Question("coordinates", words, choices))


def _read_points(texts: pa.Array, heading: str, report: Report) -> tuple[Any, Any]:
    """Longitudes and latitudes (n,), NaN for none; cells with several points are noted in the report, and NaN."""
    encoded = pc.dictionary_encode(texts)
    words, codes = encoded.dictionary.to_pylist(), encoded.indices.to_numpy().astype(np.int64)
    if not words:
        return np.zeros(0), np.zeros(0)
    apart = [taken_apart(word) for word in words]
    others = [part for parts in apart for part in parts]
    # All are read together, as their writer has one order of latitude and longitude; a cell of several by its first.
    answers = read_points([*(parts[0] if parts else word for word, parts in zip(words, apart, strict=True)), *others])
    found = answers.found[: len(words)]
    refusals = {at: refusal for at, refusal in answers.refusals.items() if at < len(words)}
    several: dict[int, list[tuple[float, float]]] = {}
    start = len(words)
    for number, parts in enumerate(apart):
        points = [point for point in answers.found[start : start + len(parts)] if point]
        wrong = [answers.refusals[at] for at in range(start, start + len(parts)) if at in answers.refusals]
        start += len(parts)
        if parts:
            found[number] = None
            refusals |= {number: wrong[0]} if wrong else {}
            several |= {} if wrong else {number: points}
    repairs = {at: said for at, said in answers.repairs.items() if at < len(words) and not apart[at]}
    report.hear(heading, codes, words, Answers(found, refusals, repairs, answers.told, answers.question))
    _note_several(several, codes, len(words), heading, report)
    values = np.array([(np.nan, np.nan) if point is None else point for point in found], float).reshape(-1, 2)
    return values[codes, 0], values[codes, 1]


def _note_several(
    several: dict[int, list[tuple[float, float]]], codes: Any, count: int, heading: str, report: Report
) -> None:
    """Note the points, by the codes of their cells, of events that are at each of several."""
    if not several:
        return
    names = np.full(count, "", object)
    for code, points in several.items():
        its = {point_words(lon, lat): f"{lon!r}, {lat!r}" for lon, lat in points}
        report.points |= its
        names[code] = "; ".join(its)
    report.several = pa.array(names[codes], pa.string())
    said = f"{np.isin(codes, list(several)).sum():,} cells have several points: the event is at each of them."
    report.told.append(f'column "{heading}": {said}')


def points_in(places: pa.Array, meaning: Meaning, report: Report) -> tuple[Any, Any, pa.Array]:
    """Points that stand in the column of the names, and the names without them: alone in their cell, or at the end of
    a list of names from the finest to the coarsest."""
    encoded = pc.dictionary_encode(places)
    apart = [_apart(word) for word in encoded.dictionary.to_pylist()]
    names, points = (
        pa.array(texts, pa.string()).take(encoded.indices) for texts in zip(*apart or [("", "")], strict=True)
    )
    has_point = pc.not_equal(points, "")
    if not (count := pc.sum(has_point).as_py() or 0):
        return np.full(len(places), np.nan), np.full(len(places), np.nan), places
    heading = meaning.heading_of("place")
    lon, lat = _read_points(points, heading, report)
    report.told.append(f'column "{heading}": {count:,} cells hold coordinates, which are read as points.')
    return lon, lat, names


def _apart(text: str) -> tuple[str, str]:
    """The name and the point, "" for none, of the place in a cell."""
    if _A_POINT.match(text) or is_code(text):
        return "", text
    parts = [part.strip(_QUOTES) for part in _BETWEEN.split(text.strip(" []()"))]
    # In a text that is no list, whole numbers count houses or sectors.
    degrees = _DEGREES if "[" in text or ";" in text else _WITH_DECIMALS
    if len(parts) > 2 and all(map(degrees.fullmatch, parts[-2:])) and not any(map(_DEGREES.fullmatch, parts[:-2])):
        return ", ".join(filter(None, parts[:-2])), ", ".join(parts[-2:])
    return text, ""
