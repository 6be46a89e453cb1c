"""Time that runs by itself: steps, modes, and what stops it."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from tests.browser.gestures import act, open_page, sentence


def days(page: Page) -> tuple[str, str]:
    """The first and last day that the link has."""
    query = parse_qs(urlsplit(page.url).query)
    return query.get("from", [""])[0], query.get("to", [""])[0]


def until(page: Page, to: str) -> None:
    """Wait until the page has a choice that ends on a day, or later."""
    page.wait_for_function("to => (new URLSearchParams(location.search).get('to') ?? '') >= to", arg=to)


def start(page: Page, **choices: str) -> None:
    for label, value in {"Pace": "fast", **choices}.items():
        page.get_by_label(label, exact=True).select_option(value)
    page.get_by_role("button", name="Let time run").click()


def test_time_runs_from_the_first_day_to_the_last_and_stops_there(page: Page) -> None:
    open_page(page, "/?from=2022-01-05&to=2022-01-06")
    start(page, Step="week")
    until(page, "2022-01-16")
    expect(page.get_by_role("button", name="Let time run")).to_be_visible(timeout=15_000)
    assert days(page)[1] == page.locator("#play").get_attribute("data-last")


def test_each_step_is_seen_with_its_events_and_a_second_press_pauses(page: Page) -> None:
    open_page(page)
    start(page, Step="day")
    until(page, "2021-12-28")
    page.get_by_role("button", name="Pause").click()
    page.wait_for_timeout(1_200)
    first, last = days(page)
    assert first == last
    page.wait_for_timeout(800)
    assert days(page) == (first, last)
    assert sentence(page).startswith("showing 1 of 29")


def test_all_so_far_keeps_the_first_day(page: Page) -> None:
    open_page(page, "/?from=2022-01-04&to=2022-01-04")
    start(page, Step="day", **{"What a step shows": "whole"})
    until(page, "2022-01-06")
    page.get_by_role("button", name="Pause").click()
    assert days(page)[0] == "2022-01-04"


def test_the_space_bar_starts_and_pauses_but_writes_a_space_in_a_field(page: Page) -> None:
    open_page(page)
    page.get_by_label("Pace", exact=True).select_option("fast")
    page.locator("body").click(position={"x": 700, "y": 12})
    page.evaluate("() => document.activeElement.blur()")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Let time run")).to_be_visible()
    page.get_by_label("Text", exact=True).first.click()
    page.keyboard.type("a b")
    expect(page.get_by_role("button", name="Let time run")).to_be_visible()
    expect(page.get_by_label("Text", exact=True).first).to_have_value("a b")


def test_who_brushes_the_days_has_them(page: Page) -> None:
    open_page(page)
    start(page, Step="day", Pace="slow")
    until(page, "2021-12-26")
    act(page, lambda: page.get_by_role("button", name="One step later").click())
    expect(page.get_by_role("button", name="Let time run")).to_be_visible()
