"""The map in the browser and the figure in the report; shows what `geodata` knows.

For notebooks and other Dash apps: `map_figure`, `timeline_figure`, `claims_figure`, `hide_layers`, `switched` and
`write_html`, which are loaded when they are first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.choice.view import View as View
    from dashboard.figures import claims_figure as claims_figure
    from dashboard.figures import hide_layers as hide_layers
    from dashboard.figures import map_figure as map_figure
    from dashboard.figures import switched as switched
    from dashboard.figures import timeline_figure as timeline_figure
    from dashboard.figures import write_html as write_html

_FIGURES = ("claims_figure", "hide_layers", "map_figure", "switched", "timeline_figure", "write_html")


def __getattr__(name: str) -> object:
    if name in _FIGURES:
        from dashboard import figures  # noqa: PLC0415 (nothing is loaded at import)

        return getattr(figures, name)
    if name == "View":
        from dashboard.choice.view import View  # noqa: PLC0415

        return View
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
