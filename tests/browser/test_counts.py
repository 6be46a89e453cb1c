"""Days, categories and the day of knowledge are followed on the page without a request, with the server's numbers."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.gestures import MAP, NEXT_FRAMES, act, brush, draw_days, open_page, sentence
from tests.generated import flat_csv
from tests.server import serving

COUNT = 12_000


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Of a server over generated events."""
    data = flat_csv(tmp_path_factory.mktemp("counts") / "events.csv", COUNT)
    with serving((sys.executable, "-m", "dashboard", str(data))) as url:
        yield url


@pytest.fixture
def ready(page: Page) -> Page:
    """The page, as soon as it can count."""
    open_page(page)
    page.wait_for_function("() => window.sitrep.counts.isReady()")
    return page


SHOWN = """() => {
  const texts = (names) => [...document.querySelectorAll(names)].map((each) => each.innerText);
  const brush = document.querySelector("#brush-band");
  return {
    sentence: texts(".sentence:not([data-drafted]) strong").join(),
    counts: texts(".rail .count:not([data-drafted])"),
    classes: texts(".legend:not([data-drafted]) .legend-class"),
    bars: document.querySelector("#timeline").data.map(({ y }) => y),
    days: ["--start", "--end"].map((name) => brush.style.getPropertyValue(name)),
    cells: MAP.queryRenderedFeatures({ layers: ["marks-cell"] })
      .map(({ state, properties }) => state.color ?? properties.color ?? "").sort().join(" ").trim(),
  };
}""".replace("MAP", MAP)


def shown(page: Page) -> dict[str, Any]:
    """The numbers on the page, the chosen days on the timeline, the colours of the cells that are seen."""
    page.wait_for_function(f"() => {MAP}.loaded()")
    page.evaluate(NEXT_FRAMES)
    found: dict[str, Any] = page.evaluate(SHOWN)
    return found


def asked(page: Page) -> list[str]:
    """What the page asks the server for, from now on."""
    found: list[str] = []
    page.on("request", lambda request: "healthz" in request.url or found.append(request.url))
    return found


def changed(page: Page, before: dict[str, Any]) -> dict[str, Any]:
    """Wait for another number of events; what the page shows then."""
    words = "document.querySelector('.sentence:not([data-drafted]) strong').innerText"
    page.wait_for_function(f"old => {words} !== old && !window.sitrep.counts.isBusy()", arg=before["sentence"])
    page.wait_for_timeout(400)  # for the bars, which follow
    return shown(page)


def test_the_hand_that_brushes_is_followed_without_a_request_and_the_server_says_the_same(ready: Page) -> None:
    requests, before = asked(ready), shown(ready)
    draw_days(ready, 0.2, 0.6)
    followed = changed(ready, before)
    assert requests == [] and " · " in ready.locator(".sentence:visible").inner_text()
    expect(ready.locator(".legend:visible")).to_contain_text("Cells with sides of")
    act(ready, ready.mouse.up)
    expect(ready.locator("#legend")).to_be_visible()
    expect(ready.locator("#legend")).to_contain_text("events in")
    assert shown(ready) == followed


@pytest.mark.parametrize(("units", "by"), [("regions", "events"), ("countries", "deaths"), ("cells", "deaths")])
def test_regions_countries_and_figures_of_killed_follow_the_hand_as_cells_do(page: Page, units: str, by: str) -> None:
    open_page(page, f"/?units={units}&by={by}")
    page.wait_for_function("() => window.sitrep.counts.isReady()")
    requests, before = asked(page), shown(page)
    draw_days(page, 0.2, 0.6)
    followed = changed(page, before)
    assert requests == [] and before["cells"] != followed["cells"]
    expect(page.locator(".legend:visible")).to_contain_text(units.capitalize())
    assert page.locator(".legend:visible").get_by_text("Killed, sums of the lowest figures").count() == (by == "deaths")
    act(page, page.mouse.up)
    expect(page.locator("#legend")).to_contain_text("events in")
    assert shown(page) == followed


