"""The record's objects out of its columns, and back: for what somebody looks at, and for what is made by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

import pyarrow as pa

from geodata.dates import PartialDay
from geodata.record.columns import SCHEMAS, Columns
from geodata.record.model import Claim, Dataset, Event, Locator, Place, PlaceName, Site, Source, Unsettled

Row = dict[str, Any]


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


def events_of(
    rows: Iterable[Row], positions: Iterable[int], sites: pa.Table, place_ids: Mapping[int, str] | list[str]
) -> Iterator[Event]:
    """The events of `rows` (of the table `events`), which stand at `positions`; `sites` has at least theirs."""
    by_event: dict[int, list[Site]] = {}
    for site in sites.to_pylist():
        found = Site(place_ids[site["place"]], site["role"], site["geo_precision"])
        by_event.setdefault(site["event"], []).append(found)
    for row, position in zip(rows, positions, strict=True):
        lists = {key: tuple(row[key]) for key in ("actors", "source_ids", "unsettled")}
        texts = {field: row[field] for field in SCHEMAS["events"].names}
        yield Event(**(texts | lists), sites=tuple(by_event.get(position, ())))


def claim_of(row: Row, event_id: str) -> Claim:
    """The claim of a row of the table `claims`."""
    found = {key: row[key] for key in SCHEMAS["claims"].names}
    said_on = PartialDay(first=found.pop("said_first"), last=found.pop("said_last"))
    at = [found.pop(key) for key in ("paragraph", "start", "end")]
    del found["event"]
    return Claim(**found, event_id=event_id, said_on=said_on, locator=None if at[0] is None else Locator(*at))


def place_of(row: Row) -> Place:
    """The place of a row of the table `places`."""
    return Place(**(row | {"names": tuple(PlaceName(**name) for name in row["names"])}))


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
