"""The version of a record: a hash of what is in it, however it is held."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.record.columns import SCHEMAS, Columns

if TYPE_CHECKING:
    from hashlib import _Hash

DIGITS = 12


def version_of(columns: Columns) -> str:
    """12 hexadecimal digits of a SHA-256 over name, title and every cell of the record's tables.

    Equal cells give an equal version, whatever the chunks, slices and null bitmaps that Arrow holds them in, and
    whatever the version of Arrow. Columns are hashed side by side: hashing lets go of the interpreter's lock.
    """
    whole = hashlib.sha256(json.dumps([columns.name, columns.title]).encode())
    cells = [(table, column) for table, schema in SCHEMAS.items() for column in schema.names]
    with ThreadPoolExecutor() as pool:
        digests = pool.map(lambda cell: _digest(columns.chunks(*cell)), cells)
        for (table, column), digest in zip(cells, digests, strict=True):
            whole.update(f"{table} {column} {len(columns.tables[table])} {digest}\n".encode())
    return whole.hexdigest()[:DIGITS]


def _digest(chunks: Iterable[pa.Array]) -> str:
    """A hash of a column's cells."""
    streams: dict[str, _Hash] = {}
    seen: dict[str, int] = {}
    for chunk in chunks:
        for stream, content in _streams(chunk, "", seen):
            streams.setdefault(stream, hashlib.sha256()).update(content)
    return " ".join(f"{stream}={streams[stream].hexdigest()}" for stream in sorted(streams))


def _streams(array: pa.Array, path: str, seen: dict[str, int]) -> Iterator[tuple[str, Any]]:
    """The bytes of an array by stream; those of a column's chunks, one after another, are those of the whole column.

    `seen` counts the cells before this chunk at each path. Bytes are little-endian; nothing is given without cells.
    """
    if not len(array):
        return
    start = seen.get(path, 0)
    seen[path] = start + len(array)
    if array.null_count:
        yield f"{path}?", (np.flatnonzero(array.is_null()) + start).astype("<i8")
    kind = array.type
    if pa.types.is_list(kind):
        yield f"{path}#", array.value_lengths().fill_null(0).to_numpy().astype("<i4", copy=False)
        yield from _streams(array.flatten(), f"{path}[]", seen)
    elif pa.types.is_struct(kind):
        for field, child in zip(kind, array.flatten(), strict=True):
            yield from _streams(child, f"{path}.{field.name}", seen)
    elif pa.types.is_string(kind):
        array = array.fill_null("")
        _, ends, data = array.buffers()
        offsets = np.frombuffer(ends, dtype=np.int32)[array.offset : array.offset + len(array) + 1]
        yield f"{path}#", np.diff(offsets).astype("<i4", copy=False)
        if offsets[-1] > offsets[0]:
            yield f"{path}=", memoryview(data)[offsets[0] : offsets[-1]]
    elif pa.types.is_floating(kind):
        values = array.fill_null(0).to_numpy() + 0.0  # -0.0 and 0.0 are one number
        yield f"{path}=", np.where(np.isnan(values), np.nan, values).astype("<f8", copy=False)
    else:
        numbers = pc.cast(array, pa.int32()) if pa.types.is_date32(kind) else array
        yield f"{path}=", numbers.fill_null(0).to_numpy().astype(f"<i{kind.bit_width // 8}", copy=False)
