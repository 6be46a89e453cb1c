"""A year and a week in two columns, as one of days."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from geodata.importers.mapping.looks import look_at
from geodata.importers.mapping.names import folded, hits_of
from geodata.importers.tables.cells import Cells
from geodata.importers.tables.records import shown

_WEEKS = frozenset(
    (
        *("week", "week number", "week no", "week nr", "weeknum", "epi week", "epiweek", "iso week", "isoweek", "wk"),
        *("woche", "kalenderwoche", "kw", "semaine", "numero de semaine", "semana", "numero de semana"),
        *("semana epidemiologica", "settimana", "неделя", "номер недели", "тиждень", "апта", "اسبوع"),
    )
)
_WEEK, _YEAR = r"^(?:0?[1-9]|[1-4]\d|5[0-3])(?:\.0)?$", r"^(?:19|20)\d\d(?:\.0)?$"
_NEARLY_ALL = 0.95
_FINER = {"month", "day", "date_start"}


def with_weeks(cells: Cells, used: Collection[str]) -> tuple[Cells, tuple[str, ...]]:
    """The cells with a column of weeks such as 2020-W05 behind all others, and a sentence on it, where one column has
    years, one the numbers of weeks, and none says a day. Columns that are `used` for something stay as they are."""
    hits = {heading: hits_of(heading) for heading in cells.columns if heading not in used}
    weeks = [heading for heading in hits if folded(heading) in _WEEKS and _are(cells.columns[heading], _WEEK)]
    years = [heading for heading, its in hits.items() if "year" in its and _are(cells.columns[heading], _YEAR)]
    days = [h for h, its in hits.items() if _FINER & its.keys() and h not in (*weeks, *years) and _has_days(cells, h)]
    if len(weeks) != 1 or len(years) != 1 or days:
        return cells, ()
    year, week = (pc.replace_substring_regex(cells.columns[name], r"\.0$", "") for name in (years[0], weeks[0]))
    both = pc.binary_join_element_wise(year, pc.utf8_lpad(week, 2, "0"), "-W")
    has_week = pc.and_(pc.not_equal(week, ""), pc.not_equal(year, ""))
    name = f"date ({years[0]}, {weeks[0]})"
    columns = cells.columns | {name: pc.if_else(has_week, both, year)}
    told = f"{shown(years[0])} and {shown(weeks[0])} are read as weeks of a year, as ISO 8601 counts them."
    return replace(cells, names=(*cells.names, name), columns=columns), (told,)


def _are(column: pa.Array, pattern: str) -> bool:
    said = column.filter(pc.not_equal(column, ""))
    count = pc.sum(pc.match_substring_regex(said, pattern)).as_py() or 0
    return bool(count) and count >= _NEARLY_ALL * len(said)


def _has_days(cells: Cells, heading: str) -> bool:
    look = look_at(cells.columns[heading])
    return max(look.day, look.month, look.day_number) > 0
