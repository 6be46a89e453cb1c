"""The table of a map's marks on paper: symbol, days, place, event and figures, a row an event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import ClassVar

import numpy as np

from dashboard.panels.base import Panel
from dashboard.paper.blocks import draw_symbol
from dashboard.paper.ink import HAIRLINE
from dashboard.paper.lettering import MAX_SHOWN
from dashboard.paper.projection import Box
from dashboard.scene.canvas import Legend, Stroke
from dashboard.scene.scene import layer_of
from dashboard.scene.theme import GLYPHS
from dashboard.scene.words import MEASURE_WORDS, say_population, say_range, say_unsettled
from geodata.phrases import phrase
from geodata.record.model import MEASURES, Event

COLUMNS = (phrase("Days"), phrase("Place"), phrase("Event"), phrase("Figures"))
NOTHING = phrase("No mark stands on the map.")
WIDE_PT = 330.0  # from which each cell has a column of its own, times the type's scale
FEWEST = 3  # rows, below which a table is not worth its room
SHARES = (0.26, 0.24, 1.0, 0.26)  # the most of a table that each column may take


@dataclass(frozen=True, slots=True)
class _Cells:
    """One event's cells as lines of text, with the symbol that stands for it; `muted` lines begin the first one."""

    entry: Legend
    columns: tuple[tuple[str, ...], ...]
    muted: int = 0

    @property
    def lines(self) -> int:
        return max(len(lines) for lines in self.columns)


