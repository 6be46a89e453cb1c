"""The panels beside a printed map say what the record says, also without colours and at any size."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.choice.sizes import SIZES
from dashboard.choice.view import View
from dashboard.panels import PANELS
from dashboard.report.contents import Report
from geodata.dates import PartialDay
from geodata.filter import Filter
from geodata.record.model import MEASURES, Claim
from geodata.store.store import Store
from tests.figures import composed, dataset_of, drawn, overlapping, place, store_of
from tests.records import Dataset, store_over
from tests.test_tolls import claim

ARTICLE = Filter.parse(sources="article-2022-01-10")


def texts(report: Report, role: str) -> list[str]:
    return [words.text for words in report.words if words.role == role]


def said(*claims: Claim) -> Store:
    """A store of one event, of which the claims speak."""
    small = dataset_of(place("Almaty", 76.9, 43.25))
    known = tuple(replace(each, event_id="E0", source_id="S1") for each in claims)
    return store_over(replace(small, claims=known))


@pytest.mark.parametrize("size", ["A4", "A4-landscape", "Letter", "Letter-landscape", "slide", "portrait"])
@pytest.mark.parametrize("panel", PANELS)
def test_each_panel_has_room_on_every_page_of_that_size(store: Store, size: str, panel: str) -> None:
    assert composed(store, size=size, panels=panel).panels == (panel,)


@pytest.mark.parametrize("size", ["A4", "A4-landscape", "Letter", "Letter-landscape", "portrait"])
def test_all_three_have_room_on_a_page(store: Store, size: str) -> None:
    assert composed(store, size=size, panels="table,claims,timeline").panels == tuple(PANELS)


@pytest.mark.parametrize("size", SIZES)
def test_the_article_has_a_panel_on_every_preset(store: Store, size: str) -> None:
    assert composed(store, ARTICLE, size=size, panels="timeline,claims,table").panels


def test_a_panel_that_finds_no_room_is_said_to_be_missing(store: Store) -> None:
    report = composed(store, size="75x75mm", panels="timeline,claims,table")
    assert report.panels == ()
    notes = " ".join(texts(report, "note"))
    assert "No room on this page: timeline, claims chart, table of marks." in notes


@pytest.mark.parametrize("kind", ["svg", "pdf", "png"])
def test_panels_are_the_same_bytes_twice_in_whichever_order_they_are_named(store: Store, kind: str) -> None:
    once = drawn(store, kind, panels="timeline,claims,table", size="A4")
    assert once == drawn(store, kind, panels="table,timeline,claims", size="A4")


def test_the_alt_text_ends_with_a_sentence_for_each_panel_within_150_words(store: Store) -> None:
    alt = composed(store, panels="timeline,claims,table", size="A4").alt
    assert len(alt.split()) <= 150
    assert "Timeline: events per day, at most " in alt
    assert "Claims chart: 24 figures for deaths, from 18 (Ministry of the Interior, 6 January 2022)" in alt
    assert alt.endswith("events on the map by day.")
    many = store_of(*(place(f"A place of several words number {n}", 60 + n / 10, 45) for n in range(200)))
    alt = composed(many, panels="timeline,table", size="A4").alt
    assert len(alt.split()) <= 150
    assert alt.endswith("Table: 200 events on the map by day.")


def test_the_timeline_names_its_days_months_categories_and_chosen_dates(store: Store) -> None:
    where = Filter.parse(**{"from": "2022-01-06", "to": "2022-01-09"})
    words = texts(composed(store, where, size="A4", panels="timeline"), "timeline")
    assert words[0] == "Events per day"
    assert {"26", "31", "2", "19"} <= set(words)
    assert {"December 2021", "January 2022"} & set(words)
    assert {"deployments", "clashes", "protests", "detentions", "political events", "other events"} <= set(words)
    assert {"days as reported", "days not sure", "chosen dates: 6–9 January 2022"} <= set(words)


def test_a_timeline_of_many_years_counts_months_and_one_without_events_says_so() -> None:
    base = dataset_of(place("Almaty", 76.9, 43.25), place("Astana", 71.4, 51.2))
    first, last = base.events
    long = replace(last, date_start=date(1989, 3, 1), date_end=date(1989, 3, 4))
    words = texts(composed(store_over(replace(base, events=(first, long))), panels="timeline"), "timeline")
    assert words[0] == "Events per month"
    forever = replace(last, date_end=date.max, sites=())
    assert composed(store_over(replace(base, events=(first, forever))), panels="timeline").panels == ("timeline",)
    nothing = composed(store_over(Dataset("x", "x", (), (), (), ())), panels="timeline,claims,table")
    assert "No event matches." in texts(nothing, "timeline")
    assert "Nobody has given a figure in this choice." in texts(nothing, "claims")
    assert "No mark stands on the map." in texts(nothing, "table")


def test_the_claims_panel_shows_the_measure_of_the_view_else_the_most_claimed(store: Store) -> None:
    assert texts(composed(store, size="A4", panels="claims"), "claims")[0] == "Claims: deaths"
    for measure in MEASURES:
        report = composed(store, view=View(chart=measure), size="A4", panels="claims")
        assert texts(report, "claims")[0] == f"Claims: {measure}"


def test_every_figure_is_on_the_axis_and_the_scale_is_named(store: Store) -> None:
    far = said(claim("A", 18, 18), claim("B", 12_000, 12_000, 2))
    words = " ".join(texts(composed(far, panels="claims"), "claims"))
    assert "Logarithmic scale." in words
    assert "12,000" in words
    near = said(claim("A", 18, 18), claim("B", 60, 60, 2))
    assert "The scale starts at zero." in " ".join(texts(composed(near, panels="claims"), "claims"))


def test_open_ends_ranges_and_fates_are_drawn_as_they_were_said_and_keyed() -> None:
    store = said(
        replace(claim("A", 500, None, 1), qualifier="over", claimant="radio"),
        replace(claim("B", 100, None, 2), qualifier="hundreds", claimant="witness"),
        replace(claim("C", 40, 90, 2), claimant="office"),
        replace(claim("D", 60, 60, 3), claimant="office"),
        replace(claim("E", 164, 164, 3, claimant="ministry"), status="retracted", status_on=date(2022, 1, 10)),
    )
    words = texts(composed(store, size="A4", panels="claims"), "claims")
    joined = " ".join(words)
    assert {"over 500", "hundreds", "40–90", "60", "164"} <= set(words)
    assert {"radio", "witness", "office", "ministry"} <= set(words)
    assert "open-ended" in joined
    assert "range from the lowest to the highest figure" in joined
    assert "superseded by a later figure" in joined
    assert "retracted on 10 January 2022" in joined


def test_a_chart_of_plain_figures_has_no_key_but_its_voices() -> None:
    words = texts(composed(said(claim("A", 18, 18)), size="A4", panels="claims"), "claims")
    assert not [w for w in words if re.search("open-ended|range|superseded|retracted|part of", w)]


def test_of_very_many_claims_the_newest_are_drawn_and_the_panel_says_so() -> None:
    many = said(*(claim(f"C{n}", n + 1, n + 1, n % 28 + 1) for n in range(600)))
    report = composed(many, size="A4", panels="claims")
    assert [w for w in texts(report, "claims") if re.fullmatch(r"The newest \d+ of 600 claims\.", w)]


def test_a_month_stands_apart_from_its_last_day_in_the_claims_panel() -> None:
    month = PartialDay(date(2022, 8, 31), date(2022, 8, 1))
    one, two = claim("A", 1, 1), claim("B", 2, 2)
    store = said(replace(one, said_on=month), replace(two, said_on=PartialDay(month.last, month.last)))
    words = texts(composed(store, size="A4", panels="claims"), "claims")
    assert {"31", "Aug", "2022"} <= set(words)


def test_the_table_has_every_event_on_the_map_or_says_how_many_more(store: Store) -> None:
    report = composed(store, size="A4", panels="table")
    words = texts(report, "table")
    assert {"Days", "Place", "Event", "Figures"} <= set(words)
    joined = " ".join(words)
    assert "Chkalovsky → Zhetygen" in joined
    assert "over 500 deaths" in joined
    many = composed(store_of(*(place(f"P{n}", 60 + n / 10, 45) for n in range(80))), size="A4", panels="table")
    listed = sum(text == "Event" for text in texts(many, "table")) - 1
    assert 3 <= listed < 80
    assert f"and {80 - listed} more" in texts(many, "table")


@settings(max_examples=8, deadline=None, derandomize=True)
@given(
    width=st.integers(75, 500),
    height=st.integers(75, 500),
    panels=st.lists(st.sampled_from([*PANELS]), min_size=1, unique=True),
    chart=st.sampled_from(("", *MEASURES)),
)
def test_panels_are_readable_on_a_page_of_any_size(
    store: Store, width: int, height: int, panels: list[str], chart: str
) -> None:
    report = composed(store, view=View(chart=chart), size=f"{width}x{height}mm", panels=",".join(panels))
    across, up = report.options.size.points
    boxes = [words.box for words in report.words]
    assert all(box[0] >= 0 and box[2] <= across and box[1] >= 0 and box[3] <= up for box in boxes)
    assert overlapping([words for words in report.words if words.role in {*PANELS, "panel", "note"}]) == []
    assert min(words.size for words in report.words) >= 6.5


def test_texts_of_ten_thousand_letters_and_hostile_ones_stay_in_their_panels() -> None:
    for text in ("x" * 10_000, "word " * 2_000, "a\u202eb\x00c</text><script>"):
        small = dataset_of(place(text, 76.9, 43.25), event_title=text)
        known = replace(claim("A", 5, 9), event_id="E0", source_id="S1", claimant=text, scope=text, population=text)
        report = composed(store_over(replace(small, claims=(known,))), size="A4", panels="timeline,claims,table")
        width, height = report.options.size.points
        assert all(w.box[0] >= 0 and w.box[2] <= width and w.box[1] >= 0 and w.box[3] <= height for w in report.words)
        assert overlapping(report.words) == []
        assert not [w.text for w in report.words if "\u202e" in w.text or "\x00" in w.text]
