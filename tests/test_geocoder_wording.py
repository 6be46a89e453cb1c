"""Names with something around them that is no part of them, or without a word that is. See `test_geocoder_context`."""

from __future__ import annotations

import pytest

from tests.test_geocoder_context import settled


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("iowa, iowa", "Iowa City"),
        ("Kansas, Missouri", "Kansas City"),
        ("jersey, new jersey", "Jersey City"),
        ("Johnson, Iowa", "Johnson County"),
        ("Orange, California", "Orange"),
    ],
)
def test_city_may_be_left_out_of_a_name_in_a_region(name: str, place: str) -> None:
    assert settled(name).name == place


def test_the_district_of_a_region_in_a_group_is_not_the_whole_group() -> None:
    assert settled("Gaza district", "PS").id != settled("Gaza Strip", "PS").id


def test_a_joiner_stands_for_a_blank() -> None:
    assert settled("خمینی\u200cشهر", "IR").id == settled("خمینی شهر", "IR").id


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("SW Baghdad", "Baghdad"),
        ("Mosul Dam, Iraq", "Mosul"),
        ("Ashkelon Southern Industrial Zone", "Ashkelon"),
        ("Unknown, Helmand", "Helmand"),
        ("9 N Front St, Harrisburg (Steelton), Pennsylvania", "Harrisburg"),
        ("Moshav Netivot, Israel", "Netivot"),
        ("Nablus, Israel", "Nablus"),
    ],
)
def test_what_stands_around_a_name_leaves_its_place(name: str, place: str) -> None:
    assert settled(name).name == place


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("S. Sudan", "South Sudan"),
        ("S. Korea", "South Korea"),
        ("W. Bank", "West Bank"),
        ("N. Kivu", "North Kivu"),
        ("N Platte, Nebraska", "North Platte"),
    ],
)
def test_a_letter_stands_for_a_point_of_the_compass(name: str, place: str) -> None:
    assert settled(name).name == place
