"""Atlos' export: one row an incident, with its sources in columns of their own and how exactly its point is known."""

from __future__ import annotations

from geodata.importers.layouts.layout import Layout, one
from geodata.importers.translate.meaning import Meaning, Parts

LAYOUT = Layout(
    name="atlos",
    title="Atlos",
    needed=frozenset({"slug", "description", "date", "latitude", "longitude", "sensitive", "status"}),
    meaning=Meaning(
        columns={
            "event_id": one("slug"),
            "date_start": one("date"),
            "event_type": one("type"),
            "category": one("type"),
            "title": one("description"),
            "place": one("general_location"),
            "lon": one("longitude"),
            "lat": one("latitude"),
            "geo_precision": one("geolocation_resolution"),
            "notes": Parts(("description", "more_info"), "\n"),
            "source": Parts(tuple(f"source_{number}" for number in range(1, 41)), "; "),
        },
        codes={"geo_precision": {"exact": "site", "vicinity": "site", "locality": "settlement"}},
    ),
)
