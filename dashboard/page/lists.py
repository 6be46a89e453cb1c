"""The lists beside the map: events without a point, changes since a day, places that were not settled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.page import ids
from dashboard.page.filters import glyph
from dashboard.page.summary import Children
from dashboard.scene.scene import Scene
from dashboard.scene.words import say_claim, say_unsettled
from geodata.dates import say_day, say_days
from geodata.places.boundaries import BUNDLED
from geodata.record.model import Claim, Event, Unsettled
from geodata.store.result import Result
from geodata.store.store import Store


def event_button(event: Event, place: str) -> Component:
    """An event as a row that selects it."""
    days = say_days(event.date_start, event.date_end)
    text = html.Span([html.Span(event.title, className="title"), html.Span(days, className="days")], className="text")
    return html.Button([glyph(event.category), text], id=ids.pick(event.event_id, place), className="event-row")


def off_map(scene: Scene) -> Children:
    """The kept events that have no point: country-wide ones by country, by name those whose place is not settled,
    then those without a place."""
    events = scene.off_map()
    if not events:
        return [html.H2("Not on the map"), html.P("Every event shown has a place on the map.", className="muted")]
    parts: Children = [html.H2(["Not on the map", html.Span(str(len(events)), className="count")])]
    groups: dict[str, list[Event]] = {}
    for event in events:
        groups.setdefault(_off_map_heading(event), []).append(event)
    for heading, members in groups.items():
        parts += [html.H3(heading), *(event_button(event, "off-map") for event in members)]
    return parts


def _off_map_heading(event: Event) -> str:
    """Why an event is not on the map."""
    country = BUNDLED.country_name(event.country) if event.country else ""
    if event.unsettled:
        unsettled = say_unsettled(event)
        return ", ".join(filter(None, (unsettled[:1].upper() + unsettled[1:], country)))
    return f"Known for {country} as a whole" if country else "No place given"


def chooser(scene: Scene, event_ids: list[str]) -> Children:
    """The events of a mark that stands for several."""
    events = [event for event in scene.result.events if event.event_id in event_ids]
    return [html.H2(f"{len(events)} events here"), *(event_button(event, "chooser") for event in events)]


MOST_ROWS = 100


def day_before(news: Sequence[date], as_of: date | None) -> date | None:
    """The day of news before the one that is looked at; None where there is none."""
    earlier = [day for day in news if as_of is None or day < as_of]
    return earlier[-1 if as_of else -2] if len(earlier) > (0 if as_of else 1) else None


def changes_list(store: Store, result: Result, since: date) -> list[Any]:
    """The claims on the kept events that changed from `since` to the filter's day, a group a kind of change."""
    as_of = result.where.as_of
    if as_of is not None and as_of <= since:
        text = f"The page is set back to {say_day(as_of)}: choose a day before it."
        return [html.P(text, className="muted")]
    found = store.changes(result, since)
    until = say_day(as_of) if as_of else "today"
    groups = (("Said", found.added), ("Superseded", found.superseded), ("Retracted", found.retracted))
    shown = [_changes_group(title, claims) for title, claims in groups if claims]
    nothing = html.P(f"Nothing was said or taken back after {say_day(since)}, up to {until}.", className="muted")
    return shown or [nothing]


def _changes_group(title: str, claims: Sequence[Claim]) -> Any:
    rows = [
        html.Button(
            say_claim(claim),
            className="change-row",
            id=ids.pick(claim.event_id, f"{title} {claim.claim_id}"),
        )
        for claim in claims[:MOST_ROWS]
    ]
    more = [html.P(f"and {len(claims) - MOST_ROWS:,} more", className="muted")] if len(claims) > MOST_ROWS else []
    return html.Div([html.H3([title, html.Span(str(len(claims)), className="count")]), *rows, *more])


def unsettled_list(store: Store) -> list[Any]:
    """Each name with what it may mean, and its events as rows that select them; nothing where all are settled."""
    names = store.unsettled
    if not names:
        return []
    events = (store.event(event_id) for part in names for event_id in part.event_ids)
    titles = {event.event_id: event.title for event in events if event}
    hint = "Give lon and lat in the table, or the country, and they are drawn."
    return [
        html.H2(["Places not settled", html.Span(str(len(names)), className="count")]),
        html.P(hint, className="muted"),
        *(_unsettled_group(part, titles) for part in names),
    ]


def _unsettled_group(part: Unsettled, titles: dict[str, str]) -> Any:
    may_be = f"May be {'; '.join(part.candidates)}." if part.candidates else "Not in the gazetteer."
    rows = [
        html.Button(titles[event_id], className="change-row", id=ids.pick(event_id, f"unsettled {part.name}"))
        for event_id in part.event_ids
    ]
    return html.Div([html.H3(part.name), html.P(may_be, className="muted"), *rows])
