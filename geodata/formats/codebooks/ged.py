"""The events in the 49 columns of UCDP's Georeferenced Event Dataset, and what these cannot say.

Columns and codes are those of the UCDP GED codebook (https://ucdp.uu.se/downloads/); the cells of PRIO-GRID are half a
degree wide, 720 a row, counted from the south-west (https://grid.prio.org/). What the record does not know is empty.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from geodata.formats.asked import Asked, Losses
from geodata.formats.codebooks.acled import Cells, country_name
from geodata.formats.codebooks.deaths import NONE, Deaths, count_claims, count_events, deaths_of
from geodata.formats.text import csv_text
from geodata.record.model import Event, Place
from geodata.store.result import Part

TABLE = "UCDP's table"
_COLUMNS = """id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name
dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b
number_of_sources source_article source_office source_date source_headline source_original where_prec where_coordinates
where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id region event_clarity date_prec
date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high low gwnoa gwnob"""
COLUMNS = tuple(_COLUMNS.split())
WHERE_CODES = {"site": 1, "settlement": 1, "near": 2, "district": 3, "region": 4, "fuzzy": 5, "country": 6}
# As HDX tags UCDP's columns.
HXL = {
    "year": "#date+year", "date_start": "#date+start", "date_end": "#date+end", "side_a": "#group+name+first",
    "side_b": "#group+name+second", "source_article": "#meta+source", "source_headline": "#description",
    "where_coordinates": "#loc+name", "adm_1": "#adm1+name", "adm_2": "#adm2+name", "latitude": "#geo+lat",
    "longitude": "#geo+lon", "country": "#country+name", "region": "#region+name", "best": "#affected+killed",
}  # fmt: skip
_BETWEEN = ";"


def write(asked: Asked) -> Iterator[bytes]:
    """The bytes of the table, piece by piece."""
    tags = [HXL.get(column, "") for column in COLUMNS]
    yield csv_text([COLUMNS, *([tags] if asked.hxl else ())]).encode()
    for part in asked.result.parts():
        deaths = deaths_of(part)
        count_events(asked.losses, part, TABLE)
        _count(asked.losses, part, deaths)
        count_claims(asked.losses, part, TABLE, deaths)
        yield csv_text(row(event, part, deaths.get(event.event_id, NONE)).values() for event in part.events).encode()


def row(event: Event, part: Part, deaths: Deaths) -> Cells:
    """The cells of one event by column. Who killed whom is not known: all deaths are of an unknown side."""
    place = next(iter(part.places_of(event)), None)
    cited = [part.sources[source_id] for source_id in event.source_ids]
    actors = (*event.actors, "", "")
    cells: Cells = dict.fromkeys(COLUMNS)
    return cells | _where(event, part, place) | {
        "id": event.event_id,
        "year": event.date_start.year,
        "dyad_name": " - ".join(event.actors[:2]) if len(event.actors) > 1 else "",
        "side_a": actors[0],
        "side_b": actors[1],
        "number_of_sources": len(cited) or -1,
        "source_article": _BETWEEN.join(
            ",".join(filter(None, (each.publisher, str(each.published_on or ""), each.title))) for each in cited
        ),
        "source_office": _BETWEEN.join(each.publisher for each in cited if each.publisher),
        "source_date": _BETWEEN.join(str(each.published_on) for each in cited if each.published_on),
        "source_headline": _BETWEEN.join(each.title for each in cited),
        "source_original": _BETWEEN.join(deaths.voices),
        "date_prec": date_precision(event),
        "date_start": f"{event.date_start} 00:00:00.000",
        "date_end": f"{event.date_end} 00:00:00.000",
        "deaths_unknown": deaths.best,
        "best": deaths.best,
        "high": deaths.high,
        "low": deaths.low,
    }  # fmt: skip


def _where(event: Event, part: Part, place: Place | None) -> Cells:
    point = place.point if place else None
    precision = event.sites[0].geo_precision if event.sites else event.geo_precision
    return {
        "where_prec": WHERE_CODES.get(precision),
        "where_coordinates": place.name_on(event.date_start) if place else "",
        "where_description": "; ".join((*part.place_names(event), *event.unsettled)),
        "adm_1": place.region if place else "",
        "latitude": point and point[1],
        "longitude": point and point[0],
        "geom_wkt": f"POINT ({point[0]} {point[1]})" if point else "",
        "priogrid_gid": point and priogrid_cell(*point),
        "country": country_name(place.country if place else event.country),
    }


def date_precision(event: Event) -> int:
    """1 a day, 2 up to six days, 3 a week, 4 up to a month, 5 more; a day that is not sure is by its own precision."""
    days = (event.date_end - event.date_start).days + 1
    if days == 1:
        return (1, 3, 4)[event.time_precision - 1]
    return 2 if days < 7 else 3 if days == 7 else 4 if days <= 31 else 5


def priogrid_cell(lon: float, lat: float) -> int:
    """The number of the PRIO-GRID cell of a point in degrees."""
    row, column = min(math.floor((lat + 90) * 2), 359), min(math.floor((lon + 180) * 2), 719)
    return row * 720 + column + 1


def _count(losses: Losses, part: Part, deaths: dict[str, Deaths]) -> None:
    losses.add(
        len(part.events),
        f"{{n}} title and category is left out: {TABLE} has no column for them.",
        f"{{n}} titles and categories are left out: {TABLE} has no columns for them.",
    )
    for name, many, given in (
        ("note", "notes", sum(bool(event.notes) for event in part.events)),
        (
            "type of event", "types of events",
            sum(bool(event.event_type or event.sub_event_type) for event in part.events),
        ),
    ):  # fmt: skip
        losses.add(
            given,
            f"{{n}} {name} is left out: {TABLE} has no column for it.",
            f"{{n}} {many} are left out: {TABLE} has no column for them.",
        )
    losses.add(
        sum(each.high is None for each in deaths.values()),
        "{n} event has deaths with an open top: its high is empty.",
        "{n} events have deaths with an open top: their high is empty.",
    )
    losses.add(
        sum(each.low != each.high and len(each.voices) > 1 for each in deaths.values()),
        "{n} event has differing figures of deaths: the lowest stands as the best.",
        "{n} events have differing figures of deaths: the lowest stands as the best.",
    )
