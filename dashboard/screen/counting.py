"""What the page needs to count events by itself while days or categories are chosen (assets/page/counts.js)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from dashboard.scene.hovers import say_side
from dashboard.scene.scene import Scene, layer_of
from dashboard.scene.theme import palette
from dashboard.screen.drawn import MOST_PLACES, are_few
from geodata.record.model import CATEGORIES
from geodata.store.questions.tallies import unmoved
from geodata.store.result import Result


def counting(scene: Scene, ever: Result, layers: Sequence[str], theme: str) -> dict[str, Any] | None:
    """Where its tallies come from, which categories the map draws, and how its cells tell of them.

    `ever` is what is kept whatever the days and categories; None where that is little, and soon asked.
    """
    if are_few(ever):
        return None
    where, cells, language = scene.result.where, scene.cells, scene.language
    total = language.number(scene.result.total)
    return {
        "address": "/tallies.bin?" + urlencode(unmoved(where).changed(v=None).to_query(), safe=",;:"),
        "drawn": [category for category in CATEGORIES if layer_of(category) in layers],
        "resolution": cells and cells.resolution,
        "few": MOST_PLACES,  # up to which the map draws marks
        "ramp": palette(theme).ramp,
        "heading": cells and say_side(cells.side_km, language),
        "showing": language.say("showing {shown} of {total}", shown="{shown}", total=total),
    }
