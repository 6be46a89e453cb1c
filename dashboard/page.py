"""The page of a figure: what stands on it and where. Drawing it loads matplotlib and shapely.

The map's extent is that of what the layers draw; the page is shared so that the ground is as large as can be.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from matplotlib.figure import Figure

from dashboard import caption
from dashboard.canvas import Legend, Stroke
from dashboard.furniture import (
    Block,
    Row,
    ScaleBar,
    Type,
    draw_rows,
    draw_scale_bar,
    fit_scale_bar,
    height_of,
    in_columns,
    legend_rows,
    list_rows,
    reserve_scale_bar,
    spaced,
)  # fmt: skip
from dashboard.ink import HAIRLINE, Ink, Words, box_path
from dashboard.layers import draw
from dashboard.lettering import Lettering
from dashboard.measure import Measure
from dashboard.options import PALETTES, FigureOptions
from dashboard.printing import LEADING, Print
from dashboard.projection import (
    MIN_EXTENT_M,
    WHOLE_EARTH,
    Array,
    Box,
    Frame,
    Projection,
    extent_of,
    outline,
    projection_for,
)
from dashboard.scene import Scene
from dashboard.theme import Palette
from geodata.dates import say_day


@dataclass(frozen=True, slots=True)
class Report:
    """A composed page, ready to render: matplotlib's `figure` and what it says.

    `words` are all texts with their boxes in points from the lower left; `legend` the entries of what was drawn;
    `alt` the alt text; `left_out` the labels for which the map had no room, `beyond` the ids of events with a place
    outside the frame (the page says both).
    """

    figure: Figure
    options: FigureOptions
    title: str
    alt: str
    made_on: date
    frame: Frame
    legend: tuple[Legend, ...]
    scale_bar: ScaleBar | None
    words: tuple[Words, ...]
    left_out: tuple[str, ...]
    beyond: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """What goes on the page, before it has a place."""

    scene: Scene
    options: FigureOptions
    title: str
    made_on: date
    palette: Palette
    extent: Measure
    notes: tuple[str, ...] = ()

    @classmethod
    def of(cls, scene: Scene, options: FigureOptions) -> Page:
        """What a scene and its options put on the page."""
        extent = Measure(PALETTES[options.theme or "light"])
        draw(extent, scene)
        title = options.title or caption.default_title(scene)
        made_on = options.made_on or date.today()
        return cls(scene, options, title, made_on, extent.palette, extent)

    def draw(self) -> Report:
        """Lay the page out and draw it."""
        width, height = self.options.size.points
        ink = Ink(Figure(figsize=(width / 72, height / 72), dpi=72, facecolor=self.palette.page), Lettering())
        canvas, bar = _Layout(self, ink, Type(self.options.size.type_scale), width, height).draw()
        return Report(
            figure=ink.figure, options=self.options, title=self.title, made_on=self.made_on,
            alt=caption.alt_text(self.scene, self.title), frame=canvas.frame,
            legend=tuple(canvas.entries), scale_bar=bar, words=tuple(ink.words), left_out=tuple(canvas.left_out),
            beyond=tuple(canvas.beyond),
        )  # fmt: skip

    @cached_property
    def lonlat(self) -> Array:
        """The points that the map must show, (n, 2) degrees: the frame asked for, what is drawn, or all places."""
        chosen = self.options.frame or self.scene.result.where.bbox
        if chosen:
            west, south, east, north = chosen
            return outline((west, south, east if east > west else east + 360, north), 24)
        if self.extent.points:
            return np.concatenate(self.extent.points)
        places = [place.point for place in self.scene.store.places.values() if place.point]
        return np.array(places, dtype=float) if places else outline(WHOLE_EARTH, 24)

    @cached_property
    def projection(self) -> Projection:
        """The projection for what is shown."""
        return projection_for(extent_of(self.lonlat))

    @cached_property
    def aspect(self) -> float:
        """Width by height of what the map must show."""
        plane = self.projection.forward(self.lonlat)
        plane = plane[np.isfinite(plane).all(axis=1)]
        spans = np.maximum(plane.max(axis=0) - plane.min(axis=0), MIN_EXTENT_M)
        return float(spans[0] / spans[1])

    def focus(self) -> set[str]:
        """The countries where the shown events are; the origin of a flow is elsewhere."""
        sites = (site for e in self.scene.result.events for site in e.sites if site.role != "origin")
        return {self.scene.store.places[site.place_id].country for site in sites} | set(self.scene.country_wide)


@dataclass(slots=True)
class _Layout:
    """Places the parts of a page: header, map with legend and list beside or below it, footer."""

    page: Page
    ink: Ink
    type: Type
    width: float
    height: float

    @property
    def margin(self) -> float:
        return min(26 * max(self.type.scale, 1), max(10.0, 0.036 * min(self.width, self.height)))

    def draw(self) -> tuple[Print, ScaleBar | None]:
        top, bottom = self._header(), self._footer()
        plans = [self._below(bottom, top)]
        if self.width >= 1.15 * self.height:
            plans.insert(0, self._beside(bottom, top))
        # Of the two ways to share the page, the one that shows the ground larger.
        frame, blocks = max(((self._frame(box), blocks) for box, blocks in plans), key=lambda plan: plan[0].scale)
        for block in blocks:
            draw_rows(self.ink, block, self.type.text, self.page.palette)
        return self._map(frame)

    def _beside(self, bottom: float, top: float) -> tuple[Box, list[Block]]:
        """The map at the left, legend and list at its right."""
        left, right = self.margin, self.width - self.margin
        panel = min(max(118.0, 0.245 * (right - left)), 215 * self.type.scale)
        size = self.type.text
        legend = self._legend(panel, 0.7 * (top - bottom))
        at = top - height_of(legend, size) - size
        listed = self._list(panel, at - bottom)
        box = (left, bottom, right - panel - 0.75 * self.margin, top)
        return box, [Block(legend, right - panel, top), Block(listed, right - panel, at)]

    def _below(self, bottom: float, top: float) -> tuple[Box, list[Block]]:
        """The map over the whole width, legend and list under it in as many columns as there is width for."""
        left, right = self.margin, self.width - self.margin
        size, gap = self.type.text, 2 * self.type.text
        count = max(1, int((right - left) / (29 * size)))
        width = (right - left - (count - 1) * gap) / count
        # A wide extent needs no high map: what is left over is for the words.
        wanted = (right - left) / self.page.aspect + 44 * self.type.scale
        room = (top - bottom) - min(max(wanted, 0.45 * (top - bottom)), 0.74 * (top - bottom))
        legend = self._legend(width, 0.5 * count * (top - bottom))
        used = height_of(legend, size)
        if count == 1:
            listed = self._list(width, max(room, 0.5 * (top - bottom)) - used - size)
            columns = [[*legend, *spaced(listed, size if legend else 0)]]
        else:
            cap = max(room, 0.36 * (top - bottom))
            shares = range(1, count) if legend else (0,)
            columns = min(
                (self._columns(legend, width, share, count, cap) for share in shares), key=lambda tried: tried[0]
            )[1]
        height = max((height_of(column, size) for column in columns), default=0.0)
        blocks = [Block(rows, left + n * (width + gap), bottom + height) for n, rows in enumerate(columns)]
        return (left, bottom + height + 0.7 * self.margin, right, top), blocks

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
        entries, size = self.page.extent.entries, self.type.text
        kept = len(entries)
        rows = legend_rows(self.ink, entries, size, width)
        while kept and height_of(rows, size) > room:
            kept -= 1
            more = Row(f"and {len(entries) - kept} more", muted=True, space=0.28 * size)
            rows = [*legend_rows(self.ink, entries[:kept], size, width), more]
        return rows

    def _list(self, width: float, room: float) -> list[Row]:
        scene, size = self.page.scene, self.type.text
        events = scene.off_map()
        if not events:
            return []
        heading = f"Not on the map: {len(events)} {'event' if len(events) == 1 else 'events'} without a point"
        items = [caption.say_off_map(event) for event in events]
        most = max(2, int(room / (LEADING * size)))
        rows = list_rows(self.ink, heading, items, size, width, most)
        while height_of(rows, size) > room and most > 2:
            most -= 1
            rows = list_rows(self.ink, heading, items, size, width, most)
        return rows

    def _header(self) -> float:
        ink, palette, size = self.ink, self.page.palette, self.type.title
        left, width, y = self.margin, self.width - 2 * self.margin, self.height - self.margin
        for line in ink.lettering.balance(self.page.title, size, width, 3):
            y -= size * 1.14
            ink.text(left, y + 0.28 * size, line, size, palette.ink, bold=True, role="title")
        lead, scene = self.type.lead, self.page.scene
        lines = ink.lettering.wrap(caption.say_shown(scene), lead, width, 4)
        lines += ink.lettering.wrap(caption.say_hidden(scene), lead, width, 2)
        y -= 0.15 * lead
        for line in lines:
            y -= lead * 1.25
            ink.text(left, y + 0.28 * lead, line, lead, palette.muted, role="lead")
        return y - 0.8 * lead

    def _footer(self) -> float:
        ink, size, scene = self.ink, self.type.note, self.page.scene
        width = self.width - 2 * self.margin
        wrap = ink.lettering.wrap
        most = next((n for n in range(8, 1, -1) if len(wrap(caption.say_sources(scene, n), size, width, 9)) <= 3), 1)
        facts = caption.joined(
            (
                f"Projection: {self.page.projection.name}",
                f"Data version {scene.store.version}",
                f"Made on {say_day(self.page.made_on)}",
            )
        )
        texts = [(text, 2) for text in self.page.notes]
        texts += [(caption.say_sources(scene, most), 3), (f"{facts}. {caption.LICENCES}", 4)]
        lines = [line for text, rows in texts for line in wrap(text, size, width, rows)]
        y = self.margin + (len(lines) - 1) * size * 1.25
        top = y + 1.9 * size
        for line in lines:
            ink.text(self.margin, y, line, size, self.page.palette.muted, role="note")
            y -= size * 1.25
        return top

    def _frame(self, box: Box) -> Frame:
        scale = 0.0 if self.page.options.frame else self.type.scale
        return Frame.fit(self.page.projection, self.page.lonlat, box, (34 * scale, 22 * scale))

    def _map(self, frame: Frame) -> tuple[Print, ScaleBar | None]:
        page, size = self.page, self.type.text
        canvas = Print(self.ink, page.palette, frame, self.type.scale, page.focus())
        bar = fit_scale_bar(frame, size)
        draw(canvas, page.scene)
        if bar:
            reserve_scale_bar(canvas, bar, size)
        if not page.scene.result.events:
            self._nothing(frame.box)
        canvas.finish()
        if bar:
            draw_scale_bar(self.ink, bar, size, page.palette)
        self.ink.shape(box_path(frame.box), None, edge=Stroke(page.palette.border, 2 * HAIRLINE))
        return canvas, bar

    def _nothing(self, box: Box) -> None:
        size, palette = 1.5 * self.type.lead, self.page.palette
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        self.ink.text(
            x,
            y,
            "No events match",
            size,
            palette.ink,
            bold=True,
            align="center",
            halo=palette.page,
            role="empty",
        )
