"""The figures of a series: one extent, one scale and one place on the page for all, so that nothing jumps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard.paper.inset import is_small
from dashboard.paper.lettering import ELLIPSIS
from dashboard.paper.projection import Box
from dashboard.report.contents import Contents, Layout
from dashboard.report.shared import Shared, SharedRoom

MAX_TITLE = 400  # characters that three lines could hold


def bind(whole: Contents, title: str, values: Sequence[str], pages: Sequence[Contents]) -> list[Contents]:
    """The pages, made to share the extent of `whole` and the largest map that has room on each of them.

    Each has a headline of `title` and its value.
    """
    shared, layout = Shared(whole.lonlat, frozenset(whole.focus())), whole.layout()
    pages = [
        replace(page, shared=shared, title=_headline(layout, title, value))
        for page, value in zip(pages, values, strict=True)
    ]
    layouts = [page.layout() for page in pages]
    room = SharedRoom(0.0, min(layout.header() for layout in layouts), _rows(layouts), True)
    room = replace(room, bottom=layouts[0].footer_height(room.rows))
    found: list[tuple[SharedRoom, Box]] = []
    for each in (room, replace(room, beside=False)):
        boxes = [plan.box for layout in layouts if (plan := layout.plan(each.top, each)[2])]
        if len(boxes) == len(layouts):
            lefts, bottoms, rights, tops = zip(*boxes, strict=True)
            found.append((each, (max(lefts), max(bottoms), min(rights), min(tops))))
    best, box = max(found, key=lambda choice: layouts[0].frame(choice[1]).scale)
    shared = replace(shared, room=best, box=box)
    if is_small(layouts[0].frame(box)):
        # Where the inset and the arrow are off all marks, they are off those of each.
        report = replace(whole, shared=shared).draw()
        taken = (report.locator.box if report.locator else None, report.north)
        shared = replace(shared, reserved=frozenset(each for each in taken if each))
    return [replace(page, shared=shared) for page in pages]


def _headline(layout: Layout, title: str, value: str) -> str:
    """As "Title: value"; of a title that has no room the end gives way, so that the value is read."""
    width, size, cut = layout.width - 2 * layout.margin, layout.type.title, title[:MAX_TITLE]
    say = layout.page.language.say
    found = say("{title}: {value}", title=title if cut == title else f"{cut}{ELLIPSIS}", value=value)
    while cut and layout.ink.lettering.balance(found, size, width, 3)[-1].endswith(ELLIPSIS):
        cut = cut[:-8]
        found = say("{title}: {value}", title=f"{cut.rstrip()}{ELLIPSIS}", value=value)
    return found


def _rows(layouts: Sequence[Layout]) -> int:
    """The lines of the longest footer, and one more for what finds no room on a map, one for panels that do not."""
    return max(len(layout.footer()) for layout in layouts) + 1 + bool(layouts[0].page.options.panels)
