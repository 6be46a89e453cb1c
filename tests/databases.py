"""Databases that the tests start: PostgreSQL's own server, ClickHouse's own engine behind a door, a file of DuckDB."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.server import ROOT

ADMIN = "sitrep"


@dataclass(frozen=True, slots=True)
class Postgres:
    """A cluster in a folder of its own; who comes by its socket is let in, who comes by TCP needs a password."""

    folder: Path
    port: int
    shared_buffers: str

    @property
    def url(self) -> str:
        """By its socket, as the owner of everything."""
        return self.address(ADMIN)

    def address(self, user: str) -> str:
        """By its socket."""
        return f"postgresql://{user}@/postgres?host={self.folder}&port={self.port}"

    def start(self) -> None:
        """Start the server, and wait for it."""
        options = f"-k {self.folder} -p {self.port} -c listen_addresses=127.0.0.1 -c fsync=off"
        options += f" -c shared_buffers={self.shared_buffers}"
        self._run("pg_ctl", "-D", self.folder / "data", "-o", options, "-l", self.folder / "log", "-w", "start")

    def stop(self) -> None:
        """Stop the server at once, whoever is connected, if it runs."""
        if (self.folder / "data/postmaster.pid").exists():
            self._run("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "-w", "stop")

    def make(self) -> None:
        """Make the cluster."""
        words = ("-U", ADMIN, "--auth-local=trust", "--auth-host=scram-sha-256", "-N", "-E", "UTF8", "--locale=C.UTF-8")
        self._run("initdb", "-D", self.folder / "data", *words)

    def sql(self, text: str) -> str:
        """What psql says to a text."""
        return self._run("psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", self.url, "-c", text)

    def _run(self, program: str, *words: object) -> str:
        bin = subprocess.run([ROOT / ".ci/postgres"], capture_output=True, text=True, check=True).stdout.strip()
        # It refuses to run as root.
        user = "postgres" if os.geteuid() == 0 else None
        done = subprocess.run(
            [f"{bin}/{program}", *map(str, words)],
            user=user, capture_output=program == "psql", text=True, check=True, cwd="/", stdin=subprocess.DEVNULL,
            stdout=None if program == "psql" else subprocess.DEVNULL,
        )  # fmt: skip
        return done.stdout or ""


@contextmanager
def postgres(shared_buffers: str = "128MB") -> Iterator[Postgres]:
    """A server as long as it is held, with Debian's own settings but for how much it keeps in memory."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # a short name, as those of sockets must be
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        server = Postgres(folder, _free_port(), shared_buffers)
        server.make()
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def clickhouse() -> Iterator[str]:
    """The address of ClickHouse's engine as long as it is held."""
    folder = tempfile.mkdtemp(prefix="ch-")
    try:
        with clickhouse_over(folder) as url:
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def clickhouse_over(folder: str | Path) -> Iterator[str]:
    """The same, over a folder that stays."""
    command = [sys.executable, "-m", "tests.clickhouse_door", str(folder), "0"]
    door = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        assert door.stdout
        yield f"clickhouse://127.0.0.1:{int(door.stdout.readline())}/default"
    finally:
        door.kill()
        door.communicate()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
