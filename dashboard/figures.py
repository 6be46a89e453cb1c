"""The page's pictures, each a pure function of a query's result: MapLibre's style and marks, Plotly's timeline."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from dashboard.backdrop import fit, focus_countries, style
from dashboard.canvas import Point
from dashboard.layers import draw
from dashboard.scene import Scene
from dashboard.screen import Screen
from dashboard.theme import palette
from dashboard.view import Camera
from geodata.dates import MONTHS, say_day
from geodata.model import CATEGORIES, Dataset
from geodata.spatial import BUNDLED
from geodata.store import Result, Store, event_points

Figure = dict[str, Any]

# No toolbar, no logo, nothing that could send a figure away.
CONFIG = {
    "displayModeBar": False,
    "displaylogo": False,
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "responsive": True,
    "doubleClick": False,
    "showTips": False,
}
UI_FONT = "Inter, sans-serif"
MOST_BINS = 400
COMMON_SIZE = (856.0, 676.0)  # the map in a window of 1440 x 900; the first answer knows the real one


def draw_screen(scene: Scene, theme: str) -> Screen:
    """The scene's layers on the page's canvas."""
    screen = Screen(palette(theme))
    draw(screen, scene)
    return screen


def marks_of(screen: Screen, theme: str, camera: Camera | None) -> dict[str, Any]:
    """What map.mjs puts on the map: marks, hovers, tags, lit countries, theme; where to look, None to stay."""
    return {
        "marks": screen.data(),
        "picks": screen.picks,
        "tags": screen.tags,
        "lit": screen.lit,
        "theme": theme,
        "camera": camera and [camera.lon, camera.lat, camera.zoom],
    }


def map_style(theme: str, store: Store) -> Figure:
    """The map without its marks, seen from where a window of a common size shows everything."""
    dataset = store.dataset
    names = {name for place in dataset.places for name in place.all_names()}
    names |= {BUNDLED.country_name(event.country) for event in dataset.events if event.country}
    camera = home_camera(store, *COMMON_SIZE)
    view = {"center": [camera.lon, camera.lat], "zoom": camera.zoom}
    return view | style(palette(theme), focus_countries(dataset), names)


def home_camera(store: Store, width: float, height: float) -> Camera:
    """The camera that shows everything in the whole data set, whatever the filter: so nothing jumps."""
    points: list[Point] = []
    for event in store.dataset.events:
        found = event_points(event, store.places)
        points += found
        shape = BUNDLED.country_shape(event.country) if event.country and not found else None
        if shape is not None:
            west, south, east, north = shape.bounds
            points += [(west, south), (east, north)]
    return fit(points, width, height)


def span_of(dataset: Dataset) -> tuple[date, date]:
    """The first and the last possible day of any event; today for an empty data set."""
    starts = [event.date_start for event in dataset.events]
    ends = [event.date_end for event in dataset.events]
    return min(starts, default=date.today()), max(ends, default=date.today())


def bin_start(day: date, step: str) -> date:
    """The first day of the day's bin: the day itself, its Monday or its month's first."""
    if step == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if step == "month" else day


def bins_of(first: date, last: date) -> tuple[str, tuple[date, ...]]:
    """The timeline's step ("day", "week", "month": by the length of the span) and the bins from first to last."""
    days = (last - first).days + 1
    step = "day" if days <= MOST_BINS else "week" if days <= 7 * MOST_BINS else "month"
    starts = dict.fromkeys(bin_start(first + timedelta(days=n), step) for n in range(days))
    return step, tuple(starts)


