"""What takes long to be made of a version is kept in the cache, and goes as its entries do."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from dashboard.server import tallies
from dashboard.server.app import create_app
from geodata.importers import BUNDLED
from geodata.store.cache import cached_snapshot, kept_bytes
from geodata.store.store import Store

LOCAL = {"base_url": "http://localhost"}


class Made:
    """Something that tells how often it was made."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> bytes:
        self.times += 1
        return b"columns"


def test_what_was_made_is_not_made_again_but_where_its_file_is_broken_or_cannot_be(tmp_path: Path) -> None:
    make, cache = Made(), tmp_path / "cache"
    assert kept_bytes(cache, "this", make) == kept_bytes(cache, "this", make) == b"columns"
    assert make.times == 1
    (file,) = cache.iterdir()
    file.write_bytes(file.read_bytes()[:-1] + b"!")
    assert kept_bytes(cache, "this", make) == kept_bytes(cache, "this", make) == b"columns"
    assert make.times == 2
    assert kept_bytes(cache, "that", make) == b"columns"
    assert make.times == 3
    assert kept_bytes(file, "this", make) == b"columns"  # which is no folder
    assert make.times == 4


def test_what_nobody_used_for_30_days_goes(tmp_path: Path) -> None:
    for name in ("old", "young"):
        kept_bytes(tmp_path, name, Made())
    old, young = sorted(tmp_path.iterdir())
    for file, days in ((old, 31), (young, 29)):
        then = time.time() - days * 86_400
        os.utime(file, (then, then))
    cached_snapshot((BUNDLED,), tmp_path)
    assert not old.exists() and young.exists()


@pytest.mark.parametrize("part", ["tallies", "tolls"])
def test_the_columns_of_many_events_are_made_once_for_all_starts(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    asked = []
    own = Store.tallies
    monkeypatch.setattr(Store, "tallies", lambda store, where: (asked.append(where), own(store, where))[1])

    def answer(cache: Path | None, choice: str = "") -> bytes:
        client = create_app(store, cache=cache).server.test_client()
        return client.get(f"/{part}.bin{choice}", **LOCAL).data  # type: ignore[no-any-return]

    plain, chosen = answer(None), answer(None, "?places=KZ&actors=police")
    assert plain != chosen
    assert answer(tmp_path) == plain and not [*tmp_path.iterdir()]  # they are few
    monkeypatch.setattr(tallies, "_MANY", 1)
    assert answer(tmp_path) == plain
    asked.clear()
    assert answer(tmp_path) == answer(tmp_path, "?categories=clash") == plain  # which the page counts itself
    assert not asked
    assert answer(tmp_path, "?places=KZ&actors=police") == chosen
    assert len(asked) == 1
