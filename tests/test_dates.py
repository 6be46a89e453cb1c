"""Days are read strictly and said in words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.dates import PartialDay, parse_day, say_days


@given(st.dates())
def test_a_day_is_read_back_as_it_was_written(day: date) -> None:
    assert parse_day(day.isoformat()) == day
    assert str(PartialDay.parse(day.isoformat())) == day.isoformat()


@pytest.mark.parametrize(
    "text",
    [
        "2022-02-30",
        "2024-13-45",
        "2022-1-9",
        "20220109",
        "09/01/2022",
        "2022-01-09T00:00",
        "0000-01-01",
        "٢٠٢٢-٠١-٠٩",
        "",
    ],
)
def test_what_is_no_iso_day_is_refused_with_the_value_in_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date") as caught:
        parse_day(text)
    assert repr(text) in str(caught.value)


def test_a_month_runs_from_its_first_day_to_its_last() -> None:
    month = PartialDay.parse("2024-02")
    assert (month.first, month.last, str(month)) == (date(2024, 2, 1), date(2024, 2, 29), "2024-02")
    assert month.in_words() == "February 2024"


def test_a_month_comes_after_the_days_that_are_surely_before_its_end() -> None:
    texts = ["2022-09-01", "2022-08", "2022-08-30", "2022-07"]
    assert [str(day) for day in sorted(map(PartialDay.parse, texts))] == [
        "2022-07",
        "2022-08-30",
        "2022-08",
        "2022-09-01",
    ]


@pytest.mark.parametrize("text", ["2022-13", "2022-00", "0000-05", "2022", "2022-8"])
def test_what_is_neither_day_nor_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"expected YYYY-MM-DD, or YYYY-MM"):
        PartialDay.parse(text)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2022-01-09", "2022-01-09", "9 January 2022"),
        ("2022-01-06", "2022-01-09", "6–9 January 2022"),
        ("2022-01-01", "2022-01-31", "January 2022"),
        ("2022-01-06", "2022-02-01", "6 January – 1 February 2022"),
        ("2021-12-26", "2022-01-04", "26 December 2021 – 4 January 2022"),
    ],
)
def test_a_range_of_days_is_said_without_repeating_month_or_year(first: str, last: str, words: str) -> None:
    assert say_days(parse_day(first), parse_day(last)) == words
