"""The page in a browser, start, exports and previews, over the bundled data set."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from functools import partial
from itertools import pairwise, product
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.timing import ENOUGH_FOR_P95, in_ms, machine, table
from tests.chromium import launch
from tests.server import ROOT, serving

ROUNDS = 5
TOGGLES = ENOUGH_FOR_P95
# where a gesture begins: with a chart to click, or at days between which the map differs
BEGINNINGS = {"click_claim": "/?chart=deaths", "step": "/?as_of=2022-01-16"}
BATCH = 20
# map data that the browser keeps and that grows with the area looked at, not with the page
NOT_THE_PAGE = ("/assets/basemap/", "/assets/glyphs/", "/basemap/")

# assets/map/map.mjs leaves this performance mark after every paint of the map
PAINTS = "performance.getEntriesByName('sitrep:painted')"
BEGUN = (
    "() => { window.begun = Infinity; for (const kind of ['pointerdown', 'mousedown', 'keydown'])"
    " addEventListener(kind, () => { window.begun = Math.min(window.begun, performance.now()) }, true) }"
)
LAST = "aria-valuemax"
STOPS = (
    "() => { window.stops = []; new MutationObserver(() => window.stops.push(performance.now()))"
    ".observe(document.querySelector('.as-of-slider [role=slider]'), { attributeFilter: ['aria-valuenow'] }) }"
)


def main() -> None:
    """Measure everything, then print the machine and the table."""
    rows: list[tuple[str, ...]] = [("server ready (process start to first /healthz)", *in_ms(rounds(server_ready_ms)))]
    with sync_playwright() as playwright, serving() as address:
        browser = launch(playwright)
        chromium = browser.version
        rows.append(("first map painted, fresh context", *in_ms(rounds(lambda: first_paint_ms(browser, address)))))
        rows.append(("filter change painted (Clashes on, off)", *in_ms(gesture_ms(browser, address, toggle))))
        rows.append(("step of the day of knowledge painted", *in_ms(gesture_ms(browser, address, step))))
        rows.append(("slider dragged, map behind the thumb", *in_ms(drag_ms(browser, address))))
        rows.append(("click in the claims chart painted", *in_ms(gesture_ms(browser, address, click_claim))))
        rows.append(("first page, compressed, without basemap and glyphs", kilobytes(browser, address), "", ""))
        browser.close()
    for suffix in ("svg", "pdf", "png"):
        rows.append((f"export to {suffix}, cold", *in_ms(rounds(partial(export_ms, suffix)))))
    rows.append((f"export of {BATCH} figures in a batch, each", *in_ms(batch_ms())))
    rows.append(("preview of a figure from the page", *in_ms(preview_ms())))

    print(f"{machine()}, Chromium {chromium}\n\n{table(rows)}\n")


def rounds(measure: Callable[[], float]) -> list[float]:
    return [measure() for _ in range(ROUNDS)]


def server_ready_ms() -> float:
    start = time.perf_counter()
    with serving():
        return (time.perf_counter() - start) * 1000


def painted_page(browser: Browser, address: str, path: str = "/") -> Page:
    """The dashboard in a context of its own, its map painted."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.goto(address + path, wait_until="commit")
    page.wait_for_function(f"() => {PAINTS}.length > 0", timeout=90_000)
    return page


def first_paint_ms(browser: Browser, address: str, path: str = "/") -> float:
    """From the start of navigation, which is where the browser's clock starts."""
    page = painted_page(browser, address, path)
    start: float = page.evaluate(f"{PAINTS}[0].startTime")
    page.context.close()
    return start


def gesture_ms(browser: Browser, address: str, gesture: Callable[[Page, int], None]) -> list[float]:
    """From each gesture (its first event in the page) to the first paint of the map after it."""
    page = painted_page(browser, address, BEGINNINGS.get(gesture.__name__, "/"))
    page.wait_for_selector("#timeline .xtick text")
    page.wait_for_load_state("networkidle")
    took = []
    for number in range(TOGGLES):
        page.evaluate(BEGUN)
        gesture(page, number)
        after = f"{PAINTS}.find(paint => paint.startTime > window.begun)"
        paint = page.wait_for_function(f"() => {after}?.startTime - window.begun || false")
        took.append(float(paint.json_value()))
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(200)  # a second paint of this gesture must not count for the next
    page.context.close()
    return took


