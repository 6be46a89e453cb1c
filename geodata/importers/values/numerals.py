"""Digits of any script as 0 to 9, and signs that look alike as one."""

from __future__ import annotations

import re

_SIGNS = str.maketrans(
    {"−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-", "٫": ".", "٬": ",", "،": ",", "’": "'", "′": "'", "″": '"'}
)
_BLANKS = re.compile(r"[\u00a0\u2009\u202f\s]+")
_DIRECTIONS = re.compile(r"[\u200e\u200f\u061c]")


def ascii_digits(text: str) -> str:
    """The text with the digits of every script as ASCII's, dashes, minus and quotation marks of one kind, and single
    blanks."""
    if not text.isascii():
        text = "".join(str(int(char)) if char.isdecimal() else char for char in _DIRECTIONS.sub("", text))
        text = text.translate(_SIGNS)
    return _BLANKS.sub(" ", text).strip()
