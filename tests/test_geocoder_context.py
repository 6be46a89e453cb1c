"""Regions, own scripts, and what is written around a name."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from geodata.places.boundaries import BUNDLED as BOUNDARIES
from geodata.places.folding import spellings_with_article
from geodata.places.gazetteer import AREAS, BUNDLED
from geodata.places.geocoder import Candidate, GeocodeResult, geocode
from geodata.places.kinds import without_kind

DAY = date(2022, 3, 1)


def asked(name: str, country: str = "", **options: Any) -> GeocodeResult:
    return geocode(name, country=country or None, on=DAY, **options)


def settled(name: str, country: str = "", **options: Any) -> Candidate:
    result = asked(name, country, **options)
    assert result.candidates, f"{name} is not found"
    assert not result.ambiguous, f"{name} may be {result.candidates[0]} or {result.candidates[1]}"
    return result.candidates[0]


@pytest.mark.parametrize(
    ("name", "country", "region"),
    [
        ("Kharkiv Oblast", "UA", "Kharkiv Oblast"),
        ("Kharkivska", "UA", "Kharkiv Oblast"),
        ("Харківська область", "UA", "Kharkiv Oblast"),
        ("Rakhine State", "MM", "Rakhine State"),
        ("Rakhine", "MM", "Rakhine State"),
        ("Marib", "YE", "Ma'rib"),
        ("Marib Province", "", "Ma'rib"),
        ("محافظة مأرب", "", "Ma'rib"),
        ("North Kivu", "CD", "North Kivu"),
        ("Nord-Kivu", "", "North Kivu"),
        ("Tigray", "ET", "Tigray"),
        ("Bavaria", "", "Bavaria"),
        ("Bayern", "DE", "Bavaria"),
        ("Бавария", "", "Bavaria"),
        ("Gaza Strip", "PS", "Gaza"),
        ("Almaty Region", "KZ", "Almaty Region"),
        ("Mangystau", "KZ", "Mangystau Region"),
        ("Alberta", "", "Alberta"),
        ("Queensland", "", "Queensland"),
        ("Missouri", "", "Missouri"),
        ("新疆", "", "Xinjiang"),
        ("경기도", "", "Gyeonggi"),
    ],
)
def test_a_region_is_a_place_of_its_own_in_every_spelling(name: str, country: str, region: str) -> None:
    found = settled(name, country)
    assert (found.name, found.feature, found.precision) == (region, "region", "region")


@pytest.mark.parametrize("name", ["Bavaria", "Kharkiv Oblast", "Alberta", "Tigray", "Almaty Region", "Crimea"])
def test_the_point_of_a_region_lies_in_the_area_that_is_drawn_for_it(name: str) -> None:
    found = settled(name)
    assert found.lon is not None
    assert found.lat is not None
    region = BOUNDARIES.region_of(found.lon, found.lat, found.country)
    assert region is not None
    assert (found.id, found.region) == (f"ne:{region.region_id}", region.name)


@pytest.mark.parametrize(
    ("name", "feature", "precision"),
    [
        ("Scotland", "region", "region"),
        ("Lombardy", "region", "region"),
        ("Turkana County", "region", "region"),
        ("South Waziristan", "district", "district"),
        ("Cook County", "district", "district"),
        ("Darfur", "area", "fuzzy"),
        ("Donbas", "area", "fuzzy"),
        ("Донбас", "area", "fuzzy"),
    ],
)
def test_an_area_that_is_no_bundled_region_has_a_point_and_a_radius(name: str, feature: str, precision: str) -> None:
    found = settled(name)
    assert (found.feature, found.precision) == (feature, precision)
    assert BUNDLED.place(found.id).radius_m >= 5_000


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Kharkiv", ""),
        ("Kyiv", ""),
        ("Idlib", "SY"),
        ("Wien", ""),
        ("Buenos Aires", ""),
        ("Gaza", ""),
        ("New York", ""),
    ],
)
def test_a_city_is_meant_before_the_region_of_its_name(name: str, country: str) -> None:
    assert settled(name, country).precision == "settlement"


@pytest.mark.parametrize("name", ["Brandenburg", "Bahia", "Sulu", "Akkar"])
def test_a_region_is_meant_before_a_city_that_is_mostly_called_otherwise(name: str) -> None:
    assert settled(name).feature == "region"


@pytest.mark.parametrize("name", ["Luxembourg", "Kuwait", "Mexico", "Niger", "Panama", "Jordan"])
def test_a_country_is_meant_before_its_capital_and_regions(name: str) -> None:
    assert settled(name).feature == "country"


@pytest.mark.parametrize("name", ["Springfield", "Tripoli", "Georgia", "Washington", "Punjab", "Congo", "Korea"])
def test_places_that_are_as_likely_stay_a_question(name: str) -> None:
    assert asked(name).ambiguous


@pytest.mark.parametrize(
    ("name", "country", "city"),
    [
        ("Алматы", "KZ", "Almaty"),
        ("الخرطوم", "SD", "Khartoum"),
        ("تهران", "IR", "Tehran"),
        ("上海", "CN", "Shanghai"),
        ("上海市", "", "Shanghai"),
        ("አዲስ አበባ", "ET", "Addis Ababa"),
        ("ရန်ကုန်", "MM", "Yangon"),
        ("တောင်ကြီး", "MM", "Taunggyi"),
        ("עזה", "", "Gaza"),
        ("Харків", "UA", "Kharkiv"),
        ("Мінск", "BY", "Minsk"),
        ("दिल्ली", "IN", "Delhi"),
        ("กรุงเทพ", "TH", "Bangkok"),
        ("서울", "KR", "Seoul"),
    ],
)
def test_a_city_is_found_by_its_name_in_its_own_script(name: str, country: str, city: str) -> None:
    assert settled(name, country).name == city


@pytest.mark.parametrize(
    ("name", "city", "region"),
    [
        ("Hammond, IN", "Hammond", "Indiana"),
        ("New York, NY", "New York City", "New York"),
        ("Paris, Texas", "Paris", "Texas"),
        ("Paris (Texas)", "Paris", "Texas"),
        ("Springfield, Illinois, USA", "Springfield", "Illinois"),
        ("London, ON", "London", "Ontario"),
        ("Geneva, Switzerland", "Geneva", "Geneva"),
        ("Ukraine: Kherson", "Kherson", "Kherson Oblast"),
        ("Chuhuiv, south of Kharkiv", "Chuhuyiv", "Kharkiv Oblast"),
        ("Краматорск, Донецкая область", "Kramatorsk", "Donetsk Oblast"),
    ],
)
def test_what_is_around_a_place_tells_which_one_is_meant(name: str, city: str, region: str) -> None:
    found = settled(name)
    assert (found.name, found.region) == (city, region)
    assert asked(name).is_told


@pytest.mark.parametrize(("region", "state"), [("Illinois", "Illinois"), ("MO", "Missouri"), ("Oregon", "Oregon")])
def test_a_region_keeps_only_its_own_places(region: str, state: str) -> None:
    assert {c.region for c in asked("Springfield", "US", region=region).candidates if c.feature not in AREAS} == {state}


def test_a_region_that_nobody_knows_keeps_all_places() -> None:
    assert asked("Springfield", "US", region="Xland").candidates == asked("Springfield", "US").candidates


@pytest.mark.parametrize(
    "name", ["near Kharkiv", "10 km south of Kharkiv", "outskirts of Kharkiv", "Chuhuiv, south of Kharkiv"]
)
def test_a_place_that_is_only_near_says_so(name: str) -> None:
    assert settled(name).precision == "near"


@pytest.mark.parametrize(
    ("name", "city", "via", "precision"),
    [
        ("Heldenplatz, Wien", "Vienna", "Heldenplatz", "settlement"),
        ("Lenin Square, Donetsk", "Donetsk", "Lenin Square", "settlement"),
        ("Alexanderplatz 1, 10178 Berlin", "Berlin", "Alexanderplatz 1", "settlement"),
        ("площадь Ленина, Донецк", "Donetsk", "площадь Ленина", "settlement"),
        ("Xyzzyville, Berlin", "Berlin", "Xyzzyville", "near"),
        ("Mariinka district", "Mar'yinka", "Mariinka district", "district"),
        ("Санкт-Петербург, Казанская площадь, 2", "Saint Petersburg", "Казанская площадь", "settlement"),
        ("Тверская, 14, Москва", "Moscow", "Тверская", "settlement"),
        ("Paris 15", "Paris", "Paris 15", "near"),
        ("Wien XX", "Vienna", "Wien XX", "near"),
    ],
)
def test_what_is_in_a_city_falls_back_to_it_and_says_so(name: str, city: str, via: str, precision: str) -> None:
    found = settled(name)
    assert (found.name, found.via, found.precision) == (city, via, precision)
    assert asked(name).to_json()["candidates"][0]["via"] == via


@pytest.mark.parametrize(
    "name",
    [
        "Xyzzyville, Kazakhstan",
        "Xyzzyville, Kharkiv Oblast",
        "Paris, Berlin",
        "Camp 7",
        "Odesa, Mykolaiv",
        "Oxford 3",
    ],
)
def test_what_is_not_found_does_not_become_what_is_around_it(name: str) -> None:
    assert asked(name).candidates == ()


def test_a_place_in_something_unknown_is_offered_and_not_sure() -> None:
    assert asked("Paris, Xland").candidates[0].score < 0.8
    assert not asked("Paris, Xland").is_told


@pytest.mark.parametrize("name", ["Kenyan", "Syrian", "Russian", "Kazakh", "русский", "ukrainisch", "syrienne"])
def test_a_word_for_a_people_is_no_place(name: str) -> None:
    assert asked(name).candidates == ()


@pytest.mark.parametrize(
    ("name", "city"),
    [
        *((name, "N'Djamena") for name in ("N'Djamena", "N’Djamena", "Ndjamena")),
        *((name, "El Fasher") for name in ("Al-Fashir", "El Fasher", "الفاشر")),
        *((name, "Łódź") for name in ("Łódź", "Lodz")),
        *((name, "Da Nang") for name in ("Đà Nẵng", "Danang")),
        *((name, "Ar Raqqah") for name in ("Al-Raqqah", "Raqqa", "الرقة")),
        ("San José", "San José"),
        ("Odessa", "Odesa"),
    ],
)
def test_hyphens_apostrophes_articles_and_marks_do_not_matter(name: str, city: str) -> None:
    assert settled(name).name == city


@pytest.mark.parametrize(
    ("name", "day", "label"),
    [
        ("Артемівськ", date(2015, 1, 1), "Artemivsk"),
        ("Bakhmut", date(2022, 1, 1), "Bakhmut"),
        ("Saint Petersburg", date(1980, 1, 1), "Leningrad"),
        ("Leningrad", date(2022, 1, 1), "Saint Petersburg"),
        ("Dnipro", date(2014, 1, 1), "Dnipropetrovsk"),
    ],
)
def test_a_city_that_was_renamed_has_the_name_of_the_year(name: str, day: date, label: str) -> None:
    assert geocode(name, on=day).candidates[0].name == label


@pytest.mark.parametrize(
    ("folded", "bare", "kind"),
    [
        ("harkiv oblast", "harkiv", "region"),
        ("province du nord kivu", "nord kivu", "region"),
        ("若开邦", "若开", "region"),
        ("kivski district", "kivski", "district"),
        ("g moskva", "moskva", "settlement"),
        ("oblast", "oblast", ""),
        ("almati", "almati", ""),
    ],
)
def test_a_name_without_the_words_of_its_kind(folded: str, bare: str, kind: str) -> None:
    assert without_kind(folded) == (bare, kind)


def test_the_arabic_article_is_written_in_many_ways() -> None:
    assert "ar rakkah" in spellings_with_article("al rakkah")
    assert "ash sham" in spellings_with_article("al sham")
    assert "al hasakah" in spellings_with_article("hasakah")
    assert spellings_with_article("الرقه") == set()


def test_places_are_said_to_lie_in_the_bundled_region_around_them() -> None:
    asked_for = ("Kharkiv", "Almaty", "Berlin", "Mumbai", "Springfield, Illinois", "Goma", "Taunggyi")
    for name in asked_for:
        found = settled(name)
        assert found.lon is not None
        assert found.lat is not None
        region = BOUNDARIES.region_of(found.lon, found.lat, found.country)
        assert region is not None
        assert found.region == region.name


def test_an_airfield_is_not_meant_by_the_name_of_its_town() -> None:
    assert settled("Uvalde, Texas").precision == "settlement"
    assert settled("Kharkiv airport").precision == "site"


def test_a_code_of_an_airfield_is_written_in_capitals() -> None:
    assert asked("SWAT", feature="airfield").candidates[0].feature == "airfield"
    assert all(c.feature != "airfield" for c in asked("Swat").candidates)


def test_a_region_in_the_surroundings_is_not_the_city_of_its_name() -> None:
    assert settled("Brooklyn, New York region").region == "New York"
    assert not asked("Hopatcong, New York region").candidates
    assert not asked("Mount Rainier, Washington region").candidates
    assert settled("Sartana, Mariupol district").country == "UA"


@pytest.mark.parametrize(
    ("name", "country", "place"),
    [
        ("La Plata, Bs. As.", "AR", "La Plata"),
        ("Tlalpan, D.F., México", "", "Tlalpan"),
        ("CABA, Argentina", "", "Buenos Aires"),
        ("C.A.B.A.", "AR", "Buenos Aires"),
        ("DF", "MX", "Mexico City"),
    ],
)
def test_short_names_are_understood_within_their_country(name: str, country: str, place: str) -> None:
    assert settled(name, country).name == place


@pytest.mark.parametrize(("name", "country"), [("Bs. As.", ""), ("D.F.", ""), ("D.F.", "AR"), ("CABA", "MX")])
def test_a_short_name_means_nothing_outside_of_its_country(name: str, country: str) -> None:
    assert not asked(name, country).candidates
