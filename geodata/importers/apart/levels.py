"""How precise the points of ICEWS' table are, by the names that a row has: a column that it lacks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import reduce

import pyarrow as pa
import pyarrow.compute as pc

from geodata.importers.mapping.names import folded
from geodata.importers.tables.cells import Cells

LEVELS = "precision of the point"
_OF = {"city": "settlement", "district": "district", "province": "region", "country": "country"}
_ITS = {"event text", "cameo code", "city", "province", "country"}


def levels_apart(cells: Cells, used: Collection[str]) -> tuple[Cells, tuple[str, ...]]:
    """The cells with a column of precisions behind all others, and a sentence on it: the point of a row that names no
    city is that of its province or country. A table of which columns are `used` for something stays as it is."""
    headings = {folded(heading): heading for heading in cells.columns}
    if used or not headings.keys() >= _ITS:
        return cells, ()
    levels = [
        pc.if_else(pc.equal(pc.utf8_trim_whitespace(cells.columns[headings[name]]), ""), "", level)
        for name, level in _OF.items()
        if name in headings
    ]
    found: pa.Array = reduce(lambda one, other: pc.if_else(pc.equal(one, ""), other, one), levels)
    told = "Where no city is named, the point is that of the district, province or country."
    return replace(cells, names=(*cells.names, LEVELS), columns=cells.columns | {LEVELS: found}), (told,)
