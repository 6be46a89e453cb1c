"""Lists as JSON has them: records within others or within a cell, one point for each country. Rows are invented."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from geodata.filter import Filter
from tests.opened import Opened, opened


def _opened(capsys: Any, tmp_path: Path, content: Any, name: str = "list.json") -> Opened:
    path = tmp_path / name
    path.write_text(json.dumps(content), encoding="utf-8")
    return opened(capsys, tmp_path, path)


def _feature(lon: float, lat: float, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": [lon, lat]}, "properties": properties}


def _layer(*features: dict[str, Any]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def test_the_records_within_a_feature_are_events_at_its_point(capsys: Any, tmp_path: Path) -> None:
    almaty = [{"title": "Raid", "start": ["20220105"]}, {"title": "March", "start": ["20220107"]}]
    content = _layer(
        _feature(76.9, 43.25, town="Almaty", records=almaty),
        _feature(71.4, 51.1, town="Astana", records=[{"title": "Strike", "start": ["20220106"]}]),
    )
    found = _opened(capsys, tmp_path, content, "towns.geojson")
    days = {event.title: str(event.date_start) for event in found.events}
    assert days == {"Raid": "2022-01-05", "March": "2022-01-07", "Strike": "2022-01-06"}
    points = {event.title: point for event, point in zip(found.events, found.points(), strict=True)}
    assert points == {"Raid": (76.9, 43.25), "March": (76.9, 43.25), "Strike": (71.4, 51.1)}
    assert "3 records stand within 2 others, under 'records': each of them is read." in found.words


def test_the_records_within_a_cell_are_read_by_their_names_and_addresses_and_kept_as_they_stand(
    capsys: Any, tmp_path: Path
) -> None:
    content = [
        {
            "date": "2022-01-05",
            "title": "Raid",
            "city": "Almaty",
            "actors": [{"id": 7, "name": "Army"}, {"id": 9, "name": "Police"}],
            "sources": [{"seen": "2022-02-01", "title": "A raid; at night", "url": "https://example.org/a"}],
        },
        {"date": "2022-01-06", "title": "Quiet", "city": "Almaty", "actors": [], "sources": []},
    ]
    found = _opened(capsys, tmp_path, content)
    assert found.events[0].actors == ("Army", "Police")
    cited = found.store.query(Filter()).sources[found.events[0].source_ids[0]]
    assert (cited.title, cited.url) == ("A raid, at night", "https://example.org/a")
    assert "'actors (JSON)'" in found.words.partition("not read")[2]


def test_what_a_program_wrote_into_a_cell_is_no_actor(capsys: Any, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        'Date,Title,City,Perpetrators\n2022-01-05,A,Almaty,"[{""id"": 7}]"\n2022-01-06,B,Almaty,"{\'id\': 8}"\n',
        "utf-8",
    )
    found = opened(capsys, tmp_path, path)
    assert {event.actors for event in found.events} == {()}


def test_the_day_of_the_last_record_within_another_is_no_event_of_its_own(capsys: Any, tmp_path: Path) -> None:
    killed = [{"name": "A", "day": "2026-04-22"}, {"name": "B", "day": "2025-01-02"}]
    content = {"towns": [{"city": "Almaty", "latest": "2026-04-22", "killed": killed}]}
    found = _opened(capsys, tmp_path, content)
    assert sorted(str(event.date_start) for event in found.events) == ["2025-01-02", "2026-04-22"]
    content["towns"][0]["latest"] = "2026-05-01"
    own = _opened(capsys, tmp_path, content, "own.json")
    assert [str(event.date_start) for event in own.events] == ["2026-05-01"]


def test_of_several_lists_the_only_one_with_days_is_read(capsys: Any, tmp_path: Path) -> None:
    events = [{"date": "2022-01-05", "title": "Raid", "city": "Almaty"}]
    content = {"kinds": [{"id": 1, "name": "raid"}], "events": events, "links": [{"from": 1, "to": 2}]}
    found = _opened(capsys, tmp_path, content)
    assert [event.title for event in found.events] == ["Raid"]
    assert "Of 3 lists of records, 'events' alone has days: it is read." in found.words


def _of_countries(**more: Any) -> dict[str, Any]:
    middles = {"Canada": (-106.3, 56.1), "Netherlands": (5.3, 52.1), "Poland": (19.1, 51.9)}
    return _layer(
        *(
            _feature(lon, lat, country=country, date=f"2022-01-0{day}", title=f"Interference {day}", **more)
            for country, (lon, lat) in middles.items()
            for day in (1, 2)
        )
    )


def test_one_point_for_all_events_of_each_country_stands_for_the_country(capsys: Any, tmp_path: Path) -> None:
    found = _opened(capsys, tmp_path, _of_countries(), "list.geojson")
    assert {event.country for event in found.events} == {"CA", "NL", "PL"}
    assert found.points() == [None] * 6
    assert "All events of each of 3 countries have one point: it stands for the country" in found.words


def test_one_point_in_each_country_that_is_called_by_its_town_is_that_town(capsys: Any, tmp_path: Path) -> None:
    found = _opened(capsys, tmp_path, _of_countries(city="The town"), "list.geojson")
    assert (5.3, 52.1) in found.points()


@pytest.mark.parametrize(
    "places",
    [
        {"Xyzzy": {"coordinates": {"lat": 33.5, "lon": 40.25}}, "Foo": {"coordinates": {"lat": 36.5, "lon": 37.25}}},
        [
            {"name": "Xyzzy", "latitude": 33.5, "longitude": 40.25},
            {"name": "Foo", "latitude": 36.5, "longitude": 37.25},
        ],
    ],
)
def test_a_table_of_places_beside_the_records_has_their_points(capsys: Any, tmp_path: Path, places: Any) -> None:
    strikes = [
        {"date": f"2015-01-0{n}", "title": "Strike", "place": name} for n, name in enumerate(("Xyzzy", "Foo"), 1)
    ]
    path = tmp_path / "list.json"
    path.write_text(json.dumps({"strikes": strikes, "places": places}), encoding="utf-8")
    found = opened(capsys, tmp_path, path)
    assert found.points() == [(40.25, 33.5), (37.25, 36.5)]
    assert "The points of the places under 'place' stand under 'places'." in found.words
