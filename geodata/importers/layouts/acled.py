"""ACLED's tables of events, the current one of 31 columns and the older ones.

Its codebook: `geo_precision` 1 is a town, 2 a part of a region coded to a town in it, 3 a region coded to its capital;
`time_precision` 1 is the day, 2 the week, 3 the month. `fatalities` are as reported, the lowest where reports differ.
"""

from __future__ import annotations

from geodata.importers.layouts.layout import Layout, one
from geodata.importers.translate.meaning import Meaning, Parts

_CATEGORIES = {
    "violent demonstration": "protest",
    "mob violence": "clash",
    "arrests": "detention",
    "headquarters or base established": "deployment",
    "non-violent transfer of territory": "deployment",
    "agreement": "political",
    "change to group/activity": "political",
    "looting/property destruction": "other",
    "disrupted weapons use": "other",
    "battles": "clash",
    "explosions/remote violence": "clash",
    "violence against civilians": "clash",
    "protests": "protest",
    "riots": "protest",
    "riots/protests": "protest",
    "strategic developments": "political",
    "strategic development": "political",
    "remote violence": "clash",
    "battle-no change of territory": "clash",
    "battle-government regains territory": "clash",
    "battle-non-state actor overtakes territory": "clash",
}

LAYOUT = Layout(
    name="acled",
    title="ACLED",
    needed=frozenset({"event_id_cnty", "event_date", "event_type", "latitude", "longitude", "geo_precision"}),
    # Its tables are often kept without the ids, but not with these two codes of anybody else's.
    or_needed=(frozenset({"event_date", "event_type", "latitude", "longitude", "geo_precision", "time_precision"}),),
    meaning=Meaning(
        columns={
            "event_id": one("event_id_cnty"),
            "date_start": one("event_date"),
            "time_precision": one("time_precision"),
            "category": Parts(("sub_event_type", "event_type")),
            "event_type": one("event_type"),
            "sub_event_type": one("sub_event_type"),
            "title": Parts(("sub_event_type", "location"), " in "),
            "place": one("location"),
            "admin1": one("admin1"),
            "country": Parts(("country", "iso")),
            "lon": one("longitude"),
            "lat": one("latitude"),
            "geo_precision": one("geo_precision"),
            "actors": Parts(("actor1", "assoc_actor_1", "actor2", "assoc_actor_2"), "; "),
            "notes": one("notes"),
            "source": one("source"),
            "deaths": one("fatalities"),
        },
        codes={
            "category": _CATEGORIES,
            "geo_precision": {"1": "settlement", "2": "near", "3": "region"},
        },
        constants={"claimant": "ACLED"},
        id_prefix="acled-",
        newest="timestamp",
    ),
    credit="ACLED (Armed Conflict Location & Event Data), acleddata.com",
    told=("Deaths are ACLED's fatalities: as reported, the lowest figure where reports differ.",),
)
