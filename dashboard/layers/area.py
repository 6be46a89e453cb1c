"""The outline of the part of the map that is chosen, as a thin dashed line."""

from __future__ import annotations

import shapely

from dashboard.scene.canvas import Canvas, Legend, Point, Stroke
from dashboard.scene.scene import Scene
from geodata.filter import Filter

STEP_DEG = 1.0  # its edges are straight in degrees, which a projection may bend


def draw(canvas: Canvas, scene: Scene) -> None:
    """Draw the outlines of the box and the area of the filter, where they are chosen."""
    color = canvas.palette.accent
    for ring in rings_of(scene.result.where):
        line = shapely.segmentize(shapely.LinearRing(ring), STEP_DEG)
        canvas.line([(lon, lat) for lon, lat in line.coords], Stroke(color, 1.25, dashed=True), None)
        canvas.legend(Legend("area", scene.language.say("Chosen area"), color))


def rings_of(where: Filter) -> list[tuple[Point, ...]]:
    """The corners of what is chosen, (lon, lat) in degrees, which go on beyond 180; none of the whole globe."""
    rings = [where.area.corners] if where.area else []
    if where.bbox:
        west, south, east, north = where.bbox
        east += 360 if east < west else 0
        if 0 < east - west < 359.999 and south < north:
            rings.append(((west, south), (east, south), (east, north), (west, north)))
    return rings
