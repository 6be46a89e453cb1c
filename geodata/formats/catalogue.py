"""What events and claims can be given as: one table, which the commands, HTTP, the help and the reference read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.errors import ChoiceError, TooMany

if TYPE_CHECKING:
    from geodata.formats.asked import Asked
    from geodata.store.result import Result
    from geodata.store.store import Store

GEOPARQUET = ("1.1", "2.0")


@dataclass(frozen=True, slots=True)
class Format:
    """What events can be given as.

    `suffix` is that of its file and of its address, "" for one that has none since what it leaves out is told on
    stderr. `says` and `cannot` are for people. `write` gives the bytes piece by piece; `is_text` are those that a
    terminal can show, `most` is how many events HTTP gives at once (0: any number), `hxl` whether tags can be had.
    """

    label: str
    suffix: str
    media_type: str
    write: Callable[[Asked], Iterator[bytes]]
    says: str
    cannot: str
    is_text: bool = False
    most: int = 0
    hxl: bool = False


def _geojson(asked: Asked) -> Iterator[bytes]:
    from geodata.formats.text import events_geojson  # noqa: PLC0415 (the engine, as below; --help does without)

    return (piece.encode() for piece in events_geojson(asked.result, asked.name, asked.losses))


def _csv(asked: Asked) -> Iterator[bytes]:
    from geodata.formats.text import events_csv  # noqa: PLC0415

    return (piece.encode() for piece in events_csv(asked.result, hxl=asked.hxl))


def _xlsx(asked: Asked) -> Iterator[bytes]:
    from geodata.formats.workbook import write  # noqa: PLC0415 (XlsxWriter)

    return write(asked)


def _geoparquet(asked: Asked) -> Iterator[bytes]:
    from geodata.formats.geoparquet import write  # noqa: PLC0415 (pyarrow)

    return write(asked)


def _geopackage(asked: Asked) -> Iterator[bytes]:
    from geodata.formats.geopackage import write  # noqa: PLC0415 (GDAL)

    return write(asked)


def _kml(asked: Asked) -> Iterator[bytes]:
    from geodata.formats.kml import write  # noqa: PLC0415

    return write(asked)


def _folder(asked: Asked) -> Iterator[bytes]:
    from geodata.formats.folder import write  # noqa: PLC0415

    return write(asked)


def _acled(asked: Asked) -> Iterator[bytes]:
    from geodata.formats.codebooks.acled import write  # noqa: PLC0415

    return write(asked)


def _ged(asked: Asked) -> Iterator[bytes]:
    from geodata.formats.codebooks.ged import write  # noqa: PLC0415

    return write(asked)


_BEYOND = "claims, sources but for their ids, the precision of each of several places"
_OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# By the name that `--format` takes; the first is the default.
FORMATS: dict[str, Format] = {
    "geojson": Format(
        "GeoJSON", "geojson", "application/geo+json", _geojson,
        "a FeatureCollection of the events; sites, places, claims and sources as lists behind them", "", is_text=True,
    ),
    "csv": Format(
        "CSV", "csv", "text/csv; charset=utf-8", _csv,
        "a row an event", f"coordinates, {_BEYOND}", is_text=True, hxl=True,
    ),
    "xlsx": Format(
        "Excel", "xlsx", _OFFICE, _xlsx,
        "the sheets events, claims, sources, places and sites", "texts beyond 32,767 letters", most=50_000, hxl=True,
    ),
    "geoparquet": Format(
        "GeoParquet", "parquet", "application/vnd.apache.parquet", _geoparquet,
        "the events with their geometries, version 1.1 or 2.0 (`--geoparquet`)", _BEYOND,
        most=500_000,
    ),
    "gpkg": Format(
        "GeoPackage", "gpkg", "application/geopackage+sqlite3", _geopackage,
        "the layers events and places, the tables sites, claims and sources", "", most=100_000,
    ),
    "kml": Format(
        "KML", "kml", "application/vnd.google-earth.kml+xml", _kml,
        "a placemark an event, with its days and columns", _BEYOND, is_text=True,
    ),
    "folder": Format(
        "Data folder", "zip", "application/zip", _folder,
        "the files of a data folder: `--out my-data` makes a folder, `--out my-data.zip` a packed one", "",
        most=500_000,
    ),
    "acled": Format(
        "ACLED", "", "text/csv; charset=utf-8", _acled,
        "a row an event in the 31 columns of ACLED",
        "all claims but the lowest standing figure of deaths; lines, further places, last days", is_text=True,
    ),
    "ged": Format(
        "UCDP GED", "", "text/csv; charset=utf-8", _ged,
        "a row an event in the 49 columns of UCDP GED",
        "all claims but a low, best and high of deaths; titles, notes, types, lines, further places",
        is_text=True, hxl=True,
    ),
}  # fmt: skip
CLAIM_FORMATS = ("json", "csv")


def check_options(name: str, *, hxl: bool = False, geoparquet: str | None = None) -> None:
    """Refuse options that a format does not take, with ChoiceError."""
    if hxl and not FORMATS[name].hxl:
        takers = ", ".join(other for other, format in FORMATS.items() if format.hxl)
        raise ChoiceError("hxl", f"The format {name} has no row of HXL tags (expected one of {takers}).")
    if geoparquet is not None and name != "geoparquet":
        raise ChoiceError("geoparquet", f"The format {name} has no version of GeoParquet (expected geoparquet).")
    if geoparquet is not None and geoparquet not in GEOPARQUET:
        raise ChoiceError("geoparquet", f"Cannot read geoparquet: {geoparquet!r} is none of {', '.join(GEOPARQUET)}.")


def asked_of(store: Store, result: Result, *, hxl: bool = False, geoparquet: str | None = None) -> Asked:
    """What a format's `write` takes, of options that were checked."""
    from geodata.formats.asked import Asked  # noqa: PLC0415

    return Asked(result, store.name, store.title, hxl, geoparquet or GEOPARQUET[0])


def check_size(name: str, count: int) -> None:
    """Refuse more events than HTTP gives at once in a format, with TooMany."""
    most = FORMATS[name].most
    if most and count > most:
        raise TooMany(
            f"{count:,} events are too many for one answer as {FORMATS[name].label} (expected at most {most:,}; "
            f"python -m geodata events --format {name} writes any number)."
        )