def timeline_figure(result: Result, dataset: Dataset, theme: str) -> Figure:
    """Events per day (or week, month) by category, under all choices but the dates; the chosen days lie on a band.

    An event counts on every day on which it may have happened.
    """
    colors = palette(theme)
    first, last = span_of(dataset)
    step, bins = bins_of(first, last)
    counts: dict[str, Counter[date]] = {category: Counter() for category in CATEGORIES}
    for event in result.any_date:
        touched = bins_of(event.date_start, event.date_end)[1] if step == "day" else None
        days = touched or (b for b in bins if bin_start(event.date_start, step) <= b <= event.date_end)
        counts[event.category].update(days)
    ends = (*bins[1:], bins[-1] + timedelta(days={"day": 1, "week": 7, "month": 31}[step]))
    middles = [f"{start + (end - start) / 2}T12:00" if step != "day" else f"{start}T12:00"
               for start, end in zip(bins, ends, strict=True)]  # fmt: skip
    widths = [(end - start).days * 86_400_000 * 0.82 for start, end in zip(bins, ends, strict=True)]
    low, high = result.where.date_from or date.min, result.where.date_to or date.max
    lit = [1.0 if start <= high and end > low else 0.28 for start, end in zip(bins, ends, strict=True)]
    traces = [
        {
            "type": "bar",
            "uid": category,
            "name": category,
            "x": middles,
            "y": [counts[category][b] for b in bins],
            "width": widths,
            "marker": {"color": colors.categories[category], "opacity": lit, "line": {"width": 0}},
            "hovertext": [f"{say_bin(b, step)}: {counts[category][b]} {category}" for b in bins],
            "hoverinfo": "text",
            "customdata": [str(b) for b in bins],
        }
        for category in CATEGORIES
    ]
    tallest = max((sum(counts[c][b] for c in CATEGORIES) for b in bins), default=1)
    layout = timeline_layout(result, (bins[0], ends[-1]), max(tallest, 1), theme)
    return {"data": traces, "layout": layout, "config": CONFIG}


def say_bin(start: date, step: str) -> str:
    """A bin in words: its day, "week of 3 January 2022", "January 2022"."""
    if step == "month":
        return f"{MONTHS[start.month]} {start.year}"
    return say_day(start) if step == "day" else f"week of {say_day(start)}"


def timeline_layout(result: Result, span: tuple[date, date], tallest: int, theme: str) -> Figure:
    """The timeline's axes and the band of the chosen days; dragging over it brushes."""
    colors = palette(theme)
    where = result.where
    shapes = []
    if where.date_from or where.date_to:
        start = max(where.date_from or span[0], span[0])
        end = min((where.date_to or span[1]) + timedelta(days=1) if where.date_to != date.max else span[1], span[1])
        line = {"color": colors.accent, "width": 1}
        band = {"type": "rect", "yref": "paper", "y0": 0, "y1": 1, "layer": "below"}
        if start < end:
            shapes.append(band | {"x0": str(start), "x1": str(end), "fillcolor": colors.accent, "opacity": 0.1,
                                  "line": {"width": 0}})  # fmt: skip
            shapes += [
                {"type": "line", "yref": "paper", "y0": 0, "y1": 1, "x0": str(x), "x1": str(x), "line": line}
                for x in (start, end)
            ]
    font = {"family": UI_FONT, "size": 12, "color": colors.muted}
    return {
        "barmode": "stack",
        "bargap": 0.18,
        "dragmode": "select",
        "selectdirection": "h",
        "newselection": {"line": {"color": colors.accent, "width": 1, "dash": "solid"}},
        "selections": [],
        "margin": {"l": 34, "r": 14, "t": 6, "b": 36},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": font,
        "hovermode": "closest",
        "showlegend": False,
        "uirevision": "timeline",
        "shapes": shapes,
        "xaxis": {
            "type": "date",
            "range": [str(span[0]), str(span[1])],
            "fixedrange": True,
            "showgrid": False,
            "tickcolor": colors.hairline,
            "linecolor": colors.hairline,
            "ticks": "outside",
            "ticklen": 4,
            "nticks": 9,
            "tickformat": "%-d %b\n%Y" if (span[1] - span[0]).days < MOST_BINS else "%b\n%Y",
        },
        "yaxis": {
            "fixedrange": True,
            "range": [0, tallest * 1.08],
            "tickformat": "d",
            "nticks": 4,
            "dtick": max(1, round(tallest / 3)),
            "gridcolor": colors.hairline,
            "gridwidth": 1,
            "zeroline": False,
        },
        "hoverlabel": {
            "bgcolor": colors.page,
            "bordercolor": colors.hairline,
            "font": {"family": UI_FONT, "size": 13, "color": colors.ink},
        },
    }
