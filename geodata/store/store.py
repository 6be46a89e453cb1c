"""The store: a snapshot of the record, asked with a `Filter`.

Every answer is a count, a range, a cell or a page; the record's objects are made only for what somebody looks at.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from geodata.errors import ChoiceError, Problem
from geodata.filter import Filter
from geodata.record.columns import BETWEEN_CELLS
from geodata.record.model import MEASURES, Claim, Event, FileRead, Original, Place, Source, Unsettled
from geodata.record.rows import place_of
from geodata.store.objects import Objects
from geodata.store.questions import cells, extent, facets, kept, news, pages, tallies, totals
from geodata.store.result import Part, Result

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from geodata.area import BBox
    from geodata.record.total import Total
    from geodata.store.engines.engine import Engine
    from geodata.store.questions.extent import Country
    from geodata.store.questions.facets import Option, Options
    from geodata.store.questions.news import Changes

MOST_PLACES = 5_000
MOST_OPTIONS = 1_000


class About(Protocol):
    """What is known of a version of a record before anything is asked."""

    @property
    def name(self) -> str:
        """The name of the data set."""

    @property
    def title(self) -> str:
        """Its title."""

    @property
    def version(self) -> str:
        """The hash of its content."""


class Store:
    """A version of a record that can be asked, by an engine over it. Safe to share between threads."""

    def __init__(self, about: About, engine: Engine) -> None:
        self.name, self.title, self.version = about.name, about.title, about.version
        self._about = about  # the files of a snapshot are there as long as it is
        self._engine = engine
        self._objects = Objects(self._engine)
        self.size = kept.counts(self._engine, Filter()).total

    def close(self) -> None:
        """Let go of the engine."""
        self._engine.close()

    @property
    def away(self) -> str:
        """Why the database did not answer the last question, "" if it did."""
        return self._engine.away

    def newest_version(self) -> str | None:
        """The version that is in the database now; None for what cannot change. Raises NoAnswer."""
        return self._engine.newest_version()

    def query(self, where: Filter) -> Result:
        """Ask once; everything that is shown of a choice comes from the one `Result`.

        Raises ChoiceError when the filter names another version of the data.
        """
        self._check_version(where)
        return Result(where, kept.counts(self._engine, where), self._engine, self._objects)

    def _check_version(self, where: Filter) -> None:
        if where.v and where.v != self.version:
            raise ChoiceError("v", f"The data was updated: version {where.v!r} is asked for, {self.version!r} is here.")

    def event(self, event_id: str) -> Event | None:
        """An event by its id, whatever a filter keeps; None where there is none."""
        row = self._row(event_id)
        return None if row is None else self._objects.events([row])[0]

    def original(self, event_id: str) -> Original | None:
        """The row of a table that an event was read from; None where it is not here, or of a whole record."""
        row = self._row(event_id)
        found = [] if row is None else self._engine.rows("originals", "event", [row]).to_pylist()
        if not found:
            return None
        of, file = found[0], self.files[found[0]["file"]]
        cells = dict(zip(file.headings, of["cells"].split(BETWEEN_CELLS), strict=True))
        return Original(file.file, of["sheet"], of["line"], cells)

    def titles(self, event_ids: Sequence[str]) -> dict[str, str]:
        """The titles of events by their ids, whatever a filter keeps."""
        return self._objects.titles(event_ids)

    def claims_about(self, event_id: str, by: date | None) -> tuple[Claim, ...]:
        """All claims about an event said by a day (None: today), of whatever voice and source."""
        row = self._row(event_id)
        about = [] if row is None else self._objects.claims([row])
        return tuple(claim for claim in about if by is None or claim.said_on.last <= by)

    def _row(self, event_id: str) -> int | None:
        return self._objects.row(event_id) if event_id else None

    def place_named(self, name: str) -> Place | None:
        """The first place that has this name, in whatever script or time; None where there is none."""
        called = self._engine.stored["called"]
        first = self._engine.fetch(called.filter(called.name == name).agg(row=called.place.min()))
        row = first["row"][0].as_py()
        return None if row is None else self._objects.place(row)

    def options(self, key: str, most: int = MOST_OPTIONS) -> Options:
        """What a list of the filter offers here; see `geodata.store.questions.facets`."""
        return facets.options(self._engine, key, most)

    def facet_counts(
        self, where: Filter, key: str, most: int = MOST_OPTIONS, *, of_kept: bool = False
    ) -> tuple[Option, ...]:
        """The choices of a list with the events that each would keep; see `geodata.store.questions.facets`."""
        return facets.facet_counts(self._engine, where, key, most, of_kept=of_kept)

    def facet_size(self, where: Filter, key: str) -> int:
        """How many choices of a list the kept events have."""
        return facets.facet_size(self._engine, where, key)

    @property
    def credits(self) -> tuple[str, ...]:
        """How the authors of the files of the record ask to be named, each once."""
        return tuple(dict.fromkeys(file.credit for file in self._objects.files if file.credit))

    def tallies(self, where: Filter) -> pa.Table:
        """How many events share their days, category and cell; see `geodata.store.questions.tallies`."""
        self._check_version(where)
        return tallies.tallies(self._engine, where)

    def off_map(self, where: Filter, most: int) -> tuple[int, Part]:
        """How many kept events have no point, and the first `most` of them."""
        count, rows = pages.off_map_rows(self._engine, where, most)
        return count, Part(where, rows, self._objects)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """The places of the data; the first `MOST_PLACES` of more."""
        stored = self._engine.stored["places"]
        rows = self._engine.fetch(stored.order_by("place").limit(MOST_PLACES).drop("place")).to_pylist()
        return tuple(place_of(row) for row in rows)

    @cached_property
    def texts(self) -> tuple[Source, ...]:
        """The sources whose text is known by its SHA-256."""
        stored = self._engine.stored["sources"]
        return tuple(Source(**row) for row in self._engine.fetch(stored.filter(stored.sha256 != "")).to_pylist())

    @cached_property
    def span(self) -> tuple[date, date]:
        """The first and last possible day of the events; today twice without any."""
        return extent.span(self._engine, Filter()) or (date.today(), date.today())

    @cached_property
    def middle_day(self) -> date | None:
        """The first day of the middle event by first days; None without events."""
        return extent.middle_day(self._engine)

    @cached_property
    def measures(self) -> tuple[str, ...]:
        """The measures of which a figure is claimed, in the order of `MEASURES`."""
        claims = self._engine.tables["claims"]
        claimed = set(self._engine.fetch(claims.select("measure").distinct())["measure"].to_pylist())
        return tuple(measure for measure in MEASURES if measure in claimed)

    @cached_property
    def news_days(self) -> tuple[date, ...]:
        """The days on which something was said, superseded or retracted, in order."""
        return news.days_of_news(self._engine)

    @cached_property
    def boxes(self) -> tuple[BBox, ...]:
        """What holds every point of the data, (west, south, east, north) in degrees; () without any."""
        return extent.boxes(self._engine)

    @cached_property
    def countries(self) -> tuple[Country, ...]:
        """The countries that the events are about."""
        return extent.countries(self._engine)

    @cached_property
    def areas(self) -> dict[int, cells.Area]:
        """The regions and countries in which the data has places, by their numbers."""
        return cells.areas(self._engine)

    @cached_property
    def unsettled(self) -> tuple[Unsettled, ...]:
        """The names of places that could not be settled."""
        rows = self._engine.fetch(self._engine.stored["unsettled"]).to_pylist()
        return tuple(Unsettled(row["name"], tuple(row["event_ids"]), tuple(row["candidates"])) for row in rows)

    def first_unsettled(self, most: int, most_events: int) -> tuple[int, tuple[tuple[Unsettled, int], ...]]:
        """How many names could not be settled, and the first `most` of them, each with the first `most_events` of its
        events and how many these are in all."""
        stored = self._engine.stored["unsettled"]
        count = self._engine.fetch(stored.agg(n=stored.count()))["n"][0].as_py()
        first = stored.limit(most)
        events = first.event_ids
        first = first.select("name", "candidates", event_ids=events[:most_events], events=events.length())
        return count, tuple(
            (Unsettled(row["name"], tuple(row["event_ids"]), tuple(row["candidates"])), row["events"])
            for row in self._engine.fetch(first).to_pylist()
        )

    @cached_property
    def files(self) -> tuple[FileRead, ...]:
        """How each file was read that is no data folder."""
        return self._objects.files

    def notices(self, kind: str, most: int) -> tuple[Problem, ...]:
        """What is to be said of how the files were read, the first `most`: "told", "repaired" or "rejected"."""
        stored = self._engine.stored["notices"]
        rows = self._engine.fetch(stored.filter(stored.kind == kind).limit(most)).to_pylist()
        return tuple(Problem(r["file"], r["line"], r["heading"], r["value"], r["message"], r["rule"]) for r in rows)

    def rejected(self) -> pa.Table:
        """The notices of the rows that were rejected."""
        stored = self._engine.stored["notices"]
        return self._engine.read(stored.filter(stored.kind == "rejected"))

    def changes(self, where: Filter, since: date, most: int) -> Changes:
        """What changed in the claims of the kept events; see `geodata.store.questions.changes`."""
        return news.changes(self._engine, self._objects, where, since, most)

    def newest(self, where: Filter, measure: str, most: int) -> tuple[int, Part]:
        """How many claims of a measure there are about the kept events, and the events of the newest `most` of them."""
        count, rows = news.newest(self._engine, where, measure, most)
        return count, Part(where, rows, self._objects)

    def total(self, where: Filter, measure: str) -> Total:
        """The sum of a measure over the kept events, or its refusal; see `geodata.store.questions.totals`."""
        self._check_version(where)
        return totals.total_of(self._engine, self._objects, where, measure)
