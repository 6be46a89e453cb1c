"""The place names that the gazetteer could not settle, as a list of the panel: never guessed, never hidden."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard import ids
from geodata.model import Dataset, Unsettled


def unsettled_list(dataset: Dataset) -> list[Any]:
    """Each name with what it may mean, and its events as rows that select them; nothing where all are settled."""
    names = dataset.unsettled
    if not names:
        return []
    titles = {event.event_id: event.title for event in dataset.events}
    hint = "Give lon and lat in the table, or the country, and they are drawn."
    return [
        html.H2(["Places not settled", html.Span(str(len(names)), className="count")]),
        html.P(hint, className="muted"),
        *(_group(part, titles) for part in names),
    ]


def _group(part: Unsettled, titles: dict[str, str]) -> Any:
    may_be = f"May be {'; '.join(part.candidates)}." if part.candidates else "Not in the gazetteer."
    rows = [
        html.Button(titles[event_id], className="change-row", id=ids.pick(event_id, f"unsettled {part.name}"))
        for event_id in part.event_ids
    ]
    return html.Div([html.H3(part.name), html.P(may_be, className="muted"), *rows])
