"""The order in which names stand, abbreviations, and which of several kinds of places is meant."""

from __future__ import annotations

import pytest

from geodata.places.geocoder import GeocodeResult, geocode


def _asked(name: str, country: str = "") -> GeocodeResult:
    return geocode(name, country=country or None)


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Iraq, Mosul", "Mosul"),
        ("Kharkiv region, Chuhuiv", "Chuhuyiv"),
        ("Syria, Aleppo, Azaz", "I‘zāz"),
        ("Воронежская область, Новохоперский район", "Novokhopërskiy Rayon"),
        ("Queensland, Australia", "Queensland"),
        ("Richmond, VA, Richmond", "Richmond"),
        ("Baghdad, Baghdad (1), Baghdad", "Baghdad"),
        ("Baquba, Ba'aqubah (1), Diyala", "Baqubah"),
        ("Lansing, MI", "Lansing"),  # and "Mi" is a name of the United States in some language
        ("Middletown, OH", "Middletown"),  # which Athens was called once
        ("Oudalan, Sahel", "Oudalan"),
    ],
)
def test_a_place_is_found_behind_what_it_lies_in_too(name: str, place: str) -> None:
    found = _asked(name)
    assert (found.candidates[0].name, found.ambiguous, found.is_told) == (place, False, True)


@pytest.mark.parametrize("name", ["Main Street (JVA)", "Lange Straße 1 (ARGE)"])
def test_an_abbreviation_behind_a_street_is_no_village_somewhere(name: str) -> None:
    assert _asked(name).candidates == ()


def test_an_airfield_that_serves_a_district_is_not_the_district() -> None:
    assert _asked("Talamanca", "CR").candidates[0].feature == "district"
    assert _asked("Limón, Talamanca", "CR").candidates[0].feature == "district"


def test_a_place_whose_region_is_in_no_group_is_in_none() -> None:
    # In Burkina Faso, within the radius of the region next to its own.
    assert _asked("Komsilga, Centre-Nord", "BF").candidates == ()
    assert _asked("Komsilga", "BF").candidates[0].region == "Kadiogo"


@pytest.mark.parametrize(
    ("name", "city"),
    [
        ("City Hall, Worcester, MA", "Worcester"),
        ("Central Park, New York, NY", "New York"),  # as Bethpage was called once
        ("Grant Park, Chicago, IL", "Chicago"),  # a village an hour's drive away
        ("Lincoln Park, Chicago, IL", "Lincoln Park"),  # a quarter
    ],
)
def test_a_building_or_park_of_a_city_is_no_town_nearby(name: str, city: str) -> None:
    assert _asked(name).candidates[0].name.startswith(city)


def test_a_country_has_the_towns_of_its_territories_too() -> None:
    assert _asked("San Juan", "US").candidates[0].country == "PR"
    assert _asked("Hong Kong", "CN").candidates[0].country == "HK"


def test_an_airfield_that_has_a_name_beside_its_own_is_not_surely_meant_by_it() -> None:
    found = [c for c in _asked("San Vicente del Caguan", "CO").candidates if c.feature == "airfield"]
    assert all(candidate.score < 0.8 for candidate in found)


@pytest.mark.parametrize(
    ("name", "found"),
    [("Newton, NC", ["Newton"]), ("Manchester, NJ", []), ("Franklinville, NJ", []), ("Vegas, NV", ["Las Vegas"])],
)
def test_a_town_of_the_united_states_is_not_called_as_it_was_once_where_others_there_are(
    name: str, found: list[str]
) -> None:
    # As Wilmington, Paterson and Nutley were.
    assert [candidate.name for candidate in _asked(name).candidates] == found


def test_a_first_level_region_is_in_no_other_one() -> None:
    # The District of Columbia is called so too, and near Maryland.
    assert [candidate.name for candidate in _asked("Columbia, MD").candidates] == ["Columbia"]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("Treptow-Köpenick", "Treptow"),
        ("Friedrichshain-Kreuzberg", "Friedrichshain"),
        ("Karlsruhe-Durlach", "Karlsruhe"),
        ("Kyiv-Podil", "Kyiv"),
    ],
)
def test_a_name_of_two_quarters_or_of_a_city_and_its_quarter_is_near_the_first(name: str, place: str) -> None:
    found = _asked(name)
    assert (found.candidates[0].name, found.candidates[0].precision, found.ambiguous) == (place, "near", False)
    assert found.candidates[0].via == name


@pytest.mark.parametrize("name", ["Kabul/Helmand", "Kabul-Jalalabad", "Budapest–Vienna", "Paris-Dakar"])
def test_two_places_that_lie_apart_are_no_one_place(name: str) -> None:
    assert _asked(name).candidates == ()


@pytest.mark.parametrize(
    ("name", "country", "city"),
    [("Sheung Wan", "HK", "Hong Kong"), ("Watts, CA", "US", "Los Angeles"), ("Exarchia", "GR", "Athens")],
)
def test_a_well_known_quarter_is_near_its_city(name: str, country: str, city: str) -> None:
    found = _asked(name, country).candidates[0]
    assert (found.name, found.precision) == (city, "near")
    assert found.score >= 0.8


