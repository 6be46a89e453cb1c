"""Catalogues are whole; plurals, days, numbers and names are right in each language; English is what it always was."""

from __future__ import annotations

import re
import string
from datetime import date

import pytest
from babel.dates import format_date
from babel.messages.catalog import Message
from hypothesis import given
from hypothesis import strategies as st

from geodata.dates import say_day, say_days
from geodata.filter import Filter
from geodata.language.figure import say_figure
from geodata.language.language import CODES, ENGLISH, LOCAL_NAMES, RLM, Language
from geodata.record.model import Place
from geodata.store.store import Store
from tests.catalogues import OTHERS, catalogue, said, said_in_figures
from tests.figures import places_by_id

RU, KK, FR, ES, DE, UK, AR = (Language(code) for code in OTHERS)
THIN, FIRM = "\u202f", "\u00a0"  # blanks at which no line breaks


def names(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def texts(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def test_the_sentences_of_the_code_are_found() -> None:
    found = said_in_figures()
    assert {"Legend", "outside the dates", "{figure} killed", ("{count} event", "{count} events")} <= found
    assert len(found) > 100
    of_page = said() - found
    assert {"Dark theme", "Voices", "log scale", "Somewhere in {region}"} <= of_page
    assert ("{count} event here", "{count} events here") in of_page


@pytest.mark.parametrize("code", OTHERS)
def test_every_sentence_of_a_figure_is_in_the_catalogue(code: str) -> None:
    assert said_in_figures() <= {message.id for message in catalogue(code)}


@pytest.mark.parametrize("code", OTHERS)
def test_a_catalogue_has_no_sentence_that_the_code_does_not_say(code: str) -> None:
    assert {message.id for message in catalogue(code) if message.id} <= said()


@pytest.mark.parametrize("code", OTHERS)
def test_a_catalogue_has_no_gap_and_the_places_for_values_of_the_english(code: str) -> None:
    found = catalogue(code)
    for message in found:
        if message.id:
            english = message.id if isinstance(message.id, tuple) else (message.id,)
            assert len(texts(message)) == (found.num_plurals if message.pluralizable else 1)
            for number, text in enumerate(texts(message)):
                assert text.strip()
                assert not message.fuzzy
                # "حدثان" is two events: a form for one number need not say it again.
                spoken = {"count"} if code == "ar" and message.pluralizable and number <= 2 else set()
                assert names(english[-1]) - spoken <= names(text) | spoken <= names(english[-1]) | spoken


@pytest.mark.parametrize("code", CODES)
@given(count=st.integers(0, 10_000), value=st.text(max_size=40))
def test_any_value_can_be_said_and_stays_as_it_is(code: str, count: int, value: str) -> None:
    language = Language(code)
    assert value in language.say("“{title}”", title=value)
    assert language.count("{count} event", "{count} events", count).strip()
    assert value in language.listed(["a", value])


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (RU, {1: "1 событие", 2: "2 события", 5: "5 событий", 11: "11 событий", 21: "21 событие", 112: "112 событий"}),
        (UK, {1: "1 подія", 3: "3 події", 5: "5 подій", 12: "12 подій", 22: "22 події"}),
        (AR, {1: "حدث واحد", 2: "حدثان", 3: "3 أحداث", 10: "10 أحداث", 11: "11 حدثا", 100: "100 حدث"}),
        (KK, {1: "1 оқиға", 5: "5 оқиға"}),
        (FR, {0: "0 événement", 1: "1 événement", 2: "2 événements"}),
        (DE, {0: "0 Ereignisse", 1: "1 Ereignis", 2: "2 Ereignisse"}),
        (ES, {1: "1 evento", 2: "2 eventos"}),
        (ENGLISH, {0: "0 events", 1: "1 event", 2: "2 events", 1234: "1234 events"}),
    ],
)
def test_what_is_counted_takes_the_form_that_goes_with_its_number(language: Language, words: dict[int, str]) -> None:
    assert {n: language.count("{count} event", "{count} events", n) for n in words} == words


