"""How a page is shared: the map, the legend and the list of what is not on it, and the panels beside or below them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product

import numpy as np

from dashboard.panels.base import Panel
from dashboard.paper.blocks import Block, Row, Type, height_of, in_columns, legend_rows, list_rows, spaced
from dashboard.paper.canvas import LEADING
from dashboard.paper.ink import Ink
from dashboard.paper.projection import Box
from dashboard.report import caption
from dashboard.scene.canvas import Legend
from dashboard.scene.scene import Scene

LEAST_MAP = 0.3  # of the room between header and footer, that the map must be high beside panels
LEAST_MAP_PT = 80.0  # and its least width and height, times the type's scale
LEAST_SCALES = (0.66, 0.5)  # of the scale that the ground has without panels; the second where the first allows none
SHARES = (1.0, 0.5, 0.0)  # from a panel's least height (0) to the one it wishes for (1)
MOST_LISTED = 60  # of very many events without a point
STRETCH = 1.35  # how much higher than it wishes an elastic panel may be


@dataclass(frozen=True, slots=True)
class Plan:
    """One candidate layout: boxes for the map, text blocks and panels, and its score."""

    box: Box
    blocks: Sequence[Block]
    panels: Sequence[tuple[Panel, Box]] = ()
    worth: float = 1.0


@dataclass(slots=True)
class Sharing:
    """The ways to share a page of `width` by `height` points.

    `entries` are the legend's, `aspect` is the width by the height of what the map must show, `scale` says how large
    the ground is in a box.
    """

    scene: Scene
    ink: Ink
    type: Type
    entries: Sequence[Legend]
    width: float
    height: float
    margin: float
    aspect: float
    scale: Callable[[Box], float]
    _legends: dict[tuple[float, float], list[Row]] = field(default_factory=dict)
    _lists: dict[tuple[float, float], list[Row]] = field(default_factory=dict)
    _known: dict[tuple[str, float], tuple[float, float]] = field(default_factory=dict)
    _scales: dict[Box, float] = field(default_factory=dict)

    def best(
        self, panels: Sequence[Panel], bottom: float, top: float, least: float, beside: bool | None = None
    ) -> Plan | None:
        """The plan that shows the ground largest; None where panels leave no room for the map.

        `least` is the share of the scale without panels that the ground must keep. `beside` says whether the words
        must stand at the map's side (True) or below it (False).
        """
        plans = [plan for plan in self._plain(bottom, top) if beside in (None, self.is_beside(plan))]
        if panels and plans:
            least *= max(self._scale_in(plan.box) for plan in plans)
            plans = [
                plan for plan in self._with(panels, bottom, top)
                if plan.worth and self._has_map(plan.box, bottom, top, least)
                and beside in (None, self.is_beside(plan))
            ]  # fmt: skip
        return max(plans, key=lambda plan: self._scale_in(plan.box) * plan.worth, default=None)

    def is_beside(self, plan: Plan) -> bool:
        """Whether the words of a plan stand at the map's side."""
        return plan.box[2] < self.width - 1.01 * self.margin

    def _has_map(self, box: Box, bottom: float, top: float, least: float) -> bool:
        across, up = box[2] - box[0], box[3] - box[1]
        return (
            min(across, up) >= LEAST_MAP_PT * self.type.scale
            and up >= LEAST_MAP * (top - bottom)
            and self._scale_in(box) >= least
        )

    def _scale_in(self, box: Box) -> float:
        if box not in self._scales:
            self._scales[box] = self.scale(box)
        return self._scales[box]

    @property
    def _is_wide(self) -> bool:
        return self.width >= 1.15 * self.height

    @property
    def _column(self) -> float:
        """The width of the column beside the map."""
        return min(max(118.0, 0.245 * (self.width - 2 * self.margin)), 215 * self.type.scale)

    @property
    def _gap(self) -> float:
        return max(self.margin, 1.6 * self.type.text)

    def _plain(self, bottom: float, top: float) -> Iterator[Plan]:
        if self._is_wide:
            yield self._beside(self._column, bottom, bottom, top)
        plan = self._below(bottom, top)
        # On a page as small as a stamp the map comes first; and where small maps would find no room at all.
        is_low = plan.box[3] - plan.box[1] < LEAST_MAP * (top - bottom) or not self._scale_in(plan.box)
        yield self._below(bottom, top, brief=True, share=0.6) if is_low else plan

    def _with(self, panels: Sequence[Panel], bottom: float, top: float) -> Iterator[Plan]:
        """The panels in a strip of one or more rows at the foot, or beside the map under legend and list."""
        left, right = self.margin, self.width - self.margin
        for beside in _subsets(panels) if self._is_wide else [()]:
            rest = [panel for panel in panels if panel not in beside]
            for rows in _rows(rest):
                for share, brief in product(SHARES, (False, True)):
                    if not beside:
                        strip, base = self._strip(rows, left, right, bottom, share)
                        yield self._worth(self._below(base, top, brief), strip, share)
                        if self._is_wide:
                            yield self._worth(self._beside(self._column, base, base, top, brief), strip, share)
                    for column in (self._column, 1.3 * self._column) if self._is_wide else ():
                        inner = right - column - self._gap
                        strip, base = self._strip(rows, left, inner, bottom, share)
                        stack = self._stack(beside, column, share)
                        room = top - bottom - sum(stack) - self._gap * len(stack)
                        if room > 0 and (stack or strip):
                            plan = self._beside(column, base, top - room, top, brief)
                            strip += self._under(plan, beside, stack, bottom)
                            yield self._worth(plan, strip, share)

    def _worth(self, plan: Plan, panels: Sequence[tuple[Panel, Box]], share: float) -> Plan:
        """A plan with panels: worse the more they and the list are cut, or the more of the page stays empty."""
        size, rows = self.type.text, [row for block in plan.blocks for row in block.rows]
        wished = len(self._legend(self._column, 1e6)) + len(self._list(self._column, 1e6))
        whole = min(1.0, len(rows) / wished) if wished else 1.0
        bottoms = [(block.left, block.top - height_of(block.rows, size)) for block in plan.blocks if block.rows]
        apart = all(low >= box[3] - 1 or left >= box[2] for left, low in bottoms for _, box in panels)
        in_page = all(low >= self.margin for _, low in bottoms) and all(box[1] >= self.margin for _, box in panels)
        drawn = {row.entry for row in rows if row.entry}
        fits = apart and in_page and drawn == set(self.entries)
        found, areas = [], np.zeros(2)
        for panel, (left, bottom, right, top) in panels:
            most = self._heights(panel, right - left)[1] * (STRETCH if panel.elastic else 1.0)
            found.append((panel, (left, max(bottom, top - most), right, top)))
            areas += (right - left) * np.array([top - bottom, min(top - bottom, most)])
        filled = float(areas[1] / areas[0]) if areas[0] else 1.0
        worth = (0.72 + 0.28 * share) * (0.8 + 0.2 * whole) * (0.2 + 0.8 * filled)
        return Plan(plan.box, plan.blocks, found, worth if fits else 0.0)

    def _heights(self, panel: Panel, width: float) -> tuple[float, float]:
        """The least height of a panel, and the one it wishes for."""
        key = panel.role, round(width, 1)
        if key not in self._known:
            self._known[key] = panel.low(width), panel.wish(width)
        return self._known[key]

    def _strip(
        self, rows: Sequence[Sequence[Sequence[Panel]]], left: float, right: float, bottom: float, share: float
    ) -> tuple[list[tuple[Panel, Box]], float]:
        """Rows of columns of panels from the bottom up, and where what is above them begins."""
        found: list[tuple[Panel, Box]] = []
        for row in reversed(rows):
            width = (right - left - (len(row) - 1) * self._gap) / len(row)
            stacks = [self._stack(panels, width, share) for panels in row]
            height = max(sum(stack) + self._gap * (len(stack) - 1) for stack in stacks)
            for number, (panels, stack) in enumerate(zip(row, stacks, strict=True)):
                start = left + number * (width + self._gap)
                found += self._stacked(panels, stack, (start, bottom, start + width, bottom + height))
            bottom += height + self._gap
        return found, bottom

    def _stack(self, panels: Sequence[Panel], width: float, share: float) -> list[float]:
        return [_between(self._heights(panel, width), share) for panel in panels]

    def _stacked(self, panels: Sequence[Panel], heights: Sequence[float], box: Box) -> list[tuple[Panel, Box]]:
        """Panels one under the other from the top of a box; what room is left goes to those that gain by it."""
        left, bottom, right, top = box
        spare = top - bottom - sum(heights) - self._gap * (len(heights) - 1)
        elastic = sum(panel.elastic for panel in panels)
        found: list[tuple[Panel, Box]] = []
        for panel, height in zip(panels, heights, strict=True):
            wish = self._heights(panel, right - left)[1]
            more = max(0.0, spare) / elastic if panel.elastic else max(0.0, min(spare, wish - height))
            grown = min(height + more, max(height, STRETCH * wish))
            found.append((panel, (left, top - grown, right, top)))
            top -= grown + self._gap
        return found

    def _under(
        self, plan: Plan, panels: Sequence[Panel], heights: Sequence[float], bottom: float
    ) -> list[tuple[Panel, Box]]:
        """Panels under the legend and list of a plan that has them beside the map."""
        low = [block.top - height_of(block.rows, self.type.text) for block in plan.blocks if block.rows]
        top = min(low) - self._gap if low else plan.box[3]
        return self._stacked(panels, heights, (plan.blocks[0].left, bottom, self.width - self.margin, top))

    def _beside(self, column: float, base: float, bottom: float, top: float, brief: bool = False) -> Plan:
        """The map at the left from `base` up, legend and list at its right from `bottom` up.

        A `brief` list is no more than its heading, with the count.
        """
        left, right, size = self.margin, self.width - self.margin, self.type.text
        legend = self._legend(column, 0.7 * (top - bottom))
        at = top - height_of(legend, size) - size
        listed = self._list(column, 0 if brief else at - bottom)
        box = (left, base, right - column - 0.75 * self.margin, top)
        return Plan(box, [Block(legend, right - column, top), Block(listed, right - column, at)])

    def _below(self, bottom: float, top: float, brief: bool = False, share: float = 1.0) -> Plan:
        """The map over the whole width, legend and list under it in as many columns as there is width for.

        `share` is that of the height which a brief legend may have were it one column.
        """
        left, right = self.margin, self.width - self.margin
        size, gap = self.type.text, 2 * self.type.text
        count = max(1, int((right - left) / (29 * size)))
        width = (right - left - (count - 1) * gap) / count
        # A wide extent needs no high map: what is left over is for the words.
        wanted = (right - left) / self.aspect + 44 * self.type.scale
        room = (top - bottom) - min(max(wanted, 0.45 * (top - bottom)), 0.74 * (top - bottom))
        legend = self._legend(width, 0.5 * count * (top - bottom))
        used = height_of(legend, size)
        if count == 1 and brief and width > 28 * size:
            # Two narrow columns are lower than one.
            width = (width - gap) / 2
            rows = [*self._legend(width, share * (top - bottom)), *spaced(self._list(width, 0), size if legend else 0)]
            columns = in_columns(rows, size, 2)
        elif count == 1:
            listed = self._list(width, 0 if brief else max(room, 0.5 * (top - bottom)) - used - size)
            columns = [[*legend, *spaced(listed, size if legend else 0)]]
        else:
            cap = 2.4 * size if brief else max(room, 0.36 * (top - bottom))
            shares = range(1, count) if legend else (0,)
            columns = min(
                (self._columns(legend, width, share, count, cap) for share in shares), key=lambda tried: tried[0]
            )[1]
        height = max((height_of(column, size) for column in columns), default=0.0)
        blocks = [Block(rows, left + n * (width + gap), bottom + height) for n, rows in enumerate(columns)]
        return Plan((left, bottom + height + 0.7 * self.margin, right, top), blocks)

    def _columns(
        self, legend: list[Row], width: float, share: int, count: int, cap: float
    ) -> tuple[tuple[bool, float], list[list[Row]]]:
        """The legend in `share` of `count` columns and the list in the others, with whether it is cut, and how high."""
        size, left_over = self.type.text, count - share
        legends = in_columns(legend, size, share) if share else []
        room = max([cap, *(height_of(column, size) for column in legends)])
        listed = self._list(width, room * left_over - 2 * size * (left_over - 1))
        columns = legends + in_columns(listed, size, left_over)
        cut = bool(listed) and listed[-1].muted
        return (cut, max(height_of(column, size) for column in columns)), columns

    def _legend(self, width: float, room: float) -> list[Row]:
        key = round(width, 1), round(room, 1)
        if key not in self._legends:
            self._legends[key] = self._new_legend(width, room)
        return self._legends[key]

    def _new_legend(self, width: float, room: float) -> list[Row]:
        size = self.type.text
        language = self.scene.language
        every = rows = legend_rows(self.ink, self.entries, size, width, language)
        starts = [number for number, row in enumerate(every) if row.entry]
        for kept in range(len(starts) - 1, -1, -1):
            if height_of(rows, size) <= room:
                break
            more = language.count("and {count} more", "and {count} more", len(starts) - kept)
            rows = [*every[: starts[kept]], Row(more, muted=True, space=0.28 * size)]
        return rows

    def _list(self, width: float, room: float) -> list[Row]:
        key = round(width, 1), round(room, 1)
        if key not in self._lists:
            self._lists[key] = self._new_list(width, room)
        return self._lists[key]

    def _new_list(self, width: float, room: float) -> list[Row]:
        (count, events), size, language = self.scene.off_map_first(MOST_LISTED), self.type.text, self.scene.language
        if not count:
            return []
        heading = language.count(
            "Not on the map: {count} event without a point", "Not on the map: {count} events without a point",
            count,
        )  # fmt: skip
        if not room:
            return list_rows(self.ink, heading, [], size, width, 3, language)
        items = [caption.say_off_map(event, language) for event in events]
        most = max(2, int(room / (LEADING * size)))
        rows = list_rows(self.ink, heading, items, size, width, most, language, count)
        while height_of(rows, size) > room and most > 2:
            most -= 1
            rows = list_rows(self.ink, heading, items, size, width, most, language, count)
        return rows


def _between(ends: tuple[float, float], share: float) -> float:
    return ends[0] + (ends[1] - ends[0]) * share


def _subsets(panels: Sequence[Panel]) -> Iterator[tuple[Panel, ...]]:
    """Every choice among the panels, none first."""
    for count in range(len(panels) + 1):
        yield from combinations(panels, count)


def _rows(panels: Sequence[Panel]) -> list[list[list[Sequence[Panel]]]]:
    """The ways to stand at the foot, as rows of columns of panels: one row of columns, or rows of single panels."""
    if not panels:
        return [[]]
    columns = [[cut] for cut in _cuts(panels) if len(cut) > 1 or len(panels) == 1]
    return columns + [[[[panel] for panel in row] for row in cut] for cut in _cuts(panels) if len(cut) > 1]


def _cuts(panels: Sequence[Panel]) -> list[list[Sequence[Panel]]]:
    """The ways to cut a sequence into parts."""
    if not panels:
        return [[]]
    return [[panels[:at], *rest] for at in range(1, len(panels) + 1) for rest in _cuts(panels[at:])]
