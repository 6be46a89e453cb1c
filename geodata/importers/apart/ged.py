"""The codes of UCDP's GED in words, in tables made of it whose headings are no longer its own."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from geodata.importers.layouts.ged import LAYOUT
from geodata.importers.mapping.names import folded, hits_of
from geodata.importers.tables.cells import Cells
from geodata.importers.tables.records import shown
from geodata.importers.translate.columns import code_in

# Headings that few other tables have, and as many of them as make a table one of GED's.
_ITS = frozenset(
    (
        *("side_a", "side_b", "dyad_name", "conflict_name", "date_prec", "where_prec", "where_coordinates"),
        *("priogrid_gid", "geom_wkt", "event_clarity", "code_status", "deaths_a", "deaths_b", "deaths_civilians"),
        *("deaths_unknown", "number_of_sources", "source_article", "best", "low", "high", "gwnoa", "gwnob"),
    )
)
_FEWEST, _SURE = 6, 0.7
_PLACES, _KINDS = "geo_precision", "event_type"
_NAMES = {_KINDS: "type of violence", "time_precision": "date precision", _PLACES: "geo precision"}


def codes_apart(cells: Cells, used: Collection[str]) -> tuple[Cells, tuple[str, ...]]:
    """The cells with a column of words for each of GED's codes behind all others, and a sentence on it: of a table that
    has its kinds of violence and many of its headings, and is not read as its layout. One of which columns are `used`
    for something stays as it is, unless these are among them."""
    its = {heading.strip().casefold() for heading in cells.columns} & _ITS
    if len(its) < _FEWEST or LAYOUT.suits(cells.columns):
        return cells, ()
    found = {meaning: heading for meaning in _NAMES if (heading := _heading_of(cells, meaning))}
    made = {f"{_NAMES[meaning]} ({heading})": meaning for meaning, heading in found.items()}
    if _KINDS not in found or (used and not made.keys() & set(used)):
        return cells, ()
    columns = dict(cells.columns)
    for name, meaning in made.items():
        encoded = pc.dictionary_encode(cells.columns[found[meaning]])
        codes = LAYOUT.meaning.codes[meaning]
        words = [codes.get(code_in(text), "") for text in encoded.dictionary.to_pylist()]
        columns[name] = pa.array(words, pa.string()).take(encoded.indices)
    headings = ", ".join(shown(heading) for heading in found.values())
    told = f"The table is made of UCDP's GED, by its headings: {headings} are read by its codes."
    return replace(cells, names=(*cells.names, *made), columns=columns), (told,)


def _heading_of(cells: Cells, meaning: str) -> str:
    """The heading of a meaning all of whose cells are GED's codes of it; "" for none."""
    codes = LAYOUT.meaning.codes[meaning]
    for heading in cells.columns:
        hits = hits_of(heading)
        is_of_places = meaning == _PLACES and "prec" in folded(heading) and "time_precision" not in hits
        if is_of_places or (meaning in hits and hits[meaning].strength >= _SURE):
            texts = [text for text in cells.values(heading)[1].to_pylist() if text.strip()]
            if texts and all(code_in(text) in codes for text in texts):
                return heading
    return ""
