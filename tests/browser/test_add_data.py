"""Data that a reader adds on the page, the whole way, in a real browser."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from dashboard.intake.routes import HEADER, PREFIX
from tests.browser.gestures import act, open_page, sentence
from tests.server import serving

HEADINGS = "angemeldet;durchgeführt;Uhrzeit;Art;Thema;Ort;PLZ;Teilnehmer;Veranstalter"
REGISTER = f"""{HEADINGS}
01.12.2021;03.01.2022;18:00;Infostand;Spaziergang gegen Corona-Maßnahmen;Chemnitz;09111;350;Freie Sachsen
02.12.2021;05.01.2022;19:00;Mahnwache;Frieden für Kasachstan;Berlin;10117;120;Verein Kasachstan e.V.
03.12.2021;08.01.2022;14:00;Demonstration;Klimastreik;Leipzig;04109;ca. 800;Fridays for Future
04.12.2021;09.01.2022;14:00;Demonstration;Lichterkette;Neustadt;;80;Bündnis
"""
BAD = """Datum;Thema;Ort
03.01.2022;Spaziergang;Chemnitz
31.02.2022;Kundgebung;Dresden
05.01.2022;Mahnwache;Berlin
k. A.;Infostand;Köln
08.01.2022;Klimastreik;Leipzig
09.01.2022;Lichterkette;Hamburg
10.01.2022;Lichterkette;München
11.01.2022;Lichterkette;Bremen
12.01.2022;Lichterkette;Erfurt
13.01.2022;Lichterkette;Kiel
"""
DRAG = """([kind, name, text]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name));
  const target = document.querySelector(".map-section");
  target.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: data }));
}"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Of a server that was started without data."""
    with serving((sys.executable, "-m", "dashboard", "--empty")) as url:
        yield url


@pytest.fixture
def empty(page: Page, address: str) -> Page:
    """Its page, with what an earlier test has added taken away."""
    while page.request.post(f"{address}{PREFIX}/undo", headers={HEADER: "1", "Origin": address}).ok:
        pass
    open_page(page)
    return page


def drop(page: Page, name: str, text: str) -> None:
    page.evaluate(DRAG, ["dragover", name, text])
    expect(page.locator("#intake-drop")).to_be_visible()
    page.evaluate(DRAG, ["drop", name, text])
    expect(page.locator("#intake-drop")).to_be_hidden()


def test_a_german_register_is_dropped_settled_filtered_and_drawn(empty: Page, tmp_path: Path) -> None:
    expect(empty.get_by_text("No data yet")).to_be_visible()
    drop(empty, "register.csv", REGISTER)
    dialog = empty.locator("#intake")
    expect(dialog.get_by_role("group")).to_contain_text("Which column has the day of an event")
    expect(dialog.get_by_label("Thema", exact=True)).to_have_value("title")
    expect(dialog.get_by_label("Ort", exact=True)).to_have_value("place")
    expect(dialog.get_by_role("button", name="Open")).to_be_disabled()

    dialog.get_by_label("durchgeführt (such as").check()
    expect(dialog.get_by_label("durchgeführt", exact=True)).to_have_value("date_start")
    dialog.get_by_label("Veranstalter", exact=True).select_option("Source")
    dialog.get_by_role("button", name="Open").click()

    result = empty.locator("#intake-result")
    expect(result).to_contain_text("4 rows were accepted")
    expect(empty.locator("#sentence")).to_have_text("showing 4 of 4")
    expect(empty.locator("#count-protest")).to_have_text("4")  # who counts those who took part lists assemblies

    result.get_by_role("button", name="Settle 1 name of a place").click()
    name = dialog.get_by_role("group", name="Neustadt")
    expect(name).to_contain_text("1 event")
    expect(dialog.get_by_role("button", name="Apply")).to_be_disabled()
    name.get_by_role("textbox").fill("50.9953, 14.2114")
    name.get_by_role("textbox").press("Enter")
    expect(name.get_by_label("50.9953° N, 14.2114° E")).to_be_checked()
    name.get_by_label("Neustadt in Holstein").check()
    dialog.get_by_role("button", name="Apply").click()
    expect(result.get_by_role("button", name="Done")).to_be_visible()
    expect(result.get_by_role("button", name="Settle")).to_be_hidden()
    expect(empty.locator("#sentence")).to_have_text("showing 4 of 4")
    result.get_by_role("button", name="Done").click()
    empty.get_by_label("From", exact=True).first.fill("2022-01-05")
    act(empty, lambda: empty.keyboard.press("Enter"))
    assert sentence(empty) == "showing 3 of 4: 1 outside the dates"

    empty.get_by_role("button", name="Export").click()
    link = empty.locator("#export-links").get_by_role("link", name="PDF", exact=True)
    with empty.expect_download() as found:
        link.click()
    found.value.save_as(tmp_path / "map.pdf")
    assert (tmp_path / "map.pdf").read_bytes().startswith(b"%PDF-")


def test_bad_rows_are_shown_columns_can_be_chosen_again_and_undo_takes_the_file_away(empty: Page) -> None:
    empty.locator("#add-data").click()
    with empty.expect_file_chooser() as chooser:
        empty.get_by_role("button", name="Choose a file").click()
    chooser.value.set_files({"name": "bad.csv", "mimeType": "text/csv", "buffer": BAD.encode()})
    result = empty.locator("#intake-result")
    expect(result).to_contain_text("8 of 10 rows were accepted")
    expect(result).to_contain_text("2 rows were not accepted")
    expect(result.locator(".intake-lines li")).to_have_text(
        [re.compile("Line 3.*31.02.2022"), re.compile("Line 5.*k. A.")]
    )

    result.get_by_role("button", name="Choose the columns").click()
    dialog = empty.locator("#intake")
    dialog.get_by_label("Thema", exact=True).select_option("Notes")
    dialog.get_by_role("button", name="Open").click()
    expect(result).to_contain_text("8 of 10 rows were accepted")

    expect(empty.locator("#sentence")).to_have_text("showing 8 of 8")
    result.get_by_role("button", name="Undo").click()
    expect(empty.get_by_text("No data yet")).to_be_visible()
    expect(empty.locator("#sentence")).to_have_text("showing 0 of 0")


def test_a_file_that_is_no_table_is_refused_and_escape_closes_the_dialog(empty: Page) -> None:
    drop(empty, "page.csv", "%PDF-1.4 nothing")
    dialog = empty.locator("#intake")
    expect(dialog).to_contain_text("The file was not opened. Nothing has changed.")
    expect(dialog.locator(".intake-lines li")).to_have_count(1)
    empty.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(empty.get_by_text("No data yet")).to_be_visible()


def test_the_words_of_a_file_are_shown_and_never_run(empty: Page) -> None:
    payload = "<img src=x onerror='window.xss=1'>"
    text = f"angemeldet;durchgeführt;{payload}\n01.12.2021;03.01.2022;{payload}\n02.12.2021;05.01.2022;{payload}\n"
    drop(empty, f"{payload}.csv", text)
    dialog = empty.locator("#intake")
    expect(dialog.locator("table")).to_contain_text(payload)
    assert empty.evaluate("() => window.xss === undefined && !document.querySelector('img[src=x]')")
    dialog.get_by_role("button", name="Cancel").locator("visible=true").click()
    expect(dialog).to_be_hidden()
