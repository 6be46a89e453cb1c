"""The shapes that tell voices apart in the claims chart on paper: those of `charts.claims.SYMBOLS`."""

from __future__ import annotations

import numpy as np
from matplotlib.path import Path

from dashboard.paper.projection import Array

_CROSS = [(-.18, .58), (.18, .58), (.18, .18), (.58, .18), (.58, -.18), (.18, -.18),
          (.18, -.58), (-.18, -.58), (-.18, -.18), (-.58, -.18), (-.58, .18), (-.18, .18)]  # fmt: skip


def symbol_path(shape: str, x: float, y: float, size: float) -> Path:
    """One of the shapes by which `claims_chart` tells voices apart, about `size` high around (x, y)."""
    if shape == "circle":
        return Path.circle((x, y), size / 2)
    regular = {"square": (4, 0.62, 45), "diamond": (4, 0.66, 0), "triangle-up": (3, 0.66, 0),
               "triangle-down": (3, 0.66, 180), "pentagon": (5, 0.58, 0)}  # fmt: skip
    stars = {"star": (5, 0.7, 0.3), "hexagram": (6, 0.66, 0.38)}
    ring = np.array(_CROSS)
    if shape in regular:
        ring = _round(*regular[shape])
    elif shape in stars:
        ring = _star(*stars[shape])
    points = np.vstack([ring, ring[:1]]) * size + np.array([x, y])
    return Path(np.round(points, 2), closed=True)


def _round(corners: int, radius: float, turn: float) -> Array:
    """A regular polygon with a corner at the top, turned by degrees."""
    angles = np.radians(90 + turn + 360 * np.arange(corners) / corners)
    return radius * np.column_stack([np.cos(angles), np.sin(angles)])


def _star(points: int, outer: float, inner: float) -> Array:
    ring = np.empty((2 * points, 2))
    ring[::2], ring[1::2] = _round(points, outer, 0), _round(points, inner, 180 / points)
    return ring
