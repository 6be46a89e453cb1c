"""Layers of a GeoPackage, a shapefile or a FlatGeobuf, read by GDAL; each feature counted a second way."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa

from geodata.errors import DataError
from geodata.importers.files.geometry.attributes import as_texts
from geodata.importers.files.geometry.shapes import MAX_FEATURES, Features, layer, put_wkb
from geodata.importers.files.kinds import suffix_of
from geodata.importers.files.packed import refuse
from geodata.importers.files.sheet import LAT, LON, Asked, Sheet
from geodata.importers.files.texts.encoding import UTF_8, as_utf8
from geodata.importers.rows.package import lacking

MAX_LAYERS = 200
_DRIVERS = {".gpkg": "GPKG", ".shp": "ESRI Shapefile", ".fgb": "FlatGeobuf"}
# No other driver may take the file, whatever is in it, and none asks another machine.
_QUIET = {
    "GDAL_HTTP_MAX_RETRY": "0",
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none",
    "OGR_SKIP": "OGR_VRT",
    "SHAPE_RESTORE_SHX": "YES",
    # Its own way to Arrow writes wrong offsets behind a missing geometry (GDAL 3.12.4).
    "OGR_FLATGEOBUF_STREAM_BASE_IMPL": "YES",
    "OGR_SQLITE_LOAD_EXTENSIONS": "NO",
}


def read_features(path: Path, asked: Asked) -> list[Sheet]:
    """The layers of a file that are not empty, tables without geometries among them. Raises DataError.

    The text of a shapefile is in the encoding that its .cpg names, or else in what its letters look like.
    """
    with path.open("rb") as file:
        if path.suffix not in _DRIVERS or suffix_of(file.read(64)) != path.suffix:
            refuse(asked.file, "the content is no layer (expected a GeoPackage, a shapefile or a FlatGeobuf).")
    os.environ.update(_QUIET)  # before GDAL looks at them; this process reads this file alone
    import pyogrio  # noqa: PLC0415 (after its settings)
    from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, FieldError  # noqa: PLC0415 (as above)

    of_gdal = (DataLayerError, DataSourceError, FeatureError, FieldError)
    sheets: list[Sheet] = []
    refusals: list[DataError] = []
    try:
        names = [str(name) for name, _ in pyogrio.list_layers(path)]
        if len(names) > MAX_LAYERS:
            refuse(asked.file, f"{len(names):,} layers are too many (expected at most {MAX_LAYERS}).")
        fields = {name: pyogrio.read_info(path, layer=name)["fields"] for name in names if asked.may_be_record}
        with_shapes = bool(lacking(fields))
        for name in names:
            title = "" if path.suffix == ".shp" else name
            try:
                sheets.append(_layer(path, name, title, asked, with_shapes=with_shapes))
            except DataError as error:
                refusals.append(error)
    except (*of_gdal, RuntimeError, ValueError, OSError, pa.ArrowException) as error:
        reason = " ".join(str(error).replace(str(path), asked.file).split())[:150] or type(error).__name__
        refuse(asked.file, f"the file is broken: {reason} (expected a layer that a GIS can open).")
    if refusals:
        raise DataError([problem for error in refusals for problem in error.problems])
    if not sheets:
        refuse(asked.file, "the file has no layer (expected one).")
    return sheets


def _layer(path: Path, name: str, title: str, asked: Asked, *, with_shapes: bool) -> Sheet:
    import pyogrio  # noqa: PLC0415 (after its settings)

    about = pyogrio.read_info(path, layer=name, force_feature_count=True)
    if about["driver"] != _DRIVERS.get(path.suffix, about["driver"]):
        refuse(asked.file, f"the content is for {about['driver']} (expected {_DRIVERS[path.suffix]}).")
    if about["features"] > MAX_FEATURES:
        refuse(asked.file, f"{about['features']:,} features are too many (expected at most {MAX_FEATURES:,}).")
    encoding, told = _encoding(path) if path.suffix == ".shp" else ("", [])
    has_shapes = with_shapes and about["geometry_type"] is not None
    _, table = pyogrio.read_arrow(path, layer=name, read_geometry=has_shapes, encoding=encoding or None)
    table.validate(full=True)
    if len(table) != about["features"]:
        words = f"{len(table):,} of {about['features']:,} features could be read"
        refuse(asked.file, f"{words} (expected all of them: the file may be cut off).")
    geometry = about.get("geometry_name") or "wkb_geometry"
    columns: dict[str, pa.Array] = {}
    for heading in table.column_names:
        if has_shapes and heading == geometry:
            continue
        texts = as_texts(table[heading])
        if texts is None:
            told.append(f"the column {heading!r} holds bytes, and is not read.")
        else:
            columns[heading] = texts
    found = Features(
        columns, np.full(len(table), None, object), np.arange(1, len(table) + 1), about["crs"] or "", told=told
    )
    if has_shapes:
        put_wkb(found, table[geometry])
    sheet = layer(found, title, asked)
    return sheet if has_shapes else _without_shapes(sheet)


def _encoding(path: Path) -> tuple[str, list[str]]:
    """What the texts of a shapefile are written in where nothing says it; "" leaves that to GDAL."""
    if path.with_suffix(".cpg").is_file() or not path.with_suffix(".dbf").is_file():
        return "", []
    raw = path.with_suffix(".dbf").read_bytes()
    start = int.from_bytes(raw[8:10], "little")
    body = raw[start : start + (1 << 22)].replace(b"\0", b" ")
    if body.isascii():
        return "", []
    # One line a cell, so that a cell cut in its last letter does not hide that the others are UTF-8.
    name = as_utf8(body.replace(b"  ", b"\n")).encoding
    codec = name if name == UTF_8 else name.replace("Windows-", "CP")
    return codec, [f"the file names no encoding for its texts; they are read as {name}."]


def _without_shapes(sheet: Sheet) -> Sheet:
    """A table that has no geometries, as the columns of one."""
    cells = sheet.cells
    columns = {name: column for name, column in cells.columns.items() if name not in (LON, LAT)}
    told = tuple(words for words in sheet.told if not words.endswith("no geometry."))
    return replace(sheet, cells=replace(cells, names=tuple(columns), columns=columns), told=told)
