"""The bars of a zoomed timeline are counted on the page, where it has the events' columns."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.gestures import act, open_page
from tests.browser.test_zoom import shown
from tests.generated import flat_csv
from tests.server import serving

COUNT = 12_000
BARS = "document.querySelector('#timeline').data.filter(({ type }) => type === 'bar')"
SUMS = f"""() => {{
  const sums = {{}};
  for (const {{ customdata, y }} of {BARS}) customdata.forEach((day, at) => (sums[day] = (sums[day] ?? 0) + y[at]));
  return sums;
}}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Of a server over generated events."""
    data = flat_csv(tmp_path_factory.mktemp("zoom") / "events.csv", COUNT)
    with serving((sys.executable, "-m", "dashboard", str(data))) as url:
        yield url


def open_ready(page: Page, address: str = "/") -> dict[str, int]:
    """Open an address and wait until the page can count; the events by the first day of each bar."""
    open_page(page, address)
    page.wait_for_function("() => window.sitrep.counts.isReady()")
    sums: dict[str, int] = page.evaluate(SUMS)
    return sums


def test_the_bars_in_view_follow_the_other_filters(page: Page) -> None:
    all_kinds = open_ready(page, "/?timeline=2014-03-01,2014-03-31")
    act(page, page.get_by_label("Clashes").first.click)
    fewer: dict[str, int] = page.evaluate(SUMS)
    assert 0 < sum(fewer.values()) < sum(all_kinds.values())
    assert shown(page) == ("2014-03-01", "2014-04-01")
