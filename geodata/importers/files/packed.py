"""Archives (.zip and what is one inside, as .xlsx), looked at before anything in them is unpacked or parsed."""

from __future__ import annotations

import zipfile
from typing import NoReturn

from geodata.errors import DataError, Problem

MAX_PARTS = 2_000
MAX_UNPACKED = 512 * 1024 * 1024
# Tables of texts shrink to a tenth, monotonous ones to a hundredth; small parts can do no harm.
MAX_RATIO = 200
RATIO_FROM = 1_000_000
_CHUNK = 1_000_000


def refuse_bombs(archive: zipfile.ZipFile, file: str) -> None:
    """Raise DataError for what is small in the file and large in the memory, for locked parts and XML entities."""
    parts = archive.infolist()
    if len(parts) > MAX_PARTS:
        refuse(file, f"{len(parts):,} parts in the archive are too many (expected at most {MAX_PARTS:,}).")
    size = sum(part.file_size for part in parts)
    if size > MAX_UNPACKED:
        refuse(file, f"{size:,} bytes when unpacked are too many (expected at most {MAX_UNPACKED:,}).")
    for part in parts:
        if part.flag_bits & 1:
            refuse(file, "the archive is locked with a password (expected an open one).")
        if part.file_size > RATIO_FROM and part.file_size > MAX_RATIO * part.compress_size:
            words = f"a part is over {MAX_RATIO} times as large when unpacked"
            refuse(file, f"{words} (expected a table: open the file and save it again).")
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels", ".kml")):
            refuse_entities(archive, part.filename, file)


def refuse_entities(archive: zipfile.ZipFile, name: str, file: str) -> None:
    """Raise DataError for a part that declares entities, which can grow without end. No program writes any."""
    with archive.open(name) as part:
        before = b""
        while chunk := part.read(_CHUNK):
            text = before + chunk.replace(b"\0", b"")  # what UTF-16 has between the letters
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                refuse(file, "the file declares XML entities (expected one without any).")
            before = text[-len(b"<!DOCTYPE") :]


def refuse(file: str, message: str) -> NoReturn:
    """Raise DataError about the file as a whole."""
    raise DataError([Problem(file, 0, "", "", message)])
