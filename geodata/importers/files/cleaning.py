"""A table's cells cleaned as far as any table needs it: blanks, controls, empty rows, a total at the foot."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow.compute as pc

from geodata.importers.files.headers import is_note, is_total
from geodata.importers.tables.cells import Cells
from geodata.importers.tables.records import CONTROL, shown

# Repairs beyond this number are counted, and not listed.
MAX_REPAIRS = 10_000
_FOOT = 3
_MOST_NOTES = 20
_FEWEST_COPIES, _MOST_COPIES = 20, 20_000
_KINDS_OF_COPY = 5
_FULL = 0.9  # of the rows have no more cells than a full one
_RUNNING = r"^\d{1,7}\.?$"
_ZERO = r"^(0(\.0+)?)?$"
# As `records.CONTROL`; those that stand for a gap become a blank, the others had no width.
_GAPS = r"[\x0b\x0c\x{85}]"
_CONTROLS = r"[\x00-\x08\x0e-\x1f\x7f-\x{84}\x{86}-\x{9f}\x{fffe}\x{ffff}]"
_LOST = "\ufffd"


@dataclass(frozen=True, slots=True)
class Finished:
    """Cells fit to be read, what is told of them, and the repairs (line, heading, sentence)."""

    cells: Cells
    told: tuple[str, ...]
    repairs: tuple[tuple[int, str, str], ...]


def finished(
    cells: Cells,
    *,
    unnamed: set[str] | frozenset[str] = frozenset(),
    has_returns: bool = True,
    has_controls: bool = True,
    has_lost: bool = True,
    may_have_total: bool = True,
    word: str = "line",
) -> Finished:
    """The cells without the blanks around them, without blank rows and empty columns that have no heading.

    `unnamed` are the columns without a heading; a row with nothing but in these is told and left out. The other flags
    say what no cell holds, which spares a look.
    """
    told: list[str] = []
    repairs: list[tuple[int, str, str]] = []
    if has_lost:
        _note_lost(cells, word, told, repairs)
    if has_controls:
        cells = _without_controls(cells, word, told, repairs)
    cells = cells.cleaned(has_returns=has_returns)
    is_given = {name: cells.is_given(name) for name in cells.columns}
    empty = {name for name in unnamed if not is_given[name].any()}
    names = tuple(name for name in cells.names if name not in empty)
    cells = Cells(cells.file, names, cells.lines, {name: cells.columns[name] for name in names})
    has_named = _any([is_given[name] for name in names if name not in unnamed], len(cells))
    has_other = _any([is_given[name] for name in names if name in unnamed], len(cells))
    for row in np.flatnonzero(has_other & ~has_named)[:_FOOT].tolist():
        beside = next(text for name in names if (text := cells.columns[name][row].as_py()))
        told.append(f"{word} {int(cells.lines[row])}: {shown(beside)} beside the table is not read.")
    if not has_named.all():
        cells = cells.without(~has_named)
    if may_have_total:
        for without in (_without_numbers, _without_copies, _without_notes, _without_total):
            cells = without(cells, word, told)
    return Finished(cells, tuple(told), tuple(repairs))


def _any(found: list[Any], length: int) -> Any:
    return np.logical_or.reduce(found) if found else np.zeros(length, bool)


def _without_controls(cells: Cells, word: str, told: list[str], repairs: list[tuple[int, str, str]]) -> Cells:
    columns, wrong = dict(cells.columns), np.zeros(len(cells), bool)
    for name, column in cells.columns.items():
        has_gap, has_control = (
            pc.match_substring_regex(column, pattern).to_numpy(zero_copy_only=False) for pattern in (_GAPS, _CONTROLS)
        )
        if not (has_gap.any() or has_control.any()):
            continue
        for row in np.flatnonzero(has_gap | has_control)[: MAX_REPAIRS - len(repairs)].tolist():
            found = CONTROL.search(column[row].as_py())
            character = f"U+{ord(found.group()):04X}" if found else "controls"
            repairs.append((int(cells.lines[row]), name, f"the control character {character} was taken out."))
        wrong |= has_gap | has_control
        columns[name] = pc.replace_substring_regex(pc.replace_substring_regex(column, _GAPS, " "), _CONTROLS, "")
    if wrong.any():
        first = int(cells.lines[np.argmax(wrong)])
        told.append(f"control characters were taken out of {_rows(wrong)}, first in {word} {first}.")
    return Cells(cells.file, cells.names, cells.lines, columns)


def _note_lost(cells: Cells, word: str, told: list[str], repairs: list[tuple[int, str, str]]) -> None:
    """Letters that were lost before the file was written stand as U+FFFD in it: they stay, and are told."""
    lost = np.zeros(len(cells), bool)
    for name, column in cells.columns.items():
        found = pc.match_substring(column, _LOST).to_numpy(zero_copy_only=False)
        for row in np.flatnonzero(found)[: MAX_REPAIRS - len(repairs)].tolist():
            repairs.append((int(cells.lines[row]), name, "a letter was lost before the file was written (U+FFFD)."))
        lost |= found
    if lost.any():
        first = int(cells.lines[np.argmax(lost)])
        told.append(f"letters were lost before the file was written in {_rows(lost)}, first in {word} {first}.")


def _without_numbers(cells: Cells, word: str, told: list[str]) -> Cells:
    """The cells without the rows at their foot that were prepared beforehand: their number, and sums that are 0."""
    first, *others = [name for name in cells.names if name in cells.columns] or [""]
    if len(others) < 2 or not len(cells) or any(_is_said(cells.columns[name][-1].as_py()) for name in others):
        return cells
    is_zero = {name: _flags(pc.match_substring_regex(cells.columns[name], _ZERO)) for name in others}
    has_other = _any([~is_zero[name] for name in others], len(cells))
    end = int(np.flatnonzero(has_other)[-1]) + 1 if has_other.any() else 0
    if not end or not pc.all(pc.match_substring_regex(cells.columns[first].slice(end), f"{_RUNNING}|^$")).as_py():
        return cells
    last = f" to {int(cells.lines[-1])}" if end < len(cells) - 1 else ""
    told.append(f"{word} {int(cells.lines[end])}{last}: nothing but a running number or zeros, and no row.")
    return cells.without(np.arange(len(cells)) >= end)


def _without_copies(cells: Cells, word: str, told: list[str]) -> Cells:
    """The cells without many like rows at their foot that have less than half of what others have: formulas that were
    pulled down beyond the last row."""
    names = [name for name in cells.names if name in cells.columns]
    if len(cells) < 2 * _FEWEST_COPIES or len(names) < 4:
        return cells
    count = np.sum([cells.is_given(name) for name in names], axis=0)
    has_few = 2 * count <= np.quantile(count, _FULL)
    start = max(len(cells) - _MOST_COPIES, int(np.flatnonzero(~has_few)[-1]) + 1)
    rows = list(zip(*(cells.columns[name].slice(start).to_pylist() for name in names), strict=True))
    kinds: set[tuple[str, ...]] = set()
    length = 0
    while length < len(rows) and len(kinds | {rows[-1 - length]}) <= _KINDS_OF_COPY:
        kinds.add(rows[-1 - length])
        length += 1
    if length < max(_FEWEST_COPIES, 4 * len(kinds)):
        return cells
    lines = f"{int(cells.lines[-length])} to {int(cells.lines[-1])}"
    told.append(f"{word} {lines}: the same few cells again and again, and no rows.")
    return cells.without(np.arange(len(cells)) >= len(cells) - length)


def _is_said(text: str) -> bool:
    return not re.fullmatch(_ZERO, text)


def _flags(found: Any) -> Any:
    return found.to_numpy(zero_copy_only=False)


def _without_notes(cells: Cells, word: str, told: list[str]) -> Cells:
    """The cells without the remarks at their foot."""
    is_out = np.zeros(len(cells), bool)
    for row in range(len(cells) - 1, max(len(cells) - _MOST_NOTES, 0) - 1, -1):
        texts = [cells.columns[name][row].as_py() for name in cells.names if name in cells.columns]
        if len(texts) < 2 or not is_note(texts):
            break
        told.append(f"{word} {int(cells.lines[row])} is left out: {shown(next(filter(None, texts)))} is a remark.")
        is_out[row] = True
    return cells.without(is_out) if is_out.any() else cells


def _without_total(cells: Cells, word: str, told: list[str]) -> Cells:
    """The cells without a sum of the rows above at their foot."""
    for row in range(len(cells) - 1, max(len(cells) - _FOOT, 0) - 1, -1):
        texts = [cells.columns[name][row].as_py() for name in cells.names if name in cells.columns]
        if len(texts) > 1 and is_total(texts):
            first = next(filter(None, texts))
            told.append(f"{word} {int(cells.lines[row])} is left out: {shown(first)} is the sum of the rows above.")
            is_out = np.zeros(len(cells), bool)
            is_out[row] = True
            return cells.without(is_out)
    return cells


def _rows(found: Any) -> str:
    count = int(found.sum())
    return "1 row" if count == 1 else f"{count:,} rows"
