"""What a file's owner has said of it on the page, as the mapping that is kept beside it."""

from __future__ import annotations

from collections.abc import Mapping as AnyMapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geodata.errors import ChoiceError
from geodata.importers.mapping.mapping import COLUMNS, Mapping, save_beside, write_mapping

if TYPE_CHECKING:
    from geodata.importers.preview import Preview

SHEETS = "sheets"


def answered(preview: Preview, given: AnyMapping[str, Any], path: Path) -> None:
    """Keep what was said of a file beside it.

    `given` has `columns`, our column by heading ("" for none), and `answers` by the questions' keys. Raises ChoiceError
    for what cannot be read or contradicts itself.
    """
    columns, answers = _texts(given, "columns"), _texts(given, "answers")
    for heading, column in columns.items():
        if column not in ("", *COLUMNS) or heading not in preview.headings:
            raise ChoiceError("columns", f"Cannot read column {column[:40]!r} of {heading[:40]!r}.")
    mapping = preview.mapping
    said = {**mapping.answers, **answers}
    if answers.get(SHEETS, preview.sheet) != preview.sheet:  # another table, of which nothing is known yet
        mapping = Mapping(answers={SHEETS: answers[SHEETS]})
    elif preview.can_choose:
        mapping = replace(mapping, columns=_columns(mapping, preview.headings, columns), answers=said)
    else:
        mapping = replace(mapping, answers=said)
    save_beside(write_mapping(mapping), path)


def _columns(mapping: Mapping, order: tuple[str, ...], chosen: AnyMapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The columns with what was chosen: a heading that was not given another meaning keeps all that it has."""
    used = mapping.used
    changed = {heading: column for heading, column in chosen.items() if used.get(heading, "") != column}
    found = {
        column: [heading for heading in headings if heading not in changed]
        for column, headings in mapping.columns.items()
    }
    for heading in sorted(changed, key=order.index):
        if column := changed[heading]:
            found.setdefault(column, []).append(heading)
    return {column: tuple(headings) for column, headings in found.items() if headings}


def _texts(given: AnyMapping[str, Any], key: str) -> dict[str, str]:
    found = given.get(key, {})
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise ChoiceError(key, f"Cannot read {key}: expected texts by name.")
    return dict(found)
