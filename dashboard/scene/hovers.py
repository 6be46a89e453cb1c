"""What only a hover tells, on the page and in the map file: notes about a mark beside the words of its events."""

from __future__ import annotations

from datetime import date

from geodata.language.language import Language, Named


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
    return language.count("{number} event", "{number} events", count, number=language.number(count))


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
    return language.say("{mark} {kind}: {number}", mark=mark, kind=kind, number=language.number(count))


def say_within(place: Named, day: date, radius_m: float, *, near: bool, language: Language) -> str:
    """What the disc around a place says: the event was in it; `near` the place, or somewhere in the place itself."""
    name, radius = language.place(place, day), language.number(radius_m / 1000)
    if near:
        return language.say("near {place}: within {radius} km of this point", place=name, radius=radius)
    return language.say("{place}: within {radius} km of this point", place=name, radius=radius)


def say_somewhere(region: str, language: Language) -> str:
    """What the area of a region says."""
    return language.say("Somewhere in {region}", region=region)
