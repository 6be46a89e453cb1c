"""The record in columns: Arrow tables with fixed schemas, as importers make them and snapshots keep them.

Rows refer to each other by position: `event` is the row of the events, `place` that of the places, both from 0 in the
order of the data. Texts that are not given are "", days and numbers that are not known are null. Coordinates are
degrees (EPSG:4326), `radius_m` metres, days inclusive at both ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.record.packed import Packed

Values: TypeAlias = Any  # an Arrow array, chunked or not; of what is short a list of texts will do
Pair: TypeAlias = tuple[Values, Values]
# The separator of units, which no cell has: control characters are taken out of all.
BETWEEN_CELLS = "\x1f"
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
    # How each file was read, its headings, how its authors ask to be named, and what is to be said of it: `kind` is
    # told, repaired or rejected; a rejected row is whole in `row`, as JSON by the headings of its file.
    "files": _schema(
        file=pa.string(), format=pa.string(), rows=pa.int64(), repaired=pa.int64(), rejected=pa.int64(),
        headings=_TEXTS, credit=pa.string(),
    ),
    "notices": _schema(
        file=pa.string(), kind=pa.string(), line=pa.int64(), heading=pa.string(), value=pa.string(), rule=pa.string(),
        message=pa.string(), row=pa.string(),
    ),
    # The row of a table that each event was read from, as it stands there, in the order of the events: `file` is its
    # row of the files, `sheet` "" where one is read. `cells` are those of all headings of the file, `BETWEEN_CELLS`
    # between them: one text is written in half the time of a list.
    "originals": _schema(
        event=pa.int32(), file=pa.int32(), sheet=pa.string(), line=pa.int64(), cells=pa.string(),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Columns:
    """A whole record as tables by name, each of its schema in `SCHEMAS`; every relation in it resolves.

    `sites` are in the order of their events, those of one event in its own order; `claims` in the order of the data.
    """

    name: str
    title: str
    tables: Mapping[str, pa.Table | Packed]

    def __getitem__(self, table: str) -> pa.Table:
        found = self.tables[table]
        return found.table() if isinstance(found, Packed) else found

    def chunks(self, table: str, column: str) -> Iterable[pa.Array]:
        """A column of a table, piece by piece."""
        found = self.tables[table]
        return found.chunks(column) if isinstance(found, Packed) else found[column].chunks

    def of_events(self, column: str) -> Pair:
        """Rows of events, and what each has in a column; of a list, each of its entries."""
        return exploded(row_numbers(self["events"]), self["events"][column])

    def of_claims(self, column: str) -> Pair:
        """Rows of events, and what the claims about them have in a column."""
        return self["claims"]["event"], self["claims"][column]

    def of_sites(self, column: str) -> Pair:
        """Rows of events, and what their sites, or the places of these, have in a column; of "names" the names.

        What places have comes with a dictionary: many events share a place.
        """
        sites, places = self["sites"], self["places"]
        if column in sites.column_names:
            return sites["event"], sites[column]
        if column != "names":
            return sites["event"], _whole(places[column]).dictionary_encode().take(_whole(sites["place"]))
        rows, values = exploded(sites["event"], places[column].take(sites["place"]))
        return rows, pc.struct_field(values, "name")

    def without_sites(self) -> Pair:
        """Rows of events without sites, and the `geo_precision` that is known instead."""
        rows = pa.array(np.flatnonzero(~self.sited()).astype(np.int32))
        found = self["events"].select(["country", "unsettled"]).take(rows)
        for_country = pc.and_(pc.not_equal(found["country"], ""), pc.equal(pc.list_value_length(found["unsettled"]), 0))
        return rows, pc.if_else(for_country, "country", "unknown")

    def sited(self) -> Any:
        """Which events have sites, (n,) booleans."""
        found = np.zeros(len(self["events"]), bool)
        found[np.asarray(self["sites"]["event"])] = True
        return found

    def publishers(self) -> Values:
        """Who published each source, or its title where that is not known."""
        publisher = self["sources"]["publisher"]
        return pc.if_else(pc.equal(publisher, ""), self["sources"]["title"], publisher)


def exploded(rows: Values, values: Values) -> Pair:
    """Rows and values, with those of a list apart; of what is no list, the same."""
    if not pa.types.is_list(values.type):
        return rows, values
    values = _whole(values)
    return _whole(rows).take(pc.list_parent_indices(values)), values.flatten()


def row_numbers(table: pa.Table) -> pa.Array:
    """The numbers of a table's rows, from 0."""
    return pa.array(np.arange(len(table), dtype=np.int32))


def numbered(table: pa.Table, name: str) -> pa.Table:
    """A table with the numbers of its rows in a first column."""
    return table.add_column(0, name, row_numbers(table))


def numbers_among(values: pa.ChunkedArray, among: pa.Array) -> Any:
    """Which of some texts each value is, (n,); -1 for none."""
    return np.asarray(pc.index_in(_whole(values), value_set=among).fill_null(-1)).astype(np.int64)


def _whole(values: Values) -> pa.Array:
    return values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values


def empty_table(name: str) -> pa.Table:
    """A table of `SCHEMAS` without rows."""
    return SCHEMAS[name].empty_table()
