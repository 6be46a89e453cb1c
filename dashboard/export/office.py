"""What Word and PowerPoint files have in common: the picture of a figure at the size it has room for, safe metadata.

Pictures are PNG. Office takes SVG too, but reads no font that stands in it: labels would come in another face, beside
their halos and over the marks that they keep clear of. The bundle has the vectors.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from dashboard.choice.options import FigureOptions
from dashboard.choice.sizes import SIZES, Size
from dashboard.export.figure import Drawn
from dashboard.export.image import render
from dashboard.paper.lettering import Lettering, clean
from dashboard.paper.right_to_left import LRM
from geodata.language.language import Language

PRINT_DPI = 300.0
MAX_PROPERTY = 255  # characters, as Office has it
FIRST_DAY = date(1980, 1, 1)  # earlier dates of a file are taken for a fault
MARGIN = 36.0  # points: what Word calls narrow, so that figures stay large


@dataclass(frozen=True, slots=True)
class Paper:
    """Width and height in points."""

    width: float
    height: float

    def share(self, size: Size) -> float:
        """How much of its true size a figure has room for: 1 where it fits, never more."""
        width, height = size.points
        return min(1.0, self.width / width, self.height / height)

    def less(self, height: float) -> Paper:
        """What is left under something that is `height` points high."""
        return Paper(self.width, self.height - height)


SLIDE = Paper(960, 540)


def paper(size: Size) -> Paper:
    """The page that a figure goes on: A4, or Letter for a figure of that size; on its side where that is larger."""
    letter = size in (SIZES["Letter"], SIZES["Letter-landscape"])
    short, long = sorted(SIZES["Letter" if letter else "A4"].points)
    return max(Paper(short, long), Paper(long, short), key=lambda page: within(page).share(size))


def within(page: Paper) -> Paper:
    """The page without its margins."""
    return Paper(page.width - 2 * MARGIN, page.height - 2 * MARGIN)


def picture_dpi(options: FigureOptions, room: Paper) -> float:
    """Dots an inch of the figure at its own size, so that the picture has `dpi` (300) where it stands.

    Raises ChoiceError when the picture would have too many pixels.
    """
    return options.size.png_dpi((options.dpi or PRINT_DPI) * room.share(options.size), options.scale)


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure as PNG, the width and height in points that it takes, the alt text."""

    png: bytes
    width: float
    height: float
    alt: str


def picture_of(drawn: Drawn, room: Paper) -> Picture:
    """A figure at its true size, or as large as there is room; as sharp as asked at that size."""
    report = drawn.report
    dpi = picture_dpi(report.options, room)
    share = room.share(report.options.size)
    width, height = (side * share for side in report.options.size.points)
    sharp = replace(report, options=replace(report.options, dpi=dpi, scale=1.0))
    return Picture(render(sharp, "png"), width, height, clean(report.alt, drawn.scene.language.right_to_left))


def lines_of(text: str, size: float, width: float, most: int, language: Language, *, bold: bool = False) -> list[str]:
    """A text in at most `most` lines of `width` points, cut with an ellipsis.

    Measured in the figure's type, which is wider than Office's own: what fits by this measure fits.
    """
    lines = Lettering(language.right_to_left).wrap(text, size, width, most, bold)
    return [line.replace(LRM, "") for line in lines]


def sign(properties: Any, figures: int, drawn: Drawn) -> None:
    """Set a file's core properties from the last of its figures: no person, no clock, the day on which it was made.

    The title is that of the only figure; that of the whole, or of its data, where there are several.
    """
    report = drawn.report
    title = report.title if figures == 1 else report.options.title or drawn.scene.store.title
    made = datetime.combine(max(report.made_on, FIRST_DAY), time())
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.title = clean(title, drawn.scene.language.right_to_left)[:MAX_PROPERTY]
    properties.language = report.language.code
    properties.created = properties.modified = made
    properties.revision = 1
