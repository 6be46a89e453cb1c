"""Events as a table: one row an event, the columns of every export, and the geometry in EPSG:4326."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from geodata.places.spatial import LonLat, great_circle
from geodata.record.model import Event, Place
from geodata.store.result import Part, Result

if TYPE_CHECKING:
    import geopandas as gpd

EVENT_COLUMNS = (
    "event_id",
    "category",
    "event_type",
    "sub_event_type",
    "title",
    "date_start",
    "date_end",
    "time_precision",
    "places",
    "geo_precision",
    "country",
    "admin1",
    "actors",
    "notes",
    "source_ids",
)


def event_row(event: Event, result: Part) -> dict[str, str | int]:
    """The cells of `EVENT_COLUMNS`: days as YYYY-MM-DD, lists joined with "; ", "" for what is not known.

    `places` are the names on the event's first day, then those that were not settled; `country` and `admin1` (the
    regions as of the bundled boundaries) are those of its sites, each once, and behind them the event's own country.
    """
    places = result.places_of(event)
    return {
        "event_id": event.event_id,
        "category": event.category,
        "event_type": event.event_type,
        "sub_event_type": event.sub_event_type,
        "title": event.title,
        "date_start": event.date_start.isoformat(),
        "date_end": event.date_end.isoformat(),
        "time_precision": event.time_precision,
        "places": "; ".join((*result.place_names(event), *event.unsettled)),
        "geo_precision": event.geo_precision,
        "country": _distinct([*(place.country for place in places), event.country]),
        "admin1": _distinct([place.region for place in places]),
        "actors": "; ".join(event.actors),
        "notes": event.notes,
        "source_ids": "; ".join(event.source_ids),
    }


def event_points(event: Event, places: Mapping[str, Place]) -> list[LonLat]:
    """The (lon, lat) points of an event: its sites, or the densified great circle of a flow."""
    points = [place.point for site in event.sites if (place := places[site.place_id]).point]
    found = [point for point in points if point]
    return great_circle(found[0], found[1]) if event.is_flow and len(found) == 2 else found


def event_geometry(event: Event, result: Part) -> dict[str, Any] | None:
    """The GeoJSON geometry, (lon, lat) with at most 6 decimals; None where no point is known.

    A Point for one place, a MultiPoint for several, for a flow the densified great circle as a LineString,
    which is cut in two, as RFC 7946 asks, where it crosses the antimeridian.
    """
    points = [(round(lon, 6), round(lat, 6)) for lon, lat in event_points(event, result.places)]
    if not points:
        return None
    if len(points) == 1:
        return {"type": "Point", "coordinates": points[0]}
    if not event.is_flow:
        return {"type": "MultiPoint", "coordinates": points}
    parts = _cut_at_antimeridian(points)
    if len(parts) == 1:
        return {"type": "LineString", "coordinates": parts[0]}
    return {"type": "MultiLineString", "coordinates": parts}


def events_frame(result: Result) -> gpd.GeoDataFrame:
    """The kept events as a GeoDataFrame: `EVENT_COLUMNS` (days as datetime64[s]), `geometry` (EPSG:4326)."""
    import geopandas as gpd  # noqa: PLC0415 (heavy, and no other door needs it)
    import pandas as pd  # noqa: PLC0415
    from shapely.geometry import shape  # noqa: PLC0415

    pairs = [(event, part) for part in result.parts() for event in part.events]
    table = pd.DataFrame([event_row(event, part) for event, part in pairs], columns=list(EVENT_COLUMNS))
    # Seconds, since nanoseconds end in the year 2262 and the record does not.
    for column in ("date_start", "date_end"):
        table[column] = table[column].astype("datetime64[s]")
    geometries = [shape(found) if (found := event_geometry(event, part)) else None for event, part in pairs]
    return gpd.GeoDataFrame(table, geometry=gpd.GeoSeries(geometries, index=table.index, crs="EPSG:4326"))


def _distinct(values: list[str]) -> str:
    return "; ".join(dict.fromkeys(value for value in values if value))


def _cut_at_antimeridian(points: list[LonLat]) -> list[list[LonLat]]:
    """A line whose longitudes may run on past 180, as pieces with longitudes from -180 to 180."""
    # A point on the meridian itself is of the side that the line comes from, or sets out to.
    turns = _turns(points[0][0] if (points[0][0] - 180) % 360 else points[1][0])
    pieces = [[(points[0][0] - 360 * turns, points[0][1])]]
    for (lon, lat), (next_lon, next_lat) in pairwise(points):
        if abs(next_lon - 360 * turns) > 180:
            side = 180 if next_lon > lon else -180
            share = (side + 360 * turns - lon) / (next_lon - lon)
            crossing = round(lat + share * (next_lat - lat), 6)
            turns += 1 if side > 0 else -1
            if share > 0:
                pieces[-1].append((float(side), crossing))
            pieces.append([(float(-side), crossing)])
        pieces[-1].append((round(next_lon - 360 * turns, 6), next_lat))
    return pieces


def _turns(lon: float) -> int:
    return math.floor((lon + 180) / 360)
