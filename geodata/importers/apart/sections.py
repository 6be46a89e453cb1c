"""Rows that head those below them ("March 2021", "Northern Region"), and days that stand in the first row of a group
alone: what they say is written into each row that it is said of."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pyarrow as pa

from geodata.importers.apart.notes import without_notes
from geodata.importers.files.sheet import Sheet
from geodata.importers.mapping.looks import look_at
from geodata.importers.mapping.names import hits_of
from geodata.importers.tables.cells import Cells
from geodata.importers.tables.records import shown
from geodata.importers.values.countries import are_countries
from geodata.importers.values.days import read_days
from geodata.importers.values.years import with_year
from geodata.places.geocoder import MAX_QUERY, geocode

_FEWEST_COLUMNS, _FEWEST_HEADS, _LONGEST = 3, 2, 60
_MOSTLY, _NEARLY_ALL = 0.6, 0.95
# Of a column of days: as many in all, and blanks, and this share of the rows.
_FEWEST_DAYS, _FEWEST_BLANKS, _BLANK_SHARE = 3, 2, 0.15
_SURE = 0.9  # a heading is that of days
_MOST_REPAIRS = 10_000
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d", re.ASCII)
_HAS_YEAR = re.compile(r"\d{4}")
_DAY_NUMBER = re.compile(r"\d\d?\.?", re.ASCII)


def with_sections(sheet: Sheet) -> Sheet:
    """The sheet without the rows that only head others, with what they say in a column of each row; days filled down
    where they stand in the first row of each group; without rows that are none of an event."""
    cells = sheet.cells
    if len(cells.columns) < _FEWEST_COLUMNS or not len(cells):
        return sheet
    given = _given(cells)
    heads = _heads(cells, given)
    if heads is not None:
        sheet = _without_heads(sheet, *heads)
        given = _given(sheet.cells)
    return _with_days(without_notes(sheet, given))


def _given(cells: Cells) -> Any:
    """Which cells have something in them, (n, columns)."""
    return np.stack([cells.is_given(name) for name in cells.columns], axis=1)


def _heads(cells: Cells, given: Any) -> tuple[str, Any] | None:
    """The column and the rows (n,) of the cells that stand alone in their rows and head others; None for none."""
    is_lone = given.sum(axis=1) == 1
    rows = np.flatnonzero(is_lone)
    # A head is above other rows, and the first row is below one.
    if len(rows) < _FEWEST_HEADS or rows[0] or rows[-1] == len(cells) - 1 or (np.diff(rows) == 1).any():
        return None
    columns = given[rows].argmax(axis=1)
    if len(set(columns.tolist())) > 1:
        return None
    name = list(cells.columns)[columns[0]]
    texts = cells.columns[name].take(pa.array(rows)).to_pylist()
    is_wordy = any(len(text) > _LONGEST for text in texts)
    return None if is_wordy or len(set(texts)) < _FEWEST_HEADS else (name, rows)


def _without_heads(sheet: Sheet, name: str, rows: Any) -> Sheet:
    cells = sheet.cells
    texts = cells.columns[name].take(pa.array(rows)).to_pylist()
    of_row = np.searchsorted(rows, np.arange(len(cells)), "right") - 1
    is_head = np.isin(np.arange(len(cells)), rows)
    above = pa.array(texts, pa.string()).take(pa.array(of_row)).filter(pa.array(~is_head))
    left = cells.without(is_head)
    words = f"{len(rows):,} rows that have {shown(texts[0])} and the like alone head those below them"
    if not left.is_given(name).any():
        told = f"{words}: they are written into {shown(name)} of each."
        columns = left.columns | {name: above}
        return _changed(sheet, replace(left, columns=columns), told)
    others = [text for text in texts if not _YEAR.fullmatch(text)]
    if others and look_at(pa.array(others)).day < _MOSTLY:
        heading = _heading(texts, left)
        columns = left.columns | {heading: above}
        told = f"{words}: they are read as {shown(heading)} of each."
        return _changed(sheet, replace(left, names=(*left.names, heading), columns=columns), told)
    return _with_days_of_heads(sheet, left, above, words)


def _with_days_of_heads(sheet: Sheet, left: Cells, above: pa.Array, words: str) -> Sheet:
    """The rows with the days of their heads: put behind days that need them, in a column where there are none."""
    day = _column_of_days(left)
    if not day:
        columns = left.columns | {"date": above}
        told = f"{words}: they are the days of each."
        return _changed(sheet, replace(left, names=("date", *left.names), columns={"date": above} | columns), told)
    its = left.columns[day].to_pylist()
    pairs = list(zip(its, above.to_pylist(), strict=True))
    found = [_with_head(text, head) for text, head in pairs]
    is_new = [new != text for (text, _), new in zip(pairs, found, strict=True)]
    if not any(is_new):
        return _changed(sheet, left, f"{words}, whose days say the same: they are left out.")
    repairs = [
        (int(line), day, f"{shown(text)} is read as {shown(new)}: {shown(head)} stands above it.")
        for line, (text, head), new in zip(left.lines, pairs, found, strict=True)
        if new != text
    ]
    columns = left.columns | {day: pa.array(found, pa.string())}
    told = f"{words}, and say the year or the month of the days in {shown(day)}."
    return _changed(sheet, replace(left, columns=columns), told, repairs)


def _with_head(text: str, head: str) -> str:
    if not text:
        return head
    if _HAS_YEAR.search(text):
        return text
    if _YEAR.fullmatch(head):
        return with_year(text, head)
    return f"{text.rstrip('.')} {head}" if _DAY_NUMBER.fullmatch(text) else text


def _changed(sheet: Sheet, cells: Cells, told: str, repairs: list[tuple[int, str, str]] | None = None) -> Sheet:
    return replace(
        sheet, cells=cells, told=(*sheet.told, told), repairs=(*sheet.repairs, *(repairs or [])[:_MOST_REPAIRS])
    )


def _heading(texts: list[str], cells: Cells) -> str:
    """What the words above groups of rows are, as a heading that no column has."""
    kinds = {"country": are_countries(texts), "region": [_is_region(text) for text in texts]}
    taken = {meaning for heading in cells.columns for meaning in hits_of(heading)}
    for heading, meaning in (("country", "country"), ("region", "admin1")):
        if sum(kinds[heading]) >= _MOSTLY * len(texts) and meaning not in taken and heading not in cells.columns:
            return heading
    heading = "section"
    while heading in cells.columns:
        heading += "_"
    return heading


def _is_region(text: str) -> bool:
    if not text.strip() or len(text) > MAX_QUERY:
        return False
    return any(candidate.feature in ("region", "area") for candidate in geocode(text).candidates[:3])


def _column_of_days(cells: Cells) -> str:
    """The first column that is called after days and has some, be they without a year; "" for none."""
    for heading, column in cells.columns.items():
        if not {"date_start", "day"} & hits_of(heading).keys():
            continue
        look = look_at(column)
        texts = [text for text in look.texts if text]
        short = sum(bool(_DAY_NUMBER.fullmatch(text)) for text in texts)
        if texts and (look.day >= _MOSTLY or short >= _MOSTLY * len(texts) or _are_days(texts)):
            return heading
    return ""


def _are_days(texts: list[str]) -> bool:
    """Whether most texts are days, of which the year may be asked."""
    answers = read_days(texts)
    return bool(answers.question) or sum(map(bool, answers.found)) >= _MOSTLY * len(texts)


def _with_days(sheet: Sheet) -> Sheet:
    """The sheet with the days filled down that stand in the first row of each group alone: where no day stands twice
    and each is after the one above, or each before it."""
    cells = sheet.cells
    for heading, column in cells.columns.items():
        is_given = cells.is_given(heading)
        blanks = int((~is_given).sum())
        if not len(cells) or not is_given[0] or blanks < max(_FEWEST_BLANKS, _BLANK_SHARE * len(cells)):
            continue
        hit = hits_of(heading).get("date_start")  # no last day, which only some events have
        if not hit or hit.strength < _SURE:
            continue
        rows = np.flatnonzero(is_given)
        texts = column.take(pa.array(rows)).to_pylist()
        if not _are_first_of_groups(texts):
            continue
        at = np.searchsorted(rows, np.arange(len(cells)), "right") - 1
        found = pa.array(texts, pa.string()).take(pa.array(at))
        empty = np.flatnonzero(~is_given)
        repairs = [
            (int(cells.lines[row]), heading, f"the cell is empty: {shown(texts[at[row]])} above it is meant.")
            for row in empty[:_MOST_REPAIRS].tolist()
        ]
        told = f"{shown(heading)} stands in the first row of each group: {blanks:,} cells below have the same day."
        sheet = _changed(sheet, replace(cells, columns=cells.columns | {heading: found}), told, repairs)
        cells = sheet.cells
    return sheet


def _are_first_of_groups(texts: list[str]) -> bool:
    if len(texts) < _FEWEST_DAYS or len(set(texts)) < len(texts):
        return False
    answers = read_days(texts)
    if answers.question:
        return True  # each once, whichever of day and month comes first
    days = [span.first.toordinal() for span in answers.found if span]
    if len(days) < _NEARLY_ALL * len(texts):
        return False
    steps = np.diff(days)
    return bool(len(steps)) and max((steps > 0).mean(), (steps < 0).mean()) >= _NEARLY_ALL
