"""Points as codes of a grid: MGRS ("38SMB4488") and whole plus codes ("8GC2CMXR+X6"), each the middle of its cell."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

# Zone, band, square of 100 km, easting and northing to 1 km or finer.
_MGRS = re.compile(r"(\d{1,2})([C-HJ-NP-X]) ?([A-HJ-NP-Z])([A-HJ-NP-V]) ?(\d{2,5}) ?(\d{2,5})", re.ASCII)
_DIGITS = re.compile(r"(?<=[A-Z]) ?(\d{4}|\d{6}|\d{8}|\d{10})$", re.ASCII)
_PLUS = re.compile(r"[2-9CFGHJMPQRVWX]{8}\+[2-9CFGHJMPQRVWX]{2,3}")
_ALPHABET = "23456789CFGHJMPQRVWX"
_BANDS = "CDEFGHJKLMNPQRSTUVWX"
_ROWS = "ABCDEFGHJKLMNPQRSTUV"
_SQUARE, _ALL_ROWS = 100_000, 2_000_000


def is_code(text: str) -> bool:
    """Whether a text is a code that says a point by itself."""
    return len(text) <= 24 and bool(_PLUS.fullmatch(text.upper()) or _MGRS.fullmatch(_apart(text)))


def point_of(text: str) -> tuple[float, float] | None:
    """The longitude and latitude (degrees, EPSG:4326) of a code; None for any other text, or a square that is none."""
    if len(text) > 24:
        return None
    if _PLUS.fullmatch(text.upper()):
        return _of_plus_code(text.upper())
    found = _MGRS.fullmatch(_apart(text))
    return _of_square(found) if found and len(found[5]) == len(found[6]) else None


def _apart(text: str) -> str:
    """An MGRS code with a blank between easting and northing."""
    plain = " ".join(text.upper().split())
    return _DIGITS.sub(lambda found: f" {found[1][: len(found[1]) // 2]} {found[1][len(found[1]) // 2 :]}", plain)


def _of_plus_code(code: str) -> tuple[float, float]:
    digits = [_ALPHABET.index(letter) for letter in code.replace("+", "")]
    lat, lon, size = -90.0, -180.0, 20.0
    for at in range(0, 10, 2):
        lat, lon = lat + digits[at] * size, lon + digits[at + 1] * size
        size /= 20
    height, width = size * 20, size * 20
    for digit in digits[10:]:  # a finer cell of 5 rows and 4 columns
        height, width = height / 5, width / 4
        lat, lon = lat + digit // 4 * height, lon + digit % 4 * width
    return round(lon + width / 2, 7), round(lat + height / 2, 7)


def _of_square(found: re.Match[str]) -> tuple[float, float] | None:
    zone, band, column, row = int(found[1]), found[2], found[3], found[4]
    letters = ("ABCDEFGH", "JKLMNPQR", "STUVWXYZ")[(zone - 1) % 3]
    if not 1 <= zone <= 60 or column not in letters:
        return None
    cell = 10 ** (5 - len(found[5]))
    easting = (letters.index(column) + 1) * _SQUARE + int(found[5]) * cell + cell / 2
    northing = (_ROWS.index(row) - (0 if zone % 2 else 5)) % 20 * _SQUARE + int(found[6]) * cell + cell / 2
    south = -80 + 8 * _BANDS.index(band)
    to_degrees = _to_degrees(zone)
    for base in range(-_ALL_ROWS * 5, _ALL_ROWS * 5, _ALL_ROWS):  # rows are counted again and again from the equator
        lon, lat = to_degrees.transform(easting, northing + base)
        if south - 1 <= lat < south + (12 if band == "X" else 8) + 1:
            return round(lon, 7), round(lat, 7)
    return None


@cache
def _to_degrees(zone: int) -> Any:
    """From metres of a zone, those of the south below 0, to degrees."""
    from pyproj import Transformer  # noqa: PLC0415 (only such codes need it)

    return Transformer.from_crs(f"+proj=utm +zone={zone} +datum=WGS84 +units=m +no_defs", "EPSG:4326", always_xy=True)
