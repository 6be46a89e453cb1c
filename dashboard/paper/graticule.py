"""The degrees of a printed map's graticule, named along its edges."""

from __future__ import annotations

import numpy as np
import shapely

from dashboard.paper.basemap import grid_lines, to_page
from dashboard.paper.canvas import MIN_TEXT_PT, Print
from dashboard.paper.projection import Box, Frame
from geodata.language.language import ENGLISH, Language

Name = tuple[str, float, float]  # with a place on the page
INSET_PT = 3.5  # from the map's edge


def grid_names(frame: Frame, inset: float, language: Language = ENGLISH) -> tuple[list[Name], ...]:
    """The names of the graticule's lines with where they enter the frame, `inset` points inside, edge by edge.

    Meridians at the lower and at the upper edge, parallels at the left and at the right one.
    """
    left, bottom, right, top = frame.box
    left, bottom, right, top = left + inset, bottom + inset, right - inset, top - inset
    level = [shapely.LineString([(left, y), (right, y)]) for y in (bottom, top)]
    upright = [shapely.LineString([(x, bottom), (x, top)]) for x in (left, right)]
    lines = grid_lines(frame, language)
    drawn = to_page(np.array([line for _, line in lines] or [None], dtype=object), frame)
    found: tuple[list[Name], ...] = ([], [], [], [])
    for (name, line), shape in zip(lines, drawn, strict=False):
        is_meridian = line.bounds[0] == line.bounds[2]
        for number, edge in enumerate(level if is_meridian else upright, 0 if is_meridian else 2):
            points = shapely.get_coordinates(edge.intersection(shape)) if shape is not None else []
            found[number].extend((name, float(x), float(y)) for x, y in points[:1])
    return found


def draw_degrees(canvas: Print) -> None:
    """Label meridians and parallels on the edge with room for most of them; labels never displace other marks."""
    size, lettering = MIN_TEXT_PT, canvas.ink.lettering
    left, _, right, _ = canvas.frame.box

    def apart(box: Box) -> Box:
        """With the space to the next name in a row: of long names there are fewer."""
        return max(box[0] - 1.4 * size, left + INSET_PT), box[1], min(box[2] + 1.4 * size, right - INSET_PT), box[3]

    def free(names: list[Name]) -> list[tuple[str, Box]]:
        found = []
        for name, x, y in names:
            half = lettering.width(name, size) / 2
            middle = min(max(x, left + INSET_PT + half), right - INSET_PT - half)
            box: Box = (middle - half, y - 0.5 * size, middle + half, y + 0.5 * size)
            if canvas.is_free(apart(box)):
                found.append((name, box))
        return found

    bottom, top, *sides = map(free, grid_names(canvas.frame, INSET_PT + 0.5 * size, canvas.language))
    for name, box in [*max(bottom, top, key=len), *max(sides, key=len)]:
        if canvas.is_free(apart(box)):
            canvas.placement.take(box)
            color, halo = canvas.palette.label, canvas.palette.land
            canvas.ink.text(box[0], box[1] + 0.16 * size, name, size, color, halo=halo, role="degrees")
