"""What a table does not say is answered once: by a mapping, kept beside it, or by its own columns."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.opened import answered, opened, refused


def test_metres_are_asked_for_their_projection_and_become_degrees(capsys: Any, tmp_path: Path) -> None:
    path = tmp_path / "metres.csv"
    path.write_text("date,title,x,y\n2022-03-01,Strike,8565850.6,5349057.5\n2022-03-02,Clash,8565850.6,5349057.5\n")
    out, err = refused(capsys, tmp_path, path)
    assert "metres of a projection" in err
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(answered(out, "crs", "EPSG:3857"), encoding="utf-8")
    assert opened(capsys, tmp_path, path, "--mapping", str(mapping)).points()[0] == pytest.approx(
        (76.948, 43.24), abs=0.01
    )


def test_a_mapping_is_kept_beside_the_table_and_used_without_asking(capsys: Any, tmp_path: Path) -> None:
    out, _ = refused(capsys, tmp_path, "c17_swapped_country.csv")
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(answered(out, "coordinates", "exchanged"), encoding="utf-8")
    opened(capsys, tmp_path, tmp_path / "c17_swapped_country.csv", "--mapping", str(mapping))
    found = opened(capsys, tmp_path, tmp_path / "c17_swapped_country.csv")
    assert found.points()[0] == (30.5, 50.4)
    assert (tmp_path / "c17_swapped_country.csv.mapping.toml").is_file()


def test_names_that_a_mapping_settles_are_on_the_map(capsys: Any, tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text("date_start,title,place\n2022-03-01,Strike,Camp Seven\n2022-03-02,Clash,Tripoli\n")
    mapping = tmp_path / "mapping.toml"
    mapping.write_text('[places]\n"Camp Seven" = "30.5, 50.4"\n"Tripoli" = "13.19, 32.89"\n', encoding="utf-8")
    assert opened(capsys, tmp_path, path, "--mapping", str(mapping)).points() == [(30.5, 50.4), (13.19, 32.89)]


def test_a_region_tells_towns_of_one_name_apart(capsys: Any, tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text(
        "date,title,city,state,country\n"
        "2020-05-30,march,Springfield,Illinois,US\n2020-05-30,march,Springfield,,US\n2020-05-30,rally,,Missouri,US\n"
    )
    found = opened(capsys, tmp_path, path)
    (lon, lat), nothing, area = found.points()
    assert (lon, lat) == pytest.approx((-89.65, 39.8), abs=0.1)
    assert nothing is None
    assert area is not None
    assert found.events[2].geo_precision == "region"


@pytest.mark.parametrize(
    ("days", "name"),
    [(("03.01.", "15.02."), "list_2022.csv"), (("3 Jan", "15 Feb"), "2022.csv"), (("03/01", "15/02"), "a-2022-b.csv")],
)
def test_the_year_that_no_day_names_is_asked_for_once_with_that_of_the_name(
    capsys: Any, tmp_path: Path, days: tuple[str, str], name: str
) -> None:
    path = tmp_path / name
    path.write_text(f"Date,Place,Event\n{days[0]},Berlin,March\n{days[1]},Hamburg,Rally\n", encoding="utf-8")
    out, err = refused(capsys, tmp_path, path)
    assert f"Of which year are days such as '{days[0]}'?" in err
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(answered(out, "year", "2022"), encoding="utf-8")
    found = opened(capsys, tmp_path, path, "--mapping", str(mapping))
    assert [str(first) for first, _ in found.days()] == ["2022-01-03", "2022-02-15"]
    assert "Days without a year are of 2022, as was answered." in found.words


def test_a_day_and_a_place_in_one_cell_are_read_apart(capsys: Any, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    rows = ("05/01/2022 Almaty,Raid", "17/02/2022 Astana,March", "Atyrau,Strike")
    path.write_text("\n".join(["Fecha y lugar,Hecho", *rows, ""]), encoding="utf-8")
    found = opened(capsys, tmp_path, path, "--max-reject-share", "0.5")
    assert [str(first) for first, _ in found.days()] == ["2022-01-05", "2022-02-17"]
    assert all(found.points())
    assert 'column "Fecha y lugar" has a day and a place in its cells' in found.words


def test_a_column_of_places_that_only_is_called_one_of_days_too_stays_as_it_is(capsys: Any, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("When,Date and place,Event\n2022-01-05,Almaty,Raid\n2022-02-17,Astana,March\n", encoding="utf-8")
    assert "has a day and a place" not in opened(capsys, tmp_path, path).words
