"""What every test may use: the bundled data, the app over it, an HTTP client, the commands. No network."""

from __future__ import annotations

import ipaddress
import subprocess
import sys
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from tests.server import ROOT

if TYPE_CHECKING:
    from dash import Dash
    from flask.testing import FlaskClient

    from geodata.store.store import Store


class NetworkUse(AssertionError):
    """The test process reached for another machine."""


def _is_loopback(host: object) -> bool:
    text = host.decode() if isinstance(host, bytes) else str(host)
    if text in {"localhost", ""}:
        return True
    try:
        return ipaddress.ip_address(text.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _forbid_network(event: str, args: tuple[Any, ...]) -> None:
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        address = args[1]
        if not isinstance(address, tuple):  # a Unix socket, or a message over an open connection
            return
        host: object = address[0]
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        host = args[0]
        if host is None:  # the wildcard address of a listener
            return
    else:
        return
    if not _is_loopback(host):
        raise NetworkUse(f"{event} to {host!r}: tests use no network.")


def pytest_configure() -> None:
    """Watch the sockets of the whole process, C libraries that go through Python's included."""
    sys.addaudithook(_forbid_network)


@pytest.fixture(scope="session")
def store() -> Store:
    """The bundled data set."""
    from geodata.store.store import open_store  # noqa: PLC0415 (most tests need no engine)

    return open_store()


@pytest.fixture
def app(store: Store) -> Dash:
    """A fresh app over the bundled data set."""
    from dashboard.server.app import create_app  # noqa: PLC0415 (the tests of geodata never load dash)

    return create_app(store)


@pytest.fixture
def client(app: Dash) -> FlaskClient:
    """HTTP without a socket; the Host header is localhost."""
    return app.server.test_client()


class RunCli(Protocol):
    """`run_cli("geodata", "check", path)` is `python -m geodata check PATH` in the repository's root."""

    def __call__(self, module: str, *args: object, stdin: str = "") -> subprocess.CompletedProcess[str]: ...


@pytest.fixture(scope="session")
def run_cli() -> RunCli:
    """Run a command as its users do; returns status and output as text; no status raises."""

    def run(module: str, *args: object, stdin: str = "") -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", module, *map(str, args)]
        return subprocess.run(command, cwd=ROOT, input=stdin, capture_output=True, text=True, timeout=120, check=False)

    return run
