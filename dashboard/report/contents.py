"""The page of a figure: what stands on it and where. Drawing it loads matplotlib and shapely.

The map's extent is that of what the layers draw; the page is shared so that the ground is as large as can be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import combinations

import numpy as np
from matplotlib.figure import Figure

from dashboard.choice.options import FigureOptions
from dashboard.layers import draw
from dashboard.panels import PANELS
from dashboard.panels.base import Panel
from dashboard.paper.blocks import Type, draw_rows
from dashboard.paper.canvas import Print
from dashboard.paper.graticule import draw_degrees
from dashboard.paper.ink import HAIRLINE, Ink, Words, box_path
from dashboard.paper.inset import draw_inset, draw_north, fit_inset, fit_north
from dashboard.paper.lettering import Lettering
from dashboard.paper.projection import (
    WHOLE_EARTH,
    Array,
    Box,
    Frame,
    Projection,
    extent_of,
    outline,
    projection_for,
    spread,
)
from dashboard.paper.scale_bar import ScaleBar, draw_scale_bar, fit_scale_bar, reserve_scale_bar
from dashboard.report import caption
from dashboard.report.plan import LEAST_SCALES, Plan, Sharing
from dashboard.report.shared import Shared, SharedRoom
from dashboard.scene.canvas import Legend, Stroke
from dashboard.scene.extent import Extent
from dashboard.scene.scene import Scene
from dashboard.scene.theme import PALETTES, Palette
from geodata.errors import ChoiceError
from geodata.language.language import Language

LEAST_MAP_PT = 8.0


@dataclass(frozen=True, slots=True)
class Report:
    """A composed page, ready to render: matplotlib's `figure` and what it says.

    `words` are all texts with their boxes in points from the lower left; `legend` the entries of what was drawn;
    `alt` the alt text; `left_out` the labels for which the map had no room, `beyond` the ids of events with a place
    outside the frame (the page says both); `leaders` the lines to labels that stand off their marks; `panels` those
    for which the page had room; `locator` the frame of the small map that shows where the large one lies and `north`
    the box of the north arrow, where there is one.
    """

    figure: Figure
    options: FigureOptions
    palette: Palette
    language: Language
    title: str
    alt: str
    made_on: date
    frame: Frame
    legend: tuple[Legend, ...]
    scale_bar: ScaleBar | None
    words: tuple[Words, ...]
    left_out: tuple[str, ...]
    beyond: tuple[str, ...]
    leaders: tuple[Array, ...] = ()
    panels: tuple[str, ...] = ()
    locator: Frame | None = None
    north: Box | None = None


@dataclass(frozen=True)
class Contents:
    """What goes on the page, before it has a place. Of its options' panels only those of `panels` are tried."""

    scene: Scene
    options: FigureOptions
    title: str
    made_on: date
    palette: Palette
    extent: Extent
    notes: tuple[str, ...] = ()
    shared: Shared | None = None
    panels: tuple[str, ...] = field(default_factory=lambda: tuple(PANELS))

    @classmethod
    def of(cls, scene: Scene, options: FigureOptions, theme: str) -> Contents:
        """What a scene and its options put on the page, in the colours of a theme of `PALETTES`."""
        extent = Extent(PALETTES[theme])
        draw(extent, scene)
        title = options.title or caption.default_title(scene)
        made_on = options.made_on or date.today()
        return cls(scene, options, title, made_on, extent.palette, extent)

    @property
    def language(self) -> Language:
        """The language of all that is not from the data."""
        return self.scene.language

    def draw(self) -> Report:
        """Lay the page out and draw it."""
        layout = self.layout()
        drawn, ink = layout.draw(), layout.ink
        canvas = drawn.canvas
        return Report(
            figure=ink.figure, options=self.options, palette=self.palette, language=self.language, title=self.title,
            made_on=self.made_on, alt=self.alt_text([panel.say() for panel in drawn.panels]), frame=canvas.frame,
            legend=tuple(canvas.entries), scale_bar=drawn.bar, words=tuple(ink.words),
            left_out=tuple(canvas.left_out), beyond=tuple(canvas.beyond),
            leaders=tuple(canvas.leaders), panels=tuple(panel.role for panel in drawn.panels),
            locator=drawn.locator, north=drawn.north,
        )  # fmt: skip

    def alt_text(self, panels: Sequence[str] = ()) -> str:
        """What the figure shows, for those who cannot see it; `panels` say what is beside the map."""
        return caption.alt_text(self.scene, self.title, panels)

    def layout(self) -> Layout:
        """The page with nothing on it yet."""
        width, height = self.options.size.points
        figure = Figure(figsize=(width / 72, height / 72), dpi=72, facecolor=self.palette.page)
        ink = Ink(figure, Lettering(self.language.right_to_left))
        return Layout(self, ink, Type(self.options.size.type_scale), width, height)

    @cached_property
    def lonlat(self) -> Array:
        """The points that the map must show, (n, 2) degrees: the frame asked for, what is drawn, or all places."""
        if self.shared:
            return self.shared.lonlat
        chosen = self.options.frame or self.scene.result.where.frame
        if chosen:
            west, south, east, north = chosen
            return outline((west, south, east if east >= west else east + 360, north), 24)
        if self.extent.points:
            return np.concatenate(self.extent.points)
        places = [place.point for place in self.scene.store.places if place.point]
        return np.array(places, dtype=float) if places else outline(WHOLE_EARTH, 24)

    @cached_property
    def projection(self) -> Projection:
        """The projection for what is shown."""
        return projection_for(extent_of(self.lonlat), self.language)

    @cached_property
    def spread(self) -> tuple[Array, Array]:
        """The middle, and the width and height, of what the map must show, in metres of the projection."""
        return spread(self.projection, self.lonlat)

    @cached_property
    def aspect(self) -> float:
        """Width by height of what the map must show."""
        across, up = self.spread[1]
        return float(across / up)

    def focus(self) -> set[str]:
        """The countries where the shown events are; the origin of a flow is elsewhere."""
        if self.shared:
            return set(self.shared.focus)
        sites = (site for e in self.scene.result.events for site in e.sites if site.role != "origin")
        return {self.scene.result.places[site.place_id].country for site in sites} | set(self.scene.country_wide)


