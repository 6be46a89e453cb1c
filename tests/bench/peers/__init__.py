"""The product beside what is used in its place, in one browser and one run: all show the same events and change days.

Painted is what the browser's compositor has made a picture of, not what a script or a callback says. The peers are
installed into an environment of their own.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.peers.seen import Watcher
from tests.bench.store import SIZES
from tests.bench.timing import ENOUGH_FOR_P95, machine, median, p95, spent
from tests.chromium import launch
from tests.generated import flat_csv
from tests.server import ROOT, free_port, serving

HERE = Path(__file__).parent
RESULTS = HERE / "peers.json"
ENVIRONMENT = ROOT / "build" / "peers"
STEPS = ENOUGH_FOR_P95
LIMIT_S = 90
ENOUGH_S = 60  # of steps: who is slow makes fewer
READY_WITHIN_S = 180
BEGIN = 0.1  # of all days: where those that are shown begin
DAYS = 13_500  # of the generated events: of 36 years
OURS, DASH, PANEL = "Sitrep Map", "plain Dash", "Panel with datashader"
SET_DASH = "days => window.dash_clientside.set_props('days', { value: days })"
SET_PANEL = """days => {
  const models = [...Bokeh.documents[0]._all_models.values()];
  models.find((model) => model.title === "days" && "value" in model).value = days;
}"""
# When the data is on the page: a page at rest may still wait for it.
READY, READY_DASH = (
    "() => window.sitrep?.counts?.isReady()",
    "() => document.querySelector('#map .js-plotly-plot')?.data?.length",
)
READY_PANEL = "() => window.Bokeh?.documents[0]?.is_idle"
Step = Callable[[Page, int], None]


def main() -> None:
    """Measure everyone at every size, write all to `RESULTS`, and print them as a table."""
    python = installed()
    sizes: dict[str, dict[str, Any]] = {}
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for rows in SIZES:
            with tempfile.TemporaryDirectory() as folder:
                table = flat_csv(Path(folder) / "events.csv", rows)
                store = Path(folder) / "store"
                spent("geodata", "import", table, "--to", store)
                sizes[str(rows)] = found = {}
                with serving((sys.executable, "-m", "dashboard", str(store))) as address:
                    found[OURS] = measured(browser, f"{address}/?at=20,15,2", "#map", READY, brush)
                for name, script, selector, ready, step in (
                    (DASH, "plain_dash.py", "#map", READY_DASH, setter(SET_DASH)),
                    (PANEL, "panel_datashader.py", ".bk-Figure", READY_PANEL, setter(SET_PANEL)),
                ):
                    with running(python, HERE / script, table) as address:
                        found[name] = measured(browser, address, selector, ready, step)
        about = {"made_on": date.today().isoformat(), "machine": f"{machine()}, Chromium {browser.version}"}
        browser.close()
    RESULTS.write_text(json.dumps(about | {"sizes": sizes}, indent=1) + "\n", encoding="utf-8")
    print(f"{about['machine']}\n\n{told(sizes)}\n")


def installed() -> Path:
    """The interpreter of the peers' environment, which is made the first time."""
    python = ENVIRONMENT / "bin" / "python"
    wanted = HERE / "requirements.txt"
    done = ENVIRONMENT / "requirements.txt"
    if not done.is_file() or done.read_bytes() != wanted.read_bytes():
        subprocess.run([sys.executable, "-m", "venv", "--clear", ENVIRONMENT], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", wanted], check=True)
        done.write_bytes(wanted.read_bytes())
    return python


@contextmanager
def running(python: Path, script: Path, table: Path) -> Iterator[str]:
    """The address of a peer that serves a table, once it answers."""
    port = free_port()
    address = f"http://127.0.0.1:{port}/"
    words = [python, script, table, str(port)]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            end = monotonic() + READY_WITHIN_S
            while not answers(address):
                assert monotonic() < end and process.poll() is None, f"{script.name} does not start"
                sleep(0.2)
            yield address
        finally:
            process.terminate()


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=60):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def measured(browser: Browser, address: str, selector: str, ready: str, step: Step) -> dict[str, float | None]:
    """A change of the days in ms; None where nothing was seen within `LIMIT_S`, of the p95 where it took too long for
    enough of them."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.set_default_timeout(LIMIT_S * 1000)
    watcher = Watcher(page, selector)

    def open_page() -> None:
        page.goto(address, wait_until="commit")
        page.wait_for_function(ready)

    took: list[float] = []
    if watcher.ms_until_rest(open_page, LIMIT_S) is not None:
        watcher.ms_until_rest(lambda: step(page, 0), LIMIT_S)  # the first is warmer for nobody
        end = monotonic() + ENOUGH_S
        for number in range(1, STEPS + 1):
            if monotonic() > end:
                break
            ms = watcher.ms_until_rest(lambda number=number: step(page, number), LIMIT_S)  # type: ignore[misc]
            if ms is None:
                break
            took.append(ms)
    context.close()
    return {
        "change_ms": round(median(took)) if took else None,
        "change_p95_ms": round(p95(took) or 0) if len(took) == STEPS else None,
    }


def end_of(number: int) -> float:
    """The end of the days at a step, as a part of all: to and fro, so that each step shows another picture."""
    return (0.3 if number % 2 else 0.75) + 0.01 * number


def brush(page: Page, number: int) -> None:
    """Draw days over the timeline with the mouse, and go on with each step; the hand stays down."""
    box = page.locator("#timeline .nsewdrag").first.bounding_box()
    assert box
    y = box["y"] + box["height"] / 2
    if number == 0:
        page.mouse.move(box["x"] + BEGIN * box["width"], y)
        page.mouse.down()
    page.mouse.move(box["x"] + end_of(number) * box["width"], y)


def setter(script: str) -> Step:
    """A step that sets a slider by script, which spares a peer the events of a drag."""

    def step(page: Page, number: int) -> None:
        page.evaluate(script, [round(BEGIN * DAYS), round(end_of(number) * DAYS)])

    return step


def told(sizes: dict[str, dict[str, Any]]) -> str:
    """A table of sizes, with how many times as long as the product everyone else takes."""
    names = (OURS, DASH, PANEL)
    lines = ["| | " + " | ".join(names) + " |", "|---|" + "---:|" * len(names)]
    for rows, found in sizes.items():
        for key, words in (("change_ms", "change"), ("change_p95_ms", "change, p95")):
            cells = [_cell(found[name][key], found[OURS][key]) for name in names]
            lines.append(f"| {int(rows):,} rows: {words} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _cell(ms: float | None, ours: float | None) -> str:
    if ms is None:
        return "none"
    return f"{ms:,} ms" + (f" ({ms / ours:.1f})" if ours and ms != ours else "")
