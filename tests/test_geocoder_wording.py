"""Names with something around them that is no part of them, or without a word that is. See `test_geocoder_context`."""

from __future__ import annotations

import pytest

from tests.test_geocoder_context import asked, settled


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


@pytest.mark.parametrize(
    "name", ["Foo, Mexico", "Foo District, Mozambique", "Xyzzy del Foo, Paraguay", "Khan Tuman, Syria"]
)
def test_an_unknown_place_of_a_country_is_not_by_the_city_of_its_name(name: str) -> None:
    assert not asked(name).candidates


@pytest.mark.parametrize(
    ("name", "country", "place"),
    [
        ("Calle Reforma 5, Mexico", "", "Mexico City"),
        ("Outer harbor, Hong Kong", "", "Hong Kong"),
        ("Praça Pio X, s/n - Centro, Rio de Janeiro, Rio de Janeiro region", "BR", "Rio de Janeiro"),
        ("Ecke Lange Straße/Bäckerstraße, Lünen (Rundweg)", "", "Lünen"),
        ("Iraqi Kurdistan, Iraq", "", "Kurdistan Region"),
        ("Bani Al-Harith, Capital", "YE", "Bani Al Harith"),
        ("Hawija, Iraq", "", "Al Ḩawījah"),
        ("Abasan al-Kabira", "PS", "‘Abasān al Kabīrah"),
    ],
)
def test_names_are_read_as_they_are_meant(name: str, country: str, place: str) -> None:
    assert settled(name, country).name == place


def test_the_province_of_a_district_may_stand_in_brackets() -> None:
    assert settled("Khogyani District (Ghazni), Afghanistan").region == "Ghazni"


def test_a_place_in_one_that_is_not_known_is_not_sure() -> None:
    found = asked("tent, Al Zawaida (Central Camps)").candidates
    assert all(each.score < 0.8 for each in found)
