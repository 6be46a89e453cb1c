"""Columns that others name in their own way: points beside those of areas, figures of some of the people, kinds of
events. Rows are invented."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.opened import Opened, opened


def _opened(capsys: Any, tmp_path: Path, text: str, name: str = "list.csv") -> Opened:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return opened(capsys, tmp_path, path)


@pytest.mark.parametrize(
    "heading",
    ["Lat/Long of Location", "Lat/Lon", "Latitude/Longitude", "Coordinates of village", "GPS location", "Lat and long"],
)
def test_a_column_named_as_one_of_points_wins_over_degrees_without_a_heading(
    capsys: Any, tmp_path: Path, heading: str
) -> None:
    rows = [
        f'2022-01-0{n},A village,"4{n}.3812,7{n}.2519",4{n}.3812,{"" if n % 2 else 7}{n}.2519\n' for n in range(1, 9)
    ]
    found = _opened(capsys, tmp_path, f"date,village,{heading},,\n{''.join(rows)}")
    assert found.points() == [(70 + n + 0.2519, 40 + n + 0.3812) for n in range(1, 9)]


def test_a_point_as_r_writes_it_wins_over_the_interior_point_of_a_county(capsys: Any, tmp_path: Path) -> None:
    head = "date,location,internal_point_latitude,internal_point_longitude,geometry\n"
    rows = (
        '2019-03-01,"Reno, NV",40.734015,-119.66,"c(-119.813, 39.529)"\n2019-03-02,"Reno, NV",40.7,-119.6,"c(NA, NA)"\n'
    )
    found = _opened(capsys, tmp_path, head + rows)
    assert found.points()[0] == (-119.813, 39.529)
    assert found.events[0].sites[0].geo_precision == "settlement"
    assert abs(found.points()[1][1] - 39.53) < 0.1  # by its name


@pytest.mark.parametrize(
    ("lat", "lon"),
    [
        ("internal_point_latitude", "internal_point_longitude"),
        ("INTPTLAT", "INTPTLON"),
        ("county_lat", "county_lon"),
        ("centroid_y", "centroid_x"),
    ],
)
def test_the_middle_of_an_area_says_no_more_than_the_district(capsys: Any, tmp_path: Path, lat: str, lon: str) -> None:
    text = f"date,title,{lat},{lon}\n2019-03-01,A march,40.734015,-119.663\n2019-03-02,A rally,40.7,-119.6\n"
    found = _opened(capsys, tmp_path, text)
    assert [event.sites[0].geo_precision for event in found.events] == ["district", "district"]
    assert "middle of an area" in found.words


def test_the_point_of_an_event_wins_over_that_of_its_county(capsys: Any, tmp_path: Path) -> None:
    text = "date,title,county_lat,county_lon,lat,lon\n2019-03-01,A march,40.734015,-119.663,39.529,-119.813\n"
    found = _opened(capsys, tmp_path, text)
    assert found.points() == [(-119.813, 39.529)]
    assert found.events[0].sites[0].geo_precision == "settlement"
