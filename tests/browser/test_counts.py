"""Days, categories and the day of knowledge are followed on the page without a request, with the server's numbers."""

from __future__ import annotations

import base64
import random
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from dashboard.layers.cells import ramp_of
from dashboard.scene.cells import Cells
from dashboard.scene.theme import LIGHT
from dashboard.server.tallies import encode
from geodata.filter import Filter
from geodata.record.model import CATEGORIES
from geodata.store.derived import FINEST
from geodata.store.questions.cells import AREAS, Cell, Grid, Tolls
from geodata.store.questions.tallies import unmoved
from geodata.store.store import Store
from tests.browser.gestures import MAP, NEXT_FRAMES, act, brush, draw_days, open_page, sentence
from tests.generated import flat_csv
from tests.records import store_over
from tests.server import serving
from tests.tangles import record
from tests.test_questions import made_filters

COUNT = 12_000
ABOUT = ("events", "first", "last", "untold", "left", "figures", "low", "high", "open")  # of a cell
DAY = date(2022, 1, 5)
EPOCH = 719_163  # the ordinal of 1970-01-01
READ = """async ([content, work]) => {
  const { Tallies } = await import("/assets/tallies/tallies.mjs");
  const { decode, decodeTolls } = await import("/assets/tallies/decode.mjs");
  const [counts, tolls] = content.map((part) => Uint8Array.from(atob(part), (letter) => letter.charCodeAt(0)).buffer);
  const read = () => new Tallies(decode(counts));
"""
COUNTED = (
    READ
    + """
  const tallies = read();
  tallies.tolls = decodeTolls(tolls, tallies.order);
  const since = (day) => day === null ? undefined : day - tallies.base;
  const alone = (kind) => tallies.categories.map((_, other) => other === kind);
  return work.map(({ from, to, must, asOf, grid, kinds }) => {
    tallies.choose(grid);
    tallies.move({ from: since(from), to: since(to), must, asOf: since(asOf) });
    const cells = [...tallies.parents.keys()].filter((cell) => cell >= 0n); // no area is -1
    const each = tallies.categories.map((_, kind) => [...tallies.inCells(cells, alone(kind))]);
    const about = cells.slice(0, 60).map((cell) => tallies.about(cell, kinds));
    return { kept: [...tallies.kept], cells: cells.map((cell) => cell.toString(16)), each, about, base: tallies.base };
  });
}"""
)
MOVED = (
    READ
    + """
  const [tallies, fresh] = [read(), read()];
  for (const each of [tallies, fresh]) each.choose(4);
  const heap = [];
  let seed = 7;
  const random = (most) => (seed = (seed * 48271) % 2147483647) % most;
  for (let move = 0; move < work; move++) {
    const [from, to] = [random(tallies.days), random(tallies.days)].sort((a, b) => a - b);
    tallies.move({ from, to, must: move % 997 > 500, asOf: move % 1999 > 1500 ? random(tallies.days) : undefined });
    if (move % 1000 === 999) heap.push(performance.memory.usedJSHeapSize);
  }
  fresh.recount(tallies.range);
  return { sums: [[...tallies.sums], [...fresh.sums]], kept: [[...tallies.kept], [...fresh.kept]], heap };
}"""
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Of a server over generated events."""
    data = flat_csv(tmp_path_factory.mktemp("counts") / "events.csv", COUNT)
    with serving((sys.executable, "-m", "dashboard", str(data))) as url:
        yield url


@pytest.fixture(scope="module")
def store() -> Store:
    """Generated events, some of them at several places, over days, or without a point."""
    return store_over(record(11, 2_500))


@pytest.fixture
def ready(page: Page) -> Page:
    """The page, as soon as it can count."""
    open_page(page)
    page.wait_for_function("() => window.sitrep.counts.isReady()")
    return page


def content(store: Store, where: Filter) -> list[str]:
    """The columns as the server sends them, in base64."""
    return [base64.b64encode(part).decode() for part in encode(store.tallies(where), store.news_days).values()]


def about(cells: Cells, base: int) -> dict[str, list[object]]:
    """By cell what there is to say of it, with its days counted from `base` on."""
    return {
        f"{each.cell:x}": [
            [each.by_category.get(category, 0) for category in CATEGORIES],
            *(day.toordinal() - EPOCH - base for day in (each.first, each.last)),
            each.events - each.tolls.told, each.tolls.told - each.tolls.figures, each.tolls.figures,
            each.tolls.low, each.tolls.high, each.tolls.open,
        ]
        for each in cells.units
    }  # fmt: skip


def test_the_columns_have_the_numbers_that_the_store_gives_for_200_filters(page: Page, store: Store) -> None:
    open_page(page)
    asked: dict[Filter, list[tuple[Filter, Grid]]] = defaultdict(list)
    grids: list[Grid] = [*range(FINEST + 1), *AREAS]
    for number, where in enumerate(made_filters()):
        asked[unmoved(where)].append((where, grids[number % len(grids)]))
    day = lambda each: each.toordinal() - EPOCH if each else None  # noqa: E731
    for base, choices in asked.items():
        moves = [
            {"from": day(where.date_from), "to": day(where.date_to), "must": where.dates == "must",
             "asOf": day(where.as_of), "grid": grid,
             "kinds": [not where.categories or category in where.categories for category in CATEGORIES]}
            for where, grid in choices
        ]  # fmt: skip
        found = page.evaluate(COUNTED, [content(store, base), moves])
        for (where, grid), mine in zip(choices, found, strict=True):
            result = store.query(where)
            assert dict(zip(CATEGORIES, mine["kept"], strict=True)) == result.category_counts, where
            shown = where.categories or CATEGORIES
            counted = {
                (int(cell, 16), category): n
                for category, each in zip(CATEGORIES, mine["each"], strict=True)
                for cell, n in zip(mine["cells"], each, strict=True)
                if n and category in shown
            }
            cells = result.cells(grid)
            assert counted == {(cell.cell, cell.category): cell.events for cell in cells}, where
            told = about(Cells.of(grid, cells, result.count), mine["base"])
            for cell, said in zip(mine["cells"], mine["about"], strict=False):
                assert (said and [said[name] for name in ABOUT]) == told.get(cell), where


def test_ten_thousand_moves_end_at_a_fresh_count_and_leave_no_memory_behind(page: Page, store: Store) -> None:
    open_page(page)
    found = page.evaluate(MOVED, [content(store, Filter()), 10_000])
    for stepped, fresh in (found["sums"], found["kept"]):
        assert stepped == fresh and sum(fresh) > 0
    early, late = found["heap"][:5], found["heap"][5:]
    assert min(late) - min(early) < 16_000_000  # what is left when the browser has cleared up


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


@pytest.mark.parametrize("units", ["regions", "countries"])
def test_regions_and_countries_follow_the_hand_as_cells_do(page: Page, units: str) -> None:
    open_page(page, f"/?units={units}")
    page.wait_for_function("() => window.sitrep.counts.isReady()")
    requests, before = asked(page), shown(page)
    draw_days(page, 0.2, 0.6)
    followed = changed(page, before)
    assert requests == [] and before["cells"] != followed["cells"]
    expect(page.locator(".legend:visible")).to_contain_text(units.capitalize())
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


GESTURES: dict[str, Callable[[Page], object]] = {
    "the band is moved": lambda page: brush(page, 0.6, 0.7),
    "an end of the days is moved by a key": lambda page: page.get_by_label("Last day that is shown").press("PageUp"),
    "a category is switched off": lambda page: page.get_by_label("Clashes").first.click(),
    "a step of the days": lambda page: page.get_by_role("button", name="One step earlier").click(),
    "an earlier day of knowledge": lambda page: page.locator(".as-of-slider").click(),
}


@pytest.mark.parametrize("name", GESTURES)
def test_what_is_counted_on_the_page_is_what_the_server_answers_later(ready: Page, name: str) -> None:
    act(ready, lambda: brush(ready, 0.4, 0.8))
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    ready.route("**/_dash-update-component", hold)
    before = shown(ready)
    GESTURES[name](ready)
    followed = changed(ready, before)
    ready.unroute("**/_dash-update-component")
    for route in held:
        route.continue_()
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
    ready.route("**/_dash-update-component", lambda route: held.append(route))  # noqa: PLW0108 (Playwright marks it)
    before, at = shown(ready), ready.evaluate(CELL)
    said_before = told(ready, at)
    GESTURES["a category is switched off"](ready)
    changed(ready, before)
    said = told(ready, at)
    ready.unroute("**/_dash-update-component")
    for route in held:
        route.continue_()
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


def test_cells_have_the_classes_and_colours_that_the_server_gives_them(page: Page) -> None:
    open_page(page)
    pick = random.Random(3)
    lists = [[pick.randrange(10 ** pick.randint(1, 6)) for _ in range(pick.randint(1, 60))] for _ in range(300)]
    found = page.evaluate(
        "async ([lists, ramp]) => { const { classesOf } = await import('/assets/tallies/classes.mjs');"
        " return lists.map(counts => { const { classes, bounds } = classesOf(counts);"
        " return [[...classes], bounds, window.sitrep.counts.rampOf(ramp, bounds.length)]; }); }",
        [lists, LIGHT.ramp],
    )
    for counts, (classes, bounds, ramp) in zip(lists, found, strict=True):
        tallies = [Cell(at, "clash", n, DAY, DAY, Tolls()) for at, n in enumerate(counts) if n]
        cells = Cells.of(2, tallies, sum(counts))
        assert tuple(map(tuple, bounds)) == cells.classes
        assert [each for each in classes if each != 255] == [cells.class_of(each) for each in cells.units]
        assert tuple(ramp) == ramp_of(LIGHT.ramp, len(bounds))
