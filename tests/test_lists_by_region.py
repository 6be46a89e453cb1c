"""Where a whole column says in which country its regions, codes and metres are. Rows are invented."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.opened import Opened, answered, opened, refused

SWISS = (("ZH", 683000, 247500), ("BE", 600500, 199800), ("GE", 500100, 117800))
IN_LV95 = (2_000_000, 1_000_000)


def _opened(capsys: Any, tmp_path: Path, *lines: str) -> Opened:
    path = tmp_path / "list.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return opened(capsys, tmp_path, path)


def _regions(found: Opened) -> list[tuple[str, str]]:
    return [(place.name, place.country) for place in found.store.places if place.feature == "region"]


@pytest.mark.parametrize(
    ("east", "north", "off"),
    [
        ("X-Koordinate", "Y-Koordinate", (0, 0)),
        ("Y-Koordinate", "X-Koordinate", (0, 0)),  # as the older Swiss grid calls them
        ("GKODE", "GKODN", (0, 0)),
        ("E", "N", IN_LV95),
    ],
)
def test_metres_are_those_of_the_grid_by_which_they_are_in_the_country_of_the_cantons(
    capsys: Any, tmp_path: Path, east: str, north: str, off: tuple[int, int]
) -> None:
    rows = (f"2019-03-1{n},Streik,{code},{x + off[0]},{y + off[1]}" for n, (code, x, y) in enumerate(SWISS))
    found = _opened(capsys, tmp_path, f"Datum,Ereignis,Kanton,{east},{north}", *rows)
    points = [round(degrees, 2) for point in found.points() for degrees in point or ()]
    assert points == [8.54, 47.37, 7.45, 46.95, 6.14, 46.2]
    assert f"metres of CH1903{'+ / LV95' if off[0] else ' / LV03'}" in found.words


def test_metres_of_a_grid_are_asked_for_where_nothing_says_a_country_and_its_grid_is_among_the_answers(
    capsys: Any, tmp_path: Path
) -> None:
    path = tmp_path / "metres.csv"
    path.write_text("Datum,Ereignis,Y,X\n" + "\n".join(f"2019-03-12,Streik,{x},{y}" for _, x, y in SWISS))
    out, _ = refused(capsys, tmp_path, path)
    assert 'crs = "EPSG:21781"  # CH1903 / LV03' in out
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(answered(out, "crs", "EPSG:21781"), encoding="utf-8")
    found = opened(capsys, tmp_path, path, "--mapping", str(mapping))
    assert found.points()[0] == pytest.approx((8.538, 47.373), abs=0.001)


def test_codes_of_cantons_are_those_cantons(capsys: Any, tmp_path: Path) -> None:
    found = _opened(
        capsys, tmp_path, "Datum,Ereignis,Kanton", *(f"2019-03-1{n},Streik,{row[0]}" for n, row in enumerate(SWISS))
    )
    assert _regions(found) == [("Zürich", "CH"), ("Bern", "CH"), ("Geneva", "CH")]


def test_a_province_in_a_column_of_provinces_is_no_city_of_its_name(capsys: Any, tmp_path: Path) -> None:
    names = ("Buenos Aires", "Córdoba", "Santa Fe")
    rows = (f"2020-01-0{day},{name},Femicidio" for day, name in enumerate(names, 1))
    found = _opened(capsys, tmp_path, "fecha,provincia,hecho", *rows)
    assert _regions(found) == [(name, "AR") for name in names]
    assert "The regions are those of Argentina" in found.words


def test_quarters_of_the_sky_are_regions_of_no_country_in_particular(capsys: Any, tmp_path: Path) -> None:
    names = ("North", "South West", "Centre", "Eastern")
    rows = (f"2020-01-0{day},{name},March" for day, name in enumerate(names, 1))
    found = _opened(capsys, tmp_path, "date,region,event", *rows)
    assert "The regions are those of" not in found.words


@pytest.mark.parametrize("heading", ["location", "region"])
def test_codes_of_countries_are_countries_under_any_heading(capsys: Any, tmp_path: Path, heading: str) -> None:
    codes = ("BR", "DE", "CA", "IN", "CO")
    rows = (f"2020-01-0{day},{code},March" for day, code in enumerate(codes, 1))
    found = _opened(capsys, tmp_path, f"date,{heading},event", *rows)
    assert [event.country for event in found.events] == list(codes)


def test_a_city_that_is_called_like_its_country_is_the_city_in_a_column_of_cities(capsys: Any, tmp_path: Path) -> None:
    pairs = (("Luxembourg", "Luxembourg"), ("Tunis", "Tunisia"), ("Mexico", "Mexico"), ("Jordan", "Jordan"))
    rows = [f"2020-01-0{day},{city},{country},March" for day, (city, country) in enumerate(pairs, 1)]
    found = _opened(capsys, tmp_path, "date,city,country,event", *rows)
    assert [place.name for place in found.store.places] == ["Luxembourg", "Tunis", "Mexico City"]
    whole = _opened(capsys, tmp_path, "date,location,country,event", rows[0])
    assert [event.sites for event in whole.events] == [()]


def test_a_quarter_that_is_no_town_is_near_its_city(capsys: Any, tmp_path: Path) -> None:
    found = _opened(
        capsys, tmp_path,
        "date,town,country,event",
        "1920-01-02,Bermondsey,United Kingdom,Strike",
        "2020-01-05,Kibera,Kenya,Protest",
        "2020-01-06,Palermo,Argentina,Protest",
        "2020-01-06,Palermo,Italy,Protest",
    )  # fmt: skip
    names = {place.place_id: place.name for place in found.store.places}
    sites = [site for event in found.events for site in event.sites]
    assert [(names[site.place_id], site.geo_precision) for site in sites] == [
        ("London", "near"),
        ("Nairobi", "near"),
        ("Buenos Aires", "near"),
        ("Palermo", "settlement"),
    ]


def test_a_quarter_of_a_city_that_nothing_else_tells_of_is_not_settled(
    capsys: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    found = _opened(capsys, tmp_path, "date,place,event", "1920-01-02,Small Heath,Strike")
    assert [event.sites for event in found.events] == [()]
    assert "may be Birmingham" in caplog.text


def test_an_unknown_place_is_where_it_is_said_to_be_and_stays_to_be_settled(capsys: Any, tmp_path: Path) -> None:
    found = _opened(
        capsys, tmp_path,
        "date,place,event",
        '2020-01-02,"Nowhereville, Brazoria County, Texas",Attack',
        '2020-01-03,"Nowhereville, Maule, Chile",Attack',
        '2020-01-04,"Nowhereville Quarter, Cartagena, Colombia",Attack',
        '2020-01-05,"Nowhereville, Chile",Attack',
    )  # fmt: skip
    names = {place.place_id: place.name for place in found.store.places}
    assert [[(names[s.place_id], s.geo_precision) for s in event.sites] for event in found.events] == [
        [("Brazoria County", "district")],
        [("Maule", "region")],
        [("Cartagena", "near")],
        [],
    ]
    assert [len(event.unsettled) for event in found.events] == [1, 1, 0, 1]


def test_a_quarter_called_like_a_town_elsewhere_is_in_the_city_beside_it(capsys: Any, tmp_path: Path) -> None:
    rows = (
        "2017-03-26,OLAYA HERRERA,CARTAGENA,BOLÍVAR",
        "2017-03-27,SANTANDER,ARMENIA,QUINDÍO",
        "2017-03-28,X,CALI,VALLE DEL CAUCA",
    )
    found = _opened(capsys, tmp_path, "Fecha,Barrio,Municipio,Departamento", *rows)
    names = {place.place_id: place.name for place in found.store.places}
    sites = [event.sites[0] for event in found.events]
    assert [(names[s.place_id], s.geo_precision) for s in sites][:2] == [("Cartagena", "near"), ("Armenia", "near")]


def test_a_city_that_is_known_in_another_country_is_not_taken_for_the_region_beside_it(
    capsys: Any, tmp_path: Path
) -> None:
    found = _opened(capsys, tmp_path, "date,city,state,event", "2020-01-02,Almaty,Washington,March")
    assert [event.sites for event in found.events] == [()]


def test_cities_in_a_list_are_not_in_the_last_of_them(capsys: Any, tmp_path: Path) -> None:
    found = _opened(
        capsys, tmp_path, "date,place,country,event", '2020-01-02,"Recife, Nowhereville, Porto Alegre",Brazil,March'
    )
    assert [event.sites for event in found.events] == [()]


def test_codes_behind_commas_are_regions_of_the_country_that_nearly_all_are_of(capsys: Any, tmp_path: Path) -> None:
    names = ("Vitória, ES", "Olinda, PE", "Curitiba, PR", "São Paulo, SP (Praça da Sé)", "RS", "BR", "porto_alegre, RS")
    rows = (f'1984-01-0{day},"{name}"' for day, name in enumerate(names, 1))
    found = _opened(capsys, tmp_path, '"Data","Cidade, UF"', *rows)
    places = {place.place_id: place for place in found.store.places}
    assert [[places[site.place_id].region for site in event.sites] for event in found.events] == [
        ["Espírito Santo"], ["Pernambuco"], ["Paraná"], ["São Paulo"], ["Rio Grande do Sul"], [], ["Rio Grande do Sul"],
    ]  # fmt: skip
    assert {place.country for place in places.values()} == {"BR"}
    assert found.events[5].country == "BR"


def test_usual_short_names_of_states_and_of_countries_are_read(capsys: Any, tmp_path: Path) -> None:
    found = _opened(
        capsys, tmp_path, "date,city,state,event", "1892-01-02,Covington,Ky.,Lynching", "1892-01-03,Monroe,La.,Lynching"
    )
    assert [place.region for place in found.store.places] == ["Kentucky", "Louisiana"]
    found = _opened(capsys, tmp_path, "date,place,event", '1993-01-02,"Mostar, Bosnia",Attack')
    assert [place.country for place in found.store.places] == ["BA"]


def test_places_joined_by_a_word_are_a_list_and_what_is_all_over_a_country_is_in_no_place(
    capsys: Any, tmp_path: Path
) -> None:
    found = _opened(
        capsys, tmp_path,
        "date,place,country,event",
        "2022-01-02,Odesa Oblast and Mykolaiv Oblast,Ukraine,Attack",
        "2022-01-03,nationwide,Ukraine,Strike",
    )  # fmt: skip
    assert [len(event.sites) for event in found.events] == [2, 0]
    assert not any(event.unsettled for event in found.events)


def test_the_kind_of_a_facility_is_no_place_and_long_words_may_be_kinds(capsys: Any, tmp_path: Path) -> None:
    kinds = (
        "Violence with heavy weapons " + "such as firearms, tanks, missiles, bombs and mortars " * 3,
        "Obstruction",
    )
    rows = (f'2022-01-{day:02},"{kinds[day % 2]}",Primary,Sudan' for day in range(1, 25))
    found = _opened(capsys, tmp_path, "Attack Date,Attack Type,Type of Facility,Country", *rows)
    assert {event.event_type for event in found.events} == {kind.strip() for kind in kinds}
    assert not any(event.unsettled for event in found.events)


def test_totals_and_remarks_among_rows_are_told_and_are_no_events(capsys: Any, tmp_path: Path) -> None:
    found = _opened(
        capsys, tmp_path,
        "дата,город,имя жертвы,возраст,метод,ссылка",
        "всего за 2017,,71,,,",
        ",,,,,",
        "30.01.2017,Тюмень,Анна,35,нож,a",
        "январь,,2,,,",
        "15.02.2017,Пермь,Вера,29,нож,b",
        "16.02.2017,Казань,Ольга,41,яд,c",
        ",,кто-то пишет сюда,,,",
    )  # fmt: skip
    assert (found.counts["rows"], found.counts["accepted"]) == (3, 3)
    assert "are totals or remarks" in found.words


def test_records_deep_in_an_answer_are_found(capsys: Any, tmp_path: Path) -> None:
    path = tmp_path / "answer.json"
    path.write_text(
        '{"data": {"search": {"total": 1, "elements": [{"title": "Rally", "date": "2025-05-08", "city": "Berlin"}]}}}'
    )
    assert [event.title for event in opened(capsys, tmp_path, path).events] == ["Rally"]


def test_what_is_found_itself_abroad_is_meant_before_what_is_near_a_place_at_home(capsys: Any, tmp_path: Path) -> None:
    towns = ("Tijuana", "Mexicali", "Reynosa", "Nogales", "Matamoros", "Ciudad Juárez", "Hermosillo")
    rows = [f"2023-06-0{day},{town}," for day, town in enumerate(towns, 1)]
    found = _opened(capsys, tmp_path, "date,county,state", *rows, "2023-06-09,Kinney County,Texas")
    assert found.store.places[-1].name == "Kinney County"


def test_a_name_of_two_places_beside_a_point_stays_the_name_of_the_point(capsys: Any, tmp_path: Path) -> None:
    row = "2022-01-02,Odesa Oblast and Mykolaiv Oblast,46.9,31.2,Attack"
    found = _opened(capsys, tmp_path, "date,place,lat,lon,event", row)
    assert [place.name for place in found.store.places] == ["Odesa Oblast and Mykolaiv Oblast"]


def _where(found: Opened) -> list[tuple[str, str]]:
    places = {place.place_id: place.name for place in found.store.places}
    return [(places[site.place_id], site.geo_precision) for event in found.events for site in event.sites]


def test_a_place_that_is_not_found_is_in_its_district_if_that_is_known_else_in_its_region(
    capsys: Any, tmp_path: Path
) -> None:
    found = _opened(
        capsys,
        tmp_path,
        "date,event,country,admin1,admin2,location",
        "2022-03-01,Attack,Burkina Faso,Centre-Nord,Bam,Xyzzywa",
        "2022-03-02,Attack,Burkina Faso,Centre-Nord,Bam,Komsilga",  # that of the gazetteer is in another region
        "2022-03-03,Attack,Burkina Faso,Sahel,Xyzzybe,Xyzzyto",
        "2022-03-04,Attack,Burkina Faso,Centre,Kadiogo,Ouagadougou",
        "2022-03-05,Attack,Burkina Faso,Sahel,Oudalan,",
    )
    assert _where(found) == [
        ("Bam", "region"),
        ("Bam", "region"),
        ("Sahel", "region"),
        ("Ouagadougou", "settlement"),
        ("Oudalan", "region"),
    ]


def test_the_second_level_is_the_district_whatever_the_third_says(capsys: Any, tmp_path: Path) -> None:
    rows = ("2020-01-01,Battle,Nigeria,Borno,Gwoza,,Xyzzywa", "2020-01-02,Battle,Nigeria,Borno,Bama,Xyzzybe,Xyzzyto")
    found = _opened(capsys, tmp_path, "event_date,event_type,country,admin1,admin2,admin3,location", *rows)
    assert _where(found) == [("Gwoza", "near"), ("Bama", "near")]


def test_a_town_beside_names_most_of_which_end_in_it_stands_in_for_those_that_are_not_found(
    capsys: Any, tmp_path: Path
) -> None:
    towns = ("Anchorage,AK", "Berkeley,CA", "Boston,MA", "Denver,CO", "Austin,TX", "Salem,OR", "Macon,GA", "Erie,PA")
    rows = [f'2014-11-2{n},"{town.replace(",", ", ")}",{town},March' for n, town in enumerate(towns)]
    found = _opened(
        capsys, tmp_path, "date,loc,city,state,event", *rows, "2014-11-29,Xyzzy Law School,Berkeley,CA,March"
    )
    assert [name for name, _ in _where(found)][1::7] == ["Berkeley", "Berkeley"]
    assert [name for name, _ in _where(found)][-1] == "Berkeley"


def test_states_by_codes_in_small_letters_are_those_of_the_towns_beside_them(capsys: Any, tmp_path: Path) -> None:
    rows = ("bloomington,in", "athens,ga", "columbus,oh", "portland,me")
    found = _opened(
        capsys, tmp_path, "date,title,city,state", *(f"2024-05-0{n},Rally,{r}" for n, r in enumerate(rows, 1))
    )
    regions = [place.region for place in found.store.places]
    assert sorted(regions) == ["Georgia", "Indiana", "Maine", "Ohio"]


def test_departments_by_their_numbers_say_which_town_is_meant(capsys: Any, tmp_path: Path) -> None:
    rows = ("Rochefort,17", "Saint-Maurice,94", "Moulins,3", "Bastia,2B")
    head = "date,description,lieu,departement"
    found = _opened(capsys, tmp_path, head, *(f"2023-04-2{n},Manifestation,{row}" for n, row in enumerate(rows, 1)))
    regions = {place.name: place.region for place in found.store.places}
    expected = {"Charente-Maritime", "Val-de-Marne", "Allier", "Haute-Corse"}
    assert set(regions.values()) == expected


def test_a_house_behind_a_comma_leaves_the_city_beside_it(capsys: Any, tmp_path: Path) -> None:
    rows = ('"Тверская, 14",Москва', '"ул. Лесная, 3",Казань', '"Поварская, 15/1",Москва')
    lines = (f"1{n}.01.2013,Пикет,{row}" for n, row in enumerate(rows))
    found = _opened(capsys, tmp_path, "Дата,Событие,Место,Город", *lines)
    assert [name for name, _ in _where(found)] == ["Moscow", "Kazan", "Moscow"]


def test_among_places_that_are_countries_georgia_is_one(capsys: Any, tmp_path: Path) -> None:
    names = (
        "Georgia",
        "Armenia",
        "Ukraine",
        "Kenya",
        "Peru",
        "Chile",
        "Nepal",
        "Jordan",
        "Korea",
        "Mali",
        "Chad",
        "Iraq",
    )
    rows = (f"2020-01-{n:02},{name},March" for n, name in enumerate(names, 1))
    found = _opened(capsys, tmp_path, "date,place,event", *rows)
    countries = [event.country for event in found.events]
    assert (countries[0], countries[7], len(countries)) == ("GE", "JO", 12)
    assert "the names are those of countries" in found.words
