"""The page's map as a Plotly map: its traces, the marks of its style, and that both follow the choices."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from dashboard.layers import LAYERS
from tests.browser.gestures import ALMATY, MAP, NEXT_FRAMES, act, at, drawn_texts, look, open_page

FIGURE = "document.querySelector('.map-canvas')"
# Positions of the layer's marks by what MapLibre's source has, as the traces have them.
POINTS = f"""() => {{
  const {{ features }} = {MAP}.getSource('marks').serialize().data;
  const points = {{}};
  for (const {{ properties, geometry }} of features)
    if (geometry.type === 'Point' && properties.layer) (points[properties.layer] ??= []).push(geometry.coordinates);
  return points;
}}"""


def traces(page: Page) -> dict[str, dict[str, Any]]:
    """The traces of the layers by their names."""
    found: list[dict[str, Any]] = page.evaluate(
        f"() => {FIGURE}.data.map(({{name, type, legendgroup, lon, lat, customdata}}) =>"
        " ({name, type, legendgroup, lon, lat, customdata}))"
    )
    return {trace["name"]: trace for trace in found if trace["legendgroup"]}


def camera(page: Page) -> list[float]:
    found: list[float] = page.evaluate(f"() => [{MAP}.getCenter().lng, {MAP}.getCenter().lat, {MAP}.getZoom()]")
    return found


def test_the_map_is_a_plotly_map_with_a_trace_for_each_layer(kept: Page) -> None:
    look(kept)
    assert kept.evaluate(f"() => {FIGURE}._fullLayout.map._subplot.map === {MAP}")
    style = kept.evaluate(f"() => {FIGURE}.layout.map.style")
    assert style["sources"]["marks"]["data"]["features"]
    assert "marks-glyph" in [layer["id"] for layer in style["layers"]]
    found = traces(kept)
    assert {name: trace["legendgroup"] for name, trace in found.items()} == {
        layer.title: name for name, layer in LAYERS.items()
    }
    assert {trace["type"] for trace in found.values()} == {"scattermap"}
    expect(kept.locator(".modebar, .map-canvas .legend")).to_have_count(0)


def test_the_traces_follow_categories_dates_and_layers(page: Page) -> None:
    open_page(page)
    assert len(traces(page)["Clashes"]["lon"]) == 4
    assert ["E6"] in traces(page)["Clashes"]["customdata"]
    act(page, page.get_by_label("Clashes").first.click)
    assert traces(page)["Clashes"]["lon"] == []
    act(page, page.get_by_label("Clashes").first.click)
    before = len(traces(page)["Deployments"]["lon"])
    page.get_by_label("To", exact=True).fill("2022-01-03")
    act(page, lambda: page.get_by_label("To", exact=True).press("Enter"))
    assert len(traces(page)["Deployments"]["lon"]) < before
    act(page, page.get_by_role("button", name="Reset").click)
    page.get_by_role("button", name="Layers").click()
    act(page, page.get_by_label("Show casualties").click)
    assert traces(page)["Casualties"]["lon"] == []


def test_the_traces_have_the_marks_of_the_map(kept: Page) -> None:
    look(kept)
    for gesture in (lambda: None, lambda: act(kept, kept.get_by_label("Political").first.click)):
        gesture()
        points = kept.evaluate(POINTS)
        found = {trace["legendgroup"]: trace for trace in traces(kept).values()}
        assert {"clashes", "deployments", "labels"} <= points.keys()
        for layer, marks in points.items():
            trace = found[layer]
            ours = list(map(list, zip(trace["lon"], trace["lat"], strict=True)))
            assert [mark for mark in marks if mark not in ours] == [], layer
            assert len(trace["customdata"]) == len(ours)
        assert not [
            layer for layer, trace in found.items() if trace["lon"] and layer not in {*points, "country", "precision"}
        ]  # tags and areas


def test_what_plotly_draws_again_is_what_the_map_shows(kept: Page) -> None:
    look(kept)
    act(kept, kept.get_by_label("Clashes").first.click)
    kept.get_by_role("button", name="Zoom in").click()
    kept.wait_for_timeout(400)
    texts, looks = sorted(drawn_texts(kept)), camera(kept)
    for again in ("redraw(gd)", "relayout(gd, {'map.bearing': 0})", "Plots.resize(gd)"):
        kept.evaluate(f"async () => {{ const gd = {FIGURE}; await Plotly.{again}; }}")
        kept.wait_for_function(f"() => {MAP}.loaded()")
        kept.evaluate(NEXT_FRAMES)
        assert sorted(drawn_texts(kept)) == texts, again
        assert [round(value, 6) for value in camera(kept)] == [round(value, 6) for value in looks], again
    assert traces(kept)["Clashes"]["lon"] == []


def test_the_map_survives_a_theme_change_while_nothing_is_shown(kept: Page) -> None:
    look(kept, "/?from=1990-01-01&to=1990-01-02")
    assert not any(trace["lon"] for trace in traces(kept).values())
    act(kept, lambda: kept.get_by_label("Dark theme").click(force=True))
    act(kept, kept.get_by_role("button", name="Show all dates").click)
    assert drawn_texts(kept).count("▲") == 4
    assert kept.evaluate(f"() => {FIGURE}.layout.map.style.name") == "sitrep-#15171a"


def test_a_double_click_zooms_in_and_the_map_fills_its_place_at_any_size(page: Page) -> None:
    open_page(page)
    before = camera(page)[2]
    x, y = at(page, ALMATY)
    page.mouse.dblclick(x - 200, y + 90)
    page.wait_for_timeout(600)
    assert camera(page)[2] > before + 0.5
    page.set_viewport_size({"width": 1100, "height": 760})
    page.wait_for_function(f"() => {MAP}.loaded()")
    page.evaluate(NEXT_FRAMES)
    size = page.evaluate(f"() => [{MAP}.getCanvas().clientWidth, {MAP}.getCanvas().clientHeight]")
    box = page.locator("#map").bounding_box()
    assert box and size == [round(box["width"]), round(box["height"])]
    assert camera(page)[2] > before + 0.5


def test_the_map_asks_for_its_frames_itself_again_after_each_answer(kept: Page) -> None:
    own = f"() => [Object.hasOwn({MAP}, 'triggerRepaint'), typeof Object.getPrototypeOf({MAP}).triggerRepaint]"
    look(kept)
    for _ in range(2):
        act(kept, kept.get_by_label("Clashes").first.click)
        assert kept.evaluate(own) == [False, "function"]
