"""The page's map as data: Plotly's figure with its layers, the marks of a query's result, the camera."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dashboard.choice.view import Camera
from dashboard.layers import LAYERS
from dashboard.scene.cells import Cells
from dashboard.scene.hovers import say_area
from dashboard.scene.theme import palette
from dashboard.screen.basemap import focus_countries, style
from dashboard.screen.camera import home_camera
from dashboard.screen.chart_style import CONFIG
from dashboard.screen.maplibre import Screen
from geodata.language.language import Language
from geodata.store.questions.cells import is_area
from geodata.store.store import Store

Figure = dict[str, Any]
COMMON_SIZE = (856.0, 676.0)  # the map in a window of 1440 x 900; the first answer knows the real one


def marks_of(
    screen: Screen, theme: str, camera: Camera | None, cells: Cells | None = None, idle: Sequence[int] = ()
) -> dict[str, Any]:
    """What the page puts on its map: marks, hovers, tags, lit countries, theme; where to look, None to stay.

    `idle` ones beside the `cells` are not seen until the page counts events in them.
    """
    if cells:
        for cell in idle:
            name = say_area(cells.areas[cell], screen.language) if is_area(cell) else ""
            screen.idle_cell(cells.shape_of(cell), f"{cell:x}", name)
    return {
        "marks": screen.data(),
        "picks": screen.picks,
        "tags": screen.tags,
        "lit": screen.lit,
        "theme": theme,
        "camera": camera and [camera.lon, camera.lat, camera.zoom],
    }


def map_figure(theme: str, store: Store, language: Language) -> Figure:
    """The Plotly map without its marks, seen from where a window of a common size shows everything.

    It has one trace for each layer of the catalogue, which the page fills with the places of the layer's marks. What
    is seen of them the style draws, which can do more than traces: halos, dashes, symbols beside each other.
    """
    names = {name for place in store.places for name in place.all_names()}
    names |= {country.name for country in store.countries if country.named}
    camera = home_camera(store, *COMMON_SIZE)
    layout = {
        "map": {
            "style": style(palette(theme), focus_countries(store), names),
            "center": {"lon": camera.lon, "lat": camera.lat},
            "zoom": camera.zoom,
        },
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "showlegend": False,
        # the page has its own
        "hovermode": False,
        "clickmode": "none",
        "dragmode": "pan",
    }
    # Plotly makes a map for a trace, and four of MapLibre's layers for each that is to be seen: one without a name is
    # enough for the map, and the layers' traces become visible when they have points.
    anchor = layer_trace("", "") | {"visible": True, "showlegend": False}
    traces = [layer_trace(name, language.say(layer.title)) for name, layer in LAYERS.items()]
    return {"data": [*traces, anchor], "layout": layout, "config": CONFIG | {"responsive": False}}


def layer_trace(name: str, title: str) -> Figure:
    """The trace of a layer whose marks are not known yet. Nothing of it is seen: the style draws the marks."""
    look = {"visible": False, "mode": "markers", "marker": {"opacity": 0}, "hoverinfo": "skip"}
    return {"type": "scattermap", "name": title, "legendgroup": name, **look, "lon": [], "lat": [], "customdata": []}
