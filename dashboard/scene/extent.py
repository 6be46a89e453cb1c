"""A canvas that draws nothing: it records positions and legend entries, which give a figure its extent and legend."""
# ruff: noqa: D102, ARG002 (the methods are those of `Canvas`, which says what they are given)

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from dashboard.scene.canvas import GLYPH_PX, Legend, Pick, Point, Stroke
from dashboard.scene.theme import Palette
from geodata.places.boundaries import BUNDLED


@dataclass(slots=True)
class Extent:
    """A `Canvas` that keeps the (lon, lat) of all that is drawn, as arrays of (n, 2) degrees, and the legend."""

    palette: Palette
    points: list[NDArray[np.float64]] = field(default_factory=list)
    entries: list[Legend] = field(default_factory=list)

    def _keep(self, at: Point) -> None:
        self.points.append(np.array([at], dtype=float))

    def polygon(self, shape: BaseGeometry, fill: str, alpha: float, edge: Stroke, pick: Pick | None) -> None:
        self.points.append(shapely.get_coordinates(shape))

    def cell(self, shape: BaseGeometry, color: str, pick: Pick) -> None:
        self.points.append(shapely.get_coordinates(shape))

    def country(self, code: str, color: str) -> None:
        """Light the country's outline."""
        shape = BUNDLED.country_shape(code)
        if shape is not None:
            self.polygon(shape, color, 0.035, Stroke(color, 1.25, alpha=0.7), None)

    def line(self, points: Sequence[Point], stroke: Stroke, pick: Pick | None) -> None:
        self.points.append(np.array(points, dtype=float))

    def disc(self, at: Point, diameter: float, fill: str, alpha: float, edge: Stroke | None, pick: Pick | None) -> None:
        self._keep(at)

    def glyph(self, at: Point, glyph: str, color: str, offset: Point, pick: Pick, size: float = GLYPH_PX) -> None:
        self._keep(at)

    def arrowhead(self, at: Point, bearing: float, color: str, size: float, pick: Pick) -> None:
        self._keep(at)

    def label(self, at: Point, text: str, role: str, pick: Pick | None = None) -> None:
        self._keep(at)

    def legend(self, entry: Legend) -> None:
        if entry not in self.entries:
            self.entries.append(entry)
