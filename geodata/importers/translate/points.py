"""Points of events: degrees in two columns or in one, or among the names of places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.errors import ChoiceError
from geodata.importers.files.sheet import SHAPE
from geodata.importers.tables.cells import Cells
from geodata.importers.translate.columns import joined
from geodata.importers.translate.meaning import Meaning
from geodata.importers.translate.report import Report
from geodata.importers.values.angles import Axis
from geodata.importers.values.answer import Question
from geodata.importers.values.degrees import are_exchanged, looks_projected, plain_numbers, read_degrees, read_points

# Two numbers: "1,200 miles off Dakar" has one.
_A_POINT = re.compile(r"[\s(]*[-+NSns]?\d{1,3}([.,]\d+|\s*[°º]\d*)(?!\d).*\d", re.DOTALL)
# "Inata; Sahel; Burkina Faso; 14.34; -1.33" as lists in JSON become, and ['Inata', 'Sahel', 14.34, -1.33].
_BETWEEN = re.compile(r"""[;]\s*|(?<=["'\d])\s*,\s*""")
_DEGREES = re.compile(r"-?\d{1,3}(?:\.\d+)?", re.ASCII)
_WITH_DECIMALS = re.compile(r"-?\d{1,3}\.\d+", re.ASCII)
_QUOTES = " \"'"
_MOSTLY, _FEWEST = 0.5, 3
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
    texts = [joined(cells, meaning.columns[axis]) for axis in ("lon", "lat")]
    shared = _shared_shapes(cells, meaning)
    if shared.any():
        texts = [pc.if_else(pa.array(shared), "", each) for each in texts]
        said = "one shape stands for several places: they are looked up by their names."
        report.repair(np.flatnonzero(shared), headings[0], said)
    nothing = np.full(len(cells), np.nan)
    if not len(cells):
        return nothing, nothing, tuple(zip(headings, texts, strict=True))
    encoded = [pc.dictionary_encode(each) for each in texts]
    words = [each.dictionary.to_pylist() for each in encoded]
    codes = [each.indices.to_numpy().astype(np.int64) for each in encoded]
    numbers = [plain_numbers(each) for each in words]
    is_turned = meaning.answers.get("coordinates") == "exchanged"
    if looks_projected(*numbers):
        if crs := meaning.answers.get("crs"):
            x, y = (each[at] for each, at in zip(numbers, codes, strict=True))
            lon, lat = _from_metres(x, y, crs)
            return lon, lat, tuple(zip(headings, texts, strict=True))
        named = " and ".join(f'"{heading}"' for heading in headings)
        asked = f"{named} hold no degrees, but what looks like metres of a projection. Which one is it?"
        report.questions.append(Question("crs", asked, (("EPSG:3857", "web maps"), ("EPSG:32642", "UTM, zone 42"))))
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


def _shared_shapes(cells: Cells, meaning: Meaning) -> Any:
    """Which rows of a layer name several places and have a line or some points for them, (n,) booleans."""
    if SHAPE not in cells.columns or "place" not in meaning.columns:
        return np.zeros(len(cells), bool)
    has_several = pc.match_substring_regex(joined(cells, meaning.columns["place"]), "[;>]")
    is_shared = pc.is_in(cells.column(SHAPE), pa.array(["line", "points"]))
    return pc.and_(has_several, is_shared).to_numpy(zero_copy_only=False)


def _from_metres(x: Any, y: Any, crs: str) -> tuple[Any, Any]:
    """Longitudes and latitudes (n,) of eastings and northings in metres. Raises ChoiceError for an unknown system."""
    from pyproj import Transformer  # noqa: PLC0415 (only metres need it)
    from pyproj.exceptions import CRSError  # noqa: PLC0415

    try:
        transformer = Transformer.from_crs(crs, "EPSG:4326", always_xy=True)
    except CRSError:
        raise ChoiceError("crs", f"Cannot read crs: {crs!r} is no known system (expected such as EPSG:3857).") from None
    lon, lat = transformer.transform(x, y)
    is_out = ~(np.isfinite(lon) & np.isfinite(lat))
    return np.where(is_out, np.nan, lon), np.where(is_out, np.nan, lat)


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
    encoded = pc.dictionary_encode(texts)
    words, codes = encoded.dictionary.to_pylist(), encoded.indices.to_numpy().astype(np.int64)
    answers = read_points(words)
    report.hear(heading, codes, words, answers)
    values = np.array([(np.nan, np.nan) if point is None else point for point in answers.found], float).reshape(-1, 2)
    return (values[codes, 0], values[codes, 1]) if len(words) else (np.zeros(0), np.zeros(0))


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
    if _A_POINT.match(text):
        return "", text
    parts = [part.strip(_QUOTES) for part in _BETWEEN.split(text.strip(" []()"))]
    # In a text that is no list, whole numbers count houses or sectors.
    degrees = _DEGREES if "[" in text or ";" in text else _WITH_DECIMALS
    if len(parts) > 2 and all(map(degrees.fullmatch, parts[-2:])) and not any(map(_DEGREES.fullmatch, parts[:-2])):
        return ", ".join(filter(None, parts[:-2])), ", ".join(parts[-2:])
    return text, ""
