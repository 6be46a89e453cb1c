"""A snapshot: a record as Parquet files in a folder that never changes, behind a manifest with their checksums.

    events.parquet, claims.parquet, ...    the tables of `geodata.store.derived.tables`, a file each
    manifest.json                          name, title, version; rows, bytes and SHA-256 of each file

The folder is written beside its place, brought to the disk and renamed: it is whole or not there. The manifest says
nothing of when and where it was written, and has a checksum of itself.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import os
import re
import shutil
import sys
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from geodata.errors import DataError, Problem
from geodata.files import part_of, sync_folder, write_whole
from geodata.record.columns import SCHEMAS, Columns
from geodata.record.version import version_of
from geodata.store.derived.tables import FORMAT, derive

MANIFEST = "manifest.json"
# As many rows as DuckDB hands to one of its threads at a time; where a few are looked up, not many more than those.
ROW_GROUP, ROW_GROUP_OF_LOOKED_UP = 32_768, 8_192
LOOKED_UP = {"events", "claims", "sources", "places", "options", "originals"}
# What is read whole for each search is packed so that it is soon unpacked, the rest as small as it can be.
PACKED_LIGHTLY = {"search"}
_TABLE = re.compile(r"[a-z][a-z0-9_]{0,40}")
_SEAL = "sha256"


@dataclass(frozen=True, slots=True)
class File:
    """What a table's file holds, as it was written."""

    rows: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Snapshot:
    """A record on disk. Hold on to it as long as its files are read: one of a cache may be removed afterwards."""

    folder: Path
    name: str
    title: str
    version: str
    files: Mapping[str, File]

    def path(self, table: str) -> Path:
        """The Parquet file of a table."""
        return self.folder / _file_name(table)

    def record(self) -> Columns:
        """The record as it was written, without what was derived."""
        tables = {
            name: pq.read_table(self.path(name), columns=schema.names).cast(schema) for name, schema in SCHEMAS.items()
        }
        return Columns(self.name, self.title, tables)

    def verify(self) -> list[Problem]:
        """A problem for each file that is missing, of another size, or has a byte that is not what was written."""
        problems: list[Problem] = []
        try:
            _read_manifest(self.folder)
        except DataError as error:
            problems += error.problems
        for table, file in self.files.items():
            message = _size_problem(self.path(table), file) or _content_problem(self.path(table), file)
            if message:
                problems.append(_problem(_file_name(table), message))
        return problems


def write_snapshot(columns: Columns, folder: Path, *, version: str = "", durable: bool = True) -> Snapshot:
    """Write a record, and what is derived of it, as the snapshot `folder`; one that is there already stays as it is.

    `version` is that of `version_of` where it is known already; what need not outlive a power cut is not `durable`.
    Raises OSError where the disk is full or cannot be written; then nothing is left behind.
    """
    part = part_of(folder)
    part.mkdir()
    _give_back()  # what reading the data has left
    try:
        with ThreadPoolExecutor(os.cpu_count()) as pool:  # no more at once than is done at once: each takes memory
            hashed = pool.submit(lambda: version or version_of(columns))

            def write(name: str, made: Future[pa.Table]) -> File:
                table = made.result()
                _give_back()
                return _write_table(part / _file_name(name), name, table, durable)

            # A table is written once the next one is being made: else who writes it would wait until it is there.
            written: dict[str, Future[File]] = {}
            before: tuple[str, Future[pa.Table]] | None = None
            for made in chain(derive(columns, pool), [None]):
                if before:
                    written[before[0]] = pool.submit(write, *before)
                before = made
            manifest = {
                "format": FORMAT,
                "name": columns.name,
                "title": columns.title,
                "version": hashed.result(),
                "files": {name: asdict(written[name].result()) for name in sorted(written)},
            }
        write_whole(part / MANIFEST, sealed(manifest), durable=durable)
        try:
            part.rename(folder)
        except OSError:
            if not (folder / MANIFEST).is_file():  # else somebody else has written it meanwhile
                raise
        if durable:
            sync_folder(folder.parent)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return open_snapshot(folder)


def open_snapshot(folder: Path) -> Snapshot:
    """The snapshot in a folder. Raises DataError where its manifest or the size of a file is not as it was written."""
    snapshot = _read_manifest(folder)
    problems = [
        _problem(_file_name(table), message)
        for table, file in snapshot.files.items()
        if (message := _size_problem(snapshot.path(table), file))
    ]
    if problems:
        raise DataError(problems)
    return snapshot


def verify_snapshot(folder: Path) -> list[Problem]:
    """As `Snapshot.verify`, of a folder whose manifest may be broken too."""
    try:
        return _read_manifest(folder).verify()
    except DataError as error:
        return list(error.problems)


