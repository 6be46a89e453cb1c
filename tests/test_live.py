"""The served data follows its files, and survives their mistakes."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import Client

from dashboard.server.reload import Live
from geodata.errors import DataError
from geodata.importers import BUNDLED
from geodata.store.folder import use
from tests.columns import columns
from tests.stores import publish


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BUNDLED, tmp_path / "data"))


def health(live: Live) -> dict[str, Any]:
    answer = Client(live).get("/healthz", base_url="http://localhost")
    assert answer.status_code == 200 and answer.json
    return dict(answer.json)


def edit(folder: Path, old: str, new: str, file: str = "events.csv") -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_changed_file_is_served_after_the_next_look(folder: Path) -> None:
    live = Live([folder])
    before = health(live)
    edit(folder, "Arrests across the country", "Mass arrests across the country")
    live.look()
    after = health(live)
    assert after["version"] != before["version"] and after["problems"] == []
    assert "Mass arrests" in Client(live).get("/api/events.csv", base_url="http://localhost").text


def test_a_store_is_served_anew_when_another_version_is_the_current_one(tmp_path: Path) -> None:
    store = tmp_path / "store"
    publish(store, columns(3))
    live = Live([store])
    publish(store, columns(4))
    live.look()
    assert health(live)["events"] == 4
    use(store, publish(store, columns(3)).version)
    live.look()
    assert health(live)["events"] == 3
    served = live._now.server
    (store / "versions/.0123456789abcdef.part").mkdir()  # somebody begins to publish
    live.look()
    assert live._now.server is served


def test_a_store_whose_current_version_breaks_is_still_served_and_told(tmp_path: Path) -> None:
    store = tmp_path / "store"
    publish(store, columns(3))
    live = Live([store])
    (store / "current").write_text("0123456789ab")
    live.look()
    found = health(live)
    assert found["events"] == 3
    assert "which is not here" in found["problems"][0]


def test_a_broken_file_leaves_the_last_good_data_and_is_told_until_it_is_mended(folder: Path) -> None:
    live = Live([folder])
    before = health(live)
    edit(folder, "E1,deployment", "E1,deploymant")
    live.look()
    broken = health(live)
    assert (broken["version"], broken["events"]) == (before["version"], before["events"])
    assert "events.csv, line 2" in broken["problems"][0] and "deploymant" in broken["problems"][0]
    edit(folder, "E1,deploymant", "E1,deployment")
    live.look()
    assert health(live) == before


def test_a_folder_that_disappears_leaves_the_last_good_data(folder: Path) -> None:
    live = Live([folder])
    before = health(live)
    shutil.rmtree(folder)
    live.look()
    assert health(live)["events"] == before["events"] and health(live)["problems"]


def test_data_that_is_broken_at_the_start_is_refused(folder: Path) -> None:
    edit(folder, "E1,deployment", "E1,deploymant")
    with pytest.raises(DataError):
        Live([folder])
