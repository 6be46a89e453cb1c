"""Registers of assemblies and lists of crimes as others publish them: kinds of rows, small and invented."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.opened import Opened, opened


def _opened(capsys: Any, tmp_path: Path, text: str) -> Opened:
    path = tmp_path / "city_list.csv"
    path.write_text(text, encoding="utf-8")
    return opened(capsys, tmp_path, path)


def test_without_a_column_of_kinds_the_words_of_the_title_say_the_category(capsys: Any, tmp_path: Path) -> None:
    text = "Datum,Thema,Ort\n05.01.2022,Mahnwache am Markt,Bremen\n06.01.2022,Klimaschutz,Bremen\n"
    found = _opened(capsys, tmp_path, text)
    assert [event.category for event in found.events] == ["protest", "other"]
    assert "by the words of the title" in found.words


def test_a_column_of_kinds_is_not_overruled_by_titles(capsys: Any, tmp_path: Path) -> None:
    text = "Datum,Art,Thema,Ort\n05.01.2022,Infostand,Protest,Bremen\n06.01.2022,Aufzug,Angriff,Bremen\n"
    assert [event.category for event in _opened(capsys, tmp_path, text).events] == ["other", "protest"]


def test_a_row_with_a_day_and_a_point_is_an_event_without_any_title(capsys: Any, tmp_path: Path) -> None:
    text = "occur_date,latitude,longitude,murder\n2022-01-05,40.71,-73.95,TRUE\n2022-01-06,40.72,-73.96,FALSE\n"
    found = _opened(capsys, tmp_path, text)
    assert {event.title for event in found.events} == {"city list"}
    assert "2 rows have nothing to be called by" in found.words


def test_the_country_somebody_comes_from_is_not_where_it_happened(capsys: Any, tmp_path: Path) -> None:
    text = "Date,Title,Country of Origin,lat,lon\n2022-01-05,Boat lost,Eritrea,34.5,12.1\n"
    found = _opened(capsys, tmp_path, text)
    assert "1 column is not read: 'Country of Origin'" in found.words
    assert [event.country for event in found.events] != ["ER"]


def test_the_day_of_an_application_is_not_that_of_the_event(capsys: Any, tmp_path: Path) -> None:
    text = "Antragsdatum,Beginn,Thema,Ort\n01.12.2021,05.01.2022,Mahnwache,Bremen\n"
    assert [first.isoformat() for first, _ in _opened(capsys, tmp_path, text).days()] == ["2022-01-05"]


def test_a_row_without_a_village_is_placed_in_its_district(capsys: Any, tmp_path: Path) -> None:
    text = "Date,Title,Country,District,Village\n2022-01-05,A,Kazakhstan,Talgar,\n2022-01-06,B,Kazakhstan,,Zhetygen\n"
    found = _opened(capsys, tmp_path, text)
    assert "the place from 'Village', the district from 'District'" in found.words
    assert sorted(place.name for place in found.store.places) == ["Talghar", "Zhetygen"]


def test_a_village_that_is_not_found_is_near_what_its_district_is_called_after(capsys: Any, tmp_path: Path) -> None:
    text = "Date,Title,Country,District,Village\n2022-01-05,A,Kazakhstan,Talgar,Xyzzykent\n"
    found = _opened(capsys, tmp_path, text)
    assert [place.name for place in found.store.places] == ["Talghar"]
    assert [site.geo_precision for site in found.events[0].sites] == ["near"]


def test_a_village_and_its_district_are_looked_for_in_the_region_of_their_row(capsys: Any, tmp_path: Path) -> None:
    text = (
        "Date,Title,Province,District,Village\n"
        "2022-01-05,A,Aleppo,Unheard Of,Manbij\n2022-01-06,B,Aleppo,Azaz,\n2022-01-07,C,Yemen,,\n"
    )
    found = _opened(capsys, tmp_path, text)
    assert {place.country for place in found.store.places} == {"SY"}


def test_rows_that_were_numbered_beforehand_and_have_nothing_else_are_no_rows(capsys: Any, tmp_path: Path) -> None:
    filled = [f"{n},0{n}.01.2022,Mahnwache,Mainz" for n in range(1, 4)]
    text = "\n".join(["Nr.,Datum,Thema,Ort", *filled, *(f"{n},,," for n in range(4, 90))])
    (tmp_path / "register.csv").write_text(text, encoding="utf-8")
    found = opened(capsys, tmp_path, tmp_path / "register.csv")
    assert (found.counts["rows"], found.counts["rejected"]) == (3, 0)
    assert "line 5 to 90: nothing but a running number" in found.words
