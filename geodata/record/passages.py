"""A source's own text, given by the reader: the very words that a claim's locator points at. Nothing of it is kept.

A locator counts characters (code points) of the whole text, decoded from UTF-8 as it is: a byte order mark and
carriage returns count. Paragraphs are what blank lines part, from 1. `assets/passages.js` does the same in the page.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from geodata.errors import TextRefused
from geodata.record.model import Claim, Source

BLANKS = " \t\r"
MOST_SOURCES = 5
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Passage:
    """A claim's paragraph in three: what stands before its very words, the words, what stands after them."""

    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text and the sources whose sha256 is that of its bytes; `paragraphs` are [start, end) in characters."""

    text: str
    source_ids: frozenset[str]
    paragraphs: tuple[Span, ...]

    def passage(self, claim: Claim) -> Passage | None:
        """Where the claim stands; None for one without a locator or of another source.

        Raises TextRefused for a locator that does not lie inside its paragraph.
        """
        found = claim.locator
        if found is None or claim.source_id not in self.source_ids:
            return None
        span = self.paragraphs[found.paragraph - 1] if found.paragraph <= len(self.paragraphs) else None
        if span is None or not span[0] <= found.start < found.end <= span[1]:
            has = f"has characters {span[0]} to {span[1]}" if span else f"is not among its {len(self.paragraphs)}"
            raise TextRefused(
                f"The locator of claim {claim.claim_id} does not fit the text: characters {found.start} to {found.end} "
                f"of paragraph {found.paragraph}, which {has}."
            )
        return Passage(
            self.text[span[0] : found.start],
            self.text[found.start : found.end],
            self.text[found.end : span[1]],
        )


def read_source_text(path: Path, sources: Iterable[Source]) -> SourceText:
    """Read a text and find its sources by the SHA-256 of its bytes.

    Raises TextRefused for a file that cannot be read, for a text that is none of the sources', with all the hashes,
    and for one that is not UTF-8.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise TextRefused(f"Cannot read {str(path)!r}: {error.strerror}.") from error
    digest = hashlib.sha256(content).hexdigest()
    hashed = [source for source in sources if source.sha256]
    found = frozenset(source.source_id for source in hashed if source.sha256 == digest)
    if not found:
        raise TextRefused(f"{str(path)!r} has the SHA-256 {digest} (expected {_expected(hashed)}).")
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        raise TextRefused(f"{str(path)!r} is not UTF-8: {error.reason} at byte {error.start}.") from error
    return SourceText(text, found, paragraphs_of(text))


def paragraphs_of(text: str) -> tuple[Span, ...]:
    """The [start, end) of each paragraph in characters: lines that follow each other without a blank one between."""
    spans: list[Span] = []
    at, inside = 0, False
    for line in text.split("\n"):
        if line.strip(BLANKS):
            spans.append((spans.pop()[0] if inside else at, at + len(line)))
        inside = bool(line.strip(BLANKS))
        at += len(line) + 1
    return tuple(spans)


def _expected(hashed: list[Source]) -> str:
    named = [f"{source.sha256} of source {source.source_id}" for source in hashed[:MOST_SOURCES]]
    more = [f"that of one of {len(hashed) - MOST_SOURCES} more"] if len(hashed) > MOST_SOURCES else []
    return ", or ".join([*named, *more]) or "that of a source, but none of the data's has one"
