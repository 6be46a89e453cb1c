"""Events of one category at their places: one symbol a place, with a count where there are several."""

from __future__ import annotations

from dashboard.scene.canvas import GLYPH_PX, PIP_PX, Canvas, Legend, Pick
from dashboard.scene.hovers import say_events, say_here, say_more
from dashboard.scene.scene import Scene, Spot
from dashboard.scene.theme import GLYPHS
from dashboard.scene.words import MARK_WORDS

MOST_TOLD = 10  # of the events at a place, by a hover


def draw(canvas: Canvas, scene: Scene, category: str) -> None:
    """Draw the symbols of `category`."""
    color, glyph = canvas.palette.categories[category], GLYPHS[category]
    for spot in scene.spots:
        if spot.category == category and spot.place.point:
            size = PIP_PX if spot.is_pip else GLYPH_PX
            canvas.glyph(spot.place.point, glyph, color, spot.offset, pick_of(scene, spot), size)
            canvas.legend(Legend("glyph", scene.language.say(MARK_WORDS[category]), color, glyph))


def pick_of(scene: Scene, spot: Spot) -> Pick:
    """What the symbol stands for: its own events; the hover tells of everything at the place."""
    ids = tuple(event.event_id for event in spot.events)
    here = scene.events_at[spot.place]
    if len(here) == 1:
        return Pick(ids, scene.hover(here[0]))
    language = scene.language
    head = say_here(language.place(spot.place, here[0].date_start), say_events(len(here), language), language)
    told = here if len(here) <= MOST_TOLD else here[: MOST_TOLD - 1]
    more = [say_more(len(here) - len(told), language)] if len(told) < len(here) else []
    return Pick(ids, (head, *(f"{GLYPHS[e.category]} {e.title}" for e in told), *more))
