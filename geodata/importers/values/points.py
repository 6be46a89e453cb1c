"""Points in one cell: "50.45, 30.52", degrees and minutes with letters, WKT, GeoJSON, R, maps' addresses, codes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.importers.tables.records import BLANKS, shown
from geodata.importers.values.angles import Angle, Axis, NoDegrees, meaning_of_o, plain, read_angle
from geodata.importers.values.answer import Answers, Refusal
from geodata.importers.values.codes.grids import point_of
from geodata.importers.values.words.folding import MISSING

_PAIR = r"^-?\d{1,3}(\.\d{1,30})? ?[,;] ?-?\d{1,3}(\.\d{1,30})?$"
_NUMBER = r"[+-]?\d{1,9}(?:\.\d{1,30})?(?:e-?\d{1,3})?"
_WKT = re.compile(rf"(?:srid=\d+; ?)?point ?(?:zm|z|m)? ?\( ?({_NUMBER}) ({_NUMBER})(?: {_NUMBER}){{0,2}} ?\)")
_OF_R = re.compile(rf"c\(({_NUMBER}), ?({_NUMBER})\)")
_NONE_OF_R = re.compile(r"c\(na, ?na\)")
_GEOJSON = re.compile(rf'\{{.*"coordinates" ?: ?\[ ?({_NUMBER}) ?, ?({_NUMBER}) ?[,\]].*')
_BEFORE = r"(?:@|[?&](?:q|ll|query|center|destination|daddr)=(?:loc:)?|geo:|#map=[\d.]+/|!3d)"
_ADDRESS = re.compile(rf"{_BEFORE}({_NUMBER})(?:,|/|!4d|%2c)[ +]?({_NUMBER})")
# OpenStreetMap's marker; and maps that have the longitude first, their marker before the middle of what they show.
_MARKER = re.compile(rf"[?&]mlat=({_NUMBER})&mlon=({_NUMBER})")
_LON_FIRST = re.compile(
    r"(?:yandex|2gis)\..*?[?&/](?:pt=|whatshere%5Bpoint%5D=|(?!.*[?&]pt=)(?:ll=|m=|geo/\d+/))"
    rf"({_NUMBER})(?:,|%2c)({_NUMBER})",
    re.IGNORECASE,
)
# What a program writes around a point, and a person who is not sure of it.
_QUOTES = re.compile(r"[{}\"']")
_ROUGHLY = re.compile(r"^(?:~|ca\.?|approx\.?) ?(?=[\d+-])|\s*\((?:approx|ca\b|estimat|about)[^()]*\)$")
# The place itself, beside the middle of what the map shows.
_PIN = re.compile(rf"!3d({_NUMBER})!4d({_NUMBER})")
# As survey apps write it: latitude, longitude, height and accuracy.
_GEOPOINT = re.compile(r"(-?\d+\.\d+)[ ,]+(-?\d+\.\d+)(?:[ ,]+-?\d+(?:\.\d+)?){1,2}")
_SAID_BY_THEIR_FORM: tuple[tuple[re.Pattern[str], Axis], ...] = (
    (_WKT, "lon"), (_OF_R, "lon"), (_GEOJSON, "lon"), (_GEOPOINT, "lat"),
)  # fmt: skip
_LABEL = re.compile(
    r"(?:(?P<lat>latitude|lat|breite|широта|latitud)|(?P<lon>longitude|long|lng|lon|lange|longitud|долгота))"
    r"(?![^\W\d]) ?[.:=]? ?"
)
# Of several points in a cell, each has two numbers with decimals, or is a code.
_SEVERAL = re.compile(r"\d[.,]\d.*[^\d.,].*\d[.,]\d|[\dA-Z]{4}\+[\dA-Z]{2}|^\s*\d{1,2}[A-Z]{3} ?\d{4}")
MOST_IN_A_CELL = 100
_EXPECTED = "is no point (expected latitude and longitude in degrees, such as 43.25, 76.95)"
_LONGEST = 1_000  # addresses of maps are long
_SEPARATORS = ("; ", ";", " | ", "|", " / ", "/", ", ", ",", " ")


def read_points(texts: Sequence[str]) -> Answers[tuple[float, float]]:
    """The points (lon, lat), EPSG:4326, of the different texts of a column that has both in one cell.

    The latitude comes first unless letters, names or WKT say otherwise, or numbers beyond 90 degrees do for the
    whole column.
    """
    column = _Column(texts, *_pairs(texts))
    column.read_others()
    return column.answers()


@dataclass(slots=True)
class _Column:
    """A column of points while it is read.

    `first` and `second` (n,) are numbers in the order in which they stand, NaN where a text is no such pair;
    `declared` are longitude and latitude of texts that say which is which.
    """

    texts: Sequence[str]
    first: Any
    second: Any
    declared: dict[int, tuple[Angle, Angle]] = field(default_factory=dict)
    refusals: dict[int, Refusal] = field(default_factory=dict)
    repairs: dict[int, str] = field(default_factory=dict)
    # Pairs that do not stand as they are read.
    unlike: set[int] = field(default_factory=set)

    def read_others(self) -> None:
        """Read the texts that are no plain pair."""
        for position in np.flatnonzero(np.isnan(self.first)).tolist():
            text = self.texts[position]
            cell = plain(text)
            if cell in MISSING or _NONE_OF_R.fullmatch(cell):
                self.repairs[position] = f"{shown(text)} is no point; the cell counts as empty."
            elif cell:
                try:
                    axis, one, two = _point(text.casefold(), cell)
                except NoDegrees as refused:
                    self._refuse(position, refused)
                    continue
                if axis:
                    self.declared[position] = (one, two) if axis == "lon" else (two, one)
                else:
                    self.first[position], self.second[position] = one.degrees, two.degrees
                    self.unlike.add(position)

    def answers(self) -> Answers[tuple[float, float]]:
        told = []
        rows = np.flatnonzero(~np.isnan(self.first))
        is_far = (np.abs(self.first[rows]) > 90) & (np.abs(self.first[rows]) <= 360)
        is_lon_first = bool(is_far.any()) and not bool((np.abs(self.second[rows]) > 90).any())
        if len(rows):
            example = min(self.texts[i] for i in (rows[is_far] if is_lon_first else rows).tolist())
            told.append(f"The {'longitude' if is_lon_first else 'latitude'} comes first, as in {shown(example)}.")
        lon, lat = (self.first, self.second) if is_lon_first else (self.second, self.first)
        found: list[tuple[float, float] | None] = list(zip(lon.tolist(), lat.tolist(), strict=True))
        for position in np.flatnonzero(np.isnan(lon)).tolist():
            found[position] = None
        outside = rows[(np.abs(lon[rows]) > 180) | (np.abs(lat[rows]) > 90)]
        for position in sorted(self.unlike | set(outside.tolist())):
            self.declared[position] = (_angle(lon[position]), _angle(lat[position]))
        meaning, told_of_o = meaning_of_o(angle for pair in self.declared.values() for angle in pair)
        for position, (x, y) in self.declared.items():
            found[position] = None
            try:
                found[position] = point = x.on("lon", meaning), y.on("lat")
            except NoDegrees as refused:
                self._refuse(position, refused)
            else:
                self.repairs[position] = (
                    f"{shown(self.texts[position])} is read as latitude {point[1]:.10g}, longitude {point[0]:.10g}."
                )
        return Answers(found, self.refusals, self.repairs, (*told, *told_of_o))

    def _refuse(self, position: int, refused: NoDegrees) -> None:
        self.refusals[position] = Refusal(refused.rule, f"{shown(self.texts[position])} {refused}.")


def _angle(degrees: Any) -> Angle:
    return Angle(float(degrees), "", True)


def _pairs(texts: Sequence[str]) -> tuple[Any, Any]:
    """The numbers of plain pairs, (n,) floats each, NaN for other texts."""
    column = pc.utf8_trim(pa.array(texts, pa.string()), BLANKS + "()")
    rows = np.flatnonzero(pc.match_substring_regex(column, _PAIR).to_numpy(zero_copy_only=False))
    pairs = pc.replace_substring(column.take(pa.array(rows)), ";", ",")
    parts = pc.utf8_trim(pc.list_flatten(pc.split_pattern(pairs, ",")), BLANKS)
    numbers = pc.cast(parts, pa.float64()).to_numpy(zero_copy_only=False).reshape(-1, 2)
    first, second = np.full(len(texts), np.nan), np.full(len(texts), np.nan)
    first[rows], second[rows] = numbers[:, 0], numbers[:, 1]
    return first, second


def taken_apart(text: str) -> list[str]:
    """The points in a cell that has several of them: "50.1, 30.2; 50.3, 30.4"; none of any other."""
    for mark in (";", "|", "\n", "), ("):
        parts = [part.strip(f"{BLANKS}()") for part in text.strip(f"{BLANKS}{mark}").split(mark)]
        if 1 < len(parts) <= MOST_IN_A_CELL and all(map(_SEVERAL.search, parts)):
            return parts
    return []


def _point(text: str, cell: str) -> tuple[Axis | None, Angle, Angle]:
    """Which axis comes first, None where a text does not say it, and both angles. Raises `NoDegrees`."""
    if len(cell) > _LONGEST:
        raise NoDegrees("degrees", _EXPECTED)
    for pattern, axis in _SAID_BY_THEIR_FORM:
        match = pattern.fullmatch(cell)
        if match:
            return axis, _angle(match[1]), _angle(match[2])
    if code := point_of(cell):
        return "lon", _angle(code[0]), _angle(code[1])
    # Addresses are read as they stand: an "o" in them is no direction.
    is_address = "://" in text or text.startswith("geo:")
    if is_address and (match := _LON_FIRST.search(text)):
        return "lon", _angle(match[1]), _angle(match[2])
    match = (_PIN.search(text) or _MARKER.search(text) or _ADDRESS.search(text)) if is_address else None
    if match:
        return "lat", _angle(match[1]), _angle(match[2])
    cell = _ROUGHLY.sub("", _QUOTES.sub("", cell) if cell.startswith("{") else cell)
    names = [match.lastgroup for match in _LABEL.finditer(cell)]
    cell = _LABEL.sub(" ", cell).strip(" ()[],;")
    for one, two in _halves(" ".join(cell.split())):
        try:
            angles = read_angle(one), read_angle(two)
        except NoDegrees:
            continue
        axes = ["" if not angle.letter else "lat" if angle.letter in "ns" else "lon" for angle in angles]
        if sorted(axes) == ["lat", "lon"] or sorted(map(str, names)) == ["lat", "lon"]:
            first = axes[0] or names[0]
            return "lon" if first == "lon" else "lat", *angles
        if any(axes) or names:
            continue
        return None, *angles
    raise NoDegrees("degrees", _EXPECTED)


def _halves(cell: str) -> list[tuple[str, str]]:
    """The ways to take a cell apart into two coordinates: by its letters, or by one mark between."""
    found = []
    for pattern in (r"[nsewo][^nsewo]+", r"[^nsewo]+[nsewo]\.?"):
        parts = re.findall(pattern, cell)
        if len(parts) == 2 and "".join(parts) == cell:
            found.append((parts[0].strip(" ,;|/"), parts[1].strip(" ,;|/")))
    for separator in _SEPARATORS:
        parts = cell.split(separator)
        if len(parts) == 2:
            found.append((parts[0].strip(), parts[1].strip()))
    return found
