"""The table of ten thousand events: the store sorts it and gives the rows that the reader scrolls to, and no others."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from geodata.filter import Filter
from geodata.store.opening import open_store
from geodata.store.store import Store
from tests.browser.gestures import act, open_page, sentence
from tests.generated import flat_csv
from tests.server import serving

COUNT = 10_000
ROW_PX = 34


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return flat_csv(tmp_path_factory.mktemp("table") / "events.csv", COUNT)


@pytest.fixture(scope="module")
def address(data: Path) -> Iterator[str]:
    """Of a server over generated events."""
    with serving((sys.executable, "-m", "dashboard", str(data))) as url:
        yield url


@pytest.fixture(scope="module")
def asked(data: Path) -> Store:
    """The same events, asked without a page."""
    return open_store(data)


def open_table(page: Page, address: str = "/") -> list[int]:
    """Open a page and its table; the list that is returned grows by the first row of each block that is asked for."""
    starts: list[int] = []
    asks = re.compile(r"/rows\.json\?")
    page.on("request", lambda sent: starts.append(start_of(sent.url)) if asks.search(sent.url) else None)
    open_page(page, address)
    page.get_by_role("button", name="Table").click()
    expect(page.locator(".grid .ag-cell[col-id=title]:not(:empty)").first).to_be_visible()
    return starts


def start_of(url: str) -> int:
    return int(parse_qs(urlsplit(url).query)["start"][0])


def row(page: Page, number: int):  # type: ignore[no-untyped-def] # Playwright's locator
    return page.locator(f".ag-body-viewport:not(.picture) .ag-row[row-index='{number}']")


def scroll_to(page: Page, number: int) -> None:
    page.evaluate(f"document.querySelector('.grid .ag-body-viewport').scrollTop = {number * ROW_PX}")


def first_row(page: Page) -> int:
    """The number of the first row that is seen."""
    return round(page.evaluate("document.querySelector('.grid .ag-body-viewport').scrollTop") / ROW_PX)


def expect_event(page: Page, number: int, asked: Store, order: str = "record", *, descending: bool = False) -> str:
    """Hold a row of the table against the event that the store has at its place; its id."""
    (event,) = asked.query(Filter()).page(number, 1, order, descending=descending).events
    expect(row(page, number)).to_have_attribute("row-id", event.event_id)
    expect(row(page, number)).to_contain_text(event.title)
    return event.event_id


def test_a_row_far_down_is_the_event_that_the_store_has_there_and_only_what_is_seen_is_asked_for(
    page: Page, asked: Store
) -> None:
    starts = open_table(page)
    expect_event(page, 0, asked)
    scroll_to(page, 5_000)
    expect_event(page, 5_000, asked)
    assert set(starts) <= {0, 4_900, 5_000}
    scroll_to(page, COUNT)
    expect_event(page, COUNT - 1, asked)
    expect(row(page, COUNT)).to_have_count(0)


def test_the_store_sorts_the_table_by_the_column_that_is_clicked(page: Page, asked: Store) -> None:
    open_table(page)
    scroll_to(page, 2_000)
    expect_event(page, 2_000, asked)
    page.get_by_role("columnheader", name="Killed").click()
    expect_event(page, 0, asked, "deaths", descending=True)
    scroll_to(page, 3_000)
    expect_event(page, 3_000, asked, "deaths", descending=True)
    page.get_by_role("columnheader", name="Places").click()
    expect_event(page, first_row(page) + 1, asked, "places")
    scroll_to(page, 0)
    expect_event(page, 0, asked, "places")


def test_another_filter_leads_back_to_the_top_in_the_same_order_and_the_old_rows_stay_till_then(
    page: Page, asked: Store
) -> None:
    open_table(page)
    page.get_by_role("columnheader", name="Killed").click()
    expect_event(page, 0, asked, "deaths", descending=True)
    scroll_to(page, 5_000)
    expect_event(page, 5_000, asked, "deaths", descending=True)
    page.evaluate(
        "() => { window.blank = 0; const look = () => { const rows = [...document.querySelectorAll("
        "'.grid .ag-center-cols-container .ag-row')]; window.blank += !rows.some(row => row.innerText.trim());"
        " requestAnimationFrame(look); }; look(); }"
    )
    act(page, page.get_by_label("Clashes").first.click)
    where = Filter.parse(categories="deployment,protest,detention,political,other")
    kept = asked.query(where)
    assert sentence(page).startswith(f"showing {kept.count:,} of 10,000")
    (first,) = kept.page(0, 1, "deaths", descending=True).events
    expect(row(page, 0)).to_have_attribute("row-id", first.event_id)
    assert first_row(page) == 0
    assert page.evaluate("window.blank") == 0
    expect(page.locator(".grid [role=treegrid], .grid [role=grid]")).to_have_attribute(
        "aria-rowcount", str(kept.count + 1)
    )
    act(page, lambda: page.get_by_label("Text", exact=True).fill("no such text anywhere"))
    expect(page.locator(".ag-overlay")).to_contain_text("No event matches these choices.")
    act(page, page.get_by_role("button", name="Reset").click)
    expect_event(page, 0, asked, "deaths", descending=True)


def test_an_event_that_is_selected_elsewhere_is_scrolled_to_and_marked(page: Page, asked: Store) -> None:
    (event,) = asked.query(Filter()).page(7_777, 1).events
    open_table(page, f"/?event={event.event_id}")
    expect(row(page, 7_777)).to_have_attribute("aria-selected", "true")
    assert 7_777 - 20 < first_row(page) <= 7_777
    bare = asked.off_map(Filter(), 1)[1].events[0]
    act(page, page.locator("#off-map .event-row").first.click)
    at = asked.query(Filter()).position(bare.event_id)
    assert at is not None
    expect(row(page, at)).to_have_attribute("aria-selected", "true")
    expect(row(page, at)).to_be_visible()


def test_a_click_or_enter_on_a_row_selects_its_event_and_nothing_jumps(page: Page, asked: Store) -> None:
    open_table(page)
    scroll_to(page, 4_000)
    event_id = expect_event(page, 4_002, asked)
    act(page, row(page, 4_002).locator("[col-id=title]").click)
    assert parse_qs(urlsplit(page.url).query)["event"] == [event_id]
    expect(page.locator("#panel")).to_contain_text(asked.titles([event_id])[event_id])
    expect(row(page, 4_002)).to_have_attribute("aria-selected", "true")
    assert first_row(page) == 4_000
    page.keyboard.press("ArrowDown")
    act(page, lambda: page.keyboard.press("Enter"))
    below = expect_event(page, 4_003, asked)
    assert parse_qs(urlsplit(page.url).query)["event"] == [below]
    expect(row(page, 4_003)).to_have_attribute("aria-selected", "true")
    expect(row(page, 4_002)).not_to_have_attribute("aria-selected", "true")
