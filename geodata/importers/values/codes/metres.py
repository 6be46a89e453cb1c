"""Metres of the grids of countries, and of UTM: which of them numbers may be of, by where their points would lie."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from geodata.errors import ChoiceError
from geodata.places.boundaries import BUNDLED

# By ISO 3166-1 alpha-2, the codes of EPSG: the grid of today, then those of older lists.
_GRIDS = {
    "AT": (31287,), "AU": (3577, 3111), "BA": (3908,), "BE": (3812, 31370), "CA": (3978,), "CH": (2056, 21781),
    "CO": (9377, 3116), "CY": (6312,), "CZ": (5514,), "DE": (31466, 31467, 31468, 31469), "EE": (3301,),
    "FI": (3067,), "FR": (2154, 27572), "GB": (27700,), "GR": (2100,), "HK": (2326,), "HR": (3765,), "HU": (23700,),
    "IE": (2157, 29902), "IL": (2039, 28193), "IN": (7755,), "KR": (5179, 5186), "LI": (2056, 21781), "LT": (3346,),
    "LU": (2169,), "LV": (3059,), "MX": (6372,), "NL": (28992,), "NZ": (2193,), "PL": (2180,), "PS": (28193,),
    "PT": (3763,), "RO": (3844,), "SE": (3006, 3021), "SG": (3414,), "SI": (3794, 3912), "SK": (5514,),
    "TW": (3826, 3825),
}  # fmt: skip
_ZONES = range(1, 61)
_UTM_NORTH, _UTM_SOUTH = 32600, 32700
_UTM_LEAST, _UTM_MOST = 100_000, 900_000  # eastings; beyond them is another zone
_NEARLY_ALL = 0.9
_MOST_POINTS = 200


def degrees_of(x: Any, y: Any, crs: str) -> tuple[Any, Any]:
    """Longitudes and latitudes (n,), EPSG:4326, NaN for none, of eastings and northings (n,) in metres.

    Raises ChoiceError for an unknown system.
    """
    from pyproj import Transformer  # noqa: PLC0415 (only metres need it)
    from pyproj.exceptions import CRSError  # noqa: PLC0415

    try:
        transformer = Transformer.from_crs(crs, "EPSG:4326", always_xy=True)
    except CRSError:
        raise ChoiceError("crs", f"Cannot read crs: {crs!r} is no known system (expected such as EPSG:3857).") from None
    lon, lat = transformer.transform(x, y)
    is_out = ~(np.isfinite(lon) & np.isfinite(lat))
    return np.where(is_out, np.nan, lon), np.where(is_out, np.nan, lat)


def grids_in(x: Any, y: Any, countries: Any) -> list[str]:
    """The systems by which nearly all points (n,) lie in their `countries` (n,), ISO 3166-1 alpha-2, "" for none."""
    rows = np.flatnonzero(np.isfinite(x) & np.isfinite(y) & (countries != ""))
    rows = rows[:: len(rows) // _MOST_POINTS + 1]
    named = set(countries[rows].tolist())
    if not named:
        return []
    codes = [*(code for country in sorted(named) for code in _GRIDS.get(country, ())), *_zones(x[rows])]
    return [f"EPSG:{code}" for code in dict.fromkeys(codes) if _lie_in(x[rows], y[rows], code, countries[rows])]


def grids_of(x: Any, y: Any) -> list[str]:
    """The grids of countries by which nearly all points (n,) lie in that country."""
    rows = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    rows = rows[:: len(rows) // _MOST_POINTS + 1]
    found = (
        f"EPSG:{code}"
        for country, codes in _GRIDS.items()
        for code in codes
        if len(rows) and _lie_in(x[rows], y[rows], code, np.full(len(rows), country, object))
    )
    return list(dict.fromkeys(found))


def name_of(crs: str) -> str:
    """What a known system is called, "CH1903 / LV03"."""
    from pyproj import CRS  # noqa: PLC0415 (only metres need it)

    return str(CRS.from_user_input(crs).name)


def is_turned(x: Any, y: Any, crs: str) -> bool:
    """Whether eastings and northings (n,) are where their system is used only when exchanged: "X" is north to some."""
    from pyproj import CRS  # noqa: PLC0415 (only metres need it)

    used = CRS.from_user_input(crs).area_of_use
    if used is None:
        return False

    def share(lon: Any, lat: Any) -> float:
        is_in = (lon >= used.west) & (lon <= used.east) & (lat >= used.south) & (lat <= used.north)
        return float(is_in[np.isfinite(x) & np.isfinite(y)].mean()) if len(is_in) else 0.0

    return share(*degrees_of(x, y, crs)) < 1 - _NEARLY_ALL and share(*degrees_of(y, x, crs)) >= _NEARLY_ALL


def _zones(x: Any) -> Iterator[int]:
    if x.min() >= _UTM_LEAST and x.max() <= _UTM_MOST:
        for zone in _ZONES:
            yield from (_UTM_NORTH + zone, _UTM_SOUTH + zone)


def _lie_in(x: Any, y: Any, code: int, countries: Any) -> bool:
    """Whether nearly all points lie in their countries, as they stand or exchanged."""
    for east, north in ((x, y), (y, x)):
        lon, lat = degrees_of(east, north, f"EPSG:{code}")
        if np.isnan(lon).any():
            continue
        around = np.array([country or "" for country in BUNDLED.countries_of(lon, lat)], object)
        if (around == countries).mean() >= _NEARLY_ALL:
            return True
    return False
