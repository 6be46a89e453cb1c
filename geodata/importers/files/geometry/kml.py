"""KML: placemarks with their names, data and shapes, and their times as they are written. No link is followed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from geodata.importers.files.geometry.shapes import MAX_FEATURES, Features, layer
from geodata.importers.files.geometry.tree import root_of
from geodata.importers.files.packed import refuse
from geodata.importers.files.sheet import Asked, Sheet

# What a placemark may say of itself, by its element, and the heading of it.
_TEXTS = {"name": "name", "description": "description", "address": "address", "phoneNumber": "phone"}
_TIMES = {"when": "when", "begin": "begin", "end": "end"}
_SHAPES = {"Point", "LineString", "LinearRing", "Polygon", "MultiGeometry"}
_OF_ONE_KIND = {frozenset({"Point"}): shapely.multipoints, frozenset({"Polygon"}): shapely.multipolygons}
_MOST_NESTED = 8
_EXPECTED = "expected numbers as in 76.95,43.25"


def read_kml(path: Path, asked: Asked) -> Sheet:
    """The placemarks of a KML file, in degrees as KML always is. Raises DataError."""
    root = root_of(path, asked.file, "KML")
    rows: list[dict[str, str]] = []
    shapes: list[Any] = []
    numbers: list[int] = []
    rejected = []
    for number, placemark in enumerate(root.iter("{*}Placemark"), 1):
        if number > MAX_FEATURES:
            refuse(asked.file, f"more than {MAX_FEATURES:,} placemarks are too many.")
        row = _texts(placemark)
        try:
            members = [each for each in placemark if isinstance(each.tag, str) and _name(each) in _SHAPES]
            shapes.append(_shape(members[0]) if members else None)
        except ValueError as error:
            rejected.append((number, f"{error}.", "; ".join(f"{name}: {text}" for name, text in row.items())))
            continue
        rows.append(row)
        numbers.append(number)
    links = sum(1 for _ in root.iter("{*}NetworkLink"))
    word = "1 link to another file is" if links == 1 else f"{links:,} links to other files are"
    told = [f"{word} not followed."] if links else []
    names = dict.fromkeys(name for row in rows for name in row)
    columns = {name: pa.array([row.get(name, "") for row in rows], pa.string()) for name in names}
    geometries = np.full(len(shapes), None, object)
    geometries[:] = shapes
    return layer(Features(columns, geometries, np.array(numbers, np.int64), "", rejected, [], told), "", asked)


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _texts(placemark: Any) -> dict[str, str]:
    found = {}
    for element in placemark:
        if isinstance(element.tag, str) and _name(element) in _TEXTS:
            found[_TEXTS[_name(element)]] = (element.text or "").strip()
    for element in placemark.iterfind("{*}TimeStamp/*"):
        found["when"] = (element.text or "").strip()
    for element in placemark.iterfind("{*}TimeSpan/*"):
        found[_TIMES.get(_name(element), "when")] = (element.text or "").strip()
    folders = [each.findtext("{*}name") or "" for each in placemark.iterancestors("{*}Folder")]
    if folders:
        found["folder"] = " / ".join(filter(None, reversed(folders)))
    found |= {name: text for name, text in _described(found.get("description", "")) if name not in found}
    for element in placemark.iterfind("{*}ExtendedData//{*}Data"):
        found[element.get("name") or "data"] = (element.findtext("{*}value") or "").strip()
    for element in placemark.iterfind("{*}ExtendedData//{*}SimpleData"):
        found[element.get("name") or "data"] = (element.text or "").strip()
    return found


def _described(description: str) -> Iterator[tuple[str, str]]:
    """The names and values in the tables of a description, as GIS programs write the attributes of a placemark."""
    if "<td" not in description.lower():
        return
    from lxml import html  # type: ignore[import-untyped]  # noqa: PLC0415 (only a table in a description needs it)

    for row in html.fromstring(f"<div>{description}</div>").iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        if len(cells) == 2 and row.find(".//table") is None:  # a table that only holds others has no values
            name, value = (" ".join(cell.text_content().split()) for cell in cells)
            if name:
                yield name, value


def _shape(element: Any, depth: int = 0) -> Any:
    """The geometry of an element. Raises ValueError, a sentence without its dot."""
    kind = _name(element)
    if kind == "MultiGeometry":
        if depth >= _MOST_NESTED:
            raise ValueError("the shape is nested too deep")
        parts = [_shape(each, depth + 1) for each in element if isinstance(each.tag, str) and _name(each) in _SHAPES]
        make = _OF_ONE_KIND.get(frozenset(each.geom_type for each in parts), shapely.GeometryCollection)
        return make(parts)
    if kind == "Polygon":
        outer = element.find("{*}outerBoundaryIs/{*}LinearRing")
        if outer is None:
            raise ValueError("the polygon has no outer boundary")
        inner = [_ring(each) for each in element.iterfind("{*}innerBoundaryIs/{*}LinearRing")]
        return shapely.polygons(_ring(outer), inner or None)
    places = _places(element)
    if kind == "LineString" and len(places) < 2:
        raise ValueError("a line has one position (expected at least 2)")
    if kind == "LinearRing":
        return _ring(element)
    return shapely.points(places[0]) if kind == "Point" else shapely.linestrings(places)


def _ring(element: Any) -> Any:
    places = _places(element)
    if len(places) < 4 or not np.array_equal(places[0], places[-1]):
        raise ValueError("a ring of the polygon is open (expected its first position again at the end)")
    return shapely.linearrings(places)


def _places(element: Any) -> Any:
    text = element.findtext("{*}coordinates") or ""
    try:
        found = np.array([[float(number) for number in place.split(",")[:2]] for place in text.split()])
    except ValueError:
        found = np.zeros(0)
    if found.ndim != 2 or found.shape[1] != 2 or not np.isfinite(found).all():
        raise ValueError(f"the coordinates {text.strip()[:60]!r} are no positions ({_EXPECTED})")
    return found
