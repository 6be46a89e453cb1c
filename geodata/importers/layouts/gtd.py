"""The Global Terrorism Database: one row an incident, its day in three columns of which 0 means unknown, -9 missing."""

from __future__ import annotations

from geodata.importers.layouts.layout import Layout, one
from geodata.importers.translate.meaning import Meaning, Parts

LAYOUT = Layout(
    name="gtd",
    title="GTD",
    needed=frozenset({"eventid", "iyear", "imonth", "iday"}),
    meaning=Meaning(
        columns={
            "event_id": one("eventid"),
            "date_parts": Parts(("iyear", "imonth", "iday"), "-"),
            "event_type": one("attacktype1_txt"),
            "sub_event_type": one("targtype1_txt"),
            "title": Parts(("attacktype1_txt", "city"), " in "),
            "place": one("city"),
            "admin1": one("provstate"),
            "country": one("country_txt"),
            "lon": one("longitude"),
            "lat": one("latitude"),
            "geo_precision": one("specificity"),
            "actors": Parts(("gname", "gname2", "gname3"), "; "),
            "notes": one("summary"),
            "source": Parts(("scite1", "scite2", "scite3"), "; "),
            "deaths": one("nkill"),
            "injured": one("nwound"),
        },
        codes={
            "geo_precision": {"1": "settlement", "2": "near", "3": "district", "4": "region", "5": "region"},
            "title": {"unknown": ""},
            "actors": {"unknown": ""},
        },
        constants={"claimant": "GTD", "category": "clash"},
        answers={"thousands": ","},  # points stand before decimals: a toll may be shared by several incidents
        id_prefix="gtd-",
    ),
    credit="Global Terrorism Database, START (University of Maryland), start.umd.edu/gtd",
)
