"""What a filter keeps, and what it hides and why: counts at once, the record's objects when somebody looks at them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from geodata.area import BBox
from geodata.errors import TooMany
from geodata.filter import Filter
from geodata.reading import fold_text
from geodata.record.history import as_known_on, with_grounds
from geodata.record.model import Claim, Event, Place, Source
from geodata.record.ranges import Range, ranges
from geodata.record.rows import place_of
from geodata.store.questions import cells, extent
from geodata.store.questions.cells import Tolls
from geodata.store.questions.days import events_by_day
from geodata.store.questions.kept import Counts, Hidden, counts, is_kept, rows_kept, rows_of_places, rows_within
from geodata.store.questions.orders import DEATHS, ORDERS
from geodata.store.questions.pages import page_rows, position

if TYPE_CHECKING:
    from collections import Counter
    from datetime import date

    from geodata.store.engines.engine import Engine
    from geodata.store.objects import Objects

MOST_AT_ONCE = 20_000
PART = 5_000
SORTED_BY = (*ORDERS, DEATHS)  # what a page can be sorted by


class Part:
    """Some events that a filter keeps, with their places, claims, ranges and sources.

    `places` are those of the events, `sources` those that the events and claims name, by id. `claims` are those of the
    filter's voices and sources about the events, with the status they had on its `as_of`.
    """

    def __init__(self, where: Filter, rows: tuple[int, ...], objects: Objects) -> None:
        self.where = where
        self.rows = rows
        self._objects = objects

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """The events, in the order of the record."""
        return self._objects.events(self.rows)

    @cached_property
    def places(self) -> Mapping[str, Place]:
        """The places of the events, by id."""
        return self._objects.places(self.events)

    @cached_property
    def known(self) -> tuple[Claim, ...]:
        """All claims about the events, with the status they had on the filter's `as_of`."""
        # Fates come from all that was said, by whomever: hiding a voice does not revive what it superseded.
        return as_known_on(self._objects.claims(self.rows), self.where.as_of)

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """The claims about the events by the voices and sources of the filter."""
        return self.chosen(self.known)

    def chosen(self, claims: Iterable[Claim]) -> tuple[Claim, ...]:
        """Those of some claims that are by the voices and sources of the filter."""
        voices = {fold_text(claimant) for claimant in self.where.chosen("claimants")}
        sources = {fold_text(source) for source in self.where.chosen("sources")}
        return tuple(
            claim
            for claim in claims
            if (not voices or fold_text(claim.claimant) in voices)
            and (not sources or fold_text(claim.source_id) in sources)
        )

    @cached_property
    def grounded(self) -> tuple[Claim, ...]:
        """The claims, and those of other voices and sources that their relations and fates rest on, in order."""
        return with_grounds(self.claims, self.known)

    @cached_property
    def ranges(self) -> tuple[Range, ...]:
        """What the standing claims span."""
        return ranges(self.claims, self.known)

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """The sources that the events and the claims name, by id."""
        return self.sources_of(self.claims)

    def sources_of(self, claims: Iterable[Claim]) -> Mapping[str, Source]:
        """The sources that the events and some claims about them name, by id."""
        cited = (source_id for event in self.events for source_id in event.source_ids)
        return self._objects.sources([*cited, *(claim.source_id for claim in claims)])

    @cached_property
    def credits(self) -> tuple[str, ...]:
        """How the authors of the data sets behind the events ask to be named, each once."""
        return self._objects.credits(self.rows)

    def places_of(self, event: Event) -> tuple[Place, ...]:
        """The places of one of the events, in the order of its sites."""
        return tuple(self.places[site.place_id] for site in event.sites)

    def place_names(self, event: Event) -> tuple[str, ...]:
        """The names of an event's places as they were on its first day, in order."""
        return tuple(place.name_on(event.date_start) for place in self.places_of(event))


