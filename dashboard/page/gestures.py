"""What a gesture on the page leads to: the filter and view that it asks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import dash
from dash import ctx

from dashboard.choice.address import parse_link, query_of
from dashboard.choice.view import Camera, View
from dashboard.page import filters, ids
from geodata.area import Area
from geodata.errors import ChoiceError
from geodata.filter import FIELDS, Filter
from geodata.language.language import Language
from geodata.places.boundaries import BUNDLED
from geodata.reading import numbers
from geodata.store.store import Store

TYPED = {ids.FROM: "from", ids.TO: "to", ids.AS_OF: "as_of"}


@dataclass(frozen=True, slots=True)
class Choice:
    """What one gesture leads to. `echo`: update the controls to match. `look`: move the map to the view's camera.
    `notices`: what could not be read. `cell`: a cell or an area of the map whose events are listed. `moved`: only
    the map was moved."""

    where: Filter
    view: View
    picked: tuple[str, ...] = ()
    echo: bool = True
    notices: tuple[str, ...] = ()
    look: bool = False
    cell: str = ""
    moved: bool = False


def read_state(shown: object) -> tuple[Filter, View]:
    """The choice that the page shows now."""
    search = shown.get("search", "") if isinstance(shown, Mapping) else ""
    where, view, _ = parse_link(query_of(search))
    return where, view


def choose(page: Mapping[str, Any], store: Store, language: Language) -> Choice:
    """The choice that the gesture leads to; ChoiceError for a value that cannot be read."""
    trigger = ctx.triggered_id
    if trigger == ids.ADDRESS:
        search = page["address"].get("search", "") if isinstance(page["address"], Mapping) else ""
        where, view, notices = parse_link(query_of(search))
        told = tuple(language.say("{problem} The link was opened without it.", problem=notice) for notice in notices)
        return Choice(where, view, notices=told, look=True)
    where, view = read_state(page["shown"])
    if camera := read_camera(page["camera"]):
        view = replace(view, at=camera)
    if isinstance(page["span"], str):
        view = view.changed(timeline=page["span"])
    gestures: dict[str, Callable[[], Choice]] = {
        ids.RESET: lambda: Choice(Filter(), View(theme=view.theme, lang=view.lang), look=True),
        ids.THEME: lambda: Choice(where, replace(view, theme="dark" if page["dark"] else "light"), echo=False),
        ids.BRUSH: lambda: Choice(within(where, page["brush"]), view),
        ids.CALENDAR: lambda: Choice(within(where, page["values"][ids.CALENDAR]), view),
        ids.PICKED: lambda: from_click(where, view, page["picked"], language),
        ids.AS_OF_SLIDER: lambda: Choice(known_by(where, page["values"][ids.AS_OF_SLIDER], store, language), view),
        ids.SINCE: lambda: Choice(where, view_of(view, since=page["values"][ids.SINCE])),
        ids.CHART: lambda: Choice(where, view_of(view, chart=page["values"][ids.CHART]), echo=False),
        ids.STEP_BACK: lambda: Choice(shift(where, store.span, -1, language), view),
        ids.STEP_ON: lambda: Choice(shift(where, store.span, 1, language), view),
    }
    return gestures.get(trigger, lambda: from_controls(where, view, page["values"], language))()


def from_click(where: Filter, view: View, picked: object, language: Language) -> Choice:
    """What a click asks: select an event or a mark's events, lift choices, show everything (the button for home), draw
    what is seen now, or keep what lies in a part of the map."""
    asked = picked if isinstance(picked, Mapping) else {}
    if isinstance(reasons := asked.get("lift"), str):
        for reason in FIELDS.keys() & reasons.split(" "):
            where = where.lift(reason)
        return Choice(where, view)
    if asked.get("home") is True:
        return Choice(where, replace(view, at=None), echo=False, look=True)
    if asked.get("looked") is not None:
        return Choice(where, view, echo=False, moved=True)
    if part := part_of_map(where, asked, language):
        return Choice(part, view)
    if cell := cell_of(picked):
        return Choice(where, replace(view, event=""), echo=False, cell=cell)
    return pick(where, view, picked_ids(picked))


def part_of_map(where: Filter, asked: Mapping[str, object], language: Language) -> Filter | None:
    """The filter with the box, the lasso or the region that is asked for, None where none is.

    A box takes the place of a lasso, and a lasso that of a box.
    """
    if "box" in asked:
        return where.changed(bbox=asked["box"], area=None)
    if "lasso" in asked:
        return replace(where, bbox=None, area=Area.around("area", asked["lasso"]))
    return with_region(where, asked["region"], language) if "region" in asked else None


def with_region(where: Filter, at: object, language: Language) -> Filter:
    """The filter with the region around a point (lon, lat) among its places, or without it where it is one already."""
    lon, lat = numbers("places", at, "lon,lat")
    lon = (lon + 180) % 360 - 180
    country = BUNDLED.country_of(lon, lat)
    if country is None:
        raise ChoiceError("places", language.say("No region lies there."))
    region = BUNDLED.region_of(lon, lat, country)
    name, chosen = region.name if region else country, where.chosen("places")
    return where.changed(places=[each for each in chosen if each != name] if name in chosen else [*chosen, name])


def within(where: Filter, days: object) -> Filter:
    """The filter with the days of a brush or the calendar; PreventUpdate while only one of the two is chosen."""
    if not (isinstance(days, list) and len(days) >= 2 and all(isinstance(day, str) and day for day in days[:2])):
        raise dash.exceptions.PreventUpdate
    return where.changed(**{"from": days[0], "to": days[1]})


def known_by(where: Filter, stop: object, store: Store, language: Language) -> Filter:
    """The filter as known on the day of one of the slider's stops; its end is today."""
    days = store.news_days
    if not isinstance(stop, int) or not 0 <= stop <= max(len(days), 1):
        shown = repr(str(stop)[:80])
        raise ChoiceError("as_of", language.say("Cannot read as_of: {value} is no stop of the slider.", value=shown))
    return replace(where, as_of=days[stop] if stop < len(days) else None)


