"""How to come back to a view and to make its files again: the page's query, the address of a file, the command.

They name the version of the data: what would come from other data is refused (the page opens it with a notice).
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from dashboard.options import FigureOptions
from dashboard.theme import THEMES
from dashboard.view import PRINTED_KEYS, View
from geodata.filter import Filter
from geodata.store import Store


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
        event = view.event if view.event in store.events else ""
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
    dataset = link.store.dataset
    return (
        f"This view in the page, behind the address at which it is served:\n/{link.page()}\n\n"
        f"This file from there:\n{link.address(format)}\n\n"
        f"This file by command, with the data set {_quoted(dataset.name)} of version {link.store.version} "
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
