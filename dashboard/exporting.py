"""The export dialog's callbacks: every picture and document is an address that any script can ask too."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import dash
from dash import Input, Output, State, html

from dashboard import ids
from dashboard.export_dialog import OWN_SIZE
from dashboard.options import FILMS, FigureOptions
from dashboard.sizes import MIN_DPI, PT_PER_INCH
from dashboard.view import parse_link, query_of
from geodata.errors import FilterError

LABELS = {
    "png": "PNG", "svg": "SVG", "pdf": "PDF", "docx": "Word", "pptx": "PowerPoint", "zip": "Bundle",
    "webp": "WebP", "gif": "GIF", "apng": "APNG",
}  # fmt: skip
ABOUT = {"zip": "Figure, caption, alt text, sources, events and claims in one .zip file"}
DOCUMENTS = ("docx", "pptx", "zip")
PREVIEW_PX = 900  # the width of a moving preview; others are vectors
VALUES = {
    "title": ids.EXPORT_TITLE, "size": ids.EXPORT_SIZE, "own_size": ids.EXPORT_OWN_SIZE, "area": ids.EXPORT_AREA,
    "theme": ids.EXPORT_THEME, "panels": ids.EXPORT_PANELS, "each": ids.EXPORT_EACH, "arrange": ids.EXPORT_ARRANGE,
    "lang": ids.EXPORT_LANG, "dpi": ids.EXPORT_DPI,
}  # fmt: skip


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
            "without_own_size": Output(f"{ids.EXPORT_OWN_SIZE}-row", "hidden"),
            "without_arrange": Output(f"{ids.EXPORT_ARRANGE}-row", "hidden"),
        },
        inputs={
            "opened": Input(ids.EXPORT_DIALOG, "opened"),
            "values": {name: Input(control, "value") for name, control in VALUES.items()},
        },
        state={"state": State(ids.STATE, "data"), "frame": State(ids.FRAME, "data")},
        prevent_initial_call=True,
    )(picture)


def picture(*, opened: bool, values: dict[str, Any], state: Any, frame: Any) -> dict[str, Any]:
    """The preview's address and a link for each format; the reason where a choice cannot be read."""
    if not opened or not isinstance(state, dict):
        raise dash.exceptions.PreventUpdate
    own, each = values["size"] == OWN_SIZE, values["each"]
    rows = {"without_own_size": not own, "without_arrange": not each}
    chosen = {
        "title": values["title"], "size": values["own_size"] if own else values["size"], "theme": values["theme"],
        "frame": frame if values["area"] == "view" else None, "panels": ",".join(values["panels"] or ()),
        "each": each, "arrange": values["arrange"] if each else None,
        "lang": values["lang"] if values["lang"] != "en" else None,
    }  # fmt: skip
    query = {key: value for key, value in chosen.items() if value}
    try:
        options = FigureOptions.parse(**query, dpi=values["dpi"])
        address = address_of(state.get("search", ""), query)
    except FilterError as error:
        return {"preview": dash.no_update, "links": dash.no_update, "error": str(error), **rows}
    films = bool(each) and options.arrange == "files"
    pixels = f"&dpi={values['dpi']}" if values["dpi"] else ""
    links = [
        html.A(LABELS[name], href=f"/export/map.{name}?{address}{'' if name in ('svg', 'pdf') else pixels}",
               download=f"sitrep-map.{name}", title=ABOUT.get(name, ""))
        for name in (*(FILMS[::-1] if films else ("png", "svg", "pdf")), *DOCUMENTS)
    ]  # fmt: skip
    dpi = max(MIN_DPI, PREVIEW_PX * PT_PER_INCH / options.size.points[0])
    preview = f"/export/map.webp?{address}&dpi={dpi:.0f}" if films else f"/export/map.svg?{address}"
    return {"preview": preview, "links": links, "error": "", **rows}


def address_of(search: str, options: dict[str, str]) -> str:
    """The query of a picture of what the page's address shows; its camera gives way to the option `frame`."""
    where, view, _ = parse_link(query_of(search))
    query = where.to_query() | view.to_query() | options
    query.pop("at", None)
    return urlencode(query, safe=",:")
