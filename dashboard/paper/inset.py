"""Where a small map lies: an inset of the country or region around it, and an arrow to the north."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely

from dashboard.paper.basemap import fill_shapes, read_layer, to_page
from dashboard.paper.canvas import MIN_TEXT_PT, Print
from dashboard.paper.ink import HAIRLINE, arrow_path, box_path, polygon_path
from dashboard.paper.projection import Array, Box, Frame, extent_of, outline, projection_for, spread
from dashboard.paper.scale_bar import ScaleBar
from dashboard.scene.canvas import Stroke
from geodata.language.language import Language
from geodata.places.boundaries import BUNDLED

SMALL_DEG = 12.0  # a map whose longer side is less than this has an inset
WIDER = 2.2  # how many times as wide as the map a country must be, to say where the map lies
REGION = 6.0  # else the inset shows the land around, this many times as wide
LEAST_REGION_DEG = 12.0
LEAST_PT, SIDE_PT = 46.0, 96.0  # the inset's longer side, times the type's scale
MOST_SHARE = 0.34  # of the map's width and height
APART_PT = 6.0  # from the map's edge
NORTH_TURN_DEG = 2.0  # over which north may not turn across a map with an arrow


@dataclass(frozen=True, slots=True)
class Inset:
    """An inset: its frame on the page, the country whose land stands out in it and the name to set ("" for none)."""

    frame: Frame
    country: str
    name: str


def is_small(frame: Frame) -> bool:
    """Whether a map shows too little to be recognised by itself: less than `SMALL_DEG` across, in degrees of arc."""
    return _reach(frame) < SMALL_DEG


def _reach(frame: Frame) -> float:
    return _across(frame.window)


def _across(window: Box) -> float:
    """The longer side of (west, south, east, north), in degrees of arc."""
    west, south, east, north = window
    return max((east - west) * math.cos(math.radians((south + north) / 2)), north - south)


def fit_inset(canvas: Print) -> Inset | None:
    """An inset in the first corner that is free of marks; None where there is none or the map is not small."""
    if not is_small(canvas.frame):
        return None
    country, name, shown = _around(canvas.frame, canvas.language)
    projection = projection_for(extent_of(shown))
    _, (across, up) = spread(projection, shown)
    ratio = min(max(across / up, 0.7), 1.7)
    left, bottom, right, top = canvas.frame.box
    longer = min(
        SIDE_PT * canvas.type_scale,
        MOST_SHARE * (right - left) * max(1.0, 1 / ratio),
        MOST_SHARE * (top - bottom) * max(1.0, ratio),
    )
    if longer < LEAST_PT * canvas.type_scale:
        return None
    size = (longer, longer / ratio) if ratio >= 1 else (longer * ratio, longer)
    box = canvas.reserve(_corners(canvas.frame.box, size))
    return Inset(Frame.fit(projection, shown, box, (3, 3)), country, name) if box else None


def _corners(box: Box, size: tuple[float, float]) -> Iterator[Box]:
    """Boxes of a size in the corners, the upper ones first."""
    (left, bottom, right, top), (width, height) = box, size
    for y in (top - APART_PT - height, bottom + APART_PT):
        for x in (right - APART_PT - width, left + APART_PT):
            yield x, y, x + width, y + height


def _around(frame: Frame, language: Language) -> tuple[str, str, Array]:
    """What the inset shows: the country that the map's middle lies in, where it is much wider, or the land around.

    As its code and name in a language ("" for the land around), and (n, 2) degrees.
    """
    lon, lat = (float(v) for v in frame.to_ground(frame.centre[None, :])[0])
    code = BUNDLED.country_of((lon + 180) % 360 - 180, lat) or ""
    shape = BUNDLED.country_shape(code)
    reach = _reach(frame)
    if shape is not None:
        # Lands overseas would make the country itself small.
        main = max(shapely.get_parts(shape), key=lambda part: float(part.area))
        if _across(main.bounds) >= WIDER * reach and main.distance(shapely.Point(lon, lat)) < reach:
            return code, language.country(code), shapely.get_coordinates(main)
    half = max(REGION * reach, LEAST_REGION_DEG) / 2
    aside = half / max(math.cos(math.radians(lat)), 0.2)
    return code, "", outline((lon - aside, max(lat - half, -89.0), lon + aside, min(lat + half, 89.0)), 12)


def draw_inset(canvas: Print, locator: Inset) -> None:
    """The inset: land, borders, the country and the extent of the map, in a frame of its own."""
    ink, palette, frame = canvas.ink, canvas.palette, locator.frame
    ink.clip = frame.box
    ink.shape(box_path(frame.box), palette.water)
    countries = read_layer("countries")
    shapes = to_page(countries.shapes, frame)
    lit = np.array([row["iso2"] == locator.country for row in countries.properties])
    fill_shapes(ink, shapes[~lit], palette.land, edge=Stroke(palette.border, HAIRLINE))
    fill_shapes(ink, shapes[lit], palette.focus, edge=Stroke(palette.label, HAIRLINE))
    extent = _extent(canvas.frame, frame)
    ink.shape(polygon_path([extent]), palette.accent, 0.2, Stroke(palette.accent, 3.2 * HAIRLINE))
    _name(canvas, locator, extent)
    ink.clip = None
    ink.shape(box_path(frame.box), None, edge=Stroke(palette.muted, 2 * HAIRLINE))


def _extent(shown: Frame, inset: Frame) -> Array:
    """The outline of a map on its inset as a closed ring, never so small that it is not seen."""
    ring = inset.to_page(shown.to_ground(outline(shown.box, 8)))
    low, high = ring.min(axis=0), ring.max(axis=0)
    if (high - low).max() < 5:
        (x, y), half = (low + high) / 2, 2.5
        ring = np.array([(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)])
    return np.vstack([ring, ring[:1]])


def _name(canvas: Print, locator: Inset, extent: Array) -> None:
    """The country's name over or under the extent, where it fits."""
    left, bottom, right, top = locator.frame.box
    size, middle = MIN_TEXT_PT, (left + right) / 2
    half = canvas.ink.lettering.width(locator.name, size) / 2
    for y in (bottom + 0.4 * size, top - 1.1 * size):
        apart = extent[:, 1].max() < y - 0.2 * size or extent[:, 1].min() > y + size
        if locator.name and 2 * half < right - left - 4 and apart:
            color, halo = canvas.palette.label, canvas.palette.land
            canvas.ink.text(middle, y, locator.name, size, color, align="center", halo=halo, role="locator")
            return


