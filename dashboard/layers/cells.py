"""Cells of a grid, coloured by the number of events in them, where these are too many to be told apart."""

from __future__ import annotations

from dashboard.scene.canvas import Canvas, Legend, Pick
from dashboard.scene.cells import Unit
from dashboard.scene.hovers import (
    say_area,
    say_cells,
    say_heading,
    say_kind,
    say_many_events,
    say_not_added,
    say_tolls,
)
from dashboard.scene.scene import Scene
from dashboard.scene.theme import GLYPHS, Palette
from dashboard.scene.words import MARK_WORDS
from geodata.store.questions.cells import is_area


def draw(canvas: Canvas, scene: Scene) -> None:
    """Draw the scene's cells, if it has any; the legend names their size, their events and the classes."""
    cells, language = scene.cells, scene.language
    if cells is None or not cells.units:
        return
    colors = ramp_of(ramp(canvas.palette, cells.by), len(cells.classes))
    found = [cells.class_of(unit) for unit in cells.units]
    for unit, number in zip(cells.units, found, strict=True):
        pick = Pick((), tuple(hover(unit, scene)), cell=f"{unit.cell:x}")
        color = canvas.palette.unknown if number is None else colors[number]
        canvas.cell(cells.shape_of(unit.cell), color, pick)
    canvas.legend(Legend("heading", say_heading(cells.by, say_cells(cells, language), language), canvas.palette.ink))
    if None in found:
        canvas.legend(Legend("cell", language.say("no figure"), canvas.palette.unknown))
    for at, (least, most) in enumerate(cells.classes):
        # The numbers at which classes begin; the last one says where it ends too.
        is_span = at == len(colors) - 1 and most > least
        text = f"{language.number(least)}–{language.number(most)}" if is_span else language.number(least)
        canvas.legend(Legend("cell", text, colors[at]))
    if cells.by == "deaths":
        for words in say_not_added(cells.tolls, cells.events + cells.outside, language):
            canvas.legend(Legend("heading", words, canvas.palette.muted))


def ramp(palette: Palette, by: str) -> tuple[str, ...]:
    """The colours of the classes of one of `dashboard.scene.cells.BY`."""
    return palette.toll_ramp if by == "deaths" else palette.ramp


def ramp_of(colors: tuple[str, ...], count: int) -> tuple[str, ...]:
    """As many of a ramp's colours as there are classes, from end to end."""
    last = len(colors) - 1
    return tuple(colors[round(number * last / max(count - 1, 1))] for number in range(count))


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
