"""What only a hover tells, on the page and in the map file: notes about a mark beside the words of its events."""

from __future__ import annotations

from datetime import date

from geodata.language.figure import say_figure
from geodata.language.language import Language, Named
from geodata.phrases import phrase, phrases
from geodata.store.questions.cells import Tolls

# What a cell says, here and on the page while its numbers change (`dashboard.screen.counting`).
EVENTS = phrases("{number} event", "{number} events")
KIND = phrase("{mark} {kind}: {number}")
KILLED = phrases("Killed in {number} event: {figure}", "Killed in {number} events: {figure}")
OR_MORE = phrase("{figure} or more")
NOT_ADDED = phrases(
    "Not added: {number} event with a toll for several places, for some of the people, or inside others",
    "Not added: {number} events with tolls for several places, for some of the people, or inside others",
)
NO_TOLL = phrases("{number} event without a figure of killed", "{number} events without a figure of killed")


def say_together(places: int, language: Language) -> str:
    """That a toll with spokes is one figure for all its places."""
    return language.count(
        "One toll for the {count} place together: the source gives no split",
        "One toll for the {count} places together: the source gives no split",
        places,
    )


def say_here(place: str, events: str, language: Language) -> str:
    """How many events a symbol stands for: `events` as `say_events` counts them."""
    return language.say("{place}: {events}", place=place, events=events)


def say_events(count: int, language: Language) -> str:
    """As "3 events"."""
    return language.count("{count} event", "{count} events", count)


def say_many_events(count: int, language: Language) -> str:
    """As "3,000 events"."""
    return language.count(*EVENTS, count, number=language.number(count))


def say_cells(events: int, cells: int, side_km: float, language: Language) -> str:
    """How many events are in how many cells, and how long a side of these is."""
    return language.count(
        "{events} in {number} cell with sides of {side} km",
        "{events} in {number} cells with sides of {side} km",
        cells,
        events=say_many_events(events, language),
        number=language.number(cells),
        side=language.number(float(f"{side_km:.2g}")),
    )


def say_side(side_km: float, language: Language) -> str:
    """How long a side of the cells is."""
    return language.say("Cells with sides of {side} km", side=language.number(float(f"{side_km:.2g}")))


def say_kind(mark: str, kind: str, count: int, language: Language) -> str:
    """How many events of a kind a cell has, behind the kind's symbol."""
    return language.say(KIND, mark=mark, kind=kind, number=language.number(count))


def say_tolls(tolls: Tolls, events: int, language: Language) -> list[str]:
    """How many people `events` events killed: what the figures of some come to, and how many have others, or none."""
    figure = say_figure(tolls.low, tolls.high, language=language)
    figure = language.say(OR_MORE, figure=figure) if tolls.open else figure
    counted = ((KILLED, tolls.figures), (NOT_ADDED, tolls.told - tolls.figures), (NO_TOLL, events - tolls.told))
    return [
        language.count(*words, count, number=language.number(count), figure=figure) for words, count in counted if count
    ]


def say_within(place: Named, day: date, radius_m: float, *, near: bool, language: Language) -> str:
    """What the disc around a place says: the event was in it; `near` the place, or somewhere in the place itself."""
    name, radius = language.place(place, day), language.number(radius_m / 1000)
    if near:
        return language.say("near {place}: within {radius} km of this point", place=name, radius=radius)
    return language.say("{place}: within {radius} km of this point", place=name, radius=radius)


def say_somewhere(region: str, language: Language) -> str:
    """What the area of a region says."""
    return language.say("Somewhere in {region}", region=region)
