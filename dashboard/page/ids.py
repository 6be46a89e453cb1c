"""The names of the page's parts, as callbacks, styles and tests know them."""

from __future__ import annotations

from typing import Any

URL = "url"
ADDRESS = "address"  # store: {search, width, height, dark}; what the browser tells about itself
STATE = "state"  # store: {search}: the choice that is shown, as the address says it
CAMERA = "camera"  # store: [lon, lat, zoom] after the reader moved the map
PICKED = "picked"  # store: {ids}, the events of what was clicked; {lift}; a part of the map: {box}, {lasso}, {region}
SPAN = "span"  # store: "first,last" of the days on the timeline, "" for all, after the reader zoomed it
FRAME = "frame"  # store: "west,south,east,north" of the map on screen, for the picture
BRUSH = "brush"  # store: [from, to] after brushing the timeline
BRUSH_BAND = "brush-band"  # the chosen days over the timeline
PROVIDER = "provider"

APP = "app"
MAP = "map"
TAGS = "tags"  # buttons over the map
DRAWING = "drawing"  # the sheet over the map on which a box or a lasso is drawn
TIP = "tip"  # what a mark under the pointer tells
TIMELINE = "timeline"  # the chart, whichever it is
PLOTLY_SCRIPT = "plotly-script"
DATA_NOTICE = "data-notice"  # made by assets/page/data_watch.js

MARKS = "marks"  # store: what assets/page passes on to map and timeline
LEGEND = "legend"
TABLE = "table"
GRID = "grid"  # in the table, while it is open
PANEL = "panel"
OFF_MAP = "off-map"
SENTENCE = "sentence"
IN_WORDS = "in-words"  # what the map shows, for readers who do not see it; written by assets/page/words.js
CHOICES = "choices"
NOTICES = "notices"
FROM = "from"
TO = "to"
CALENDAR = "calendar"
DATES = "dates"
AS_OF = "as-of"
AS_OF_SLIDER = "as-of-slider"
SINCE = "since"
CHANGES = "changes"
CHART = "chart"  # "" for the timeline, or the measure whose claims are shown
CATEGORIES = "categories"
CLAIMANTS = "claimants"
SOURCES = "sources"
ACTORS = "actors"
PLACES = "places"
PRECISION = "precision"
LAYERS = "layers"
UNITS = "units"
BY = "by"
SEARCH = "search"
RESET = "reset"
THEME = "theme"
TABLE_SWITCH = "table-switch"
TABLE_OPEN = "table-open"  # store: whether the table is open; set when its scripts are there
STEP_BACK = "step-back"
STEP_ON = "step-on"
TIMELINE_ZOOM = "timeline-zoom"  # its buttons, and what it shows in words
PLAY, PLAY_STEP, PLAY_MODE, PLAY_PACE = "play", "play-step", "play-mode", "play-pace"
EMPTY = "empty"
EXPORT = "export"
ADD_DATA = "add-data"
INTAKE = "intake"  # the dialog; its parts, which assets/page/intake*.js fill in, are named after it
INTAKE_DROP = "intake-drop"  # what lies over the page while a file is dragged
INTAKE_RESULT = "intake-result"  # what came of the last file
EXPORT_DIALOG = "export-dialog"
EXPORT_TITLE = "export-title"
EXPORT_SIZE = "export-size"
EXPORT_OWN_SIZE = "export-own-size"
EXPORT_DPI = "export-dpi"
EXPORT_LANG = "export-lang"
EXPORT_PANELS = "export-panels"
EXPORT_EACH = "export-each"
EXPORT_ARRANGE = "export-arrange"
EXPORT_THEME = "export-theme"
EXPORT_AREA = "export-area"
EXPORT_PREVIEW = "export-preview"
EXPORT_LINKS = "export-links"
EXPORT_ERROR = "export-error"


# A list of choices is made when it is opened: those of long data have more parts than all the rest of the page.
MADE_WHEN_OPENED = {"keepMounted": False}


def attributes(**values: str) -> dict[str, Any]:
    """HTML attributes with a dash in their name, as keywords: `aria_label="Map"` for `aria-label`."""
    return {name.replace("_", "-"): value for name, value in values.items()}


def count(category: str) -> str:
    """The number beside a category's box."""
    return f"count-{category}"


def lifts(*reasons: str) -> dict[str, Any]:
    """What makes a button lift choices (keys of `geodata.filter.FIELDS`); see assets/page/buttons.js."""
    return attributes(data_lift=" ".join(reasons))


def picks(event_id: str) -> dict[str, Any]:
    """What makes a button select an event, "" for none.

    It has no id of Dash's, of which each that appears costs the time of all others, and a request.
    """
    return attributes(data_pick=event_id)
