"""Countries by any name or code become ISO 3166-1 alpha-2; what may be several is refused with them."""

from __future__ import annotations

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from geodata.importers.values.countries import name_of, of_fips, of_gw, read_countries
from geodata.language.language import CODES
from geodata.places.boundaries import BUNDLED

# Names of UCDP, of Gleditsch and Ward, of ACLED, of GTD and of the World Bank, and old ones.
NAMES = {
    "KE": "Kenya|KEN|404|KE|ke|Kenia|Кения|Кенія|كينيا",
    "AF": "Afghanistan|4|004|AFG|Islamic Republic of Afghanistan",
    "BA": "Bosnia-Herzegovina|Bosnia and Herzegovina|Bosnia & Herzegovina|Bosnien und Herzegowina",
    "BS": "Bahamas, The|The Bahamas",
    "CD": "DR Congo|DR Congo (Zaire)|Democratic Republic of Congo|Congo, Dem. Rep.|ДР Конго",
    "CG": "Republic of Congo|Congo, Rep.|Congo-Brazzaville|People's Republic of the Congo",
    "CI": "Côte d'Ivoire|Côte d’Ivoire|Cote d'Ivoire|COTE D'IVOIRE|Ivory Coast|CIV",
    "CZ": "Czech Republic|Czechia|Tschechien",
    "DE": "Germany|West Germany (FRG)|East Germany (GDR)|Deutschland|Allemagne|Alemania|Германия|Німеччина|ألمانيا",
    "FM": "Micronesia|Federated States of Micronesia|Micronesia, Fed. Sts.",
    "GB": "UK|GB|United Kingdom|Great Britain|Royaume-Uni|Великобритания",
    "GE": "Georgia|Republic of Georgia|Грузия",
    "IR": "Iran|Iran (Islamic Republic of)|Iran, Islamic Rep.|Persia",
    "JE": "Jersey|Bailiwick of Jersey",
    "KH": "Cambodia (Kampuchea)|Cambodia",
    "KN": "St. Kitts and Nevis|Saint Kitts & Nevis",
    "KP": "North Korea|Korea, North|Korea, Dem. People's Rep.|DPRK|КНДР",
    "KR": "South Korea|Republic of Korea|Korea, Rep.",
    "KZ": "Kazakhstan|Қазақстан|Казахстан|KAZ|398",
    "MG": "Madagascar (Malagasy)",
    "MM": "Myanmar (Burma)|Burma|Myanmar",
    "PS": "Palestine|State of Palestine|Gaza|Gaza Strip|West Bank|West Bank and Gaza Strip|PSE|Палестина|فلسطين",
    "RU": "Russia|Russia (Soviet Union)|Russian Federation|РФ",
    "SY": "Syrian Arab Republic|Syria",
    "SZ": "Kingdom of eSwatini (Swaziland)|Swaziland|Eswatini",
    "TR": "Turkey|Türkiye|Turkiye",
    "TW": "Taiwan|Taiwan, Province of China|Republic of China",
    "US": "USA|U.S.A.|United States of America|United States|США",
    "VN": "Vietnam (North Vietnam)|Viet Nam|South Vietnam",
    "XK": "Kosovo|XK|XKX",
    "YE": "Yemen (North Yemen)|Yemen, Rep.|South Yemen",
    "ZW": "Zimbabwe (Rhodesia)|Rhodesia",
    "EH": "Western Sahara|ESH",
}


@pytest.mark.parametrize(("code", "names"), NAMES.items())
def test_a_country_is_read_from_any_name_or_code(code: str, names: str) -> None:
    for name in names.split("|"):
        answers = read_countries([name])
        assert answers.found == [code], name
        assert not answers.repairs


def test_each_country_is_read_from_its_name_in_each_language() -> None:
    codes = [code for code in Locale("en").territories if len(code) == 2 and read_countries([code]).found[0] == code]
    assert len(codes) == 249
    for language in CODES:
        names = [Locale(language).territories[code] for code in codes]
        wrong = {
            n: found for n, code, found in zip(names, codes, read_countries(names).found, strict=True) if found != code
        }
        # In Kazakh, CLDR's "Конго" is Congo - Kinshasa, in Russian it is no name of either.
        assert wrong == ({"Конго": "CG"} if language == "kk" else {})


