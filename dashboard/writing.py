"""The files that an export writes: where, checked before anything is drawn."""

from __future__ import annotations

from pathlib import Path

from dashboard.options import FORMATS
from geodata.errors import FilterError

SUFFIXES = tuple(f".{name}" for name in FORMATS)


def format_of(out: Path, shown: str) -> str:
    """The format of a file by its suffix, once it can be written; `shown` is its name as the user wrote it.

    Raises FilterError.
    """
    if out.suffix.lower() not in SUFFIXES:
        raise FilterError("out", f"cannot tell the format of {shown!r} (expected one of {', '.join(SUFFIXES)})")
    if out.is_dir():
        raise FilterError("out", f"cannot write {shown!r}: it is a folder")
    if not out.parent.is_dir():
        raise FilterError("out", f"cannot write {shown!r}: its folder does not exist")
    return out.suffix.lower()[1:]


def beside(out: Path, name: str) -> Path:
    """The file of one figure of a series: "map.pdf" and "2022-01-06" make "map-2022-01-06.pdf"; "" leaves `out`."""
    return out.with_name(f"{out.stem}-{name}{out.suffix}") if name else out
