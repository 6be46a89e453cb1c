"""A point in degrees for each geometry: where it stands, or for a line or an area a point on it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from geodata.importers.files.cleaning import finished
from geodata.importers.files.geometry.attributes import numbers_as_texts
from geodata.importers.files.packed import refuse
from geodata.importers.files.sheet import LAT, LON, SHAPE, Asked, Sheet
from geodata.importers.tables.cells import Cells

if TYPE_CHECKING:
    from pyproj import Transformer

# For all the geometries of a file together.
MAX_VERTICES = 50_000_000
MAX_FEATURES = 2_000_000
# A centimetre, in degrees: what a change of the reference system leaves behind this is noise.
_DIGITS = 7
# A wrong latitude is some degrees too large, never that many.
_DEGREES_AT_MOST = 1_000
_POINT, _LINE, _RING, _AREA, _POINTS, _LINES, _AREAS, _MIXED = range(8)
_WHOLE = "a shape whose outline crosses itself was made valid."


@dataclass(slots=True)
class Features:
    """Features as they are read: `columns` of texts by name, a geometry each (None for none), their numbers from 1.

    `rejected` are those that are not among them, `repairs` and `told` as in a sheet. `crs` is the reference system of
    the file, "" where it names none.
    """

    columns: dict[str, pa.Array]
    geometries: Any
    numbers: Any
    crs: str = ""
    rejected: list[tuple[int, str, str]] = field(default_factory=list)
    repairs: list[tuple[int, str, str]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)


def put_wkb(found: Features, column: pa.ChunkedArray) -> None:
    """Give features the geometries of a column of WKB; one whose geometry is none is rejected."""
    content = np.array(storage(column).to_pylist(), object)
    shapes = shapely.from_wkb(content, on_invalid="ignore")
    wrong = np.array([each is not None for each in content], bool) & shapely.is_missing(shapes)
    is_fine = np.ones(len(shapes), bool)
    _reject(found, is_fine, wrong, "its geometry cannot be understood.")
    kept = pa.array(is_fine)
    found.columns = {name: texts.filter(kept) for name, texts in found.columns.items()}
    found.numbers, found.geometries = np.asarray(found.numbers)[is_fine], shapes[is_fine]


def storage(column: pa.ChunkedArray) -> pa.Array:
    """A column in one piece, without the name of an extension of Arrow's types."""
    pieces = [chunk.storage if isinstance(chunk, pa.ExtensionArray) else chunk for chunk in column.chunks]
    return pa.concat_arrays(pieces) if pieces else pa.array([], pa.binary())


def layer(features: Features, title: str, asked: Asked) -> Sheet:
    """Features as a sheet with `LON`, `LAT` and, where there are others than points, `SHAPE`. Raises DataError."""
    found, told = features, list(features.told)
    geometries = shapely.force_2d(np.asarray(found.geometries, object))
    if int(shapely.get_num_coordinates(geometries).sum()) > MAX_VERTICES:
        refuse(asked.file, f"the shapes have over {MAX_VERTICES:,} points (expected simpler ones).")
    is_fine = np.ones(len(geometries), bool)
    _reject(found, is_fine, _not_finite(geometries), "its coordinates are not all numbers.")
    is_placed = is_fine & ~shapely.is_missing(geometries) & ~shapely.is_empty(geometries)
    crs = asked.crs or found.crs
    if asked.crs:
        told.append(f"the coordinates are read as {asked.crs}, as asked.")
    else:
        _refuse_projected(geometries[is_placed], found.crs, asked.file)
    _make_valid(found, geometries, is_placed)
    points, shapes = _points(found, geometries, is_placed)
    transformer = _transformer(crs, asked.file)
    if transformer is not None:
        told += [] if asked.crs else [f"the coordinates were brought from {_name(crs)} to degrees."]
        points = shapely.transform(points, lambda xy: np.column_stack(transformer.transform(*xy.T)))
        lost = _not_finite(points)
        _reject(found, is_fine, lost, f"its coordinates lie outside the reference system {_name(crs)}.")
        points[lost] = None
        points = shapely.transform(points, lambda xy: np.round(xy, _DIGITS))
    lon, lat = _texts(points)
    columns = {**found.columns, LON: lon, LAT: lat}
    if any(shapes):
        columns[SHAPE] = pa.array(shapes.tolist(), pa.string())
    nowhere = int((~is_placed & is_fine).sum())
    if nowhere:
        told.append(f"{nowhere:,} {'feature has' if nowhere == 1 else 'features have'} no geometry.")
    kept = pa.array(is_fine)
    columns = {name: column.filter(kept) for name, column in columns.items()}
    cells = Cells(asked.file, tuple(columns), np.asarray(found.numbers)[is_fine], columns)
    done = finished(cells, word="feature", may_have_total=False)
    rejected, repairs = sorted(found.rejected), (*found.repairs, *done.repairs)
    return Sheet(done.cells, title, False, (*told, *done.told), tuple(rejected), repairs)


