"""A data set of more events than a map or a list can show one by one: everything is answered, and says what is left."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.gestures import MAP, act, look, sentence
from tests.generated import flat_csv
from tests.server import serving

COUNT = 25_000
CELLS = f"() => {MAP}.queryRenderedFeatures({{layers: ['marks-cell']}}).length"
MARKS = f"() => {MAP}.queryRenderedFeatures({{layers: ['marks-glyph']}}).length"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Of a server over generated events."""
    data = flat_csv(tmp_path_factory.mktemp("large") / "events.csv", COUNT)
    with serving((sys.executable, "-m", "dashboard", str(data))) as url:
        yield url


def test_events_that_cannot_be_told_apart_are_cells_until_they_can(kept: Page) -> None:
    look(kept)
    assert sentence(kept) == "showing 25,000 of 25,000"
    expect(kept.locator("#legend")).to_contain_text(re.compile(r"^24,\d{3} events in \d+ cells with sides of 480 km"))
    assert kept.evaluate(MARKS) == 0 and kept.evaluate(CELLS) > 0
    for label, day in (("From", "2010-01-01"), ("To", "2010-02-01")):
        kept.get_by_label(label, exact=True).first.fill(day)
        act(kept, lambda: kept.keyboard.press("Enter"))
    expect(kept.locator("#legend")).not_to_contain_text("cells")
    assert kept.evaluate(MARKS) > 0 and kept.evaluate(CELLS) == 0


def test_a_click_on_a_cell_lists_its_events_and_leads_closer_until_there_are_marks(kept: Page) -> None:
    look(kept, "/?at=36.28,33.51,2")  # around Damascus
    box = kept.locator("#map").bounding_box()
    assert box and kept.evaluate(CELLS) > 0
    kept.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    panel = kept.locator("#panel")
    expect(panel.get_by_role("heading", level=2)).to_contain_text("events here")
    kept.mouse.move(box["x"] + 5, box["y"] + box["height"] / 2)
    act(kept, panel.get_by_role("button", name="Look closer").click)
    assert float(kept.evaluate(f"() => {MAP}.getZoom()")) > 3


def test_a_part_of_the_map_draws_the_events_that_lie_in_it(kept: Page) -> None:
    look(kept, "/?at=36.28,33.51,9")
    expect(kept.locator("#legend")).to_contain_text("of 25,000 events that lie in it")
    assert kept.evaluate(MARKS) > 0
    look(kept, "/?at=-30,-50,6")  # in the Southern Ocean
    expect(kept.locator("#empty")).to_have_text("None of the 25,000 events lies in this part of the map.")


def test_the_chart_of_claims_has_the_newest_of_all(kept: Page) -> None:
    look(kept, "/?chart=deaths")
    expect(kept.locator("#timeline")).to_contain_text("The newest 200 of 24,")
    expect(kept.locator("#timeline")).not_to_contain_text("Nobody has given a figure")


def test_a_figure_of_many_events_is_shown_in_the_dialog(kept: Page) -> None:
    look(kept)
    kept.get_by_role("button", name="Export").click()
    expect(kept.locator("#export-preview")).to_be_visible()
    expect(kept.locator(".export-error")).to_be_hidden()
    kept.get_by_role("dialog").press("Escape")
