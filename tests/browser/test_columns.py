"""The columns that the page counts with have the store's numbers, whatever is asked of them and however often."""

from __future__ import annotations

import base64
import random
from collections import defaultdict
from dataclasses import replace
from datetime import date

import pytest
from playwright.sync_api import Page

from dashboard.layers.cells import ramp_of
from dashboard.scene.cells import BY, Cells
from dashboard.scene.theme import LIGHT
from dashboard.server.tallies import encode
from geodata.filter import Filter
from geodata.record.model import CATEGORIES
from geodata.store.derived.where import FINEST
from geodata.store.questions.cells import AREAS, Cell, Grid, Tolls
from geodata.store.questions.tallies import unmoved
from geodata.store.store import Store
from tests.browser.gestures import open_page
from tests.records import store_over
from tests.tangles import record
from tests.test_questions import made_filters

ABOUT = ("events", "first", "last", "untold", "left", "figures", "low", "high", "open")  # of a cell
DAY = date(2022, 1, 5)
UNSEEN, UNKNOWN = 255, 254  # instead of a class
EPOCH = 719_163  # the ordinal of 1970-01-01
READ = """async ([content, work]) => {
  const { Tallies } = await import("/assets/tallies/tallies.mjs");
  const { decode, decodeTolls } = await import("/assets/tallies/decode.mjs");
  const [counts, tolls] = content.map((part) => Uint8Array.from(atob(part), (letter) => letter.charCodeAt(0)).buffer);
  const read = () => {
    const tallies = new Tallies(decode(counts), 4);
    tallies.know(decodeTolls(tolls, tallies.order));
    return tallies;
  };
"""
COUNTED = (
    READ
    + """
  const tallies = read();
  const since = (day) => day === null ? undefined : day - tallies.base;
  const alone = (kind) => tallies.categories.map((_, other) => other === kind);
  return work.map(({ from, to, must, asOf, grid, kinds }) => {
    tallies.choose(grid);
    tallies.move({ from: since(from), to: since(to), must, asOf: since(asOf) });
    const cells = [...tallies.parents.keys()].filter((cell) => cell >= 0n); // no area is -1
    const each = tallies.categories.map((_, kind) => tallies.inCells(cells, alone(kind), tallies.sums).flat());
    const killed = tallies.inCells(cells, kinds, tallies.figures, tallies.lows);
    const about = cells.slice(0, 60).map((cell) => tallies.about(cell, kinds));
    const names = cells.map((cell) => cell.toString(16));
    return { kept: [...tallies.kept], cells: names, each, killed, about, base: tallies.base };
  });
}"""
)
MOVED = (
    READ
    + """
  const [tallies, fresh] = [read(), read()];
  const heap = [];
  let seed = 7;
  const random = (most) => (seed = (seed * 48271) % 2147483647) % most;
  for (let move = 0; move < work; move++) {
    const [from, to] = [random(tallies.days), random(tallies.days)].sort((a, b) => a - b);
    tallies.move({ from, to, must: move % 997 > 500, asOf: move % 1999 > 1500 ? random(tallies.days) : undefined });
    if (move % 1000 === 999) heap.push(performance.memory.usedJSHeapSize);
  }
  fresh.recount(tallies.range);
  const both = (name) => [[...tallies[name]], [...fresh[name]]];
  return { sums: both("sums"), lows: both("lows"), figures: both("figures"), kept: both("kept"), heap };
}"""
)


@pytest.fixture(scope="module")
def store() -> Store:
    """Generated events, some of them at several places, over days, or without a point."""
    return store_over(record(11, 2_500))


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
            units = Cells.of(grid, cells, result.count)
            killed = {f"{unit.cell:x}": [unit.tolls.figures, unit.tolls.low] for unit in units.units}
            for cell, sums in zip(mine["cells"], mine["killed"], strict=True):
                assert sums == killed.get(cell, [0, 0]), where
            told = about(units, mine["base"])
            for cell, said in zip(mine["cells"], mine["about"], strict=False):
                assert (said and [said[name] for name in ABOUT]) == told.get(cell), where


def test_ten_thousand_moves_end_at_a_fresh_count_and_leave_no_memory_behind(page: Page, store: Store) -> None:
    open_page(page)
    found = page.evaluate(MOVED, [content(store, Filter()), 10_000])
    for stepped, fresh in (found[name] for name in ("sums", "lows", "figures", "kept")):
        assert stepped == fresh and sum(fresh) > 0
    early, late = found["heap"][:5], found["heap"][5:]
    assert min(late) - min(early) < 16_000_000  # what is left when the browser has cleared up


CLASSES = """async ([lists, ramp]) => {
  const { classesOf } = await import("/assets/tallies/classes.mjs");
  return lists.map((numbers) => {
    const { classes, bounds } = classesOf(numbers);
    return [[...classes], bounds, window.sitrep.counts.rampOf(ramp, bounds.length)];
  });
}"""
NO_EVENT, NO_NUMBER = -2, -1


@pytest.mark.parametrize("by", BY)
def test_cells_have_the_classes_and_colours_that_the_server_gives_them(page: Page, by: str) -> None:
    open_page(page)
    pick = random.Random(3)
    least = 1 if by == "events" else NO_NUMBER
    lists = [
        [pick.choice([NO_EVENT, pick.randrange(least, 10 ** pick.randint(1, 6))]) for _ in range(pick.randint(1, 60))]
        for _ in range(300)
    ]
    for numbers, (classes, bounds, ramp) in zip(lists, page.evaluate(CLASSES, [lists, LIGHT.ramp]), strict=True):
        tolls = [Tolls(1, int(number >= 0), max(number, 0)) for number in numbers]
        counts = numbers if by == "events" else [1] * len(numbers)
        found = [
            Cell(at, "clash", counts[at], DAY, DAY, tolls[at])
            for at, number in enumerate(numbers)
            if number != NO_EVENT
        ]
        cells = replace(Cells.of(2, found, sum(counts)), by=by)
        assert tuple(map(tuple, bounds)) == cells.classes
        told = [{UNKNOWN: None}.get(each, each) for each in classes if each != UNSEEN]
        assert told == [cells.class_of(each) for each in cells.units]
        assert tuple(ramp) == ramp_of(LIGHT.ramp, len(bounds))
