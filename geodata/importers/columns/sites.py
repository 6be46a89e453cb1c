"""The table of sites of a record in one file, and the cells of a data folder's events that say the same."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.errors import Problem
from geodata.importers.rows.folder import Known
from geodata.importers.rows.package import COLUMNS
from geodata.importers.tables.cells import Cells
from geodata.importers.tables.records import Record
from geodata.record.model import GEO_PRECISIONS, ROLES

_AT, _ORIGIN, _DESTINATION = ROLES
_KINDS = ("place_id", "unsettled", "country")  # what a row gives: one of the three
_CHOICES = {"role": ROLES, "geo_precision": GEO_PRECISIONS}


def with_sites(events: Cells, sites: Cells, known: tuple[Known, Known], problems: list[Problem]) -> Cells:
    """The events of a data folder: those of the table of events, each with its sites and names that are not settled.

    `known` are the ids of the events and of the places. Rows of sites that break a rule go to `problems`.
    """
    event = pc.index_in(sites.column("event_id"), events.column("event_id"))
    is_known = ~_flags(pc.is_null(event))
    event = np.asarray(pc.fill_null(event, 0), np.int64)
    is_place, is_name, is_country = (sites.is_given(column) for column in _KINDS)
    is_wrong = _wrong(sites, is_place, is_known, known) | (sum((is_place, is_name, is_country), start=0) != 1)
    for row in np.flatnonzero(is_wrong).tolist():
        _refuse(sites.record(row, problems), known)
    is_sound = ~is_wrong & is_known
    role, is_site = sites.column("role"), is_sound & is_place
    counts = {each: np.bincount(event[is_site & _flags(pc.equal(role, each))], minlength=len(events)) for each in ROLES}
    is_flow = (counts[_AT] == 0) & (counts[_ORIGIN] == 1) & (counts[_DESTINATION] == 1)
    is_odd = ~is_flow & (counts[_ORIGIN] + counts[_DESTINATION] > 0)
    is_odd[event[is_wrong]] = False  # what is wrong with it was said
    for number in np.flatnonzero(is_odd).tolist():
        record = sites.record(int(np.argmax(is_site & (event == number))), problems)
        record.refuse("role", "a flow has one origin and one destination (expected these two sites, or 'at' for all).")
    # Of a flow the origin comes first; others are in the order of the table.
    is_second = _flags(pc.equal(role, _DESTINATION)) & is_flow[event]
    order = np.lexsort((np.arange(len(sites)), is_second, event))

    def listed(column: str, rows: Any, mark: Any) -> pa.Array:
        its = order[rows[order]]
        ends = np.searchsorted(event[its], np.arange(len(events) + 1))
        texts = sites.column(column).take(pa.array(its))
        return pc.binary_join(pa.ListArray.from_arrays(pa.array(ends, pa.int32()), texts), mark)

    marks = pc.if_else(pa.array(is_flow), " > ", "; ")
    columns = {column: events.column(column) for column in COLUMNS["events.csv"]}
    columns |= {
        "sites": listed("place_id", is_site, marks),
        "geo_precision": listed("geo_precision", is_site, "; "),
        "unsettled": listed("unsettled", is_sound & is_name, "; "),
        # Of events with sites the column has the countries of these too.
        "country": pc.if_else(
            pa.array(sum(counts.values()) > 0), listed("country", is_sound & is_country, "; "), events.column("country")
        ),
    }
    return replace(events, names=COLUMNS["events.csv"], columns=columns)


def _wrong(sites: Cells, is_place: Any, is_known: Any, known: tuple[Known, Known]) -> Any:
    events, places = known
    is_wrong = ~is_known if events.complete else np.zeros(len(sites), bool)
    if places.complete:
        place_ids = pa.array(list(places.ids), pa.string())
        is_wrong |= is_place & ~_flags(pc.is_in(sites.column("place_id"), place_ids))
    for column, choices in _CHOICES.items():
        is_wrong |= is_place & ~_flags(pc.is_in(sites.column(column), pa.array(choices)))
    return is_wrong


def _refuse(record: Record, known: tuple[Known, Known]) -> None:
    """Say what is wrong with a row of sites."""
    events, places = known
    events.check(record, "event_id", record.text("event_id"))
    given = [column for column in _KINDS if record.text(column)]
    if not given:
        words = 'the cell is empty, and so is "unsettled" (expected one of the two, or a country beside them).'
        record.refuse("place_id", words)
    for column in given[1:]:
        record.refuse(column, f'there is a "{given[0]}" too (expected one of the three).')
    if not record.text("place_id"):
        return
    places.check(record, "place_id", record.text("place_id"))
    for column, choices in _CHOICES.items():
        record.choice(column, choices)


def _flags(found: pa.Array) -> Any:
    return found.to_numpy(zero_copy_only=False)
