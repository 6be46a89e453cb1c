"""Which records a JSON text lists: those of its only list, or those that stand within them."""

from __future__ import annotations

import re
from typing import Any

from geodata.importers.files.packed import refuse
from geodata.importers.tables.records import shown

EXPECTED = "expected a GeoJSON FeatureCollection or a list of records"
_DAY = re.compile(
    r"\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./](\d{4}|\d\d)\b|(1[89]|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$",
    re.ASCII,
)

_SLIPS = 0.1  # of the others, that have another day than those within them
# What a record within a cell is called, and where it is to be found: an actor by its name, a source by its address too.
_NAMES = ("name", "source_name", "provider", "title", "label")
_ADDRESSES = ("url", "link", "href", "path")


def records_in(content: Any, file: str, told: list[str]) -> list[Any]:
    """A list of records, or the only one within an object, or the only one there whose records have days."""
    if isinstance(content, list) and (not content or any(isinstance(row, dict) for row in content)):
        return content
    if _are_named(content):
        return [{"id": key, **row} for key, row in content.items()]  # each by its id
    lists = {name: rows for name, rows in content.items() if _are_records(rows)} if isinstance(content, dict) else {}
    # Those of one shape are parts of one list, each with its name.
    shapes = {frozenset().union(*rows) for rows in lists.values()}
    if len(shapes) == 1 < len(lists) and all(shapes):
        told.append(f"{len(lists)} lists of records are read as one: {', '.join(map(shown, lists))}.")
        return [{"list": name, **row} for name, rows in lists.items() for row in rows]
    named = [rows for rows in content.values() if _are_named(rows)] if isinstance(content, dict) and not lists else []
    if len(named) == 1:
        return records_in(named[0], file, told)
    inner = [value for value in content.values() if isinstance(value, dict)] if isinstance(content, dict) else []
    if len(inner) == 1 and not lists:
        return records_in(inner[0], file, told)  # as "data" of an answer
    dated = [name for name, rows in lists.items() if any(map(_is_dated, rows))]
    if len(lists) > 1 and len(dated) == 1:
        told.append(f"Of {len(lists)} lists of records, {shown(dated[0])} alone has days: it is read.")
        lists = {dated[0]: lists[dated[0]]}
    if len(lists) != 1:
        words = "no list of records" if not lists else f"{len(lists)} lists of records"
        refuse(file, f"the content has {words} ({EXPECTED}).")
    return next(iter(lists.values()))


def _are_named(content: Any) -> bool:
    """Whether an object has several others, each by its id or name."""
    return isinstance(content, dict) and len(content) > 1 and all(isinstance(row, dict) for row in content.values())


def unnested(rows: list[Any], told: list[str]) -> list[Any]:
    """The records, or those that stand within them where these alone have days: the events of each town of a list of
    towns, each with what is said of its town."""
    found = _within([row for row in rows if isinstance(row, dict)], told)
    return [child for _, child in found] or rows


def unnested_features(features: list[Any], told: list[str]) -> list[Any]:
    """As `unnested`, of the features of a layer by their properties: each record has the geometry of its feature."""
    its = [each for each in features if isinstance(each, dict) and isinstance(each.get("properties"), dict)]
    found = _within([feature["properties"] for feature in its], told)
    return [{**its[at], "properties": child} for at, child in found] or features


def _within(records: list[dict[str, Any]], told: list[str]) -> list[tuple[int, dict[str, Any]]]:
    """The dated records that stand within others under one name, each with what its other says and which one that is;
    none where the others have days of their own, and not that of one of theirs."""
    within = {key for row in records for key, value in row.items() if _are_records(value)}
    dated = {key for key in within if any(_has_day(each) for row in records for each in row.get(key) or ())}
    if len(dated) != 1:
        return []
    key = dated.pop()
    own = [row for row in records if _days(row) - {day for each in row.get(key) or () for day in _days(each)}]
    if len(own) > _SLIPS * len(records):
        return []
    found = [
        (at, {f"{key}.{name}" if name in child else name: value for name, value in row.items() if name != key} | child)
        for at, row in enumerate(records)
        for child in row.get(key) or ()
    ]
    told.append(
        f"{len(found):,} records stand within {len(records):,} others, under {shown(key)}: each of them is read."
    )
    return found


def _are_records(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)


def _is_dated(record: dict[str, Any]) -> bool:
    return _has_day(record) or _has_day(record.get("properties"))


def _has_day(record: Any) -> bool:
    return bool(_days(record))


def _days(record: Any) -> set[str]:
    values = record.values() if isinstance(record, dict) else ()
    # A form's answer may be a list of one.
    texts = (value[0] if isinstance(value, list) and len(value) == 1 else value for value in values)
    return {text for text in texts if isinstance(text, str) and _DAY.match(text)}


def in_words(value: Any) -> list[str]:
    """The names and addresses of the records in a list, an entry for each; empty where they have none."""
    found = [_in_words(each) for each in value] if _are_records(value) else []
    return [words for words in found if words]


def _in_words(record: dict[str, Any]) -> str:
    given = {name: text for name, text in record.items() if isinstance(text, str)}
    names = [text for name in _NAMES if (text := given.get(name, "").strip())]
    addresses = [text for name in _ADDRESSES if (text := given.get(name, "").strip()).startswith("http")]
    # Entries of a cell have a semicolon between them.
    return " ".join([", ".join(dict.fromkeys(names)).replace(";", ","), *addresses[:1]]).strip()
