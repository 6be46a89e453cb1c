"""What the page's map draws: events one by one where they can be told apart, else cells with their numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.choice.view import Camera
from dashboard.scene.cells import Cells, resolution_of
from dashboard.scene.scene import layer_of
from dashboard.screen.camera import px_a_km, seen
from geodata.store.result import Result

# Places with marks in one view that can be read; in a view of cells, fewer: so the two do not take turns at each step.
MOST_PLACES, MOST_PLACES_AFTER_CELLS = 500, 400
MOST_EVENTS = 2_000  # of which objects and hovers are made


@dataclass(frozen=True, slots=True)
class Drawn:
    """The events that a map draws one by one, or the cells that it draws of all; `in_view` are those that it shows.

    `idle` are the cells in view (H3 indices) in which there are none of these, but would be on other days.
    """

    result: Result
    cells: Cells | None
    in_view: int
    idle: tuple[int, ...] = ()


def are_few(result: Result) -> bool:
    """Whether all events are drawn one by one, wherever they lie."""
    return result.count <= MOST_PLACES


def drawn_anywhere(result: Result) -> Result:
    """The result with the events that a map draws whatever is seen of it: all, or none where they are too many."""
    return result if are_few(result) else result.only(())


def drawn(
    result: Result, ever: Result, camera: Camera, width: float, height: float, layers: Sequence[str], *, had_cells: bool
) -> Drawn:
    """What a map of `width` by `height` px draws of the events of some layers; `had_cells` says what it draws now.

    `ever` has what is kept whatever the days and categories.
    """
    if are_few(result):
        return Drawn(result, None, result.count)
    bbox = seen(camera, width, height)
    counts, places = result.crowd(bbox)
    events = counts.total()
    if events <= MOST_EVENTS and places <= (MOST_PLACES_AFTER_CELLS if had_cells else MOST_PLACES):
        return Drawn(result.only(result.rows_within(bbox, MOST_EVENTS)), None, events)
    resolution, shown = resolution_of(px_a_km(camera)), {name for name in counts if layer_of(name) in layers}
    found = (cell for cell in result.cells(resolution, bbox) if cell.category in shown)
    cells = Cells.of(resolution, found, sum(counts[name] for name in shown))
    here = {hexagon.cell for hexagon in cells.hexagons}
    # The same question is not asked twice where no days or categories are chosen.
    others = ever.cells(resolution, bbox) if ever.where != result.where else ()
    idle = {cell.cell for cell in others if layer_of(cell.category) in layers} - here
    return Drawn(result.only(()), cells, events, tuple(sorted(idle)))
