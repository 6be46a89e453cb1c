"""What only a hover tells, on the page and in the map file: notes about a mark beside the words of its events."""

from __future__ import annotations

from datetime import date

from dashboard.scene.cells import Cells, side_km
from dashboard.scene.words import EVENTS, GROUND, IN_NONE, LOWEST, NO_TOLL, NOT_ADDED
from geodata.language.figure import say_figure
from geodata.language.language import Language, Named
from geodata.phrases import phrase, phrases
from geodata.store.questions.cells import Area, Tolls

GRID = {
    "cells": phrase("Cells with sides of {side} km"), "regions": phrase("Regions"), "countries": phrase("Countries"),
}  # fmt: skip
# What a cell says, here and on the page while its numbers change (`dashboard.screen.counting`).
KIND = phrase("{mark} {kind}: {number}")
KILLED = phrases("Killed in {number} event: {figure}", "Killed in {number} events: {figure}")
OR_MORE = phrase("{figure} or more")


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


def say_more(count: int, language: Language) -> str:
    """How many are not told."""
    return language.count("and {number} more", "and {number} more", count, number=language.number(count))


def say_many_events(count: int, language: Language) -> str:
    """As "3,000 events"."""
    return language.count(*EVENTS, count, number=language.number(count))


def say_cells(cells: Cells, language: Language) -> str:
    """How many events are in how many parts of the ground, how long a side of cells is, how many are in no area."""
    count = len(cells.units)
    values = {"events": say_many_events(cells.events, language), "side": _side(cells, language)}
    said = language.count(*GROUND[_kind(cells)], count, number=language.number(count), **values)
    if not cells.outside:
        return said
    return language.say(IN_NONE, text=said, events=say_many_events(cells.outside, language))


def say_heading(by: str, ground: str, language: Language) -> str:
    """What the colours of parts of the ground tell, before what these parts are."""
    return f"{language.say(LOWEST)} · {ground}" if by == "deaths" else ground


def say_grid(cells: Cells, language: Language) -> str:
    """What the parts of the ground are."""
    return language.say(GRID[_kind(cells)], side=_side(cells, language))


def say_area(area: Area, language: Language) -> str:
    """A region with its country, or a country."""
    country = language.country(area.country, area.name)
    return language.listed((area.name, language.country(area.country))) if area.region else country


def _kind(cells: Cells) -> str:
    return cells.grid if isinstance(cells.grid, str) else "cells"


def _side(cells: Cells, language: Language) -> str:
    return language.number(float(f"{side_km(cells.grid):.2g}")) if isinstance(cells.grid, int) else ""


def say_kind(mark: str, kind: str, count: int, language: Language) -> str:
    """How many events of a kind a cell has, behind the kind's symbol."""
    return language.say(KIND, mark=mark, kind=kind, number=language.number(count))


def say_tolls(tolls: Tolls, events: int, language: Language) -> list[str]:
    """How many people `events` events killed: what the figures of some come to, and how many have others, or none."""
    figure = say_figure(tolls.low, tolls.high, language=language)
    figure = language.say(OR_MORE, figure=figure) if tolls.open else figure
    killed = language.count(*KILLED, tolls.figures, number=language.number(tolls.figures), figure=figure)
    return [*([killed] if tolls.figures else []), *say_not_added(tolls, events, language)]


def say_not_added(tolls: Tolls, events: int, language: Language) -> list[str]:
    """How many of `events` events have tolls that are in no sum, and how many have none."""
    counted = ((NOT_ADDED, tolls.told - tolls.figures), (NO_TOLL, events - tolls.told))
    return [language.count(*words, count, number=language.number(count)) for words, count in counted if count]


def say_within(place: Named, day: date, radius_m: float, *, near: bool, language: Language) -> str:
    """What the disc around a place says: the event was in it; `near` the place, or somewhere in the place itself."""
    name, radius = language.place(place, day), language.number(radius_m / 1000)
    if near:
        return language.say("near {place}: within {radius} km of this point", place=name, radius=radius)
    return language.say("{place}: within {radius} km of this point", place=name, radius=radius)


def say_somewhere(region: str, language: Language) -> str:
    """What the area of a region says."""
    return language.say("Somewhere in {region}", region=region)
