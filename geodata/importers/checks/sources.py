"""The sources of a table that cites them in words: a name, an address, or several of both in one cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from geodata.importers.checks.names import text_id
from geodata.record.model import Source

# An address begins at the start, or after a blank or a mark that none needs to hold: that of an archive holds another.
_URL = re.compile(r"(?:(?<=[\s,;|<>()\[\]\"'])|^)https?://(?:(?![,;|]+https?://)[^\s<>\"])+")
_EMPTY_BRACKETS = re.compile(r"\(\s*\)|<\s*>|\[\s*\]")
_JOINT = re.compile(r"^(?:and|&|\+)\s+|\s+(?:and|&|\+)$")
_AROUND = " \n\t,;|:–—-"


def citations(items: tuple[str, ...]) -> tuple[str, ...]:
    """The entries of a cell, those with several addresses as one for each, with the words beside it; each once."""
    return tuple(dict.fromkeys(part for item in items for part in _parts(item)))


def _parts(item: str) -> Iterator[str]:
    found = list(_URL.finditer(item))
    if len(found) < 2:
        yield item
        return
    # Words come before their address, unless the first thing is an address.
    cuts = [match.start() if found[0].start() == 0 else match.end() for match in found]
    ends = [*cuts, len(item)] if found[0].start() == 0 else [0, *cuts[:-1], len(item)]
    for start, end in pairwise(ends):
        yield _JOINT.sub("", item[start:end].strip(_AROUND)).strip(_AROUND)


def title_and_url(text: str) -> tuple[str, str]:
    """The words of a citation, or the whole of it where it has none but an address; and its address, if any."""
    match = _URL.search(text)
    url = match.group().rstrip('.,;)>"') if match else ""
    title = _EMPTY_BRACKETS.sub("", text.replace(url, "")).strip(_AROUND) if url else text
    return title or text, url


@dataclass(slots=True)
class Sources:
    """The sources of one table, by their texts, and the ids that are taken."""

    found: dict[str, Source] = field(default_factory=dict)
    _ids: set[str] = field(default_factory=set)

    def of(self, text: str, notes: str = "") -> Source:
        """The source that a text cites: the same for the same text."""
        if text not in self.found:
            title, url = title_and_url(text)
            base = source_id = text_id(text)
            number = 1
            while source_id in self._ids:
                number += 1
                source_id = f"{base}-{number}"
            self._ids.add(source_id)
            self.found[text] = Source(
                source_id=source_id,
                publisher="",
                title=title,
                published_on=None,
                accessed_on=None,
                url=url,
                language="",
                sha256="",
                reliability="",
                notes=notes,
            )
        return self.found[text]
