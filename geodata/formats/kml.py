"""KML 2.2 of the events: a placemark each, with its days as a time span and its columns as extended data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from geodata.formats.asked import Asked, Losses
from geodata.formats.frame import event_geometry, event_row
from geodata.formats.geoparquet import count_lost
from geodata.formats.tables import printable
from geodata.record.model import Event
from geodata.store.result import Part

NAMESPACE = "http://www.opengis.net/kml/2.2"


def write(asked: Asked) -> Iterator[bytes]:
    """The bytes of the file, piece by piece."""
    losses = asked.losses
    title = escape(printable(asked.title, losses))
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="{NAMESPACE}"><Document>\n'.encode()
    yield f"<name>{title}</name>\n".encode()
    for part in asked.result.parts():
        count_lost(losses, len(part.claims))
        yield "".join(_placemark(event, part, losses) for event in part.events).encode()
    yield b"</Document></kml>\n"


def _placemark(event: Event, part: Part, losses: Losses) -> str:
    cells = {column: printable(str(value), losses) for column, value in event_row(event, part).items()}
    data = "".join(
        f"<Data name={quoteattr(column)}><value>{escape(value)}</value></Data>" for column, value in cells.items()
    )
    span = f"<TimeSpan><begin>{_day(event.date_start)}</begin><end>{_day(event.date_end)}</end></TimeSpan>"
    geometry = _geometry(event_geometry(event, part))
    # In the order of the schema, which some readers insist on. No description: readers would run markup in it.
    inner = f"<name>{escape(cells['title'])}</name>{span}<ExtendedData>{data}</ExtendedData>{geometry}"
    return f"<Placemark>{inner}</Placemark>\n"


def _day(day: date) -> str:
    return day.isoformat()


def _geometry(found: dict[str, Any] | None) -> str:
    """A GeoJSON geometry as KML; "" for none."""
    if found is None:
        return ""
    kind, at = found["type"], found["coordinates"]
    if kind.startswith("Multi"):
        parts = (_geometry({"type": kind.removeprefix("Multi"), "coordinates": each}) for each in at)
        return f"<MultiGeometry>{''.join(parts)}</MultiGeometry>"
    points = [at] if kind == "Point" else at
    # A line follows the ground, or it would run below it.
    tessellate = "<tessellate>1</tessellate>" if kind == "LineString" else ""
    coordinates = " ".join(f"{lon},{lat}" for lon, lat in points)
    return f"<{kind}>{tessellate}<coordinates>{coordinates}</coordinates></{kind}>"
