"""Where the page's map looks: the camera that fits what is to be seen."""

from __future__ import annotations

import math
from collections.abc import Iterable

import shapely

from dashboard.choice.view import Camera
from dashboard.scene.scene import Scene
from geodata.area import BBox
from geodata.places.boundaries import BUNDLED
from geodata.places.spatial import narrowest, parallel_m
from geodata.store.store import Store

TILE_PX = 512
PADDING_PX = 56
MAX_FIT_ZOOM = 9.0


def fit(boxes: Iterable[BBox], width: float, height: float, most_zoom: float = MAX_FIT_ZOOM) -> Camera:
    """The camera that shows all boxes, (west, south, east, north) in degrees, on a map of `width` by `height` px.

    They are shown the short way around the globe, those of Fiji side by side; the world without any.
    """
    boxes = list(boxes)
    if not boxes:
        return Camera(30.0, 25.0, 1.2)
    west, east = narrowest((box[0], box[2]) for box in boxes)
    ys = [mercator_y(lat) for _, south, _, north in boxes for lat in (south, north)]
    room_x, room_y = max(width - 2 * PADDING_PX, 120), max(height - 2 * PADDING_PX, 120)
    scale = min(room_x / max((east - west) / 360, 1e-9), room_y / max(max(ys) - min(ys), 1e-9)) / TILE_PX
    zoom = max(0.5, min(most_zoom, math.log2(scale)))
    middle_y = (max(ys) + min(ys)) / 2
    lat = latitude(middle_y)
    lon = (west + east) / 2
    return Camera(lon - 360 if lon > 180 else lon, lat, zoom)


def mercator_y(lat: float) -> float:
    """Web Mercator's y of a latitude in degrees: 0 at the top of the square world, 1 at the bottom."""
    lat = max(-85.0, min(85.0, lat))
    return 0.5 - math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)) / (2 * math.pi)


def seen(camera: Camera, width: float, height: float) -> BBox:
    """What a map of `width` by `height` px shows, (west, south, east, north) in degrees; west > east across 180."""
    world = TILE_PX * 2**camera.zoom
    across, middle = 180 * width / world, mercator_y(camera.lat)
    south, north = (latitude(min(max(middle + turn * height / 2 / world, 0), 1)) for turn in (1, -1))
    if across >= 180:
        return -180.0, south, 180.0, north
    west, east = ((camera.lon + turn * across + 180) % 360 - 180 for turn in (-1, 1))
    return west, south, east, north


def px_a_km(camera: Camera) -> float:
    """How many px of the map a km takes in its middle."""
    return TILE_PX * 2**camera.zoom / (parallel_m(camera.lat) / 1000)


def latitude(y: float) -> float:
    """The latitude in degrees of Web Mercator's y."""
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y))))


def home_camera(store: Store, width: float, height: float) -> Camera:
    """The camera that shows everything in the whole data set, whatever the filter: so nothing jumps."""
    boxes = [*store.boxes]
    for country in store.countries:
        boxes += country_boxes(country.code) if country.unplaced else []
    return fit(boxes, width, height)


def country_boxes(code: str) -> list[BBox]:
    """The boxes of a country's parts: one around it all would hold the whole world where it lies across 180 degrees."""
    shape = BUNDLED.country_shape(code)
    return [part.bounds for part in shapely.get_parts(shape)] if shape is not None else []


def boxes_of(scene: Scene) -> list[BBox]:
    """What the map must show, as boxes: the places of the kept events, countries that are all that is known, and the
    drawn area.

    The inhabited world where there is nothing.
    """
    points = [place.point for event in scene.result.events for place in scene.result.places_of(event) if place.point]
    boxes = [(lon, lat, lon, lat) for lon, lat in points]
    for code in scene.country_wide:
        boxes += country_boxes(code)
    if area := scene.result.where.area:
        boxes.append(area.bounds)
    return boxes or [(-170.0, -55.0, 170.0, 72.0)]
