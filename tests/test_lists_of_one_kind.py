"""Tables that are lists of one kind of event, or of one city, which only their headings or their name say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.opened import Opened, opened

_SQUARES = ("Marktplatz", "Domshof", "Bahnhofstraße", "Am Brill", "Neumarkt")


def _opened(capsys: Any, tmp_path: Path, text: str, name: str = "list.csv", mapping: str = "") -> Opened:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    if mapping:
        (tmp_path / "m.toml").write_text(mapping, encoding="utf-8")
    return opened(capsys, tmp_path, path, *(["--mapping", str(tmp_path / "m.toml")] if mapping else []))


def _categories(found: Opened) -> list[str]:
    return [event.category for event in found.events]


def _register(places: tuple[str, ...] = _SQUARES) -> str:
    return "Datum,Thema,Ort\n" + "".join(f"0{n}.01.2022,Gegen Gewalt,{place}\n" for n, place in enumerate(places, 1))


@pytest.mark.parametrize(
    ("heading", "category", "why"),
    [
        ("Versammlungsthema", "protest", "the heading 'Versammlungsthema' says"),
        ("Assault title", "clash", "the heading 'Assault title' says"),
    ],
)
def test_a_heading_says_what_all_events_of_a_list_are(
    capsys: Any, tmp_path: Path, heading: str, category: str, why: str
) -> None:
    text = f"Date,{heading},Ort\n2022-01-05,Gegen Krieg und Angriffe,Bremen\n2022-01-06,Solidarität,Bremen\n"
    found = _opened(capsys, tmp_path, text)
    assert _categories(found) == [category] * 2
    assert why in found.words


def test_several_headings_that_say_one_kind_say_it_of_all(capsys: Any, tmp_path: Path) -> None:
    text = "Date,Title,City,Shooter name,Shooter age,Fate of shooter\n2022-01-05,Mall,Bremen,X,30,arrested\n"
    found = _opened(capsys, tmp_path, text)
    assert _categories(found) == ["clash"]
    assert "3 headings such as 'Fate of shooter' say" in found.words
    other = text.replace("Title", "Arrest", 1)
    assert _categories(_opened(capsys, tmp_path, other, "other.csv")) == ["other"]


def test_the_states_that_took_part_in_a_war_are_no_crowd(capsys: Any, tmp_path: Path) -> None:
    text = "Date,Title,City,Number of participants\n2022-01-05,War,Bremen,2\n"
    assert _categories(_opened(capsys, tmp_path, text)) == ["other"]


def test_who_counts_those_who_took_part_lists_assemblies(capsys: Any, tmp_path: Path) -> None:
    text = "Datum,Thema,Teilnehmer,Ort\n05.01.2022,Gegen den Krieg,120,Bremen\n06.01.2022,Wahl,50,Bremen\n"
    assert _categories(_opened(capsys, tmp_path, text)) == ["protest"] * 2


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("city_shootings.csv", "clash"),
        ("journalists_killed.csv", "clash"),
        ("march.csv", "other"),
        ("protest_killings.csv", "other"),
        ("list.csv", "other"),
    ],
)
def test_the_name_of_the_file_says_it_where_no_heading_does(
    capsys: Any, tmp_path: Path, name: str, category: str
) -> None:
    found = _opened(capsys, tmp_path, "date,title,city\n2022-01-05,Brooklyn,Bremen\n", name)
    assert _categories(found) == [category]
    assert ("the name of the file says" in found.words) is (category != "other")


def test_a_kind_that_is_answered_stands_above_every_guess(capsys: Any, tmp_path: Path) -> None:
    found = _opened(
        capsys, tmp_path, "date,title,city\n2022-01-05,A,Bremen\n", "raids.csv", '[answers]\nkind = "detention"\n'
    )
    assert _categories(found) == ["detention"]


def test_words_of_a_column_of_kinds_that_say_nothing_are_of_the_kind_of_the_list(capsys: Any, tmp_path: Path) -> None:
    text = "Datum,Art der Versammlung,Thema,Ort\n05.01.2022,Infostand,A,Bremen\n06.01.2022,Aufzug,B,Bremen\n"
    found = _opened(capsys, tmp_path, text)
    assert _categories(found) == ["protest"] * 2
    assert [event.event_type for event in found.events] == ["Infostand", "Aufzug"]
    assert "stands as \"protest\", as the heading 'Art der Versammlung' says" in found.words


def test_streets_of_a_register_that_is_named_after_its_city_are_in_that_city(capsys: Any, tmp_path: Path) -> None:
    found = _opened(capsys, tmp_path, _register((*_SQUARES, "Hannover")), "bremen_2022.csv")
    assert [place.name for place in found.store.places] == ["Bremen", "Hannover"]
    assert {site.geo_precision for event in found.events for site in event.sites} == {"settlement"}
    assert "such as 'Am Brill', are in Bremen, as the name of the file says" in found.words


def test_a_row_without_a_place_is_in_the_city_that_the_whole_table_is_of(capsys: Any, tmp_path: Path) -> None:
    text = _register().rstrip() + "\n2022-03-09,Kundgebung,\n"
    found = _opened(capsys, tmp_path, text, mapping='[answers]\nwithin = "Freiburg, Germany"\n')
    assert {place.country for place in found.store.places} == {"DE"}
    assert all(event.sites for event in found.events)


def test_a_heading_names_the_city_too(capsys: Any, tmp_path: Path) -> None:
    found = _opened(capsys, tmp_path, _register().replace("Ort", "Ort (nur Dresden)", 1))
    assert [place.name for place in found.store.places] == ["Dresden"]


def test_villages_are_in_no_city_that_a_file_is_named_after(capsys: Any, tmp_path: Path) -> None:
    found = _opened(capsys, tmp_path, _register(("Upper Xyz", "Lower Xyz", "Xyzabad", "Neu Xyz")), "bremen_2022.csv")
    assert not found.store.places
    assert next(event.unsettled for event in found.events) == ("Upper Xyz",)


def test_the_city_is_answered_or_answered_to_be_none(capsys: Any, tmp_path: Path) -> None:
    found = _opened(capsys, tmp_path, _register(), mapping='[answers]\nwithin = "Freiburg, Germany"\n')
    assert [place.country for place in found.store.places] == ["DE"]
    found = _opened(capsys, tmp_path, _register(), "bremen_2022.csv", '[answers]\nwithin = "no"\n')
    assert "Bremen" not in {place.name for place in found.store.places}


def test_a_city_that_is_none_is_said(capsys: Any, tmp_path: Path) -> None:
    from geodata.cli import main  # noqa: PLC0415

    (tmp_path / "list.csv").write_text(_register(), encoding="utf-8")
    (tmp_path / "m.toml").write_text('[answers]\nwithin = "Xyzabad"\n', encoding="utf-8")
    arguments = ["import", str(tmp_path / "list.csv"), "--mapping", str(tmp_path / "m.toml")]
    assert main([*arguments, "--to", str(tmp_path / "store")]) != 0
    assert "Cannot read 'Xyzabad' for 'within': no one city is called so" in capsys.readouterr().err


def test_a_route_through_a_city_is_one_place_and_no_flow(capsys: Any, tmp_path: Path) -> None:
    text = "Datum,Thema,Ort\n05.01.2022,A,Rathaus -> Markt -> Rathaus\n06.01.2022,B,Almaty > Astana\n"
    found = _opened(capsys, tmp_path, text)
    assert found.counts["rejected"] == 0
    assert sorted(tuple(site.role for site in event.sites) for event in found.events) == [(), ("origin", "destination")]


def test_a_description_too_long_for_a_name_is_kept_as_a_place_that_is_not_settled(capsys: Any, tmp_path: Path) -> None:
    way = " ".join(["Vom Markt zum Bahnhof und zurück"] * 9)
    found = _opened(capsys, tmp_path, _register() + f"09.01.2022,A,{way}\n")
    assert found.events[-1].unsettled == (way,)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("21.01., 04.02.2022", "2022-01-21", "2022-02-04"),
        ("25.10.2019; 27.10.2019; 26.10.2019", "2019-10-25", "2019-10-27"),
        ("2022-01-05, 2022-01-09", "2022-01-05", "2022-01-09"),
        ("17.10. - 09.01.2023", "2022-10-17", "2023-01-09"),
        ("17.10.2022 - 09.01.", "2022-10-17", "2023-01-09"),
    ],
)
def test_several_days_are_read_from_the_first_to_the_last(
    capsys: Any, tmp_path: Path, text: str, first: str, last: str
) -> None:
    found = _opened(capsys, tmp_path, f'Datum,Thema,Ort\n"{text}",A,Bremen\n')
    assert [(start.isoformat(), end.isoformat()) for start, end in found.days()] == [(first, last)]


def test_formulas_pulled_down_beyond_the_last_row_are_no_rows(capsys: Any, tmp_path: Path) -> None:
    filled = [f"2022-01-0{n},2022,KZ,Almaty,Clash {n},shots,{n},{n}" for n in range(1, 10)] * 3
    empty = [",1900,KZ,,,,0,0"] * 30 + [",1900,,,,,0,0"] * 25 + [",,,,,,0,0"] * 5
    text = "\n".join(["Date,Year,Country,City,Title,Type,Killed,Total", *filled, *empty])
    found = _opened(capsys, tmp_path, text)
    assert (found.counts["rows"], found.counts["rejected"]) == (27, 0)
    assert "line 29 to 83: the same few cells again and again, and no rows." in found.words


def test_years_alone_are_first_and_last_day_where_nothing_else_is(capsys: Any, tmp_path: Path) -> None:
    found = _opened(capsys, tmp_path, "wars,from,to,where\nA,2012,2014,Bremen\nB,2014,2014,Bremen\n")
    assert [tuple(map(str, days)) for days in found.days()] == [
        ("2012-01-01", "2014-12-31"),
        ("2014-01-01", "2014-12-31"),
    ]
    assert "'from' has years alone" in found.words


def test_of_several_columns_of_days_the_one_with_the_name_of_a_first_day_is_taken(capsys: Any, tmp_path: Path) -> None:
    text = "Codigo,Inicio da manifestacao geral,Cadastro,Cidade\n2011-05-05,2011-01-13,2011-02-02,Bremen\n"
    assert [str(first) for first, _ in _opened(capsys, tmp_path, text).days()] == ["2011-01-13"]


def test_sources_under_one_heading_are_all_read(capsys: Any, tmp_path: Path) -> None:
    text = "Date,Title,City,Killed,Source,Source\n2022-01-05,A,Bremen,1,Reuters,CNN\n2022-01-06,B,Bremen,2,AP,\n"
    found = _opened(capsys, tmp_path, text)
    assert [len(event.source_ids) for event in found.events] == [2, 1]


def test_a_row_that_has_a_source_and_no_name_bears_that_of_its_file(capsys: Any, tmp_path: Path) -> None:
    text = "Date,Description,Source\n2022-01-05,Shots at night,AP\n2022-01-06,,AP\n"
    found = _opened(capsys, tmp_path, text, "night_attacks.csv")
    assert [event.title for event in found.events] == ["Shots at night", "night attacks"]


def test_records_by_their_ids_and_records_within_others_are_read(capsys: Any, tmp_path: Path) -> None:
    by_id = '{"a1": {"date": "2022-01-05", "title": "A", "city": "Bremen"}, "a2": {"date": "2022-01-06", "title": "B"}}'
    assert [event.event_id for event in _opened(capsys, tmp_path, by_id, "ids.json").events] == ["a1", "a2"]
    within = (
        '[{"town": "Bremen", "n": 2, "incidents": [{"date": "2022-01-05", "text": "A"},'
        ' {"date": "2022-01-06", "text": "B"}]},'
        ' {"town": "Hannover", "n": 1, "incidents": [{"date": "2022-01-07", "text": "C"}]}]'
    )
    found = _opened(capsys, tmp_path, within, "towns.json")
    assert [place.name for place in found.store.places] == ["Bremen", "Hannover"]
    assert "3 records stand within 2 others, under 'incidents'" in found.words
    plain = (
        '[{"date": "2022-01-05", "title": "A", "links": [{"day": "2022-01-09"}]}, {"date": "2022-01-06", "title": "B"}]'
    )
    assert len(_opened(capsys, tmp_path, plain, "plain.json").events) == 2


def test_an_event_at_sea_is_in_that_sea_and_in_no_country(capsys: Any, tmp_path: Path) -> None:
    text = "Date,Title,Place\n2022-01-05,A,Red Sea\n2022-01-06,B,Gulf of Aden\n2022-01-07,C,Чёрное море\n"
    found = _opened(capsys, tmp_path, text)
    assert [place.name for place in found.store.places] == ["Red Sea", "Gulf of Aden", "Black Sea"]
    assert {place.country for place in found.store.places} == {""}
    assert {site.geo_precision for event in found.events for site in event.sites} == {"fuzzy"}


def test_codes_of_states_are_those_states_and_nothing_outside_them(capsys: Any, tmp_path: Path) -> None:
    text = "Date,Title,City,State\n2022-01-05,A,Brooklyn,NY\n2022-01-06,B,Madison,WI\n2022-01-07,C,Almaty,NJ\n"
    found = _opened(capsys, tmp_path, text)
    assert {place.name: place.region for place in found.store.places} == {
        "Brooklyn": "New York",
        "Madison": "Wisconsin",
        "New Jersey": "New Jersey",
    }
    assert [event.unsettled for event in found.events if event.unsettled] == [("Almaty, New Jersey region",)]
    assert "codes of United States, such as 'NJ' for New Jersey" in found.words


def test_regions_and_districts_are_no_towns_of_their_name(capsys: Any, tmp_path: Path) -> None:
    found = _opened(capsys, tmp_path, "Date,Title,Country,Region\n2022-01-05,A,Niger,Diffa\n", "r.csv")
    assert [site.geo_precision for site in found.events[0].sites] == ["region"]
    text = "Date,Title,State,County\n2022-01-05,A,WA,Skagit\n2022-01-06,B,WA,Ferry\n"
    found = _opened(capsys, tmp_path, text, "c.csv")
    assert {site.geo_precision for event in found.events for site in event.sites} == {"district"}
    assert [place.name for place in found.store.places] == ["Skagit County", "Ferry County"]


def test_a_name_in_a_table_of_one_country_is_looked_for_there_first(capsys: Any, tmp_path: Path) -> None:
    cities = (
        "Istanbul",
        "Ankara",
        "Izmir",
        "Bursa",
        "Adana",
        "Antalya",
        "Konya",
        "Gaziantep",
        "Sinop",
        "Bucha",
        "Africa",
        "PA",
    )
    text = "Date,Title,City\n" + "".join(f"2022-01-05,Event,{city}\n" for city in cities)
    found = _opened(capsys, tmp_path, text)
    assert {place.country for place in found.store.places} == {"TR"}
    assert {name for event in found.events for name in event.unsettled} == {"Bucha", "Africa", "PA"}


def test_a_last_day_in_parts_is_the_last_day(capsys: Any, tmp_path: Path) -> None:
    text = "Title,City,Year,Month,Day,End year,End month,End day\nA,Bremen,1990,6,1,1990,6,8\n"
    assert [tuple(map(str, days)) for days in _opened(capsys, tmp_path, text).days()] == [("1990-06-01", "1990-06-08")]


def test_the_only_column_of_days_is_the_day_whatever_it_is_called(capsys: Any, tmp_path: Path) -> None:
    text = "Title,City,Xyz\n" + "".join(f"Event {n},Bremen,2022-01-0{n}\n" for n in range(1, 6))
    assert next(str(first) for first, _ in _opened(capsys, tmp_path, text).days()) == "2022-01-01"


@pytest.mark.parametrize("title", ["Heart attack", "In March 2020", "17th March", "Marche region", "White Pass summit"])
def test_words_that_only_sound_like_a_kind_say_none(capsys: Any, tmp_path: Path, title: str) -> None:
    found = _opened(capsys, tmp_path, f"Date,Title,City\n2022-01-05,{title},Bremen\n")
    assert _categories(found) == ["other"]


def test_of_two_kinds_in_a_title_the_first_is_meant(capsys: Any, tmp_path: Path) -> None:
    text = "Date,Title,City\n2022-01-05,Hundreds protest over raids,Bremen\n2022-01-06,Attack on a protest,Bremen\n"
    assert _categories(_opened(capsys, tmp_path, text)) == ["protest", "clash"]


def test_too_many_rejected_rows_say_their_share_and_how_to_take_the_others(capsys: Any, tmp_path: Path) -> None:
    from geodata.cli import main  # noqa: PLC0415

    days = ["2022-01-05"] * 6 + [""] * 4
    path = tmp_path / "list.csv"
    path.write_text("Date,Title,City\n" + "".join(f"{day},A,Bremen\n" for day in days), encoding="utf-8")
    assert main(["import", str(path), "--to", str(tmp_path / "store")]) != 0
    said = capsys.readouterr().err
    assert "list.csv: 40% of 10 rows cannot be read, and 20% may be (--max-reject-share 0.40 takes the others)." in said
    assert 'column "Date": 4 rows (lines 8, 9, 10, 11' in said
    assert main(["import", str(path), "--to", str(tmp_path / "store"), "--max-reject-share", "0.40"]) == 0


def test_a_table_of_totals_of_years_is_told_as_what_it_is(capsys: Any, tmp_path: Path) -> None:
    text = "Year,Country,Killed,Injured\n2020,Mali,12,3\n2021,Mali,7,9\n2021,Chad,2,\n"
    found = _opened(capsys, tmp_path, text, "aid.csv")
    assert "the table has totals, and no list of events" in found.words
    listed = text.replace("Year,", "Year,Title,").replace("0,M", "0,Raid,M").replace("1,M", "1,Raid,M")
    other = _opened(capsys, tmp_path, listed.replace("1,C", "1,Raid,C"), "events.csv")
    assert "totals" not in other.words


def test_a_table_that_counts_by_days_is_told_as_what_it_is(capsys: Any, tmp_path: Path) -> None:
    text = "ID,Date,Incidents\n0,2020-01-05,2\n1,2020-01-06,1\n2,2020-01-08,4\n"
    found = _opened(capsys, tmp_path, text, "homicides.csv")
    assert "the table counts by days, and is no list of events" in found.words


@pytest.mark.parametrize(
    "text",
    [
        "ID,Date,Incidents\n0,2020-01-05,2\n1,2020-01-06,1\n2,2020-01-06,4\n",
        "Date,Incidents,City\n2020-01-05,2,Bremen\n2020-01-06,1,Bremen\n2020-01-08,1,Bremen\n",
    ],
)
def test_a_table_with_two_events_of_a_day_or_with_places_counts_no_days(text: str, capsys: Any, tmp_path: Path) -> None:
    assert "counts by days" not in _opened(capsys, tmp_path, text, "homicides.csv").words


def test_a_demonstration_flight_is_no_protest(capsys: Any, tmp_path: Path) -> None:
    text = "Date,Title,City\n2022-01-05,Crashed on a demonstration flight,Bremen\n2022-01-06,Demonstration,Bremen\n"
    assert _categories(_opened(capsys, tmp_path, text)) == ["other", "protest"]
