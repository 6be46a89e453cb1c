"""The events' days, categories and cells as columns for the page, which counts them by itself while a hand moves."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, request

from geodata.filter import Filter
from geodata.record.model import CATEGORIES
from geodata.store.questions.tallies import unmoved

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import pyarrow as pa

    from geodata.store.store import Store

KIND = "application/vnd.sitrep.tallies"
_ALIGN = 8  # bytes
_MOST_KEPT = 4  # answers


def register(server: Flask, store: Store) -> None:
    """Add the route to a Flask app. It takes the keys of a filter; ChoiceError is answered by the error handlers."""

    @lru_cache(maxsize=_MOST_KEPT)
    def encoded(where: Filter) -> bytes:
        return encode(store.tallies(where), store.news_days)

    @server.get("/tallies.bin")
    def tallies() -> Response:
        where = unmoved(Filter.parse(**request.args.to_dict())).changed(v=None)
        return Response(encoded(where), content_type=KIND)


def encode(table: pa.Table, news: Sequence[date]) -> bytes:
    """The bytes of `geodata.store.questions.tallies`, as assets/tallies/tallies.mjs reads them.

    They begin with the length of a JSON text (four bytes, little-endian) and that text: on which day the `first` ones
    count from (`base`, days since 1970), the `categories` by number, the days of `news`, and of each of the `columns`
    its type and length. These follow at multiples of eight bytes. `cells` are H3 indices; `cell` is the number of a
    row's from 1 on, 0 for none. `length` are the days from the first day to the last, `lag` those until it is known.
    """
    import numpy as np  # noqa: PLC0415 (only a page of many events needs these)
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # noqa: PLC0415

    first, last, known = (
        np.asarray(table[name].cast(pa.int32())).astype(np.int64) for name in ("date_start", "date_end", "reported_on")
    )
    base = int(first[0]) if len(first) else 0
    cells = np.unique(np.asarray(table["cell"].drop_null()).astype(np.uint64))
    found: dict[str, Any] = {
        "first": first - base,
        "length": last - first,
        "lag": known - first,
        "category": np.asarray(pc.index_in(table["category"].combine_chunks(), value_set=pa.array(CATEGORIES))),
        "cell": np.searchsorted(cells, np.asarray(table["cell"].fill_null(0)).astype(np.uint64))
        + np.asarray(table["cell"].is_valid()),
        "apart": np.asarray(table["apart"]),
        "events": np.asarray(table["events"]),
        "own": np.asarray(table["own"]),
    }
    columns = {name: narrowed(values) for name, values in found.items()} | {"cells": cells}
    about = {name: [str(each.dtype), len(each)] for name, each in columns.items()}
    told = json.dumps(
        {"base": base, "categories": CATEGORIES, "news": [str(day) for day in news], "columns": about}
    ).encode()
    head = len(told).to_bytes(4, "little") + told
    parts = [head, *(each.tobytes() for each in columns.values())]
    return b"".join(part.ljust(-(-len(part) // _ALIGN) * _ALIGN, b"\0") for part in parts)


def narrowed(values: Any) -> Any:
    """Whole numbers in the narrowest type that holds them, of up to four bytes."""
    import numpy as np  # noqa: PLC0415

    least, most = (int(values.min()), int(values.max())) if len(values) else (0, 0)
    sizes = ("uint8", "uint16", "uint32") if least >= 0 else ("int8", "int16", "int32")
    return values.astype(next(size for size in sizes if np.iinfo(size).min <= least and most <= np.iinfo(size).max))
