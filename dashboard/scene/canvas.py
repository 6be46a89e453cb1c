"""What a layer draws with. The layers speak to a `Canvas`: the browser's, the printed one, and one that only measures.

Positions are (lon, lat) in degrees, EPSG:4326. Sizes are logical pixels of 1/96 inch: the screen's own, and
0.75 points on paper. Nothing here is a claim about size on the ground, but `polygon` and `line`, which are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from shapely.geometry.base import BaseGeometry

from dashboard.scene.theme import Palette

Point = tuple[float, float]
GLYPH_PX, PIP_PX = 17.0, 9.0  # of a symbol, and of one under it that tells of another category


@dataclass(frozen=True, slots=True)
class Pick:
    """What a mark stands for: the events that a click offers and the plain lines that a hover tells.

    Of a `cell` (an H3 index, or the number of an area, in hexadecimal) the events are asked for when it is clicked.
    """

    event_ids: tuple[str, ...]
    hover: tuple[str, ...]
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line: colour, width in px, opacity 0-1, dashed or not."""

    color: str
    width: float = 1.0
    alpha: float = 1.0
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Legend:
    """One entry of the legend: what was drawn, in words. `kind` is glyph, line, arrow, disc, ring, area, tag, cell, or
    heading, which stands above what follows."""

    kind: str
    text: str
    color: str
    glyph: str = ""


class Canvas(Protocol):
    """A surface that layers draw on, in the order of their calls (later is above)."""

    palette: Palette

    def polygon(self, shape: BaseGeometry, fill: str, alpha: float, edge: Stroke, pick: Pick | None) -> None:
        """A (multi)polygon on the ground with its outline."""

    def cell(self, shape: BaseGeometry, color: str, pick: Pick) -> None:
        """A part of the ground; beside it are others."""

    def country(self, code: str, color: str) -> None:
        """Light the outline of a country (ISO 3166-1 alpha-2)."""

    def line(self, points: Sequence[Point], stroke: Stroke, pick: Pick | None) -> None:
        """A line on the ground."""

    def disc(self, at: Point, diameter: float, fill: str, alpha: float, edge: Stroke | None, pick: Pick | None) -> None:
        """A round mark of `diameter` px; a dashed `edge` means that the number is open-ended."""

    def glyph(self, at: Point, glyph: str, color: str, offset: Point, pick: Pick, size: float = GLYPH_PX) -> None:
        """A symbol of `dashboard.theme.GLYPHS`, moved by `offset` px (right, down) from its place.

        One that stands for several events bears their number, but a pip, whose `size` is `PIP_PX`.
        """

    def arrowhead(self, at: Point, bearing: float, color: str, size: float, pick: Pick) -> None:
        """The tip of a flow that arrives at `at` with a `bearing` in degrees from north."""

    def label(self, at: Point, text: str, role: str, pick: Pick | None = None) -> None:
        """A text at a place. `role` is "place" (beside its mark), "figure" (on a disc) or "tag" (a country's)."""

    def legend(self, entry: Legend) -> None:
        """Say what was drawn; equal entries stand once."""
