"""The report figure: one page with title, map, legend, what is not on the map, scale bar, sources. From a `Scene`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dashboard.options import FigureOptions
from dashboard.scene import Scene

if TYPE_CHECKING:
    from dashboard.page import Report

__all__ = ["FigureOptions", "compose"]


def compose(scene: Scene, options: FigureOptions) -> Report:
    """Lay out the figure of a scene. The first one loads matplotlib, which takes most of a second."""
    from dashboard.page import Page  # noqa: PLC0415 (loads matplotlib)

    page = Page.of(scene, options)
    report = page.draw()
    notes = []
    if report.beyond:
        outside = f"{len(report.beyond)} {'event' if len(report.beyond) == 1 else 'events'}"
        notes.append(f"Beyond the frame: {outside} with a place outside the map shown.")
    if report.left_out:
        notes.append(f"No room on the map for {len(report.left_out)} labels: {'; '.join(report.left_out)}.")
    # What did not fit is known once the map is drawn: say it in a second drawing that keeps room for the words.
    return replace(page, notes=tuple(notes)).draw() if notes else report
