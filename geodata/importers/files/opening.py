"""Any file as raw tables: what it is, is told by its content; what it is called only helps to name it."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from geodata.files import temporary_folder
from geodata.importers.files.child import Limits, run
from geodata.importers.files.kinds import FORMATS, SHAPE, kind_of, suffix_of
from geodata.importers.files.packed import refuse
from geodata.importers.files.sheet import Asked, Sheet
from geodata.importers.files.texts.text import read_text
from geodata.importers.tables.records import MAX_BYTES, too_large

_HEAD = 4_096
_CHUNK = 1 << 20
_CHANGED = "the file was changed while it was read (expected one that is not being written)."
_BESIDE = (".shx", ".dbf", ".prj", ".cpg")


def read_sheets(
    path: Path,
    *,
    format: str = "",
    has_header: bool | None = None,
    crs: str = "",
    may_be_record: bool = False,
    limits: Limits | None = None,
    wait: Callable[[], None] = lambda: None,
) -> list[Sheet]:
    """The tables in a file, as texts under their headings: one of a text, one a sheet of a workbook or a layer.

    `format` is one of `FORMATS`, or "" for what the content looks like. `has_header` says whether a table has
    headings (None: its content says it). `crs` is the reference system of a layer whose file names none. Whether it
    `may_be_record` is as in `Asked`. The file is only ever read; all but texts are read by another process, within
    `limits`; `wait` is called again and again meanwhile, and ends it by raising.

    Raises DataError where nothing can be read: the file is no table, broken, too large, no regular file, or was
    changed meanwhile.
    """
    if format not in ("", *FORMATS):
        refuse(path.name, f"{format!r} is no format (expected {', '.join(FORMATS)}).")
    asked = Asked(path.name, has_header, crs, may_be_record)
    shape = path.with_suffix(".shp")
    if path.suffix.lower() in _BESIDE and shape.is_file():
        refuse(path.name, f"the file belongs to a shapefile (expected the .shp itself: open {shape.name!r}).")
    with _opened(path) as file:
        head = file.read(_HEAD)
        if not head:
            refuse(path.name, "the file is empty (expected a table).")
        kind = format or kind_of(head, path.name)
        if kind != "text":
            return _in_child(kind, path, head, file, asked, limits or Limits(), wait)
        file.seek(0)
        raw = file.read()
    return [read_text(raw, path.name, has_header=has_header)]


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    """A regular file to be read, which must be the same at the end. Raises DataError."""
    # No link is followed, and no FIFO waited for.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            refuse(path.name, "not a regular file (expected a file, no link, folder or device).")
        descriptor = os.open(path, flags)
    except FileNotFoundError:
        refuse(path.name, "the file is missing.")
    except OSError as error:
        refuse(path.name, f"the file cannot be read: {error.strerror}.")
    with open(descriptor, "rb") as file:  # noqa: PTH123 (a descriptor has no path)
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            refuse(path.name, "not a regular file (expected a file, no link, folder or device).")
        if before.st_size > MAX_BYTES:
            refuse(path.name, too_large(before.st_size))
        yield file
        after, named = os.fstat(descriptor), path.lstat() if path.exists() else None
        if named is None or _looks(before) != _looks(after) or _looks(before) != _looks(named):
            refuse(path.name, _CHANGED)


def _looks(found: os.stat_result) -> tuple[int, int, int, int]:
    return found.st_ino, found.st_dev, found.st_size, found.st_mtime_ns


def _in_child(
    kind: str, path: Path, head: bytes, file: BinaryIO, asked: Asked, limits: Limits, wait: Callable[[], None]
) -> list[Sheet]:
    """What another process reads of a copy in a folder of its own, as some readers write beside what they read."""
    with temporary_folder("reading") as folder:
        copy, out = folder / f"copy{suffix_of(head)}", folder / "out"
        out.mkdir()
        digest = hashlib.sha256()
        file.seek(0)
        with copy.open("xb") as target:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                target.write(chunk)
        if head.startswith(SHAPE):
            _copy_beside(path, copy)
        sheets = run(kind, copy, out, asked, limits, wait)
        file.seek(0)
        again = hashlib.sha256()
        while chunk := file.read(_CHUNK):
            again.update(chunk)
        if again.digest() != digest.digest():
            refuse(path.name, _CHANGED)
        return sheets


def _copy_beside(path: Path, copy: Path) -> None:
    """Copy the files that belong to a shapefile, whose names may be in any case."""
    names = {each.name.lower(): each for each in path.parent.iterdir()}
    for suffix in _BESIDE:
        found = names.get(path.stem.lower() + suffix)
        if found is None:
            continue
        with _opened(found) as file, copy.with_suffix(suffix).open("xb") as target:
            while chunk := file.read(_CHUNK):
                target.write(chunk)
