"""Where events cannot be told apart, regions and countries show them as cells do: on the page, by link, in figures."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import h3
import pytest
from flask.testing import FlaskClient

from dashboard.export.figure import draw_one
from dashboard.export.image import render
from dashboard.layers import LAYERS
from dashboard.scene.theme import LIGHT
from dashboard.server.app import create_app
from geodata.filter import Filter
from geodata.places.boundaries import BUNDLED
from geodata.store.opening import open_data
from geodata.store.store import Store
from tests.figures import asked
from tests.test_page import ask, marks, words
from tests.test_questions import FILTERS, Oracle, filters, generated, without_flows

WORLD = "?at=50,45,2&units={units}"
SOUTH, NORTH, OMSK, AT_SEA = (75.0, 44.5), (72.0, 50.0), (73.4, 55.0), (62.0, 14.0)
EACH = {SOUTH: 300, NORTH: 200, OMSK: 100, AT_SEA: 7}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    points = [(at[0] + n % 20 / 500, at[1] + n // 20 / 500) for at, count in EACH.items() for n in range(count)]
    lines = [f"E{n},clash,Event {n},2022-01-0{n % 9 + 1},{lon:.4f},{lat:.4f}" for n, (lon, lat) in enumerate(points)]
    path = tmp_path_factory.mktemp("areas") / "events.csv"
    path.write_text("\n".join(["event_id,category,title,date_start,lon,lat", *lines]))
    return open_data([path], None)


@pytest.fixture
def client(store: Store) -> FlaskClient:
    return create_app(store).server.test_client()


def shown(client: FlaskClient, units: str) -> dict[str, Any]:
    """The page that has just been given the choice."""
    return ask(client, "units", "?at=50,45,2", units=units, layers=[*LAYERS])


def picks(client: FlaskClient, units: str) -> dict[str, dict[str, Any]]:
    """What each area on the map stands for, by its name."""
    answer = shown(client, units)
    assert len(marks(answer, "cell")) == len(answer["response"]["marks"]["data"]["picks"])
    return {pick["lines"][0]: pick for pick in answer["response"]["marks"]["data"]["picks"]}


@cache
def oracle_of() -> Oracle:
    return Oracle(generated()[0])


@pytest.mark.parametrize("number", range(1, FILTERS, 8))
@pytest.mark.parametrize("grid", ["regions", "countries"])
def test_an_area_has_the_events_with_a_point_in_it(number: int, grid: str) -> None:
    store, where = generated()[1], filters()[number]
    if not without_flows(where):
        return
    oracle, expected = oracle_of(), Counter[tuple[str, str, str]]()
    for event in oracle.kept(where):
        middles = [h3.cell_to_latlng(cell) for cell in oracle.fine[event.event_id]]
        countries = {(lon, lat): BUNDLED.country_of(lon, lat) for lat, lon in middles}
        if grid == "countries":
            found = {(code, "") for code in countries.values() if code}
        else:
            regions = [BUNDLED.region_of(*at, code) for at, code in countries.items() if code]
            found = {(region.country, region.region_id) for region in regions if region}
        expected.update((*area, event.category) for area in found)
    areas = store.areas
    cells = store.query(where).cells(grid)
    assert {(areas[c.cell].country, areas[c.cell].region, c.category): c.events for c in cells} == expected


def test_a_map_of_countries_has_their_outlines_names_and_counts(client: FlaskClient) -> None:
    found = picks(client, "countries")
    assert {name: pick["lines"][1] for name, pick in found.items()} == {
        "Kazakhstan": "500 events", "Russia": "100 events",
    }  # fmt: skip
    answer = shown(client, "countries")["response"]
    assert words(answer["legend"]["children"]).startswith("600 events in 2 countries, 7 events in none")
    shapes = [feature["geometry"] for feature in answer["marks"]["data"]["marks"]["features"]]
    assert {shape["type"] for shape in shapes} == {"MultiPolygon"}


def test_a_map_of_regions_names_each_with_its_country_and_a_click_lists_its_events(client: FlaskClient) -> None:
    found = picks(client, "regions")
    assert sum(int(pick["lines"][1].split()[0]) for pick in found.values()) == 600
    (name,) = (each for each, pick in found.items() if pick["lines"][1] == "300 events")
    assert name.endswith(", Kazakhstan")
    picked = {"cell": found[name]["cell"], "count": 1}
    panel = ask(client, "picked", WORLD.format(units="regions"), picked=picked)["response"]["panel"]
    assert words(panel["children"]).startswith(f"{name}: 300 eventsLook closer")
    assert words(panel["children"]).endswith("and 200 more")
    (look,) = re.findall(r'"data-look": ?"([^"]+)"', str(panel).replace("'", '"'))
    lon, lat, _ = map(float, look.split(","))
    assert BUNDLED.region_of(*SOUTH, "KZ") == BUNDLED.region_of(lon, lat, "KZ")


def test_the_choice_is_made_on_the_page_and_stands_in_its_address(client: FlaskClient) -> None:
    search = shown(client, "regions")["response"]["url"]["search"]
    assert search == "?units=regions&at=50.000,45.000,2.00"
    opened = ask(client, "address", address={"search": search, "width": 856, "height": 676})["response"]
    assert opened["units"]["value"] == "regions"
    assert [*opened["marks"]["data"]["marks"]["features"]] == [
        *shown(client, "regions")["response"]["marks"]["data"]["marks"]["features"]
    ]


@pytest.mark.parametrize("cell", ["ffff", "fffe", "12345", "-1", "g"])
def test_an_area_that_is_not_in_the_data_closes_the_panel(client: FlaskClient, cell: str) -> None:
    panel = ask(client, "picked", WORLD.format(units="regions"), picked={"cell": cell, "count": 1})["response"]["panel"]
    assert words(panel["children"]).startswith("No event selected")


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "600 events in 2 countries, 7 events in none"), ("de", "600 Ereignisse in 2 Ländern")]
)
def test_a_figure_of_countries_is_of_vectors_and_says_so_in_its_language(store: Store, lang: str, words: str) -> None:
    drawn = draw_one(store, asked(Filter(), size="A4-landscape", units="countries", lang=lang))
    heading, *classes = drawn.report.legend
    assert heading.text.startswith(words)
    svg = render(drawn.report, "svg").decode()
    assert {entry.color for entry in classes} <= {*re.findall(r"fill: ?(#[0-9a-f]{6})", svg)}
    assert "<image" not in svg


def test_colours_by_killed_tell_sums_of_the_lowest_figures_and_the_legend_what_they_leave_out(tmp_path: Path) -> None:
    lines = [
        f"E{n},clash,Event {n},2022-01-01,{lon + n % 20 / 500:.4f},{lat + n // 20 / 500:.4f},{deaths},{people}"
        for n in range(600)
        for (lon, lat), deaths, people in [
            (SOUTH, "3-5", "") if n < 200 else (NORTH, "4", "civilians") if n < 350 else (OMSK, "0", "") if n < 599
            else (OMSK, "", "")
        ]
    ]  # fmt: skip
    header = "event_id,category,title,date_start,lon,lat,deaths,deaths_population"
    (tmp_path / "events.csv").write_text("\n".join([header, *lines]))
    store = open_data([tmp_path / "events.csv"], None)
    client = create_app(store).server.test_client()
    answer = ask(client, "by", "?at=50,45,2", units="countries", by="deaths", layers=[*LAYERS])["response"]
    assert answer["url"]["search"] == "?units=countries&by=deaths&at=50.000,45.000,2.00"
    assert words(answer["legend"]["children"]) == (
        "Killed, sums of the lowest figures · 600 events in 2 countries0200–600"
        "Not added: 150 events with tolls for several places, for some of the people, inside others, or taken back"
        "1 event without a figure of killed"
    )
    regions = ask(client, "by", "?at=50,45,2", units="regions", by="deaths", layers=[*LAYERS])["response"]
    assert words(regions["legend"]["children"]).startswith(
        "Killed, sums of the lowest figures · 600 events in 3 regionsno figure0200–600"
    )
    colors = Counter(look["color"] for look in marks({"response": regions}, "cell"))
    assert colors[LIGHT.unknown] == 1 and len(colors) == 3
    drawn = draw_one(store, asked(Filter(), size="A4-landscape", units="regions", by="deaths", lang="de"))
    assert [entry.text for entry in drawn.report.legend] == [
        "Tote: Summen der niedrigsten Zahlen · 600 Ereignisse in 3 Regionen", "ohne Zahl", "0", "200–600",
        "Nicht addiert: 150 Ereignisse mit Zahlen für mehrere Orte, für einen Teil der Menschen oder innerhalb anderer,"
        " oder mit zurückgenommenen",
        "1 Ereignis ohne Zahl der Toten",
    ]  # fmt: skip


def test_areas_side_by_side_have_each_event_of_one_place_once(store: Store) -> None:
    cells = sorted(store.query(Filter()).cells("regions"), key=lambda cell: store.areas[cell.cell].country)
    by_country = {
        country: sum(cell.events for cell in found)
        for country, found in groupby(cells, lambda cell: store.areas[cell.cell].country)
    }
    assert by_country == {"KZ": 500, "RU": 100}
