"""Generated records: events, places and claims that supersede, repeat and contain one another. Seeded."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from geodata.dates import PartialDay
from geodata.record.model import (
    CATEGORIES,
    GEO_PRECISIONS,
    MEASURES,
    Claim,
    Event,
    Place,
    PlaceName,
    Site,
    Source,
)
from tests.records import Dataset

FIRST = date(2020, 1, 1)
DAYS = 400
VOICES = ("ministry", "president", "press", "hospital", "Prosecutor")
COUNTRIES = {"KZ": "Kazakhstan", "RU": "Russia", "UA": "Ukraine", "FJ": "Fiji"}


def record(seed: int, count: int) -> Dataset:
    """A record of `count` events with their claims; with echoes, parts, replaced and retracted figures in some."""
    pick = random.Random(seed)
    sources = tuple(_source(number, pick) for number in range(12))
    places = tuple(_place(number, pick) for number in range(40))
    events = tuple(_event(number, places, sources, pick) for number in range(count))
    claims: list[Claim] = []
    for event in events:
        claims += _claims(event, places, sources, pick)
    pick.shuffle(claims)
    return Dataset("tangles", "Tangles", events, tuple(claims), sources, places)


def _source(number: int, pick: random.Random) -> Source:
    published = FIRST + timedelta(pick.randrange(DAYS)) if pick.random() < 0.7 else None
    return Source(f"s{number}", pick.choice(["", "A paper"]), f"Title {number}", published, None, "", "en", "", "")


def _place(number: int, pick: random.Random) -> Place:
    country = pick.choice([*COUNTRIES])
    lon, lat = {"KZ": (70.0, 48.0), "RU": (90.0, 60.0), "UA": (31.0, 49.0), "FJ": (179.5, -17.0)}[country]
    point = (round(lon + pick.uniform(-3, 3), 3), round(lat + pick.uniform(-3, 3), 3))
    point = ((point[0] + 180) % 360 - 180, point[1])
    names = tuple(PlaceName(name) for name in pick.sample(["Örтау", "Straße", "İzmir", "Old town"], pick.randrange(3)))
    known = pick.random() < 0.95
    region = pick.choice(["", "North", "South"])
    return Place(
        f"p{number}", f"Place {number}", point[0] if known else None, point[1] if known else None, "town", country,
        names, 0.0, region,
    )  # fmt: skip


def _event(number: int, places: tuple[Place, ...], sources: tuple[Source, ...], pick: random.Random) -> Event:
    start = FIRST + timedelta(pick.randrange(DAYS))
    end = start + timedelta(pick.choice([0, 0, 0, 1, 6, 40]))
    kind = pick.random()
    chosen = pick.sample(places, 2 if kind < 0.05 else pick.choice([1, 1, 1, 1, 3]))
    if kind < 0.05:
        sites = tuple(
            Site(p.place_id, role, "settlement") for p, role in zip(chosen, ("origin", "destination"), strict=True)
        )
    elif kind < 0.15:
        sites = ()
    else:
        sites = tuple(Site(p.place_id, "at", pick.choice(GEO_PRECISIONS[:6])) for p in chosen)
    # Some have a country of their own beside their sites.
    country = pick.choice(["", *COUNTRIES]) if not sites else "UA" if number % 10 == 3 else ""
    unsettled = ("Nowhere",) if not sites and pick.random() < 0.3 else ()
    actors = tuple(pick.sample(["police", "Protesters", "army", "ÉTAT"], pick.randrange(3)))
    return Event(
        f"E{number}", pick.choice(CATEGORIES), pick.choice(["", "strike"]), "", f"Event {number} {pick.choice('abc')}",
        start, end, 1, sites, country, actors, pick.choice(["", "A note"]),
        tuple(s.source_id for s in pick.sample(sources, pick.randrange(3))), unsettled,
    )  # fmt: skip


def _claims(event: Event, places: tuple[Place, ...], sources: tuple[Source, ...], pick: random.Random) -> list[Claim]:
    found: list[Claim] = []
    tangled = pick.random() < 0.3
    names = {place.place_id: place.name for place in places}
    own = ", ".join(names[site.place_id] for site in event.sites)
    for number in range(pick.choice([0, 1, 1, 1, 2, 3, 8])):
        said = event.date_start + timedelta(number * 3 + pick.randrange(3))
        low = pick.choice([None, 0, pick.randrange(200)])
        high = None if low is None or pick.random() < 0.2 else low + pick.choice([0, 0, 30])
        claim: dict[str, Any] = {
            "claim_id": f"{event.event_id}-{number}", "event_id": event.event_id, "measure": pick.choice(MEASURES[:2]),
            "low": low, "best": None, "high": high if low is not None else pick.randrange(50), "qualifier": "exact",
            "claimant": pick.choice(VOICES), "via": "", "said_on": _day(said, pick),
            "scope": pick.choice([own, own, own, "Kazakhstan"]), "population": pick.choice(["all"] * 3 + ["children"]),
            "part_of": "", "status": "standing", "status_on": None, "source_id": pick.choice(sources).source_id,
            "locator": None, "notes": "", "supersedes": "", "echo_of": "",
        }  # fmt: skip
        akin = [other for other in found if other.measure == claim["measure"]]
        kind = pick.random()
        if akin and tangled and kind < 0.25:
            heard = pick.choice(akin)
            claim |= {key: getattr(heard, key) for key in ("low", "high", "scope", "population")}
            claim["echo_of"] = heard.claim_id
        elif akin and tangled and kind < 0.45:
            claim["part_of"] = pick.choice(akin).claim_id
        elif akin and kind < 0.6:
            claim["supersedes"] = pick.choice(akin).claim_id
        if pick.random() < 0.15:
            fell = said + timedelta(pick.randrange(40, 60))
            claim |= {"status": pick.choice(["retracted", "superseded"]), "status_on": fell}
        found.append(Claim(**claim))
    return found


def _day(day: date, pick: random.Random) -> PartialDay:
    return PartialDay.parse(str(day)[:7]) if pick.random() < 0.1 else PartialDay(day, day)
