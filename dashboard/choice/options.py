"""How a figure is made: size, title, date and what stands beside its map, read strictly. Draws nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from dashboard.choice.sizes import MAX_DPI, MIN_DPI, SIZES, Size, parse_size
from dashboard.panels import PANELS
from geodata.area import BBox, read_bbox
from geodata.dates import parse_day
from geodata.errors import ChoiceError
from geodata.reading import numbers, one_of, some_of

MAX_TITLE = 20_000
SERIES = ("day", "week", "category", "place")
ARRANGEMENTS = ("files", "page")


@dataclass(frozen=True, slots=True)
class Option:
    """One key of a figure's options: how it is read, and its help wherever it is offered."""

    read: Callable[[str, object], Any]
    help: str


def _number(low: float, high: float) -> Callable[[str, object], float]:
    def read(key: str, value: object) -> float:
        (number,) = numbers(key, value, "a number") if "," not in str(value) else (-1.0,)
        if not low <= number <= high:
            raise ChoiceError(key, f"Cannot read {key}: {str(value)[:80]!r} (expected {low:g} to {high:g}).")
        return number

    return read


def _size(_: str, value: object) -> Size:
    return parse_size(value)


def _title(key: str, value: object) -> str:
    if len(str(value)) > MAX_TITLE:
        raise ChoiceError(key, f"Cannot read title: {len(str(value)):,} characters (at most {MAX_TITLE:,}).")
    return str(value)


def _day(key: str, value: object) -> date:
    try:
        return value if isinstance(value, date) else parse_day(str(value))
    except ValueError as error:
        raise ChoiceError(key, f"Cannot read {key}: {error}.") from None


def _panels(key: str, value: object) -> tuple[str, ...]:
    return some_of(tuple(PANELS))(key, value)


# Every option, in the order in which addresses have them: all doors read this table.
OPTIONS: dict[str, Option] = {
    "size": Option(_size, f"{', '.join(SIZES)}; or WxHmm, WxHpx"),
    "dpi": Option(
        _number(MIN_DPI, MAX_DPI), "pixels an inch of a PNG, also in a bundle, and of the picture in a document (300)"
    ),
    "scale": Option(_number(0.1, 20.0), "times as many pixels"),
    "title": Option(_title, "the headline; the data's own if not given"),
    "made_on": Option(_day, "the date it is signed with; today if not given"),
    "frame": Option(read_bbox, "the map's extent: west,south,east,north in degrees"),
    "panels": Option(_panels, f"{', '.join(PANELS)}: what stands beside the map, comma-separated"),
    "each": Option(one_of(SERIES), f"{', '.join(SERIES)}: a figure of every value, all with one extent and scale"),
    "arrange": Option(
        one_of(ARRANGEMENTS), f"{', '.join(ARRANGEMENTS)}: each a file of its own (default), or all small on one page"
    ),
}


@dataclass(frozen=True, slots=True)
class FigureOptions:
    """How a figure is made. `dpi` and `scale` are for pixels only; `title` "" is the data set's own.

    `made_on` is the date printed (None: today); `frame` the map's extent as (west, south, east, north) in degrees,
    None for that of what is drawn. `panels` (of `PANELS`) stand beside the map. `each` (of `SERIES`, or "") makes a
    figure of every value; `arrange` says whether each gets a file or all share a page.
    """

    size: Size = SIZES["A4-landscape"]
    dpi: float | None = None
    scale: float = 1.0
    title: str = ""
    made_on: date | None = None
    frame: BBox | None = None
    panels: tuple[str, ...] = ()
    each: str = ""
    arrange: str = "files"

    @classmethod
    def parse(cls, **values: object) -> FigureOptions:
        """Read loose values by key (None, "" mean not set); ChoiceError names what cannot be read."""
        found: dict[str, object] = {}
        for key, value in values.items():
            if key not in OPTIONS:
                raise ChoiceError(key, f"Unknown option {key[:80]!r} (expected one of {', '.join(OPTIONS)}).")
            if value is not None and value != "":
                found[key] = OPTIONS[key].read(key, value)
        return cls(**found)  # type: ignore[arg-type] # each value was made by its reader

    def to_query(self) -> dict[str, str]:
        """The options that are set, as texts, in the order of `OPTIONS`; `parse(**to_query())` is the same."""
        default = FigureOptions()
        query = {}
        for key in OPTIONS:
            value = getattr(self, key)
            if value == getattr(default, key):
                continue
            if isinstance(value, float):
                query[key] = str(value).removesuffix(".0")
            else:
                query[key] = ",".join(map(str, value)) if isinstance(value, tuple) else str(value)
        return query
