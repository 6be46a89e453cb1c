"""Columns of texts made of others: the cells of some headings as one, and codes as the words that they mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import reduce
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.importers.tables.cells import Cells
from geodata.importers.tables.records import shown
from geodata.importers.translate.meaning import Parts
from geodata.importers.translate.report import Report

_ROUTE = re.compile(r"\s*[-=–—]*>+\s*")
# What people write where a code or a word is not known.
_NOTHING = frozenset({"", "na", "n/a", "none", "null", "nan", "-", "?", "unknown"})
_LINK = r"\[([^\]\[]+)\]\(https?://(?:[^()]|\([^()]*\))*\)"
_SIXTIETHS = r"^[0-5]?\d(\.\d+)?$"  # minutes and seconds; 99 stands for those that are not known
_NOT_KNOWN = ("9999", "99", "99")  # year, month and day
# What programs write into a cell that is empty; in a text of people, "unknown" may be meant.
_EMPTY = r"(?i)^\s*(n/?a|<na>|nan|nat|null|none)\s*$"


def joined(cells: Cells, parts: Parts, codes: Mapping[str, str] | None = None) -> pa.Array:
    """The texts (n,) of one of our columns; with `codes`, each part is what it means, or as it stands.

    Parts that say the same as one before them are left out, and of several those that only say that they say nothing.
    """
    columns = [_coded(cells.column(heading), codes) if codes else cells.column(heading) for heading in parts.headings]
    if len(columns) > 1:
        columns = [_without_blanks(column) for column in columns]
    if parts.between is None:
        return reduce(_first, columns)
    between = parts.between
    return reduce(lambda one, other: _with(one, other, between), columns)


def angles_of(cells: Cells, parts: Parts) -> pa.Array:
    """The texts (n,) of a coordinate; of several parts as 51°28'38"N. Seconds that are not known (empty, or a code such
    as 99) are left out; whole degrees without minutes are no coordinate."""
    if len(parts.headings) == 1:
        return joined(cells, parts)
    given = [pc.replace_substring_regex(without_empty(cells.column(h)), r"^\s+|\.0+$|\s+$", "") for h in parts.headings]
    has_direction = pc.any(pc.match_substring_regex(given[-1], r"(?i)^[nsewo]")).as_py()
    directions = given.pop() if has_direction else _blank(len(cells))
    text = pc.binary_join_element_wise(given[0], "°", "")
    is_whole = pc.match_substring_regex(given[0], r"^-?\d+$")
    for texts, sign in zip(given[1:], "'\"", strict=False):
        has_part = pc.and_(is_whole, pc.match_substring_regex(texts, _SIXTIETHS))
        text = pc.if_else(has_part, pc.binary_join_element_wise(text, texts, sign, ""), text)
    is_coarse = pc.and_(is_whole, pc.match_substring_regex(text, "°$"))
    text = pc.if_else(pc.or_(is_coarse, pc.equal(given[0], "")), "", text)
    return pc.if_else(pc.equal(text, ""), "", pc.binary_join_element_wise(text, directions, ""))


def known(cells: Cells, parts: Parts, codes: Mapping[str, str]) -> pa.Array:
    """What the first known code among the parts of each row means; "" where none is."""
    meanings = [_coded(cells.column(heading), codes, only_known=True) for heading in parts.headings]
    return reduce(_first, meanings)


def dates_of(cells: Cells, parts: Parts) -> pa.Array:
    """Texts such as 1970-07-02, 1970-07 and 1970 of the columns for year, month and day."""
    given = [_number(cells.column(heading)) for heading in parts.headings]
    # What a codebook writes for a part that is not known.
    given = [pc.if_else(pc.equal(texts, code), "", texts) for texts, code in zip(given, _NOT_KNOWN, strict=False)]
    year, month, day = [*given, *[_blank(len(cells))] * 2][:3]
    has_month = pc.not_equal(month, "")
    dated = pc.if_else(has_month, pc.binary_join_element_wise(year, pc.utf8_lpad(month, 2, "0"), "-"), year)
    full = pc.and_(has_month, pc.not_equal(day, ""))
    return pc.if_else(full, pc.binary_join_element_wise(dated, pc.utf8_lpad(day, 2, "0"), "-"), dated)


def _number(texts: pa.Array) -> pa.Array:
    """The digits of a part of a date; "" for 0, less, or nothing."""
    texts = without_empty(texts)
    plain = pc.replace_substring_regex(texts, r"\.0+$", "")
    return pc.if_else(pc.match_substring_regex(plain, r"^(-.*|0+)$"), "", plain)


def _coded(texts: pa.Array, codes: Mapping[str, str], *, only_known: bool = False) -> pa.Array:
    encoded = pc.dictionary_encode(texts)
    words = encoded.dictionary.to_pylist()
    found = [codes.get(code_in(word) if only_known else word.casefold(), "" if only_known else word) for word in words]
    return pa.array(found, pa.string()).take(encoded.indices)


def code_in(word: str) -> str:
    """The code in a cell, as `known` looks it up: "Exact (to within 10 m)" is "exact", and "1.0" is "1"."""
    return word.casefold().partition(" (")[0].strip().removesuffix(".0")


def is_nothing(texts: pa.Array) -> Any:
    """Which texts say that nothing is known, (n,) booleans."""
    encoded = pc.dictionary_encode(texts)
    found = np.array([word.strip().casefold() in _NOTHING for word in encoded.dictionary.to_pylist()], bool)
    return found[encoded.indices.to_numpy()] if len(found) else np.zeros(len(texts), bool)


def without_empty(texts: pa.Array) -> pa.Array:
    """The texts, "" for what a program wrote for an empty cell: NA, N/A, nan, None, NULL."""
    return pc.if_else(pc.match_substring_regex(texts, _EMPTY), "", texts)


def without_routes(places: pa.Array, report: Report, *, is_in_city: bool) -> pa.Array:
    """The names of places, with a dash for the arrows of a route in a city, and of one that is no flow between two."""
    encoded = pc.dictionary_encode(places)
    names = encoded.dictionary.to_pylist()
    read_as = [
        _ROUTE.sub(" – ", name).strip(" –") if name.count(">") > 1 or (is_in_city and ">" in name) else name
        for name in names
    ]
    routes = [name for name, other in zip(names, read_as, strict=True) if name != other]
    if not routes:
        return places
    report.told.append(f"Routes of several places are one place each, such as {shown(min(routes))}.")
    return pa.array(read_as, pa.string()).take(encoded.indices)


def or_else(texts: pa.Array | None, value: str, count: int) -> Any:
    """The texts, with `value` for each of the `count` rows that has none."""
    return pa.repeat(value, count) if texts is None else pc.if_else(pc.equal(texts, ""), value, texts)


def without_links(texts: pa.Array) -> pa.Array:
    """The texts with the words of links in Markdown in their place: "[Lima](https://…)" is "Lima"."""
    has_link = pc.any(pc.match_substring(texts, "](http")).as_py()
    return pc.replace_substring_regex(texts, _LINK, r"\1") if has_link else texts


def _first(one: pa.Array, other: pa.Array) -> pa.Array:
    return pc.if_else(pc.equal(one, ""), other, one)


def _without_blanks(texts: pa.Array) -> pa.Array:
    return pc.if_else(pc.match_substring_regex(texts, r"(?i)^\s*(n/?a|nan|null|-+)\s*$"), "", texts)


def _with(one: pa.Array, other: pa.Array, between: str) -> pa.Array:
    both = pc.binary_join_element_wise(one, other, between)
    is_same = pc.or_(pc.equal(other, ""), pc.equal(one, other))
    return pc.if_else(is_same, one, pc.if_else(pc.equal(one, ""), other, both))


def _blank(count: int) -> pa.Array:
    return pa.repeat("", count)
