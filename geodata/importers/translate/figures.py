"""Figures of one measure: low, best and high as whole numbers, and the word that they were said with."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.importers.apart.tolls import tolls_in
from geodata.importers.tables.cells import Cells
from geodata.importers.tables.records import shown
from geodata.importers.translate.columns import joined
from geodata.importers.translate.meaning import Meaning
from geodata.importers.translate.report import Report
from geodata.importers.values.figures import Figure, read_figures
from geodata.record.model import MEASURES

# GTD divides a toll among the incidents that share it.
_OF_GTD = ("nkill", "nkillus", "nkillter", "nwound", "nwoundus", "nwoundte")
# A figure of a place, and of no row, is the same in groups of as many rows: as many groups, and this share of all rows.
# What became of people of whom no measure of ours counts any.
_ELSE = re.compile(
    r"(\d+) (?:(?:people|persons|civilians) )?(kidnapped|abducted|hostages?|taken hostage|missing|captured|displaced|"
    r"evacuated|homeless|rescued|freed|unharmed)",
    re.IGNORECASE,
)
_MANY_ROWS, _FEWEST_GROUPS, _MOSTLY = 3, 3, 0.8


def translated(cells: Cells, meaning: Meaning, measure: str, report: Report) -> dict[str, pa.Array]:
    """The columns of a measure. A cell such as 6-8 fills low and high, one such as 12+ its low and its qualifier,
    and 19.8, a share of the toll of several incidents of GTD, the whole numbers around it."""
    columns: dict[str, pa.Array] = {}
    for own in (f"{measure}_qualifier", f"{measure}_population"):
        if parts := meaning.columns.get(own):
            columns[own] = joined(cells, parts)
    for column in (measure, f"{measure}_low", f"{measure}_high"):
        parts = meaning.columns.get(column)
        if not parts:
            continue
        texts = pc.dictionary_encode(joined(cells, parts))
        words = texts.dictionary.to_pylist()
        has_shares = parts.headings[0].casefold() in _OF_GTD
        said = {at: found for at, word in enumerate(words) if (found := _own(word, measure)) is not None}
        texts_of_own = [said.get(at, word) for at, word in enumerate(words)]
        answers = read_figures(texts_of_own, thousands=meaning.answers.get("thousands", ""), has_shares=has_shares)
        codes = texts.indices.to_numpy().astype(np.int64)
        report.hear(parts.headings[0], codes, words, answers)
        for position, found in said.items():
            read = f"as {found}, its number of {measure}" if found else f"as no figure of {measure}"
            message = f"{shown(words[position])} is read {read}."
            report.repair(np.flatnonzero(codes == position), parts.headings[0], message, words[position])
        index = texts.indices

        def each(value: Any, index: Any = index, found: Any = answers.found) -> pa.Array:
            return pa.array(["" if figure is None else value(figure) for figure in found], pa.string()).take(index)

        if column != measure:
            is_high = column.endswith("_high")
            own_end = each(lambda figure, is_high=is_high: _text(_end(figure, is_high=is_high)))
            columns[column] = _or_else(own_end, columns.get(column))
            continue
        is_alone = [figure is None or (figure.low == figure.best == figure.high) for figure in answers.found]
        columns[measure] = each(lambda figure: _text(figure.best))
        if not all(is_alone):
            columns[f"{measure}_low"] = each(lambda f: "" if f.low == f.best == f.high else _text(f.low))
            columns[f"{measure}_high"] = each(lambda f: "" if f.low == f.best == f.high else _text(f.high))
        if any(figure is not None and figure.qualifier for figure in answers.found):
            qualifier = each(lambda figure: figure.qualifier)
            given = columns.get(f"{measure}_qualifier", qualifier)
            columns[f"{measure}_qualifier"] = pc.if_else(pc.equal(given, ""), qualifier, given)
    if meaning.as_published:
        _put_in_order(columns, measure, meaning.heading_of(measure), report)
    return columns


def _own(text: str, measure: str) -> str | None:
    """What a cell says of a measure, where its words are of another one or of several ("33 arrested" or "2 dead, 5
    hurt" under "Injured"), "" where they are of none of its figures; None where they leave no doubt."""
    if text.isdigit() or not any(map(str.isalpha, text)):
        return None
    if _ELSE.fullmatch(text.strip()):
        return ""
    said = tolls_in(text)
    return said.get(measure, "") if said and {*said} != {measure} else None


def _end(figure: Figure, *, is_high: bool) -> int | None:
    """What a cell in a column of lowest or highest figures says."""
    said = (figure.best, figure.high, figure.low) if is_high else (figure.best, figure.low)
    return next((number for number in said if number is not None), None)


def _or_else(texts: pa.Array, other: pa.Array | None) -> pa.Array:
    """The texts; for an empty one the other, where there is one."""
    return texts if other is None else pc.if_else(pc.equal(texts, ""), other, texts)


def _put_in_order(columns: dict[str, pa.Array], measure: str, heading: str, report: Report) -> None:
    """Make low the least and high the most of what is published, where they are out of order."""
    names = (f"{measure}_low", measure, f"{measure}_high")
    given = [columns[name] for name in names if name in columns]
    if len(given) < len(names):
        return
    low, best, high = (
        pc.cast(pc.if_else(pc.equal(texts, ""), None, texts), pa.float64()).to_numpy(zero_copy_only=False)
        for texts in given
    )
    rows = np.flatnonzero((low > best) | (best > high) | (low > high))
    if not len(rows):
        return
    words = "low, best and high are out of order as published: the least of them stands as low, the most as high."
    report.repair(rows, heading, words)
    every = np.stack([low, best, high])[:, rows]
    for name, values, ends in ((names[0], low, np.fmin), (names[2], high, np.fmax)):
        pairs = zip(values[rows], ends.reduce(every), strict=True)
        found = pa.array(["" if np.isnan(old) else str(int(new)) for old, new in pairs], pa.string())
        columns[name] = pc.replace_with_mask(columns[name], pa.array(np.isin(np.arange(len(values)), rows)), found)


def without_totals(columns: dict[str, pa.Array], meaning: Meaning, report: Report) -> dict[str, pa.Array]:
    """The columns without the measures that say the same in all rows of a place: a list of the killed may say
    in each row how many were killed there, and the sum of its rows would be many times as many."""
    where = [columns[name] for name in ("place", "lon", "lat") if name in columns]
    is_known = "claimant" in meaning.constants  # the table of a data set, whose rows are events
    if is_known or not where:
        return columns
    groups = pc.dictionary_encode(pc.binary_join_element_wise(*where, "|")).indices.to_numpy()
    sizes = np.bincount(groups)
    in_many = sizes[groups] >= _MANY_ROWS
    if in_many.sum() < _MOSTLY * len(groups) or len(np.unique(groups[in_many])) < _FEWEST_GROUPS:
        return columns
    for measure in MEASURES:
        its = columns.get(measure)
        if its is None:
            continue
        values = pc.fill_null(pc.cast(pc.if_else(pc.equal(its, ""), "0", its), pa.float64()), 0).to_numpy()
        least, most = np.full(len(sizes), np.inf), np.zeros(len(sizes))
        np.minimum.at(least, groups, values)
        np.maximum.at(most, groups, values)
        if np.mean((least == most)[groups[in_many]] & (most > 1)[groups[in_many]]) >= _MOSTLY:
            words = "is the same in all rows of a place: it counts the place and not the row, and is not read."
            report.told.append(f"{shown(meaning.heading_of(measure))} {words}")
            columns = {name: column for name, column in columns.items() if name.partition("_")[0] != measure}
    return columns


def _text(number: int | None) -> str:
    return "" if number is None else str(number)
