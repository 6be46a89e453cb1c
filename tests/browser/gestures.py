"""What a reader does on the page and sees of it, for the tests in a real browser."""

from __future__ import annotations

from playwright.sync_api import Page

PAINTS = "performance.getEntriesByName('sitrep:painted').length"
CHARTED = "sitrep.state.shown && sitrep.state.drawnOf === sitrep.state.shown.chart"  # the chart comes after the map
MAP = "document.querySelector('.map-canvas').map"
WRITTEN = "{layers: ['marks-glyph', 'marks-name', 'marks-figure']}"
TEXTS = f"{MAP}.queryRenderedFeatures({WRITTEN}).map(f => f.properties.text)"
NEXT_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
GO = "address => { history.pushState(null, '', address); dispatchEvent(new PopStateEvent('popstate')); }"

ALMATY, AKTOBE = (76.9115, 43.2525), (57.2072, 50.2797)
NUR_SULTAN, TALDYKORGAN = (71.446, 51.1801), (78.3739, 45.0156)


def open_page(page: Page, address: str = "/") -> None:
    page.goto(address)
    page.wait_for_function(f"() => {PAINTS} > 0 && {MAP}.loaded() && {CHARTED}")


def look(page: Page, address: str = "/") -> None:
    """Go to an address as back and forward do, within the page; where none is open yet, open it."""
    if not page.evaluate("() => Boolean(document.querySelector('.map-canvas')?.map)"):
        open_page(page, address)
    elif not page.evaluate("address => location.pathname + location.search === address", address):
        act(page, lambda: page.evaluate(GO, address))


def act(page: Page, gesture: object) -> None:
    """Do something that the server answers, and wait until the page shows the answer."""
    # An open page keeps only some hundred answers: those that have been seen make room.
    before = page.evaluate("() => { performance.clearResourceTimings(); return performance.now(); }")
    gesture()  # type: ignore[operator] # a lambda at every call
    page.wait_for_function(
        "before => { const answer = performance.getEntriesByType('resource')"
        ".filter(e => e.name.includes('_dash-update-component')).at(-1);"
        " const paint = performance.getEntriesByName('sitrep:painted').at(-1);"
        " return answer?.startTime > before && paint?.startTime > answer.responseEnd && " + f"{MAP}.loaded(); }}",
        arg=before,
    )
    page.wait_for_function(f"() => {CHARTED}")
    page.evaluate(NEXT_FRAMES)  # the texts come after the map


def sentence(page: Page) -> str:
    return page.locator("#sentence").inner_text()


def at(page: Page, point: tuple[float, float]) -> tuple[float, float]:
    """Where a (lon, lat) is on the screen, in px."""
    x, y = page.evaluate(
        f"([lon, lat]) => {{ const p = {MAP}.project([lon, lat]), box = {MAP}.getContainer().getBoundingClientRect();"
        " return [p.x + box.x, p.y + box.y]; }",
        list(point),
    )
    return x, y


def drawn_texts(page: Page) -> list[str]:
    """The symbols and texts of marks that MapLibre has really placed (one that runs into another is dropped)."""
    found: list[str] = page.evaluate(f"() => {TEXTS}")
    return found


def brush(page: Page, first: float, last: float) -> None:
    """Draw over the timeline from one share of its width to another."""
    draw_days(page, first, last)
    page.mouse.up()


def draw_days(page: Page, first: float, last: float) -> None:
    """The same, without letting go."""
    box = page.locator("#timeline .nsewdrag").first.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * first, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * (first + last) / 2, box["y"] + 30, steps=4)
    page.mouse.move(box["x"] + box["width"] * last, box["y"] + 30, steps=4)
