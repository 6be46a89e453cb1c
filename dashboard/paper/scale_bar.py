"""The scale bar: a round length on the ground and its words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dashboard.paper.canvas import Print
from dashboard.paper.ink import Ink, box_path
from dashboard.paper.projection import Box, Frame
from dashboard.scene.canvas import Stroke
from dashboard.scene.theme import Palette
from geodata.language.degrees import say_lat
from geodata.language.language import ENGLISH, Language
from geodata.phrases import phrase


@dataclass(frozen=True, slots=True)
class ScaleBar:
    """A bar on the page (points) and what it is on the ground: `length_m` along the geodesic between its ends."""

    left: float
    right: float
    y: float
    length_m: float
    label: str


def fit_scale_bar(
    frame: Frame, size: float, language: Language = ENGLISH, below: float | None = None
) -> ScaleBar | None:
    """The bar of a round length, about a fifth of the map wide, true where it lies; None where no bar can be.

    With `below`, a height on the page, it stands there under the map, of about half its width and true in its middle.
    """
    left, bottom, right, top = frame.box
    wish = (right - left) * (0.2 if below is None else 0.5) / frame.scale
    rounds = [f * 10.0**e for e in range(1, 8) for f in (1, 2, 5)]
    steps = sorted((step for step in rounds if step <= 1.2 * wish), reverse=True)
    # On a map of a continent the scale is not the same everywhere: say where it holds.
    wide = (right - left) / frame.scale > 1_500_000
    if below is not None:
        start, y = left + 0.25 * (right - left), (bottom + top) / 2
        for length in steps[:2]:
            end = frame.bar(start, y, length)
            if end < right:
                label = say_length(frame, (start + end) / 2, y, length, wide, language)
                return ScaleBar(left, left + end - start, below + 0.6 * size, length, label)
        return None
    for x_share, y_share in ((0.0, 0.0), (0.35, 0.0), (0.4, 0.3), (0.4, 0.5)):
        x = left + 1.6 * size + x_share * (right - left)
        y = bottom + 1.5 * size + y_share * (top - bottom)
        for length in steps[:2]:
            end = frame.bar(x, y, length)
            if x + 8 < end < right - 12 * size:
                return ScaleBar(x, end, y, length, say_length(frame, (x + end) / 2, y, length, wide, language))
    return None


def say_length(frame: Frame, x: float, y: float, length_m: float, wide: bool, language: Language) -> str:
    """As "500 km", or "500 km at 48° N" where that holds at a place of the page only."""
    unit = phrase("{length} km") if length_m >= 1000 else phrase("{length} m")
    name = language.say(unit, length=language.number(round(length_m / 1000 if length_m >= 1000 else length_m)))
    if not wide:
        return name
    lat = round(float(frame.to_ground(np.array([[x, y]]))[0, 1]))
    return language.say("{length} at {lat}", length=name, lat=say_lat(lat, language))


def draw_scale_bar(ink: Ink, bar: ScaleBar, size: float, palette: Palette) -> None:
    """The bar with its label, as the group "scale-bar"."""
    tick = 0.4 * size
    shape = np.array([(bar.left, bar.y + tick), (bar.left, bar.y), (bar.right, bar.y), (bar.right, bar.y + tick)])
    # What sets the bar off the ground stays outside the group, which then holds the bar and its label and no more.
    end = bar.right + 0.6 * size + ink.lettering.width(bar.label, size)
    box: Box = (bar.left - 0.5 * size, bar.y - 0.5 * size, end + 0.5 * size, bar.y + size)
    ink.shape(box_path(box, 0.2 * size), palette.page, 0.72)
    ink.begin()
    ink.line([shape], Stroke(palette.ink, 0.12 * size))
    ink.text(bar.right + 0.6 * size, bar.y - 0.08 * size, bar.label, size, palette.ink, role="scale")
    ink.end("scale-bar")


def reserve_scale_bar(canvas: Print, bar: ScaleBar, size: float) -> None:
    """Keep labels off the bar."""
    width = canvas.ink.lettering.width(bar.label, size)
    canvas.placement.take((bar.left - size, bar.y - size, bar.right + width + 1.6 * size, bar.y + 1.3 * size))
