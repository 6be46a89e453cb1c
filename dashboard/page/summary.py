"""What the page says above and on the map: counts with reasons, choices as pills, notices, legend, empty state."""

from __future__ import annotations

from collections import Counter
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.page import ids
from dashboard.scene.canvas import Legend
from dashboard.scene.hovers import say_area, say_cells, say_many_events
from dashboard.scene.scene import Scene
from geodata.filter import FIELDS, Filter, list_fields
from geodata.language.language import Language
from geodata.phrases import phrase, phrases
from geodata.record.model import Place
from geodata.store.questions.cells import is_area
from geodata.store.questions.kept import Hidden
from geodata.store.result import Result

Children = list[Any]
IN_MARKS = phrases("{events} in {number} mark", "{events} in {number} marks")
IN_LAYERS = phrase("{number} in layers that are off")
ELSEWHERE = phrase("{number} elsewhere on the map")
OFF_MAP = phrase("{number} not on the map")
PART = "\0"  # a value of a sentence that a component takes the place of


def around(said: str, part: Component) -> Children:
    """A sentence with a component in the place of its `PART`."""
    before, after = said.split(PART)
    return [text for text in (before, part, after) if text]


def sentence(result: Result, language: Language) -> Children:
    """As "showing 9 of 14: 2 outside the dates, 3 in other categories", each reason a button that lifts it."""
    say = language.say
    number = language.number
    shown = say("showing {shown} of {total}", shown=number(result.count), total=number(result.total))
    line: Children = [html.Strong(shown)]
    for position, hidden in enumerate(result.hidden):
        reasons = language.all_of(say(FIELDS[reason].reason) for reason in hidden.reasons)
        button = html.Button(
            say("{count} {reasons}", count=number(hidden.count), reasons=reasons), className="reason",
            title=say("Show these events again"), **ids.lifts(*hidden.reasons),
        )  # fmt: skip
        line += [": " if position == 0 else ", ", button]
    return line


def choices(where: Filter, language: Language) -> Children:
    """One pill for each choice that is set, which a click lifts."""
    found, say = [], language.say
    described = {"dates": where.describe_dates(language)} if where.date_from or where.date_to else {}
    if where.as_of:
        described["as_of"] = say("as known on {day}", day=language.day(where.as_of))
    chosen = {"categories": [say(category) for category in where.categories]}
    for key, field in list_fields().items():
        chosen[key] = [say(value) if field.spoken else value for value in where.chosen(key)]
    for key, values in chosen.items():
        if values:
            described[key] = say("{title}: {items}", title=say(FIELDS[key].title), items=language.listed(values))
    if where.q:
        described["q"] = say("“{text}”", text=where.q)
    if where.bbox:
        described["bbox"] = say("Area of the map")
    if where.area:
        described["area"] = say("Drawn area")
    for key, words in described.items():
        close = html.Span("×", **ids.attributes(aria_hidden="true"))
        title = say("Lift: {choice}", choice=words)
        found.append(html.Button([html.Span(words), close], className="pill", title=title, **ids.lifts(key)))
    return found


def notice(text: str, language: Language) -> Component:
    """A sentence that the reader should see, with a button that puts it away (see assets/page/buttons.js)."""
    close = html.Button("×", className="close", **ids.attributes(aria_label=language.say("Put the notice away")))
    return html.Div([html.Span(text), close], className="notice", role="status")


def empty(where: Filter, hidden: tuple[Hidden, ...], language: Language) -> Component:
    """What stands on the map when no event is kept, with the next step."""
    say = language.say
    lines: Children = [html.P(say("No event matches these choices."))]
    if {"dates"} in ({*h.reasons} for h in hidden):
        lines = [
            html.P(say("No event lies in {dates}.", dates=where.describe_dates(language))),
            html.Button(say("Show all dates"), className="text-button", **ids.lifts("dates")),
        ]
    return html.Div(lines, className="empty")


def no_data(language: Language, *, takes_files: bool) -> Component:
    """What stands on the map of a page without data: how to come by some."""
    say = language.say
    lines: Children = [html.Strong(say("No data yet"))]
    if takes_files:
        lines += [
            html.P(say("Drop a file with reports anywhere on this page: a table, a sheet, a layer.")),
            html.Button(say("Add data"), className="intake-button primary add-data"),
            html.P(
                say("Its columns are understood in eight languages. What is not clear is asked."), className="muted"
            ),
        ]
    else:
        lines.append(html.P(say("This server takes no files. Start it with the data to show.")))
    return html.Div(html.Div(lines, className="invitation"), className="empty")


