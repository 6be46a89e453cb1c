"""The record in columns: Arrow tables with fixed schemas, as importers make them and snapshots keep them.

Rows refer to each other by position: `event` is the row of the events, `place` that of the places, both from 0 in the
order of the data. Texts that are not given are "", days and numbers that are not known are null. Coordinates are
degrees (EPSG:4326), `radius_m` metres, days inclusive at both ends.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

_TEXTS = pa.list_(pa.string())
_NAMES = pa.list_(pa.struct([("name", pa.string()), ("since", pa.date32()), ("until", pa.date32())]))


def _schema(**kinds: pa.DataType) -> pa.Schema:
    return pa.schema(list(kinds.items()))


# The columns are the attributes of `geodata.record.model`'s classes, with those of a `PartialDay` (said_first,
# said_last) and of a `Locator` (paragraph, start, end; null without one) apart.
SCHEMAS: dict[str, pa.Schema] = {
    "events": _schema(
        event_id=pa.string(), category=pa.string(), event_type=pa.string(), sub_event_type=pa.string(),
        title=pa.string(), date_start=pa.date32(), date_end=pa.date32(), time_precision=pa.int8(), country=pa.string(),
        actors=_TEXTS, notes=pa.string(), source_ids=_TEXTS, unsettled=_TEXTS,
    ),
    "sites": _schema(event=pa.int32(), place=pa.int32(), role=pa.string(), geo_precision=pa.string()),
    "claims": _schema(
        claim_id=pa.string(), event=pa.int32(), measure=pa.string(), low=pa.int64(), best=pa.int64(), high=pa.int64(),
        qualifier=pa.string(), claimant=pa.string(), via=pa.string(), said_first=pa.date32(), said_last=pa.date32(),
        scope=pa.string(), population=pa.string(), part_of=pa.string(), status=pa.string(), status_on=pa.date32(),
        source_id=pa.string(), paragraph=pa.int32(), start=pa.int32(), end=pa.int32(), notes=pa.string(),
        supersedes=pa.string(), echo_of=pa.string(),
    ),
    "sources": _schema(
        source_id=pa.string(), publisher=pa.string(), title=pa.string(), published_on=pa.date32(),
        accessed_on=pa.date32(), url=pa.string(), language=pa.string(), sha256=pa.string(), reliability=pa.string(),
        notes=pa.string(),
    ),
    "places": _schema(
        place_id=pa.string(), name=pa.string(), lon=pa.float64(), lat=pa.float64(), feature=pa.string(),
        country=pa.string(), names=_NAMES, radius_m=pa.float64(), region=pa.string(),
    ),
    "unsettled": _schema(name=pa.string(), event_ids=_TEXTS, candidates=_TEXTS),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Columns:
    """A whole record as tables by name, each of its schema in `SCHEMAS`; every relation in it resolves.

    `sites` are in the order of their events, those of one event in its own order; `claims` in the order of the data.
    """

    name: str
    title: str
    tables: Mapping[str, pa.Table]

    def __getitem__(self, table: str) -> pa.Table:
        return self.tables[table]


def empty_table(name: str) -> pa.Table:
    """A table of `SCHEMAS` without rows."""
    return SCHEMAS[name].empty_table()
