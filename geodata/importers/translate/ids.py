"""The ids of events: the table's own, made fit where they are none, and none where they do not tell rows apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.importers.columns.ids import first_rows
from geodata.importers.tables.cells import Cells
from geodata.importers.translate.columns import joined
from geodata.importers.translate.meaning import Meaning
from geodata.importers.translate.report import Report

# What no id may hold; see `rows.flat`.
_NOT_IN_IDS = r"[\s\x0b\x1c-\x1f;,>\[\]]+"
_MOST = 180
_FEWEST_OF_OTHERS, _SLIPS = 20, 0.05
_STAMP = r"^\d{1,15}(\.\d*)?$"


def translated(cells: Cells, meaning: Meaning, report: Report) -> dict[str, pa.Array]:
    """The column of the ids, where the table has one."""
    parts = meaning.columns.get("event_id")
    if not parts:
        return {}
    texts = joined(cells, parts)
    if count := _of_others(cells, texts, meaning):
        words = f"{count:,} rows have the id of another row and say something else: it is no id, and not read."
        report.told.append(f'column "{parts.headings[0]}": {words}')
        return {}
    fit = pc.utf8_slice_codeunits(pc.replace_substring_regex(texts, _NOT_IN_IDS, "-"), 0, _MOST)
    changed = np.flatnonzero(~pc.equal(fit, texts).to_numpy(zero_copy_only=False))
    if len(changed):
        report.repair(
            changed, parts.headings[0], "the id holds blanks, commas, semicolons or brackets: hyphens stand for them."
        )
    if meaning.id_prefix:
        fit = pc.if_else(pc.equal(fit, ""), "", pc.binary_join_element_wise(meaning.id_prefix, fit, ""))
    return {"event_id": fit}


def _of_others(cells: Cells, ids: pa.Array, meaning: Meaning) -> int:
    """How many rows have the id of another one that is not alike, where they are too many to be slips and the heading
    is not ours: an accident's number stands in a row for each person."""
    parts = meaning.columns["event_id"]
    if meaning.newest or parts.headings[0] == "event_id":
        return 0
    firsts = first_rows(pc.if_else(pc.equal(ids, ""), None, ids))
    again = int((firsts != np.arange(len(firsts))).sum())
    if again < _FEWEST_OF_OTHERS or again <= _SLIPS * len(firsts):
        return 0
    count = again - int(repeated(cells, ids).sum())
    return count if count >= _FEWEST_OF_OTHERS and count > _SLIPS * len(firsts) else 0


def superseded(cells: Cells, ids: pa.Array, meaning: Meaning, report: Report) -> np.ndarray:
    """Which rows say of an event what a newer row says otherwise, (n,) booleans; each is told."""
    if not meaning.newest:
        return np.zeros(len(cells), bool)
    firsts = first_rows(pc.if_else(pc.equal(ids, ""), None, ids))
    texts = cells.column(meaning.newest)
    is_number = pc.match_substring_regex(texts, _STAMP)
    numbers = pc.cast(pc.if_else(is_number, texts, "-1"), pa.float64()).to_numpy(zero_copy_only=False)
    numbers = np.where(report.is_refused, -1, numbers)
    latest = np.full(len(cells), -1.0)
    np.maximum.at(latest, firsts, numbers)
    found: np.ndarray = (numbers < latest[firsts]) & ~report.is_refused
    words = f'the event stands in another row too, whose "{meaning.newest}" is later: that one is read.'
    report.repair(np.flatnonzero(found), meaning.heading_of("event_id"), words)
    return found


def by_actor(cells: Cells, flat: Cells, meaning: Meaning, is_left: np.ndarray) -> tuple[np.ndarray, Cells]:
    """Which of the rows that are left, (n,) booleans, say of the event of a row before them who took part, and else the
    same in all that is read; and the flat cells with the actors of each event together in its first row."""
    if "actors" not in flat.columns:
        return np.zeros(len(flat), bool), flat
    ids = flat.column("event_id")
    firsts = first_rows(pc.if_else(pc.and_(pa.array(is_left), pc.not_equal(ids, "")), ids, None))
    headings = {h for column, parts in meaning.columns.items() if column != "actors" for h in parts.headings}
    is_more = _alike(firsts, [cells.column(heading) for heading in headings])
    if not is_more.any():
        return is_more, flat
    rows = np.flatnonzero(is_more | np.isin(np.arange(len(firsts)), firsts[is_more]))
    split = pc.split_pattern(flat.column("actors").take(pa.array(rows)), ";")
    of_event = firsts[rows][pc.list_parent_indices(split).to_numpy()]
    each = pa.table({"event": of_event, "actor": pc.utf8_trim_whitespace(pc.list_flatten(split))})
    each = each.filter(pc.not_equal(each["actor"], ""))
    together = each.group_by("event", use_threads=False).aggregate([("actor", "distinct")]).sort_by("event")
    is_first = np.isin(np.arange(len(firsts)), together["event"].to_numpy())
    joined_up = pc.binary_join(together["actor_distinct"], "; ").combine_chunks()
    actors = pc.replace_with_mask(flat.column("actors"), pa.array(is_first), joined_up)
    return is_more, replace(flat, columns={**flat.columns, "actors": actors})


def repeated(cells: Cells, ids: pa.Array) -> np.ndarray:
    """Which rows stand in the table before, with the same id and all other cells alike, (n,) booleans."""
    return _alike(first_rows(pc.if_else(pc.equal(ids, ""), None, ids)), cells.columns.values())


def _alike(firsts: np.ndarray, columns: Iterable[pa.Array]) -> np.ndarray:
    """Which rows are alike in these columns with the first of their id, (n,) booleans; the first of `firsts` is not."""
    again = np.flatnonzero(firsts != np.arange(len(firsts)))
    is_same = np.ones(len(again), bool)
    for column in columns if len(again) else ():
        one, other = column.take(pa.array(again)), column.take(pa.array(firsts[again]))
        is_same &= pc.equal(one, other).to_numpy(zero_copy_only=False)
    found = np.zeros(len(firsts), bool)
    found[again[is_same]] = True
    return found
