"""Fates as spans: the days between which each claim stands, so that "as known on D" is a comparison.

What `geodata.record.history` tells of a claim on a day follows from two days that do not depend on the day asked:
the first on which its own voice said another figure or anyone one that replaces it, and that of its recorded status.
Only echoes share the fate of others: events with echoes, or with figures that are inside others', are `tangled`, and
whoever asks about those asks `history` and `ranges`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

NEVER = np.iinfo(np.int32).max
ALWAYS = np.iinfo(np.int32).min
_MOST = 2**62


def spans_of(claims: pa.Table) -> dict[str, pa.Array]:
    """For each row of the table `claims`: `figure`, a number for each key of ranges; `superseded_from` and
    `stands_until` (days; null while nothing speaks against it, the calendar's first day where it never stood);
    `tangled`, whether its event is; `alone`, whether its event has no other claim of its measure.

    A claim stands from the day it was said (`said_last`) to the day before `stands_until`.
    """
    first, last = _days(claims["said_first"]), _days(claims["said_last"])
    figures = _keys(claims, "event", "measure", "scope", "population")
    superseded = np.minimum(_own_later(claims, figures, first, last), _named_later(claims, last))
    ended = _days(claims["status_on"], empty=ALWAYS)
    fell = np.where(_are_empty(claims["status"], "standing"), NEVER, ended)
    return {
        "figure": pa.array(figures, pa.int32()),
        "superseded_from": _as_days(superseded),
        "stands_until": _as_days(np.minimum(superseded, fell)),
        "tangled": pa.array(_tangled(claims)),
        "alone": pa.array(_alone(claims)),
    }


def _keys(claims: pa.Table, *columns: str, within: Any = None) -> Any:
    """A number for each different combination of columns, and of the numbers `within`."""
    keys, count = (np.zeros(len(claims), np.int64), 1) if within is None else (within, int(within.max(initial=0)) + 1)
    for column in columns:
        codes = _codes(claims[column])
        size = int(codes.max(initial=0)) + 1
        if count * size > _MOST:
            keys = _dense(keys)
            count = int(keys.max()) + 1
        keys, count = keys * size + codes, count * size
    return _dense(keys)


def _own_later(claims: pa.Table, figures: Any, first: Any, last: Any) -> Any:
    """The earliest last day of another figure by the same voice with the same key that surely is a later one."""
    keys = _keys(claims, "claimant", within=figures)
    if keys.max(initial=-1) == len(keys) - 1:  # no voice has a second figure with the same key
        return np.full(len(keys), NEVER, np.int64)
    # As one number, a key's days lie apart from those of any other key.
    width = np.int64(2) ** 33
    base = keys * width - np.int64(ALWAYS)
    order = np.argsort(base + first, kind="stable")
    firsts, lasts = (base + first)[order], (base + last)[order]
    # From each on, the earliest last day: a lower key's days are below all of a higher one's.
    earliest = np.minimum.accumulate(lasts[::-1])[::-1]
    at = np.searchsorted(firsts, base + last, side="right")
    inside = at < len(order)
    at = np.minimum(at, len(order) - 1)
    same = inside & (keys[order][at] == keys)
    return np.where(same, earliest[at] - base, NEVER)


def _named_later(claims: pa.Table, last: Any) -> Any:
    """The earliest day of a claim that is recorded to replace it."""
    found = np.full(len(claims), NEVER, np.int64)
    named = np.flatnonzero(~_are_empty(claims["supersedes"], ""))
    if len(named):
        older = pc.index_in(claims["supersedes"].take(named), value_set=claims["claim_id"].combine_chunks())
        rows = np.asarray(older.fill_null(-1))
        np.minimum.at(found, rows[rows >= 0], last[named][rows >= 0])
    return found


def _tangled(claims: pa.Table) -> Any:
    related = ~(_are_empty(claims["part_of"], "") & _are_empty(claims["echo_of"], ""))
    events = np.asarray(claims["event"])
    return np.isin(events, events[related]) if related.any() else related


def _alone(claims: pa.Table) -> Any:
    keys = _keys(claims, "event", "measure")
    return np.bincount(keys)[keys] == 1


def _are_empty(column: pa.ChunkedArray, word: str) -> Any:
    return np.asarray(pc.equal(column, word))


def _codes(column: pa.ChunkedArray) -> Any:
    """A number for each different value; of numbers of rows these themselves."""
    if pa.types.is_integer(column.type):
        return np.asarray(column).astype(np.int64)
    return np.asarray(column.combine_chunks().dictionary_encode().indices).astype(np.int64)


def _dense(keys: Any) -> Any:
    """The same numbers counted from 0, as they appear."""
    return np.asarray(pa.array(keys).dictionary_encode().indices).astype(np.int64)


def _days(column: pa.ChunkedArray, empty: int = ALWAYS) -> Any:
    return np.asarray(column.cast(pa.int32()).fill_null(empty)).astype(np.int64)


def _as_days(days: Any) -> pa.Array:
    """Days of 1970 on; none for `NEVER`, the calendar's first for what lies before it."""
    first = -719_162  # 0001-01-01
    array = pa.array(np.maximum(days, first).astype(np.int32), mask=days >= NEVER)
    return array.cast(pa.date32())
