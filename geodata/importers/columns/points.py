"""The places of rows that give a point, as `checks.places.Places.at` makes them one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from geodata.importers.columns.sources import text_ids
from geodata.importers.tables.cells import combined
from geodata.places.boundaries import BUNDLED
from geodata.record.model import point_words

_COLUMNS = ("place_id", "name", "lon", "lat", "country", "region")


@dataclass(frozen=True, slots=True)
class Points:
    """Places at points, as columns of the table of places: which one each of n rows has (`codes`), which row was the
    first with each (`firsts`).

    `is_exchanged` (n,) are the rows whose point lies in its country only with lon and lat exchanged.
    """

    places: dict[str, list[Any]]
    codes: Any
    firsts: Any
    is_exchanged: Any


def places_at(
    names: tuple[Any, list[str]],
    lons: tuple[Any, list[float | None]],
    lats: tuple[Any, list[float | None]],
    countries: tuple[Any, list[str]],
) -> Points:
    """The places of n rows with a point (degrees, EPSG:4326); each column as a code for each row, and its values.

    Names and countries may be "".
    """
    points, at = combined(lons[0], lats[0])
    lon, lat = np.array(lons[1], float)[lons[0][at]], np.array(lats[1], float)[lats[0][at]]
    around = BUNDLED.countries_of(lon, lat)
    pairs, at_pair = combined(points, countries[0])
    of_pair = points[at_pair]
    given = [countries[1][code] for code in countries[0][at_pair].tolist()]
    own = [country or around[point] or "" for country, point in zip(given, of_pair.tolist(), strict=True)]
    regions = _regions(lon[of_pair], lat[of_pair], own)
    is_exchanged = _exchanged(lon[of_pair], lat[of_pair], given, [around[point] for point in of_pair.tolist()])

    wholes, at_whole = combined(pairs, names[0])
    named = [names[1][code] for code in names[0][at_whole].tolist()]
    pair = pairs[at_whole].tolist()
    x, y = lon[of_pair].tolist(), lat[of_pair].tolist()
    words = [name or point_words(x[p], y[p]) for name, p in zip(named, pair, strict=True)]
    found: dict[str, int] = {}
    places: list[tuple[str, str, float, float, str, str]] = []
    firsts, codes = [], []
    for text_id, name, p, first in zip(_ids(words), words, pair, at_whole.tolist(), strict=True):
        place_id = f"{text_id}_{x[p]!r}_{y[p]!r}" + (f"_{own[p]}" if own[p] else "")
        # "77" and "77.0" are two texts and one point.
        code = found.setdefault(place_id, len(found))
        codes.append(code)
        if code == len(places):
            places.append((place_id, name, x[p], y[p], own[p], regions[p]))
            firsts.append(first)
    columns = (
        dict(zip(_COLUMNS, map(list, zip(*places, strict=True)), strict=True)) if places else {c: [] for c in _COLUMNS}
    )
    return Points(columns, np.array(codes, np.int64)[wholes], np.array(firsts, np.int64), is_exchanged[pairs])


def _ids(words: list[str]) -> list[str]:
    encoded = pa.array(words, pa.string()).dictionary_encode()
    ids = text_ids(encoded.dictionary).to_pylist()
    return [ids[code] for code in encoded.indices.to_pylist()]


def _regions(lon: Any, lat: Any, countries: list[str]) -> list[str]:
    rows: dict[str, list[int]] = {}
    for row, country in enumerate(countries):
        rows.setdefault(country, []).append(row)
    regions = [""] * len(countries)
    for country, its in rows.items():
        for row, region in zip(its, BUNDLED.regions_of(lon[its], lat[its], country), strict=True):
            regions[row] = region.name if region else ""
    return regions


def _exchanged(lon: Any, lat: Any, given: list[str], around: list[str | None]) -> Any:
    is_elsewhere = np.array([bool(one) and one != other for one, other in zip(given, around, strict=True)], bool)
    rows = np.flatnonzero(is_elsewhere & (np.abs(lon) <= 90))
    found = np.zeros(len(lon), bool)
    turned = BUNDLED.countries_of(lat[rows], lon[rows])
    for row, country in zip(rows.tolist(), turned, strict=True):
        found[row] = given[row] == country and not BUNDLED.is_off(float(lon[row]), float(lat[row]), given[row])
    return found