class Result(Part):
    """All events that a filter keeps: `count` of `total`, and the `hidden` with their reasons.

    Whoever asks for the events of more than `MOST_AT_ONCE` is refused with TooMany; `parts` gives them in parts.
    """

    def __init__(self, where: Filter, found: Counts, engine: Engine, objects: Objects) -> None:
        self.where = where
        self._counts = found
        self.total, self.count = found.total, found.kept
        self.hidden: tuple[Hidden, ...] = found.hidden
        self.category_counts = found.by_category
        self._engine = engine
        self._objects = objects

    @cached_property
    def rows(self) -> tuple[int, ...]:  # type: ignore[override] # found when it is asked for
        """The rows of the events. Raises TooMany."""
        if self.count > MOST_AT_ONCE:
            raise TooMany(f"{self.count:,} events are too many to be shown one by one (expected {MOST_AT_ONCE:,}).")
        return rows_kept(self._engine, self.where, MOST_AT_ONCE)

    @cached_property
    def any_date(self) -> Result:
        """What is kept when the dates are lifted."""
        where = self.where.lift("dates")
        return self if where == self.where else Result(where, counts(self._engine, where), self._engine, self._objects)

    @cached_property
    def span(self) -> tuple[date, date] | None:
        """The first and the last possible day of the events; None without any."""
        return extent.span(self._engine, self.where)

    @property
    def categories(self) -> frozenset[str]:
        """The categories of the events."""
        chosen = self.where.categories
        return frozenset(name for name, n in self.category_counts.items() if n and (not chosen or name in chosen))

    def by_day(self, step: str, bins: Sequence[date]) -> dict[str, Counter[date]]:
        """How many events lie in each of `bins`; see `geodata.store.questions.days`."""
        return events_by_day(self._engine, self.where, step, bins)

    def rows_within(self, bbox: BBox, most: int) -> tuple[int, ...]:
        """The rows of the first `most` events with a point in an area (west, south, east, north in degrees)."""
        return rows_within(self._engine, self.where, bbox, most)

    def cells(self, grid: cells.Grid, bbox: BBox | None = None) -> tuple[cells.Cell, ...]:
        """The events by cell or area and category, of a part or of all; see `geodata.store.questions.cells`."""
        return cells.cells(self._engine, self.where, grid, bbox)

    def counts_in(self, bbox: BBox) -> Counter[str]:
        """How many events of each category have a point in an area."""
        return cells.counts_in(self._engine, self.where, bbox)

    def place_count(self, bbox: BBox) -> int:
        """At how many places the events are that have a point in an area."""
        return cells.place_count(self._engine, self.where, bbox)

    def region_of(self, cell: int) -> int | None:
        """The number of the region of most events in a cell (an H3 index); None of a cell in no region."""
        return cells.region_of(self._engine, self.where, cell)

    def spots(self, bbox: BBox, across: float) -> int:
        """How many squares of a Mercator map, each `across` degrees of longitude wide, hold the places of these."""
        return cells.spots(self._engine, self.where, bbox, across)

    def tolls(self, bbox: BBox) -> dict[str, Tolls]:
        """How many the events of each category killed that have a point in a part of the globe."""
        return cells.tolls_in(self._engine, self.where, bbox)

    def tolls_each(self) -> dict[str, Tolls]:
        """How many each of the events killed, by its id."""
        found = cells.tolls_of(self._engine, self.where, self.rows)
        return {event.event_id: found[row] for row, event in zip(self.rows, self.events, strict=True)}

    def outside(self, grid: str, bbox: BBox) -> Counter[str]:
        """How many of each category have a point in a part of the globe, but none in a region or country of a grid."""
        return cells.outside(self._engine, self.where, grid, bbox)

    def in_cell(self, cell: int, categories: Sequence[str], most: int) -> tuple[int, Part]:
        """How many events of some categories are in a cell (an H3 index) or an area (its number), and the first
        `most` of them."""
        count, rows = cells.rows_in(self._engine, self.where, cell, categories, most)
        return count, Part(self.where, rows, self._objects)

    def of_places(self, most: int) -> tuple[int, Part]:
        """At how many places the events are, and the first event at each, of `most` places; and of the events without
        a place the first of each country and way in which their place is known."""
        count, rows = rows_of_places(self._engine, self.where, most)
        return count, Part(self.where, rows, self._objects)

    def only(self, rows: tuple[int, ...]) -> Result:
        """The same counts, with the events in some rows alone."""
        found = Result(self.where, self._counts, self._engine, self._objects)
        found.__dict__["rows"] = rows
        return found

    def of_event(self, event_id: str) -> Result | None:
        """The same counts, with one event alone; None where the filter hides it."""
        row = self._objects.row(event_id)
        return self.only((row,)) if row is not None and is_kept(self._engine, self.where, row) else None

    def page(self, offset: int, count: int, order: str = "record", *, descending: bool = False) -> Result:
        """The same counts, with a page of the events; `order` is one of `SORTED_BY`."""
        return self.only(page_rows(self._engine, self._objects, self.where, order, descending, offset, count))

    def position(self, event_id: str, order: str = "record", *, descending: bool = False) -> int | None:
        """How many of the events come before one in the order of `page`; None where the filter hides it."""
        row = self._objects.row(event_id)
        if row is None:
            return None
        return position(self._engine, self._objects, self.where, order, descending, row)

    def uncited(self, places: Iterable[str], sources: Iterable[str]) -> tuple[tuple[Place, ...], tuple[Source, ...]]:
        """The places and sources of the data beside those with these ids; none where there is any choice."""
        import pyarrow as pa  # noqa: PLC0415 (only who writes the whole record needs it here)

        if self.where.changed(v=None) != Filter():
            return (), ()
        found = []
        for table, column, ids in (("places", "place_id", places), ("sources", "source_id", sources)):
            stored = self._engine.stored[table]
            with self._engine.made(pa.table({column: pa.array(list(ids), pa.string())})) as known:
                found.append(self._engine.read(stored.anti_join(known, column)))
        by_row = found[0].sort_by("place").drop_columns("place").to_pylist()
        by_id = found[1].sort_by("source_id").to_pylist()
        return tuple(map(place_of, by_row)), tuple(Source(**row) for row in by_id)

    def parts(self) -> Iterator[Part]:
        """All events in the order of the record: at once up to `MOST_AT_ONCE`, more in parts of `PART`."""
        if self.count <= MOST_AT_ONCE:
            yield self
            return
        rows = rows_kept(self._engine, self.where, self.count)
        for start in range(0, len(rows), PART):
            yield Part(self.where, rows[start : start + PART], self._objects)