def toggle(page: Page, _: int) -> None:
    page.get_by_label("Clashes").first.click()


def step(page: Page, number: int) -> None:
    page.locator(".as-of-slider [role=slider]").focus()
    page.keyboard.press("ArrowLeft" if number % 10 < 5 else "ArrowRight")


def drag_ms(browser: Browser, address: str) -> list[float]:
    """From each new stop of a slider that is dragged from day to day to the paint of that stop or a later one."""
    page = painted_page(browser, address, BEGINNINGS["step"])
    page.wait_for_selector("#timeline .xtick text")
    page.wait_for_load_state("networkidle")
    thumb = page.locator(".as-of-slider [role=slider]")
    slider, held, last = page.locator(".as-of-slider").bounding_box(), thumb.bounding_box(), thumb.get_attribute(LAST)
    assert slider and held and last
    y, step = held["y"] + held["height"] / 2, slider["width"] / int(last)
    page.mouse.move(held["x"] + held["width"] / 2, y)
    page.wait_for_timeout(700)
    page.evaluate(STOPS)
    page.mouse.down()
    for stop in (5, 4, 3, 2, 1, 0, 1, 2, 3, 4, 5, 6) * 3:
        page.mouse.move(slider["x"] + stop * step, y)
        page.wait_for_timeout(100)
    page.mouse.up()
    page.wait_for_timeout(500)
    stops, paints = page.evaluate(f"() => [window.stops, {PAINTS}.map(paint => paint.startTime)]")
    page.context.close()
    return [min(paint - stop for paint in paints if paint > stop) for stop in stops]


def click_claim(page: Page, number: int) -> None:
    marks = page.locator("#timeline .trace:has(.textpoint) path.point")
    box = marks.nth((number * 5) % marks.count()).bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 40)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=3)
    page.wait_for_selector("#timeline .hoverlayer .hovertext")  # a click counts on what is hovered
    page.mouse.down()
    page.mouse.up()


def kilobytes(browser: Browser, address: str) -> str:
    """What came over the wire until the page was at rest."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    urls: dict[str, str] = {}
    sizes: dict[str, float] = {}
    network = page.context.new_cdp_session(page)
    network.on("Network.requestWillBeSent", lambda sent: urls.update({sent["requestId"]: sent["request"]["url"]}))
    network.on("Network.loadingFinished", lambda got: sizes.update({got["requestId"]: got["encodedDataLength"]}))
    network.send("Network.enable")
    page.goto(address)
    page.wait_for_selector("#timeline .xtick text")  # its script is the last that comes
    page.wait_for_load_state("networkidle")
    page.context.close()
    total = sum(size for key, size in sizes.items() if not any(part in urls[key] for part in NOT_THE_PAGE))
    return f"{total / 1000:,.0f} kB"


def export_ms(suffix: str) -> float:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / f"map.{suffix}"
        start = time.perf_counter()
        subprocess.run([sys.executable, "-m", "dashboard", "export", out], cwd=ROOT, check=True, capture_output=True)
        return (time.perf_counter() - start) * 1000


def batch_ms() -> list[float]:
    """From one file to the next of a batch of figures of which no two are alike; the first has the start in it."""
    sizes = ("A4", "A4-landscape", "column", "two-column", "slide")
    choices = ("", 'from = "2022-01-06"', 'categories = ["clash"]', 'theme = "dark"')
    figures = (
        f'[[figures]]\nout = "{number}.svg"\nsize = "{size}"\n{choice}\n'
        for number, (choice, size) in enumerate(product(choices, sizes))
    )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "report.toml"
        file.write_text("".join(figures), encoding="utf-8")
        start = time.time_ns()
        command = [sys.executable, "-m", "dashboard", "export", "--batch", file]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        written = sorted(out.stat().st_mtime_ns for out in Path(folder).glob("*.svg"))
    assert len(written) == BATCH
    return [(after - before) / 1e6 for before, after in pairwise([start, *written])]


def preview_ms() -> list[float]:
    """What the export dialog asks for, of a server that has drawn one before."""
    with serving() as address:
        query = "/export/map.svg?from=2022-01-06&size=A4-landscape"
        urllib.request.urlopen(address + query).read()
        took = []
        for _ in range(TOGGLES):
            start = time.perf_counter()
            urllib.request.urlopen(address + query).read()
            took.append((time.perf_counter() - start) * 1000)
        return took
