"""Coordinates as people write them: decimal degrees with a point or a comma, degrees and minutes, two in one cell."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.importers.tables.records import shown
from geodata.importers.values.answer import Answers, Refusal
from geodata.importers.values.numerals import ascii_digits
from geodata.places.boundaries import BUNDLED

# Letters of the compass in the languages of the page; O is east in German and west in French and Spanish.
_SOUTH_WEST = "swзю"
_COMPASS = {"lat": "nsсю", "lon": "ewoвз"}
_NUMBER = r"[-+]?\d{1,3}(?:[.,]\d+)?"
_UNSIGNED = r"\d{1,3}(?:[.,]\d+)?"
_PARTS = re.compile(
    rf"(?P<before>[nsewoсювз])?\s*(?P<sign>[-+])?\s*(?P<d>{_UNSIGNED})\s*[°º ]?\s*"
    rf"(?:(?P<m>\d{{1,2}}(?:[.,]\d+)?)\s*['m ]?\s*(?:(?P<s>\d{{1,2}}(?:[.,]\d+)?)\s*(?:\"|'')?\s*)?)?"
    rf"(?P<after>[nsewoсювз])?",
    re.IGNORECASE,
)
_WKT = re.compile(rf"(?:srid=\d+;)?\s*point\s*z?\s*\(\s*({_NUMBER})\s+({_NUMBER})(?:\s+\S+)?\s*\)", re.IGNORECASE)
_PAIR = re.compile(rf"[\[(]?\s*({_NUMBER})°?\s*(?:[;/]|,\s*|\s)\s*({_NUMBER})°?\s*(?:[\s,]\s*-?[\d.]+){{0,2}}\s*[\])]?")
_COMMAS = re.compile(r"[\[(]?\s*([-+]?\d{1,3},\d+)\s*(?:[;/]|,?\s)\s*([-+]?\d{1,3},\d+)\s*[\])]?")
_NOTHING = frozenset(
    ("", "na", "n/a", "nan", "null", "none", "unknown", "-", "?", "unbekannt", "inconnu", "неизвестно")
)
_LIMIT = {"lat": 90.0, "lon": 180.0}
_NAME = {"lat": "latitude", "lon": "longitude"}


def read_degrees(texts: Sequence[str], axis: str) -> Answers[float]:
    """Degrees (EPSG:4326) of the different texts of a column; `axis` is "lon" or "lat". A longitude beyond 180 up to
    360 is wrapped."""
    values, is_plain = _plain(texts)
    found: list[float | None] = values.tolist()
    refusals: dict[int, Refusal] = {}
    repairs: dict[int, str] = {}
    told = []
    is_beyond = is_plain & ~(np.abs(values) <= _LIMIT[axis])
    for position in np.flatnonzero(~is_plain | is_beyond).tolist():
        text = texts[position]
        found[position] = None
        if ascii_digits(text).casefold() in _NOTHING:
            if text.strip():
                repairs[position] = f"{shown(text)} is no number: read as not known."
            continue
        value = float(values[position]) if is_plain[position] else _degrees(text, axis)
        if value is None:
            refusals[position] = Refusal(
                "degrees", f"{shown(text)} is not a {_NAME[axis]} (expected degrees such as 43.25)."
            )
            continue
        if axis == "lon" and 180 < value <= 360:
            repairs[position] = f"{shown(text)} is east of 180 degrees: read as {value - 360:g}."
            value -= 360
        if not abs(value) <= _LIMIT[axis]:
            words = f"{shown(text)} is out of range (expected {-_LIMIT[axis]:g} to {_LIMIT[axis]:g} degrees)."
            refusals[position] = Refusal("degrees", words)
            continue
        found[position] = value
        if "," in text and not is_plain[position]:
            told = ["commas are read as decimal points."]
        if re.search(r"[^\d\s.,+-]", ascii_digits(text)):
            repairs[position] = f"{shown(text)} is read as {value:.6g} degrees."
    return Answers(found, refusals, repairs, tuple(told))


def read_points(texts: Sequence[str]) -> Answers[tuple[float, float]]:
    """(lon, lat) in degrees of texts that hold both; latitude stands first, as maps on the web give it, unless letters
    or the notation say otherwise."""
    found: list[tuple[float, float] | None] = [None] * len(texts)
    refusals: dict[int, Refusal] = {}
    repairs: dict[int, str] = {}
    is_lat_first = False
    for position, text in enumerate(texts):
        if ascii_digits(text).casefold() in _NOTHING:
            continue
        point, by_order = _point(text)
        if point is None or not (abs(point[0]) <= 180 and abs(point[1]) <= 90):
            words = f"{shown(text)} is no point (expected latitude and longitude such as 50.45, 30.52)."
            refusals[position] = Refusal("degrees", words)
            continue
        found[position] = point
        is_lat_first |= by_order
    told = ("of two coordinates in a cell, the first is the latitude.",) if is_lat_first else ()
    return Answers(found, refusals, repairs, told)


def looks_projected(texts: Sequence[str]) -> bool:
    """Whether most of the texts are numbers too large for degrees: metres of a projection."""
    values, _ = _plain(texts)
    return bool(np.sum(np.abs(values) > 360) * 2 > len(values))


def are_exchanged(lon: Any, lat: Any, countries: Any) -> float:
    """The share of n points that lie in their countries (codes, "" for none given) only with lon and lat exchanged."""
    rows = np.flatnonzero((countries != "") & (np.abs(lon) <= 90))
    if not len(rows):
        return 0.0
    rows = rows[:: max(1, len(rows) // 2_000)]
    given = countries[rows]
    as_written = np.array(BUNDLED.countries_of(lon[rows], lat[rows]), object) == given
    exchanged = np.array(BUNDLED.countries_of(lat[rows], lon[rows]), object) == given
    return float((exchanged & ~as_written).sum() / len(rows))


def _plain(texts: Sequence[str]) -> tuple[Any, Any]:
    """The numbers of the texts that are plain ones (NaN for others), and which are."""
    array = pc.utf8_trim_whitespace(pa.array(texts, pa.string()))
    is_number = pc.match_substring_regex(array, r"^[-+]?\d+(\.\d*)?$|^[-+]?\.\d+$")
    is_plain = is_number.to_numpy(zero_copy_only=False) if len(array) else np.zeros(0, bool)
    bare = pc.replace_substring_regex(pc.if_else(is_number, array, "nan"), r"^\+", "")
    return pc.cast(bare, pa.float64()).to_numpy(zero_copy_only=False).copy(), np.array(is_plain)


def _degrees(text: str, axis: str) -> float | None:
    bare = ascii_digits(text).casefold()
    if re.fullmatch(r"[-+]?\d+(?:[.,]\d+)?(e[-+]?\d+)?", bare):
        value = float(bare.replace(",", "."))
        return value if math.isfinite(value) and "e" not in bare else None
    match = _PARTS.fullmatch(bare)
    return None if not match else _of_parts(match, axis)


def _of_parts(match: re.Match[str], axis: str | None) -> float | None:
    letter = match["before"] or match["after"] or ""
    if (
        (match["before"] and match["after"])
        or (letter and match["sign"])
        or (axis and letter and letter not in _COMPASS[axis])
    ):
        return None
    parts = [float((match[part] or "0").replace(",", ".")) for part in "dms"]
    if parts[1] >= 60 or parts[2] >= 60 or (match["m"] and parts[0] != int(parts[0])):
        return None
    value = parts[0] + parts[1] / 60 + parts[2] / 3600
    return -value if match["sign"] == "-" or (letter and letter in _SOUTH_WEST) else value


def _point(text: str) -> tuple[tuple[float, float] | None, bool]:
    """(lon, lat), and whether only the order says which is which."""
    bare = ascii_digits(text)
    if match := _WKT.fullmatch(bare):
        return (float(match[1]), float(match[2])), False
    if match := _COMMAS.fullmatch(bare) or _PAIR.fullmatch(bare):
        one, other = (float(part.replace(",", ".")) for part in match.groups()[:2])
        return ((one, other) if abs(one) > 90 else (other, one)), abs(one) <= 90
    for cut in re.finditer(r"(?<=[nsewoсювз])[\s,;]+|[\s,;]+(?=[nsewoсювз]\s*\d)|;|,\s", bare, re.IGNORECASE):
        halves = [_PARTS.fullmatch(half.strip().casefold()) for half in (bare[: cut.start()], bare[cut.end() :])]
        if all(halves):
            first, second = (half for half in halves if half)
            is_lon_first = (first["before"] or first["after"] or "") in tuple("ewoвз")
            lon, lat = (first, second) if is_lon_first else (second, first)
            values = _of_parts(lon, "lon"), _of_parts(lat, "lat")
            if values[0] is not None and values[1] is not None:
                return (values[0], values[1]), False
    return None, False
