"""What every test may use: the bundled data, the app over it, an HTTP client, the commands. No network."""

from __future__ import annotations

import contextlib
import gc
import io
import ipaddress
import os
import shutil
import subprocess
import sys
import tempfile
from typing import TYPE_CHECKING, Any, Protocol

import pytest
from hypothesis import HealthCheck, settings

from geodata.files import CACHE_VARIABLE
from tests.server import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dash import Dash
    from flask.testing import FlaskClient

    from geodata.store.store import Store
    from tests.intake import Page


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


_CACHE = pytest.StashKey[str]()


def pytest_configure(config: pytest.Config) -> None:
    """Watch the sockets of the whole process, C libraries that go through Python's included; no cache but its own.

    No generated example is timed: another process's tests share the machine. Garbage is looked for a hundred times less
    often than Python does by itself, which with so much loaded takes a seventh of the time.
    """
    gc.set_threshold(100_000, 20, 50)
    settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("untimed")
    sys.addaudithook(_forbid_network)
    os.environ[CACHE_VARIABLE] = config.stash[_CACHE] = tempfile.mkdtemp(prefix="sitrep-tests-")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the cache of this process."""
    shutil.rmtree(config.stash[_CACHE], ignore_errors=True)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """No other process for the tests of one file, which are done before one would be ready; else as xdist counts."""
    files = {word.partition("::")[0] for word in config.args}
    return 0 if len(files) == 1 and files.pop().endswith(".py") else None


@pytest.fixture(scope="session")
def store() -> Store:
    """The bundled data set."""
    from geodata.store.opening import open_store  # noqa: PLC0415 (most tests need no engine)

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


@pytest.fixture(scope="session")
def call_cli() -> RunCli:
    """As `run_cli`, within this process: for what a command says and writes. It has no standard input."""

    def call(module: str, *args: object, stdin: str = "") -> subprocess.CompletedProcess[str]:
        from dashboard import cli as dashboard  # noqa: PLC0415
        from geodata import cli as geodata  # noqa: PLC0415

        assert not stdin
        main = {"dashboard": dashboard.main, "geodata": geodata.main}[module]
        words = [*map(str, args)]
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="", write_through=True) for _ in "oe")
        with contextlib.chdir(ROOT), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                status = main(words)
            except SystemExit as left:
                status = int(left.code or 0)
        said, told = (stream.buffer.getvalue().decode() for stream in (out, err))
        return subprocess.CompletedProcess(words, status, said, told)

    return call


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files, which is empty."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def page(there: Path) -> Iterator[Page]:
    """The page of a server without data, which takes files."""
    from dashboard.server.reload import Live  # noqa: PLC0415 (as above)
    from tests.intake import Page  # noqa: PLC0415 (as above)

    live = Live([], is_empty=True, takes_files=True)
    yield Page(live)
    live.close()
