"""The page: header, filter rail, map over timeline and table, panel."""

from __future__ import annotations

import json
from collections.abc import Sequence

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard.charts.timeline import TITLES, bins_of
from dashboard.page import event_card, ids
from dashboard.page.export_dialog import export_dialog
from dashboard.page.filters import TIMELINE, layer_switches, rail
from dashboard.page.lists import files_list, unsettled_list
from geodata.language.language import Language
from geodata.store.store import Store

MOST_DAYS = 400  # of the list of days: nobody reads a longer one
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

MOST_DAYS_OF_STEPS, MOST_WEEKS = 120, 1_100  # days of a record, up to which time runs by days, by weeks


def page(
    store: Store, language: Language, adding: Sequence[Component] = (), *, can_settle: bool = False
) -> dmc.MantineProvider:
    """The whole page over a store; the first callback fills it. `adding` is what data is added with, if it may be;
    `can_settle` says whether names of places may be settled."""
    stores = [
        dcc.Store(id=name)
        for name in (
            ids.ADDRESS,
            ids.STATE,
            ids.CAMERA,
            ids.PICKED,
            ids.BRUSH,
            ids.SPAN,
            ids.FRAME,
            ids.TABLE_OPEN,
            ids.MARKS,
        )
    ]
    return dmc.MantineProvider(
        [
            dcc.Location(id=ids.URL, refresh="callback-nav"),
            *stores,
            html.Div(
                [
                    header(store, language, takes_files=bool(adding)),
                    rail(store, language),
                    stage(store, language),
                    panel(store, language, can_settle=can_settle),
                ],
                className="app",
                id=ids.APP,
            ),
            html.Div(id=ids.NOTICES, className="notices", **ids.attributes(aria_live="polite")),
            export_dialog(language),
            *adding,
        ],
        id=ids.PROVIDER,
        theme=MANTINE,
        defaultColorScheme="auto",
    )


def icon(name: str) -> Component:
    """A line icon of the style sheet."""
    return html.Span(className=f"icon icon-{name}", **ids.attributes(aria_hidden="true"))


def header(store: Store, language: Language, *, takes_files: bool) -> Component:
    """Name, data set, the line that counts, and the page's actions."""
    say = language.say
    add = dmc.Button(say("Add data"), id=ids.ADD_DATA, size="xs", variant="default", leftSection=icon("add"))
    return html.Header(
        [
            html.Div([html.Strong(say("Sitrep Map")), html.Span(store.title, className="dataset")], className="brand"),
            html.Div(id=ids.SENTENCE, className="sentence"),
            html.Div(
                [
                    *([add] if takes_files else []),
                    dmc.Button(
                        say("Table"), id=ids.TABLE_SWITCH, size="xs", variant="default", leftSection=icon("table")
                    ),
                    dmc.Button(say("Export"), id=ids.EXPORT, size="xs", leftSection=icon("download")),
                    dmc.Switch(
                        id=ids.THEME, checked=False, size="sm", label=say("Dark theme"), className="theme-switch"
                    ),
                ],
                className="actions",
            ),
        ]
    )


