"""The page over a database: as over files while it answers, and with its last good answer while it does not."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace as changed

import pytest
from playwright.sync_api import Browser, Page, expect

from geodata.importers import BUNDLED, read_columns
from geodata.store.loading.load import load
from geodata.store.loading.loaders import loader_at
from geodata.store.opening import snapshot_of
from geodata.store.snapshot import Snapshot, write_snapshot
from tests import databases
from tests.browser.conftest import new_page
from tests.browser.gestures import open_page, sentence
from tests.server import serving

NOTICE = "#data-notice"


@pytest.fixture(scope="module")
def server() -> Iterator[databases.Postgres]:
    with databases.postgres() as running:
        put(running, snapshot_of([BUNDLED], None))
        yield running


@pytest.fixture
def page(server: databases.Postgres, browser: Browser) -> Iterator[Page]:
    with serving((sys.executable, "-m", "dashboard", "--engine", server.url)) as address:
        found = new_page(browser, base_url=address)
        found.wrong = []  # type: ignore[attr-defined]
        found.on("pageerror", lambda error: found.wrong.append(str(error)))  # type: ignore[attr-defined]
        yield found
        assert found.wrong == []  # type: ignore[attr-defined]
        found.context.close()


def put(server: databases.Postgres, snapshot: Snapshot) -> None:
    loader = loader_at(server.url)
    load(snapshot, loader, lambda *_: None)
    loader.close()


def choose(page: Page, category: str) -> None:
    page.get_by_label(category).first.click()


def test_a_database_that_goes_leaves_the_last_good_view_and_what_was_asked_comes_when_it_is_back(
    page: Page, server: databases.Postgres
) -> None:
    open_page(page, "/")
    shown = [sentence(page)]
    for category in ("Clashes", "Detentions"):
        server.stop()
        choose(page, category)
        expect(page.locator(NOTICE)).to_contain_text("The database does not answer")
        expect(page.locator(f"{NOTICE}, .notice:visible")).to_have_count(1)
        assert sentence(page) == shown[-1]
        server.start()
        expect(page.locator(NOTICE)).to_have_count(0)
        expect(page.locator("#sentence")).not_to_have_text(shown[-1])
        shown.append(sentence(page))
    assert len(set(shown)) == 3
    assert not page.locator(".notice:visible").count()


def test_a_version_that_is_loaded_meanwhile_is_shown_and_a_link_to_the_one_before_says_so(
    page: Page, server: databases.Postgres, tmp_path_factory: pytest.TempPathFactory
) -> None:
    open_page(page, "/")
    before = page.locator("meta[name=data-version]").get_attribute("content")
    columns = read_columns(BUNDLED)
    other = write_snapshot(changed(columns, title="Loaded later"), tmp_path_factory.mktemp("later") / "snapshot")
    put(server, other)
    expect(page.locator(NOTICE)).to_contain_text("The data was updated")
    page.goto(f"/?v={before}")
    expect(page.locator("#notices")).to_contain_text("The data was updated since this link was made")
