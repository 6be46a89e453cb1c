"""XML as a tree, of which nothing outside the file is opened."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from geodata.importers.files.packed import refuse


def root_of(path: Path, file: str, kind: str) -> Any:
    """The first element of a file, which is expected to be of a `kind` ("KML"). Raises DataError for what is no XML, or
    declares entities."""
    from lxml import etree  # type: ignore[import-untyped]  # noqa: PLC0415 (only these kinds need it)

    raw = path.read_bytes()
    plain = raw.replace(b"\0", b"")
    if b"<!ENTITY" in plain or b"<!DOCTYPE" in plain:
        refuse(file, "the file declares XML entities (expected one without any).")
    try:
        return etree.fromstring(raw, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except etree.XMLSyntaxError as error:
        refuse(file, f"the file is no XML: {str(error)[:150]} (expected {kind} that other programs can open).")
