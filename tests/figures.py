"""Small records for the tests of figures: events at given places, nothing else."""

from __future__ import annotations

import gzip
import json
import re
from base64 import b64decode
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any
from xml.etree import ElementTree

import numpy as np
from numpy.typing import NDArray

from dashboard.choice.options import FigureOptions
from dashboard.choice.request import FigureRequest
from dashboard.choice.view import VIEW_FIELDS, View
from dashboard.export.figure import draw_one
from dashboard.export.files import draw_file
from dashboard.paper.ink import Words
from dashboard.paper.placement import overlaps
from dashboard.report.contents import Report
from geodata.filter import Filter
from geodata.importers import BUNDLED
from geodata.record.model import Event, Place, Site, Source
from geodata.store.store import Store
from tests.records import Dataset, read_data, store_over

SVG = "{http://www.w3.org/2000/svg}"
MADE_ON = date(2026, 1, 2)


@cache
def bundled() -> Dataset:
    """The bundled record itself, as it is read."""
    return read_data(BUNDLED)


def places_by_id() -> dict[str, Place]:
    """The places of the bundled record."""
    return {place.place_id: place for place in bundled().places}


def sources_by_id() -> dict[str, Source]:
    """The sources of the bundled record."""
    return {source.source_id: source for source in bundled().sources}


def store_of(*places: Place, title: str = "Title", event_title: str = "Event", category: str = "clash") -> Store:
    """A store over `dataset_of`."""
    return store_over(dataset_of(*places, title=title, event_title=event_title, category=category))


def dataset_of(*places: Place, title: str = "Title", event_title: str = "Event", category: str = "clash") -> Dataset:
    """A record with one event at each place (a place without a point: known for its country only)."""
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
    return Dataset("small", title, events, (), (source,), places)


def place(name: str, lon: float | None, lat: float | None, country: str = "KZ") -> Place:
    return Place(name, name, lon, lat, "city", country)


def asked(where: Filter | None = None, view: View | None = None, kind: str = "svg", **options: object) -> FigureRequest:
    """A figure made on a fixed day; `options` are keys of the view or of the figure's options."""
    values = {"made_on": MADE_ON, **options}
    seen = (view or View()).changed(**{key: value for key, value in values.items() if key in VIEW_FIELDS})
    made = FigureOptions.parse(**{key: value for key, value in values.items() if key not in VIEW_FIELDS})
    return FigureRequest(where or Filter(), seen, made, kind)


def drawn(
    store: Store, kind: str = "svg", where: Filter | None = None, view: View | None = None, **options: object
) -> bytes:
    """The bytes of a figure made on a fixed day."""
    return draw_file(store, asked(where, view, kind, **options))


def composed(store: Store, where: Filter | None = None, view: View | None = None, **options: object) -> Report:
    """The composed figure, made on a fixed day."""
    return draw_one(store, asked(where, view, **options)).report


def svg_words(svg: bytes) -> str:
    """All text of an SVG as it would be copied from it, in the order of drawing, with single spaces."""
    texts = ("".join(text.itertext()) for text in ElementTree.fromstring(svg).iter(f"{SVG}text"))
    return re.sub(r"\s+", " ", " ".join(texts))


def overlapping(words: Sequence[Words], slack: float = 0.3) -> list[tuple[str, str]]:
    """The pairs of texts whose boxes share area; a `slack` of so many points is none."""
    boxes = np.array([w.box for w in words]).reshape(-1, 4) + np.array([1, 1, -1, -1]) * slack / 2
    hits = np.triu(overlaps(boxes, boxes), 1)
    return [(words[a].text, words[b].text) for a, b in np.argwhere(hits)]


def outlines(svg: ElementTree.Element, height: float, stroke: str = "") -> list[NDArray[np.float64]]:
    """The lines of an SVG's unfilled paths, each (n, 2) points from the lower left of a page `height` points high.

    Of one colour only, where `stroke` says which.
    """
    found = []
    for path in svg.iter(f"{SVG}path"):
        style = path.get("style", "")
        if "fill: none" in style and f"stroke: {stroke}" in style:
            for part in path.get("d", "").split("M")[1:]:
                numbers = np.array([float(n) for n in re.findall(r"-?[\d.]+(?:e-?\d+)?", part)]).reshape(-1, 2)
                found.append(np.column_stack([numbers[:, 0], height - numbers[:, 1]]))
    return found


def held(page: bytes) -> dict[str, Any]:
    """What a map in one .html file holds for its script."""
    packed = page.partition(b'<script type="application/gzip" id="data">')[2].partition(b"</script>")[0]
    content: dict[str, Any] = json.loads(gzip.decompress(b64decode(packed)))
    return content
