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
from pathlib import Path

from geodata.errors import FilterError
from geodata.filter import Filter
from geodata.importers import BUNDLED, read_data
from geodata.reading import fold_text
from geodata.record.history import Changes, as_known_on, changes, days_of_news
from geodata.record.model import CATEGORIES, Claim, Dataset, Event, Place, Source
from geodata.record.ranges import ranges
from geodata.record.total import Total, total
from geodata.store.result import Hidden, Result
from geodata.store.tables import arrow_table, tables_of


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
            name: self._connection.create_table(name, arrow_table(columns, rows))
            for name, (columns, rows) in tables_of(dataset, self.places, self.sources).items()
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
