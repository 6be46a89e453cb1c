"""A Parquet file is read by what it says of its columns; what cannot be read of it is refused by name."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import shapely
from pyarrow import parquet

from geodata.errors import DataError
from geodata.importers.files.geometry.parquet import read_parquet
from geodata.importers.files.opening import read_sheets
from geodata.importers.files.sheet import LAT, LON, Asked, Sheet
from tests.sheets import grid, lines

POINTS = [(30.5, 50.4), None, (36.2, 49.9)]
WKB = [None if point is None else shapely.to_wkb(shapely.Point(point)) for point in POINTS]


def written(tmp_path: Path, columns: dict[str, Any], geo: dict[str, Any] | None = None) -> Path:
    table = pa.table(columns)
    if geo is not None:
        table = table.replace_schema_metadata({"geo": json.dumps(geo)})
    parquet.write_table(table, tmp_path / "events.parquet")
    return tmp_path / "events.parquet"


def about(version: str, **members: Any) -> dict[str, Any]:
    column = {"encoding": "WKB", "geometry_types": ["Point"], **members}
    return {"version": version, "primary_column": "geometry", "columns": {"geometry": column}}


def read(path: Path) -> Sheet:
    return read_parquet(path, Asked(path.name))


def refusal(path: Path) -> str:
    with pytest.raises(DataError) as caught:
        read(path)
    (problem,) = caught.value.problems
    return problem.message


ROWS = [["Strike", "30.5", "50.4"], ["March", "", ""], ["Clash", "36.2", "49.9"]]
TITLES = ["Strike", "March", "Clash"]


@pytest.mark.parametrize("version", ["1.0.0", "1.1.0", "2.0.0-rc.1"])
def test_known_versions_of_geoparquet_are_read(tmp_path: Path, version: str) -> None:
    path = written(tmp_path, {"title": TITLES, "geometry": pa.array(WKB, pa.binary())}, about(version))
    (sheet,) = read_sheets(path.rename(tmp_path / "events.csv"))
    assert grid(sheet) == [["title", LON, LAT], *ROWS]


def test_points_as_pairs_of_numbers_and_the_extents_beside_them_are_read(tmp_path: Path) -> None:
    pairs = pa.array([None if p is None else {"x": p[0], "y": p[1]} for p in POINTS])
    boxes = pa.array([{"xmin": 0.0, "ymin": 0.0, "xmax": 1.0, "ymax": 1.0}] * 3)
    covering = {"bbox": {side: ["bbox", side] for side in ("xmin", "ymin", "xmax", "ymax")}}
    geo = about("1.1.0", encoding="point", covering=covering)
    sheet = read(written(tmp_path, {"title": TITLES, "geometry": pairs, "bbox": boxes}, geo))
    assert grid(sheet) == [["title", LON, LAT], *ROWS]


def test_a_geometry_of_parquet_itself_is_read(tmp_path: Path) -> None:
    field = pa.field("shape", pa.binary(), metadata={"ARROW:extension:name": "geoarrow.wkb"})
    schema = pa.schema([pa.field("title", pa.string()), field])
    parquet.write_table(pa.table([pa.array(TITLES), pa.array(WKB, pa.binary())], schema=schema), tmp_path / "a.parquet")
    assert grid(read(tmp_path / "a.parquet")) == [["title", LON, LAT], *ROWS]


def test_metres_are_brought_to_degrees(tmp_path: Path) -> None:
    point = [shapely.to_wkb(shapely.Point(795609, 618963))]
    geo = about("1.0.0", crs={"id": {"authority": "EPSG", "code": 3857}})
    geo["columns"]["geometry"]["crs"] = json.loads(_projjson("EPSG:3857"))
    sheet = read(written(tmp_path, {"geometry": pa.array(point, pa.binary())}, geo))
    assert grid(sheet)[1] == ["7.1470772", "5.5515323"]


def _projjson(name: str) -> str:
    from pyproj import CRS  # noqa: PLC0415 (only here)

    return CRS(name).to_json()


@pytest.mark.parametrize(
    ("geo", "words"),
    [
        (about("3.0.0"), "GeoParquet 3.0.0 is not known (expected 0.4, 1.0, 1.1 or 2.0)"),
        (about("0.1.0"), "GeoParquet 0.1.0 is not known"),
        ({"version": "1.0.0"}, "the metadata of its geometries cannot be understood"),
        ({**about("1.0.0"), "primary_column": "none"}, "the metadata of its geometries cannot be understood"),
        (about("1.1.0", encoding="polygon"), "the geometries are encoded as 'polygon'"),
        (about("1.1.0", crs="EPSG:999999"), "the reference system is not known"),
    ],
)
def test_geometries_that_cannot_be_understood_are_refused(tmp_path: Path, geo: dict[str, Any], words: str) -> None:
    path = written(tmp_path, {"title": TITLES, "geometry": pa.array(WKB, pa.binary())}, geo)
    assert words in refusal(path)


def test_a_broken_geometry_rejects_its_row(tmp_path: Path) -> None:
    wkb = pa.array([WKB[0], b"\x01\x02", WKB[2]], pa.binary())
    sheet = read(written(tmp_path, {"title": TITLES, "geometry": wkb}, about("1.0.0")))
    assert (lines(sheet), sheet.rejected) == (
        [1, 3],
        ((2, "its geometry cannot be understood.", '{"title": "March"}'),),
    )


def test_columns_of_any_type_are_texts(tmp_path: Path) -> None:
    late = timezone(timedelta(hours=6))
    columns = {
        "text": pa.array(["a", None]),
        "whole": pa.array([10**12, None], pa.int64()),
        "decimal": pa.array([0.1, float("nan")]),
        "large": pa.array([1e20, 1e-7]),
        "money": pa.array([Decimal("1.50"), None], pa.decimal128(9, 2)),
        "day": pa.array([date(2022, 1, 5), None]),
        "midnight": pa.array([datetime(2022, 1, 5), None]),
        "moment": pa.array([datetime(2022, 1, 5, 14, 3, 22), datetime(262, 1, 1, 1)], pa.timestamp("us")),
        "zoned": pa.array([datetime(2022, 1, 5, 14, tzinfo=late), None], pa.timestamp("us", "+06:00")),
        "sure": pa.array([True, None]),
        "kind": pa.array(["x", "y"]).dictionary_encode(),
        "nothing": pa.nulls(2),
        "list": pa.array([["a", None, "b"], []]),
        "nested": pa.array([{"lat": 1.5, "tags": ["x"]}, None]),
    }
    sheet = read(written(tmp_path, {**columns, "bytes": pa.array([b"a", b"b"])}))
    found = {name: column.to_pylist() for name, column in sheet.cells.columns.items()}
    assert found == {
        "text": ["a", ""],
        "whole": ["1000000000000", ""],
        "decimal": ["0.1", ""],
        "large": ["100000000000000000000", "0.0000001"],
        "money": ["1.50", ""],
        "day": ["2022-01-05", ""],
        "midnight": ["2022-01-05", ""],
        "moment": ["2022-01-05 14:03:22", "0262-01-01 01:00:00"],
        "zoned": ["2022-01-05 14:00:00+0600", ""],
        "sure": ["TRUE", ""],
        "kind": ["x", "y"],
        "nothing": ["", ""],
        "list": ["a; b", ""],
        "nested": ['{"lat": 1.5, "tags": ["x"]}', ""],
    }
    assert sheet.told == ("the column 'bytes' holds bytes, and is not read.",)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda raw: raw[: len(raw) // 2],
        lambda raw: raw[:-20] + bytes(20),
        lambda raw: raw[:4],
        lambda raw: raw[:200] + raw[300:],
    ],
    ids=["cut off", "no foot", "mark alone", "a hole"],
)
def test_a_file_that_is_cut_off_is_refused_whole(tmp_path: Path, spoil: Any) -> None:
    path = written(tmp_path, {"title": [f"Event {n}" for n in range(500)]})
    path.write_bytes(spoil(path.read_bytes()))
    assert "the file is broken or cut off" in refusal(path)


def test_an_encrypted_file_is_refused_as_that(tmp_path: Path) -> None:
    (tmp_path / "events.parquet").write_bytes(b"PARE" + bytes(200) + b"PARE")
    assert refusal(tmp_path / "events.parquet") == "the file is encrypted (expected an open one)."


def test_a_zip_under_the_name_of_parquet_is_no_parquet(tmp_path: Path) -> None:
    (tmp_path / "events.parquet").write_bytes(b"PK\x03\x04" + bytes(100))
    with pytest.raises(DataError, match="the archive or workbook is broken"):
        read_sheets(tmp_path / "events.parquet")


def test_more_rows_or_bytes_than_can_be_held_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, {"title": TITLES})
    monkeypatch.setattr("geodata.importers.files.geometry.parquet.MAX_BYTES", 10)
    assert "bytes when unpacked are too many" in refusal(path)
    monkeypatch.setattr("geodata.importers.files.geometry.parquet.MAX_FEATURES", 2)
    assert "3 rows are too many (expected at most 2)" in refusal(path)
