"""UCDP's Georeferenced Event Dataset and its Candidate events: 49 columns, one row an event with low, best and high.

Its codebook: `where_prec` 1 is the place itself, 2 within about 25 km, 3 a district, 4 a region, 5 a line or a fuzzy
area, 6 a country, 7 waters or airspace; `date_prec` 1 is the day, 2 and 3 up to a week, 4 and 5 longer.
"""

from __future__ import annotations

from geodata.importers.layouts.layout import Layout, one
from geodata.importers.translate.meaning import Meaning, Parts

LAYOUT = Layout(
    name="ged",
    title="UCDP GED",
    needed=frozenset({"id", "type_of_violence", "date_start", "date_end", "best", "low", "high", "where_prec"}),
    meaning=Meaning(
        columns={
            "event_id": one("id"),
            "date_start": one("date_start"),
            "date_end": one("date_end"),
            "time_precision": one("date_prec"),
            "event_type": one("type_of_violence"),
            "sub_event_type": one("conflict_name"),
            "title": Parts(("dyad_name", "where_coordinates"), ", "),
            "place": one("where_coordinates"),
            "admin1": one("adm_1"),
            "country": one("country"),
            "country_gw": one("country_id"),
            "lon": one("longitude"),
            "lat": one("latitude"),
            "geo_precision": one("where_prec"),
            "actors": Parts(("side_a", "side_b"), "; "),
            "notes": Parts(("where_description", "source_headline"), "\n"),
            "source": one("source_article"),
            "deaths_low": one("low"),
            "deaths": one("best"),
            "deaths_high": one("high"),
        },
        codes={
            "event_type": {"1": "State-based violence", "2": "Non-state violence", "3": "One-sided violence"},
            "time_precision": {"1": "1", "2": "2", "3": "2", "4": "3", "5": "3"},
            "geo_precision": {
                "1": "site", "2": "near", "3": "district", "4": "region", "5": "fuzzy", "6": "country", "7": "fuzzy",
            },
        },
        constants={"claimant": "UCDP", "category": "clash"},
        id_prefix="ged-",
        as_published=True,
    ),
    credit="UCDP (Uppsala Conflict Data Program), ucdp.uu.se, CC BY 4.0",
    told=("Deaths are UCDP's low, best and high estimates.",),
    vetted=("code_status", "clear"),
    unvetted_title="UCDP Candidate",
)  # fmt: skip
