"""Reload when the data files change, and keep serving the last good data while they have errors."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboard.server.app import create_app
from geodata.errors import GeodataError
from geodata.importers import BUNDLED
from geodata.store.opening import open_data, watched_files

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

LOOK_EVERY_S = 1.0
MOST_PROBLEMS = 20
Snapshot = tuple[tuple[str, int, int], ...]


class Live:
    """A WSGI application over the data sets at `paths` (the bundled one without any). Raises GeodataError at first.

    `cache` is the folder where data that was read is kept; None keeps nothing.
    A page that is open learns of a change from /healthz: a new `version`, or `problems` in what is on disk now.
    """

    def __init__(self, paths: Sequence[Path], hosts: Iterable[str] = (), cache: Path | None = None) -> None:
        self._cache = cache
        self._paths = tuple(paths) or (BUNDLED,)
        self._hosts = tuple(hosts)
        self._problems: tuple[str, ...] = ()
        self._seen = self._snapshot()
        self._open()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer with the app of the moment."""
        answer: Iterable[bytes] = self._server(environ, start_response)
        return answer

    def watch(self) -> None:
        """Look after the files from now on, in a thread that ends with the program."""
        wait = threading.Event()

        def look() -> None:
            while not wait.wait(LOOK_EVERY_S):
                try:
                    self.look()
                except Exception:  # the watch must outlive whatever a half-written file does
                    logging.getLogger(__name__).exception("Cannot read the data again.")

        threading.Thread(target=look, name="watch", daemon=True).start()

    def look(self) -> None:
        """Read the data again if a file has changed since the last look, and has come to rest."""
        now = self._snapshot()
        if now == self._seen:
            return
        threading.Event().wait(LOOK_EVERY_S / 4)
        if self._snapshot() != now:
            return  # someone is still writing: the next look sees it
        self._seen = now
        try:
            self._open()
        except GeodataError as error:
            # What was read before goes on being shown.
            lines = str(error).splitlines()
            more = [f"... and {len(lines) - MOST_PROBLEMS} more."] if len(lines) > MOST_PROBLEMS else []
            self._problems = (*lines[:MOST_PROBLEMS], *more)

    def _open(self) -> None:
        store = open_data(self._paths, self._cache)
        app = create_app(store, hosts=self._hosts, problems=lambda: self._problems)
        self._server: Any = app.server
        self._problems = ()

    def _snapshot(self) -> Snapshot:
        files = [file for path in self._paths for file in watched_files(path)]
        found = []
        for file in files:
            try:
                state = file.stat()
            except OSError:
                continue  # gone between listing and looking, as an editor's own files are
            found.append((str(file), state.st_mtime_ns, state.st_size))
        return tuple(found)
