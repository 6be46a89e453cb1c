"""Texts are compared in columns as they are one by one."""

from __future__ import annotations

import pyarrow as pa

from geodata.reading import fold_text
from geodata.record.folding import folded

CONTROLS = {*range(9), 11, 12, *range(14, 32), *range(0x7F, 0xA0)}  # no cell has them


def test_every_letter_of_unicode_is_folded_in_columns_as_it_is_one_by_one() -> None:
    letters = [chr(code) for code in range(0x110000) if not (0xD800 <= code < 0xE000 or code in CONTROLS)]
    texts = [*letters, *(f" {letter}a{letter}{letter} " for letter in letters)]
    assert folded(pa.array(texts)).to_pylist() == list(map(fold_text, texts))
