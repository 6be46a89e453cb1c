"""Everything that the page shows of a choice, from one query."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from dash import ctx, no_update
from dash.development.base_component import Component

from dashboard.charts.claims import MOST_CLAIMS, about
from dashboard.choice.address import link_query
from dashboard.choice.view import View
from dashboard.page import event_card, filters, ids, lists, summary
from dashboard.page.gestures import Choice
from dashboard.page.lists import changes_list, day_before
from dashboard.page.summary import legend
from dashboard.scene.scene import Scene
from dashboard.screen.camera import home_camera
from dashboard.screen.claims import claims_figure
from dashboard.screen.counting import counting
from dashboard.screen.drawn import are_marks_anywhere, drawn
from dashboard.screen.maplibre import Screen
from dashboard.screen.marks import marks_of
from dashboard.screen.timeline import timeline_figure
from geodata.language.language import Language
from geodata.record.model import Claim
from geodata.store.questions.cells import is_area
from geodata.store.questions.tallies import unmoved
from geodata.store.result import Result
from geodata.store.store import Store


def answer(store: Store, choice: Choice, page: Mapping[str, Any], language: Language) -> dict[str, Any]:
    """Everything that the page shows of a choice, from one query; the view's own language is that of its figures."""
    where, view, told = choice.where, choice.view, [*choice.notices]
    if where.v and where.v != store.version:
        told.append(language.say("The data was updated since this link was made; the newest is shown."))
        where = where.changed(v=None)
    if view.event and store.event(view.event) is None:
        told.append(language.say("Event {event} is not in the data.", event=repr(view.event[:80])))
        view = view.changed(event=None)
    result = store.query(where)
    browser = page["address"] if isinstance(page["address"], Mapping) else {}
    theme = view.theme or ("dark" if browser.get("dark") is True else "light")
    query = link_query(where, view)
    search = "?" + urlencode(query, safe=",;:") if query else ""
    camera = view.at or home_camera(store, *size_of(browser))
    had_cells = isinstance(page["shown"], Mapping) and page["shown"].get("cells") is True
    ever = store.query(unmoved(where))
    on_map = drawn(result, ever, store.areas, view, camera, size_of(browser), had_cells=had_cells)
    scene = Scene(store, on_map.result, view.layers, language, view.event, view.chart, on_map.cells)
    screen = Screen.of(scene, theme)
    echo = filters.values_of(where, view, store.news_days)
    has = page["values"] if isinstance(page["values"], Mapping) else {}  # a control that has its value is left alone
    if ctx.triggered_id == ids.AS_OF_SLIDER:
        echo[ids.AS_OF_SLIDER] = no_update  # the thumb may be dragged on while this is answered
    since = view.since or day_before(store.news_days, where.as_of)
    echo[ids.SINCE] = str(since) if since and (view.since or where.as_of) else None
    listed = since is not None and (view.since is not None or where.as_of is not None)
    return {
        # the page puts the marks on the map first and then draws the timeline: neither waits for the other
        "marks": marks_of(screen, theme, camera if choice.look else None, on_map.cells, on_map.idle)
        | {"chart": chart(scene, result, view, theme), "crowded": not are_marks_anywhere(result)}
        | {"counting": counting(scene, ever, view.layers, theme)}
        | {"words": summary.in_words(scene, result, on_map.in_view)}
        | {"filter": urlencode(where.to_query(), safe=",;:"), "event": view.event},  # of which the table asks for rows
        "sentence": summary.sentence(result, language),
        "choices": summary.choices(where, language),
        "panel": no_update if choice.moved else panel(scene, result, choice, size_of(browser)),
        "off_map": lists.off_map(scene, where),
        "changes": changes_list(scene, where, since) if since and listed else [],
        "legend": legend(screen.legends, part_drawn(scene, result, on_map.in_view)),
        "empty": empty(scene, on_map.in_view),
        "notices": [summary.notice(text, language) for text in told],
        "search": search,
        "state": {"search": search, "cells": on_map.cells is not None},
        "scheme": view.theme or no_update,
        "theme": no_update if page["dark"] is (theme == "dark") else theme == "dark",
        "counts": {category: language.number(n) for category, n in result.category_counts.items()},
        "controls": {name: v if choice.echo and v != has.get(name) else no_update for name, v in echo.items()},
        "errors": {name: "" if told else no_update for name, told in page["errors"].items()},
    }


def chart(scene: Scene, result: Result, view: View, theme: str) -> dict[str, Any]:
    """The timeline, or the claims of a measure."""
    if not view.chart:
        return timeline_figure(scene.result, days_shown(view, scene.store.span), theme, scene.language)
    claims, count = claims_of(scene, result, view)
    return claims_figure(about(claims, view.chart, view.event), view.chart, theme, scene.language, count)


def days_shown(view: View, span: tuple[date, date]) -> tuple[date, date]:
    """The days that the timeline shows: of the view's those in the span of the data, all of it without any."""
    if view.timeline is None or view.timeline.last < span[0] or view.timeline.first > span[1]:
        return span
    return max(view.timeline.first, span[0]), min(view.timeline.last, span[1])


def claims_of(scene: Scene, result: Result, view: View) -> tuple[tuple[Claim, ...], int | None]:
    """The claims that a chart is about: of very many events the newest, and how many there are, or the selected one's.

    A chart has room for few, and shows the newest of them.
    """
    if scene.result is result:
        return result.claims, None
    alone = result.of_event(view.event) if view.event else None
    if alone and any(claim.measure == view.chart for claim in alone.claims):
        return alone.claims, None
    count, newest = scene.store.newest(result.where, view.chart, MOST_CLAIMS)
    return newest.claims, count


def empty(scene: Scene, in_view: int) -> list[Any] | Component:
    """What is said on the map where no event is kept, or not all are drawn one by one."""
    shown, language = scene.result, scene.language
    if not shown.count:
        return summary.empty(shown.where, shown.hidden, language)
    return [] if in_view else summary.nowhere_near(scene)


def part_drawn(scene: Scene, result: Result, in_view: int) -> str:
    """What the legend says of the marks of those events that lie in view, where they are not all."""
    if scene.result is result or scene.cells or not in_view:
        return ""
    number = scene.language.number
    return scene.language.say("The map draws the {drawn} of {count} events that lie in it.",
                              drawn=number(in_view), count=number(result.count))  # fmt: skip


def panel(scene: Scene, result: Result, choice: Choice, size: tuple[float, float]) -> list[Any]:
    """The panel's content: the selected event, a choice of several, or what to do. `size` is the map's in px."""
    if choice.cell and (not is_area(int(choice.cell, 16)) or int(choice.cell, 16) in scene.store.areas):
        return lists.in_cell(scene, result, choice.cell, size)
    if event := scene.store.event(scene.selected):
        alone = result.of_event(event.event_id)
        if alone is None:
            return event_card.hidden_event(event, scene.language)
        return event_card.event_card(replace(scene, result=alone), event)
    if len(choice.picked) > 1:
        return lists.chooser(scene, list(choice.picked))
    return event_card.nothing_selected(scene.language)


def size_of(browser: Mapping[str, Any]) -> tuple[float, float]:
    """The map's size in px as the browser says; a common one where it does not."""
    sizes = (browser.get("width"), browser.get("height"))
    width, height = (float(s) if isinstance(s, (int, float)) and 0 < s < 20_000 else 800.0 for s in sizes)
    return width, height
