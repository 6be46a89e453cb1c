"""What there is to draw of a query: events at their places, numbers at their marks. Pure; shared by both canvases."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from dashboard.scene.canvas import Point
from dashboard.scene.cells import Cells
from dashboard.scene.words import say_claim, say_unsettled
from geodata.filter import Filter
from geodata.language.language import ENGLISH, Language
from geodata.places.spatial import in_one_piece
from geodata.record.model import CATEGORIES, MEASURES, Claim, Event, Place
from geodata.record.ranges import Range
from geodata.store.questions.cells import Tolls
from geodata.store.result import Result
from geodata.store.store import Store

CASUALTIES = ("deaths", "injured")
LAYER_OF = {
    "deployment": "deployments", "clash": "clashes", "protest": "protests",
    "detention": "detentions", "political": "political", "other": "other",
}  # fmt: skip
FLOWS = LAYER_OF["deployment"]
SLOT_RADIUS_PX = 11.0
MOST_FANNED = 40  # places up to which the symbols of each stand side by side
PIP_STEP_PX, PIP_BELOW_PX = 9.0, 13.0


@dataclass(frozen=True, slots=True)
class Spot:
    """One category's events at one place, drawn as one symbol, `offset` px (right, down) from the place.

    Where places are many, a place has one symbol, of most of its events, with all of them behind it, and a pip for each
    other category.
    """

    place: Place
    category: str
    events: tuple[Event, ...]
    offset: Point
    is_pip: bool = False


@dataclass(frozen=True, slots=True)
class Toll:
    """A range of killed or injured people and where its mark stands: at the middle of its event's places."""

    event: Event
    range: Range
    at: Point
    spokes: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """What several events at one place have killed together, each by a figure for it alone that may be added."""

    place: Place
    events: tuple[Event, ...]
    tolls: Tolls


def offsets(count: int) -> tuple[Point, ...]:
    """Where `count` symbols that share a place stand around it, in px (right, down): none hides another."""
    if count == 1:
        return ((0.0, 0.0),)
    radius = max(SLOT_RADIUS_PX, SLOT_RADIUS_PX / math.sin(math.pi / count))
    turn = math.pi if count == 2 else -math.pi / 2
    angles = (turn + 2 * math.pi * k / count for k in range(count))
    return tuple((round(radius * math.cos(a), 1), round(radius * math.sin(a), 1)) for a in angles)


def pip_offsets(count: int) -> tuple[Point, ...]:
    """Where `count` pips stand under a symbol, in px (right, down)."""
    return tuple((PIP_STEP_PX * (number - (count - 1) / 2), PIP_BELOW_PX) for number in range(count))


class Seen(Protocol):
    """What a scene takes of a view: the layers shown, the selected event, the measure of a chart."""

    @property
    def layers(self) -> tuple[str, ...]: ...  # noqa: D102

    @property
    def event(self) -> str: ...  # noqa: D102

    @property
    def chart(self) -> str: ...  # noqa: D102


