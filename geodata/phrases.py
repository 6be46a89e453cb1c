"""English words that are said in other languages later, marked for the catalogues."""

from __future__ import annotations


def phrase(words: str) -> str:
    """Mark English words in a table that are said later, for the catalogues; returns them as they are."""
    return words


def page_phrase(words: str) -> str:
    """Mark, as `phrase` does, words that only the page says: no figure has them, so a catalogue may lack them."""
    return words


def phrases(one: str, many: str) -> tuple[str, str]:
    """Mark the two English forms of a table that are counted later; returns them as they are."""
    return one, many
