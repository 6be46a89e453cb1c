"""How the kept events are seen: layers, camera, the selected event, theme. Kept beside the `Filter` in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl

from dashboard.layers import LAYERS
from dashboard.theme import THEMES
from geodata.errors import FilterError
from geodata.filter import Filter, numbers, one_of, read_day, some_of
from geodata.model import MEASURES

MAX_LINK = 16_000
KEYS = ("layers", "at", "event", "chart", "since", "theme")
PRINTED_KEYS = ("layers", "at", "event", "chart")  # those that a figure depends on; its theme is an option of its own
CHOICES = {"theme": THEMES, "chart": MEASURES}


@dataclass(frozen=True, slots=True)
class Camera:
    """Where the map looks: the centre in degrees and MapLibre's zoom (0 the world, 22 a room)."""

    lon: float
    lat: float
    zoom: float

    @classmethod
    def parse(cls, key: str, value: object) -> Camera:
        """Read "lon,lat,zoom"; FilterError otherwise."""
        lon, lat, zoom = numbers(key, value, "lon,lat,zoom")
        if not (-180 <= lon <= 180 and -85 <= lat <= 85 and 0 <= zoom <= 22):
            raise FilterError(key, f"Cannot read {key}: {str(value)[:80]!r} (expected lon,lat,zoom on the map).")
        return cls(lon, lat, zoom)

    def __str__(self) -> str:
        return f"{self.lon:.3f},{self.lat:.3f},{self.zoom:.2f}"


@dataclass(frozen=True, slots=True)
class View:
    """The layers shown (names of the catalogue), the camera (None: fit what there is), selection and theme.

    `chart` is the measure whose claims are shown in place of the timeline, or "". `since` is the day from which on
    changes are listed. `theme` is one of `THEMES`, or "" for the reader's own setting.
    """

    layers: tuple[str, ...] = tuple(LAYERS)
    at: Camera | None = None
    event: str = ""
    chart: str = ""
    since: date | None = None
    theme: str = ""

    @classmethod
    def parse(cls, **values: object) -> View:
        """Read loose values by key (None, "" mean not set); FilterError names what cannot be read."""
        view: dict[str, object] = {}
        for key, value in values.items():
            if key not in KEYS:
                raise FilterError(key, f"Unknown key {key[:80]!r} (expected one of {', '.join(KEYS)}).")
            if value is None or value == "":
                continue
            if key == "layers":
                view[key] = () if value in ([], "none") else some_of(tuple(LAYERS))(key, value)
            elif key == "at":
                view[key] = Camera.parse(key, value)
            elif key in CHOICES:
                view[key] = one_of(CHOICES[key])(key, value)
            elif key == "since":
                view[key] = read_day(key, value)
            else:
                view[key] = str(value)[:200]
        return cls(**view)  # type: ignore[arg-type] # each value was made by its reader above

    def to_query(self) -> dict[str, str]:
        """The keys that differ from the default, as texts."""
        query = {}
        if self.layers != tuple(LAYERS):
            query["layers"] = ",".join(self.layers) or "none"
        if self.at:
            query["at"] = str(self.at)
        if self.event:
            query["event"] = self.event
        if self.chart:
            query["chart"] = self.chart
        if self.since:
            query["since"] = str(self.since)
        if self.theme:
            query["theme"] = self.theme
        return query


def query_of(search: object) -> dict[str, str]:
    """An address's query ("?from=...") as a dict; of a key that stands twice the first counts. Too long: empty."""
    text = str(search or "").removeprefix("?")
    query: dict[str, str] = {}
    if len(text) <= MAX_LINK:
        for key, value in parse_qsl(text):
            query.setdefault(key, value)
    return query


def parse_link(query: Mapping[str, str]) -> tuple[Filter, View, tuple[str, ...]]:
    """Read an address: what can be read, and a sentence for each key that was left out."""
    where, notices = Filter.parse_link({key: value for key, value in query.items() if key not in KEYS})
    kept: dict[str, object] = {}
    problems = []
    for key in KEYS:
        try:
            View.parse(**{key: query.get(key)})
            kept[key] = query.get(key)
        except FilterError as error:
            problems.append(str(error))
    return where, View.parse(**kept), (*notices, *problems)


def parse_query(query: Mapping[str, str]) -> tuple[Filter, View]:
    """Read an HTTP query or a command's options strictly; FilterError for anything that cannot be read."""
    where = Filter.parse(**{key: value for key, value in query.items() if key not in KEYS})
    return where, View.parse(**{key: value for key, value in query.items() if key in KEYS})


def link_query(where: Filter, view: View) -> dict[str, str]:
    """Both as one address query, in the order of their keys."""
    return {**where.to_query(), **view.to_query()}
