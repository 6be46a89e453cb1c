"""The exported .html, opened from a folder in a browser without a network: its map, hovers, switches and days."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.conftest import new_page, watch
from tests.figures import drawn

LAYERS = ["marks-glyph", "marks-disc", "marks-line", "marks-area", "marks-dash", "marks-figure", "marks-name"]
MOST_BYTES = 6_000_000
SIZE: ViewportSize = {"width": 1000, "height": 640}  # the map fills it, and is drawn in software: pixels cost
CAMERA = "() => (({ map }) => ({ center: map.getCenter(), zoom: map.getZoom() }))(document.getElementById('map'))"
PUT_BACK = """(camera) => {
  for (const input of document.querySelectorAll("input")) {
    input.checked = input.defaultChecked;
    input.value = input.defaultValue;
  }
  document.dispatchEvent(new Event("change"));
  document.getElementById("map").map.jumpTo(camera);
}"""


@pytest.fixture(scope="module")
def content() -> bytes:
    from geodata.store.opening import open_store  # noqa: PLC0415

    return drawn(open_store(), "html")


class Opened(NamedTuple):
    """The page in which the file is open, where its map was first, what it has asked for and what went wrong."""

    page: Page
    uri: str
    camera: dict[str, Any]
    asked: list[str]
    trouble: list[str]


@pytest.fixture(scope="module")
def opened(browser: Browser, content: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    path = tmp_path_factory.mktemp("folder") / "a map.html"
    path.write_bytes(content)
    page = new_page(browser, offline=True)
    page.set_viewport_size(SIZE)
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url))
    trouble = watch(page, path.as_uri())
    page.goto(path.as_uri())
    page.wait_for_function("() => document.documentElement.dataset.ready")
    yield Opened(page, path.as_uri(), page.evaluate(CAMERA), asked, trouble)
    page.context.close()


@pytest.fixture
def file(opened: Opened) -> Iterator[Page]:
    """The file as it is when it has been opened; nothing may go wrong, and nothing but itself may be asked for.

    To put its controls and its map back is a fourth of the work of opening it again.
    """
    page = opened.page
    page.mouse.move(-1, -1)
    page.set_viewport_size(SIZE)
    page.evaluate(PUT_BACK, opened.camera)
    page.wait_for_function("() => document.getElementById('map').map.loaded()")
    yield page
    own = (opened.uri, "data:", "about:")
    wrong = [url for url in opened.asked if not url.startswith(own)]
    wrong += [said for said in opened.trouble if opened.uri not in said]
    opened.asked.clear()
    opened.trouble.clear()
    assert wrong == []


def count(page: Page, *kinds: str) -> int:
    layers = [f"marks-{kind}" for kind in kinds] or LAYERS
    found = page.evaluate(
        "(layers) => document.getElementById('map').map.queryRenderedFeatures({ layers }).length", layers
    )
    return int(found)


def layers_drawn(page: Page) -> set[str]:
    """The catalogue's layers of which a mark is on the map."""
    found = "document.getElementById('map').map.queryRenderedFeatures({ layers })"
    return set(page.evaluate(f"(layers) => {found}.map((mark) => mark.properties.layer)", LAYERS))


def settled(page: Page) -> None:
    page.wait_for_function("() => document.getElementById('map').map.loaded()")
    page.wait_for_function(
        "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))"
    )
    page.wait_for_timeout(250)


def marks(page: Page) -> list[dict[str, Any]]:
    """The marks that the file holds, each with the events behind it and the lines that it tells."""
    found: list[dict[str, Any]] = page.evaluate(
        "() => (({ marks, picks }) => marks.map(mark => ({ ...mark, properties: { ...mark.properties,"
        " ...picks[mark.properties.pick] } })))(document.getElementById('map').content)"
    )
    return found


def test_the_file_is_small_and_names_no_other_host_but_the_sources(content: bytes) -> None:
    assert len(content) < MOST_BYTES
    style = content[: content.index(b"</head>")].decode()
    assert "default-src 'none'" in style
    assert re.findall(r"https?://", style) == []


