"""The data folder: `datapackage.json` (Frictionless) beside events, claims, sources and places as .csv files.

People edit these files, so everything is checked, and every problem is named with its file, line and column.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.dates import PartialDay, parse_day
from geodata.errors import DataError, Problem
from geodata.importers.checks.relations import RELATIONS, check_relations
from geodata.importers.tables.records import CONTROL, Record, Table, nearest, read_table, read_text, shown
from geodata.places.boundaries import region_of
from geodata.record.model import (
    CATEGORIES,
    GEO_PRECISIONS,
    MEASURES,
    QUALIFIERS,
    RELIABILITIES,
    STATUSES,
    TIME_PRECISIONS,
    Claim,
    Dataset,
    Event,
    Locator,
    Place,
    PlaceName,
    Site,
    Source,
)

if TYPE_CHECKING:
    from geodata.record.columns import Columns

PACKAGE = "datapackage.json"
# In the order in which they are read: whoever is referred to comes first.
_COLUMNS = {
    "places.csv": "place_id name lon lat feature country radius_m other_names notes",
    "sources.csv": "source_id publisher title published_on accessed_on url language sha256 reliability notes",
    "events.csv": "event_id category event_type sub_event_type title date_start date_end time_precision "
    "sites geo_precision country actors notes source_ids",
    "claims.csv": "claim_id event_id measure low best high qualifier claimant via said_on scope population "
    "part_of supersedes echo_of status status_on source_id paragraph start end notes",
}
COLUMNS = {file: tuple(columns.split()) for file, columns in _COLUMNS.items()}
# Columns of the above that a table may do without.
OPTIONAL = {"claims.csv": ("supersedes", "echo_of")}
_ORDER = (PACKAGE, "events.csv", "claims.csv", "sources.csv", "places.csv")
# Ids stand in lists and in addresses, so they hold none of the marks that separate there.
_ID = r"[^\s;,>\[\]]{1,200}"
_ID_WORDS = "an id without blanks, commas, semicolons, brackets or >"
_COUNTRY = r"[A-Z]{2}"
_COUNTRY_WORDS = "two capital letters of ISO 3166-1, such as KZ"
_OTHER_NAME = re.compile(r"([^\[\]]*[^\[\]\s])(?:\s*\[([\d-]*)\.\.([\d-]*)\])?")


def recognises(path: Path) -> bool:
    """Whether `path` is a folder: it is then read as a data folder, or refused as one."""
    return path.is_dir()


def read(path: Path) -> Dataset:
    """Read a data folder. Raises DataError with every problem of all its files."""
    problems: list[Problem] = []
    name, title = _read_package(path / PACKAGE, problems)
    tables = {
        file: read_table(path / file, columns, problems, OPTIONAL.get(file, ())) for file, columns in COLUMNS.items()
    }
    places = _Ids(tables["places.csv"], "place_id")
    sources = _Ids(tables["sources.csv"], "source_id")
    events = _Ids(tables["events.csv"], "event_id")
    claims = _Ids(tables["claims.csv"], "claim_id")
    dataset = Dataset(
        name=name,
        title=title,
        events=tuple(_event(record, places, sources) for record in events.records),
        claims=tuple(_claim(record, events, claims, sources) for record in claims.records),
        sources=tuple(_source(record) for record in sources.records),
        places=tuple(_place(record) for record in places.records),
    )
    check_relations(tables["claims.csv"], dataset.claims)
    if problems:
        raise DataError(sorted(problems, key=lambda problem: (_ORDER.index(problem.file), problem.line)))
    return dataset


def read_columns(path: Path) -> Columns:
    """Read a data folder in columns. Raises DataError with every problem of all its files."""
    from geodata.record.rows import columns_of  # noqa: PLC0415 (a small folder needs no Arrow)

    return columns_of(read(path))


@dataclass(frozen=True, slots=True)
class _Ids:
    """The ids of a table, each with its record; an id that stands twice, or is none, is a problem."""

    table: Table
    column: str
    found: dict[str, Record] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for record in self.table.records:
            value = record.matching(self.column, _ID, _ID_WORDS)
            first = self.found.setdefault(value, record) if value else record
            if first is not record:
                message = f"{shown(value)} stands in line {first.line} already (expected every id once)."
                record.refuse(self.column, message)

    @property
    def records(self) -> list[Record]:
        return self.table.records

    def check(self, record: Record, column: str, value: str) -> None:
        """Refuse a reference to what is not there; not of a table that could not be read as a whole."""
        if self.table.complete and value not in self.found:
            where = f"{self.table.file} has no such {self.column}{nearest(value, self.found)}"
            record.refuse(column, f"{shown(value)} is unknown: {where}.")


def _read_package(path: Path, problems: list[Problem]) -> tuple[str, str]:
    def refuse(column: str, message: str) -> None:
        problems.append(Problem(path.name, 0, column, "", message))

    text = read_text(path, problems)
    if text is None:
        return "", ""
    try:
        package = json.loads(text)
    except RecursionError:
        refuse("", "the JSON is nested too deeply (expected a Frictionless Data Package).")
        return "", ""
    except ValueError as error:
        refuse("", f"not readable as JSON: {error} (expected a Frictionless Data Package).")
        return "", ""
    if not isinstance(package, dict) or not isinstance(package.get("resources"), list):
        refuse("resources", "the list is missing (expected a Frictionless Data Package).")
        return "", ""
    named = [resource.get("path") for resource in package["resources"] if isinstance(resource, dict)]
    for file in COLUMNS:
        if named.count(file) != 1:
            refuse("resources", f'{named.count(file)} resources have the path "{file}" (expected one).')
    name, title = package.get("name"), package.get("title") or package.get("name")
    for column, value in (("name", name), ("title", title)):
        if not isinstance(value, str) or not value or CONTROL.search(value):
            refuse(column, f"{shown(str(value))} was found (expected a short text).")
            return "", ""
    return str(name), str(title)


def _place(record: Record) -> Place:
    lon, lat = record.decimal("lon", -180, 180, "degrees"), record.decimal("lat", -90, 90, "degrees")
    for have, lack in (("lon", "lat"), ("lat", "lon")):
        if record.text(have) and not record.text(lack):
            record.refuse(lack, f'the cell is empty but "{have}" is not (expected both, or neither).')
    country = record.matching("country", _COUNTRY, _COUNTRY_WORDS)
    region = region_of(lon, lat, country) if lon is not None and lat is not None and country else None
    return Place(
        place_id=record.text("place_id"),
        name=record.required("name"),
        lon=lon,
        lat=lat,
        feature=record.required("feature"),
        country=country,
        names=_other_names(record),
        radius_m=record.decimal("radius_m", 0, 1_000_000, "metres") or 0.0,
        region=region.name if region else "",
    )


def _other_names(record: Record) -> tuple[PlaceName, ...]:
    names = []
    for item in record.items("other_names"):
        match = _OTHER_NAME.fullmatch(item)
        try:
            if not match:
                raise ValueError(f"{shown(item)} is not a name (expected Name, or Name [since..until])")
            since, until = (parse_day(day) if day else None for day in match.group(2, 3))
            if since and until and since >= until:
                raise ValueError(f"{shown(item)} ends before it begins (expected [since..until])")
        except ValueError as error:
            record.refuse("other_names", f"{error}.")
        else:
            names.append(PlaceName(match[1], since, until))
    return tuple(names)


def _source(record: Record) -> Source:
    return Source(
        source_id=record.text("source_id"),
        publisher=record.required("publisher"),
        title=record.required("title"),
        published_on=record.day("published_on", optional=True),
        accessed_on=record.day("accessed_on", optional=True),
        url=record.matching("url", r"https?://\S+", "an address such as https://example.org/", optional=True),
        language=record.text("language"),
        sha256=record.matching("sha256", r"[0-9a-f]{64}", "64 digits of 0-9a-f", optional=True),
        reliability=record.choice("reliability", RELIABILITIES, optional=True),
        notes=record.text("notes"),
    )


def _event(record: Record, places: _Ids, sources: _Ids) -> Event:
    start, end = record.day("date_start"), record.day("date_end")
    if start and end and end < start:
        record.refuse("date_end", f"{end} lies before date_start {start} (expected the last possible day).")
    source_ids = record.items("source_ids")
    for source_id in source_ids:
        sources.check(record, "source_ids", source_id)
    country = record.matching("country", _COUNTRY, _COUNTRY_WORDS, optional=True)
    return Event(
        event_id=record.text("event_id"),
        category=record.choice("category", CATEGORIES),
        event_type=record.text("event_type"),
        sub_event_type=record.text("sub_event_type"),
        title=record.required("title"),
        date_start=start or date.min,
        date_end=end or date.max,
        time_precision=int(record.choice("time_precision", tuple(map(str, TIME_PRECISIONS))) or 1),
        sites=_sites(record, places, country),
        country=country,
        actors=record.items("actors"),
        notes=record.text("notes"),
        source_ids=source_ids,
    )


def _sites(record: Record, places: _Ids, country: str) -> tuple[Site, ...]:
    cell = record.text("sites")
    ids = tuple(part.strip() for part in cell.split(">")) if ">" in cell else record.items("sites")
    roles = ("origin", "destination") if ">" in cell else ("at",) * len(ids)
    if len(ids) != len(roles) or not all(ids):
        record.refuse("sites", f"{shown(cell)} is not a flow (expected origin > destination).")
        return ()
    if len(set(ids)) < len(ids):
        record.refuse("sites", f"{shown(cell)} names a place twice (expected every place once).")
    for place_id in ids:
        places.check(record, "sites", place_id)
    precisions = record.items("geo_precision")
    known = [precision for precision in precisions if precision in GEO_PRECISIONS]
    for precision in precisions:
        if precision not in GEO_PRECISIONS:
            words = f"{', '.join(GEO_PRECISIONS)}{nearest(precision, GEO_PRECISIONS)}"
            record.refuse("geo_precision", f"{shown(precision)} is none of {words}.")
    if len(known) < len(precisions):
        return ()
    if not ids:
        expected = "country" if country else "unknown"
        if precisions not in ((), (expected,)):
            given = f"{shown(record.text('geo_precision'))} with no sites and country {shown(country)}"
            record.refuse("geo_precision", f"{given} was found (expected {expected}, or an empty cell).")
        return ()
    if len(precisions) == 1:
        precisions *= len(ids)
    if len(precisions) != len(ids):
        message = f"{len(precisions)} values for {len(ids)} sites (expected one for all, or one for each)."
        record.refuse("geo_precision", message)
        return ()
    return tuple(Site(*site) for site in zip(ids, roles, precisions, strict=True))


def _claim(record: Record, events: _Ids, claims: _Ids, sources: _Ids) -> Claim:
    events.check(record, "event_id", record.text("event_id"))
    sources.check(record, "source_id", record.text("source_id"))
    for column in RELATIONS:
        if record.text(column):
            claims.check(record, column, record.text(column))
    said_on = record.parsed("said_on", PartialDay.parse)
    status_on = record.day("status_on", optional=True)
    status = record.choice("status", STATUSES)
    if status == "standing" and record.text("status_on"):
        record.refuse("status_on", "a standing claim has no such day (expected an empty cell).")
    if status not in {"", "standing"} and not record.text("status_on"):
        record.refuse("status_on", f"the cell is empty (expected the day since when the claim is {status}).")
    if said_on and status_on and said_on.first > status_on:
        record.refuse("status_on", f"{status_on} lies before said_on {said_on} (expected no earlier day).")
    low, best, high = _figures(record)
    return Claim(
        claim_id=record.text("claim_id"),
        event_id=record.text("event_id"),
        measure=record.choice("measure", MEASURES),
        low=low,
        best=best,
        high=high,
        qualifier=record.choice("qualifier", QUALIFIERS),
        claimant=record.required("claimant"),
        via=record.text("via"),
        said_on=said_on or PartialDay(date.min, date.min),
        scope=record.text("scope"),
        population=record.required("population"),
        part_of=record.text("part_of"),
        status=status,
        status_on=status_on,
        source_id=record.text("source_id"),
        locator=_locator(record),
        notes=record.text("notes"),
        supersedes=record.text("supersedes"),
        echo_of=record.text("echo_of"),
    )


def _figures(record: Record) -> tuple[int | None, int | None, int | None]:
    figures = {column: record.figure(column) for column in ("low", "best", "high")}
    given = [(column, figure) for column, figure in figures.items() if figure is not None]
    if not any(record.text(column) for column in figures):
        record.refuse("low", "the claim has no figure at all (expected low or high, or both).")
    elif record.text("best") and not record.text("low") and not record.text("high"):
        record.refuse("low", '"best" stands alone (expected low or high beside it; one exact figure is all three).')
    if any(a > b for (_, a), (_, b) in pairwise(given)):
        words = ", ".join(f"{column} {figure}" for column, figure in given)
        record.refuse(given[0][0], f"{words} are out of order (expected low <= best <= high).")
    return figures["low"], figures["best"], figures["high"]


def _locator(record: Record) -> Locator | None:
    columns = ("paragraph", "start", "end")
    given = [column for column in columns if record.text(column)]
    if not given:
        return None
    for column in columns:
        if column not in given:
            record.refuse(column, "the cell is empty (expected paragraph, start and end, or none of them).")
    paragraph, start, end = (record.parsed(column, _position, optional=True) for column in columns)
    if paragraph == 0:
        record.refuse("paragraph", "'0' was found (expected a number from 1).")
    if start is not None and end is not None and start >= end:
        record.refuse("end", f"the span from {start} to {end} is empty (expected end > start).")
    return Locator(paragraph or 1, start or 0, end or 1)


def _position(text: str) -> int:
    if re.fullmatch(r"[0-9]{1,9}", text):
        return int(text)
    raise ValueError(f"{shown(text)} is not a position (expected a whole number)")
