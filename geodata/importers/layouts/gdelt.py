"""GDELT 2's table of events: rows are mentions in news, and never counted or summed as events or deaths.

`ActionGeo_Type` 1 is a country, 2 and 5 a first-level region, 3 and 4 a town.
"""

from __future__ import annotations

from itertools import product

from geodata.importers.layouts.layout import Layout, one
from geodata.importers.translate.meaning import Meaning, Parts

# CAMEO's root codes, by GDELT's codebook.
ROOTS = {
    "01": "Public statement", "02": "Appeal", "03": "Intent to cooperate", "04": "Consultation",
    "05": "Diplomatic cooperation", "06": "Material cooperation", "07": "Aid", "08": "Yielding", "09": "Investigation",
    "10": "Demand", "11": "Disapproval", "12": "Rejection", "13": "Threat", "14": "Protest", "15": "Show of force",
    "16": "Reduced relations", "17": "Coercion", "18": "Assault", "19": "Fight", "20": "Mass violence",
}  # fmt: skip
_CODES = ROOTS | {code.lstrip("0"): words for code, words in ROOTS.items()}
_DAYS, _WHAT = ("sqldate", "day"), ("actor1name", "eventrootcode")
_WHERE = (("actiongeo_fullname",), ("actiongeo_lat", "actiongeo_long"))

LAYOUT = Layout(
    name="gdelt",
    title="GDELT news mentions",
    needed=frozenset({"globaleventid", "eventrootcode", "actiongeo_lat", "actiongeo_long"}),
    # Saved again with some of its columns, its headings are nobody else's.
    or_needed=tuple(frozenset({day, what, *where}) for day, what, where in product(_DAYS, _WHAT, _WHERE)),
    meaning=Meaning(
        columns={
            "event_id": one("globaleventid"),
            "date_start": Parts(_DAYS),
            "sub_event_type": one("eventrootcode"),
            "title": Parts(("eventrootcode", "actor1name", "actor2name"), ", "),
            "place": one("actiongeo_fullname"),
            "country_fips": one("actiongeo_countrycode"),
            "lon": one("actiongeo_long"),
            "lat": one("actiongeo_lat"),
            "geo_precision": one("actiongeo_type"),
            "actors": Parts(("actor1name", "actor2name"), "; "),
            "source": one("sourceurl"),
        },
        codes={
            "sub_event_type": _CODES,
            "title": _CODES,
            "geo_precision": {"1": "country", "2": "region", "3": "settlement", "4": "settlement", "5": "region"},
        },
        constants={"event_type": "News mention", "category": "other"},
        id_prefix="gdelt-",
    ),
    credit="The GDELT Project, gdeltproject.org",
    told=("Each row is a mention in news, not an event: nothing of it is summed.",),
)
