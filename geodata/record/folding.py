"""Columns of texts as they are compared, without case and outer blanks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from geodata.reading import fold_text

# Letters that the tables of Arrow may fold otherwise than Python: what lies beyond the alphabets of most of the world,
# and in those what is folded into other letters than its small one; and separators that are blanks to one of the two.
_ODD = (
    r"[^\x00-\x1b\x20-\x{139f}\x{1e00}-\x{1e95}\x{1e9f}-\x{1eff}\x{2000}-\x{a6ff}\x{ac00}-\x{d7a3}]"
    r"|[\x{b5}\x{df}\x{130}\x{149}\x{17f}\x{1f0}\x{345}\x{390}\x{3b0}\x{3c2}\x{3d0}\x{3d1}\x{3d5}\x{3d6}\x{3f0}\x{3f1}]"
    r"|[\x{3f5}\x{587}]"
)


def folded(texts: Any) -> pa.Array:
    """Texts as `geodata.reading.fold_text` has them: Python sees only those with rare letters."""
    texts = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
    found = pc.ascii_trim_whitespace(pc.ascii_lower(texts))
    return _replaced(found, pc.invert(pc.string_is_ascii(texts)), texts, _folded_by_tables)


def _folded_by_tables(texts: pa.Array) -> pa.Array:
    found = pc.utf8_trim_whitespace(pc.utf8_lower(texts))
    return _replaced(found, pc.match_substring_regex(texts, _ODD), texts, _folded_one_by_one)


def _folded_one_by_one(texts: pa.Array) -> pa.Array:
    return pa.array(map(fold_text, texts.to_pylist()), pa.string())


def _replaced(found: pa.Array, these: pa.Array, texts: pa.Array, fold: Callable[[pa.Array], pa.Array]) -> pa.Array:
    """What was found; for `these` (n,) what `fold` makes of the texts."""
    return pc.replace_with_mask(found, these, fold(texts.filter(these))) if pc.any(these).as_py() else found
