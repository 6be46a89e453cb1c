"""A flat table in columns: each rule is asked once for each value, and rows that break one are read by `rows.flat`.

So the rules and what they say stand in one place; here they are only applied to many rows at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial, reduce
from itertools import chain, pairwise
from operator import or_
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.dates import PartialDay
from geodata.errors import Problem
from geodata.importers.checks.names import slug
from geodata.importers.checks.places import Places
from geodata.importers.columns.ids import first_rows, wrong_ids
from geodata.importers.columns.sources import Cited, cited
from geodata.importers.columns.where import Sites, Whereabouts
from geodata.importers.progress import Progress
from geodata.importers.rows.flat import (
    NOTES,
    OPEN_TOPS,
    THE_TABLE,
    RowReader,
    category_of,
    event_id_of,
    parse_flat_day,
    refuse_again,
    tell_unsettled,
    time_precision_of,
    word_of,
)
from geodata.importers.tables.cells import Cells, Distinct
from geodata.importers.tables.records import Record
from geodata.record.columns import SCHEMAS, Columns, empty_table
from geodata.record.model import MEASURES, QUALIFIERS, Unsettled

_EPOCH = 719_163  # the ordinal of 1970-01-01, from which Arrow counts days


def read(
    name: str, cells: Cells, settled: Mapping[str, str], progress: Progress, within: str = ""
) -> tuple[Columns, Any, list[list[Problem]]]:
    """The record of a flat table called `name`, without the rows that break a rule: their numbers, with the problems
    of each. `settled` are ids of places, or "lon, lat", by names; `within` is the id of the city that all is in. Raises
    ChoiceError for an unknown id."""
    left, refused = np.arange(len(cells)), [np.zeros(0, np.int64)]
    problems: list[list[Problem]] = []
    while True:
        table = _Table(name, cells, Places(settled=settled, within=within), progress)
        rows, found = table.refused()
        if not len(rows):
            return table.columns(), np.concatenate(refused), problems
        # A row that goes takes with it what others were understood by: the countries that the table is about.
        refused.append(left[rows])
        problems += found
        left, cells = left[~table.is_wrong], cells.without(table.is_wrong)


class _Table:
    """The cells of a flat table and what they mean, (n,) arrays for its n rows; `is_wrong` are rows to be refused."""

    def __init__(self, name: str, cells: Cells, places: Places, progress: Progress) -> None:
        self.name, self.cells, self.stem = name, cells, slug(name)
        self.reader = RowReader(cells.file, places)
        self.progress = progress
        self.is_wrong = np.zeros(len(cells), bool)
        with ThreadPoolExecutor(1) as other:  # asks the rest for nothing, and takes as long
            sources = other.submit(cited, cells, "source", self._has_claim(), THE_TABLE)
            self.ids, self.first_with_id = self._ids()
            self._days()
            self.category = self._rule("category", category_of)
            self.time_precision = self._rule("time_precision", time_precision_of)
            self._rule("qualifier", partial(word_of, column="qualifier", choices=QUALIFIERS))  # also beside no figure
            self.qualifiers = {measure: self._qualifier(measure) for measure in MEASURES if self._has(measure)}
            self.is_wrong |= ~(cells.is_given("title") | cells.is_given("place"))
            self.figures = {measure: self._figures(measure) for measure in MEASURES if self._has(measure)}
            self.sites = self._sites()
            self.sources = sources.result()

    def _rule(self, column: str, rule: Callable[[Record], Any]) -> Distinct[Any]:
        found = self.cells.distinct(column, rule)
        self.is_wrong |= found.wrong_rows
        return found

    def _ids(self) -> tuple[pa.Array, Any]:
        """The event ids, and the first row with each row's id."""
        given = self.cells.column("event_id")
        is_bad = wrong_ids(self.cells, "event_id", lambda record: event_id_of(record, ""))
        self.is_wrong |= is_bad
        is_missing = is_bad | ~self.cells.is_given("event_id")
        lines = pc.cast(pa.array(self.cells.lines[is_missing]), pa.string())
        made = pc.binary_join_element_wise(pa.scalar(f"{self.stem}-R"), lines, pa.scalar(""))
        ids = pc.replace_with_mask(given, pa.array(is_missing), made) if len(made) else given
        first = first_rows(ids)
        self.is_wrong |= first != np.arange(len(first))
        return ids, first

    def _days(self) -> None:
        parse = cache(parse_flat_day)  # the columns have days in common
        start = self._rule("date_start", lambda record: record.parsed("date_start", parse))
        end, said = (
            self._rule(name, partial(Record.parsed, column=name, parse=parse, optional=True))
            for name in ("date_end", "said_on")
        )
        self.start, start_last = _ordinals(start)
        end_first, end_last = _ordinals(end)
        has_end = end_last > 0
        self.end = np.where(has_end, end_last, start_last)
        self.is_wrong |= has_end & (self.start > 0) & (end_last < self.start)
        self.is_vague = (self.start != start_last) | (has_end & (end_first != end_last))
        said_first, said_last = _ordinals(said)
        self.said_first = np.where(said_first > 0, said_first, self.end)
        self.said_last = np.where(said_last > 0, said_last, self.end)

    def _has(self, measure: str) -> bool:
        return any(column in self.cells.columns for column in _columns_of(measure))

    def _has_claim(self) -> Any:
        """Which rows have a figure of any measure, (n,) booleans."""
        return reduce(or_, map(self.cells.is_given, chain(*map(_columns_of, MEASURES))))

    def _qualifier(self, measure: str) -> pa.Array:
        """The qualifier of a measure's figures in each row."""
        own, shared = (
            self._rule(column, partial(word_of, column=column, choices=QUALIFIERS))
            for column in (f"{measure}_qualifier", "qualifier")
        )
        return _first_given(_texts(own, str), _texts(shared, str))

    def _figures(self, measure: str) -> tuple[Any, list[Any]]:
        """Which rows have a figure of the measure, and low, best and high, -1 for none."""
        columns = _columns_of(measure)
        rules = [
            self._rule(column, partial(Record.figure, column=column, low=columns[0], high=columns[2]))
            for column in columns
        ]
        low, best, high = (rule.each(lambda found: -1 if found is None else found, np.int64) for rule in rules)
        for one, other in (*pairwise((low, best, high)), (low, high)):
            self.is_wrong |= (one > other) & (other >= 0)
        is_alone = (best >= 0) & (low < 0) & (high < 0)
        has_open_top = pc.is_in(self.qualifiers[measure], pa.array(OPEN_TOPS)).to_numpy(zero_copy_only=False)
        low, best = np.where(is_alone, best, low), np.where(is_alone & has_open_top, -1, best)
        high = np.where(is_alone & ~has_open_top, best, high)
        given = np.logical_or.reduce([self.cells.is_given(column) for column in columns])
        return given, [low, best, high]

    def _sites(self) -> Sites:
        places = self.reader.places
        where = Whereabouts(self.cells, places, self.start, self.progress)
        where.tell_about()
        found = where.find(self.ids)
        self.is_wrong |= found.is_wrong
        return found

    def refused(self) -> tuple[Any, list[list[Problem]]]:
        """The numbers of the rows that break a rule, and what the rules for rows say of each."""
        rows, found = np.flatnonzero(self.is_wrong), []
        for row in rows.tolist():
            problems: list[Problem] = []
            record = self.cells.record(row, problems)
            event_id = event_id_of(record, self.stem)
            first = int(self.first_with_id[row])
            if first != row:
                refuse_again(record, event_id, int(self.cells.lines[first]))
            event, scope = self.reader.event(record, event_id)
            for _ in self.reader.claims(record, event, scope):
                pass
            assert problems, "a row is refused by columns and not by itself"
            found.append(problems)
        return rows, found

    def columns(self) -> Columns:
        """The record, of a table none of whose rows breaks a rule."""
        unsettled = tuple(self.reader.places.unsettled())
        tell_unsettled(self.cells.file, unsettled)
        name = self.name
        with ThreadPoolExecutor(1) as other:
            claims = other.submit(self._claims, self.sources)
            events = self._events(self.sources)
        tables = {
            "events": events,
            "sites": self.sites.sites,
            "claims": claims.result(),
            "sources": self.sources.table,
            "places": self.sites.places,
            "unsettled": _unsettled(unsettled),
            **{name: empty_table(name) for name in ("files", "notices", "originals")},
        }
        return Columns(name, name, tables)

    def _events(self, sources: Cited) -> pa.Table:
        cells, title = self.cells, self.cells.column("title")
        precision = self.time_precision.each(lambda digit: int(digit or 0), np.int8)
        given = {
            "event_id": self.ids,
            "category": _texts(self.category, str),
            "title": pc.if_else(pa.array(cells.is_given("title")), title, cells.column("place")),
            "date_start": _dates(self.start),
            "date_end": _dates(self.end),
            "time_precision": pa.array(np.where(precision > 0, precision, np.where(self.is_vague, 3, 1)), pa.int8()),
            "country": self.sites.country,
            "actors": _lists(cells.distinct("actors", lambda record: record.items("actors"))),
            "source_ids": sources.source_ids.take(pa.array(sources.codes)),
            "unsettled": self.sites.unsettled,
        }
        schema = SCHEMAS["events"]
        return pa.table([given[c] if c in given else cells.column(c) for c in schema.names], schema)

    def _claims(self, sources: Cited) -> pa.Table:
        order = [np.flatnonzero(given) for given, _ in self.figures.values()]
        rows = np.concatenate([np.zeros(0, np.int64), *order])
        kinds = np.repeat(np.arange(len(order)), [len(part) for part in order])
        by_row = np.lexsort((kinds, rows))
        rows, kinds = rows[by_row], kinds[by_row]
        figures = {}
        for position, end in enumerate(("low", "best", "high")):
            of_rows = [columns[position][given] for given, columns in self.figures.values()]
            figures[end] = np.concatenate([np.zeros(0, np.int64), *of_rows])[by_row]
        at, cell = pa.array(rows), sources.codes[rows]
        measure = pa.array(list(self.figures), pa.string()).take(pa.array(kinds))
        words = [self.qualifiers[each].filter(pa.array(given)) for each, (given, _) in self.figures.items()]
        word = pa.concat_arrays([pa.array([], pa.string()), *words]).take(pa.array(by_row))
        whom = [self.cells.column(f"{m}_population").filter(pa.array(given)) for m, (given, _) in self.figures.items()]
        people = pa.concat_arrays([pa.array([], pa.string()), *whom]).take(pa.array(by_row))
        implied = pc.if_else(pa.array(figures["high"] < 0), "at least", "exact")
        claimant = self.cells.column("claimant").take(at)
        voice, first_id = sources.voices.take(pa.array(cell)), sources.first_ids.take(pa.array(cell))
        note = (~self.cells.is_given("said_on"))[rows] * 2 + sources.is_several[cell]
        notes = [NOTES[no_day, is_several] for no_day in (False, True) for is_several in (False, True)]
        given = {
            "claim_id": pc.binary_join_element_wise(self.ids.take(at), measure, pa.scalar("-")),
            "event": pa.array(rows, pa.int32()),
            "measure": measure,
            **{end: pa.array(values, mask=values < 0) for end, values in figures.items()},
            "qualifier": _first_given(word, implied),
            "claimant": _first_given(claimant, voice, pa.scalar(self.cells.file)),
            "said_first": _dates(self.said_first[rows]),
            "said_last": _dates(self.said_last[rows]),
            "scope": self.sites.scope.take(at),
            "population": _first_given(people, pa.scalar("all")),
            "status": pa.repeat("standing", len(rows)),
            "source_id": _first_given(first_id, pa.scalar(sources.own_id)),
            "notes": pa.array(notes).take(pa.array(note)),
        }
        schema = SCHEMAS["claims"]
        blank = {pa.string(): pa.repeat("", len(rows))}
        columns = [given[f.name] if f.name in given else blank.get(f.type, pa.nulls(len(rows), f.type)) for f in schema]
        return pa.table(columns, schema)


