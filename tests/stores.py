"""Stores for tests: published, and looked at byte by byte."""

from __future__ import annotations

from pathlib import Path

from geodata.record.columns import Columns
from geodata.record.version import version_of
from geodata.store.folder import Published, check_store, publishing, versions
from geodata.store.snapshot import open_snapshot


def publish(store: Path, record: Columns) -> Published:
    with publishing(store) as publisher:
        return publisher.publish(record)


def content(store: Path) -> dict[str, bytes]:
    """Every file of a store by its path; the lock, which is empty, and what is being written are not of it."""
    files = (path for path in store.rglob("*") if path.is_file() and path.name != "lock")
    return {str(path.relative_to(store)): path.read_bytes() for path in files if ".part" not in str(path)}


def is_whole(store: Path) -> bool:
    """Whether no file is broken, and each version has the content that its name is the hash of."""
    names = [each.version for each in versions(store, [])]
    records = {name: open_snapshot(store / "versions" / name).record() for name in names}
    return check_store(store) == [] and all(version_of(record) == name for name, record in records.items())
