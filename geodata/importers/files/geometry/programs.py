"""Records as programs write them in JSON: by rows, by columns, as answers of SPARQL, as features of Esri's servers."""

from __future__ import annotations

import re
from typing import Any

from geodata.importers.files.kinds import SCRIPT

_SCRIPT = re.compile(rf"\s*(?:{SCRIPT})")
_END = " \t\r\n;)"


def without_script(text: str) -> str:
    """The JSON in a text that is a script with nothing else."""
    begin = _SCRIPT.match(text)
    return text[begin.end() :].rstrip(_END) if begin else text


def as_records(content: Any) -> Any:
    """The records in what a program wrote, a list of objects with names; anything else as it is."""
    if isinstance(content, list):
        return _by_rows(content[0], content[1:]) if content and _are_names(content[0]) else _plain_rows(content)
    if not isinstance(content, dict):
        return content
    if found := _answers(content) or _in_columns(content) or _of_a_view(content):
        return found
    names = [value for value in content.values() if _are_names(value)]
    rows = [value for value in content.values() if _are_rows(value)]
    if len(names) == len(rows) == 1:
        return _by_rows(names[0], rows[0]) or content
    if isinstance(content.get("features"), list) and (found := _plain_rows(content["features"])) != content["features"]:
        return found
    return content


def _are_names(value: Any) -> bool:
    return isinstance(value, list) and len(value) > 1 and all(isinstance(each, str) for each in value)


def _are_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, list) for row in value)


def _by_rows(names: list[str], rows: list[Any]) -> list[Any]:
    if not _are_rows(rows) or any(len(row) > len(names) for row in rows):
        return [names, *rows]
    return [dict(zip(names, row, strict=False)) for row in rows]


def _in_columns(content: dict[str, Any]) -> list[dict[str, Any]]:
    """The records of an object whose values are columns of one length: lists, or objects by the number of the row."""
    columns = list(content.values())
    if len(columns) < 2:
        return []
    if all(isinstance(column, dict) and column and all(map(str.isdecimal, column)) for column in columns):
        numbers = list(dict.fromkeys(number for column in columns for number in column))
        return [{name: column.get(number) for name, column in content.items()} for number in numbers]
    if not all(isinstance(column, list) and column for column in columns) or len({*map(len, columns)}) > 1:
        return []
    if any(isinstance(value, (dict, list)) for column in columns for value in column):
        return []
    return [dict(zip(content, values, strict=True)) for values in zip(*columns, strict=True)]


def _answers(content: dict[str, Any]) -> list[dict[str, Any]]:
    """The answers of a query in SPARQL: each value stands within an object with its type."""
    results = content.get("results")
    found = results.get("bindings") if isinstance(results, dict) else None
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        return []
    return [
        {name: each.get("value") if isinstance(each, dict) else each for name, each in row.items()} for row in found
    ]


def _of_a_view(content: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of a view as open data of cities are published, whose columns stand under "meta": without those that are
    hidden, which are the program's own. A location is a list with the latitude second and the longitude third."""
    meta: Any = content.get("meta")
    view: Any = meta.get("view") if isinstance(meta, dict) else None
    columns: Any = view.get("columns") if isinstance(view, dict) else None
    rows: Any = content.get("data")
    if not _are_records(columns) or not _are_rows(rows) or any(len(row) > len(columns) for row in rows):
        return []
    named = [str(column.get("name", "")) for column in columns]
    shown = [at for at, column in enumerate(columns) if "hidden" not in (column.get("flags") or ())]
    found = []
    for row in rows:
        record = {named[at]: row[at] for at in shown if at < len(row)}
        for name, value in list(record.items()):
            if isinstance(value, list) and len(value) > 2:
                record |= {name: None, f"{name} latitude": value[1], f"{name} longitude": value[2]}
        found.append(record)
    return found


def _are_records(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)


def _plain_rows(rows: list[Any]) -> list[Any]:
    """The features of an Esri server as records with x and y; others as they are."""
    if not rows or not all(isinstance(row, dict) and isinstance(row.get("attributes"), dict) for row in rows):
        return rows
    return [
        {**row["attributes"], **{axis: value for axis, value in _point(row).items() if axis in ("x", "y")}}
        for row in rows
    ]


def _point(row: dict[str, Any]) -> dict[str, Any]:
    point = row.get("geometry")
    return point if isinstance(point, dict) else {}
