"""The sheets of a file that are read together as one table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.errors import ChoiceError, Problem
from geodata.importers.checks.names import slug
from geodata.importers.files.sheet import Sheet
from geodata.importers.mapping.sheets import group_sheets, headings_as_in, joined_points
from geodata.importers.tables.cells import Cells
from geodata.importers.tables.records import shown
from geodata.record.columns import BETWEEN_CELLS, SCHEMAS
from geodata.record.packed import Packed

_PIECE = 20_000  # rows


@dataclass(frozen=True, slots=True)
class Joined:
    """The cells of the sheets that are read, one after the other; `sheet` (n,) is the number of each row's in
    `titles`. `told` are sentences on what was read and what was not, `rejected` rows that are none of the table. The
    columns `made` are read out of others, or of another sheet."""

    cells: Cells
    sheet: Any
    titles: tuple[str, ...]
    told: tuple[str, ...]
    rejected: tuple[Problem, ...]
    repairs: tuple[Problem, ...]
    made: frozenset[str] = frozenset()

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of the columns that stand in the file."""
        return tuple(name for name in self.cells.columns if name not in self.made)

    def file_of(self, row: int) -> str:
        """The file, with the sheet where several are read."""
        return self._file(int(self.sheet[row]))

    def _file(self, number: int) -> str:
        return _file_of(self.cells.file, self.titles[number], len(self.titles))

    def named(self, cells: Cells, rows: Any) -> Cells:
        """Some rows of the translated cells; where several sheets are read, the ids that are made say which."""
        at = pa.array(rows)
        is_all = len(rows) == len(cells)  # which need no copy
        columns = {name: column if is_all else column.take(at) for name, column in cells.columns.items()}
        lines, sheets = cells.lines[rows], self.sheet[rows]
        if len(self.titles) > 1:
            stem = slug(self.cells.file.rpartition(".")[0] or self.cells.file)
            stems = pa.array([f"{stem}-{slug(title)}-R" for title in self.titles]).take(pa.array(sheets))
            made = pc.binary_join_element_wise(stems, pc.cast(pa.array(lines), pa.string()), "")
            ids = columns.get("event_id", pa.repeat("", len(rows)))
            columns["event_id"] = pc.if_else(pc.equal(ids, ""), made, ids)
        return Cells(cells.file, cells.names, lines, columns)

    def is_repaired(self) -> Any:
        """Which rows were changed to be read, (n,) booleans."""
        found = np.zeros(len(self.cells), bool)
        lines: dict[str, list[int]] = {}
        for repair in self.repairs:
            lines.setdefault(repair.file, []).append(repair.line)
        for number in range(len(self.titles)):
            found |= (self.sheet == number) & np.isin(self.cells.lines, lines.get(self._file(number), []))
        return found

    def originals(self, rows: Any) -> Packed:
        """Some rows as they stand, in their order, for the table `originals`: each is that of the next event."""
        titles = pa.array(self.titles if len(self.titles) > 1 else [""])
        kinds = SCHEMAS["originals"]

        def piece(start: int) -> pa.RecordBatch:
            at = rows[start : start + _PIECE]
            first, count = int(at[0]), len(at)
            follow = int(at[-1]) - first + 1 == count  # and need not be picked one by one
            columns = [self.cells.columns[name] for name in self.headings]
            some = (column.slice(first, count) if follow else column.take(pa.array(at)) for column in columns)
            found = [
                np.arange(start, start + count),
                np.zeros(count),
                titles.take(pa.array(self.sheet[at])),
                self.cells.lines[at],
                pc.binary_join_element_wise(*some, BETWEEN_CELLS),
            ]
            return pa.record_batch([pa.array(x).cast(kind.type) for x, kind in zip(found, kinds, strict=True)], kinds)

        return Packed(kinds, map(piece, range(0, len(rows), _PIECE)))

    def row(self, number: int) -> dict[str, str]:
        """A whole row as it stands in the file, by its headings."""
        return {name: self.cells.columns[name][number].as_py() for name in self.headings}


def joined_sheets(sheets: Sequence[Sheet], wanted: str = "") -> Joined:
    """The sheets of the shape that holds the most rows of events, or that of the one `wanted` by its name; the others
    are told of, and so are hidden ones. Raises ChoiceError for a name that no sheet has."""
    seen = [sheet for sheet in sheets if not sheet.is_hidden] or list(sheets)
    groups = group_sheets(seen)
    named = [group for group in groups if wanted in (seen[number].title for number in group)]
    if wanted and not named:
        titles = ", ".join(shown(sheet.title) for sheet in seen)
        raise ChoiceError("sheets", f"Cannot read sheets: {wanted!r} is none of {titles}.")
    read = [seen[number] for number in (named or groups)[0]]
    others = [sheet for sheet in seen if not any(sheet is one for one in read)]
    told = [words for sheet in read for words in sheet.told]
    cells = _concatenated([sheet.cells for sheet in read])
    of_file = frozenset(cells.columns)
    for other in others:
        if (with_points := joined_points(cells, other.cells)) is not cells:
            told.append(f"The points of {shown(other.title)} are those of the rows that name its places.")
            cells, others = with_points, [sheet for sheet in others if sheet is not other]
            break
    if len(read) > 1:
        names = ", ".join(f"{shown(sheet.title)} ({len(sheet.cells):,} rows)" for sheet in read)
        told.append(f"{len(read)} sheets of one shape are read together: {names}.")
    if others:
        told.append(f"Not read: {say_rows(others)} (choose with sheets in a mapping).")
    if hidden := [sheet for sheet in sheets if sheet.is_hidden and not any(sheet is one for one in read)]:
        told.append(f"Hidden, and not read: {say_rows(hidden)}.")
    counts = [len(sheet.cells) for sheet in read]
    return Joined(
        cells=cells,
        sheet=np.repeat(np.arange(len(read)), counts),
        titles=tuple(sheet.title for sheet in read),
        told=tuple(told),
        rejected=tuple(
            Problem(_file_of(cells.file, sheet.title, len(read)), line, "", text[:200], message, "row")
            for sheet in read
            for line, message, text in sheet.rejected
        ),
        repairs=tuple(
            Problem(_file_of(cells.file, sheet.title, len(read)), line, heading, "", message, "repair")
            for sheet in read
            for line, heading, message in sheet.repairs
        ),
        made=frozenset(cells.columns) - of_file,
    )


def _file_of(file: str, title: str, count: int) -> str:
    """How a problem names the file: with the sheet where several are read."""
    return f"{file}, sheet {title}" if count > 1 else file


def say_rows(sheets: Iterable[Sheet]) -> str:
    """Sheets by their names, with how many rows each has."""
    return ", ".join(f"{shown(sheet.title)} ({len(sheet.cells):,} rows)" for sheet in sheets)


def _concatenated(parts: Sequence[Cells]) -> Cells:
    """The cells of several sheets; a heading is the first sheet's, in whatever case the others have it."""
    if len(parts) == 1:
        return parts[0]
    headings = list(parts[0].columns)
    renamed = []
    for part in parts:
        own = headings_as_in(headings, list(part.columns))
        renamed.append(replace(part, columns={own.get(name, name): column for name, column in part.columns.items()}))
        headings += [name for name in renamed[-1].columns if name not in headings]
    columns = {name: pa.concat_arrays([part.column(name) for part in renamed]) for name in headings}
    lines = np.concatenate([part.lines for part in parts])
    return Cells(parts[0].file, tuple(columns), lines, columns)
