"""Where events cannot be told apart, the page's map shows cells of a grid, and what it says of them is true."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta
from typing import Any

import h3
import pytest
from flask.testing import FlaskClient

from dashboard.layers import LAYERS
from dashboard.scene.cells import Cells, side_km
from dashboard.screen.drawn import AFTER_CELLS, FEW_EVENTS, MOST_PLACES
from dashboard.server.app import create_app
from geodata.filter import Filter
from geodata.store.opening import open_data
from geodata.store.questions.cells import Cell, Tolls
from geodata.store.store import Store
from tests.test_page import ask, marks, words

LAYER_NAMES = [*LAYERS]
EAST, CITY = 600, 450  # events in the east, each at a place of its own; and in a city farther west


def row(number: int, lon: float, lat: float) -> str:
    kind = ("clash", "protest", "detention")[number % 3]
    day = date(2022, 1, 1) + timedelta(number % 20)
    return f"E{number},{kind},Event {number},{day},{lon:.4f},{lat:.4f}"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    rows = [row(n, 70 + n % 30 / 5, 44 + n // 30 / 5) for n in range(EAST)]
    rows += [row(EAST + n, 30 + n % 25 / 100, 50 + n // 25 / 100) for n in range(CITY)]
    rows += [f"N{n},other,Elsewhere {n},2022-01-0{n + 1},," for n in range(3)]
    path = tmp_path_factory.mktemp("cells") / "events.csv"
    header = "event_id,category,title,date_start,lon,lat,country"
    path.write_text("\n".join([header, *(f"{line},KZ" if line[0] == "N" else f"{line}," for line in rows)]))
    return open_data([path], None)


@pytest.fixture
def client(store: Store) -> FlaskClient:
    return create_app(store).server.test_client()


def seen(client: FlaskClient, at: str, *, cells: bool = False, **values: Any) -> dict[str, Any]:
    return ask(client, "layers", f"?at={at}", shown_cells=cells, **{"layers": LAYER_NAMES} | values)


WORLD, IN_THE_EAST, CLOSE = "50,45,2", "73,46,5", "70,44,8"
IN_THE_CITY, ABOVE_THE_CITY = "30.12,50.09,10.3", "30.12,50.09,9"


def test_more_places_than_can_be_read_are_cells_whose_numbers_add_up(client: FlaskClient) -> None:
    answer = seen(client, WORLD)
    cells = marks(answer, "cell")
    hovers = [answer["response"]["marks"]["data"]["picks"][cell["pick"]]["lines"] for cell in cells]
    assert sum(int(lines[0].split()[0].replace(",", "")) for lines in hovers) == EAST + CITY
    assert ". 1,050 events in" in answer["response"]["marks"]["data"]["words"]
    assert marks(answer, "glyph") == []
    assert {lines[-1] for lines in hovers if lines[0] == "450 events"} <= {"1–20 January 2022"}


def test_the_legend_tells_size_and_number_of_cells_and_every_class(client: FlaskClient) -> None:
    answer = seen(client, IN_THE_EAST)["response"]
    legend = words(answer["legend"]["children"])
    found = re.match(r"600 events in (\d+) cells with sides of (\d+) km", legend)
    assert found and int(found[1]) == len(marks({"response": answer}, "cell"))
    sides = {round(float(f"{side_km(resolution):.2g}")) for resolution in range(7)}
    assert int(found[2]) in sides
    _, classes = answer["legend"]["children"][:2]
    numbers = [words(each["props"]["children"][1]) for each in classes["props"]["children"]]
    begins = [int(number.split("–")[0]) for number in numbers]
    assert begins == sorted({*begins}) and begins[0] == 1
    hovers = [pick["lines"][0] for pick in answer["marks"]["data"]["picks"]]
    assert numbers[-1].split("–")[-1] == str(max(int(line.split()[0]) for line in hovers))


def test_a_view_of_few_places_has_marks_and_one_of_some_has_what_it_had(client: FlaskClient) -> None:
    assert marks(seen(client, CLOSE, cells=True), "cell") == []
    assert MOST_PLACES * AFTER_CELLS < CITY < MOST_PLACES
    assert marks(seen(client, IN_THE_CITY), "cell") == []
    assert marks(seen(client, IN_THE_CITY, cells=True), "cell")
    assert seen(client, IN_THE_CITY, cells=True)["response"]["state"]["data"]["cells"] is True


def test_places_that_would_stand_on_top_of_each_other_are_cells_however_few_they_are(client: FlaskClient) -> None:
    assert marks(seen(client, ABOVE_THE_CITY), "cell")
    assert marks(seen(client, ABOVE_THE_CITY), "glyph") == []


def test_some_hundred_events_are_cells_too_where_they_cannot_be_told_apart_and_else_all_of_them_are_marks(
    client: FlaskClient,
) -> None:
    few, most = "&from=2022-01-02&to=2022-01-02", "&from=2022-01-02&to=2022-01-05"
    count = len([n for n in range(EAST + CITY) if 1 <= n % 20 <= 4])
    assert FEW_EVENTS < count < MOST_PLACES
    cells = seen(client, WORLD + most)
    hovers = [pick["lines"][0] for pick in cells["response"]["marks"]["data"]["picks"] if "cell" in pick]
    assert sum(int(line.split()[0]) for line in hovers) == count and marks(cells, "glyph") == []
    near = seen(client, IN_THE_CITY + most)
    assert len(marks(near, "glyph")) == count and marks(near, "cell") == []
    assert marks(seen(client, WORLD + few), "cell") == []
    ahead = [client.get(f"/marks-ahead.json?at={IN_THE_CITY}{choice}").json for choice in (most, "")]
    assert [len(stops) > 0 for stops in ahead] == [True, False]


def test_squares_of_a_map_hold_each_place_once(store: Store) -> None:
    result, city = store.query(Filter()), (29.9, 49.9, 30.4, 50.3)
    assert result.spots(city, 90.0) == 1
    assert result.spots(city, 0.001) == CITY
    assert 1 < result.spots(city, 0.05) < CITY / 10


def test_cells_have_only_the_events_of_layers_that_are_shown(client: FlaskClient) -> None:
    answer = seen(client, WORLD, layers=["clashes"])
    picks = answer["response"]["marks"]["data"]["picks"]
    kinds = {line.split(":")[0] for pick in picks for line in pick["lines"][1:-1]}
    assert kinds == {"▲ Clash"}
    assert ". 350 events in" in answer["response"]["marks"]["data"]["words"]
    assert sum(int(pick["lines"][0].split()[0].replace(",", "")) for pick in picks) == (EAST + CITY) / 3
    assert not any("color" in cell for cell in marks(seen(client, WORLD, layers=[]), "cell"))


def test_a_click_on_a_cell_lists_its_events_with_a_way_to_look_closer(client: FlaskClient) -> None:
    answer = seen(client, WORLD)
    pick = max(answer["response"]["marks"]["data"]["picks"], key=lambda pick: int(pick["lines"][0].split()[0]))
    count = int(pick["lines"][0].split()[0])
    link = f"?at={WORLD}&layers={','.join(LAYER_NAMES)}"
    panel = ask(client, "picked", link, picked={"cell": pick["cell"], "count": 1})["response"]["panel"]
    text = words(panel["children"])
    assert text.startswith(f"{count} events hereLook closer")
    assert text.count("January 2022") == min(count, 100)
    assert text.endswith(f"and {count - 100} more") == (count > 100)
    (look,) = re.findall(r'"data-look": ?"([^"]+)"', str(panel).replace("'", '"'))
    lon, lat, zoom = map(float, look.split(","))
    assert h3.latlng_to_cell(lat, lon, h3.get_resolution(pick["cell"])) == pick["cell"] and zoom > 2


@pytest.mark.parametrize("cell", ["", "8", "83zzzzfffffffff", "__import__", ["832830fffffffff"], {"a": 1}, None])
def test_what_is_no_cell_closes_the_panel(client: FlaskClient, cell: object) -> None:
    panel = ask(client, "picked", f"?at={WORLD}", picked={"cell": cell, "count": 1})["response"]["panel"]
    assert words(panel["children"]).startswith("No event selected")


@pytest.mark.parametrize("counts", [[1], [1, 1, 2], [3, 1, 6], [1, 40], [5, 5_000], [7, 90, 123_456, 2_000_000]])
def test_every_count_is_in_the_class_that_says_so(counts: list[int]) -> None:
    day = date(2022, 1, 1)
    cells = Cells.of(3, [Cell(n, "clash", count, day, day, Tolls()) for n, count in enumerate(counts)], sum(counts))
    assert len(cells.classes) <= 6
    assert cells.classes[-1][1] == max(counts)
    for unit in cells.units:
        least, most = cells.classes[cells.class_of(unit)]
        assert least <= unit.events <= most


def test_cells_of_an_area_have_its_events_and_no_others(store: Store) -> None:
    result, bbox = store.query(Filter()), (69.0, 40.0, 80.0, 60.0)
    assert result.counts_in(bbox) == Counter(dict.fromkeys(("clash", "protest", "detention"), EAST // 3))
    assert result.place_count(bbox) == EAST
    assert sum(cell.events for cell in result.cells(4, bbox)) == EAST
    assert sum(cell.events for cell in result.cells(4)) == EAST + CITY


def test_a_map_that_is_moved_keeps_the_list_beside_it(client: FlaskClient) -> None:
    moved = ask(client, "picked", f"?at={WORLD}", picked={"looked": [73, 46, 5], "count": 1})["response"]
    assert "panel" not in moved and "marks" in moved
