"""Parquet and GeoParquet: by what the file says of its columns, never by their names alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from geodata.importers.files.cleaning import finished
from geodata.importers.files.geometry.attributes import as_texts
from geodata.importers.files.geometry.shapes import MAX_FEATURES, Features, layer, put_wkb, storage
from geodata.importers.files.headers import MAX_COLUMNS
from geodata.importers.files.packed import refuse
from geodata.importers.files.sheet import Asked, Sheet
from geodata.importers.tables.cells import Cells

# Of the metadata "geo"; what 2.0 adds, a type of Parquet itself, has no version there.
_VERSIONS = {
    "0.4.0",
    "1.0.0-beta.1",
    "1.0.0",
    "1.1.0",
    "2.0.0",
    "1.0",
    "1.1",
    "2.0",
    "2.0.0-rc1",
    "2.0.0-rc.1",
    "2.0.0-dev",
    "1.0.0-rc.1",
}
MAX_BYTES = 2_000_000_000
_DEFAULT = "OGC:CRS84"


def read_parquet(path: Path, asked: Asked) -> Sheet:
    """The table in a Parquet file, with its geometries where it says which column has them. Raises DataError."""
    from pyarrow import parquet  # noqa: PLC0415 (only Parquet needs it)

    try:
        file = parquet.ParquetFile(path)
        _refuse_large(file.metadata, asked.file)
        table = file.read()
    except (pa.ArrowException, OSError, ValueError) as error:
        words = " ".join(str(error).split())[:150]
        if "ncrypt" in words:
            refuse(asked.file, "the file is encrypted (expected an open one).")
        refuse(asked.file, f"the file is broken or cut off: {words} (expected Parquet that other programs can open).")
    geo, primary = _geo(table, asked.file)
    told: list[str] = []
    columns: dict[str, pa.Array] = {}
    ignored = {primary, *_coverings(geo)}
    for position, heading in enumerate(table.column_names):
        if heading in ignored:
            continue
        if heading in columns:
            refuse(asked.file, f"two columns have the same heading {heading!r} (expected each once).")
        texts = as_texts(table.column(position))
        if texts is None:
            told.append(f"the column {heading!r} holds bytes, and is not read.")
        else:
            columns[heading] = texts
    numbers = np.arange(1, len(table) + 1)
    if not primary:
        done = finished(Cells(asked.file, tuple(columns), numbers, columns), word="row", may_have_total=False)
        return Sheet(done.cells, told=(*told, *done.told), repairs=done.repairs)
    found = Features(columns, np.full(len(table), None, object), numbers, _crs(geo, primary, table), told=told)
    _put_shapes(found, table.column(primary), geo.get("columns", {}).get(primary, {}), asked.file)
    return layer(found, "", asked)


def _refuse_large(about: Any, file: str) -> None:
    if about.num_rows > MAX_FEATURES:
        refuse(file, f"{about.num_rows:,} rows are too many (expected at most {MAX_FEATURES:,}).")
    if about.num_columns > MAX_COLUMNS:
        refuse(file, f"{about.num_columns:,} columns are too many (expected at most {MAX_COLUMNS:,}).")
    size = sum(about.row_group(number).total_byte_size for number in range(about.num_row_groups))
    if size > MAX_BYTES:
        refuse(file, f"{size:,} bytes when unpacked are too many (expected at most {MAX_BYTES:,}).")


def _geo(table: pa.Table, file: str) -> tuple[dict[str, Any], str]:
    """The metadata of geometries, {} for none, and the column that has them, "" for none."""
    raw = (table.schema.metadata or {}).get(b"geo")
    if raw is None:
        native = [str(field.name) for field in table.schema if _extension(field) in ("geoarrow.wkb", "ogc.wkb")]
        return {}, native[0] if native else ""
    try:
        geo = json.loads(raw)
        version, primary = str(geo["version"]), str(geo["primary_column"])
        if primary not in table.column_names or not all(isinstance(about, dict) for about in geo["columns"].values()):
            raise ValueError
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        refuse(file, "the metadata of its geometries cannot be understood (expected that of GeoParquet).")
    if version not in _VERSIONS:
        refuse(file, f"GeoParquet {version[:20]} is not known (expected 0.4, 1.0, 1.1 or 2.0).")
    return geo, primary


def _extension(field: pa.Field) -> str:
    if isinstance(field.type, pa.BaseExtensionType):
        return str(field.type.extension_name)
    return str((field.metadata or {}).get(b"ARROW:extension:name", b""), "ascii", "replace")


def _coverings(geo: dict[str, Any]) -> set[str]:
    """The columns that only repeat the extent of a geometry."""
    found = set()
    for about in geo.get("columns", {}).values():
        box = about.get("covering", {}).get("bbox", {}) if isinstance(about, dict) else {}
        found |= {str(way[0]) for way in box.values() if isinstance(way, list) and way}
    return found


def _crs(geo: dict[str, Any], primary: str, table: pa.Table) -> str:
    about = geo.get("columns", {}).get(primary, {})
    if "crs" in about:
        found = about["crs"]
        return "" if found is None else _as_name(found)
    field = table.schema.field(primary)
    raw = (field.metadata or {}).get(b"ARROW:extension:metadata", b"")
    if isinstance(field.type, pa.BaseExtensionType):
        raw = field.type.__arrow_ext_serialize__()
    try:
        named = json.loads(raw).get("crs") if raw else None
    except ValueError:
        named = None
    return _DEFAULT if named is None else _as_name(named)


def _as_name(crs: object) -> str:
    """A system of coordinates as what reads it takes it: a name, or PROJJSON."""
    return crs if isinstance(crs, str) else json.dumps(crs)


def _put_shapes(found: Features, column: Any, about: dict[str, Any], file: str) -> None:
    encoding = str(about.get("encoding", "WKB"))
    array = storage(column)
    if encoding == "point":
        found.geometries = _points(array)
    elif encoding != "WKB":
        refuse(file, f"the geometries are encoded as {encoding[:40]!r} (expected WKB or point).")
    elif not (pa.types.is_binary(array.type) or pa.types.is_large_binary(array.type)):
        refuse(file, f"the geometries are of the type {array.type!s:.60} (expected WKB).")
    else:
        put_wkb(found, column)


def _points(array: Any) -> Any:
    """Points that are pairs of numbers; a missing one is none."""
    if pa.types.is_struct(array.type):
        x, y = (array.field(name).to_numpy(zero_copy_only=False) for name in ("x", "y"))
    else:
        width = array.type.list_size
        xy = array.values.to_numpy(zero_copy_only=False).reshape(-1, width)[array.offset : array.offset + len(array)]
        x, y = xy[:, 0], xy[:, 1]
    shapes = shapely.points(np.asarray(x, float), np.asarray(y, float))
    shapes[array.is_null().to_numpy(zero_copy_only=False)] = None
    return shapes