def test_escape_takes_back_what_a_hand_draws(ready: Page) -> None:
    before = shown(ready)
    draw_days(ready, 0.2, 0.6)
    followed = changed(ready, before)
    ready.keyboard.press("Escape")
    assert changed(ready, followed) == before
    ready.mouse.up()
    assert shown(ready) == before


def type_day(page: Page, name: str, day: str) -> None:
    field = page.get_by_label(name, exact=True).first
    field.fill(day)
    field.press("Enter")


GESTURES: dict[str, Callable[[Page], object]] = {
    "the band is moved": lambda page: brush(page, 0.6, 0.7),
    "an end of the days is moved by a key": lambda page: page.get_by_label("Last day that is shown").press("PageUp"),
    "a category is switched off": lambda page: page.get_by_label("Clashes").first.click(),
    "a step of the days": lambda page: page.get_by_role("button", name="One step earlier").click(),
    "a first day is typed": lambda page: type_day(page, "From", "2006-03-01"),
    "an earlier day of knowledge": lambda page: page.locator(".as-of-slider").click(),
}


@pytest.mark.parametrize("name", GESTURES)
def test_what_is_counted_on_the_page_is_what_the_server_answers_later(ready: Page, name: str) -> None:
    act(ready, lambda: brush(ready, 0.4, 0.8))
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    ready.route("**/_dash-update-component*", hold)
    before = shown(ready)
    GESTURES[name](ready)
    followed = changed(ready, before)
    for route in held:
        route.continue_()
    ready.unroute("**/_dash-update-component*")
    expect(ready.locator("[data-drafted]")).to_have_count(0)
    assert shown(ready) == followed


CELL = """() => {
  const [{ geometry }] = MAP.queryRenderedFeatures({ layers: ["marks-cell"] })
    .filter(({ properties }) => properties.pick != null).sort((a, b) => b.properties.pick - a.properties.pick);
  const [ring] = geometry.coordinates;
  const middle = (axis) => ring.reduce((sum, corner) => sum + corner[axis], 0) / ring.length;
  const [{ x, y }, box] = [MAP.project([middle(0), middle(1)]), MAP.getContainer().getBoundingClientRect()];
  return [x + box.left, y + box.top];
}""".replace("MAP", MAP)


def told(page: Page, at: tuple[float, float]) -> str:
    """What the tip says of a cell."""
    page.mouse.move(at[0] + 300, at[1])
    page.mouse.move(*at)
    expect(page.locator("#tip")).to_be_visible()
    return page.locator("#tip").inner_text()


def test_a_cell_says_while_its_numbers_change_what_the_server_says_of_it_later(ready: Page) -> None:
    act(ready, lambda: brush(ready, 0.4, 0.8))
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    ready.route("**/_dash-update-component*", hold)
    before, at = shown(ready), ready.evaluate(CELL)
    said_before = told(ready, at)
    GESTURES["a category is switched off"](ready)
    changed(ready, before)
    said = told(ready, at)
    for route in held:
        route.continue_()
    ready.unroute("**/_dash-update-component*")
    expect(ready.locator("[data-drafted]")).to_have_count(0)
    assert told(ready, at) == said != said_before
    assert "Killed in" in said and "2" in said.splitlines()[-1]


def test_time_runs_without_the_server_and_ends_in_the_link(ready: Page) -> None:
    ready.get_by_label("Pace", exact=True).select_option("fast")
    ready.get_by_label("What a step shows", exact=True).select_option("whole")
    act(ready, lambda: brush(ready, 0.0, 0.4))
    requests = asked(ready)
    ready.get_by_role("button", name="Let time run").click()
    for _ in range(3):
        changed(ready, shown(ready))
    assert requests == []
    act(ready, ready.get_by_role("button", name="Pause").click)
    assert parse_qs(urlsplit(ready.url).query)["to"][0].endswith(("-28", "-29", "-30", "-31"))
    assert "outside the dates" in sentence(ready)
