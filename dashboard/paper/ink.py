"""Ink on a page: shapes and texts in points (1/72 inch, from the lower left) on a matplotlib figure.

The map and everything around it is set through this, so that a symbol in the legend is the symbol on the map.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np
from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Affine2D, Transform

from dashboard.paper.lettering import Face, Lettering
from dashboard.paper.projection import Array, Box
from dashboard.paper.right_to_left import parts
from dashboard.scene.canvas import Stroke

HAIRLINE = 0.25
DASH = (3.2, 2.2)  # in widths of the line
MIRRORED = {"left": "right", "center": "center", "right": "left"}


@dataclass(frozen=True, slots=True)
class Words:
    """A text as it was set: its box on the page in points, its role and its size."""

    text: str
    box: Box
    role: str
    size: float
    face: Face


class Group(Artist):
    """Artists that stand in one group of the SVG, under one id."""

    def __init__(self, gid: str, children: Sequence[Artist]) -> None:
        super().__init__()
        self.set_gid(gid)
        self.children = children

    def draw(self, renderer: RendererBase) -> None:
        """Draw the children between the group's begin and end."""
        renderer.open_group("group", gid=self.get_gid())
        for child in self.children:
            child.draw(renderer)
        renderer.close_group("group")


class Line(Artist):
    """A line of a page that is read from the right: a `whole`, and the `parts` that it is set in for PDF.

    There matplotlib 3.11 shifts what stands beside a mark of direction by a blank.
    """

    def __init__(self, whole: Text, parts: Sequence[Text]) -> None:
        super().__init__()
        self.whole, self.parts = whole, parts

    def draw(self, renderer: RendererBase) -> None:
        """Draw the line as its format wants it."""
        figure = self.get_figure()
        assert figure
        for text in self.parts if figure.canvas.get_default_filetype() == "pdf" else (self.whole,):
            text.draw(renderer)


def polygon_path(rings: Sequence[Array]) -> Path:
    """One path of closed rings, each (n, 2) points with the first repeated at the end, to a hundredth of a point."""
    vertices = np.round(np.concatenate(rings), 2)
    codes = np.full(len(vertices), Path.LINETO, dtype=np.uint8)
    ends = np.cumsum([len(ring) for ring in rings])
    codes[[0, *ends[:-1]]] = Path.MOVETO
    codes[ends - 1] = Path.CLOSEPOLY
    return Path(vertices, codes)


def line_path(lines: Sequence[Array]) -> Path:
    """One path of open lines, each (n, 2) points."""
    vertices = np.round(np.concatenate(lines), 2)
    codes = np.full(len(vertices), Path.LINETO, dtype=np.uint8)
    codes[np.cumsum([0, *(len(line) for line in lines[:-1])])] = Path.MOVETO
    return Path(vertices, codes)


def box_path(box: Box, radius: float = 0.0) -> Path:
    """A rectangle, its corners rounded by `radius`."""
    left, bottom, right, top = box
    if not radius:
        return polygon_path([np.array([(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)])])
    centres = ((right - radius, top - radius, 0), (left + radius, top - radius, 90),
               (left + radius, bottom + radius, 180), (right - radius, bottom + radius, 270))  # fmt: skip
    ring = []
    for x, y, start in centres:
        angles = np.radians(np.linspace(start, start + 90, 7))
        ring.append(np.column_stack([x + radius * np.cos(angles), y + radius * np.sin(angles)]))
    points = np.concatenate(ring)
    return polygon_path([np.vstack([points, points[:1]])])


def glyph_path(glyph: str) -> Path:
    """A symbol of `dashboard.theme.GLYPHS` around (0, 0), about 1 high and of about equal weight to the eye."""
    corners: dict[str, list[tuple[float, float]]] = {
        "■": [(-0.44, -0.44), (0.44, -0.44), (0.44, 0.44), (-0.44, 0.44)],
        "▲": [(-0.56, -0.42), (0.56, -0.42), (0, 0.58)],
        "◆": [(0, -0.6), (0.54, 0), (0, 0.6), (-0.54, 0)],
        "✚": [(-0.18, -0.53), (0.18, -0.53), (0.18, -0.18), (0.53, -0.18), (0.53, 0.18), (0.18, 0.18),
              (0.18, 0.53), (-0.18, 0.53), (-0.18, 0.18), (-0.53, 0.18), (-0.53, -0.18), (-0.18, -0.18)],
    }  # fmt: skip
    if glyph not in corners:
        return Path.circle((0, 0), 0.5)
    return Path([*corners[glyph], corners[glyph][0]], closed=True)


def arrow_path() -> Path:
    """An arrowhead with its tip at (0, 0) that points up, 1 long."""
    return Path([(0, 0), (0.42, -1), (0, -0.78), (-0.42, -1), (0, 0)], closed=True)