def _reject(found: Features, is_fine: Any, wrong: Any, reason: str) -> None:
    for row in np.flatnonzero(wrong & is_fine).tolist():
        attributes = {name: column[row].as_py() for name, column in found.columns.items()}
        found.rejected.append((int(found.numbers[row]), reason, json.dumps(attributes, ensure_ascii=False)))
    is_fine &= ~wrong


def _not_finite(geometries: Any) -> Any:
    """Which geometries have coordinates that are no numbers, (n,) booleans."""
    xy, numbers = shapely.get_coordinates(geometries, return_index=True)
    wrong = np.zeros(len(geometries), bool)
    wrong[numbers[~np.isfinite(xy).all(axis=1)]] = True
    return wrong


def _refuse_projected(geometries: Any, crs: str, file: str) -> None:
    """Raise DataError where the file says degrees, or nothing, and most coordinates are metres."""
    xy = shapely.get_coordinates(geometries)
    if not len(xy) or (crs and not _is_degrees(crs)):
        return
    far = (np.abs(xy) > _DEGREES_AT_MOST).any(axis=1)
    if far.mean() > 0.5:
        seen = ", ".join(f"{value:.0f}" for value in xy[np.argmax(far)])
        words = f"({seen}) looks like projected coordinates, and the file names no reference system for them"
        refuse(file, f"{words} (expected degrees; give --crs, as in EPSG:32642).")


def _make_valid(found: Features, geometries: Any, is_placed: Any) -> None:
    wrong = is_placed & ~shapely.is_valid(geometries)
    if wrong.any():
        geometries[wrong] = shapely.make_valid(geometries[wrong])
        found.repairs += [(int(number), SHAPE, _WHOLE) for number in np.asarray(found.numbers)[wrong].tolist()]


def _points(found: Features, geometries: Any, is_placed: Any) -> tuple[Any, Any]:
    """A point, or some, for each geometry, in its own coordinates, and what it is: "" for a point."""
    points = np.full(len(geometries), None, object)
    shapes = np.full(len(geometries), "", object)
    kinds = np.where(is_placed, shapely.get_type_id(geometries), -1)
    single = is_placed & (kinds == _POINTS) & (shapely.get_num_geometries(geometries) == 1)
    points[single] = shapely.get_geometry(geometries[single], 0)
    as_it_is = (kinds == _POINT) | ((kinds == _POINTS) & ~single)
    points[as_it_is] = geometries[as_it_is]
    shapes[(kinds == _POINTS) & ~single] = "points"
    rest = np.isin(kinds, (_LINE, _RING, _AREA, _LINES, _AREAS, _MIXED))
    outlines = geometries[rest]
    degrees = _is_degrees(found.crs) if found.crs else True
    if degrees and len(outlines):
        outlines = _in_one_piece(found, outlines, np.asarray(found.numbers)[rest])
    on_them = shapely.point_on_surface(outlines)
    is_line = np.isin(shapely.get_type_id(outlines), (_LINE, _RING))
    on_them[is_line] = shapely.line_interpolate_point(outlines[is_line], 0.5, normalized=True)
    points[rest] = shapely.transform(on_them, _wrapped) if degrees else on_them
    shapes[rest] = np.select([shapely.area(outlines) > 0, shapely.length(outlines) > 0], ["area", "line"], "points")
    return points, shapes


