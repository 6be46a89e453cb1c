"""What a reader chooses, over very many events: until the map shows it, and until it changes no more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

from playwright.sync_api import CDPSession, Page, Response

from dashboard.page.filters import DEBOUNCE_MS
from tests.bench.page import PAINTS
from tests.bench.timing import MB, median

READY = "() => window.sitrep.counts?.isReady()"
TIMES = 9
REST_MS = 2_500  # so long without another paint is rest
BEGIN = "() => { window.begun = performance.now(); }"
LATER = f"{PAINTS}.map(paint => paint.startTime).filter(at => at > window.begun)"
AT_REST = f"rest => {{ const last = {LATER}.at(-1); return last !== undefined && performance.now() - last > rest; }}"


def changed(page: Page, address: str, times: int = TIMES) -> dict[str, float]:
    """Medians in ms of each kind of choice, from the last key or click to the first paint after it and to the last.

    A text is asked for when no other key has come for a while, which does not count.
    """
    found: dict[str, float] = {}
    for name, act, waits in (
        ("category", _category(page), 0),
        ("first_day_typed", _days(page), 0),
        ("text_typed", _texts(page), DEBOUNCE_MS),
    ):
        page.goto(address)
        page.wait_for_function(READY)
        page.wait_for_timeout(REST_MS)
        each = [took(page, act) for _ in range(times + 1)][1:]  # the first fetches what the others have
        first, last = (median(times) - waits for times in zip(*each, strict=True))
        found |= {f"{name},_painted_ms": round(first), f"{name},_at_rest_ms": round(last)}
    return found


def memory(page: Page, server: int) -> dict[str, float]:
    """What the server and the tab's process have in memory, in MB."""
    return {"server's_memory_MB": _resident(server), "browser's_memory_MB": _resident(_renderer(page))}


def took(page: Page, act: Callable[[], None]) -> tuple[float, float]:
    """How long after an act, which notes when it begins, the map is painted first and last, in ms; begun when the page
    has its columns, as the making of those would slow the act."""
    page.wait_for_function(READY, timeout=90_000)
    with page.expect_response(_is_answer, timeout=90_000):
        act()
    page.wait_for_timeout(REST_MS)  # in which the map shows what was answered
    page.wait_for_function(AT_REST, arg=REST_MS, timeout=90_000)
    first, last = page.evaluate(f"() => [{LATER}.at(0) - window.begun, {LATER}.at(-1) - window.begun]")
    return first, last


def _is_answer(response: Response) -> bool:
    return "marks.data" in (response.request.post_data or "")


def _category(page: Page) -> Callable[[], None]:
    box = page.get_by_label("Clashes").first

    def act() -> None:
        page.evaluate(BEGIN)
        box.click()

    return act


def _days(page: Page) -> Callable[[], None]:
    field = page.get_by_label("From", exact=True).first
    days: Iterator[str] = (f"{1991 + number}-03-01" for number in cycle(range(25)))

    def act() -> None:
        field.fill(next(days))
        page.evaluate(BEGIN)
        field.press("Enter")

    return act


def _texts(page: Page) -> Callable[[], None]:
    field = page.get_by_label("Text", exact=True)
    words = cycle(("market", "Reuters", "convoy", "no. 77", "Militia", "road", "Front", "Army", "village", "police"))

    def act() -> None:
        word = next(words)
        field.fill(word[:-1])
        page.evaluate(BEGIN)
        field.press_sequentially(word[-1])

    return act


def _renderer(page: Page) -> int:
    """The process of the page's tab: the biggest renderer of a browser that has no other page open."""
    devtools: CDPSession = page.context.browser.new_browser_cdp_session()  # type: ignore[union-attr] # it has one
    listed = devtools.send("SystemInfo.getProcessInfo")["processInfo"]
    devtools.detach()
    return int(max((each["id"] for each in listed if each["type"] == "renderer"), key=_resident))


def _resident(process: int) -> int:
    pages = int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1])
    return round(pages * 4096 / MB)
