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


def test_the_dead_of_whom_the_others_are_some_are_read_with_whom_they_count(capsys: Any, tmp_path: Path) -> None:
    head = "date,title,place,Aid Workers Killed,Female Aid Workers Killed,Aid Workers Killed in Captivity\n"
    found = _opened(capsys, tmp_path, head + "2022-01-05,An attack,Almaty,3,1,2\n2022-01-06,An ambush,Astana,2,0,0\n")
    assert [(claim.best, claim.population) for claim in found.claims] == [(3, "aid workers"), (2, "aid workers")]
    assert "'Female Aid Workers Killed' and 'Aid Workers Killed in Captivity' are of some of these" in found.words


@pytest.mark.parametrize(
    ("measure", "one", "other"),
    [
        ("deaths", "Educators Killed", "Students Killed"),
        ("injured", "Health Workers Injured", "Patients Injured"),
        ("detained", "Journalists Arrested", "Lawyers Arrested"),
    ],
)
def test_figures_of_two_kinds_of_people_are_not_added_up_and_the_import_says_how_one_is_read(
    capsys: Any, tmp_path: Path, measure: str, one: str, other: str
) -> None:
    text = f"date,title,place,{one},{other}\n2022-01-05,An attack,Almaty,3,1\n2022-01-06,An ambush,Astana,2,0\n"
    found = _opened(capsys, tmp_path, text)
    assert found.claims == ()
    assert f'{measure} = "{one}" under [columns] in a mapping reads one of them' in found.words
    (tmp_path / "list.mapping.toml").write_text(
        f'[columns]\ndate_start = "date"\ntitle = "title"\n{measure} = "{one}"\n'
    )
    found = opened(capsys, tmp_path, found.path, "--mapping", str(tmp_path / "list.mapping.toml"))
    whom = one.rpartition(" ")[0].casefold()
    assert [(claim.best, claim.population) for claim in found.claims] == [(3, whom), (2, whom)]


@pytest.mark.parametrize("heading", ["Wound", "Wounded_", "Nwound", "Injury", "Hurt"])
def test_the_injured_are_known_by_short_headings_too(capsys: Any, tmp_path: Path, heading: str) -> None:
    found = _opened(capsys, tmp_path, f"date,title,place,Killed,{heading}\n2022-01-05,An attack,Almaty,3,11\n")
    assert {claim.measure: claim.best for claim in found.claims} == {"deaths": 3, "injured": 11}
