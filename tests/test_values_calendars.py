"""Days of other calendars: read where a column says which one it has, asked where it does not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.importers.values.answer import Answers
from geodata.importers.values.days import Span, read_days
from geodata.importers.values.words.calendars import PERSIAN, in_gregorian
from tests.proposed import columns_of, proposed

TODAY = date(2026, 1, 1)


def read(*texts: str, calendar: str = "") -> Answers[Span]:
    return read_days(texts, calendar=calendar, today=TODAY)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("14/02/2565", "2022-02-14", "2022-02-14"),
        ("2565-02", "2022-02-01", "2022-02-28"),
        ("14 กุมภาพันธ์ 2565", "2022-02-14", "2022-02-14"),
        ("2 مهر 1401", "2022-09-24", "2022-09-24"),
        ("۱۴۰۱/۰۷/۰۲", "2022-09-24", "2022-09-24"),
        ("30 Esfand 1399", "2021-03-20", "2021-03-20"),
        ("Bahman 1357", "1979-01-21", "1979-02-19"),
        ("١٤٤٣-٠٩-١٥", "2022-04-15", "2022-04-17"),
        ("15 Ramadan 1443", "2022-04-15", "2022-04-17"),
        ("令和5年1月5日", "2023-01-05", "2023-01-05"),
        ("平成元年", "1989-01-01", "1989-12-31"),
    ],
)
def test_a_day_of_another_calendar_is_read_and_told(text: str, first: str, last: str) -> None:
    answers = read(text)
    found = answers.found[0]
    assert found
    assert (str(found.first), str(found.last)) == (first, last)
    assert repr(text) in answers.repairs[0]


def test_years_of_1300_to_1500_in_plain_figures_are_asked_for_and_read_as_answered() -> None:
    texts = ("1401-07-02", "1401-08-12")
    question = read(*texts).question
    assert question
    assert [key for key, _ in question.choices] == ["persian", "islamic", "gregorian"]
    spans = {calendar: read(*texts, calendar=calendar).found[0] for calendar, _ in question.choices}
    assert {key: span and str(span.first) for key, span in spans.items()} == {
        "persian": "2022-09-24",
        "islamic": "1981-05-05",
        "gregorian": "1401-07-02",
    }


def test_a_year_of_another_calendar_among_ours_is_refused() -> None:
    answers = read("1402-10-15", "14/10/2563", *(f"2022-01-{day:02}" for day in range(1, 9)))
    assert {refusal.rule for refusal in answers.refusals.values()} == {"date-calendar"}


def test_a_day_that_its_calendar_has_not_is_refused() -> None:
    assert list(read("30 Esfand 1400", "1 Tir 1401").refusals) == [0]
    assert list(read("30 Ramadan 1443", "30 Ramadan 1444", "1 Rajab 1320").refusals) == [1, 2]


@given(st.dates(date(1925, 3, 22), date(2100, 1, 1)))
def test_each_day_of_the_persian_calendar_is_the_next_one(day: date) -> None:
    year = day.year - 621
    days = [f"{y}/{m}/{d}" for y in (year - 1, year) for m in range(1, 13) for d in range(1, 32)]
    known = [found for each in days if (found := in_gregorian(each, PERSIAN))]
    assert known == [str(date.fromisoformat(known[0]) + timedelta(number)) for number in range(len(known))]
    assert str(day) in known


def test_of_two_calendars_the_days_of_ours_are_taken() -> None:
    text = "date_jalali,date_gregorian,title\n1401-07-02,2022-09-24,March\n1401-07-09,2022-10-01,Rally"
    assert columns_of(proposed(text))["date_start"] == "date_gregorian"


@pytest.mark.parametrize("heading", ["Date (E.C.)", "Date (B.S.)", "Ethiopian date"])
def test_days_of_a_calendar_that_is_not_read_are_no_days_of_ours(heading: str) -> None:
    assert "date_start" not in columns_of(proposed(f"{heading},title\n2014-03-12,March\n2014-04-12,Rally"))