def view_of(view: View, **values: object) -> View:
    """The view with some keys as a control gives them; ChoiceError for what cannot be read."""
    return view.changed(**{key: None if value == filters.TIMELINE else value for key, value in values.items()})


def from_controls(where: Filter, view: View, values: dict[str, Any], language: Language) -> Choice:
    """The choice that the controls stand for; keys without a control stay as they are."""
    if ctx.triggered_id in (ids.LAYERS, ids.UNITS, ids.BY):
        chosen = {"layers": values[ids.LAYERS], "units": values[ids.UNITS], "by": values[ids.BY]}
        return Choice(where, view_of(view, **chosen), echo=False)
    if not values[ids.CATEGORIES]:
        notice = language.say("At least one category must be shown: all of them are shown again.")
        return Choice(replace(where, categories=()), view, notices=(notice,))
    where = where.changed(**filters.filter_values(values))
    return Choice(where, view, echo=ctx.triggered_id in TYPED)


def pick(where: Filter, view: View, event_ids: list[str]) -> Choice:
    """Select one event, or offer several to choose from; none closes the panel."""
    event = event_ids[0] if len(event_ids) == 1 else ""
    return Choice(where, replace(view, event=event), picked=tuple(event_ids), echo=False)


def picked_ids(value: object) -> list[str]:
    """The event ids of a clicked mark."""
    found = value.get("ids") if isinstance(value, Mapping) else None
    return [str(event_id) for event_id in found[:1000]] if isinstance(found, list) else []


def cell_of(value: object) -> str:
    """The clicked cell of the map, an H3 index or the number of an area in hexadecimal; "" for anything else."""
    found = value.get("cell") if isinstance(value, Mapping) else None
    return found if isinstance(found, str) and re.fullmatch("8[0-9a-f]{14}|[0-9a-f]{1,4}", found) else ""


def read_camera(value: object) -> Camera | None:
    """Where the reader has moved the map, if anywhere."""
    return Camera.parse("at", value) if isinstance(value, list) else None


def shift(where: Filter, span: tuple[date, date], steps: int, language: Language) -> Filter:
    """The filter with its days moved by their own length; without both, the first day of the data (or the last)."""
    if where.date_from is None or where.date_to is None:
        day = where.date_from or where.date_to or (span[0] if steps > 0 else span[1])
        return replace(where, date_from=day, date_to=day)
    length = (where.date_to - where.date_from + timedelta(days=1)) * steps
    try:
        return replace(where, date_from=where.date_from + length, date_to=where.date_to + length)
    except OverflowError:
        raise ChoiceError("dates", language.say("There are no days beyond these to step to.")) from None
