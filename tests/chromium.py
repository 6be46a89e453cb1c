"""The machine's own Chromium or Chrome, started the same way for the browser tests and the benchmark."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from tests.server import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    # the map needs WebGL; without a graphics card it comes from SwiftShader
    "--disable-gpu",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    # no other name is ever looked up: a stray request fails at once instead of leaving the machine
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


class BrowserMissing(Exception):
    """No browser starts here; the message is the one command to run."""


def executable() -> str:
    """Path of the browser that `.ci/browser` finds; raises BrowserMissing."""
    found = subprocess.run([ROOT / ".ci" / "browser"], capture_output=True, text=True, check=False)
    if found.returncode:
        raise BrowserMissing(found.stderr.strip())
    return found.stdout.strip()


def launch(playwright: Playwright) -> Browser:
    """A headless browser; root may not use Chromium's sandbox. Raises BrowserMissing."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return playwright.chromium.launch(executable_path=executable(), args=[*FLAGS, *sandbox])
