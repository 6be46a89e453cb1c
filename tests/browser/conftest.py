"""A real server and a real Chromium; a page on which anything that goes wrong fails its test."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from tests.chromium import BrowserMissing, launch
from tests.server import serving

SIZE: ViewportSize = {"width": 1440, "height": 900}
BARE, BARE_HTML = "/bare", '<!DOCTYPE html><link rel="icon" href="data:,">'


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    """Address of `python -m dashboard` over the bundled data, without a slash at the end."""
    with serving() as url:
        yield url


# Of this package only: while Playwright runs it holds an event loop, which tests elsewhere must not meet.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The machine's Chromium. A missing one is a failure with the command to run, never a skip."""
    with sync_playwright() as playwright:
        try:
            chromium = launch(playwright)
        except BrowserMissing as missing:
            pytest.fail(str(missing), pytrace=False)
        # how long a change is waited for, no measure of the page: another process's tests share the machine
        expect.set_options(timeout=20_000)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def tabs(browser: Browser, address: str) -> Iterator[list[Page]]:
    """The open page that the module's tests share, one after another; none before the first and after a failure.

    A page that stays open is drawn again with two thirds of the work of a new one.
    """
    found: list[Page] = []
    yield found
    for tab in found:
        tab.context.close()


@pytest.fixture
def kept(browser: Browser, address: str, tabs: list[Page], request: pytest.FixtureRequest) -> Iterator[Page]:
    """As `page`, but as the test before has left it, for tests of what an address shows: `look` goes to theirs.

    They change nothing but what the address says. To go there within the page is a fourth of the work of opening it.
    """
    failed = request.session.testsfailed
    if not tabs:
        tabs.append(new_page(browser, base_url=address))
        tabs[0].trouble = watch(tabs[0], address)  # type: ignore[attr-defined] # Playwright's page is open for more
    (page,) = tabs
    yield page
    trouble: list[str] = page.trouble  # type: ignore[attr-defined]
    page.mouse.move(-1, -1)
    if trouble or request.session.testsfailed > failed:
        tabs.clear()
        page.context.close()
    assert not trouble, "\n".join(trouble)


@pytest.fixture
def page(kept: Page, address: str) -> Iterator[Page]:
    """An empty page of 1440 x 900 with nothing stored; `page.goto("/")` is the dashboard.

    `page.trouble` lists console errors, uncaught errors, failed requests, answers of 400 and above, and
    requests to other hosts. It must be empty when the test ends: a test that provokes trouble takes it out.
    """
    bare = {"about:blank", f"{address}{BARE}"}
    if kept.url not in bare:
        leave(kept, address)
    yield kept
    trouble = [*kept.trouble]  # type: ignore[attr-defined]
    leave(kept, address)
    kept.trouble[:] = trouble  # type: ignore[attr-defined] # what breaks off with the page is none


def new_page(browser: Browser, **options: Any) -> Page:
    """A page of 1440 x 900 in a context of its own."""
    context = browser.new_context(viewport=SIZE, reduced_motion="no-preference", **options)
    return context.new_page()


def leave(page: Page, origin: str) -> None:
    """Make an open page as good as new: on a bare page, of its first size, with nothing stored and nothing held.

    The bare page has the server's origin, so that Chromium keeps the process, which has read the scripts: a new one
    costs the next page a third more. Its icon is empty, so that none is asked for.
    """
    page.unroute_all()
    page.route(f"{origin}{BARE}", lambda route: route.fulfill(content_type="text/html", body=BARE_HTML))
    page.goto(f"{origin}{BARE}")
    page.unroute_all()
    page.mouse.move(-1, -1)
    page.set_viewport_size(SIZE)
    page.evaluate("() => sessionStorage.clear()")
    devtools = page.context.new_cdp_session(page)
    devtools.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
    devtools.detach()


def watch(page: Page, address: str) -> list[str]:
    """A list that grows by one sentence for each thing that goes wrong on the page from now on."""
    trouble: list[str] = []
    own = (f"{address}/", "data:", "blob:", "about:")

    def note(wrong: bool, sentence: str) -> None:
        if wrong:
            trouble.append(sentence)

    page.on("console", lambda said: note(said.type == "error", f"console: {said.text}"))
    page.on("pageerror", lambda error: note(True, f"uncaught: {error}"))
    page.on("request", lambda sent: note(not sent.url.startswith(own), f"another host: {sent.url}"))
    page.on("response", lambda got: note(got.status >= 400, f"{got.status}: {got.url}"))
    # aborted is what the page itself took back: a tile out of view, an address that became a download
    page.on("requestfailed", lambda lost: note(lost.failure != "net::ERR_ABORTED", f"{lost.failure}: {lost.url}"))
    return trouble
