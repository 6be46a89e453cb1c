"""Tables as coders, programs and turned pages leave them: one heading over all columns, the coder's day beside the
parts of the event's, figures named by their ends alone, cells that say NA. Rows are invented."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.opened import Opened, opened, refused

_PLACES = ("Almaty", "Astana", "Shymkent", "Karaganda", "Aktobe", "Pavlodar")
_TITLE = "Overview of assemblies 2022\n"


def _opened(capsys: Any, tmp_path: Path, text: str, name: str = "list.csv") -> Opened:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return opened(capsys, tmp_path, path)


def _turned(tmp_path: Path, heading: str, *, odd: str = "") -> Path:
    """A page that was turned into a workbook: the heading in one cell over ten columns, of which four are filled; `odd`
    stands for some days, and few rows have another day in the last column."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append([heading])
    sheet.merge_cells("A1:J1")
    for n in range(60):
        day = odd if odd and n % 10 == 9 else f"2022-03-{n % 28 + 1:02}"
        row = [day, "", n % 5 + 1, "", f"People call for cleaner air number {n}", "", "", _PLACES[n % 6], "", ""]
        sheet.append([*row[:9], "2021-12-30" if n in (3, 4) else ""])
    path = tmp_path / "page.xlsx"
    book.save(path)
    return path


def test_one_cell_over_all_columns_names_none_of_them_and_their_values_say_what_they_are(
    capsys: Any, tmp_path: Path
) -> None:
    found = opened(capsys, tmp_path, _turned(tmp_path, f"{_TITLE}Datum KW Beginn Ende Thema Ort"))
    assert (found.counts["accepted"], found.counts["rejected"]) == (60, 0)
    assert str(found.events[0].date_start) == "2022-03-01"
    assert found.events[0].title == "People call for cleaner air number 0"
    assert all(found.points())
    assert "row 1 has one cell over 10 columns, and no heading of each: they are named by number" in found.words


def test_the_words_of_that_cell_name_the_columns_where_they_are_as_many(capsys: Any, tmp_path: Path) -> None:
    found = opened(capsys, tmp_path, _turned(tmp_path, f"{_TITLE}Datum   KW   Thema   Ort der Versammlung"))
    assert "the day from 'Datum', the place from 'Ort der Versammlung'" in found.words
    assert found.counts["accepted"] == 60


def test_of_columns_without_headings_the_one_of_days_is_that_in_which_most_rows_have_one(
    capsys: Any, tmp_path: Path
) -> None:
    path = _turned(tmp_path, f"{_TITLE}Datum KW Beginn Ende Thema Ort", odd="continued from above")
    found = opened(capsys, tmp_path, path)
    assert (found.counts["accepted"], found.counts["rejected"]) == (54, 6)
    assert min(str(event.date_start) for event in found.events) == "2022-03-01"


def _coded(parts: str, day: str = "{year}-07-1{n}", own: str = "date") -> str:
    rows = [f"{day.format(year=1994 + 30, n=n)},{1990 + n},{n + 1},{n + 2},March {n},Almaty" for n in range(6)]
    return "\n".join([f"{own},{parts},title,place", *rows])


@pytest.mark.parametrize(
    ("parts", "own"),
    [
        *(("evyy,evmm,evdd", "date"), ("event_year,event_month,event_day", "date"), ("annee,mois,jour", "date")),
        *(
            ("Jahr,Monat,Tag", "Datum"),
            ("año,mes,día", "fecha"),
            ("год,месяц,день", "дата"),
            ("рік,місяць,день", "дата"),
        ),
        *(("жыл,ай,күн", "датасы"), ("السنة,الشهر,اليوم", "التاريخ")),
    ],
)
def test_the_parts_of_the_day_of_an_event_are_its_day_beside_the_one_on_which_it_was_coded(
    capsys: Any, tmp_path: Path, parts: str, own: str
) -> None:
    found = _opened(capsys, tmp_path, _coded(parts, own=own))
    assert [str(event.date_start) for event in found.events][:2] == ["1990-01-02", "1991-02-03"]
    assert f"are the day, as '{own}' lies a year and more after them in nearly all rows" in found.words


@pytest.mark.parametrize(
    ("parts", "own"), [("rptyy,rptmm,rptdd", "date"), ("year,month,day", "event_date"), ("year,month,day", "date")]
)
def test_a_date_is_the_day_where_the_parts_are_not_the_event_s_or_do_not_differ(
    capsys: Any, tmp_path: Path, parts: str, own: str
) -> None:
    text = _coded(parts, own=own)
    if (parts, own) == ("year,month,day", "date"):
        text = text.replace("2024-", "1995-")
        text = "\n".join(line.replace("1995-", f"{line.split(',')[1]}-") for line in text.split("\n"))
        assert str(_opened(capsys, tmp_path, text).events[0].date_start) == "1990-07-10"
        return
    assert str(_opened(capsys, tmp_path, text).events[0].date_start) == "2024-07-10"


def test_a_part_of_a_day_that_says_na_is_not_known(capsys: Any, tmp_path: Path) -> None:
    text = "evyy,evmm,evdd,title,place\n" + "".join(f"1994,8,{d},March,Almaty\n" for d in ("NA", 3, 4, 5, 6))
    first = _opened(capsys, tmp_path, text).events[0]
    assert (str(first.date_start), str(first.date_end)) == ("1994-08-01", "1994-08-31")


