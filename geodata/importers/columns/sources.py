"""The sources that a column of a table cites, as `checks.sources.Sources` has them one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from string import ascii_letters, digits
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.importers.checks.names import slug
from geodata.importers.checks.sources import citations, title_and_url
from geodata.importers.tables.cells import Cells
from geodata.importers.tables.records import Record
from geodata.record.columns import SCHEMAS

_PIECE = 1 << 15


@dataclass(frozen=True, slots=True)
class Cited:
    """The sources of a table. `codes` (n,) says which cell a row has; the others have one entry for each such cell.

    `source_ids` are lists; `voices` the titles as one text, `first_ids` the first id: "" for a cell without a source.
    `own_id` is the id of the source that the table itself is, "" where none is needed.
    """

    table: pa.Table
    codes: Any
    source_ids: pa.ListArray
    voices: pa.Array
    first_ids: pa.Array
    is_several: Any
    own_id: str


def cited(cells: Cells, column: str, has_claim: Any, own_notes: str) -> Cited:
    """The sources that a column cites, and the table itself, with `own_notes`, for claims in rows without any."""
    codes, values = cells.values(column)
    entries, counts = _entries(column, values)
    offsets = np.concatenate([[0], np.cumsum(counts)])
    encoded = pc.dictionary_encode(entries)
    texts, text_codes = encoded.dictionary, encoded.indices.to_numpy().astype(np.int64)
    bare = np.flatnonzero(has_claim & (counts[codes] == 0))
    own, own_is_new = -1, False
    if len(bare):
        cell_of_text = np.repeat(np.arange(len(values)), counts)[_firsts(text_codes, len(texts))]
        before = int(np.searchsorted(_firsts(codes, len(values))[cell_of_text], bare[0]))
        own = pc.index(texts, cells.file).as_py()
        own_is_new = not 0 <= own < before
        if own_is_new:
            texts, text_codes = _with(cells.file, before, own, texts, text_codes)
            own = before
    ids = _unrepeated(text_ids(texts))
    titles, urls = _titles_and_urls(texts)
    voices, is_several = _voices(titles, text_codes, offsets)
    first_codes = np.full(len(values), len(ids))
    first_codes[counts > 0] = text_codes[offsets[:-1][counts > 0]]
    notes = np.full(len(ids), "", object)
    if own_is_new:
        notes[own] = own_notes
    given = {"source_id": ids, "title": titles, "url": urls, "notes": pa.array(notes, pa.string())}
    return Cited(
        table=pa.table([given.get(f.name, _blank(f, len(ids))) for f in SCHEMAS["sources"]], SCHEMAS["sources"]),
        codes=codes,
        source_ids=pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), ids.take(pa.array(text_codes))),
        voices=voices,
        first_ids=pa.concat_arrays([ids, pa.array([""])]).take(pa.array(first_codes)),
        is_several=is_several,
        own_id="" if own < 0 else ids[own].as_py(),
    )


def text_ids(texts: pa.Array) -> pa.Array:
    """`checks.places.text_id` of each text; in pieces, so that there is never much of what comes between."""
    pieces = [_text_ids(texts.slice(start, _PIECE)) for start in range(0, len(texts), _PIECE)]
    return pa.concat_arrays(pieces) if pieces else texts


def _text_ids(texts: pa.Array) -> pa.Array:
    slugs = _slugs(texts)
    is_foreign = ~_flags(pc.string_is_ascii(texts))
    if is_foreign.any():
        given = pa.array([slug(text) for text in _some(texts, np.flatnonzero(is_foreign))], pa.string())
        slugs = pc.replace_with_mask(slugs, pa.array(is_foreign), given)
    is_less = ~_flags(pc.equal(slugs, texts))
    left = texts.filter(pa.array(is_less))
    digests = b"".join([sha256(text).digest()[:3] for text in pc.cast(left, pa.binary()).to_pylist()])
    starts = pa.py_buffer(np.arange(0, 6 * len(left) + 1, 6, dtype=np.int32))
    hashes = pa.StringArray.from_buffers(len(left), starts, pa.py_buffer(digests.hex().encode()))
    longer = pc.binary_join_element_wise(slugs.filter(pa.array(is_less)), hashes, pa.scalar("-"))
    return pc.replace_with_mask(slugs, pa.array(is_less), longer)


def _slugs(texts: pa.Array) -> pa.Array:
    """`checks.places.slug` of each ASCII text, and anything for the others."""
    _, offsets, content = pa.concat_arrays([texts, pa.array(["-"])]).buffers()  # one more, so that there is content
    ends = np.frombuffer(offsets, np.int32)[: len(texts) + 1]
    written = np.full(256, ord("-"), np.uint8)
    for letter in ascii_letters + digits:
        written[ord(letter)] = ord(letter)
    found = written[np.frombuffer(content, np.uint8)[: ends[-1]]]
    is_more = np.zeros(len(found) + 1, bool)  # a hyphen right behind another of the same text
    is_more[1:-1] = (found[1:] == ord("-")) & (found[:-1] == ord("-"))
    is_more[ends] = False
    shorter = (ends - np.searchsorted(np.flatnonzero(is_more), ends)).astype(np.int32)
    found = found[~is_more[:-1]]
    slugs = pa.StringArray.from_buffers(len(texts), pa.py_buffer(shorter), pa.py_buffer(found))
    slugs = pc.ascii_trim(pc.binary_slice(pc.cast(slugs, pa.binary()), 0, 120).cast(pa.string()), "-")
    return pc.if_else(pc.equal(slugs, ""), "x", slugs)


def _entries(column: str, values: pa.Array) -> tuple[pa.Array, Any]:
    """The citations of all cells, one after the other, and how many each cell has."""
    size = pc.binary_length(values).to_numpy(zero_copy_only=False)
    # What has no mark between two citations, and no blank at an end (such as a wide one) to be taken away.
    is_several = _flags(pc.match_substring_regex(values, r"^\p{Z}|;|http|\p{Z}$"))
    several = np.flatnonzero(is_several)
    record = Record("", 0, {}, [])
    found = []
    for record.cells[column] in _some(values, several):
        items = record.items(column)
        found.append(citations(items) if "http" in record.cells[column] else tuple(dict.fromkeys(items)))
    counts = (size > 0).astype(np.int64)
    counts[several] = list(map(len, found))
    index = np.repeat(np.arange(len(values)), counts)
    within = is_several[index]
    index[within] = len(values) + np.arange(within.sum())
    texts = pa.array([text for part in found for text in part], pa.string())
    return pa.concat_arrays([values, texts]).take(pa.array(index)), counts


def _with(text: str, position: int, old: int, texts: pa.Array, codes: Any) -> tuple[pa.Array, Any]:
    """The texts with one more at a position before `old`, where it stood so far (-1 for nowhere)."""
    codes = codes + (codes >= position)
    parts = [texts[:position], pa.array([text], pa.string()), texts[position:]]
    if old >= 0:
        codes = np.where(codes == old + 1, position, codes - (codes > old + 1))
        parts[2:] = [texts[position:old], texts[old + 1 :]]
    return pa.concat_arrays(parts), codes


def _unrepeated(bases: pa.Array) -> pa.Array:
    names = bases.to_pylist()
    if len(set(names)) == len(names):
        return bases
    ids: dict[str, None] = {}
    for base in names:
        source_id, number = base, 1
        while source_id in ids:
            number += 1
            source_id = f"{base}-{number}"
        ids[source_id] = None
    return pa.array(list(ids), pa.string())


def _titles_and_urls(texts: pa.Array) -> tuple[pa.Array, pa.Array]:
    linked = np.flatnonzero(_flags(pc.match_substring(texts, "http")))
    if not len(linked):
        return texts, pa.repeat("", len(texts))
    found = [title_and_url(text) for text in _some(texts, linked)]
    index, url_index = np.arange(len(texts)), np.zeros(len(texts), np.int64)
    index[linked] = len(texts) + np.arange(len(linked))
    url_index[linked] = 1 + np.arange(len(linked))
    titles = pa.concat_arrays([texts, pa.array([title for title, _ in found], pa.string())])
    return titles.take(pa.array(index)), pa.array(["", *(url for _, url in found)]).take(pa.array(url_index))


def _voices(titles: pa.Array, codes: Any, offsets: Any) -> tuple[pa.Array, Any]:
    """For each cell its titles, each once, as one text; and whether they are several."""
    counts = np.diff(offsets)
    index = np.full(len(counts), len(titles))
    index[counts > 0] = codes[offsets[:-1][counts > 0]]
    is_several = counts > 1
    cells = np.flatnonzero(is_several)
    words = iter(_some(titles, codes[np.repeat(is_several, counts)]))
    each = [dict.fromkeys(islice(words, count)) for count in counts[cells].tolist()]
    index[cells] = len(titles) + 1 + np.arange(len(cells))
    is_several[cells] = [len(own) > 1 for own in each]
    joined = ["", *map("; ".join, each)]
    return pa.concat_arrays([titles, pa.array(joined)]).take(pa.array(index)), is_several


def _firsts(codes: Any, count: int) -> Any:
    """Where each code is found first."""
    firsts = np.zeros(count, np.int64)
    firsts[codes[::-1]] = np.arange(len(codes))[::-1]
    return firsts


def _flags(found: pa.Array) -> Any:
    return found.to_numpy(zero_copy_only=False)


def _some(texts: pa.Array, index: Any) -> list[str]:
    found: list[str] = texts.take(pa.array(index)).to_pylist()
    return found


def _blank(field: pa.Field, count: int) -> pa.Array:
    return pa.repeat("", count) if field.type == pa.string() else pa.nulls(count, field.type)
