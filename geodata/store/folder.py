"""A store: a folder with several versions of a record, one of which is the current one.

    store.json                     marks the folder as a store
    versions/<version>/            a snapshot each, and published.json: when it came here
    current                        the version that is read, renamed into place
    rejects/<version>.csv          the rows that were rejected on the way to it, to be mended and imported again
    lock                           held by whoever publishes

Readers take no lock: a version never changes, and `current` is the old one or the new one. Publishers exclude each
other; what a killed one has left behind, the next one removes.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from geodata.errors import DataError, GeodataError, NothingFound, Problem
from geodata.files import is_part, lock, part_of, sync_folder, write_whole
from geodata.record.columns import Columns
from geodata.record.version import DIGITS, version_of
from geodata.store.difference import Difference, difference
from geodata.store.snapshot import Snapshot, open_snapshot, sealed, unsealed, verify_snapshot, write_snapshot

MARK = "store.json"
CURRENT = "current"
VERSIONS = "versions"
LOCK = "lock"
REJECTS = "rejects"
PUBLISHED = "published.json"
_ABOUT = {"format": 1, "about": "A store of Sitrep Map: versions of a record."}
_NAME = re.compile(f"[0-9a-f]{{{DIGITS}}}")
_NOT_READ = (OSError, ValueError, KeyError, TypeError)


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a store: how many events it has, and when it was first published there (UTC)."""

    version: str
    title: str
    rows: int
    published: datetime
    is_current: bool


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing did: the version that is current now, whether it is `new` here, and what it has otherwise."""

    version: str
    is_new: bool
    rows: int
    difference: Difference


def is_store(path: Path) -> bool:
    """Whether there is a store at the path."""
    return (path / MARK).is_file()


def current_snapshot(store: Path) -> Snapshot:
    """The current version. Raises NothingFound where none was published yet, DataError where it is damaged."""
    return _opened(store, _current(store))


def versions(store: Path, problems: list[Problem]) -> list[Version]:
    """The versions of a store, the newest first; those that cannot be opened are `problems`. Raises NothingFound."""
    current = _current(store)
    found = []
    for version in _names(store):
        try:
            snapshot = _opened(store, version)
            published = _published(store, version)
        except DataError as error:
            problems += error.problems
            continue
        rows = snapshot.files["events"].rows
        found.append(Version(version, snapshot.title, rows, published, version == current))
    return sorted(found, key=lambda each: each.published, reverse=True)


def check_store(store: Path) -> list[Problem]:
    """A problem for each file of a store that is missing or is not as it was written. Raises NothingFound."""
    problems = []
    current = _current(store)
    try:
        if unsealed((store / MARK).read_bytes()) != _ABOUT:
            raise ValueError("this is not the mark of a store")
    except _NOT_READ as error:
        problems.append(_problem(store / MARK, error))
    if current not in _names(store):
        problems.append(_problem(store / CURRENT, _unknown(current)))
    for version in _names(store):
        problems += _named(store, version, verify_snapshot(store / VERSIONS / version))
        try:
            _published(store, version)
        except DataError as error:
            problems += error.problems
    return problems


def use(store: Path, version: str) -> None:
    """Make another version the current one. Raises NothingFound where it is not there, DataError where it is broken."""
    _current(store)
    with _locked(store):
        if version not in _names(store):
            raise NothingFound(f"{str(store)!r} has no version {version!r}: it has {', '.join(_names(store))}.")
        _opened(store, version)
        with _told(store):
            _set_current(store, version)


@contextmanager
def publishing(store: Path) -> Iterator[Publisher]:
    """Publish to a store, which is made where the folder is new or empty; nobody else can meanwhile.

    Raises GeodataError where somebody else is publishing, the folder is something else, or the disk is full: then the
    store is as it was.
    """
    is_new = not store.exists()
    if not is_new and not is_store(store) and not _is_free(store):
        raise GeodataError(f"{str(store)!r} is no store (expected a store, or a new or empty folder).")
    with _locked(store):
        try:
            yield Publisher(store)
        finally:
            if not (store / CURRENT).exists():  # nothing came of it; only what is empty goes
                with suppress(OSError):
                    (store / MARK).unlink(missing_ok=True)
                    if (store / VERSIONS).exists():
                        (store / VERSIONS).rmdir()
                    (store / LOCK).unlink()
                    if is_new:
                        store.rmdir()


@dataclass(frozen=True, slots=True)
class Publisher:
    """Publishes to a store that `publishing` has locked."""

    store: Path

    def publish(self, columns: Columns, rejects: str = "") -> Published:
        """Make a record the current version; what is in the store already is not written again."""
        version = version_of(columns)
        with _told(self.store, sum(table.nbytes for table in columns.tables.values())):
            self._prepare()
            old = self._before()
            snapshot = self._whole(version)
            is_new = snapshot is None
            try:
                snapshot = snapshot or self._write(columns, version)
                if rejects:
                    (self.store / REJECTS).mkdir(exist_ok=True)
                    write_whole(self.store / REJECTS / f"{version}.csv", rejects.encode(), durable=True)
                found = difference(snapshot, old)
                _set_current(self.store, version)
            except BaseException:
                if is_new:
                    self._take_back(version)
                raise
        return Published(version, is_new, len(columns["events"]), found)

    def _prepare(self) -> None:
        if not is_store(self.store):
            write_whole(self.store / MARK, sealed(_ABOUT), durable=True)
        (self.store / VERSIONS).mkdir(exist_ok=True)
        for folder in (self.store, self.store / VERSIONS):
            for path in folder.iterdir():
                if is_part(path):
                    _discard(path)

    def _before(self) -> Snapshot | None:
        """The current version; None where there is none, or one that cannot be compared with as it is damaged."""
        with suppress(NothingFound, DataError):
            snapshot = current_snapshot(self.store)
            return None if snapshot.verify() else snapshot
        return None

    def _whole(self, version: str) -> Snapshot | None:
        """The version if it is here and nothing is wrong with it."""
        with suppress(DataError):
            snapshot = open_snapshot(self.store / VERSIONS / version)
            _published(self.store, version)
            return None if snapshot.verify() else snapshot
        return None

    def _write(self, columns: Columns, version: str) -> Snapshot:
        target = self.store / VERSIONS / version
        part = part_of(target)
        part.mkdir()
        try:
            made = write_snapshot(columns, part / version, version=version).folder
            now = datetime.now(UTC).isoformat(timespec="microseconds")
            write_whole(made / PUBLISHED, sealed({"version": version, "published": now}), durable=True)
            if target.exists():  # but damaged
                target.rename(part / "damaged")
            made.rename(target)
            sync_folder(target.parent)
        finally:
            _discard(part)
        return open_snapshot(target)

    def _take_back(self, version: str) -> None:
        """Remove a version that was written and did not become the current one."""
        target = self.store / VERSIONS / version
        with suppress(OSError, NothingFound):
            if not target.exists() or _current(self.store) == version:
                return
        with suppress(OSError):
            part = part_of(target)  # at once, so that nobody ever sees half of it
            target.rename(part)
            _discard(part)


@contextmanager
def _locked(store: Path) -> Iterator[None]:
    """Hold a store's lock. Raises GeodataError where somebody else holds it."""
    with _told(store):
        store.mkdir(parents=True, exist_ok=True)
        held = lock(store / LOCK)
    if held is None:
        raise GeodataError(f"Somebody else is publishing to {str(store)!r}: nothing was done. Try again later.")
    try:
        yield
    finally:
        os.close(held)


