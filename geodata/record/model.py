"""The record: events, places, claims and sources, as design words. Checked by the importers, trusted inside.

Coordinates are (lon, lat) in degrees, EPSG:4326. Days are `datetime.date`, both ends inclusive.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from geodata.dates import PartialDay
from geodata.phrases import phrase

CATEGORIES = (
    phrase("deployment"), phrase("clash"), phrase("protest"), phrase("detention"), phrase("political"),
    phrase("other"),
)  # fmt: skip
# From the finest to the coarsest; the crosswalk to ACLED's and UCDP's codes is by these names.
GEO_PRECISIONS = (
    phrase("site"), phrase("settlement"), phrase("near"), phrase("district"), phrase("region"), phrase("fuzzy"),
    phrase("country"), phrase("unknown"),
)  # fmt: skip
MEASURES = (
    phrase("deaths"), phrase("injured"), phrase("detained"), phrase("flights"), phrase("personnel"), phrase("attacks"),
)  # fmt: skip
QUALIFIERS = ("exact", "about", "over", "at least", "hundreds")
STATUSES = ("standing", "superseded", "retracted")
ROLES = ("at", "origin", "destination")
TIME_PRECISIONS = (1, 2, 3)
RELIABILITIES = ("A", "B", "C", "D", "E", "F")
NEAR_RADIUS_M = 25_000.0


def coarsest(precisions: tuple[str, ...]) -> str:
    """The coarsest of some `GEO_PRECISIONS`; "unknown" for none at all."""
    return max(precisions, key=GEO_PRECISIONS.index, default="unknown")


def is_latin(text: str) -> bool:
    """Whether the first letter of `text` is of the Latin script."""
    return next((unicodedata.name(char, "").startswith("LATIN") for char in text if char.isalpha()), True)


@dataclass(frozen=True, slots=True)
class PlaceName:
    """One name of a place and the days on which it was in use (`since` inclusive, `until` exclusive)."""

    name: str
    since: date | None = None
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the place bore this name on `day`."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)

    @property
    def is_dated(self) -> bool:
        """Whether the record says since or until when."""
        return self.since is not None or self.until is not None


@dataclass(frozen=True, slots=True)
class Place:
    """A gazetteer entry. `lon` and `lat` are None for what has no point (a country); `country` is ISO 3166-1
    alpha-2; `radius_m` is how far off the point may be, 0 where that is not known."""

    place_id: str
    name: str
    lon: float | None
    lat: float | None
    feature: str
    country: str
    names: tuple[PlaceName, ...] = ()
    radius_m: float = 0.0
    region: str = ""

    @property
    def point(self) -> tuple[float, float] | None:
        """(lon, lat), or None for a place without one."""
        return None if self.lon is None or self.lat is None else (self.lon, self.lat)

    @property
    def is_named(self) -> bool:
        """Whether it has a name, and is not only called by its point."""
        return not self.point or self.name != point_words(*self.point)

    def name_on(self, day: date) -> str:
        """The Latin name of the time: a dated name that held on `day`, else the main name."""
        dated = (n.name for n in self.names if n.is_dated and n.holds_on(day) and is_latin(n.name))
        return next(dated, self.name)

    def local_name_on(self, day: date) -> str:
        """The name in another script (Cyrillic, Arabic ...) that held on `day`, dated ones first; "" for none."""
        held = [n for n in self.names if n.holds_on(day) and not is_latin(n.name)]
        return min(held, key=lambda n: not n.is_dated).name if held else ""

    def all_names(self) -> tuple[str, ...]:
        """The main name and every other one, without repetition."""
        return tuple(dict.fromkeys((self.name, *(n.name for n in self.names))))


def point_words(lon: float, lat: float) -> str:
    """A point as people write it: "43.25° N, 76.95° E"."""
    return f"{abs(lat):g}° {'S' if lat < 0 else 'N'}, {abs(lon):g}° {'W' if lon < 0 else 'E'}"


@dataclass(frozen=True, slots=True)
class Site:
    """One place of an event, with its role (`ROLES`) and how precisely it is known (`GEO_PRECISIONS`)."""

    place_id: str
    role: str
    geo_precision: str


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened, between two days at the outside, at no, one or several sites.

    `country` (ISO 3166-1 alpha-2) is the one that the data gives, beside sites or without any; "" for none.
    `unsettled` are the names of places that the data gives and the gazetteer could not settle ("A > B" for a flow with
    such an end): such an event is not known only for its country, it has a place that is not known yet.
    """

    event_id: str
    category: str
    event_type: str
    sub_event_type: str
    title: str
    date_start: date
    date_end: date
    time_precision: int
    sites: tuple[Site, ...]
    country: str
    actors: tuple[str, ...]
    notes: str
    source_ids: tuple[str, ...]
    unsettled: tuple[str, ...] = ()

    @property
    def is_flow(self) -> bool:
        """Whether something moved from an origin to a destination."""
        return any(site.role == "origin" for site in self.sites)

    @property
    def geo_precision(self) -> str:
        """The coarsest precision of the sites; "country" or "unknown" without any, or with none but unsettled ones."""
        if not self.sites:
            return "country" if self.country and not self.unsettled else "unknown"
        return coarsest(tuple(site.geo_precision for site in self.sites))


@dataclass(frozen=True, slots=True)
class Locator:
    """Where a claim stands: the paragraph (from 1) and the character span [start, end) of the whole text."""

    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Claim:
    """One voice's figure about one event. An open top is `high` None.

    `part_of`, `supersedes` and `echo_of` are claim ids or "": the figure that this one is inside of, the earlier one
    that it replaces (a claimant's own earlier figure needs no mention), the one that it only repeats.
    """

    claim_id: str
    event_id: str
    measure: str
    low: int | None
    best: int | None
    high: int | None
    qualifier: str
    claimant: str
    via: str
    said_on: PartialDay
    scope: str
    population: str
    part_of: str
    status: str
    status_on: date | None
    source_id: str
    locator: Locator | None
    notes: str = ""
    supersedes: str = ""
    echo_of: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """One document. `sha256` is of its text as it was read; `reliability` is Admiralty A-F or ""."""

    source_id: str
    publisher: str
    title: str
    published_on: date | None
    accessed_on: date | None
    url: str
    language: str
    sha256: str
    reliability: str
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A place name that the gazetteer could not settle: unknown (no candidates) or ambiguous. Never guessed.

    `candidates` say each possible place in words ("Taraz, Zhambyl, KZ"), the likeliest first.
    """

    name: str
    event_ids: tuple[str, ...]
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FileRead:
    """How a file was read: as what, and how many of its rows were accepted with a repair, or rejected.

    `headings` are those of a table, of which the rows of events are kept; `credit` is how its authors ask to be named
    where their data is shown.
    """

    file: str
    format: str
    rows: int
    repaired: int
    rejected: int
    headings: tuple[str, ...] = ()
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Original:
    """The row of a table that an event was read from: the file, the sheet ("" where one is read), and the line of a
    text, the row of a sheet or the number of a feature, from 1.

    `cells` are all of it by their headings, as they stand but for blanks around them and control characters.
    """

    file: str
    sheet: str
    line: int
    cells: Mapping[str, str]
