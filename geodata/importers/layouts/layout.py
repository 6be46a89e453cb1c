"""What a known table is: the headings that tell it, and what each of them means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from geodata.importers.translate.meaning import Meaning, Parts


@dataclass(frozen=True, slots=True)
class Layout:
    """A known table. `needed` are headings of which all must be there, `headings` those that say our columns (what a
    file lacks of them is left out); both casefolded, as `meaning` has them. `told` is what a reader should know."""

    name: str
    title: str
    needed: frozenset[str]
    meaning: Meaning
    told: tuple[str, ...] = field(default=())

    def suits(self, headings: Iterable[str]) -> bool:
        """Whether a table with these headings is one."""
        return self.needed <= {fold(heading) for heading in headings}

    def meaning_of(self, headings: Iterable[str], answers: Mapping[str, str]) -> Meaning:
        """What the headings of a file mean, as they stand there."""
        as_written = {fold(heading): heading for heading in headings}
        columns = {
            column: replace(parts, headings=tuple(as_written[h] for h in parts.headings if h in as_written))
            for column, parts in self.meaning.columns.items()
        }
        given = {column: parts for column, parts in columns.items() if parts.headings}
        return replace(self.meaning, columns=given, answers={**self.meaning.answers, **answers})


def fold(heading: str) -> str:
    """How headings are compared."""
    return heading.strip("\ufeff \t\u00a0").casefold()


def one(heading: str) -> Parts:
    """A column that one heading says."""
    return Parts((heading,))