def test_the_fewest_and_the_most_in_a_list_that_speaks_of_death_are_the_dead(capsys: Any, tmp_path: Path) -> None:
    text = "Code,Start,end,Min,Max,town,Cause_of_Death\nx1,2003-03-20,2003-03-21,12,15,Almaty,gunfire\n"
    claims = _opened(capsys, tmp_path, text).claims
    assert [(c.measure, c.low, c.high) for c in claims] == [("deaths", 12, 15)]


@pytest.mark.parametrize("heading", ["Kind", "Deadline"], ids=["no word of the dead", "a deadline is no death"])
def test_the_fewest_and_the_most_of_anything_else_are_no_dead(capsys: Any, tmp_path: Path, heading: str) -> None:
    text = f"Code,Start,Min,Max,town,{heading}\nx1,2003-03-20,12,15,Almaty,some\n"
    assert _opened(capsys, tmp_path, text).claims == ()


@pytest.mark.parametrize(
    "heading",
    [
        *("apprehended", "taken into custody", "in Gewahrsam", "personnes interpellées", "aprehendidos"),
        *("арестованных", "заарештовано", "тұтқындалғандар", "المحتجزين", "gözaltına alınan"),
    ],
)
def test_people_who_were_held_are_the_detained_by_many_words(capsys: Any, tmp_path: Path, heading: str) -> None:
    found = _opened(capsys, tmp_path, f"date,title,place,{heading}\n2017-01-27,Picket,Almaty,4\n")
    assert [(claim.measure, claim.best) for claim in found.claims] == [("detained", 4)]


def test_tags_of_hxl_are_no_row_behind_the_number_that_a_program_wrote_before_each(capsys: Any, tmp_path: Path) -> None:
    text = ",date,title,place\n0,#date,#event,#loc\n1,2022-01-05,A march,Almaty\n2,2022-01-06,A picket,Almaty\n"
    found = _opened(capsys, tmp_path, text)
    assert (found.counts["rows"], found.counts["rejected"], len(found.events)) == (2, 0, 2)


@pytest.mark.parametrize("nothing", ["NA", "N/A", "nan", "None", "NULL"])
def test_what_programs_write_into_an_empty_cell_is_no_actor_note_or_source(
    capsys: Any, tmp_path: Path, nothing: str
) -> None:
    row = f"2022-01-05,A march,Almaty,{nothing},{nothing},{nothing}"
    found = _opened(capsys, tmp_path, f"date,title,place,actors,notes,source\n{row}\n")
    event = found.events[0]
    assert (event.actors, event.notes, event.source_ids) == ((), "", ())


@pytest.mark.parametrize(
    ("name", "is_protest"),
    [
        *(("cl_blm", True), ("womens_march_2017", True), ("march-for-our-lives", True), ("klimademos", True)),
        *(("march_2021", False), ("demographics", False), ("list", False)),
    ],
)
def test_a_file_that_is_called_by_a_march_or_a_movement_is_a_list_of_protests(
    capsys: Any, tmp_path: Path, name: str, is_protest: bool
) -> None:
    found = _opened(capsys, tmp_path, "date,location,size\n2020-06-05,Almaty,200\n", f"{name}.csv")
    assert [event.category for event in found.events] == ["protest" if is_protest else "other"]


def test_columns_that_count_the_arrested_make_no_list_of_detentions(capsys: Any, tmp_path: Path) -> None:
    text = "date,location,arrestd,arrests,arrestes\n1994-08-03,Almaty,1,2,2\n"
    assert [event.category for event in _opened(capsys, tmp_path, text).events] == ["other"]


def test_what_for_and_by_which_way_points_people_went_make_a_register_of_assemblies(
    capsys: Any, tmp_path: Path
) -> None:
    found = _opened(capsys, tmp_path, "date,thema,place,way_points\n2025-06-16,Gegen linke Gewalt,Almaty,Abay Square\n")
    assert [event.category for event in found.events] == ["protest"]


def test_a_short_name_that_may_be_of_anything_says_protests_only_beside_a_crowd(capsys: Any, tmp_path: Path) -> None:
    found = _opened(capsys, tmp_path, "date,location,acres\n2020-06-05,Almaty,200\n", "blm.csv")
    assert [event.category for event in found.events] == ["other"]


def test_a_title_made_of_type_and_place_has_the_region_as_it_is_written(capsys: Any, tmp_path: Path) -> None:
    text = "title,date,type,city,state\nNA,2021-05-01,Rally,Fairfax,Virginia\nA walk,2021-05-02,Rally,Salem,Oregon\n"
    assert [event.title for event in _opened(capsys, tmp_path, text).events] == ["Rally, Fairfax, Virginia", "A walk"]


def test_columns_by_number_that_hold_no_days_are_asked_about_once(capsys: Any, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Overview of assemblies\nseen and heard"])
    sheet.merge_cells("A1:D1")
    for n in range(6):
        sheet.append(["soon", f"People call for cleaner air {n}", _PLACES[n], "x"])
    book.save(tmp_path / "page.xlsx")
    out, err = refused(capsys, tmp_path, tmp_path / "page.xlsx")
    assert "No column seems to be the day of the event" in err + out