def stage(store: Store, language: Language) -> Component:
    """The map with what lies on it, the timeline or the claims under it, the table when it is open."""
    say = language.say
    selecting = {"box": say("Select a box"), "lasso": say("Select with a lasso")}
    zoom = [
        html.Button("+", className="zoom-in", title=say("Zoom in"), **ids.attributes(aria_label=say("Zoom in"))),
        html.Button("−", className="zoom-out", title=say("Zoom out"), **ids.attributes(aria_label=say("Zoom out"))),
        html.Button(
            icon("home"),
            className="zoom-home",
            title=say("Show everything"),
            **ids.attributes(aria_label=say("Show everything")),
        ),
        *(
            html.Button(
                icon(kind), title=title, **ids.attributes(data_select=kind, aria_label=title, aria_pressed="false")
            )
            for kind, title in selecting.items()
        ),
    ]
    return html.Main(
        [
            html.Section(
                [
                    html.Div(id=ids.MAP, className="map-frame"),
                    html.Div(className="tags", id=ids.TAGS),
                    html.Div(className="tip", id=ids.TIP, hidden=True, role="tooltip"),
                    html.Div(
                        html.Div(
                            [html.Span(role="status"), " ", html.Span(say("Esc leaves"), className="muted")],
                            className="drawing-hint",
                        ),
                        id=ids.DRAWING,
                        className="drawing",
                        hidden=True,
                        **ids.attributes(
                            data_box=say("Drag a box, or click a region."),
                            data_lasso=say("Draw around an area, or click a region."),
                        ),
                    ),
                    html.Div(layer_switches(language), className="map-corner"),
                    html.Div(zoom, className="zoom"),
                    html.Div(id=ids.LEGEND, className="legend"),
                    html.Div(id=ids.EMPTY),
                    html.P(id=ids.IN_WORDS, className="visually-hidden", role="status"),
                ],
                className="map-section",
                **ids.attributes(aria_label=say("Map"), aria_describedby=ids.IN_WORDS),
            ),
            html.Section(
                [
                    html.Div(
                        [
                            chart_switch(store, language),
                            html.Span(
                                className="muted hint",
                                **ids.attributes(
                                    data_timeline=say("Drag to choose dates"),
                                    data_claims=say("A shape a voice. Faded: superseded; struck: retracted"),
                                ),
                            ),
                            timeline_zoom(store, language),
                            html.Div(
                                [
                                    *player(store, language),
                                    html.Button("‹", id=ids.STEP_BACK, title=say("One step earlier"),
                                                **ids.attributes(aria_label=say("One step earlier"))),
                                    html.Button("›", id=ids.STEP_ON, title=say("One step later"),
                                                **ids.attributes(aria_label=say("One step later"))),
                                ],
                                className="steps",
                            ),
                        ],
                        className="timeline-head",
                    ),
                    html.Div([html.Div(id=ids.TIMELINE), brush(language)], className="timeline-plot"),
                ],
                className="timeline-section",
                **ids.attributes(aria_label=say("Charts")),
            ),
            html.Section(id=ids.TABLE, className="table-section", hidden=True,
                         **ids.attributes(aria_label=say("Table of events"))),
            html.Nav(
                [
                    html.Button(say("Filters"), className="sheet-button", **ids.attributes(data_sheet="filters")),
                    html.Button(say("Event"), className="sheet-button", **ids.attributes(data_sheet="event")),
                ],
                className="sheets",
                **ids.attributes(aria_label=say("Panels")),
            ),
        ],
        className="stage",
    )  # fmt: skip


def timeline_zoom(store: Store, language: Language) -> Component:
    """The buttons that choose which days the timeline shows, those days in words, and its name by the step of its bars
    (assets/page/zoom.js)."""
    say = language.say
    buttons: dict[str, tuple[str | Component, str]] = {
        "in": ("+", say("Show fewer days (+ or the wheel)")),
        "out": ("−", say("Show more days (− or the wheel)")),
        "chosen": (icon("chosen"), say("Zoom to the days chosen")),
        "all": (icon("home"), say("Show all days (0)")),
    }
    words = ids.attributes(
        data_day=say("{days}, by day", days="{days}"),
        data_week=say("{days}, by week", days="{days}"),
        data_month=say("{days}, by month", days="{days}"),
        data_charts=json.dumps({step: charts(store, step, language) for step in TITLES}),
    )
    return html.Div(
        [
            *(
                html.Button(sign, title=title, **ids.attributes(data_zoom=name, aria_label=title, aria_disabled="true"))
                for name, (sign, title) in buttons.items()
            ),
            html.Span(role="status", className="visually-hidden"),
        ],
        id=ids.TIMELINE_ZOOM,
        className="steps timeline-zoom",
        role="group",
        **words,
        **ids.attributes(aria_label=say("Days on the timeline")),
    )


