"""The store: a data set behind ibis expressions over DuckDB, asked with a `Filter`.

The expressions name no engine; no text of a user becomes SQL.
"""

from __future__ import annotations

import hashlib
import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from geodata.errors import FilterError
from geodata.filter import Filter, fold_text
from geodata.importers import BUNDLED, read_data
from geodata.model import CATEGORIES, Claim, Dataset, Event, Place, Source
from geodata.spatial import great_circle
from geodata.tolls import Changes, Range, as_known_on, changes, days_of_news, ranges
from geodata.total import Total, total


@dataclass(frozen=True, slots=True)
class Hidden:
    """How many events are hidden for the same reasons (keys of `geodata.filter.REASONS`)."""

    reasons: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Result:
    """What a filter keeps, and what it hides and why. `len(events)` plus all hidden counts is `total`.

    `claims` are those of the kept events, with the status they had on the filter's `as_of`. `category_counts` has
    every category, counted under all other choices; `any_date` are the events kept when the dates are lifted.
    """

    where: Filter
    events: tuple[Event, ...]
    claims: tuple[Claim, ...]
    ranges: tuple[Range, ...]
    total: int
    hidden: tuple[Hidden, ...]
    category_counts: dict[str, int]
    any_date: tuple[Event, ...]


class Store:
    """A `Dataset` that can be asked. Safe to share between threads."""

    def __init__(self, dataset: Dataset) -> None:
        import ibis  # noqa: PLC0415 (here, so that the command line's --help does not load an engine)

        self.dataset = dataset
        self.events: dict[str, Event] = {event.event_id: event for event in dataset.events}
        self.places: dict[str, Place] = {place.place_id: place for place in dataset.places}
        self.sources: dict[str, Source] = {source.source_id: source for source in dataset.sources}
        self.news_days = days_of_news(dataset.claims)
        self.version = hashlib.sha256(repr(asdict(dataset)).encode()).hexdigest()[:12]
        # A DuckDB connection runs one query at a time; a query takes milliseconds.
        self._lock = threading.Lock()
        self._connection = ibis.duckdb.connect()
        self._tables = {
            name: self._connection.create_table(name, _arrow(columns, rows))
            for name, (columns, rows) in _tables(dataset, self.places, self.sources).items()
        }

    def close(self) -> None:
        """Let go of the engine."""
        self._connection.disconnect()

    def event_place_names(self, event: Event) -> tuple[str, ...]:
        """The names of the event's sites as they were on its first day, in order."""
        return tuple(self.places[site.place_id].name_on(event.date_start) for site in event.sites)

    def query(self, where: Filter) -> Result:
        """Ask once; everything that is shown of a choice comes from the one `Result`.

        Raises FilterError when the filter names another version of the data.
        """
        if where.v and where.v != self.version:
            raise FilterError("v", f"The data was updated: version {where.v!r} is asked for, {self.version!r} is here.")
        events = self._tables["events"]
        checks = where.conditions(events, self._tables["facets"], self._tables["points"])
        expression = events.select(events.event_id, events.position, **checks).order_by("position")
        with self._lock:
            rows = expression.to_pyarrow().to_pylist()
        failed = {row["event_id"]: tuple(key for key in checks if not row[key]) for row in rows}
        kept = {event_id for event_id, reasons in failed.items() if not reasons}
        others = Counter(
            self.events[event_id].category for event_id, reasons in failed.items() if reasons in ((), ("categories",))
        )
        # Fates come from all that was said, by whomever: hiding a voice does not revive what it superseded.
        known = as_known_on(self.dataset.claims, where.as_of)
        claims = _chosen(known, where, kept)
        return Result(
            where=where,
            events=tuple(self.events[event_id] for event_id in failed if event_id in kept),
            claims=claims,
            ranges=ranges(claims, known),
            total=len(failed),
            hidden=tuple(Hidden(reasons, n) for reasons, n in Counter(failed.values()).items() if reasons),
            category_counts={category: others[category] for category in CATEGORIES},
            any_date=tuple(self.events[i] for i, reasons in failed.items() if reasons in ((), ("dates",))),
        )

    def changes(self, result: Result, since: date) -> Changes:
        """What changed in the claims of a result's events from the end of `since` to its filter's day."""
        kept = {event.event_id for event in result.events}
        found = changes(self.dataset.claims, since, result.where.as_of)
        return Changes(
            *(_chosen(part, result.where, kept) for part in (found.added, found.superseded, found.retracted))
        )

    def total(self, where: Filter, measure: str) -> Total:
        """The sum of a measure over the kept events. Raises TotalRefused with the reason where it must not be made."""
        result = self.query(where)
        known = as_known_on(self.dataset.claims, where.as_of)
        return total(measure, result.ranges, known, self.events, self.places)


