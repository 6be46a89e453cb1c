"""The table of the kept events: a grid, and the rows that it asks for as the reader scrolls (assets/page/table.js)."""

from __future__ import annotations

from typing import Any

import dash_ag_grid as dag
from dash.development.base_component import Component

from dashboard.page import ids
from dashboard.page.filters import category_title
from dashboard.scene.scene import Scene
from dashboard.scene.words import say_claim, say_range
from geodata.language.language import Language
from geodata.phrases import page_phrase, phrase
from geodata.record.model import Claim, Event

BLOCK = 100  # rows that are asked for at once
BLOCKS_KEPT = 5
# Each column with the share and the least of its width in px; those that are sorted bear the name of their order in
# the store. Claims have none: their texts begin with figures of whatever measure.
COLUMNS = (
    ("title", phrase("Event"), 3, 170),
    ("category", phrase("Category"), 1, 124),
    ("days", phrase("Days"), 1.6, 158),
    ("places", phrase("Places"), 1.8, 108),
    ("deaths", page_phrase("Killed"), 0.9, 94),
    ("claims", phrase("Claims"), 3, 108),
    ("sources", phrase("Sources"), 1, 84),
)
UNSORTED = "claims"
MOST_FIRST = "deaths"


def grid(language: Language) -> Component:
    """A grid with one row an event, still without rows."""
    made: Component = dag.AgGrid(
        id=ids.GRID,
        columnDefs=[_column(language, *column) for column in COLUMNS],
        defaultColDef={"resizable": True, "suppressHeaderMenuButton": True},
        rowModelType="infinite",
        getRowId="params.data.event_id",
        dashGridOptions={
            "rowHeight": 34,
            "headerHeight": 36,
            "tooltipShowDelay": 400,
            "suppressMultiSort": True,
            "cacheBlockSize": BLOCK,
            "maxBlocksInCache": BLOCKS_KEPT,
            # What waits longer is let go of when it is out of view again. The grid's own first question is one of them.
            "maxConcurrentDatasourceRequests": 3,
            "suppressAnimationFrame": True,  # rows are seen with their cells or not at all
            "rowSelection": {"mode": "singleRow", "checkboxes": False, "enableClickSelection": False},
            "localeText": {"noRowsToShow": language.say("No event matches these choices.")},
        },
        className="grid",
        style={"height": "100%"},
    )
    return made


def _column(language: Language, field: str, title: str, flex: float, width: int) -> dict[str, Any]:
    column: dict[str, Any] = {
        "field": field, "tooltipField": field, "headerName": language.say(title), "flex": flex, "minWidth": width,
        "sortable": field != UNSORTED,
    }  # fmt: skip
    if field == MOST_FIRST:
        column |= {
            "sortingOrder": ["desc", "asc", None],
            "headerTooltip": language.say("The figures that stand. Sorted by the lowest that any of them can be."),
        }
    return column


def rows(scene: Scene) -> list[dict[str, str]]:
    """The cells of a scene's events, by column, each with the event's id."""
    language = scene.language
    claims = {claim.claim_id: claim for claim in scene.result.claims}
    return [
        {
            "event_id": event.event_id,
            "title": event.title,
            "category": category_title(event.category, language),
            "days": language.days(event.date_start, event.date_end),
            "places": scene.where_words(event) or language.say("no place"),
            "deaths": _deaths(scene, event, claims),
            "claims": language.listed_apart(say_claim(claim, language) for claim in scene.claims_of(event)),
            "sources": language.listed(event.source_ids),
        }
        for event in scene.result.events
    ]


def _deaths(scene: Scene, event: Event, claims: dict[str, Claim]) -> str:
    """The ranges of an event's deaths, the one that it is sorted by first."""
    found = scene.shown_ranges(event, ("deaths",))
    in_order = sorted(found, key=lambda each: -1 if each.low is None else each.low, reverse=True)
    return scene.language.listed_apart(say_range(each, claims, scene.language) for each in in_order)
