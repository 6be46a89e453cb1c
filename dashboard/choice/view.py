"""How the kept events are seen: layers, camera, the selected event, theme, language.

Kept beside the `Filter` in the address.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from dashboard.layers import LAYERS
from dashboard.scene.cells import BY, UNITS
from dashboard.scene.theme import PALETTES
from geodata.errors import ChoiceError
from geodata.language.language import CODES, Language
from geodata.reading import numbers, one_of, read_day, some_of
from geodata.record.model import MEASURES

MAX_EVENT = 200  # characters of an event's id


@dataclass(frozen=True, slots=True)
class Camera:
    """Where the map looks: the centre in degrees and MapLibre's zoom (0 the world, 22 a room)."""

    lon: float
    lat: float
    zoom: float

    @classmethod
    def parse(cls, key: str, value: object) -> Camera:
        """Read "lon,lat,zoom"; ChoiceError otherwise."""
        lon, lat, zoom = numbers(key, value, "lon,lat,zoom")
        if not (-180 <= lon <= 180 and -85 <= lat <= 85 and 0 <= zoom <= 22):
            raise ChoiceError(key, f"Cannot read {key}: {str(value)[:80]!r} (expected lon,lat,zoom on the map).")
        return cls(lon, lat, zoom)

    def __str__(self) -> str:
        return f"{self.lon:.3f},{self.lat:.3f},{self.zoom:.2f}"


@dataclass(frozen=True, slots=True)
class Days:
    """Some days, both inclusive."""

    first: date
    last: date

    @classmethod
    def parse(cls, key: str, value: object) -> Days:
        """Read "first,last", each YYYY-MM-DD; ChoiceError otherwise."""
        texts = str(value).split(",")
        if len(texts) == 2:
            first, last = (read_day(key, text) for text in texts)
            if first <= last:
                return cls(first, last)
        raise ChoiceError(key, f"Cannot read {key}: {str(value)[:80]!r} (expected the first day and the last).")

    def __str__(self) -> str:
        return f"{self.first},{self.last}"


@dataclass(frozen=True, slots=True)
class ViewField:
    """One key of the view: how it is read, its help, and whether a figure depends on it or only the page does."""

    read: Callable[[str, object], Any]
    help: str
    printed: bool = True


def _layers(key: str, value: object) -> tuple[str, ...]:
    return () if value in ([], "none") else some_of(tuple(LAYERS))(key, value)


def _event(_: str, value: object) -> str:
    return str(value)[:MAX_EVENT]


# Every key, in the order in which addresses have them: all doors read this table.
VIEW_FIELDS: dict[str, ViewField] = {
    "layers": ViewField(_layers, f"{', '.join(LAYERS)}; or none (default: all)"),
    "units": ViewField(
        one_of(UNITS), f"{', '.join(UNITS)}: what shows the events that are too many to be told apart (default: cells)"
    ),
    "by": ViewField(
        one_of(BY),
        f"{', '.join(BY)}: what their colours tell, how many events or the sum of the lowest figures of killed",
    ),
    "at": ViewField(Camera.parse, "lon,lat,zoom: where the page's map looks", printed=False),
    "event": ViewField(_event, "the selected event's id"),
    "chart": ViewField(
        one_of(MEASURES), f"{', '.join(MEASURES)}: whose claims are shown, on the page in place of the timeline"
    ),
    "timeline": ViewField(Days.parse, "first,last: the days that the page's timeline shows", printed=False),
    "since": ViewField(read_day, "the day from which on the page lists changes", printed=False),
    "theme": ViewField(one_of(tuple(PALETTES)), f"{', '.join(PALETTES)}; the page has the first two"),
    "lang": ViewField(one_of(CODES), f"{', '.join(CODES)}: the language of words, dates, numbers and places"),
}


@dataclass(frozen=True, slots=True)
class View:
    """The layers shown (names of the catalogue), the camera (None: fit what there is), selection, theme, language.

    `units` (of `UNITS`) show the events that are too many to be told apart, and their colours tell of `by` (of `BY`).
    `chart` is the measure whose claims are shown in place of the timeline, or "". `timeline` are the days that it shows
    (None: all). `since` is the day from which on changes are listed. `theme` is one of `PALETTES`, or "" for the
    reader's own setting, light in a figure. `lang` is one of `CODES`.
    """

    layers: tuple[str, ...] = field(default_factory=lambda: tuple(LAYERS))
    units: str = "cells"
    by: str = "events"
    at: Camera | None = None
    event: str = ""
    chart: str = ""
    timeline: Days | None = None
    since: date | None = None
    theme: str = ""
    lang: str = "en"

    @classmethod
    def parse(cls, **values: object) -> View:
        """Read loose values by key (None, "" mean not set); ChoiceError names what cannot be read."""
        return cls().changed(**values)

    def changed(self, **values: object) -> View:
        """The same view with some keys read anew; None and "" set them back. Raises as `parse`."""
        default = View()
        found: dict[str, Any] = {}
        for key, value in values.items():
            if key not in VIEW_FIELDS:
                raise ChoiceError(key, f"Unknown key {key[:80]!r} (expected one of {', '.join(VIEW_FIELDS)}).")
            empty = value is None or value == ""
            found[key] = getattr(default, key) if empty else VIEW_FIELDS[key].read(key, value)
        return replace(self, **found)

    @property
    def language(self) -> Language:
        """The language of the figure; the page keeps it for its figures and speaks its own."""
        return Language(self.lang)

    def printed(self) -> View:
        """What of it a figure depends on; the rest is as nobody has chosen it."""
        return self.changed(**{key: None for key, each in VIEW_FIELDS.items() if not each.printed})

    def to_query(self) -> dict[str, str]:
        """The keys that differ from the default, as texts, in the order of `VIEW_FIELDS`."""
        default = View()
        found = {key: getattr(self, key) for key in VIEW_FIELDS if getattr(self, key) != getattr(default, key)}
        return {key: (",".join(value) or "none") if key == "layers" else str(value) for key, value in found.items()}
