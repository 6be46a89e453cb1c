"""Reload when data files change or a reader adds one, and keep serving the last good data while they have errors."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboard.intake.jobs import Intake
from geodata.errors import GeodataError, NoAnswer
from geodata.importers import BUNDLED
from geodata.importers.how import RECORD
from geodata.importers.progress import Progress, silent
from geodata.importers.rows.package import PACKAGE
from geodata.store.opening import open_data, open_nothing, watched_files

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from geodata.record.model import Unsettled
    from geodata.store.store import Store

LOOK_EVERY_S = 1.0
MOST_PROBLEMS = 20
Snapshot = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Served:
    """Data that is served: its `paths`, the files that were `added` to them on the page, the app over it, and how the
    files were when they were read; the names of the newest added file that are not settled."""

    paths: tuple[Path, ...]
    added: tuple[Path, ...]
    store: Store
    server: Any
    seen: Snapshot
    unsettled: tuple[Unsettled, ...] = ()


class Live:
    """A WSGI application over the data sets at `paths` (the bundled one without any). Raises GeodataError at first.

    `cache` is the folder where data that was read is kept; None keeps nothing. With an `engine`, an address of
    `geodata.store.engines.databases`, what was loaded there is served, without any paths. With `is_empty` there is
    no data at first. With `takes_files`, readers may add files on the page; `close` removes what they have added.
    A page that is open learns of a change from /healthz: a new `version`, `problems` in what is on disk now, or a
    database that is `away`.
    """

    def __init__(
        self,
        paths: Sequence[Path],
        hosts: Iterable[str] = (),
        cache: Path | None = None,
        *,
        engine: str = "",
        is_empty: bool = False,
        takes_files: bool = False,
    ) -> None:
        self._cache, self._engine = cache, engine
        self._replaced: Store | None = None
        self._hosts = tuple(hosts)
        self._problems: tuple[str, ...] = ()
        self._intake = Intake(self) if takes_files else None
        self._before: list[Served] = []
        self._opening = threading.RLock()
        self._now = self._open(tuple(paths) if paths or is_empty or engine else (BUNDLED,), ())

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer with the app of the moment."""
        answer: Iterable[bytes] = self._now.server(environ, start_response)
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

    def close(self) -> None:
        """Remove the files that were added."""
        if self._intake:
            self._intake.close()

    def look(self) -> None:
        """Read the data again if a file has changed since the last look, and has come to rest."""
        if self._intake:
            self._intake.tidy()
        served = self._now
        if self._engine:
            self._look_there(served.store)
            return
        now = _snapshot((*served.paths, *served.added))
        if now == served.seen:
            return
        threading.Event().wait(LOOK_EVERY_S / 4)
        if _snapshot((*served.paths, *served.added)) != now:
            return  # someone is still writing: the next look sees it
        with self._opening:
            if self._now is not served:
                return  # a file was added meanwhile, or put back
            self._now = replace(served, seen=now)
            try:
                self._now = self._open(served.paths, served.added)
            except GeodataError as error:
                # What was read before goes on being shown.
                lines = str(error).splitlines()
                more = [f"... and {len(lines) - MOST_PROBLEMS} more."] if len(lines) > MOST_PROBLEMS else []
                self._problems = (*lines[:MOST_PROBLEMS], *more)
            else:
                self._problems = ()

    def _look_there(self, store: Store) -> None:
        """Open the version that the database has now, if it is another."""
        try:
            if store.newest_version() in (None, store.version):
                self._problems = ()
                return
            self._now = self._open((), ())
        except NoAnswer:
            return  # which the store tells itself
        except GeodataError as error:
            self._problems = (str(error),)
            return
        if self._replaced:  # nobody asks it any more: all pages have learned of the one after it
            self._replaced.close()
        self._replaced = store

    @property
    def title(self) -> str:
        """What is open now, "" for nothing."""
        return self._now.store.title

    @property
    def is_example(self) -> bool:
        """Whether it is the bundled example, which gives way to whatever is added."""
        return self._now.paths == (BUNDLED,) and not self._now.added

    @property
    def added(self) -> tuple[Path, ...]:
        """The files that were added, the newest last."""
        return self._now.added

    @property
    def held(self) -> frozenset[Path]:
        """The added files that are shown, or would be again after an undo."""
        return frozenset(path for served in (*self._before, self._now) for path in served.added)

    def read(self, path: Path, progress: Progress) -> Served:
        """What is open with a file added, in place of what it was read as before. Raises GeodataError."""
        served = self._base(path)
        is_example = served.paths == (BUNDLED,) and not served.added
        found = self._open(() if is_example else served.paths, (*served.added, path), progress)
        others = () if is_example else served.store.unsettled
        return replace(found, unsettled=_without(found.store.unsettled, others))

    def show(self, ready: Served) -> None:
        """Show what `read` gave."""
        with self._opening:
            if ready.added[-1] not in self._now.added:
                self._before.append(self._now)
            self._now, self._problems = ready, ()

    @property
    def keepers(self) -> tuple[Path, ...]:
        """What is open, if all of it is tables, beside which it can be kept what names mean, or data folders; else
        none."""
        return _keepers((*self._now.paths, *self._now.added), self._now.store)

    @property
    def unsettled(self) -> tuple[Unsettled, ...]:
        """The names of places of what is open that are not settled."""
        return self._now.store.unsettled

    def again(self) -> None:
        """Read what is open again. Raises GeodataError, and goes on showing what was read before."""
        with self._opening:
            self._now, self._problems = self._open(self._now.paths, self._now.added), ()

    def undo(self) -> bool:
        """Show again what was open before the last file; False where none was added."""
        with self._opening:
            if not self._before:
                return False
            self._now, self._problems = self._before.pop(), ()
            return True

    def _base(self, path: Path) -> Served:
        """What a file is added to."""
        return self._before[-1] if path in self._now.added and self._before else self._now

    def _open(self, paths: tuple[Path, ...], added: tuple[Path, ...], progress: Progress = silent) -> Served:
        seen = _snapshot((*paths, *added))
        # What a reader has added is kept nowhere else.
        cache = None if added else self._cache
        has_data = paths or added or self._engine
        with ThreadPoolExecutor(1) as beside:
            opened = beside.submit(
                lambda: open_data((*paths, *added), cache, progress, self._engine) if has_data else open_nothing()
            )
            # The first time it takes as long as the data does, most of which is read without Python.
            from dashboard.server.app import create_app  # noqa: PLC0415

            store = opened.result()
        can_settle = self._intake is not None and bool(_keepers((*paths, *added), store))
        app = create_app(
            store,
            hosts=self._hosts,
            problems=lambda: self._problems,
            intake=self._intake,
            can_settle=can_settle,
            cache=cache,
        )
        return Served(paths, added, store, app.server, seen)


def _keepers(paths: tuple[Path, ...], store: Store) -> tuple[Path, ...]:
    is_record = any(file.format == RECORD for file in store.files)  # which settles its names itself
    return () if is_record or not all(map(_is_keeper, paths)) else paths


def _is_keeper(path: Path) -> bool:
    # A store is a copy of what was imported: the next import would take back what was settled in it.
    return path.is_file() or (path != BUNDLED and (path / PACKAGE).is_file())


def _without(names: Iterable[Unsettled], others: Iterable[Unsettled]) -> tuple[Unsettled, ...]:
    """Names with their events, without those events that others have them for."""
    known = {(part.name, event_id) for part in others for event_id in part.event_ids}
    left = (
        replace(part, event_ids=tuple(each for each in part.event_ids if (part.name, each) not in known))
        for part in names
    )
    return tuple(part for part in left if part.event_ids)


def _snapshot(paths: Iterable[Path]) -> Snapshot:
    files = [file for path in paths for file in watched_files(path)]
    found = []
    for file in files:
        try:
            state = file.stat()
        except OSError:
            continue  # gone between listing and looking, as an editor's own files are
        found.append((str(file), state.st_mtime_ns, state.st_size))
    return tuple(found)
