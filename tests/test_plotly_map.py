"""The Plotly canvas: the page's marks as a figure whose traces are the layers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.layers import LAYERS
from dashboard.scene.scene import Scene
from dashboard.screen.marks import draw_screen
from dashboard.screen.plotly import Plotly, layer_traces
from geodata.filter import Filter
from tests.figures import place, store_of

if TYPE_CHECKING:
    from geodata.store.store import Store


def canvas_of(store: Store, where: Filter | None = None, theme: str = "light") -> Plotly:
    return Plotly.of(Scene(store, store.query(where or Filter()), tuple(LAYERS)), theme)


def test_the_figure_draws_every_mark_of_the_page(store: Store) -> None:
    page = draw_screen(Scene(store, store.query(Filter()), tuple(LAYERS)), "light")
    assert canvas_of(store).data() == page.data()
    assert len(page.features) > 30


def test_each_layer_of_the_catalogue_is_a_trace_of_its_title_also_an_empty_one(store: Store) -> None:
    traces = layer_traces(canvas_of(store))
    assert [trace["name"] for trace in traces] == [layer.title for layer in LAYERS.values()]
    assert [trace["legendgroup"] for trace in traces] == [*LAYERS]
    assert next(trace for trace in traces if trace["legendgroup"] == "detentions")["lon"] == []


def test_the_traces_name_every_event_that_a_mark_stands_for(store: Store) -> None:
    canvas = canvas_of(store)
    of_marks = {event_id for pick in canvas.picks for event_id in pick["ids"]}
    of_tags = {event_id for tag in canvas.tags for event_id in tag["ids"]}
    of_traces = {event_id for trace in layer_traces(canvas) for ids in trace["customdata"] for event_id in ids}
    assert of_traces == of_marks | of_tags


def test_a_trace_has_as_many_places_as_events_and_hovers(store: Store) -> None:
    for trace in layer_traces(canvas_of(store)):
        lengths = {len(trace[key]) for key in ("lon", "lat", "customdata", "hovertext")}
        assert lengths == {len(trace["marker"]["size"])}


@pytest.mark.parametrize("title", ["<b>x</b><a href='https://x.test'>y</a>", "a & b", "&lt;b&gt;"])
def test_markup_in_a_title_is_text_in_the_hover(title: str) -> None:
    found = layer_traces(canvas_of(store_of(place("Almaty", 76.9, 43.2), event_title=title)))
    (markup,) = (text for trace in found if trace["legendgroup"] == "clashes" for text in trace["hovertext"])
    escaped = title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert markup.startswith(f"<b>{escaped}</b><br>")
    assert "<a" not in markup


def test_no_layer_is_drawn_that_the_view_leaves_out(store: Store) -> None:
    scene = Scene(store, store.query(Filter()), ("clashes",))
    found = {trace["legendgroup"] for trace in layer_traces(Plotly.of(scene, "dark")) if trace["lon"]}
    assert found == {"clashes"}
