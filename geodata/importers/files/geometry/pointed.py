"""The points of records that name their place, where a table of places stands beside them in one JSON text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from geodata.importers.tables.records import shown

_LAT, _LON, _NAME = ("lat", "latitude"), ("lon", "lng", "long", "longitude"), ("name", "title", "place", "id")
_MOST = 0.5  # of the different names are in the table


def with_points(rows: list[Any], content: Any, told: list[str]) -> list[Any]:
    """The records with "lat" and "lon" of the places that they name, as another member of the content has them; as they
    are where they have such names themselves, or where most of their places are in none."""
    records = [row for row in rows if isinstance(row, dict)]
    names = {name for row in records for name in row}
    if not isinstance(content, dict) or {*_LAT, *_LON} & {name.casefold() for name in names}:
        return rows
    for member, table in content.items():
        points = {name: point for name, place in _named(table) if (point := _point(place))} if table is not rows else {}
        for key in sorted(names) if points else ():
            said = {text for row in records if isinstance(text := row.get(key), str) and text}
            if said and sum(text in points for text in said) >= max(2, _MOST * len(said)):
                told.append(f"The points of the places under {shown(key)} stand under {shown(member)}.")
                return [{**row, **_of(row.get(key), points)} if isinstance(row, dict) else row for row in rows]
    return rows


def _of(name: Any, points: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return points.get(name, {}) if isinstance(name, str) else {}


def _named(table: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """The places of a table with their names: each by its name, or a list of records with one."""
    if isinstance(table, dict):
        yield from ((name, place) for name, place in table.items() if isinstance(place, dict))
    for place in table if isinstance(table, list) else ():
        key = next((key for key in _NAME if isinstance(place, dict) and isinstance(place.get(key), str)), "")
        if key:
            yield place[key], place


def _point(place: dict[str, Any]) -> dict[str, Any]:
    """The "lat" and "lon" of a place, its own or those of a record within it; empty where it has none."""
    for each in (place, *(value for value in place.values() if isinstance(value, dict))):
        found = {name.casefold(): value for name, value in each.items()}
        lat, lon = (next((found[key] for key in keys if key in found), None) for keys in (_LAT, _LON))
        if lat is not None and lon is not None:
            return {"lat": lat, "lon": lon}
    return {}
