"""Figures as people write them: what is said is read, what is not said is not made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.importers.values.answer import Answers
from geodata.importers.values.figures import Figure, read_figures
from geodata.record.model import QUALIFIERS

# With a bar between.
RANGES = (
    "6-8|6–8|6 - 8|6 to 8|between 6 and 8|6 bis 8|zwischen 6 und 8|de 6 à 8|entre 6 y 8|от 6 до 8|"
    "від 6 до 8|بين 6 و 8|between six and eight|6 or 8|6-8 killed|٦-٨"
)
AT_LEAST = (
    "12+|12 +|>=12|≥12|≥ 12|at least 12|min. 12|no less than 12|12 or more|from 12|mindestens 12|"
    "12 oder mehr|au moins 12|al menos 12|не менее 12|от 12|щонайменше 12|кемінде 12|على الأقل 12|"
    "at least twelve|at least 12 killed"
)
OVER = (
    ">100|> 100|more than 100|over 100|über 100|mehr als 100|plus de 100|más de 100|более 100|свыше 100|"
    "понад 100|100-ден астам|أكثر من ١٠٠"
)
ABOUT = (
    "~20|≈20|about 20|c. 20|ca. 20|circa 20|some 20|etwa 20|rund 20|environ 20|unos 20|около 20|"
    "близько 20|шамамен 20|حوالي 20|20?"
)
NOTHING = (
    "several|some|few|a few|many|einige|plusieurs|varios|несколько|кілька|бірнеше|عدة|unknown|NA|N/A|n/a|"
    "?|-|–|none given|unbekannt|inconnu|неизвестно|no|none|keine|-9|-99|-999|-99.0|nan"
)


def figure(text: str, thousands: str = "") -> Figure | None:
    answers = read_figures([text], thousands=thousands)
    assert not answers.refusals
    assert answers.question is None
    return answers.found[0]


@pytest.mark.parametrize(
    "text", ["7", "7.0", "٧", "seven", "sieben", "sept", "siete", "семь", "сім", "жеті", "سبعة", "7 killed"]
)
def test_one_number_is_low_best_and_high(text: str) -> None:
    assert figure(text) == Figure(7, 7, 7)


@pytest.mark.parametrize("text", RANGES.split("|"))
def test_a_range_has_a_low_a_high_and_no_best(text: str) -> None:
    assert figure(text) == Figure(6, None, 8)


def test_a_range_may_begin_with_none() -> None:
    assert figure("0-1") == Figure(0, None, 1)
    assert figure("about 6-8") == Figure(6, None, 8, "about")


@pytest.mark.parametrize("text", AT_LEAST.split("|"))
def test_at_least_has_an_open_top(text: str) -> None:
    assert figure(text) == Figure(12, None, None, "at least")


@pytest.mark.parametrize("text", OVER.split("|"))
def test_over_has_an_open_top(text: str) -> None:
    assert figure(text) == Figure(100, None, None, "over")


@pytest.mark.parametrize("text", ABOUT.split("|"))
def test_about_is_the_number_with_its_word(text: str) -> None:
    assert figure(text) == Figure(20, 20, 20, "about")


@pytest.mark.parametrize(
    "text",
    ["<=8", "≤8", "up to 8", "bis zu 8", "jusqu'à 8", "jusqu’à 8", "hasta 8", "до 8", "8-ге дейін", "<9", "under 9"],
)
def test_up_to_has_no_low(text: str) -> None:
    assert figure(text) == Figure(None, None, 8)


@pytest.mark.parametrize(
    ("text", "low", "qualifier"),
    [
        ("tens", 10, "at least"),
        ("dozens", 12, "at least"),
        ("several dozen", 12, "at least"),
        ("Dutzende", 12, "at least"),
        ("des dizaines", 10, "at least"),
        ("десятки", 10, "at least"),
        ("hundreds", 100, "hundreds"),
        ("сотни человек", 100, "hundreds"),
        ("مئات", 100, "hundreds"),
        ("thousands", 1000, "at least"),
    ],
)
def test_a_word_that_counts_has_the_low_of_the_codebook_and_no_best(text: str, low: int, qualifier: str) -> None:
    answers = read_figures([text])
    assert answers.found == [Figure(low, None, None, qualifier)]
    assert answers.repairs[0].startswith(f"{text!r} is read as at least {low}")


@pytest.mark.parametrize("text", NOTHING.split("|"))
def test_what_says_no_number_is_none_and_never_0(text: str) -> None:
    answers = read_figures([text])
    assert answers.found == [None]
    assert not answers.refusals
    assert repr(text) in answers.repairs[0]


def test_an_empty_cell_is_none_without_a_word_and_0_is_0() -> None:
    answers = read_figures(["", " ", "0"])
    assert answers.found == [None, None, Figure(0, 0, 0)]
    assert (answers.repairs, answers.told) == ({}, ())


def test_words_and_codes_for_no_figure_are_told_once_for_the_column() -> None:
    told = read_figures(["unknown", "NA", "-99", "5"]).told
    assert told == ("No figure, and not 0, is said by '-99', 'NA' and 'unknown'.",)


@pytest.mark.parametrize(
    ("text", "rule", "words"),
    [
        ("3.5", "figure-fraction", "not a whole number"),
        ("0.500", "figure-fraction", "not a whole number"),
        ("1e3", "figure", "all digits written"),
        ("-1", "figure-negative", "is negative"),
        ("1000000000000", "figure-size", "too large"),
        ("9" * 400, "figure-size", "too large"),
        ("12 (3 children)", "figure", "more than one figure"),
        ("12 people killed", "figure", "is not a figure"),
        ("12%", "figure", "is not a figure"),
        ("12 percent", "figure", "is not a figure"),
        ("8-6", "figure-range", "8 to 6"),
        ("at least 10-12", "figure", "more than one figure"),
        ("6 and 8", "figure", "more than one figure"),
        ("inf", "figure", "is not a figure"),
        ("1.2.3", "figure", "is not a figure"),
        ("<0", "figure", "is not a figure"),
    ],
)
def test_what_is_no_figure_is_refused_by_name(text: str, rule: str, words: str) -> None:
    answers = read_figures([text])
    assert answers.found == [None]
    assert answers.refusals[0].rule == rule
    assert answers.refusals[0].message.startswith(repr(text)[:20])
    assert words in answers.refusals[0].message


@pytest.mark.parametrize(
    "text", ["1 000", "1\u00a0000", "1\u202f000", "1'000", "1’000", "1,000", "1.000", "1,000.0", "١٬٠٠٠"]
)
def test_digits_in_groups_of_three_are_thousands(text: str) -> None:
    assert figure(text) == Figure(1000, 1000, 1000)


def test_the_mark_between_thousands_is_told() -> None:
    assert read_figures(["1,200", "3.0"]).told == (
        "Commas stand between thousands, as in '1,200'.",
        "Figures such as '3.0' are whole numbers.",
    )
    assert read_figures(["1.200", "3,0"]).found == [Figure(1200, 1200, 1200), Figure(3, 3, 3)]


@pytest.mark.parametrize(
    "column", [("1,200", "3,0"), ("1,200", "1.200"), ("1.200", "1,200,000"), ("1,200", "1,5 тыс.")]
)
def test_marks_that_contradict_each_other_are_one_question(column: tuple[str, str]) -> None:
    answers = read_figures(column)
    assert answers.question
    assert (answers.question.key, [key for key, _ in answers.question.choices]) == ("thousands", [",", "."])
    assert answers.found[0] is None
    assert not answers.refusals


def test_several_fractions_say_that_a_mark_stands_before_decimals() -> None:
    answers = read_figures(["78.125", "0.33", "19.8", "4.0"])
    assert not answers.question
    assert answers.found == [None, None, None, Figure(4, 4, 4)]
    assert {refusal.rule for refusal in answers.refusals.values()} == {"figure-fraction"}


def test_an_answer_settles_what_stands_between_thousands() -> None:
    column = ["1,200", "3,0", "1.200"]
    answers = read_figures(column, thousands=",")
    assert answers.found == [Figure(1200, 1200, 1200), None, None]
    assert {i: refusal.rule for i, refusal in answers.refusals.items()} == {1: "figure", 2: "figure-fraction"}
    assert answers.told[0] == "Commas stand between thousands, as was answered."
    assert read_figures(column, thousands=".").found == [None, Figure(3, 3, 3), Figure(1200, 1200, 1200)]


def test_more_than_a_million_is_read_with_a_word_of_warning() -> None:
    assert read_figures(["2000000"]).repairs == {0: "'2000000' is more than a million."}
    assert not read_figures(["1000000"]).repairs


def test_a_rounded_number_is_about() -> None:
    assert figure("2 тыс.") == Figure(2000, 2000, 2000, "about")
    assert figure("10k") == Figure(10_000, 10_000, 10_000, "about")
    assert figure("over 1.5 million") == Figure(1_500_000, None, None, "over")


WAYS = (
    ("{n}", ""), ("{n:,}", ""), ("~{n}", "about"), ("about {n}", "about"), (">{n}", "over"), ("{n}+", "at least"),
    ("at least {n}", "at least"), ("{n}.0", ""),
)  # fmt: skip


@given(st.integers(0, 999_999), st.sampled_from(WAYS))
def test_each_number_reads_back(number: int, way: tuple[str, str]) -> None:
    assert figure(way[0].format(n=number)) == (
        Figure(number, None, None, way[1]) if way[1] in {"over", "at least"} else Figure(number, number, number, way[1])
    )


@given(st.integers(0, 9999), st.integers(0, 9999))
def test_each_range_reads_back(low: int, length: int) -> None:
    for between in ("-", " – ", " to ", " bis "):
        assert figure(f"{low}{between}{low + length}") == Figure(low, None, low + length)


@given(st.permutations(["1,200", "3.0", "unknown", "6-8", "x", "-99", "dozens", "12+"]))
def test_the_order_of_the_texts_does_not_matter(texts: list[str]) -> None:
    def by_text(answers: Answers[Figure], column: list[str]) -> list[object]:
        each = zip(column, answers.found, strict=True)
        refused = {column[i]: refusal for i, refusal in answers.refusals.items()}
        repaired = {column[i]: repair for i, repair in answers.repairs.items()}
        return [dict(each), refused, repaired, answers.told, answers.question]

    assert by_text(read_figures(texts), texts) == by_text(read_figures(sorted(texts)), sorted(texts))
    assert read_figures(texts) == read_figures(texts)


@given(st.text(max_size=30) | st.text("0123456789.,-+<>~ atles oréиы", max_size=16), st.sampled_from(["", ",", "."]))
def test_any_text_is_a_figure_in_order_or_refused_or_nothing(text: str, thousands: str) -> None:
    answers = read_figures([text], thousands=thousands)
    found = answers.found[0]
    if found:
        given_ends = [end for end in (found.low, found.best, found.high) if end is not None]
        assert given_ends == sorted(given_ends)
        assert all(0 <= end < 10**12 for end in given_ends)
        assert found.qualifier in {"", *QUALIFIERS}
        assert not answers.refusals


@pytest.mark.parametrize("text", ["1-" * 100_000, "a few " * 100_000, "1,2" * 100_000, "٣" * 100_000])
def test_a_very_long_text_is_refused_without_being_taken_apart(text: str) -> None:
    assert read_figures([text, "3"]).found == [None, Figure(3, 3, 3)]


def test_a_share_of_a_toll_lies_between_two_whole_numbers_where_a_column_has_shares() -> None:
    answers = read_figures(["19.8", "0.5", "7.0", "8"], has_shares=True)
    assert answers.found == [Figure(19, None, 20), Figure(0, None, 1), Figure(7, 7, 7), Figure(8, 8, 8)]
    assert answers.repairs[0] == "'19.8' is no whole number, and read as 19 to 20."


@pytest.mark.parametrize(
    "text",
    [
        *("7 (including 2 children)", "7, including 2 children", "7 (davon 2 Kinder)", "7 (в том числе 2 детей)"),
        *("7 (+1 terrorist)", "7  (+2 suicide bombers)", "7 (+20 kidnapped)", "7[3]", "7 [3][4]"),
        *("7*", "[7]", '"7"', "7 (disputed)", "killed: 7", "7 (seven)", "seven (7)"),
    ],
)
def test_what_stands_beside_the_figure_of_all_is_told_and_left_out(text: str) -> None:
    answers = read_figures([text])
    assert answers.found == [Figure(7, 7, 7)]
    assert "is read as 7." in answers.repairs[0]


@pytest.mark.parametrize(
    "text", ["7 (2 children)", "7 (+2 children)", "7 + 2", "7 dead, 2 injured", "several (7)", "7/2"]
)
def test_figures_that_may_not_be_of_all_are_refused(text: str) -> None:
    assert read_figures([text]).refusals


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15-20k", Figure(15_000, None, 20_000, "about")),
        ("1.5-2k", Figure(1_500, None, 2_000, "about")),
        ("500-1k", Figure(500, None, 1_000, "about")),
        ("100s of people", Figure(100, None, None, "hundreds")),
        ("1000s", Figure(1_000, None, None, "at least")),
        ("seventeen", Figure(17, 17, 17)),
        ("50 (est.)", Figure(50, 50, 50, "about")),
        ("no deaths", None),
        ("7 (+2)", Figure(7, None, 9)),
        ("7+ (+1 attacker)", Figure(7, None, None, "at least")),
    ],
)
def test_figures_in_short_are_written_out(text: str, expected: Figure | None) -> None:
    assert figure(text) == expected
