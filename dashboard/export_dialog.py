"""The export dialog: how the picture is to be, its preview, and a link for each format. The reader's choices stay."""

from __future__ import annotations

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.options import LANGUAGES, PALETTES, PANELS, SERIES
from dashboard.sizes import SIZES

OWN_SIZE = "own"
LANGUAGE_NAMES = {
    "en": "English", "ru": "Русский", "kk": "Қазақша", "fr": "Français", "es": "Español", "de": "Deutsch",
    "uk": "Українська", "ar": "العربية",
}  # fmt: skip
PANEL_NAMES = {"timeline": "Timeline", "claims": "Claims", "table": "Table"}
RESOLUTIONS = {"": "Usual", "300": "300 dpi", "600": "600 dpi"}
# Kept in the browser from one visit to the next; the title belongs to what is shown now.
KEPT = {"persistence": True, "persistence_type": "local"}


def export_dialog() -> dmc.Modal:
    """The dialog that makes pictures and documents of the current view; the preview is the picture itself."""
    return dmc.Modal(
        html.Div(
            [
                html.Div([*_form(), html.Div(id=ids.EXPORT_LINKS, className="export-links")], className="export-form"),
                html.Div(
                    [
                        html.Img(id=ids.EXPORT_PREVIEW, alt="Preview of the picture"),
                        html.Div(className="export-busy", role="status"),
                        html.Div(id=ids.EXPORT_ERROR, className="export-error", role="alert"),
                    ],
                    className="export-preview",
                ),
            ],
            className="export-body",
        ),
        id=ids.EXPORT_DIALOG,
        title="Export the map",
        size="min(1180px, 94vw)",
        centered=True,
        opened=False,
        # The switches inside measure themselves as they appear: no growing.
        transitionProps={"transition": "fade", "duration": 120},
    )


def _form() -> list[Component]:
    sizes = [
        {"value": name, "label": f"{name.replace('-', ' ')}, {' × '.join(size.css)}"} for name, size in SIZES.items()
    ]
    series = {"": "One figure"} | {name: f"One for each {name}" for name in SERIES}
    return [
        dmc.TextInput(id=ids.EXPORT_TITLE, label="Title", placeholder="The data set's title", debounce=400, size="sm"),
        _select(ids.EXPORT_SIZE, "Size", "A4-landscape", [*sizes, {"value": OWN_SIZE, "label": "Own size …"}]),
        html.Div(
            dmc.TextInput(id=ids.EXPORT_OWN_SIZE, placeholder="160x120mm or 1200x800px", debounce=400, size="sm",
                          **KEPT, **ids.attributes(aria_label="Own size")),
            id=f"{ids.EXPORT_OWN_SIZE}-row", hidden=True,
        ),
        _switch(ids.EXPORT_AREA, {"view": "Area on screen", "all": "Everything shown"}, "view", "Area"),
        _switch(ids.EXPORT_THEME, {name: name.capitalize() for name in PALETTES}, "light", "Colours"),
        html.Fieldset(
            [
                html.Legend("Beside the map"),
                dmc.ChipGroup(
                    html.Div([dmc.Chip(PANEL_NAMES[name], value=name, size="xs", variant="outline") for name in PANELS],
                             className="export-chips"),
                    id=ids.EXPORT_PANELS, multiple=True, value=[], **KEPT,
                ),
            ],
            className="export-panels",
        ),
        _select(ids.EXPORT_EACH, "Series", "", _named(series)),
        html.Div(
            _switch(ids.EXPORT_ARRANGE, {"page": "Small, on one page", "files": "A figure each"}, "page", "Arranged"),
            id=f"{ids.EXPORT_ARRANGE}-row", hidden=True,
        ),
        html.Div(
            [
                _select(ids.EXPORT_LANG, "Language", "en", _named({name: LANGUAGE_NAMES[name] for name in LANGUAGES})),
                _select(ids.EXPORT_DPI, "Pixels of a PNG", "", _named(RESOLUTIONS)),
            ],
            className="export-pair",
        ),
    ]  # fmt: skip


def _named(choices: dict[str, str]) -> list[dict[str, str]]:
    return [{"value": value, "label": said} for value, said in choices.items()]


def _select(name: str, label: str, value: str, data: list[dict[str, str]]) -> dmc.Select:
    return dmc.Select(
        id=name, label=label, value=value, data=data, size="sm", allowDeselect=False, searchable=False,
        comboboxProps={"zIndex": 400}, **KEPT,
    )  # fmt: skip


def _switch(name: str, choices: dict[str, str], value: str, label: str) -> dmc.SegmentedControl:
    return dmc.SegmentedControl(
        id=name,
        value=value,
        data=_named(choices),
        fullWidth=True,
        size="xs",
        **KEPT,
        **ids.attributes(aria_label=label),
    )
