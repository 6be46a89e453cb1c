"""The export dialog: the picture of the current view, previewed and saved by the address that any script can ask."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import dash
from dash import Input, Output, State, html

from dashboard import ids
from dashboard.options import FigureOptions
from dashboard.view import parse_link, query_of
from geodata.errors import FilterError

FORMATS = ("png", "svg", "pdf")


def register(app: dash.Dash) -> None:
    """Give `app` the callbacks of the dialog."""
    app.callback(Output(ids.EXPORT_DIALOG, "opened"), Input(ids.EXPORT, "n_clicks"), prevent_initial_call=True)(
        lambda _: True
    )
    app.callback(
        output={
            "preview": Output(ids.EXPORT_PREVIEW, "src"),
            "links": Output(ids.EXPORT_LINKS, "children"),
            "error": Output(ids.EXPORT_ERROR, "children"),
        },
        inputs={
            "opened": Input(ids.EXPORT_DIALOG, "opened"),
            "title": Input(ids.EXPORT_TITLE, "value"),
            "size": Input(ids.EXPORT_SIZE, "value"),
            "theme": Input(ids.EXPORT_THEME, "value"),
            "area": Input(ids.EXPORT_AREA, "value"),
        },
        state={"state": State(ids.STATE, "data"), "frame": State(ids.FRAME, "data")},
        prevent_initial_call=True,
    )(picture)


def picture(*, opened: bool, title: str, size: str, theme: str, area: str, state: Any, frame: Any) -> dict[str, Any]:
    """The preview's address and a link for each format; the reason where a choice cannot be read."""
    if not opened or not isinstance(state, dict):
        raise dash.exceptions.PreventUpdate
    chosen = {"title": title, "size": size, "theme": theme, "frame": frame if area == "view" else None}
    options = {key: value for key, value in chosen.items() if value}
    try:
        FigureOptions.parse(**options)
        address = address_of(state.get("search", ""), options)
    except FilterError as error:
        return {"preview": dash.no_update, "links": dash.no_update, "error": str(error)}
    links = [
        html.A(name.upper(), href=f"/export/map.{name}?{address}", download=f"sitrep-map.{name}") for name in FORMATS
    ]
    return {"preview": f"/export/map.svg?{address}", "links": links, "error": ""}


def address_of(search: str, options: dict[str, str]) -> str:
    """The query of a picture of what the page's address shows; its camera gives way to the option `frame`."""
    where, view, _ = parse_link(query_of(search))
    query = where.to_query() | view.to_query() | options
    query.pop("at", None)
    return urlencode(query, safe=",:")
