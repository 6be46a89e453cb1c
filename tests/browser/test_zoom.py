"""The timeline zooms and moves by wheel, hand, fingers, keys and buttons; its bars are those of the days in view."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.gestures import act, brush, open_page

RANGE = "document.querySelector('#timeline').layout.xaxis.range"
PHONE: ViewportSize = {"width": 390, "height": 844}


def shown(page: Page) -> tuple[str, str]:
    """The first day on the timeline and the one after the last."""
    first, end = page.evaluate(RANGE)
    return first, end


def length(page: Page) -> int:
    """How many days the timeline shows."""
    days: int = page.evaluate(f"() => {{ const [a, b] = {RANGE}.map(Date.parse); return (b - a) / 86_400_000; }}")
    return days


def point(page: Page, share: float) -> tuple[float, float]:
    """A place on the bars, from 0 to 1 of their width."""
    box = page.locator("#timeline .nsewdrag").first.bounding_box()
    assert box
    return box["x"] + box["width"] * share, box["y"] + 30


def zoomed(page: Page, gesture: Callable[[], object]) -> tuple[str, str]:
    """The days of the link after a gesture that the server answers, as soon as they are written there."""
    act(page, gesture)
    first, last = parse_qs(urlsplit(page.url).query)["timeline"][0].split(",")
    return first, last


def turn(page: Page, times: int, *, share: float = 0.5) -> None:
    page.mouse.move(*point(page, share))
    for _ in range(times):
        page.mouse.wheel(0, -200)


def test_the_day_under_the_pointer_stays_where_it_is(page: Page) -> None:
    open_page(page)
    first, end = shown(page)
    assert zoomed(page, lambda: turn(page, 1, share=0.0))[0] == first
    assert zoomed(page, lambda: turn(page, 9, share=0.0))[0] == first
    assert length(page) == 7 and shown(page)[1] < end


def test_a_brush_on_the_zoomed_timeline_draws_the_days_under_the_hand(page: Page) -> None:
    open_page(page, "/?timeline=2022-01-03,2022-01-12")
    act(page, lambda: brush(page, 0.25, 0.45))
    query = parse_qs(urlsplit(page.url).query)
    assert (query["from"], query["to"]) == (["2022-01-05"], ["2022-01-07"])
    assert query["timeline"] == ["2022-01-03,2022-01-12"]


def test_an_end_that_is_not_given_is_that_of_the_data_and_not_of_the_view(page: Page) -> None:
    open_page(page, "/?timeline=2022-01-05,2022-01-12&to=2022-01-08")
    act(page, lambda: page.get_by_label("Last day that is shown").press("ArrowRight"))
    query = parse_qs(urlsplit(page.url).query)
    assert query["from"] == [page.locator("#play").get_attribute("data-first")] and query["to"] == ["2022-01-09"]


def test_the_timeline_is_moved_by_shift_and_drag_and_by_the_wheel_aside(page: Page) -> None:
    open_page(page, "/?timeline=2022-01-03,2022-01-12")
    page.mouse.move(*point(page, 0.5))

    def pull() -> None:
        page.keyboard.down("Shift")
        page.mouse.down()
        page.mouse.move(*point(page, 0.7), steps=4)
        page.mouse.up()
        page.keyboard.up("Shift")

    assert zoomed(page, pull) == ("2022-01-01", "2022-01-10")
    width = point(page, 1)[0] - point(page, 0)[0]
    assert zoomed(page, lambda: page.mouse.wheel(width * 0.3, 0)) == ("2022-01-04", "2022-01-13")
    assert "from" not in parse_qs(urlsplit(page.url).query)  # no days were chosen


def test_two_fingers_that_part_show_fewer_days(page: Page) -> None:
    open_page(page)
    before, (first, end) = length(page), shown(page)
    devtools = page.context.new_cdp_session(page)

    def part() -> None:
        for kind, shares in (("Start", (0.4, 0.6)), ("Move", (0.3, 0.7)), ("Move", (0.2, 0.8)), ("End", ())):
            fingers = [dict(zip("xy", point(page, share), strict=True), id=n) for n, share in enumerate(shares)]
            devtools.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": fingers})

    zoomed(page, part)
    assert abs(length(page) - before / 3) <= 1
    assert first < shown(page)[0] < shown(page)[1] < end
    assert "from" not in parse_qs(urlsplit(page.url).query)  # no days were chosen


def test_keys_and_buttons_zoom_and_say_so_and_reset_shows_all_days(page: Page) -> None:
    open_page(page, "/?from=2022-01-05&to=2022-01-08")
    whole = shown(page)
    button = page.get_by_role("button", name="Zoom to the days chosen")
    assert zoomed(page, button.click) == ("2022-01-04", "2022-01-10")
    expect(page.locator("#timeline-zoom [role=status]")).to_have_text("4 – 10 Jan 2022, by day")
    expect(page.get_by_role("button", name="Show fewer days")).to_have_attribute("aria-disabled", "true")
    assert zoomed(page, lambda: button.press("-")) == ("2021-12-31", "2022-01-13")
    assert zoomed(page, lambda: button.press("Shift+ArrowRight")) == ("2022-01-04", "2022-01-17")
    act(page, lambda: button.press("0"))
    assert shown(page) == whole and "timeline" not in page.url
    zoomed(page, lambda: button.press("+"))
    act(page, page.get_by_role("button", name="Reset").click)
    assert shown(page) == whole and urlsplit(page.url).query == ""


def test_days_that_time_runs_to_come_into_view(page: Page) -> None:
    open_page(page, "/?from=2022-01-03&to=2022-01-09&timeline=2022-01-03,2022-01-09")
    act(page, page.get_by_role("button", name="One step later").click)
    expect(page).to_have_url(re.compile("timeline=2022-01-10,2022-01-16"))


def test_on_a_phone_the_timeline_stays_above_the_buttons_at_the_foot(page: Page) -> None:
    page.set_viewport_size(PHONE)
    open_page(page, "/?from=2022-01-04&to=2022-01-09&categories=clash,protest&as_of=2022-01-09")
    boxes = [page.locator(name).bounding_box() for name in ("#sentence", ".timeline-section", ".sheets")]
    assert boxes[0] and boxes[1] and boxes[2]
    assert boxes[0]["height"] > 50 and boxes[1]["y"] + boxes[1]["height"] <= boxes[2]["y"]


def test_the_link_has_the_days_on_the_timeline_though_a_request_has_failed(page: Page) -> None:
    open_page(page)
    page.route("**/_dash-update-component*", lambda route: route.abort(), times=1)
    page.get_by_label("Clashes").first.click()
    turn(page, 2)
    page.wait_for_url(re.compile("timeline="))
    page.trouble.clear()  # type: ignore[attr-defined] # the request that failed
