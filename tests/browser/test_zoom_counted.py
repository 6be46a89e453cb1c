"""The bars of a zoomed timeline are counted on the page, where it has the events' columns."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.gestures import act, open_page
from tests.browser.test_zoom import shown, turn
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


def test_the_bars_that_are_counted_here_are_those_that_the_server_makes_later(page: Page) -> None:
    open_ready(page)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/_dash-update-component*", hold)
    turn(page, 12)
    for _ in range(100):
        page.wait_for_timeout(0 if held else 100)
    assert held
    page.wait_for_function(f"() => Object.keys(({SUMS})()).some(day => !day.endsWith('-01'))")  # no longer by month
    counted = page.evaluate(SUMS)
    for route in held:
        route.continue_()
    page.unroute("**/_dash-update-component*")
    page.wait_for_function("() => window.sitrep.state.request === window.sitrep.state.answered")
    page.wait_for_timeout(500)  # the chart is drawn behind the map's frame
    made = page.evaluate(SUMS)
    assert {day: count for day, count in made.items() if count} == {
        day: count for day, count in counted.items() if count
    }
    assert sum(made.values()) > 0


def test_the_chart_is_called_by_the_step_of_its_bars(page: Page) -> None:
    open_ready(page)
    chart = page.get_by_role("textbox", name="Chart", exact=True)
    expect(chart).to_have_value("Events per month")
    turn(page, 5)
    expect(chart).to_have_value("Events per week")
    turn(page, 12)
    expect(chart).to_have_value("Events per day")
