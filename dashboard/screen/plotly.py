"""The `Canvas` that makes a Plotly figure: a map on which each layer of the catalogue is a trace and a legend entry.

What is seen of the marks is drawn by the map's style out of one GeoJSON source, which can do what traces cannot:
halos, dashes, soft edges, symbols beside each other, and no text that is dropped because it meets another. So the
figure looks as the page does. Its traces carry what a reader of a figure expects of a layer: the name, the legend's
switch, the places, the events behind them and the hover.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from shapely.geometry import shape

from dashboard.choice.view import Camera
from dashboard.layers import LAYERS
from dashboard.scene.canvas import Point
from dashboard.scene.scene import category_of
from dashboard.scene.theme import Palette
from dashboard.screen.chart_style import UI_FONT, hover_label, plain
from dashboard.screen.maplibre import BOLD_FONT, SOURCE, Feature, Screen

if TYPE_CHECKING:
    import plotly.graph_objects as go

Trace = dict[str, Any]
HOVER_PX = 14.0  # the reach of a mark that has no size of its own


class Plotly(Screen):
    """Collects what layers draw as the page's features, and gives them as Plotly's traces and figure."""

    def marks(self) -> list[Feature]:
        """All features, the countries' tags as texts among them: a figure has no buttons over its map."""
        tags = [
            {
                "type": "Feature",
                "properties": {"kind": "tag", "layer": "country", "text": "\n".join(tag["lines"])},
                "geometry": {"type": "Point", "coordinates": [tag["lon"], tag["lat"]]},
            }
            for tag in self.tags
        ]
        return [*self.features, *tags]

    def figure(self, style: dict[str, Any], camera: Camera) -> go.Figure:
        """The map as a `plotly.graph_objects.Figure`.

        `style` is a base map with the layers of `mark_layers` over an empty source, as
        `dashboard.screen.offline.offline_style` makes it; it is changed: the marks go into it.
        """
        import plotly.graph_objects as go  # noqa: PLC0415 (a second, and the page needs none of it)

        style["sources"]["marks"]["data"] = {"type": "FeatureCollection", "features": self.marks()}
        style["layers"].append(_tag_layer(self.palette))
        for layer in style["layers"]:
            if layer["id"].startswith("lit-"):
                layer["filter"] = ["in", ["get", "iso2"], ["literal", self.lit]]
        center = {"lon": camera.lon, "lat": camera.lat}
        layout = {
            "map": {"style": style, "center": center, "zoom": camera.zoom},
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "paper_bgcolor": self.palette.page,
            "font": {"family": UI_FONT, "size": 12, "color": self.palette.ink},
            "hoverlabel": hover_label(self.palette),
            "legend": {
                "x": 0.01, "y": 0.99, "bgcolor": self.palette.page, "bordercolor": self.palette.hairline,
                "borderwidth": 1, "itemclick": "toggle", "itemdoubleclick": "toggleothers", "groupclick": "togglegroup",
            },
            "uirevision": "map",
        }  # fmt: skip
        traces = layer_traces(self)
        drawn = [trace for trace in traces if trace["lon"]]
        # The legend's sign is a trace of its own: Plotly gives it the looks of its trace, and that of the places is
        # not seen. It has a point that lies nowhere, since without any there is no map.
        signs = [trace | {"lon": [None], "lat": [None], "customdata": [None], "hovertext": None, "hoverinfo": "skip",
                          "marker": {"size": 10, "color": self.color_of(trace["legendgroup"])}, "showlegend": True}
                 for trace in drawn]  # fmt: skip
        anchor = {"type": "scattermap", "lon": [None], "lat": [None], "showlegend": False, "hoverinfo": "skip"}
        return go.Figure({"data": [*drawn, *signs, anchor], "layout": layout})

    def color_of(self, layer: str) -> str:
        """The colour that stands for a layer."""
        return color_of(self.palette, layer)


