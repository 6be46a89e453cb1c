"""What stands around the map: legend, lists, scale bar, lines of text. All in points of the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from dashboard.paper.canvas import LEADING, MIN_TEXT_PT
from dashboard.paper.ink import HAIRLINE, Ink, box_path
from dashboard.paper.projection import Box
from dashboard.scene.canvas import Legend, Stroke
from dashboard.scene.theme import Palette
from geodata.language.language import ENGLISH, Language

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
    rows = [Row(language.say("Legend"), bold=True)] if entries else []
    for entry in entries:
        indent = 0.0 if entry.kind == "heading" else SYMBOL_EM * size
        for number, line in enumerate(ink.lettering.wrap(entry.text, size, width - indent, 4)):
            rows.append(Row(line, entry=None if number else entry, indent=indent, space=0 if number else 0.28 * size))
    return rows


def list_rows(
    ink: Ink,
    heading: str,
    items: Sequence[str],
    size: float,
    width: float,
    most: int,
    language: Language = ENGLISH,
    count: int = 0,
) -> list[Row]:
    """A heading and its items in at most `most` lines; the last one says how many found no room, of `count` or all."""
    rows = [Row(line, bold=True) for line in ink.lettering.wrap(heading, size, width, 3, bold=True)]
    for number, item in enumerate(items):
        lines = ink.lettering.wrap(item, size, width, 3)
        left = max(count, len(items)) - number
        if len(rows) + len(lines) + (left > 1) > most:
            return [
                *rows,
                Row(language.count("and {count} more", "and {count} more", left), muted=True, space=0.3 * size),
            ]
        rows += [Row(line, space=0 if n else 0.3 * size) for n, line in enumerate(lines)]
    if items and (left := count - len(items)) > 0:
        rows.append(Row(language.count("and {count} more", "and {count} more", left), muted=True, space=0.3 * size))
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
    if entry.kind == "heading":
        return
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
    elif entry.kind == "cell":
        ink.shape(box_path((x - half, y - 0.42 * size, x + half, y + 0.42 * size)), color)
    elif entry.kind == "tag":
        box: Box = (x - half, y - 0.42 * size, x + half, y + 0.42 * size)
        ink.shape(box_path(box, 0.25 * size), palette.page, 1, Stroke(color, 2 * HAIRLINE))
    else:
        box = (x - half, y - 0.45 * size, x + half, y + 0.45 * size)
        ink.shape(box_path(box), color, 0.14, Stroke(color, 0.1 * size, dashed=True))
