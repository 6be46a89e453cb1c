"""What the panels beside a printed map have in common: a heading, a key that flows over lines, room to be read in."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from dashboard.paper.blocks import Type
from dashboard.paper.canvas import LEADING
from dashboard.paper.ink import Ink
from dashboard.paper.projection import Box
from dashboard.scene.scene import Scene
from dashboard.scene.theme import Palette
from geodata.language.language import Language

KEY_EM, KEY_GAP_EM = 2.3, 1.3  # the width of a key's symbol and the gap after its words, in sizes of its type


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of a key: what draws its symbol around (x, y) in a type size, and its words."""

    draw: Callable[[float, float, float], None]
    text: str


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of a key: entries' symbols (or none: a line that goes on) and words with where they begin."""

    items: tuple[tuple[float, Key | None, str], ...]


@dataclass
class Panel(ABC):
    """A chart or table beside the map. `low` and `wish` are heights in points for a width; it is drawn into a box.

    `elastic` says whether it gains by more height than it wishes for.
    """

    scene: Scene
    ink: Ink
    type: Type
    palette: Palette
    elastic: ClassVar[bool] = True
    of_events: ClassVar[bool] = False  # whether it tells of events one by one, for which they may be too many

    @property
    @abstractmethod
    def role(self) -> str:
        """Its name among the options, and the role of its texts."""

    @abstractmethod
    def heading(self) -> tuple[str, str]:
        """Its title, and a line that says how it is to be read."""

    @abstractmethod
    def low(self, width: float) -> float:
        """The least height at which it can be read."""

    @abstractmethod
    def wish(self, width: float) -> float:
        """The height at which it shows everything well."""

    @abstractmethod
    def draw(self, box: Box) -> None:
        """Draw it."""

    @abstractmethod
    def say(self) -> str:
        """The panel in one sentence, for the alt text."""

    @property
    def language(self) -> Language:
        """The language of all that is not from the data."""
        return self.scene.language

    def and_more(self, count: int) -> str:
        """How many found no room."""
        return self.language.count("and {count} more", "and {count} more", count)

    @property
    def size(self) -> float:
        """Points of its type."""
        return self.type.note

    @property
    def leading(self) -> float:
        """Points from line to line."""
        return self.size * LEADING

    def _head_lines(self, width: float) -> tuple[list[str], list[str]]:
        title, note = self.heading()
        wrap = self.ink.lettering.wrap
        return wrap(title, self.type.text, width, 2, bold=True), wrap(note, self.size, width, 3)

    def head_height(self, width: float) -> float:
        """The height of title and note."""
        title, note = self._head_lines(width)
        return len(title) * self.type.text * LEADING + len(note) * self.leading + 0.5 * self.size

    def draw_head(self, box: Box) -> float:
        """Set title and note at the top of a box; returns the top of what is left."""
        left, _, right, top = box
        title, note = self._head_lines(right - left)
        for line in title:
            top -= self.type.text * LEADING
            self.text(left, top + 0.28 * self.type.text, line, bold=True, size=self.type.text)
        for line in note:
            top -= self.leading
            self.text(left, top + 0.28 * self.size, line, color=self.palette.muted)
        return top - 0.5 * self.size

    def text(
        self, x: float, y: float, text: str, *, color: str = "", bold: bool = False, align: str = "left",
        size: float = 0.0,
    ) -> float:  # fmt: skip
        """One line of the panel; returns its width."""
        return self.ink.text(
            x, y, text, size or self.size, color or self.palette.ink, bold=bold, align=align, role=self.role
        )

    def key_height(self, keys: Sequence[Key], width: float) -> float:
        """The height of a key."""
        lines = len(self._key_lines(keys, width))
        return lines * self.leading + (0.4 * self.size if lines else 0)

    def draw_key(self, keys: Sequence[Key], left: float, top: float, width: float) -> float:
        """Set a key; returns the top of what is left."""
        for line in self._key_lines(keys, width):
            top -= self.leading
            base = top + 0.28 * self.size
            for x, key, text in line.items:
                if key:
                    key.draw(left + x + 0.42 * KEY_EM * self.size, base + 0.34 * self.size, self.size)
                self.text(left + x + KEY_EM * self.size, base, text)
        return top - (0.4 * self.size if keys else 0)

    def _key_lines(self, keys: Sequence[Key], width: float) -> list[_Line]:
        """The entries side by side as long as they fit; one that is wider than a line takes up to two."""
        lettering, size = self.ink.lettering, self.size
        room = width - KEY_EM * size
        lines: list[list[tuple[float, Key | None, str]]] = []
        at = width
        for key in keys:
            first, *rest = lettering.wrap(key.text, size, room, 2) or [""]
            needed = KEY_EM * size + lettering.width(first, size)
            if rest or at + needed > width:
                lines.append([])
                at = 0.0
            lines[-1].append((at, key, first))
            at = width if rest else at + needed + KEY_GAP_EM * size
            lines += [[(0.0, None, line)] for line in rest]
        return [_Line(tuple(line)) for line in lines]