def test_every_layer_with_marks_is_drawn_from_a_folder(file: Page) -> None:
    expected = {mark["properties"]["layer"] for mark in marks(file) if mark["properties"].get("layer")}
    assert layers_drawn(file) == expected
    assert count(file, "glyph") >= 12
    assert count(file, "name") > 3
    expect(file.locator(".tag")).to_contain_text("Kazakhstan, country-wide: 13 events")


def test_the_hover_at_each_symbol_tells_of_its_events(file: Page) -> None:
    file.set_viewport_size({"width": 800, "height": 500})  # a close map of few pixels is drawn sooner
    settled(file)
    box = file.locator("#map").bounding_box()
    assert box
    events = {e["id"]: e for e in file.evaluate("() => document.getElementById('map').content.events")}
    # An arrowhead may lie under the symbol of its destination: its flow is felt along the line.
    symbols = [m for m in marks(file) if m["properties"]["kind"] == "glyph" and m["properties"]["text"] != "▶"]
    assert len(symbols) > 10
    looks: dict[tuple[float, float], list[dict[str, Any]]] = {}
    for mark in symbols:
        looks.setdefault(tuple(mark["geometry"]["coordinates"]), []).append(mark["properties"])
    for at, here in looks.items():
        file.evaluate("(center) => { document.getElementById('map').map.jumpTo({ center, zoom: 7.5 }) }", at)
        settled(file)
        for look in here:
            x, y = map(float, look["slot"].split())
            file.mouse.move(box["x"] + 5, box["y"] + 5)
            file.mouse.move(box["x"] + box["width"] / 2 + x, box["y"] + box["height"] / 2 + y, steps=2)
            expect(file.locator("#tip")).to_be_visible()
            told = file.locator("#tip").inner_text()
            assert all(events[event_id]["title"] in told for event_id in look["ids"]), (told, look)


def test_the_hover_along_a_flow_tells_of_it_and_of_who_says_so(file: Page) -> None:
    box = file.locator("#map").bounding_box()
    flow = next(m for m in marks(file) if m["properties"]["kind"] == "line" and m["properties"].get("lines"))
    assert box
    way = flow["geometry"]["coordinates"]
    middle = way[len(way) // 2]
    file.evaluate("(center) => { document.getElementById('map').map.jumpTo({ center, zoom: 7 }) }", middle)
    settled(file)
    file.mouse.move(box["x"] + 5, box["y"] + 5)
    file.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=2)
    expect(file.locator("#tip strong")).to_have_text("Russian troops flown from Chkalovsky to Zhetygen")
    expect(file.locator("#tip")).to_contain_text("flights: ")


def places_in_figure(page: Page, layer: str) -> list[Any]:
    """A layer's trace in the figure: its name, how many places, whether it is seen, how many others there are."""
    found: list[Any] = page.evaluate(
        "(layer) => { const [trace, ...others] = document.getElementById('map').data"
        ".filter(({ legendgroup }) => legendgroup === layer);"
        " return [trace.name, trace.lon.length, trace.visible, others.length]; }",
        layer,
    )
    return found


def test_a_layer_that_is_switched_off_has_no_mark_on_the_map_and_none_in_the_figure(file: Page) -> None:
    name, count, *_ = places_in_figure(file, "clashes")
    assert name == "Clashes" and count > 1
    file.get_by_label("Clashes").last.uncheck()
    settled(file)
    assert "clashes" not in layers_drawn(file)
    assert places_in_figure(file, "clashes") == ["Clashes", 0, False, 0]
    file.get_by_label("Clashes").last.check()
    settled(file)
    assert "clashes" in layers_drawn(file)
    assert places_in_figure(file, "clashes") == ["Clashes", count, True, 0]


def test_a_category_that_is_left_out_takes_its_events_from_map_tag_and_count(file: Page) -> None:
    file.locator("input[data-category=political]").uncheck()
    settled(file)
    expect(file.locator("#shown")).to_have_text("showing 20 of 29 events")
    assert "political" not in layers_drawn(file)
    expect(file.locator(".tag strong")).not_to_contain_text("13 events")


