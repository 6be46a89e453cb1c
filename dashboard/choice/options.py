"""How a figure is made: size, theme, title and date, read strictly. Loads nothing that draws."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboard.choice.sizes import MAX_DPI, MIN_DPI, SIZES, Size, parse_size
from dashboard.scene.theme import PALETTES
from geodata.dates import parse_day
from geodata.errors import FilterError
from geodata.filter import BBox, read_bbox
from geodata.language.language import CODES
from geodata.reading import numbers, one_of, some_of

OPTION_KEYS = ("size", "dpi", "scale", "title", "lang", "theme", "made_on", "frame", "panels", "each", "arrange")
MAX_TITLE = 20_000
LANGUAGES = CODES
PANELS = ("timeline", "claims", "table")
SERIES = ("day", "week", "category", "place")
ARRANGEMENTS = ("files", "page")


@dataclass(frozen=True, slots=True)
class FigureOptions:
    """How a figure is made. `dpi` and `scale` are for pixels only; `title` "" is the data set's own.

    `theme` is one of `PALETTES` or "" for the view's; `made_on` the date printed (None: today); `frame` the map's
    extent as (west, south, east, north) in degrees, None for that of what is drawn. `panels` (of `PANELS`) stand beside
    the map. `each` (of `SERIES`, or "") makes a figure of every value; `arrange` says whether each gets a file or all
    share a page.
    """

    size: Size = SIZES["A4-landscape"]
    dpi: float | None = None
    scale: float = 1.0
    title: str = ""
    lang: str = "en"
    theme: str = ""
    made_on: date | None = None
    frame: BBox | None = None
    panels: tuple[str, ...] = ()
    each: str = ""
    arrange: str = "files"

    @classmethod
    def parse(cls, **values: object) -> FigureOptions:
        """Read loose values by key (None, "" mean not set); FilterError names what cannot be read."""
        found: dict[str, object] = {}
        for key, value in values.items():
            if key not in OPTION_KEYS:
                raise FilterError(key, f"Unknown option {key[:80]!r} (expected one of {', '.join(OPTION_KEYS)}).")
            if value is not None and value != "":
                found[key] = _read(key, value)
        return cls(**found)  # type: ignore[arg-type] # each value was made by its reader

    def to_query(self) -> dict[str, str]:
        """The options that are set, as texts, in the order of `OPTION_KEYS`; `parse(**to_query())` is the same."""
        default = FigureOptions()
        query = {}
        for key in OPTION_KEYS:
            value = getattr(self, key)
            if value == getattr(default, key):
                continue
            if isinstance(value, float):
                query[key] = str(value).removesuffix(".0")
            else:
                query[key] = ",".join(map(str, value)) if isinstance(value, tuple) else str(value)
        return query


def _read(key: str, value: object) -> object:
    if key == "size":
        return parse_size(value)
    if key in ("dpi", "scale"):
        low, high = (MIN_DPI, MAX_DPI) if key == "dpi" else (0.1, 20.0)
        (number,) = numbers(key, value, "a number") if "," not in str(value) else (-1.0,)
        if not low <= number <= high:
            raise FilterError(key, f"Cannot read {key}: {str(value)[:80]!r} (expected {low:g} to {high:g}).")
        return number
    if key == "title":
        if len(str(value)) > MAX_TITLE:
            raise FilterError(key, f"Cannot read title: {len(str(value)):,} characters (at most {MAX_TITLE:,}).")
        return str(value)
    if key == "made_on":
        try:
            return value if isinstance(value, date) else parse_day(str(value))
        except ValueError as error:
            raise FilterError(key, f"Cannot read made_on: {error}.") from None
    if key == "frame":
        return read_bbox(key, value)
    choices = {"lang": LANGUAGES, "theme": tuple(PALETTES), "each": SERIES, "arrange": ARRANGEMENTS}
    read = some_of(PANELS) if key == "panels" else one_of(choices[key])
    return read(key, value)
