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


def _damage(rest: str) -> str:
    titles = [*("Shelling of a mill",) * 20, *("School damaged", "Пожар на складе", "Water rises"), rest]
    return "date,title,city\n" + "".join(f"2022-01-{n + 1:02},{title},Almaty\n" for n, title in enumerate(titles))


def test_in_a_list_of_clashes_harm_is_of_one_too(capsys: Any, tmp_path: Path) -> None:
    found = _opened(capsys, tmp_path, _damage("Bridge repaired"))
    assert _categories(found) == ["clash"] * 22 + ["other"] * 2
    assert "20 of these are clashes: 2 more rows are, as their titles speak of harm" in found.words


def test_harm_alone_is_of_no_clash(capsys: Any, tmp_path: Path) -> None:
    found = _opened(capsys, tmp_path, _damage("").replace("Shelling of a mill", "Rain on a mill"))
    assert set(_categories(found)) == {"other"}


@pytest.mark.parametrize(
    ("title", "category"),
    [
        *((title, "clash") for title in ("School hit by a shahed drone", "Shipyard on fire after a strike")),
        *((title, "clash") for title in ("Tank firing into a mill", "Strike next to a mill", "Обломки БПЛА на поле")),
        *((title, "clash") for title in ("Lathi charge on a crowd", "Police damaging cars", "Cars under heavy fire")),
        *((title, "other") for title in ("Car hit by a train", "Drone footage of a mill", "Mayor under fire over tax")),
        *(
            (title, "other")
            for title in ("Coach fired on Monday", "Fire at a mill", "Police beat the heat", "Manager fired at once")
        ),
        ("Bus on fire after strike by drivers", "protest"),
    ],
)
def test_a_title_says_what_struck_and_who_fired(capsys: Any, tmp_path: Path, title: str, category: str) -> None:
    assert _categories(_opened(capsys, tmp_path, f"date,title,city\n2022-01-05,{title},Almaty\n")) == [category]


@pytest.mark.parametrize("kind", ["drone", "UAV", "БПЛА", "FPV drone"])
def test_a_drone_as_a_kind_of_event_is_a_clash(capsys: Any, tmp_path: Path, kind: str) -> None:
    assert _categories(_opened(capsys, tmp_path, f"date,type,city\n2022-01-05,{kind},Almaty\n")) == ["clash"]


def test_rows_that_say_another_kind_than_the_file_are_not_of_it(capsys: Any, tmp_path: Path) -> None:
    kinds = "Concerning Arrest", "Concerning Arrest", "Concerning Use of Force", "Concerning Deportation", ""
    rows = [f"2022-01-0{n},{kind},Mill,Almaty\n" for n, kind in enumerate(kinds, 1)]
    found = _opened(capsys, tmp_path, f"date,category,title,city\n{''.join(rows)}", "protest_data.csv")
    assert _categories(found) == ["detention", "detention", "clash", "other", "other"]
    assert "The name of the file says protest, and hardly any kind of a row does: it is not used" in found.words


def test_the_file_says_what_rows_are_whose_kind_says_nothing(capsys: Any, tmp_path: Path) -> None:
    kinds = "Rally", "Rally", "Use of force", "Stand", ""
    rows = [f"2022-01-0{n},{kind},Mill,Almaty\n" for n, kind in enumerate(kinds, 1)]
    found = _opened(capsys, tmp_path, f"date,category,title,city\n{''.join(rows)}", "protest_data.csv")
    assert _categories(found) == ["protest", "protest", "clash", "protest", "protest"]


def test_the_form_of_a_protest_is_its_kind_and_not_what_it_is_about(capsys: Any, tmp_path: Path) -> None:
    text = (
        'Date,City,Protform_string,Issue1_string\n2022-01-05,Almaty,"March, demonstration",Politics\n'
        "2022-01-06,Almaty,Public assembly,Attacks\n2022-01-07,Almaty,Stickers,Politics\n"
    )
    found = _opened(capsys, tmp_path, text)
    assert _categories(found) == ["protest", "protest", "other"]
    assert next(event.event_type for event in found.events) == "March, demonstration"