def _wrapped(xy: Any) -> Any:
    """Positions with longitudes from -180 to 180, without the noise of what was computed."""
    is_far = np.abs(xy[:, 0]) > 180
    lon = np.where(is_far, (xy[:, 0] + 180) % 360 - 180, xy[:, 0])
    return np.round(np.column_stack([lon, xy[:, 1]]), _DIGITS)


def _in_one_piece(found: Features, outlines: Any, numbers: Any) -> Any:
    """Shapes in degrees, longitudes running on past 180 where a step of the outline is over half the Earth."""
    outlines = outlines.copy()
    bounds = shapely.bounds(outlines)
    for row in np.flatnonzero(bounds[:, 2] - bounds[:, 0] > 180).tolist():
        xy, part = shapely.get_coordinates(shapely.get_parts(outlines[row]), return_index=True)
        steps = np.abs(np.diff(xy[:, 0]))[np.diff(part) == 0]
        # A step around the whole Earth is the edge of a map of it.
        if ((steps > 180) & (steps < 359)).any():
            turned = shapely.transform(outlines[row], lambda xy: np.column_stack([xy[:, 0] % 360, xy[:, 1]]))
            outlines[row] = shapely.make_valid(turned)
            found.repairs.append((int(numbers[row]), SHAPE, "the shape crosses 180 degrees."))
    return outlines


def _is_degrees(crs: str) -> bool:
    from pyproj import CRS  # noqa: PLC0415 (only for a file that names its system)
    from pyproj.exceptions import CRSError  # noqa: PLC0415 (as above)

    try:
        return bool(CRS(crs).is_geographic)
    except CRSError:
        return False


def _transformer(crs: str, file: str) -> Transformer | None:
    """What brings coordinates to degrees (EPSG:4326); None where they are."""
    if not crs:
        return None
    from pyproj import CRS, Transformer  # noqa: PLC0415 (only for a file that names its system)
    from pyproj.exceptions import CRSError, ProjError  # noqa: PLC0415 (as above)

    try:
        found, degrees = CRS(crs), CRS("OGC:CRS84")
        found = found.to_2d() if found.is_geographic else found
        if found.equals(degrees, ignore_axis_order=True) or found.equals(CRS("EPSG:4326"), ignore_axis_order=True):
            return None
        return Transformer.from_crs(found, degrees, always_xy=True)
    except (CRSError, ProjError) as error:
        reason = " ".join(str(error).split())[:120]
        refuse(file, f"the reference system is not known: {reason} (expected one such as EPSG:32642).")


def _name(crs: str) -> str:
    from pyproj import CRS  # noqa: PLC0415 (only for a file that names its system)

    return str(CRS(crs).name)


def _texts(points: Any) -> tuple[pa.Array, pa.Array]:
    """Longitudes and latitudes as texts, with semicolons between those of several points."""
    xy, numbers = shapely.get_coordinates(points, return_index=True)
    columns = []
    for values in xy.T if len(xy) else np.zeros((2, 0)):
        texts = numbers_as_texts(values)
        if len(xy) == len(points) and (numbers == np.arange(len(points))).all():
            columns.append(texts)
            continue
        offsets = np.searchsorted(numbers, np.arange(len(points) + 1))
        lists = pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), texts)
        columns.append(pc.binary_join(lists, "; "))
    return columns[0], columns[1]