@contextmanager
def _told(store: Path, needed: int = 0) -> Iterator[None]:
    """What the system refuses, as a sentence; where the disk is full with the bytes `needed`, as far as is known."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or error
        if needed and error.errno in (errno.ENOSPC, errno.EDQUOT):
            reason = f"{reason} (up to {needed:,} bytes are needed, {shutil.disk_usage(store).free:,} are free)"
        raise GeodataError(f"Cannot write the store {str(store)!r}: {reason}. It is as it was.") from error


def _set_current(store: Path, version: str) -> None:
    try:
        write_whole(store / CURRENT, f"{version}\n".encode(), durable=True)
    except OSError:
        if not is_store(store) or not (store / CURRENT).exists() or _current(store) != version:
            raise  # else it was renamed, and is what everybody reads


def _is_free(folder: Path) -> bool:
    """Whether a folder has nothing in it but what a publisher that was killed at its start has left."""
    return folder.is_dir() and all(path.name == LOCK or is_part(path) for path in folder.iterdir())


def _discard(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _current(store: Path) -> str:
    if not is_store(store):
        raise NothingFound(f"There is no store at {str(store)!r}.")
    try:
        return (store / CURRENT).read_text(encoding="utf-8", errors="replace").strip()
    except OSError as error:
        raise NothingFound(f"The store {str(store)!r} has no current version: {error.strerror}.") from None


def _names(store: Path) -> list[str]:
    """The names of all versions, without what is being written."""
    folder = store / VERSIONS
    return sorted(path.name for path in folder.iterdir() if _NAME.fullmatch(path.name)) if folder.is_dir() else []


def _opened(store: Path, version: str) -> Snapshot:
    if version not in _names(store):
        raise DataError([_problem(store / CURRENT, _unknown(version))])
    try:
        return open_snapshot(store / VERSIONS / version)
    except DataError as error:
        raise DataError(_named(store, version, error.problems)) from None


def _unknown(version: str) -> ValueError:
    return ValueError(f"it names the version {version[:40]!r}, which is not here")


def _named(store: Path, version: str, problems: Sequence[Problem]) -> list[Problem]:
    """Problems of a snapshot with the whole path of the file."""
    folder = store / VERSIONS / version
    return [replace(problem, file=str(folder / problem.file)) for problem in problems]


def _published(store: Path, version: str) -> datetime:
    path = store / VERSIONS / version / PUBLISHED
    try:
        content = unsealed(path.read_bytes())
        if content["version"] != version:
            raise ValueError(f"it is of the version {content['version']!r}")
        return datetime.fromisoformat(content["published"])
    except _NOT_READ as error:
        raise DataError([_problem(path, error)]) from None


def _problem(path: Path, error: Exception) -> Problem:
    reason = error.strerror if isinstance(error, OSError) else error
    return Problem(str(path), 0, "", "", f"the file is not as it was written: {reason}.")
