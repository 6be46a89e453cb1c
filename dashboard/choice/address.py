"""A choice as text: the page's address, the link to a figure and the command that makes it, read and written."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

from dashboard.choice.options import FigureOptions
from dashboard.choice.view import KEYS, PRINTED_KEYS, View
from dashboard.scene.theme import THEMES
from geodata.errors import FilterError
from geodata.filter import Filter
from geodata.store.store import Store

MAX_LINK = 16_000


def query_of(search: object) -> dict[str, str]:
    """An address's query ("?from=...") as a dict; of a key that stands twice the first counts. Too long: empty."""
    text = str(search or "").removeprefix("?")
    query: dict[str, str] = {}
    if len(text) <= MAX_LINK:
        for key, value in parse_qsl(text):
            query.setdefault(key, value)
    return query


def parse_link(query: Mapping[str, str]) -> tuple[Filter, View, tuple[str, ...]]:
    """Read an address: what can be read, and a sentence for each key that was left out."""
    where, notices = Filter.parse_link({key: value for key, value in query.items() if key not in KEYS})
    kept: dict[str, object] = {}
    problems = []
    for key in KEYS:
        try:
            View.parse(**{key: query.get(key)})
            kept[key] = query.get(key)
        except FilterError as error:
            problems.append(str(error))
    return where, View.parse(**kept), (*notices, *problems)


def parse_query(query: Mapping[str, str]) -> tuple[Filter, View]:
    """Read an HTTP query or a command's options strictly; FilterError for anything that cannot be read."""
    where = Filter.parse(**{key: value for key, value in query.items() if key not in KEYS})
    return where, View.parse(**{key: value for key, value in query.items() if key in KEYS})


def link_query(where: Filter, view: View) -> dict[str, str]:
    """Both as one address query, in the order of their keys."""
    return {**where.to_query(), **view.to_query()}


@dataclass(frozen=True, slots=True)
class Permalink:
    """A view of a store's data and the options of a figure of it, all of them settled: no "today", no default theme."""

    store: Store
    where: Filter
    view: View
    options: FigureOptions

    @classmethod
    def of(cls, store: Store, where: Filter, view: View, options: FigureOptions) -> Permalink:
        """With the data's version, and without what says nothing: the choice of an event that is not in the data."""
        event = view.event if store.event(view.event) else ""
        seen = replace(view, event=event, theme="")
        return cls(store, replace(where, v=store.version), seen, options)

    def page(self) -> str:
        """The page's query."""
        theme = self.options.theme if self.options.theme in THEMES else ""
        return _query(self.where.to_query() | replace(self.view, theme=theme).to_query())

    def address(self, format: str) -> str:
        """The path and query of the file."""
        query = self.where.to_query() | self.view.to_query() | self.options.to_query()
        return f"/export/map.{format}{_query(query)}"

    def command(self, format: str) -> str:
        """The command that writes the file, for bash or zsh."""
        view = {key: value for key, value in self.view.to_query().items() if key in PRINTED_KEYS}
        values = self.where.to_query() | view | self.options.to_query()
        words = (f"--{key.replace('_', '-')}={_quoted(value)}" for key, value in values.items())
        return " ".join(("python -m dashboard export", f"map.{format}", *words))


def permalink_text(link: Permalink, format: str) -> str:
    """The three in one text, without a host: whoever draws does not know under which name others reach the page."""
    return (
        f"This view in the page, behind the address at which it is served:\n/{link.page()}\n\n"
        f"This file from there:\n{link.address(format)}\n\n"
        f"This file by command, with the data set {_quoted(link.store.name)} of version {link.store.version} "
        f"(--data says where it is, unless it is the bundled one):\n{link.command(format)}\n"
    )


def _query(values: Mapping[str, str]) -> str:
    return f"?{urlencode(values, safe=',:')}" if values else ""


def _quoted(value: str) -> str:
    """A word for the shell. What cannot be seen, or turns the text around, is spelled out, as the reader runs this."""
    return shlex.quote(value) if value.isprintable() else f"$'{''.join(map(_spelled, value))}'"


def _spelled(char: str) -> str:
    if char in "\\'":
        return f"\\{char}"
    return char if char.isprintable() else f"\\U{ord(char):08x}"
