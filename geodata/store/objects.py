"""The record's objects for what somebody looks at: fetched by the rows of the events, and kept while they are few."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from geodata.record.model import Claim, Event, FileRead, Place, Source
from geodata.record.rows import claim_of, events_of, place_of

if TYPE_CHECKING:
    from geodata.store.engines.engine import Engine

MOST_KEPT = 20_000
T = TypeVar("T")
Numbered = tuple[tuple[int, Claim], ...]


class Objects:
    """Events, claims and places by the numbers of their rows, sources by their ids. Safe to share between threads."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._events: dict[int, Event] = {}
        self._claims: dict[int, Numbered] = {}
        self._places: dict[int, Place] = {}
        self._place_ids: dict[str, int] = {}
        self._sources: dict[str, Source] = {}
        self._rows: dict[str, int] = {}

    def events(self, rows: Sequence[int]) -> tuple[Event, ...]:
        """The events in these rows, in the order of `rows`."""
        found = _known(self._events, rows, self._read_events)
        return tuple(found[row] for row in rows)

    def row(self, event_id: str) -> int | None:
        """The row of an event; None where there is none."""
        if event_id not in self._rows:
            stored = self._engine.stored["events"]
            found = self._engine.fetch(stored.filter(stored.event_id == event_id).select("event"))["event"].to_pylist()
            if not found:
                return None
            self._rows = self._rows | {event_id: found[0]} if len(self._rows) < MOST_KEPT else {event_id: found[0]}
        return self._rows[event_id]

    def titles(self, event_ids: Sequence[str]) -> dict[str, str]:
        """The titles of events by their ids."""
        found = self._engine.rows("events", "event_id", event_ids) if event_ids else None
        return dict(zip(found["event_id"].to_pylist(), found["title"].to_pylist(), strict=True)) if found else {}

    def claims(self, rows: Sequence[int]) -> list[Claim]:
        """All claims about the events in these rows, in the order of the record, with their recorded fates."""
        return [claim for _, claim in self.numbered(rows)]

    def numbered(self, rows: Sequence[int]) -> list[tuple[int, Claim]]:
        """The same, each with the number of its own row."""
        found = _known(self._claims, rows, self._read_claims)
        return sorted((each for row in rows for each in found[row]), key=lambda each: each[0])

    def places(self, events: Iterable[Event]) -> dict[str, Place]:
        """The places of events that this has given, by their ids, in the order of the events' sites."""
        ids = dict.fromkeys(site.place_id for event in events for site in event.sites)
        rows = [self._place_ids[place_id] for place_id in ids]
        found = _known(self._places, rows, self._read_places)
        return {place_id: found[row] for place_id, row in zip(ids, rows, strict=True)}

    def place(self, row: int) -> Place:
        """The place in a row."""
        return _known(self._places, [row], self._read_places)[row]

    def sources(self, ids: Iterable[str]) -> dict[str, Source]:
        """The sources with these ids."""
        wanted = list(dict.fromkeys(ids))
        found = _known(self._sources, wanted, self._read_sources)
        return {source_id: found[source_id] for source_id in wanted}

    @cached_property
    def files(self) -> tuple[FileRead, ...]:
        """How each file was read that is no data folder, in the order of the record."""
        rows = self._engine.fetch(self._engine.stored["files"]).to_pylist()
        return tuple(FileRead(**(row | {"headings": tuple(row["headings"])})) for row in rows)

    def credits(self, rows: Sequence[int]) -> tuple[str, ...]:
        """How the authors of the files that the events in these rows come from ask to be named, each once."""
        if not rows or not any(file.credit for file in self.files):
            return ()
        found = self._engine.rows("originals", "event", rows, only="file")["file"].unique().to_pylist()
        return tuple(dict.fromkeys(filter(None, (self.files[number].credit for number in sorted(found)))))

    def _read_events(self, rows: list[int]) -> dict[int, Event]:
        table = self._engine.rows("events", "event", rows)
        at = self._engine.rows("sites", "event", rows).sort_by("site")
        places = _known(self._places, at["place"].unique().to_pylist(), self._read_places)
        ids = {row: place.place_id for row, place in places.items()}
        self._place_ids |= {place_id: row for row, place_id in ids.items()}
        found = events_of(table.drop_columns("event").to_pylist(), table["event"].to_pylist(), at, ids)
        return dict(zip(table["event"].to_pylist(), found, strict=True))

    def _read_claims(self, rows: list[int]) -> dict[int, Numbered]:
        table = self._engine.rows("claims", "event", rows).sort_by("claim")
        ids = {row: event.event_id for row, event in zip(rows, self.events(rows), strict=True)}
        found: dict[int, list[tuple[int, Claim]]] = {row: [] for row in rows}
        for row in table.to_pylist():
            found[row["event"]].append((row["claim"], claim_of(row, ids[row["event"]])))
        return {row: tuple(claims) for row, claims in found.items()}

    def _read_places(self, rows: list[int]) -> dict[int, Place]:
        found = self._engine.rows("places", "place", rows).to_pylist()
        return {row.pop("place"): place_of(row) for row in found}

    def _read_sources(self, ids: list[str]) -> dict[str, Source]:
        rows = self._engine.rows("sources", "source_id", ids).to_pylist()
        return {row["source_id"]: Source(**row) for row in rows}


def _known(kept: dict[Any, T], keys: Sequence[Any], read: Callable[[list[Any]], Mapping[Any, T]]) -> dict[Any, T]:
    """The objects of some keys: those that are kept, the others read and kept too."""
    found = {key: kept[key] for key in keys if key in kept}
    if missing := [key for key in dict.fromkeys(keys) if key not in found]:
        read_now = read(missing)
        found |= read_now
        if len(kept) + len(read_now) > MOST_KEPT:
            kept.clear()
        kept |= read_now
    return found