def _tag_layer(colors: Palette) -> dict[str, Any]:
    return {
        "id": "marks-tag", "type": "symbol", "source": SOURCE, "filter": ["==", ["get", "kind"], "tag"],
        "layout": {"text-field": ["get", "text"], "text-font": [BOLD_FONT], "text-size": 12, "text-anchor": "bottom",
                   "text-offset": [0, -0.5], "text-max-width": 24, "text-allow-overlap": True},
        "paint": {"text-color": colors.accent, "text-halo-color": colors.page, "text-halo-width": 1.5},
    }  # fmt: skip


def color_of(colors: Palette, layer: str) -> str:
    """The colour that stands for a layer of the catalogue."""
    if category := category_of(layer):
        return colors.categories[category]
    return {"casualties": colors.casualties, "country": colors.accent}.get(layer, colors.muted)


def layer_traces(canvas: Screen) -> list[Trace]:
    """A trace dict (scattermap) for every layer of the catalogue, in its order; empty ones are empty traces.

    `name` is the layer's title, in the language of the scene, `legendgroup` its key; `lon` and `lat` (degrees) are the
    places of its marks, `customdata` the ids of the events that each stands for, `hovertext` what each tells, as
    Plotly's markup with the data's own texts escaped. Nothing of a trace is seen: the style draws the marks.
    """
    found: dict[str, list[tuple[Point, float, tuple[str, ...], Iterable[str]]]] = {name: [] for name in LAYERS}
    for feature in canvas.features:
        layer, pick = feature["properties"].get("layer"), feature["properties"].get("pick")
        if layer in found and feature["properties"]["kind"] != "count":  # which is a symbol's
            told = canvas.picks[pick] if pick is not None else {"ids": (), "lines": ()}
            for at in places_of(feature):
                found[layer].append((at, _reach(feature), told["ids"], told["lines"]))
    for tag in canvas.tags:
        found["country"].append(((tag["lon"], tag["lat"]), HOVER_PX, tag["ids"], tag["lines"]))
    return [_trace(name, canvas.language.say(LAYERS[name].title), points) for name, points in found.items()]


def places_of(feature: Feature) -> list[Point]:
    """Where a mark can be felt: a point itself, a line (a flow) at its vertices, an area in its middle."""
    kind, coordinates = feature["geometry"]["type"], feature["geometry"]["coordinates"]
    if kind == "Point":
        return [(coordinates[0], coordinates[1])]
    if kind == "LineString" and "pick" in feature["properties"] and feature["properties"]["kind"] == "line":
        return [(lon, lat) for lon, lat in coordinates[1:-1]] or [(lon, lat) for lon, lat in coordinates]
    if kind in ("Polygon", "MultiPolygon"):
        middle = shape(feature["geometry"]).representative_point()
        return [(round(middle.x, 5), round(middle.y, 5))]
    return []  # the edge of an area, which stands for itself, and the spokes of a toll


def _reach(feature: Feature) -> float:
    look = feature["properties"]
    return float(2 * look["radius"] if "radius" in look else look.get("size", HOVER_PX))


def _trace(name: str, title: str, points: list[tuple[Point, float, tuple[str, ...], Iterable[str]]]) -> Trace:
    return {
        "type": "scattermap",
        "name": title,
        "legendgroup": name,
        "showlegend": False,
        "mode": "markers",
        "marker": {"opacity": 0, "size": [reach for _, reach, _, _ in points]},
        "lon": [at[0] for at, _, _, _ in points],
        "lat": [at[1] for at, _, _, _ in points],
        "customdata": [list(ids) for _, _, ids, _ in points],
        "hovertext": [hover_markup(lines) for _, _, _, lines in points],
        "hoverinfo": "text",
    }


def hover_markup(lines: Iterable[str]) -> str:
    """Lines of plain text as Plotly's markup: the first stands out, and nothing in them is markup."""
    first, *rest = [plain(line) for line in lines] or [""]
    return "<br>".join([f"<b>{first}</b>", *rest]) if first else ""
