"""The table of few events: all of them, sorted by a click, one of them the one that is selected."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.gestures import act, open_page

ROWS = ".ag-body-viewport:not(.picture) .ag-row"  # not those that are seen until others are drawn


def open_table(page: Page, address: str = "/") -> None:
    open_page(page, address)
    page.get_by_role("button", name="Table").click()
    expect(page.locator(ROWS).first).to_contain_text("2022")


def column(page: Page, name: str) -> list[str]:
    """The cells of a column as far as they are drawn, in the order of the rows."""
    found: list[str] = page.evaluate(
        "([rows, name]) => [...document.querySelectorAll(rows)].sort((a, b) => a.ariaRowIndex - b.ariaRowIndex)"
        ".map(row => row.querySelector(`[col-id=${name}]`).innerText)",
        [ROWS, name],
    )
    return found


def test_the_table_has_a_row_for_each_of_the_29_events_and_no_empty_one(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url) if "/rows.json" in sent.url else None)
    open_table(page)
    grid = page.locator(".grid [role=treegrid], .grid [role=grid]")
    expect(grid).to_have_attribute("aria-rowcount", "30")  # with the one of the headings
    page.evaluate("document.querySelector('.grid .ag-body-viewport').scrollTop = 1e6")
    last = page.locator(f"{ROWS}[row-index='28']")
    expect(last).to_contain_text("2022")
    box, body = last.bounding_box(), page.locator(".grid .ag-body-viewport").bounding_box()
    assert box and body and box["y"] + box["height"] == pytest.approx(body["y"] + body["height"], abs=1.5)
    assert "" not in column(page, "title")
    assert len(asked) == 1


def test_a_heading_sorts_by_days_by_places_and_by_the_killed(page: Page) -> None:
    open_table(page)
    page.get_by_role("columnheader", name="Days").click()
    expect(page.locator(f"{ROWS}[row-index='0']")).to_contain_text("26 December 2021")
    page.get_by_role("columnheader", name="Places").click()
    expect(page.locator(f"{ROWS}[row-index='0']")).to_contain_text("Aktobe")
    page.get_by_role("columnheader", name="Killed").focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"{ROWS}[row-index='0'] [col-id=deaths]")).to_have_text("over 500")
    expect(page.locator(f"{ROWS}[row-index='1'] [col-id=deaths]")).to_have_text("238")
    expect(page.locator(f"{ROWS}[row-index='2'] [col-id=deaths]")).to_have_text("")


def test_a_click_on_a_row_opens_its_event_and_an_event_chosen_beside_the_map_marks_its_row(page: Page) -> None:
    open_table(page)
    act(page, page.locator(f"{ROWS}[row-index='2'] [col-id=title]").click)
    title = column(page, "title")[2]
    expect(page.locator("#panel")).to_contain_text(title)
    expect(page.locator(".ag-row-selected")).to_have_attribute("row-index", "2")
    act(page, page.locator("#off-map .event-row", has_text="Withdrawal").click)
    expect(page.locator(".ag-row-selected")).to_contain_text("Withdrawal")
    expect(page.locator(".ag-row-selected")).to_be_in_viewport()


def test_the_table_can_be_closed_and_opened_again(page: Page) -> None:
    open_table(page)
    page.get_by_role("button", name="Table").click()
    expect(page.locator("#table")).to_be_hidden()
    act(page, page.get_by_label("Clashes").first.click)
    page.get_by_role("button", name="Table").click()
    expect(page.locator(".grid [role=treegrid], .grid [role=grid]")).to_have_attribute("aria-rowcount", "24")
    expect(page.locator(ROWS).first).to_contain_text(re.compile("Deployments"))


def test_rows_that_do_not_come_are_asked_for_again(page: Page) -> None:
    open_page(page)
    page.route("**/rows.json*", lambda route: route.abort(), times=1)
    page.get_by_role("button", name="Table").click()
    expect(page.locator(ROWS).first).to_contain_text("2022")
    page.trouble[:] = [said for said in page.trouble if "ERR_FAILED" not in said]  # type: ignore[attr-defined]


def test_rows_that_are_refused_are_a_notice_that_says_why(page: Page) -> None:
    open_table(page)
    page.route(
        "**/rows.json*", lambda route: route.fulfill(status=422, body="These events are too many to be sorted by.")
    )
    page.get_by_role("columnheader", name="Killed").click()
    expect(page.locator(".notice")).to_have_text("These events are too many to be sorted by.")
    page.trouble[:] = [said for said in page.trouble if "422" not in said]  # type: ignore[attr-defined]
