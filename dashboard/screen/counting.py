"""What the page needs to count events by itself while days or categories are chosen (assets/page/counts.js)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from dashboard.layers.cells import ramp
from dashboard.scene.hovers import KILLED, KIND, OR_MORE, say_grid, say_heading
from dashboard.scene.scene import Scene, layer_of
from dashboard.scene.theme import GLYPHS, palette
from dashboard.scene.words import EVENTS, MARK_WORDS, NO_TOLL, NOT_ADDED
from dashboard.screen.drawn import FEW_EVENTS, are_few
from geodata.record.model import CATEGORIES
from geodata.store.questions.tallies import unmoved
from geodata.store.result import Result


def counting(scene: Scene, ever: Result, layers: Sequence[str], theme: str) -> dict[str, Any] | None:
    """Where its tallies come from, which categories the map draws, and how its cells tell of them.

    `ever` is what is kept whatever the days and categories; None where the map has marks of so little that it is soon
    asked.
    """
    if scene.cells is None and are_few(ever):
        return None
    where, cells, language = scene.result.where, scene.cells, scene.language
    query = urlencode(unmoved(where).changed(v=None).to_query(), safe=",;:")
    total = language.number(scene.result.total)
    return {
        "address": f"/tallies.bin?{query}",
        "tolls": f"/tolls.bin?{query}",
        "drawn": [category for category in CATEGORIES if layer_of(category) in layers],
        "grid": cells and cells.grid,
        "few": FEW_EVENTS,  # up to which the map draws marks
        "by": cells and cells.by,
        "ramp": ramp(palette(theme), cells.by) if cells else (),
        "unknown": [palette(theme).unknown, language.say("no figure")],
        "heading": cells and say_heading(cells.by, say_grid(cells, language), language),
        "words": _words(scene),
        "showing": language.say("showing {shown} of {total}", shown="{shown}", total=total),
    }


def _words(scene: Scene) -> dict[str, Any]:
    """What a cell says, as `dashboard.layers.cells` has it, with the names of numbers in their places; `tolls` is None
    where the data knows of no deaths. The page speaks English, which counts one and many."""
    say = scene.language.say

    def counted(words: tuple[str, str]) -> list[str]:
        return [scene.language.count(*words, count, number="{number}", figure="{figure}") for count in (1, 2)]

    tolls = {
        "killed": counted(KILLED),
        "left": counted(NOT_ADDED),
        "untold": counted(NO_TOLL),
        "range": say("{low}–{high}", low="{low}", high="{high}"),
        "more": say(OR_MORE, figure="{figure}"),
    }
    return {
        "events": counted(EVENTS),
        "kinds": {
            category: say(KIND, mark=GLYPHS[category], kind=say(MARK_WORDS[category]), number="{number}")
            for category in CATEGORIES
        },
        "tolls": tolls if "deaths" in scene.store.measures else None,
    }
