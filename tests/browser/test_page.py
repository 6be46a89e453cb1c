"""The page as a reader meets it, in a real browser."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.gestures import (
    AKTOBE,
    ALMATY,
    MAP,
    NUR_SULTAN,
    TALDYKORGAN,
    act,
    at,
    brush,
    drawn_texts,
    look,
    open_page,
    sentence,
)

ARTICLE = "/?sources=article-2022-01-10"
LAND_IS_DARK = f"() => JSON.stringify({MAP}.getPaintProperty('land', 'fill-color')).includes('#22262b')"


def test_the_first_page_shows_all_events_and_those_without_a_point_beside_the_map(kept: Page) -> None:
    look(kept)
    assert sentence(kept) == "showing 29 of 29"
    expect(kept.locator("#off-map h2")).to_have_text(re.compile(r"Not on the map\s*15"))
    expect(kept.locator("#off-map .event-row")).to_have_count(15)


def test_the_source_of_the_article_shows_its_fourteen_events_and_seven_beside_the_map(kept: Page) -> None:
    look(kept, ARTICLE)
    assert sentence(kept) == "showing 14 of 29: 15 from other sources"
    expect(kept.locator("#off-map .event-row")).to_have_count(7)


@pytest.mark.parametrize("zoom", [2.2, 3.3, 4.2])
def test_every_mark_is_drawn_whatever_the_zoom(kept: Page, zoom: float) -> None:
    look(kept, f"{ARTICLE}&at={45 if zoom < 3 else 68},48,{zoom}")
    glyphs = drawn_texts(kept)
    assert glyphs.count("▲") == 4, "soldiers fire on people in four cities"
    assert glyphs.count("■") == 2, "forces near Nur-Sultan and in Almaty"
    assert glyphs.count("▶") == 1, "the flow arrives at Zhetygen"
    assert glyphs.count("✚") == (3 if zoom < 3 else 1), "Geneva and the Vatican lie outside the closer views"


def test_the_map_names_places_in_latin_and_cyrillic_as_they_were_called_then(kept: Page) -> None:
    look(kept, "/?at=70,48,4.4")
    names = [text for text in drawn_texts(kept) if "\n" in text]
    assert "Nur-Sultan\nНұр-Сұлтан" in names
    assert not [text for text in names if "Astana" in text]


def test_a_category_changes_map_timeline_table_and_counts_together(page: Page) -> None:
    open_page(page, ARTICLE)
    page.get_by_role("button", name="Table").click()
    expect(page.locator(".ag-center-cols-container .ag-row")).to_have_count(14)
    act(page, page.get_by_label("Clashes").first.click)
    assert sentence(page).startswith("showing 11 of 29: 3 in other categories, 12 from other sources")
    assert "▲" not in drawn_texts(page)
    expect(page.locator(".ag-center-cols-container .ag-row")).to_have_count(11)
    bars = page.evaluate("() => document.getElementById('timeline').data.find(t => t.name == 'clash').y")
    assert bars == []
    expect(page.locator("#count-clash")).to_have_text("3")


def test_the_dates_can_be_typed_brushed_stepped_and_lifted(kept: Page) -> None:
    look(kept)
    kept.get_by_label("From").fill("2022-01-06")
    act(kept, lambda: kept.get_by_label("From").press("Enter"))
    kept.get_by_label("To", exact=True).fill("2022-01-07")
    act(kept, lambda: kept.get_by_label("To", exact=True).press("Enter"))
    assert sentence(kept) == "showing 12 of 29: 17 outside the dates"
    expect(kept.locator(".pill")).to_have_text(re.compile("6–7 January 2022"))

    act(kept, kept.get_by_role("button", name="One step later").click)
    assert "from=2022-01-08&to=2022-01-09" in kept.url
    act(kept, kept.locator(".reason").click)
    assert sentence(kept) == "showing 29 of 29"

    # 25 days lie on the axis, 26 December to 19 January: this is inside the first and the last of them.
    act(kept, lambda: brush(kept, 0.01, 0.99))
    assert "from=2021-12-26&to=2022-01-19" in kept.url
    expect(kept.get_by_label("From")).to_have_value("2021-12-26")


def test_the_calendar_chooses_the_dates(kept: Page) -> None:
    look(kept)
    kept.get_by_role("button", name="Open the calendar").click()
    kept.locator("[aria-label='6 January 2022']").first.click()
    act(kept, kept.locator("[aria-label='7 January 2022']").first.click)
    assert sentence(kept) == "showing 12 of 29: 17 outside the dates"


def test_a_date_that_does_not_exist_is_told_at_its_field_and_nothing_is_lost(page: Page) -> None:
    open_page(page, "/?from=2022-01-06")
    before = sentence(page)
    page.get_by_label("To", exact=True).fill("2022-02-30")
    page.get_by_label("To", exact=True).press("Enter")
    expect(page.get_by_text("'2022-02-30' is not a date (expected YYYY-MM-DD)")).to_be_visible()
    assert sentence(page) == before
    assert parse_qs(urlsplit(page.url).query) == {"from": ["2022-01-06"]}


def test_the_text_search_finds_a_place_by_a_name_of_another_time(kept: Page) -> None:
    look(kept)
    act(kept, lambda: kept.get_by_label("Text", exact=True).fill("астана"))
    assert sentence(kept).startswith("showing 3 of 29")


def test_a_click_on_a_mark_opens_its_event_with_claims_and_source(kept: Page) -> None:
    look(kept, ARTICLE)
    act(kept, lambda: kept.mouse.click(*at(kept, AKTOBE)))
    panel = kept.locator("#panel")
    expect(panel).to_contain_text("Soldiers said to have fired on people in four cities")
    expect(panel).to_contain_text("over 500")
    expect(panel).to_contain_text("paragraph 2")
    expect(panel).to_contain_text("reliability D")
    assert "event=E6" in kept.url


def test_a_hover_tells_the_event_and_who_says_the_number(kept: Page) -> None:
    look(kept, ARTICLE)
    x, y = at(kept, AKTOBE)
    kept.mouse.move(x - 60, y - 60)
    kept.mouse.move(x, y, steps=4)
    expect(kept.locator("#tip")).to_contain_text("over 500 deaths: free voices in the country")


def test_marks_that_share_a_place_can_each_be_clicked(kept: Page) -> None:
    look(kept, "/?at=71.446,51.1801,5")
    x, y = at(kept, NUR_SULTAN)
    opened = set()
    for dx, dy in ((0, -12.7), (11, 6.4), (-11, 6.4)):
        act(kept, lambda dx=dx, dy=dy: kept.mouse.click(x + dx, y + dy))
        opened.add(parse_qs(urlsplit(kept.url).query)["event"][0])
    assert opened == {"E2", "E6", "E10"}


def test_the_tag_of_a_country_offers_its_country_wide_events(kept: Page) -> None:
    look(kept, ARTICLE)
    tag = kept.locator(".tag")
    expect(tag).to_contain_text("Kazakhstan, country-wide: 5 events")
    act(kept, tag.click)
    expect(kept.locator("#panel .event-row")).to_have_count(5)
    act(kept, kept.locator("#panel .event-row", has_text="Arrests").click)
    expect(kept.locator("#panel")).to_contain_text("over 6,000")


def test_a_copied_link_opens_the_same_view_and_back_goes_back(kept: Page) -> None:
    look(kept)
    act(kept, kept.get_by_label("Clashes").first.click)
    act(kept, kept.locator("#off-map .event-row", has_text="Arrests").click)
    there, line = kept.url, sentence(kept)
    act(kept, kept.go_back)
    assert "event=" not in kept.url
    act(kept, kept.go_back)
    assert sentence(kept) == "showing 29 of 29"
    expect(kept.get_by_label("Clashes").first).to_be_checked()
    act(kept, kept.go_forward)
    act(kept, kept.go_forward)
    assert (kept.url, sentence(kept)) == (there, line)

    open_page(kept, there)
    assert sentence(kept) == line
    expect(kept.locator("#panel")).to_contain_text("Arrests across the country")
    expect(kept.get_by_label("Clashes").first).not_to_be_checked()


def test_a_moved_map_stays_where_it_is_when_a_filter_changes(kept: Page) -> None:
    look(kept)
    x, y = at(kept, ALMATY)
    kept.mouse.move(x, y)
    kept.mouse.down()
    kept.mouse.move(x - 120, y - 60, steps=6)
    kept.mouse.up()
    kept.wait_for_url(re.compile("at="))
    before = kept.evaluate(f"() => [{MAP}.getCenter().lng, {MAP}.getCenter().lat, {MAP}.getZoom()]")
    act(kept, kept.get_by_label("Clashes").first.click)
    after = kept.evaluate(f"() => [{MAP}.getCenter().lng, {MAP}.getCenter().lat, {MAP}.getZoom()]")
    assert after == pytest.approx(before, abs=1e-6)
    assert "at=" in kept.url

    act(kept, kept.get_by_role("button", name="Reset").click)
    home = kept.evaluate(f"() => [{MAP}.getCenter().lng, {MAP}.getCenter().lat, {MAP}.getZoom()]")
    assert home != pytest.approx(before, abs=0.1)
    act(kept, lambda: kept.get_by_label("Dark theme").click(force=True))
    after = kept.evaluate(f"() => [{MAP}.getCenter().lng, {MAP}.getCenter().lat, {MAP}.getZoom()]")
    assert after == pytest.approx(home, abs=1e-3)
    assert "at=" not in kept.url


def test_the_theme_turns_page_and_map_dark_and_stays_in_the_link(kept: Page) -> None:
    look(kept)
    act(kept, lambda: kept.get_by_label("Dark theme").click(force=True))
    assert "theme=dark" in kept.url
    assert drawn_texts(kept).count("▲") == 4
    assert kept.evaluate(LAND_IS_DARK)
    assert kept.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(21, 23, 26)"


def test_a_close_map_stays_finely_drawn_when_the_theme_changes_and_comes_to_rest(kept: Page) -> None:
    finely = f"() => {MAP}.loaded() && JSON.stringify({MAP}.getSource('countries').serialize().data).length > 1e6"
    look(kept, "/?at=74,46,5")
    kept.wait_for_function(finely)
    act(kept, lambda: kept.get_by_label("Dark theme").click(force=True))
    kept.wait_for_function(finely)
    frames = kept.evaluate(
        f"() => new Promise(done => {{ let frames = 0; {MAP}.on('render', () => {{ frames += 1 }});"
        " setTimeout(() => done(frames), 1500) })"
    )
    assert frames == 0


def test_a_link_in_the_dark_theme_opens_with_its_marks(page: Page) -> None:
    open_page(page, "/?theme=dark")
    page.wait_for_function(f"() => ({LAND_IS_DARK})() && {MAP}.loaded()")
    page.wait_for_function(
        f"() => {MAP}.queryRenderedFeatures({{layers: ['marks-glyph']}})"
        ".filter(f => f.properties.text === '▲').length === 4"
    )


def test_a_layer_can_be_switched_off_and_on(page: Page) -> None:
    open_page(page)
    assert "over 500 killed" in drawn_texts(page)
    page.get_by_role("button", name="Layers").click()
    act(page, page.get_by_label("Show casualties").click)
    assert "layers=" in page.url
    assert "over 500 killed" not in drawn_texts(page)
    act(page, page.get_by_label("Show casualties").click)
    assert "over 500 killed" in drawn_texts(page)


def test_the_outline_of_a_country_is_lit_while_country_wide_events_are_shown(kept: Page) -> None:
    lit = f"() => {MAP}.queryRenderedFeatures({{layers: ['lit-line']}}).map(f => f.properties.iso2)"
    look(kept)
    assert set(kept.evaluate(lit)) == {"KZ"}
    act(kept, lambda: kept.get_by_label("Text", exact=True).fill("Angelus"))
    kept.wait_for_function(f"() => !({lit})().length")


def test_reset_lifts_everything_but_the_theme(kept: Page) -> None:
    look(kept, "/?from=2022-01-09&categories=political&q=a&theme=dark&places=Geneva&sources=article-2022-01-10")
    act(kept, kept.get_by_role("button", name="Reset").click)
    assert sentence(kept) == "showing 29 of 29"
    assert urlsplit(kept.url).query == "theme=dark"


def test_choices_that_hide_everything_say_what_to_do(kept: Page) -> None:
    look(kept, "/?from=1990-01-01&to=1990-01-02")
    expect(kept.locator(".empty")).to_contain_text("No event lies in 1–2 January 1990.")
    act(kept, kept.get_by_role("button", name="Show all dates").click)
    assert sentence(kept) == "showing 29 of 29"


def test_a_link_with_an_unknown_key_is_opened_with_a_notice_that_names_it(page: Page) -> None:
    open_page(page, "/?colour=red&from=2022-02-30&categories=clash")
    expect(page.locator(".notice")).to_have_count(2)
    expect(page.locator(".notices")).to_contain_text("'colour'")
    expect(page.locator(".notices")).to_contain_text("'2022-02-30'")
    assert sentence(page).startswith("showing 6 of 29")
    page.locator(".notice .close").first.click()
    expect(page.locator(".notice")).to_have_count(1)


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 768), (390, 844)])
def test_nothing_lies_outside_the_window_at_any_width(page: Page, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    open_page(page)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width
    box = page.locator(".map-section").bounding_box()
    assert box and box["height"] >= 300
    for place in (ALMATY, AKTOBE, NUR_SULTAN, TALDYKORGAN, (38.06, 55.88), (6.15, 46.2)):
        x, y = at(page, place)
        assert box["x"] < x < box["x"] + box["width"] and box["y"] < y < box["y"] + box["height"]
    tag = page.locator(".tag").bounding_box()
    assert tag and box["x"] <= tag["x"] and tag["x"] + tag["width"] <= box["x"] + box["width"]


def test_on_a_phone_filters_and_event_are_sheets(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    open_page(page)
    expect(page.get_by_label("From")).not_to_be_visible()
    page.get_by_role("button", name="Filters").click()
    expect(page.get_by_label("From")).to_be_visible()
    act(page, page.get_by_label("Clashes").first.click)
    page.get_by_role("button", name="Filters").click()
    act(page, page.locator(".tag").click)
    expect(page.locator("#panel .event-row").first).to_be_visible()


def test_without_webgl_the_page_says_so_and_everything_else_works(page: Page) -> None:
    with page.add_init_script(
        "const real = HTMLCanvasElement.prototype.getContext;"
        "HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {"
        " return kind.startsWith('webgl') ? null : real.call(this, kind, ...rest); }"
    ):
        page.goto("/?categories=clash")
    expect(page.locator("#map")).to_contain_text("This browser cannot draw the map")
    expect(page.locator("#sentence")).to_contain_text("showing 6 of 29")
    expect(page.locator("#timeline .barlayer")).to_be_visible()
