"""Kinds of events as others name them fall in our categories; what falls in none is told and counted, never refused."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.importers.values.categories import read_categories
from geodata.language.language import CODES, Language
from geodata.record.model import CATEGORIES

# Words of several languages, and the sub types of ACLED by the crosswalk.
WORDS = {
    "clash": (
        "battle|Battles|attack|shelling|explosion|airstrike|air strike|riot|Riots|Mob violence|Armed clash|"
        "Government regains territory|Non-state actor overtakes territory|Explosions/Remote violence|Chemical weapon|"
        "Air/drone strike|Suicide bomb|Shelling/artillery/missile attack|Remote explosive/landmine/IED|Grenade|"
        "Violence against civilians|Sexual violence|Attack|Abduction/forced disappearance|State-based violence|"
        "Non-state conflict|One-sided violence|Assassination|Hostage Taking (Kidnapping)|Bombing/Explosion|"
        "Gefecht|Beschuss|Ausschreitungen|bombardement|émeute|tiroteo|обстрел|взрыв|вибух|шабуыл|قصف|هجوم"
    ),
    "protest": (
        "Demonstration|Kundgebung|manifestation|митинг|мітинг|Protests|Peaceful protest|Protest with intervention|"
        "Excessive force against protesters|Excessive force against protestors|Violent demonstration|march|sit-in|"
        "Streik|grève|huelga|marcha|наразылық|مظاهرة|الاحتجاجات"
    ),
    "detention": "arrest|Arrests|detention|Verhaftung|interpellation|detenidos|арест|задержания|затримання|اعتقال",
    "deployment": (
        "troop movement|Headquarters or base established|Non-violent transfer of territory|Truppenabzug|convoi|"
        "despliegue|переброска войск|розгортання|نشر قوات"
    ),
    "political": (
        "election|agreement|Agreement|Change to group/activity|ceasefire|Wahl|élections|acuerdo|выборы|переговоры|"
        "вибори|сайлау|انتخابات"
    ),
    "other": "Other|Looting/property destruction|Disrupted weapons use|Sonstiges|autre|другое",
}


@pytest.mark.parametrize("category", WORDS)
def test_words_for_what_happens_fall_in_a_category(category: str) -> None:
    texts = WORDS[category].split("|")
    answers = read_categories(texts)
    assert {text: found for text, found in zip(texts, answers.found, strict=True) if found != category} == {}
    assert not answers.repairs
    assert not answers.refusals


@pytest.mark.parametrize(
    ("category", "words"),
    [
        ("clash", "Raub|Raubüberfall|Körperverletzung|Coups et blessures|Lesiones personales|Tiroteio"),
        ("clash", "Rapina|Pobicie|Overval|Избиение|Yaralama"),
        ("protest", "Manifestazione|Corteo|Strajk|Betoging|Greve geral|Yürüyüş"),
        ("detention", "Prisão|Zatrzymanie|Gözaltı|Aanhouding"),
        ("other", "Scontro frontale|Diebstahl|Furto|Verkehr"),
    ],
)
def test_words_of_registers_in_more_languages_fall_in_a_category(category: str, words: str) -> None:
    assert set(read_categories(words.split("|")).found) == {category}


def test_our_own_names_read_back_in_each_language() -> None:
    for code in CODES:
        names = [Language(code).say(category) for category in CATEGORIES]
        assert read_categories(names).found == list(CATEGORIES), code


@pytest.mark.parametrize("text", ["PROTEST", " Protest ", "pro\u0074est", unicodedata.normalize("NFD", "déploiement")])
def test_case_blanks_and_composition_do_not_matter(text: str) -> None:
    assert read_categories([text]).found[0] in {"protest", "deployment"}


def test_letters_of_another_script_that_look_alike_are_seen_and_told() -> None:
    answers = read_categories(["рrotest", "прoтест"])
    assert answers.found == ["protest", "protest"]
    assert answers.repairs == {
        0: "'рrotest' mixes Latin and Cyrillic letters; it is read as 'protest'.",
        1: "'прoтест' mixes Latin and Cyrillic letters; it is read as 'протест'.",
    }


def test_what_is_in_no_category_or_in_two_is_other_and_told() -> None:
    answers = read_categories(["foo", "strike", "Strategic developments", "democracy", "protest with arrests", "clash"])
    assert answers.found == [*["other"] * 5, "clash"]
    assert answers.told == (
        "4 kinds of events are in no category and stand as \"other\": 'Strategic developments', 'democracy', 'foo' "
        "and 1 more.",
        "1 kind of event is in more than one category and stands as \"other\": 'protest with arrests'.",
    )


@pytest.mark.parametrize("text", ["Choque contra obstáculo fijo", "F-4C Phantom jet fighter", "Firefighters called"])
def test_what_only_sounds_like_a_fight_is_none(text: str) -> None:
    assert read_categories([text]).found == ["other"]


@pytest.mark.parametrize("text", ["Cardiorespiratory arrest", "Cardiac arrest", "heart attack", "Ataque cardíaco"])
def test_what_befalls_a_heart_is_neither_a_detention_nor_an_attack(text: str) -> None:
    assert read_categories([text, f"{text} after his arrest"]).found == ["other", "detention"]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Gewaltfreiheit",
            "gewaltfreier Widerstand",
            "non-violence",
            "nonviolent action",
            "no violencia",
            "ненасилие",
        ),
        *("против насилия", "проти насильства", "Gegen linke Gewalt", "Exploración", "Lightning strike"),
    ],
)
def test_what_is_without_violence_or_against_it_is_no_clash(text: str) -> None:
    assert read_categories([text]).found == ["other"]


@pytest.mark.parametrize(
    ("category", "words"),
    [
        (
            "clash",
            "Strike on a hydroelectric power plant|Strike on the oil depot|Five dead, killed in strike|drone strikes",
        ),
        ("clash", "Two workers killed in a missile strike|School damaged in a strike|Military strike"),
        ("protest", "Teachers' strike|Strike by bus drivers|Nurses on strike|School strike|Strike for higher wages"),
        ("clash", "General Bar killed in strike|Three journalists killed by a strike|Strike kills two teachers"),
        ("other", "Strike|Strike on Monday|Strike over the hills|Driver strikes a child|Train strikes a bus"),
        (
            "protest",
            "Road blockade|Farmers' convoy|A convoy of 40 tractors|Motorcade|Bloqueo por motivos sociales|"
            "Tractor convoy|Bloqueo de maestros",
        ),
        ("other", "Blockade|Naval blockade|Bloqueo naval|Mass hysteria"),
        ("clash", "V1|v2|Air raid alert|Strike on the militant X. Y."),
        ("clash", "Narcobloqueo|Incendian un camión|Quema de vehículos|Bloqueo armado"),
        ("other", "Bloqueo|Quema agrícola"),
    ],
)
def test_a_strike_is_a_blow_or_one_of_labour_by_the_words_beside_it_and_a_fire_by_what_is_burnt(
    category: str, words: str
) -> None:
    assert set(read_categories(words.split("|")).found) == {category}


def test_how_words_are_read_is_told_once() -> None:
    assert read_categories(["protest", "battle", "митинг"]).told == (
        "Categories are read from the file's words: 'battle' as clash, 'митинг' as protest.",
    )
    assert read_categories(list(CATEGORIES)).told == ()


def test_an_empty_cell_and_a_word_for_unknown_are_none() -> None:
    answers = read_categories(["", "unknown"])
    assert answers.found == [None, None]
    assert answers.repairs == {1: "'unknown' names no category; the cell counts as empty."}


@given(st.permutations(["protest", "Battles", "foo", "", "рrotest", "protest with arrests"]))
def test_the_order_of_the_texts_does_not_matter(texts: list[str]) -> None:
    one, other = read_categories(texts), read_categories(sorted(texts))
    assert dict(zip(texts, one.found, strict=True)) == dict(zip(sorted(texts), other.found, strict=True))
    assert one.told == other.told
    assert one == read_categories(texts)


@given(st.lists(st.text(max_size=30), unique=True, max_size=5))
def test_no_text_is_refused(texts: list[str]) -> None:
    answers = read_categories(texts)
    assert not answers.refusals
    assert set(answers.found) <= {None, *CATEGORIES}


def test_numbers_of_versions_are_no_flying_bombs() -> None:
    assert read_categories(["V1", "V2", "V3"]).found == ["other"] * 3


def test_tags_between_commas_are_of_the_kind_that_they_name_first_and_a_sentence_with_commas_is_no_tags() -> None:
    texts = [
        "protest, arrest, journalist",
        "tear gas,arrest,protester",
        "Protesters gathered in town, police arrested 5",
    ]
    answers = read_categories(texts)
    assert answers.found == ["protest", "detention", "other"]
    assert "Of tags in several categories the first says which" in " ".join(answers.told)
