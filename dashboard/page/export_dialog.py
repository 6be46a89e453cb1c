"""The export dialog: its form, its preview, and a link for each file, each an address that any script can ask too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import dash
import dash_mantine_components as dmc
from dash import Input, Output, State, html
from dash.development.base_component import Component

from dashboard.choice.address import parse_link, query_of
from dashboard.choice.options import FigureOptions
from dashboard.choice.request import FigureRequest
from dashboard.choice.sizes import MIN_DPI, PT_PER_INCH, SIZES, Size
from dashboard.export.formats import FORMATS, formats_that_make
from dashboard.page import ids
from dashboard.panels import PANELS
from dashboard.scene.theme import THEMES
from geodata.errors import ChoiceError
from geodata.language.language import CODES, Language
from geodata.phrases import phrase

OWN_SIZE = "own"
RESOLUTIONS = {"": phrase("Usual"), "300": phrase("300 dpi"), "600": phrase("600 dpi")}
SIZE_WORDS = {
    "A4": phrase("A4"), "A4-landscape": phrase("A4 landscape"), "Letter": phrase("Letter"),
    "Letter-landscape": phrase("Letter landscape"), "column": phrase("column"), "two-column": phrase("two column"),
    "slide": phrase("slide"), "square": phrase("square"), "portrait": phrase("portrait"),
}  # fmt: skip
AREA_WORDS = {"view": phrase("Area on screen"), "all": phrase("Everything shown")}
PALETTE_WORDS = {"light": phrase("Light"), "dark": phrase("Dark"), "grey": phrase("Grey")}
SERIES_WORDS = {
    "": phrase("One figure"), "day": phrase("One for each day"), "week": phrase("One for each week"),
    "category": phrase("One for each category"), "place": phrase("One for each place"),
}  # fmt: skip
ARRANGEMENT_WORDS = {"page": phrase("Small, on one page"), "files": phrase("A figure each")}
# Kept in the browser from one visit to the next; the title belongs to what is shown now.
KEPT = {"persistence": True, "persistence_type": "local"}


def export_dialog(language: Language) -> dmc.Modal:
    """The dialog that makes pictures and documents of the current view; the preview is the picture itself."""
    return dmc.Modal(
        html.Div(
            [
                html.Div(
                    [*_form(language), html.Div(id=ids.EXPORT_LINKS, className="export-links")], className="export-form"
                ),
                html.Div(
                    [
                        html.Img(id=ids.EXPORT_PREVIEW, alt=language.say("Preview of the picture")),
                        html.Div(className="export-busy", role="status"),
                        html.Div(id=ids.EXPORT_ERROR, className="export-error", role="alert"),
                    ],
                    className="export-preview",
                ),
            ],
            className="export-body",
        ),
        id=ids.EXPORT_DIALOG,
        title=language.say("Export the map"),
        size="min(1180px, 94vw)",
        centered=True,
        opened=False,
        # The switches inside measure themselves as they appear: no growing.
        transitionProps={"transition": "fade", "duration": 120},
    )


def _form(language: Language) -> list[Component]:
    say = language.say
    sizes = {name: _say_size(name, size, language) for name, size in SIZES.items()} | {OWN_SIZE: say("Own size …")}
    languages = {code: Language(code).own_name() for code in CODES}
    return [
        dmc.TextInput(
            id=ids.EXPORT_TITLE, label=say("Title"), placeholder=say("The data set's title"), debounce=400, size="sm"
        ),
        _select(ids.EXPORT_SIZE, say("Size"), sizes, value=str(FigureOptions().size)),
        html.Div(
            dmc.TextInput(id=ids.EXPORT_OWN_SIZE, placeholder=say("160x120mm or 1200x800px"), debounce=400, size="sm",
                          **KEPT, **ids.attributes(aria_label=say("Own size"))),
            id=f"{ids.EXPORT_OWN_SIZE}-row", hidden=True,
        ),
        _switch(ids.EXPORT_AREA, say("Area"), _said(AREA_WORDS, language), value="view"),
        _switch(ids.EXPORT_THEME, say("Colours"), _said(PALETTE_WORDS, language), value="light"),
        html.Fieldset(
            [
                html.Legend(say("Beside the map")),
                dmc.ChipGroup(
                    html.Div([dmc.Chip(say(panel.title), value=name, size="xs", variant="outline")
                              for name, panel in PANELS.items()],
                             className="export-chips"),
                    id=ids.EXPORT_PANELS, multiple=True, value=[], **KEPT,
                ),
            ],
            className="export-panels",
        ),
        _select(ids.EXPORT_EACH, say("Series"), _said(SERIES_WORDS, language), value=""),
        html.Div(
            _switch(ids.EXPORT_ARRANGE, say("Arranged"), _said(ARRANGEMENT_WORDS, language), value="page"),
            id=f"{ids.EXPORT_ARRANGE}-row", hidden=True,
        ),
        html.Div(
            [
                _select(ids.EXPORT_LANG, say("Language"), languages, value="en"),
                _select(ids.EXPORT_DPI, say("Pixels of a PNG"), _said(RESOLUTIONS, language), value=""),
            ],
            className="export-pair",
        ),
    ]  # fmt: skip


def _say_size(name: str, size: Size, language: Language) -> str:
    width, height = size.css
    return language.say("{size}, {width} × {height}", size=language.say(SIZE_WORDS[name]), width=width, height=height)


def _said(choices: dict[str, str], language: Language) -> dict[str, str]:
    return {value: language.say(words) for value, words in choices.items()}


def _named(choices: dict[str, str]) -> list[dict[str, str]]:
    return [{"value": value, "label": said} for value, said in choices.items()]


def _select(name: str, label: str, choices: dict[str, str], *, value: str) -> dmc.Select:
    return dmc.Select(
        id=name, label=label, value=value, data=_named(choices), size="sm", allowDeselect=False, searchable=False,
        comboboxProps={"zIndex": 400, **ids.MADE_WHEN_OPENED}, **KEPT,
    )  # fmt: skip


def _switch(name: str, label: str, choices: dict[str, str], *, value: str) -> dmc.SegmentedControl:
    return dmc.SegmentedControl(
        id=name,
        value=value,
        data=_named(choices),
        fullWidth=True,
        size="xs",
        **KEPT,
        **ids.attributes(aria_label=label),
    )


PREVIEW_PX = 900  # the width of a moving preview; others are vectors
VALUES = {
    "title": ids.EXPORT_TITLE, "size": ids.EXPORT_SIZE, "own_size": ids.EXPORT_OWN_SIZE, "area": ids.EXPORT_AREA,
    "theme": ids.EXPORT_THEME, "panels": ids.EXPORT_PANELS, "each": ids.EXPORT_EACH, "arrange": ids.EXPORT_ARRANGE,
    "lang": ids.EXPORT_LANG, "dpi": ids.EXPORT_DPI,
}  # fmt: skip


def register(app: dash.Dash, language: Language) -> None:
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
    )(partial(picture, language))


def picture(language: Language, *, opened: bool, values: dict[str, Any], state: Any, frame: Any) -> dict[str, Any]:
    """The preview's address and a link for each format; the reason where a choice cannot be read."""
    if not opened or not isinstance(state, dict):
        raise dash.exceptions.PreventUpdate
    own, each = values["size"] == OWN_SIZE, values["each"]
    rows = {"without_own_size": not own, "without_arrange": not each}
    chosen = {
        "title": values["title"], "size": values["own_size"] if own else values["size"], "theme": values["theme"],
        "frame": frame if values["area"] == "view" else None, "panels": ",".join(values["panels"] or ()),
        "each": each, "arrange": values["arrange"] if each else None,
        "lang": values["lang"], "dpi": values["dpi"],
    }  # fmt: skip
    try:
        asked = request_of(state.get("search", ""), chosen)
    except ChoiceError as error:
        return {"preview": dash.no_update, "links": dash.no_update, "error": str(error), **rows}
    films = bool(each) and asked.options.arrange == "files"
    # the map for the browser is one, and has the page's themes
    interactive = ("map",) if not each and asked.view.theme in ("", *THEMES) else ()
    names = formats_that_make("film" if films else "figure", *interactive, "document")
    links = [
        html.A(
            language.say(FORMATS[name].label),
            href=in_format(asked, name, asked.options.dpi if FORMATS[name].pixels else None),
            download=f"sitrep-map.{name}",
            title=FORMATS[name].about and language.say(FORMATS[name].about),
        )
        for name in names
    ]
    dpi = max(MIN_DPI, round(PREVIEW_PX * PT_PER_INCH / asked.options.size.points[0]))
    preview = in_format(asked, "webp", dpi) if films else in_format(asked, "svg", None)
    return {"preview": preview, "links": links, "error": "", **rows}


def request_of(search: str, chosen: Mapping[str, object]) -> FigureRequest:
    """The figure of what the page's address shows, with the dialog's choices. Raises ChoiceError."""
    where, view, _ = parse_link(query_of(search))
    return FigureRequest.parse(where.to_query() | view.to_query() | {k: v for k, v in chosen.items() if v}, "svg")


def in_format(asked: FigureRequest, format: str, dpi: float | None) -> str:
    """The address of the figure as another file, with so many pixels an inch."""
    return replace(asked, format=format, options=replace(asked.options, dpi=dpi)).address()