def test_each_country_with_a_bundled_border_is_read_from_the_name_of_the_map() -> None:
    codes = [code for code in Locale("en").territories if len(code) == 2 and BUNDLED.country_shape(code) is not None]
    assert len(codes) > 230
    names = [BUNDLED.country_name(code) for code in codes]
    assert [read_countries([name]).found[0] for name in names] == codes


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("Congo", "CG", "'Congo' is read as Congo - Brazzaville (CG)."),
        ("England", "GB", "'England' is read as United Kingdom (GB)."),
        ("Serbia (Yugoslavia)", "RS", "'Serbia (Yugoslavia)' is read as Serbia (RS)."),
    ],
)
def test_a_name_that_might_be_taken_for_another_country_is_a_repair(text: str, code: str, words: str) -> None:
    answers = read_countries([text])
    assert (answers.found, answers.repairs) == ([code], {0: words})


@pytest.mark.parametrize(
    ("text", "rule", "words"),
    [
        ("Keny", "country", "nearest: Kenya (KE)"),
        ("Atlantis", "country", "expected a name, or a code such as KZ"),
        ("State of Georgia", "country", "is not a country"),
        ("EU", "country", "is not a country"),
        ("999", "country", "is not a country"),
        ("Korea", "country-several", "North Korea (KP), South Korea (KR)"),
        ("Soviet Union", "country-several", "Russia (RU), Ukraine (UA)"),
        ("Yugoslavia", "country-several", "Serbia (RS)"),
        ("RU; KZ", "country-list", "names 2 countries (expected one)"),
        ("Kenya (Uganda)", "country", "is not a country"),
    ],
)
def test_what_is_no_one_country_is_refused_by_name(text: str, rule: str, words: str) -> None:
    answers = read_countries([text])
    assert answers.found == [None]
    assert answers.refusals[0].rule == rule
    assert answers.refusals[0].message.startswith(repr(text))
    assert words in answers.refusals[0].message


def test_na_is_namibia_among_codes_and_nothing_among_names() -> None:
    codes = read_countries(["NA", "KE", "DE"])
    assert codes.found == ["NA", "KE", "DE"]
    assert codes.told == ("'NA' is Namibia, as the column has codes of two letters.",)
    assert read_countries(["NA", "Kenya", "unknown", ""]).found == [None, "KE", None, None]
    assert list(read_countries(["NA", "Kenya", "unknown", ""]).repairs) == [0, 2]
    assert read_countries(["NA"]).found == [None]


def test_codes_of_gdelt_and_ucdp_are_asked_for_by_name() -> None:
    assert [of_fips(code) for code in ("RS", "UP", "gm", "KZ", "GZ", "CH", "XX", "")] == [
        *("RU", "UA", "DE", "KZ", "PS", "CN", "", ""),
    ]
    assert [of_gw(number) for number in (365, "678", "680", "625.0", 339, 705, 315, 9999)] == [
        *("RU", "YE", "YE", "SD", "AL", "KZ", "", ""),
    ]


def test_the_name_of_a_code() -> None:
    assert (name_of("KE"), name_of("??")) == ("Kenya", "??")


@given(st.permutations(["NA", "KE", "Kenya", "Congo", "", "x", "Korea"]))
def test_the_order_of_the_texts_does_not_matter(texts: list[str]) -> None:
    one, other = read_countries(texts), read_countries(sorted(texts))
    assert dict(zip(texts, one.found, strict=True)) == dict(zip(sorted(texts), other.found, strict=True))
    assert one == read_countries(texts)


@given(st.text(max_size=30))
def test_any_text_is_a_country_or_refused_or_empty(text: str) -> None:
    answers = read_countries([text])
    found = answers.found[0]
    assert found is None or (len(found) == 2 and not answers.refusals)
