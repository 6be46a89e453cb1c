"""Small multiples: the figures of a series as small maps of one extent and scale on one page.

The page is that of the whole choice (title, legend, list, footer); a grid of maps stands where its map would be.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from dashboard.layers import draw
from dashboard.panels.base import Panel
from dashboard.paper.canvas import FULL_WIDTH_PT, LEADING, Print
from dashboard.paper.ink import HAIRLINE, box_path
from dashboard.paper.projection import Box, Frame
from dashboard.paper.scale_bar import draw_scale_bar, fit_scale_bar
from dashboard.report import caption
from dashboard.report.contents import Contents, Drawing, Layout
from dashboard.report.shared import SharedRoom
from dashboard.scene.canvas import Legend, Pick, Point, Stroke
from dashboard.scene.scene import Scene
from geodata.errors import ChoiceError
from geodata.language.language import Language
from geodata.phrases import phrase, phrases

MIN_WIDTH_PT, MIN_HEIGHT_PT = 84.0, 52.0  # of a small map, times the page's type scale where that is above 1
ABOUT = {
    "day": phrase("{count} small maps of one scale, one for each day."),
    "week": phrase("{count} small maps of one scale, one for each week."),
    "category": phrase("{count} small maps of one scale, one for each category."),
    "place": phrase("{count} small maps of one scale, one for each place."),
}
# Only of days can it be uncertain to which an event belongs.
UNCERTAIN = {
    "day": phrases(
        "On none of the maps: {count} event that lies in no one day for certain.",
        "On none of the maps: {count} events that lie in no one day for certain.",
    ),
    "week": phrases(
        "On none of the maps: {count} event that lies in no one week for certain.",
        "On none of the maps: {count} events that lie in no one week for certain.",
    ),
}
TAGS_FROM_PT = 280.0  # the side of an average map from which there is room for the tags of countries


@dataclass(frozen=True)
class Sheet(Contents):
    """A page with a small map for each of `parts` (its heading and what is drawn); `each` is what they are."""

    each: str = ""
    parts: tuple[tuple[str, Scene], ...] = ()

    @classmethod
    def bind(cls, whole: Contents, each: str, headings: Sequence[str], pages: Sequence[Contents]) -> Sheet:
        """The page of `whole` with a small map of each of `pages` under its heading."""
        parts = tuple((text[:1].upper() + text[1:], page.scene) for text, page in zip(headings, pages, strict=True))
        sheet = cls(
            whole.scene, whole.options, whole.title, whole.made_on, whole.palette, whole.extent, each=each, parts=parts
        )
        drawn = [entry for page in pages for entry in page.extent.entries if sheet.tags or entry.kind != "tag"]
        entries = [*(entry for entry in whole.extent.entries if entry in drawn), *drawn]
        return replace(sheet, extent=replace(whole.extent, entries=list(dict.fromkeys(entries))))

    def alt_text(self, panels: Sequence[str] = ()) -> str:
        """The alt text of the whole choice, begun with what the page is."""
        about = self.language.say(ABOUT[self.each], count=len(self.parts))
        return caption.shortened(f"{about} {super().alt_text(panels)}")

    @property
    def tags(self) -> bool:
        """Whether the maps are large enough for the tags of countries; the list under the map has their events."""
        scale = self.options.size.type_scale
        return math.sqrt(math.prod(self.options.size.points) / len(self.parts)) >= TAGS_FROM_PT * scale

    @cached_property
    def aspect(self) -> float:
        """Width by height of what the maps must show: a grid can use all the height there is."""
        return 0.01

    def layout(self) -> SheetLayout:
        """The page with nothing on it yet."""
        plain = super().layout()
        return SheetLayout(self, plain.ink, plain.type, plain.width, plain.height)


@dataclass(frozen=True, slots=True)
class Grid:
    """The places of the small maps: the first one's `frame`, how many stand in a row, and from one to the next.

    From each to the next `across` leads right, or left where they are read so.
    """

    frame: Frame
    columns: int
    across: float
    down: float
    heading_rows: int
    bottom: float

    def frame_of(self, number: int) -> Frame:
        """The frame of a map, counted from 0."""
        row, column = divmod(number, self.columns)
        left, bottom, right, top = self.frame.box
        x, y = column * self.across, row * self.down
        return replace(self.frame, box=(left + x, bottom - y, right + x, top - y))


class SmallPrint(Print):
    """The print canvas of a small map: country-wide events light their country but get no tag; the list names them."""

    __slots__ = ()

    def label(self, at: Point, text: str, role: str, pick: Pick | None = None) -> None:
        """Keep a text that is no tag; of a place's names the first."""
        if role != "tag":
            super().label(at, text.split("\n", maxsplit=1)[0], role, pick)

    def legend(self, entry: Legend) -> None:
        """Say what was drawn; no tag was."""
        if entry.kind != "tag":
            super().legend(entry)


