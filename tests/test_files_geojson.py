"""GeoJSON and lists of records: a point for each shape, and a broken feature costs its own row only."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geodata.errors import DataError
from geodata.importers.files.geometry import geojson, shapes
from geodata.importers.files.geometry.geojson import read_json
from geodata.importers.files.sheet import LAT, LON, SHAPE, Asked, Sheet
from tests.sheets import grid, lines, where

STRIKE = {"type": "Point", "coordinates": [30.5, 50.4]}
SQUARE = [[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features: Any, **members: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features), **members}


def read(tmp_path: Path, content: Any, *, crs: str = "") -> Sheet:
    path = tmp_path / "events.geojson"
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    (sheet,) = read_json(path, Asked(path.name, crs=crs))
    return sheet


def refusal(tmp_path: Path, content: Any) -> str:
    with pytest.raises(DataError) as caught:
        read(tmp_path, content)
    (problem,) = caught.value.problems
    return problem.message


def shape_of(tmp_path: Path, geometry: Any) -> tuple[tuple[str, str], str]:
    sheet = read(tmp_path, collection(feature(geometry, title="x")))
    return where(sheet)[0], sheet.cells.column(SHAPE)[0].as_py()


def test_features_are_rows_with_their_attributes_as_texts(tmp_path: Path) -> None:
    first = {"title": "Strike", "date": "2022-03-01", "deaths": 1, "share": 0.5, "is_sure": True, "tags": ["a", "b"]}
    second = {"title": None, "place": {"name": "Taraz", "size": 2}, "deaths": 2.0}
    sheet = read(tmp_path, collection(feature(STRIKE, **first), {**feature(None, **second), "id": 7}))
    assert grid(sheet) == [
        [*first, "id", "place.name", "place.size", LON, LAT],
        ["Strike", "2022-03-01", "1", "0.5", "TRUE", "a; b", "", "", "", "30.5", "50.4"],
        ["", "", "2", "", "", "", "7", "Taraz", "2", "", ""],
    ]
    assert (lines(sheet), sheet.told) == ([1, 2], ("1 feature has no geometry.",))


BROKEN: list[tuple[Any, str]] = [
    (feature({"type": "Point", "coordinates": [float("nan"), 1]}, n=1), "its coordinates are not all numbers"),
    (feature({"type": "Point", "coordinates": [float("inf"), 1]}), "its coordinates are not all numbers"),
    (
        feature({"type": "LineString", "coordinates": [[0, 0], [float("nan"), 1]]}),
        "its coordinates are not all numbers",
    ),
    (feature({"type": "Point", "coordinates": ["30.5", "50.4"]}), "the coordinates '30.5; 50.4' are no position"),
    (feature({"type": "Point", "coordinates": [True, False]}), "are no position"),
    (feature({"type": "Point", "coordinates": [10**400, 1]}), "are not all numbers"),
    (feature({"type": "Point", "coordinates": []}), "the geometry has no coordinates"),
    (feature({"type": "Point"}), "the geometry has no coordinates"),
    (feature({"type": "Sphere", "coordinates": [1, 2]}), "the geometry type 'Sphere' is none of GeoJSON's"),
    (feature([]), "the geometry type '' is none of GeoJSON's"),
    (feature({"type": "LineString", "coordinates": [[1, 2]]}), "too few positions (expected at least 2)"),
    (feature({"type": "Polygon", "coordinates": [SQUARE[:4]]}), "a ring of the polygon is open"),
    (feature({"type": "Polygon", "coordinates": [SQUARE[:2]]}), "too few positions (expected at least 4)"),
    (feature({"type": "GeometryCollection"}), "has no list of geometries"),
    ({"type": "Sphere"}, "the type 'Sphere' is none of GeoJSON's"),
    (5, "the entry is no feature"),
    (None, "the entry is no feature"),
]


@pytest.mark.parametrize(("broken", "words"), BROKEN, ids=[words[:40] + str(n) for n, (_, words) in enumerate(BROKEN)])
def test_a_broken_feature_is_rejected_by_its_number_and_the_others_are_kept(
    tmp_path: Path, broken: Any, words: str
) -> None:
    sheet = read(tmp_path, collection(feature(STRIKE, title="x"), broken, feature(STRIKE, title="y")))
    assert (lines(sheet), [row[0] for row in sheet.rejected]) == ([1, 3], [2])
    assert words in sheet.rejected[0][1]


def test_every_feature_is_a_row_or_rejected(tmp_path: Path) -> None:
    features = [feature(STRIKE, title="x"), *(broken for broken, _ in BROKEN), feature(None, title="y")]
    sheet = read(tmp_path, collection(*features))
    assert sorted([*lines(sheet), *(row[0] for row in sheet.rejected)]) == list(range(1, len(features) + 1))


@pytest.mark.parametrize(
    ("geometry", "expected"),
    [
        ({"type": "Point", "coordinates": [1e-05, -0.0, 300]}, (("0.00001", "0"), "")),
        ({"type": "MultiPoint", "coordinates": [[1, 2]]}, (("1", "2"), "")),
        ({"type": "MultiPoint", "coordinates": [[1, 2], [3.5, 4]]}, (("1; 3.5", "2; 4"), "points")),
        ({"type": "LineString", "coordinates": [[0, 0], [2, 0]]}, (("1", "0"), "line")),
        ({"type": "Polygon", "coordinates": [SQUARE]}, (("1", "1"), "area")),
        ({"type": "MultiPolygon", "coordinates": [[SQUARE]]}, (("1", "1"), "area")),
        ({"type": "GeometryCollection", "geometries": [STRIKE]}, (("30.5", "50.4"), "points")),
    ],
    ids=lambda value: value.get("type") if isinstance(value, dict) else "",
)
def test_a_shape_has_a_point_on_it(tmp_path: Path, geometry: Any, expected: tuple[tuple[str, str], str]) -> None:
    assert shape_of(tmp_path, geometry) == expected


def test_the_point_of_an_area_with_a_hole_lies_on_the_area(tmp_path: Path) -> None:
    hole = [[0.5, 0.5], [1.5, 0.5], [1.5, 1.5], [0.5, 1.5], [0.5, 0.5]]
    (lon, lat), kind = shape_of(tmp_path, {"type": "Polygon", "coordinates": [SQUARE, hole]})
    area = shapely.Polygon(SQUARE, [hole])
    assert (kind, area.contains(shapely.Point(float(lon), float(lat)))) == ("area", True)


def test_an_area_whose_outline_crosses_itself_is_made_valid_and_recorded(tmp_path: Path) -> None:
    bow = {"type": "Polygon", "coordinates": [[[0, 0], [2, 2], [2, 0], [0, 2], [0, 0]]]}
    sheet = read(tmp_path, collection(feature(bow, title="x")))
    assert sheet.repairs == ((1, SHAPE, "a shape whose outline crosses itself was made valid."),)
    assert sheet.cells.columns[SHAPE].to_pylist() == ["area"]


@pytest.mark.parametrize(
    "ring",
    [
        [[170, -10], [-170, -10], [-170, 10], [170, 10], [170, -10]],
        [[170, -10], [190, -10], [190, 10], [170, 10], [170, -10]],
    ],
    ids=["wrapped", "running on"],
)
def test_an_area_across_180_degrees_has_its_point_in_the_pacific(tmp_path: Path, ring: list[list[float]]) -> None:
    (lon, lat), _ = shape_of(tmp_path, {"type": "Polygon", "coordinates": [ring]})
    assert abs(float(lon)) >= 170 and -10 < float(lat) < 10


def test_a_map_of_the_whole_earth_is_no_shape_across_180_degrees(tmp_path: Path) -> None:
    ring = [[-180, -90], [180, -90], [180, 90], [-180, 90], [-180, -90]]
    assert shape_of(tmp_path, {"type": "Polygon", "coordinates": [ring]}) == (("0", "0"), "area")


def test_metres_without_a_reference_system_are_refused_and_read_with_one(tmp_path: Path) -> None:
    content = collection(feature({"type": "Point", "coordinates": [795609, 618963]}, title="x"))
    assert refusal(tmp_path, content) == (
        "(795609, 618963) looks like projected coordinates, and the file names no reference system for them "
        "(expected degrees; give --crs, as in EPSG:32642)."
    )
    asked = read(tmp_path, content, crs="EPSG:3857")
    named = read(tmp_path, {**content, "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}})
    assert where(asked) == where(named) == [("7.1470772", "5.5515323")]
    assert asked.told == ("the coordinates are read as EPSG:3857, as asked.",)
    assert named.told == ("the coordinates were brought from WGS 84 / Pseudo-Mercator to degrees.",)


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "urn:ogc:def:crs:EPSG::4326"])
def test_degrees_stay_the_digits_they_are(tmp_path: Path, name: str) -> None:
    point = {"type": "Point", "coordinates": [76.945123456789, 43.238123456789]}
    sheet = read(tmp_path, collection(feature(point), crs={"type": "name", "properties": {"name": name}}))
    assert (where(sheet), sheet.told) == ([("76.945123456789", "43.238123456789")], ())


@pytest.mark.parametrize("crs", [{"type": "name", "properties": {"name": "EPSG:999999"}}, {"type": "link"}, 5])
def test_an_unknown_reference_system_is_refused(tmp_path: Path, crs: Any) -> None:
    assert "reference system" in refusal(tmp_path, collection(feature(STRIKE), crs=crs))


def test_features_line_by_line_are_read_and_a_line_that_is_none_rejected(tmp_path: Path) -> None:
    rows = [json.dumps(feature(STRIKE, title=title)) for title in "xyz"]
    sheet = read(tmp_path, "\n".join([rows[0], "", "{broken", "\x1e" + rows[1], rows[2]]) + "\n")
    assert (lines(sheet), [row[0] for row in sheet.rejected]) == ([1, 4, 5], [3])
    assert "the line is no JSON" in sheet.rejected[0][1]


def test_records_of_a_list_are_rows(tmp_path: Path) -> None:
    records = [
        {"id": 1, "date": "2022-01-05", "location": {"lat": 43.2, "lon": 76.9}, "sources": ["a", "b"], "type": "Point"},
        "no record",
        {"id": 2, "media": [{"url": "x"}]},
    ]
    sheet = read(tmp_path, records)
    assert grid(sheet) == [
        ["id", "date", "location.lat", "location.lon", "sources", "type", "media"],
        ["1", "2022-01-05", "43.2", "76.9", "a; b", "Point", ""],
        ["2", "", "", "", "", "", '[{"url": "x"}]'],
    ]
    assert (lines(sheet), sheet.rejected[0][::2]) == ([1, 3], (2, "no record"))
    assert grid(read(tmp_path, {"count": 2, "events": records[:1]}))[1][0] == "1"


def test_half_a_letter_is_taken_out_and_recorded(tmp_path: Path) -> None:
    sheet = read(tmp_path, '[{"title": "a\\ud800b", "n": "\\u0000"}, {"title": "\\ud83d\\ude00"}, "\\udfff"]')
    assert sheet.cells.columns["title"].to_pylist() == ["ab", "\U0001f600"]
    assert (1, "title", "half a letter (a lone surrogate) was taken out.") in sheet.repairs
    assert sheet.rejected[0][2].encode()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[" * 100_000, "the file is nested too deep"),
        ('{"type":"GeometryCollection","geometries":[' * 100_000, "the file is nested too deep"),
        ("{", "the file is no JSON: line 1"),
        ("[1, 2]", "no list of records"),
        ('{"a": [{}], "b": [{}]}', "2 lists of records"),
        ('{"type": "FeatureCollection"}', "no list of features"),
        ('{"type": "Topology", "objects": {}}', "TopoJSON"),
    ],
)
def test_json_that_is_no_table_is_refused(tmp_path: Path, content: str, words: str) -> None:
    assert words in refusal(tmp_path, content)


def test_an_empty_collection_is_a_layer_without_rows(tmp_path: Path) -> None:
    sheet = read(tmp_path, collection())
    assert (len(sheet.cells), set(sheet.cells.names)) == (0, {LON, LAT})


def test_a_collection_of_collections_is_followed_to_a_depth(tmp_path: Path) -> None:
    nested: Any = STRIKE
    for _ in range(9):
        nested = {"type": "GeometryCollection", "geometries": [nested]}
    assert "nested too deep" in read(tmp_path, collection(feature(nested))).rejected[0][1]
    assert len(read(tmp_path, collection(feature(nested["geometries"][0]))).cells) == 1


def test_more_features_or_vertices_than_can_be_held_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = collection(feature({"type": "Polygon", "coordinates": [SQUARE]}), feature(STRIKE))
    monkeypatch.setattr(shapes, "MAX_VERTICES", 5)
    assert "the shapes have over 5 points" in refusal(tmp_path, content)
    monkeypatch.setattr(geojson, "MAX_FEATURES", 1)
    assert "2 features are too many" in refusal(tmp_path, content)


NUMBER = st.floats(-180, 180, allow_nan=False).map(lambda x: round(x, 5))
# Larger numbers are metres, of which a file with many of them is refused as a whole.
FLOAT = st.floats(-1000, 1000) | st.sampled_from([float("nan"), float("inf"), -float("inf")])
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 400) | FLOAT | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["type", "coordinates", "x"]), inner),
    max_leaves=8,
)
GEOMETRY = st.one_of(
    st.tuples(NUMBER, NUMBER).map(lambda xy: {"type": "Point", "coordinates": list(xy)}),
    st.builds(
        lambda kind, coordinates: {"type": kind, "coordinates": coordinates},
        st.sampled_from(["Point", "MultiPoint", "LineString", "Polygon", "MultiPolygon", "GeometryCollection"]),
        JSON,
    ),
    JSON,
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(GEOMETRY, max_size=5))
def test_whatever_stands_for_a_geometry_each_feature_is_a_row_or_rejected(tmp_path: Path, found: list[Any]) -> None:
    features = [feature(STRIKE, title="first"), *(feature(each, title=f"n{n}") for n, each in enumerate(found))]
    sheet = read(tmp_path, collection(*features))
    numbers = sorted([*lines(sheet), *(row[0] for row in sheet.rejected)])
    assert numbers == list(range(1, len(features) + 1))
    for lon, lat in where(sheet):
        assert all(np.isfinite(float(part)) for text in (lon, lat) if text for part in text.split("; "))
