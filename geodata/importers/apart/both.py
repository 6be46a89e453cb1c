"""A day and a place in one cell, "02/01 Temuco" under "Fecha y lugar", as two columns."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

import pyarrow as pa

from geodata.importers.mapping.looks import look_at
from geodata.importers.mapping.names import hits_of
from geodata.importers.tables.cells import Cells

DAY, PLACE = "date", "place"
_PLACES = {"site", "city", "venue"}
# A day in figures or with the name of a month, and what stands behind it.
_BOTH = re.compile(
    r"(\d{4}-\d\d?-\d\d?|\d\d?[./-]\d\d?(?:[./-](?:\d{4}|\d\d))?\.?|"
    r"\d\d?\.? (?:de )?[^\W\d_]{3,12}\.?(?: (?:de )?\d{4}))"
    r"[\s,;:–-]+([^\W\d_].*)",
    re.DOTALL,
)
_MOST = 0.6


def days_apart(cells: Cells, used: Collection[str]) -> tuple[Cells, tuple[str, ...]]:
    """The cells with such a column as two, a cell without a day as a place alone; and a sentence on it. A column that
    is `used` for something stays as it is, and so does a table that has a column of either name."""
    for heading in cells.columns:
        hits = hits_of(heading)
        if "date_start" not in hits or _PLACES.isdisjoint(hits) or heading in used or {DAY, PLACE} & {*cells.columns}:
            continue
        texts = look_at(cells.columns[heading]).texts
        if not texts or sum(bool(_BOTH.fullmatch(text)) for text in texts) < _MOST * len(texts):
            continue
        apart = [
            match.groups() if (match := _BOTH.fullmatch(text.strip())) else ("", text)
            for text in cells.columns[heading].to_pylist()
        ]
        day, place = (pa.array([each[at] for each in apart], pa.string()) for at in (0, 1))
        columns: dict[str, pa.Array] = {}
        for name, column in cells.columns.items():
            columns |= {DAY: day, PLACE: place} if name == heading else {name: column}
        told = f'column "{heading}" has a day and a place in its cells: they are read as "{DAY}" and "{PLACE}".'
        return replace(cells, names=tuple(columns), columns=columns), (told,)
    return cells, ()
