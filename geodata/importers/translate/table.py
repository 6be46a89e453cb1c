"""A table of any kind as a flat table: ISO days, decimal degrees, codes of countries, our words, whole figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.importers.rows.flat import NAMES
from geodata.importers.tables.cells import Cells
from geodata.importers.tables.records import shown
from geodata.importers.translate import days, figures, ids, whereabouts
from geodata.importers.translate.columns import is_nothing, joined, known
from geodata.importers.translate.meaning import Meaning
from geodata.importers.translate.report import Report
from geodata.importers.values.categories import read_categories
from geodata.record.model import CATEGORIES, MEASURES

_MOST_TITLE = 120
_KINDS = ("sub_event_type", "event_type")
_TEXTS = ("title", "actors", "notes", "source", "claimant", "qualifier", "event_type", "sub_event_type")


@dataclass(frozen=True, slots=True)
class Translated:
    """The cells of a flat table, a row for each of the table's, and what became of them."""

    cells: Cells
    report: Report


def translated(cells: Cells, meaning: Meaning, file_of: Callable[[int], str] | None = None) -> Translated:
    """A table as a flat table. Rows that cannot be read are refused in the report, and their cells are anything.

    `file_of` names the file of a row for the report.
    """
    report = Report(cells, file_of)
    columns: dict[str, pa.Array] = {}
    for column in _TEXTS:
        if column in meaning.columns:
            columns[column] = joined(cells, meaning.columns[column], meaning.codes.get(column))
    if "source" in columns:  # as UCDP writes several; an address may have file:///
        columns["source"] = pc.replace_substring_regex(columns["source"], "([^:])///", r"\1; ")
    columns |= ids.translated(cells, meaning, report)
    columns |= days.translated(cells, meaning, report)
    columns |= whereabouts.translated(cells, meaning, report)
    for measure in MEASURES:
        columns |= figures.translated(cells, meaning, measure, report)
    if meaning.heading_of("title") == meaning.heading_of("notes"):
        columns["title"] = _beginnings(columns["title"])
    columns |= _category(cells, meaning, columns, report)
    columns["title"] = _named(_titles(columns, len(cells)), columns, cells.file, report)
    for column, value in meaning.constants.items():
        columns[column] = _or_else(columns.get(column), value, len(cells))
    return Translated(Cells(cells.file, NAMES, cells.lines, columns), report)


def _titles(columns: dict[str, pa.Array], count: int) -> pa.Array:
    """The titles; for a row without one what comes nearest: its type and place, the beginning of its notes, actors."""
    title = columns.get("title", pa.repeat("", count))
    is_missing = pc.equal(title, "")
    if not pc.any(is_missing).as_py():
        return title
    names = ("place", *_KINDS, "notes", "actors")
    blank = pa.repeat("", count)
    texts = {name: columns.get(name, blank).filter(is_missing) for name in names}
    place = pc.if_else(pa.array(is_nothing(texts["place"])), "", texts["place"])
    kind = pc.if_else(pc.equal(texts["sub_event_type"], ""), texts["event_type"], texts["sub_event_type"])
    has_both = pc.and_(pc.not_equal(kind, ""), pc.not_equal(place, ""))
    found = pc.if_else(has_both, pc.binary_join_element_wise(kind, place, ", "), "")
    for other in (place, kind, _beginnings(texts["notes"]), texts["actors"], texts["place"]):
        found = pc.if_else(pc.equal(found, ""), other, found)
    return pc.replace_with_mask(title, is_missing, found)


def _named(titles: pa.Array, columns: dict[str, pa.Array], file: str, report: Report) -> pa.Array:
    """The titles; a row that has a point and nothing else to call it by bears the name of its file."""
    if "lon" not in columns:
        return titles
    is_bare = pc.and_(pc.equal(titles, ""), pc.not_equal(columns["lon"], ""))
    count = pc.sum(is_bare).as_py() or 0
    if not count:
        return titles
    name = file.partition(".")[0].replace("_", " ")
    verb = "1 row has" if count == 1 else f"{count:,} rows have"
    report.told.append(
        f"{verb} a point and nothing to be called by: {shown(name)}, as the file, stands in for a title."
    )
    return pc.if_else(is_bare, name, titles)


def _beginnings(notes: pa.Array) -> pa.Array:
    """The first lines of texts, cut where they are long."""
    lines = pc.utf8_trim_whitespace(pc.replace_substring_regex(notes, r"\n[\s\S]*", ""))
    cut = pc.binary_join_element_wise(pc.utf8_slice_codeunits(lines, 0, _MOST_TITLE - 1), pa.scalar("…"), "")
    return pc.if_else(pc.greater(pc.utf8_length(lines), _MOST_TITLE), cut, lines)


def _category(cells: Cells, meaning: Meaning, columns: dict[str, pa.Array], report: Report) -> dict[str, pa.Array]:
    """The category, and the table's own word for it as the type where it has no other column for that."""
    parts = meaning.columns.get("category")
    if not parts:
        return _category_of_titles(meaning, columns, report)
    codes = {word.casefold(): category for word, category in meaning.categories.items()}
    if own := meaning.codes.get("category"):
        return {"category": _or_else(known(cells, parts, {**own, **codes}), "other", len(cells))}
    texts = pc.dictionary_encode(joined(cells, parts))
    values = texts.dictionary.to_pylist()
    asked = [value for value in values if value.casefold() not in codes]
    answers = read_categories(asked)
    found = dict(zip(asked, answers.found, strict=True))
    numbers = {value: number for number, value in enumerate(asked)}
    rows = np.array([numbers.get(value, -1) for value in values], np.int64)[texts.indices.to_numpy()] if values else []
    report.hear(parts.headings[0], np.asarray(rows), asked, answers)
    words = [codes.get(value.casefold()) or found.get(value) or ("other" if value else "") for value in values]
    category = pa.array(words, pa.string()).take(texts.indices)
    if "event_type" in columns or {value.casefold() for value in values} <= {*CATEGORIES, ""}:
        return {"category": category}
    return {"category": category, "event_type": texts.dictionary.take(texts.indices)}


def _category_of_titles(meaning: Meaning, columns: dict[str, pa.Array], report: Report) -> dict[str, pa.Array]:
    """The category by the words of the titles, in a table that has no column of kinds; "other" where they say none, or
    more than one."""
    if "title" not in meaning.columns or "category" in meaning.constants:
        return {}
    encoded = pc.dictionary_encode(columns["title"])
    found = [category or "other" for category in read_categories(encoded.dictionary.to_pylist()).found]
    category = pa.array(found, pa.string()).take(encoded.indices)
    if count := len(category) - pc.sum(pc.equal(category, "other")).as_py() if len(category) else 0:
        verb = "1 row has" if count == 1 else f"{count:,} of {len(category):,} rows have"
        rest = ', the others "other"' if count < len(category) else ""
        report.told.append(f"No column is a kind of event: {verb} a category by the words of the title{rest}.")
    return {"category": category}


def _or_else(texts: pa.Array | None, value: str, count: int) -> Any:
    return pa.repeat(value, count) if texts is None else pc.if_else(pc.equal(texts, ""), value, texts)
