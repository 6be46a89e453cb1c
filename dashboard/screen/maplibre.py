"""The `Canvas` of the page: a GeoJSON source of marks for MapLibre, and the layers that show them.

A filter change swaps the data of this source, which a browser paints in a fraction of the time that a trace of
Plotly's map for each look takes (measured: a fifth). Every look is a property of its feature; `mark_layers` reads
them. Hover texts travel as plain lines beside the features: the page shows them as text, never as markup.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Self

import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from dashboard.layers import steps
from dashboard.scene.canvas import GLYPH_PX, PIP_PX, Legend, Pick, Point, Stroke
from dashboard.scene.hovers import say_more
from dashboard.scene.scene import Scene, offsets, pip_offsets
from dashboard.scene.theme import ARROW, Palette
from dashboard.scene.theme import palette as palette_of
from geodata.language.language import Language

Feature = dict[str, Any]
TEXT_FONT, BOLD_FONT, GLYPH_FONT = "Noto Sans Regular", "Noto Sans Bold", "Sitrep Symbols"
COUNT_PX, COUNT_BESIDE = 10, (6.0, -5.0)  # px; right and up of the middle of a symbol
SOURCE = "marks"
# Basemap layers over the countries that assets/map/marks.mjs lights by their filter.
LIT = ("lit-area", "lit-line")
MOST_LINES = 6  # of a tag
MOST_FANNED = 6  # as many as there are categories


class Screen:
    """Collects what layers draw as features; their order is the order of the calls."""

    def __init__(self, palette: Palette, language: Language) -> None:
        self.palette, self.language = palette, language
        self.legends: list[Legend] = []
        self.tags: list[dict[str, Any]] = []
        self.picks: list[dict[str, Any]] = []
        self.features: list[Feature] = []
        self.lit: list[str] = []

    @classmethod
    def of(cls, scene: Scene, theme: str) -> Self:
        """The scene's layers, drawn in a theme ("light" or "dark"); each feature knows its layer by its key."""
        canvas, named = cls(palette_of(theme), scene.language), 0
        for layer in steps(canvas, scene):
            for feature in canvas.features[named:]:
                feature["properties"]["layer"] = layer
            named = len(canvas.features)
        return canvas

    def _add(self, kind: str, geometry: dict[str, Any], pick: Pick | None, **look: object) -> None:
        properties: dict[str, object] = {"kind": kind, "order": len(self.features), **look}
        if pick:
            found = {"ids": pick.event_ids, "lines": pick.hover} | ({"cell": pick.cell} if pick.cell else {})
            if not self.picks or self.picks[-1] != found:
                self.picks.append(found)
            properties["pick"] = len(self.picks) - 1
        self.features.append({"type": "Feature", "properties": properties, "geometry": geometry})

    def _point(self, kind: str, at: Point, pick: Pick | None, **look: object) -> None:
        geometry = {"type": "Point", "coordinates": [round(at[0], 5), round(at[1], 5)]}
        self._add(kind, geometry, pick, **look)

    def polygon(self, shape: BaseGeometry, fill: str, alpha: float, edge: Stroke, pick: Pick | None) -> None:
        """A filled area with its outline; both are felt where there is a pick."""
        shape = rounded(shape)
        self._add("area", mapping(shape), pick, color=fill, alpha=alpha)
        self._add(_line_kind(edge), mapping(shape.boundary), pick, **_look(edge))

    def cell(self, shape: BaseGeometry, color: str, pick: Pick) -> None:
        """A cell; its edge is the style's, as there may be thousands."""
        self._add("cell", mapping(rounded(shape)), pick, color=color)

    def idle_cell(self, shape: BaseGeometry, cell: str, name: str) -> None:
        """A cell (as of a `Pick`), or an area with its name, that is not seen until it is given a colour."""
        self._add("cell", mapping(rounded(shape)), None, cell=cell, **({"name": name} if name else {}))

    def country(self, code: str, color: str) -> None:  # noqa: ARG002 (the style has the colour)
        """Note the country: the basemap has its outline already, and `LIT` lights it."""
        self.lit.append(code)

    def line(self, points: Sequence[Point], stroke: Stroke, pick: Pick | None) -> None:
        """A line on the ground."""
        coordinates = [[round(lon, 4), round(lat, 4)] for lon, lat in points]
        self._add(_line_kind(stroke), {"type": "LineString", "coordinates": coordinates}, pick, **_look(stroke))

    def disc(self, at: Point, diameter: float, fill: str, alpha: float, edge: Stroke | None, pick: Pick | None) -> None:
        """A circle in px. A dashed edge is drawn soft: the number has no known top."""
        soft = edge is not None and edge.dashed
        stroke = {"stroke": edge.color, "stroke_width": edge.width} if edge and not soft else {}
        if soft:
            diameter, alpha = diameter * 1.25, 0.35
        look = {"color": fill, "alpha": alpha, "radius": round(diameter / 2, 1), "blur": 0.35 if soft else 0.0}
        self._point("disc", at, pick, **look, **stroke)

    def glyph(self, at: Point, glyph: str, color: str, offset: Point, pick: Pick, size: float = GLYPH_PX) -> None:
        """A symbol as text of the bundled glyph font, with a halo of the page's colour."""
        slot = "{:g} {:g}".format(*offset)
        if size == PIP_PX:
            self._point("pip", at, pick, text=glyph, color=color, slot=slot)
            return
        self._point("glyph", at, pick, text=glyph, color=color, size=size, slot=slot, turn=0.0)
        if (count := len(pick.event_ids)) > 1:
            outwards = "right" if offset[0] < 0 else "left"  # the side at which the number holds on
            self._point("count", at, pick, text=str(count), color=color, slot=slot, rank=-count, anchor=outwards)

    def arrowhead(self, at: Point, bearing: float, color: str, size: float, pick: Pick) -> None:
        """The glyph ▶, turned to the bearing."""
        turn = round(bearing - 90, 1)
        self._point("glyph", at, pick, text=ARROW, color=color, size=round(size, 1), slot="0 0", turn=turn)

    def label(self, at: Point, text: str, role: str, pick: Pick | None = None) -> None:
        """A place's name finds room beside its mark or waits for a closer zoom; tags are the page's own buttons."""
        if role == "tag":
            ids = pick.event_ids if pick else ()
            lines = text.split("\n")
            if len(lines) > MOST_LINES:
                lines[MOST_LINES - 1 :] = [say_more(len(lines) - MOST_LINES + 1, self.language)]
            self.tags.append({"lon": at[0], "lat": at[1], "lines": lines, "ids": ids})
        else:
            self._point("figure" if role == "figure" else "name", at, pick, text=text)

    def data(self) -> Feature:
        """The GeoJSON of `SOURCE`."""
        return {"type": "FeatureCollection", "features": self.features}

    def legend(self, entry: Legend) -> None:
        """Note what was drawn, once."""
        if entry not in self.legends:
            self.legends.append(entry)