@dataclass(frozen=True)
class Scene:
    """A `Result` arranged for drawing, with `layers` (names of the catalogue) shown, told in `language`.

    `chart` is the measure whose claims a chart shows; "" leaves the choice to it. `cells` are drawn in place of the
    events where these cannot be told apart; of very many `result` has none then. `apart` says whether each symbol and
    toll is drawn by itself, for who takes some of the events away later.
    """

    store: Store
    result: Result
    layers: tuple[str, ...]
    language: Language
    selected: str = ""
    chart: str = ""
    cells: Cells | None = None
    apart: bool = False

    @classmethod
    def of(cls, store: Store, where: Filter, view: Seen, language: Language) -> Scene:
        """What a filter keeps, as a view shows it."""
        return cls(store, store.query(where), view.layers, language, view.event, view.chart)

    @property
    def marked(self) -> tuple[Event, ...]:
        """The events that are drawn one by one: all, or none where cells tell of them."""
        return () if self.cells else self.result.events

    @property
    def counts_alone(self) -> bool:
        """Whether the events are too many to be told one by one."""
        return self.cells is not None and not self.result.events

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        """The symbols: events at their sites (but flows that are drawn as lines), by place, fanned out."""
        places: dict[Point, Place] = {}  # several may have one point, under names of their own
        at: dict[Place, dict[str, list[Event]]] = defaultdict(lambda: defaultdict(list))
        for event in self.marked:
            if layer_of(event.category) not in self.layers or (event.is_flow and self.has_both_ends(event)):
                continue
            for site in event.sites:
                place = self.result.places[site.place_id]
                if place.point:
                    at[places.setdefault(place.point, place)][event.category].append(event)
        arranged = fanned if self.apart or len(at) <= MOST_FANNED else stacked
        return tuple(spot for place, by_category in at.items() for spot in arranged(place, by_category))

    @cached_property
    def events_at(self) -> dict[Place, tuple[Event, ...]]:
        """Every event that has a symbol at a place, by place."""
        found: dict[Place, dict[str, Event]] = defaultdict(dict)
        for spot in self.spots:
            found[spot.place].update({event.event_id: event for event in spot.events})
        return {place: tuple(events.values()) for place, events in found.items()}

    @cached_property
    def drawn(self) -> frozenset[str]:
        """The ids of the events that have a symbol or a flow."""
        at_places = (event for events in self.events_at.values() for event in events)
        return frozenset(event.event_id for event in (*at_places, *self.flows))

    @cached_property
    def flows(self) -> tuple[Event, ...]:
        """The events that lead from an origin to a destination with known points, where their layer is shown."""
        return tuple(e for e in self.marked if e.is_flow and self.has_both_ends(e)) if FLOWS in self.layers else ()

    def has_both_ends(self, event: Event) -> bool:
        """Whether a flow can be drawn from an origin to a destination."""
        return all(place.point for place in self.result.places_of(event))

    @cached_property
    def country_wide(self) -> dict[str, tuple[Event, ...]]:
        """The events known only for a country, by its ISO 3166-1 alpha-2 code; none with an unsettled place."""
        found: dict[str, list[Event]] = defaultdict(list)
        for event in self.marked:
            if event.country and not event.unsettled and not self.has_point(event):
                found[event.country].append(event)
        return {country: tuple(events) for country, events in found.items()}

    @cached_property
    def tolls(self) -> tuple[Toll, ...]:
        """The casualty marks: for each event with points and each measure, the range that is to be shown.

        The range of population "all" where there is one, else each population's apart.
        """
        found = []
        for event in self.marked:
            spokes = in_one_piece([place.point for place in self.result.places_of(event) if place.point])
            if spokes:
                middle = (sum(p[0] for p in spokes) / len(spokes), sum(p[1] for p in spokes) / len(spokes))
                found += [
                    Toll(event, r, middle, tuple(spokes) if len(spokes) > 1 else ()) for r in self.shown_ranges(event)
                ]
        return tuple(found)

    @cached_property
    def sums(self) -> tuple[Sum, ...]:
        """The tolls of several events at one place that may be added up, as one for each place."""
        at: dict[Point, dict[str, Event]] = defaultdict(dict)
        for toll in self.tolls:
            if toll.range.measure == "deaths" and not toll.spokes:
                at[toll.at][toll.event.event_id] = toll.event
        several = [events for events in at.values() if len(events) > 1]
        if self.apart or not several:
            return ()
        tolls = self.result.tolls_each()
        found = []
        for events in several:
            added = tuple(event for name, event in events.items() if tolls[name].figures)
            if len(added) > 1:
                (place,) = self.result.places_of(added[0])
                found.append(Sum(place, added, sum((tolls[event.event_id] for event in added), Tolls())))
        return tuple(found)

    @cached_property
    def single_tolls(self) -> tuple[Toll, ...]:
        """The casualty marks that are in no sum."""
        added = {event.event_id for each in self.sums for event in each.events}
        return tuple(t for t in self.tolls if t.range.measure != "deaths" or t.event.event_id not in added)

    def shown_ranges(self, event: Event, measures: tuple[str, ...] = CASUALTIES) -> tuple[Range, ...]:
        """The event's ranges for a mark or tag: population "all" before any single one, a whole before its parts."""
        mine = [r for r in self.result.ranges if r.event_id == event.event_id and r.measure in measures]
        whole = {r.measure for r in mine if r.population == "all"}
        mine = [r for r in mine if r.population == "all" or r.measure not in whole]
        parts = {claim.claim_id for claim in self.result.claims if claim.part_of}
        wide = {(r.measure, r.population) for r in mine if not parts.issuperset(r.claims)}
        shown = [r for r in mine if (r.measure, r.population) not in wide or not parts.issuperset(r.claims)]
        return tuple(sorted(shown, key=lambda r: MEASURES.index(r.measure)))

    def claims_of(self, event: Event) -> tuple[Claim, ...]:
        """The claims about one kept event, as known on the filter's day."""
        return tuple(claim for claim in self.result.claims if claim.event_id == event.event_id)

    def has_point(self, event: Event) -> bool:
        """Whether the event can stand on the map by a point."""
        return any(place.point for place in self.result.places_of(event))

    def off_map(self) -> tuple[Event, ...]:
        """The kept events without a point: country-wide ones, those with an unsettled place, those without any."""
        found = (event for event in self.result.events if not self.has_point(event))
        return tuple(sorted(found, key=lambda event: 1 if event.unsettled else 0 if event.country else 2))

    def off_map_first(self, most: int) -> tuple[int, tuple[Event, ...]]:
        """How many kept events have no point, and the first of them: all, or `most` where they are too many."""
        if self.cells is None:
            found = self.off_map()
            return len(found), found
        count, first = self.store.off_map(self.result.where, most)
        return count, first.events

    def place_names(self, event: Event) -> tuple[str, ...]:
        """The names of the event's sites as they were on its first day, in order, in the scene's language."""
        return tuple(self.language.place(place, event.date_start) for place in self.result.places_of(event))

    def scope_name(self, scope: str, event: Event) -> str:
        """What a figure covers: a place of the record by its name in the scene's language, else the data's words."""
        place = self.store.place_named(scope) if self.language != ENGLISH else None
        return self.language.place(place, event.date_start) if place else scope

    def where_words(self, event: Event) -> str:
        """Where the event was: its places, those that were not settled, else its country; or ""."""
        language = self.language
        names = (language.led if event.is_flow else language.listed)(self.place_names(event))
        country = language.country(event.country) if event.country and not event.sites else ""
        return language.listed(filter(None, (names, say_unsettled(event, language), country)))

    def hover(self, event: Event) -> tuple[str, ...]:
        """The event in plain lines: title, days and places, then each claim with its voice and day."""
        days = self.language.days(event.date_start, event.date_end)
        lines = [event.title, " · ".join(filter(None, (days, self.where_words(event))))]
        return (*lines, *(say_claim(claim, self.language) for claim in self.claims_of(event)))


def fanned(place: Place, by_category: Mapping[str, list[Event]]) -> Iterator[Spot]:
    """The symbols of a place, one a category, side by side."""
    present = [category for category in CATEGORIES if category in by_category]
    for category, offset in zip(present, offsets(len(present)), strict=True):
        yield Spot(place, category, tuple(by_category[category]), offset)


def stacked(place: Place, by_category: Mapping[str, list[Event]]) -> Iterator[Spot]:
    """One symbol of a place, with all its events, and a pip for each category but that of most."""
    most, *others = sorted(by_category, key=lambda name: (-len(by_category[name]), CATEGORIES.index(name)))
    events = {event.event_id: event for category in (most, *others) for event in by_category[category]}
    yield Spot(place, most, tuple(events.values()), (0.0, 0.0))
    for category, offset in zip(others, pip_offsets(len(others)), strict=True):
        yield Spot(place, category, tuple(by_category[category]), offset, is_pip=True)


def layer_of(category: str) -> str:
    """The layer that draws a category's events."""
    return LAYER_OF[category]


def category_of(layer: str) -> str:
    """The category whose events a layer draws, "" for a layer of something else."""
    return next((category for category, name in LAYER_OF.items() if name == layer), "")
