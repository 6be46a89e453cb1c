"""What a figure has to draw: events one by one where a reader can tell them apart, else cells with their numbers."""

from __future__ import annotations

from dataclasses import replace

from dashboard.choice.request import FigureRequest
from dashboard.choice.sizes import PT_PER_INCH, PX_PER_INCH
from dashboard.scene.cells import Cells, corners_of, grid_of
from dashboard.scene.scene import Scene, layer_of
from dashboard.screen.drawn import MOST_EVENTS, are_few, are_marks_anywhere, can_be_read
from geodata.area import BBox
from geodata.places.spatial import narrowest, parallel_m
from geodata.store.result import Result
from geodata.store.store import Store

_COARSE = 2  # H3's resolution at which the extent of all events is found
_LEAST_SIDE_PX, _SPOT_PX = 4.0, 16.0  # paper is finer than a screen, and nobody points at it
_MAP_SHARE = 0.7  # of a page's width and height, about, is its map


def scene_of(store: Store, request: FigureRequest) -> Scene:
    """What a figure of a request shows, by the rule of the page: events one by one, or cells as fine as its size lets.

    Of very many events the scene's result has the counts alone, so that no panel tells of them one by one.
    """
    view, result = request.view, store.query(request.where)
    whole = Scene(store, result, view.layers, view.language, view.event, view.chart)
    if are_marks_anywhere(result):
        return whole
    box = request.options.frame or request.where.frame or _extent(result)
    if box is None:
        return whole
    counts = result.counts_in(box)
    width, height = (side * PX_PER_INCH / PT_PER_INCH * _MAP_SHARE for side in request.options.size.points)
    px_a_km = _px_a_km(box, width, height)
    spot = _SPOT_PX / px_a_km * 360 / (parallel_m((box[1] + box[3]) / 2) / 1000)
    if result.count <= MOST_EVENTS and can_be_read(result, box, spot):
        return whole
    grid = grid_of(view.units, px_a_km, _LEAST_SIDE_PX)
    shown = {name for name in counts if layer_of(name) in view.layers}
    cells = Cells.seen(result, box, grid, shown, sum(counts[name] for name in shown), view.by, store.areas)
    return replace(whole, result=result if are_few(result) else result.only(()), cells=cells)


def _extent(result: Result) -> BBox | None:
    """What holds all events that have a point; None without any."""
    rings = [corners_of(cell) for cell in {each.cell for each in result.cells(_COARSE)}]
    if not rings:
        return None
    west, east = narrowest((min(lon for lon, _ in ring), max(lon for lon, _ in ring)) for ring in rings)
    lats = [lat for ring in rings for _, lat in ring]
    # Across 180 degrees an area ends west of where it begins.
    return west, max(min(lats), -90.0), east - 360 if east > 180 else east, min(max(lats), 90.0)


def _px_a_km(box: BBox, width: float, height: float) -> float:
    west, south, east, north = box
    across = (east - west if east > west else east - west + 360) / 360 * parallel_m((south + north) / 2) / 1000
    up = (north - south) / 360 * parallel_m(0) / 1000
    return min(width / max(across, 1e-6), height / max(up, 1e-6))
