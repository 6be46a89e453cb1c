"""The days of events: first and last possible day, as ISO texts, and how precisely they are known."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.importers.tables.cells import Cells
from geodata.importers.tables.records import shown
from geodata.importers.translate.columns import dates_of, is_nothing, joined, known
from geodata.importers.translate.meaning import Meaning
from geodata.importers.translate.report import Report
from geodata.importers.values.answer import Answers
from geodata.importers.values.days import Span, read_days
from geodata.importers.values.stamps import without_notes
from geodata.importers.values.years import YEAR

_EPOCH = 719_163  # the ordinal of 1970-01-01
_DAY_0 = date(1899, 12, 30).toordinal()  # of Excel
_COUNTED = re.compile(r"[2-5]\d{4}(?:\.\d+)?")
_MONTHS = 12
_OWN = "date_start"  # in our own tables an event without a day is a mistake
_WEEK = 3  # days on each side
_DAYS_OF_A_WEEK = 6  # from its first to its last
_COLUMNS = (
    *(("start", "date_start"), ("start", "date_parts")),
    *(("end", "date_end"), ("end", "date_end_parts"), ("said", "said_on")),
)  # the first of each that is there
# Of days that are all the first of a month or year: as many different ones, and in as many rows, at the least.
_FEWEST_STARTS, _FEWEST_ROWS, _MOST_STARTS = 3, 12, 3_000
_OWN_CODES = {"1": "1", "2": "2", "3": "3"}


def translated(cells: Cells, meaning: Meaning, report: Report) -> dict[str, pa.Array]:
    """The columns of days. A day that is coded as of a week or a month is widened to it."""
    read = _read(cells, meaning, report)
    if "start" not in read:
        return {}
    first, last = read["start"]
    width = last - first
    has_end = np.zeros(len(cells), bool)
    if "end" in read:
        end = read["end"][1]
        width = np.maximum(width, end - read["end"][0])
        is_before = (end > 0) & (first > 0) & (end < first)
        for row in np.flatnonzero(is_before).tolist():
            words = f"{_iso(end[row])} lies before the first day, {_iso(first[row])} (expected the last possible day)."
            ends = "date_end" if "date_end" in meaning.columns else "date_end_parts"
            report.refuse(np.array([row]), meaning.heading_of(ends), "date-end", words)
        has_end = (end > 0) & ~is_before
        last = np.where(has_end, end, last)
    columns = {}
    coded = meaning.columns.get("time_precision")
    if coded:
        precision = known(cells, coded, {**_OWN_CODES, **meaning.codes.get("time_precision", {})})
        first, last = _widened(first, last, has_end, precision, coded.headings[0], report)
        columns["time_precision"] = pc.if_else(pc.equal(precision, "year"), "3", precision)
        lost = ~is_nothing(joined(cells, coded)) & pc.equal(precision, "").to_numpy(zero_copy_only=False)
        report.repair(np.flatnonzero(lost), coded.headings[0], "no code of the precision of days: read as not known.")
    # A cell that says several days is less precise than a first and a last day that are each one.
    if not coded:
        whole = _without_false_days(first, last, meaning, report)
        width, last = np.where(whole > last, whole - first, width), whole
    own = pa.array(np.where(width > _DAYS_OF_A_WEEK, "3", np.where(width > 0, "2", "")), pa.string())
    given = columns.get("time_precision", own)
    columns["time_precision"] = pc.if_else(pc.equal(given, ""), own, given)
    columns |= {"date_start": _texts(first), "date_end": _texts(np.where(last != first, last, 0))}
    if "said" in read:
        said_first, said_last = read["said"]
        months = pc.utf8_slice_codeunits(_texts(said_first), 0, 7)
        columns["said_on"] = pc.if_else(pa.array(said_first == said_last), _texts(said_first), months)
    return columns


def _read(cells: Cells, meaning: Meaning, report: Report) -> dict[str, tuple[Any, Any]]:
    """First and last days (n,) as ordinals, 0 for none, of the columns for days: read together, as their writer has
    one order of day and month."""
    texts: dict[str, tuple[str, pa.Array]] = {}
    for name, column in _COLUMNS:
        parts = meaning.columns.get(column)
        if parts and name not in texts:
            found = dates_of(cells, parts) if column.endswith("_parts") else joined(cells, parts)
            texts[name] = (parts.headings[0], found)
    if not texts or not len(cells):
        return {name: (np.zeros(0, np.int64),) * 2 for name in texts}
    encoded = pc.dictionary_encode(pa.concat_arrays([found for _, found in texts.values()]))
    words = encoded.dictionary.to_pylist()
    codes = np.split(encoded.indices.to_numpy().astype(np.int64), len(texts))
    for (heading, _), own in zip(texts.values(), codes, strict=True):
        words = _with_counted_days(words, own, heading, cells, report)
    answers = _answers(words, cells, meaning)
    result: dict[str, tuple[Any, Any]] = {}
    for (name, (heading, _)), own in zip(texts.items(), codes, strict=True):
        # What was decided for all is told once, of the first of them.
        report.hear(heading, own, words, answers if not result else replace(answers, told=(), question=None))
        result[name] = _days(answers, own)
        if name == "start":
            # A day that waits for an answer is none of these.
            silent = [
                at for at, found in enumerate(answers.found) if not found and (at in answers.repairs or not words[at])
            ]
            is_silent = np.isin(own, silent)
            if {"date_start", "date_parts"} <= meaning.columns.keys():
                result[name], is_silent = _filled(result[name], is_silent, cells, meaning, report)
            if "said" in texts and heading != _OWN:
                said = _days(answers, codes[list(texts).index("said")])
                result[name], is_silent = _by_said(result[name], is_silent, said, (heading, texts["said"][0]), report)
            for position in np.unique(own[is_silent]).tolist():
                why = answers.repairs.get(position, "the cell is empty (expected a day).")
                report.refuse(np.flatnonzero(is_silent & (own == position)), heading, "date", why, words[position])
    return result


def _with_counted_days(texts: list[str], codes: Any, heading: str, cells: Cells, report: Report) -> list[str]:
    """The texts of a column, `codes` (n,) which of them a row has, with the days of those that a spreadsheet left as
    its numbers beside others: where a column of years bears out each of them. In a year whose other days are all past
    the twelfth and whose numbers never are, it may have taken the day for the month: these stay as they are."""
    its = np.unique(codes)
    numbers = {at: _DAY_0 + int(float(texts[at])) for at in its.tolist() if _COUNTED.fullmatch(texts[at])}
    if not numbers or len(numbers) == len(its):
        return texts
    years = {at: date.fromordinal(day).year for at, day in numbers.items()}
    rows = np.flatnonzero(np.isin(codes, list(numbers)))
    wanted = [str(years[at]) for at in codes[rows].tolist()]
    taken = pa.array(rows)
    beside = next((name for name, column in cells.columns.items() if column.take(taken).to_pylist() == wanted), "")
    if not beside:
        return texts
    past = {year for at, year in years.items() if date.fromordinal(numbers[at]).day > _MONTHS}
    others = " ".join(texts[at] for at in its.tolist() if at not in numbers)
    sure = {at: day for at, day in numbers.items() if years[at] in past or str(years[at]) not in others}
    if sure:
        at = min(sure)
        said = f"{shown(texts[at])} is {_iso(sure[at])}"
        words = f'Bare numbers are days as Excel counts them, as "{beside}" bears out: {said}.'
        report.told.append(f'column "{heading}": {words}')
    return [_iso(sure[at]) if at in sure else text for at, text in enumerate(texts)]


def _filled(
    days: tuple[Any, Any], is_silent: Any, cells: Cells, meaning: Meaning, report: Report
) -> tuple[tuple[Any, Any], Any]:
    """The days, and which rows still have none, where the parts say them in rows whose cell of a day names none."""
    parts = meaning.columns["date_parts"]
    encoded = pc.dictionary_encode(pc.if_else(pa.array(is_silent), dates_of(cells, parts), ""))
    words, own = encoded.dictionary.to_pylist(), encoded.indices.to_numpy()
    answers = _answers(words, cells, meaning)
    report.hear(parts.headings[0], own, words, answers)
    filled = _days(answers, own)
    is_filled = filled[0] > 0
    if count := int(is_filled.sum()):
        rows = "1 row names no day: its days are" if count == 1 else f"{count:,} rows name no day: their days are"
        *most, last = (f'"{heading}"' for heading in parts.headings)
        headings = f"{', '.join(most)} and {last} say" if most else f"{last} says"
        report.told.append(f'column "{meaning.heading_of("date_start")}": {rows} what {headings}.')
    is_silent &= ~is_filled & ~np.isin(own, list(answers.refusals))
    return (np.where(is_filled, filled[0], days[0]), np.where(is_filled, filled[1], days[1])), is_silent


def _by_said(
    days: tuple[Any, Any], is_silent: Any, said: tuple[Any, Any], headings: tuple[str, str], report: Report
) -> tuple[tuple[Any, Any], Any]:
    """The days, and which rows still have none, where an event without a day is of the day on which it was said."""
    is_filled = is_silent & (said[0] > 0)
    if is_filled.any():
        words = f'no day is named: that of "{headings[1]}" stands for it, and it was then at the latest.'
        report.repair(np.flatnonzero(is_filled), headings[0], words)
    first, last = (np.where(is_filled, its, own) for own, its in zip(days, said, strict=True))
    return (first, last), is_silent & ~is_filled


def _answers(words: Sequence[str], cells: Cells, meaning: Meaning) -> Answers[Span]:
    said = meaning.answers
    bare = without_notes(words)
    answers = read_days(
        bare,
        order=said.get("dates", ""),
        century=said.get("century", ""),
        calendar=said.get("calendar", ""),
        year=said.get("year", ""),
        years=[int(year) for year in YEAR.findall(cells.file)],
    )
    repairs = dict(answers.repairs)
    for at, text in enumerate(words):
        if text != bare[at] and answers.found[at]:
            note = f"{shown(text)} is read as {shown(bare[at])}, without its footnote."
            repairs[at] = f"{note} {repairs[at]}" if at in repairs else note
    return replace(answers, repairs=repairs)


def _days(answers: Answers[Span], own: Any) -> tuple[Any, Any]:
    """First and last days (n,) as ordinals, 0 for none, of rows with the texts `own` (n,)."""
    first, last = (np.array([_ordinal(span, end) for span in answers.found], np.int64) for end in ("first", "last"))
    return first[own], last[own]


def _ordinal(span: Span | None, end: str) -> int:
    return 0 if span is None else int(getattr(span, end).toordinal())


def _widened(first: Any, last: Any, has_end: Any, precision: pa.Array, heading: str, report: Report) -> tuple[Any, Any]:
    """A single day of which only the week or the month is known, as the week around it or the month."""
    is_single = (first == last) & (first > 0) & ~has_end
    of_week = is_single & pc.equal(precision, "2").to_numpy(zero_copy_only=False)
    of_month = is_single & pc.equal(precision, "3").to_numpy(zero_copy_only=False)
    of_year = is_single & pc.equal(precision, "year").to_numpy(zero_copy_only=False)
    if of_week.any():
        words = "only the week is known: the three days before and after are possible too."
        report.repair(np.flatnonzero(of_week), heading, words)
    if of_month.any():
        report.repair(np.flatnonzero(of_month), heading, "only the month is known: every day of it is possible.")
    if of_year.any():
        report.repair(np.flatnonzero(of_year), heading, "only the year is known: every day of it is possible.")
    months = {day: _month(day) for day in np.unique(first[of_month]).tolist()}
    first, last = np.where(of_week, first - _WEEK, first), np.where(of_week, last + _WEEK, last)
    for day, (begin, end) in months.items():
        its = of_month & (first == day)
        first, last = np.where(its, begin, first), np.where(its, end, last)
    for day in np.unique(first[of_year]).tolist():
        year, its = date.fromordinal(day).year, of_year & (first == day)
        first = np.where(its, date(year, 1, 1).toordinal(), first)
        last = np.where(its, date(year, 12, 31).toordinal(), last)
    return first, last


def _without_false_days(first: Any, last: Any, meaning: Meaning, report: Report) -> Any:
    """The last days; those of the years or months where all days of a column are the first of one, as programs write
    them: an event may be on any day of it."""
    days = np.unique(first[first > 0])
    starts = [date.fromordinal(day) for day in days.tolist()] if len(days) <= _MOST_STARTS else []
    is_known = (first > 0) & (first == last)
    if len(starts) < _FEWEST_STARTS or is_known.sum() < _FEWEST_ROWS or any(day.day > 1 for day in starts):
        return last
    is_year = all(day.month == 1 for day in starts)
    what, whole = ("1 January", "year") if is_year else ("the first of a month", "month")
    report.told.append(
        f'column "{meaning.heading_of("date_start")}": All days are {what}: of each only the {whole} is known.'
    )
    ends = [date(day.year, 12, 31).toordinal() if is_year else _month(day.toordinal())[1] for day in starts]
    return np.where(is_known, np.array(ends)[np.searchsorted(days, first).clip(max=len(ends) - 1)], last)


def _month(ordinal: int) -> tuple[int, int]:
    day = date.fromordinal(ordinal)
    begin = day.replace(day=1)
    length = calendar.monthrange(day.year, day.month)[1]
    return begin.toordinal(), (begin + timedelta(days=length - 1)).toordinal()


def _iso(ordinal: int) -> str:
    return date.fromordinal(int(ordinal)).isoformat()


def _texts(ordinals: Any) -> pa.Array:
    """ISO texts of days, "" for 0."""
    encoded = pc.dictionary_encode(pa.array(ordinals))
    texts = [_iso(value) if value > 0 else "" for value in encoded.dictionary.to_pylist()]
    return pa.array(texts, pa.string()).take(encoded.indices)
