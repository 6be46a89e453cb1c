"""Time that runs by itself: steps, modes, and what stops it."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from tests.browser.gestures import act, look, open_page, sentence


def days(page: Page) -> tuple[str, str]:
    """The first and last day that the link has."""
    query = parse_qs(urlsplit(page.url).query)
    return query.get("from", [""])[0], query.get("to", [""])[0]


def until(page: Page, to: str) -> None:
    """Wait until the page has a choice that ends on a day, or later."""
    page.wait_for_function("to => (new URLSearchParams(location.search).get('to') ?? '') >= to", arg=to)


def start(page: Page, **choices: str) -> None:
    usual = {"Pace": "fast", "What a step shows": "alone"}
    for label, value in {**usual, **choices}.items():
        page.get_by_label(label, exact=True).select_option(value)
    page.get_by_role("button", name="Let time run").click()


def test_time_runs_from_the_first_day_to_the_last_and_stops_there(kept: Page) -> None:
    look(kept, "/?from=2022-01-05&to=2022-01-06")
    start(kept, Step="week")
    until(kept, "2022-01-16")
    expect(kept.get_by_role("button", name="Let time run")).to_be_visible(timeout=15_000)
    assert days(kept)[1] == kept.locator("#play").get_attribute("data-last")


def test_each_step_is_seen_with_its_events_and_a_second_press_pauses(kept: Page) -> None:
    look(kept)
    start(kept, Step="day")
    until(kept, "2021-12-28")
    kept.get_by_role("button", name="Pause").click()
    kept.wait_for_timeout(1_200)
    first, last = days(kept)
    assert first == last
    kept.wait_for_timeout(800)
    assert days(kept) == (first, last)
    assert sentence(kept).startswith("showing 1 of 29")


def test_all_so_far_keeps_the_first_day(kept: Page) -> None:
    look(kept, "/?from=2022-01-04&to=2022-01-04")
    start(kept, Step="day", **{"What a step shows": "whole"})
    until(kept, "2022-01-06")
    kept.get_by_role("button", name="Pause").click()
    assert days(kept)[0] == "2022-01-04"


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


def test_who_brushes_the_days_has_them(kept: Page) -> None:
    look(kept)
    start(kept, Step="day", Pace="slow")
    until(kept, "2021-12-26")
    act(kept, lambda: kept.get_by_role("button", name="One step later").click())
    expect(kept.get_by_role("button", name="Let time run")).to_be_visible()
