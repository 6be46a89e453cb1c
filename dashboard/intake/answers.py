"""What a file's owner has said of it on the page, as the mapping that is kept beside it."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping as AnyMapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geodata.errors import ChoiceError
from geodata.files import write_whole
from geodata.importers.mapping.mapping import COLUMNS, Mapping, mapping_beside, path_beside, save_beside, write_mapping
from geodata.importers.settling_folder import FILES, settle_in_folder
from geodata.importers.values.degrees import read_points
from geodata.places.gazetteer import BUNDLED

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


def settled(given: AnyMapping[str, Any], path: Path) -> None:
    """Keep beside a table, or in a data folder's own files, what its names of places mean: `given` has `places` by
    name, ids of the gazetteer or points.

    A point is "lat, lon", as people write it and maps give it. Raises ChoiceError for what is neither, GeodataError
    where it cannot be kept.
    """
    places = {name: _place(name, words) for name, words in _texts(given, "places").items()}
    if path.is_dir():
        settle_in_folder(path, places)
        return
    mapping = mapping_beside(path)
    save_beside(write_mapping(replace(mapping, places={**mapping.places, **places})), path)


def point_in(words: str) -> tuple[float, float] | None:
    """The longitude and latitude of a point in any notation, latitude first; None where there is none."""
    return read_points([words]).found[0]


def as_it_is(path: Path) -> Callable[[], None]:
    """What puts back what a table or a data folder says now of its names of places, after `settled`."""
    if not path.is_dir():
        said = said_of(path)
        return lambda: put_back(said, path)
    before = {path / name: (path / name).read_bytes() for name in FILES}

    def back() -> None:
        for file, content in before.items():
            if file.read_bytes() != content:
                write_whole(file, content)

    return back


def said_of(path: Path) -> str | None:
    """The mapping beside a file as it stands, None where there is none."""
    beside = path_beside(path)
    return beside.read_text(encoding="utf-8") if beside.is_file() else None


def put_back(said: str | None, path: Path) -> None:
    """Make the mapping beside a file what `said_of` gave; nothing where the file is gone."""
    if said is None:
        path_beside(path).unlink(missing_ok=True)
    elif path.is_file():
        save_beside(said, path)


def _place(name: str, words: str) -> str:
    """An id, or "lon, lat" of a point."""
    if BUNDLED.has(words):
        return words
    if (point := point_in(words)) is None:
        raise ChoiceError("places", f"Cannot read {words[:40]!r} as the place of {name[:40]!r}: expected lat, lon.")
    return f"{point[0]:.6f}, {point[1]:.6f}"


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
