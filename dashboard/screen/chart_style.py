"""What the page's Plotly charts share: no toolbar, one font, one hover label, data's texts as text."""

from __future__ import annotations

import html
from typing import Any

from dashboard.scene.theme import Palette

Figure = dict[str, Any]
# No toolbar, no logo, nothing that could send a figure away.
CONFIG = {
    "displayModeBar": False,
    "displaylogo": False,
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "responsive": True,
    "doubleClick": False,
    "showTips": False,
}
UI_FONT = "Inter, sans-serif"


def hover_label(colors: Palette) -> Figure:
    """The look of a hover text."""
    font = {"family": UI_FONT, "size": 13, "color": colors.ink}
    return {"bgcolor": colors.page, "bordercolor": colors.hairline, "font": font, "align": "left"}


def plain(text: str) -> str:
    """A text of the data for Plotly, which would read markup in it."""
    return html.escape(text, quote=False)
