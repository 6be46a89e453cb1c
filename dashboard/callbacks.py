"""The page's callbacks: one gesture, one request. `refresh` reads every control, asks the store once, draws all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import dash
from dash import ALL, ClientsideFunction, Input, Output, State, ctx, no_update

from dashboard import cards, controls, ids
from dashboard.changes import changes_list, day_before
from dashboard.claims_chart import about, claims_figure
from dashboard.figures import draw_screen, home_camera, marks_of
from dashboard.legend import legend
from dashboard.scene import Scene
from dashboard.table import table
from dashboard.timeline import span_of, timeline_figure
from dashboard.view import Camera, View, link_query, parse_link, query_of
from geodata.errors import FilterError, GeodataError
from geodata.filter import REASONS, Filter
from geodata.model import CATEGORIES
from geodata.store import Store

CONTROLS = (*controls.VALUES.values(), ids.LAYERS, ids.CALENDAR, ids.AS_OF_SLIDER, ids.SINCE, ids.CHART)
TYPED = {ids.FROM: "from", ids.TO: "to", ids.AS_OF: "as_of"}


@dataclass(frozen=True, slots=True)
class Choice:
    """What one gesture leads to. `echo`: the controls must be set from it; `look`: the map must turn to the view's
    camera; `notices`: what could not be read."""

    where: Filter
    view: View
    picked: tuple[str, ...] = ()
    echo: bool = True
    notices: tuple[str, ...] = ()
    look: bool = False


def register(app: dash.Dash, store: Store) -> None:
    """Give `app` its callbacks over `store`."""
    app.clientside_callback(  # type: ignore[no-untyped-call]
        ClientsideFunction("sitrep", "address"),
        Output(ids.ADDRESS, "data"),
        Input(ids.URL, "search"),
        State(ids.STATE, "data"),
    )
    app.callback(
        output={
            "marks": Output(ids.MARKS, "data"),
            "table": Output(ids.TABLE, "children"),
            "table_hidden": Output(ids.TABLE, "hidden"),
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
            "controls": {name: Output(name, "value") for name in CONTROLS},
            "errors": {name: Output(name, "error") for name in TYPED},
        },
        inputs={
            "address": Input(ids.ADDRESS, "data"),
            "values": {name: Input(name, "value") for name in CONTROLS},
            "brush": Input(ids.BRUSH, "data"),
            "picked": Input(ids.PICKED, "data"),
            "dark": Input(ids.THEME, "checked"),
            "table_open": Input(ids.TABLE_OPEN, "data"),
            "buttons": {
                "reset": Input(ids.RESET, "n_clicks"),
                "steps": [Input(name, "n_clicks") for name in (ids.STEP_BACK, ids.STEP_ON)],
                "lift": Input({"type": "lift", "reason": ALL, "where": ALL}, "n_clicks"),
                "pick": Input({"type": "pick", "event": ALL, "where": ALL}, "n_clicks"),
            },
        },
        state={
            "camera": State(ids.CAMERA, "data"),
            "shown": State(ids.STATE, "data"),
            "errors": {name: State(name, "error") for name in TYPED},
        },
        prevent_initial_call=True,
    )(refresher(store))


def refresher(store: Store) -> Any:
    """The one callback of the page over a store."""

    def refresh(**page: Any) -> dict[str, Any]:
        if ctx.triggered_id is None or is_render_of_buttons():
            raise dash.exceptions.PreventUpdate
        return answer(store, choose(page, store), page)

    return refresh


def is_render_of_buttons() -> bool:
    """Whether the callback was called because buttons appeared, not because one was clicked."""
    return isinstance(ctx.triggered_id, dict) and not any(trigger["value"] for trigger in ctx.triggered)


def read_state(shown: object) -> tuple[Filter, View]:
    """The choice that the page shows now."""
    search = shown.get("search", "") if isinstance(shown, Mapping) else ""
    where, view, _ = parse_link(query_of(search))
    return where, view


def choose(page: Mapping[str, Any], store: Store) -> Choice:
    """The choice that the gesture leads to; FilterError for a value that cannot be read."""
    trigger = ctx.triggered_id
    if trigger == ids.ADDRESS:
        search = page["address"].get("search", "") if isinstance(page["address"], Mapping) else ""
        where, view, notices = parse_link(query_of(search))
        told = tuple(f"{notice} The link was opened without it." for notice in notices)
        return Choice(where, view, notices=told, look=True)
    where, view = read_state(page["shown"])
    if camera := read_camera(page["camera"]):
        view = replace(view, at=camera)
    if isinstance(trigger, dict):
        return from_button(where, view, trigger)
    gestures: dict[str, Callable[[], Choice]] = {
        ids.RESET: lambda: Choice(Filter(), View(theme=view.theme), look=True),
        ids.THEME: lambda: Choice(where, replace(view, theme="dark" if page["dark"] else "light"), echo=False),
        ids.BRUSH: lambda: Choice(within(where, page["brush"]), view),
        ids.CALENDAR: lambda: Choice(within(where, page["values"][ids.CALENDAR]), view),
        ids.PICKED: lambda: from_map(where, view, page["picked"]),
        ids.AS_OF_SLIDER: lambda: Choice(known_by(where, page["values"][ids.AS_OF_SLIDER], store), view),
        ids.SINCE: lambda: Choice(where, view_of(view, since=page["values"][ids.SINCE])),
        ids.CHART: lambda: Choice(where, view_of(view, chart=page["values"][ids.CHART]), echo=False),
        ids.STEP_BACK: lambda: Choice(shift(where, span_of(store.dataset), -1), view),
        ids.STEP_ON: lambda: Choice(shift(where, span_of(store.dataset), 1), view),
    }
    return gestures.get(trigger, lambda: from_controls(where, view, page["values"]))()


def from_button(where: Filter, view: View, button: Mapping[str, str]) -> Choice:
    """What a button with a pattern id asks: select an event, or lift choices."""
    if button["type"] == "pick":
        return pick(where, view, [button["event"]])
    for reason in button["reason"].split(" "):
        if reason in REASONS:
            where = where.lift(reason)
    return Choice(where, view)


def from_map(where: Filter, view: View, picked: object) -> Choice:
    """What a click on the map asks: select the mark's events, or (the button for home) show everything."""
    if isinstance(picked, Mapping) and picked.get("home") is True:
        return Choice(where, replace(view, at=None), echo=False, look=True)
    return pick(where, view, picked_ids(picked))


