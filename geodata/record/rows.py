"""The record's objects out of its columns, for what somebody looks at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa

from geodata.dates import PartialDay
from geodata.record.columns import SCHEMAS
from geodata.record.model import Claim, Event, Locator, Place, PlaceName, Site

Row = dict[str, Any]


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
