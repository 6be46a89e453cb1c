"""Lists in JSON as programs write them: by rows, by columns, in scripts, as answers of servers. Rows are invented."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.opened import opened

ROWS = [["date", "title", "city"], ["2022-01-05", "Raid", "Almaty"], ["2022-01-06", "March", "Astana"]]
NAMES, *VALUES = ROWS
RECORDS = [dict(zip(NAMES, row, strict=True)) for row in VALUES]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(ROWS),
        json.dumps({"columns": NAMES, "index": [0, 1], "data": VALUES}),
        json.dumps({name: [row[name] for row in RECORDS] for name in NAMES}),
        json.dumps({name: {str(at): row[name] for at, row in enumerate(RECORDS)} for name in NAMES}),
        json.dumps(
            {
                "head": {"vars": NAMES},
                "results": {"bindings": [{k: {"type": "literal", "value": v} for k, v in r.items()} for r in RECORDS]},
            }
        ),
        f"var events = {json.dumps(RECORDS)};\n",
        f"export default {json.dumps(RECORDS, indent=2)}",
        f"window.shown.events = {json.dumps(RECORDS)}",
        f"show({json.dumps(RECORDS)});",
    ],
)
def test_the_records_are_read_however_a_program_wrote_them(capsys: Any, tmp_path: Path, text: str) -> None:
    path = tmp_path / "list.json"
    path.write_text(text, encoding="utf-8")
    found = opened(capsys, tmp_path, path)
    assert [(str(event.date_start), event.title) for event in found.events] == [
        ("2022-01-05", "Raid"),
        ("2022-01-06", "March"),
    ]


def test_the_rows_of_a_view_are_read_by_the_columns_that_stand_beside_them(capsys: Any, tmp_path: Path) -> None:
    names = ["sid", *NAMES, "Location"]
    columns = [{"name": name, **({"flags": ["hidden"]} if name == "sid" else {})} for name in names]
    rows = [[at, *row, [None, "43.25", "76.95", None, False]] for at, row in enumerate(VALUES)]
    path = tmp_path / "rows.json"
    content = {"meta": {"view": {"id": "ab-12", "columns": columns, "tags": ["x", "y"]}}, "data": rows}
    path.write_text(json.dumps(content), encoding="utf-8")
    found = opened(capsys, tmp_path, path)
    assert [event.title for event in found.events] == ["Raid", "March"]
    assert found.points() == [(76.95, 43.25)] * 2
    assert "sid" not in found.words


def test_the_features_of_an_esri_server_are_events_at_their_points(capsys: Any, tmp_path: Path) -> None:
    features = [
        {"attributes": {"EventDate": 1641340800000, "Type": "Raid"}, "geometry": {"x": 76.9, "y": 43.25}},
        {"attributes": {"EventDate": 1641427200000, "Type": "March"}, "geometry": {"x": 71.4, "y": 51.1}},
    ]
    path = tmp_path / "list.json"
    path.write_text(json.dumps({"geometryType": "esriGeometryPoint", "features": features}), encoding="utf-8")
    found = opened(capsys, tmp_path, path)
    assert [str(event.date_start) for event in found.events] == ["2022-01-05", "2022-01-06"]
    assert found.points() == [(76.9, 43.25), (71.4, 51.1)]


def test_a_point_within_a_record_is_where_its_event_was(capsys: Any, tmp_path: Path) -> None:
    point = {"type": "Point", "coordinates": [76.9, 43.25]}
    path = tmp_path / "list.json"
    path.write_text(json.dumps([{"date": "2022-01-05", "title": "Raid", "location": point}]), encoding="utf-8")
    assert opened(capsys, tmp_path, path).points() == [(76.9, 43.25)]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(RECORDS).replace("Raid", "Raid on 5\\/6"),
        json.dumps(RECORDS).replace("Raid", "Raid in a \\ Street"),
        json.dumps(RECORDS)[:-1] + ",\n]",
        json.dumps(RECORDS).replace("}", ", }").replace("Raid", "Raid, ] and so on"),
    ],
)
def test_slips_of_a_hand_do_not_cost_the_file(capsys: Any, tmp_path: Path, text: str) -> None:
    path = tmp_path / "list.json"
    path.write_text(text, encoding="utf-8")
    found = opened(capsys, tmp_path, path)
    assert [event.title.split()[0].strip(",") for event in found.events] == ["Raid", "March"]
    assert (r"in a \ Street" in found.events[0].title) == ("in a" in text)


def test_links_in_markdown_stand_as_their_words(capsys: Any, tmp_path: Path) -> None:
    link = "[{0}](https://example.org/{0}_(city))"
    row = {"date": "2022-01-05", "title": f"March in {link.format('Almaty')}", "city": link.format("Almaty")}
    path = tmp_path / "list.json"
    path.write_text(json.dumps([row, {**row, "city": f"{link.format('Astana')}, Kazakhstan"}]), encoding="utf-8")
    found = opened(capsys, tmp_path, path)
    assert sorted(place.name for place in found.store.places) == ["Almaty", "Astana"]
    assert {event.title for event in found.events} == {"March in Almaty"}
