"""The reader's choice is read strictly, says itself and writes itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.errors import ChoiceError
from geodata.filter import FIELDS, Filter
from geodata.record.model import CATEGORIES, GEO_PRECISIONS
from tests.areas import areas

letters = st.sampled_from("aZé ı0;:+%&#='\"<Алматы中\u202e")
words = st.text(letters, min_size=1, max_size=9).map(str.strip).filter(bool)
lists = st.lists(words, max_size=4)
degrees = st.floats(-180, 180)


@st.composite
def choices(draw: st.DrawFn) -> dict[str, Any]:
    """Values by filter key that can be read, as the page's controls give them."""
    first, last = sorted([draw(st.dates()), draw(st.dates())])
    south, north = sorted([draw(st.floats(-90, 90)), draw(st.floats(-90, 90))])
    everything: dict[str, st.SearchStrategy[Any]] = {
        "from": st.just(str(first)),
        "to": st.just(str(last)),
        "dates": st.sampled_from(["may", "must"]),
        "as_of": st.dates().map(str),
        "categories": st.lists(st.sampled_from(CATEGORIES)),
        "claimants": lists,
        "sources": lists,
        "actors": lists,
        "places": lists,
        "precision": st.lists(st.sampled_from(GEO_PRECISIONS)),
        "q": st.text(letters, max_size=20),
        "bbox": st.tuples(degrees, st.just(south), degrees, st.just(north)).map(list),
        "area": areas(),
        "v": words,
    }
    assert everything.keys() == set(FIELDS)
    return {key: draw(everything[key]) for key in draw(st.sets(st.sampled_from([*FIELDS])))}


@given(choices())
def test_a_filter_is_read_back_from_its_query_as_it_was(values: dict[str, Any]) -> None:
    where = Filter.parse(**values)
    assert Filter.parse(**where.to_query()) == where
    assert Filter.parse_link(where.to_query()) == (where, ())


@given(choices())
def test_every_filter_says_itself_in_words(values: dict[str, Any]) -> None:
    where = Filter.parse(**values)
    said = where.describe()
    assert all(
        word in said for word in (*where.categories, *where.chosen("claimants"), *where.chosen("places"), where.q)
    )
    assert ("as known on" in said) == (where.as_of is not None)
    assert (said == "all events") == (not where.to_query().keys() - {"v", "dates"})


def test_a_query_keeps_the_order_of_the_keys_and_leaves_out_what_is_not_set() -> None:
    where = Filter.parse(as_of="2022-01-09", categories="detention,clash", **{"from": "2022-01-06"})
    assert list(where.to_query().items()) == [
        ("from", "2022-01-06"),
        ("as_of", "2022-01-09"),
        ("categories", "clash,detention"),
    ]
    assert Filter().to_query() == {}


def test_the_caption_of_a_filter_names_all_its_choices() -> None:
    where = Filter.parse(
        categories="clash,detention",
        q="akimat",
        as_of="2022-01-09",
        **{"from": "2022-01-06", "to": "2022-01-09"},
    )
    assert where.describe() == ("6–9 January 2022 · clash, detention · text “akimat” · as known on 9 January 2022")
    assert Filter().describe() == "all events"


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("from", "2022-02-30", "Cannot read from: '2022-02-30' is not a date (expected YYYY-MM-DD)."),
        ("to", "9 January 2022", "'9 January 2022' is not a date"),
        ("as_of", "2022-01", "'2022-01' is not a date"),
        (
            "categories",
            "clash,war",
            "'war' is none of deployment, clash, protest, detention, political, other",
        ),
        ("dates", "perhaps", "'perhaps' is none of may, must"),
        ("precision", "exact", "'exact' is none of site, settlement"),
        ("bbox", "1,2,3", "expected west,south,east,north in degrees"),
        ("bbox", "nan,0,1,1", "expected west,south,east,north in degrees"),
        ("bbox", "0,0,inf,1", "expected west,south,east,north in degrees"),
        ("bbox", "0,10,1,5", "south is above north"),
        ("bbox", "0,0,181,5", "is not on the globe"),
        ("q", "x" * 1001, "1,001 characters (expected at most 1,000)"),
        ("claimants", ",".join(map(str, range(1001))), "expected at most 1000 entries"),
        ("colour", "red", "Unknown filter key 'colour' (expected one of from, to, dates"),
    ],
)
def test_a_value_that_cannot_be_read_is_refused_and_a_link_is_opened_without_it(
    key: str, value: str, words: str
) -> None:
    with pytest.raises(ChoiceError) as caught:
        Filter.parse(**{key: value})
    assert words in str(caught.value)
    assert caught.value.key == key
    where, notices = Filter.parse_link({"v": "abc", key: value, "dates" if key != "dates" else "q": "must"})
    assert where == Filter.parse(v="abc", **{"dates" if key != "dates" else "q": "must"})
    assert notices == (str(caught.value),)


@pytest.mark.parametrize("sign", ["\n", "\t", "\x00", "\x7f", "\x85", "\ud800"])
@pytest.mark.parametrize(
    ("key", "shape"), [("q", str), ("v", str), ("places", str), ("claimants", lambda text: [text])]
)
def test_a_text_with_a_control_character_or_half_a_letter_is_refused_with_a_sentence(
    key: str, shape: Callable[[str], object], sign: str
) -> None:
    text = f"Al{sign}maty"
    with pytest.raises(ChoiceError) as caught:
        Filter.parse(**{key: shape(text)})
    assert str(caught.value) == f"Cannot read {key}: {text!r} has control characters (expected plain text)."
    assert caught.value.key == key


def test_dates_that_run_backwards_are_refused() -> None:
    with pytest.raises(ChoiceError, match="run backwards: from 2022-01-09 to 2022-01-06"):
        Filter.parse(**{"from": "2022-01-09", "to": "2022-01-06"})
    where, notices = Filter.parse_link({"from": "2022-01-09", "to": "2022-01-06"})
    assert where == Filter(date_from=date(2022, 1, 9))
    assert len(notices) == 1


def test_a_box_across_the_antimeridian_is_read() -> None:
    assert Filter.parse(bbox="170,-10,-170,10").bbox == (170, -10, -170, 10)


@pytest.mark.parametrize("unset", [None, "", []])
def test_what_is_not_set_keeps_everything(unset: object) -> None:
    assert Filter.parse(**dict.fromkeys(FIELDS, unset)) == Filter()
