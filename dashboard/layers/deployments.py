"""Deployments: great-circle flows with an arrowhead, width by number, and the places where forces are."""

from __future__ import annotations

import math

from dashboard.layers import marks
from dashboard.scene.canvas import Canvas, Legend, Pick, Stroke
from dashboard.scene.scene import Scene
from dashboard.scene.words import say_claim
from geodata.places.spatial import great_circle, initial_bearing_deg
from geodata.record.model import Event

MIN_WIDTH, MAX_WIDTH = 1.5, 9.0


def draw(canvas: Canvas, scene: Scene) -> None:
    """Draw the flows, then the symbols of forces at a place."""
    for event in scene.flows:
        draw_flow(canvas, scene, event)
    marks.draw(canvas, scene, "deployment")


def draw_flow(canvas: Canvas, scene: Scene, event: Event) -> None:
    """Draw one flow; its hover names the number's voice."""
    color = canvas.palette.categories["deployment"]
    origin, destination = (place.point for place in scene.result.places_of(event))
    assert origin and destination
    points = great_circle(origin, destination)
    width = flow_width(scene, event)
    pick = Pick((event.event_id,), scene.hover(event))
    canvas.line(points, Stroke(color, width, alpha=0.85), pick)
    # The arrow points along the end of the arc, not along the straight way from the origin.
    canvas.arrowhead(destination, initial_bearing_deg(points[-2], points[-1]), color, 10 + 1.6 * width, pick)
    canvas.disc(origin, 8, canvas.palette.page, 1, Stroke(color, 2), pick)
    claim = next((c for c in scene.claims_of(event) if c.measure in ("flights", "personnel")), None)
    language = scene.language
    said = language.say("Flow of forces")
    if claim:
        said = language.say("{text} ({note})", text=said, note=say_claim(claim, language))
    canvas.legend(Legend("arrow", said, color))


def flow_width(scene: Scene, event: Event) -> float:
    """The line's width in px: grows with the root of the number of flights or people, thin without a number."""
    numbers = [r.low for r in scene.result.ranges if r.event_id == event.event_id and r.low is not None]
    return min(MAX_WIDTH, MIN_WIDTH + 0.3 * math.sqrt(max(numbers, default=0)))
