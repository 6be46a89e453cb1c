"""A name of a place in a table that the server was started with is settled beside the map, in a real browser."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.gestures import open_page
from tests.server import serving


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("given") / "own.csv"
    path.write_text("title,date_start,place\nStrike,2022-03-01,Almaty\nClash,2022-03-02,Tripoli\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def address(table: Path) -> Iterator[str]:
    with serving((sys.executable, "-m", "dashboard", str(table))) as url:
        yield url


def test_a_name_in_the_list_of_places_not_settled_is_settled_and_the_map_follows(page: Page, table: Path) -> None:
    open_page(page, "/?theme=dark")
    dialog, listed = page.locator("#intake"), page.get_by_role("button", name="Settle Tripoli")
    listed.focus()
    page.keyboard.press("Enter")
    name = dialog.get_by_role("group", name="Tripoli")
    expect(name.get_by_role("radio").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    listed.click()
    name.get_by_label("Tripoli, Tripoli District, Libya").check()
    dialog.get_by_role("button", name="Apply").click()
    expect(page.get_by_text("Places not settled")).to_be_hidden()
    expect(page).to_have_url(re.compile("theme=dark"))
    events = page.request.get("/api/events.geojson").json()["features"]
    assert [event["geometry"] is not None for event in events] == [True, True]
    assert 'Tripoli = "gn:2210247"' in table.with_name("own.csv.mapping.toml").read_text(encoding="utf-8")
