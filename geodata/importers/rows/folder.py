"""The rules of a data folder, one row after the other: objects, and every problem with its file, line and column."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from geodata.dates import PartialDay, parse_day
from geodata.importers.checks.relations import RELATIONS
from geodata.importers.tables.records import Record, nearest, shown
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
    Event,
    Locator,
    Place,
    PlaceName,
    Site,
    Source,
)

# Ids stand in lists and in addresses, so they hold none of the marks that separate there.
_ID = r"[^\s;,>\[\]]{1,200}"
_ID_WORDS = "an id without blanks, commas, semicolons, brackets or >"
_OTHER_NAME = re.compile(r"([^\[\]]*[^\[\]\s])(?:\s*\[([\d-]*)\.\.([\d-]*)\])?")


@dataclass(frozen=True, slots=True)
class Known:
    """The ids in the `id_column` of a table, to which others refer. Not all of them, unless it is `complete`."""

    file: str
    id_column: str
    complete: bool
    ids: Collection[str]

    def check(self, record: Record, column: str, value: str) -> None:
        """Refuse a reference to what is not there; not of a table that could not be read as a whole."""
        if self.complete and value not in self.ids:
            where = f"{self.file} has no such {self.id_column}{nearest(value, self.ids)}"
            record.refuse(column, f"{shown(value)} is unknown: {where}.")


def id_of(record: Record, column: str) -> str:
    """The id of a record."""
    return record.matching(column, _ID, _ID_WORDS)


def refuse_again(record: Record, column: str, first_line: int) -> None:
    """Refuse an id that an earlier record has."""
    value = shown(record.text(column))
    record.refuse(column, f"{value} stands in line {first_line} already (expected every id once).")


def country_of(record: Record, *, optional: bool = False) -> str:
    """The code of a country."""
    return record.matching("country", r"[A-Z]{2}", "two capital letters of ISO 3166-1, such as KZ", optional=optional)


def place_of(record: Record) -> Place:
    """The place of a record of places.csv."""
    lon, lat = record.decimal("lon", -180, 180, "degrees"), record.decimal("lat", -90, 90, "degrees")
    for have, lack in (("lon", "lat"), ("lat", "lon")):
        if record.text(have) and not record.text(lack):
            record.refuse(lack, f'the cell is empty but "{have}" is not (expected both, or neither).')
    country = country_of(record, optional=lon is not None)  # at sea there is none
    region = region_of(lon, lat, country) if lon is not None and lat is not None and country else None
    return Place(
        place_id=record.text("place_id"),
        name=record.required("name"),
        lon=lon,
        lat=lat,
        feature=record.required("feature"),
        country=country,
        names=other_names_of(record),
        radius_m=radius_of(record),
        region=region.name if region else "",
    )


def radius_of(record: Record) -> float:
    """How far off the point may be, in metres."""
    return record.decimal("radius_m", 0, 1_000_000, "metres") or 0.0


def other_names_of(record: Record) -> tuple[PlaceName, ...]:
    """The names beside the main one, with their days."""
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


def source_of(record: Record) -> Source:
    """The source of a record of sources.csv."""
    return Source(
        source_id=record.text("source_id"),
        publisher=record.text("publisher"),
        title=record.required("title"),
        published_on=record.day("published_on", optional=True),
        accessed_on=record.day("accessed_on", optional=True),
        url=url_of(record),
        language=record.text("language"),
        sha256=sha256_of(record),
        reliability=record.choice("reliability", RELIABILITIES, optional=True),
        notes=record.text("notes"),
    )


def url_of(record: Record) -> str:
    """The address of a source; "" for an empty cell."""
    return record.matching("url", r"https?://\S+", "an address such as https://example.org/", optional=True)


def sha256_of(record: Record) -> str:
    """The hash of the text of a source; "" for an empty cell."""
    return record.matching("sha256", r"[0-9a-f]{64}", "64 digits of 0-9a-f", optional=True)


def event_of(record: Record, known: Mapping[str, Known]) -> Event:
    """The event of a record of events.csv; what it refers to must be `known`."""
    start, end = record.day("date_start"), record.day("date_end")
    if start and end and end < start:
        record.refuse("date_end", f"{end} lies before date_start {start} (expected the last possible day).")
    source_ids = record.items("source_ids")
    for source_id in source_ids:
        known["sources.csv"].check(record, "source_ids", source_id)
    country = country_of(record, optional=True)
    return Event(
        event_id=record.text("event_id"),
        category=record.choice("category", CATEGORIES),
        event_type=record.text("event_type"),
        sub_event_type=record.text("sub_event_type"),
        title=record.required("title"),
        date_start=start or date.min,
        date_end=end or date.max,
        time_precision=time_precision_of(record),
        sites=sites_of(record, known["places.csv"], country),
        country=country,
        actors=record.items("actors"),
        notes=record.text("notes"),
        source_ids=source_ids,
        unsettled=record.items("unsettled"),
    )


def time_precision_of(record: Record) -> int:
    """How precisely the days are known."""
    return int(record.choice("time_precision", tuple(map(str, TIME_PRECISIONS))) or 1)


def sites_of(record: Record, places: Known, country: str) -> tuple[Site, ...]:
    """The sites of an event; looks at the cells of sites, geo_precision and, for a message, country."""
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


def claim_of(record: Record, known: Mapping[str, Known]) -> Claim:
    """The claim of a record of claims.csv; what it refers to must be `known`."""
    known["events.csv"].check(record, "event_id", record.text("event_id"))
    known["sources.csv"].check(record, "source_id", record.text("source_id"))
    for column in RELATIONS:
        if record.text(column):
            known["claims.csv"].check(record, column, record.text(column))
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
    paragraph, start, end = (record.parsed(column, parse_position, optional=True) for column in columns)
    if paragraph == 0:
        record.refuse("paragraph", "'0' was found (expected a number from 1).")
    if start is not None and end is not None and start >= end:
        record.refuse("end", f"the span from {start} to {end} is empty (expected end > start).")
    return Locator(paragraph or 1, start or 0, end or 1)


def parse_position(text: str) -> int:
    """A position in a text; ValueError for anything else."""
    if re.fullmatch(r"[0-9]{1,9}", text):
        return int(text)
    raise ValueError(f"{shown(text)} is not a position (expected a whole number)")
