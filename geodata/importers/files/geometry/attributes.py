"""Columns of any type as texts: days as ISO has them, numbers in plain digits, lists with semicolons."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

_LIST, _FEWEST_LISTS = "L", 2


def as_texts(column: pa.Array | pa.ChunkedArray) -> pa.Array | None:
    """The texts of a column; None for one of bytes, which say nothing to a reader."""
    if isinstance(column, pa.ChunkedArray):
        column = pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)
    while isinstance(column, pa.ExtensionArray):
        column = column.storage
    kind = column.type
    if pa.types.is_dictionary(kind):
        return as_texts(column.dictionary_decode())
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind):
        return None
    if pa.types.is_null(kind):
        return pa.repeat("", len(column))
    if pa.types.is_nested(kind):
        return pa.array([as_text(value) for value in column.to_pylist()], pa.string())
    if pa.types.is_timestamp(kind):
        found = _times(column)
    elif pa.types.is_floating(kind):
        found = _decimals(pc.cast(column, pa.float64()) if pa.types.is_float16(kind) else column)
    elif pa.types.is_boolean(kind):
        found = pc.if_else(column, "TRUE", "FALSE")
    elif pa.types.is_duration(kind):
        found = pc.cast(pc.cast(column, pa.int64()), pa.string())
    else:
        found = pc.cast(column, pa.string())
    return pc.fill_null(pc.cast(found, pa.string()), "")


def as_text(value: Any) -> str:
    """A value of JSON as a text: a list of single values with semicolons, what is nested deeper as JSON."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return ""
    if isinstance(value, list) and not any(isinstance(item, (list, dict)) for item in value):
        return "; ".join(filter(None, map(as_text, value)))
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False, default=str)
    found = str(value)
    if isinstance(value, float):
        return found.removesuffix(".0") if "e" not in found else _plain(found)
    return found.upper() if isinstance(value, bool) else found


def without_marks(values: list[Any]) -> list[Any]:
    """The values of a column without the mark that Grist writes first in each list: ["L", "march"]."""
    lists = [value for value in values if isinstance(value, list)]
    if len(lists) < _FEWEST_LISTS or any(value[:1] != [_LIST] for value in lists):
        return values
    return [value[1:] if isinstance(value, list) else value for value in values]


def numbers_as_texts(values: Any) -> pa.Array:
    """The plain digits of floats (n,), as few as tell them apart; "" for what is no number."""
    return pc.fill_null(_decimals(pa.array(values, pa.float64(), from_pandas=True)), "")


def texts_of(values: Iterable[str]) -> tuple[pa.Array, list[int]]:
    """Texts as a column, and which of them held half a letter (a lone surrogate), which was taken out."""
    some = list(values)
    try:
        return pa.array(some, pa.string()), []
    except UnicodeEncodeError:
        whole = [text.encode("utf-8", "ignore").decode() for text in some]
        broken = [number for number, text in enumerate(some) if text != whole[number]]
        return pa.array(whole, pa.string()), broken


def _decimals(column: pa.Array) -> pa.Array:
    column = pc.if_else(pc.is_finite(column), column, pa.scalar(None, column.type))
    found = pc.cast(column, pa.string())
    found = pc.if_else(pc.equal(found, "-0"), "0", found)
    is_long = pc.fill_null(pc.match_substring(found, "e"), False)
    if pc.any(is_long).as_py():
        texts = found.to_pylist()
        found = pa.array([_plain(text) if text and "e" in text else text for text in texts], pa.string())
    return found


def _plain(text: str) -> str:
    return format(Decimal(text), "f")


def _times(column: pa.Array) -> pa.Array:
    found = pc.cast(column, pa.string())
    found = pc.replace_substring_regex(found, r"\.0+(Z|[+-]\d|$)", r"\1")
    return pc.replace_substring_regex(found, r" 00:00:00$", "")
