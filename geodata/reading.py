"""Loose values made strict: a day, one of a choice, several of them, numbers, a text."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from datetime import date

from geodata.dates import parse_day
from geodata.errors import ChoiceError

MAX_TEXT = 1_000
MAX_ITEMS = 1_000
_ENTRY = re.compile(r"(?:[^,\\]|\\.|\\$)+", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def fold_text(text: str) -> str:
    """How texts are compared: without case and outer blanks."""
    return text.strip().casefold()


def read_day(key: str, value: object) -> date:
    """A day, YYYY-MM-DD; ChoiceError otherwise."""
    try:
        return parse_day(str(value))
    except ValueError as error:
        raise ChoiceError(key, f"Cannot read {key}: {error}.") from None


def _clean(key: str, text: str) -> str:
    """The text without outer blanks; ChoiceError for what no data can hold: control characters, half letters."""
    if any(unicodedata.category(char) in ("Cc", "Cs") for char in text):
        raise ChoiceError(key, f"Cannot read {key}: {text[:80]!r} has control characters (expected plain text).")
    return text.strip()


def read_items(key: str, value: object) -> tuple[str, ...]:
    """The entries of a list, or of a text with commas between them, each once."""
    # In a text, a backslash says that the comma (or backslash) behind it is part of the entry.
    parts = value if isinstance(value, (list, tuple)) else _ENTRY.findall(str(value))
    if not isinstance(value, (list, tuple)):
        parts = [_ESCAPED.sub(r"\1", part) for part in parts]
    items = tuple(dict.fromkeys(item for part in parts if (item := _clean(key, str(part)))))
    if len(items) > MAX_ITEMS or any(len(item) > MAX_TEXT for item in items):
        raise ChoiceError(key, f"Cannot read {key}: expected at most {MAX_ITEMS} entries of {MAX_TEXT} characters.")
    return items


def one_of(choices: tuple[str, ...]) -> Callable[[str, object], str]:
    """A reader for a key that takes one of `choices`."""

    def read(key: str, value: object) -> str:
        if value not in choices:
            raise ChoiceError(key, f"Cannot read {key}: {value!r} is none of {', '.join(choices)}.")
        return str(value)

    return read


def some_of(choices: tuple[str, ...]) -> Callable[[str, object], tuple[str, ...]]:
    """A reader for a key that takes a list of `choices`; kept in the order of `choices`."""

    def read(key: str, value: object) -> tuple[str, ...]:
        items = read_items(key, value)
        for item in items:
            if item not in choices:
                raise ChoiceError(key, f"Cannot read {key}: {item!r} is none of {', '.join(choices)}.")
        return tuple(choice for choice in choices if choice in items)

    return read


def read_text(key: str, value: object) -> str:
    """A text without control characters, of at most `MAX_TEXT` characters."""
    text = _clean(key, str(value))
    if len(text) > MAX_TEXT:
        raise ChoiceError(key, f"Cannot read {key}: {len(text):,} characters (expected at most {MAX_TEXT:,}).")
    return text


def numbers(key: str, value: object, names: str) -> tuple[float, ...]:
    """As many finite numbers as `names` has (comma-separated); ChoiceError otherwise."""
    parts = value if isinstance(value, (list, tuple)) else str(value).split(",")
    try:
        found = tuple(float(part) for part in parts)
    except (TypeError, ValueError):
        found = ()
    if len(found) != names.count(",") + 1 or not all(map(math.isfinite, found)):
        raise ChoiceError(key, f"Cannot read {key}: {str(value)[:80]!r} (expected {names} in degrees).")
    return found
