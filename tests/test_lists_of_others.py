"""Lists as other people keep them: days in columns of odd names, precision in words of their own. Rows are invented."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.doors import run
from tests.opened import Opened, opened
from tests.proposed import columns_of, proposed


def _opened(capsys: Any, tmp_path: Path, text: str, name: str = "list.csv") -> Opened:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return opened(capsys, tmp_path, path)


@pytest.mark.parametrize(
    "headings",
    [
        "rptyy,rptmm,rptdd",
        "yr,mo,dy",
        "YYYY,MM,DD",
        "acyear,acmonth,acday",
        "when_y,when_m,when_d",
        "ano_x,mes_x,dia_x",
    ],
)
def test_a_day_in_three_columns_is_known_by_values_and_names_that_are_alike(headings: str) -> None:
    found = columns_of(proposed(f"{headings},desk,title\n1968,5,2,3,March\n1969,6,12,4,Sit-in\n1970,11,30,4,Strike"))
    assert found["date_parts"] == headings.split(",")


def test_three_columns_that_only_look_like_parts_of_a_day_are_none() -> None:
    found = columns_of(proposed("made,rooms,beds,date,title\n1968,5,2,2022-01-05,A\n1969,6,12,2022-01-06,B"))
    assert found["date_start"] == "date"
    assert "date_parts" not in found


@pytest.mark.parametrize(
    ("written", "precision"),
    [
        ("(4) Province", "region"),
        ("(2) 25 km", "near"),
        ("1 - Exact location", "site"),
        ("5km", "near"),
        ("100km", "region"),
        ("approx", "fuzzy"),
        ("not exact", "fuzzy"),
        ("city level", "settlement"),
        ("admin2", "district"),
        ("unknown", "fuzzy"),
        ("as seen", "fuzzy"),
    ],
)
def test_how_precisely_a_point_is_known_is_read_in_the_words_of_others(
    capsys: Any, tmp_path: Path, written: str, precision: str
) -> None:
    text = "Date,Title,Latitude,Longitude,Location accuracy\n" + "".join(
        f"2022-01-0{day},A,43.25,76.95,{word}\n" for day, word in enumerate(("exact", "region", "district", written), 1)
    )
    found = _opened(capsys, tmp_path, text)
    assert [event.sites[0].geo_precision for event in found.events] == ["site", "region", "district", precision]
    assert ("no code of the precision of places that is known" in found.words) is (written == "as seen")


def test_numbers_whose_scale_nobody_has_told_are_no_precision(capsys: Any, tmp_path: Path) -> None:
    text = "Date,Title,Latitude,Longitude,Location accuracy\n2022-01-05,A,43.25,76.95,1\n2022-01-06,B,43.2,76.9,4\n"
    found = _opened(capsys, tmp_path, text)
    assert {event.sites[0].geo_precision for event in found.events} == {"settlement"}
    assert "'Location accuracy'" in found.words.partition("not read")[2]


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("Year", "2022-01-01", "2022-12-31"),
        ("month only", "2022-03-01", "2022-03-31"),
        ("(2) Week", "2022-03-02", "2022-03-08"),
        ("Day", "2022-03-05", "2022-03-05"),
    ],
)
def test_a_day_of_which_only_the_month_or_year_is_known_is_any_of_it(
    capsys: Any, tmp_path: Path, written: str, first: str, last: str
) -> None:
    text = f"Date,Title,City,Date precision\n2022-03-05,A,Almaty,{written}\n2022-03-06,B,Almaty,Day\n"
    assert tuple(map(str, _opened(capsys, tmp_path, text).days()[0])) == (first, last)


def test_a_precision_beside_the_name_of_a_whole_country_costs_no_row(capsys: Any, tmp_path: Path) -> None:
    text = "Date,Title,Place,Location precision\n2022-03-05,A,Kazakhstan,exact\n2022-03-06,B,Almaty,city\n"
    assert next(event.country for event in _opened(capsys, tmp_path, text).events) == "KZ"


def test_a_point_at_sea_off_its_country_stands_where_it_is_and_one_far_off_is_exchanged(
    capsys: Any, tmp_path: Path
) -> None:
    sea = "2022-01-05,Ship,29.42,32.63,Egypt\n"
    rows = "".join(f"2022-01-{day},A,31.{day},30.{day},Egypt\n" for day in range(10, 16))
    found = _opened(
        capsys, tmp_path, f"Date,Title,Longitude,Latitude,Country\n{sea}{rows}2022-01-06,B,43.2,76.9,Kazakhstan\n"
    )
    assert (29.42, 32.63) in found.points()
    assert [found.counts["accepted"], found.counts["rejected"]] == [7, 1]
    assert "is with lon and lat exchanged" in found.words


def test_degrees_stand_beside_a_point_in_metres_which_is_told(capsys: Any, tmp_path: Path) -> None:
    text = "Fecha,Hecho,XY,Pos x,Pos y\n" + "".join(
        f"2016-01-0{day},A,Point (9889{day}.78 93532.43),-58.4{day},-34.6{day}\n" for day in range(1, 6)
    )
    found = _opened(capsys, tmp_path, text)
    assert found.points()[0] == (-58.41, -34.61)
    assert "'XY': metres of a projection, and no degrees. Not read." in found.words


def test_a_figure_of_some_of_the_people_is_no_toll_of_all(capsys: Any, tmp_path: Path) -> None:
    text = "Date,Title,City,Children killed,Injured\n2022-01-05,A,Almaty,2,7\n2022-01-06,B,Almaty,,3\n"
    found = _opened(capsys, tmp_path, text)
    said = [(claim.measure, claim.best, claim.population) for claim in found.claims]
    assert said == [("deaths", 2, "children"), ("injured", 7, "all"), ("injured", 3, "all")]
    assert "'Children killed' is read as deaths of some of the people: children." in found.words


def test_whom_a_figure_counts_may_stand_in_a_column_of_its_own(capsys: Any, tmp_path: Path) -> None:
    text = "title,date_start,place,deaths,deaths_population\nA,2022-01-05,Almaty,2,civilians\nB,2022-01-06,Almaty,3,\n"
    assert [claim.population for claim in _opened(capsys, tmp_path, text).claims] == ["civilians", "all"]


LISTS = (
    '[{"date": "2021-02-03", "what": "Raid on a post", "loc": ["Inata village", "Sahel region", "Burkina Faso", 14.34,'
    ' -1.33]}, {"date": "2021-02-04", "what": "Shots", "loc": ["Djibo", "Burkina Faso", 14.1, -1.63]},'
    ' {"date": "2021-02-05", "what": "A decree", "loc": ["Mali", 17, -4]},'
    ' {"date": "2021-02-06", "what": "A walk", "loc": ["Ouagadougou", "Bamako"]}]'
)
LISTS_IN_CELLS = """date,what,loc
2021-02-03,Raid on a post,"['Inata village', 'Sahel region', 'Burkina Faso', 14.34, -1.33]"
2021-02-04,Shots,"[""Djibo"", ""Burkina Faso"", 14.1, -1.63]"
2021-02-05,A decree,"[""Mali"", 17, -4]"
2021-02-06,A walk,Ouagadougou; Bamako
"""


@pytest.mark.parametrize(("name", "text"), [("loc.json", LISTS), ("loc.csv", LISTS_IN_CELLS)])
def test_a_list_of_names_that_ends_in_a_point_is_one_place_with_its_country(
    name: str, text: str, capsys: Any, tmp_path: Path
) -> None:
    found = _opened(capsys, tmp_path, text, name)
    assert found.points()[:3] == [(-1.33, 14.34), (-1.63, 14.1), None]
    names = {place.place_id: (place.name, place.country) for place in found.store.places}
    assert names[found.events[0].sites[0].place_id] == ("Inata village, Sahel region, Burkina Faso", "BF")
    assert found.events[2].country == "ML"
    assert [names[site.place_id][0] for site in found.events[3].sites] == ["Ouagadougou", "Bamako"]
    assert "not on the map" not in found.words


def test_a_city_abroad_is_not_meant_where_most_names_are_in_one_country_that_has_a_town_of_the_name(
    capsys: Any, tmp_path: Path
) -> None:
    cities = ("Baghdad", "Mosul", "Kirkuk", "Tikrit", "Samarra", "Iskandariya", "Karaj")
    text = "Date,Location,Description\n" + "".join(f"2016-03-25,{city},A blast\n" for city in cities)
    found = _opened(capsys, tmp_path, text)
    by_name = {place.name: place.country for place in found.store.places}
    assert by_name["Nāḩiyat al Iskandarīyah"] == "IQ"
    assert sorted(by_name.values()) == ["IQ"] * 6 + ["IR"]


def test_where_many_names_are_abroad_a_lesser_city_there_is_not_meant_and_a_great_one_is_asked_for(
    capsys: Any, tmp_path: Path
) -> None:
    at_home = ("Haifa", "Netanya", "Ashdod", "Ashkelon", "Beersheba", "Jerusalem", "Tel Aviv")
    cities = (*at_home, "Paris", "Berlin", "Kyiv", "Arad", "בארי")
    text = "Date,Location,Description\n" + "".join(f"2016-03-25,{city},A blast\n" for city in cities)
    found = _opened(capsys, tmp_path, text)
    countries = {place.name: place.country for place in found.store.places}
    assert [countries.get(name) for name in ("Arad", "Be’eri", "Berlin", "Barry")] == ["IL", "IL", "DE", None]
    cities = ("Rostov-on-Don", "Moscow", "Kazan", "Voronezh", "Belgorod", "Kyiv", "Kharkiv", "Odesa", "Donetsk")
    text = "Date,Location,Description\n" + "".join(f"2016-03-25,{city},A blast\n" for city in cities)
    found = _opened(capsys, tmp_path, text)
    assert {name for event in found.events for name in event.unsettled} == {"Donetsk"}


def test_in_a_table_of_several_countries_a_middling_city_abroad_is_asked_for_before_a_town_at_home(
    capsys: Any, tmp_path: Path
) -> None:
    at_home = ("Chicago", "Houston", "Seattle", "Denver", "Boston", "Detroit", "Baltimore")

    def unsettled(*abroad: str) -> set[str]:
        text = "Date,Location,Description\n"
        text += "".join(f"2016-03-25,{city},A blast\n" for city in (*at_home, *abroad, "Ghent"))
        found = _opened(capsys, tmp_path, text, f"of_{len(abroad)}.csv")
        return {name for event in found.events for name in event.unsettled}

    assert unsettled() == set()
    assert unsettled("Paris", "Berlin", "Kyiv", "Warsaw") == {"Ghent"}


def test_an_unknown_village_is_in_the_region_at_home_that_its_name_says(capsys: Any, tmp_path: Path) -> None:
    cities = ("Tegucigalpa", "San Pedro Sula", "Choloma", "El Progreso", "Choluteca", "Comayagua")
    text = "Date,Location,Description\n" + "".join(f"2016-03-25,{city},A march\n" for city in cities)
    found = _opened(capsys, tmp_path, f'{text}2016-03-25,"Yaramela, La Paz",A march\n')
    assert {place.country for place in found.store.places} == {"HN"}
    assert [event.geo_precision for event in found.events][-1:] == ["region"]


def test_a_region_that_is_called_like_a_city_far_away_holds_its_places(capsys: Any, tmp_path: Path) -> None:
    text = "Date,Title,City,State\n2022-01-05,A,Mount Rainier,Washington\n2022-01-06,B,Seattle,Washington\n"
    found = _opened(capsys, tmp_path, text)
    places = {place.place_id: (place.name, place.feature) for place in found.store.places}
    sites = [places[event.sites[0].place_id] for event in found.events]
    assert sites == [("Washington", "region"), ("Seattle", "city")]
    assert [event.unsettled for event in found.events] == [("Mount Rainier, Washington region",), ()]


def test_what_lies_in_a_region_is_looked_for_in_the_country_of_most_others_first(capsys: Any, tmp_path: Path) -> None:
    towns = ("Tegucigalpa", "San Pedro Sula", "Choluteca", "Comayagua", "La Ceiba")
    rows = [*((town, "") for town in towns), ("La Paz", "La Paz"), ("Miami", "Florida")]
    text = "fecha,titulo,ubicacion,departamento\n" + "".join(f"2017-12-01,Toma,{a},{b}\n" for a, b in rows)
    found = _opened(capsys, tmp_path, text)
    assert {place.name: place.country for place in found.store.places}.items() >= {
        "La Paz": "HN",
        "Miami": "US",
    }.items()


def test_a_country_behind_a_name_is_that_country_whatever_most_others_are_in(capsys: Any, tmp_path: Path) -> None:
    towns = ("Bogotá", "Medellín", "Cali", "Cartagena", "Pereira", "Manizales", "Ibagué")
    text = "Date,Title,Place\n" + "".join(f'2022-01-05,A,"{town}"\n' for town in (*towns, "Gyumri, Armenia"))
    found = _opened(capsys, tmp_path, text)
    assert [place.country for place in found.store.places if "Gyumri" in place.name] == ["AM"]


def test_whole_numbers_behind_a_name_are_no_point(capsys: Any, tmp_path: Path) -> None:
    text = 'Date,Title,Place,Country\n2022-01-05,A,"Kabul, sectors 4, 5, 6",AF\n'
    found = _opened(capsys, tmp_path, text)
    assert (6.0, 5.0) not in found.points() and (5.0, 6.0) not in found.points()


def test_columns_with_one_heading_that_fill_each_others_gaps_are_a_question() -> None:
    rows = "".join(f"2022-01-05,A,{'Bremen' if n % 2 else ''},{'' if n % 2 else 'Kyiv'}\n" for n in range(40))
    settled = proposed("Date,Title,City,City (2)\n" + rows)
    assert [question.column for question in settled.questions] == ["place"]


def test_of_columns_with_one_heading_that_say_the_same_but_for_a_slip_the_first_is_taken(
    capsys: Any, tmp_path: Path
) -> None:
    rows = [f"c{n},2022-01-05,A,Bremen,c{n if n != 40 else 0}\n" for n in range(100)]
    found = _opened(capsys, tmp_path, "Case Number,Date,Title,City,Case Number\n" + "".join(rows))
    assert {event.event_id for event in found.events} == {f"c{n}" for n in range(100)}


def test_lists_of_records_of_one_shape_are_read_together_and_say_which_they_are_of(capsys: Any, tmp_path: Path) -> None:
    text = (
        '{"north": [{"day": "2022-01-05", "title": "A", "city": "Bremen"}], "west": [],'
        ' "south": [{"day": "2022-01-06", "title": "B", "city": "Munich"}], "made": "2022-02-01"}'
    )
    found = _opened(capsys, tmp_path, text, "lists.json")
    assert [(event.title, str(event.date_start)) for event in found.events] == [
        ("A", "2022-01-05"),
        ("B", "2022-01-06"),
    ]
    originals = [found.store.original(event.event_id) for event in found.events]
    assert [each and each.cells["list"] for each in originals] == ["north", "south"]
    assert "2 lists of records are read as one: 'north', 'south'." in found.words


@pytest.mark.parametrize("heading", ["cantidad de fallecidos", "Quantidade de mortos", "Количество погибших"])
def test_a_number_of_the_dead_is_all_of_them(heading: str) -> None:
    found = columns_of(proposed(f"date,title,{heading},crew fatalities\n2022-01-05,A,3,1\n2022-01-06,B,12,2"))
    assert found["deaths"] == heading


def test_an_event_of_several_countries_is_kept_without_a_place_and_told(capsys: Any, tmp_path: Path) -> None:
    found = _opened(capsys, tmp_path, "Date,Title,countries\n2016-03-25,A war,BA; HR\n2016-03-26,A raid,HR\n")
    assert [event.country for event in found.events] == ["", "HR"]
    assert "'BA; HR' names 2 countries (expected one)" in found.words


def test_a_distance_from_a_place_is_no_point_and_costs_no_row(capsys: Any, tmp_path: Path) -> None:
    places = ("Dakar", "Paris", "Almaty", '"43.25, 76.95"', '"1,200 miles off Dakar, Atlantic"')
    text = "Date,Location,Summary\n" + "".join(f"2016-03-25,{place},Crash\n" for place in places)
    found = _opened(capsys, tmp_path, text)
    assert found.counts["rejected"] == 0
    assert [event.sites != () for event in found.events] == [True, True, True, True, False]


def test_the_local_name_of_a_storm_is_no_place(capsys: Any, tmp_path: Path) -> None:
    found = _opened(capsys, tmp_path, "date,name_local,province,dead\n2016-03-25,Typhoon Lima,Batanes,3\n")
    assert [event.title for event in found.events] == ["Typhoon Lima"]
    assert [place.name for place in found.store.places] == ["Batanes"]


def test_an_unknown_place_is_in_the_great_region_and_no_lesser_city_of_the_name(capsys: Any, tmp_path: Path) -> None:
    text = 'Date,Location,Summary\n1908-09-17,"Fort Myer, Virginia",Crash\n1919-08-02,Verona,Crash\n'
    found = _opened(capsys, tmp_path, text)
    assert [(place.name, place.country) for place in found.store.places] == [("Virginia", "US"), ("Verona", "IT")]
    assert found.events[0].geo_precision == "region"


def test_points_in_the_far_south_that_are_on_land_exchanged_are_asked_for(capsys: Any, tmp_path: Path) -> None:
    rows = "".join(f"2022-01-0{n},Crash,41.75{n},-72.73{n}\n" for n in range(1, 6))
    path = tmp_path / "crashes.csv"
    path.write_text(f"date,title,x,y\n{rows}", encoding="utf-8")
    answer = run("check", path)
    assert answer.status != 0
    assert 'only with "x" and "y" exchanged' in answer.words


def test_the_events_of_regions_by_their_names_are_the_rows(capsys: Any, tmp_path: Path) -> None:
    cases = [[{"date": f"2022-01-0{n}", "title": "A raid", "place": "Quetta"}] for n in (1, 2)]
    text = json.dumps({"made": "2026", "regions": {"a": {"cases": cases[0]}, "b": {"cases": cases[1]}}})
    found = _opened(capsys, tmp_path, text, "cases.json")
    assert [str(event.date_start) for event in found.events] == ["2022-01-01", "2022-01-02"]