def nowhere_near(scene: Scene) -> Component:
    """What stands on a map that was moved to where none of many events is."""
    count = scene.language.number(scene.result.count)
    words = scene.language.say("None of the {count} events lies in this part of the map.", count=count)
    return html.Div([html.P(words)], className="empty crowded")


def in_words(scene: Scene, result: Result, in_view: int) -> str:
    """What the map shows, for readers who do not see it: each event that is kept is in one of its numbers.

    `scene` has what is drawn of the `result`; `in_view` is as in `dashboard.screen.drawn.Drawn`.
    """
    language, cells = scene.language, scene.cells
    say, number = language.say, language.number
    shown = say("showing {shown} of {total}", shown=number(result.count), total=number(result.total))
    if not result.count:
        return say("{sentence}. {more}", sentence=shown, more=say("No event matches these choices."))
    if cells:
        drawn, said = cells.events + cells.outside, say_cells(cells, language)
    else:
        drawn, marks = len(scene.drawn), len(scene.events_at) + len(scene.flows)
        said = language.count(*IN_MARKS, marks, number=number(marks), events=say_many_events(drawn, language))
    off = scene.store.off_map(result.where, 1)[0]
    here = result.count - off if scene.result is result else in_view
    rest = ((IN_LAYERS, here - drawn), (ELSEWHERE, result.count - off - here), (OFF_MAP, off))
    said = language.listed([said, *(say(words, number=number(count)) for words, count in rest if count)])
    more = language.listed_apart(filter(None, (said, say_most(scene))))
    return say("{sentence}. {more}", sentence=shown, more=more)


def say_most(scene: Scene) -> str:
    """Where most is; "" where that is not one place, or one without a name."""
    language, cells = scene.language, scene.cells
    numbers: dict[Any, int] = {place: len(events) for place, events in scene.events_at.items()}
    if cells:
        numbers = {unit.cell: unit.number(cells.by) or 0 for unit in cells.units}
    (where, most), (_, second) = [*Counter(numbers).most_common(2), (None, 0), (None, 0)][:2]
    name = "" if most == second or most < 2 else _name_of(where, scene)
    if not name:
        return ""
    if cells and cells.by == "deaths":
        return language.say("most killed in {place}: at least {number}", place=name, number=language.number(most))
    return language.say("most in {place}: {events}", place=name, events=say_many_events(most, language))


def _name_of(where: Place | int, scene: Scene) -> str:
    """The name of a place, or of a cell or area; "" without one."""
    language = scene.language
    if isinstance(where, Place):
        return language.place(where, scene.events_at[where][0].date_start) if where.is_named else ""
    if is_area(where):
        return say_area(scene.store.areas[where], language)
    # Of its own it has no name: that of the region with most of its events.
    region = scene.result.region_of(where)
    if region is None:
        return ""
    return language.say("a cell near {place}", place=say_area(scene.store.areas[region], language))


def legend(entries: list[Legend], part: str = "") -> list[Component]:
    """A row for each entry, its swatch in the look of the mark; the classes of cells side by side in one.

    `part` says above them which of the events are drawn.
    """
    rows: list[Component] = [html.Div(part, className="legend-heading")] if part else []
    classes: list[Component] = []
    for entry in (entry for entry in entries if entry.kind != "glyph"):
        if entry.kind == "heading":
            rows.append(html.Div(entry.text, className="legend-heading"))
            continue
        style = {"--swatch": entry.color}
        kind = entry.kind.replace(" ", "-")
        swatch = html.Span(className=f"swatch swatch-{kind}", style=style, **ids.attributes(aria_hidden="true"))
        if entry.kind == "cell":
            classes.append(html.Div([swatch, html.Span(entry.text)], className="legend-class"))
        else:
            rows.append(html.Div([swatch, html.Span(entry.text)], className="legend-row"))
    return [*rows[:1], html.Div(classes, className="legend-classes"), *rows[1:]] if classes else rows
