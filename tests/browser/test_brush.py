"""Days are chosen on the timeline by hand and by keys."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from tests.browser.gestures import act, brush, open_page


def days(page: Page) -> tuple[str, str]:
    """The first and last day of the link."""
    query = parse_qs(urlsplit(page.url).query)
    return query["from"][0], query["to"][0]


def share(page: Page, day: str) -> float:
    """Where the middle of a day is on the timeline, from 0 to 1."""
    found: float = page.evaluate(
        "day => { const [start, end] = document.querySelector('#timeline').layout.xaxis.range.map(Date.parse);"
        " return (Date.parse(day) + 43_200_000 - start) / (end - start); }",
        day,
    )
    return found


def draw(page: Page, first: str, last: str) -> None:
    """Drag from the middle of a day to the middle of another one."""
    act(page, lambda: brush(page, share(page, first), share(page, last)))


def test_a_band_is_drawn_moved_and_widened_by_hand(page: Page) -> None:
    open_page(page)
    draw(page, "2022-01-08", "2022-01-05")
    assert days(page) == ("2022-01-05", "2022-01-08")
    draw(page, "2022-01-06", "2022-01-09")  # within it
    assert days(page) == ("2022-01-08", "2022-01-11")
    draw(page, "2022-01-02", "2022-01-04")  # beside it
    assert days(page) == ("2022-01-02", "2022-01-04")
    end = page.get_by_label("Last day that is shown").bounding_box()
    bars = page.locator("#timeline .nsewdrag").first.bounding_box()
    assert end and bars
    y = end["y"] + 20
    page.mouse.move(end["x"] + end["width"] / 2, y)
    page.mouse.down()
    page.mouse.move(bars["x"] + bars["width"] * share(page, "2022-01-10"), y, steps=4)
    act(page, page.mouse.up)
    assert days(page) == ("2022-01-02", "2022-01-10")
    expect(page.get_by_label("From", exact=True).first).to_have_value("2022-01-02")


def test_an_end_of_the_days_is_moved_by_keys(page: Page) -> None:
    open_page(page, "/?from=2022-01-05&to=2022-01-08")
    end = page.get_by_label("Last day that is shown")
    expect(end).to_have_attribute("aria-valuetext", "2022-01-08")
    act(page, lambda: [end.press(key) for key in ("ArrowRight", "ArrowRight", "ArrowLeft")])
    assert days(page) == ("2022-01-05", "2022-01-09")
    expect(end).to_have_attribute("aria-valuetext", "2022-01-09")
    act(page, lambda: page.get_by_label("First day that is shown").press("End"))
    assert days(page)[0] == days(page)[1] == page.locator("#play").get_attribute("data-last")


def test_escape_leaves_the_days_as_they_were(page: Page) -> None:
    open_page(page, "/?from=2022-01-05&to=2022-01-08")
    band = page.locator(".brush-band")
    before = band.bounding_box()
    bars = page.locator("#timeline .nsewdrag").first.bounding_box()
    assert bars
    page.mouse.move(bars["x"] + 5, bars["y"] + 20)
    page.mouse.down()
    page.mouse.move(bars["x"] + 60, bars["y"] + 20, steps=3)
    assert band.bounding_box() != before
    page.keyboard.press("Escape")
    page.mouse.up()
    assert band.bounding_box() == before
    assert days(page) == ("2022-01-05", "2022-01-08")


def test_a_click_on_a_bar_chooses_its_day(page: Page) -> None:
    open_page(page)
    box = page.locator("#timeline .nsewdrag").first.bounding_box()
    assert box
    # at the foot of the bars, which share the height with the spans
    x, y = box["x"] + box["width"] * share(page, "2022-01-06"), box["y"] + box["height"] * 0.5
    page.mouse.move(x, y, steps=3)
    page.wait_for_selector("#timeline .hoverlayer .hovertext")
    act(page, lambda: page.mouse.click(x, y))
    assert days(page) == ("2022-01-06", "2022-01-06")


def test_the_claims_have_no_brush(page: Page) -> None:
    open_page(page, "/?chart=deaths&from=2022-01-05&to=2022-01-08")
    expect(page.locator("#timeline .infolayer")).to_be_attached()
    expect(page.locator("#brush-band")).to_be_hidden()
