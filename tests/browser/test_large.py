"""A data set of more events than a map or a list can show one by one: everything is answered, and says what is left."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.gestures import MAP, act, open_page, sentence
from tests.generated import flat_csv
from tests.server import serving

COUNT = 25_000
MARKS = f"() => {MAP}.queryRenderedFeatures({{layers: ['marks-glyph']}}).length"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Of a server over generated events."""
    data = flat_csv(tmp_path_factory.mktemp("large") / "events.csv", COUNT)
    with serving((sys.executable, "-m", "dashboard", str(data))) as url:
        yield url


def test_what_is_too_much_is_counted_and_told_with_the_next_step(page: Page) -> None:
    open_page(page)
    assert sentence(page) == "showing 25,000 of 25,000"
    expect(page.locator("#empty")).to_contain_text("25,000 events are kept. Zoom in, or narrow the choice")
    assert page.evaluate(MARKS) == 0
    page.get_by_role("button", name="Table").click()
    expect(page.locator(".table-note")).to_have_text(
        "The first 1,000 of 25,000 events: narrow the choice to see others."
    )
    for label, day in (("From", "2010-01-01"), ("To", "2010-02-01")):
        page.get_by_label(label, exact=True).first.fill(day)
        act(page, lambda: page.keyboard.press("Enter"))
    expect(page.locator("#empty")).to_be_empty()
    assert page.evaluate(MARKS) > 0


def test_a_part_of_the_map_draws_the_events_that_lie_in_it(page: Page) -> None:
    open_page(page, "/?at=36.28,33.51,9")  # around Damascus
    expect(page.locator("#empty")).to_contain_text("of 25,000 events that lie in it")
    assert page.evaluate(MARKS) > 0
    open_page(page, "/?at=-30,-50,6")  # in the Southern Ocean
    expect(page.locator("#empty")).to_have_text("None of the 25,000 events lies in this part of the map.")


def test_the_chart_of_claims_has_the_newest_of_all(page: Page) -> None:
    open_page(page, "/?chart=deaths")
    expect(page.locator("#timeline")).to_contain_text("The newest 200 of 24,")
    expect(page.locator("#timeline")).not_to_contain_text("Nobody has given a figure")


def test_a_figure_of_too_many_events_is_refused_in_the_dialog(page: Page) -> None:
    open_page(page)
    page.get_by_role("button", name="Export").click()
    expect(page.locator(".export-error")).to_contain_text("25,000 events are too many to be shown one by one")
    expect(page.locator("#export-preview")).to_be_hidden()
    page.trouble[:] = [said for said in page.trouble if "422" not in said]  # type: ignore[attr-defined]
