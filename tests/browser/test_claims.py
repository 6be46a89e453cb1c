"""What was known when, on the page: the day of knowledge, what changed, the claims chart, files that change."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Browser, Page, Route, expect

from geodata.importers import BUNDLED
from tests.browser.conftest import new_page, watch
from tests.browser.gestures import TEXTS, act, drawn_texts, look, open_page, sentence
from tests.server import serving

CHART = "document.getElementById('timeline')"


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def chart_texts(page: Page) -> list[str]:
    found: list[str] = page.locator("#timeline .textpoint").all_text_contents()
    return found


def choose_chart(page: Page, name: str) -> None:
    page.get_by_label("Chart", exact=True).first.click()
    act(page, page.get_by_role("option", name=name).click)


def test_the_slider_sets_the_whole_page_back_and_its_end_is_today(kept: Page) -> None:
    look(kept)
    thumb = kept.locator(".as-of-slider [role=slider]")
    thumb.focus()
    act(kept, lambda: kept.keyboard.press("Home"))
    first = query(kept)["as_of"]
    assert first == ["2022-01-06"]
    expect(kept.get_by_label("As known on").first).to_have_value("2022-01-06")
    expect(kept.locator(".pill").first).to_contain_text("as known on 6 January 2022")
    assert "not yet reported" in sentence(kept)
    assert "over 500 killed" not in drawn_texts(kept), "it was said on 8 January"
    for _ in range(2):
        act(kept, lambda: kept.keyboard.press("ArrowRight"))
    assert query(kept)["as_of"] == ["2022-01-08"]
    assert "over 500 killed" in drawn_texts(kept)
    act(kept, lambda: kept.keyboard.press("End"))
    assert "as_of" not in query(kept)


def test_the_map_follows_the_slider_before_the_server_has_answered(page: Page) -> None:
    open_page(page)
    thumb = page.locator(".as-of-slider [role=slider]")
    with page.expect_response("**/marks-ahead.json*"):
        thumb.focus()
    answers: list[Route] = []
    page.route("**/_dash-update-component*", lambda route: answers.append(route))  # noqa: PLW0108 (Playwright marks it)
    page.keyboard.press("Home")
    page.wait_for_function(f"() => !({TEXTS}).includes('over 500 killed')")
    assert sentence(page) == "showing 29 of 29", "the answer is still on its way"
    for answer in answers:
        answer.continue_()
    expect(page.locator("#sentence")).to_contain_text("not yet reported")


def test_a_typed_day_moves_the_slider(kept: Page) -> None:
    look(kept)
    kept.get_by_label("As known on").first.fill("2022-01-09")
    act(kept, lambda: kept.get_by_label("As known on").first.press("Enter"))
    expect(kept.locator(".as-of-slider [role=slider]")).to_have_attribute("aria-valuenow", "3")
    expect(kept.locator(".tag")).to_contain_text("deaths: 164")


def test_what_changed_since_lists_what_was_said_superseded_and_retracted(kept: Page) -> None:
    look(kept, "/?as_of=2022-01-10&since=2022-01-07")
    changes = kept.locator("#changes")
    for title in ("Said", "Superseded", "Retracted"):
        expect(changes.locator("h3", has_text=title)).to_be_visible()
    superseded = changes.locator("div", has=kept.locator("h3", has_text="Superseded"))
    expect(superseded).to_contain_text("26 deaths: President Tokayev, 7 January 2022")
    retracted = changes.locator("div", has=kept.locator("h3", has_text="Retracted"))
    expect(retracted).to_contain_text("164 deaths: President Tokayev, 9 January 2022")
    act(kept, retracted.locator("button").first.click)
    expect(kept.locator("#panel h1, #panel h2").first).to_contain_text("Deaths in the unrest")

    kept.get_by_label("What changed since").first.click()
    act(kept, kept.get_by_role("option", name="9 January 2022").click)
    assert query(kept)["since"] == ["2022-01-09"]
    expect(changes).not_to_contain_text("26 deaths: President Tokayev")


def test_the_claims_chart_shows_each_figure_as_it_was_said_and_its_fate(kept: Page) -> None:
    look(kept, "/?sources=article-2022-01-10")
    choose_chart(kept, "Claims: deaths")
    assert query(kept)["chart"] == ["deaths"]
    expect(kept.locator("#timeline .textpoint").first).to_be_visible()
    assert sorted(chart_texts(kept)) == sorted(["26", "over 500", "164", "hundreds", "3"])
    struck = kept.locator("#timeline .textpoint tspan[style*=line-through]")
    assert struck.all_text_contents() == ["164"]
    assert kept.locator("#timeline .legendtext").all_text_contents() == [
        "President Tokayev", "free voices in the country", "the article",
    ]  # fmt: skip


def test_a_click_on_a_mark_of_the_chart_opens_its_event_with_source_and_locator(kept: Page) -> None:
    look(kept, "/?sources=article-2022-01-10&chart=deaths")
    mark = kept.locator("#timeline .scatterlayer .trace .points path").nth(1)
    box = mark.bounding_box()
    assert box
    kept.mouse.move(box["x"] - 30, box["y"] - 30)
    kept.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=4)
    expect(kept.locator("#timeline .hoverlayer")).to_contain_text("paragraph 2")
    act(kept, lambda: kept.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2))
    assert query(kept)["event"] == ["E7"]
    expect(kept.locator("#panel")).to_contain_text("paragraph 2")


def test_the_chart_holds_to_the_selected_event_and_the_day_of_knowledge(kept: Page) -> None:
    look(kept, "/?sources=article-2022-01-10&chart=deaths&event=E7&as_of=2022-01-09")
    expect(kept.locator("#timeline .textpoint").first).to_be_visible()
    assert sorted(chart_texts(kept)) == ["164", "26"]
    assert not kept.locator("#timeline tspan[style*=line-through]").count(), "it was retracted a day later"


def test_spans_show_which_days_are_not_sure_and_a_click_selects_the_event(kept: Page) -> None:
    look(kept, "/?sources=article-2022-01-10")
    expect(kept.locator("#timeline .barlayer")).to_be_visible()
    dashes = kept.evaluate(f"() => {CHART}.data.filter(t => t.type === 'scatter').map(t => t.line.dash)")
    assert len(dashes) == 14 and {"solid", "2px,2px"} == set(dashes)
    number = kept.evaluate(f"() => {CHART}.data.filter(t => t.type === 'scatter')"
                           ".findIndex(t => t.customdata[0].event === 'E10')")  # fmt: skip
    line = kept.locator("#timeline .scatterlayer .trace path.js-line").nth(number)
    box = line.bounding_box()
    assert box
    kept.mouse.move(box["x"] + 2, box["y"] - 20)
    kept.mouse.move(box["x"] + 1, box["y"] + box["height"] / 2, steps=4)
    act(kept, lambda: kept.mouse.click(box["x"] + 1, box["y"] + box["height"] / 2))
    assert query(kept)["event"] == ["E10"]


def test_voices_and_places_can_be_chosen_in_the_rail(page: Page) -> None:
    open_page(page, "/?sources=article-2022-01-10")
    page.get_by_text("More filters").click()
    page.get_by_label("Voices").first.click()
    act(page, page.get_by_role("option", name="free voices in the country").click)
    assert query(page)["claimants"] == ["free voices in the country"]
    assert sentence(page).startswith("showing 1 of ")
    act(page, page.locator(".pill", has_text="Voices").click)
    assert "claimants" not in query(page)


def test_a_page_follows_its_files_and_tells_of_their_mistakes(browser: Browser, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(BUNDLED, tmp_path / "data"))
    events = folder / "events.csv"
    whole = events.read_text(encoding="utf-8")
    with serving((sys.executable, "-m", "dashboard", str(folder))) as address:
        page = new_page(browser, base_url=address)
        trouble = watch(page, address)
        open_page(page, "/?categories=detention")
        events.write_text(whole.replace("E8,detention", "E8,detantion", 1), encoding="utf-8")
        expect(page.locator("#data-notice")).to_contain_text("detantion", timeout=15_000)
        assert sentence(page).startswith("showing 2 of ")

        events.write_text(whole.replace("Arrests across the country", "Mass arrests", 1), encoding="utf-8")
        expect(page.locator("#off-map")).to_contain_text("Mass arrests", timeout=15_000)
        expect(page.locator("#data-notice")).to_contain_text("The data was updated")
        assert re.search("categories=detention", page.url)
        page.context.close()
    assert not trouble, "\n".join(trouble)