def within(where: Filter, days: object) -> Filter:
    """The filter with the days of a brush or the calendar; PreventUpdate while only one of the two is chosen."""
    if not (isinstance(days, list) and len(days) >= 2 and all(isinstance(day, str) and day for day in days[:2])):
        raise dash.exceptions.PreventUpdate
    return Filter.parse(**where.to_query() | {"from": days[0], "to": days[1]})


def known_by(where: Filter, stop: object, store: Store) -> Filter:
    """The filter as known on the day of one of the slider's stops; its end is today."""
    days = store.news_days
    if not isinstance(stop, int) or not 0 <= stop <= max(len(days), 1):
        raise FilterError("as_of", f"Cannot read as_of: {str(stop)[:80]!r} is no stop of the slider.")
    return replace(where, as_of=days[stop] if stop < len(days) else None)


def view_of(view: View, **values: object) -> View:
    """The view with some keys as a control gives them; FilterError for what cannot be read."""
    return View.parse(**view.to_query() | {k: None if v == controls.TIMELINE else v for k, v in values.items()})


def from_controls(where: Filter, view: View, values: dict[str, Any]) -> Choice:
    """The choice that the controls stand for; keys without a control stay as they are."""
    if ctx.triggered_id == ids.LAYERS:
        return Choice(where, view_of(view, layers=values[ids.LAYERS]), echo=False)
    if not values[ids.CATEGORIES]:
        notice = "At least one category must be shown: all of them are shown again."
        return Choice(replace(where, categories=()), view, notices=(notice,))
    where = Filter.parse(**where.to_query() | controls.filter_values(values))
    return Choice(where, view, echo=ctx.triggered_id in TYPED)


def pick(where: Filter, view: View, event_ids: list[str]) -> Choice:
    """Select one event, or offer several to choose from; none closes the panel."""
    event = event_ids[0] if len(event_ids) == 1 else ""
    return Choice(where, replace(view, event=event), picked=tuple(event_ids), echo=False)


def picked_ids(value: object) -> list[str]:
    """The event ids of a clicked mark."""
    found = value.get("ids") if isinstance(value, Mapping) else None
    return [str(event_id) for event_id in found[:1000]] if isinstance(found, list) else []


def read_camera(value: object) -> Camera | None:
    """Where the reader has moved the map, if anywhere."""
    return Camera.parse("at", value) if isinstance(value, list) else None


