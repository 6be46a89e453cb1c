"""What the page has to add data with: the dialog in its five states, the hint while a file is dragged, the result.

The words stand here; assets/page/intake*.js show one part or another and fill in what the server tells.
"""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.page import ids
from geodata.language.language import Language

Part = Component | str


def adding(language: Language) -> list[Component]:
    """The parts, all hidden at first."""
    say = language.say
    return [
        html.Dialog(
            [
                html.Div(
                    [
                        html.H2(className="intake-title", **ids.attributes(data_start=say("Add data"))),
                        html.Button("×", className="close intake-close", **ids.attributes(aria_label=say("Close"))),
                    ],
                    className="intake-head",
                ),
                _start(language),
                _progress(language),
                _proposal(language),
                _places(language),
                _refused(language),
            ],
            id=ids.INTAKE, className="intake", **ids.attributes(aria_label=say("Add data"), data_state="start"),
        ),
        html.Div(
            html.Div(
                [html.Strong(say("Drop the file to open it")), html.Span(className="intake-now")],
                className="intake-drop-card",
            ),
            id=ids.INTAKE_DROP, className="intake-drop", hidden=True,
        ),
        _result(language),
    ]  # fmt: skip


def _start(language: Language) -> Component:
    say = language.say
    return html.Section(
        [
            html.Div(
                [
                    html.Strong(say("Drop a file here")),
                    html.Span(say("CSV, Excel, ODS, GeoJSON, GeoPackage, Shapefile, KML, Parquet"), className="muted"),
                    _button(say("Choose a file"), look="intake-choose primary"),
                ],
                className="intake-zone",
            ),
            html.P(className="intake-now"),
            html.P(say("Any table with a day and a title or a place will do. What its columns mean is found out, or "
                       "asked. The file stays on this server and is removed when it stops."), className="muted"),
            html.Div(
                [_button("", look="intake-settle quiet"), _button("", look="intake-undo quiet")],
                className="intake-undo-row",
            ),
        ],
        className="intake-part intake-start",
    )  # fmt: skip


def _progress(language: Language) -> Component:
    return html.Section(
        [
            html.P([html.Span(className="intake-phase"), html.Span(className="intake-amount muted")],
                   className="intake-progress-line"),
            html.Div(html.Div(className="intake-bar-done"), className="intake-bar", role="progressbar"),
            html.Div(_button(language.say("Cancel"), look="intake-cancel quiet"), className="intake-actions"),
        ],
        className="intake-part intake-progress",
        role="status",
    )  # fmt: skip


def _proposal(language: Language) -> Component:
    say = language.say
    return html.Section(
        [
            html.P(say("What the columns mean. Change what is not right."), className="muted intake-lead"),
            html.Div(className="intake-questions"),
            html.Div(className="intake-error", role="alert"),
            html.Div(html.Div(className="intake-table"), className="intake-scroll", tabIndex="0",
                     role="region", **ids.attributes(aria_label=say("The first rows"))),
            html.Div(
                [
                    html.Span(className="muted intake-open-hint",
                              **ids.attributes(data_words=say("Answer what is asked, then open it."))),
                    _button(say("Cancel"), look="intake-cancel quiet"),
                    _button(say("Open"), look="intake-open primary"),
                ],
                className="intake-actions",
            ),
        ],
        className="intake-part intake-proposal",
    )  # fmt: skip


def _places(language: Language) -> Component:
    say = language.say
    words = {
        "data_open": say("Leave it open"),
        "data_other": say("Another name, or latitude, longitude"),
        "data_find": say("Find"),
        "data_nothing": say("No place is known by this name."),
    }
    chosen = say("{count} of {all} settled", count="{count}", all="{all}")
    return html.Section(
        [
            html.P(say("What each name means is kept with the file, for all its events."), className="muted"),
            html.Div(className="intake-names", tabIndex="0", role="region",
                     **ids.attributes(aria_label=say("Names that are not settled"), **words)),
            html.P(className="intake-more muted"),
            html.Div(className="intake-error", role="alert"),
            html.Div(
                [
                    html.Span(className="muted intake-chosen", role="status", **ids.attributes(data_words=chosen)),
                    _button(say("Cancel"), look="intake-cancel quiet"),
                    _button(say("Apply"), look="intake-apply primary"),
                ],
                className="intake-actions",
            ),
        ],
        className="intake-part intake-settling",
    )  # fmt: skip


def _refused(language: Language) -> Component:
    say = language.say
    return html.Section(
        [
            html.P(say("The file was not opened. Nothing has changed."), className="intake-lead"),
            html.Ul(className="intake-lines"),
            html.P(className="intake-more muted"),
            html.Div(
                [
                    _button(say("Choose the columns"), look="intake-ask quiet"),
                    _button(say("Choose another file"), look="intake-choose primary"),
                ],
                className="intake-actions",
            ),
        ],
        className="intake-part intake-refused",
        role="alert",
    )


def _result(language: Language) -> Component:
    say = language.say
    return html.Section(
        [
            html.Div(
                [
                    html.H2(className="intake-title"),
                    html.Button("×", className="close intake-put-away", **ids.attributes(aria_label=say("Close"))),
                ],
                className="intake-head",
            ),
            html.P(className="intake-counts"),
            html.P(className="intake-replaced muted"),
            html.P(className="intake-places muted"),
            html.Div(_button("", look="intake-settle"), className="intake-settle-row"),
            html.Div(
                [
                    html.H3(className="intake-rejected"),
                    html.Ul(className="intake-lines"),
                    html.P(className="intake-more muted"),
                    html.A(say("Download these rows"), href="/api/rejects.csv", className="link"),
                ],
                className="intake-rejects",
            ),
            html.Details(
                [html.Summary(say("What was decided")), html.Ul(className="intake-told")], className="intake-decided"
            ),
            html.Div(
                [
                    _button(say("Choose the columns"), look="intake-ask quiet"),
                    _button(say("Undo"), look="intake-undo quiet"),
                    _button(say("Done"), look="intake-put-away primary"),
                ],
                className="intake-actions",
            ),
        ],
        id=ids.INTAKE_RESULT, className="intake-result", hidden=True, role="status",
    )  # fmt: skip


def _button(words: str, *, look: str) -> Component:
    return html.Button(words, className=f"intake-button {look}", type="button")
