"""A part of the map chosen on it, a box, a lasso or a region: its outline, its link, its pill."""

from __future__ import annotations

import math
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from tests.browser.gestures import ALMATY, MAP, act, at, open_page, sentence

Point = tuple[float, float]
OUTLINE = (
    f"() => [...new Set({MAP}.queryRenderedFeatures({{layers: ['marks-dash']}}).filter(f => f.properties.pick == null)"
    ".map(f => f.properties.color))]"
)
LIGHT, DARK = ["#1f5fbf"], ["#6ea3ee"]


def draw(page: Page, how: str, line: list[Point]) -> None:
    """Take one of the two buttons, and draw a line in px over the map."""
    page.get_by_role("button", name=how).click()
    page.mouse.move(*line[0])
    page.mouse.down()
    for point in line[1:]:
        page.mouse.move(*point)
    page.mouse.up()


def loop(middle: Point, radius: float) -> list[Point]:
    angles = [2 * math.pi * number / 90 for number in range(94)]  # a little more than once around
    return [(middle[0] + radius * math.cos(angle), middle[1] + radius * math.sin(angle)) for angle in angles]


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_a_box_that_is_drawn_keeps_what_lies_in_it_until_its_pill_lifts_it(page: Page) -> None:
    open_page(page)
    x, y = at(page, ALMATY)
    act(page, lambda: draw(page, "Select a box", [(x - 30, y - 12), (x, y), (x + 20, y + 12)]))
    assert sentence(page).startswith("showing 8 of 29: 21 outside the area")
    west, south, east, north = map(float, query(page)["bbox"][0].split(","))
    assert west < ALMATY[0] < east and south < ALMATY[1] < north
    assert page.evaluate(OUTLINE) == LIGHT
    expect(page.locator("#drawing")).to_be_hidden()
    expect(page.get_by_role("button", name="Select a box")).to_have_attribute("aria-pressed", "false")
    act(page, page.locator(".pill", has_text="Area of the map").click)
    assert sentence(page) == "showing 29 of 29"
    assert page.evaluate(OUTLINE) == []


def test_a_lasso_stands_in_the_link_and_is_the_same_when_it_is_opened_again(page: Page) -> None:
    open_page(page)
    act(page, lambda: draw(page, "Select with a lasso", loop(at(page, ALMATY), 15)))
    shown = sentence(page)
    assert shown.startswith("showing 8 of 29: 21 outside the drawn area")
    assert 8 < query(page)["area"][0].count(";") < 60
    expect(page.locator(".pill")).to_have_text(["Drawn area×"])
    open_page(page, page.url)
    assert sentence(page) == shown
    assert page.evaluate(OUTLINE) == LIGHT
    act(page, lambda: page.get_by_label("Dark theme").click(force=True))
    assert page.evaluate(OUTLINE) == DARK
    act(page, lambda: draw(page, "Select a box", [(400, 150), (1000, 500)]))
    assert query(page).keys() >= {"bbox"} and "area" not in query(page)


def test_escape_leaves_the_drawing_and_the_map_can_be_moved_again(page: Page) -> None:
    open_page(page)
    before, centre = page.url, f"() => {MAP}.getCenter().lng"
    lon = page.evaluate(centre)
    button = page.get_by_role("button", name="Select with a lasso")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".drawing-hint")).to_contain_text("Draw around an area")
    page.mouse.move(600, 300)
    page.mouse.down()
    page.mouse.move(700, 350, steps=4)
    assert page.locator("#drawing path").get_attribute("d")
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(page.locator("#drawing")).to_be_hidden()
    assert (page.url, page.evaluate(centre)) == (before, lon)
    page.mouse.move(600, 300)
    page.mouse.down()
    page.mouse.move(700, 350, steps=4)
    page.mouse.up()
    page.wait_for_function("lon => Math.abs(lon - " + f"{MAP}.getCenter().lng) > 1", arg=lon)
    button.click()
    button.click()
    expect(page.locator("#drawing")).to_be_hidden()


def test_a_finger_draws_as_a_mouse_does(page: Page) -> None:
    open_page(page)
    x, y = at(page, ALMATY)
    devtools = page.context.new_cdp_session(page)
    page.get_by_role("button", name="Select a box").click()

    def touch() -> None:
        for kind, points in (("Start", [(x - 30, y - 12)]), ("Move", [(x + 20, y + 12)]), ("End", [])):
            fingers = [{"x": left, "y": top} for left, top in points]
            devtools.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": fingers})

    act(page, touch)
    assert sentence(page).startswith("showing 8 of 29: 21 outside the area")
    devtools.detach()


def test_a_click_while_selecting_chooses_the_region_and_a_second_one_lifts_it(page: Page) -> None:
    open_page(page)
    for places in (["Almaty"], None):
        page.get_by_role("button", name="Select a box").click()
        act(page, lambda: page.mouse.click(*at(page, ALMATY)))
        assert query(page).get("places") == places
    page.get_by_role("button", name="Select with a lasso").click()
    page.mouse.click(*at(page, (34, 43.3)))  # the Black Sea
    expect(page.locator(".notice")).to_contain_text("No region lies there.")
