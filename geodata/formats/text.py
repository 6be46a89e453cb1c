"""Events and claims as text: GeoJSON, JSON and CSV, for the command line and for HTTP alike.

What can be long comes in pieces, each made when it is asked for; wrong arguments are refused before the first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import astuple
from datetime import date
from decimal import Decimal
from itertools import islice
from tempfile import TemporaryFile
from typing import IO

from geodata.filter import Filter
from geodata.formats.asked import Losses
from geodata.formats.frame import EVENT_COLUMNS, event_geometry, event_row
from geodata.formats.tables import (
    CLAIM_COLUMNS,
    HXL,
    LOCATOR_COLUMNS,
    SOURCE_COLUMNS,
    TABLES,
    claim_row,
    count_names,
    locator_row,
    pieces,
)
from geodata.reading import one_of
from geodata.record.model import MEASURES, Claim, Event, Source
from geodata.store.result import Part, Result
from geodata.store.store import Store

BATCH = 1_000  # lines of a file at a time
# A spreadsheet runs a cell that begins like this, full-width forms included. A cell that only looks guarded
# gets a mark of its own, so that taking one mark off gives back every text.
_FORMULA = re.compile("'*[=+\\-@;\t\r\n\uff1d\uff0b\uff0d\uff20]")


def events_geojson(result: Result, name: str, losses: Losses | None = None) -> Iterator[str]:
    """The kept events as an RFC 7946 FeatureCollection, one feature a line, with the rest of the record behind them.

    Properties are `EVENT_COLUMNS`; the geometry is `frame.event_geometry`, null where no point is known. The foreign
    members `sites`, `places`, `claims` and `sources` are lists of objects with the columns of `TABLES`. What is left
    out is counted in `losses`.
    """
    others = [table for table in TABLES if table != "events"]
    told = losses or Losses()

    def feature(event: Event, part: Part) -> str:
        geometry = event_geometry(event, part)
        return _json({"type": "Feature", "properties": event_row(event, part), "geometry": geometry})

    with ExitStack() as stack:
        # What comes behind the events is made with them, so that no part is asked for twice.
        behind = {table: stack.enter_context(_spool()) for table in others}

        def features() -> Iterator[list[str]]:
            for piece in pieces(result):
                count_names(told, piece)
                for table, file in behind.items():
                    lines = (_json(_object(TABLES[table], row)) for row in piece.rows(table))
                    file.writelines(f"{line}\n" for line in lines)
                yield [feature(event, piece.part) for event in piece.part.events]

        yield f'{{"type": "FeatureCollection", "name": {_json(name)}, "features": '
        yield from _lines(features())
        for table, file in behind.items():
            file.seek(0)
            yield f',\n"{table}": '
            yield from _lines(_batches(file))
        yield "}\n"


def events_csv(result: Result, *, hxl: bool = False) -> Iterator[str]:
    """The kept events as CSV with the columns `EVENT_COLUMNS`; with `hxl`, tags stand in a row below them."""
    yield csv_text([EVENT_COLUMNS, *([HXL.values()] if hxl else ())])
    for part in result.parts():
        yield csv_text(event_row(event, part).values() for event in part.events)


def claims_json(result: Result, measure: str = "", words: Mapping[str, str] | None = None) -> Iterator[str]:
    """The claims on the kept events and the ranges of the standing ones, of one measure or of all.

    Days are YYYY-MM-DD (YYYY-MM where the day is not known); what is not known is null, an open top too. A claim
    whose id is in `words` (the very words of its source, see sourcetext.py) has a key for them after the locator.
    Raises ChoiceError for a measure that is none of `MEASURES`.
    """
    said = {claim_id: {"words": text} for claim_id, text in (words or {}).items()}
    as_of = result.where.as_of
    spans: list[str] = []

    def rows(part: Part) -> list[str]:
        spans.extend(
            _json({
                "event_id": span.event_id,
                "measure": span.measure,
                "scope": span.scope,
                "population": span.population,
                "low": span.low,
                "high": span.high,
                "claims": span.claims,
            })
            for span in part.ranges if measure in ("", span.measure)
        )  # fmt: skip
        return [
            _json(claim_row(claim) | {"locator": locator_row(claim)} | said.get(claim.claim_id, {}))
            for claim in part.claims
            if measure in ("", claim.measure)
        ]

    def pieces() -> Iterator[str]:
        yield f'{{"as_of": {_json(as_of.isoformat() if as_of else None)},\n"claims": '
        yield from _lines(map(rows, result.parts()))
        yield ',\n"ranges": '
        yield from _lines([spans])
        yield "}\n"

    _check_measure(measure)
    return pieces()


def claims_csv(result: Result, measure: str = "", words: Mapping[str, str] | None = None) -> Iterator[str]:
    """The claims on the kept events as CSV: the keys of the JSON, with the locator's three as columns.

    With `words` (by claim id) there is a last column for them, empty for a claim that has none.

    Raises ChoiceError for a measure that is none of `MEASURES`.
    """

    def row(claim: Claim) -> list[object]:
        locator = locator_row(claim) or {}
        cells = [*claim_row(claim).values(), *(locator.get(column) for column in LOCATOR_COLUMNS)]
        return cells if words is None else [*cells, words.get(claim.claim_id)]

    def pieces() -> Iterator[str]:
        yield csv_text([(*CLAIM_COLUMNS, *LOCATOR_COLUMNS, *(() if words is None else ("words",)))])
        for part in result.parts():
            yield csv_text(row(claim) for claim in part.claims if measure in ("", claim.measure))

    _check_measure(measure)
    return pieces()


def sources_csv(sources: Iterable[Source]) -> str:
    """Documents as CSV with the columns of a data folder's sources.csv."""
    return csv_text([SOURCE_COLUMNS, *map(astuple, sources)])


