"""The events in the 31 columns of ACLED's event files (layout since March 2023), and what these cannot say.

Columns, types and codes are those of ACLED's codebook; https://acleddata.com/. What the record does not know is an
empty cell: ACLED itself has no empty cells in many of these columns.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TypeAlias

from geodata.formats.asked import Asked, Losses
from geodata.formats.codebooks.deaths import NONE, Deaths, count_claims, count_events, deaths_of
from geodata.formats.text import csv_text
from geodata.record.model import Event
from geodata.store.result import Part

TABLE = "ACLED's table"
_COLUMNS = """event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1
inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location
latitude longitude geo_precision source source_scale notes fatalities tags timestamp"""
COLUMNS = tuple(_COLUMNS.split())
VIOLENCE, DEMONSTRATIONS, STRATEGIC = "Political violence", "Demonstrations", "Strategic developments"
# Sub-event types by event type.
TYPES = {
    "Battles": (
        *("Armed clash", "Government regains territory", "Non-state actor overtakes territory"),
    ),
    "Explosions/Remote violence": (
        *("Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack"),
        *("Remote explosive/landmine/IED", "Grenade"),
    ),
    "Violence against civilians": ("Sexual violence", "Attack", "Abduction/forced disappearance"),
    "Protests": ("Peaceful protest", "Protest with intervention", "Excessive force against protesters"),
    "Riots": ("Violent demonstration", "Mob violence"),
    "Strategic developments": (
        *("Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use"),
        *("Headquarters or base established", "Looting/property destruction", "Non-violent transfer of territory"),
        "Other",
    ),
}  # fmt: skip
# The crosswalk of categories backwards, for events whose own type is none of ACLED's. A protest is not said to be
# peaceful, and neither deployments nor "other" are among ACLED's types.
BY_CATEGORY = {
    "clash": ("Battles", "Armed clash"),
    "protest": ("Protests", ""),
    "detention": (STRATEGIC, "Arrests"),
    "deployment": (STRATEGIC, "Headquarters or base established"),
    "political": (STRATEGIC, "Other"),
    "other": (STRATEGIC, "Other"),
}
GEO_CODES = {"site": 1, "settlement": 1, "near": 2, "district": 2}  # what is vaguer is 3
Cells: TypeAlias = dict[str, str | int | float | None]
_BY_FOLDED = {name.casefold(): name for name in TYPES}


def write(asked: Asked) -> Iterator[bytes]:
    """The bytes of the table, piece by piece."""
    yield csv_text([COLUMNS]).encode()
    for part in asked.result.parts():
        deaths = deaths_of(part)
        count_events(asked.losses, part, TABLE)
        _count(asked.losses, part, deaths)
        count_claims(asked.losses, part, TABLE, deaths)
        yield csv_text(row(event, part, deaths.get(event.event_id, NONE)).values() for event in part.events).encode()


def row(event: Event, part: Part, deaths: Deaths) -> Cells:
    """The cells of one event by column; the title stands in the notes, before them."""
    place = next(iter(part.places_of(event)), None)
    kind, sub_kind = types_of(event)
    actors = (*event.actors, "", "")
    cited = (part.sources[source_id] for source_id in event.source_ids)
    cells: Cells = dict.fromkeys(COLUMNS)
    country = place.country if place else event.country
    return cells | {
        "event_id_cnty": event.event_id,
        "event_date": event.date_start.isoformat(),
        "year": event.date_start.year,
        "time_precision": event.time_precision,
        "disorder_type": disorder_of(kind, sub_kind),
        "event_type": kind,
        "sub_event_type": sub_kind,
        "actor1": actors[0],
        "actor2": actors[1],
        "iso": numeric_code(country),
        "country": country_name(country),
        "admin1": place.region if place else None,
        "location": place.name_on(event.date_start) if place else "; ".join(event.unsettled),
        "latitude": place.lat if place else None,
        "longitude": place.lon if place else None,
        "geo_precision": GEO_CODES.get(event.sites[0].geo_precision if event.sites else "", 3),
        "source": "; ".join(dict.fromkeys(source.publisher or source.title for source in cited)),
        "notes": "\n".join(filter(None, (event.title, event.notes))),
        "fatalities": deaths.low,
    }


def types_of(event: Event) -> tuple[str, str]:
    """Event type and sub-event type: the event's own where it is one of ACLED's, else by its category."""
    kind = _BY_FOLDED.get(event.event_type.casefold())
    if kind is None:
        return BY_CATEGORY[event.category]
    subs = {name.casefold(): name for name in TYPES[kind]}
    return kind, subs.get(event.sub_event_type.casefold().replace("protestors", "protesters"), "")


def disorder_of(kind: str, sub_kind: str) -> str:
    """The disorder type of an event and a sub-event type."""
    if kind == STRATEGIC:
        return STRATEGIC
    if sub_kind == "Excessive force against protesters":
        return f"{VIOLENCE}; {DEMONSTRATIONS}"
    return DEMONSTRATIONS if kind == "Protests" or sub_kind == "Violent demonstration" else VIOLENCE


@cache
def country_name(code: str) -> str:
    """The English name of a country; "" for none."""
    from geodata.places.boundaries import BUNDLED  # noqa: PLC0415 (shapely)

    return BUNDLED.country_name(code) if code else ""


@cache
def numeric_code(code: str) -> int | None:
    """The number of a country in ISO 3166-1, from Unicode's CLDR; None where there is none."""
    from babel.core import get_global  # noqa: PLC0415 (only who writes this table needs it)

    aliases = get_global("territory_aliases")
    return next((int(n) for n, codes in aliases.items() if n.isdigit() and codes == [code]), None)


def _count(losses: Losses, part: Part, deaths: dict[str, Deaths]) -> None:
    foreign = [event for event in part.events if event.event_type.casefold() not in _BY_FOLDED]
    losses.add(
        len(foreign),
        "{n} event has no type of ACLED's: it stands under the nearest to its category.",
        "{n} events have no type of ACLED's: they stand under the nearest to their category.",
    )
    typed = sum(bool(event.event_type or event.sub_event_type) for event in foreign)
    losses.add(
        typed,
        f"{{n}} type of another codebook is left out: {TABLE} has no column for it.",
        f"{{n}} types of other codebooks are left out: {TABLE} has no column for them.",
    )
    unlike = sum(event.category in ("deployment", "other") for event in foreign)
    losses.add(
        unlike,
        "{n} event is a deployment or of category other, which ACLED does not have.",
        "{n} events are deployments or of category other, which ACLED does not have.",
    )
    longer = sum(event.date_end > event.date_start for event in part.events)
    losses.add(
        longer,
        f"{{n}} event has a last day after its first, for which {TABLE} has no column.",
        f"{{n}} events have a last day after their first, for which {TABLE} has no column.",
    )
    vague = sum(each.geo_precision in ("country", "unknown", "fuzzy") for each in part.events)
    losses.add(
        vague,
        "{n} event is placed more vaguely than ACLED's coarsest code, 3, can say.",
        "{n} events are placed more vaguely than ACLED's coarsest code, 3, can say.",
    )
    differing = sum(each.high is None or each.high != each.low for each in deaths.values() if each.low is not None)
    losses.add(
        differing,
        "{n} event has differing or open figures of deaths: the lowest stands.",
        "{n} events have differing or open figures of deaths: the lowest stands.",
    )