def test_the_days_keep_what_may_lie_in_them_and_both_belong_to_them(file: Page) -> None:
    events = file.evaluate("() => document.getElementById('map').content.events")
    expected = [e for e in events if e["to"] >= "2022-01-06" and e["from"] <= "2022-01-09"]
    file.locator("#from").fill("2022-01-06")
    file.locator("#to").fill("2022-01-09")
    settled(file)
    expect(file.locator("#shown")).to_have_text(f"showing {len(expected)} of {len(events)} events")


def test_a_symbol_of_several_events_tells_only_of_those_that_are_kept(file: Page) -> None:
    shared = next(m for m in marks(file) if len(m["properties"].get("here", [])) > 2)
    events = {e["id"]: e for e in file.evaluate("() => document.getElementById('map').content.events")}
    here = [events[event_id] for event_id in shared["properties"]["here"]]
    gone = next(e for e in here if e["category"] != events[shared["properties"]["ids"][0]]["category"])
    file.locator(f"input[data-category={gone['category']}]").uncheck()
    center = shared["geometry"]["coordinates"]
    file.evaluate("(center) => { document.getElementById('map').map.jumpTo({ center, zoom: 7.5 }) }", center)
    settled(file)
    box = file.locator("#map").bounding_box()
    assert box
    x, y = map(float, shared["properties"]["slot"].split())
    file.mouse.move(box["x"] + 5, box["y"] + 5)
    file.mouse.move(box["x"] + box["width"] / 2 + x, box["y"] + box["height"] / 2 + y, steps=2)
    expect(file.locator("#tip")).to_be_visible()
    told = file.locator("#tip").inner_text()
    left = [e for e in here if e["category"] != gone["category"]]
    assert gone["title"] not in told
    assert all(e["title"] in told for e in left), told


def test_no_text_of_the_data_becomes_markup_or_ends_the_script(browser: Browser, tmp_path: Path) -> None:
    from tests.figures import place, store_of  # noqa: PLC0415

    title = "</script><script>document.title='gone'</script><b>x</b><a href='https://x.test'>y</a>\u2028"
    path = tmp_path / "hostile.html"
    path.write_bytes(drawn(store_of(place("Almaty", 76.9, 43.2), event_title=title, title=title), "html"))
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto(path.as_uri())
    page.wait_for_function("() => document.documentElement.dataset.ready")
    assert page.title() != "gone"
    assert page.locator("a").count() == 0
    content = page.evaluate("() => document.getElementById('map').content.events[0].title")
    assert json.dumps(content) == json.dumps(title)
    context.close()


def test_a_tag_has_the_lines_that_it_has_on_the_page(browser: Browser, tmp_path: Path) -> None:
    from dashboard.choice.view import View  # noqa: PLC0415
    from dashboard.scene.scene import Scene  # noqa: PLC0415
    from dashboard.screen.maplibre import Screen  # noqa: PLC0415
    from geodata.filter import Filter  # noqa: PLC0415
    from geodata.language.language import ENGLISH  # noqa: PLC0415
    from geodata.store.opening import open_data  # noqa: PLC0415

    rows = [f"Clash {n},clash,2022-01-05,KZ,{n}" for n in range(1, 9)]
    (tmp_path / "wide.csv").write_text("\n".join(["title,category,date_start,country,deaths", *rows]), encoding="utf-8")
    store = open_data([tmp_path / "wide.csv"], None)
    (tag,) = Screen.of(Scene.of(store, Filter(), View(), ENGLISH), "light").tags
    path = tmp_path / "wide.html"
    path.write_bytes(drawn(store, "html"))
    page = new_page(browser, offline=True)
    page.goto(path.as_uri())
    expect(page.locator(".tag > *")).to_have_text([*tag["lines"]])
    assert tag["lines"][-1] == "and 4 more"
    page.context.close()


def test_nothing_sticks_out_at_any_width(file: Page) -> None:
    for width in (1440, 1024, 390):
        file.set_viewport_size({"width": width, "height": 844})
        settled(file)
        assert file.evaluate("() => document.documentElement.scrollWidth") <= width