@dataclass(frozen=True, slots=True)
class Drawing:
    """What stands on a page: the map, its scale bar, its panels, its locator's frame and its north arrow's box."""

    canvas: Print
    bar: ScaleBar | None
    panels: tuple[Panel, ...]
    locator: Frame | None
    north: Box | None


@dataclass(slots=True)
class Layout:
    """Places the parts of a page: header, map with legend, list and panels beside or below it, footer.

    All is reckoned as on a page that is read from the left; `Ink` mirrors what stands around the map where it is not.
    """

    page: Contents
    ink: Ink
    type: Type
    width: float
    height: float

    @property
    def margin(self) -> float:
        """Around the page, in points."""
        return min(26 * max(self.type.scale, 1), max(10.0, 0.036 * min(self.width, self.height)))

    def draw(self) -> Drawing:
        """Set everything; ChoiceError where the words leave no room for the map."""
        self.ink.mirrored = self.page.language.right_to_left
        page, shared = self.page, self.page.shared
        room = shared.room if shared else None
        lines, kept, plan = self.plan(self.header(), room)
        assert plan  # without panels there always is one
        if shared and shared.box:
            plan = shared.fit(plan)
        if plan.box[3] - plan.box[1] < LEAST_MAP_PT:
            raise ChoiceError("size", "No room is left for the map beside its words: choose a larger size.")
        for block in plan.blocks:
            draw_rows(self.ink, block, self.type.text, page.palette)
        for panel, box in plan.panels:
            panel.draw(box)
        for number, line in enumerate(lines, 1):
            y = self.margin + (len(lines) - number) * self.type.note * 1.25
            if line:
                self.ink.text(self.margin, y, line, self.type.note, page.palette.muted, role="note")
        self.ink.mirrored = False
        return self.map(plan.box, kept)

    def plan(self, top: float, room: SharedRoom | None) -> tuple[list[str], tuple[Panel, ...], Plan | None]:
        """How the page is shared below a header that ends at `top`: the footer's lines, the panels kept, the plan.

        In the `room` of a series there may be no plan.
        """
        page, beside = self.page, room.beside if room else None
        wanted = tuple(name for name in PANELS if name in page.options.panels)
        kinds = [PANELS[name].load() for name in wanted if name in page.panels]
        panels = [kind(page.scene, self.ink, self.type, page.palette) for kind in kinds
                  if not (kind.of_events and page.scene.counts_alone)]  # fmt: skip
        sharing = Sharing(
            page.scene, self.ink, self.type, page.extent.entries, self.width, self.height, self.margin, page.aspect,
            lambda box: self.frame(box).scale,
        )  # fmt: skip
        # As many panels as leave the ground large; where that is none, at least one on a smaller map.
        choices = [(kept, least) for least in LEAST_SCALES for n in range(len(panels), 0, -1)
                   for kept in combinations(panels, n)]  # fmt: skip
        for kept, least in [*choices, ((), 0.0)]:
            missing = tuple(name for name in wanted if name not in {panel.role for panel in kept})
            lines = self.footer((self._no_room(missing),) if missing else (), room)
            bottom = room.bottom if room else self.footer_height(len(lines))
            plan = sharing.best(kept, bottom, room.top if room else top, least, beside)
            if plan:
                break
        return lines, kept, plan

    def _no_room(self, names: Sequence[str]) -> str:
        language = self.page.language
        missing = language.listed(language.say(PANELS[name].name) for name in names)
        return language.say("No room on this page: {panels}.", panels=missing)

    def header(self) -> float:
        """Set the title and what is shown; the height at which they end."""
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

    def footer(self, notes: tuple[str, ...] = (), room: SharedRoom | None = None) -> list[str]:
        """The lines at the foot: notes, sources, whose data it is, projection, version, date, licences.

        In a series they are cut to the rows there are: first the sources, then the notes.
        """
        for most in ((2, 3), (2, 2), (1, 2), (1, 1)):
            lines = self._footer(notes, *most)
            if not room or len(lines) <= room.rows:
                break
        return lines

    def footer_height(self, rows: int) -> float:
        """The height at which a footer of so many lines ends."""
        return self.margin + (rows - 1) * self.type.note * 1.25 + 1.9 * self.type.note

    def _footer(self, notes: tuple[str, ...], of_note: int, of_sources: int) -> list[str]:
        size, scene, width = self.type.note, self.page.scene, self.width - 2 * self.margin
        wrap, say = self.ink.lettering.wrap, self.page.language.say
        fits = (n for n in range(8, 1, -1) if len(wrap(caption.say_sources(scene, n), size, width, 9)) <= of_sources)
        facts = caption.joined(
            (
                say("Projection: {name}", name=self.page.projection.name),
                say("Data version {version}", version=scene.store.version),
                say("Made on {day}", day=self.page.language.day(self.page.made_on)),
            )
        )
        texts = [(text, of_note) for text in (*self.page.notes, *notes)]
        texts += [
            (caption.say_sources(scene, next(fits, 1)), of_sources),
            *((named, 7) for named in (caption.say_credits(scene),) if named),
            (f"{self.page.language.sentences([facts])} {say(caption.LICENCES)}", 7),
        ]
        return [line for text, rows in texts for line in wrap(text, size, width, rows) or [""]]

    def frame(self, box: Box) -> Frame:
        """The window of the map in a box of the page."""
        scale = 0.0 if self.page.options.frame else self.type.scale
        return Frame.fit(self.page.projection, self.page.lonlat, self.on_page(box), (34 * scale, 22 * scale))

    def on_page(self, box: Box) -> Box:
        """Where a box stands on the page, which is mirrored where it is read from the right."""
        left, bottom, right, top = box
        mirrored = self.page.language.right_to_left
        return (self.width - right, bottom, self.width - left, top) if mirrored else box

    def map(self, box: Box, panels: tuple[Panel, ...]) -> Drawing:
        """Draw the map into its box."""
        page, size, frame = self.page, self.type.text, self.frame(box)
        canvas = Print(self.ink, page.palette, frame, self.type.scale, page.focus(), page.language)
        canvas.reservable = page.shared.reserved if page.shared else None
        bar = fit_scale_bar(frame, size, page.language)
        draw(canvas, page.scene)
        if bar:
            reserve_scale_bar(canvas, bar, size)
        locator, north = fit_inset(canvas), fit_north(canvas, bar)
        if not page.scene.result.count:
            self._nothing(frame.box)
        canvas.finish()
        draw_degrees(canvas)
        if bar:
            draw_scale_bar(self.ink, bar, size, page.palette)
        if north:
            draw_north(canvas, north)
        if locator:
            draw_inset(canvas, locator)
        self.ink.shape(box_path(frame.box), None, edge=Stroke(page.palette.border, 2 * HAIRLINE))
        return Drawing(canvas, bar, panels, locator.frame if locator else None, north)

    def _nothing(self, box: Box) -> None:
        palette = self.page.palette
        # Among the figures of a series an empty one is an answer like the others.
        alone = self.page.shared is None
        size, color = (1.5 * self.type.lead, palette.ink) if alone else (1.1 * self.type.lead, palette.muted)
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        words = self.page.language.say("No events match")
        self.ink.text(x, y, words, size, color, bold=alone, align="center", halo=palette.page, role="empty")
