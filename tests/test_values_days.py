"""Days as people write them: what has one meaning is read, what names no day is refused by name."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from geodata.importers.values.answer import Answers
from geodata.importers.values.days import Span, read_days
from geodata.importers.values.words.dates import months
from geodata.importers.values.words.folding import folded
from geodata.language.language import CODES

TODAY = date(2026, 1, 1)
DAYS = st.dates(date(1900, 1, 1), date(2099, 12, 31))


def read(*texts: str, order: str = "", has_epoch: bool = False) -> Answers[Span]:
    return read_days(texts, order=order, has_epoch=has_epoch, today=TODAY)


def days(text: str, order: str = "") -> str:
    """The first and last day of one text; the rule that it breaks; "nothing"."""
    answers = read(text, order=order)
    span = answers.found[0]
    if span:
        return str(span.first) if span.first == span.last else f"{span.first}/{span.last}"
    return answers.refusals[0].rule if answers.refusals else "nothing"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # numbers
        ("2022-01-05", "2022-01-05"),
        ("2022-1-5", "2022-01-05"),
        ("2022/01/05", "2022-01-05"),
        ("2022.01.05", "2022-01-05"),
        ("20220105", "2022-01-05"),
        ("25012022", "2022-01-25"),
        ("20112011", "2011-11-20"),
        ("05.01.2022", "2022-01-05"),
        ("5. 1. 2022", "2022-01-05"),
        ("31/12/2022", "2022-12-31"),
        ("12/31/2022", "2022-12-31"),
        ("05/05/2022", "2022-05-05"),
        ("٢٠٢٢-٠١-٠٥", "2022-01-05"),
        ("۲۰۲۲/۰۱/۰۵", "2022-01-05"),
        ("2022年1月5日", "2022-01-05"),
        ("'2022-01-05", "2022-01-05"),
        # counted from 1970
        ("1641340800", "2022-01-05"),
        ("1641340800000", "2022-01-05"),
        ("701390400", "1992-03-23"),
        # the group of day and time
        ("051430ZJAN22", "2022-01-05"),
        ("05 1430Z JAN 22", "2022-01-05"),
        ("051430 Jan 2022", "2022-01-05"),
        # months in words
        ("5 January 2022", "2022-01-05"),
        ("Jan 5, 2022", "2022-01-05"),
        ("January 5th, 2022", "2022-01-05"),
        ("5th of January 2022", "2022-01-05"),
        ("5-Jan-2022", "2022-01-05"),
        ("05Jan2022", "2022-01-05"),
        ("Wed, 5 Jan 2022", "2022-01-05"),
        ("mercredi 5 janvier 2022", "2022-01-05"),
        ("1er février 2022", "2022-02-01"),
        ("5. März 2022", "2022-03-05"),
        ("5 de enero de 2022", "2022-01-05"),
        ("5 янв. 2022", "2022-01-05"),
        ("5 января 2022 г.", "2022-01-05"),
        ("5 січня 2022 року", "2022-01-05"),
        ("2022 жылғы 5 қаңтар", "2022-01-05"),
        ("٥ يناير ٢٠٢٢", "2022-01-05"),
        ("5 كانون الثاني 2022", "2022-01-05"),
        ("5 كانون الثاني/يناير 2022", "2022-01-05"),
        ("5 جانفي 2022", "2022-01-05"),
        # months, years, quarters, weeks
        ("2022-01", "2022-01-01/2022-01-31"),
        ("01/2022", "2022-01-01/2022-01-31"),
        ("January 2022", "2022-01-01/2022-01-31"),
        ("в январе 2022", "2022-01-01/2022-01-31"),
        ("Jan-22", "2022-01-01/2022-01-31"),
        ("2022", "2022-01-01/2022-12-31"),
        ("2022-Q1", "2022-01-01/2022-03-31"),
        ("20/04/2022 - 19h05", "2022-04-20"),
        ("EOW: Monday, January 3, 1791", "1791-01-03"),
        ("1920s", "1920-01-01/1929-12-31"),
        ("the 1920's", "1920-01-01/1929-12-31"),
        ("1920er Jahre", "1920-01-01/1929-12-31"),
        ("Années 1920", "1920-01-01/1929-12-31"),
        ("1920-е годы", "1920-01-01/1929-12-31"),
        ("late 1990s", "1997-01-01/1999-12-31"),
        ("1779", "1779-01-01/1779-12-31"),
        ("02-Mar-1783", "1783-03-02"),
        ("Reported 22-Sep-1986", "1986-09-22"),
        ("2022-W05", "2022-01-31/2022-02-06"),
        ("1970-07-00", "1970-07-01/1970-07-31"),
        ("1970-00-00", "1970-01-01/1970-12-31"),
        # ranges
        ("5-7 January 2022", "2022-01-05/2022-01-07"),
        ("January 5–7, 2022", "2022-01-05/2022-01-07"),
        ("27/28 septembre 2025", "2025-09-27/2025-09-28"),
        ("5 Jan - 7 Feb 2022", "2022-01-05/2022-02-07"),
        ("January 30 - February 2, 2022", "2022-01-30/2022-02-02"),
        ("2022-01-05/2022-01-07", "2022-01-05/2022-01-07"),
        ("05.-07.01.2022", "2022-01-05/2022-01-07"),
        ("vom 5. bis 7. Januar 2022", "2022-01-05/2022-01-07"),
        ("du 5 au 7 janvier 2022", "2022-01-05/2022-01-07"),
        ("del 5 al 7 de enero de 2022", "2022-01-05/2022-01-07"),
        ("с 5 по 7 января 2022", "2022-01-05/2022-01-07"),
        ("May/June 2022", "2022-05-01/2022-06-30"),
        ("Week 3 2023", "2023-01-16/2023-01-22"),
        ("KW 3/2023", "2023-01-16/2023-01-22"),
        ("2023 week 3", "2023-01-16/2023-01-22"),
        ("4. Quartal 2023", "2023-10-01/2023-12-31"),
        ("T1 2023", "2023-01-01/2023-03-31"),
        ("11 March 2023 → 13 March 2023", "2023-03-11/2023-03-13"),
        ("05.01.2023.", "2023-01-05"),
        # parts
        ("early May 2022", "2022-05-01/2022-05-10"),
        ("mid-May 2022", "2022-05-11/2022-05-20"),
        ("late February 2024", "2024-02-21/2024-02-29"),
        ("début mai 2022", "2022-05-01/2022-05-10"),
        ("mi-mai 2022", "2022-05-11/2022-05-20"),
        ("fin mai 2022", "2022-05-21/2022-05-31"),
        ("Anfang Mai 2022", "2022-05-01/2022-05-10"),
        ("Mitte Mai 2022", "2022-05-11/2022-05-20"),
        ("Ende Mai 2022", "2022-05-21/2022-05-31"),
        ("начало мая 2022", "2022-05-01/2022-05-10"),
        ("середина мая 2022", "2022-05-11/2022-05-20"),
        ("конец мая 2022", "2022-05-21/2022-05-31"),
        ("mid-2022", "2022-05-01/2022-08-31"),
        ("summer 2022", "2022-06-01/2022-08-31"),
        ("winter 2021/22", "2021-12-01/2022-02-28"),
        # nothing
        ("", "nothing"),
        ("  ", "nothing"),
        ("unknown", "nothing"),
        ("n/a", "nothing"),
        ("0000-00-00", "nothing"),
    ],
)
def test_a_date_with_one_meaning_is_read(text: str, expected: str) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    ("text", "rule", "words"),
    [
        ("2024-13-45", "date", "no month 13"),
        ("2024-02-30", "date", "February 2024 has no day 30"),
        ("31/04/2024", "date", "April 2024 has no day 31"),
        ("24", "date-no-year", "no year"),
        ("5 January", "date-no-year", "no year"),
        ("May 22", "date-no-year", "no year"),
        ("22-01-05", "date", "2022-01-05"),
        ("soon", "date", "expected a date such as"),
        ("winter 2022", "date", "winter 2021/22"),
        ("2022010514", "date", "expected a date such as"),
        ("2022-01-05 25:00", "date", "no time 25:00"),
        ("2022-W60", "date", "no week 60"),
        ("44927 or so", "date", "expected a date such as"),
        ("7-5 May 2022", "date-range", "2022-05-07 to 2022-05-05"),
        ("before 5 May 2022", "date-open", "only one end"),
        ("since 5 May 2022", "date-open", "only a first day"),
        ("до 5 мая 2022", "date-open", "only one end"),
        ("2 May 2022 - present", "date-open", "only one end"),
        ("0025-09-12", "date-year", "2025 may be meant"),
        ("15 Ramadan 2022", "date-calendar", "another calendar"),
        ("9999-12-31", "date-year", "expected 1500 to 2100"),
        ("262000-01-01", "date", "expected a date such as"),
    ],
)
def test_what_is_no_day_is_refused_by_name(text: str, rule: str, words: str) -> None:
    answers = read(text)
    assert answers.found == [None]
    assert answers.refusals[0].rule == rule
    assert repr(text) in answers.refusals[0].message
    assert words in answers.refusals[0].message
    assert answers.refusals[0].message.endswith(".")


@pytest.mark.parametrize(
    ("text", "stamp"),
    [
        ("2022-01-05T14:03:22.000+06:00", True),
        ("2022-01-05T23:30:00Z", True),
        ("2022-01-05 00:00:00", False),
        ("2022-01-05 00:00:00.000", False),
        ("2022-01-05T00:00:00Z", True),
        ("13/1/2022 14:30", True),
        ("5 Jan 2022, 2:30 pm", True),
        ("5 Jan 2022 at 14:30", True),
        ("Wed, 05 Jan 2022 14:03:22 +0600", True),
        ("20220105143000", True),
    ],
)
def test_the_day_of_a_time_stamp_is_the_local_day_and_the_stamp_is_kept(text: str, stamp: bool) -> None:
    (span,) = read(text).found
    assert span
    assert span.first == span.last
    assert str(span.first) in {"2022-01-05", "2022-01-13"}
    assert span.stamp == (text if stamp else "")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("05.01.22", "the year 22 is taken as 2022"),
        ("5-Jan-99", "the year 99 is taken as 1999"),
        ("Jan-22", "read as January 2022"),
        ("2022-01-05?", "written as uncertain"),
        ("c. 5 May 2022", "written as uncertain"),
        ("late May 2022", "the days 21 to the last"),
        ("summer 2022", "the northern summer"),
        ("1970-07-00", "a 0 is no day"),
        ("n/a", "counts as empty"),
    ],
)
def test_what_is_read_otherwise_than_it_stands_is_a_repair(text: str, words: str) -> None:
    assert words in read(text).repairs[0]


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (("31-12-19", "05-01-20"), ["2019-12-31", "2020-01-05"]),
        (("05-01-22", "06-01-22", "17-01-22 10:30"), ["2022-01-05", "2022-01-06", "2022-01-17"]),
        (("1-2-20", "31-1-20"), ["2020-02-01", "2020-01-31"]),
        # The year may come first, and a day alone does not say.
        (("19-12-31", "20-01-05"), ["", ""]),
        (("22-01-05", "22-01-06", "22-01-17"), ["", "", ""]),
        (("05-01-22",), [""]),
    ],
)
def test_the_last_of_three_short_numbers_with_hyphens_is_the_year_where_it_can_only_be_that(
    texts: tuple[str, ...], found: list[str]
) -> None:
    answers = read_days(texts, today=date(2026, 11, 30))
    assert [str(span.first) if span else "" for span in answers.found] == found
    assert all("-" in words for words in answers.repairs.values())


def test_a_year_of_two_digits_lies_at_most_two_years_ahead() -> None:
    assert [days(f"05.01.{year}") for year in ("28", "29", "00")] == ["2028-01-05", "1929-01-05", "2000-01-05"]


def test_no_name_of_a_month_has_two_meanings() -> None:
    assert {months()[folded(name).rstrip(".")] for name in ("Mai", "mayo", "мая", "мамыр", "أيار", "ماي")} == {"5"}
    for language in CODES:
        for number in range(1, 13):
            for pattern in ("MMMM", "MMM", "LLLL", "LLL"):
                name = folded(format_date(date(2022, number, 1), pattern, language)).rstrip(".")
                assert months()[name] == str(number)


NUMERIC = ("%Y-%m-%d", "%Y/%m/%d", "%Y%m%d", "%d.%m.%Y", "%Y-%m-%dT10:00:00Z", "%d %B %Y", "%B %d, %Y", "%b %d, %Y")


@given(DAYS, st.sampled_from(NUMERIC))
def test_each_day_reads_back_from_each_notation(day: date, notation: str) -> None:
    assert days(day.strftime(notation)) == str(day)


@given(DAYS, st.sampled_from(CODES), st.sampled_from(["long", "full", "d MMM y"]))
def test_each_day_reads_back_from_each_language(day: date, language: str, style: str) -> None:
    assert days(format_date(day, style, language)) == str(day)


@given(DAYS, st.sampled_from([("day first", "%d/%m/%Y"), ("month first", "%m/%d/%Y"), ("day first", "%d-%m-%Y %H:%M")]))
def test_each_day_reads_back_with_the_order_that_was_answered(day: date, answer: tuple[str, str]) -> None:
    assert days(day.strftime(answer[1]), answer[0]) == str(day)


@given(DAYS, st.integers(1, 400))
def test_each_range_reads_back(first: date, length: int) -> None:
    last = first + timedelta(length)
    for notation in ("%Y-%m-%d", "%d.%m.%Y", "%d %B %Y"):
        for between in (" - ", " to ", "–", "/"):
            assert days(first.strftime(notation) + between + last.strftime(notation)) == f"{first}/{last}"


@given(st.integers(1900, 2099), st.integers(1, 12), st.sampled_from(CODES))
def test_each_month_reads_back_from_each_language(year: int, month: int, language: str) -> None:
    last = calendar.monthrange(year, month)[1]
    text = format_date(date(year, month, 1), "LLLL y", language)
    assert days(text) == f"{year}-{month:02}-01/{year}-{month:02}-{last}"


@given(st.text(max_size=40))
def test_any_text_is_read_refused_or_empty(text: str) -> None:
    answers = read(text, order="day first")
    is_empty = not folded(text) or 0 in answers.repairs
    assert (answers.found[0] is not None) + (0 in answers.refusals) == 1 or is_empty


@given(st.text("0123456789-/. :TZ'?janFebмаяto", max_size=24))
def test_any_text_of_the_letters_of_dates_gives_days_in_order_or_none(text: str) -> None:
    for span in read(text, order="month first").found:
        assert span is None or (span.first <= span.last and span.first.year >= 1800)


@pytest.mark.parametrize("text", ["1-" * 100_000, "5 May " * 100_000, "a few " * 100_000])
def test_a_very_long_text_is_refused_without_being_taken_apart(text: str) -> None:
    assert days(text) == "date"
