"""Where claims reach: whose country or place a figure is for, and which others may count the same people.

All follows from the record alone, whatever is asked, and is found once for all claims.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.places.boundaries import BUNDLED
from geodata.record.columns import Columns, exploded, numbers_among, row_numbers


def reach_of(columns: Columns, homes: pa.Table, codes: pa.Array, documents: Any) -> dict[str, pa.Array]:
    """For each row of the table `claims`: `wide_in`, the number of the country that it may be for as a whole, as its
    event has no sites or its scope bears that name (null for none); `nowhere`, whether its event has no country;
    `rivalled`, whether on a day and at a place of its event there are claims of its measure with other sources (they
    may be its own event's).

    `homes` has a row for each event and country that it is about, in this order, with their numbers (event, country);
    `codes` are the countries by their numbers, `documents` (n,) the code of each claim's source, -1 for none.
    """
    return _wide(columns, homes, codes) | {"rivalled": pa.array(_rivalled(columns, documents))}


def are_local(columns: Columns) -> Any:
    """Which claims (n,) are for the one place of their event, which has a point: by one of its names, or by none."""
    claims, sites, places = columns["claims"], columns["sites"], columns["places"]
    event, place = (np.asarray(sites[name]).astype(np.int64) for name in ("event", "place"))
    least, most = np.full(len(columns["events"]), len(places)), np.full(len(columns["events"]), -1)
    np.minimum.at(least, event, place)
    np.maximum.at(most, event, place)
    has_point = np.append(np.asarray(places["lon"].is_valid()), False)  # none of what has no place
    at = np.where(least == most, most, -1)[np.asarray(claims["event"])]
    rows, others = exploded(row_numbers(places), places["names"])
    names = pa.chunked_array([*places["name"].chunks, pc.struct_field(others, "name")], pa.string())
    texts = names.unique()
    named = np.concatenate([np.arange(len(places)), np.asarray(rows)]) << 32 | numbers_among(names, texts)
    scope = numbers_among(claims["scope"], texts)
    bears = np.isin(at << 32 | scope, named) & (scope >= 0)
    return (bears | np.asarray(pc.equal(claims["scope"], ""))) & has_point[at]


def _wide(columns: Columns, homes: pa.Table, codes: pa.Array) -> dict[str, pa.Array]:
    """`wide_in` and `nowhere` of each claim."""
    claims, count = columns["claims"], len(columns["events"])
    event, country = np.asarray(homes["event"]).astype(np.int64), np.asarray(homes["country"])
    home = np.full(count, -1)
    home[event] = country  # the only one of an event without sites
    about = np.asarray(claims["event"])
    names = pa.array([BUNDLED.country_name(code) for code in codes.to_pylist()], pa.string())
    scope = numbers_among(claims["scope"], names)
    named = np.flatnonzero(scope >= 0)
    pairs, wanted = event << 32 | country, about[named].astype(np.int64) << 32 | scope[named]
    at = np.searchsorted(pairs, wanted)  # they are in order
    scope[named[np.append(pairs, -1)[at] != wanted]] = -1
    wide = np.where(columns.sited()[about], scope, home[about])
    return {"wide_in": pa.array(wide.astype(np.int16), mask=wide < 0), "nowhere": pa.array(home[about] < 0)}


def _rivalled(columns: Columns, documents: Any) -> Any:
    """Which claims (n,) have others of their measure at a place and on a day of their events, where not all of the
    claims at that place have the same source."""
    events, sites, claims = columns["events"], columns["sites"], columns["claims"]
    about = np.asarray(claims["event"])
    of_site = np.asarray(sites["event"])
    begin = np.searchsorted(of_site, about)
    counts = np.searchsorted(of_site, about, "right") - begin
    rows = np.repeat(np.arange(len(about)), counts)
    site = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts - begin, counts)
    found = np.zeros(len(about), bool)
    if not len(rows):
        return found
    measure = np.asarray(claims["measure"].combine_chunks().dictionary_encode().indices)
    key = np.asarray(sites["place"])[site].astype(np.int64) << 8 | measure[rows]
    days = (np.asarray(events[name].cast(pa.int32())).astype(np.int64) for name in ("date_start", "date_end"))
    first, last = (each[about[rows]] for each in days)
    order = np.lexsort((first, key))
    key, first, last, document = key[order], first[order], last[order], documents[rows][order]
    is_new = np.diff(key, prepend=-1) != 0
    group, starts = np.cumsum(is_new) - 1, np.flatnonzero(is_new)
    is_mixed = np.minimum.reduceat(document, starts) < np.maximum.reduceat(document, starts)
    # Of each claim in the order of the first days: whether one before it goes on, or the next one begins in time.
    goes_on = np.maximum.accumulate(last + (group << 32)) - (group << 32)
    is_met = np.append((goes_on[:-1] >= first[1:]) & ~is_new[1:], False)
    meets = np.append((first[1:] <= last[:-1]) & ~is_new[1:], False)
    found[rows[order][(np.roll(is_met, 1) | meets) & is_mixed[group]]] = True
    return found
