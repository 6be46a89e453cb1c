"""What a known table is: the headings that tell it, and what each of them means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from geodata.importers.files.sheet import LAT, LON
from geodata.importers.tables.cells import Cells
from geodata.importers.translate.meaning import Meaning, Parts

# Where a layer has its points, which stand for the columns that a table has them in.
_OF_LAYERS = {"longitude": LON, "latitude": LAT}


@dataclass(frozen=True, slots=True)
class Layout:
    """A known table. `needed` are headings of which all must be there, or all of `or_needed` if there are any; those of
    `meaning` say our columns, and what a file lacks of them is left out. All are casefolded. `told` is what a reader
    should know, `credit` how the authors ask to be named wherever their data is shown.

    A heading and the casefolded text that each row has under it in a `vetted` table: one with other rows is called
    `unvetted_title`, and gives way to the other where both have an event."""

    name: str
    title: str
    needed: frozenset[str]
    meaning: Meaning
    or_needed: frozenset[str] = frozenset()
    told: tuple[str, ...] = field(default=())
    credit: str = ""
    vetted: tuple[str, str] = ("", "")
    unvetted_title: str = ""

    def suits(self, headings: Iterable[str]) -> bool:
        """Whether a table with these headings is one."""
        found = _written(headings).keys()
        return self.needed <= found or (bool(self.or_needed) and self.or_needed <= found)

    def title_of(self, cells: Cells) -> str:
        """What such a table is called, by its rows."""
        heading, word = self.vetted
        column = _written(cells.columns).get(heading)
        if column and any(text.strip().casefold() != word for text in cells.values(column)[1].to_pylist()):
            return self.unvetted_title
        return self.title

    def meaning_of(self, headings: Iterable[str], answers: Mapping[str, str]) -> Meaning:
        """What the headings of a file mean, as they stand there."""
        as_written = _written(headings)
        columns = {
            column: replace(parts, headings=tuple(as_written[h] for h in parts.headings if h in as_written))
            for column, parts in self.meaning.columns.items()
        }
        given = {column: parts for column, parts in columns.items() if parts.headings}
        newest = as_written.get(self.meaning.newest, "")
        return replace(self.meaning, columns=given, answers={**self.meaning.answers, **answers}, newest=newest)


def _written(headings: Iterable[str]) -> dict[str, str]:
    """Headings as they stand, by how they are compared."""
    found = {fold(heading): heading for heading in headings}
    return {plain: found[layer] for plain, layer in _OF_LAYERS.items() if layer in found} | found


def fold(heading: str) -> str:
    """How headings are compared."""
    return heading.strip("\ufeff \t\u00a0").casefold()


def one(heading: str) -> Parts:
    """A column that one heading says."""
    return Parts((heading,))