@dataclass
class TablePanel(Panel):
    """The events with a mark on the map, as many as there is room for."""

    elastic: ClassVar[bool] = False
    of_events: ClassVar[bool] = True
    _known: dict[float, list[_Cells]] = field(default_factory=dict, init=False)

    @property
    def role(self) -> str:
        """The option's name."""
        return "table"

    def heading(self) -> tuple[str, str]:
        """What the rows are."""
        title = phrase("The events on the map") if self.scene.cells else phrase("The marks on the map")
        return self.language.say(title), self.language.say("By day. Figures are those that stand.")

    def events(self) -> list[Event]:
        """The events that are drawn at a place, by day."""
        scene = self.scene
        drawn = set(scene.drawn)
        if scene.cells:
            on_map = (e for e in scene.result.events if layer_of(e.category) in scene.layers and scene.has_point(e))
            drawn = {event.event_id for event in on_map}
        if "casualties" in scene.layers:
            drawn |= {toll.event.event_id for toll in scene.tolls}
        found = [event for event in scene.result.events if event.event_id in drawn]
        return sorted(found, key=lambda event: (event.date_start, event.date_end))

    def low(self, width: float) -> float:
        """With three rows and the count of the others."""
        rows = self._rows(width)
        return self._height(width, rows[:FEWEST], len(rows) > FEWEST)

    def wish(self, width: float) -> float:
        """With all rows."""
        return self._height(width, self._rows(width), False)

    def _height(self, width: float, rows: Sequence[_Cells], cut: bool) -> float:
        lines = sum(row.lines for row in rows) + cut + (self._is_wide(width) or not rows)
        return self.head_height(width) + lines * self.leading + self._gap * (len(rows) + 1 + cut)

    @property
    def _gap(self) -> float:
        return 0.42 * self.size

    def _is_wide(self, width: float) -> bool:
        return width >= WIDE_PT * self.type.scale

    def say(self) -> str:
        """How many events it lists."""
        count, say = len(self.events()), self.language.say
        if count > 1:
            return say("Table: {count} events on the map by day.", count=count)
        return say("Table: the one event on the map.") if count else say(NOTHING)

    def _widths(self, width: float) -> list[float]:
        """As wide as their texts, up to a share of the table; the titles take the rest."""
        room = width - self._indent
        if not self._is_wide(width):
            return [room]
        measure, size = self.ink.lettering.width, self.size
        columns = zip(self._names, *map(self._texts, self.events()), strict=True)
        natural = [max(measure(text[:MAX_SHOWN], size) for text in texts) + 1.3 * size for texts in columns]
        days, place, _, figures = (min(wish, share * room) for wish, share in zip(natural, SHARES, strict=True))
        return [days, place, room - days - place - figures, figures]

    def _texts(self, event: Event) -> tuple[str, str, str, str]:
        """The event's cells: days, places, title, figures."""
        language = self.language
        names = (language.led if event.is_flow else language.listed)(self.scene.place_names(event))
        names = language.listed_apart(filter(None, (names, say_unsettled(event, language))))
        days = language.days(event.date_start, event.date_end)
        return days, names, event.title, language.listed_apart(self._figures(event))

    @property
    def _names(self) -> tuple[str, ...]:
        return tuple(map(self.language.say, COLUMNS))

    @property
    def _indent(self) -> float:
        return 2.1 * self.size

    def _rows(self, width: float) -> list[_Cells]:
        if width not in self._known:
            widths = self._widths(width)
            self._known[width] = [self._cells(event, widths) for event in self.events()]
        return self._known[width]

    def _cells(self, event: Event, widths: Sequence[float]) -> _Cells:
        wrap, size, texts = self.ink.lettering.wrap, self.size, self._texts(event)
        if len(widths) > 1:
            wrapped = (tuple(wrap(text, size, room - size, 2)) for text, room in zip(texts, widths, strict=True))
            return _Cells(self._symbol(event), tuple(wrapped))
        head = wrap(f"{texts[0]} · {texts[1]}", size, widths[0], 2)
        rest = [line for text in texts[2:] for line in wrap(text, size, widths[0], 2)]
        return _Cells(self._symbol(event), ((*head, *rest),), len(head))

    def _symbol(self, event: Event) -> Legend:
        palette, category = self.palette, event.category
        if layer_of(category) not in self.scene.layers:
            return Legend("disc", "", palette.casualties)
        if event.is_flow:
            return Legend("arrow", "", palette.categories[category])
        return Legend("glyph", "", palette.categories[category], GLYPHS[category])

    def _figures(self, event: Event) -> list[str]:
        claims = {claim.claim_id: claim for claim in self.scene.result.claims}
        found, say = [], self.language.say
        for each in self.scene.shown_ranges(event, MEASURES):
            figure = say(MEASURE_WORDS[each.measure], figure=say_range(each, claims, self.language))
            if each.population != "all":
                note = say_population(each.population, self.language)
                figure = say("{text} ({note})", text=figure, note=note)
            found.append(figure)
        return found

    def draw(self, box: Box) -> None:
        """Heading, names of the columns, rows; the last line says how many found no room."""
        left, bottom, right, _ = box
        top, width = self.draw_head(box), right - left
        rows, size = self._rows(width), self.size
        if not rows:
            self.text(left, top - self.leading, self.language.say(NOTHING), color=self.palette.muted)
            return
        starts = [left + self._indent]
        for column in self._widths(width)[:-1]:
            starts.append(starts[-1] + column)
        if self._is_wide(width):
            top -= self.leading
            for x, name in zip(starts, self._names, strict=True):
                self.text(x, top + 0.28 * size, name, color=self.palette.muted)
        top -= self._gap / 2
        rule = partial(self._rule, left, right)
        rule(top)
        kept = self._fitting(rows, top - bottom)
        for row in rows[:kept]:
            top -= self._gap / 2
            draw_symbol(self.ink, row.entry, left + 0.85 * size, top - 0.62 * size, size, self.palette)
            for column, (x, lines) in enumerate(zip(starts, row.columns, strict=True)):
                for number, line in enumerate(lines):
                    muted = column < len(starts) - 2 or number < row.muted
                    color = self.palette.muted if muted else self.palette.ink
                    self.text(x, top - self.leading * (number + 1) + 0.28 * size, line, color=color)
            top -= self.leading * row.lines + self._gap / 2
            rule(top)
        if kept < len(rows):
            top -= self._gap / 2 + self.leading
            self.text(starts[0], top + 0.28 * size, self.and_more(len(rows) - kept), color=self.palette.muted)

    def _fitting(self, rows: Sequence[_Cells], room: float) -> int:
        """How many rows fit, with a line for the count of those that do not."""
        heights = np.cumsum([row.lines * self.leading + self._gap for row in rows])
        if heights[-1] <= room + 0.01:
            return len(rows)
        return int((heights <= room + 0.01 - self.leading - self._gap).sum())

    def _rule(self, left: float, right: float, y: float) -> None:
        self.ink.line([np.array([(left, y), (right, y)])], Stroke(self.palette.hairline, 2 * HAIRLINE))
