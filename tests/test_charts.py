"""The charts under the map say what the record says: figures as said, their fates, days that are not sure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dashboard.charts.claims import MOST_CLAIMS
from dashboard.screen.claims import claims_figure
from dashboard.screen.timeline import timeline_figure
from geodata.dates import PartialDay
from geodata.filter import Filter
from geodata.language.language import ENGLISH
from geodata.record.model import MEASURES
from geodata.store.store import Store
from tests.figures import bundled
from tests.records import Dataset, store_over
from tests.test_tolls import claim

ARTICLE = Filter.parse(sources="article-2022-01-10")


def texts(figure: dict[str, Any]) -> list[str]:
    return [text for trace in figure["data"] for text in trace.get("text", ())]


@pytest.mark.parametrize("measure", MEASURES)
def test_every_measure_has_a_chart_of_its_claims(store: Store, measure: str) -> None:
    result = store.query(Filter())
    said = [c for c in result.claims if c.measure == measure]
    roots = [c for c in said if c.echo_of not in {other.claim_id for other in said}]
    assert len(texts(claims_figure(result.claims, measure, "light", ENGLISH))) == len(roots)


def test_a_retracted_figure_is_struck_through_from_its_day_on(store: Store) -> None:
    for day, shown in (("2022-01-09", "164"), ("2022-01-10", "<s>164</s>")):
        result = store.query(Filter.parse(as_of=day))
        assert shown in texts(claims_figure(result.claims, "deaths", "light", ENGLISH))


def test_an_echo_is_a_voice_of_the_mark_that_it_repeats(store: Store) -> None:
    figure = claims_figure(store.query(Filter()).claims, "attacks", "light", ENGLISH)
    (hover,) = [text for trace in figure["data"] for text in trace.get("hovertext", ())]
    assert "President Tokayev" in hover and "repeated by Igor Panarin" in hover


def test_an_open_top_is_a_dashed_bar_with_an_arrow_and_a_range_a_solid_one() -> None:
    figure = claims_figure([claim("A", 500, None), claim("B", 3, 9)], "deaths", "light", ENGLISH)
    bars = {t["y"][0]: t for t in figure["data"] if t["mode"] == "lines+markers"}
    assert bars[500]["line"]["dash"] != "solid" and "arrow-up" in bars[500]["marker"]["symbol"]
    assert bars[3]["line"]["dash"] == "solid" and bars[3]["y"] == [3, 9]


def test_a_voice_s_later_figures_are_joined_with_its_earlier_ones() -> None:
    said = [claim("A", 225, 225, 1, claimant="office"), claim("B", 230, 230, 3, claimant="office"), claim("C", 9, 9, 2)]
    lines = [t for t in claims_figure(said, "deaths", "light", ENGLISH)["data"] if t["mode"] == "lines"]
    assert [line["y"] for line in lines] == [[225, 230]]


def test_a_month_is_named_as_a_month_and_stands_apart_from_its_last_day() -> None:
    month = PartialDay(date(2022, 8, 31), date(2022, 8, 1))
    said = [replace(claim("A", 1, 1), said_on=month), replace(claim("B", 2, 2), said_on=PartialDay(*[month.last] * 2))]
    axis = claims_figure(said, "deaths", "light", ENGLISH)["layout"]["xaxis"]
    assert axis["ticktext"] == ["Aug<br>2022", "31 Aug"]


def test_markup_in_the_data_stays_text() -> None:
    said = [claim("A", 1, 1, claimant="<a href='https://evil.example'>x</a>", scope="<b>y</b>")]
    said_text = repr(claims_figure(said, "deaths", "light", ENGLISH))
    assert "<a href" not in said_text and "<b>y" not in said_text and "&lt;b&gt;y" in said_text


def test_of_very_many_claims_the_newest_are_drawn_and_the_chart_says_so() -> None:
    said = [claim(f"C{n}", n + 1, n + 1, n % 28 + 1) for n in range(3_000)]
    figure = claims_figure(said, "deaths", "light", ENGLISH)
    assert len(texts(figure)) == MOST_CLAIMS
    assert "The newest 200 of 3,000 claims" in [note["text"] for note in figure["layout"]["annotations"]]


def test_a_chart_without_claims_says_so() -> None:
    (note,) = claims_figure([], "flights", "dark", ENGLISH)["layout"]["annotations"]
    assert note["text"] == "Nobody has given a figure for flights in this choice."


def test_spans_are_solid_where_the_days_are_known_and_dashed_where_not(store: Store) -> None:
    figure = timeline_figure(store.query(ARTICLE), store.span, "light", ENGLISH)
    spans = {t["customdata"][0]["event"]: t for t in figure["data"] if t["type"] == "scatter"}
    assert spans["E10"]["line"]["dash"] == "solid" and spans["E10"]["x"] == ["2022-01-09", "2022-01-10"]
    assert spans["E4"]["line"]["dash"] != "solid" and spans["E4"]["x"] == ["2022-01-02", "2022-01-11"]


def test_an_empty_data_set_has_a_timeline() -> None:
    empty = store_over(Dataset("x", "x", (), (), (), ()))
    assert timeline_figure(empty.query(Filter()), empty.span, "light", ENGLISH)["data"]


def test_the_last_day_of_the_calendar_has_a_bin_and_a_span(store: Store) -> None:
    last = replace(bundled().events[0], date_start=date(2022, 1, 6), date_end=date.max, sites=())
    forever = store_over(replace(bundled(), events=(last,), claims=()))
    figure = timeline_figure(forever.query(Filter()), forever.span, "light", ENGLISH)
    assert figure["data"][-1]["x"] == ["2022-01-06", "9999-12-31"]
    assert sum(figure["data"][0]["y"]) > 1_000
