"""The very words of the claims, highlighted in their paragraph once the reader gives the source's text."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, expect

from tests.browser.gestures import act, open_page
from tests.server import serving
from tests.sourced import SHA256, TEXT, write_data, write_text

TWELVE, NINE, PORTERS = "12 flights", "9", "Forty porters 🧳 came"
FLIGHTS, WORK = "Flights over the port", "Work in the port"
NEW_FILE = "([name, text]) => { const d = new DataTransfer(); d.items.add(new File([text], name)); return d; }"
DROP = (
    "([place, data]) => !document.querySelector(place).dispatchEvent("
    "new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}))"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("port")


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    """Of a server over the port's data; the diary lies beside it."""
    write_text(folder / "diary.txt")
    data = write_data(folder / "data", C6={"source_id": "diary", "paragraph": 9, "start": 1, "end": 5})
    with serving((sys.executable, "-m", "dashboard", str(data))) as url:
        yield url


def choose(page: Page, *files: Path) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Show the words …").click()
    chooser.value.set_files(files)


def pick(page: Page, title: str) -> None:
    page.locator("#off-map .event-row", has_text=title).click()


def drop(page: Page, place: str, name: str, text: str) -> bool:
    """Drop a text as a file on a part of the page; whether the browser is kept from opening it."""
    kept: bool = page.evaluate(DROP, [place, page.evaluate_handle(NEW_FILE, [name, text])])
    return kept


def test_a_chosen_text_shows_each_claims_words_in_their_paragraph(page: Page, folder: Path) -> None:
    open_page(page, "/?event=E1")
    expect(page.locator("#panel mark")).to_have_count(0)
    choose(page, folder / "diary.txt")
    expect(page.locator("#panel mark")).to_have_text([TWELVE, NINE])
    first = page.get_by_role("group", name="Paragraph 3 of diary.txt").first
    expect(first).to_have_text("A clerk saw 🚁 12 flights; <b>the harbour master</b> counted 9.")
    expect(page.get_by_role("button", name="Show the words …")).to_be_hidden()
    expect(page.locator(".words-from")).to_have_text("From diary.txt")


def test_a_dropped_text_is_taken_like_a_chosen_one(page: Page) -> None:
    open_page(page, "/?event=E1")
    assert drop(page, "#panel h2", "diary.txt", TEXT)
    expect(page.locator("#panel mark")).to_have_text([TWELVE, NINE])


def test_a_text_that_is_dropped_beside_the_panel_does_nothing_and_is_sent_nowhere(page: Page) -> None:
    open_page(page, "/?event=E1")
    page.evaluate("() => performance.clearResourceTimings()")
    assert drop(page, "#map", "diary.txt", TEXT) and drop(page, "header", "diary.txt", TEXT)
    expect(page.locator("#panel mark")).to_have_count(0)
    expect(page.locator("#intake")).to_be_hidden()
    sent = page.evaluate("() => performance.getEntriesByType('resource').map((each) => new URL(each.name).pathname)")
    assert not [path for path in sent if path.startswith("/intake")]


def test_another_text_is_refused_with_both_hashes_until_another_event_is_chosen(page: Page) -> None:
    open_page(page, "/?event=E1")
    other = TEXT.replace("12", "13")
    drop(page, "#panel", "draft.txt", other)
    alert = page.locator("#panel .words-told[role=alert]")
    expect(alert).to_contain_text("draft.txt is another text")
    expect(alert).to_contain_text(hashlib.sha256(other.encode()).hexdigest())
    expect(alert).to_contain_text(f"{SHA256} (Harbour Press)")
    expect(page.locator("#panel mark")).to_have_count(0)
    act(page, lambda: pick(page, WORK))
    expect(alert).to_have_text("")


def test_the_words_come_back_with_another_event_and_another_filter(page: Page, folder: Path) -> None:
    open_page(page, "/")
    act(page, lambda: pick(page, FLIGHTS))
    choose(page, folder / "diary.txt")
    expect(page.locator("#panel mark")).to_have_text([TWELVE, NINE])
    act(page, lambda: pick(page, WORK))
    expect(page.locator("#panel mark")).to_have_text([PORTERS])
    act(page, lambda: page.get_by_label("Text", exact=True).fill("Flights"))
    expect(page.locator("#panel mark")).to_have_count(0)
    act(page, lambda: page.get_by_label("Text", exact=True).fill(""))
    expect(page.locator("#panel mark")).to_have_text([PORTERS])
    act(page, lambda: pick(page, FLIGHTS))
    expect(page.locator("#panel mark")).to_have_text([TWELVE, NINE])


