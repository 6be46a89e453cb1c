"""A file of any kind, and the files in an archive: a zipped shapefile, a KMZ, a table that was packed to be sent."""

from __future__ import annotations

import gzip
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path, PurePosixPath

from geodata.errors import DataError
from geodata.importers.files.folder import files_of_folder, read_folder
from geodata.importers.files.kinds import kind_of, suffix_of
from geodata.importers.files.packed import MAX_UNPACKED, refuse, refuse_bombs
from geodata.importers.files.sheet import Asked, Sheet

MAX_MEMBERS = 200
_HEAD = 4_096
_BOOKS = {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}
_DOCUMENTS = {"word/document.xml": "a Word document", "ppt/presentation.xml": "a set of slides"}
_BESIDE = (".shp", ".shx", ".dbf", ".prj", ".cpg")
# Where one is a table by its name, the others are what comes with it: a licence, a codebook.
_TABLES = {
    *(".csv", ".tsv", ".tab", ".json", ".geojson", ".geojsonl", ".ndjson", ".xlsx", ".xls", ".xlsb", ".ods"),
    *(".parquet", ".geoparquet", ".gpkg", ".fgb", ".kml", ".xml", ".rss"),
}


def read_as(kind: str, path: Path, asked: Asked) -> list[Sheet]:
    """The tables in a file that is of some kind, one of `kinds.FORMATS`. Raises DataError."""
    if kind == "features" and path.suffix == ".kml":
        kind = "kml"
    return _READERS[kind](path, asked)


def _text(path: Path, asked: Asked) -> list[Sheet]:
    from geodata.importers.files.texts.text import read_text  # noqa: PLC0415 (one kind a process)

    return [read_text(path.read_bytes(), asked.file, has_header=asked.has_header)]


def _workbook(path: Path, asked: Asked) -> list[Sheet]:
    from geodata.importers.files.workbook import read_workbook  # noqa: PLC0415 (one kind a process)

    return read_workbook(path, asked)


def _features(path: Path, asked: Asked) -> list[Sheet]:
    from geodata.importers.files.geometry.features import read_features  # noqa: PLC0415 (one kind a process)

    return read_features(path, asked)


def _kml(path: Path, asked: Asked) -> list[Sheet]:
    from geodata.importers.files.geometry.kml import read_kml  # noqa: PLC0415 (one kind a process)

    return [read_kml(path, asked)]


def _json(path: Path, asked: Asked) -> list[Sheet]:
    from geodata.importers.files.geometry.geojson import read_json  # noqa: PLC0415 (one kind a process)

    return read_json(path, asked)


def _markup(path: Path, asked: Asked) -> list[Sheet]:
    from geodata.importers.files.texts.markup import read_markup  # noqa: PLC0415 (one kind a process)

    return read_markup(path, asked)


def _xml(path: Path, asked: Asked) -> list[Sheet]:
    from geodata.importers.files.geometry.elements import read_elements  # noqa: PLC0415 (one kind a process)

    return [read_elements(path, asked)]


def _parquet(path: Path, asked: Asked) -> list[Sheet]:
    from geodata.importers.files.geometry.parquet import read_parquet  # noqa: PLC0415 (one kind a process)

    return [read_parquet(path, asked)]


def _archive(path: Path, asked: Asked) -> list[Sheet]:
    with path.open("rb") as file:
        if file.read(2) == b"\x1f\x8b":
            return _gzip(path, asked)
    try:
        with zipfile.ZipFile(path) as archive:
            refuse_bombs(archive, asked.file)
            names = set(archive.namelist())
            for name, words in _DOCUMENTS.items():
                if name in names:
                    refuse(asked.file, f"the content is {words} (expected a table, a workbook or a layer).")
            if not names & _BOOKS:
                return _members(archive, path.parent, asked)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        refuse(asked.file, f"the archive or workbook is broken: {error} (expected one that other programs can open).")
    return read_as("workbook", path, asked)


