"""A figure that is asked for: of which events, how seen, how made, in which format; as an address and as a command."""

from __future__ import annotations

import hashlib
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from dashboard.choice.options import OPTIONS, FigureOptions
from dashboard.choice.view import VIEW_FIELDS, View
from dashboard.scene.theme import THEMES
from geodata.errors import ChoiceError
from geodata.filter import FIELDS, Filter
from geodata.store.store import Store


def figure_keys() -> dict[str, str]:
    """Every key that says how a figure looks, beside the filter's, with its help, in the order of an address."""
    seen = {key: each.help for key, each in VIEW_FIELDS.items() if each.printed}
    return seen | {key: each.help for key, each in OPTIONS.items()}


@dataclass(frozen=True, slots=True)
class FigureRequest:
    """One figure, or a series of them: what is asked by command, address, batch file or page.

    `format` is a key of `dashboard.export.formats.FORMATS`. What a figure does not depend on (where the page's map
    looks, since when it lists changes) is left out of `view`.
    """

    where: Filter = field(default_factory=Filter)
    view: View = field(default_factory=View)
    options: FigureOptions = field(default_factory=FigureOptions)
    format: str = "svg"

    def __post_init__(self) -> None:
        object.__setattr__(self, "view", self.view.printed())

    @classmethod
    def parse(cls, values: Mapping[str, object], format: str) -> FigureRequest:
        """Read loose values by key (None, "" mean not set); ChoiceError names what cannot be read."""
        for key in values:
            if key not in FIELDS and key not in VIEW_FIELDS and key not in OPTIONS:
                known = ", ".join((*FIELDS, *figure_keys()))
                raise ChoiceError(key, f"Unknown key {key[:80]!r} (expected one of {known}).")
        where = Filter.parse(**{key: value for key, value in values.items() if key in FIELDS})
        view = View.parse(**{key: value for key, value in values.items() if key in VIEW_FIELDS})
        return cls(where, view, FigureOptions.parse(**{k: v for k, v in values.items() if k in OPTIONS}), format)

    def to_query(self) -> dict[str, str]:
        """All that is set, as texts; `parse(to_query(), format)` is the same request."""
        return self.where.to_query() | self.view.to_query() | self.options.to_query()

    def settled(self, store: Store) -> FigureRequest:
        """With the data's version, and without what says nothing: the choice of an event that is not in the data."""
        event = self.view.event if store.event(self.view.event) else ""
        return replace(self, where=self.where.changed(v=store.version), view=self.view.changed(event=event))

    def page(self) -> str:
        """The query of the page's address; a theme that the page does not have is left out."""
        theme = self.view.theme if self.view.theme in THEMES else ""
        return _query(self.where.to_query() | self.view.changed(theme=theme).to_query())

    def address(self) -> str:
        """The path and query of the file."""
        return f"/export/map.{self.format}{_query(self.to_query())}"

    def command(self) -> str:
        """The command that writes the file, for bash or zsh."""
        words = (f"--{key.replace('_', '-')}={_quoted(value)}" for key, value in self.to_query().items())
        return " ".join(("python -m dashboard export", f"map.{self.format}", *words))

    def key(self, program: str, data: str, name: str) -> str:
        """One text for all that decides how a file looks: the program and the data by their versions, which figure."""
        asked = repr((program, data, self.to_query(), self.format, name))
        return hashlib.sha256(asked.encode("utf-8", "surrogatepass")).hexdigest()


def permalink_text(request: FigureRequest, store: Store) -> str:
    """The three in one text, without a host: whoever draws does not know under which name others reach the page."""
    return (
        f"This view in the page, behind the address at which it is served:\n/{request.page()}\n\n"
        f"This file from there:\n{request.address()}\n\n"
        f"This file by command, with the data set {_quoted(store.name)} of version {store.version} "
        f"(--data says where it is, unless it is the bundled one):\n{request.command()}\n"
    )


def _query(values: Mapping[str, str]) -> str:
    return f"?{urlencode(values, safe=',:;')}" if values else ""


def _quoted(value: str) -> str:
    """A word for the shell. What cannot be seen, or turns the text around, is spelled out, as the reader runs this."""
    return shlex.quote(value) if value.isprintable() else f"$'{''.join(map(_spelled, value))}'"


def _spelled(char: str) -> str:
    if char in "\\'":
        return f"\\{char}"
    return char if char.isprintable() else f"\\U{ord(char):08x}"
