"""What the page's map draws: events one by one where they can be told apart, else cells with their numbers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.choice.view import Camera, View
from dashboard.scene.cells import Cells, grid_of
from dashboard.scene.scene import layer_of
from dashboard.screen.camera import TILE_PX, px_a_km, seen
from geodata.area import BBox
from geodata.store.questions.cells import Area
from geodata.store.result import Result

FEW_EVENTS = 100  # which are marks on any map
MOST_PLACES = 500  # with marks in one view that can be read
FEW_PLACES = 40  # which are marks even where they stand close
MOST_AT_A_SPOT = 2.0  # of more, on average, where one has room
AFTER_CELLS = 0.8  # times these in a view of cells: so that the two do not take turns at each step
SPOT_PX = 24.0
FINEST_SPOT = 0.001  # degrees: cells are no finer, and tell what is closer no better apart
DETAIL_PX = 1.0  # how far the outline of an area may be off, about
MOST_EVENTS = 2_000  # of which objects and hovers are made


@dataclass(frozen=True, slots=True)
class Drawn:
    """The events that a map draws one by one, or the cells that it draws of all; `in_view` are those that it shows, or
    all where it draws all.

    `idle` are the cells or areas in view in which there are none of these, but would be on other days.
    """

    result: Result
    cells: Cells | None
    in_view: int
    idle: tuple[int, ...] = ()


def are_few(result: Result) -> bool:
    """Whether all events are drawn, also those out of view, where they are drawn one by one."""
    return result.count <= MOST_PLACES


def are_marks_anywhere(result: Result) -> bool:
    """Whether the events are drawn one by one whatever is seen of them."""
    return result.count <= FEW_EVENTS


def can_be_read(result: Result, bbox: BBox, spot: float, *, had_cells: bool = False) -> bool:
    """Whether the marks of the places in a part of the globe can be told apart, of which each takes `spot` degrees of
    longitude."""
    part, places = AFTER_CELLS if had_cells else 1.0, result.place_count(bbox)
    if places > MOST_PLACES * part:
        return False
    if places <= FEW_PLACES * part or spot < FINEST_SPOT:
        return True
    return places <= MOST_AT_A_SPOT * part * result.spots(bbox, spot)


def drawn_anywhere(result: Result) -> Result:
    """The result with the events that a map of marks draws whatever is seen of it: all, or none of too many."""
    return result if are_few(result) else result.only(())


def drawn(
    result: Result,
    ever: Result,
    areas: Mapping[int, Area],
    view: View,
    camera: Camera,
    size: tuple[float, float],
    *,
    had_cells: bool,
) -> Drawn:
    """What a map of a `size` in px draws of the events of a view's layers; `had_cells` says what it draws now.

    `ever` has what is kept whatever the days and categories, `areas` the regions and countries by their numbers.
    """
    if are_marks_anywhere(result):
        return Drawn(result, None, result.count)
    bbox = seen(camera, *size)
    counts = result.counts_in(bbox)
    events = counts.total()
    spot = SPOT_PX * 360 / (TILE_PX * 2**camera.zoom)
    if events <= MOST_EVENTS and can_be_read(result, bbox, spot, had_cells=had_cells):
        if are_few(result):
            return Drawn(result, None, result.count)
        return Drawn(result.only(result.rows_within(bbox, MOST_EVENTS)), None, events)
    grid, shown = grid_of(view.units, px_a_km(camera)), {name for name in counts if layer_of(name) in view.layers}
    # Whole steps, so that an outline of one view does for the next.
    detail = DETAIL_PX * 360 / (TILE_PX * 2 ** math.ceil(camera.zoom))
    cells = Cells.seen(result, bbox, grid, shown, sum(counts[name] for name in shown), view.by, areas, detail)
    here = {unit.cell for unit in cells.units}
    # The same question is not asked twice where no days or categories are chosen.
    others = ever.cells(grid, bbox) if ever.where != result.where else ()
    idle = {cell.cell for cell in others if layer_of(cell.category) in view.layers} - here
    return Drawn(result.only(()), cells, events, tuple(sorted(idle)))
