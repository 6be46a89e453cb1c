"""A data set as Arrow tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from geodata.filter import Facts, list_fields
from geodata.places.spatial import great_circle
from geodata.reading import fold_text
from geodata.record.model import Claim, Dataset, Event, Place, Source


def first_reported(event: Event, sources: dict[str, Source], claims: Iterable[Claim]) -> date:
    """The first day on which a source or a voice told of the event; its last possible day where none is dated."""
    days = [day for i in event.source_ids if (day := sources[i].published_on)]
    days += [claim.said_on.last for claim in claims]
    return min(days, default=event.date_end)


def event_points(event: Event, places: Mapping[str, Place]) -> list[tuple[float, float]]:
    """The (lon, lat) points of an event: its sites, or the densified great circle of a flow."""
    points = [place.point for site in event.sites if (place := places[site.place_id]).point]
    found = [point for point in points if point]
    return great_circle(found[0], found[1]) if event.is_flow and len(found) == 2 else found


Rows = list[tuple[Any, ...]]


def tables_of(
    dataset: Dataset, places: dict[str, Place], sources: dict[str, Source]
) -> dict[str, tuple[dict[str, str], Rows]]:
    """Columns (name and type) and rows of the tables that a filter asks: events, facets, points."""
    events: Rows = []
    facets: Rows = []
    points: Rows = []
    by_event: dict[str, list[Claim]] = {event.event_id: [] for event in dataset.events}
    for claim in dataset.claims:
        by_event[claim.event_id].append(claim)
    for position, event in enumerate(dataset.events):
        claims = by_event[event.event_id]
        sites = [places[site.place_id] for site in event.sites]
        names = [name for place in sites for name in place.all_names()]
        regions = [place.region for place in sites if place.region]
        facts = Facts(event, claims, sites)
        facets += sorted(
            {
                (event.event_id, key, fold_text(value))
                for key, field in list_fields().items()
                for value in field.values(facts)
            }
        )
        # A great circle's longitudes run on past 180; a bbox's do not.
        points += [(event.event_id, (lon + 180) % 360 - 180, lat) for lon, lat in event_points(event, places)]
        texts = [event.event_id, event.title, event.event_type, event.sub_event_type, event.notes, *event.actors]
        texts += [
            *names,
            *event.unsettled,
            *regions,
            event.country,
            *(text for c in claims for text in (c.claimant, c.via, c.notes)),
        ]
        search = fold_text("\n".join(text for text in texts if text))
        reported = first_reported(event, sources, claims)
        days = (event.date_start, event.date_end, reported)
        events.append((position, event.event_id, event.category, *days, search))
    return {
        "events": (
            {"position": "int64", "event_id": "string", "category": "string", "date_start": "date32",
             "date_end": "date32", "reported_on": "date32", "search": "string"},
            events,
        ),
        "facets": ({"event_id": "string", "kind": "string", "value": "string"}, facets),
        "points": ({"event_id": "string", "lon": "float64", "lat": "float64"}, points),
    }  # fmt: skip


def arrow_table(columns: dict[str, str], rows: Rows) -> Any:
    """The Arrow table of `rows`; `columns` are names and types, in order."""
    import pyarrow as pa  # noqa: PLC0415

    values = list(zip(*rows, strict=True)) or [()] * len(columns)
    return pa.table(
        {name: pa.array(column, kind) for (name, kind), column in zip(columns.items(), values, strict=True)}
    )