def rounded(shape: BaseGeometry) -> BaseGeometry:
    """A shape in degrees whose numbers are as long as a screen needs them: to a metre."""
    return shapely.transform(shape, lambda points: points.round(5))


def _line_kind(stroke: Stroke) -> str:
    return "dash" if stroke.dashed else "line"


def _look(stroke: Stroke) -> dict[str, object]:
    return {"color": stroke.color, "alpha": stroke.alpha, "width": stroke.width}


def cell_layer(palette: Palette) -> dict[str, Any]:
    """MapLibre's layer of the cells over `SOURCE`, which lies under the names of the base map.

    A cell has the colour that the page gives it (assets/map/cells.mjs), else its own; without one it is not seen.
    """
    color = ["coalesce", ["feature-state", "color"], ["get", "color"], ""]
    return {
        "id": "marks-cell", "type": "fill", "source": SOURCE, "filter": ["==", ["get", "kind"], "cell"],
        "paint": {"fill-color": ["to-color", color, "transparent"], "fill-outline-color": palette.land,
                  "fill-opacity": ["case", ["==", color, ""], 0, 0.9]},
    }  # fmt: skip


def mark_layers(palette: Palette) -> list[dict[str, Any]]:
    """MapLibre's layers over `SOURCE`, the lowest first; all looks but these come from the features."""

    def get(name: str, default: object) -> list[Any]:
        return ["coalesce", ["get", name], default]

    def layer(kind: str, type_: str, layout: dict[str, Any], paint: dict[str, Any]) -> dict[str, Any]:
        found = {"id": f"marks-{kind}", "type": type_, "source": SOURCE, "filter": ["==", ["get", "kind"], kind]}
        return found | {"layout": layout, "paint": paint}

    halo = {"text-halo-color": palette.page, "text-halo-width": 1.5}
    line = {"line-color": ["get", "color"], "line-width": ["get", "width"], "line-opacity": ["get", "alpha"]}
    over = {"text-allow-overlap": True, "text-ignore-placement": False}
    sort = {"symbol-sort-key": ["get", "order"]}
    return [
        layer("area", "fill", {}, {"fill-color": ["get", "color"], "fill-opacity": ["get", "alpha"],
                                   "fill-antialias": False}),
        layer("line", "line", {"line-cap": "round", "line-sort-key": ["get", "order"]}, line),
        layer("dash", "line", {}, line | {"line-dasharray": [2, 2]}),
        # Names lie under the marks, so that they find the room that marks leave.
        layer("name", "symbol", {
            "text-field": ["get", "text"], "text-font": [TEXT_FONT], "text-size": 12, "text-line-height": 1.15,
            "text-radial-offset": 1.7, "text-justify": "auto",
            "text-variable-anchor": ["left", "right", "top", "bottom", "top-left", "bottom-left", "top-right",
                                     "bottom-right"],
        }, halo | {"text-color": get("color", palette.ink)}),
        layer("disc", "circle", {"circle-sort-key": ["get", "order"]}, {
            "circle-color": ["get", "color"], "circle-opacity": ["get", "alpha"], "circle-radius": ["get", "radius"],
            "circle-blur": ["get", "blur"], "circle-stroke-color": get("stroke", palette.page),
            "circle-stroke-width": get("stroke_width", 0),
        }),
        # Figures stand only where symbols leave them room, those of the greatest first.
        layer("figure", "symbol", sort | {
            "text-field": ["get", "text"], "text-font": [BOLD_FONT], "text-size": 12, "text-radial-offset": 2.6,
            "text-variable-anchor": ["top", "bottom", "left", "right"], "text-justify": "auto",
        }, halo | {"text-color": get("color", palette.casualties)}),
        layer("glyph", "symbol", over | sort | {
            "text-field": ["get", "text"], "text-font": [GLYPH_FONT], "text-size": ["get", "size"],
            "text-offset": offset_of_slot(GLYPH_PX), "text-rotate": ["get", "turn"], "text-rotation-alignment": "map",
        }, halo | {"text-color": ["get", "color"]}),
        layer("pip", "symbol", over | {
            "text-field": ["get", "text"], "text-font": [GLYPH_FONT], "text-size": PIP_PX,
            "text-offset": offset_of_slot(PIP_PX, slots=pip_offsets),
        }, halo | {"text-color": ["get", "color"]}),
        # How many events a symbol stands for is said where it fits: the greatest first.
        layer("count", "symbol", {
            "text-field": ["get", "text"], "text-font": [BOLD_FONT], "text-size": COUNT_PX,
            "text-anchor": ["get", "anchor"],
            "text-offset": offset_of_slot(COUNT_PX, COUNT_BESIDE), "symbol-sort-key": ["get", "rank"],
            "text-padding": 0,
        }, halo | {"text-color": ["get", "color"]}),
    ]  # fmt: skip


def offset_of_slot(
    size: float, beside: Point = (0.0, 0.0), slots: Callable[[int], tuple[Point, ...]] = offsets
) -> list[Any]:
    """The expression that turns a feature's slot ("x y" in px) into an offset in ems of a text of `size` px, `beside`
    it by so many px, away from the middle of the slots; it can only list them, for each number of `slots`."""
    places = {offset for count in range(1, MOST_FANNED + 1) for offset in slots(count)}

    def ems(x: float, y: float) -> list[Any]:
        outwards = -beside[0] if x < 0 else beside[0]
        return ["literal", [round((x + outwards) / size, 3), round((y + beside[1]) / size, 3)]]

    cases: list[Any] = []
    for x, y in sorted(places - {(0.0, 0.0)}):
        cases += [f"{x:g} {y:g}", ems(x, y)]
    return ["match", ["get", "slot"], *cases, ems(0, 0)]
