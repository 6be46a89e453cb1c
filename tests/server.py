"""The real server as its users start it: `python -m dashboard` in a process of its own."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
READY_WITHIN_S = 60


class ServerDied(Exception):
    """The server ended or never became ready; the message is what it wrote."""


def free_port() -> int:
    """A loopback TCP port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def serving(command: Sequence[str] = (sys.executable, "-m", "dashboard")) -> Iterator[str]:
    """Start `command --port N`, give its address (no slash at the end) once /healthz says 200, then stop it.

    Raises ServerDied with the server's own words.
    """
    with serving_process(command) as (address, _):
        yield address


@contextmanager
def serving_process(command: Sequence[str], within_s: float = READY_WITHIN_S) -> Iterator[tuple[str, int]]:
    """As `serving`, with the number of the server's process."""
    port = free_port()
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen([*command, "--port", str(port)], cwd=ROOT, stdout=log, stderr=log)
        try:
            if not _ready(process, port, within_s):
                log.seek(0)
                raise ServerDied(f"{command} was not ready (status {process.poll()}):\n{log.read()}")
            yield f"http://127.0.0.1:{port}", process.pid
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _ready(process: subprocess.Popen[bytes], port: int, within_s: float) -> bool:
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline and process.poll() is None:
        if _healthy(port):
            return True
        time.sleep(0.01)
    return False


def _healthy(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
