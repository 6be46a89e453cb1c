"""Headings in many languages and spellings: which column means what. Rows are invented."""

from __future__ import annotations

import pytest

from geodata.importers.mapping.names import folded, hits_of
from tests.proposed import columns_of, proposed

TABLES = {
    "metres of a projection": (
        ",",
        """Date,Incident,X,Y
        2022-03-01,Bridge shelled,3396330.2,6522341.7
        2022-03-02,School hit,4033210.9,6440021.3""",
        {"date_start": "Date", "title": "Incident", "lon": "X", "lat": "Y"},
    ),
    "headings misspelt": (
        ",",
        """Incident  Dat,Lattitude,Longtitude,Discription,Fatalites
        2022-03-01,50.4501,30.5234,A bridge was hit by shells,2
        2022-03-02,49.9935,36.2304,Two people died in the night,1""",
        {
            "date_start": "Incident  Dat",
            "lat": "Lattitude",
            "lon": "Longtitude",
            "notes": "Discription",
            "deaths": "Fatalites",
        },
    ),
    "camels and units": (
        ",",
        """eventDate,placeName,GPSLat (°),GPSLon (°),numberKilled (persons),sourceURL
        2022-03-01,Irpin,50.5218,30.2506,2,https://a.example
        2022-03-02,Bucha,50.5434,30.2120,1,https://b.example""",
        {
            "date_start": "eventDate",
            "place": "placeName",
            "lat": "GPSLat (°)",
            "lon": "GPSLon (°)",
            "deaths": "numberKilled (persons)",
            "source": "sourceURL",
        },
    ),
    "Russian": (
        ";",
        """№;Дата;Город;Область;Описание;Погибшие;Раненые;Задержано;Источник;Широта;Долгота
        1;05.01.2022;Алматы;Алматинская;Столкновения у акимата;2;14;100;https://a.example;43,238;76,945
        2;06.01.2022;Тараз;Жамбылская;Мародёрство в центре;;3;;https://b.example;42,9;71,36""",
        {
            "date_start": "Дата",
            "place": "Город",
            "admin1": "Область",
            "notes": "Описание",
            "deaths": "Погибшие",
            "injured": "Раненые",
            "detained": "Задержано",
            "source": "Источник",
            "lat": "Широта",
            "lon": "Долгота",
        },
    ),
    "Ukrainian": (
        ";",
        """Дата події;Місце;Область;Опис;Загинуло;Поранено;Посилання
        01.03.2022;Харків;Харківська;Обстріл площі Свободи;10;35;https://a.example
        02.03.2022;Чернігів;Чернігівська;Обстріл житлового будинку;2;;https://b.example""",
        {
            "date_start": "Дата події",
            "place": "Місце",
            "admin1": "Область",
            "notes": "Опис",
            "deaths": "Загинуло",
            "injured": "Поранено",
            "source": "Посилання",
        },
    ),
    "Kazakh": (
        ";",
        """Күні;Орны;Оқиға;Қаза тапқандар;Жараланғандар;Дереккөз
        05.01.2022;Алматы;Наразылық шеруі;2;4;https://a.example
        06.01.2022;Тараз;Қақтығыс болды;1;;https://b.example""",
        {
            "date_start": "Күні",
            "place": "Орны",
            "title": "Оқиға",
            "deaths": "Қаза тапқандар",
            "injured": "Жараланғандар",
            "source": "Дереккөз",
        },
    ),
    "Arabic": (
        ",",
        """التاريخ,المكان,المحافظة,الوصف,عدد القتلى,عدد الجرحى,المصدر
        2023-04-15,الخرطوم,الخرطوم,اشتباكات في وسط المدينة,10,20,https://a.example
        2023-04-16,أم درمان,الخرطوم,قصف على السوق القديم,3,,https://b.example""",
        {
            "date_start": "التاريخ",
            "place": "المكان",
            "admin1": "المحافظة",
            "notes": "الوصف",
            "deaths": "عدد القتلى",
            "injured": "عدد الجرحى",
            "source": "المصدر",
        },
    ),
    "French": (
        ";",
        """Date des faits;Lieu;Département;Type d'incident;Description;Morts;Blessés;Auteur présumé;Source
        05/01/2022;Djibo;Soum;Attaque;Attaque contre un convoi;3;5;Inconnu;RFI
        13/01/2022;Dori;Séno;Enlèvement;Deux personnes enlevées;0;;Groupe armé;AFP""",
        {
            "date_start": "Date des faits",
            "place": "Lieu",
            "admin1": "Département",
            "event_type": "Type d'incident",
            "notes": "Description",
            "deaths": "Morts",
            "injured": "Blessés",
            "actors": "Auteur présumé",
            "source": "Source",
        },
    ),
    "Spanish": (
        ";",
        """Fecha del hecho;Municipio;Departamento;Tipo de hecho;Muertos;Heridos;Responsable;Fuente;Latitud;Longitud
        05/01/2022;Tumaco;Nariño;Combate;3;5;ELN;El Tiempo;1,80;-78,76
        13/01/2022;Arauca;Arauca;Secuestro;0;;Disidencias;El Espectador;7,08;-70,76""",
        {
            "date_start": "Fecha del hecho",
            "place": "Municipio",
            "admin1": "Departamento",
            "event_type": "Tipo de hecho",
            "deaths": "Muertos",
            "injured": "Heridos",
            "actors": "Responsable",
            "source": "Fuente",
            "lat": "Latitud",
            "lon": "Longitud",
        },
    ),
    "a Thai list with English headings": (
        ",",
        """no,date,province,place,organizer,name,participants,lat,long,link
        1,18/7/2020,กรุงเทพ,อนุสาวรีย์ประชาธิปไตย,เยาวชน,ชุมนุมใหญ่,2500,13.7567,100.5018,https://a.example
        2,19/7/2020,เชียงใหม่,ประตูท่าแพ,นักศึกษา,แฟลชม็อบ,500,18.7877,98.9933,https://b.example""",
        {
            "date_start": "date",
            "admin1": "province",
            "place": "place",
            "actors": "organizer",
            "title": "name",
            "lat": "lat",
            "lon": "long",
            "source": "link",
        },
    ),
    "a point as a place": (
        ",",
        """date,title,place
        2022-03-01,Strike,"50.45, 30.52"
        2022-03-02,Strike 2,49.99; 36.23
        2022-03-03,DMS,48°51′24″N 2°21′8″E""",
        {"date_start": "date", "title": "title", "point": "place"},
    ),
    "a point in a column of its own": (
        ",",
        """date,title,coordinates
        2022-03-01,Strike,"50.45, 30.52\"""",
        {"date_start": "date", "title": "title", "point": "coordinates"},
    ),
    "a layer of points": (
        ",",
        """geometry lon,geometry lat,name,date,deaths
        30.5,50.4,Strike,2022-03-01,2
        36.2,49.9,Fire,2022-03-02,""",
        {"lon": "geometry lon", "lat": "geometry lat", "title": "name", "date_start": "date", "deaths": "deaths"},
    ),
    "headings that say nothing": (
        ",",
        """A,B,C,D
        2022-03-01,50.4501,130.5234,A bridge was hit by shells
        2022-03-02,49.9935,136.2304,Two people died in the night""",
        {"date_start": "A", "lat": "B", "lon": "C", "title": "D"},
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_understood_in_its_own_words_without_a_question(name: str) -> None:
    mark, text, expected = TABLES[name]
    proposal = proposed(text, mark)
    assert columns_of(proposal) == expected
    assert proposal.questions == ()
    assert proposal.is_complete


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        ("Überschrift", "title"),
        ("UEBERSCHRIFT", "title"),
        ("Date of the Incident", "date_start"),
        ("Incident_Date", "date_start"),
        ("Tatort", "site"),
        ("Ereignisort", "site"),
        ("Ort (Gemeinde)", "site"),
        ("Дата / Date", "date_start"),
        ("Anzahl Verletzte", "injured"),
        ("deaths (min)", "deaths_low"),
        ("Tote (mindestens)", "deaths_low"),
        ("max. injured", "injured_high"),
        ("عدد القتلى", "deaths"),
        ("date of birth", "skip"),
        ("Geburtsdatum", "skip"),
        ("source_12", "source"),
        ("Lattitude", "lat"),
        ("origin_lon", "lon"),
    ],
)
def test_a_heading_means(heading: str, meaning: str) -> None:
    hits = hits_of(heading)
    assert max(hits.values(), key=lambda hit: hit.strength).meaning == meaning


