"""From a name in a text to the places it may mean."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.errors import ChoiceError, NothingFound
from geodata.places.folding import fold
from geodata.places.gazetteer import BUNDLED
from geodata.places.geocoder import MAX_CANDIDATES, Candidate, geocode

JANUARY_2022 = date(2022, 1, 6)
ASTANA = "gn:1526273"
UUMU = "ap:UUMU"

NAMES = (
    "Almaty", "Astana", "Paris", "Springfield", "San Jose", "Chkalovsky", "Zhetygen", "Moscow airport",
    "Geneva", "Kazakhstan", "Алматы", "حلب", "Taldykorgann", "Aktau", "Vatican", "Santa Maria", "Qwertzuiop",
)  # fmt: skip


def best(query: str, **options: Any) -> Candidate:
    return geocode(query, **options).candidates[0]


@pytest.mark.parametrize(
    ("names", "folded"),
    [
        (("Zhetygen", "Zhetigen", "Jetigen", "Dzhetygen", "Жетыген", "Жетіген", "ЖЕТЫГЕН"), "zhetigen"),
        (("Almaty", "Алматы", "Almatı", "ALMATY"), "almati"),
        (
            ("Chkalovsky", "Chkalovskiy", "Chkalovskij", "Chkalovski", "Чкаловский", "Tchkalovsky"),
            "chkalovski",
        ),
        (("Nur-Sultan", "Nur Sultan", "Нур-Султан", "Нұр-Сұлтан"), "nur sultan"),
        (("Kharkov", "Harkov", "Харьков", "Khar'kov"), "harkov"),
        (("Yekaterinburg", "Ekaterinburg", "Екатеринбург"), "ekaterinburg"),
        (("Taldykorgan", "Taldıqorğan", "Taldyqorghan", "Талдыкорган", "Талдықорған"), "taldikorgan"),
        (("Moskovskaya", "Moskovskaia", "Moskovskaja", "Московская"), "moskovskaia"),
        (("Alyoshino", "Aleshino", "Алёшино"), "aleshino"),
    ],
)
def test_spellings_of_one_name_fold_to_one_form(names: tuple[str, ...], folded: str) -> None:
    assert {fold(name) for name in names} == {folded}


@given(st.text(max_size=60))
def test_folding_a_folded_name_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@given(st.text(alphabet="abcdeghijkqsyz '-", max_size=40))
def test_folding_twice_changes_nothing_where_the_rules_of_sounds_meet(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@pytest.mark.parametrize("name", ["Zhetygen", "Zhetigen", "Zhitygen", "Jetigen", "Жетыген", "Жетіген"])
def test_zhetygen_is_one_airfield_whatever_its_spelling(name: str) -> None:
    result = geocode(name)
    assert [(c.id, c.name, c.lon, c.lat, c.feature) for c in result.candidates] == [
        ("sm:zhetygen", "Zhetygen", 77.1168, 43.7330, "airfield")
    ]
    assert result.candidates[0].region == "Almaty Region"
    assert not result.ambiguous


@pytest.mark.parametrize(
    "name", ["Zhetyg", "Zhetygenskaya", "Zhetigan", "Qwertzuiop", "12345", "???", "Chkalovsky Zhetygen"]
)
def test_a_name_that_nothing_bears_gives_no_candidate(name: str) -> None:
    assert geocode(name).candidates == ()
    assert not geocode(name).ambiguous


def test_chkalovsky_is_ambiguous_as_long_as_nobody_says_airfield() -> None:
    result = geocode("Chkalovsky")
    assert result.ambiguous
    assert {c.feature for c in result.candidates[:2]} == {"airfield", "village"}


@pytest.mark.parametrize(
    ("query", "feature"),
    [
        ("Chkalovsky", "airfield"),
        ("Chkalovskiy airfield", None),
        ("Chkalovsky military airbase", None),
        ("аэродром Чкаловский", None),
    ],
)
def test_an_airfield_that_is_asked_for_comes_first_and_alone(query: str, feature: str | None) -> None:
    result = geocode(query, feature=feature)
    first = result.candidates[0]
    assert (first.id, first.lon, first.lat, first.precision) == (UUMU, 38.0617, 55.8783, "site")
    assert not result.ambiguous


@pytest.mark.parametrize(
    "name",
    [
        "Astana",
        "Nur-Sultan",
        "Nursultan",
        "Нұр-Сұлтан",
        "Астана",
        "Akmola",
        "Tselinograd",
        "Целиноград",
        "Akmolinsk",
    ],
)
def test_all_names_of_the_capital_give_one_place(name: str) -> None:
    result = geocode(name, country="KZ")
    assert result.candidates[0].id == ASTANA
    assert sum(c.feature == "capital" for c in result.candidates) == 1
    assert not result.ambiguous


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(1950, 1, 1), "Akmolinsk"),
        (date(1961, 3, 20), "Tselinograd"),
        (date(1998, 5, 5), "Akmola"),
        (date(1998, 5, 6), "Astana"),
        (date(2019, 3, 22), "Astana"),
        (date(2019, 3, 23), "Nur-Sultan"),
        (JANUARY_2022, "Nur-Sultan"),
        (date(2022, 9, 17), "Astana"),
        (date(2026, 1, 1), "Astana"),
    ],
)
def test_the_capital_has_the_name_of_the_day(day: date, name: str) -> None:
    assert best("Astana", on=day).name == name
    assert BUNDLED.name_on(ASTANA, day) == name


def test_the_other_names_are_those_that_are_not_the_name_of_the_day() -> None:
    capital = best("Astana", on=JANUARY_2022)
    assert {"Astana", "Akmola", "Tselinograd", "Нұр-Сұлтан"} <= set(capital.other_names)
    assert "Nur-Sultan" not in capital.other_names


def test_a_village_renamed_later_does_not_rename_the_airfield_beside_it() -> None:
    assert best("Alatau", on=date(2025, 1, 1)).name == "Zhetygen"


@pytest.mark.parametrize(
    ("name", "lon", "lat"),
    [
        ("Almaty", 76.9115, 43.2525),
        ("Aktobe", 57.2072, 50.2797),
        ("Aktyubinsk", 57.2072, 50.2797),
        ("Taldykorgan", 78.3739, 45.0156),
        ("Талдықорған", 78.3739, 45.0156),
        ("Shymkent", 69.6004, 42.3099),
        ("Zhanaozen", 52.862, 43.341),
        ("Geneva", 6.1457, 46.2022),
    ],
)
def test_a_well_known_city_is_found_where_it_is_and_is_not_ambiguous(name: str, lon: float, lat: float) -> None:
    result = geocode(name)
    first = result.candidates[0]
    assert first.lon == pytest.approx(lon, abs=1e-3)
    assert first.lat == pytest.approx(lat, abs=1e-3)
    assert first.precision == "settlement"
    assert not result.ambiguous


def test_almaty_stands_once_as_a_city() -> None:
    features = [c.feature for c in geocode("Almaty", country="KZ").candidates]
    # Almaty and Almaty Region are regions of that name too, and meant only where somebody says so.
    assert (features[0], features.count("city"), set(features)) == ("city", 1, {"city", "airfield", "region"})


@pytest.mark.parametrize("name", ["Springfield", "Santa Cruz"])
def test_a_name_of_many_places_is_ambiguous(name: str) -> None:
    assert geocode(name).ambiguous


def test_a_country_is_found_and_has_no_point() -> None:
    country = best("Kazakhstan")
    assert (country.id, country.feature, country.country) == ("iso:KZ", "country", "KZ")
    assert (country.lon, country.lat, country.precision) == (None, None, "country")


def test_a_country_keeps_only_its_own_places() -> None:
    assert {c.country for c in geocode("Geneva", country="us").candidates} == {"US"}
    assert geocode("Chkalovsky", country="KZ").candidates == ()


def test_a_country_named_after_a_comma_keeps_only_its_own_places() -> None:
    assert {c.country for c in geocode("Geneva, United States").candidates} == {"US"}
    assert geocode("Zhetygen, Russia").candidates == ()


@pytest.mark.parametrize("query", ["\x00", "\ud800", "'", "Алматы\u200b\x00", "zh" * 100, "k" * 199 + "h", ",", ", KZ"])
def test_odd_characters_in_a_query_are_no_bug(query: str) -> None:
    assert len(geocode(query).candidates) <= MAX_CANDIDATES


def test_a_misspelt_name_is_found_with_less_certainty_than_any_right_one() -> None:
    assert best("Taldykorgann").name == "Taldykorgan"
    assert best("Taldykorgann").score < best("taldyqorghan").score < best("Taldykorgan").score


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(NAMES), st.sampled_from([None, "airfield", "city", "country"]), st.none() | st.dates())
def test_candidates_are_few_and_ordered_by_score(name: str, feature: str | None, on: date | None) -> None:
    result = geocode(name, feature=feature, on=on)
    scores = [c.score for c in result.candidates]
    assert len(scores) <= MAX_CANDIDATES
    assert all(0 < score <= 1 for score in scores)
    assert all(a >= b for a, b in pairwise(scores))
    rivals = [score / scores[0] for score in scores[1:]]
    is_close = any(score >= 0.7 for score in rivals)
    is_one_of_many = feature is None and sum(score >= 0.6 for score in rivals) >= 3 and scores[0] < 1
    assert result.ambiguous == (is_close or is_one_of_many)


def test_the_answer_has_the_public_shape() -> None:
    answer = geocode("Zhetygen", on=JANUARY_2022).to_json()
    assert list(answer) == ["query", "ambiguous", "candidates"]
    assert list(answer["candidates"][0]) == [
        "id", "name", "lon", "lat", "feature", "country", "region", "score", "precision", "other_names"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "options", "key"),
    [
        ("", {}, "name"),
        (" \t", {}, "name"),
        ("x" * 201, {}, "name"),
        ("Almaty", {"country": "KAZ"}, "country"),
        ("Almaty", {"country": "QQ"}, "country"),
        ("Almaty", {"feature": "airport"}, "feature"),
    ],
)
def test_a_question_that_cannot_be_read_is_refused_with_a_sentence(
    query: str, options: dict[str, str], key: str
) -> None:
    with pytest.raises(ChoiceError, match=r"^Cannot .*\.$") as caught:
        geocode(query, **options)  # type: ignore[arg-type]
    assert caught.value.key == key


def test_the_gazetteer_says_how_far_off_the_position_of_zhetygen_may_be() -> None:
    assert BUNDLED.place("sm:zhetygen").radius_m == 5_000


def test_an_unknown_place_id_is_named_in_the_error() -> None:
    with pytest.raises(NothingFound, match="'gn:0'"):
        BUNDLED.place("gn:0")
