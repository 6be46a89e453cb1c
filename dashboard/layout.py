"""The page: header, filter rail, map over timeline and table, panel."""

from __future__ import annotations

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard import cards, ids
from dashboard.controls import TIMELINE, layer_switches, rail
from dashboard.export_dialog import export_dialog
from dashboard.theme import DARK, LIGHT
from dashboard.unsettled import unsettled_list
from geodata.dates import say_day
from geodata.model import MEASURES
from geodata.store import Store

# Mantine's ten shades, from the lightest; the seventh is the light theme's accent, the fifth the dark one's.
ACCENT = ["#eef4fc", "#d9e6f8", "#b3cdf1", "#8ab2e9", "#6ea3ee", "#4c87d8", "#1f5fbf", "#1a52a6", "#16468e", "#123a76"]
MANTINE = {
    "primaryColor": "accent",
    "primaryShade": {"light": 6, "dark": 4},
    "colors": {"accent": ACCENT},
    "fontFamily": "Inter, sans-serif",
    "fontSizes": {"xs": "12px", "sm": "13px", "md": "14px", "lg": "16px", "xl": "20px"},
    "defaultRadius": 6,
    "focusRing": "auto",
    "respectReducedMotion": True,
}


def page(store: Store) -> dmc.MantineProvider:
    """The whole page over a store; the first callback fills it."""
    stores = [
        dcc.Store(id=name)
        for name in (ids.ADDRESS, ids.STATE, ids.CAMERA, ids.PICKED, ids.BRUSH, ids.FRAME, ids.TABLE_OPEN, ids.MARKS)
    ]
    return dmc.MantineProvider(
        [
            dcc.Location(id=ids.URL, refresh="callback-nav"),
            *stores,
            html.Div(
                [header(store), rail(store.dataset, store.news_days), stage(store), panel(store)],
                className="app",
                id="app",
            ),
            html.Div(id=ids.NOTICES, className="notices", **ids.attributes(aria_live="polite")),
            export_dialog(),
        ],
        id=ids.PROVIDER,
        theme=MANTINE,
        defaultColorScheme="auto",
    )


def icon(name: str) -> Component:
    """A line icon of the style sheet."""
    return html.Span(className=f"icon icon-{name}", **ids.attributes(aria_hidden="true"))


def header(store: Store) -> Component:
    """Name, data set, the line that counts, and the page's four actions."""
    return html.Header(
        [
            html.Div(
                [html.Strong("Sitrep Map"), html.Span(store.dataset.title, className="dataset")], className="brand"
            ),
            html.Div(id=ids.SENTENCE, className="sentence", role="status"),
            html.Div(
                [
                    dmc.Button("Table", id=ids.TABLE_SWITCH, size="xs", variant="default", leftSection=icon("table")),
                    dmc.Button("Export", id=ids.EXPORT, size="xs", leftSection=icon("download")),
                    dmc.Switch(id=ids.THEME, checked=False, size="sm", label="Dark theme", className="theme-switch"),
                ],
                className="actions",
            ),
        ]
    )


def stage(store: Store) -> Component:
    """The map with what lies on it, the timeline or the claims under it, the table when it is open."""
    zoom = [
        html.Button("+", className="zoom-in", title="Zoom in", **ids.attributes(aria_label="Zoom in")),
        html.Button("−", className="zoom-out", title="Zoom out", **ids.attributes(aria_label="Zoom out")),
        html.Button(
            icon("home"), className="zoom-home", title="Show everything", **ids.attributes(aria_label="Show everything")
        ),
    ]
    return html.Main(
        [
            html.Section(
                [
                    html.Div(id="map", className="map-frame"),
                    html.Div(className="tags", id="tags"),
                    html.Div(className="tip", id="tip", hidden=True, role="tooltip"),
                    html.Div(layer_switches(), className="map-corner"),
                    html.Div(zoom, className="zoom"),
                    html.Div(id=ids.LEGEND, className="legend"),
                    html.Div(id=ids.EMPTY),
                ],
                className="map-section",
                **ids.attributes(aria_label="Map"),
            ),
            html.Section(
                [
                    html.Div(
                        [
                            chart_switch(store),
                            html.Span(className="muted hint"),
                            html.Div(
                                [
                                    html.Button("‹", id=ids.STEP_BACK, title="One step earlier",
                                                **ids.attributes(aria_label="One step earlier")),
                                    html.Button("›", id=ids.STEP_ON, title="One step later",
                                                **ids.attributes(aria_label="One step later")),
                                ],
                                className="steps",
                            ),
                        ],
                        className="timeline-head",
                    ),
                    html.Div(id="timeline"),
                ],
                className="timeline-section",
                **ids.attributes(aria_label="Charts"),
            ),
            html.Section(id=ids.TABLE, className="table-section", hidden=True,
                         **ids.attributes(aria_label="Table of events")),
            html.Nav(
                [
                    html.Button("Filters", className="sheet-button", **ids.attributes(data_sheet="filters")),
                    html.Button("Event", className="sheet-button", **ids.attributes(data_sheet="event")),
                ],
                className="sheets",
                **ids.attributes(aria_label="Panels"),
            ),
        ],
        className="stage",
    )  # fmt: skip


