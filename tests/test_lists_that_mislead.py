"""Lists whose columns mislead: figures of a place in each of its rows, ids of something else, days that are none, codes
of another list. Rows are invented."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.opened import Opened, opened
from tests.proposed import columns_of, proposed


def _opened(capsys: Any, tmp_path: Path, text: str, name: str = "list.csv") -> Opened:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return opened(capsys, tmp_path, path)


def test_a_toll_that_stands_in_each_row_of_its_place_is_no_toll_of_the_row(capsys: Any, tmp_path: Path) -> None:
    tolls = {"Almaty": 9, "Taraz": 4, "Astana": 6}
    rows = [f"2022-01-0{n + 5},Victim {n},{city},{toll}\n" for city, toll in tolls.items() for n in range(3)]
    found = _opened(capsys, tmp_path, "Date,Name,City,Killed\n" + "".join(rows))
    assert not found.claims
    assert "'Killed' is the same in all rows of a place: it counts the place" in found.words


def test_one_killed_in_each_row_of_a_place_are_as_many_as_the_rows(capsys: Any, tmp_path: Path) -> None:
    rows = [f"2022-01-05,Victim {n},{city},1\n" for city in ("Almaty", "Taraz", "Astana") for n in range(3)]
    assert len(_opened(capsys, tmp_path, "Date,Name,City,Killed\n" + "".join(rows)).claims) == 9


def _register() -> str:
    """2,000 people with numbers of their own, and 200 more rows with the first ones of these."""
    lines = [f"A{n % 2_000},2022-01-{n % 28 + 1:02},Person {n},Almaty\n" for n in range(2_200)]
    return "ID,Date,Title,City\n" + "".join(lines)


def test_a_number_that_many_rows_share_is_no_id_of_them_and_costs_none(capsys: Any, tmp_path: Path) -> None:
    found = _opened(capsys, tmp_path, _register())
    assert found.counts["accepted"] == 2_200
    assert 'column "ID": 200 rows have the id of another row and say something else' in found.words


def test_a_table_that_holds_rows_twice_has_each_event_once(capsys: Any, tmp_path: Path) -> None:
    rows = _register().splitlines(keepends=True)
    found = _opened(capsys, tmp_path, "".join([*rows[:2_001], *rows[1:201]]))
    assert len(found.events) == 2_000
    assert "200 rows stand in the file twice" in found.words


@pytest.mark.parametrize(
    ("months", "last", "said"),
    [
        (("01", "01", "01"), "2019-12-31", "All days are 1 January: of each only the year is known."),
        (("03", "07", "11"), "2019-03-31", "All days are the first of a month: of each only the month is known."),
        (("01", "02", "02-05"), "2019-01-01", ""),
    ],
)
def test_days_that_are_all_the_first_of_a_year_or_a_month_are_any_day_of_it(
    months: tuple[str, ...], last: str, said: str, capsys: Any, tmp_path: Path
) -> None:
    days = [f"{2019 + n}-{month if '-' in month else month + '-01'}" for n, month in enumerate(months)]
    text = "Date,Title,City\n" + "".join(f"{day},Accident,Almaty\n" for day in days * 4)
    found = _opened(capsys, tmp_path, text)
    assert str(found.days()[0][1]) == last
    assert said in found.words
    assert ("only the" in found.words) is bool(said)


def test_codes_of_countries_are_those_that_the_points_bear_out(capsys: Any, tmp_path: Path) -> None:
    text = (
        "Date,Title,Country,Latitude,Longitude\n"
        "2024-01-05,A,CI,-35.9,-72.6\n2024-01-06,B,GM,52.5,13.4\n2024-01-07,C,EI,53.3,-6.3\n2024-01-08,D,SW,59.3,18.0\n"
    )
    found = _opened(capsys, tmp_path, text)
    assert sorted(place.country for place in found.store.places) == ["CL", "DE", "IE", "SE"]
    assert "The codes are those of FIPS 10-4, as the points show" in found.words


def test_a_point_far_from_the_country_that_its_row_names_is_told_and_one_near_its_border_is_not(
    capsys: Any, tmp_path: Path
) -> None:
    text = (
        "Date,Title,Country,Latitude,Longitude\n2024-01-05,A,Iraq,31.5,34.8\n2024-01-06,B,Iraq,33.3,44.4\n"
        "2024-01-07,C,Iraq,33.3,44.5\n2024-01-08,D,Kazakhstan,42.8,74.6\n"
    )
    found = _opened(capsys, tmp_path, text)
    assert "1 row has its point far from the country that it names, such as one that names Iraq" in found.words
    assert "a point in Israel" in found.words


def test_a_country_in_which_hardly_any_point_lies_is_not_where_it_happened(capsys: Any, tmp_path: Path) -> None:
    rows = "".join(f"2014-09-{day:02},A strike,US,{33 + day / 100},44.4\n" for day in range(1, 13))
    found = _opened(capsys, tmp_path, "Date,Title,Country,Latitude,Longitude\n" + rows)
    assert {place.country for place in found.store.places} == {"IQ"}
    assert "it is not where they happened, and is not read" in found.words


def test_the_names_beside_numbers_of_countries_are_read(capsys: Any, tmp_path: Path) -> None:
    text = "date,title,city,country,country_txt\n2020-01-05,A,Cairo,60,Egypt\n2020-01-06,B,Giza,60,Egypt\n"
    found = _opened(capsys, tmp_path, text)
    assert {place.country for place in found.store.places} == {"EG"}
    assert "the country from 'country_txt'" in found.words


def test_what_says_that_it_says_nothing_is_no_part_of_a_name(capsys: Any, tmp_path: Path) -> None:
    text = "date,title,location,city,gname,gname2\n2020-01-05,A,N/A,Almaty,Army,N/A\n2020-01-06,B,NA,Taraz,Army,NA\n"
    found = _opened(capsys, tmp_path, text)
    assert "not on the map" not in found.words
    assert [event.actors for event in found.events] == [("Army",), ("Army",)]


def test_a_table_without_any_place_is_told_as_one(capsys: Any, tmp_path: Path) -> None:
    text = 'person,eow,cause\nA B,"EOW: Monday, January 3, 1791",Gunfire\nC D,"EOW: Friday, May 5, 1922",Assault\n'
    found = _opened(capsys, tmp_path, text)
    assert [str(event.date_start) for event in found.events] == ["1791-01-03", "1922-05-05"]
    assert "No column says where an event was: none is on the map." in found.words


def test_a_row_that_says_its_region_alone_is_called_by_it(capsys: Any, tmp_path: Path) -> None:
    text = "Date,Region,Location\n2018-03-04,Uintas,Weber Canyon\n2018-03-05,Ogden,\n2018-03-06,Ogden,\n"
    assert [event.title for event in _opened(capsys, tmp_path, text).events] == ["Weber Canyon", "Ogden", "Ogden"]


@pytest.mark.parametrize(
    ("headings", "values", "expected"),
    [
        ("city,siteType", "Almaty,military", {"place": "city"}),
        ("Ort,tipo de calle", "Almaty,AVENIDA", {"place": "Ort"}),
        ("city,Total_Uninjured,Total_Fatal_Injuries", "Almaty,90,2", {"deaths": "Total_Fatal_Injuries"}),
        ("ano,data_inversa,uf", "2007,11/06/2007,MG", {"date_start": "data_inversa", "admin1": "uf"}),
        ("city,time_local", "Almaty,06:10", {"place": "city"}),
        ("city,DIRECTION_LOCATION", "Almaty,SW", {"place": "city"}),
        ("post_date,strikedate,city", "2026-03-05,2026-03-01,Almaty", {"date_start": "strikedate"}),
        ("city,casualties.killed", "Almaty,3", {"deaths": "casualties.killed"}),
        ("Commune,Tué(s)", "Strasbourg,1", {"deaths": "Tué(s)"}),
        ("Latitude,Longitude,CPI", "43.25,,69.31", {}),
        ("latitude,longitude,geometry lat,geometry lon", "43.2512,,43.2512,76.9213", {"lon": "geometry lon"}),
    ],
)
def test_a_heading_that_only_sounds_like_one_of_ours_is_none(
    headings: str, values: str, expected: dict[str, str]
) -> None:
    day = "" if "date" in headings or "data_" in headings else "date,"
    rows = [f"{'2022-01-0' + str(n) + ',' if day else ''}Event {n},{values}" for n in range(1, 6)]
    found = columns_of(proposed("\n".join([f"{day}title,{headings}", *rows])))
    assert found.items() >= expected.items()
    assert "lon" in expected or "lon" not in found
    assert "Total_Uninjured" not in found.values()
    assert not any("casualties" in (whom or "") for whom in found.get("deaths_population", ()))


def test_where_nearly_all_names_are_in_one_region_a_lesser_place_elsewhere_is_asked_for(
    capsys: Any, tmp_path: Path
) -> None:
    districts = (
        *("Moncloa-Aravaca", "Hortaleza", "Retiro", "Arganzuela", "Chamberí", "Fuencarral-El Pardo", "Latina"),
        *("Carabanchel", "Puente de Vallecas", "Villaverde", "Usera", "Moratalaz", "Salamanca", "Centro"),
    )
    text = "fecha,distrito,tipo_accidente\n" + "".join(f"2020-06-03,{name},Alcance\n" for name in districts)
    found = _opened(capsys, tmp_path, text, "accidentes.csv")
    assert {place.region for place in found.store.places} == {"Community of Madrid"}
    assert {name for event in found.events for name in event.unsettled} == {"Salamanca district", "Centro district"}


def test_names_of_well_known_places_are_the_place_where_no_heading_says_one(capsys: Any, tmp_path: Path) -> None:
    cities = ("Miami, Florida", "Chicago", "Berlin", "Kyiv", "Almaty", "Tokyo")
    text = "when,k1,k2\n" + "".join(f"2022-01-0{n},{city},Unit {n}\n" for n, city in enumerate(cities, 1))
    found = _opened(capsys, tmp_path, text)
    assert "'k1' is the place, by its values." in found.words
    assert all(event.sites for event in found.events)
    other = _opened(capsys, tmp_path, text.replace("k1,k2", "city,k2"), "other.csv")
    assert "by its values" not in other.words


def _places(found: Opened) -> list[tuple[str, str]]:
    places = {place.place_id: place for place in found.store.places}
    at = [event.sites[0].place_id if event.sites else "" for event in found.events]
    return [(places[key].name, places[key].country) if key else ("", "") for key in at]


def test_a_city_that_some_language_calls_its_country_after_is_that_city(capsys: Any, tmp_path: Path) -> None:
    text = "date,title,country,location\n2011-01-08,Strike,Tunisia,Tunis\n2011-01-09,March,Tunisia,Tunisia\n"
    assert _places(_opened(capsys, tmp_path, text)) == [("Tunis", "TN"), ("", "")]


def test_a_town_of_a_territory_may_be_listed_under_the_country_that_it_belongs_to(capsys: Any, tmp_path: Path) -> None:
    text = "date,title,country,city\n1979-01-08,Bombing,United States,San Juan\n2019-07-01,March,China,Hong Kong\n"
    assert [country for _, country in _places(_opened(capsys, tmp_path, text))] == ["PR", "HK"]


def test_what_is_not_found_in_a_region_that_is_called_like_a_city_is_in_that_region(
    capsys: Any, tmp_path: Path
) -> None:
    text = "date,title,country,region,place\n2021-05-08,March,Germany,Brandenburg,Xyzzyland\n"
    assert [site.geo_precision for site in _opened(capsys, tmp_path, text).events[0].sites] == ["region"]


def test_a_point_near_a_border_is_right_where_it_would_hardly_move(capsys: Any, tmp_path: Path) -> None:
    # In Niger by the bundled boundaries, and in Nigeria with its numbers exchanged.
    text = "date,title,country,place,longitude,latitude\n2015-03-09,Attack,Nigeria,Damasak,12.49521,13.09771\n"
    assert _opened(capsys, tmp_path, text).counts["accepted"] == 1


def test_a_column_of_noughts_and_ones_in_hundreds_of_rows_counts_nobody(capsys: Any, tmp_path: Path) -> None:
    rows = [f"2022-01-{n % 28 + 1:02},March {n},Almaty,{n % 2}\n" for n in range(300)]
    assert not _opened(capsys, tmp_path, "Date,Title,City,Arrests\n" + "".join(rows)).claims


def test_who_is_counted_and_how_a_kind_is_called_say_a_protest(capsys: Any, tmp_path: Path) -> None:
    rows = [f'"Almaty",{n}+ (est.) demonstrators,"June {n}, 2020"\n' for n in range(10, 20)]
    found = _opened(capsys, tmp_path, "Location,Size,Date\n" + "".join(rows))
    assert {event.category for event in found.events} == {"protest"}
    text = "Debut,Ville,Type\n21/01/2020,Lyon,Mobilisation\n22/01/2020,Paris,Mobilisation\n"
    assert {event.category for event in _opened(capsys, tmp_path, text).events} == {"protest"}


def test_that_nothing_says_a_kind_is_told_with_how_to_say_it(capsys: Any, tmp_path: Path) -> None:
    found = _opened(capsys, tmp_path, "date,city\n2022-01-05,Almaty\n2022-01-06,Taraz\n")
    assert 'each is "other" (kind under [answers] in a mapping says otherwise)' in found.words


def test_codes_that_a_program_wrote_with_a_point_are_those_codes(capsys: Any, tmp_path: Path) -> None:
    head = "event_id_cnty,event_date,event_type,latitude,longitude,location,geo_precision,time_precision,fatalities"
    rows = (
        "KAZ1,2022-01-05,Protests,43.25,76.95,Almaty,1.0,1.0,0.0",
        "KAZ2,2022-01-06,Protests,43,77,Almaty,3.0,1.0,2.0",
    )
    found = _opened(capsys, tmp_path, "\n".join((head, *rows)))
    assert [event.sites[0].geo_precision for event in found.events] == ["settlement", "region"]
