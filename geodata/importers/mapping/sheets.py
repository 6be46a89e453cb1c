"""Which sheets of a workbook are one table: a sheet a year is read as one, a sheet of something else is offered."""

from __future__ import annotations

from collections.abc import Sequence

from geodata.importers.files.sheet import Sheet
from geodata.importers.mapping.names import folded
from geodata.importers.mapping.proposal import propose

_ALIKE = 0.75
_NEAR = 85


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
    """The sheets of one shape, by their positions; the group to read comes first.

    That is the one with the most rows of those that say when and what; hidden sheets count for less than any other.
    """
    groups: list[list[int]] = []
    for position, sheet in enumerate(sheets):
        for group in groups:
            head = sheets[group[0]]
            if head.is_hidden == sheet.is_hidden and same_shape(_headings(head), _headings(sheet)):
                group.append(position)
                break
        else:
            groups.append([position])

    def weight(group: list[int]) -> tuple[bool, bool, int, int]:
        longest = max((sheets[position] for position in group), key=lambda sheet: len(sheet.cells))
        rows = sum(len(sheets[position].cells) for position in group)
        return (longest.is_hidden, bool(propose(longest.cells).missing), -rows, group[0])

    return sorted(groups, key=weight) if len(groups) > 1 else groups


def _headings(sheet: Sheet) -> list[str]:
    return list(sheet.cells.columns)
