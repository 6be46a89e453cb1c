"""GeoParquet: the events in one table, their geometries as WKB in the layout of 1.1 or in that of 2.0.

The metadata is that of https://geoparquet.org/: 1.1 describes a column of bytes, 2.0 a column of Parquet's own type
GEOMETRY. Without a "crs" both mean OGC:CRS84, which is EPSG:4326 with the longitude first.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geodata.files import temporary_folder
from geodata.formats.arrow import GEOMETRY, event_shapes, schema_of, table_of, with_shapes
from geodata.formats.asked import Asked, Losses, chunks
from geodata.formats.tables import event_cells

if TYPE_CHECKING:
    import pyarrow as pa

VERSIONS = {"1.1": "1.1.0", "2.0": "2.0.0"}


def write(asked: Asked) -> Iterator[bytes]:
    """The bytes of the file."""
    with temporary_folder("writing") as folder:
        path = folder / "events.parquet"
        _fill(path, asked)
        yield from chunks(path)


def _fill(path: Path, asked: Asked) -> None:
    import pyarrow.parquet as pq  # noqa: PLC0415 (heavy, as all that is loaded here)
    from shapely import total_bounds  # noqa: PLC0415

    plain = schema_of("events", located=True)
    native = _native() if asked.geoparquet == "2.0" else None  # Arrow lets go of a type that nobody holds
    schema = plain.set(len(plain) - 1, plain.field(GEOMETRY).with_type(native)) if native else plain
    kinds: set[str] = set()
    boxes: list[Any] = []
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for part in asked.result.parts():
            shapes = event_shapes(part)
            kinds |= {shape.geom_type for shape in shapes if shape}
            if any(shapes):
                boxes.append(total_bounds([shape for shape in shapes if shape]))
            rows = (event_cells(event, part) for event in part.events)
            table = table_of(with_shapes(rows, shapes), plain)
            writer.write_table(_with_native(table, native) if native else table)
            count_lost(asked.losses, len(part.claims))
        column: dict[str, Any] = {"encoding": "WKB", "geometry_types": sorted(kinds)}
        if kinds:
            column["bbox"] = _around(boxes)
        about = {"version": VERSIONS[asked.geoparquet], "primary_column": GEOMETRY, "columns": {GEOMETRY: column}}
        writer.add_key_value_metadata({"geo": json.dumps(about)})


def count_lost(losses: Losses, claims: int) -> None:
    """Count the claims about events whose file has no table for them."""
    losses.add(
        claims,
        "{n} claim is left out: the format has one table, that of the events.",
        "{n} claims are left out: the format has one table, that of the events.",
    )


def _around(boxes: list[Any]) -> list[float]:
    import numpy as np  # noqa: PLC0415

    found = np.array(boxes)
    return [*found[:, :2].min(axis=0).tolist(), *found[:, 2:].max(axis=0).tolist()]


def _native() -> pa.ExtensionType:
    """Arrow's type for what Parquet writes as GEOMETRY: the extension "geoarrow.wkb" (https://geoarrow.org/)."""
    import pyarrow as pa  # noqa: PLC0415

    class Wkb(pa.ExtensionType):  # type: ignore[misc] # a base without types
        def __init__(self) -> None:
            super().__init__(pa.binary(), "geoarrow.wkb")

        def __arrow_ext_serialize__(self) -> bytes:
            return b"{}"

    return Wkb()


def _with_native(table: pa.Table, native: pa.ExtensionType) -> pa.Table:
    import pyarrow as pa  # noqa: PLC0415

    geometries = pa.ExtensionArray.from_storage(native, table[GEOMETRY].combine_chunks())
    return table.set_column(table.num_columns - 1, GEOMETRY, geometries)
