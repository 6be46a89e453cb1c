"""The map and its charts as Plotly figures, for notebooks and for other Dash apps.

    >>> import dashboard, geodata
    >>> store = geodata.open_store()
    >>> dashboard.map_figure(store, geodata.Filter.parse(categories="clash")).layout.title.text
    'Unrest in Kazakhstan, January 2022'

The figures need no server and no network: the base map is in them.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboard.choice.view import View
from dashboard.layers import LAYERS
from dashboard.report.caption import default_title
from dashboard.scene.scene import Scene
from dashboard.screen import claims as claims_chart
from dashboard.screen import timeline as timeline_chart
from dashboard.screen.camera import boxes_of, fit
from dashboard.screen.chart_style import plain
from dashboard.screen.offline import WORKER_AS_DATA, offline_style, shown_layers
from dashboard.screen.plotly import Plotly
from geodata.errors import NothingFound
from geodata.files import write_whole
from geodata.filter import Filter
from geodata.language.language import ENGLISH
from geodata.store.store import Store

if TYPE_CHECKING:
    import plotly.graph_objects as go

SIZE = (900.0, 560.0)  # px for which the camera is chosen
CONFIG = {"showSendToCloud": False, "plotlyServerURL": "", "displaylogo": False, "scrollZoom": True}


def map_figure(store: Store, where: Filter | None = None, view: View | None = None) -> go.Figure:
    """The map of a choice as a `plotly.graph_objects.Figure`: a legend entry a layer, hovers, the page's own marks.

    `where` keeps the events (all without it); `view` says the layers, the camera, the theme and the language. Each
    layer's trace is named as on the page and has `customdata`, the ids of the events at each of its places (lon, lat
    in degrees). The marks themselves are drawn by the map's style: in a `dcc.Graph`, `hide_layers` lets the legend hide
    them too.

    >>> import dashboard, geodata
    >>> figure = dashboard.map_figure(geodata.open_store())
    >>> [trace.name for trace in figure.data if trace.showlegend][-4:]
    ['Deployments', 'Clashes', 'Protests', 'Political']
    """
    view = view or View()
    theme = view.theme or "light"
    scene = Scene.of(store, where or Filter(), view, view.language)
    canvas = Plotly.of(scene, theme)
    camera = view.at or fit(boxes_of(scene), *SIZE)
    figure = canvas.figure(offline_style(store, theme, canvas.marks()), camera)
    return figure.update_layout(title_text=plain(default_title(scene)), margin_t=44, height=SIZE[1])


def timeline_figure(store: Store, where: Filter | None = None, theme: str = "light") -> go.Figure:
    """Events per day (or week, month) by category, and under them each event's possible days.

    >>> import dashboard, geodata
    >>> len(dashboard.timeline_figure(geodata.open_store()).data) > 6
    True
    """
    return _figure(timeline_chart.timeline_figure(store.query(where or Filter()), store.span, theme, ENGLISH))


def claims_figure(store: Store, measure: str, where: Filter | None = None, theme: str = "light") -> go.Figure:
    """Who said which figure for a measure (one of `geodata.record.model.MEASURES`) on which day, and its fate.

    Raises NothingFound where no claim of the kept events gives the measure.

    >>> import dashboard, geodata
    >>> figure = dashboard.claims_figure(geodata.open_store(), "deaths")
    >>> figure.layout.showlegend is None or figure.layout.showlegend in (True, False)
    True
    """
    claims = store.query(where or Filter()).claims
    if not any(claim.measure == measure for claim in claims):
        raise NothingFound(f"No claim about {measure!r} is among the events that are kept.")
    return _figure(claims_chart.claims_figure(claims, measure, theme, ENGLISH))


def _figure(found: dict[str, Any]) -> go.Figure:
    import plotly.graph_objects as go  # noqa: PLC0415 (a second; only who draws waits for it)

    return go.Figure({"data": found["data"], "layout": found["layout"]})


def hide_layers(figure: dict[str, Any] | go.Figure) -> dict[str, Any]:
    """The figure of `map_figure` with the marks hidden of layers that its legend has switched off.

    Plotly's legend switches traces; the marks are in the style. In a Dash app:

        @app.callback(Output("map", "figure"), Input("map", "restyleData"), State("map", "figure"))
        def hide(changed, figure):
            return dashboard.hide_layers(dashboard.switched(figure, changed))

    >>> import dashboard, geodata
    >>> figure = dashboard.map_figure(geodata.open_store())
    >>> figure = figure.for_each_trace(lambda trace: trace.update(visible="legendonly"), {"legendgroup": "clashes"})
    >>> hidden = dashboard.hide_layers(figure)["layout"]["map"]["style"]["layers"]
    >>> "clashes" in next(layer for layer in hidden if layer["id"] == "marks-glyph")["filter"][2][2][1]
    False
    """
    found: dict[str, Any] = figure if isinstance(figure, dict) else figure.to_plotly_json()
    off = {trace.get("legendgroup") for trace in found["data"] if trace.get("visible") in (False, "legendonly")}
    style = found["layout"]["map"]["style"]
    filters = shown_layers(style, (name for name in LAYERS if name not in off))
    layers = [layer | {"filter": filters.get(layer["id"], layer.get("filter", True))} for layer in style["layers"]]
    # Plotly compares the style that it has with the new one: it must be another object.
    changed = {**found["layout"]["map"], "style": {**style, "layers": layers}}
    return {**found, "layout": {**found["layout"], "map": changed}}


def switched(figure: dict[str, Any], changed: Sequence[Any] | None) -> dict[str, Any]:
    """A `dcc.Graph`'s figure with what its `restyleData` says of visible traces: [{"visible": [...]}, [indices]]."""
    if not changed:
        return figure
    values, traces = changed
    visible = values.get("visible", [])
    data = [dict(trace) for trace in figure["data"]]
    for number, index in enumerate(traces):
        if visible:
            data[index]["visible"] = visible[number % len(visible)]
    return {**figure, "data": data}


def write_html(figure: go.Figure, out: Path | str) -> None:
    """Write a figure with a map as an HTML file that works from a folder, without a server or a network.

    Plotly's own `figure.write_html` writes a file whose map stays empty when it is opened from a folder in Chromium or
    Chrome, which start no worker from a blob: there; this one gives the worker's code as a data: address. It also
    lets the legend hide the marks. For a file to publish, `python -m dashboard export map.html` is smaller and can be
    narrowed by category and day.
    """
    page = figure.to_html(include_plotlyjs=True, config=CONFIG, post_script=_HIDE.replace("LAYERS", str([*LAYERS])))
    title = html.unescape(figure.layout.title.text or "Map")  # Plotly's markup, in which `plain` escaped the text
    head = f"<head><title>{html.escape(title)}</title><script>{WORKER_AS_DATA}</script>"
    write_whole(Path(out), page.replace("<head>", head, 1).encode())


# What `hide_layers` does, in the browser: on a click in the legend, filters of the style's layers of marks.
_HIDE = """
(() => {
  const box = document.getElementById("{plot_id}");
  box.on("plotly_restyle", () => {
    const map = box._fullLayout.map._subplot.map;
    const off = box.data.filter((trace) => trace.visible === "legendonly").map((trace) => trace.legendgroup);
    const on = LAYERS.filter((name) => !off.includes(name));
    for (const { id } of map.getStyle().layers.filter((layer) => layer.id.startsWith("marks-"))) {
      map.setFilter(id, ["all", ["==", ["get", "kind"], id.slice(6)], ["in", ["get", "layer"], ["literal", on]]]);
    }
  });
})();
"""
