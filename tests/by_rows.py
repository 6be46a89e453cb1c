"""Data sets read row by row, by the rules for rows: what reading in columns is held equal to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from geodata.errors import DataError, Problem
from geodata.importers.checks.names import slug
from geodata.importers.checks.relations import check_relations
from geodata.importers.checks.whereabouts import countries_of
from geodata.importers.how import HowToRead
from geodata.importers.rows import flat, folder
from geodata.importers.rows.flat import RowReader, event_id_of, name_of, tell_unsettled
from geodata.importers.rows.folder import Known, claim_of, event_of, id_of, place_of, source_of
from geodata.importers.rows.package import COLUMNS, ID_COLUMNS, OPTIONAL, PACKAGE, in_order, read_package
from geodata.importers.table import as_flat
from geodata.importers.tables.records import Record, Table, read_table
from geodata.importers.understand import open_file
from geodata.record.model import Claim, Event
from tests.records import Dataset


def read_flat(path: Path) -> Dataset:
    """Read a flat table, without the rows that break a rule. Raises as `read_columns` does."""
    cells = as_flat(path, *open_file(path, HowToRead()), HowToRead()).cells
    left = [cells.record(row, []) for row in range(len(cells))]
    records: list[Record] | None = None
    while records is None or len(records) != len(left):  # a row that goes takes with it what others were understood by
        records = left
        reader = RowReader(path.name)
        reader.places.countries |= countries_of(records, reader.places)
        left = []
        events: list[Event] = []
        claims: list[Claim] = []
        for record, event_id in _identified(records, slug(path.stem)):
            event, scope = reader.event(record, event_id)
            said = list(reader.claims(record, event, scope))
            if not record.problems:
                left.append(record)
                events.append(event)
                claims += said
    name = name_of(path)
    used = {site.place_id for event in events for site in event.sites}
    unsettled = tuple(reader.places.unsettled())
    tell_unsettled(path.name, unsettled)
    sources = tuple(reader.sources.found.values())
    return Dataset(name, name, tuple(events), tuple(claims), sources, reader.places.of(used), unsettled)


def _identified(records: list[Record], stem: str) -> Iterator[tuple[Record, str]]:
    seen: dict[str, Record] = {}
    for record in records:
        event_id = event_id_of(record, stem)
        first = seen.setdefault(event_id, record)
        if first is not record:
            flat.refuse_again(record, event_id, first.line)
        yield record, event_id


def read_folder(path: Path) -> Dataset:
    """Read a data folder. Raises DataError with every problem of all its files."""
    problems: list[Problem] = []
    name, title = read_package(path / PACKAGE, problems)
    tables = {
        file: read_table(path / file, columns, problems, OPTIONAL.get(file, ())) for file, columns in COLUMNS.items()
    }
    known = {file: _known(table) for file, table in tables.items()}
    dataset = Dataset(
        name=name,
        title=title,
        events=tuple(event_of(record, known) for record in tables["events.csv"].records),
        claims=tuple(claim_of(record, known) for record in tables["claims.csv"].records),
        sources=tuple(source_of(record) for record in tables["sources.csv"].records),
        places=tuple(place_of(record) for record in tables["places.csv"].records),
    )
    check_relations(tables["claims.csv"], dataset.claims)
    if problems:
        raise DataError(in_order(problems))
    return dataset


def _known(table: Table) -> Known:
    """The ids of a table; one that stands twice, or is none, is a problem."""
    found: dict[str, Record] = {}
    for record in table.records:
        value = id_of(record, ID_COLUMNS[table.file])
        first = found.setdefault(value, record) if value else record
        if first is not record:
            folder.refuse_again(record, ID_COLUMNS[table.file], first.line)
    return Known(table.file, ID_COLUMNS[table.file], table.complete, found)
