"""A record as five tables, for the formats that hold all of it: events, sites, places, claims and sources.

Their columns are those of a data folder, but for the events, which have `EVENT_COLUMNS`; which places an event has, in
which role and how precisely known, stands in `sites`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from geodata.formats.asked import Losses
from geodata.formats.frame import EVENT_COLUMNS, event_row
from geodata.importers.rows.package import SITE_COLUMNS
from geodata.importers.tables.records import CONTROL
from geodata.record.model import Claim, Event, Place, PlaceName, Source
from geodata.store.result import Part, Result

CLAIM_COLUMNS = (
    *("claim_id", "event_id", "measure", "low", "best", "high", "qualifier", "claimant", "via", "said_on"),
    *("scope", "population", "part_of", "supersedes", "echo_of", "status", "status_on", "source_id"),
)
LOCATOR_COLUMNS = ("paragraph", "start", "end")
SOURCE_COLUMNS = tuple(field.name for field in fields(Source))
PLACE_COLUMNS = ("place_id", "name", "lon", "lat", "feature", "country", "radius_m", "other_names")
TABLES = {
    "events": EVENT_COLUMNS,
    "sites": SITE_COLUMNS,
    "places": PLACE_COLUMNS,
    "claims": (*CLAIM_COLUMNS, *LOCATOR_COLUMNS, "notes"),
    "sources": SOURCE_COLUMNS,
}
# The columns whose cells are no texts: days, whole numbers, decimal numbers. Whatever is not known is None.
DAYS = {"date_start", "date_end", "status_on", "published_on", "accessed_on"}
WHOLE = {"time_precision", "low", "best", "high", "paragraph", "start", "end"}
DECIMALS = {"lon", "lat", "radius_m"}
# HXL 1.1 tags of `EVENT_COLUMNS`, after those that HDX gives to the columns of UCDP (https://hxlstandard.org/).
HXL = {
    "event_id": "#event+id",
    "category": "#event+category",
    "event_type": "#event+type",
    "sub_event_type": "#event+type+sub",
    "title": "#event+name",
    "date_start": "#date+start",
    "date_end": "#date+end",
    "time_precision": "#date+precision",
    "places": "#loc+name",
    "geo_precision": "#loc+precision",
    "country": "#country+code",
    "admin1": "#adm1+name",
    "actors": "#group+name",
    "notes": "#description",
    "source_ids": "#meta+source+id",
}
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of the events with their claims, and those of their places and sources that no earlier piece has had."""

    part: Part
    claims: tuple[Claim, ...]
    places: tuple[Place, ...]
    sources: tuple[Source, ...]

    def rows(self, table: str) -> Iterator[Row]:
        """The rows of one of `TABLES`."""
        part = self.part
        if table == "events":
            yield from (event_cells(event, part) for event in part.events)
        elif table == "sites":
            yield from (row for event in part.events for row in site_rows(event))
        elif table == "places":
            yield from map(place_cells, self.places)
        elif table == "claims":
            yield from map(claim_cells, self.claims)
        else:
            yield from map(source_cells, self.sources)


def pieces(result: Result) -> Iterator[Piece]:
    """What was asked, a part of the events after the other; the claims are those of `Part.grounded`.

    Of the whole record, the places and sources that nothing names come last.
    """
    places: set[str] = set()
    sources: set[str] = set()
    for part in result.parts():
        claims = part.grounded
        new_places = {key: place for key, place in part.places.items() if key not in places}
        new_sources = {key: source for key, source in part.sources_of(claims).items() if key not in sources}
        places.update(new_places)
        sources.update(new_sources)
        yield Piece(part, claims, tuple(new_places.values()), tuple(new_sources.values()))
    yield Piece(result.only(()), (), *result.uncited(places, sources))


def event_cells(event: Event, part: Part) -> Row:
    """The cells of `EVENT_COLUMNS`, days as days."""
    cells = event_row(event, part) | {"date_start": event.date_start, "date_end": event.date_end}
    return tuple(cells.values())


def site_rows(event: Event) -> Iterator[Row]:
    """A row for each site of an event, for each of its places that is not settled, and for its own country beside
    sites: that of others stands in the table of events."""
    for site in event.sites:
        yield event.event_id, site.place_id, site.role, site.geo_precision, None, None
    for name in event.unsettled:
        yield event.event_id, None, None, None, name, None
    if event.sites and event.country:
        yield event.event_id, None, None, None, None, event.country


def place_cells(place: Place) -> Row:
    """The cells of `PLACE_COLUMNS`; the names that other_names cannot hold are left out of it."""
    names = "; ".join(name_words(name) for name in place.names if is_listable(name))
    return (
        *(place.place_id, place.name, place.lon, place.lat, place.feature, place.country or None),
        *(place.radius_m or None, names or None),
    )


def name_words(name: PlaceName) -> str:
    """As "Nur-Sultan [2019-03-23..2022-09-17]"."""
    return f"{name.name} [{name.since or ''}..{name.until or ''}]" if name.is_dated else name.name


def is_listable(name: PlaceName) -> bool:
    """Whether a name can stand in a list of names, with its days behind it."""
    return bool(name.name.strip()) and not set(name.name) & set(";[]")


def count_names(losses: Losses, piece: Piece) -> None:
    """Count the names of places that `place_cells` leaves out."""
    losses.add(
        sum(not is_listable(name) for place in piece.places for name in place.names),
        "{n} other name of a place is left out: it holds a semicolon or brackets.",
        "{n} other names of places are left out: they hold semicolons or brackets.",
    )


def claim_row(claim: Claim) -> dict[str, Any]:
    """The cells of `CLAIM_COLUMNS`: days as texts, None for what is not known or not given."""
    row = {column: getattr(claim, column) for column in CLAIM_COLUMNS}
    day = claim.status_on
    row |= {"said_on": str(claim.said_on), "status_on": day.isoformat() if day else None}
    return {column: None if value == "" else value for column, value in row.items()}


def locator_row(claim: Claim) -> dict[str, int] | None:
    """The cells of `LOCATOR_COLUMNS`; None for a claim that points at no text."""
    found = claim.locator
    return {"paragraph": found.paragraph, "start": found.start, "end": found.end} if found else None


def claim_cells(claim: Claim) -> Row:
    """The cells of the table of claims; said_on is a text, as it may be a month."""
    at = locator_row(claim) or dict.fromkeys(LOCATOR_COLUMNS)
    row = claim_row(claim) | {"status_on": claim.status_on}
    return (*row.values(), *at.values(), claim.notes or None)


def source_cells(source: Source) -> Row:
    """The cells of `SOURCE_COLUMNS`."""
    found = (getattr(source, column) for column in SOURCE_COLUMNS)
    return tuple(None if value == "" else value for value in found)


def printable(text: str, losses: Losses) -> str:
    """A text whose control characters, which the file cannot hold, are U+FFFD; they are counted."""
    found, count = CONTROL.subn("\ufffd", text)
    losses.add(
        count,
        "{n} control character is given as U+FFFD: the format cannot hold it.",
        "{n} control characters are given as U+FFFD: the format cannot hold them.",
    )
    return found
