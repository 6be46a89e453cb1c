"""Which sheets of a workbook are one table: a sheet a year is read as one, a sheet of something else is offered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pyarrow.compute as pc

from geodata.importers.files.sheet import Sheet
from geodata.importers.mapping.names import folded, hits_of
from geodata.importers.mapping.proposal import propose
from geodata.importers.tables.cells import Cells

_ALIKE = 0.75
_NEAR = 85
_SURE, _MOST = 0.9, 0.5
_POINTS, _NAMES = ("lat", "lon"), ("site", "city", "venue")


def same_shape(first: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two rows of headings are nearly the same, in any order."""
    most = max(len(set(filter(folded, row))) for row in (first, other))
    return bool(most) and len(headings_as_in(first, other)) >= _ALIKE * most


def headings_as_in(first: Sequence[str], other: Sequence[str]) -> dict[str, str]:
    """The heading of the first sheet for each of another that has one, however it is spelt there."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 (only a workbook needs it)

    left = {folded(heading): heading for heading in reversed(first) if folded(heading)}
    found = {}
    for heading in other:
        if (name := folded(heading)) in left:
            found[heading] = left.pop(name)
    for heading in other:
        if heading not in found and (name := folded(heading)) and left:
            near = process.extractOne(name, left.keys(), scorer=fuzz.ratio, score_cutoff=_NEAR)
            if near and not any(map(str.isdigit, name + near[0])):
                found[heading] = left.pop(near[0])
    return found


def group_sheets(sheets: Sequence[Sheet]) -> list[list[int]]:
    """The sheets of one shape, by their positions, as a table may have changed from year to year; the group to read
    comes first.

    That is the one with the most rows of those that say when and what; hidden sheets count for less than any other.
    """
    groups: list[list[int]] = []
    for position, sheet in enumerate(sheets):
        for group in groups:
            heads = [sheets[other] for other in group if sheets[other].is_hidden == sheet.is_hidden]
            if any(same_shape(_headings(head), _headings(sheet)) for head in heads):
                group.append(position)
                break
        else:
            groups.append([position])

    def weight(group: list[int]) -> tuple[bool, bool, int, int]:
        longest = max((sheets[position] for position in group), key=lambda sheet: len(sheet.cells))
        rows = sum(len(sheets[position].cells) for position in group)
        return (longest.is_hidden, bool(propose(longest.cells).missing), -rows, group[0])

    return sorted(groups, key=weight) if len(groups) > 1 else groups


def joined_points(events: Cells, others: Cells) -> Cells:
    """The events with the points of a table of places, a row for each, that stands in another sheet under a heading of
    theirs; as they are where they have points, where no heading fits, or where most of their places are not in it."""
    its = {meaning: heading for heading in others.columns for meaning in _POINTS if _is_sure(heading, meaning)}
    is_pointed = any(_is_sure(heading, meaning) for heading in events.columns for meaning in (*_POINTS, "point"))
    if is_pointed or len(its) < len(_POINTS) or not len(others):
        return events
    for heading, key in headings_as_in(list(events.columns), list(others.columns)).items():
        if not any(_is_sure(key, meaning) for meaning in _NAMES):
            continue
        names, own = others.columns[heading], events.columns[key]
        if pc.count_distinct(names).as_py() < len(names):
            continue
        said = pc.unique(own.filter(pc.not_equal(own, "")))
        at = pc.if_else(pc.equal(own, ""), None, pc.index_in(own, names))
        if not len(said) or pc.sum(pc.is_in(said, names)).as_py() < _MOST * len(said):
            continue
        found = {name: pc.fill_null(others.columns[name].take(at), "") for name in its.values()}
        if not found.keys() & events.columns.keys():
            return replace(events, names=(*events.names, *found), columns=events.columns | found)
    return events


def _is_sure(heading: str, meaning: str) -> bool:
    hit = hits_of(heading).get(meaning)
    return hit is not None and hit.strength >= _SURE


def _headings(sheet: Sheet) -> list[str]:
    return list(sheet.cells.columns)
