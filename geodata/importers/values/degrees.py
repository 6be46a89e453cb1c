"""Columns of coordinates: degrees in any notation, and the signs that something else is meant.

Plain numbers are read all at once; only what is none is read one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.importers.tables.records import BLANKS, shown
from geodata.importers.values.angles import Angle, Axis, NoDegrees, in_range, meaning_of_o, plain, read_angle
from geodata.importers.values.answer import Answers, Refusal
from geodata.importers.values.points import read_points
from geodata.importers.values.words.folding import MISSING

__all__ = ["are_exchanged", "looks_projected", "plain_numbers", "read_degrees", "read_points"]

# As programs write numbers near 0 too: 7.7e-05.
_PLAIN = r"^-?\d{1,9}([.,]\d{1,30})?([eE]-\d{1,2})?$"
_SAMPLE = 2_000
_SOUTH_OF_ALL = -60.0  # degrees: beyond lies Antarctica alone
_MOST_DEGREES = 360.0


def read_degrees(texts: Sequence[str], axis: Axis) -> Answers[float]:
    """The degrees (EPSG:4326) of the different texts of a column of longitudes or latitudes.

    A longitude from 180 to 360 is counted from -180; what lies beyond is refused. A word such as "n/a" is None
    without a refusal.
    """
    values, commas = _numbers(texts)
    refusals: dict[int, Refusal] = {}
    repairs: dict[int, str] = {}
    low, high = (-90, 90) if axis == "lat" else (-180, 180)
    with np.errstate(invalid="ignore"):
        outside = np.flatnonzero((values < low) | (values > high))
    others = np.flatnonzero(np.isnan(values))
    for position in outside.tolist():
        values[position] = _ranged(position, texts[position], float(values[position]), axis, refusals, repairs)
    told = []
    if len(commas):
        told.append(f"Commas are decimal commas, as in {shown(min(texts[i] for i in commas.tolist()))}.")
    told += _read_others(texts, others.tolist(), axis, values, refusals, repairs)
    found: list[float | None] = values.tolist()
    for position in np.flatnonzero(np.isnan(values)).tolist():
        found[position] = None
    return Answers(found, refusals, repairs, tuple(told))


def plain_numbers(texts: Sequence[str]) -> Any:
    """The numbers of a column, (n,) floats in whatever unit, NaN where a text is no plain number."""
    return _numbers(texts)[0]


def looks_projected(lon: Any, lat: Any) -> bool:
    """Whether numbers are no degrees but metres of a projection, as half of them lie beyond 360. (n,) floats."""
    for values in (np.abs(np.asarray(lon, float)), np.abs(np.asarray(lat, float))):
        known = values[np.isfinite(values)]
        if len(known) and float(np.median(known)) > _MOST_DEGREES:
            return True
    return False


def are_exchanged(lon: Any, lat: Any, countries: Any = None) -> float:
    """The share of rows, from 0 to 1, whose longitude and latitude are the other way round.

    `lon`, `lat`: (n,) degrees as they stand, NaN where there are none. `countries`: (n,) ISO 3166-1 alpha-2 codes, ""
    or None where there is none. With countries these are the rows that lie in theirs only when exchanged, of some
    evenly chosen rows with one; without, those whose latitude is beyond 90 degrees and whose longitude is not, or
    which lie where nobody lives, south of 60 degrees, and exchanged in a country.
    """
    x, y = np.asarray(lon, float), np.asarray(lat, float)
    is_known = np.isfinite(x) & np.isfinite(y)
    if countries is not None:
        given = pa.array(countries, pa.string())
        rows = np.flatnonzero(is_known & np.asarray(pc.greater(pc.binary_length(given).fill_null(0), 0)))
        if len(rows):
            rows = rows[np.linspace(0, len(rows) - 1, min(len(rows), _SAMPLE)).astype(int)]
            codes = np.array(given.take(pa.array(rows)).to_pylist(), "U2")
            return float(np.mean(_lie_in(y[rows], x[rows], codes) & ~_lie_in(x[rows], y[rows], codes)))
    if not is_known.any():
        return 0.0
    x, y = x[is_known], y[is_known]
    is_off = (np.abs(y) > 90) & (np.abs(x) <= 90)
    is_south = (y < _SOUTH_OF_ALL) & (y >= -90)
    if is_south.any():
        rows = np.flatnonzero(is_south)
        rows = rows[np.linspace(0, len(rows) - 1, min(len(rows), _SAMPLE)).astype(int)]
        share = float(np.mean(_lie_in_any(y[rows], x[rows])))
        return float(np.mean(is_off)) + share * float(np.mean(is_south))
    return float(np.mean(is_off))


def _lie_in_any(lon: Any, lat: Any) -> Any:
    """Which points lie in a country other than Antarctica, (n,) booleans."""
    from geodata.places.boundaries import BUNDLED  # noqa: PLC0415 (brings the shapes of all countries)

    return np.array([bool(code) and code != "AQ" for code in BUNDLED.countries_of(lon, lat)], bool)


def _lie_in(lon: Any, lat: Any, codes: Any) -> Any:
    """Which points lie in the country of their code, (n,) booleans."""
    from geodata.places.boundaries import BUNDLED  # noqa: PLC0415 (brings the shapes of all countries)

    found = np.zeros(len(lon), bool)
    rows = np.flatnonzero((np.abs(lat) <= 90) & (np.abs(lon) <= 180))
    at = BUNDLED.countries_of(lon[rows], lat[rows])
    found[rows] = np.array([code or "" for code in at], "U2") == codes[rows]
    return found


def _numbers(texts: Sequence[str]) -> tuple[Any, Any]:
    """(n,) floats, NaN where a text is no plain number, and the positions of those with a decimal comma."""
    column = pa.array(texts, pa.string())
    values = np.full(len(texts), np.nan)
    rows, commas = _read_numbers(column, np.arange(len(texts)), values)
    if rows < len(texts):
        left = np.flatnonzero(np.isnan(values))
        rest = pc.utf8_trim(column.take(pa.array(left)), BLANKS)
        commas = np.concatenate([commas, _read_numbers(rest, left, values)[1]])
    return values, commas


def _read_numbers(column: pa.Array, positions: Any, values: Any) -> tuple[int, Any]:
    """Put the numbers of a column into `values`; how many there are, and the positions of those with a comma."""
    rows = np.flatnonzero(pc.match_substring_regex(column, _PLAIN).to_numpy(zero_copy_only=False))
    if len(rows) < len(column):
        column, positions = column.take(pa.array(rows)), positions[rows]
    has_comma = pc.match_substring(column, ",").to_numpy(zero_copy_only=False)
    if has_comma.any():
        column = pc.replace_substring(column, ",", ".")
    values[positions] = pc.cast(column, pa.float64()).to_numpy(zero_copy_only=False)
    return len(rows), positions[has_comma]


def _ranged(
    position: int, text: str, degrees: float, axis: Axis, refusals: dict[int, Refusal], repairs: dict[int, str]
) -> float:
    """Degrees in range, NaN with a refusal for others."""
    try:
        found = in_range(degrees, axis)
    except NoDegrees as refused:
        refusals[position] = Refusal(refused.rule, f"{shown(text)} {refused}.")
        return float("nan")
    if found != degrees:
        repairs[position] = f"{shown(text)} is read as {found:.10g} degrees (longitudes count from -180 to 180)."
    return found


def _read_others(
    texts: Sequence[str],
    positions: list[int],
    axis: Axis,
    values: Any,
    refusals: dict[int, Refusal],
    repairs: dict[int, str],
) -> list[str]:
    """Read what is no plain number, into `values`."""
    angles: dict[int, Angle] = {}
    for position in positions:
        cell = plain(texts[position])
        if cell in MISSING:
            repairs[position] = f"{shown(texts[position])} is no number; the cell counts as empty."
        elif cell:
            try:
                angles[position] = read_angle(cell)
            except NoDegrees as refused:
                refusals[position] = Refusal(refused.rule, f"{shown(texts[position])} {refused}.")
    meant, told = meaning_of_o(angles.values())
    for position, angle in angles.items():
        text = texts[position]
        try:
            values[position] = angle.on(axis, meant)
        except NoDegrees as refused:
            refusals[position] = Refusal(refused.rule, f"{shown(text)} {refused}.")
        else:
            if not angle.is_plain or values[position] != angle.degrees:
                repairs[position] = f"{shown(text)} is read as {values[position]:.10g} degrees."
    return told
