"""Killed and injured people: one mark a toll, its area by the number, with spokes to all the places it covers.

The inner disc is the low, the outer ring the high; a dashed ring says that the top is open.
"""

from __future__ import annotations

import math

from dashboard.scene.canvas import Canvas, Legend, Pick, Stroke
from dashboard.scene.hovers import say_together
from dashboard.scene.scene import Scene, Toll
from dashboard.scene.words import HARM_WORDS, say_range

PX_PER_ROOT = 2.6  # the diameter of a toll of 1; 500 people make 58 px
OPEN_RING_PX = 8.0


def diameter(number: int) -> float:
    """The diameter in px of a disc whose area is proportional to `number`."""
    return PX_PER_ROOT * math.sqrt(number)


def draw(canvas: Canvas, scene: Scene) -> None:
    """Draw the tolls of the events that have places; where nobody was hurt there is nothing to draw."""
    tolls = [toll for toll in scene.tolls if toll.range.low or toll.range.high]
    for toll in sorted(tolls, key=lambda t: -(t.range.high or t.range.low or 0)):
        draw_toll(canvas, scene, toll)


def draw_toll(canvas: Canvas, scene: Scene, toll: Toll) -> None:
    """Draw one toll: spokes, ring, disc, and the figure in words."""
    color, say = canvas.palette.casualties, scene.language.say
    pick = Pick((toll.event.event_id,), scene.hover(toll.event))
    if toll.spokes:
        pick = Pick(pick.event_ids, (*pick.hover, say_together(len(toll.spokes), scene.language)))
        for spoke in toll.spokes:
            canvas.line((toll.at, spoke), Stroke(color, 1, alpha=0.55), None)
        canvas.legend(Legend("line", say("Spokes: one toll for these places, no split given"), color))
    low, high = toll.range.low or 0, toll.range.high
    ring = diameter(high) if high is not None else diameter(low) + OPEN_RING_PX
    if high is None or high > low:
        canvas.disc(toll.at, ring, color, 0.12, Stroke(color, 1.25, dashed=high is None), pick)
        text = say("Open-ended: more than the disc") if high is None else say("Outer ring: the highest figure")
        canvas.legend(Legend("ring" if high is not None else "open ring", text, color))
    canvas.disc(toll.at, max(diameter(low), 6), color, 0.82, None, pick)
    canvas.legend(Legend("disc", say("Casualties, area by the lowest figure"), color))
    claims = {claim.claim_id: claim for claim in scene.result.claims}
    figure = say_range(toll.range, claims, scene.language)
    canvas.label(toll.at, say(HARM_WORDS[toll.range.measure], figure=figure), "figure", pick)