@dataclass(slots=True)
class Ink:
    """What is set on one page. Later is above; `words` keeps where each text stands, for the tests and the fit.

    While it is `mirrored`, all that is set is given as if the page were read from the left, and stands as far from its
    right edge instead.
    """

    figure: Figure
    lettering: Lettering
    clip: Box | None = None
    mirrored: bool = False
    words: list[Words] = field(default_factory=list)
    _clips: dict[Box, Path] = field(default_factory=dict)
    _order: int = 0
    _group: list[Artist] | None = None

    @property
    def _points(self) -> Transform:
        points = Affine2D()
        if self.mirrored:
            points.scale(-1, 1).translate(self._width, 0)
        return points.scale(1 / 72) + self.figure.dpi_scale_trans

    @property
    def _width(self) -> float:
        return float(self.figure.get_figwidth()) * 72

    def _add(self, artist: Artist, *within: Artist) -> None:
        for each in (artist, *within):
            each.set_figure(self.figure)
            each.set_transform(self._points)
            if self.clip:
                # The same path object each time: SVG then has one clip path, not one for each shape.
                if self.clip not in self._clips:
                    self._clips[self.clip] = box_path(self.clip)
                each.set_clip_path(self._clips[self.clip], self._points)
        if self._group is not None:
            self._group.append(artist)
            return
        self._order += 1
        artist.set_zorder(self._order)
        self.figure.add_artist(artist)

    def begin(self) -> None:
        """What follows stands in one group, until `end`."""
        self._group = []

    def end(self, gid: str) -> None:
        """Close the group and give it its id."""
        group = Group(gid, self._group or [])
        self._group = None
        self._order += 1
        group.set_zorder(self._order)
        self.figure.add_artist(group)

    def shape(self, path: Path, fill: str | None, alpha: float = 1.0, edge: Stroke | None = None) -> None:
        """A path, filled and outlined; `edge.width` is in points."""
        dashes = (0, DASH) if edge and edge.dashed else "solid"
        self._add(
            PathPatch(
                path,
                facecolor=to_rgba(fill, alpha) if fill else "none",
                edgecolor=to_rgba(edge.color, edge.alpha) if edge else "none",
                linewidth=edge.width if edge else 0,
                linestyle=dashes,
                joinstyle="round",
                capstyle="butt" if edge and edge.dashed else "round",
            )
        )

    def line(self, lines: Sequence[Array], stroke: Stroke) -> None:
        """Open lines of (n, 2) points."""
        self.shape(line_path(lines), None, edge=stroke)

    def disc(self, x: float, y: float, diameter: float, fill: str | None, alpha: float, edge: Stroke | None) -> None:
        """A circle around (x, y)."""
        self.shape(Path.circle((x, y), diameter / 2), fill, alpha, edge)

    def glyph(self, x: float, y: float, glyph: str, color: str, size: float, halo: str) -> None:
        """A category's symbol, `size` high, with a thin halo; the ring "○" is open."""
        path = Affine2D().scale(size).translate(x, y).transform_path(glyph_path(glyph))
        self.shape(path, halo, edge=Stroke(halo, size * 0.3))
        if glyph == "○":
            self.disc(x, y, size * 0.8, halo, 1, Stroke(color, size * 0.2))
        else:
            self.shape(path, color)

    def arrowhead(self, x: float, y: float, turn: float, color: str, size: float, halo: str) -> None:
        """An arrowhead with its tip at (x, y), turned by `turn` degrees clockwise from up."""
        turned = Affine2D().scale(size).rotate(-math.radians(turn)).translate(x, y)
        path = turned.transform_path(arrow_path())
        self.shape(path, halo, edge=Stroke(halo, size * 0.16))
        self.shape(path, color)

    def text(
        self, x: float, y: float, text: str, size: float, color: str, *,
        bold: bool = False, align: str = "left", halo: str = "", role: str = "page",
    ) -> float:  # fmt: skip
        """One line with its baseline at y, from x ("left"), around it ("center") or up to it ("right").

        A halo is drawn behind as outlines, so that the text itself stays text. Returns the width in points.
        """
        if self.mirrored:  # the place, not the letters
            self.mirrored = False
            width = self.text(
                self._width - x, y, text, size, color, bold=bold, align=MIRRORED[align], halo=halo, role=role
            )
            self.mirrored = True
            return width
        width = self.lettering.width(text, size, bold)
        left = x - {"left": 0.0, "center": 0.5, "right": 1.0}[align] * width
        properties = self.lettering.properties(text, size, bold)
        if halo:
            vertices, codes = text_to_path.get_text_path(properties, self.lettering.directed(text), ismath=False)
            outline = np.asarray(vertices).reshape(-1, 2) * size / text_to_path.FONT_SCALE + (left, y)
            self.shape(Path(np.round(outline, 1), codes), halo, edge=Stroke(halo, size * 0.32))
        line = partial(Text, color=color, fontproperties=properties, va="baseline", parse_math=False)
        if self.lettering.right_to_left:
            # Held where it is aligned: the reader's shaping of the letters may differ by a hair from ours.
            whole = line(x, y, self.lettering.directed(text), ha=align)
            within, right = [], left + width
            for part in parts(text):
                right -= self.lettering.width(part, size, bold)
                within.append(line(right, y, part))
            self._add(Line(whole, within), whole, *within)
        else:
            self._add(line(left, y, text))
        self.words.append(
            Words(
                text,
                (left, y - 0.22 * size, left + width, y + 0.78 * size),
                role,
                size,
                self.lettering.face(text, bold),
            )
        )
        return width
