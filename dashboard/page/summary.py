"""What the page says above and on the map: counts with reasons, choices as pills, notices, legend, empty state."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.page import ids
from dashboard.scene.canvas import Legend
from geodata.dates import say_day
from geodata.filter import FIELDS, Filter, list_fields
from geodata.store.result import Hidden, Result

Children = list[Any]


def sentence(result: Result) -> Children:
    """As "showing 9 of 14: 2 outside the dates, 3 in other categories", each reason a button that lifts it."""
    line: Children = [html.Strong(f"showing {len(result.events)} of {result.total}")]
    for position, hidden in enumerate(result.hidden):
        words = " and ".join(FIELDS[reason].reason for reason in hidden.reasons)
        button = html.Button(
            f"{hidden.count} {words}", id=ids.lift_hidden(hidden.reasons), className="reason",
            title="Show these events again",
        )  # fmt: skip
        line += [": " if position == 0 else ", ", button]
    return line


def choices(where: Filter) -> Children:
    """One pill for each choice that is set, which a click lifts."""
    found = []
    query = where.to_query()
    described = {"dates": where.describe_dates()} if {"from", "to"} & set(query) else {}
    if where.as_of:
        described["as_of"] = f"as known on {say_day(where.as_of)}"
    lists = ("categories", *list_fields())
    described |= {key: f"{FIELDS[key].title}: {query[key].replace(',', ', ')}" for key in lists if key in query}
    if where.q:
        described["q"] = f"“{where.q}”"
    if where.bbox:
        described["bbox"] = "Area of the map"
    for key, words in described.items():
        close = html.Span("×", **ids.attributes(aria_hidden="true"))
        found.append(html.Button([html.Span(words), close], id=ids.lift(key), className="pill", title=f"Lift: {words}"))
    return found


def notice(text: str) -> Component:
    """A sentence that the reader should see, with a button that puts it away (see assets/page/buttons.js)."""
    return html.Div(
        [html.Span(text), html.Button("×", className="close", **ids.attributes(aria_label="Put the notice away"))],
        className="notice", role="status",
    )  # fmt: skip


def empty(where: Filter, hidden: tuple[Hidden, ...]) -> Component:
    """What stands on the map when no event is kept, with the next step."""
    lines: Children = [html.P("No event matches these choices.")]
    if {"dates"} in ({*h.reasons} for h in hidden):
        lines = [
            html.P(f"No event lies in {where.describe_dates()}."),
            html.Button("Show all dates", id=ids.lift("dates") | {"where": "empty"}, className="text-button"),
        ]
    return html.Div(lines, className="empty")


def legend(entries: list[Legend]) -> list[Component]:
    """A row for each entry, its swatch in the look of the mark."""
    rows: list[Component] = []
    for entry in (entry for entry in entries if entry.kind != "glyph"):
        style = {"--swatch": entry.color}
        kind = entry.kind.replace(" ", "-")
        swatch = html.Span(className=f"swatch swatch-{kind}", style=style, **ids.attributes(aria_hidden="true"))
        rows.append(html.Div([swatch, html.Span(entry.text)], className="legend-row"))
    return rows
