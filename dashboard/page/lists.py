"""The lists beside the map: events without a point, changes since a day, what was not settled or not accepted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import shapely
from dash import html
from dash.development.base_component import Component

from dashboard.page import ids
from dashboard.page.summary import Children
from dashboard.scene.cells import outline
from dashboard.scene.hovers import say_area, say_here, say_many_events
from dashboard.scene.scene import Scene, layer_of
from dashboard.scene.theme import GLYPHS
from dashboard.scene.words import say_claim, say_unsettled
from dashboard.screen.camera import fit
from geodata.filter import Filter
from geodata.language.language import Language
from geodata.phrases import phrase
from geodata.record.model import CATEGORIES, Event, FileRead, Unsettled
from geodata.store.questions.cells import is_area
from geodata.store.questions.news import News
from geodata.store.result import Result
from geodata.store.store import Store

MOST_ROWS = 100
MOST_ZOOM = 14.0  # of a look at a cell
MOST_REJECTED = 10
MOST_EVENTS = 20  # of one name that is not settled


def event_button(event: Event, language: Language) -> Component:
    """An event as a row that selects it.

    The style writes its glyph and days: for each component that appears, Dash asks all of them whether they changed.
    """
    days = language.days(event.date_start, event.date_end)
    look = ids.attributes(data_glyph=GLYPHS[event.category], data_days=days)
    return html.Button(event.title, className=f"event-row glyph-{event.category}", **ids.picks(event.event_id), **look)


def off_map(scene: Scene, where: Filter) -> Children:
    """The kept events that have no point: country-wide ones by country, by name those whose place is not settled,
    then those without a place."""
    (count, first), language = scene.store.off_map(where, MOST_ROWS), scene.language
    title = language.say("Not on the map")
    if not count:
        nothing = language.say("Every event shown has a place on the map.")
        return [html.H2(title), html.P(nothing, className="muted")]
    parts: Children = [html.H2([title, html.Span(language.number(count), className="count")])]
    groups: dict[str, list[Event]] = {}
    for event in first.events:
        groups.setdefault(_off_map_heading(event, language), []).append(event)
    for heading, members in groups.items():
        parts += [html.H3(heading), *(event_button(event, language) for event in members)]
    return parts + _more(count - len(first.events), language)


def _off_map_heading(event: Event, language: Language) -> str:
    """Why an event is not on the map."""
    country = language.country(event.country) if event.country else ""
    if event.unsettled:
        unsettled = say_unsettled(event, language)
        return language.listed(filter(None, (unsettled[:1].upper() + unsettled[1:], country)))
    if country:
        return language.say("Known for {country} as a whole", country=country)
    return language.say("No place given")


def chooser(scene: Scene, event_ids: list[str]) -> Children:
    """The events of a mark that stands for several."""
    events = [event for event in scene.result.events if event.event_id in event_ids]
    language = scene.language
    title = language.count("{count} event here", "{count} events here", len(events))
    return [html.H2(title), *(event_button(event, language) for event in events)]


def in_cell(scene: Scene, result: Result, cell: str, size: tuple[float, float]) -> Children:
    """The events of a cell (as of a `Pick`), the first of many, and a way to look closer."""
    part, areas, language = int(cell, 16), scene.store.areas, scene.language
    shown = [category for category in CATEGORIES if layer_of(category) in scene.layers]
    count, first = result.in_cell(part, shown, MOST_ROWS)
    boxes = [each.bounds for each in shapely.get_parts(outline(part, areas))]
    camera = fit(boxes, *size, most_zoom=MOST_ZOOM)
    look = ids.attributes(data_look=f"{camera.lon},{camera.lat},{camera.zoom}")
    title = language.count("{number} event here", "{number} events here", count, number=language.number(count))
    if is_area(part):
        title = say_here(say_area(areas[part], language), say_many_events(count, language), language)
    return [
        html.H2(title),
        html.Button(language.say("Look closer"), className="text-button", **look),
        *(event_button(event, language) for event in first.events),
        *_more(count - len(first.events), language),
    ]


SAID, SUPERSEDED, RETRACTED = phrase("Said"), phrase("Superseded"), phrase("Retracted")


def day_before(news: Sequence[date], as_of: date | None) -> date | None:
    """The day of news before the one that is looked at; None where there is none."""
    earlier = [day for day in news if as_of is None or day < as_of]
    return earlier[-1 if as_of else -2] if len(earlier) > (0 if as_of else 1) else None


def changes_list(scene: Scene, where: Filter, since: date) -> list[Any]:
    """The claims on the kept events that changed from `since` to the filter's day, a group a kind of change."""
    as_of, language = where.as_of, scene.language
    if as_of is not None and as_of <= since:
        text = language.say("The page is set back to {day}: choose a day before it.", day=language.day(as_of))
        return [html.P(text, className="muted")]
    found = scene.store.changes(where, since, MOST_ROWS)
    groups = ((SAID, found.added), (SUPERSEDED, found.superseded), (RETRACTED, found.retracted))
    shown = [_changes_group(kind, news, language) for kind, news in groups if news.count]
    return shown or [html.P(_no_change(since, as_of, language), className="muted")]


