"""Cells of a grid, coloured by the number of events in them, where these are too many to be told apart."""

from __future__ import annotations

from dashboard.scene.canvas import Canvas, Legend, Pick
from dashboard.scene.cells import Unit
from dashboard.scene.hovers import say_area, say_cells, say_kind, say_many_events, say_tolls
from dashboard.scene.scene import Scene
from dashboard.scene.theme import GLYPHS
from dashboard.scene.words import MARK_WORDS
from geodata.store.questions.cells import is_area


def draw(canvas: Canvas, scene: Scene) -> None:
    """Draw the scene's cells, if it has any; the legend names their size, their events and the classes."""
    cells, language = scene.cells, scene.language
    if cells is None or not cells.units:
        return
    colors = ramp_of(canvas.palette.ramp, len(cells.classes))
    for unit in cells.units:
        pick = Pick((), tuple(hover(unit, scene)), cell=f"{unit.cell:x}")
        canvas.cell(cells.shape_of(unit.cell), colors[cells.class_of(unit)], pick)
    words = say_cells(cells, language)
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


def hover(unit: Unit, scene: Scene) -> list[str]:
    """Which area it is, how many events it has, of each category, how many people they killed, where the data knows of
    any, and when."""
    language = scene.language
    lines = [say_area(scene.store.areas[unit.cell], language)] if is_area(unit.cell) else []
    lines.append(say_many_events(unit.events, language))
    for category, count in unit.by_category.items():
        lines.append(say_kind(GLYPHS[category], language.say(MARK_WORDS[category]), count, language))
    if "deaths" in scene.store.measures:
        lines += say_tolls(unit.tolls, unit.events, language)
    return [*lines, language.days(unit.first, unit.last)]
