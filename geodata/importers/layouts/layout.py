"""What a known table is: the headings that tell it, and what each of them means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from geodata.importers.files.sheet import LAT, LON
from geodata.importers.mapping.names import hits_of
from geodata.importers.tables.cells import Cells
from geodata.importers.translate.meaning import Meaning, Parts

_SURE = 0.95  # of a heading
# Where a layer has its points, which stand for the columns that a table has them in.
_OF_LAYERS = {"longitude": LON, "latitude": LAT}


@dataclass(frozen=True, slots=True)
class Layout:
    """A known table. `needed` are headings of which all must be there, or all of one of `or_needed`; those of
    `meaning` say our columns, and what a file lacks of them is left out. All are casefolded. `told` is what a reader
    should know, `credit` how the authors ask to be named wherever their data is shown.

    A heading and the casefolded text that each row has under it in a `vetted` table: one with other rows is called
    `unvetted_title`, and gives way to the other where both have an event."""

    name: str
    title: str
    needed: frozenset[str]
    meaning: Meaning
    or_needed: tuple[frozenset[str], ...] = ()
    told: tuple[str, ...] = field(default=())
    credit: str = ""
    vetted: tuple[str, str] = ("", "")
    unvetted_title: str = ""

    def suits(self, headings: Iterable[str]) -> bool:
        """Whether a table with these headings is one."""
        found = _written(headings).keys()
        return any(needed <= found for needed in (self.needed, *self.or_needed))

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
        if (
            "event_type" in self.meaning.constants
            and "sub_event_type" not in given
            and (kind := _kind(headings, given))
        ):
            title = given.get("title", Parts((), ", "))
            given |= {"sub_event_type": one(kind), "title": replace(title, headings=(kind, *title.headings))}
        newest = as_written.get(self.meaning.newest, "")
        return replace(self.meaning, columns=given, answers={**self.meaning.answers, **answers}, newest=newest)


def _written(headings: Iterable[str]) -> dict[str, str]:
    """Headings as they stand, by how they are compared."""
    found = {fold(heading): heading for heading in headings}
    return {plain: found[layer] for plain, layer in _OF_LAYERS.items() if layer in found} | found


def _kind(headings: Iterable[str], taken: Mapping[str, Parts]) -> str:
    """The heading that says the kind of an event in words of others, such as a translation; "" for none."""
    used = {heading for parts in taken.values() for heading in parts.headings}
    found = (heading for heading in headings if heading not in used and "event_type" in hits_of(heading))
    return next((heading for heading in found if hits_of(heading)["event_type"].strength >= _SURE), "")


def fold(heading: str) -> str:
    """How headings are compared."""
    return heading.strip("\ufeff \t\u00a0").casefold()


def one(heading: str) -> Parts:
    """A column that one heading says."""
    return Parts((heading,))
