"""What the names of a column are, as all of them show: regions, departments, kinds of places. Rows are invented."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from geodata.importers.files.opening import read_sheets
from tests.opened import Opened, opened
from tests.proposed import columns_of, proposed


def _opened(capsys: Any, tmp_path: Path, text: str) -> Opened:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    return opened(capsys, tmp_path, path)


def _precisions(found: Opened) -> list[str]:
    return [event.sites[0].geo_precision if event.sites else "" for event in found.events]


def test_where_all_names_are_regions_of_a_country_a_city_of_the_same_name_is_not_meant(
    capsys: Any, tmp_path: Path
) -> None:
    names = ("Buenos Aires", "Mendoza", "Chubut", "Misiones", "Chaco", "La Pampa")
    text = "\n".join(["Date,Place,Event", *(f"2022-01-{day:02},{name},March" for day, name in enumerate(names, 1))])
    found = _opened(capsys, tmp_path, text)
    assert _precisions(found) == ["region"] * 6
    assert "the names are those of the regions of one country" in found.words


def test_cities_that_regions_are_named_after_stay_cities(capsys: Any, tmp_path: Path) -> None:
    names = ("Madrid", "Barcelona", "Sevilla", "Valencia", "Málaga", "Zaragoza")
    text = "\n".join(["Date,Place,Event", *(f"2022-01-{day:02},{name},March" for day, name in enumerate(names, 1))])
    assert "region" not in _precisions(_opened(capsys, tmp_path, text))


def test_the_number_of_a_department_behind_a_town_is_no_part_of_its_name(capsys: Any, tmp_path: Path) -> None:
    names = ("Marseille (13)", "Nîmes (30)", "Lille (59)")
    text = "\n".join(["date,lieu,motif", *(f"2022-01-1{day},{name},Grève" for day, name in enumerate(names, 3))])
    found = _opened(capsys, tmp_path, text)
    assert _precisions(found) == ["settlement"] * 3
    assert "the number in 'Lille (59)' is that of a department" in found.words


@pytest.mark.parametrize("heading", ["Battle Name", "massacre", "protest_name", "Nombre de la masacre"])
def test_what_an_event_is_called_is_its_title(heading: str) -> None:
    text = f"{heading},date,location,cause\nTea Party,1773-12-16,Boston,Tax\nBonus March,1932-07-28,Washington,Pay"
    assert columns_of(proposed(text))["title"] == heading


def test_the_kind_of_a_place_is_no_place() -> None:
    text = "Fecha,Municipio,Clase de sitio\n2017-01-13,Leticia,CARRETERA\n2017-01-14,Betania,VIAS PUBLICAS"
    assert columns_of(proposed(text))["place"] == "Municipio"


def test_what_has_far_fewer_names_than_there_are_towns_is_no_place_in_them() -> None:
    rows = [f"2022-01-{day:02},{('Retail', 'School')[day % 2]},Town {chr(96 + day)},Shots" for day in range(1, 25)]
    found = proposed("\n".join(["date,location,city,event", *rows]))
    assert columns_of(found)["place"] == "city"
    assert any("is the kind of a place" in told for told in found.told)


def test_years_of_the_1500s_stand_beside_months_in_words() -> None:
    found = columns_of(proposed("battle,month,year,city\nTrier,August,1522,Trier\nLandstuhl,April,1523,Landstuhl"))
    assert found["date_parts"] == ["year", "month"]


def test_a_list_of_fires_begins_with_the_day_of_their_discovery() -> None:
    text = "name,discovery_time,status_updated_time,county\nA,2026-08-01,2026-08-22,Lake\nB,2026-08-02,2026-08-22,Lee"
    assert columns_of(proposed(text))["date_start"] == "discovery_time"


def test_numbers_with_blanks_around_them_are_numbers(tmp_path: Path) -> None:
    path = tmp_path / "plain.xlsx"
    book = openpyxl.Workbook()
    for row in (["day", "dead"], ["2022-01-05", 12], ["2022-01-06", 3]):
        book.active.append(row)
    book.save(path)
    padded = tmp_path / "padded.xlsx"
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(padded, "w") as target:
        for name in archive.namelist():
            target.writestr(name, archive.read(name).replace(b"<v>12</v>", b"<v>  12 </v>"))
    (sheet,) = read_sheets(padded)
    assert sheet.cells.column("dead").to_pylist() == ["12", "3"]


def test_short_names_are_those_of_the_country_that_a_row_names(capsys: Any, tmp_path: Path) -> None:
    places = (
        "CABA,Argentina",
        "Bs. As.,Argentina",
        "D.F.,Mexico",
        "CDMX,Mexico",
        "NYC,United States",
        "CABA,Philippines",
    )
    rows = (f"2022-01-0{day},{place},March" for day, place in enumerate(places, 1))
    found = _opened(capsys, tmp_path, "\n".join(["Date,Place,Country,Event", *rows]))
    ids = [event.sites[0].place_id for event in sorted(found.events, key=lambda event: event.date_start)]
    buenos_aires, mexico_city, new_york = "gn:3435910", "gn:3530597", "gn:5128581"
    assert ids[:5] == [buenos_aires, buenos_aires, mexico_city, mexico_city, new_york]
    assert ids[5] not in ids[:5], "Caba is a town of the Philippines"


def _within(capsys: Any, tmp_path: Path, city: str, *names: str) -> list[str]:
    (tmp_path / "list.csv.mapping.toml").write_text(f'[answers]\nwithin = "{city}"\n', encoding="utf-8")
    rows = [f"2022-03-{day:02},{name},Mahnwache" for day, name in enumerate(names, 1)]
    found = _opened(capsys, tmp_path, "\n".join(["Datum,Ort,Thema", *rows]))
    called = {place.place_id: place.name for place in found.store.places}
    return [called[event.sites[0].place_id] for event in found.events]


def test_in_a_table_of_one_city_its_quarters_stay_where_they_are(capsys: Any, tmp_path: Path) -> None:
    names = ("Spandau", "Xyzplatz", "Neumarkt", "Potsdam", "Kassel")
    assert _within(capsys, tmp_path, "Berlin, Germany", *names) == ["Spandau", "Berlin", "Berlin", "Potsdam", "Kassel"]


def test_in_a_table_of_one_city_what_is_called_like_a_square_of_another_is_in_the_city(
    capsys: Any, tmp_path: Path
) -> None:
    assert _within(capsys, tmp_path, "Rostock, Germany", "Alexanderplatz", "Toitenwinkel-Nord") == ["Rostock"] * 2


def test_where_nearly_no_place_is_found_it_is_told_how_to_say_in_which_city_they_are(
    capsys: Any, tmp_path: Path
) -> None:
    names = ("Xy-Mitte", "Xy-Duissern", "Vor dem Xyzdenkmal", "Xyzbrunnen", "Hinter dem Xyzdom", "Xyznord")
    text = "\n".join(["Datum,Ort,Thema", *(f"2022-03-{day:02},{name},Demo" for day, name in enumerate(names, 1))])
    words = "Many places are not found, such as 'Hinter dem Xyzdom': within under [answers] in a mapping says"
    assert words in _opened(capsys, tmp_path, text).words


def test_in_a_column_of_cities_the_region_of_a_name_is_not_meant(capsys: Any, tmp_path: Path) -> None:
    text = "date,city,country,topic\n2020-01-02,Washington,United States,Pay\n2020-01-03,Chicago,United States,Rent\n"
    found = _opened(capsys, tmp_path, text)
    assert _precisions(found) == ["settlement"] * 2
    assert found.events[0].unsettled == ()


def test_what_is_not_found_in_a_wide_region_is_not_by_the_city_that_it_is_called_after(
    capsys: Any, tmp_path: Path
) -> None:
    rows = ("2022-01-02,Xyzivka,Luhansk,Ukraine,Attack", "2022-01-03,Xyz caddesi,Ankara,Turkey,March")
    found = _opened(capsys, tmp_path, "\n".join(["date,location,admin1,country,event", *rows]))
    assert _precisions(found) == ["region", "settlement"]  # a street is in the city


def test_the_state_of_a_row_says_where_an_address_or_several_places_of_a_town_are(capsys: Any, tmp_path: Path) -> None:
    rows = (
        'Portland,"First Church, 421 E Bridge St",MI',
        'Durham,"T Hall, University of New Hampshire",NH',
        'Manhattan,"Triangle Park; City Park",KS',
        'Evanston,"Northwestern University; Weber Arch",IL',
        "Albany,City Hall,NY",
    )
    text = "\n".join(["date,locality,location,state,event", *(f"2022-03-01,{row},March" for row in rows)])
    found = _opened(capsys, tmp_path, text)
    regions = {place.place_id: (place.name, place.region) for place in found.store.places}
    assert [regions[event.sites[0].place_id] for event in found.events] == [
        ("Portland", "Michigan"),
        ("Durham", "New Hampshire"),
        ("Manhattan", "Kansas"),
        ("Evanston", "Illinois"),
        ("Albany", "New York"),
    ]


def test_a_cell_that_says_that_there_is_no_name_is_none_and_a_district_is_where_it_was(
    capsys: Any, tmp_path: Path
) -> None:
    rows = (
        "none (no mention of 'village'),Dantewada,Chhattisgarh",
        "N/A (not found),Palamu,Jharkhand",
        "Pokhar,Jamui,N/A",  # which is a city in Nepal
    )
    text = "\n".join(["date,Village,District,State,event", *(f"2018-09-28,{row},Attack" for row in rows)])
    found = _opened(capsys, tmp_path, text)
    assert _precisions(found)[:2] == ["district"] * 2
    assert {place.country for place in found.store.places} == {"IN"}


_AREAS = ("Toorikhel,North Waziristan", "Mosaki,North Waziristan", "Damadola,Bajaur", "Zamazola,South Waziristan")


def _of_areas(capsys: Any, tmp_path: Path, name: str, mapping: str = "") -> Opened:
    text = "\n".join(["date,location,area,event", *(f"2005-05-08,{row},Strike" for row in (*_AREAS, "Xyzai,Kurram"))])
    (tmp_path / name).write_text(text, encoding="utf-8")
    if mapping:
        (tmp_path / f"{name}.mapping.toml").write_text(mapping, encoding="utf-8")
    return opened(capsys, tmp_path, tmp_path / name)


@pytest.mark.parametrize(
    ("name", "mapping"),
    [("pakistanstrikes.csv", ""), ("strikes.csv", '[answers]\nwithin = "Pakistan"\n')],
)
def test_where_no_place_is_found_without_it_the_country_is_that_of_the_file_or_is_answered(
    capsys: Any, tmp_path: Path, name: str, mapping: str
) -> None:
    found = _of_areas(capsys, tmp_path, name, mapping)
    assert _precisions(found) == ["district"] * 5
    assert ("All places are in Pakistan, as the name of the file says" in found.words) == (not mapping)


def test_a_file_that_names_two_countries_is_of_neither(capsys: Any, tmp_path: Path) -> None:
    found = _of_areas(capsys, tmp_path, "pakistan_afghanistan.csv")
    assert {event.country for event in found.events} == {""}
    assert "says in which city or country, if all are in one" in found.words


def test_where_names_end_in_regions_of_one_country_one_of_them_is_no_city(capsys: Any, tmp_path: Path) -> None:
    towns = ("Buffalo, New York", "Austin, Texas", "Denver, Colorado", "Seattle, Washington", "Miami, Florida")
    names = ("New York, New York", "Xyzzyburg, New York", "West 23rd Street, New York", *towns)
    text = "\n".join(["date,place,event", *(f'2020-01-0{n},"{name}",March' for n, name in enumerate(names, 1))])
    found = _opened(capsys, tmp_path, text)
    assert _precisions(found) == ["settlement", "region", *["settlement"] * 6]
    assert "behind a comma is the region, and no city" in found.words


def test_what_people_call_a_region_is_no_village_of_that_name(capsys: Any, tmp_path: Path) -> None:
    names = ("Tel Aviv - East", "Ramat Gan - West", "Haifa", "Bat Yam")
    rows = (f"2021-05-1{n},Siren,{name},Dan,Israel" for n, name in enumerate(names))
    found = _opened(capsys, tmp_path, "\n".join(["date,event,place,region,country", *rows]))
    names_of = {place.place_id: place.name for place in found.store.places}
    assert [names_of[event.sites[0].place_id] for event in found.events] == [
        "Tel Aviv",
        "Ramat Gan",
        "Haifa",
        "Bat Yam",
    ]


def test_an_odd_value_among_the_codes_of_regions_switches_none_off(capsys: Any, tmp_path: Path) -> None:
    states = ("TX", "TX", "CA", "CA", "WA", "WA", "CAN")
    rows = (f"2021-05-1{n},March,Vancouver,{code}" for n, code in enumerate(states))
    found = _opened(capsys, tmp_path, "\n".join(["date,event,city,state", *rows]))
    assert "The regions are codes of United States" in found.words


def test_a_capital_abroad_is_not_meant_by_the_spelling_of_a_village(capsys: Any, tmp_path: Path) -> None:
    names = ("Haifa", "Ashdod", "Netanya", "Holon", "Beersheba", "Sufa")
    rows = (f"2021-05-1{n},Siren,{name}" for n, name in enumerate(names))
    found = _opened(capsys, tmp_path, "\n".join(["date,event,place", *rows]))
    assert {place.country for place in found.store.places} == {"IL"}


def _placed(found: Opened) -> list[str]:
    names = {place.place_id: place.name for place in found.store.places}
    return ["; ".join(names[site.place_id] for site in event.sites) for event in found.events]


def test_in_a_list_of_two_countries_a_name_is_that_of_a_place_in_one_of_them(capsys: Any, tmp_path: Path) -> None:
    names = (
        "Mosul",
        "Kirkuk",
        "Baghdad",
        "Fallujah",
        "Aleppo",
        "Raqqa",
        "Homs",
        "Manbij",
        "Kobani",
        "Palmyra",
        "Hawija",
    )
    rows = (f"2015-01-{n:02},Strike,{name}" for n, name in enumerate(names, 1))
    found = _opened(capsys, tmp_path, "\n".join(["date,event,place", *rows]))
    assert _placed(found)[8:] == ["‘Ayn al ‘Arab", "Tadmur", "Al Ḩawījah"]


def test_an_unknown_quarter_behind_its_city_is_near_it(capsys: Any, tmp_path: Path) -> None:
    names = ("Gaza City, Xyzzy", "Gaza City, al-Shati", "Tallinn, Tartu")
    rows = (f'2025-01-0{n},Raid,"{name}"' for n, name in enumerate(names, 1))
    found = _opened(capsys, tmp_path, "\n".join(["date,event,place", *rows]))
    assert _placed(found)[:2] == ["Gaza", "Gaza"]
    assert "Tallinn" not in _placed(found)[2]


def test_whole_countries_in_one_cell_cost_no_row(capsys: Any, tmp_path: Path) -> None:
    rows = ("2022-01-05,Sabotage,Austria; Germany", "2022-01-06,Sabotage,Vienna; Berlin")
    found = _opened(capsys, tmp_path, "\n".join(["date,event,place", *rows]))
    assert found.counts["accepted"] == 2
    assert _placed(found) == ["", "Vienna; Berlin"]
    assert "names whole countries, and no one place" in found.words


def test_a_district_that_is_not_known_is_in_its_region_and_by_no_town_of_the_name(capsys: Any, tmp_path: Path) -> None:
    rows = ("2015-01-05,Raid,Xyzzy,Jawf,Yemen", "2015-01-06,Raid,Xyzzy,Capital,Yemen")
    found = _opened(capsys, tmp_path, "\n".join(["date,event,district,governorate,country", *rows]))
    assert _placed(found) == ["Al Jawf", "Amanat Al Asimah"]
    assert _precisions(found) == ["region"] * 2


def test_marks_without_a_name_are_no_place_and_cost_no_row(capsys: Any, tmp_path: Path) -> None:
    names = (", XQ", ",", "Foo,", "; ;", "(,)", "()")
    rows = (f'2022-01-0{n},Raid,"{name}"' for n, name in enumerate(names, 1))
    found = _opened(capsys, tmp_path, "\n".join(["date,event,place", *rows]))
    assert (found.counts["accepted"], _placed(found)) == (6, [""] * 6)