def total_json(store: Store, where: Filter, measure: str) -> str:
    """The sum of a measure over the kept events: low, high (null: open-ended) and the claims that it rests on.

    Raises ChoiceError for a measure that is none of `MEASURES`, TotalRefused where the figures do not add up.
    """
    found = store.total(where, one_of(MEASURES)("measure", measure))
    return _json({"low": found.low, "high": found.high, "claims": found.claims}) + "\n"


def csv_text(rows: Iterable[Iterable[object]]) -> str:
    """Rows of a CSV table (RFC 4180, its lines ended by LF) in which no spreadsheet runs a formula.

    Every export goes through here. A text that begins with = + - @ ; a tab, a line end or a full-width form
    of the first four gets a leading apostrophe; numbers stay as they are, also negative ones. None is an
    empty cell.
    """
    return "".join(",".join(map(_cell, row)) + "\n" for row in rows)


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet would run a cell with this text, or `csv_text` guards it."""
    return _FORMULA.match(text) is not None


def _cell(value: object) -> str:
    if value is None:
        return ""
    text = str(value)
    if isinstance(value, float) and "e" in text:
        text = f"{Decimal(text):f}"  # 1e-05 is no number to many readers
    if isinstance(value, str) and looks_like_formula(text):
        text = f"'{text}"
    return '"' + text.replace('"', '""') + '"' if re.search('[",\r\n]', text) else text


def _check_measure(measure: str) -> None:
    if measure:
        one_of(MEASURES)("measure", measure)


def _spool() -> IO[str]:
    return TemporaryFile("w+", encoding="utf-8", newline="\n")


def _batches(lines: Iterable[str]) -> Iterator[list[str]]:
    left = (line.rstrip("\n") for line in lines)
    while batch := list(islice(left, BATCH)):
        yield batch


def _object(columns: Iterable[str], row: Iterable[object]) -> dict[str, object]:
    """A row as a JSON object, its days as texts."""
    cells = (cell.isoformat() if isinstance(cell, date) else cell for cell in row)
    return dict(zip(columns, cells, strict=True))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _lines(parts: Iterable[list[str]]) -> Iterator[str]:
    """A JSON list of the items of several parts, each on a line of its own."""
    begun = False
    for items in parts:
        if items:
            yield (",\n" if begun else "[\n") + ",\n".join(items)
            begun = True
    yield "\n]" if begun else "[]"
