"""Which events the page's map draws one by one: all of them, or, of too many, those that lie in what is seen."""

from __future__ import annotations

from dashboard.choice.view import Camera
from dashboard.screen.camera import seen
from geodata.store.result import Result

MOST_MARKS = 2_000


def are_few(result: Result) -> bool:
    """Whether all events are drawn, wherever they lie."""
    return result.count <= MOST_MARKS


def drawn_anywhere(result: Result) -> Result:
    """The result with the events that a map draws whatever is seen of it: all, or none where they are too many."""
    return result if are_few(result) else result.only(())


def drawn(result: Result, camera: Camera, width: float, height: float) -> tuple[Result, int]:
    """The result with the events that a map of `width` by `height` px draws, and how many lie in it, `MOST_MARKS` + 1
    for more; where they are too many too, the result has none."""
    if are_few(result):
        return result, result.count
    rows = result.rows_within(seen(camera, width, height), MOST_MARKS + 1)
    return result.only(rows if len(rows) <= MOST_MARKS else ()), len(rows)
