"""What a path given to a command is: a store, of which the current version is read, or data."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from geodata.errors import GeodataError
from geodata.files import user_cache
from geodata.importers import BUNDLED
from geodata.importers.progress import Progress, silent
from geodata.store.cache import cached_snapshot, empty_snapshot
from geodata.store.engines.databases import engine_at, read_engine
from geodata.store.engines.duckdb import DuckDB
from geodata.store.folder import CURRENT, current_snapshot, is_store
from geodata.store.snapshot import Snapshot
from geodata.store.store import Store


def snapshot_of(paths: Sequence[Path], cache: Path | None, progress: Progress = silent) -> Snapshot:
    """The snapshot of a store's current version, or of data sets as one (the bundled one without any paths).

    `cache` is the folder where data that was read is kept; None keeps nothing. `progress` is told how far the reading
    is. Raises DataError with every problem of the data, NothingFound for a store without a version, GeodataError for a
    store beside other data.
    """
    paths = paths or (BUNDLED,)
    stores = [path for path in paths if is_store(path)]
    if not stores:
        return cached_snapshot(paths, cache, progress)
    if len(paths) > 1:
        raise GeodataError(f"The store {str(stores[0])!r} is given with other data (expected it alone).")
    return current_snapshot(stores[0])


def open_data(
    paths: Sequence[Path], cache: Path | None, progress: Progress = silent, engine: str | None = None
) -> Store:
    """The `Store` of a snapshot; arguments and errors are those of `snapshot_of`. With an `engine`, an address of
    `geodata.store.engines.databases`, that of the newest version there; raises ChoiceError, NothingFound and NoAnswer
    too."""
    if not engine:
        return over(snapshot_of(paths, cache, progress))
    if paths:
        raise GeodataError("A database is given with other data (expected it alone).")
    found = engine_at(read_engine(engine))
    return Store(found.about, found)


def over(snapshot: Snapshot) -> Store:
    """The `Store` of a snapshot."""
    return Store(snapshot, DuckDB(snapshot))


def open_nothing() -> Store:
    """A store without data, every question to which has an empty answer."""
    return over(empty_snapshot())


def open_store(*paths: Path | str) -> Store:
    """A store over one or several data sets, or a store's current version; the bundled set without any.

    What was read is kept in the user's cache. Errors are those of `snapshot_of`.
    """
    return open_data([*map(Path, paths)], user_cache())


def watched_files(path: Path) -> list[Path]:
    """The files that change when the data at a path does."""
    if is_store(path):
        return [path / CURRENT]
    return sorted(path.iterdir()) if path.is_dir() else [path]
