"""The export dialog: what it shows is what it saves, it remembers, and it says what it cannot make."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from playwright.sync_api import Download, Page, Route, expect

from tests.browser.gestures import open_page

SHOWN = "() => document.querySelector('.export-preview:not([aria-busy]) img')?.naturalWidth > 0"


def open_dialog(page: Page, address: str = "/") -> None:
    open_page(page, address)
    page.get_by_role("button", name="Export").click()
    page.wait_for_function(SHOWN)


def choose(page: Page, control: str, option: str) -> None:
    page.get_by_role("textbox", name=control, exact=True).click()
    page.get_by_role("option", name=option).click()


def preview(page: Page) -> str:
    return page.locator("#export-preview").get_attribute("src") or ""


def save(page: Page, name: str) -> Download:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name, exact=True).click()
    return waiting.value


def test_the_dialog_shows_the_picture_and_gives_it_in_each_format(page: Page) -> None:
    open_dialog(page, "/?categories=clash")
    assert re.search(r"^/export/map\.svg\?.*categories=clash.*frame=", preview(page))
    page.get_by_label("Title").fill("Clashes in four cities")
    expect(page.locator("#export-preview")).to_have_attribute("src", re.compile("title=Clashes"))
    magic = {
        "PNG": b"\x89PNG",
        "SVG": b"<?xml",
        "PDF": b"%PDF",
        "HTML": b"<!DOCTYPE html>",
        "Word": b"PK",
        "PowerPoint": b"PK",
        "Bundle": b"PK",
    }
    for name, start in magic.items():
        saved = save(page, name)
        assert saved.suggested_filename.startswith("sitrep-map.")
        assert saved.path().read_bytes().startswith(start)


def test_the_preview_is_the_file_that_the_address_gives(page: Page) -> None:
    open_dialog(page, "/?categories=clash")
    assert save(page, "SVG").path().read_bytes() == page.request.get(preview(page)).body()


def test_a_series_is_offered_on_one_page_or_as_moving_pictures(page: Page) -> None:
    open_dialog(page, "/?from=2022-01-05&to=2022-01-07")
    expect(page.get_by_text("A figure each")).not_to_be_visible()
    choose(page, "Series", "One for each day")
    expect(page.locator("#export-preview")).to_have_attribute("src", re.compile("each=day.*arrange=page"))
    page.wait_for_function(SHOWN)
    page.get_by_text("A figure each").click()
    expect(page.get_by_role("link", name="GIF")).to_be_visible()
    expect(page.get_by_role("link", name="PNG", exact=True)).to_have_count(0)
    page.wait_for_function(SHOWN, timeout=60_000)
    assert preview(page).startswith("/export/map.webp?")
    names = zipfile.ZipFile(io.BytesIO(save(page, "Bundle").path().read_bytes())).namelist()
    assert {f"figure-2022-01-0{day}.svg" for day in (5, 6, 7)} <= set(names)


def test_choices_are_there_again_after_a_reload_but_the_title_is_not(page: Page) -> None:
    open_dialog(page)
    choose(page, "Size", "slide")
    choose(page, "Language", "Русский")
    page.get_by_text("Grey", exact=True).click()
    page.locator("label", has_text="Timeline").click()
    page.get_by_label("Title").fill("Only now")
    wanted = re.compile(r"(?=.*size=slide)(?=.*lang=ru)(?=.*theme=grey)(?=.*panels=timeline)")
    expect(page.locator("#export-preview")).to_have_attribute("src", wanted)
    open_dialog(page)
    expect(page.locator("#export-preview")).to_have_attribute("src", wanted)
    assert "title" not in preview(page)


def test_a_size_of_ones_own_is_taken_or_its_mistake_told(page: Page) -> None:
    open_dialog(page)
    choose(page, "Size", "Own size")
    page.get_by_label("Own size").fill("9x9mm")
    expect(page.locator("#export-error")).to_contain_text("Cannot read size: '9x9mm'")
    page.get_by_label("Own size").fill("160x120mm")
    expect(page.locator("#export-preview")).to_have_attribute("src", re.compile("size=160x120mm"))
    expect(page.locator("#export-error")).to_be_empty()


def test_what_can_only_be_refused_when_it_is_drawn_is_told_in_the_dialog(page: Page) -> None:
    open_dialog(page)
    choose(page, "Size", "column, 85mm")
    choose(page, "Series", "One for each day")
    expect(page.locator("#export-error")).to_contain_text("find no room on a page of this size", timeout=20_000)
    expect(page.locator(".export-preview[aria-busy]")).to_have_count(0)
    trouble: list[str] = page.trouble  # type: ignore[attr-defined]
    assert all("400" in line for line in trouble)
    trouble.clear()


@pytest.mark.parametrize("part", ["map.svg", "map.pdf"])
def test_while_something_is_made_a_sign_runs(page: Page, part: str) -> None:
    open_dialog(page)
    held: list[Route] = []
    page.route(f"**/export/{part}*", lambda route: held.append(route))  # noqa: PLW0108 (Playwright marks it)
    if part == "map.svg":
        page.get_by_label("Title").fill("Another")
    else:
        page.get_by_role("link", name="PDF").click()
    expect(page.locator(".export-busy")).to_have_css("opacity", "1")
    assert held
    for route in held:
        route.continue_()
    expect(page.locator(".export-busy")).to_have_css("opacity", "0", timeout=20_000)