@pytest.mark.parametrize("heading", ["Report", "Transport", "", "???", "Sport", "x" * 5_000])
def test_a_heading_that_only_looks_like_one_means_nothing(heading: str) -> None:
    assert all(hit.strength < 0.6 for hit in hits_of(heading).values())


def test_headings_are_the_same_in_any_case_with_any_marks() -> None:
    assert folded("Event_Date") == folded("event date") == folded("EVENT-DATE") == folded("eventDate") == "event date"
    assert folded("GPS-Länge (°)") == "gps lange"
    assert folded("الموقع") == folded("موقع")


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        ("fecha,Ruta,resumen", {"place": "Ruta"}),
        ("date,countries,summary", {"country": "countries"}),
        ("date,Country,Area,Location,summary", {"country": "Country", "admin1": "Area", "place": "Location"}),
    ],
)
def test_routes_countries_and_areas_say_where(headings: str, expected: dict[str, str]) -> None:
    values = {"Ruta": "Lima", "countries": "Peru", "Country": "Peru", "Area": "Cusco", "Location": "Pisac"}
    texts = {"fecha": "2022-01-05", "date": "2022-01-05", "resumen": "Algo", "summary": "Something"} | values
    row = ",".join(texts[heading] for heading in headings.split(","))
    assert columns_of(proposed(f"{headings}\n{row}\n")).items() >= expected.items()


def test_a_city_with_its_state_is_a_place_and_no_region() -> None:
    found = columns_of(proposed('Date,City/State,Event\n2023-01-21,"Salem, OR",March\n2023-03-27,"Salem, MA",Rally'))
    assert found["place"] == "City/State"
    assert hits_of("location/state").keys() >= {"site", "admin1"}


@pytest.mark.parametrize(
    "position", ["12-36N 043-20E", "01 18.20N 104 12.40E", "N 47.8388, E 35.1396", "12°36'N - 043°20'E"]
)
def test_figures_with_the_letters_of_two_directions_are_a_point(position: str) -> None:
    found = columns_of(proposed(f'Date,Position,Event\n2023-01-21,"{position}",Boarded\n2023-01-22,"{position}",Fired'))
    assert found["point"] == "Position"