@dataclass(slots=True)
class SheetLayout(Layout):
    """Places the parts of a page of small maps."""

    page: Sheet

    def frame(self, box: Box) -> Frame:
        """The window of the first map, of the grid in `box`; of no scale where there is no room for all maps."""
        grid = self.grid(box, len(self.page.parts))
        return grid.frame if grid else Frame(self.page.projection, box, 0.0, (0.0, 0.0))

    def footer(self, notes: tuple[str, ...] = (), room: SharedRoom | None = None) -> list[str]:
        """The lines at the foot, and how many events are on no map: a choice of certain dates may leave some out."""
        kept = {event.event_id for _, scene in self.page.parts for event in scene.result.events}
        left = sum(event.event_id not in kept for event in self.page.scene.result.events)
        if left:
            notes = (*notes, self.page.language.count(*UNCERTAIN[self.page.each], left))
        return Layout.footer(self, notes, room)  # a class with slots is made anew, and super() means the first one

    def map(self, box: Box, panels: tuple[Panel, ...]) -> Drawing:
        """Draw the maps into a grid, and the scale bar of all under it; ChoiceError where they find no room."""
        page, size = self.page, self.type.text
        grid = self.grid(self.on_page(box), len(page.parts))
        if grid is None:
            raise self._too_many(box)
        maps = [self._small(*part, grid, number) for number, part in enumerate(page.parts)]
        first = maps[0]
        first.entries = list(dict.fromkeys(entry for each in maps for entry in each.entries))
        first.left_out = list(dict.fromkeys(label for each in maps for label in each.left_out))
        first.beyond = dict.fromkeys(event_id for each in maps for event_id in each.beyond)
        first.leaders = [leader for each in maps for leader in each.leaders]
        bar = fit_scale_bar(grid.frame, size, page.language, below=grid.bottom)
        if bar:
            if page.language.right_to_left:
                end = bar.right + 0.6 * size + self.ink.lettering.width(bar.label, size)
                shift = grid.frame.box[2] - end
                bar = replace(bar, left=bar.left + shift, right=bar.right + shift)
            draw_scale_bar(self.ink, bar, size, page.palette)
        return Drawing(first, bar, panels, None, None)

    def grid(self, box: Box, count: int) -> Grid | None:
        """The grid of `count` maps in a box that shows the ground largest; None where they would be too small."""
        found = [grid for columns in range(1, count + 1) if (grid := self._grid(box, count, columns))]
        return max(found, key=lambda grid: grid.frame.scale, default=None)

    def _grid(self, box: Box, count: int, columns: int) -> Grid | None:
        left, bottom, right, top = box
        size, gap = self.type.text, 1.1 * self.type.text
        width = (right - left - (columns - 1) * gap) / columns
        rows = 1 if self._widest + 1.5 * size <= width else 2
        heading = (rows * LEADING + 0.3) * size
        down = (top - bottom - 2.2 * size + gap) / math.ceil(count / columns)
        height = down - gap - heading
        least = max(1.0, self.type.scale)
        if width < MIN_WIDTH_PT * least or height < MIN_HEIGHT_PT * least:
            return None
        from_right = self.page.language.right_to_left
        start, across = (right - width, -width - gap) if from_right else (left, width + gap)
        first: Box = (start, top - heading - height, start + width, top - heading)
        pad = 0.0 if self.page.options.frame else 0.07 * min(width, height)
        (x, y), (wide, high) = self.page.spread
        scale = float(min((width - 3.2 * pad) / wide, (height - 2 * pad) / high))
        frame = Frame(self.page.projection, first, scale, (float(x), float(y)))
        return Grid(frame, columns, across, down, rows, bottom)

    @property
    def _widest(self) -> float:
        """The width of the longest heading with its count on one line."""
        measure, size = self.ink.lettering.width, self.type.text
        return max(
            measure(title, size, bold=True) + measure(_count(scene, self.page.language), size)
            for title, scene in self.page.parts
        )

    def _small(self, title: str, scene: Scene, grid: Grid, number: int) -> Print:
        size, palette, ink, frame = self.type.text, self.page.palette, self.ink, grid.frame_of(number)
        left, _, right, top = frame.box
        base = top + (LEADING * (grid.heading_rows - 1) + 0.55) * size
        # What is empty stands back.
        color = palette.ink if scene.result.count else palette.muted
        start, end = (("left", left), ("right", right))[:: -1 if self.page.language.right_to_left else 1]
        title = ink.lettering.fit(title, size, right - left, bold=True)
        ink.text(start[1], base, title, size, color, bold=True, align=start[0], role="heading")
        count = ink.lettering.fit(_count(scene, self.page.language), size, right - left)
        align, x = end if grid.heading_rows == 1 else start
        ink.text(x, top + 0.55 * size, count, size, palette.muted, align=align, role="heading")
        # Marks shrink with the maps, on all alike: their areas can be compared.
        share = min(1.0, max(0.88, (right - left) / (FULL_WIDTH_PT * self.type.scale)))
        kind = Print if self.page.tags else SmallPrint
        canvas = kind(ink, palette, frame, self.type.scale * share, self.page.focus(), self.page.language)
        draw(canvas, scene)
        if number and not self.page.tags:
            canvas.countries.clear()  # the first map names them
        canvas.finish()
        ink.shape(box_path(frame.box), None, edge=Stroke(palette.border, 2 * HAIRLINE))
        return canvas

    def _too_many(self, box: Box) -> ChoiceError:
        count = len(self.page.parts)
        fits = next((n for n in range(count, 0, -1) if self.grid(box, n)), 0)
        advice = {"day": "a map for each week, a larger size", "place": "fewer places, a larger size"}
        return ChoiceError(
            "arrange",
            f"{count} maps, one for each {self.page.each}, find no room on a page of this size (expected at most "
            f"{fits}): choose {advice.get(self.page.each, 'a larger size')} or a file for each.",
        )


def _count(scene: Scene, language: Language) -> str:
    events, off = scene.result.count, scene.off_map_first(1)[0]
    if not events:
        return language.say("no events")
    said = [language.count("{count} event", "{count} events", events)]
    if off:
        said.append(language.count("{count} not on the map", "{count} not on the map", off))
    return language.listed(said)
