"""Look-ups of places by their names, once for each combination of cells and each time between two changes of a name."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

import numpy as np

from geodata.dates import PartialDay
from geodata.errors import Problem
from geodata.importers.checks.places import Places
from geodata.importers.checks.whereabouts import Where, countries_of, whereabouts
from geodata.importers.progress import COUNTRIES, PLACES, Progress
from geodata.importers.tables.cells import Cells, Distinct, combined

T = TypeVar("T")
_TELL_EVERY = 256  # rows
_MOST = 0.5  # of the names are in one country


@dataclass(slots=True)
class _Once(Generic[T]):
    """Asks what rows of a group mean on their days, in the order of the rows, and again only where it may be else."""

    places: Places
    ask: Callable[[int], T]
    step: str
    progress: Progress
    # By group: the days (as ordinals) on which the meaning may change, and the answers between them.
    _changes: dict[int, list[int]] = field(default_factory=dict)
    _answers: dict[int, dict[int, T]] = field(default_factory=dict)

    def answers(
        self, rows: Any, groups: Any, days: Any, names: Callable[[int], tuple[Sequence[str], str]]
    ) -> Iterator[tuple[int, T, bool]]:
        """Each row with its answer, and whether it was asked for it. `names` are those of a group, with a country."""
        for done, (row, group, day) in enumerate(zip(rows.tolist(), groups.tolist(), days.tolist(), strict=True)):
            if done % _TELL_EVERY == 0:
                self.progress(self.step, done, len(rows))
            changes = self._changes.get(group)
            known = self._answers[group].get(bisect_right(changes, day)) if changes is not None else None
            if known is not None:
                yield row, known, False
                continue
            answer = self.ask(row)
            after = [change.toordinal() for change in self.places.changes(*names(group))]
            if after != changes:
                self._changes[group], self._answers[group] = after, {}
            self._answers[group][bisect_right(after, day)] = answer
            yield row, answer, True


@dataclass(frozen=True, slots=True)
class Named:
    """What the rows with names of places mean: `answers` by number, of which `codes` (n,) has one for each row.

    `wrong_rows` are the numbers of rows that break a rule; `firsts` the row with which each place was found.
    """

    answers: list[Where]
    codes: Any
    wrong_rows: list[int]
    firsts: list[int]


def look_up(
    cells: Cells,
    rows: Any,
    days: Any,
    names: Distinct[tuple[str, ...]],
    codes: Iterable[Any],
    places: Places,
    ids: Any,
    progress: Progress,
) -> Named:
    """Look up the places of some rows of a table (their numbers, ascending), on their `days` (ordinals).

    `codes` are those of the columns on which the answer depends; `ids` the event ids of all rows of the table.
    """
    country = cells.column("country")
    groups, firsts = combined(*(part[rows] for part in codes))
    of_group = [names.found[code] for code in names.codes[rows[firsts]].tolist()]
    countries = [country[row].as_py().upper() for row in rows[firsts].tolist()]

    def ask(row: int) -> tuple[int, tuple[str, ...], str, bool]:
        problems: list[Problem] = []
        record = cells.record(row, problems)
        event_id = ids[row].as_py()
        given = record.text("country").upper()
        answer = whereabouts(record, places, event_id, PartialDay.parse(record.text("date_start")).first)
        answers.append(answer)
        return len(answers) - 1, places.unsettled_of(event_id, of_row(row), given), given, bool(problems)

    def of_row(row: int) -> tuple[str, ...]:
        return names.found[int(names.codes[row])]

    answers: list[Where] = [Where()]
    found = np.zeros(len(cells), np.int64)
    wrong_rows: list[int] = []
    seen: list[int] = []
    once = _Once(places, ask, PLACES, progress)
    for row, (code, unsettled, given, is_wrong), is_new in once.answers(
        rows, groups, days, lambda group: (of_group[group], countries[group])
    ):
        found[row] = code
        if is_wrong:
            wrong_rows.append(row)
        elif unsettled and not is_new:
            places.again(unsettled, given, ids[row].as_py())
        if is_new:
            seen += [row] * (len(places) - len(seen))
    return Named(answers, found, wrong_rows, seen)


def countries_told(
    cells: Cells, rows: Any, names: Distinct[tuple[str, ...]], places: Places, progress: Progress
) -> Counter[str]:
    """The countries that some rows (their numbers, ascending) are about by the names of their places alone, and by how
    many names each. Where one has most of them, names that may mean places in it tell of no other: Iskandariya is a
    town in Iraq too."""
    days = cells.distinct("date_start", lambda record: record.parsed("date_start", PartialDay.parse))
    ordinals = days.each(lambda day: day.first.toordinal() if day else 0, np.int64)[rows]
    rows, ordinals = rows[ordinals > 0], ordinals[ordinals > 0]
    once = _Once(places, lambda row: frozenset(countries_of([cells.record(row, [])], places)), COUNTRIES, progress)
    groups = names.codes[rows]
    answers = once.answers(rows, groups, ordinals, lambda group: (names.found[group], ""))
    asked = [(row, answer) for row, answer, is_new in answers if is_new and answer]
    told = Counter(country for _, answer in asked for country in answer)
    home = next((country for country, count in told.items() if count > _MOST * told.total()), "")
    if home:
        day_of = dict(zip(rows.tolist(), map(date.fromordinal, ordinals.tolist()), strict=True))
        for row, answer in asked:
            its = names.found[int(names.codes[row])]
            if home not in answer and all(places.may_be_in(home, name, day_of[row]) for name in its):
                told = told - Counter(answer) + Counter([home])
    return told
