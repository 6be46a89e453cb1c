"""The page's callbacks: one gesture, one request. `refresh` reads every control, asks the store once, draws all."""

from __future__ import annotations

from typing import Any

import dash
from dash import ClientsideFunction, Input, Output, State, ctx

from dashboard.page import filters, ids, summary, table
from dashboard.page.answer import answer
from dashboard.page.gestures import TYPED, choose
from geodata.errors import ChoiceError, GeodataError, NoAnswer
from geodata.language.language import Language
from geodata.record.model import CATEGORIES
from geodata.store.store import Store

OTHER_CONTROLS = (ids.LAYERS, ids.UNITS, ids.BY, ids.CALENDAR, ids.AS_OF_SLIDER, ids.SINCE, ids.CHART)


def register(app: dash.Dash, store: Store, language: Language, *, takes_files: bool = False) -> None:
    """Give `app` its callbacks over `store`; a page without data says whether it `takes_files`."""
    controls = (*filters.controls().values(), *OTHER_CONTROLS)
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("sitrep", "address"),
        Output(ids.ADDRESS, "data"),
        Input(ids.URL, "search"),
        State(ids.STATE, "data"),
    )
    app.callback(
        output={
            "marks": Output(ids.MARKS, "data"),
            "sentence": Output(ids.SENTENCE, "children"),
            "choices": Output(ids.CHOICES, "children"),
            "panel": Output(ids.PANEL, "children"),
            "off_map": Output(ids.OFF_MAP, "children"),
            "changes": Output(ids.CHANGES, "children"),
            "legend": Output(ids.LEGEND, "children"),
            "empty": Output(ids.EMPTY, "children"),
            "notices": Output(ids.NOTICES, "children"),
            "search": Output(ids.URL, "search"),
            "state": Output(ids.STATE, "data"),
            "scheme": Output(ids.PROVIDER, "forceColorScheme"),
            "theme": Output(ids.THEME, "checked"),
            "counts": {category: Output(ids.count(category), "children") for category in CATEGORIES},
            "controls": {name: Output(name, "value") for name in controls},
            "errors": {name: Output(name, "error") for name in TYPED},
        },
        inputs={
            "address": Input(ids.ADDRESS, "data"),
            "values": {name: Input(name, "value") for name in controls},
            "brush": Input(ids.BRUSH, "data"),
            "picked": Input(ids.PICKED, "data"),
            "dark": Input(ids.THEME, "checked"),
            "buttons": {
                "reset": Input(ids.RESET, "n_clicks"),
                "steps": [Input(name, "n_clicks") for name in (ids.STEP_BACK, ids.STEP_ON)],
            },
        },
        state={
            "camera": State(ids.CAMERA, "data"),
            "span": State(ids.SPAN, "data"),
            "shown": State(ids.STATE, "data"),
            "errors": {name: State(name, "error") for name in TYPED},
        },
        prevent_initial_call=True,
    )(refresher(store, language, takes_files=takes_files))
    app.callback(
        Output(ids.TABLE, "children"),
        Output(ids.TABLE, "hidden"),
        Input(ids.TABLE_OPEN, "data"),
        prevent_initial_call=True,
    )(lambda is_open: ([table.grid(language)], False) if is_open is True else ([], True))


def refresher(store: Store, language: Language, *, takes_files: bool) -> Any:
    """The one callback of the page over a store."""

    def refresh(**page: Any) -> dict[str, Any]:
        if ctx.triggered_id is None:
            raise dash.exceptions.PreventUpdate
        shown = answer(store, choose(page, store, language), page, language)
        return shown if store.size else shown | {"empty": summary.no_data(language, takes_files=takes_files)}

    return refresh


def show_error(error: Exception, language: Language) -> None:
    """Tell the reader of a mistake at its control, or as a notice; what is shown stays. A bug is raised on.

    Of a database that is away the page learns from /healthz, and asks again once it is back.
    """
    if not isinstance(error, GeodataError):
        raise error
    if isinstance(error, NoAnswer):
        return
    key = error.key if isinstance(error, ChoiceError) else ""
    control = next((name for name, typed in TYPED.items() if typed == key), "")
    if control:
        dash.set_props(control, {"error": str(error)})
    else:
        dash.set_props(ids.NOTICES, {"children": [summary.notice(str(error), language)]})
