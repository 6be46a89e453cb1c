"""The ground under a printed map: land, borders, regions, lakes, rivers and the graticule, from the bundled files.

Shapes are clipped to the window in degrees before they are projected, and to the frame on the page after it.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from dashboard.paper.ink import HAIRLINE, Ink, line_path, polygon_path
from dashboard.paper.projection import Array, Frame
from dashboard.scene.canvas import Stroke
from dashboard.scene.theme import Palette
from geodata.language.degrees import say_lat, say_lon
from geodata.language.language import ENGLISH, Language
from geodata.places.boundaries import BUNDLED, read_features

Shapes = NDArray[np.object_]
TOLERANCE_PT = 0.2
SPECK_PT2 = 0.4  # islands and lakes smaller than this on the page are left out
BLEED_PT = 3.0  # how far shapes reach beyond the frame, so that their outline there is not seen
STEPS_DEG = (0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30)
REGIONS_FROM_PT = 60.0  # a country smaller than this on the page is drawn without its regions


@dataclass(frozen=True)
class GroundLayer:
    """A file of the base map: shapes in degrees and, row by row, their properties."""

    shapes: Shapes
    properties: tuple[dict[str, Any], ...]


@lru_cache(maxsize=24)
def read_layer(name: str) -> GroundLayer:
    """Read a bundled GeoJSON file such as "countries" or "regions/KZ"; without features where there is none."""
    path = BUNDLED.folder / f"{name}.geojson"
    return GroundLayer(*read_features(path)) if path.exists() else GroundLayer(np.array([], dtype=object), ())


@lru_cache(maxsize=48)
def layer_on_page(name: str, frame: Frame) -> Shapes:
    """The shapes of `read_layer`, as `to_page` puts them; kept, as the figures of a series have one frame."""
    return to_page(read_layer(name).shapes, frame)


def to_page(shapes: Shapes, frame: Frame) -> Shapes:
    """Shapes in degrees as shapes in points of the page, cut to the frame and a little more; same length, same order.

    Copies one turn to the east and west are tried, so that a frame may lie across the antimeridian; a country's two
    pieces there become one again.
    """
    west, south, east, north = frame.window
    pad = (east - west) / 200
    edge = 180 - 1e-6
    west, east = max(west - pad, frame.projection.lon_0 - edge), min(east + pad, frame.projection.lon_0 + edge)
    copies = []
    for turn in (0.0, -360.0, 360.0):
        copy = np.full(len(shapes), None, dtype=object)
        bounds = shapely.bounds(shapes).reshape(-1, 4)
        near = (bounds[:, 0] + turn <= east) & (bounds[:, 2] + turn >= west)
        near &= (bounds[:, 1] <= north) & (bounds[:, 3] >= south)
        if near.any():
            moved = shapely.transform(shapes[near], partial(np.add, (turn, 0.0))) if turn else shapes[near]
            copy[near] = shapely.clip_by_rect(moved, west, max(south - pad, -90), east, min(north + pad, 90))
            copy[shapely.is_empty(copy)] = None
        copies.append(copy)
    found = copies[0]
    for other in copies[1:]:
        seen = ~shapely.is_missing(other)
        joined = seen & ~shapely.is_missing(found)
        found[joined] = [
            shapely.union(shapely.make_valid(a), shapely.make_valid(b))
            for a, b in zip(found[joined], other[joined], strict=True)
        ]
        found[seen & ~joined] = other[seen & ~joined]
    cut = shapely.segmentize(found, max((east - west) / 90, 0.02))
    cut = shapely.transform(cut, frame.to_page)
    left, bottom, right, top = frame.box
    cut = shapely.simplify(cut, TOLERANCE_PT, preserve_topology=False)
    return np.asarray(
        shapely.clip_by_rect(cut, left - BLEED_PT, bottom - BLEED_PT, right + BLEED_PT, top + BLEED_PT),
        dtype=object,
    )


def fill_shapes(ink: Ink, shapes: Shapes, color: str | None, alpha: float = 1.0, edge: Stroke | None = None) -> None:
    """Fill (multi)polygons of the page as one path; None and empty ones are passed over."""
    kept = shapes[~(shapely.is_missing(shapes) | shapely.is_empty(shapes))]
    if len(kept):
        # Holes run against their shells, so that both fill rules of SVG and PDF leave them open.
        rings = shapely.get_rings(shapely.get_parts(shapely.orient_polygons(kept)))
        rings = rings[shapely.area(shapely.polygons(rings)) > SPECK_PT2] if len(rings) > 1 else rings
        points = [shapely.get_coordinates(ring) for ring in rings]
        if points:
            ink.shape(polygon_path(points), color, alpha, edge)


def stroke_shapes(ink: Ink, shapes: Shapes, edge: Stroke) -> None:
    """Draw (multi)lines of the page as one path."""
    lines = [shapely.get_coordinates(part) for part in shapely.get_parts(shapes[~shapely.is_missing(shapes)])]
    lines = [line for line in lines if len(line) > 1]
    if lines:
        ink.shape(line_path(lines), None, edge=edge)


def draw_ground(
    ink: Ink, frame: Frame, palette: Palette, focus: Collection[str], language: Language
) -> list[tuple[str, Shapes]]:
    """Draw the base map; `focus` are the countries (ISO 3166-1 alpha-2) whose land stands out and shows its regions.

    Returns the name (in `language`) and shape on the page of each country that is in the frame, to be named last.
    """
    west, south, east, north = frame.window
    sea = shapely.box(west, south, east, north)
    sea = to_page(np.array([shapely.segmentize(sea, 2)], dtype=object), frame)
    fill_shapes(ink, sea, palette.water)
    countries = read_layer("countries")
    shapes = layer_on_page("countries", frame)
    lit = np.array([row["iso2"] in focus for row in countries.properties])
    border = Stroke(palette.border, 2 * HAIRLINE)
    fill_shapes(ink, shapes[~lit], palette.land, edge=border)
    fill_shapes(ink, shapes[lit], palette.focus, edge=border)
    stroke_shapes(ink, graticule(frame), Stroke(palette.label, HAIRLINE, alpha=0.22))
    for row in np.flatnonzero(lit):
        if shapes[row] is not None and math.dist(*np.reshape(shapely.bounds(shapes[row]), (2, 2))) > REGIONS_FROM_PT:
            regions = layer_on_page(f"regions/{countries.properties[row]['iso2']}", frame)
            fill_shapes(ink, regions, None, edge=Stroke(palette.border, HAIRLINE, alpha=0.8))
    shore = Stroke(palette.border, HAIRLINE)
    stroke_shapes(ink, large(to_page(rivers(frame), frame), 3), Stroke(palette.water, 2 * HAIRLINE))
    fill_shapes(ink, large(layer_on_page("lakes", frame), 2.5), palette.water, edge=shore)
    fill_shapes(ink, shapes[lit], None, edge=Stroke(palette.label, 1.6 * HAIRLINE, alpha=0.6))
    stroke_shapes(
        ink,
        layer_on_page("disputed_borders", frame),
        Stroke(palette.land, 2 * HAIRLINE, dashed=True),
    )
    seen = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    named = [(row, countries.properties[row]) for row in np.flatnonzero(seen)]
    return [(language.country(str(found["iso2"]), str(found["name"])), shapes[row]) for row, found in named]


def large(shapes: Shapes, least: float) -> Shapes:
    """The shapes whose extent on the page is at least `least` points."""
    bounds = shapely.bounds(shapes).reshape(-1, 4)
    with np.errstate(invalid="ignore"):
        return np.asarray(shapes[np.hypot(bounds[:, 2] - bounds[:, 0], bounds[:, 3] - bounds[:, 1]) >= least])


def rivers(frame: Frame) -> Shapes:
    """The rivers that a map of the frame's scale has room for, by the smallest web map zoom that shows them."""
    layer = read_layer("rivers")
    # Web Mercator has 40,075 km across 512 px (384 pt) at zoom 0; half a step more, as paper is finer than a screen.
    zoom = math.log2(frame.scale * 40_075_017 / 384 * math.cos(math.radians(middle_lat(frame)))) + 0.5
    return np.asarray(layer.shapes[[row["min_zoom"] <= max(zoom, 3.0) for row in layer.properties]], dtype=object)


