"""Lists whose rows lean on others, or say several things in a cell: heads of groups, blanks below a day, figures in
sentences, several points. Rows are invented."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from geodata.importers.apart.tolls import tolls_in
from geodata.importers.files.geometry.elements import read_elements
from geodata.importers.files.kinds import kind_of
from geodata.importers.files.sheet import Asked
from tests.opened import Opened, answered, opened, refused


def _opened(capsys: Any, tmp_path: Path, text: str) -> Opened:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    return opened(capsys, tmp_path, path)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("3 killed, 5 injured", {"deaths": "3", "injured": "5"}),
        ("at least 12 dead and dozens wounded", {"deaths": "at least 12", "injured": "dozens"}),
        ("1 child, 2 adults killed", {"deaths": "3"}),
        ("2 soldiers killed, 3 civilians killed", {"deaths": "5"}),
        ("5 killed (2 civilians), 3 injured", {"deaths": "5", "injured": "3"}),
        ("5 killed including 2 children and 1 woman", {"deaths": "5"}),
        ("Dead: 3 Injured: 4", {"deaths": "3", "injured": "4"}),
        ("5 Tote, mehr als 10 Verletzte", {"deaths": "5", "injured": "mehr als 10"}),
        ("3 muertos y 5 heridos", {"deaths": "3", "injured": "5"}),
        ("2 убиты, 3 ранены", {"deaths": "2", "injured": "3"}),
        ("2 police officers injured; 15 protesters arrested", {"injured": "2", "detained": "15"}),
        ("several injured", {}),
        ("none", {}),
        # What is not sure is none.
        ("10 killed, 2 civilians killed", None),
        ("12 killed and injured", None),
        ("3 houses destroyed, 5 killed", None),
        ("2 killed by 3 gunmen", None),
        ("3 days later 2 killed", None),
        ("12 casualties", None),
        ("between 3 and 5 killed", None),
    ],
)
def test_a_sentence_says_the_figures_that_are_sure_and_no_others(text: str, figures: dict[str, str] | None) -> None:
    assert tolls_in(text) == figures


def test_figures_in_sentences_of_casualties_are_claims_and_others_stay_words(capsys: Any, tmp_path: Path) -> None:
    text = (
        'Date,City,Casualties\n2022-01-05,Almaty,"3 killed, 5 injured"\n2022-01-06,Taraz,at least 12 dead\n'
        "2022-01-07,Astana,2 killed by 3 gunmen\n2022-01-08,Aktau,none\n"
    )
    found = _opened(capsys, tmp_path, text)
    assert [(c.event_id[-2:], c.measure, c.low, c.best) for c in found.claims] == [
        ("R2", "deaths", 3, 3),
        ("R2", "injured", 5, 5),
        ("R3", "deaths", 12, None),
    ]
    assert "What says more than that stays words, such as '2 killed by 3 gunmen'" in found.words
    original = found.store.original(found.events[0].event_id)
    assert original and original.cells.keys() == {"Date", "City", "Casualties"}


@pytest.mark.parametrize(
    ("heads", "rows", "days", "said"),
    [
        (("2021", "2022"), ("5 January", "3 February"), ("2021-01-05", "2022-02-03"), "say the year or the month"),
        (("March 2021", "May 2022"), ("5", "13"), ("2021-03-05", "2022-05-13"), "say the year or the month"),
        (("January 2021", "2022"), ("2021-01-05", "2022-02-03"), ("2021-01-05", "2022-02-03"), "say the same"),
        (("2021-01-05", "2022-02-03"), ("", ""), ("2021-01-05", "2022-02-03"), "they are written into 'Date'"),
    ],
)
def test_rows_that_head_others_with_a_day_give_it_to_them(
    heads: tuple[str, str], rows: tuple[str, str], days: tuple[str, str], said: str, capsys: Any, tmp_path: Path
) -> None:
    groups = [f"{head},,\n{day},Almaty,A march\n{day},Taraz,A vigil\n" for head, day in zip(heads, rows, strict=True)]
    found = _opened(capsys, tmp_path, "Date,City,Title\n" + "".join(groups))
    assert found.counts["accepted"] == found.counts["rows"] == 4
    assert [str(first) for first, _ in found.days()] == [days[0], days[0], days[1], days[1]]
    assert said in found.words


def test_rows_that_head_others_with_a_region_say_where_their_places_are(capsys: Any, tmp_path: Path) -> None:
    text = (
        "City,Date,Title\nIllinois,,\nSpringfield,2022-01-05,A march\nChicago,2022-01-06,A vigil\n"
        "Massachusetts,,\nSpringfield,2022-01-07,A march\nBoston,2022-01-08,A vigil\n"
    )
    found = _opened(capsys, tmp_path, text)
    assert [round(point[0]) for point in found.points() if point] == [-90, -88, -73, -71]


def test_days_in_the_first_row_of_each_group_are_those_of_the_rows_below(capsys: Any, tmp_path: Path) -> None:
    text = (
        "Date,City,Title\n05.01.2022,Almaty,A march\n,Taraz,A vigil\n16.01.2022,Aktau,A march\n"
        "03.02.2022,Astana,A march\n,Aktau,A vigil\n,Almaty,A strike\n"
    )
    found = _opened(capsys, tmp_path, text)
    assert [first.day for first, _ in found.days()] == [5, 5, 16, 3, 3, 3]
    assert found.counts["repaired"] == 3


def test_days_that_are_missing_here_and_there_are_not_those_above(capsys: Any, tmp_path: Path) -> None:
    days = (
        "2022-01-05",
        "2022-01-05",
        "",
        "2022-01-04",
        "2022-01-09",
        "2022-01-09",
        "",
        "2022-01-02",
        *["2022-03-01"] * 3,
    )
    rows = "".join(f"{day},Almaty,A march {n}\n" for n, day in enumerate(days))
    assert _opened(capsys, tmp_path, "Date,City,Title\n" + rows).counts["rejected"] == 2


@pytest.mark.parametrize(
    ("headings", "cells", "points"),
    [
        ("Where", '"50.1, 30.2; 50.3, 30.4"', [(30.2, 50.1), (30.4, 50.3)]),
        ("lon,lat", "30.2; 30.4,50.1; 50.3", [(30.2, 50.1), (30.4, 50.3)]),
        ("MGRS", "38SMB4488", [(44.403628, 33.334235)]),
        ("MGRS", "56H LH 3450", [(151.210635, -33.872862)]),
        ("Location", "9C3W9QCJ+2VX", [(-1.217766, 51.370113)]),
    ],
)
def test_a_cell_may_have_several_points_or_a_code_of_one(
    headings: str, cells: str, points: list[tuple[float, float]], capsys: Any, tmp_path: Path
) -> None:
    rows = "".join(f"2022-01-0{n},A strike {n},{cells}\n" for n in (1, 2, 3))
    found = _opened(capsys, tmp_path, f"Date,Title,{headings}\n{rows}")
    places = {place.place_id: place.point for place in found.store.places}
    at = [places[site.place_id] for site in found.events[0].sites]
    assert [point for point in at if point] == [pytest.approx(point, abs=1e-5) for point in points]


def test_degrees_that_lost_their_point_are_asked_for_once(capsys: Any, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    rows = (
        "2022-01-05,A,Ukraine,504501,305234\n2022-01-06,B,Ukraine,498397,240297\n2022-01-07,C,Ukraine,464825,307233\n"
    )
    path.write_text(f"Date,Title,Country,Latitude,Longitude\n{rows}", encoding="utf-8")
    proposal, asked = refused(capsys, tmp_path, path)
    assert "as degrees with a lost point. Are they?" in asked
    mapping = tmp_path / "answered.toml"
    mapping.write_text(answered(proposal, "crs", "degrees/10000"), encoding="utf-8")
    found = opened(capsys, tmp_path, path, "--mapping", str(mapping))
    assert found.points() == [(30.5234, 50.4501), (24.0297, 49.8397), (30.7233, 46.4825)]


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        (
            '<all><made>2022</made><case id="1"><date>2022-01-05</date><at lat="43.2" lon="76.9"/></case>'
            '<case id="2"><date>2022-01-06</date></case></all>',
            {"id": ["1", "2"], "date": ["2022-01-05", "2022-01-06"], "at.lat": ["43.2", ""], "at.lon": ["76.9", ""]},
        ),
        (
            '<rss xmlns:g="http://www.georss.org/georss"><channel><title>Alerts</title><item><title>A flood</title>'
            "<g:point>43.2 76.9</g:point></item></channel></rss>",
            {"title": ["A flood"], "point": ["43.2 76.9"]},
        ),
        (
            '<feed xmlns="http://www.w3.org/2005/Atom"><updated>2022-02-01</updated><entry><title>A quake</title>'
            "<updated>2022-01-05</updated></entry></feed>",
            {"title": ["A quake"], "published": ["2022-01-05"]},
        ),
    ],
)
def test_what_repeats_in_xml_are_the_rows_of_a_table(content: str, rows: dict[str, list[str]], tmp_path: Path) -> None:
    path = tmp_path / "list.xml"
    path.write_text(content, encoding="utf-8")
    sheet = read_elements(path, Asked("list.xml"))
    assert {name: column.to_pylist() for name, column in sheet.cells.columns.items()} == rows


@pytest.mark.parametrize(
    ("text", "kind"), [('[\r\n {"a": 1}]', "json"), ("<all><case/></all>", "xml"), ("a,b\r\n", "text")]
)
def test_a_text_of_two_bytes_a_letter_is_what_it_says(text: str, kind: str) -> None:
    assert kind_of(text.encode("utf-16"), "list") == kind


@pytest.mark.parametrize(
    ("days", "first"),
    [
        (
            ("878-05-15", "0732-10-10", "1066-10-14", "May 793"),
            ["0878-05-15", "0732-10-10", "1066-10-14", "0793-05-01"],
        ),
        (("1204", "1066", "793"), ["1204-01-01", "1066-01-01", "0793-01-01"]),
    ],
)
def test_days_of_long_ago_are_days(days: tuple[str, ...], first: list[str], capsys: Any, tmp_path: Path) -> None:
    rows = "".join(f"{day},A battle {n},London\n" for n, day in enumerate(days))
    found = _opened(capsys, tmp_path, f"Date,Title,Place\n{rows}")
    assert [str(event.date_start) for event in found.events] == first


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (("490 BC", "480 v. Chr.", "15 March 44 BCE"), "is before the year 1"),
        (("2072-01-12", "2072/01/13", "2073-02-31"), "looks like a day of the Nepali calendar"),
    ],
)
def test_days_that_no_record_can_have_are_rejected_in_words(
    days: tuple[str, ...], said: str, capsys: Any, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    rows = "".join(f"{day},A battle,Kathmandu\n" for day in days)
    path.write_text(f"Date,Title,Place\n{rows}", encoding="utf-8")
    assert refused(capsys, tmp_path, path)[1].count(said) in (1, 3)


def test_a_year_and_a_week_are_the_days_of_that_week(capsys: Any, tmp_path: Path) -> None:
    found = _opened(capsys, tmp_path, "Year,Week,City,Killed\n2020,5,Almaty,3\n2021,52,Taraz,4\n")
    assert [tuple(map(str, days)) for days in found.days()] == [
        ("2020-01-27", "2020-02-02"),
        ("2021-12-27", "2022-01-02"),
    ]


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        (
            ("Rua Augusta, São Paulo - SP", "Praça da Sé, Curitiba - Paraná", "Recife - PE"),
            ["São Paulo", "Curitiba", "Recife"],
        ),
        (("CALI (CT)", "MEDELLÍN (CT)", "BOGOTÁ (CT)"), ["Cali", "Medellín", "Bogotá"]),
        (("La Serena, Coquimbo", "Ovalle, Coquimbo", "#N/A"), ["La Serena", "Ovalle", ""]),
    ],
)
def test_what_stands_behind_a_city_is_its_region_or_nothing(
    places: tuple[str, ...], expected: list[str], capsys: Any, tmp_path: Path
) -> None:
    rows = "".join(f'2022-01-0{n},A march,"{place}"\n' for n, place in enumerate(places, 1))
    found = _opened(capsys, tmp_path, f"Date,Title,Place\n{rows}")
    names = {place.place_id: place.name for place in found.store.places}
    assert [names[event.sites[0].place_id] if event.sites else "" for event in found.events] == expected
