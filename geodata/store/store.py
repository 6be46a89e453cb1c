"""The store: a data set behind ibis expressions over DuckDB, asked with a `Filter`.

The expressions name no engine; no text of a user becomes SQL.
"""

from __future__ import annotations

import hashlib
import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from functools import cached_property
from pathlib import Path

from geodata.errors import ChoiceError
from geodata.filter import Filter, list_fields
from geodata.importers import BUNDLED, read_data
from geodata.reading import fold_text
from geodata.record.history import Changes, as_known_on, changes, days_of_news
from geodata.record.model import CATEGORIES, MEASURES, Claim, Dataset, Event, Place, Source
from geodata.record.ranges import ranges
from geodata.record.total import Total, total
from geodata.store.result import Hidden, Result, Whereabouts
from geodata.store.tables import arrow_table, event_points, tables_of


class Store:
    """A `Dataset` that can be asked. Safe to share between threads."""

    def __init__(self, dataset: Dataset) -> None:
        import ibis  # noqa: PLC0415 (here, so that the command line's --help does not load an engine)

        self._dataset = dataset
        self._events: dict[str, Event] = {event.event_id: event for event in dataset.events}
        self._places: dict[str, Place] = {place.place_id: place for place in dataset.places}
        self._sources: dict[str, Source] = {source.source_id: source for source in dataset.sources}
        self.name, self.title, self.unsettled = dataset.name, dataset.title, dataset.unsettled
        self.size = len(dataset.events)
        self.news_days = days_of_news(dataset.claims)
        self.version = hashlib.sha256(repr(asdict(dataset)).encode()).hexdigest()[:12]
        # A DuckDB connection runs one query at a time; a query takes milliseconds.
        self._lock = threading.Lock()
        self._connection = ibis.duckdb.connect()
        self._tables = {
            name: self._connection.create_table(name, arrow_table(columns, rows))
            for name, (columns, rows) in tables_of(dataset, self._places, self._sources).items()
        }

    def close(self) -> None:
        """Let go of the engine."""
        self._connection.disconnect()

    def event(self, event_id: str) -> Event | None:
        """An event by its id, whatever a filter keeps; None where there is none."""
        return self._events.get(event_id)

    def claims_about(self, event_id: str, by: date | None) -> tuple[Claim, ...]:
        """All claims about an event said by a day (None: today), of whatever voice and source."""
        about = (claim for claim in self._dataset.claims if claim.event_id == event_id)
        return tuple(claim for claim in about if by is None or claim.said_on.last <= by)

    def place_named(self, name: str) -> Place | None:
        """The first place that has this name, in whatever script or time; None where there is none."""
        return next((place for place in self._dataset.places if name in place.all_names()), None)

    def options(self, key: str) -> list[tuple[str, str]]:
        """What a list of the filter offers here, as (value, label)."""
        return list(list_fields()[key].options(self._dataset))

    @property
    def places(self) -> tuple[Place, ...]:
        """Every place of the data."""
        return self._dataset.places

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every source of the data."""
        return self._dataset.sources

    @cached_property
    def span(self) -> tuple[date, date]:
        """The first and last possible day of the events; today twice without any."""
        starts = [event.date_start for event in self._dataset.events]
        ends = [event.date_end for event in self._dataset.events]
        return min(starts, default=date.today()), max(ends, default=date.today())

    @cached_property
    def middle_day(self) -> date | None:
        """The first day of the middle event by first days; None without events."""
        starts = sorted(event.date_start for event in self._dataset.events)
        return starts[len(starts) // 2] if starts else None

    @cached_property
    def measures(self) -> tuple[str, ...]:
        """The measures of which a figure is claimed, in the order of `MEASURES`."""
        claimed = {claim.measure for claim in self._dataset.claims}
        return tuple(measure for measure in MEASURES if measure in claimed)

    @cached_property
    def whereabouts(self) -> tuple[Whereabouts, ...]:
        """Where each event is, in the order of the data."""
        return tuple(
            Whereabouts(
                event.country,
                frozenset({event.country, *(self._places[site.place_id].country for site in event.sites)} - {""}),
                tuple(event_points(event, self._places)),
            )
            for event in self._dataset.events
        )

    def query(self, where: Filter) -> Result:
        """Ask once; everything that is shown of a choice comes from the one `Result`.

        Raises ChoiceError when the filter names another version of the data.
        """
        if where.v and where.v != self.version:
            raise ChoiceError("v", f"The data was updated: version {where.v!r} is asked for, {self.version!r} is here.")
        events = self._tables["events"]
        checks = where.conditions(events, self._tables["facets"], self._tables["points"])
        expression = events.select(events.event_id, events.position, **checks).order_by("position")
        with self._lock:
            rows = expression.to_pyarrow().to_pylist()
        failed = {row["event_id"]: tuple(key for key in checks if not row[key]) for row in rows}
        kept = {event_id for event_id, reasons in failed.items() if not reasons}
        others = Counter(
            self._events[event_id].category for event_id, reasons in failed.items() if reasons in ((), ("categories",))
        )
        # Fates come from all that was said, by whomever: hiding a voice does not revive what it superseded.
        known = as_known_on(self._dataset.claims, where.as_of)
        claims = _chosen(known, where, kept)
        events = tuple(self._events[event_id] for event_id in failed if event_id in kept)
        return Result(
            where=where,
            events=events,
            places={site.place_id: self._places[site.place_id] for event in events for site in event.sites},
            sources={source_id: self._sources[source_id] for source_id in _cited(events, claims)},
            claims=claims,
            ranges=ranges(claims, known),
            total=len(failed),
            hidden=tuple(Hidden(reasons, n) for reasons, n in Counter(failed.values()).items() if reasons),
            category_counts={category: others[category] for category in CATEGORIES},
            any_date=tuple(self._events[i] for i, reasons in failed.items() if reasons in ((), ("dates",))),
        )

    def changes(self, result: Result, since: date) -> Changes:
        """What changed in the claims of a result's events from the end of `since` to its filter's day."""
        kept = {event.event_id for event in result.events}
        found = changes(self._dataset.claims, since, result.where.as_of)
        return Changes(
            *(_chosen(part, result.where, kept) for part in (found.added, found.superseded, found.retracted))
        )

    def total(self, where: Filter, measure: str) -> Total:
        """The sum of a measure over the kept events. Raises TotalRefused with the reason where it must not be made."""
        result = self.query(where)
        known = as_known_on(self._dataset.claims, where.as_of)
        return total(measure, result.ranges, known, self._events, self._places)


def _cited(events: Iterable[Event], claims: Iterable[Claim]) -> dict[str, None]:
    """The ids of the sources that events and claims name, each once."""
    return dict.fromkeys([*(i for event in events for i in event.source_ids), *(claim.source_id for claim in claims)])


def _chosen(known: Iterable[Claim], where: Filter, kept: set[str]) -> tuple[Claim, ...]:
    voices = {fold_text(claimant) for claimant in where.chosen("claimants")}
    sources = {fold_text(source) for source in where.chosen("sources")}
    return tuple(
        claim
        for claim in known
        if claim.event_id in kept
        and (not voices or fold_text(claim.claimant) in voices)
        and (not sources or fold_text(claim.source_id) in sources)
    )


def open_store(*paths: Path | str) -> Store:
    """A store over one or several data sets (folders); the bundled one without any. Raises DataError."""
    return Store(read_data(*(map(Path, paths) if paths else (BUNDLED,))))
