"""The catalogue of panels: one file a chart or table that can stand beside the map of a sheet.

To add one, write its file and add its line here. Drawing is loaded only when a panel is made.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.phrases import page_phrase, phrase

if TYPE_CHECKING:
    from dashboard.panels.base import Panel


@dataclass(frozen=True, slots=True)
class PanelKind:
    """A kind of panel: its title in the export dialog, its name within a sentence, and how its class is loaded."""

    title: str
    name: str
    load: Callable[[], type[Panel]]


def _timeline() -> type[Panel]:
    from dashboard.panels.timeline import TimelinePanel  # noqa: PLC0415 (loads matplotlib, as those below)

    return TimelinePanel


def _claims() -> type[Panel]:
    from dashboard.panels.claims import ClaimsPanel  # noqa: PLC0415

    return ClaimsPanel


def _table() -> type[Panel]:
    from dashboard.panels.table import TablePanel  # noqa: PLC0415

    return TablePanel


PANELS: dict[str, PanelKind] = {
    "timeline": PanelKind(page_phrase("Timeline"), phrase("timeline"), _timeline),
    "claims": PanelKind(page_phrase("Claims"), phrase("claims chart"), _claims),
    "table": PanelKind(page_phrase("Table"), phrase("table of marks"), _table),
}
