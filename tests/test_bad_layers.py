"""Layers, workbooks and columns of other programs that are broken or hostile, through the door."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import geopandas as gpd
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from geodata.errors import DataError
from tests.doors import Record, read, refused, written


def feature(geometry: Any, title: str = "Rally", **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": {"title": title, "date": "2022-01-05", **properties}}


def point(*place: Any) -> dict[str, Any]:
    return {"type": "Point", "coordinates": list(place)}


def layer(tmp_path: Path, *features: Any, share: float = 1, **members: Any) -> Record:
    content = {"type": "FeatureCollection", "features": features, **members}
    return read(written(tmp_path, json.dumps(content), "events.geojson"), share=share)


def area(*ring: tuple[float, float]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [ring]}


def test_each_broken_feature_is_rejected_by_its_number_and_none_is_lost(tmp_path: Path) -> None:
    record = layer(
        tmp_path,
        feature(point(float("nan"), 1)),
        feature(point("76.9", "43.2")),
        feature({"type": "Point", "coordinates": []}),
        feature({"type": "Blob", "coordinates": [1, 2]}),
        feature(area((0, 0), (1, 0), (1, 1), (0, 1))),
        {"type": ["Feature"]},
        feature(point(76.95, 43.25), "Good"),
        feature(None, "Nowhere"),
    )
    assert record.outcome() == (8, 2, 6)
    assert record.titles() == ["Good", "Nowhere"]
    assert record.points() == [(76.95, 43.25), None]
    assert [number for number in range(1, 9) if f"line {number}," in record.words] == [1, 2, 3, 4, 5, 6]


def test_an_outline_that_crosses_itself_is_repaired_and_recorded(tmp_path: Path) -> None:
    record = layer(tmp_path, feature(area((0, 0), (2, 2), (2, 0), (0, 2), (0, 0))))
    assert record.outcome() == (1, 1, 0)
    assert record.counts["repaired"] == 1
    assert record.points()[0] is not None


def test_an_area_across_180_degrees_lies_in_the_pacific(tmp_path: Path) -> None:
    (found,) = layer(tmp_path, feature(area((178, -18), (-178, -18), (-178, -16), (178, -16), (178, -18)))).points()
    assert found is not None
    assert abs(found[0]) > 177


def test_an_area_with_hundreds_of_thousands_of_corners_is_an_event_at_a_point_in_it(tmp_path: Path) -> None:
    around = [2 * math.pi * corner / 300_000 for corner in range(300_000)]
    ring = [(round(70 + math.cos(angle), 6), round(45 + math.sin(angle), 6)) for angle in around]
    record = layer(tmp_path, feature(area(*ring, ring[0]), "Flood"), feature(point(71, 46), "Fire"))
    (lon, lat), fire = record.points()
    assert math.hypot(lon - 70, lat - 45) < 1 and fire == (71, 46)


def test_a_collection_that_is_endlessly_deep_is_refused_and_kills_nobody(tmp_path: Path) -> None:
    deep = '{"type":"GeometryCollection","geometries":[' * 100_000 + "]}" * 100_000
    text = f'{{"type":"Feature","properties":{{"title":"Rally","date":"2022-01-05"}},"geometry":{deep}}}'
    assert "nested too deep" in refused(written(tmp_path, text, "events.geojson"))


def test_metres_that_a_layer_names_as_such_are_brought_to_degrees(tmp_path: Path) -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    (found,) = layer(tmp_path, feature(point(8565986.2, 5350000.0)), crs=crs).points()
    assert found == pytest.approx((76.949, 43.28), abs=0.1)


def test_metres_in_a_layer_that_names_none_are_asked_for(tmp_path: Path) -> None:
    path = written(tmp_path, json.dumps({"type": "FeatureCollection", "features": [feature(point(795609, 618963))]}))
    assert "EPSG" in refused(path)


def parquet(tmp_path: Path, geo: str | None, **columns: Any) -> Path:
    table = pa.table({"title": ["Rally"], "date": ["2022-01-05"], **columns})
    pq.write_table(table.replace_schema_metadata({"geo": geo} if geo else None), tmp_path / "events.parquet")
    return tmp_path / "events.parquet"


def test_a_parquet_without_geometries_is_a_table_and_of_an_unknown_version_is_refused_by_its_number(
    tmp_path: Path,
) -> None:
    nested = pa.array([{"a": [1, 2]}], pa.struct([("a", pa.list_(pa.int64()))]))
    record = read(parquet(tmp_path, None, lat=[43.25], lon=[76.95], tags=nested, empty=pa.nulls(1)))
    assert record.points() == [(76.95, 43.25)]
    geo = {"version": "9.9.0", "primary_column": "geometry", "columns": {"geometry": {"encoding": "WKB"}}}
    assert "9.9.0" in refused(parquet(tmp_path, json.dumps(geo), geometry=[b"\x01"]))


@pytest.mark.parametrize(
    ("version", "encoding"), [("0.4.0", "WKB"), ("1.0.0", "WKB"), ("1.1.0", "WKB"), ("1.1.0", "geoarrow")]
)
def test_a_geoparquet_of_any_version_that_another_program_wrote_is_read(
    tmp_path: Path, version: str, encoding: str
) -> None:
    frame = gpd.GeoDataFrame(
        {"title": ["Rally", "Clash"], "date": ["2022-01-05", "2022-01-06"]},
        geometry=[shapely.Point(76.95, 43.25), None], crs="EPSG:4326",
    )  # fmt: skip
    frame.to_parquet(
        tmp_path / "events.parquet", schema_version=version, geometry_encoding=encoding,
        write_covering_bbox=version == "1.1.0",
    )  # fmt: skip
    assert read(tmp_path / "events.parquet").points() == [(76.95, 43.25), None]


def test_half_a_parquet_is_refused_whole(tmp_path: Path) -> None:
    whole = parquet(tmp_path, None, lat=[43.25], lon=[76.95]).read_bytes()
    assert "events.parquet" in refused(written(tmp_path, whole[: len(whole) // 2], "events.parquet"))


def book(tmp_path: Path, **sheets: list[list[Any]]) -> Path:
    found = openpyxl.Workbook()
    found.remove(found.active)
    for title, rows in sheets.items():
        sheet = found.create_sheet(title)
        for row in rows:
            sheet.append(row)
    found.save(tmp_path / "events.xlsx")
    return tmp_path / "events.xlsx"


HEAD = ["title", "date", "deaths"]


def test_of_a_workbook_sheets_of_one_shape_are_read_and_the_others_and_hidden_ones_told(tmp_path: Path) -> None:
    path = book(
        tmp_path,
        y2021=[["Register"], [], HEAD, ["A", "2021-01-05", 1], ["Bad", "2021-13-45", 1]],
        y2022=[HEAD, *([f"B{n}", "2022-01-05", "#REF!" if not n else 2] for n in range(8))],
        list=[["kind"], ["protest"]],
        old=[HEAD, ["C", "2020-01-05", 1]],
    )
    found = openpyxl.load_workbook(path)
    found["old"].sheet_state = "hidden"
    found["y2022"].row_dimensions[3].hidden = True
    found.save(path)
    record = read(path, share=0.5)
    assert record.outcome() == (10, 8, 2)
    assert {title[0] for title in record.titles()} == {"A", "B"}
    for words in ("'old'", "'list'", "hidden", "row 3", "'#REF!'"):
        assert words in record.words
    files = {row["file"] for row in record.notices if row["kind"] == "rejected"}
    assert files == {"events.xlsx, sheet y2021", "events.xlsx, sheet y2022"}


def test_days_of_a_workbook_count_from_its_own_epoch(tmp_path: Path) -> None:
    path = book(tmp_path, one=[HEAD, ["A", None, 1]])
    found = openpyxl.load_workbook(path)
    found.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    cell = found["one"]["B2"]
    cell.value, cell.number_format = 43_000, "yyyy-mm-dd"
    found.save(path)
    assert read(path).days() == ["2021-09-23"]


def test_a_workbook_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    path = book(tmp_path, one=[HEAD, ["A", "2022-01-05", 1]])
    with pytest.raises(DataError):
        read(written(tmp_path, path.read_bytes()[:-200], "cut.xlsx"))