def _read_manifest(folder: Path) -> Snapshot:
    try:
        manifest = unsealed((folder / MANIFEST).read_bytes())
        if manifest["format"] != FORMAT:
            message = f"the snapshot has the format {manifest['format']!r} (expected {FORMAT}: import the data again)."
            raise DataError([_problem(MANIFEST, message)])
        files = {table: File(**file) for table, file in manifest["files"].items() if _TABLE.fullmatch(table)}
        if not files.keys() >= SCHEMAS.keys():
            raise ValueError("it does not name every table")
        return Snapshot(folder, manifest["name"], manifest["title"], manifest["version"], files)
    except OSError as error:
        raise DataError([_problem(MANIFEST, f"the file cannot be read: {error.strerror}.")]) from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError([_problem(MANIFEST, f"not as it was written: {error}.")]) from None


def _size_problem(path: Path, file: File) -> str:
    try:
        size = path.stat().st_size
    except OSError:
        return "the file is missing."
    return "" if size == file.bytes else f"{size:,} bytes were found (expected {file.bytes:,}, as it was written)."


def _content_problem(path: Path, file: File) -> str:
    try:
        with path.open("rb") as content:
            found = hashlib.file_digest(content, "sha256").hexdigest()
    except OSError as error:
        return f"the file cannot be read: {error.strerror}."
    return "" if found == file.sha256 else f"not as it was written: SHA-256 {found[:8]}… (expected {file.sha256[:8]}…)."


def sealed(content: dict[str, Any]) -> bytes:
    """A JSON file with a checksum of itself; the same content gives the same bytes."""
    return _json({**content, _SEAL: hashlib.sha256(_json(content)).hexdigest()})


def unsealed(raw: bytes) -> dict[str, Any]:
    """The content of a file of `sealed`. Raises ValueError where a byte is not as it was written."""
    content = json.loads(raw)
    if not isinstance(content, dict) or sealed({k: v for k, v in content.items() if k != _SEAL}) != raw:
        raise ValueError("its checksum is another")
    del content[_SEAL]
    return content


def _json(content: dict[str, Any]) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _file_name(table: str) -> str:
    return f"{table}.parquet"


def _problem(file: str, message: str) -> Problem:
    return Problem(file, 0, "", "", message)


class _Sink:
    """A file that Arrow writes to, which hashes what goes through."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.sha256 = hashlib.sha256()
        self.bytes = 0
        self.closed = False

    def write(self, content: bytes) -> int:
        self.sha256.update(content)
        self.bytes += len(content)
        return self._file.write(content)

    def flush(self) -> None:
        self._file.flush()

    def close(self) -> None:
        self.closed = True


def _give_back() -> None:
    """Give the memory that is free again back to the system: Arrow's, and that of numpy and Python, which the C library
    of Linux else keeps in pieces between what is still used."""
    pa.default_memory_pool().release_unused()
    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None:
        trim(0)


def _write_table(path: Path, name: str, table: pa.Table, durable: bool) -> File:
    rows = ROW_GROUP_OF_LOOKED_UP if name in LOOKED_UP else ROW_GROUP
    numbers = {field.name for field in table.schema if _is_number(field.type)}
    with path.open("xb") as file:
        sink = _Sink(file)
        writer = pq.ParquetWriter(
            sink,
            table.schema,
            compression="lz4" if name in PACKED_LIGHTLY else "zstd",
            # Numbers of rows and days differ little from one row to the next: smaller than a dictionary of them.
            use_dictionary=[*_repeating(table.slice(0, rows), numbers)],
            column_encoding=dict.fromkeys(numbers, "DELTA_BINARY_PACKED"),
        )
        with writer:
            # Each row group out of one piece, so that the file is the same however the table is cut.
            for start in range(0, len(table), rows):
                writer.write_table(table.slice(start, rows).combine_chunks())
        if durable:
            file.flush()
            os.fsync(file.fileno())
    return File(len(table), sink.bytes, sink.sha256.hexdigest())


def _repeating(rows: pa.Table, but: Collection[str]) -> Iterator[str]:
    """The columns whose values come twice on average or more often, by their paths in a file: a dictionary of others
    would take as much room as they do, and time on top."""
    for field in rows.schema:
        values, path = rows[field.name], field.name
        if pa.types.is_list(field.type):
            values, path = pc.list_flatten(values), f"{path}.list.element"
        is_one = not pa.types.is_struct(values.type)
        if is_one and field.name not in but and 2 * len(values.unique()) <= len(values):
            yield path


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_date32(kind))
