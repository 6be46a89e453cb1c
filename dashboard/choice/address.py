"""The page's address: a filter and a view as text, read and written."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

from dashboard.choice.view import VIEW_FIELDS, View
from dashboard.scene.theme import THEMES
from geodata.errors import ChoiceError
from geodata.filter import Filter
from geodata.reading import one_of

MAX_LINK = 16_000


def query_of(search: object) -> dict[str, str]:
    """An address's query ("?from=...") as a dict. If a key is repeated, its first value is used; a query
    longer than `MAX_LINK` gives {}."""
    text = str(search or "").removeprefix("?")
    query: dict[str, str] = {}
    if len(text) <= MAX_LINK:
        for key, value in parse_qsl(text):
            query.setdefault(key, value)
    return query


def parse_link(query: Mapping[str, str]) -> tuple[Filter, View, tuple[str, ...]]:
    """Read an address: what can be read, and a sentence for each key that was left out."""
    where, notices = Filter.parse_link({key: value for key, value in query.items() if key not in VIEW_FIELDS})
    kept: dict[str, object] = {}
    problems = []
    for key in VIEW_FIELDS:
        value = query.get(key)
        try:
            if key == "theme" and value:
                one_of(THEMES)(key, value)
            View.parse(**{key: value})
            kept[key] = value
        except ChoiceError as error:
            problems.append(str(error))
    return where, View.parse(**kept), (*notices, *problems)


def parse_query(query: Mapping[str, str]) -> tuple[Filter, View]:
    """Read an HTTP query or a command's options strictly; ChoiceError for anything that cannot be read."""
    where = Filter.parse(**{key: value for key, value in query.items() if key not in VIEW_FIELDS})
    return where, View.parse(**{key: value for key, value in query.items() if key in VIEW_FIELDS})


def link_query(where: Filter, view: View) -> dict[str, str]:
    """Both as one address query, in the order of their keys."""
    return {**where.to_query(), **view.to_query()}
