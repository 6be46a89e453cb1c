"""The timeline as a Plotly dict: events per day by category, and under it each event's span of possible days."""

from __future__ import annotations

from datetime import date, timedelta

from dashboard.charts.timeline import MOST_SPANS, bin_end, bins_of, say_bin, span_rows
from dashboard.scene.theme import palette
from dashboard.scene.words import CATEGORY_WORDS
from dashboard.screen.chart_style import CONFIG, UI_FONT, Figure, hover_label, plain
from geodata.language.language import Language
from geodata.record.model import CATEGORIES, Event
from geodata.store.result import Result

DAY_MS = 86_400_000
LEAST_DAYS = 7  # that the page zooms to
MOST_BY_ONE = 4  # events in a bar, up to which each number of them has a line


def timeline_figure(result: Result, days: tuple[date, date], theme: str, language: Language) -> Figure:
    """Events per day (or week, month) by category from the first of `days` to the last, under all choices but the
    dates; the chosen days lie on a band.

    An event counts on every day on which it may have happened.
    """
    colors = palette(theme)
    first, last = days
    step, bins = bins_of(first, last)
    counts = result.any_date.by_day(step, bins)
    ends = (*bins[1:], bin_end(bins[-1], step))
    low, high = result.where.date_from or date.min, result.where.date_to or date.max
    traces = []
    for category in CATEGORIES:
        # Plotly takes its time for bars, also for those of nothing.
        bars = [(b, end, n) for b, end in zip(bins, ends, strict=True) if (n := counts[category][b])]
        lit = [1.0 if start <= high and end > low else 0.28 for start, end, _ in bars]
        traces.append({
            "type": "bar",
            "uid": category,
            "name": category,
            "x": [f"{start + (end - start) / 2}T12:00" for start, end, _ in bars],
            "y": [n for *_, n in bars],
            "width": [(end - start).days * DAY_MS * 0.82 for start, end, _ in bars],
            "marker": {"color": colors.categories[category], "opacity": lit, "line": {"width": 0}},
            "hovertext": [say_bar(say_bin(b, step, language), category, n, language) for b, _, n in bars],
            "hoverinfo": "text",
            "customdata": [str(b) for b, *_ in bars],
        })  # fmt: skip
    tallest = max((sum(counts[c][b] for c in CATEGORIES) for b in bins), default=1)
    layout = timeline_layout(result, (first, bin_end(last, "day")), max(tallest, 1), theme)
    rows = span_rows(result.any_date.events) if result.any_date.count <= MOST_SPANS else []
    if rows:
        traces += spans(rows, result, theme, language)
        layout["yaxis"]["domain"] = [0.48, 1]
        layout["yaxis2"] = {"domain": [0, 0.44], "range": [len(rows), -1], "visible": False, "fixedrange": True}
        layout["xaxis"]["anchor"] = "y2"
    return {"data": traces, "layout": layout, "config": CONFIG}


def say_bar(days: str, category: str, count: int, language: Language) -> str:
    """What a bar tells: "5 January 2022: 3 clashes"."""
    return language.say("{days}: {events}", days=days, events=language.count(*CATEGORY_WORDS[category], count))


def spans(rows: list[list[Event]], result: Result, theme: str, language: Language) -> list[Figure]:
    """Each event from its first to its last possible day: solid where the days are known, dashed where inferred."""
    colors = palette(theme)
    kept = {event.event_id for event in result.events}
    traces: list[Figure] = []
    for number, row in enumerate(rows):
        for event in row:
            ends = [str(event.date_start), str(bin_end(event.date_end, "day"))]
            known = event.time_precision == 1
            sure = language.say("days as reported") if known else language.say("days not sure")
            days = language.listed((language.days(event.date_start, event.date_end), sure))
            text = f"{plain(event.title)}<br>{plain(days)}"
            traces.append({
                "type": "scatter",
                "uid": f"span-{number}-{len(traces)}",
                "mode": "lines",
                "x": ends,
                "y": [number, number],
                "yaxis": "y2",
                "line": {"color": colors.categories[event.category], "width": 3.5 if known else 2.5,
                         "dash": "solid" if known else "2px,2px"},
                "opacity": 1.0 if event.event_id in kept else 0.28,
                "text": [text, text],
                "hoverinfo": "text",
                "customdata": [{"event": event.event_id}] * 2,
            })  # fmt: skip
    return traces


def timeline_layout(result: Result, span: tuple[date, date], tallest: int, theme: str) -> Figure:
    """The timeline's axes and the band of the chosen days; `span` is its first day and the one after its last."""
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
        "dragmode": False,  # the page has a brush of its own: assets/page/brush.js
        "margin": {"l": 34, "r": 14, "t": 6, "b": 40},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": font,
        "hovermode": "closest",
        "showlegend": False,
        "meta": "timeline",
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
            "tickangle": 0,  # Plotly would turn them where it is narrow, and cut them off
            # Plotly would tell hours where it is short
            **({"dtick": DAY_MS} if (span[1] - span[0]).days <= LEAST_DAYS else {}),
            "tickformatstops": [
                {"dtickrange": [None, "M1"], "value": "%-d %b\n%Y"},
                {"dtickrange": ["M1", "M12"], "value": "%b\n%Y"},
                {"dtickrange": ["M12", None], "value": "%Y"},
            ],
        },
        "yaxis": {
            "fixedrange": True,
            "range": [0, tallest * 1.08],
            "tickformat": "~s",
            # round numbers as Plotly finds them, but no parts of events
            "nticks": 4,
            **({"dtick": 1} if tallest <= MOST_BY_ONE else {}),
            "gridcolor": colors.hairline,
            "gridwidth": 1,
            "zeroline": False,
        },
        "hoverlabel": hover_label(colors),
    }
