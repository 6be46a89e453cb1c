"""The tables of a record in Arrow's columns, geometries as WKB (EPSG:4326), for the formats that take these."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from geodata.formats.frame import event_geometry
from geodata.formats.tables import DAYS, DECIMALS, TABLES, WHOLE, Row
from geodata.record.model import Place
from geodata.store.result import Part

if TYPE_CHECKING:
    import pyarrow as pa
    from shapely.geometry.base import BaseGeometry

GEOMETRY = "geometry"


def schema_of(table: str, *, located: bool) -> pa.Schema:
    """The columns of one of `TABLES`: texts, days, numbers; of what is `located` the geometry at the end."""
    import pyarrow as pa  # noqa: PLC0415 (heavy, as all that is loaded here)

    kinds = dict.fromkeys(TABLES[table], pa.string())
    for names, kind in ((DAYS, pa.date32()), (WHOLE, pa.int64()), (DECIMALS, pa.float64())):
        kinds |= {column: kind for column in kinds if column in names}
    return pa.schema([*kinds.items(), *([(GEOMETRY, pa.binary())] if located else ())])


def table_of(rows: Iterable[Row], schema: pa.Schema) -> pa.Table:
    """Rows as columns."""
    import pyarrow as pa  # noqa: PLC0415

    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.table([pa.array(_fitting(c, f.type), f.type) for c, f in zip(columns, schema, strict=True)], schema)


def _fitting(cells: Iterable[Any], kind: pa.DataType) -> list[Any]:
    """Cells for a column; a table of texts has days as texts."""
    import pyarrow as pa  # noqa: PLC0415

    if pa.types.is_string(kind):
        return [cell.isoformat() if isinstance(cell, date) else cell for cell in cells]
    return list(cells)


def event_shapes(part: Part) -> list[BaseGeometry | None]:
    """The geometries of `frame.event_geometry`; None where no point is known."""
    from shapely.geometry import shape  # noqa: PLC0415

    found = (event_geometry(event, part) for event in part.events)
    return [shape(geometry) if geometry else None for geometry in found]


def place_shapes(places: Iterable[Place]) -> list[BaseGeometry | None]:
    """The points of places."""
    from shapely import Point  # noqa: PLC0415

    return [Point(place.point) if place.point else None for place in places]


def with_shapes(rows: Iterable[Row], shapes: Iterable[BaseGeometry | None]) -> list[Row]:
    """Rows with their geometries behind them, as WKB."""
    from shapely import to_wkb  # noqa: PLC0415

    return [(*row, to_wkb(shape) if shape else None) for row, shape in zip(rows, shapes, strict=True)]
