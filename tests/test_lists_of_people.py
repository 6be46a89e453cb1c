"""Lists of people: of the dead by their names, and of those who gather, by the words of titles. Rows are invented."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.opened import Opened, opened


def _opened(capsys: Any, tmp_path: Path, text: str, name: str = "list.csv") -> Opened:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return opened(capsys, tmp_path, path)


def _figures(found: Opened) -> list[tuple[str, int | None]]:
    return [(claim.measure, claim.best) for claim in found.claims]


_PEOPLE = "Aida Kim,34,F,2022-01-05,Almaty\nTimur Lee,,M,2022-01-06,Taraz\nTwo men,,M,2022-01-06,Taraz\n"


@pytest.mark.parametrize(
    ("file", "heading", "said"),
    [
        ("fatalities.csv", "Date", "the name of the file speaks of deaths"),
        ("list.csv", "Date of death", "'Date of death' speaks of deaths"),
        ("کشته‌شدگان.csv", "Date", "the name of the file speaks of deaths"),
        ("list.csv", "Date", ""),
        ("killed_and_injured.csv", "Date", ""),
        ("arrests.csv", "Date", ""),
    ],
)
def test_each_row_of_a_list_of_the_dead_by_name_is_one_death_and_none_of_another_list(
    file: str, heading: str, said: str, capsys: Any, tmp_path: Path
) -> None:
    found = _opened(capsys, tmp_path, f"Name,Age,Gender,{heading},City\n{_PEOPLE}", file)
    assert len(found.events) == 3
    assert _figures(found) == ([("deaths", 1)] * 2 if said else [])
    assert said in found.words
    assert ("speaks of deaths" in found.words) is bool(said)
    assert ("1 row that is of several people, or of nobody who died, has no figure" in found.words) is bool(said)


def test_a_row_without_a_day_of_death_in_a_list_of_people_is_no_death(capsys: Any, tmp_path: Path) -> None:
    text = (
        "Name,Age,Arrest date,Date of death,City\nA. Kim,34,2022-01-05,2022-01-09,Almaty\nB. Lee,20,2022-01-05,,Taraz\n"
    )
    assert _figures(_opened(capsys, tmp_path, text)) == [("deaths", 1)]


def test_a_list_of_people_that_counts_the_dead_itself_has_no_other_figure(capsys: Any, tmp_path: Path) -> None:
    text = "Name,Age,Date,Deaths,City\nA. Kim,34,2022-01-05,3,Almaty\nB. Lee,20,2022-01-05,,Taraz\n"
    assert _figures(_opened(capsys, tmp_path, text, "fatalities.csv")) == [("deaths", 3)]


@pytest.mark.parametrize(("by", "category"), [("Police", "clash"), ("a shark", "other")])
def test_those_who_are_killed_by_armed_people_are_of_clashes(
    by: str, category: str, capsys: Any, tmp_path: Path
) -> None:
    text = "Name,Age,Date,City,Killed by\n" + "".join(
        f"Name {'ABC'[int(n) - 1]},34,2022-01-0{n},Almaty,{by}\n" for n in "123"
    )
    found = _opened(capsys, tmp_path, text)
    assert {event.category for event in found.events} == {category}
    assert _figures(found) == [("deaths", 1)] * 3


def test_the_name_of_a_person_is_the_title_and_no_code_of_an_event_or_year_of_birth_stands_in(
    capsys: Any, tmp_path: Path
) -> None:
    rows = [
        f"{n},Person {n},event_{n % 2},3{n},19{n}0,{'' if n == 5 else f'2022-01-0{n}'},Almaty\n" for n in range(1, 8)
    ]
    found = _opened(capsys, tmp_path, "id,name,event,age,birth_year,date,city\n" + "".join(rows))
    assert [event.title for event in found.events] == [f"Person {n}" for n in (1, 2, 3, 4, 6, 7)]
    assert all(first.year == 2022 for first, _ in found.days())


_MORE = {
    "Fight for fair rents": "protest",
    "Spring mobilization": "protest",
    "Two men shot dead": "clash",
    "Troops deployed to the mobilization": "deployment",
    "Picnic in the park": "other",
    "Day of action": "protest",
}


@pytest.mark.parametrize("share", [60, 10])
def test_in_a_list_of_protests_figures_of_speech_and_rows_whose_notes_say_so_are_protests(
    share: int, capsys: Any, tmp_path: Path
) -> None:
    rows = [f"2022-01-05,Rally number {n},Almaty,\n" for n in range(1, share + 1)]
    rows += [f"2022-02-01,{title},Almaty,{'A protest' if 'action' in title else 'Hm'}\n" for title in _MORE]
    found = _opened(capsys, tmp_path, "Date,Title,City,Notes\n" + "".join(rows))
    read = {event.title: event.category for event in found.events if event.title in _MORE}
    if share == 60:
        assert read == _MORE
        assert "3 more rows are, as the notes or a figure of speech say" in found.words
    else:
        assert read["Fight for fair rents"] == "clash"
        assert read["Day of action"] == "other"


def test_rows_of_a_list_whose_headings_speak_of_protests_are_some_where_most_titles_name_one(
    capsys: Any, tmp_path: Path
) -> None:
    rows = [f"2022-01-{n:02},{'Tractors in town' if n > 24 else f'Rally {n}'},Almaty,0,1\n" for n in range(1, 29)]
    found = _opened(capsys, tmp_path, "Date,Title,City,Protests on prices,Protests on trade\n" + "".join(rows))
    assert {event.category for event in found.events} == {"protest"}
    assert "4 more rows are, as 2 headings such as 'Protests on prices'" in found.words


def test_a_share_of_the_dead_of_several_incidents_lies_between_whole_numbers_and_costs_no_row(
    capsys: Any, tmp_path: Path
) -> None:
    tolls = {"Almaty": "19.8", "Taraz": "0.33", "Oral": "4.0"}
    rows = [f"2022-01-05,Attack in {city},{city},{toll}\n" for city, toll in tolls.items()]
    found = _opened(capsys, tmp_path, "Date,Title,City,nkill\n" + "".join(rows))
    assert [(claim.low, claim.best, claim.high) for claim in found.claims] == [(19, None, 20), (0, None, 1), (4, 4, 4)]
    assert "'19.8' is no whole number, and read as 19 to 20." in found.words
