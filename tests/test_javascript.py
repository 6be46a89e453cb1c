"""The page's scripts: what they compute, the parts of the page that they name, the modules loaded early."""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import sync_playwright

from dashboard.page import ids
from tests.chromium import BrowserMissing, launch
from tests.server import ROOT

TESTS = sorted((ROOT / "tests" / "js").glob("*.test.mjs"))
CALLS = re.compile(
    r'\b(?:send|tell|byId|set_props|getElementById)\(\s*"([\w-]+)"|(?:button|notice)\.id ===? "([\w-]+)"'
)
PROPS = re.compile(r'"([\w-]+)\.(?:data|value)"')
# The same tests in a browser, for a machine without node.
PAGE = """<!DOCTYPE html><title>tests</title>
<script type="importmap">{"imports": {
  "node:test": "/tests/js/browser/test.mjs", "node:assert/strict": "/tests/js/browser/assert.mjs"}}</script>"""


class Files(SimpleHTTPRequestHandler):
    """The files of the project, and a page for the tests."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {".mjs": "text/javascript", ".js": "text/javascript"}

    def do_GET(self) -> None:
        if self.path != "/tests.html":
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(PAGE.encode())

    def log_message(self, format: str, *args: object) -> None:
        pass


def run_in_browser() -> tuple[int, list[str]]:
    """How many tests ran in Chromium, and those that failed, with the reason."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Files, directory=str(ROOT))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            with sync_playwright() as playwright:
                browser = launch(playwright)
                page = browser.new_page()
                page.goto(f"http://127.0.0.1:{server.server_port}/tests.html")
                for file in TESTS:
                    page.evaluate(f"() => import('/tests/js/{file.name}')")
                found = page.evaluate("() => window.finish()")
                browser.close()
        finally:
            server.shutdown()
    return found["count"], found["failed"]


def test_the_pure_parts_of_the_scripts_do_what_their_tests_say() -> None:
    assert len(TESTS) >= 2
    node = shutil.which("node")
    if node:
        done = subprocess.run([node, "--test", *TESTS], cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout
        return
    try:
        count, failed = run_in_browser()
    except BrowserMissing as missing:
        pytest.fail(str(missing), pytrace=False)
    assert count >= 10
    assert failed == []


def test_every_part_of_the_page_that_a_script_names_is_among_the_ids() -> None:
    known = {value for value in vars(ids).values() if isinstance(value, str)}
    named = {}
    for pattern in ("assets/*.js", "assets/map/*.mjs", "assets/page/*.js"):
        for file in ROOT.glob(pattern):
            text = file.read_text(encoding="utf-8")
            found = {a or b for a, b in CALLS.findall(text)} | set(PROPS.findall(text))
            named |= dict.fromkeys(found, file.name)
    assert {
        "map",
        "marks",
        "picked",
        "brush",
        "camera",
        "frame",
        "table-open",
        "export-error",
        "export",
    } <= named.keys()
    assert {name: file for name, file in named.items() if name not in known} == {}


def test_the_page_loads_every_module_of_the_map_early_and_plotly_once(client: FlaskClient) -> None:
    page = client.get("/").text
    early = set(re.findall(r'<link rel="modulepreload" href="/([^"]+)">', page))
    assert early == {str(file.relative_to(ROOT)) for file in ROOT.glob("assets/map/*.mjs")}
    assert re.findall(r'<script[^>]* src="([^"]*plotly[^"]*)"', page) == ["/assets/vendor/plotly/plotly.min.js"]
    for file in ROOT.glob("assets/page/*.js"):
        assert f"/assets/page/{file.name}" in page