def test_a_building_is_in_the_city_that_its_address_ends_in() -> None:
    found = _asked("Zzyzoo, Haupteingang, Mülheimer Str. 273, 47058 Duisburg").candidates[0]
    assert (found.name, found.precision) == ("Duisburg", "settlement")
    found = _asked("Zzyzoo | 2709 Knoxville Ave | Peoria, IL 61604").candidates[0]
    assert (found.name, found.region) == ("Peoria", "Illinois")


@pytest.mark.parametrize(
    ("name", "country", "place"),
    [
        ("downtown, Portland, Oregon", "US", "Portland"),
        ("Chicago, Illinois (U.S. State)", "US", "Chicago"),
        ("Lima, Lima (Province)", "PE", "Lima"),
        ("Washington, D.C. (delegation)", "US", "Washington"),
        ("Schwedt an der Oder", "DE", "Schwedt (Oder)"),
        ("Merseburg an der Saale", "DE", "Merseburg"),
    ],
)
def test_what_says_no_more_of_a_place_is_left_out(name: str, country: str, place: str) -> None:
    found = _asked(name, country)
    assert (found.candidates[0].name, found.candidates[0].precision, found.ambiguous) == (place, "settlement", False)


def test_an_airfield_that_is_called_so_elsewhere_does_not_hide_the_town_of_an_unknown_place() -> None:
    found = _asked("Fazenda Canaã, Cruzeiro do Sul, Acre", "BR").candidates[0]
    assert (found.name, found.precision) == ("Cruzeiro do Sul", "near")


@pytest.mark.parametrize(
    ("name", "country", "place"),
    [
        ("Gwoza LGA, Borno", "NG", "Gwoza"),
        ("Jere Local Government Area, Borno", "NG", "Jere"),
        ("Bentiu county", "SS", "Bentiu"),
        ("Kupwara sub-district", "IN", "Kupwara"),
        ("Commune de Goma", "CD", "Goma"),
        ("Beni territory", "CD", "Beni"),
    ],
)
def test_districts_are_known_by_the_words_of_many_countries(name: str, country: str, place: str) -> None:
    found = _asked(name, country).candidates[0]
    assert (found.name, found.precision) == (place, "district")


@pytest.mark.parametrize(
    ("name", "place", "precision"),
    [
        ("55116 Mainz", "Mainz", "settlement"),
        ("75011 Paris", "Paris", "settlement"),
        ("Paris XIe", "Paris", "near"),
        ("Hauptbahnhof Mainz", "Mainz", "near"),
        ("Dresden Innenstadt", "Dresden", "near"),
        ("Detroit City Hall", "Detroit", "near"),
        ("Centre-ville de Lille", "Lille", "near"),
    ],
)
def test_a_part_of_a_town_is_near_it_and_a_postal_code_says_no_more(name: str, place: str, precision: str) -> None:
    found = _asked(name)
    assert (found.candidates[0].name, found.candidates[0].precision, found.ambiguous) == (place, precision, False)


def test_a_station_that_is_called_after_another_city_is_not_in_that_one() -> None:
    assert _asked("Gare de Lyon, Paris").candidates[0].name == "Paris"
    assert _asked("Gare de Lyon").candidates == ()


@pytest.mark.parametrize(
    ("name", "place"),
    [("New York (state)", "New York"), ("Kharkiv (Oblast)", "Kharkiv Oblast"), ("Hokkaido (prefecture)", "Hokkaidō")],
)
def test_the_word_of_a_kind_may_stand_in_brackets(name: str, place: str) -> None:
    found = _asked(name).candidates[0]
    assert (found.name, found.feature) == (place, "region")
    assert _asked("New York City, New York (state)").is_told


@pytest.mark.parametrize(
    ("name", "place", "region"),
    [
        ("Boston, Massachusetts (Tremont Temple)", "Boston", "Massachusetts"),
        ("New York, N.Y. (Harlem)", "Harlem", "New York"),
        ("Azaz, north of Aleppo (Syria)", "I‘zāz", "Aleppo"),
        ("Pueblo, Colorado", "Pueblo", "Colorado"),  # as Ganado, Arizona, is called too
    ],
)
def test_what_stands_in_brackets_behind_a_chain_is_a_part_of_it_unless_it_is_an_area(
    name: str, place: str, region: str
) -> None:
    found = _asked(name)
    assert (found.candidates[0].name, found.candidates[0].region, found.is_told) == (place, region, True)


@pytest.mark.parametrize(
    ("name", "country", "place"),
    [("Jabalya R.C.", "PS", "Jabālyā"), ("Jenin refugee camp", "PS", "Janīn"), ("Córdoba capital", "AR", "Córdoba")],
)
def test_a_camp_is_near_the_town_that_it_is_called_after(name: str, country: str, place: str) -> None:
    found = _asked(name, country).candidates[0]
    assert (found.name, found.precision) == (place, "near")