def north_turn(frame: Frame) -> float:
    """By how many degrees the way to the north turns across a map; infinite where a part of it is off the globe."""
    left, bottom, right, top = frame.box
    x, y = np.meshgrid(np.linspace(left, right, 5), np.linspace(bottom, top, 5))
    ground = frame.to_ground(np.column_stack([x.ravel(), y.ravel()]))
    if not np.isfinite(ground).all() or np.abs(ground[:, 1]).max() > 89:
        return math.inf
    ahead = frame.to_page(ground + np.array([0, 0.01])) - frame.to_page(ground)
    return float(np.ptp(np.degrees(np.arctan2(ahead[:, 0], ahead[:, 1]))))


def fit_north(canvas: Print, bar: ScaleBar | None) -> Box | None:
    """Where the north arrow stands: over the scale bar, else in a free corner.

    Only on a small map on which north is the same way all over: a larger one is known by its coasts and borders, and
    its meridians, which are named, run to a north that turns.
    """
    if not is_small(canvas.frame) or north_turn(canvas.frame) > NORTH_TURN_DEG:
        return None
    size = max(MIN_TEXT_PT, 7 * canvas.type_scale)
    width, height = 1.5 * size, 3.1 * size
    boxes = [*_corners(canvas.frame.box, (width, height))]
    if bar:
        bottom = bar.y + 1.9 * size
        boxes.insert(0, (bar.left - 0.4 * size, bottom, bar.left - 0.4 * size + width, bottom + height))
    return canvas.reserve(boxes)


def draw_north(canvas: Print, box: Box) -> None:
    """The arrow with its letter, as the group "north-arrow"."""
    left, bottom, right, top = box
    size, x = (right - left) / 1.5, (left + right) / 2
    palette, ink = canvas.palette, canvas.ink
    ink.shape(box_path(box, 0.2 * size), palette.page, 0.72)
    path = np.asarray(arrow_path().vertices) * 1.5 * size + np.array([x, top - 0.25 * size])
    ink.begin()
    ink.shape(polygon_path([path]), palette.ink)
    ink.text(
        x, bottom + 0.3 * size, canvas.language.say("N"), size, palette.ink, bold=True, align="center", role="north"
    )
    ink.end("north-arrow")
