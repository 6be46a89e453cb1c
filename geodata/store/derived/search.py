"""The texts that a search looks in: of each event one, with all that it, its places and its claims are called."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.record.columns import Columns, exploded, row_numbers
from geodata.record.folding import folded

OWN = ("event_id", "title", "event_type", "sub_event_type", "notes", "country")
SAID = ("claimant", "via", "notes")
PIECE = 1 << 15


def search_texts(columns: Columns) -> pa.ChunkedArray:
    """For each event its folded texts, a line each; a text that is looked for has no line ends.

    Made in pieces, so that there is never more than one of what comes between.
    """
    events, claims, places, sites = (columns[name] for name in ("events", "claims", "places", "sites"))
    rows, names = exploded(row_numbers(places), places["names"])
    called = _Grouped(np.asarray(rows), pc.struct_field(names, "name")).joined(0, len(places))
    of_place = pc.binary_join_element_wise(*(places[n].combine_chunks() for n in ("name", "region")), called, "\n")
    at = _Grouped(np.asarray(sites["event"]), of_place, np.asarray(sites["place"]))
    said = [_Grouped(np.asarray(claims["event"]), claims[name].combine_chunks()) for name in SAID]
    found = [pa.array([], pa.string())]
    for start in range(0, len(events), PIECE):
        piece = events.slice(start, PIECE)
        end = start + len(piece)
        parts = [piece[name].combine_chunks() for name in OWN]
        parts += [pc.binary_join(piece[name].combine_chunks(), "\n") for name in ("actors", "unsettled")]
        parts += [each.joined(start, end) for each in (at, *said)]
        found.append(folded(pc.binary_join_element_wise(*parts, "\n")))
    return pa.chunked_array(found)


class _Grouped:
    """Texts by the number of a row, (n,) `rows`; those of `texts` themselves, or of the numbers in `codes`."""

    def __init__(self, rows: Any, texts: pa.Array, codes: Any = None) -> None:
        order = np.argsort(rows, kind="stable")
        self._rows, self._texts = rows[order], texts
        self._codes = order if codes is None else codes[order]

    def joined(self, start: int, end: int) -> pa.Array:
        """The texts of each row from `start` to before `end`, a line each; "" for a row without any."""
        at = np.searchsorted(self._rows, np.arange(start, end + 1))
        texts = self._texts.take(pa.array(self._codes[at[0] : at[-1]]))
        return pc.binary_join(pa.ListArray.from_arrays(pa.array(at - at[0], pa.int32()), texts), "\n")
