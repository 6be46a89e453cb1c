"""Where each event stands in the orders that a page can be sorted by: equal texts alike, without case.

They follow from the record alone, so that no engine has to compare letters.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.places.boundaries import BUNDLED
from geodata.record.columns import exploded, row_numbers
from geodata.record.folding import folded
from geodata.record.model import is_latin

if TYPE_CHECKING:
    from geodata.record.columns import Columns

NONE = -1


class _Words:
    """A text for each of `count` rows, or none."""

    def __init__(self, count: int) -> None:
        self._which = np.full(count, NONE)
        self._texts = [pa.array([], pa.string())]
        self._known = 0

    def put(self, rows: Any, texts: Any, codes: Any = None) -> None:
        """Give some rows (m,) their texts: these themselves, or those with the numbers in `codes`. What they had is
        forgotten; of a row that is there several times the first counts."""
        rows, first = np.unique(np.asarray(rows), return_index=True)
        self._which[rows] = self._known + (first if codes is None else np.asarray(codes)[first])
        self._texts += texts.chunks if isinstance(texts, pa.ChunkedArray) else [pa.array(texts, pa.string())]
        self._known += len(texts)

    def ranks(self) -> pa.Array:
        """(n,) The place of each row's text among all; null without one."""
        of_texts = pc.rank(folded(pa.chunked_array(self._texts)), tiebreaker="dense").cast(pa.int32())
        return of_texts.take(pa.array(self._which, mask=self._which == NONE))


def title_ranks(columns: Columns) -> pa.Array:
    """(n,) By the titles; of equal ones the first in the record comes first."""
    return pc.rank(folded(columns["events"]["title"]), tiebreaker="first").cast(pa.int32())


def place_ranks(columns: Columns) -> pa.Array:
    """(n,) By the name of an event's first place as it was on its first day, else of one that is not settled, else of
    its country; null where it has none of them."""
    events, sites = columns["events"], columns["sites"]
    words = _Words(len(events))
    home = pc.dictionary_encode(events["country"]).combine_chunks()
    named = np.flatnonzero(np.asarray(pc.not_equal(events["country"], "")))
    countries = [BUNDLED.country_name(code) if code else "" for code in home.dictionary.to_pylist()]
    words.put(named, countries, np.asarray(home.indices)[named])
    words.put(*columns.of_events("unsettled"))
    words.put(sites["event"], columns["places"]["name"], sites["place"])
    for rows, name in _names_of_then(columns):
        words.put(rows, [name], np.zeros(len(rows), int))
    return words.ranks()


def _names_of_then(columns: Columns) -> Iterator[tuple[Any, str]]:
    """The rows of the events whose first place had another name on their first day, and this name: of several such the
    last that is given counts."""
    sites, places = columns["sites"], columns["places"]
    events, first = np.unique(np.asarray(sites["event"]), return_index=True)
    at = np.asarray(sites["place"])[first]
    order = np.argsort(at, kind="stable")
    events, at = events[order], at[order]
    days = np.asarray(columns["events"]["date_start"])[events]
    rows, names = exploded(row_numbers(places), places["names"])
    dated = pc.or_(pc.struct_field(names, "since").is_valid(), pc.struct_field(names, "until").is_valid())
    for place, name in reversed([*zip(rows.filter(dated).to_pylist(), names.filter(dated).to_pylist(), strict=True)]):
        if not is_latin(name["name"]):
            continue
        start, end = np.searchsorted(at, [place, place + 1])
        since, until = (np.datetime64(name[key]) if name[key] else None for key in ("since", "until"))
        held = np.ones(end - start, bool)
        if since is not None:
            held &= days[start:end] >= since
        if until is not None:
            held &= days[start:end] < until
        yield events[start:end][held], name["name"]


# By the columns of the table `index`.
RANKS = {"title_rank": title_ranks, "place_rank": place_ranks}
