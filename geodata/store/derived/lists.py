"""What the lists of a filter hold: which events have which values, and what is offered to be chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.filter import list_fields
from geodata.record.columns import Columns, Pair, row_numbers
from geodata.record.folding import folded

# The lists that claims have something in, last of all: the columns of its codes.
OF_CLAIMS = {"claimants": "voice", "sources": "document"}
_LISTS = pa.schema([("kind", pa.string()), ("first", pa.int32()), ("last", pa.int32())])


@dataclass(frozen=True, slots=True)
class Facets:
    """The tables `lists`, `facet_values` (`values`), `facets` (`events`) and `options`; of the lists that claims have
    something in, by the kind, the code of each claim; the code of each event's first source. A code is null for none,
    and those of a list are in the order of the alphabet."""

    lists: pa.Table
    values: pa.Table
    events: pa.Table
    options: pa.Table
    of_claims: dict[str, pa.Array]
    first_source: pa.Array


def facets_of(columns: Columns) -> Facets:
    """The lists of a record."""
    lists, values, events, of_claims = [], [], [], {}
    options: list[pa.Table] = []
    first_source = np.full(len(columns["events"]), -1)
    base = 0
    for kind, field in list_fields().items():
        pairs = [*field.values(columns)]
        offered, labels = map(_texts, field.options(columns) if field.options else _different(pairs))
        # What is offered stands last, as if no event had it.
        rows, each, known = _coded([*pairs, (np.full(len(offered), -1, np.int32), offered)])
        rows, (each, of_offered) = rows[: len(rows) - len(offered)], np.split(each, [len(each) - len(offered)])
        if kind in OF_CLAIMS:  # which stand last
            own, codes = np.split(each, [len(each) - len(columns["claims"])])
            of_claims[kind] = _numbers(codes, base)
            if kind == "sources":
                first_source[rows[: len(own)][::-1]] = own[::-1] + base
        both = np.sort((each[each >= 0] << 32) | rows[each >= 0])
        both = both[np.diff(both, prepend=-1) != 0]
        codes = both >> 32
        counts = np.append(np.bincount(codes, minlength=len(known)), 0)  # of none at the end
        offers = pa.table({
            "kind": pa.repeat(kind, len(offered)), "value": offered, "label": labels,
            "code": _numbers(of_offered, base), "events": counts[of_offered].astype(np.int32),
        })  # fmt: skip
        order = np.arange(len(offers)) if field.options else np.argsort(of_offered, kind="stable")
        options.append(_ranked(offers.take(order), sum(len(each) for each in options)))
        values.append(pa.table({"kind": pa.repeat(kind, len(known)), "value": known}))
        events.append(pa.table({"code": (codes + base).astype(np.int32), "event": both.astype(np.int32)}))
        if len(known):
            lists.append({"kind": kind, "first": base, "last": base + len(known) - 1})
        base += len(known)
    return Facets(
        lists=pa.Table.from_pylist(lists, _LISTS),
        values=_numbered("code", values),
        events=pa.concat_tables(events),
        options=pa.concat_tables(options),
        of_claims=of_claims,
        first_source=_numbers(first_source),
    )


def _numbered(name: str, parts: Iterable[pa.Table]) -> pa.Table:
    table = pa.concat_tables(parts)
    return table.add_column(0, name, row_numbers(table))


def _ranked(offers: pa.Table, first: int) -> pa.Table:
    """What a list offers, numbered from `first` on, the commonest before all others."""
    numbers = pa.array(np.arange(first, first + len(offers), dtype=np.int32))
    ranked = offers.add_column(0, "number", numbers).take(np.argsort(-np.asarray(offers["events"]), kind="stable"))
    return ranked.append_column("rank", row_numbers(ranked))


def _numbers(found: Any, base: int = 0) -> pa.Array:
    """Numbers from 0, counted from `base`; null for -1."""
    return pa.array((found + base).astype(np.int32), mask=found < 0)


def _different(pairs: Iterable[Pair]) -> Pair:
    """What anybody has, each once, as what is offered and how it is called."""
    found = pa.chunked_array([_texts(values).unique() for _, values in pairs]).unique()
    return found, found


def _coded(pairs: Iterable[Pair]) -> tuple[Any, Any, pa.Array]:
    """The rows of some pairs, for each which of their texts it has (-1 for none), and the texts, folded, in order."""
    rows, indices, words = [], [], [pa.array([], pa.string())]
    for its_rows, values in _encoded(pairs):
        rows.append(np.asarray(its_rows))
        indices.append(np.asarray(values.indices).astype(np.int64) + sum(map(len, words)))
        words.append(values.dictionary)
    alike = folded(pa.concat_arrays(words))
    order = pc.array_sort_indices(alike)
    alike = alike.take(order)
    # Two are alike where they have been folded, or come of two dictionaries; "" comes first, and is none.
    is_new = np.ones(len(alike), bool)
    is_new[1:] = pc.not_equal(alike[1:], alike[:-1])
    is_new[:1] = len(alike) > 0 and alike[0].as_py() != ""
    code = np.empty(len(alike), np.int64)
    code[order] = np.cumsum(is_new) - 1
    return np.concatenate(rows), code[np.concatenate(indices)], alike.filter(pa.array(is_new))


def _encoded(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """The same pairs with dictionaries; all that have none get one together."""
    plain, chunks = [np.zeros(0, np.int32)], [pa.array([], pa.string())]
    for rows, values in pairs:
        found = _texts(values)
        if pa.types.is_dictionary(found.type):
            yield rows, found.combine_chunks()
        else:
            plain.append(np.asarray(rows))
            chunks += found.chunks
    yield np.concatenate(plain), pa.chunked_array(chunks).dictionary_encode().combine_chunks()


def _texts(values: Any) -> pa.ChunkedArray:
    """Texts of a list, an array or a chunked array."""
    if isinstance(values, pa.ChunkedArray):
        return values
    return pa.chunked_array([values if isinstance(values, pa.Array) else pa.array(values, pa.string())])