def chart_switch(store: Store) -> dmc.Select:
    """What the strip under the map shows: events per day, or the claims of a measure by the day they were said."""
    present = [measure for measure in MEASURES if any(claim.measure == measure for claim in store.dataset.claims)]
    return dmc.Select(
        id=ids.CHART, value=TIMELINE, size="xs", className="chart-switch", searchable=False, allowDeselect=False,
        data=[{"value": TIMELINE, "label": "Events per day"}]
        + [{"value": measure, "label": f"Claims: {measure}"} for measure in present],
        **ids.attributes(aria_label="Chart"),
    )  # fmt: skip


def panel(store: Store) -> Component:
    """The selected event, what changed since a day, and what has no point on the map."""
    return html.Aside(
        [
            html.Section(cards.nothing_selected(), id=ids.PANEL, className="event-panel"),
            html.Section(
                [
                    html.H2("What changed since"),
                    dmc.Select(
                        id=ids.SINCE, size="xs", searchable=True, allowDeselect=False, clearable=True,
                        placeholder="Choose a day",
                        data=[{"value": str(day), "label": say_day(day)} for day in store.news_days],
                        **ids.attributes(aria_label="What changed since"),
                    ),
                    html.Div(id=ids.CHANGES),
                ],
                className="changes", hidden=not store.news_days,
            ),
            html.Section(unsettled_list(store.dataset), className="changes", hidden=not store.dataset.unsettled),
            html.Section(id=ids.OFF_MAP, className="off-map"),
        ],
        className="panel",
        **ids.attributes(aria_label="Event"),
    )  # fmt: skip


ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
    "%3Crect width='16' height='16' rx='4' fill='%231f5fbf'/%3E"
    "%3Cpath d='M8 3.2 12.4 12H3.6z' fill='%23fff'/%3E%3C/svg%3E"
)


# What the first picture needs beside the scripts; a mark waits for its letters.
EARLY = (
    "/assets/glyphs/Sitrep%20Symbols/9472-9727.pbf",
    "/assets/glyphs/Sitrep%20Symbols/9984-10239.pbf",
    "/assets/glyphs/Noto%20Sans%20Regular/0-255.pbf",
    "/assets/glyphs/Noto%20Sans%20Regular/1024-1279.pbf",
    "/assets/glyphs/Noto%20Sans%20Bold/0-255.pbf",
)
MODULES = (
    "/assets/map.mjs",
    "/assets/vendor/maplibre-gl/maplibre-gl.mjs",
    "/assets/vendor/maplibre-gl/maplibre-gl-shared.mjs",
)


def index() -> str:
    """Dash's page around ours: its icon, the map's modules, which do not wait for Dash, and the palettes as CSS
    variables, so that the style sheet and the figures share one table of colours."""
    rules = []
    for scheme, colors in (("light", LIGHT), ("dark", DARK)):
        names = ("page", "surface", "hairline", "ink", "muted", "accent", "land", "water", "casualties")
        values = {name: getattr(colors, name) for name in names} | colors.categories
        body = ";".join(f"--{name}:{value}" for name, value in values.items())
        rules.append(f':root[data-mantine-color-scheme="{scheme}"]{{{body};color-scheme:{scheme}}}')
    modules = "".join(f'<link rel="modulepreload" href="{address}">\n' for address in MODULES)
    early = "".join(f'<link rel="preload" as="fetch" crossorigin href="{address}">\n' for address in EARLY)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
{{%metas%}}
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{%title%}}</title>
<link rel="icon" href="{ICON}">
{modules}{early}{{%css%}}
<style>{"".join(rules)}</style>
</head>
<body>
<script type="module" async src="{MODULES[0]}"></script>
{{%app_entry%}}
<noscript>Sitrep Map draws its page with JavaScript, which is off in this browser.</noscript>
<footer>{{%config%}}{{%scripts%}}{{%renderer%}}</footer>
</body>
</html>
"""
