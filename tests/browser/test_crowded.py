"""Many events at few places: what is written on the map stands only where it can be read, the greatest first."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.screen.camera import PADDING_PX
from tests.browser.conftest import SIZE
from tests.browser.gestures import MAP, act, at, look, open_page
from tests.server import serving

WRITTEN = (
    f"layer => [...new Set({MAP}.queryRenderedFeatures({{layers: [layer]}}).map(each => each.properties.text))].sort()"
)
# the figures that are drawn within so many px of a place
AROUND = (
    f"([lon, lat, reach]) => {{ const {{ x, y }} = {MAP}.project([lon, lat]);"
    f" const box = [[x - reach, y - reach], [x + reach, y + reach]];"
    f" return {MAP}.queryRenderedFeatures(box, {{layers: ['marks-figure']}}).map(each => each.properties.text); }}"
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Of a server over 40 clashes in one city, with 1 to 40 deaths, a strike near it, and two protests elsewhere."""
    rows = [f"Clash {n},clash,2022-01-05,36.28,33.51,{n}" for n in range(1, 41)]
    rows.append("Strike,protest,2022-01-05,36.28,33.36,")
    rows += [f"Protest {n},protest,2022-01-05,37.16,36.2," for n in (1, 2)]
    path = tmp_path_factory.mktemp("crowded") / "events.csv"
    path.write_text("\n".join(["title,category,date_start,lon,lat,deaths", *rows]), encoding="utf-8")
    with serving((sys.executable, "-m", "dashboard", str(path))) as url:
        yield url


def test_the_figures_at_one_place_are_written_as_their_sum(kept: Page) -> None:
    look(kept)
    assert kept.evaluate(WRITTEN, "marks-figure") == ["820 killed"]


def test_a_figure_makes_way_for_the_symbols_around_it(kept: Page) -> None:
    look(kept, "/?at=36.28,33.5,7")
    assert kept.evaluate(WRITTEN, "marks-figure") == ["820 killed"]
    for symbol in ((36.28, 33.51), (36.28, 33.36)):
        assert kept.evaluate(AROUND, [*symbol, 8]) == []


def test_a_phones_buttons_lie_beside_each_other_in_the_room_that_the_map_leaves_at_its_edge(kept: Page) -> None:
    look(kept)
    for width in (390, 320):
        kept.set_viewport_size({"width": width, "height": 844})
        zoom, layers, whole = (kept.locator(part).bounding_box() for part in (".zoom", ".map-corner", ".map-section"))
        assert zoom and layers and whole
        assert layers["x"] + layers["width"] < zoom["x"] and zoom["x"] + zoom["width"] <= width
        assert zoom["y"] + zoom["height"] <= whole["y"] + PADDING_PX
    kept.set_viewport_size(SIZE)


def test_a_symbol_of_several_events_bears_their_number(kept: Page) -> None:
    look(kept)
    assert kept.evaluate(WRITTEN, "marks-count") == ["2", "40"]


def test_a_tap_near_a_mark_and_a_key_over_it_open_its_events(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    open_page(page, f"{address}/?at=36.28,33.51,7")
    x, y = at(page, (36.28, 33.51))
    act(page, lambda: page.touchscreen.tap(x + 12, y))
    expect(page.locator("#panel")).to_contain_text("40 events here")
    open_page(page, f"{address}/?at=37.16,36.2,7")
    page.locator(".maplibregl-canvas").focus()
    act(page, lambda: page.keyboard.press("Enter"))
    expect(page.locator("#panel")).to_contain_text("2 events here")
    context.close()
