"""The table of the kept events: the same rows as the map, the list and the export."""

from __future__ import annotations

from typing import Any

import dash_ag_grid as dag

from dashboard.page.filters import category_title
from dashboard.scene.scene import Scene
from dashboard.scene.words import say_claim
from geodata.dates import say_days

COLUMNS = (
    ("title", "Event", 3, 180),
    ("category", "Category", 1, 112),
    ("days", "Days", 1.6, 150),
    ("places", "Places", 1.8, 120),
    ("claims", "Claims", 3, 140),
    ("sources", "Sources", 1, 100),
)


def table(scene: Scene) -> dag.AgGrid:
    """A grid with one row an event; a click on a row selects the event (see assets/page/buttons.js)."""
    rows = [
        {
            "event_id": event.event_id,
            "title": event.title,
            "category": category_title(event.category),
            "days": say_days(event.date_start, event.date_end),
            "start": event.date_start.isoformat(),
            "places": scene.where_words(event) or "no place",
            "claims": "; ".join(say_claim(claim) for claim in scene.claims_of(event)),
            "sources": ", ".join(event.source_ids),
        }
        for event in scene.result.events
    ]
    columns: list[dict[str, Any]] = [
        {"field": field, "tooltipField": field, "headerName": title, "flex": flex, "minWidth": width}
        for field, title, flex, width in COLUMNS
    ]
    # Days sort by their first one, not by their words.
    columns[2]["comparator"] = {"function": "sitrepByStart"}
    return dag.AgGrid(
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
