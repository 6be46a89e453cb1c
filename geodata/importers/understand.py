"""What the columns of a file mean: its own mapping says it, a known layout, our own headings, or the best guess."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from geodata.errors import ChoiceError, Question
from geodata.importers.how import HowToRead
from geodata.importers.layouts import LAYOUTS, layout_of
from geodata.importers.layouts.layout import Layout
from geodata.importers.mapping.mapping import Mapping, path_beside, read_mapping
from geodata.importers.mapping.proposal import Proposal, propose
from geodata.importers.tables.cells import Cells
from geodata.importers.translate.meaning import Meaning, Parts

# What stands between the cells of several headings of one column; of the others, the first that is not empty counts.
_BETWEEN = {"actors": "; ", "source": "; ", "place": ", ", "notes": "\n", "title": ", "}
_TABLE = "table"


@dataclass(frozen=True, slots=True)
class Understood:
    """What a table's columns mean, in whose layout (`title`); sentences `told`, and `questions` that are open."""

    meaning: Meaning
    title: str
    told: tuple[str, ...]
    questions: tuple[Question, ...] = ()
    proposal: Proposal | None = None
    mapping: Mapping | None = None


def understood(cells: Cells, path: Path, how: HowToRead) -> Understood:
    """What the columns of a file mean. Raises ChoiceError for a mapping that cannot be read or does not fit."""
    mapping = _given(path, how)
    layout = _layout(cells, how.format or (mapping.format if mapping else ""))
    if layout:
        answers = mapping.answers if mapping else {}
        return Understood(layout.meaning_of(cells.columns, answers), layout.title, layout.told, mapping=mapping)
    proposal = propose(cells, mapping)
    questions = tuple(
        Question(each.column, each.words, tuple((name, name) for name, _ in each.candidates))
        for each in proposal.questions
    )
    unread = ", ".join(f'"{heading}"' for heading in proposal.unread)
    told = (*proposal.told, f"Not read: {unread}.") if unread else proposal.told
    return Understood(_meaning(proposal.mapping), "table", told, questions, proposal, mapping)


def _given(path: Path, how: HowToRead) -> Mapping | None:
    if how.mapping:
        return read_mapping(how.mapping)
    beside = path_beside(path)
    return read_mapping(beside) if beside.is_file() else None


def _layout(cells: Cells, name: str) -> Layout | None:
    if not name:
        return layout_of(cells.columns)
    known = {layout.name: layout for layout in LAYOUTS}
    if name in known:
        if not known[name].suits(cells.columns):
            missing = ", ".join(sorted(known[name].needed - {heading.casefold() for heading in cells.columns}))
            raise ChoiceError("format", f"The file is no table of {known[name].title}: it lacks {missing}.")
        return known[name]
    if name != _TABLE:
        raise ChoiceError("format", f"Cannot read format: {name!r} is none of {', '.join([*known, _TABLE])}.")
    return None


def _meaning(mapping: Mapping) -> Meaning:
    columns = {
        column: Parts(tuple(_listed(headings)), _BETWEEN.get(column)) for column, headings in mapping.columns.items()
    }
    return Meaning(columns=columns, answers=mapping.answers, categories=mapping.categories, places=mapping.places)


def _listed(headings: str | Sequence[str]) -> Sequence[str]:
    return (headings,) if isinstance(headings, str) else headings


__all__ = ["Understood", "replace", "understood"]
