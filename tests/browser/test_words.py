"""What the map shows, as it is said to readers who do not see it: of where hand and time stopped, and once."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.gestures import act, draw_days, open_page, sentence

SAID = "#in-words"
LISTEN = """() => {
  window.said = [];
  new MutationObserver(() => window.said.push(document.getElementById("in-words").textContent))
    .observe(document.getElementById("in-words"), { childList: true, characterData: true, subtree: true });
}"""


def opened(page: Page, address: str = "/") -> None:
    open_page(page, address)
    expect(page.locator(SAID)).to_contain_text("showing")
    page.evaluate(LISTEN)


def test_the_words_are_in_a_part_that_is_read_out_and_tell_what_the_sentence_counts(page: Page) -> None:
    opened(page)
    status = page.get_by_role("status").filter(has_text="showing")
    expect(status).to_have_text("showing 29 of 29. 14 events in 10 marks, 15 not on the map; most in Almaty: 6 events")
    expect(page.locator("section[aria-label=Map]")).to_have_accessible_description(status.inner_text())
    act(page, page.get_by_label("Clashes").first.click)
    expect(status).not_to_contain_text("29 of 29")
    assert status.inner_text().startswith(sentence(page).split(":")[0])


def test_while_the_hand_draws_days_nothing_is_said_and_once_when_it_rests(page: Page) -> None:
    opened(page)
    draw_days(page, 0.2, 0.5)
    page.wait_for_timeout(1_500)
    assert page.evaluate("said") == []
    act(page, page.mouse.up)
    expect(page.locator(SAID)).not_to_contain_text("29 of 29")
    page.wait_for_timeout(1_500)
    assert len(page.evaluate("said")) == 1


def test_while_time_runs_nothing_is_said_until_it_pauses(page: Page) -> None:
    opened(page)
    page.get_by_label("Pace", exact=True).select_option("fast")
    page.get_by_role("button", name="Let time run").click()
    page.wait_for_function("() => (new URLSearchParams(location.search).get('to') ?? '') >= '2022-01-01'")
    assert page.evaluate("said") == []
    page.get_by_role("button", name="Pause").click()
    expect(page.locator(SAID)).not_to_contain_text("29 of 29")
    assert len(page.evaluate("said")) == 1


def test_a_change_that_leaves_the_words_as_they_are_says_nothing(page: Page) -> None:
    opened(page)
    act(page, page.locator(".theme-switch").click)
    page.wait_for_timeout(1_500)
    assert page.evaluate("said") == []


def test_days_are_brushed_with_a_finger(page: Page) -> None:
    opened(page)
    box = page.locator("#timeline .nsewdrag").first.bounding_box()
    assert box
    devtools = page.context.new_cdp_session(page)

    def draw() -> None:
        for kind, share in (("Start", 0.3), ("Move", 0.4), ("Move", 0.5), ("End", None)):
            at = [] if share is None else [{"x": box["x"] + box["width"] * share, "y": box["y"] + 30}]
            devtools.send("Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": at})

    act(page, draw)
    assert "from=" in page.url and "to=" in page.url
    expect(page.locator(SAID)).not_to_contain_text("29 of 29")
