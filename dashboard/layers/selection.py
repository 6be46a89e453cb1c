"""The selected event: a ring around each of its places; everything else stays as it is."""

from __future__ import annotations

from dashboard.scene.canvas import Canvas, Pick, Stroke
from dashboard.scene.scene import Scene

RING_PX = 30.0


def draw(canvas: Canvas, scene: Scene) -> None:
    """Ring the places of the selected event, where it is among those kept."""
    event = next((e for e in scene.result.events if e.event_id == scene.selected), None)
    if event is None:
        return
    pick = Pick((event.event_id,), scene.hover(event))
    rings = [place.point for place in scene.result.places_of(event) if place.point]
    for point in rings:
        if point:
            canvas.disc(point, RING_PX, canvas.palette.accent, 0.0, Stroke(canvas.palette.accent, 2), pick)