def _no_change(since: date, as_of: date | None, language: Language) -> str:
    first = language.day(since)
    if as_of is None:
        return language.say("Nothing was said or taken back after {day}, up to today.", day=first)
    last = language.day(as_of)
    return language.say("Nothing was said or taken back after {first}, up to {last}.", first=first, last=last)


def _changes_group(kind: str, news: News, language: Language) -> Any:
    rows = [
        html.Button(say_claim(claim, language), className="change-row", **ids.picks(claim.event_id))
        for claim in news.claims
    ]
    heading = html.H3([language.say(kind), html.Span(str(news.count), className="count")])
    return html.Div([heading, *rows, *_more(news.count - len(rows), language)])


def _more(rest: int, language: Language) -> Children:
    """How many are not listed."""
    if rest <= 0:
        return []
    words = language.count("and {number} more", "and {number} more", rest, number=language.number(rest))
    return [html.P(words, className="muted")]


def files_list(store: Store, language: Language) -> list[Any]:
    """How each file was read: its rows, those that were rejected with the reason, and what was decided for all."""
    if not store.files:
        return []
    rejected = sum(file.rejected for file in store.files)
    count = [html.Span(language.number(rejected), className="count")] if rejected else []
    told = [str(notice) for kind in ("told", "repaired") for notice in store.notices(kind, MOST_ROWS)]
    return [
        html.H2([language.say("Rows not accepted") if rejected else language.say("How the files were read"), *count]),
        *(html.P(_file_read(file, language), className="muted") for file in store.files),
        *(html.P(str(notice), className="notice-row") for notice in store.notices("rejected", MOST_REJECTED)),
        *_more(rejected - MOST_REJECTED, language),
        *([html.A(language.say("Download these rows"), href="/api/rejects.csv", className="link")] if rejected else []),
        *([html.Details([html.Summary(language.say("What was decided")), *map(html.P, told)])] if told else []),
    ]


def _file_read(file: FileRead, language: Language) -> str:
    accepted, rows = language.number(file.rows - file.rejected), language.number(file.rows)
    said = language.say("{file}: {accepted} of {rows} rows", file=file.file, accepted=accepted, rows=rows)
    return language.listed_apart(filter(None, (said, file.credit)))


def unsettled_list(store: Store, language: Language, *, can_settle: bool = False) -> list[Any]:
    """Each name with what it may mean, its events as rows that select them, and a button if the page `can_settle` it;
    nothing where all are settled."""
    count, listed = store.first_unsettled(MOST_ROWS, MOST_EVENTS)
    if not count:
        return []
    titles = store.titles([event_id for part, _ in listed for event_id in part.event_ids])
    hint = language.say("Give lon and lat in the table, or the country, and they are drawn.")
    if can_settle:
        hint = language.say("Settle a name, or give lon and lat or the country in the table, and they are drawn.")
    return [
        html.H2([language.say("Places not settled"), html.Span(language.number(count), className="count")]),
        html.P(hint, className="muted"),
        *(_unsettled_group(part, events, titles, language, can_settle=can_settle) for part, events in listed),
        *_more(count - len(listed), language),
    ]


def _unsettled_group(
    part: Unsettled, events: int, titles: dict[str, str], language: Language, *, can_settle: bool
) -> Any:
    may_be = language.say("Not in the gazetteer.")
    if part.candidates:
        may_be = language.say("May be {places}.", places=language.listed_apart(part.candidates))
    rows = [html.Button(titles[event_id], className="change-row", **ids.picks(event_id)) for event_id in part.event_ids]
    more = _more(events - len(rows), language)
    head: Children = [part.name]
    if can_settle:
        label = language.say("Settle {name}", name=part.name)
        look = ids.attributes(data_name=part.name, aria_label=label)
        head.append(html.Button(language.say("Settle"), className="link settle-name", type="button", **look))
    return html.Div([html.H3(head), html.P(may_be, className="muted"), *rows, *more])
