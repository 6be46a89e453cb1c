"""The map's legend: what the layers said they drew; the categories' symbols stand in the filter rail already."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.canvas import Legend


def legend(entries: list[Legend]) -> list[Component]:
    """A row for each entry, its swatch in the look of the mark."""
    rows: list[Component] = []
    for entry in (entry for entry in entries if entry.kind != "glyph"):
        style = {"--swatch": entry.color}
        kind = entry.kind.replace(" ", "-")
        swatch = html.Span(className=f"swatch swatch-{kind}", style=style, **ids.attributes(aria_hidden="true"))
        rows.append(html.Div([swatch, html.Span(entry.text)], className="legend-row"))
    return rows
