"""A hand on the page over very many events: what a step of the brush takes until its frame is shown, and a choice."""

from __future__ import annotations

import base64
import json
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import brotli
from playwright.sync_api import Page, sync_playwright

from dashboard.server.tallies import encode
from geodata.filter import Filter
from geodata.store.opening import open_store
from tests.bench.changes import READY, changed, memory
from tests.bench.page import first_paint_ms, painted_page, rounds
from tests.bench.store import SIZES
from tests.bench.timing import MB, machine, median, p95, spent
from tests.chromium import launch
from tests.generated import flat_csv
from tests.server import serving_process

RESULTS = Path(__file__).with_name("drag.json")
STEPS = 60
VIEW = "/?at=20,15,3"  # Africa and Europe: some hundred cells
# From the event of each step to the frame that shows it; of an empty step the map draws the same again.
WATCH = """() => {
  window.steps = [];
  let moved = null;
  document.addEventListener("pointermove", () => (moved ??= performance.now()), true);
  document.addEventListener("sitrep:recounted", () => {
    if (moved !== null) window.steps.push(performance.now() - moved);
    moved = null;
  });
}"""
EMPTY = """async (times) => {
  const map = document.querySelector(".map-canvas").map;
  const took = [];
  for (let time = 0; time < times; time++) {
    const start = performance.now();
    await new Promise((done) => {
      map.once("render", () => requestAnimationFrame(done));
      map.triggerRepaint();
    });
    took.push(performance.now() - start);
    await new Promise((done) => setTimeout(done, 50));
  }
  return took;
}"""
COUNT = """async ([content, times]) => {
  const { Tallies } = await import("/assets/tallies/tallies.mjs");
  const { decode } = await import("/assets/tallies/decode.mjs");
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0)).buffer;
  const start = performance.now();
  const tallies = new Tallies(decode(bytes), 3);
  const ready = performance.now() - start;
  const took = [];
  for (let time = 0; time < times; time++) {
    const from = Math.floor((tallies.days * time) / (2 * times));
    const begun = performance.now();
    tallies.move({ from, to: from + Math.floor(tallies.days / 3) });
    took.push(performance.now() - begun);
  }
  return { ready, took };
}"""


def main() -> None:
    """Measure every size, write all to `RESULTS`, and print them as a table."""
    sizes: dict[str, Any] = {}
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for rows in SIZES:
            with tempfile.TemporaryDirectory() as folder:
                store = Path(folder) / "store"
                spent("geodata", "import", flat_csv(Path(folder) / "events.csv", rows), "--to", store)
                with serving_process((sys.executable, "-m", "dashboard", str(store))) as (address, server):
                    first = median(rounds(lambda: first_paint_ms(browser, address, VIEW)))
                    page = painted_page(browser, address, VIEW)
                    sizes[str(rows)] = (
                        {"first_map_ms": round(first)} | measured(page, store) | changed(page, address + VIEW)
                    )
                    sizes[str(rows)] |= memory(page, server)
                    page.context.close()
        about = {"made_on": date.today().isoformat(), "machine": f"{machine()}, Chromium {browser.version}"}
        browser.close()
    RESULTS.write_text(json.dumps(about | {"sizes": sizes}, indent=1) + "\n", encoding="utf-8")
    lines = ["| | " + " | ".join(f"{int(rows):,} rows" for rows in sizes) + " |", "|---|" + "---:|" * len(sizes)]
    for name in next(iter(sizes.values())):
        words, _, unit = name.replace("_", " ").rpartition(" ")
        lines.append(f"| {words} | " + " | ".join(f"{each[name]:,} {unit}" for each in sizes.values()) + " |")
    print(f"{about['machine']}\n\n" + "\n".join(lines) + "\n")


def measured(page: Page, store: Path) -> dict[str, float]:
    """All figures of one size."""
    page.wait_for_function(READY)
    page.wait_for_timeout(1_500)
    opened = open_store(store)
    content = encode(opened.tallies(Filter()), opened.news_days)
    sent = {name: round(len(brotli.compress(part, quality=5)) / MB, 2) for name, part in content.items()}
    opened.close()
    counted = page.evaluate(COUNT, [base64.b64encode(content["tallies"]).decode(), STEPS])
    empty = page.evaluate(EMPTY, STEPS)
    steps = dragged(page)
    return {
        "columns_sent_MB": sent["tallies"],
        "tolls_sent_when_they_are_asked_for_MB": sent["tolls"],
        "columns_ready_ms": round(counted["ready"]),
        "step_counted_ms": round(median(counted["took"]), 1),
        "step_counted,_p95_ms": round(p95(counted["took"]) or 0, 1),
        "step_painted_ms": round(median(steps)),
        "step_painted,_p95_ms": round(p95(steps) or 0),
        "the_map_alone,_painted_ms": round(median(empty)),
    }


def dragged(page: Page) -> list[float]:
    """What the steps of a brush across the timeline took."""
    box = page.locator("#timeline .nsewdrag").first.bounding_box()
    assert box
    page.evaluate(WATCH)
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 0.1 * box["width"], y)
    page.mouse.down()
    for step in range(STEPS):
        page.mouse.move(box["x"] + (0.2 + 0.7 * step / STEPS) * box["width"], y)
        page.wait_for_timeout(180)
    took: list[float] = page.evaluate("() => window.steps")
    page.mouse.up()
    return took
