"""The claims of a data folder in columns. How they relate is judged claim by claim, for those that relate to any."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geodata.dates import PartialDay
from geodata.errors import Problem
from geodata.importers.checks import relations
from geodata.importers.checks.relations import RELATIONS
from geodata.importers.columns.file import File
from geodata.importers.rows.folder import claim_of, parse_position
from geodata.importers.tables.cells import Distinct
from geodata.importers.tables.records import Record, Table
from geodata.record.columns import SCHEMAS
from geodata.record.model import MEASURES, QUALIFIERS, STATUSES, Claim

_EPOCH = 719_163  # the ordinal of 1970-01-01, from which Arrow counts days
_FIGURES = ("low", "best", "high")
_LOCATOR = ("paragraph", "start", "end")


class Claims:
    """The rules of claims.csv."""

    def __init__(self, files: Mapping[str, File]) -> None:
        self.files = files
        self.file = files["claims.csv"]
        self.cells = self.file.cells
        self._references()
        for column, choices in (("measure", MEASURES), ("qualifier", QUALIFIERS), ("status", STATUSES)):
            self.file.rule(column, partial(Record.choice, column=column, choices=choices))
        self.file.require("claimant", "population")
        self._days()
        self.figures = self._figures()
        self.locator = self._locator()

    def _references(self) -> None:
        wrong, cells = self.file.is_wrong, self.cells
        wrong |= self.files["events.csv"].lacks(cells.column("event_id"))
        wrong |= self.files["sources.csv"].lacks(cells.column("source_id"))
        for column in RELATIONS:
            wrong |= cells.is_given(column) & self.file.lacks(cells.column(column))

    def _days(self) -> None:
        said = self.file.rule("said_on", partial(Record.parsed, column="said_on", parse=PartialDay.parse))
        self.status_on = self.file.rule("status_on", partial(Record.day, column="status_on", optional=True))
        self.said_first = said.each(lambda day: day.first.toordinal() if day else 0, np.int64)
        self.said_last = said.each(lambda day: day.last.toordinal() if day else 0, np.int64)
        status_on = self.status_on.each(lambda day: day.toordinal() if day else 0, np.int64)
        is_standing = pc.equal(self.cells.column("status"), "standing").to_numpy(zero_copy_only=False)
        # Either a standing claim with such a day, or another one without.
        self.file.is_wrong |= is_standing == self.cells.is_given("status_on")
        self.file.is_wrong |= (self.said_first > status_on) & (status_on > 0)

    def _figures(self) -> dict[str, Any]:
        found = {
            column: self.file.rule(column, partial(Record.figure, column=column)).each(_or_none, np.int64)
            for column in _FIGURES
        }
        low, best, high = found.values()
        for one, other in (*pairwise((low, best, high)), (low, high)):
            self.file.is_wrong |= (one > other) & (other >= 0)
        self.file.is_wrong |= ~(self.cells.is_given("low") | self.cells.is_given("high"))
        return found

    def _locator(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for column in _LOCATOR:
            rule: Distinct[int | None] = self.file.rule(
                column, partial(Record.parsed, column=column, parse=parse_position, optional=True)
            )
            found[column] = rule.each(_or_none, np.int64)
        given = sum(self.cells.is_given(column).astype(int) for column in _LOCATOR)
        paragraph, start, end = found.values()
        self.file.is_wrong |= ((given > 0) & (given < 3)) | (paragraph == 0) | ((start >= end) & (end >= 0))
        return found

    def check_relations(self, told: Mapping[int, tuple[Record, Claim]], problems: list[Problem]) -> None:
        """Refuse relations that cannot be. `told` are the rows that broke a rule, which were read already."""
        known = {file: found.known for file, found in self.files.items()} if len(rows := self._related()) else {}
        records, claims = [], []
        for row in rows.tolist():
            if row in told:
                record, claim = told[row]
            else:
                record = self.cells.record(row, problems)
                claim = claim_of(record, known)
            records.append(record)
            claims.append(claim)
        relations.check_relations(Table(self.cells.file, records, self.file.is_complete), claims)

    def _related(self) -> Any:
        """The rows with a relation or a status that something must have caused, and all that these may depend on.

        That is the claims that they name, and every other about the same events.
        """
        cells = self.cells
        has_any = pc.equal(cells.column("status"), "superseded").to_numpy(zero_copy_only=False).copy()
        for column in RELATIONS:
            has_any |= cells.is_given(column)
        if not has_any.any():
            return np.zeros(0, np.int64)
        ids, chosen = cells.column("claim_id"), pa.array(has_any)
        named = pa.concat_arrays([cells.column(column).filter(chosen) for column in ("claim_id", *RELATIONS)])
        has_any |= pc.is_in(ids, named).to_numpy(zero_copy_only=False)
        event_ids = cells.column("event_id")
        its = pc.is_in(event_ids, event_ids.filter(pa.array(has_any)).unique())
        return np.flatnonzero(its.to_numpy(zero_copy_only=False))

    def table(self) -> pa.Table:
        """The claims of a file none of whose rows is wrong."""
        event = pc.index_in(self.cells.column("event_id"), self.files["events.csv"].ids)
        given = {
            "event": event,
            "said_first": _dates(self.said_first),
            "said_last": _dates(self.said_last),
            "status_on": pa.array(self.status_on.found, pa.date32()).take(pa.array(self.status_on.codes)),
            **{column: pa.array(found, pa.int64(), mask=found < 0) for column, found in self.figures.items()},
            **{column: pa.array(found, pa.int32(), mask=found < 0) for column, found in self.locator.items()},
        }
        schema = SCHEMAS["claims"]
        return pa.table([given[c] if c in given else self.cells.column(c) for c in schema.names], schema)


def _or_none(found: int | None) -> int:
    return -1 if found is None else found


def _dates(ordinals: Any) -> pa.Array:
    return pa.array((ordinals - _EPOCH).astype(np.int32), pa.date32())
