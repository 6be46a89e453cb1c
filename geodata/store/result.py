"""What a filter keeps, and what it hides and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from geodata.filter import Filter
from geodata.record.model import Claim, Event, Place, Source
from geodata.record.ranges import Range


@dataclass(frozen=True, slots=True)
class Hidden:
    """How many events are hidden for the same reasons (keys of `geodata.filter.FIELDS`)."""

    reasons: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where one event is: the country it names itself ("" for none), all that it is about (ISO 3166-1 alpha-2), and
    its points as (lon, lat) in degrees, of a flow those of its great circle."""

    country: str
    countries: frozenset[str]
    points: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What a filter keeps, and what it hides and why. `len(events)` plus all hidden counts is `total`.

    `places` are those of the kept events, `sources` those that the events and claims name, by id. `claims` are those of
    the kept events, with the status they had on the filter's `as_of`. `category_counts` has every category, counted
    under all other choices; `any_date` are the events kept when the dates are lifted.
    """

    where: Filter
    events: tuple[Event, ...]
    places: Mapping[str, Place]
    sources: Mapping[str, Source]
    claims: tuple[Claim, ...]
    ranges: tuple[Range, ...]
    total: int
    hidden: tuple[Hidden, ...]
    category_counts: dict[str, int]
    any_date: tuple[Event, ...]

    def places_of(self, event: Event) -> tuple[Place, ...]:
        """The places of a kept event, in the order of its sites."""
        return tuple(self.places[site.place_id] for site in event.sites)

    def place_names(self, event: Event) -> tuple[str, ...]:
        """The names of a kept event's places as they were on its first day, in order."""
        return tuple(place.name_on(event.date_start) for place in self.places_of(event))
