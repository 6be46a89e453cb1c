"""Small records for the tests of figures: events at given places, nothing else."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree

from dashboard.options import FigureOptions
from dashboard.page import Report
from dashboard.render import draw_figure, figure_of
from dashboard.view import View
from geodata.filter import Filter
from geodata.model import Dataset, Event, Place, Site, Source
from geodata.store import Store

SVG = "{http://www.w3.org/2000/svg}"
MADE_ON = date(2026, 1, 2)


def store_of(*places: Place, title: str = "Title", event_title: str = "Event", category: str = "clash") -> Store:
    """A store with one event at each place (a place without a point: known for its country only)."""
    day = date(2022, 1, 5)
    events = tuple(
        Event(
            event_id=f"E{number}", category=category, event_type="", sub_event_type="", title=event_title,
            date_start=day, date_end=day, time_precision=1,
            sites=(Site(place.place_id, "at", "settlement"),) if place.point else (),
            country=place.country, actors=(), notes="", source_ids=("S1",),
        )
        for number, place in enumerate(places)
    )  # fmt: skip
    source = Source("S1", "Publisher", "Source title", day, None, "", "en", "", "")
    return Store(Dataset("small", title, events, (), (source,), places))


def place(name: str, lon: float | None, lat: float | None, country: str = "KZ") -> Place:
    return Place(name, name, lon, lat, "city", country)


def drawn(
    store: Store, kind: str = "svg", where: Filter | None = None, view: View | None = None, **options: object
) -> bytes:
    """The bytes of a figure made on a fixed day."""
    chosen = FigureOptions.parse(**{"made_on": MADE_ON, **options})
    return draw_figure(store, where or Filter(), view or View(), chosen, kind)


def composed(store: Store, where: Filter | None = None, view: View | None = None, **options: object) -> Report:
    """The composed figure, made on a fixed day."""
    chosen = FigureOptions.parse(**{"made_on": MADE_ON, **options})
    return figure_of(store, where or Filter(), view or View(), chosen)


def svg_words(svg: bytes) -> str:
    """All text of an SVG as it would be copied from it, in the order of drawing, with single spaces."""
    texts = ("".join(text.itertext()) for text in ElementTree.fromstring(svg).iter(f"{SVG}text"))
    return re.sub(r"\s+", " ", " ".join(texts))
