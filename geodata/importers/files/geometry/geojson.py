"""JSON: GeoJSON feature by feature, a list of records, or either line by line. Parsed without GDAL, which leaves out
malformed geometries without a word."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from geodata.importers.files.cleaning import finished
from geodata.importers.files.geometry.attributes import as_text, texts_of, without_marks
from geodata.importers.files.geometry.listed import EXPECTED, in_words, records_in, unnested, unnested_features
from geodata.importers.files.geometry.pointed import with_points
from geodata.importers.files.geometry.programs import as_records, without_script
from geodata.importers.files.geometry.shapes import MAX_FEATURES, Features, layer
from geodata.importers.files.headers import MAX_COLUMNS
from geodata.importers.files.packed import refuse
from geodata.importers.files.sheet import Asked, Sheet
from geodata.importers.files.texts.encoding import UTF_8, as_utf8
from geodata.importers.rows.package import TABLES, lacking
from geodata.importers.tables.cells import Cells

_MOST_NESTED = 8
_MOST_FLAT = 4
_MOST_KEPT = 10_000
_DEEP = "the file is nested too deep (expected a layer or a list of records)."
# A text in JSON, or a comma behind the last of a list; in a text what escapes something, or a backslash that does not.
_SLIPS = re.compile(r'"(?:[^"\\]|\\.)*"|,(?=\s*[\]}])', re.DOTALL)
_ESCAPE = re.compile(r'\\(?:u[0-9a-fA-F]{4}|["\\/bfnrt])|(\\)')
_Row = tuple[int, Any]


def read_json(path: Path, asked: Asked) -> list[Sheet]:
    """The layer or the records in a file of JSON, or the tables of a whole record in one. Raises DataError.

    Of a layer, features with a geometry that is none are rejected by number. Records may hold others, whose values are
    columns such as "location.lat".
    """
    text = as_utf8(path.read_bytes())
    told = [] if text.encoding == UTF_8 else [f"the text is written in {text.encoding}, and was read so."]
    if text.holes:
        refuse(asked.file, f"{text.holes[0].message} (expected JSON in UTF-8).")
    rejected: list[tuple[int, str, str]] = []
    content = as_records(_parsed(without_script(text.raw.decode()), asked.file, rejected, told))
    kind = _type(content)
    if kind == "Topology":
        refuse(asked.file, f"the content is TopoJSON ({EXPECTED}).")
    if kind == "FeatureCollection":
        rows = content.get("features")
        if not isinstance(rows, list):
            refuse(asked.file, "the collection has no list of features (expected one, which may be empty).")
        if asked.may_be_record and (tables := _tables_of_record(content)):
            return [_table_of_record(table, rows, asked.file) for table, rows in tables.items()]
        rows = unnested_features(rows, told)
    else:
        rows = [content] if _is_feature(content) else unnested(records_in(content, asked.file, told), told)
        rows = with_points(rows, content, told)
    if len(rows) > MAX_FEATURES:
        refuse(asked.file, f"{len(rows):,} features are too many (expected at most {MAX_FEATURES:,}).")
    numbered = [row for row in enumerate(rows, 1) if row[1] is not _NOTHING]
    if kind == "FeatureCollection" or any(_is_feature(row) for _, row in numbered):
        return [layer(_features(numbered, content, asked.file, rejected, told), "", asked)]
    return [_table(numbered, asked.file, rejected, told)]


def read_records(content: Any, file: str, told: list[str]) -> Sheet:
    """The records of a list, or of the only list within an object. Raises DataError where there is none."""
    rows = unnested(records_in(content, file, told), told)
    if len(rows) > MAX_FEATURES:
        refuse(file, f"{len(rows):,} records are too many (expected at most {MAX_FEATURES:,}).")
    return _table(enumerate(rows, 1), file, [], told)


def _tables_of_record(content: dict[str, Any]) -> dict[str, list[Any]]:
    """The rows of a whole record by table: the features' properties, and the lists behind them; none of others."""
    found = {name: rows for name, rows in content.items() if name in TABLES and isinstance(rows, list)}
    found["events"] = [_properties(feature) for feature in content["features"]]
    headings = {
        # A list without entries has no names, and is taken for what it is called.
        name: {key for row in rows if isinstance(row, dict) for key in row} if rows else TABLES[name]
        for name, rows in found.items()
    }
    return {} if lacking(headings) else found


def _table_of_record(table: str, rows: list[Any], file: str) -> Sheet:
    if rows:
        return replace(_table(enumerate(rows, 1), file, [], []), title=table)
    columns = {column: pa.array([], pa.string()) for column in TABLES[table]}
    return Sheet(Cells(file, TABLES[table], np.zeros(0, np.int64), columns), table)


def _properties(feature: Any) -> Any:
    return feature.get("properties") if isinstance(feature, dict) else feature


