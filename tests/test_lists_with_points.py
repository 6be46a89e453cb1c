"""Points as lists have them in columns: in degrees, minutes, seconds and directions, two in a row, half of one in a
mapping. Rows are invented."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.opened import Opened, opened, refused

_PARTS = "Degrees,Minutes,Seconds,Direction"
_WAYS = """day,event,from_lat,from_lng,to_lat,to_lng
2022-03-05,Convoy,47.5,37.25,47.75,35.25
2022-03-06,Convoy,50.5,30.5,49.25,28.5
2022-03-07,Convoy,46.5,32.5,46.75,31.5
"""


def _opened(capsys: Any, tmp_path: Path, text: str, mapping: str = "") -> Opened:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    if mapping:
        (tmp_path / "list.csv.mapping.toml").write_text(mapping, encoding="utf-8")
    return opened(capsys, tmp_path, path)


def _rounded(found: Opened) -> list[tuple[float, float] | None]:
    return [point and (round(point[0], 4), round(point[1], 4)) for point in found.points()]


def test_degrees_minutes_seconds_and_directions_in_columns_are_a_point(capsys: Any, tmp_path: Path) -> None:
    text = f"""event,day,{_PARTS},{_PARTS}
Raid,2016-01-13,1,30,36,S,36,45,0,E
Raid,2016-01-14,0,15,99,N,34,30,99,E
"""
    found = _opened(capsys, tmp_path, text)
    assert _rounded(found) == [(36.75, -1.51), (34.5, 0.25)]
    assert "are the parts of the latitude" in found.words
    assert "are the parts of the longitude" in found.words


def test_degrees_without_minutes_that_are_known_are_no_point(capsys: Any, tmp_path: Path) -> None:
    text = f"""event,day,town,country,{_PARTS},{_PARTS}
Raid,2016-01-13,Kisumu,Kenya,99,99,99,N,99,99,99,E
Raid,2016-01-14,Kisumu,Kenya,0,99,99,N,34,99,99,E
Raid,2016-01-15,Nakuru,Kenya,0,18,0,S,36,4,0,E
"""
    found = _opened(capsys, tmp_path, text)
    names = {place.place_id: place.name for place in found.store.places}
    assert [names[event.sites[0].place_id] for event in found.events] == ["Kisumu", "Kisumu", "Nakuru"]
    assert _rounded(found)[2] == (36.0667, -0.3)
    assert _rounded(found)[0] == _rounded(found)[1] != (34.0, 0.0)


@pytest.mark.parametrize("names", ["lat_deg,lat_min,lon_deg,lon_min", "Grad Lat,Minuten Lat,Grad Long,Minuten Long"])
def test_the_parts_may_say_themselves_which_coordinate_they_are_of(capsys: Any, tmp_path: Path, names: str) -> None:
    text = f"date,title,{names}\n2022-01-05,One,43,15.5,76,54\n2022-01-06,Two,-43,30,172,36\n"
    assert _rounded(_opened(capsys, tmp_path, text)) == [(76.9, 43.2583), (172.6, -43.5)]


def test_an_event_from_one_place_to_another_is_where_it_begins(capsys: Any, tmp_path: Path) -> None:
    found = _opened(capsys, tmp_path, _WAYS)
    assert found.points() == [(37.25, 47.5), (30.5, 50.5), (32.5, 46.5)]
    assert "'to_lat' is where something ends: an event is where it begins." in found.words


def test_a_mapping_may_name_half_of_a_point(capsys: Any, tmp_path: Path) -> None:
    mapping = '[columns]\ntitle = "event"\ndate_start = "day"\nlat = "to_lat"\n'
    assert _opened(capsys, tmp_path, _WAYS, mapping).points()[0] == (35.25, 47.75)


def test_the_other_half_is_asked_for_where_no_heading_is_like_it(capsys: Any, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("day,event,p,q,r\n2022-01-05,Raid,43.25,76.5,71.5\n2022-01-06,Raid,51.5,71.25,76.5\n")
    mapping = '[columns]\ntitle = "event"\ndate_start = "day"\nlat = "p"\n'
    (tmp_path / "list.csv.mapping.toml").write_text(mapping)
    _, words = refused(capsys, tmp_path, path)
    assert "Which longitude goes with 'p': 'q' or 'r'?" in words
