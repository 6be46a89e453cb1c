"""The filter rail: the controls, and how their values become a `Filter` and come from one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from typing import Any

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboard.choice.view import View
from dashboard.layers import LAYERS
from dashboard.page import ids
from dashboard.scene.scene import layer_of
from dashboard.scene.theme import GLYPHS
from geodata.filter import Filter, list_fields
from geodata.language.language import Language
from geodata.phrases import page_phrase
from geodata.record.model import CATEGORIES
from geodata.store.questions.facets import Options
from geodata.store.store import Store

# Filter key -> the page's control, for keys that are no lists: a list's control has its key for an id.
CONTROL_OF = {
    "from": ids.FROM,
    "to": ids.TO,
    "dates": ids.DATES,
    "as_of": ids.AS_OF,
    "categories": ids.CATEGORIES,
    "q": ids.SEARCH,
}
DEBOUNCE_MS = 350
TIMELINE = "timeline"  # the choice among the charts that is no measure
MOST_MARKS = 60
UNIT_WORDS = {"cells": page_phrase("Cells"), "regions": page_phrase("Regions"), "countries": page_phrase("Countries")}
BY_WORDS = {"events": page_phrase("By events"), "deaths": page_phrase("By killed")}


def controls() -> dict[str, str]:
    """The page's control of each filter key. What has none (an area) is shown as a choice that can be lifted."""
    return CONTROL_OF | {key: key for key in list_fields()}


def values_of(where: Filter, view: View, news: Sequence[date]) -> dict[str, Any]:
    """What each control shows for a filter and view, by control id. `news` are the days of the slider."""
    query = where.to_query()
    return {
        ids.FROM: query.get("from", ""),
        ids.TO: query.get("to", ""),
        ids.CALENDAR: [query.get("from"), query.get("to")],
        ids.DATES: where.dates,
        ids.AS_OF: query.get("as_of", ""),
        ids.CATEGORIES: list(where.categories or CATEGORIES),
        **{key: list(where.chosen(key)) for key in list_fields()},
        ids.SEARCH: where.q,
        ids.AS_OF_SLIDER: stop_of(where.as_of, news),
        ids.SINCE: str(view.since) if view.since else None,
        ids.CHART: view.chart or TIMELINE,
        ids.LAYERS: list(view.layers),
        ids.UNITS: view.units,
        ids.BY: view.by,
    }


def filter_values(values: dict[str, Any]) -> dict[str, Any]:
    """The filter keys that the controls' values (by control id) stand for; choosing every category
    is the same as no category filter."""
    found = {key: values[control] for key, control in controls().items()}
    chosen = found["categories"]
    if isinstance(chosen, list) and set(chosen) == set(CATEGORIES):
        found["categories"] = None
    return found


def category_title(category: str, language: Language) -> str:
    """A category's name on the page: its layer's ("Clashes")."""
    return language.say(LAYERS[layer_of(category)].title)


def glyph(category: str) -> Component:
    """A category's symbol in its colour."""
    return html.Span(GLYPHS[category], className=f"glyph glyph-{category}", **ids.attributes(aria_hidden="true"))


def group(title: str | list[Any], *children: Any) -> Component:
    """One group of the rail under its heading."""
    return html.Section([html.H2(title), *children], className="group")


def dates_group(around: date | None, language: Language) -> Component:
    """The date range, typed or from a calendar, and whether events may or must lie in it."""
    say = language.say
    calendar = dmc.Popover(
        [
            dmc.PopoverTarget(
                dmc.ActionIcon(
                    html.Span(className="icon icon-calendar"), variant="subtle", color="gray", size=32,
                    **ids.attributes(aria_label=say("Open the calendar")),
                )
            ),
            dmc.PopoverDropdown(
                dmc.DatePicker(
                    id=ids.CALENDAR, type="range", value=[None, None], allowSingleDateInRange=True, size="sm",
                    defaultDate=around and str(around),
                )
            ),
        ],
        position="bottom-end", shadow="md", withArrow=False,
    )  # fmt: skip
    typed = {"placeholder": say("YYYY-MM-DD"), "debounce": True, "size": "sm", "autoComplete": "off"}
    return group(
        [say("Dates"), calendar],
        html.Div(
            [
                dmc.TextInput(id=ids.FROM, label=say("From"), **typed),
                dmc.TextInput(id=ids.TO, label=say("To"), **typed),
            ],
            className="dates",
        ),
        dmc.SegmentedControl(
            id=ids.DATES, value="may", fullWidth=True, size="xs",
            data=[{"value": "may", "label": say("May lie in")}, {"value": "must", "label": say("Must lie in")}],
        ),
    )  # fmt: skip


