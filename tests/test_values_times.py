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
