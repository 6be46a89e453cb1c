"""Which of day and month comes first, and whether bare numbers are days, is decided for a whole column or asked."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from geodata.importers.values.days import Span, read_days
from tests.test_values_days import days, read


def test_a_date_with_one_meaning_decides_for_the_column() -> None:
    answers = read("05/01/2022", "03-04-2022", "13/04/2022")
    assert [span and span.first.isoformat() for span in answers.found] == ["2022-01-05", "2022-04-03", "2022-04-13"]
    assert answers.told == ("Dates have the day first, as '13/04/2022' shows.",)
    answers = read("05/01/2022", "04/13/2022")
    assert [span and span.first.isoformat() for span in answers.found] == ["2022-05-01", "2022-04-13"]
    assert answers.told == ("Dates have the month first, as '04/13/2022' shows.",)


def test_the_second_day_of_a_range_decides_too() -> None:
    assert days("05/01/2022 - 20/01/2022") == "2022-01-05/2022-01-20"


def test_a_day_of_0_does_not_say_whether_the_day_or_the_month_comes_first() -> None:
    answers = read("10/0/2014", "13/04/2014", "05/06/2014")
    assert [span and span.first.isoformat() for span in answers.found] == [None, "2014-04-13", "2014-06-05"]
    assert not answers.question
    assert answers.refusals[0].message == "'10/0/2014' is no date with the day first (it can only be October 2014)."
    question = read("10/0/2014", "05/06/2014").question
    assert question and question.words.endswith("No date of the column decides it.")


def test_days_of_0_are_months_and_years_where_no_other_date_says_the_order() -> None:
    answers = read("10/0/2014", "0/0/2013", "2013-05-06")
    assert answers.found[:2] == [
        Span(date(2014, 10, 1), date(2014, 10, 31)),
        Span(date(2013, 1, 1), date(2013, 12, 31)),
    ]
    assert not answers.question and not answers.told


def test_the_hour_0_and_a_zone_leave_a_date_its_order() -> None:
    for text in ("04/13/2014 00:00", "04/13/14 00:00", "04/13/2014T10:00-05:00", "04/13/2014 0:30"):
        assert read(text).told[0].startswith("Dates have the month first"), text


def test_a_column_that_does_not_decide_is_one_question() -> None:
    answers = read("03/04/2022", "05/01/2022", "06/06/2022", "2022-01-05")
    assert [span is None for span in answers.found] == [True, True, False, False]
    assert not answers.refusals
    question = answers.question
    assert question
    assert question.key == "dates"
    assert question.words == (
        "Which comes first in '03/04/2022', the day or the month? No date of the column decides it; 1 more are like it."
    )
    assert question.choices == (
        ("day first", "the day first: '03/04/2022' is 3 April 2022"),
        ("month first", "the month first: '03/04/2022' is 4 March 2022"),
    )


def test_an_answer_settles_the_question() -> None:
    assert days("03/04/2022", "day first") == "2022-04-03"
    assert days("03/04/2022", "month first") == "2022-03-04"
    assert read("03/04/2022", order="day first").told == ("Dates have the day first, as was answered.",)


def test_a_column_that_contradicts_itself_says_so_and_an_answer_rejects_the_other_order() -> None:
    column = ("31/12/2022", "12/31/2022", "05/01/2022")
    answers = read(*column)
    assert answers.question
    assert "contradicts itself: '31/12/2022' can only have the day first, '12/31/2022' only the month" in (
        answers.question.words
    )
    assert answers.found[2] is None
    answers = read(*column, order="day first")
    assert answers.question is None
    assert [span and span.first.isoformat() for span in answers.found] == ["2022-12-31", None, "2022-01-05"]
    assert {i: refusal.rule for i, refusal in answers.refusals.items()} == {1: "date-order"}


def test_a_column_in_which_each_date_has_one_meaning_asks_nothing() -> None:
    answers = read("31/12/2022", "12/31/2022")
    assert answers.question is None
    assert answers.found[0] == answers.found[1]
    assert answers.told == ("Some dates have the day first ('31/12/2022') and some the month ('12/31/2022').",)


def test_dots_have_the_day_first_whatever_the_others_have() -> None:
    answers = read("05.01.2022", "12/31/2022", "05/01/2022")
    assert [span and span.first.isoformat() for span in answers.found] == ["2022-01-05", "2022-12-31", "2022-05-01"]
    assert "Dates with dots have the day first, as in '05.01.2022'." in answers.told


def test_bare_numbers_are_days_where_the_whole_column_counts_them_or_the_file_is_a_workbook() -> None:
    answers = read("44927", "44928.5", "")
    assert answers.found == [
        Span(date(2023, 1, 1), date(2023, 1, 1)),
        Span(date(2023, 1, 2), date(2023, 1, 2), "44928.5"),
        None,
    ]
    assert answers.told == ("Bare numbers are days as Excel counts them from 1900: '44927' is 1 January 2023.",)
    assert read("44927", "2022-01-05").refusals[0].rule == "date-serial"
    assert read("44927", "2022-01-05", has_epoch=True).found[0] == Span(date(2023, 1, 1), date(2023, 1, 1))


def test_a_long_number_that_counts_from_1970_is_the_day_of_utc_and_that_is_told_once() -> None:
    answers = read("1641427199", "1641427200000", "2022-01-05")
    assert [span and str(span.first) for span in answers.found] == ["2022-01-05", "2022-01-06", "2022-01-05"]
    said = "Long numbers count from 1970, and their day is that of UTC: '1641427199' is 5 January 2022."
    assert (answers.told, answers.repairs) == ((said,), {})


def test_the_dates_of_an_old_export_are_settled_by_one_of_them() -> None:
    assert [span and str(span.first) for span in read("18/04/2001", "03/05/2001").found] == ["2001-04-18", "2001-05-03"]


@given(st.permutations(["03/04/2022", "05/01/2022", "13/04/2022", "x", "05.01.2022", "late May 2022", "44927"]))
def test_the_order_of_the_texts_does_not_matter(texts: list[str]) -> None:
    one, other = read(*texts), read(*sorted(texts))
    assert dict(zip(texts, one.found, strict=True)) == dict(zip(sorted(texts), other.found, strict=True))
    assert (one.told, one.question) == (other.told, other.question)
    assert one == read(*texts)


def test_years_of_two_digits_are_told_with_their_century() -> None:
    answers = read_days(["5.1.22", "3.2.99"], today=date(2026, 6, 1))
    assert answers.told[0] == "Years of two digits: '3.2.99' is of 1999, and '5.1.22' is of 2022."
    assert answers.question is None


def test_years_of_two_digits_among_days_of_the_1900s_are_asked() -> None:
    texts = ["3.2.1919", "5.1.22", "7.8.31"]
    asked = read_days(texts, today=date(2026, 6, 1)).question
    assert asked is not None
    assert asked.key == "century"
    assert asked.words.startswith("Is '5.1.22' of 1922 or of 2022? The other days are of 1919 to 1931;")
    answered = read_days(texts, century="1900s", today=date(2026, 6, 1))
    assert answered.question is None
    assert [span.first.year for span in answered.found if span] == [1919, 1922, 1931]
    kept = read_days(texts, century="up to now", today=date(2026, 6, 1))
    assert kept.question is None
    assert [span.first.year for span in kept.found if span] == [1919, 2022, 1931]


def test_years_of_two_digits_beside_days_of_this_century_are_no_question() -> None:
    assert read_days(["3.2.1998", "5.1.22", "7.8.2021"], today=date(2026, 6, 1)).question is None


def test_milliseconds_of_the_1970s_are_days_and_minutes_without_marks_are_not_taken_for_them() -> None:
    answers = read_days(["210388011800", "1641340800000", "202201051430"])
    assert [span and span.first for span in answers.found] == [date(1976, 9, 1), date(2022, 1, 5), None]
    assert list(answers.refusals) == [2]


def test_a_column_with_years_of_the_1500s_to_1700s_has_those_before_too() -> None:
    old = ["1352", "8 September 1380", "1480", "July 17, 1594", "1602", "1671", "1683", "1708"]
    assert [span and span.first.year for span in read(*old).found] == [
        1352, 1380, 1480, 1594, 1602, 1671, 1683, 1708
    ]  # fmt: skip
    assert {refusal.rule for refusal in read("1402", "1403", "2022").refusals.values()} == {"date-calendar"}


def test_the_first_of_january_1900_far_from_all_other_days_is_none() -> None:
    answers = read("1900-01-01", "2013-05-04", "2015-06-07")
    assert answers.found[0] is None
    assert answers.repairs[0].startswith("'1900-01-01' is what programs write for no day")
    assert all(read("1900-01-01", "1908-05-04", "2015-06-07").found)


def test_days_without_a_year_are_of_the_only_one_of_the_others() -> None:
    others = [f"{day}/10/2014" for day in range(20, 26)]
    answers = read(*others, "9-Oct", "Sept. 3")
    assert [str(span and span.first) for span in answers.found[-2:]] == ["2014-10-09", "2014-09-03"]
    assert answers.repairs[6] == "'9-Oct' is read as 9 October 2014, as all other days are of 2014."
    assert read(*others, "1/1/2015", "9-Oct").refusals[7].rule == "date-no-year"
    assert read(*others[:3], "9-Oct").found[-1] is None