def answer(store: Store, choice: Choice, page: Mapping[str, Any]) -> dict[str, Any]:
    """Everything that the page shows of a choice, from one query."""
    where, view = choice.where, choice.view
    notices = [cards.notice(text) for text in choice.notices]
    if where.v and where.v != store.version:
        notices.append(cards.notice("The data was updated since this link was made; the newest is shown."))
        where = replace(where, v="")
    result = store.query(where)
    if view.event and view.event not in store.events:
        notices.append(cards.notice(f"Event {view.event[:80]!r} is not in the data."))
        view = replace(view, event="")
    scene = Scene(store, result, view.layers, view.event)
    browser = page["address"] if isinstance(page["address"], Mapping) else {}
    theme = view.theme or ("dark" if browser.get("dark") is True else "light")
    search = "?" + urlencode(link_query(where, view), safe=",;:") if link_query(where, view) else ""
    camera = view.at or home_camera(store, *size_of(browser))
    opened = page["table_open"] is True
    screen = draw_screen(scene, theme)
    echo = controls.values_of(where, view, store.news_days)
    has = page["values"] if isinstance(page["values"], Mapping) else {}  # a control that has its value is left alone
    if ctx.triggered_id == ids.AS_OF_SLIDER:
        echo[ids.AS_OF_SLIDER] = no_update  # the thumb may be dragged on while this is answered
    since = view.since or day_before(store.news_days, where.as_of)
    echo[ids.SINCE] = str(since) if since and (view.since or where.as_of) else None
    listed = since is not None and (view.since is not None or where.as_of is not None)
    return {
        # page.js puts the marks on the map first and then draws the timeline: neither waits for the other.
        "marks": marks_of(screen, theme, camera if choice.look else None) | {"chart": chart(scene, view, theme)},
        "table": table(scene) if opened else [] if ctx.triggered_id == ids.TABLE_OPEN else no_update,
        "table_hidden": not opened if ctx.triggered_id == ids.TABLE_OPEN else no_update,
        "sentence": cards.sentence(result),
        "choices": cards.choices(where),
        "panel": panel(scene, choice, view),
        "off_map": cards.off_map(scene),
        "changes": changes_list(store, result, since) if since and listed else [],
        "legend": legend(screen.legends),
        "empty": [] if result.events else cards.empty(where, result.hidden),
        "notices": notices,
        "search": search,
        "state": {"search": search},
        "scheme": view.theme or no_update,
        "theme": no_update if page["dark"] is (theme == "dark") else theme == "dark",
        "counts": {category: str(n) for category, n in result.category_counts.items()},
        "controls": {name: v if choice.echo and v != has.get(name) else no_update for name, v in echo.items()},
        "errors": {name: "" if told else no_update for name, told in page["errors"].items()},
    }


def chart(scene: Scene, view: View, theme: str) -> dict[str, Any]:
    """The timeline, or the claims of a measure."""
    if not view.chart:
        return timeline_figure(scene.result, scene.store.dataset, theme)
    return claims_figure(about(scene.result.claims, view.chart, view.event), view.chart, theme)


def panel(scene: Scene, choice: Choice, view: View) -> list[Any]:
    """The panel's content: the selected event, a choice of several, or what to do."""
    if view.event:
        event = scene.store.events[view.event]
        return cards.event_card(scene, event) if event in scene.result.events else cards.hidden_event(event)
    return cards.chooser(scene, list(choice.picked)) if len(choice.picked) > 1 else cards.nothing_selected()


def size_of(browser: Mapping[str, Any]) -> tuple[float, float]:
    """The map's size in px as the browser says; a common one where it does not."""
    sizes = (browser.get("width"), browser.get("height"))
    width, height = (float(s) if isinstance(s, (int, float)) and 0 < s < 20_000 else 800.0 for s in sizes)
    return width, height


def show_error(error: Exception) -> None:
    """Tell the reader of a mistake at its control, or as a notice; what is shown stays. A bug is raised on."""
    if not isinstance(error, GeodataError):
        raise error
    key = error.key if isinstance(error, FilterError) else ""
    control = next((name for name, typed in TYPED.items() if typed == key), "")
    if control:
        dash.set_props(control, {"error": str(error)})
    else:
        dash.set_props(ids.NOTICES, {"children": [cards.notice(str(error))]})


def shift(where: Filter, span: tuple[date, date], steps: int) -> Filter:
    """The filter with its days moved by their own length; without both, the first day of the data (or the last)."""
    if where.date_from is None or where.date_to is None:
        day = where.date_from or where.date_to or (span[0] if steps > 0 else span[1])
        return replace(where, date_from=day, date_to=day)
    length = (where.date_to - where.date_from + timedelta(days=1)) * steps
    try:
        return replace(where, date_from=where.date_from + length, date_to=where.date_to + length)
    except OverflowError:
        raise FilterError("dates", "There are no days beyond these to step to.") from None
