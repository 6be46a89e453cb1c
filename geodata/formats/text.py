"""Events and claims as text: GeoJSON, JSON and CSV, for the command line and for HTTP alike."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import astuple, fields
from typing import Any

from geodata.filter import Filter
from geodata.formats.frame import EVENT_COLUMNS, event_geometry, event_row
from geodata.reading import one_of
from geodata.record.model import MEASURES, Claim, Source
from geodata.record.ranges import Range
from geodata.store.result import Result
from geodata.store.store import Store

CLAIM_COLUMNS = (
    *("claim_id", "event_id", "measure", "low", "best", "high", "qualifier", "claimant", "via", "said_on"),
    *("scope", "population", "part_of", "supersedes", "echo_of", "status", "status_on", "source_id"),
)
LOCATOR_COLUMNS = ("paragraph", "start", "end")
SOURCE_COLUMNS = tuple(field.name for field in fields(Source))
# A spreadsheet runs a cell that begins like this, full-width forms included. A cell that only looks guarded
# gets a mark of its own, so that taking one mark off gives back every text.
_FORMULA = re.compile("'*[=+\\-@;\t\r\n\uff1d\uff0b\uff0d\uff20]")


def events_geojson(result: Result, name: str) -> str:
    """The kept events as an RFC 7946 FeatureCollection, one feature a line.

    Properties are `EVENT_COLUMNS`; the geometry is `frame.event_geometry`, null where no point is known.
    """
    features = [
        _json(
            {
                "type": "Feature",
                "properties": event_row(event, part),
                "geometry": event_geometry(event, part),
            }
        )
        for part in result.parts()
        for event in part.events
    ]
    head = f'{{"type": "FeatureCollection", "name": {_json(name)}, "features": '
    return head + _lines(features) + "}\n"


def events_csv(result: Result) -> str:
    """The kept events as CSV with the columns `EVENT_COLUMNS`."""
    rows = (event_row(event, part).values() for part in result.parts() for event in part.events)
    return csv_text(EVENT_COLUMNS, rows)


def claims_json(result: Result, measure: str = "", words: Mapping[str, str] | None = None) -> str:
    """The claims on the kept events and the ranges of the standing ones, of one measure or of all.

    Days are YYYY-MM-DD (YYYY-MM where the day is not known); what is not known is null, an open top too. A claim
    whose id is in `words` (the very words of its source, see sourcetext.py) has a key for them after the locator.
    Raises ChoiceError for a measure that is none of `MEASURES`.
    """
    claims, ranges = _of_measure(result, measure)
    as_of = result.where.as_of
    said = {claim_id: {"words": text} for claim_id, text in (words or {}).items()}
    rows = [_json(_claim_row(c) | {"locator": _locator(c)} | said.get(c.claim_id, {})) for c in claims]
    spans = [
        _json({
            "event_id": span.event_id,
            "measure": span.measure,
            "scope": span.scope,
            "population": span.population,
            "low": span.low,
            "high": span.high,
            "claims": span.claims,
        })
        for span in ranges
    ]  # fmt: skip
    head = f'{{"as_of": {_json(as_of.isoformat() if as_of else None)},\n"claims": '
    return head + _lines(rows) + ',\n"ranges": ' + _lines(spans) + "}\n"


def claims_csv(result: Result, measure: str = "", words: Mapping[str, str] | None = None) -> str:
    """The claims on the kept events as CSV: the keys of the JSON, with the locator's three as columns.

    With `words` (by claim id) there is a last column for them, empty for a claim that has none.

    Raises ChoiceError for a measure that is none of `MEASURES`.
    """
    claims, _ = _of_measure(result, measure)
    rows = []
    for claim in claims:
        locator = _locator(claim) or {}
        row = [*_claim_row(claim).values(), *(locator.get(column) for column in LOCATOR_COLUMNS)]
        rows.append(row if words is None else [*row, words.get(claim.claim_id)])
    return csv_text((*CLAIM_COLUMNS, *LOCATOR_COLUMNS, *(() if words is None else ("words",))), rows)


def sources_csv(sources: Iterable[Source]) -> str:
    """Documents as CSV with the columns of a data folder's sources.csv."""
    return csv_text(SOURCE_COLUMNS, map(astuple, sources))


def total_json(store: Store, where: Filter, measure: str) -> str:
    """The sum of a measure over the kept events: low, high (null: open-ended) and the claims that it rests on.

    Raises ChoiceError for a measure that is none of `MEASURES`, TotalRefused where the figures do not add up.
    """
    found = store.total(where, one_of(MEASURES)("measure", measure))
    return _json({"low": found.low, "high": found.high, "claims": found.claims}) + "\n"


def csv_text(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A CSV table (RFC 4180, its lines ended by LF) in which no spreadsheet runs a formula.

    Every export goes through here. A text that begins with = + - @ ; a tab, a line end or a full-width form
    of the first four gets a leading apostrophe; numbers stay as they are, also negative ones. None is an
    empty cell.
    """
    lines = [",".join(_cell(value) for value in row) for row in (columns, *rows)]
    return "\n".join(lines) + "\n"


def _cell(value: object) -> str:
    if value is None:
        return ""
    text = str(value)
    if isinstance(value, str) and _FORMULA.match(text):
        text = f"'{text}"
    return '"' + text.replace('"', '""') + '"' if re.search('[",\r\n]', text) else text


def _of_measure(result: Result, measure: str) -> tuple[list[Claim], list[Range]]:
    if measure:
        one_of(MEASURES)("measure", measure)
    claims: list[Claim] = []
    ranges: list[Range] = []
    for part in result.parts():
        claims += (claim for claim in part.claims if measure in ("", claim.measure))
        ranges += (span for span in part.ranges if measure in ("", span.measure))
    return claims, ranges


def _claim_row(claim: Claim) -> dict[str, Any]:
    row = {column: getattr(claim, column) for column in CLAIM_COLUMNS}
    day = claim.status_on
    row |= {"said_on": str(claim.said_on), "status_on": day.isoformat() if day else None}
    return {column: None if value == "" else value for column, value in row.items()}


def _locator(claim: Claim) -> dict[str, int] | None:
    found = claim.locator
    return {"paragraph": found.paragraph, "start": found.start, "end": found.end} if found else None


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _lines(items: list[str]) -> str:
    return "[\n" + ",\n".join(items) + "\n]" if items else "[]"
