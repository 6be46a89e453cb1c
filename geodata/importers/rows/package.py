"""What a data folder consists of: its description, and the columns of its files."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from geodata.errors import Problem
from geodata.importers.tables.cells import Cells
from geodata.importers.tables.columnar import read_table_cells
from geodata.importers.tables.records import CONTROL, read_text, shown

PACKAGE = "datapackage.json"
# In the order in which they are read: whoever is referred to comes first.
_COLUMNS = {
    "places.csv": "place_id name lon lat feature country radius_m other_names notes",
    "sources.csv": "source_id publisher title published_on accessed_on url language sha256 reliability notes",
    "events.csv": "event_id category event_type sub_event_type title date_start date_end time_precision "
    "sites geo_precision country actors notes source_ids unsettled",
    "claims.csv": "claim_id event_id measure low best high qualifier claimant via said_on scope population "
    "part_of supersedes echo_of status status_on source_id paragraph start end notes",
}
COLUMNS = {file: tuple(columns.split()) for file, columns in _COLUMNS.items()}
ID_COLUMNS = {file: columns[0] for file, columns in COLUMNS.items()}
# Columns of the above that a table may do without.
OPTIONAL = {"claims.csv": ("supersedes", "echo_of"), "events.csv": ("unsettled",)}
# Says in a description that our own export has written the tables: see `Cells.unguarded`.
GUARD, APOSTROPHE = "formulaGuard", "'"
# In the order in which people look at them.
FILES = ("events.csv", "claims.csv", "sources.csv", "places.csv")
# A whole record in one file has five tables, with these columns and others. Which places an event has stands in
# `sites`; a name that is not settled in a row without a place, and so the event's own country beside its sites.
SITE_COLUMNS = ("event_id", "place_id", "role", "geo_precision", "unsettled", "country")
OF_SITES = ("sites", "geo_precision", "unsettled")
TABLES = {
    "events": tuple(column for column in COLUMNS["events.csv"] if column not in OF_SITES),
    "sites": SITE_COLUMNS,
    **{file.removesuffix(".csv"): COLUMNS[file] for file in FILES if file != "events.csv"},
}
_IDS = {"sites": "place_id", **{file.removesuffix(".csv"): column for file, column in ID_COLUMNS.items()}}


@dataclass(frozen=True, slots=True)
class Folder:
    """What a data folder holds: its name and title, the cells of its files by their names, which of these have rows
    that could not be read."""

    name: str
    title: str
    cells: Mapping[str, Cells]
    incomplete: frozenset[str] = frozenset()


def in_order(problems: Iterable[Problem], files: Collection[str] = FILES) -> list[Problem]:
    """Problems in the order of their files and lines; of no file in `files` come first."""
    order = {file: number for number, file in enumerate(files)}
    return sorted(problems, key=lambda problem: (order.get(problem.file, -1), problem.line))


def lacking(headings: Mapping[str, Collection[str]]) -> list[str]:
    """The tables of a whole record that are not among some, given the headings of each by its name: those of a data
    folder, or with the sites as a table too. None are lacking in a record."""
    tables = [table for table in TABLES if table != "sites" or "sites" not in headings.get("events", ())]
    return [table for table in tables if _IDS[table] not in headings.get(table, ())]


def cells_of(path: Path, problems: list[Problem]) -> Folder:
    """The texts in the files of a data folder; what cannot be read goes to `problems`."""
    name, title = read_package(path / PACKAGE, problems)
    guarded = not problems and is_guarded(path / PACKAGE)
    found = {
        file: read_table_cells(path / file, columns, problems, OPTIONAL.get(file, ()))
        for file, columns in COLUMNS.items()
    }
    cells = {file: each.unguarded() if guarded else each for file, (each, _) in found.items()}
    return Folder(name, title, cells, frozenset(file for file, (_, is_complete) in found.items() if not is_complete))


def read_package(path: Path, problems: list[Problem]) -> tuple[str, str]:
    """Name and title of a data set; "" where the description does not do."""

    def refuse(column: str, message: str) -> None:
        problems.append(Problem(path.name, 0, column, "", message))

    text = read_text(path, problems)
    if text is None:
        return "", ""
    try:
        package = json.loads(text)
    except RecursionError:
        refuse("", "the JSON is nested too deeply (expected a Frictionless Data Package).")
        return "", ""
    except ValueError as error:
        refuse("", f"not readable as JSON: {error} (expected a Frictionless Data Package).")
        return "", ""
    if not isinstance(package, dict) or not isinstance(package.get("resources"), list):
        refuse("resources", "the list is missing (expected a Frictionless Data Package).")
        return "", ""
    named = [resource.get("path") for resource in package["resources"] if isinstance(resource, dict)]
    for file in COLUMNS:
        if named.count(file) != 1:
            refuse("resources", f'{named.count(file)} resources have the path "{file}" (expected one).')
    name, title = package.get("name"), package.get("title") or package.get("name")
    for column, value in (("name", name), ("title", title)):
        if not isinstance(value, str) or not value or CONTROL.search(value):
            refuse(column, f"{shown(str(value))} was found (expected a short text).")
            return "", ""
    return str(name), str(title)


def is_guarded(path: Path) -> bool:
    """Whether a description, which could be read, says that texts like formulas have an apostrophe before them."""
    return bool(json.loads(path.read_text(encoding="utf-8-sig")).get(GUARD) == APOSTROPHE)
