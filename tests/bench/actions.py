"""The page over 2.5 million generated events in a database, beside the same store's files.

`python -m tests.bench.actions STORE` loads a store into PostgreSQL and into ClickHouse's engine, both started for it,
and prints what a reader waits for, from each action until the map shows it and until it changes no more.
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from geodata.store.loading.load import load
from geodata.store.loading.loaders import loader_at
from geodata.store.opening import snapshot_of
from tests.bench.changes import BEGIN, READY, changed, took
from tests.bench.drag import VIEW
from tests.bench.page import PAINTS, painted_page
from tests.bench.timing import machine, median
from tests.chromium import launch
from tests.databases import clickhouse, postgres
from tests.server import serving_process

FILTERED = [f"/?at=20,15,3&from={year}-03-01&precision=settlement,near" for year in (2001, 2003, 2005)]  # none twice
TIMES, ZOOMS = 5, 4
SHARED_BUFFERS = "6GB"  # a quarter of the machine's memory, as PostgreSQL's manual has it


def main(given: Path) -> None:
    """Load, measure, and print."""
    with postgres(SHARED_BUFFERS) as server, clickhouse() as url, sync_playwright() as playwright:
        for address in (server.url, url):
            loader = loader_at(address)
            load(snapshot_of([given], None), loader, lambda *_: None)
            loader.close()
        browser = launch(playwright)
        places = {
            "DuckDB": (str(given),),
            "ClickHouse's engine": ("--engine", url),
            "PostgreSQL": ("--engine", server.url),
        }
        found = {name: measured(browser, words) for name, words in places.items()}
        browser.close()
    print(f"{machine()}\n\n| | " + " | ".join(found) + " |\n|---|" + "---:|" * len(found))
    first = found["DuckDB"]
    for action in first:
        cells = (f"{each[action] / 1000:.2f} s ({each[action] / first[action]:.1f})" for each in found.values())
        print(f"| {action.removesuffix('_ms').replace('_', ' ')} | {' | '.join(cells)} |")


def measured(browser: Browser, words: tuple[str, ...]) -> dict[str, float]:
    """Medians in ms from each action to the first paint of the map and to the last."""
    with serving_process((sys.executable, "-m", "dashboard", *words)) as (address, _):
        page = painted_page(browser, address, VIEW)
        took_ms = changed(page, address + VIEW, TIMES)
        took_ms["zoomed,_at_rest_ms"] = zoomed(page)
        page.context.close()
        opened = [opened_ms(browser, address, path) for path in FILTERED]
        return took_ms | {"opened_with_a_filter,_painted_ms": median(opened)}


def opened_ms(browser: Browser, address: str, path: str) -> float:
    """From the start of navigation to the first paint; the page then waits for its columns, as the making of those
    would slow the next."""
    page = painted_page(browser, address, path)
    start: float = page.evaluate(f"{PAINTS}[0].startTime")
    page.wait_for_function(READY, timeout=90_000)
    page.context.close()
    return start


def zoomed(page: Page) -> float:
    """The median of some steps into the map."""

    def act() -> None:
        page.evaluate(BEGIN)
        page.get_by_role("button", name="Zoom in").click()

    return median([took(page, act)[1] for _ in range(ZOOMS)])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
