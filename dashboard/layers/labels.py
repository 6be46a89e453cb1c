"""The names of the events' places, as they were at the time, in Latin and in the place's own script."""

from __future__ import annotations

from dashboard.scene.canvas import Canvas
from dashboard.scene.scene import Scene


def draw(canvas: Canvas, scene: Scene) -> None:
    """Label each place of a shown event once, if it has a name."""
    names = {}
    for event in scene.result.events:
        for place in scene.result.places_of(event):
            if place.point and place.is_named:
                names[place.point] = scene.language.places(place, event.date_start)
    for point, text in names.items():
        canvas.label(point, text, "place")