def _chosen(known: Iterable[Claim], where: Filter, kept: set[str]) -> tuple[Claim, ...]:
    voices = {fold_text(claimant) for claimant in where.claimants}
    sources = {fold_text(source) for source in where.sources}
    return tuple(
        claim
        for claim in known
        if claim.event_id in kept
        and (not voices or fold_text(claim.claimant) in voices)
        and (not sources or fold_text(claim.source_id) in sources)
    )


def open_store(*paths: Path) -> Store:
    """A store over one or several data sets (folders); the bundled one without any. Raises DataError."""
    return Store(read_data(*(paths or (BUNDLED,))))


def first_reported(event: Event, sources: dict[str, Source], claims: Iterable[Claim]) -> date:
    """The first day on which a source or a voice told of the event; its last possible day where none is dated."""
    days = [day for i in event.source_ids if (day := sources[i].published_on)]
    days += [claim.said_on.last for claim in claims]
    return min(days, default=event.date_end)


def event_points(event: Event, places: dict[str, Place]) -> list[tuple[float, float]]:
    """The (lon, lat) points of an event: its sites, or the densified great circle of a flow."""
    points = [place.point for site in event.sites if (place := places[site.place_id]).point]
    found = [point for point in points if point]
    return great_circle(found[0], found[1]) if event.is_flow and len(found) == 2 else found


Rows = list[tuple[Any, ...]]


def _tables(
    dataset: Dataset, places: dict[str, Place], sources: dict[str, Source]
) -> dict[str, tuple[dict[str, str], Rows]]:
    events: Rows = []
    facets: Rows = []
    points: Rows = []
    by_event: dict[str, list[Claim]] = {event.event_id: [] for event in dataset.events}
    for claim in dataset.claims:
        by_event[claim.event_id].append(claim)
    for position, event in enumerate(dataset.events):
        claims = by_event[event.event_id]
        sites = [places[site.place_id] for site in event.sites]
        names = [name for place in sites for name in place.all_names()]
        regions = [place.region for place in sites if place.region]
        facet_values = {
            "claimants": [claim.claimant for claim in claims],
            "sources": list(event.source_ids) + [claim.source_id for claim in claims],
            "actors": list(event.actors),
            "places": [*(p.place_id for p in sites), *names, *regions, *(p.country for p in sites), event.country],
            "precision": [site.geo_precision for site in event.sites] or [event.geo_precision],
        }
        facets += sorted(
            {(event.event_id, kind, fold_text(value)) for kind, values in facet_values.items() for value in values}
        )
        # A great circle's longitudes run on past 180; a bbox's do not.
        points += [(event.event_id, (lon + 180) % 360 - 180, lat) for lon, lat in event_points(event, places)]
        texts = [event.event_id, event.title, event.event_type, event.sub_event_type, event.notes, *event.actors]
        texts += [*names, *regions, event.country, *(text for c in claims for text in (c.claimant, c.via, c.notes))]
        search = fold_text("\n".join(text for text in texts if text))
        reported = first_reported(event, sources, claims)
        days = (event.date_start, event.date_end, reported)
        events.append((position, event.event_id, event.category, *days, search))
    return {
        "events": (
            {"position": "int64", "event_id": "string", "category": "string", "date_start": "date32",
             "date_end": "date32", "reported_on": "date32", "search": "string"},
            events,
        ),
        "facets": ({"event_id": "string", "kind": "string", "value": "string"}, facets),
        "points": ({"event_id": "string", "lon": "float64", "lat": "float64"}, points),
    }  # fmt: skip


def _arrow(columns: dict[str, str], rows: Rows) -> Any:
    import pyarrow as pa  # noqa: PLC0415

    values = list(zip(*rows, strict=True)) or [()] * len(columns)
    return pa.table(
        {name: pa.array(column, kind) for (name, kind), column in zip(columns.items(), values, strict=True)}
    )
