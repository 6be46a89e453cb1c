"""How the kept events are seen: layers, camera, the selected event, theme. Kept beside the `Filter` in the address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboard.layers import LAYERS
from dashboard.scene.theme import THEMES
from geodata.errors import FilterError
from geodata.reading import numbers, one_of, read_day, some_of
from geodata.record.model import MEASURES

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
