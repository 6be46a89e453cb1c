"""Zip files whose bytes depend on what is in them and on nothing else: no clock, no platform."""

from __future__ import annotations

import io
from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

NO_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say
UNIX, READABLE = 3, 0o644


def zip_of(files: Mapping[str, bytes]) -> bytes:
    """The files by name, in their order, as one zip."""
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            entry = ZipInfo(name, NO_TIME)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system, entry.external_attr = UNIX, READABLE << 16
            archive.writestr(entry, content)
    return buffer.getvalue()


def zipped_again(content: bytes) -> bytes:
    """The same zip without its timestamps."""
    with ZipFile(io.BytesIO(content)) as archive:
        return zip_of({name: archive.read(name) for name in archive.namelist()})
