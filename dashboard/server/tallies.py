"""Events and tolls as columns for the page, which counts them by itself while a hand moves."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, request

from geodata.filter import Filter
from geodata.record.model import CATEGORIES
from geodata.store.cache import kept_bytes
from geodata.store.questions.cells import AREAS, UNUSED_BITS
from geodata.store.questions.ranges import TOLLS
from geodata.store.questions.tallies import unmoved

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import pyarrow as pa

    from geodata.store.store import Store

KIND = "application/vnd.sitrep.tallies"
_MOST_KEPT = 4  # answers
_MANY = 100_000  # events, whose columns take seconds


def register(server: Flask, store: Store, cache: Path | None) -> None:
    """Add the routes to a Flask app. They take the keys of a filter; ChoiceError is answered by the error handlers.

    The columns of many events without any choice, which every page begins with, are kept in the folder `cache`.
    """

    def made(where: Filter) -> dict[str, bytes]:
        return encode(store.tallies(where), store.news_days)

    @lru_cache(maxsize=_MOST_KEPT)
    def encoded(where: Filter) -> dict[str, bytes]:
        if cache is None or where != Filter() or store.size < _MANY:
            return made(where)
        code = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
        return _parted(kept_bytes(cache, f"tallies {store.version} {code}", lambda: _joined(made(where))))

    @server.get("/<any(tallies, tolls):part>.bin")
    def tallies(part: str) -> Response:
        where = unmoved(Filter.parse(**request.args.to_dict())).changed(v=None)
        return Response(encoded(where)[part], content_type=KIND)


def _joined(parts: dict[str, bytes]) -> bytes:
    return len(parts["tallies"]).to_bytes(8, "little") + parts["tallies"] + parts["tolls"]


def _parted(content: bytes) -> dict[str, bytes]:
    end = 8 + int.from_bytes(content[:8], "little")
    return {"tallies": content[8:end], "tolls": content[end:]}


def encode(table: pa.Table, news: Sequence[date]) -> dict[str, bytes]:
    """The rows of `geodata.store.questions.tallies`, as assets/tallies/decode.mjs reads them: `tallies`, all that a
    moving hand needs, and `tolls`, how many were killed, which not every page asks for.

    Both begin with the length of a JSON text (four bytes, little-endian) and that text, which names the `columns` that
    follow, each with the number of its bytes and of its values: first the lowest byte of all values, then the next one
    of all, and so on. Numbers that may be negative are 2n, or -2n - 1 where they are.

    A page of millions of events is to wait for few bytes. So a row names its kind of row (`shape`), the commonest of
    which have the lowest numbers; its `cell` is how many cells further on it lies than the row before (the first ones
    have none), and `first` its first day since `base`, or since that of the row before in the same cell. `cells` are
    the differences of H3 indices without their unused digits, `region` and `country` the numbers of their areas, from 1
    on (0 for none). Of a shape, `length` are the days from the first to the last, `lag` those from then until it is
    known. A row's `toll` is the number of one of those of which `untold` to `open` say how many events have no figure,
    how many of the rest have none that is added, the low, how far the high is above it, and how many are open.
    """
    import numpy as np  # noqa: PLC0415 (only a page of many events needs these)
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # noqa: PLC0415

    first, last, known = (
        np.asarray(table[name].cast(pa.int32())).astype(np.int64) for name in ("date_start", "date_end", "known")
    )
    base = int(first.min()) if len(first) else 0
    placed = table.filter(table["cell"].is_valid())
    cells, at = np.unique(np.asarray(placed["cell"]) >> UNUSED_BITS, return_index=True)
    areas = {name: np.asarray(placed[name].take(at).fill_null(-1)) + 1 for name in AREAS.values()}
    cell = np.searchsorted(cells, np.asarray(table["cell"].fill_null(0)) >> UNUSED_BITS, "right")
    further = np.diff(cell, prepend=0)
    since = np.where(further > 0, first - base, np.diff(first, prepend=base))
    category = np.asarray(pc.index_in(table["category"].combine_chunks(), value_set=pa.array(CATEGORIES)))
    apart, first_in, events, own, told, figures, low, high, is_open = (
        np.asarray(table[name]).astype(np.int64) for name in ("apart", "first_in", "events", "own", *TOLLS)
    )
    shape, shapes = numbered({
        "length": last - first, "lag": signed(known - last), "category": category, "apart": apart,
        "first_in": first_in, "events": events, "own": own,
    })  # fmt: skip
    toll, kinds = numbered({
        "untold": signed(events - told), "left": signed(told - figures), "low": signed(low),
        "above": signed(high - low), "open": signed(is_open),
    })  # fmt: skip
    about = {"base": base, "categories": CATEGORIES, "news": [str(day) for day in news]}
    rows = {"cells": np.diff(cells, prepend=0), **areas, "cell": further, "first": since, "shape": shape}
    return {"tallies": packed(about, rows | shapes), "tolls": packed({}, {"toll": toll} | kinds)}


def signed(values: Any) -> Any:
    """Whole numbers as ones that are not negative, of which small ones stay small."""
    return values << 1 ^ values >> 63


def numbered(columns: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    """For each row the number of its combination of values, the commonest of which is 0, and the combinations."""
    import numpy as np  # noqa: PLC0415
    import pyarrow as pa  # noqa: PLC0415

    found = pa.array(np.zeros(len(next(iter(columns.values()))), np.int64)).dictionary_encode()
    for values in columns.values():
        codes = pa.array(values).dictionary_encode()
        both = np.asarray(found.indices).astype(np.int64) * len(codes.dictionary) + np.asarray(codes.indices)
        found = pa.array(both).dictionary_encode()
    of = np.asarray(found.indices)
    order = np.argsort(-np.bincount(of), kind="stable")
    _, row = np.unique(of, return_index=True)
    number = np.empty(len(order), np.int64)
    number[order] = np.arange(len(order))
    return number[of], {name: values[row[order]] for name, values in columns.items()}


def packed(about: dict[str, Any], columns: dict[str, Any]) -> bytes:
    """Columns of whole numbers from 0 on, byte by byte, behind a text about them."""
    import numpy as np  # noqa: PLC0415

    sizes = {name: (max(int(each.max(initial=0)).bit_length(), 1) + 7) // 8 for name, each in columns.items()}
    head = {"columns": {name: [sizes[name], len(each)] for name, each in columns.items()}}
    text = json.dumps(about | head).encode()
    parts = [len(text).to_bytes(4, "little"), text]
    for name, values in columns.items():
        each = values.astype("<u8").view(np.uint8).reshape(-1, 8)
        parts.append(each[:, : sizes[name]].T.tobytes())
    return b"".join(parts)