@pytest.mark.parametrize(
    ("language", "days", "across", "month"),
    [
        (RU, f"6–9 января 2022{THIN}г.", f"26 декабря 2021{THIN}г. – 4 января 2022{THIN}г.", f"август 2022{THIN}г."),
        (UK, f"6–9 січня 2022{THIN}р.", f"26 грудня 2021{THIN}р. – 4 січня 2022{THIN}р.", f"серпень 2022{THIN}р."),
        (KK, f"2022{THIN}ж. 6–9 қаңтар", f"2021{THIN}ж. 26 желтоқсан – 2022{THIN}ж. 4 қаңтар", f"2022{THIN}ж. тамыз"),
        (FR, "6–9 janvier 2022", "26 décembre 2021 – 4 janvier 2022", "août 2022"),
        (ES, "6–9 de enero de 2022", "26 de diciembre de 2021 – 4 de enero de 2022", "agosto de 2022"),
        (DE, "6.–9. Januar 2022", "26. Dezember 2021 – 4. Januar 2022", "August 2022"),
        (AR, "6–9 يناير 2022", "26 ديسمبر 2021 – 4 يناير 2022", "أغسطس 2022"),
        (ENGLISH, "6–9 January 2022", "26 December 2021 – 4 January 2022", "August 2022"),
    ],
)
def test_days_are_said_as_in_the_language(language: Language, days: str, across: str, month: str) -> None:
    assert language.days(date(2022, 1, 6), date(2022, 1, 9)) == days
    assert language.days(date(2021, 12, 26), date(2022, 1, 4)) == across
    assert language.days(date(2022, 8, 1), date(2022, 8, 31)) == month


def test_an_axis_has_short_months_and_a_flow_leads_from_place_to_place() -> None:
    january = date(2022, 1, 5)
    assert [language.short_month(january) for language in (ENGLISH, RU, KK, FR, ES, DE, UK, AR)] == [
        "Jan", "янв.", "қаң.", "janv.", "ene", "Jan", "січ.", "يناير",
    ]  # fmt: skip
    assert [language.month(january) for language in (ENGLISH, RU, DE)] == ["January", "январь", "Januar"]
    assert ENGLISH.led(["A", "B"]) == "A → B"
    assert RU.led(["Москва", "Алматы"]) == "Москва – Алматы"


def test_a_language_is_called_as_its_speakers_call_it() -> None:
    assert [Language(code).own_name() for code in CODES] == [
        "English", "Русский", "Қазақ тілі", "Français", "Español", "Deutsch", "Українська", "العربية",
    ]  # fmt: skip


def test_days_of_two_months_share_their_year() -> None:
    first, last = date(2022, 1, 6), date(2022, 2, 1)
    assert RU.days(first, last) == f"6 января – 1 февраля 2022{THIN}г."
    assert DE.days(first, last) == "6. Januar – 1. Februar 2022"
    assert ES.days(first, last) == "6 de enero – 1 de febrero de 2022"


@given(first=st.dates(), last=st.dates())
def test_english_days_are_those_of_the_page(first: date, last: date) -> None:
    assert (ENGLISH.day(first), ENGLISH.days(first, last)) == (say_day(first), say_days(first, last))


@pytest.mark.parametrize("code", OTHERS)
@given(day=st.dates())
def test_a_day_is_that_of_unicodes_locale_data(code: str, day: date) -> None:
    assert Language(code).days(day, day) == format_date(day, "long", locale=code)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (ENGLISH, ("6,000", "43.3")), (RU, (f"6{FIRM}000", "43,3")), (UK, (f"6{FIRM}000", "43,3")),
        (KK, (f"6{FIRM}000", "43,3")), (FR, (f"6{THIN}000", "43,3")), (ES, ("6.000", "43,3")),
        (DE, ("6.000", "43,3")), (AR, ("6,000", "43.3")),
    ],
)  # fmt: skip
def test_numbers_have_the_languages_signs_and_western_digits(language: Language, said: tuple[str, str]) -> None:
    assert (language.number(6000), language.number(43.3)) == said


