"""Killed and injured people: one mark a toll, its area by the number, with spokes to all the places it covers.

Several at one place that may be added up are one mark of their sums.

The inner disc is the low, the outer ring the high; a dashed ring says that the top is open.
"""

from __future__ import annotations

import math

from dashboard.scene.canvas import Canvas, Legend, Pick, Point, Stroke
from dashboard.scene.hovers import say_events, say_here, say_together, say_tolls
from dashboard.scene.scene import Scene, Sum, Toll
from dashboard.scene.words import HARM_WORDS, LOWEST, say_range
from geodata.language.figure import say_figure

PX_PER_ROOT = 2.6  # the diameter of a toll of 1; 500 people make 58 px
MOST_PX = 96.0  # of the greatest toll; the others are smaller in proportion
LEAST_PX = 6.0
OPEN_RING_PX = 8.0


def diameter(number: int, most: int) -> float:
    """The diameter in px of a disc whose area is proportional to `number`, where the greatest is `most`."""
    return min(PX_PER_ROOT, MOST_PX / math.sqrt(max(most, 1))) * math.sqrt(number)


def number_of(toll: Toll | Sum) -> int:
    """The greatest number that a mark shows."""
    if isinstance(toll, Sum):
        return toll.tolls.high
    return max(toll.range.low or 0, toll.range.high or 0)


def draw(canvas: Canvas, scene: Scene) -> None:
    """Draw the tolls of the events that have places; where nobody was hurt there is nothing to draw."""
    found: list[Toll | Sum] = [*scene.single_tolls, *scene.sums]
    tolls = sorted(filter(number_of, found), key=number_of, reverse=True)
    for toll in tolls:
        if isinstance(toll, Sum):
            draw_sum(canvas, scene, toll, number_of(tolls[0]))
        else:
            draw_toll(canvas, scene, toll, number_of(tolls[0]))


def draw_sum(canvas: Canvas, scene: Scene, found: Sum, most: int) -> None:
    """Draw what several events at one place have killed together, beside a greatest toll of `most`."""
    language, tolls = scene.language, found.tolls
    assert found.place.point
    here = scene.events_at.get(found.place, found.events)
    name = language.place(found.place, here[0].date_start)
    head = say_here(name, say_events(len(here), language), language)
    pick = Pick(tuple(event.event_id for event in here), (head, *say_tolls(tolls, len(found.events), language)))
    figure = say_figure(tolls.low, None if tolls.open else tolls.high, "at least", language)
    draw_range(canvas, scene, found.place.point, tolls.low, None if tolls.open else tolls.high, most, pick)
    canvas.legend(Legend("disc", language.say(LOWEST), canvas.palette.casualties))
    canvas.label(found.place.point, language.say(HARM_WORDS["deaths"], figure=figure), "figure", pick)


def draw_range(canvas: Canvas, scene: Scene, at: Point, low: int, high: int | None, most: int, pick: Pick) -> None:
    """Draw a disc for the low of a range and a ring for its high, whose top may be open (None)."""
    color, say = canvas.palette.casualties, scene.language.say
    ring = diameter(high, most) if high is not None else diameter(low, most) + OPEN_RING_PX
    if high is None or high > low:
        canvas.disc(at, ring, color, 0.12, Stroke(color, 1.25, dashed=high is None), pick)
        text = say("Open-ended: more than the disc") if high is None else say("Outer ring: the highest figure")
        canvas.legend(Legend("ring" if high is not None else "open ring", text, color))
    canvas.disc(at, max(diameter(low, most), LEAST_PX), color, 0.82, None, pick)


def draw_toll(canvas: Canvas, scene: Scene, toll: Toll, most: int) -> None:
    """Draw one toll: spokes, ring, disc, and the figure in words; the greatest that is drawn is `most`."""
    color, say = canvas.palette.casualties, scene.language.say
    pick = Pick((toll.event.event_id,), scene.hover(toll.event))
    if toll.spokes:
        pick = Pick(pick.event_ids, (*pick.hover, say_together(len(toll.spokes), scene.language)))
        for spoke in toll.spokes:
            canvas.line((toll.at, spoke), Stroke(color, 1, alpha=0.55), None)
        canvas.legend(Legend("line", say("Spokes: one toll for these places, no split given"), color))
    draw_range(canvas, scene, toll.at, toll.range.low or 0, toll.range.high, most, pick)
    canvas.legend(Legend("disc", say("Casualties, area by the lowest figure"), color))
    claims = {claim.claim_id: claim for claim in scene.result.claims}
    figure = say_range(toll.range, claims, scene.language)
    canvas.label(toll.at, say(HARM_WORDS[toll.range.measure], figure=figure), "figure", pick)