def _type(member: Any) -> str:
    kind = member.get("type") if isinstance(member, dict) else None
    return kind if isinstance(kind, str) else ""


def _is_feature(member: Any) -> bool:
    """Whether an object is a feature or a geometry, and not a record with a column "type"."""
    kind = _type(member)
    return (kind == "Feature" and ("geometry" in member or "properties" in member)) or (
        kind in _MAKERS and ("coordinates" in member or "geometries" in member)
    )


class _Nothing:
    """A line without JSON."""


_NOTHING = _Nothing()


def _without_slips(text: str) -> tuple[str, int]:
    """A JSON text without the usual slips of those who write it by hand or without a library, and how many it had:
    backslashes in texts that escape nothing, which stand as they are, and commas behind the last of a list."""
    count = 0

    def as_meant(found: re.Match[str]) -> str:
        nonlocal count
        if found[0] == ",":
            count += 1
            return ""
        fixed = _ESCAPE.sub(lambda escape: "\\\\" if escape[1] else escape[0], found[0])
        count += len(fixed) - len(found[0])
        return fixed

    return _SLIPS.sub(as_meant, text), count


def _parsed(text: str, file: str, rejected: list[tuple[int, str, str]], told: list[str]) -> Any:
    """What a JSON text says; a list where every line of it is JSON, without the lines that are none."""
    try:
        return json.loads(text)
    except RecursionError:
        refuse(file, _DEEP)
    except ValueError as error:
        whole = error
    text, slips = _without_slips(text)
    if slips:
        words = "a backslash that escapes nothing, or a comma behind the last of a list"
        told.append(f"the file is read as JSON but for {words}, in {slips:,} places.")
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            pass
    lines = text.replace("\x1e", "").split("\n")
    rows: list[Any] = []
    for number, line in enumerate(lines, 1):
        try:
            rows.append(json.loads(line) if line.strip() else _NOTHING)
        except ValueError as error:
            rows.append(_NOTHING)
            rejected.append((number, f"the line is no JSON: {error}.", line[:_MOST_KEPT]))
        except RecursionError:
            refuse(file, _DEEP)
    if sum(isinstance(row, dict) for row in rows) <= len(rejected):
        where = f"line {whole.lineno}: " if isinstance(whole, json.JSONDecodeError) else ""
        refuse(file, f"the file is no JSON: {where}{getattr(whole, 'msg', whole)} ({EXPECTED}).")
    return rows


def _table(rows: Iterable[_Row], file: str, rejected: list[tuple[int, str, str]], told: list[str]) -> Sheet:
    numbers, flat = [], []
    for number, row in rows:
        if isinstance(row, dict):
            numbers.append(number)
            flat.append(_flat(row))
        else:
            rejected.append((number, "the entry is no record (expected an object with names).", _original(row)))
    columns, repairs = _columns(flat, numbers, file)
    cells = Cells(file, tuple(columns), np.array(numbers, np.int64), columns)
    done = finished(cells, word="record", may_have_total=False)
    return Sheet(
        done.cells,
        told=(*told, *done.told),
        rejected=tuple(sorted(rejected)),
        repairs=(*repairs, *done.repairs),
    )


def _original(row: Any) -> str:
    """An entry as a file of rejects keeps it."""
    return as_text(row).encode("utf-8", "replace").decode()[:_MOST_KEPT]


def _flat(row: dict[str, Any], before: str = "", depth: int = 0) -> dict[str, Any]:
    """A record whose records are columns of it, named by the way to them; a list of some is a column in words and one
    as it stands."""
    found: dict[str, Any] = {}
    for name, value in row.items():
        if isinstance(value, dict) and value and depth < _MOST_FLAT and not _is_feature(value):
            found |= _flat(value, f"{before}{name}.", depth + 1)
        elif words := in_words(value):
            found |= {f"{before}{name}": words, f"{before}{name} (JSON)": value}
        else:
            found[f"{before}{name}"] = value
    return found


def _columns(
    rows: list[dict[str, Any]], numbers: list[int], file: str
) -> tuple[dict[str, pa.Array], list[tuple[int, str, str]]]:
    names = list(dict.fromkeys(name for row in rows for name in row))
    if len(names) > MAX_COLUMNS:
        refuse(file, f"{len(names):,} columns are too many (expected at most {MAX_COLUMNS:,}).")
    columns: dict[str, pa.Array] = {}
    repairs = []
    for position, name in enumerate(names, 1):
        heading = name.encode("utf-8", "ignore").decode().strip() or f"column {position}"
        while heading in columns:
            heading += "_"
        columns[heading], broken = texts_of(map(as_text, without_marks([row.get(name) for row in rows])))
        repairs += [(numbers[row], heading, "half a letter (a lone surrogate) was taken out.") for row in broken]
    return columns, repairs