def _columns_of(measure: str) -> tuple[str, str, str]:
    return f"{measure}_low", measure, f"{measure}_high"


def _ordinals(days: Distinct[PartialDay | None]) -> tuple[Any, Any]:
    """First and last day as ordinals, 0 for none."""
    return (
        days.each(lambda day: day.first.toordinal() if day else 0, np.int64),
        days.each(lambda day: day.last.toordinal() if day else 0, np.int64),
    )


def _dates(ordinals: Any) -> pa.Array:
    return pa.array((ordinals - _EPOCH).astype(np.int32), pa.date32())


def _texts(distinct: Distinct[Any], text: Callable[[Any], str]) -> pa.Array:
    return pa.array([text(found) for found in distinct.found], pa.string()).take(pa.array(distinct.codes))


def _lists(distinct: Distinct[tuple[str, ...]]) -> pa.Array:
    return pa.array(list(map(list, distinct.found)), pa.list_(pa.string())).take(pa.array(distinct.codes))


def _first_given(*texts: Any) -> pa.Array:
    """The first of several texts that is not empty, row by row; the last one as it is."""
    found = texts[-1]
    for text in reversed(texts[:-1]):
        found = pc.if_else(pc.not_equal(text, ""), text, found)
    return found


def _unsettled(names: tuple[Unsettled, ...]) -> pa.Table:
    rows = [{"name": n.name, "event_ids": list(n.event_ids), "candidates": list(n.candidates)} for n in names]
    return pa.Table.from_pylist(rows, schema=SCHEMAS["unsettled"])