def middle_lat(frame: Frame) -> float:
    """The latitude in the middle of the frame, degrees."""
    lat = float(frame.to_ground(frame.centre[None, :])[0, 1])
    return lat if math.isfinite(lat) else 0.0


def graticule(frame: Frame) -> Shapes:
    """Meridians and parallels on the page."""
    return to_page(np.array([line for _, line in grid_lines(frame)] or [None], dtype=object), frame)


def grid_lines(frame: Frame, language: Language = ENGLISH) -> list[tuple[str, shapely.LineString]]:
    """Meridians and parallels in degrees, with their names, at a round step: about five across the shorter way."""
    west, south, east, north = frame.window
    span = min(north - south, east - west)
    step = next((s for s in STEPS_DEG if span / s <= 6), STEPS_DEG[-1])
    first, last = max(south, -90), min(north, 90)
    fine = max(step / 10, 0.02)
    lats, lons = np.arange(first, last + fine, fine).clip(first, last), np.arange(west, east + fine, fine)
    lines = [
        (_meridian(float(lon), language), shapely.LineString(np.column_stack([np.full(len(lats), lon), lats])))
        for lon in np.arange(math.ceil(west / step) * step, east + 1e-9, step)
    ]
    lines += [
        (
            say_lat(round(float(lat), 1), language) if round(lat, 1) else "0°",
            shapely.LineString(np.column_stack([lons.clip(west, east), lons * 0 + lat])),
        )
        for lat in np.arange(math.ceil(first / step) * step, last + 1e-9, step)
        if abs(lat) < 90
    ]
    return lines


def _meridian(lon: float, language: Language) -> str:
    # 0 and 180 are neither east nor west
    return say_lon(lon, language) if round(lon, 1) % 180 else f"{abs(round(lon)) % 360}°"


def on_page(points: Sequence[tuple[float, float]], frame: Frame) -> list[Array]:
    """A line of (lon, lat) as lines of the page; two points are joined straight on the paper."""
    line = np.unwrap(np.array(points, dtype=float), period=360, axis=0)
    if len(line) == 2:
        drawn = shapely.clip_by_rect(shapely.LineString(frame.to_page(line)), *frame.box)
    else:
        drawn = to_page(np.array([shapely.LineString(line)], dtype=object), frame)
    return [shapely.get_coordinates(part) for part in shapely.get_parts(drawn)]
