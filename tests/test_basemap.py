"""The bundled base data: what the map and the region lookup rely on. Made by `python -m geodata.build`."""

from __future__ import annotations

import csv
import json
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import shapely
from shapely.geometry import shape

ROOT = Path(__file__).resolve().parent.parent
BASEMAP = ROOT / "geodata" / "data" / "basemap"
GLYPHS = ROOT / "assets" / "glyphs"
FONTS = ROOT / "assets" / "fonts"


def features(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((BASEMAP / name).read_text(encoding="utf-8"))["features"]
    return found


def regions_at(country: str, lon: float, lat: float) -> list[str]:
    point = shapely.Point(lon, lat)
    return [
        feature["properties"]["name"]
        for feature in features(f"regions/{country}.geojson")
        if shape(feature["geometry"]).contains(point)
    ]


@pytest.mark.parametrize(
    ("country", "lon", "lat", "region"),
    [
        ("KZ", 76.9115, 43.2525, "Almaty"),
        ("KZ", 71.4460, 51.1801, "Nur-Sultan"),
        ("KZ", 57.2072, 50.2797, "Aktobe Region"),
        ("KZ", 78.3739, 45.0156, "Almaty Region"),  # Taldykorgan, before June 2022
        ("KZ", 77.1168, 43.7330, "Almaty Region"),  # Zhetygen
        ("RU", 38.0617, 55.8783, "Moscow Oblast"),  # Chkalovsky
        ("KZ", 63.3, 45.95, "Baikonur"),
    ],
)
def test_a_place_of_january_2022_lies_in_exactly_its_region_of_that_month(
    country: str, lon: float, lat: float, region: str
) -> None:
    assert regions_at(country, lon, lat) == [region]


def test_every_region_id_is_there_once_and_no_two_regions_of_kazakhstan_share_a_name() -> None:
    ids, kazakh = [], []
    for path in sorted((BASEMAP / "regions").glob("*.geojson")):
        for feature in features(f"regions/{path.name}"):
            ids.append(feature["properties"]["region_id"])
            assert feature["properties"]["country"] == path.stem
            if path.stem == "KZ":
                kazakh.append(feature["properties"]["name"])
    assert len(ids) == len(set(ids))
    assert len(kazakh) == len(set(kazakh)) == 17


@pytest.mark.parametrize("country", ["KZ", "KG", "UZ", "RU", "UA"])
def test_the_regions_of_a_country_neither_overlap_nor_leave_gaps_and_fill_its_outline(country: str) -> None:
    shapes = [shape(feature["geometry"]) for feature in features(f"regions/{country}.geojson")]
    outline = next(
        shape(feature["geometry"])
        for feature in features("countries.geojson")
        if feature["properties"]["iso2"] == country
    )
    whole = shapely.union_all(shapes)
    assert whole.area == pytest.approx(sum(each.area for each in shapes), rel=1e-3)
    assert whole.symmetric_difference(outline).area < 1e-3 * outline.area


def test_neighbouring_countries_share_their_border() -> None:
    countries = features("countries.geojson")
    outlines = {country["properties"]["iso2"]: shape(country["geometry"]) for country in countries}
    for neighbour in ("CN", "KG", "RU", "TM", "UZ"):
        border = outlines["KZ"].boundary.intersection(outlines[neighbour].boundary)
        assert outlines["KZ"].intersection(outlines[neighbour]).area < 1e-3
        assert border.length > 3, f"Kazakhstan and {neighbour} share {border.length} degrees of border"


def test_kazakhstan_is_one_country_with_its_own_name_and_a_label_inside() -> None:
    found = [feature for feature in features("countries.geojson") if feature["properties"]["iso2"] == "KZ"]
    assert len(found) == 1
    properties = found[0]["properties"]
    assert (properties["name"], properties["name_ru"], properties["name_local"]) == (
        "Kazakhstan",
        "Казахстан",
        "Қазақстан",
    )
    assert shape(found[0]["geometry"]).contains(shapely.Point(properties["label"]))


def test_every_polygon_is_valid_and_every_coordinate_is_lon_lat() -> None:
    names = ["countries.geojson", "lakes.geojson", "rivers.geojson", "disputed_borders.geojson"]
    names += [f"regions/{path.name}" for path in (BASEMAP / "regions").glob("*.geojson")]
    for name in names:
        for feature in features(name):
            geometry = shape(feature["geometry"])
            assert geometry.is_valid, f"{name}: {feature['properties']}"
            west, south, east, north = geometry.bounds
            assert -180 <= west <= east <= 180, name
            assert -90 <= south <= north <= 90, name


@pytest.mark.parametrize(
    ("name", "lon", "lat"),
    [
        ("Caspian Sea", 51.0, 42.0),
        ("Aral Sea", 60.8, 46.5),
        ("Lake Balkhash", 78.0, 46.6),
        ("Lake Zaysan", 84.0, 48.0),
    ],
)
def test_the_great_lakes_of_central_asia_are_water(name: str, lon: float, lat: float) -> None:
    point = shapely.Point(lon, lat)
    found = [feature for feature in features("lakes.geojson") if shape(feature["geometry"]).contains(point)]
    assert [feature["properties"]["name"] for feature in found] == [name]


@pytest.mark.parametrize("folder", [BASEMAP, GLYPHS, FONTS], ids=lambda folder: folder.name)
def test_every_file_of_the_base_data_has_one_origin_line(folder: Path) -> None:
    with (folder / "ORIGIN.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    assert all(line["licence"] and line["made_on"] for line in lines)
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name != "ORIGIN.csv":
            assert sum(fnmatch(name, line["files"]) for line in lines) == 1, name


def test_the_bundled_data_is_smaller_than_32_megabytes() -> None:
    paths = [path for folder in (ROOT / "geodata" / "data", GLYPHS, FONTS) for path in folder.rglob("*")]
    assert sum(path.stat().st_size for path in paths if path.is_file()) < 32_000_000


def test_the_figure_fonts_have_the_kazakh_letters_and_the_mark_shapes() -> None:
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - only this test opens fonts

    letters = "Қазақстан Әңғөұүһі Ññ Łł –—“”„•№₸"
    for name, wanted in {
        "NotoSans-Regular.ttf": letters,
        "NotoSans-Bold.ttf": letters,
        "SitrepSymbols.ttf": "▲■◆●○✚→≥",
    }.items():
        with TTFont(FONTS / name) as font:
            codes = font.getBestCmap()
        assert [letter for letter in wanted if ord(letter) not in codes] == [], name


def test_every_face_of_the_style_sheet_is_a_file_beside_it() -> None:
    css = (FONTS / "fonts.css").read_text(encoding="utf-8")
    urls = [part.split('"')[1] for part in css.split("url(")[1:]]
    assert len(urls) == 4
    assert all((FONTS / url).is_file() for url in urls)
    assert "http" not in css


@pytest.mark.parametrize("name", ["Crimea", "Somaliland", "Northern Cyprus"])
def test_a_territory_that_is_drawn_with_its_country_of_iso_3166_keeps_a_disputed_line(name: str) -> None:
    lines = [line for line in features("disputed_borders.geojson") if line["properties"]["name"] == name]
    assert len(lines) == 1
    assert shape(lines[0]["geometry"]).length > 0.2
