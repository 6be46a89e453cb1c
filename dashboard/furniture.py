"""What stands around the map: legend, lists, scale bar, lines of text. All in points of the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from dashboard.canvas import Legend, Stroke
from dashboard.ink import HAIRLINE, Ink, box_path
from dashboard.printing import LEADING, MIN_TEXT_PT, Print
from dashboard.projection import Box, Frame, say_lat
from dashboard.theme import Palette
from geodata.language import ENGLISH, Language, phrase

SYMBOL_EM = 2.4  # the width that a legend's symbols take, in sizes of its type


@dataclass(frozen=True, slots=True)
class Type:
    """The sizes of type on a page, in points, from its scale; none below 6.5."""

    scale: float

    def _size(self, points: float) -> float:
        return max(MIN_TEXT_PT, points * self.scale)

    @property
    def title(self) -> float:
        """The title's."""
        return max(11.0, 17 * self.scale)

    @property
    def lead(self) -> float:
        """That of the line under the title."""
        return self._size(9.2)

    @property
    def text(self) -> float:
        """The legend's and the lists'."""
        return self._size(7.8)

    @property
    def note(self) -> float:
        """The sources'."""
        return self._size(6.6)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a block: a text, set bold or not, muted or not, with the legend entry whose symbol it begins."""

    text: str
    bold: bool = False
    muted: bool = False
    entry: Legend | None = None
    indent: float = 0.0
    space: float = 0.0


@dataclass(frozen=True, slots=True)
class Block:
    """Rows and where they begin."""

    rows: Sequence[Row]
    left: float
    top: float


def legend_rows(
    ink: Ink, entries: Sequence[Legend], size: float, width: float, language: Language = ENGLISH
) -> list[Row]:
    """The legend as lines of at most `width` points, in the order of drawing."""
    indent = SYMBOL_EM * size
    rows = [Row(language.say("Legend"), bold=True)] if entries else []
    for entry in entries:
        for number, line in enumerate(ink.lettering.wrap(entry.text, size, width - indent, 4)):
            rows.append(Row(line, entry=None if number else entry, indent=indent, space=0 if number else 0.28 * size))
    return rows


def list_rows(
    ink: Ink, heading: str, items: Sequence[str], size: float, width: float, most: int, language: Language = ENGLISH
) -> list[Row]:
    """A heading and its items in at most `most` lines; the last one says how many items found no room."""
    rows = [Row(line, bold=True) for line in ink.lettering.wrap(heading, size, width, 3, bold=True)]
    for number, item in enumerate(items):
        lines = ink.lettering.wrap(item, size, width, 3)
        left = len(items) - number
        if len(rows) + len(lines) + (left > 1) > most:
            return [
                *rows,
                Row(language.count("and {count} more", "and {count} more", left), muted=True, space=0.3 * size),
            ]
        rows += [Row(line, space=0 if n else 0.3 * size) for n, line in enumerate(lines)]
    return rows


def height_of(rows: Sequence[Row], size: float) -> float:
    """The height of a block of rows in points."""
    return sum(size * LEADING + row.space for row in rows)


def spaced(rows: Sequence[Row], space: float) -> list[Row]:
    """The rows with more space before the first."""
    return [replace(row, space=space) if number == 0 else row for number, row in enumerate(rows)]


def in_columns(rows: Sequence[Row], size: float, count: int) -> list[list[Row]]:
    """The rows in at most `count` columns of about equal height; an entry stays in one piece."""
    entries: list[list[Row]] = []
    for row in rows:
        starts = row.bold or row.space > 0
        # A heading stands with what follows it.
        if not entries or (starts and not all(each.bold for each in entries[-1])):
            entries.append([])
        entries[-1].append(row)
    least = max((height_of(entry, size) for entry in entries), default=0.0)
    height = max(least, height_of(rows, size) / count)
    while True:
        columns: list[list[Row]] = [[]]
        for entry in entries:
            if columns[-1] and height_of([*columns[-1], *entry], size) > height + 0.01:
                columns.append([])
            columns[-1] += entry if columns[-1] else spaced(entry, 0)
        if len(columns) <= count:
            return columns
        height += size / 2


def draw_rows(ink: Ink, block: Block, size: float, palette: Palette) -> None:
    """Set a block of rows from its top downwards."""
    top, left = block.top, block.left
    for row in block.rows:
        top -= size * LEADING + row.space
        base = top + 0.28 * size
        if row.entry:
            draw_symbol(ink, row.entry, left + 0.8 * size, base + 0.34 * size, size, palette)
        color = palette.muted if row.muted else palette.ink
        ink.text(left + row.indent, base, row.text, size, color, bold=row.bold, role="panel")


def draw_symbol(ink: Ink, entry: Legend, x: float, y: float, size: float, palette: Palette) -> None:
    """The symbol of a legend entry around (x, y), as it stands on the map."""
    color, half = entry.color, 0.8 * size
    if entry.kind == "glyph":
        ink.glyph(x, y, entry.glyph, color, 0.95 * size, palette.page)
    elif entry.kind == "line":
        ink.line([np.array([(x - half, y), (x + half, y)])], Stroke(color, 0.1 * size, alpha=0.55))
    elif entry.kind == "arrow":
        ink.line([np.array([(x - half, y), (x + half * 0.6, y)])], Stroke(color, 0.24 * size, alpha=0.85))
        ink.arrowhead(x + half * 1.1, y, 90, color, 0.95 * size, palette.page)
    elif entry.kind == "disc":
        ink.disc(x, y, size, color, 0.82, None)
    elif entry.kind in ("ring", "open ring"):
        ink.disc(x, y, 1.25 * size, color, 0.12, Stroke(color, 0.12 * size, dashed=entry.kind == "open ring"))
    elif entry.kind == "tag":
        box: Box = (x - half, y - 0.42 * size, x + half, y + 0.42 * size)
        ink.shape(box_path(box, 0.25 * size), palette.page, 1, Stroke(color, 2 * HAIRLINE))
    else:
        box = (x - half, y - 0.45 * size, x + half, y + 0.45 * size)
        ink.shape(box_path(box), color, 0.14, Stroke(color, 0.1 * size, dashed=True))


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
