"""Reading back what an export packs: the files of a zip, the XML of an Office file."""

from __future__ import annotations

import io
from xml.etree import ElementTree
from zipfile import ZipFile


def files_in(content: bytes) -> dict[str, bytes]:
    """The files of a zip by name, in their order."""
    with ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def times_in(content: bytes) -> set[tuple[int, ...]]:
    """The times that a zip gives to its files."""
    with ZipFile(io.BytesIO(content)) as archive:
        return {entry.date_time for entry in archive.infolist()}


def xml_in(content: bytes) -> dict[str, ElementTree.Element]:
    """Every XML part of an Office file, parsed."""
    return {
        name: ElementTree.fromstring(part)
        for name, part in files_in(content).items()
        if name.endswith((".xml", ".rels"))
    }


def texts_in(element: ElementTree.Element) -> list[str]:
    """The texts of the paragraphs in an XML part of Word or PowerPoint."""
    paragraphs = (each for each in element.iter() if each.tag.endswith("}p"))
    return ["".join(t.text or "" for t in p.iter() if t.tag.endswith("}t")) for p in paragraphs]
