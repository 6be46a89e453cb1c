"""Times of the day behind a day, which change nothing of it."""

from __future__ import annotations

import pytest

from tests.test_values_days import days


@pytest.mark.parametrize(
    "time",
    [
        *(
            " - 5 PM",
            " at 12pm",
            " @ 2 PM",
            " | 2:00pm - 4:00pm",
            ", 2pm to 4pm",
            " 2-4pm",
            ", noon",
            ", early morning",
        ),
        *(
            ", 17 Uhr",
            " - 17:00 Uhr",
            ", ab 18 Uhr",
            ", von 18 bis 20 Uhr",
            " à 18h",
            " a las 18:00 horas",
            ", в 18:00",
        ),
        *(" 14:30 hrs", " (evening)", " 18:00 - 20:00", ", 5 p.m. EST"),
    ],
)
@pytest.mark.parametrize("day", ["5 January 2022", "January 5, 2022", "05.01.2022", "2022-01-05"])
def test_a_time_behind_a_day_changes_nothing(day: str, time: str) -> None:
    assert days(f"{day}{time}") == "2022-01-05"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5-7 January 2022", "2022-01-05/2022-01-07"),
        ("January 5 - 7, 2022", "2022-01-05/2022-01-07"),
        ("5 января 2022 год", "2022-01-05"),
        ("05.01.2022 - 07.01.2022", "2022-01-05/2022-01-07"),
    ],
)
def test_what_is_no_time_is_left_to_the_day(text: str, expected: str) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sat Jun 06 2020 00:00:00 GMT+0200 (Central European Summer Time)", "2020-06-06"),
        ("night of 6-7 June 2020", "2020-06-06/2020-06-07"),
        ("on or about 6 June 2020", "2020-06-06"),
        ("Week of June 6, 2020", "2020-06-06/2020-06-12"),
        ("weekend of June 6, 2020", "2020-06-06/2020-06-07"),
        ("06 / 06 / 2020", "2020-06-06"),
        ("6 June, 2020.", "2020-06-06"),
        ("6.06.2020 r.", "2020-06-06"),
        ("6 June 2020 / 8 June 2020", "2020-06-06/2020-06-08"),
        ("Sunday-November 19-1995", "1995-11-19"),
        ("19-Nov-1995-Sunday", "1995-11-19"),
        ("Monday, 6 June 2020 -", "date-open"),
    ],
)
def test_words_and_marks_around_a_day_cost_no_row(text: str, expected: str) -> None:
    assert days(text, "day first") == expected
