"""Where the page's map looks: the camera that fits what is to be seen."""

from __future__ import annotations

import math
from collections.abc import Iterable

from dashboard.choice.view import Camera
from dashboard.scene.canvas import Point
from geodata.places.boundaries import BUNDLED
from geodata.store.store import Store

TILE_PX = 512
PADDING_PX = 56
MAX_FIT_ZOOM = 9.0


def fit(points: Iterable[Point], width: float, height: float) -> Camera:
    """The camera that shows all points (lon, lat) on a map of `width` by `height` px; the world without any."""
    points = list(points)
    if not points:
        return Camera(30.0, 25.0, 1.2)
    xs = [lon / 360 + 0.5 for lon, _ in points]
    ys = [mercator_y(lat) for _, lat in points]
    room_x, room_y = max(width - 2 * PADDING_PX, 120), max(height - 2 * PADDING_PX, 120)
    scale = min(room_x / max(max(xs) - min(xs), 1e-9), room_y / max(max(ys) - min(ys), 1e-9)) / TILE_PX
    zoom = max(0.5, min(MAX_FIT_ZOOM, math.log2(scale)))
    middle_y = (max(ys) + min(ys)) / 2
    lat = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * middle_y))))
    return Camera((max(xs) + min(xs)) * 180 - 180, lat, zoom)


def mercator_y(lat: float) -> float:
    """Web Mercator's y of a latitude in degrees: 0 at the top of the square world, 1 at the bottom."""
    lat = max(-85.0, min(85.0, lat))
    return 0.5 - math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)) / (2 * math.pi)


def home_camera(store: Store, width: float, height: float) -> Camera:
    """The camera that shows everything in the whole data set, whatever the filter: so nothing jumps."""
    points: list[Point] = []
    for at in store.whereabouts:
        points += at.points
        shape = BUNDLED.country_shape(at.country) if at.country and not at.points else None
        if shape is not None:
            west, south, east, north = shape.bounds
            points += [(west, south), (east, north)]
    return fit(points, width, height)