@pytest.mark.parametrize(
    ("low", "high", "qualifier", "russian", "german"),
    [
        (500, None, "over", f"более{FIRM}500", f"über{FIRM}500"),
        (26, None, "at least", f"не{FIRM}менее{FIRM}26", f"mindestens{FIRM}26"),
        (2500, 2500, "about", f"около{FIRM}2{FIRM}500", f"etwa{FIRM}2.500"),
        (100, None, "hundreds", "сотни", "Hunderte"),
        (26, 164, "", "26–164", "26–164"),
        (None, 30, "", f"до{FIRM}30", f"bis{FIRM}zu{FIRM}30"),
        (None, None, "", "число не указано", "ohne Zahl"),
    ],
)
def test_a_figure_keeps_its_qualifier_in_any_language(
    low: int | None, high: int | None, qualifier: str, russian: str, german: str
) -> None:
    assert (say_figure(low, high, qualifier, RU), say_figure(low, high, qualifier, DE)) == (russian, german)


def test_the_filter_says_itself_in_the_language() -> None:
    where = Filter.parse(**{"from": "2022-01-06", "to": "2022-01-09", "as_of": "2022-01-09", "categories": "clash"})
    assert where.describe(RU) == f"6–9 января 2022{THIN}г. · столкновение · по состоянию на 9 января 2022{THIN}г."
    assert where.describe(DE) == "6.–9. Januar 2022 · Zusammenstoß · Kenntnisstand vom 9. Januar 2022"
    assert Filter().describe(AR) == "كل الأحداث"


@pytest.mark.parametrize(
    ("place", "day", "names"),
    [
        ("nur-sultan", date(2022, 1, 5), ("Нур-Султан", "Нұр-Сұлтан", "Nour-Soultan", "نور سلطان")),
        ("nur-sultan", date(2023, 1, 5), ("Астана", "Астана", "Astana", "أستانا")),
        ("aktobe", date(2022, 1, 5), ("Актобе", "Ақтөбе", "Aktobe", "أكتوبي")),
        ("taldykorgan", date(2022, 1, 5), ("Талдыкорган", "Талдықорған", "Taldykourgan", "تالديكورغان")),
        ("zhetygen", date(2022, 1, 5), ("Жетыген", "Жетіген", "Zhetygen", "جيتيغين")),
        ("almaty", date(2022, 1, 5), ("Алматы", "Алматы", "Almaty", "ألماتي")),
        ("geneva", date(2022, 1, 5), ("Женева", "Женева", "Genève", "جنيف")),
    ],
)  # fmt: skip
def test_a_place_has_the_name_of_the_day_in_the_language_where_it_is_known(
    store: Store, place: str, day: date, names: tuple[str, ...]
) -> None:
    found = places_by_id()[place]
    assert tuple(language.place(found, day) for language in (RU, KK, FR, AR)) == names
    assert ENGLISH.place(found, day) == found.name_on(day)


def test_every_place_of_the_bundled_data_has_a_name_in_each_language_of_another_script(store: Store) -> None:
    for place in store.places:
        for language in (RU, KK, UK, AR):
            assert not re.search("[A-Za-z]", language.place(place, date(2022, 1, 5)))


def test_a_place_of_the_same_name_elsewhere_keeps_the_name_of_the_data() -> None:
    elsewhere = Place("p", "Aktau", 73.07, 50.23, "village", "KZ")
    assert RU.place(elsewhere, date(2022, 1, 5)) == "Aktau"
    assert RU.place(Place("p", "Geneva", -76.98, 42.87, "town", "US"), date(2022, 1, 5)) == "Geneva"


def test_every_curated_name_has_a_known_language_and_a_source() -> None:
    rows = [line.split(",") for line in LOCAL_NAMES.read_text(encoding="utf-8").splitlines()[1:]]
    assert rows
    assert {row[4] for row in rows} <= set(OTHERS)
    assert all(row[5] and row[6] for row in rows)


def test_countries_have_the_languages_names_and_else_the_given_one() -> None:
    assert [language.country("KZ") for language in (ENGLISH, RU, KK, DE, AR)] == [
        "Kazakhstan", "Казахстан", "Қазақстан", "Kasachstan", "كازاخستان",
    ]  # fmt: skip
    assert RU.country("", "Clipperton Island") == "Clipperton Island"


def test_signs_around_a_latin_name_stay_on_its_arabic_side() -> None:
    assert AR.say("“{title}”", title="A title") == f"«{RLM}A title{RLM}»"
    assert AR.say("“{title}”", title="عنوان") == "«عنوان»"
