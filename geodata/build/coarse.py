"""Make what only the page's map needs of the basemap, from what is built already: its names and its land borders.

A browser draws a border between two countries once and no coasts: half the lines to draw at every frame.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

from geodata.places.folding import fold

CYRILLIC_COUNTRIES = ("BG", "BY", "KG", "KZ", "MK", "MN", "RS", "RU", "TJ", "UA")
SMALLEST = 100_000
# Population -> the zoom from which the name is shown.
CITY_ZOOMS = ((5_000_000, 3.0), (1_000_000, 4.0), (400_000, 5.0), (200_000, 5.8), (SMALLEST, 6.6))
COARSE_DEG = 0.2
COARSE_ZOOM = 4.5


def build_coarse(folder: Path) -> None:
    """Write `folder`/coarse: countries, borders and labels as far as a first look needs them, in a tenth of the bytes.

    The page loads these first and the whole ones when it has painted.
    """
    from shapely import coverage_simplify, get_parts, set_precision  # noqa: PLC0415 - only when asked for
    from shapely.geometry import MultiPolygon, mapping, shape  # noqa: PLC0415

    out = folder / "coarse"
    out.mkdir(exist_ok=True)
    countries = json.loads((folder / "countries.geojson").read_text(encoding="utf-8"))["features"]
    shapes = coverage_simplify([shape(country["geometry"]) for country in countries], COARSE_DEG)
    features = []
    for country, simple in zip(countries, shapes, strict=True):
        # Rings that have shrunk to less than a pixel at the zooms this is for are left out, but for the largest.
        parts = sorted(get_parts(set_precision(simple, 0.02)), key=lambda part: -part.area)
        kept = MultiPolygon([part for i, part in enumerate(parts) if i == 0 or part.area > COARSE_DEG**2])
        if kept.geoms:
            properties = {"iso2": country["properties"]["iso2"]}
            features.append({"type": "Feature", "properties": properties, "geometry": mapping(kept)})
    _write(out / "countries.geojson", features)
    build_borders(out / "countries.geojson", out / "borders.geojson")
    labels = json.loads((folder / "labels.geojson").read_text(encoding="utf-8"))["features"]
    _write(out / "labels.geojson", [f for f in labels if f["properties"]["minzoom"] <= COARSE_ZOOM])


def _write(path: Path, features: list[dict[str, Any]]) -> None:
    lines = ",\n".join(json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in features)
    path.write_text(f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n', encoding="utf-8")


def build_borders(countries: Path, out: Path) -> None:
    """Write `out` (GeoJSON lines, EPSG:4326): every border that two of the countries share, once."""
    from shapely import MultiLineString, line_merge  # noqa: PLC0415 - only when asked for
    from shapely.geometry import mapping, shape  # noqa: PLC0415

    shared: Counter[tuple[Any, Any]] = Counter()
    for feature in json.loads(countries.read_text(encoding="utf-8"))["features"]:
        geometry = shape(feature["geometry"])
        for part in getattr(geometry, "geoms", [geometry]):
            for ring in (part.exterior, *part.interiors):
                points = list(ring.coords)
                shared.update((min(pair), max(pair)) for pair in pairwise(points) if pair[0] != pair[1])
    twice = sorted(segment for segment, count in shared.items() if count > 1)
    lines = line_merge(MultiLineString(twice))
    feature = {"type": "Feature", "properties": {}, "geometry": mapping(lines)}
    text = json.dumps({"type": "FeatureCollection", "features": [feature]}, separators=(",", ":"))
    out.write_text(f"{text}\n", encoding="utf-8")


def build_labels(gazetteer: Path, countries: Path, out: Path) -> None:
    """Write `out` (GeoJSON points, EPSG:4326; kind, name, local, rank, minzoom) from the built gazetteer and
    countries.geojson. `rank` sorts by importance, the most important first."""
    rows = sorted([*_cities(gazetteer), *_countries(countries)], key=lambda row: (row[1]["rank"], row[1]["name"]))
    features = [
        {"type": "Feature", "properties": properties, "geometry": {"type": "Point", "coordinates": point}}
        for point, properties in rows
    ]
    _write(out, features)


Row = tuple[list[float], dict[str, Any]]


def _cities(gazetteer: Path) -> list[Row]:
    import pyarrow.parquet as pq  # noqa: PLC0415 - only when asked for

    wanted = [("feature", "in", ["city", "capital"]), ("population", ">=", SMALLEST)]
    found = []
    for row in pq.read_table(gazetteer / "places.parquet", filters=wanted).to_pylist():
        zoom = next(zoom for population, zoom in CITY_ZOOMS if row["population"] >= population)
        name, *others = row["names"]
        official = {use["number"] for use in row["uses"] or () if use["official"]}
        names = [(other, number in official) for number, other in enumerate(others, start=1)]
        local = _cyrillic(name, names) if row["country"] in CYRILLIC_COUNTRIES else ""
        properties = {
            "kind": "city",
            "name": name,
            "local": local,
            "rank": -row["population"] // 10_000,
            "minzoom": zoom - (0.6 if row["feature"] == "capital" else 0),
        }
        found.append(([round(float(row["lon"]), 3), round(float(row["lat"]), 3)], properties))
    return found


def _cyrillic(name: str, others: list[tuple[str, bool]]) -> str:
    """The Cyrillic spelling of the same name; older names of the city are spelt otherwise and stay out.

    `others` are names, each with whether it is official.
    """
    from rapidfuzz import fuzz  # noqa: PLC0415 - only when asked for

    alike = {other: fuzz.ratio(fold(other), fold(name)) for other, _ in others if "Ѐ" <= other[0] <= "ӿ"}
    spelt = [(official, alike[other], other) for other, official in others if alike.get(other, 0) >= 60]
    return max(spelt, default=(False, 0.0, ""))[2]


def _countries(countries: Path) -> list[Row]:
    from shapely.geometry import shape  # noqa: PLC0415 - only when asked for

    found = []
    for feature in json.loads(countries.read_text(encoding="utf-8"))["features"]:
        properties = feature["properties"]
        if not properties["iso2"]:
            continue
        area = shape(feature["geometry"]).area
        local = properties["name_local"] or ""
        zoom = round(min(6.0, max(1.0, 5.2 - math.log2(max(area, 0.01)) / 2)), 1)
        row = {"kind": "country", "name": properties["name"], "local": local, "rank": -round(area) * 1000}
        found.append((properties["label"], row | {"minzoom": zoom}))
    return found