def brush(language: Language) -> Component:
    """The chosen days over the timeline, moved by mouse, touch and keys (assets/page/brush.js)."""
    titles = {"from": language.say("First day that is shown"), "to": language.say("Last day that is shown")}
    ends = [
        html.Button(className="brush-end", role="slider", **ids.attributes(data_end=end, aria_label=title))
        for end, title in titles.items()
    ]
    veils = [html.Div(className="brush-veil") for _ in range(2)]
    parts = [veils[0], html.Div(ends, className="brush-band"), veils[1]]
    return html.Div(parts, id=ids.BRUSH_BAND, className="brush", hidden=True)


def player(store: Store, language: Language) -> list[Component]:
    """What lets time run (assets/page/play.js): its step, whether each is alone or with all before it, and its pace."""
    say, (first, last) = language.say, store.span
    days = (last - first).days
    steps = {"day": say("By day"), "week": say("By week"), "month": say("By month")}
    usual = "month" if days > MOST_WEEKS else "week" if days > MOST_DAYS_OF_STEPS else "day"
    modes = {"alone": say("Each alone"), "whole": say("All so far")}
    paces = {"normal": say("Normal"), "slow": say("Slow"), "fast": say("Fast")}
    choices = (
        (ids.PLAY_STEP, say("Step"), {usual: steps[usual], **steps}),
        (ids.PLAY_MODE, say("What a step shows"), modes),
        (ids.PLAY_PACE, say("Pace"), paces),
    )
    play, pause = say("Let time run"), say("Pause")
    shown = ids.attributes(
        data_first=str(first), data_last=str(last), data_play=play, data_pause=pause, aria_label=play
    )
    return [
        *(
            html.Select(
                [html.Option(words, value=value) for value, words in options.items()],
                id=name,
                className="choice",
                title=title,
                **ids.attributes(aria_label=title),
            )
            for name, title, options in choices
        ),
        html.Button(id=ids.PLAY, title=play, **{**shown, "aria-pressed": "false"}),
    ]


def chart_switch(store: Store, language: Language) -> dmc.Select:
    """What the strip under the map shows: events in time, or the claims of a measure by the day they were said."""
    say = language.say
    step, _ = bins_of(*store.span)
    return dmc.Select(
        id=ids.CHART, value=TIMELINE, size="xs", className="chart-switch", searchable=False, allowDeselect=False,
        data=charts(store, step, language),
        comboboxProps=ids.MADE_WHEN_OPENED, **ids.attributes(aria_label=say("Chart")),
    )  # fmt: skip


def charts(store: Store, step: str, language: Language) -> list[dict[str, str]]:
    """The choices of `chart_switch` while the timeline has a bar for each day, week or month (its `step`)."""
    say = language.say
    measures = {measure: say("Claims: {measure}", measure=say(measure)) for measure in store.measures}
    titles = {TIMELINE: say(TITLES[step]), **measures}
    return [{"value": value, "label": title} for value, title in titles.items()]


def panel(store: Store, language: Language, *, can_settle: bool) -> Component:
    """The selected event, what changed since a day, and what has no point on the map."""
    say, unsettled = language.say, unsettled_list(store, language, can_settle=can_settle)
    return html.Aside(
        [
            html.Section(event_card.nothing_selected(language), id=ids.PANEL, className="event-panel"),
            html.Section(
                [
                    html.H2(say("What changed since")),
                    dmc.Select(
                        id=ids.SINCE, size="xs", searchable=True, allowDeselect=False, clearable=True,
                        placeholder=say("Choose a day"),
                        data=[{"value": str(day), "label": language.day(day)} for day in store.news_days[-MOST_DAYS:]],
                        comboboxProps=ids.MADE_WHEN_OPENED, **ids.attributes(aria_label=say("What changed since")),
                    ),
                    html.Div(id=ids.CHANGES),
                ],
                className="changes", hidden=not store.news_days,
            ),
            html.Section(unsettled, className="changes", hidden=not unsettled),
            html.Section(files_list(store, language), className="changes", hidden=not store.files),
            html.Section(id=ids.OFF_MAP, className="off-map"),
        ],
        className="panel",
        **ids.attributes(aria_label=say("Event")),
    )  # fmt: skip
