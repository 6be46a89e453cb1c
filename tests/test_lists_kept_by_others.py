"""Tables that others have kept in a shape of their own: without ids, with days as numbers, with several names beside a
point, in a city that only their texts name. Rows are invented."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.opened import Opened, opened
from tests.tables import workbook

_ACLED = "iso3,year,event_date,admin1,location,event_type,sub_event_type,fatalities,latitude,longitude"
_HARARE = "ZWE,{year},{day},Harare,Harare,Protests,Peaceful protest,{deaths},-17.82,31.05"


def _opened(capsys: Any, tmp_path: Path, text: str, name: str = "list.csv", *options: str) -> Opened:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return opened(capsys, tmp_path, path, *options)


def test_acled_s_table_without_its_ids_is_known_by_its_codes_of_precision(capsys: Any, tmp_path: Path) -> None:
    rows = [
        _HARARE.format(year=2021, day="2021-06-18", deaths=2) + ",2,1",
        _HARARE.format(year=2021, day="2021-06-20", deaths=0) + ",1,2",
    ]
    found = _opened(capsys, tmp_path, "\n".join([f"{_ACLED},geo_precision,time_precision", *rows]))
    assert [event.title for event in found.events] == ["Peaceful protest in Harare"] * 2
    assert [event.sites[0].geo_precision for event in found.events] == ["near", "settlement"]
    assert [(str(e.date_start), str(e.date_end)) for e in found.events][1] == ("2021-06-17", "2021-06-23")
    assert [claim.claimant for claim in found.claims] == ["ACLED"] * 2


def test_numbers_alone_under_our_heading_of_precision_are_codes_of_others(capsys: Any, tmp_path: Path) -> None:
    text = "title,date_start,lon,lat,geo_precision\nShots,2022-01-05,77,43,2\nMarch,2022-01-06,77,43,1\n"
    assert _opened(capsys, tmp_path, text).counts["accepted"] == 2


def _with_numbers(days: tuple[str, ...]) -> str:
    """Invented events of 2014 (text or number) with the year in a column."""
    rows = [f"Event {n},{day},2014,Almaty\n" for n, day in enumerate(days)]
    return "Title,Date,Year,City\n" + "".join(rows)


def test_days_that_a_spreadsheet_left_as_numbers_are_those_days_where_a_year_bears_them_out(
    capsys: Any, tmp_path: Path
) -> None:
    found = _opened(capsys, tmp_path, _with_numbers(("41712", "41730", "28/03/2014")))
    assert [str(event.date_start) for event in found.events] == ["2014-03-14", "2014-04-01", "2014-03-28"]
    assert "Bare numbers are days as Excel counts them, as \"Year\" bears out: '41712' is 2014-03-14." in found.words


@pytest.mark.parametrize(
    "days",
    [
        pytest.param(("41643", "41674", *["28/03/2014"] * 9), id="the month may stand for the day"),
        pytest.param(("40712", *["28/03/2014"] * 9), id="of another year"),
    ],
)
def test_a_number_that_may_be_another_day_is_not_taken_for_one(
    days: tuple[str, ...], capsys: Any, tmp_path: Path
) -> None:
    found = _opened(capsys, tmp_path, _with_numbers(days))
    assert {str(event.date_start) for event in found.events} == {"2014-03-28"}
    assert "is a bare number" in found.words


def test_several_names_beside_one_point_are_what_the_point_is_called(capsys: Any, tmp_path: Path) -> None:
    text = "Title,Date,Location,Latitude,Longitude\nAttacks,2011-01-18,Tikrit; Baqubah; Karbala,34.6,43.7\n"
    found = _opened(capsys, tmp_path, text)
    assert [place.name for place in found.store.places] == ["Tikrit, Baqubah, Karbala"]
    assert found.points() == [(43.7, 34.6)]


def test_a_reported_day_whose_year_and_month_stand_beside_it_is_the_day(capsys: Any, tmp_path: Path) -> None:
    text = (
        "Reported Date,Reported Year,Reported Month,Cause,Location\n"
        '"January 05, 2020",2020,Jan,Drowning,Almaty\n"January 07, 2020",2020,Jan,Drowning,Taraz\n'
    )
    found = _opened(capsys, tmp_path, text)
    assert [str(event.date_end) for event in found.events] == ["2020-01-05", "2020-01-07"]
    assert "'Reported Date' is the day, of which 'Reported Year' and 'Reported Month' is a part." in found.words


def test_a_place_that_is_known_precisely_says_so_with_a_yes(capsys: Any, tmp_path: Path) -> None:
    text = "Titre,Date,Lieu,Latitude,Longitude,Précision\n"
    text += "Accident,2019-03-13,Strasbourg,48.58,7.75,Oui\nAccident 2,2019-03-14,Strasbourg,48.57,7.76,Rue\n"
    text += "Accident 3,2019-03-15,Strasbourg,48.57,7.71,Non\n"
    found = _opened(capsys, tmp_path, text)
    assert [event.sites[0].geo_precision for event in found.events] == ["site", "settlement", "fuzzy"]


@pytest.mark.parametrize("heading", ["place", "Place"])
def test_words_for_kinds_of_settlements_are_no_place(heading: str, capsys: Any, tmp_path: Path) -> None:
    text = f"name,date,{heading},lat,lon\nGumuruk,2022-12-24,town,6.63,32.9\nLikuangole,2022-12-25,village,7.05,33\n"
    found = _opened(capsys, tmp_path, text)
    assert f"'{heading}' is the kind of a place. Not read." in found.words
    assert not {"town", "village"} & {place.name for place in found.store.places}


def test_the_name_of_a_street_says_no_kind_of_event(capsys: Any, tmp_path: Path) -> None:
    found = _opened(capsys, tmp_path, "Datum,Ort\n2014-01-05,Protestweg\n2014-01-06,Marktplatz\n")
    assert {event.category for event in found.events} == {"other"}


def test_who_attacked_and_what_was_attacked_make_a_list_of_attacks(capsys: Any, tmp_path: Path) -> None:
    text = (
        "date,city,perpetrator_group,target_type\n2020-12-30,Almaty,Unknown,Police\n2020-12-31,Taraz,Unknown,Police\n"
    )
    found = _opened(capsys, tmp_path, text)
    assert {event.category for event in found.events} == {"clash"}
    assert "'perpetrator_group' and 'target_type' say who attacked whom" in found.words
    text = text.replace("target_type", "court")
    assert {event.category for event in _opened(capsys, tmp_path, text, "b.csv").events} == {"other"}


def _streets(organizer: str) -> str:
    rows = [f"2024-02-{n:02},Mahnwache,Weg der {n}. Straße,{organizer}\n" for n in range(1, 25)]
    return "Datum,Thema,Ort,Veranstalter\n" + "".join(rows)


def test_streets_are_in_the_city_that_the_rows_name(capsys: Any, tmp_path: Path) -> None:
    found = _opened(capsys, tmp_path, _streets("Bündnis Dresden"))
    assert {place.name for place in found.store.places} == {"Dresden"}
    assert "are in Dresden, as 24 rows name it" in found.words


def test_streets_in_no_city_that_is_named_ask_for_it(capsys: Any, tmp_path: Path) -> None:
    found = _opened(capsys, tmp_path, _streets("Bündnis"))
    assert not found.store.places
    assert "within under [answers] in a mapping says in which city or country, if all are in one" in found.words


def test_a_start_that_is_a_street_is_a_place_and_no_day(capsys: Any, tmp_path: Path) -> None:
    text = "date,topic,location,start\n2024-02-04,March,,Almaty\n2024-02-05,Vigil,Taraz,\n"
    assert [place.name for place in _opened(capsys, tmp_path, text).store.places] == ["Almaty", "Taraz"]


def test_addresses_as_maps_write_them_are_in_their_city(capsys: Any, tmp_path: Path) -> None:
    places = [
        "Acari, Rio de Janeiro - State of Rio de Janeiro, 21531-400",
        "R. Operária, 111 - Marechal Hermes, Rio de Janeiro - RJ, 21670-170",
        "Av. Central, 5 - Centro, Duque de Caxias - RJ, 25030",
        "Rua do Sol - Boa Vista, Recife - PE",
    ]
    rows = [f'Raid {n},2019-01-0{n},"{place}"\n' for n, place in enumerate(places, 1)]
    found = _opened(capsys, tmp_path, "Name,Date,Location\n" + "".join(rows))
    assert {place.name for place in found.store.places} == {"Rio de Janeiro", "Duque de Caxias", "Recife"}


def test_who_governed_is_no_region(capsys: Any, tmp_path: Path) -> None:
    text = "Name,Date,City,State Governor at the Time\nRaid,1990-07-26,Almaty,Moreira Franco\n"
    assert "'State Governor at the Time'" in _opened(capsys, tmp_path, text).words


def test_a_title_that_says_nothing_gives_way_to_the_kind_and_the_place(capsys: Any, tmp_path: Path) -> None:
    text = (
        "date,attack_type,place,description\n1999-07-20,Boarded,Almaty,NA\n1999-07-21,Hijacked,Taraz,Shots were fired\n"
    )
    titles = [event.title for event in _opened(capsys, tmp_path, text).events]
    assert titles == ["Boarded, Almaty", "Shots were fired"]


def test_a_total_that_hardly_any_row_has_gives_way_to_the_figure_of_those_whom_most_rows_count(
    capsys: Any, tmp_path: Path
) -> None:
    rows = [f"2024-12-{n:02},Shots,Almaty,1,,{3 if n == 7 else ''}\n" for n in range(1, 16)]
    text = "date,title,city,civilians_killed,police_killed,killed_total\n" + "".join(rows)
    found = _opened(capsys, tmp_path, text)
    assert {(claim.low, claim.population) for claim in found.claims} == {(1, "civilians")}


def test_the_number_of_a_house_is_no_place_and_its_street_no_region(capsys: Any, tmp_path: Path) -> None:
    rows = [
        ("12.01.2013", "Тверская, 14"),
        ("13.01.2013", "ул. Лесная, 13"),
        ("15.01.2013", "Садовая, 5 к2"),
        ("16.01.2013", "Казань"),
    ]
    text = "Дата;Место;Мероприятие\n" + "".join(f"{day};{place};Митинг\n" for day, place in rows)
    found = _opened(capsys, tmp_path, text)
    assert [point is not None for point in found.points()] == [False, False, False, True]


def test_a_postal_code_behind_a_region_and_a_number_behind_its_kind_leave_it_what_it_is(
    capsys: Any, tmp_path: Path
) -> None:
    text = "Datum;Ort;Land\n01.02.2020;Bayern, 80331;DE\n02.02.2020;Tver Oblast, 12;RU\n"
    assert all(_opened(capsys, tmp_path, text).points())


def test_a_heading_that_stands_in_a_second_row_is_one(capsys: Any, tmp_path: Path) -> None:
    text = "Datum;;Thema\n;Ort/e der Kundgebung;\n2023-01-02;Leipzig;Frieden\n2023-01-03;Dresden;Klima\n"
    found = _opened(capsys, tmp_path, text)
    assert [place.name for place in found.store.places] == ["Leipzig", "Dresden"]
    assert "the headings stand in two rows; line 2 has 'Ort/e der Kundgebung'." in found.words


def test_where_the_target_was_is_the_country_and_not_whose_planes_they_were(capsys: Any, tmp_path: Path) -> None:
    text = "Date,Country,Target country,Target location\n2014-08-08,USA,Iraq,Mosul\n2014-08-09,France,Iraq,Kirkuk\n"
    found = _opened(capsys, tmp_path, text)
    assert [(place.name, place.country) for place in found.store.places] == [("Mosul", "IQ"), ("Kirkuk", "IQ")]
    assert "'Target country' is the country, rather than 'Country'." in found.words


@pytest.mark.parametrize(
    ("text", "days"),
    [
        pytest.param("19.04., 26.04. und 12.07.2021", ("2021-04-19", "2021-07-12"), id="and"),
        pytest.param("15.05.2021 auf 16.05.2021", ("2021-05-15", "2021-05-16"), id="over night"),
        pytest.param("1., 2. und 4. Mai 2021", ("2021-05-01", "2021-05-04"), id="of one month"),
        pytest.param("May 1, 2 and 4, 2021", ("2021-05-01", "2021-05-04"), id="behind their month"),
        pytest.param(" ".join(f"{n:02}.12.23" for n in range(6, 32)), ("2023-12-06", "2023-12-31"), id="many days"),
        pytest.param("19.04., 26.04. et 03.05.2021", ("2021-04-19", "2021-05-03"), id="in French"),
    ],
)
def test_days_that_words_join_are_read_from_the_first_to_the_last(
    text: str, days: tuple[str, str], capsys: Any, tmp_path: Path
) -> None:
    found = _opened(capsys, tmp_path, f'Datum;Thema;Ort\n02.01.2021;Demo;Halle\n"{text}";Demo;Leipzig\n')
    assert days in [tuple(map(str, span)) for span in found.days()]


def test_an_event_without_a_day_is_of_the_day_on_which_it_was_posted_and_says_so(capsys: Any, tmp_path: Path) -> None:
    text = (
        "Post Date,Incident date,Title,City\n2023-10-12,2023-10-11,Strike,Gaza\n2023-10-14,,Raid,Jenin\n,,Fire,Jenin\n"
    )
    found = _opened(capsys, tmp_path, text, "list.csv", "--max-reject-share", "0.5")
    assert [str(first) for first, _ in found.days()] == ["2023-10-11", "2023-10-14"]
    assert 'no day is named: that of "Post Date" stands for it, and it was then at the latest.' in found.words


def _victims(capsys: Any, tmp_path: Path, name: str, more: str = "") -> Opened:
    text = f"Date,City,Victims{more}\n2022-01-02,Cali,4{more and ',2'}\n2022-01-03,Jamundi,3{more and ',1'}\n"
    return _opened(capsys, tmp_path, text, name)


def test_the_victims_of_massacres_are_the_dead_and_those_of_others_are_asked_for(capsys: Any, tmp_path: Path) -> None:
    found = _victims(capsys, tmp_path, "massacres.csv")
    assert [claim.best for claim in found.claims] == [4, 3]
    assert "'Victims' is read as the deaths, as the name of the file speaks of killings." in found.words


@pytest.mark.parametrize(("name", "more"), [("attacks.csv", ""), ("massacres.csv", ",Injured")])
def test_victims_who_may_be_the_injured_too_are_no_deaths(name: str, more: str, capsys: Any, tmp_path: Path) -> None:
    found = _victims(capsys, tmp_path, name, more)
    assert "deaths" not in {claim.measure for claim in found.claims}
    assert "Is 'Victims' the number of deaths? The word may count the injured too." in found.words


def test_a_column_of_few_figures_and_a_remark_among_them_is_read(capsys: Any, tmp_path: Path) -> None:
    rows = [f"2024-04-{day:02},Sit-in,Almaty,\n" for day in range(1, 9)]
    rows += ["2024-04-10,Sit-in,Almaty,16 so far\n", "2024-04-11,Sit-in,Almaty,one detained but released\n"]
    found = _opened(capsys, tmp_path, "Date,Title,City,Number of Arrests\n" + "".join(rows))
    assert [(claim.low, claim.best, claim.qualifier) for claim in found.claims] == [(16, None, "at least")]
    assert found.counts["accepted"] == 10
    assert "is a remark, and read as no figure" in found.words


def test_the_group_of_an_event_is_no_actor(capsys: Any, tmp_path: Path) -> None:
    text = "date,event_group,title,city\n2022-01-01,Buildup of January,Convoy,Almaty\n"
    assert [event.actors for event in _opened(capsys, tmp_path, text).events] == [()]


@pytest.mark.parametrize("kind", ["assembly", "chain", "Human chain", "Encampment", "Solidarity encampment"])
def test_forms_of_protest_are_protests(kind: str, capsys: Any, tmp_path: Path) -> None:
    found = _opened(capsys, tmp_path, f"date,type,city\n2022-01-01,{kind},Almaty\n")
    assert [event.category for event in found.events] == ["protest"]


def test_what_for_and_which_way_people_went_make_a_register_of_protests(capsys: Any, tmp_path: Path) -> None:
    text = "Nr.;Datum;Grund/Anlass;Ort bzw. Wegstrecke\n1;2021-01-09;Frieden;Leipzig\n2;2021-01-10;Klima;Dresden\n"
    found = _opened(capsys, tmp_path, text)
    assert {event.category for event in found.events} == {"protest"}
    assert "say what for and which way people went" in found.words


def test_the_mark_of_a_list_is_no_part_of_a_kind(capsys: Any, tmp_path: Path) -> None:
    rows = [
        {"date": f"2023-04-2{n}", "lieu": "Paris", "actions": ["L", kind]} for n, kind in enumerate(("march", "demo"))
    ]
    found = _opened(capsys, tmp_path, json.dumps(rows), "list.json")
    assert [event.event_type for event in found.events] == ["march", "demo"]
    assert {event.category for event in found.events} == {"protest"}


def test_an_institution_is_no_region_beside_a_province(capsys: Any, tmp_path: Path) -> None:
    text = "Fecha;Provincia;Cantón;Demanda;Entidad\n2024-07-04;;;Pago;Gobierno de Juan Pérez\n"
    text += "2024-07-05;Cartago;Cartago;Agua;Gobierno de Juan Pérez\n"
    found = _opened(capsys, tmp_path, text)
    assert "the region from 'Provincia'" in found.words
    assert [place.name for place in found.store.places] == ["Cartago"]


_PLACED = [["Description", "Date", "Location"], ["Shots", "2015-10-10", "Al Aqib"], ["Fire", "2015-10-11", "Nahal"]]
_SITES = [["Location", "Lat", "Long", "Comments"], ["Al Aqib", 31.35, 34.79, ""], ["Nahal", 31.36, 34.78, ""]]


def test_a_sheet_of_places_gives_the_events_of_another_their_points(capsys: Any, tmp_path: Path) -> None:
    found = opened(capsys, tmp_path, workbook(tmp_path, [*_PLACED, ["Flood", "2015-10-12", ""]], _SITES))
    assert found.points() == [(34.79, 31.35), (34.78, 31.36), None]
    assert "The points of 'Sheet1' are those of the rows that name its places." in found.words


@pytest.mark.parametrize(
    "sites",
    [
        pytest.param([*_SITES, ["Nahal", 32.5, 35.5, ""]], id="one name has two points"),
        pytest.param([_SITES[0], ["Haifa", 32.8, 35.0, ""]], id="most names are not in it"),
    ],
)
def test_a_sheet_that_does_not_say_where_each_place_is_gives_none(
    sites: list[list[Any]], capsys: Any, tmp_path: Path
) -> None:
    found = opened(capsys, tmp_path, workbook(tmp_path, _PLACED, sites))
    assert not {(34.78, 31.36), (35.5, 32.5)} & set(found.points())
    assert "The points of" not in found.words
