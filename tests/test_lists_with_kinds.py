"""Tables whose column of kinds is of something else, says one word in all rows, or less than another one: the kinds of
their events come from what says more. Rows are invented."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.opened import Opened, opened

_TARGETS = "Farm", "Bridge", "Diplomatic Mission"


def _opened(capsys: Any, tmp_path: Path, text: str, name: str = "list.csv", mapping: str = "") -> Opened:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    if mapping:
        (tmp_path / "m.toml").write_text(mapping, encoding="utf-8")
    return opened(capsys, tmp_path, path, *(["--mapping", str(tmp_path / "m.toml")] if mapping else []))


def _categories(found: Opened) -> list[str]:
    return [event.category for event in found.events]


def _raids(headings: str) -> str:
    rows = [f"2022-01-0{n},Almaty,The old mill,{target},1,2\n" for n, target in enumerate(_TARGETS, 1)]
    return f"Date,City,{headings}\n{''.join(rows)}"


@pytest.mark.parametrize(
    "headings",
    [
        "Target,Sub-category,Min Air Raids,Max Air Raids",
        "Target,Category,Shellings,Other",
    ],
)
def test_the_kind_of_a_target_is_no_kind_of_event_where_attacks_are_counted(
    capsys: Any, tmp_path: Path, headings: str
) -> None:
    found = _opened(capsys, tmp_path, _raids(headings))
    assert _categories(found) == ["clash"] * 3
    assert "counts attacks (kind under [answers] in a mapping says otherwise)" in found.words
    assert "is the kind of the target, and of no event" in found.words


def test_the_name_of_the_file_says_it_beside_the_kind_of_a_target(capsys: Any, tmp_path: Path) -> None:
    text = _raids("Target,Category,Number,Other")
    assert _categories(_opened(capsys, tmp_path, text, "air_raids.csv")) == ["clash"] * 3
    assert _categories(_opened(capsys, tmp_path, text, "list.csv")) == ["other", "other", "political"]


def test_how_often_something_struck_is_a_number_of_attacks(capsys: Any, tmp_path: Path) -> None:
    found = _opened(capsys, tmp_path, _raids("Target,Sub-category,Min Air Raids,Max Air Raids"))
    assert {(claim.measure, claim.low, claim.high) for claim in found.claims} == {("attacks", 1, 2)}


def test_strikes_that_a_table_counts_may_be_those_of_workers(capsys: Any, tmp_path: Path) -> None:
    assert _categories(_opened(capsys, tmp_path, "Date,City,Title,Strikes\n2022-01-05,Almaty,Mill,3\n")) == ["other"]


@pytest.mark.parametrize("kinds", [("open", "open"), ("Incident", "Campaign")])
def test_a_column_of_kinds_that_says_none_leaves_it_to_the_titles(
    capsys: Any, tmp_path: Path, kinds: tuple[str, str]
) -> None:
    text = f"date,type,title,city\n2022-01-05,{kinds[0]},Rally for trees,Almaty\n2022-01-06,{kinds[1]},Trees,Almaty\n"
    found = _opened(capsys, tmp_path, text)
    assert _categories(found) == ["protest", "other"]
    assert [event.event_type for event in found.events] == list(kinds)
    assert "Nothing in 'type' is a kind of event that is known: 1 row has a category by the words" in found.words


def test_a_column_of_kinds_that_says_one_stands_above_the_titles(capsys: Any, tmp_path: Path) -> None:
    text = "date,type,title,city\n2022-01-05,open,Rally for trees,Almaty\n2022-01-06,arrest,Rally,Almaty\n"
    assert _categories(_opened(capsys, tmp_path, text)) == ["other", "detention"]
    mapping = '[columns]\ndate_start = "date"\ntitle = "title"\ncategory = "type"\n\n[categories]\nopen = "political"\n'
    constant = text.replace("arrest", "open")
    assert _categories(_opened(capsys, tmp_path, constant, "b.csv", mapping)) == ["political"] * 2


def test_a_table_of_which_nothing_says_a_kind_says_so(capsys: Any, tmp_path: Path) -> None:
    found = _opened(capsys, tmp_path, "date,title,city\n2022-01-05,Mill,Almaty\n")
    assert _categories(found) == ["other"]
    assert 'Nothing says what kind of events these are: each is "other"' in found.words
