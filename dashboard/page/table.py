"""The table of the kept events: the same rows as the map, the list and the export."""

from __future__ import annotations

from typing import Any

import dash_ag_grid as dag
from dash import html
from dash.development.base_component import Component

from dashboard.page.filters import category_title
from dashboard.scene.scene import Scene
from dashboard.scene.words import say_claim
from geodata.phrases import phrase

COLUMNS = (
    ("title", phrase("Event"), 3, 180),
    ("category", phrase("Category"), 1, 112),
    ("days", phrase("Days"), 1.6, 150),
    ("places", phrase("Places"), 1.8, 120),
    ("claims", phrase("Claims"), 3, 140),
    ("sources", phrase("Sources"), 1, 100),
)


MOST_ROWS = 1_000


def table(scene: Scene) -> list[Component]:
    """A grid with one row an event; a click on a row selects the event (see assets/page/buttons.js)."""
    language = scene.language
    rows = [
        {
            "event_id": event.event_id,
            "title": event.title,
            "category": category_title(event.category, language),
            "days": language.days(event.date_start, event.date_end),
            "start": event.date_start.isoformat(),
            "places": scene.where_words(event) or language.say("no place"),
            "claims": language.listed_apart(say_claim(claim, language) for claim in scene.claims_of(event)),
            "sources": language.listed(event.source_ids),
        }
        for event in scene.result.events
    ]
    columns: list[dict[str, Any]] = [
        {"field": field, "tooltipField": field, "headerName": language.say(title), "flex": flex, "minWidth": width}
        for field, title, flex, width in COLUMNS
    ]
    # Days sort by their first one, not by their words.
    columns[2]["comparator"] = {"function": "sitrepByStart"}
    grid = dag.AgGrid(
        id="grid",
        rowData=rows,
        columnDefs=columns,
        defaultColDef={"sortable": True, "resizable": True, "suppressHeaderMenuButton": True},
        getRowId="params.data.event_id",
        dashGridOptions={
            "rowHeight": 34,
            "headerHeight": 36,
            "onRowClicked": {"function": "sitrepRow(params)"},
            "tooltipShowDelay": 400,
        },
        className="grid",
        style={"height": "100%"},
    )
    rest = scene.result.count - len(rows)
    words = language.say("The first {shown} of {count} events: narrow the choice to see others.",
                         shown=language.number(len(rows)), count=language.number(scene.result.count))  # fmt: skip
    return [html.P(words, className="muted table-note"), grid] if rest > 0 else [grid]