def _features(
    rows: Iterable[_Row], content: Any, file: str, rejected: list[tuple[int, str, str]], told: list[str]
) -> Features:
    numbers: list[int] = []
    properties: list[dict[str, Any]] = []
    geometries: list[Any] = []
    for number, row in rows:
        try:
            if not isinstance(row, dict):
                raise ValueError("the entry is no feature (expected an object)")
            is_feature = row.get("type") == "Feature"
            if not is_feature and _type(row) not in _MAKERS:
                raise ValueError(
                    f"the type {as_text(row.get('type'))[:40]!r} is none of GeoJSON's (expected 'Feature')"
                )
            geometry = _geometry(row.get("geometry") if is_feature else row)
        except ValueError as error:
            rejected.append((number, f"{error}.", _original(row)))
            continue
        attributes = row.get("properties") if is_feature else {}
        found = _flat(attributes) if isinstance(attributes, dict) else {}
        if is_feature and row.get("id") is not None and "id" not in found:
            found = {"id": row["id"], **found}
        numbers.append(number)
        properties.append(found)
        geometries.append(geometry)
    columns, repairs = _columns(properties, numbers, file)
    crs = _crs(content, file)
    shapes = np.full(len(geometries), None, object)
    at = [row for row, geometry in enumerate(geometries) if isinstance(geometry, tuple)]
    if at:  # points, which most are, are made in one go
        shapes[at] = shapely.points(np.array([geometries[row] for row in at], float))
    for row, geometry in enumerate(geometries):
        if not isinstance(geometry, tuple):
            shapes[row] = geometry
    return Features(columns, shapes, np.array(numbers, np.int64), crs, rejected, repairs, told)


def _crs(content: Any, file: str) -> str:
    """The system of coordinates that a file names; RFC 7946 has degrees alone, but others are written."""
    member = content.get("crs") if isinstance(content, dict) else None
    if member is None:
        return ""
    about = member.get("properties") if isinstance(member, dict) else None
    name = about.get("name") if isinstance(about, dict) else None
    if not isinstance(name, str):
        refuse(file, f"the reference system {as_text(member)[:80]!r} is not known (expected one such as EPSG:32642).")
    return name


def _geometry(member: Any, depth: int = 0) -> Any:
    """A geometry, as a tuple for a point; None for none. Raises ValueError, a sentence without its dot."""
    if member is None:
        return None
    kind = _type(member)
    if kind == "GeometryCollection":
        members = member.get("geometries")
        if not isinstance(members, list) or depth >= _MOST_NESTED:
            raise ValueError("the collection has no list of geometries, or is nested too deep")
        parts = [_geometry(each, depth + 1) for each in members if each is not None]
        return shapely.GeometryCollection([shapely.Point(p) if isinstance(p, tuple) else p for p in parts])
    if kind not in _MAKERS:
        raise ValueError(f"the geometry type {kind[:40]!r} is none of GeoJSON's (expected {', '.join(_MAKERS)})")
    lists = member.get("coordinates")
    if not isinstance(lists, list) or not lists:
        raise ValueError("the geometry has no coordinates (expected a list of numbers)")
    return _MAKERS[kind](lists)


def _position(place: Any) -> tuple[float, float]:
    if not isinstance(place, list) or len(place) < 2 or not all(type(each) in (int, float) for each in place[:2]):
        raise ValueError(f"the coordinates {as_text(place)[:60]!r} are no position (expected a list of numbers)")
    try:
        return float(place[0]), float(place[1])
    except OverflowError:
        raise ValueError("its coordinates are not all numbers") from None


def _positions(places: Any, fewest: int) -> Any:
    if not isinstance(places, list) or len(places) < fewest:
        raise ValueError(f"{as_text(places)[:60]!r} are too few positions (expected at least {fewest})")
    found = np.array([_position(place) for place in places])
    if not np.isfinite(found).all():
        raise ValueError("its coordinates are not all numbers")
    return found


def _polygon(rings: Any) -> Any:
    if not isinstance(rings, list) or not rings:
        raise ValueError("the polygon has no ring (expected a list of them)")
    found = []
    for ring in rings:
        places = _positions(ring, 4)
        if not np.array_equal(places[0], places[-1]):
            raise ValueError("a ring of the polygon is open (expected its first position again at the end)")
        found.append(shapely.linearrings(places))
    return shapely.polygons(found[0], found[1:] or None)


# What makes a geometry of its coordinates.
_MAKERS: dict[str, Callable[[list[Any]], Any]] = {
    "Point": _position,
    "MultiPoint": lambda lists: shapely.multipoints(_positions(lists, 1)),
    "LineString": lambda lists: shapely.linestrings(_positions(lists, 2)),
    "MultiLineString": lambda lists: shapely.multilinestrings([shapely.linestrings(_positions(x, 2)) for x in lists]),
    "Polygon": _polygon,
    "MultiPolygon": lambda lists: shapely.multipolygons([_polygon(each) for each in lists]),
    "GeometryCollection": list,  # it has no coordinates
}
