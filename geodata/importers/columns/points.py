"""The places of rows that give a point, as `checks.places.Places.at` makes them one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.importers.checks.whereabouts import HARDLY
from geodata.importers.columns.ids import first_rows
from geodata.importers.columns.sources import text_ids
from geodata.importers.tables.cells import combined
from geodata.places.boundaries import BUNDLED
from geodata.record.model import point_words


@dataclass(frozen=True, slots=True)
class Points:
    """Places at points, as columns of the table of places: which one each of n rows has (`codes`), which row was the
    first with each (`firsts`).

    `is_exchanged` (n,) are the rows whose point lies in its country only with lon and lat exchanged.
    """

    places: dict[str, Any]
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
    x, y = lon[of_pair], lat[of_pair]
    where = list(zip(x.tolist(), y.tolist(), own, strict=True))
    its = pairs[at_whole]
    words = [name or point_words(*where[pair][:2]) for name, pair in zip(named, its.tolist(), strict=True)]
    texts = pa.array(words, pa.string())
    ends = [f"_{x!r}_{y!r}" + (f"_{country}" if country else "") for x, y, country in where]
    ids = pc.binary_join_element_wise(_ids(texts), pa.array(ends, pa.string()).take(pa.array(its)), "")
    codes, firsts = combined(first_rows(ids))  # "77" and "77.0" are two texts and one point
    its = its[firsts]
    places = {
        "place_id": ids.take(pa.array(firsts)),
        "name": texts.take(pa.array(firsts)),
        "lon": x[its],
        "lat": y[its],
        "country": [own[pair] for pair in its.tolist()],
        "region": [regions[pair] for pair in its.tolist()],
    }
    return Points(places, codes[wholes], at_whole[firsts], is_exchanged[pairs])


def _ids(texts: pa.Array) -> pa.Array:
    encoded = texts.dictionary_encode()
    return text_ids(encoded.dictionary).take(encoded.indices)


def _regions(lon: Any, lat: Any, countries: list[str]) -> list[str]:
    encoded = pa.array(countries, pa.string()).dictionary_encode()
    codes = encoded.indices.to_numpy()
    regions = np.full(len(countries), "", object)
    for code, country in enumerate(encoded.dictionary.to_pylist()):
        its = np.flatnonzero(codes == code)
        found = BUNDLED.regions_of(lon[its], lat[its], country)
        regions[its] = [region.name if region else "" for region in found]
    names: list[str] = regions.tolist()
    return names


def _exchanged(lon: Any, lat: Any, given: list[str], around: list[str | None]) -> Any:
    is_elsewhere = np.array([bool(one) and one != other for one, other in zip(given, around, strict=True)], bool)
    rows = np.flatnonzero(is_elsewhere & (np.abs(lon) <= 90) & (np.abs(lon - lat) > HARDLY))
    found = np.zeros(len(lon), bool)
    turned = BUNDLED.countries_of(lat[rows], lon[rows])
    for row, country in zip(rows.tolist(), turned, strict=True):
        found[row] = given[row] == country and not BUNDLED.is_off(float(lon[row]), float(lat[row]), given[row])
    return found