def test_words_that_are_put_away_are_gone_until_the_text_is_given_again(page: Page, folder: Path) -> None:
    open_page(page, "/?event=E1")
    choose(page, folder / "diary.txt")
    page.get_by_role("button", name="Hide the words").click()
    expect(page.locator("#panel mark")).to_have_count(0)
    expect(page.get_by_role("button", name="Show the words …")).to_be_focused()
    choose(page, folder / "diary.txt")
    expect(page.locator("#panel mark")).to_have_text([TWELVE, NINE])


def test_nothing_of_the_text_is_sent_or_stored(page: Page, folder: Path) -> None:
    sent: list[str] = []

    def keep(request: Request) -> None:
        sent.append(request.url + (request.post_data or ""))

    open_page(page, "/")
    page.on("request", keep)
    act(page, lambda: pick(page, FLIGHTS))
    choose(page, folder / "diary.txt")
    expect(page.locator("#panel mark")).to_have_count(2)
    act(page, lambda: pick(page, WORK))
    act(page, lambda: page.get_by_label("Dark theme").click(force=True))
    page.remove_listener("request", keep)
    sent += page.evaluate("() => [{...localStorage}, {...sessionStorage}].map(JSON.stringify)")
    assert len(sent) > 3 and any("E2" in text for text in sent)
    assert [text for text in sent if re.search("clerk|porters|diary.txt|flights;", text)] == []


def test_a_text_that_is_too_large_or_a_page_without_hashes_is_told_in_a_sentence(page: Page) -> None:
    open_page(page, "/?event=E1")
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Show the words …").click()
    chooser.value.set_files({"name": "long.txt", "mimeType": "text/plain", "buffer": b"a" * 5_000_001})
    expect(page.locator(".words-told")).to_have_text("long.txt is larger than 5 MB: it was not read.")
    page.evaluate("() => Object.defineProperty(Crypto.prototype, 'subtle', {get: () => undefined})")
    drop(page, "#panel", "diary.txt", TEXT)
    expect(page.locator(".words-told")).to_contain_text("only where the page comes from localhost or over https.")


def test_markup_in_a_text_is_shown_as_it_stands(page: Page) -> None:
    open_page(page, "/?event=E1")
    drop(page, "#panel", "diary.txt", TEXT)
    expect(page.locator("#panel .passage").first).to_contain_text("<b>the harbour master</b>")
    expect(page.locator("#panel b")).to_have_count(0)


def test_a_locator_that_does_not_fit_is_told_at_its_claim_alone(page: Page) -> None:
    open_page(page, "/?event=E2")
    drop(page, "#panel", "diary.txt", TEXT)
    expect(page.locator("#panel mark")).to_have_text([PORTERS])
    said = "The locator does not fit the text: characters 1 to 5 are not in its paragraph 9."
    expect(page.locator("#panel .passage").nth(1)).to_have_text(said)


def test_each_claim_says_its_source_its_fate_and_what_it_repeats_or_is_part_of(page: Page) -> None:
    open_page(page, "/?event=E1")
    claims = page.locator("#panel .claim")
    expect(claims.nth(0)).to_contain_text("a clerk, 8 January 2022")
    expect(claims.nth(0)).to_contain_text("echoed by the gazette, 9 January 2022")
    expect(claims.nth(0).locator("summary")).to_have_text("Harbour Press, 10 January 2022, paragraph 3")
    expect(claims.nth(1)).to_contain_text("the harbour master, January 2022")
    expect(claims.nth(2)).to_contain_text("echo of 12 (a clerk, 8 January 2022)")
    expect(claims.nth(3)).to_contain_text("retracted on 12 January 2022")
    expect(claims.nth(3).locator(".figure")).to_have_css("text-decoration-line", "line-through")
    claims.nth(2).locator("summary").click()
    expect(claims.nth(2)).to_contain_text("Port news")
    expect(claims.nth(2)).to_contain_text("https://gazette.example/7")
    expect(page.locator("#panel a")).to_have_count(0)
    act(page, lambda: pick(page, WORK))
    expect(claims.nth(1)).to_contain_text("part of about 40 (the diary, 10 January 2022)")
    expect(page.locator("#panel details[open]")).to_have_count(0)
