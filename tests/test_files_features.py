"""Layers of GIS files are tables of their attributes with a point for each shape, and only the file itself is read."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyogrio
import pytest
import shapely

from geodata.errors import DataError
from geodata.importers.files.geometry.features import read_features
from geodata.importers.files.geometry.kml import read_kml
from geodata.importers.files.opening import read_sheets
from geodata.importers.files.sheet import LAT, LON, SHAPE, Asked
from tests.sheets import grid, lines, where


def layer_file(path: Path, *, crs: str = "EPSG:4326", titles: tuple[Any, ...] = ("Strike", "Митинг", None)) -> Path:
    points = shapely.points([[30.5, 50.4], [36.2, 49.9], [0, 0]])
    points[2] = None
    if crs == "EPSG:32636":
        points = shapely.points([[464451.4, 5583191.3], [873900.4, 5541058.1], [0, 0]])
    table = pa.table(
        {
            "geometry": pa.array(shapely.to_wkb(points), pa.binary()),
            "title": pa.array(titles, pa.string()),
            "day": pa.array(np.array(["2022-03-01", "2022-03-02", "NaT"], "M8[D]")),
            "deaths": pa.array([1, None, 3], pa.int64()),
            "share": pa.array([0.5, 2.0, None], pa.float64()),
        }
    )
    driver = {".gpkg": "GPKG", ".shp": "ESRI Shapefile", ".fgb": "FlatGeobuf"}[path.suffix]
    options = {"SPATIAL_INDEX": "NO"} if driver == "FlatGeobuf" else {}
    pyogrio.write_arrow(table, path, driver=driver, geometry_name="geometry", geometry_type="Point", crs=crs, **options)
    return path


@pytest.mark.parametrize("suffix", [".gpkg", ".shp", ".fgb"])
def test_layers_of_gis_files_are_read_by_their_content(tmp_path: Path, suffix: str) -> None:
    path = layer_file(tmp_path / f"events{suffix}")
    (sheet,) = read_sheets(path)
    assert grid(sheet) == [
        ["title", "day", "deaths", "share", LON, LAT],
        ["Strike", "2022-03-01", "1", "0.5", "30.5", "50.4"],
        ["Митинг", "2022-03-02", "", "2", "36.2", "49.9"],
        ["", "", "3", "", "", ""],
    ]
    assert (sheet.title, sheet.told) == ("" if suffix == ".shp" else "events", ("1 feature has no geometry.",))
    if suffix != ".shp":
        renamed = path.rename(tmp_path / "renamed.geojson")
        assert grid(read_sheets(renamed)[0]) == grid(sheet)


def test_metres_of_a_layer_are_brought_to_degrees(tmp_path: Path) -> None:
    (sheet,) = read_sheets(layer_file(tmp_path / "events.gpkg", crs="EPSG:32636"))
    lon, lat = map(float, where(sheet)[0])
    assert (round(lon, 3), round(lat, 3)) == (32.5, 50.4)
    assert sheet.told == ("the coordinates were brought from WGS 84 / UTM zone 36N to degrees.",)


def test_each_layer_of_a_geopackage_is_a_sheet_and_a_table_has_no_points(tmp_path: Path) -> None:
    path = layer_file(tmp_path / "events.gpkg")
    pyogrio.write_arrow(pa.table({"note": pa.array(["x"])}), path, layer="notes", driver="GPKG", append=True)
    events, notes = read_sheets(path)
    assert [events.title, notes.title] == ["events", "notes"]
    assert (grid(notes), notes.told) == ([["note"], ["x"]], ())


def test_a_shapefile_needs_its_table_but_neither_index_nor_encoding(tmp_path: Path) -> None:
    path = layer_file(tmp_path / "events.shp")
    whole = grid(read_sheets(path)[0])
    (tmp_path / "events.shx").unlink()
    (tmp_path / "events.dbf").rename(tmp_path / "EVENTS.DBF")
    assert grid(read_sheets(path)[0]) == whole
    (tmp_path / "events.cpg").unlink()
    (sheet,) = read_sheets(path)
    assert (grid(sheet), sheet.told[0]) == (whole, "the file names no encoding for its texts; they are read as UTF-8.")


def test_a_part_of_a_shapefile_names_the_file_to_open(tmp_path: Path) -> None:
    layer_file(tmp_path / "events.shp")
    with pytest.raises(DataError, match=r"belongs to a shapefile \(expected the .shp itself: open 'events.shp'\)"):
        read_sheets(tmp_path / "events.dbf")


def test_a_zipped_shapefile_is_read(tmp_path: Path) -> None:
    whole = grid(read_sheets(layer_file(tmp_path / "events.shp"))[0])
    with zipfile.ZipFile(tmp_path / "events.zip", "w") as target:
        for part in tmp_path.glob("events.[!z]*"):
            target.write(part, f"folder/{part.name}")
    assert grid(read_sheets(tmp_path / "events.zip")[0]) == whole


@pytest.mark.parametrize("suffix", [".gpkg", ".shp", ".fgb"])
def test_a_layer_that_is_cut_off_is_refused_and_nothing_of_it_shown(tmp_path: Path, suffix: str) -> None:
    path = layer_file(tmp_path / f"events{suffix}", titles=("Strike" * 30, "x" * 200, "y"))
    raw = path.read_bytes()
    path.write_bytes(raw[: len(raw) // 3 if suffix == ".gpkg" else len(raw) - 40])
    with pytest.raises(DataError) as caught:
        read_sheets(path)
    assert len(caught.value.problems) == 1
    assert str(tmp_path) not in str(caught.value)


def test_a_layer_leaves_nothing_beside_the_original(tmp_path: Path) -> None:
    path = layer_file(tmp_path / "events.gpkg")
    before = path.read_bytes()
    read_sheets(path)
    assert ([*tmp_path.iterdir()], path.read_bytes()) == ([path], before)


def test_a_virtual_layer_opens_no_other_file(tmp_path: Path) -> None:
    secret = layer_file(tmp_path / "secret.gpkg")
    text = f"<OGRVRTDataSource><OGRVRTLayer name='secret'><SrcDataSource>{secret}</SrcDataSource></OGRVRTLayer>"
    for name in ("events.geojson", "events.gpkg", "events.kml"):
        (tmp_path / name).write_text(text + "</OGRVRTDataSource>", encoding="utf-8")
        with pytest.raises(DataError, match="XML that begins with <OGRVRTDataSource>"):
            read_sheets(tmp_path / name)
        with pytest.raises(DataError):
            read_features(tmp_path / name, Asked(name))


KML = """<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>
<Placemark><name>Strike</name><TimeStamp><when>2022-03</when></TimeStamp>
<Point><coordinates>30.5,50.4,0</coordinates></Point></Placemark>
<Folder><name>North</name><Placemark><name>March &amp; rally</name><description>x</description>
<TimeSpan><begin>2022-03-01</begin><end>2022-03-02</end></TimeSpan>
<ExtendedData><Data name="deaths"><value>3</value></Data></ExtendedData>
<Polygon><outerBoundaryIs>
<LinearRing><coordinates>0,0 2,0 2,2 0,2 0,0</coordinates></LinearRing></outerBoundaryIs></Polygon>
</Placemark></Folder>
<Placemark><name>broken</name><Point><coordinates>here</coordinates></Point></Placemark>
<Placemark><name>open</name><LinearRing><coordinates>0,0 2,0 2,2 0,2</coordinates></LinearRing></Placemark>
<Placemark><name>nowhere</name></Placemark>
<Placemark><name>two</name><MultiGeometry><Point><coordinates>1,2</coordinates></Point>
<Point><coordinates>3,4</coordinates></Point></MultiGeometry></Placemark>
<NetworkLink><Link><href>http://127.0.0.1:9/x.kml</href></Link></NetworkLink>
</Document></kml>"""


def test_placemarks_are_rows_with_their_times_as_written(tmp_path: Path) -> None:
    (tmp_path / "events.txt").write_text(KML, encoding="utf-8")
    (sheet,) = read_sheets(tmp_path / "events.txt")
    assert grid(sheet) == [
        ["name", "when", "description", "begin", "end", "folder", "deaths", LON, LAT, SHAPE],
        ["Strike", "2022-03", "", "", "", "", "", "30.5", "50.4", ""],
        ["March & rally", "", "x", "2022-03-01", "2022-03-02", "North", "3", "1", "1", "area"],
        ["nowhere", "", "", "", "", "", "", "", "", ""],
        ["two", "", "", "", "", "", "", "1; 3", "2; 4", "points"],
    ]
    assert (lines(sheet), [row[0] for row in sheet.rejected]) == ([1, 2, 5, 6], [3, 4])
    assert sheet.told == ("1 link to another file is not followed.", "1 feature has no geometry.")


def test_the_table_in_a_description_has_the_attributes_of_a_placemark(tmp_path: Path) -> None:
    inner = "<table><tr><td>Date</td><td>1950-07-05</td></tr><tr><td>name</td><td>x</td></tr></table>"
    text = f"<Placemark><name>Osan</name><description><![CDATA[<b>A</b><table><tr><td>{inner}</td></tr><tr><td>Lost"
    text += "</td><td>~ <i>180</i> killed</td></tr></table>]]></description><Point><coordinates>127,37</coordinates>"
    (tmp_path / "a.kml").write_text(f"<kml><Document>{text}</Point></Placemark></Document></kml>", encoding="utf-8")
    header, row = grid(read_kml(tmp_path / "a.kml", Asked("a.kml")))
    found = dict(zip(header, row, strict=True))
    assert (found["name"], found["Date"], found["Lost"]) == ("Osan", "1950-07-05", "~ 180 killed")


def test_a_packed_kml_is_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "events.kmz", "w") as target:
        target.writestr("doc.kml", KML)
        target.writestr("files/icon.png", b"\x89PNG")
    assert lines(read_sheets(tmp_path / "events.kmz")[0]) == [1, 2, 5, 6]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('<!DOCTYPE kml [<!ENTITY a "aaaa">]><kml>&a;</kml>', "declares XML entities"),
        ("<kml><Document>", "the file is no XML"),
        ("<kml>" + "<Folder>" * 100_000, "the file is no XML"),
    ],
    ids=["entities", "cut off", "deep"],
)
def test_a_kml_that_could_harm_is_refused(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "events.kml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=words):
        read_kml(tmp_path / "events.kml", Asked("events.kml"))


def test_the_case_of_a_shapefile_s_parts_does_not_matter(tmp_path: Path) -> None:
    layer_file(tmp_path / "a.shp")
    for part in [*tmp_path.glob("a.*")]:
        shutil.move(part, tmp_path / part.name.upper())
    assert len(read_sheets(tmp_path / "A.SHP")[0].cells) == 3
