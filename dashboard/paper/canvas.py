"""The printed surface: what the layers draw becomes vector shapes and real text on a page."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from dashboard.paper.basemap import draw_ground, fill_shapes, on_page, to_page
from dashboard.paper.ink import HAIRLINE, Ink, box_path
from dashboard.paper.placement import LabelBox, Placement, overlaps
from dashboard.paper.projection import Array, Box, Frame
from dashboard.scene.canvas import GLYPH_PX, PIP_PX, Legend, Pick, Point, Stroke
from dashboard.scene.theme import Palette
from geodata.language.language import ENGLISH, Language
from geodata.places.boundaries import BUNDLED

PT_PER_PX = 0.75
GLYPH_SHARE = 0.6  # of a glyph's type size that is its shape
MIN_TEXT_PT = 6.5
LEADING = 1.18
FULL_WIDTH_PT, TWO_SCRIPTS_PT = 520.0, 300.0  # maps narrower than this have smaller marks, one name a place
DISC_COST, RING_COST = 12.0, 3.0


@dataclass(frozen=True, slots=True)
class _Label:
    at: tuple[float, float]  # on the page
    ground: Point
    lines: tuple[str, ...]
    role: str


@dataclass(slots=True)
class Print:
    """A `Canvas` on paper: draws its base map at once, the layers as they come, and the labels with `finish`.

    `type_scale` is the page's (1 on A4): marks and labels grow with it; on a small map the marks shrink. `focus` are
    the countries whose land stands out (ISO 3166-1 alpha-2); all are named in `language`. Afterwards `entries` is
    the legend, `left_out` the labels for which there was no room, `beyond` the ids of events with a mark beyond the
    frame and `leaders` the lines from marks to labels that stand farther off. `reservable` are the boxes that
    `reserve` may give; None for any.
    """

    ink: Ink
    palette: Palette
    frame: Frame
    type_scale: float = 1.0
    focus: Collection[str] = ()
    language: Language = ENGLISH
    entries: list[Legend] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    beyond: dict[str, None] = field(default_factory=dict)
    leaders: list[Array] = field(default_factory=list)
    reservable: Collection[Box] | None = None
    placement: Placement = field(init=False)
    countries: list[tuple[str, BaseGeometry]] = field(init=False)  # those whose names `finish` sets
    _labels: list[_Label] = field(default_factory=list)
    _areas: list[BaseGeometry] = field(default_factory=list)
    _event_areas: list[BaseGeometry] = field(default_factory=list)
    _clear: dict[Point, float] = field(default_factory=dict)
    _inner: dict[Point, float] = field(default_factory=dict)
    _seen: bool = False  # whether what was drawn since the last entry of the legend is on the map

    def __post_init__(self) -> None:
        left, bottom, right, top = self.frame.box
        self.placement = Placement((left + 3, bottom + 3, right - 3, top - 3))
        self.ink.clip = self.frame.box
        self.countries = draw_ground(self.ink, self.frame, self.palette, self.focus, self.language)
        self.ink.clip = None

    @property
    def pt(self) -> float:
        """Points to a logical pixel."""
        left, _, right, _ = self.frame.box
        narrow = (right - left) / (FULL_WIDTH_PT * self.type_scale)
        return PT_PER_PX * self.type_scale * min(1.0, max(0.7, narrow))

    def _at(self, at: Point, pick: Pick | None) -> tuple[float, float] | None:
        x, y = (float(v) for v in self.frame.to_page(np.array([at], dtype=float))[0])
        if math.isfinite(x) and self.frame.contains((x, y)):
            self._seen = True
            return x, y
        self.beyond.update(dict.fromkeys(pick.event_ids if pick else ()))
        return None

    def _stroke(self, edge: Stroke) -> Stroke:
        return Stroke(edge.color, max(edge.width * self.pt, HAIRLINE), edge.alpha, edge.dashed)

    def polygon(
        self,
        shape: BaseGeometry,
        fill: str,
        alpha: float,
        edge: Stroke,
        pick: Pick | None,
    ) -> None:
        """A (multi)polygon on the ground with its outline."""
        self.ink.clip = self.frame.box
        drawn = to_page(np.array([shape], dtype=object), self.frame)
        self._seen |= drawn[0] is not None and drawn[0].intersects(shapely.box(*self.frame.box))
        self._areas.append(drawn[0])
        if pick:
            self._event_areas.append(drawn[0])
        fill_shapes(self.ink, drawn, fill, alpha, self._stroke(edge))
        self.ink.clip = None

    def cell(self, shape: BaseGeometry, color: str, pick: Pick) -> None:  # noqa: ARG002 (paper is not clicked)
        """A cell with a thin edge of the page's colour, which parts it from its neighbours."""
        self.polygon(shape, color, 1, Stroke(self.palette.page, 0.5), None)

    def country(self, code: str, color: str) -> None:
        """Light the country's outline."""
        shape = BUNDLED.country_shape(code)
        if shape is not None:
            self.polygon(shape, color, 0.035, Stroke(color, 1.25, alpha=0.7), None)

    def line(self, points: Sequence[Point], stroke: Stroke, pick: Pick | None) -> None:
        """A line on the ground; one that stands for an event gets a halo."""
        parts = on_page(points, self.frame)
        if not parts:
            return
        self._seen |= shapely.MultiLineString(parts).intersects(shapely.box(*self.frame.box))
        edge = self._stroke(stroke)
        self.ink.clip = self.frame.box
        if pick:
            self.ink.line(parts, Stroke(self.palette.page, edge.width + 2 * self.pt, alpha=0.85))
        self.ink.line(parts, edge)
        self.ink.clip = None
        for part in parts:
            self.placement.add_line(part)

    def disc(self, at: Point, diameter: float, fill: str, alpha: float, edge: Stroke | None, pick: Pick | None) -> None:
        """A round mark of `diameter` px; a dashed `edge` means that the number is open-ended."""
        found = self._at(at, pick)
        if not found:
            return
        width = diameter * self.pt
        self.ink.clip = self.frame.box
        self.ink.disc(*found, width, fill, alpha, self._stroke(edge) if edge else None)
        self.ink.clip = None
        self._clear[at] = max(self._clear.get(at, 0.0), width / 2)
        solid = alpha > 0.5
        if solid:
            self._inner[at] = max(self._inner.get(at, 0.0), width)
        self.placement.add_disc(*found, width / 2, DISC_COST if solid else RING_COST)

    def glyph(self, at: Point, glyph: str, color: str, offset: Point, pick: Pick, size: float = GLYPH_PX) -> None:
        """A symbol of `dashboard.theme.GLYPHS`; one that stands for several events carries their number."""
        found = self._at(at, pick)
        if not found:
            return
        x, y = found[0] + offset[0] * self.pt, found[1] - offset[1] * self.pt
        height = size * GLYPH_SHARE * self.pt
        self.ink.glyph(x, y, glyph, color, height, self.palette.page)
        half = 0.62 * height
        self.placement.add_mark((x - half, y - half, x + half, y + half), found)
        reach = math.hypot(*offset) * self.pt + half
        self._clear[at] = max(self._clear.get(at, 0.0), reach)
        if len(pick.event_ids) > 1 and size > PIP_PX:
            text, small = str(len(pick.event_ids)), max(MIN_TEXT_PT, 7 * self.type_scale)
            left, base, halo = x + half * 0.75, y + half * 0.35, self.palette.page
            width = self.ink.text(left, base, text, small, color, bold=True, halo=halo, role="count")
            box = (left, base, left + width, base + small)
            self.placement.add_mark(box, found)
            self._clear[at] = max(self._clear[at], reach + width)

    def arrowhead(self, at: Point, bearing: float, color: str, size: float, pick: Pick) -> None:
        """The tip of a flow; it points along the flow as the projection bends it."""
        found = self._at(at, pick)
        if not found:
            return
        lon, lat = at
        turn, step = math.radians(bearing), 0.05
        back = (
            lon - step * math.sin(turn) / max(math.cos(math.radians(lat)), 0.05),
            lat - step * math.cos(turn),
        )
        x, y = self.frame.to_page(np.array([back]))[0]
        angle = math.degrees(math.atan2(found[0] - x, found[1] - y))
        self.ink.arrowhead(*found, angle, color, size * self.pt, self.palette.page)
        self._clear[at] = max(self._clear.get(at, 0.0), 3.0)
        tip = np.array(found) - size * self.pt / 2 * np.array(
            [math.sin(math.radians(angle)), math.cos(math.radians(angle))]
        )
        self.placement.add_disc(float(tip[0]), float(tip[1]), size * self.pt / 2, DISC_COST)

    def label(self, at: Point, text: str, role: str, pick: Pick | None = None) -> None:
        """Keep a text for `finish`, when everything that it must not cover is drawn."""
        found = self._at(at, pick)
        if found:
            self._labels.append(_Label(found, at, tuple(text.split("\n")), role))

    def legend(self, entry: Legend) -> None:
        """Say what was drawn, where it is on the map; equal entries stand once."""
        # The classes of cells stand under their heading, and what these leave out below them.
        of_cells = ("heading", "cell")
        follows = entry.kind in of_cells and bool(self.entries) and self.entries[-1].kind in of_cells
        if (self._seen or follows) and entry not in self.entries:
            self.entries.append(entry)
        self._seen = False

    def finish(self) -> None:
        """Set the labels: figures first, then tags, the places' names, and countries' names where room is left."""
        # Figures come with the greatest first. Places with the most symbols are first: they have the fewest ways to go.
        places = sorted((each for each in self._labels if each.role == "place"), key=lambda each: -self._room(each))
        for role, put in (("figure", self._figure), ("tag", self._tag)):
            for label in (each for each in self._labels if each.role == role):
                put(label)
        for label in places:
            self._place(label)
        for name, shape in self.countries:
            self._country(name, shape)

    def reserve(self, boxes: Iterable[Box]) -> Box | None:
        """The first of some boxes in which no mark stands; labels keep off it from then on. None where all are full."""
        for box in boxes if self.reservable is None else (box for box in boxes if box in self.reservable):
            area = shapely.box(*box)
            # A country's outline may run under it, what an event's area covers may not.
            hidden = any(shape is not None and area.intersects(shape) for shape in self._event_areas)
            within = any(box[0] <= x <= box[2] and box[1] <= y <= box[3] for x, y in (each.at for each in self._labels))
            if self.placement.free(box) and not hidden and not within:
                self.placement.take(box)
                return box
        return None

    def _figure(self, label: _Label) -> None:
        size, (x, y) = max(MIN_TEXT_PT, 8 * self.type_scale), label.at
        text = self._clean(" ".join(label.lines))
        number, _, measure = text.rpartition(" ")
        for lines in ((text,), (number, measure)):
            width = max(self.ink.lettering.width(line, size, bold=True) for line in lines)
            height = size * LEADING * len(lines)
            if math.hypot(width, height * 0.8) < self._inner.get(label.ground, 0.0) * 0.94:
                box = (x - width / 2, y - height / 2, x + width / 2, y + height / 2)
                if self.placement.crossed(box):
                    break
                for row, line in enumerate(lines):
                    base = y + height / 2 - size * (0.93 + LEADING * row)
                    self.ink.text(x, base, line, size, self.palette.page, bold=True, align="center", role="figure")
                self.placement.take(box)
                return
        self._set(label, [(text, size, True, self.palette.casualties)])

    def _place(self, label: _Label) -> None:
        size = max(MIN_TEXT_PT, 8 * self.type_scale)
        small = max(MIN_TEXT_PT, 7 * self.type_scale)
        rows = [(self._clean(label.lines[0]), size, False, self.palette.ink)]
        left, _, right, _ = self.frame.box
        if right - left > TWO_SCRIPTS_PT * self.type_scale:
            rows += [(self._clean(line), small, False, self.palette.label) for line in label.lines[1:]]
        self._set(label, rows)

    def _room(self, label: _Label) -> float:
        """How far from its place a label must keep, for the marks that stand there."""
        return self._clear.get(label.ground, 2.0)

    def _clean(self, text: str) -> str:
        return " ".join(self.ink.lettering.wrap(text, 1, 40, 1))

    def _set(self, label: _Label, rows: list[tuple[str, float, bool, str]]) -> None:
        measure = self.ink.lettering.width
        width = max(measure(text, size, bold) for text, size, bold, _ in rows)
        height = sum(size * LEADING for _, size, _, _ in rows)
        spot = self.placement.place(label.at, (width + 2, height), self._room(label))
        if spot is None:
            self.left_out.append(rows[0][0])
            return
        self._leader(spot, self.palette.label)
        left, _, right, top = spot.box
        x, _ = label.at
        align = "left" if left >= x else "right" if right <= x else "center"
        where = {"left": left + 1, "right": right - 1, "center": (left + right) / 2}[align]
        for text, size, bold, color in rows:
            top -= size * LEADING
            self.ink.text(
                where, top + 0.25 * size, text, size, color, bold=bold, align=align,
                halo=self.palette.page, role=label.role,
            )  # fmt: skip

    def _leader(self, spot: LabelBox, color: str) -> None:
        if spot.leader is not None:
            self.leaders.append(spot.leader)
            self.ink.line([spot.leader], Stroke(self.palette.page, 4 * HAIRLINE * self.type_scale + 1, alpha=0.8))
            self.ink.line([spot.leader], Stroke(color, 2 * HAIRLINE))

    def _tag(self, label: _Label) -> None:
        size, pad = max(MIN_TEXT_PT, 7.2 * self.type_scale), 3.5 * self.type_scale
        left, bottom, right, top = self.frame.box
        room = min(max(0.46 * (right - left), 135.0), 0.7 * (right - left), 210 * self.type_scale)
        wrap = self.ink.lettering.wrap
        rows = [(line, True) for line in wrap(label.lines[0], size, room, 2, bold=True)]
        rows += [(line, False) for text in label.lines[1:] for line in wrap(text, size, room, 3)]
        most = max(2, int(0.3 * (top - bottom) / (size * LEADING)))
        if len(rows) > most:
            self.left_out += [text for text, _ in rows[most - 1 :]]
            rows = [*rows[: most - 1], ("…", False)]
        width = max(self.ink.lettering.width(text, size, bold) for text, bold in rows) + 2 * pad
        height = size * LEADING * len(rows) + 2 * pad
        spot = self.placement.place_near(label.at, (width, height))
        if spot is None:
            self.left_out += label.lines
            return
        around = next((a for a in self._areas if a is not None and a.intersects(shapely.Point(label.at))), None)
        if around is None or not around.intersects(shapely.box(*spot.box)):
            self._leader(spot, self.palette.accent)
        edge = Stroke(self.palette.accent, 2 * HAIRLINE * self.type_scale)
        self.ink.shape(box_path(spot.box, 2.5 * self.type_scale), self.palette.page, 0.94, edge)
        y = spot.box[3] - pad
        # Flush with the side where reading starts.
        align, x = ("right", spot.box[2] - pad) if self.language.right_to_left else ("left", spot.box[0] + pad)
        for text, bold in rows:
            y -= size * LEADING
            self.ink.text(x, y + 0.25 * size, text, size, self.palette.ink, bold=bold, align=align, role="tag")

    def _country(self, name: str, shape: BaseGeometry) -> None:
        """A country's name in the middle of what is seen of it, where it fits and nothing else is."""
        size = max(MIN_TEXT_PT, 7 * self.type_scale)
        part = max(shapely.get_parts(shape), key=lambda each: float(each.area))
        x, y = shapely.get_coordinates(shapely.point_on_surface(part))[0]
        half = self.ink.lettering.width(name, size) / 2
        box: Box = (x - half - 3, y - size * 0.7, x + half + 3, y + size * 0.7)
        left, _, right, _ = shapely.bounds(part)
        if right - left > 2.2 * half and self.is_free(box):
            self.placement.take(box)
            self.ink.text(
                x,
                y - 0.35 * size,
                name,
                size,
                self.palette.label,
                align="center",
                halo=self.palette.land,
                role="country",
            )

    def is_free(self, box: Box) -> bool:
        """Whether neither mark, line nor text is in a box of the map."""
        return self.placement.free(box) and not bool(
            overlaps(np.array([box]), np.array([words.box for words in self.ink.words]).reshape(-1, 4)).any()
        )