def categories_group(language: Language) -> Component:
    """One box a category, with the number of its events under the other choices."""
    rows = [
        html.Div(
            [
                dmc.Checkbox(value=category, label=[glyph(category), category_title(category, language)], size="sm"),
                html.Span("0", id=ids.count(category), className="count"),
            ],
            className="row",
        )
        for category in CATEGORIES
    ]
    boxes = html.Div(rows, className="category-boxes")  # for assets/page/counts.js: the group writes no id
    return group(language.say("Category"), dmc.CheckboxGroup(boxes, id=ids.CATEGORIES, value=list(CATEGORIES)))


def stop_of(as_of: date | None, news: Sequence[date]) -> int:
    """The slider's stop for a day of knowledge: the last of the `news` until then; behind them for today."""
    return max(len(news), 1) if as_of is None else max(bisect_right(news, as_of) - 1, 0)


def as_known_on_group(news: Sequence[date], language: Language) -> Component:
    """The day of knowledge, typed or from a slider over the days on which something was said; at its end, today."""
    few, say = len(news) <= MOST_MARKS, language.say
    return group(
        say("As known on"),
        dmc.TextInput(
            id=ids.AS_OF, placeholder=say("today, or YYYY-MM-DD"), debounce=True, size="sm",
            autoComplete="off", **ids.attributes(aria_label=say("As known on")),
        ),
        dmc.Slider(
            id=ids.AS_OF_SLIDER, min=0, max=max(len(news), 1), step=1, value=max(len(news), 1), label=None, size="sm",
            marks=[{"value": number} for number in range(len(news) + 1)] if few else [],
            updatemode="drag", className="as-of-slider", thumbLabel=say("As known on, by the days of news"),
        ),
    )  # fmt: skip


def more_group(store: Store, language: Language) -> Component:
    """The filter's lists (voices, sources, actors, ...), folded away."""
    say = language.say
    return html.Details(
        [html.Summary(say("More filters")), *(_list(key, store.options(key), language) for key in list_fields())],
        className="more",
    )


def _list(key: str, offered: Options, language: Language) -> dmc.MultiSelect:
    """One list of the filter; of a long one the commonest choices."""
    field, say, number = list_fields()[key], language.say, language.number
    data = [{"value": value, "label": say(label) if field.spoken else label} for value, label in offered.choices]
    few = say("The {shown} commonest of {count}.", shown=number(len(data)), count=number(offered.total))
    return dmc.MultiSelect(
        id=key, label=say(field.title), data=data, value=[], size="sm", searchable=True, clearable=True,
        hidePickedOptions=True, maxDropdownHeight=240, limit=200, comboboxProps=ids.MADE_WHEN_OPENED,
        **({"description": few} if len(data) < offered.total else {}),
    )  # fmt: skip


def rail(store: Store, language: Language) -> Component:
    """All the controls, read from top to bottom."""
    say = language.say
    return html.Aside(
        [
            html.Div(id=ids.CHOICES, className="choices"),
            dates_group(store.middle_day, language),
            as_known_on_group(store.news_days, language),
            categories_group(language),
            group(
                say("Text"),
                dmc.TextInput(
                    id=ids.SEARCH, placeholder=say("Title, place, actor, voice …"), debounce=DEBOUNCE_MS, size="sm",
                    autoComplete="off", **ids.attributes(aria_label=say("Text")),
                ),
            ),
            more_group(store, language),
            dmc.Button(say("Reset"), id=ids.RESET, variant="default", size="xs", fullWidth=True, className="reset"),
        ],
        className="rail",
        **ids.attributes(aria_label=say("Filters")),
    )  # fmt: skip


def layer_switches(language: Language) -> dmc.Popover:
    """The map's layer switches, behind a button on the map."""
    say = language.say
    return dmc.Popover(
        [
            dmc.PopoverTarget(
                dmc.Button(
                    say("Layers"), size="xs", variant="default", leftSection=html.Span(className="icon icon-layers")
                )
            ),
            dmc.PopoverDropdown(
                [
                    dmc.CheckboxGroup(
                        [dmc.Checkbox(value=name, label=say("Show {layer}", layer=say(layer.name)), size="sm")
                         for name, layer in LAYERS.items()],
                        id=ids.LAYERS, value=list(LAYERS), className="layers",
                    ),
                    html.H3(say("Where events are too many to be told apart")),
                    dmc.SegmentedControl(
                        id=ids.UNITS, value=View().units, fullWidth=True, size="xs",
                        data=[{"value": value, "label": say(words)} for value, words in UNIT_WORDS.items()],
                        **ids.attributes(aria_label=say("What shows events that are too many to be told apart")),
                    ),
                    dmc.SegmentedControl(
                        id=ids.BY, value=View().by, fullWidth=True, size="xs",
                        data=[{"value": value, "label": say(words)} for value, words in BY_WORDS.items()],
                        **ids.attributes(aria_label=say("What their colours tell")),
                    ),
                ]
            ),
        ],
        position="bottom-start", shadow="md", keepMounted=True,
    )  # fmt: skip
