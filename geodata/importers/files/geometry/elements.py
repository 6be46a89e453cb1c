"""XML of any kind as records: an element that repeats is a record, what is in it are its columns. Feeds too (RSS,
GeoRSS, Atom)."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from geodata.importers.files.geometry.geojson import read_records
from geodata.importers.files.geometry.tree import root_of
from geodata.importers.files.packed import refuse
from geodata.importers.files.sheet import Asked, Sheet

# What is a record of a feed, also if it is the only one.
_ENTRIES = {("channel", "item"), ("RDF", "item"), ("feed", "entry")}
_Way = tuple[str, ...]


def read_elements(path: Path, asked: Asked) -> Sheet:
    """The elements that repeat in a file of XML, each a record. Raises DataError where none do, or several lists are
    there and not one alone has days.

    Attributes are columns as elements are; names are without their namespaces. Nothing that a file names is followed.
    """
    root = root_of(path, asked.file, "XML")
    lists: dict[str, list[Any]] = {}
    _find(_content(root, (_name(root),), _repeated(root)), "", lists)
    if not lists:
        begins = f"the content is XML that begins with <{_name(root)[:40]}>, in which no element repeats"
        refuse(asked.file, f"{begins} (expected a table, a workbook or a layer).")
    rows = [row for records in lists.values() for row in records]
    if _name(root) == "feed" and not any("published" in row for row in rows):
        # Atom demands only the time of the last change.
        lists = {name: [_published(row) for row in records] for name, records in lists.items()}
    return read_records(lists, asked.file, [])


def _published(row: dict[str, Any]) -> dict[str, Any]:
    return {"published" if name == "updated" else name: value for name, value in row.items()}


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _children(element: Any) -> list[Any]:
    return [child for child in element if isinstance(child.tag, str)]  # no remarks


def _repeated(root: Any) -> set[_Way]:
    """The ways of names to elements that stand several times in one of their parents."""
    found: set[_Way] = set()
    left: list[tuple[_Way, Any]] = [((_name(root),), root)]
    while left:
        way, element = left.pop()
        counts = Counter(map(_name, _children(element)))
        found |= {(*way, name) for name, count in counts.items() if count > 1 or (way[-1], name) in _ENTRIES}
        left += [((*way, _name(child)), child) for child in _children(element)]
    return found


def _content(element: Any, way: _Way, repeated: set[_Way]) -> Any:
    """What an element says: its text, or its attributes and children by name, lists for those that repeat."""
    attributes = {str(name).rpartition("}")[2]: str(text) for name, text in element.attrib.items()}
    children = _children(element)
    if not children and not attributes:
        return (element.text or "").strip()
    found: dict[str, Any] = dict(attributes)
    for child in children:
        name, value = _name(child), _content(child, (*way, _name(child)), repeated)
        if (*way, name) in repeated:
            found.setdefault(name, []).append(value)
        elif name in found:  # an attribute of the name, or a child of another namespace
            found[f"{name}_"] = value
        else:
            found[name] = value
    text = "" if children else (element.text or "").strip()
    if not text:
        return found
    return text if way not in repeated else {"text": text, **found}


def _find(content: Any, before: str, lists: dict[str, list[Any]]) -> None:
    """Put the lists of records that stand in no other record into `lists`, each by the way to it."""
    for name, value in content.items() if isinstance(content, dict) else ():
        records = [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
        if records:
            lists[f"{before}{name}"] = records
        else:
            _find(value, f"{before}{name}.", lists)
