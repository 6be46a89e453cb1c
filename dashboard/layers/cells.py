"""Cells of a grid, coloured by the number of events in them, where these are too many to be told apart."""

from __future__ import annotations

from dashboard.scene.canvas import Canvas, Legend, Pick
from dashboard.scene.cells import Hexagon, corners_of
from dashboard.scene.hovers import say_cells, say_kind, say_many_events, say_tolls
from dashboard.scene.scene import Scene
from dashboard.scene.theme import GLYPHS
from dashboard.scene.words import MARK_WORDS


def draw(canvas: Canvas, scene: Scene) -> None:
    """Draw the scene's cells, if it has any; the legend names their size, their events and the classes."""
    cells, language = scene.cells, scene.language
    if cells is None or not cells.hexagons:
        return
    colors = ramp_of(canvas.palette.ramp, len(cells.classes))
    for hexagon in cells.hexagons:
        pick = Pick((), tuple(hover(hexagon, scene)), cell=f"{hexagon.cell:x}")
        canvas.cell(corners_of(hexagon.cell), colors[cells.class_of(hexagon)], pick)
    words = say_cells(cells.events, len(cells.hexagons), cells.side_km, language)
    canvas.legend(Legend("heading", words, canvas.palette.ink))
    for number, (least, most) in enumerate(cells.classes):
        # The numbers at which classes begin; the last one says where it ends too.
        is_span = number == len(colors) - 1 and most > least
        text = f"{language.number(least)}–{language.number(most)}" if is_span else language.number(least)
        canvas.legend(Legend("cell", text, colors[number]))


def ramp_of(ramp: tuple[str, ...], count: int) -> tuple[str, ...]:
    """As many of a ramp's colours as there are classes, from end to end."""
    last = len(ramp) - 1
    return tuple(ramp[round(number * last / max(count - 1, 1))] for number in range(count))


def hover(hexagon: Hexagon, scene: Scene) -> list[str]:
    """How many events a cell has, of each category, how many people they killed if the data knows of any, and when."""
    language = scene.language
    lines = [say_many_events(hexagon.events, language)]
    for category, count in hexagon.by_category.items():
        lines.append(say_kind(GLYPHS[category], language.say(MARK_WORDS[category]), count, language))
    if "deaths" in scene.store.measures:
        lines += say_tolls(hexagon.tolls, hexagon.events, language)
    return [*lines, language.days(hexagon.first, hexagon.last)]
