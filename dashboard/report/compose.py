"""The report figure: one page with title, map, legend, what is not on the map, scale bar, sources. From a `Page`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geodata.language.language import Language

if TYPE_CHECKING:
    from dashboard.report.contents import Contents, Report

MOST_DRAWINGS = 6


def compose(page: Contents) -> Report:
    """Draw a page, and say on it what found no room on its map."""
    report = page.draw()
    # What did not fit is known once the map is drawn: it is drawn again with room for the words that say so, and once
    # more where that has moved other labels. A panel that had no room once does not come back.
    for _ in range(MOST_DRAWINGS - 1):
        notes = _notes(report, page.language)
        if page.shared and notes:
            notes = (" ".join(notes),)  # in a series there is room for one line
        # Where the room for the words was what the labels needed elsewhere, it stays, without words.
        notes = notes or tuple("" for _ in page.notes)
        # On a map of a part of the ground not all is drawn that there is.
        entries = [entry for entry in page.extent.entries if entry in report.legend]
        if notes == page.notes and entries == page.extent.entries:
            break
        page = replace(page, notes=notes, panels=report.panels, extent=replace(page.extent, entries=entries))
        report = page.draw()
    return report


def _notes(report: Report, language: Language) -> tuple[str, ...]:
    """What the map could not show, in sentences."""
    notes = []
    if report.beyond:
        notes.append(
            language.count(
                "Beyond the frame: {count} event with a place outside the map shown.",
                "Beyond the frame: {count} events with a place outside the map shown.",
                len(report.beyond),
            )
        )
    if report.left_out:
        notes.append(
            language.count(
                "No room on the map for {count} label: {labels}.",
                "No room on the map for {count} labels: {labels}.",
                len(report.left_out),
                labels=language.listed_apart(report.left_out),
            )
        )
    return tuple(notes)
