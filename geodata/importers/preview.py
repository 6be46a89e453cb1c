"""A table as its owner is shown it, to say what its columns mean: the first rows, and what they seem to be."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from geodata.importers.how import HowToRead
from geodata.importers.mapping.mapping import Mapping
from geodata.importers.understand import open_file, open_table

_MOST_TEXT = 200
_MOST_SHEETS = 100


@dataclass(frozen=True, slots=True)
class Preview:
    """What a table seems to be.

    `rows` are the first ones, a text for each of `headings`, both as they stand. `mapping` is what is taken of it;
    `told` says so in sentences. `can_choose` is whether its columns may be given other meanings: those of a known
    layout may not. `sheets` are the names of all sheets, none where there is one; `sheet` is the first that is read.
    """

    mapping: Mapping
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    told: tuple[str, ...]
    can_choose: bool
    sheets: tuple[str, ...] = ()
    sheet: str = ""


def preview_of(path: Path, how: HowToRead, count: int) -> Preview:
    """The first `count` rows of a table and what it seems to be. Raises DataError where it cannot be read, ChoiceError
    for a mapping that cannot."""
    sheets, mapping = open_file(path, how, as_table=True)
    read, what = open_table(sheets, mapping, how)
    cells = read.cells
    headings = what.proposal.headings if what.proposal else tuple(cells.columns)
    texts = [cells.columns[heading].slice(0, count).to_pylist() for heading in headings]
    titles = tuple(sheet.title for sheet in sheets if sheet.cells.columns and not sheet.is_hidden)[:_MOST_SHEETS]
    return Preview(
        mapping=what.mapping,
        headings=headings,
        rows=tuple(tuple(map(_cut, row)) for row in zip(*texts, strict=True)),
        told=what.told,
        can_choose=what.proposal is not None,
        sheets=titles if len(titles) > 1 else (),
        sheet=read.titles[0],
    )


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_TEXT else f"{text[: _MOST_TEXT - 1]}…"
