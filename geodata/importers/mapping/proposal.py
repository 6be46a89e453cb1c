"""A mapping as the headings and values of a table suggest it: what is sure is taken and told, the rest is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass, replace

import pyarrow as pa
import pyarrow.compute as pc

from geodata.importers.mapping.mapping import Mapping, one_line, write_mapping
from geodata.importers.mapping.names import folded
from geodata.importers.mapping.options import WORDS, ColumnQuestion, Settling, quoted
from geodata.importers.mapping.what import settle_figures, settle_singles, settle_texts
from geodata.importers.mapping.when import settle_days
from geodata.importers.mapping.where import of_the_place, settle_degrees, settle_other_half, settle_places
from geodata.importers.tables.cells import Cells

_MOST_TOLD = 30
_MOST_TEXT = 200
_POINTS = _DAYS = 0.8
_ALIKE = 0.98
_WORDED = ("title", "notes", "actors", "source")
_COARSE = ("admin1", "country")
_LISTS = ("notes", "actors", "source")


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the columns of a table seem to mean.

    `mapping` is all that was taken, `sureness` how sure each of its columns is (0 to 1), `why` says why and `others`
    which other headings came near. `questions` are open; those not needed may stay so. `missing` are our columns that
    nothing gives and without which there is no event: "date_start", "title". `told` are sentences for people; `unread`
    are the headings that nothing reads, `headings` all of them, both as they stand and in the order of the table.
    """

    mapping: Mapping
    headings: tuple[str, ...]
    sureness: dict[str, float]
    why: dict[str, str]
    others: dict[str, list[str]]
    questions: tuple[ColumnQuestion, ...] = ()
    told: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def unread(self) -> tuple[str, ...]:
        """The headings that nothing reads."""
        used = self.mapping.used
        return tuple(heading for heading in self.headings if heading not in used)

    @property
    def is_complete(self) -> bool:
        """Whether the table can be read with it as it is."""
        return not self.missing and not any(question.is_needed for question in self.questions)

    def to_toml(self) -> str:
        """The mapping as a file to accept or to change: why each line stands, what else it could be, what is open."""
        why = {
            column: [f"{WORDS[column][0].upper()}{WORDS[column][1:]}, {self.why[column]}."]
            + [one_line(column, [heading]) for heading in self.others.get(column, ())]
            for column in self.mapping.columns
        }
        end = []
        for question in self.questions:
            end += ["", question.words]
            for candidate in question.candidates:
                examples = f"  # such as {', '.join(candidate.examples)}" if candidate.examples else ""
                end.append(one_line(question.column, [candidate.heading]) + examples)
        for column in self.missing:
            end += [
                "",
                f"No column seems to be {WORDS[column]}, which is needed: write its heading here.",
                f'{column} = ""',
            ]
        if self.unread:
            end += ["", "Not read:", *(f"- {heading}" for heading in self.unread)]
        return write_mapping(self.mapping, {**why, "": end})

    def preview(self, cells: Cells, count: int = 5) -> tuple[tuple[str, ...], ...]:
        """The first rows of the table for people to see: a text for each of `headings`, its tail cut."""
        columns = [cells.columns[heading].slice(0, count).to_pylist() for heading in self.headings]
        return tuple(
            tuple(text if len(text) <= _MOST_TEXT else text[: _MOST_TEXT - 1] + "…" for text in row)
            for row in zip(*columns, strict=True)
        )


def propose(cells: Cells, known: Mapping | None = None, named: AnyMapping[str, str] | None = None) -> Proposal:
    """What the columns of a table mean, by their names and a sample of their values.

    `known` is a mapping that was kept: it holds as far as its headings are there, nothing of it is asked again, and
    nothing is added to it unless a heading of it is gone. Without columns, only its answers are kept. `named` are the
    headings of columns that need no guess, as they have our own names.
    """
    known = known or Mapping()
    settling = Settling.of(cells)
    gone = _take_known(settling, known)
    for column, heading in (named or {}).items() if not known.columns else ():
        look = settling.looks[heading]
        if column in _COARSE and "place" not in (named or {}) and of_the_place(settling, column):
            continue
        # else it is a point, whatever it is called, or a column of days
        if look.point < _POINTS if column == "place" else column not in _WORDED or look.day < _DAYS:
            settling.take(column, heading, why="by our own name", sureness=1.0)
    if not known.columns or gone:
        settle_degrees(settling)
        settle_days(settling)
        settle_singles(settling)
        settle_figures(settling)
        settle_places(settling)
        settle_texts(settling)
    elif not known.has_day:
        settle_days(settling)
    if not known.columns:
        _ask_of_twins(settling)
    asked = {question.column for question in settling.questions}
    mapping = replace(known, columns=settling.columns)
    missing = [] if mapping.has_day or "date_start" in asked else ["date_start"]
    missing += [] if mapping.title_from or mapping.has_point else ["title"]
    order = tuple(heading for heading in dict.fromkeys((*cells.names, *cells.columns)) if heading in cells.columns)
    proposal = Proposal(
        mapping=mapping,
        headings=order,
        sureness=settling.sureness,
        why=settling.why,
        others=settling.others,
        questions=tuple(settling.questions),
        missing=tuple(missing),
    )
    return replace(
        proposal,
        told=(*_read(mapping), *settling.told, *_title(mapping), *_missing(missing), *_unread(proposal.unread)),
    )


