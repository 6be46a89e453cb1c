"""Records that a test makes by hand: as objects, as columns, and stores over them."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import pyarrow as pa

from geodata.importers import read_columns
from geodata.record.columns import SCHEMAS, Columns
from geodata.record.model import Claim, Event, Place, Source, Unsettled
from geodata.record.rows import Row, claim_of, events_of, place_of
from geodata.store.opening import over
from geodata.store.snapshot import write_snapshot
from geodata.store.store import Store


@dataclass(frozen=True, slots=True)
class Dataset:
    """A whole record as read: every relation in it (event to place, claim to event ...) resolves."""

    name: str
    title: str
    events: tuple[Event, ...]
    claims: tuple[Claim, ...]
    sources: tuple[Source, ...]
    places: tuple[Place, ...]
    unsettled: tuple[Unsettled, ...] = ()


def read_data(*paths: Path) -> Dataset:
    """What the commands read at some paths, as objects."""
    return dataset_of(read_columns(*paths))


def store_over(dataset: Dataset) -> Store:
    """A store over a record; claims about events that are not in it are left out."""
    ids = {event.event_id for event in dataset.events}
    claims = tuple(claim for claim in dataset.claims if claim.event_id in ids)
    folder = tempfile.mkdtemp(prefix="record-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return over(write_snapshot(columns_of(replace(dataset, claims=claims)), Path(folder) / "snapshot", durable=False))


def columns_of(dataset: Dataset) -> Columns:
    """A data set's objects as columns."""
    event_row = {event.event_id: row for row, event in enumerate(dataset.events)}
    place_row = {place.place_id: row for row, place in enumerate(dataset.places)}
    rows: dict[str, Iterable[Row]] = {
        "events": map(_plain, dataset.events),
        "sites": (
            {"event": row, "place": place_row[site.place_id], "role": site.role, "geo_precision": site.geo_precision}
            for row, event in enumerate(dataset.events)
            for site in event.sites
        ),
        "claims": (_claim_row(claim, event_row[claim.event_id]) for claim in dataset.claims),
        "sources": map(_plain, dataset.sources),
        "places": map(_plain, dataset.places),
        "unsettled": map(_plain, dataset.unsettled),
    }
    tables = {name: pa.Table.from_pylist(list(rows.get(name, ())), schema=schema) for name, schema in SCHEMAS.items()}
    return Columns(dataset.name, dataset.title, tables)


def dataset_of(columns: Columns) -> Dataset:
    """Columns as objects: all of them, so for small records only."""
    places = tuple(map(place_of, columns["places"].to_pylist()))
    place_ids = [place.place_id for place in places]
    events = tuple(events_of(columns["events"].to_pylist(), range(len(columns["events"])), columns["sites"], place_ids))
    event_ids = [event.event_id for event in events]
    return Dataset(
        name=columns.name,
        title=columns.title,
        events=events,
        claims=tuple(claim_of(row, event_ids[row["event"]]) for row in columns["claims"].to_pylist()),
        sources=tuple(Source(**row) for row in columns["sources"].to_pylist()),
        places=places,
        unsettled=tuple(
            Unsettled(row["name"], tuple(row["event_ids"]), tuple(row["candidates"]))
            for row in columns["unsettled"].to_pylist()
        ),
    )


def _plain(found: Event | Source | Place | Unsettled) -> Row:
    return asdict(found)


def _claim_row(claim: Claim, event: int) -> Row:
    at = claim.locator
    return {
        **{key: getattr(claim, key, None) for key in SCHEMAS["claims"].names},
        "event": event,
        "said_first": claim.said_on.first,
        "said_last": claim.said_on.last,
        "paragraph": at and at.paragraph,
        "start": at and at.start,
        "end": at and at.end,
    }
