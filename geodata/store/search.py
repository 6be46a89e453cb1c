"""The texts that a search looks in: of each event one, with all that it, its places and its claims are called."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.reading import fold_text
from geodata.record.columns import Columns, exploded, row_numbers

OWN = ("event_id", "title", "event_type", "sub_event_type", "notes", "country")


def search_texts(columns: Columns) -> pa.Array:
    """For each event its folded texts, a line each; a text that is looked for has no line ends."""
    events, claims, places = columns["events"], columns["claims"], columns["places"]
    parts = [events[name].combine_chunks() for name in OWN]
    parts += [pc.binary_join(events[name].combine_chunks(), "\n") for name in ("actors", "unsettled")]
    rows, names = exploded(row_numbers(places), places["names"])
    called = _joined(np.asarray(rows), pc.struct_field(names, "name"), len(places))
    of_place = pc.binary_join_element_wise(*(places[n].combine_chunks() for n in ("name", "region")), called, "\n")
    sites = columns["sites"]
    parts.append(_joined(np.asarray(sites["event"]), of_place.take(sites["place"].combine_chunks()), len(events)))
    said = pc.binary_join_element_wise(*(claims[n].combine_chunks() for n in ("claimant", "via", "notes")), "\n")
    parts.append(_joined(np.asarray(claims["event"]), said, len(events)))
    return folded(pc.binary_join_element_wise(*parts, "\n"))


def folded(texts: Any) -> pa.Array:
    """Texts as `geodata.reading.fold_text` has them, in columns: Python sees only those beyond ASCII."""
    texts = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
    found = pc.ascii_trim_whitespace(pc.ascii_lower(texts))
    plain = pc.string_is_ascii(texts)
    if pc.all(plain).as_py() is not False:
        return found
    others = pa.array([fold_text(text) for text in texts.filter(pc.invert(plain)).to_pylist()], pa.string())
    return pc.replace_with_mask(found, pc.invert(plain), others)


def _joined(rows: Any, texts: pa.Array, count: int) -> pa.Array:
    """The texts of each of `count` rows, a line each; "" for a row without any."""
    order = np.argsort(rows, kind="stable")
    offsets = np.searchsorted(rows[order], np.arange(count + 1))
    return pc.binary_join(pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), texts.take(pa.array(order))), "\n")