def _ask_of_twins(settling: Settling) -> None:
    """Leave each column open whose heading stands over other columns too, unless these say the same in nearly all rows,
    or nothing, or it takes several (sources); and half a point, whose other half may stand under the same heading."""
    names = list(settling.looks)
    taken = {headings[0]: column for column, headings in settling.columns.items() if len(headings) == 1}
    if not {"lon", "lat", "point"} & settling.columns.keys():
        halves = {name: half for name in names for half in ("lat", "lon") if half in settling.hits[name]}
        taken = halves | taken
    for heading, column in taken.items():
        twins = [n for n in names if re.fullmatch(rf"{re.escape(heading)} \(\d+\)", n) and settling.looks[n].texts]
        own = settling.cells.columns[heading]
        if all(_are_alike(settling.cells.columns[twin], own) for twin in twins):
            continue
        if column in _LISTS:  # each says something more
            settling.take(column, heading, *twins, why="by their name, one after the other", sureness=1.0)
            continue
        settling.columns.pop(column, None)
        places = " and ".join(f"number {names.index(name) + 1}" for name in (heading, *twins))
        words = f"Columns with the one heading {heading!r} stand at {places}. Which one is {WORDS[column]}?"
        settling.ask(column, (heading, *twins), words, is_needed=True)


def _are_alike(twin: pa.Array, own: pa.Array) -> bool:
    """Whether a column has in nearly all rows in which it says something what the other one has."""
    says = pc.not_equal(twin, "")
    same = pc.sum(pc.and_(says, pc.equal(twin, own))).as_py() or 0
    return bool(same >= _ALIKE * (pc.sum(says).as_py() or 0))


def _take_known(settling: Settling, known: Mapping) -> list[str]:
    """Take the columns of a kept mapping whose headings are there. Returns the headings that are gone."""
    there = {folded(heading): heading for heading in settling.looks}
    gone: list[str] = []
    for column, headings in known.columns.items():
        found = [h if h in settling.looks else there.get(folded(h), "") for h in headings]
        gone += [heading for heading, here in zip(headings, found, strict=True) if not here]
        if kept := [heading for heading in found if heading]:
            is_whole = len(kept) == len(headings) or column not in ("date_parts", "date_end_parts")
            if is_whole:
                settling.take(column, *kept, why="as it was kept", sureness=1.0)
    settle_other_half(settling)
    if gone:
        verb = "is a heading" if len(gone) == 1 else "are headings"
        settling.told.append(f"{quoted(gone)} {verb} of the kept mapping that the table no longer has.")
    elif known.columns:
        settling.told.append("The mapping is used as it was kept.")
    return gone


def _read(mapping: Mapping) -> Iterable[str]:
    if mapping.columns:
        parts = [f"{WORDS[column]} from {quoted(headings[:3])}" for column, headings in mapping.columns.items()]
        yield f"Read: {', '.join(parts)}."


def _title(mapping: Mapping) -> Iterable[str]:
    made_of = mapping.title_from
    if made_of and "title" not in mapping.columns:
        begin = "the beginning of " if made_of == ("notes",) else ""
        yield f"No column is a title: {begin}{' and '.join(WORDS[column] for column in made_of)} stands in for it."


def _missing(columns: Iterable[str]) -> Iterable[str]:
    for column in columns:
        yield f"No column seems to be {WORDS[column]}, without which there is no event: choose one."


def _unread(headings: tuple[str, ...]) -> Iterable[str]:
    if headings:
        verb = "column is" if len(headings) == 1 else "columns are"
        more = f" and {len(headings) - _MOST_TOLD} more" if len(headings) > _MOST_TOLD else ""
        yield f"{len(headings)} {verb} not read: {', '.join(map(repr, headings[:_MOST_TOLD]))}{more}."