def _gzip(path: Path, asked: Asked) -> list[Sheet]:
    try:
        with gzip.open(path) as file:
            raw = file.read(MAX_UNPACKED + 1)
    except (OSError, EOFError, zlib.error) as error:
        refuse(asked.file, f"the archive is broken: {error} (expected one that other programs can open).")
    if len(raw) > MAX_UNPACKED:
        refuse(asked.file, f"it has more than {MAX_UNPACKED:,} bytes when unpacked (expected at most so many).")
    return _inner(raw, path.parent / "inner", asked)


def _inner(raw: bytes, target: Path, asked: Asked) -> list[Sheet]:
    """What a file within an archive holds; `target` is where it is written, without the end of its name."""
    if not raw:
        refuse(asked.file, "the file is empty (expected a table).")
    kind = kind_of(raw[:_HEAD], asked.file)
    target = target.with_suffix(suffix_of(raw[:_HEAD]))
    target.write_bytes(raw)
    if kind == "archive" and raw.startswith(b"PK"):
        with zipfile.ZipFile(target) as archive:
            kind = "workbook" if _BOOKS.intersection(archive.namelist()) else kind
    if kind == "archive":
        refuse(asked.file, "an archive within an archive is not opened (expected a table, a workbook or a layer).")
    return read_as(kind, target, asked)


def _members(archive: zipfile.ZipFile, folder: Path, asked: Asked) -> list[Sheet]:
    """The tables of the files in an archive, each titled by the name of its file."""
    parts = [part for part in archive.infolist() if not part.is_dir() and _is_shown(part.filename)]
    for part in parts:
        if stat.S_ISLNK(part.external_attr >> 16):
            refuse(asked.file, "the archive holds a link (expected files).")
    shapes = [part for part in parts if _suffix(part) == ".shp"]
    tables = shapes or [part for part in parts if _suffix(part) in _TABLES] or parts
    if not tables or len(tables) > MAX_MEMBERS:
        refuse(asked.file, f"{len(tables):,} files are in the archive (expected 1 to {MAX_MEMBERS} tables).")
    if asked.may_be_record and (files := files_of_folder(parts)):
        return read_folder(archive, files, folder / "record", asked.file)
    sheets, refusals = [], []
    for number, part in enumerate(tables):
        if shapes:
            _beside(archive, parts, part, folder / f"inner{number}")
        try:
            found = _inner(archive.read(part), folder / f"inner{number}", asked)
        except DataError as error:
            refusals.append((part.filename, error))
            continue
        name = PurePosixPath(part.filename).name
        sheets += found if len(tables) == 1 else [_titled(sheet, name) for sheet in found]
    if not sheets:
        raise refusals[0][1]
    told = tuple(f"{name!r} in the archive is not read: {error.problems[0].message}" for name, error in refusals)
    return [replace(sheets[0], told=(*told, *sheets[0].told)), *sheets[1:]]


def _titled(sheet: Sheet, name: str) -> Sheet:
    return replace(sheet, title=f"{name}: {sheet.title}" if sheet.title else name)


def _beside(archive: zipfile.ZipFile, parts: Iterable[zipfile.ZipInfo], shape: zipfile.ZipInfo, target: Path) -> None:
    """Unpack the files that belong to a shapefile beside it."""
    stem = str(PurePosixPath(shape.filename).with_suffix("")).lower()
    for part in parts:
        suffix = _suffix(part)
        if part is not shape and suffix in _BESIDE and part.filename.lower() == stem + suffix:
            target.with_suffix(suffix).write_bytes(archive.read(part))


def _suffix(part: zipfile.ZipInfo) -> str:
    return PurePosixPath(part.filename).suffix.lower()


def _is_shown(name: str) -> bool:
    return "__MACOSX" not in name and not PurePosixPath(name.replace("\\", "/")).name.startswith(".")


# The catalogue: a new kind is one reader, one line here and its first bytes in `kinds`.
_READERS: dict[str, Callable[[Path, Asked], list[Sheet]]] = {
    "archive": _archive,
    "text": _text,
    "workbook": _workbook,
    "features": _features,
    "kml": _kml,
    "json": _json,
    "parquet": _parquet,
    "markup": _markup,
    "xml": _xml,
}
