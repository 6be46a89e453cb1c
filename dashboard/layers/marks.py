"""Events of one category at their places: one symbol a place, with a count where there are several."""

from __future__ import annotations

from dashboard.scene.canvas import Canvas, Legend, Pick
from dashboard.scene.hovers import say_events, say_here
from dashboard.scene.scene import Scene, Spot
from dashboard.scene.theme import GLYPHS
from dashboard.scene.words import MARK_WORDS


def draw(canvas: Canvas, scene: Scene, category: str) -> None:
    """Draw the symbols of `category`."""
    color, glyph = canvas.palette.categories[category], GLYPHS[category]
    for spot in scene.spots:
        if spot.category == category and spot.place.point:
            canvas.glyph(spot.place.point, glyph, color, spot.offset, pick_of(scene, spot))
            canvas.legend(Legend("glyph", scene.language.say(MARK_WORDS[category]), color, glyph))


def pick_of(scene: Scene, spot: Spot) -> Pick:
    """What the symbol stands for: its own events; the hover tells of everything at the place."""
    ids = tuple(event.event_id for event in spot.events)
    here = scene.events_at[spot.place]
    if len(here) == 1:
        return Pick(ids, scene.hover(here[0]))
    language = scene.language
    head = say_here(language.place(spot.place, here[0].date_start), say_events(len(here), language), language)
    return Pick(ids, (head, *(f"{GLYPHS[e.category]} {e.title}" for e in here)))
