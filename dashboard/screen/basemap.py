"""The quiet map under the page's marks: a MapLibre style over the bundled files, and the camera that fits it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dashboard.scene.theme import Palette
from dashboard.screen.maplibre import LIT, SOURCE, cell_layer, mark_layers
from geodata.store.store import Store

COARSE = ("countries", "borders", "labels")
FOCUS_SHARE = 0.2


def focus_countries(store: Store) -> tuple[str, ...]:
    """The countries (ISO 3166-1 alpha-2) that at least a fifth of the events are about; their regions are shown."""
    return tuple(country.code for country in store.countries if country.events >= FOCUS_SHARE * store.size)


def style(palette: Palette, focus: Iterable[str], hidden_names: Iterable[str]) -> dict[str, Any]:
    """A MapLibre style with only our own sources. `hidden_names` are labelled by the data and not twice."""
    focus = list(focus)
    files = (
        "countries",
        "borders",
        "lakes",
        "rivers",
        "disputed_borders",
        "labels",
        *(f"regions/{code}" for code in focus),
    )
    # The page fills in the marks at every answer: the style stays the same and is not loaded again. They come
    # first, so that their shaders are ready while the large files are still being read.
    empty = {"type": "FeatureCollection", "features": []}
    sources: dict[str, Any] = {SOURCE: {"type": "geojson", "data": empty, "generateId": True}}
    for name in files:
        # assets/map/marks.mjs puts the whole file in the coarse one's place when someone looks closely.
        folder = "coarse/" if name in COARSE else ""
        url = f"/basemap/{folder}{name}.geojson"
        sources[name] = {"type": "geojson", "data": url, "tolerance": 0.8, "maxzoom": 10}
    fade = ["interpolate", ["linear"], ["zoom"]]
    names = ["case", ["!=", ["get", "local"], ""], ["concat", ["get", "name"], "\n", ["get", "local"]], ["get", "name"]]
    shown = ["!", ["in", ["get", "name"], ["literal", sorted(hidden_names)]]]
    near_enough = [">=", ["zoom"], ["get", "minzoom"]]
    text = {"text-field": names, "text-line-height": 1.15, "text-padding": 6, "text-max-width": 9,
            "text-font": ["Noto Sans Regular"], "symbol-sort-key": ["get", "rank"]}  # fmt: skip

    def line(
        name: str,
        source: str,
        color: str,
        width: float,
        keep: list[Any] | bool = True,
        opacity: float = 1,
        dashes: tuple[int, int] | None = None,
    ) -> dict[str, Any]:
        look = {"line-color": alike(color), "line-width": alike(width), "line-opacity": alike(opacity)}
        if dashes:
            look["line-dasharray"] = list(dashes)
        return {"id": name, "type": "line", "source": source, "filter": keep, "paint": look}

    def fill(name: str, source: str, color: str, keep: list[Any] | bool = True, opacity: float = 1) -> dict[str, Any]:
        # Without a smoothed edge, which would be drawn as a second pass over every coast.
        paint = {"fill-color": alike(color), "fill-opacity": alike(opacity), "fill-antialias": False}
        return {"id": name, "type": "fill", "source": source, "filter": keep, "paint": paint}

    def label(kind: str, size: object, spacing: float) -> dict[str, Any]:
        return {"id": f"{kind}-names", "type": "symbol", "source": "labels",
                "filter": ["all", ["==", ["get", "kind"], kind], shown, near_enough],
                "layout": text | {"text-size": size, "text-letter-spacing": spacing},
                "paint": {"text-color": alike(palette.label), "text-halo-color": palette.land, "text-halo-width": 1.2},
                }  # fmt: skip

    return {
        "version": 8,
        "name": f"sitrep-{palette.page}",
        "glyphs": "/assets/glyphs/{fontstack}/{range}.pbf",
        "sources": sources,
        "layers": [
            {"id": "water", "type": "background", "paint": {"background-color": palette.water}},
            fill("land", "countries", palette.land),
            fill("focus", "countries", palette.focus, ["in", ["get", "iso2"], ["literal", focus]]),
            fill("lakes", "lakes", palette.water),
            line("rivers", "rivers", palette.water, 1.0,
                 ["all", [">=", ["zoom"], 3.5], [">=", ["zoom"], ["get", "min_zoom"]]]),
            *(line(f"regions-{code}", f"regions/{code}", palette.border, 0.6,
                   dashes=(3, 2)) for code in focus),
            line("borders", "borders", palette.border, 0.8),
            line("disputed", "disputed_borders", palette.land, 1.4, dashes=(2, 2)),
            cell_layer(palette),
            label("city", [*fade, 3, 10.5, 8, 13], 0),
            label("country", [*fade, 2, 10.5, 6, 15], 0.06),
            fill(LIT[0], "countries", palette.accent, ["==", ["get", "iso2"], "-"], 0.035),
            line(LIT[1], "countries", palette.accent, 1.25, ["==", ["get", "iso2"], "-"], 0.7),
            *mark_layers(palette),
        ],
    }  # fmt: skip


def alike(value: object) -> list[Any]:
    """The value, said as if it came from each feature: layers that read their looks alike share one shader program,
    and making one takes some 50 ms without a graphics card."""
    return ["case", ["has", "kind"], value, value]
