"""The page's map as data: MapLibre's style, the marks of a query's result, the camera."""

from __future__ import annotations

from typing import Any

from dashboard.choice.view import Camera
from dashboard.layers import draw
from dashboard.scene.scene import Scene
from dashboard.scene.theme import palette
from dashboard.screen.basemap import focus_countries, style
from dashboard.screen.camera import home_camera
from dashboard.screen.maplibre import Screen
from geodata.places.boundaries import BUNDLED
from geodata.store.store import Store

Figure = dict[str, Any]
COMMON_SIZE = (856.0, 676.0)  # the map in a window of 1440 x 900; the first answer knows the real one


def draw_screen(scene: Scene, theme: str) -> Screen:
    """The scene's layers on the page's canvas."""
    screen = Screen(palette(theme))
    draw(screen, scene)
    return screen


def marks_of(screen: Screen, theme: str, camera: Camera | None) -> dict[str, Any]:
    """What map.mjs puts on the map: marks, hovers, tags, lit countries, theme; where to look, None to stay."""
    return {
        "marks": screen.data(),
        "picks": screen.picks,
        "tags": screen.tags,
        "lit": screen.lit,
        "theme": theme,
        "camera": camera and [camera.lon, camera.lat, camera.zoom],
    }


def map_style(theme: str, store: Store) -> Figure:
    """The map without its marks, seen from where a window of a common size shows everything."""
    names = {name for place in store.places for name in place.all_names()}
    names |= {BUNDLED.country_name(at.country) for at in store.whereabouts if at.country}
    camera = home_camera(store, *COMMON_SIZE)
    view = {"center": [camera.lon, camera.lat], "zoom": camera.zoom}
    return view | style(palette(theme), focus_countries(store), names)
