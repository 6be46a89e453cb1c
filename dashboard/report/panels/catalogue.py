"""The panels that can stand beside a printed map, by the names that the option `panels` has for them."""

from __future__ import annotations

from dashboard.report.panels.base import Panel
from dashboard.report.panels.claims import ClaimsPanel
from dashboard.report.panels.table import TablePanel
from dashboard.report.panels.timeline import TimelinePanel
from geodata.phrases import phrase

PANEL_OF: dict[str, type[Panel]] = {"timeline": TimelinePanel, "claims": ClaimsPanel, "table": TablePanel}
# What is not there, for the note that says so.
NO_ROOM = {
    ("timeline",): phrase("No room on this page for the timeline."),
    ("claims",): phrase("No room on this page for the claims chart."),
    ("table",): phrase("No room on this page for the table of marks."),
    ("timeline", "claims"): phrase("No room on this page for the timeline and the claims chart."),
    ("timeline", "table"): phrase("No room on this page for the timeline and the table of marks."),
    ("claims", "table"): phrase("No room on this page for the claims chart and the table of marks."),
    ("timeline", "claims", "table"): phrase(
        "No room on this page for the timeline, the claims chart and the table of marks."
    ),
}
