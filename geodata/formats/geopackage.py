"""A GeoPackage of the whole record: events and places as features, sites, claims and sources as tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from geodata.files import temporary_folder
from geodata.formats.arrow import GEOMETRY, event_shapes, place_shapes, schema_of, table_of, with_shapes
from geodata.formats.asked import Asked, Losses, chunks
from geodata.formats.tables import Piece, Row, count_names, pieces, printable

# Layers by their geometry; "Unknown" is any.
LAYERS = {"events": "Unknown", "places": "Point", "sites": "", "claims": "", "sources": ""}
# The same content gives the same bytes: SQLite counts how often a file was written, of which GDAL does now one more.
NO_TIME = "1980-01-01T00:00:00.000Z"
COUNTED_AT = (24, 92)  # the count, and that for which SQLite's own version holds


def write(asked: Asked) -> Iterator[bytes]:
    """The bytes of the GeoPackage."""
    with temporary_folder("writing") as folder:
        path = folder / "events.gpkg"
        _fill(path, asked)
        with closing(sqlite3.connect(path)) as database:
            database.execute("UPDATE gpkg_contents SET last_change = ?", (NO_TIME,))
            database.commit()
        with path.open("r+b") as file:
            for at in COUNTED_AT:
                file.seek(at)
                file.write((1).to_bytes(4, "big"))
        yield from chunks(path)


def _fill(path: Path, asked: Asked) -> None:
    import pyogrio  # noqa: PLC0415 (and GDAL)

    schemas = {layer: schema_of(layer, located=bool(kind)) for layer, kind in LAYERS.items()}
    is_begun = False
    # Without any event the layers are made all the same.
    for piece in pieces(asked.result):
        count_names(asked.losses, piece)
        for layer, kind in LAYERS.items():
            located: dict[str, Any] = {"geometry_name": GEOMETRY, "geometry_type": kind, "crs": "EPSG:4326"}
            table = table_of(_rows(piece, layer, asked.losses), schemas[layer])
            pyogrio.write_arrow(table, path, layer=layer, driver="GPKG", append=is_begun, **(located if kind else {}))
        is_begun = True


def _rows(piece: Piece, layer: str, losses: Losses) -> list[Row]:
    rows = [tuple(printable(c, losses) if isinstance(c, str) else c for c in row) for row in piece.rows(layer)]
    if layer == "events":
        return with_shapes(rows, event_shapes(piece.part))
    return with_shapes(rows, place_shapes(piece.places)) if layer == "places" else rows
