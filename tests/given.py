"""What the record was given back as, read by other readers than our own; and records that are hard to give back."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from geodata.filter import Filter
from geodata.formats.asked import Asked
from geodata.formats.catalogue import FORMATS, asked_of
from geodata.formats.tables import TABLES
from geodata.importers.folder import COLUMNS
from geodata.importers.tables.records import CONTROL, cleaned
from geodata.record.history import as_known_on
from geodata.record.model import Place
from geodata.store.store import Store
from tests.records import Dataset
from tests.tangles import record

Tables = dict[str, list[dict[str, Any]]]
FORMULAS = ("=1+1", "+1", "-2+3", "@SUM(A1)", "'=1", "\uff1d1+1", ";=1")


def given(store: Store, name: str, **options: Any) -> bytes:
    """The whole record in a format."""
    return asked_and_given(store, name, **options)[1]


def asked_and_given(store: Store, name: str, where: Filter | None = None, **options: Any) -> tuple[Asked, bytes]:
    """What a filter keeps in a format, with what was asked, which holds the losses."""
    asked = asked_of(store, store.query(where or Filter()), **options)
    return asked, b"".join(FORMATS[name].write(asked))


def rows_of_csv(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline=""), strict=True))


def tables_of_workbook(content: bytes) -> Tables:
    book = openpyxl.load_workbook(io.BytesIO(content))
    found: Tables = {}
    for sheet in book:
        header, *rows = sheet.iter_rows(values_only=True)
        found[sheet.title] = [dict(zip(map(str, header), map(_unescaped, row), strict=True)) for row in rows]
    return found


def _unescaped(cell: Any) -> Any:
    """A cell as spreadsheets read it: "_x005F_" is a "_" that could be taken for the beginning of a code."""
    return unescape(cell) if isinstance(cell, str) else cell


def tables_of_geopackage(content: bytes, folder: Path) -> Tables:
    path = folder / "read.gpkg"
    path.write_bytes(content)
    with closing(sqlite3.connect(path)) as database:
        database.row_factory = sqlite3.Row
        return {
            table: [
                {key: row[key] for key in row.keys() if key not in ("fid", "geometry")}  # noqa: SIM118 (sqlite3.Row)
                for row in database.execute(f"SELECT * FROM {table} ORDER BY fid")
            ]
            for table in TABLES
        }


def tables_of_geojson(content: bytes) -> Tables:
    found = json.loads(content)
    return {
        "events": [feature["properties"] for feature in found["features"]],
        **{table: found[table] for table in TABLES if table != "events"},
    }


def folder_of(tables: Tables, folder: Path) -> Path:
    """A data folder made of the tables alone: the proof that nothing that it needs is missing in them."""
    folder.mkdir()
    sites: dict[str, list[dict[str, Any]]] = {}
    for site in tables["sites"]:
        sites.setdefault(site["event_id"], []).append(site)
    events = []
    for row in tables["events"]:
        own = sites.get(row["event_id"], [])
        settled = [site for site in own if site["place_id"]]
        mark = " > " if any(site["role"] == "origin" for site in settled) else "; "
        events.append(row | {
            "sites": mark.join(site["place_id"] for site in settled),
            "geo_precision": "; ".join(site["geo_precision"] for site in settled),
            "country": next((site["country"] for site in own if site["country"]), None if settled else row["country"]),
            "unsettled": "; ".join(site["unsettled"] for site in own if site["unsettled"]),
        })  # fmt: skip
    resources = [{"path": file} for file in COLUMNS]
    about = {"name": "tangles", "title": "Tangles", "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(about), encoding="utf-8")
    for file, columns in COLUMNS.items():
        rows = events if file == "events.csv" else tables[file.removesuffix(".csv")]
        with (folder / file).open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(columns)
            writer.writerows([_text(row.get(column)) for column in columns] for row in rows)
    return folder


def _text(cell: object) -> str:
    if isinstance(cell, (date, datetime)):
        return cell.isoformat()[:10]
    if isinstance(cell, float):
        return f"{Decimal(repr(cell)):f}"
    return "" if cell is None else str(cell)


def _is_clean(text: str) -> bool:
    return cleaned(text) == text and not CONTROL.search(text)


NOTES = st.one_of(st.sampled_from(FORMULAS), st.text(max_size=20)).filter(_is_clean)
ITEMS = NOTES.filter(lambda text: ";" not in text and text == text.strip() and text != "")


@st.composite
def records(draw: st.DrawFn) -> Dataset:
    """Records that the importer of a data folder would take, with texts that are hard to give back."""
    made = importable(record(draw(st.integers(0, 50)), draw(st.integers(0, 6))))
    events = tuple(
        replace(event, title=draw(ITEMS), notes=draw(NOTES), actors=tuple(draw(st.lists(ITEMS, max_size=3))))
        for event in made.events
    )
    claims = tuple(replace(claim, notes=draw(NOTES), via=draw(NOTES)) for claim in made.claims)
    return replace(made, events=events, claims=claims)


def importable(made: Dataset) -> Dataset:
    """A generated record without what the importer refuses: parts above their whole, fates without a cause.

    Degrees have the six decimals that data has; a workbook has 16 digits.
    """
    fates = {"superseded": "retracted"}
    claims = (replace(c, part_of="", status=fates.get(c.status, c.status)) for c in made.claims)
    places = (p if p.lon is None else replace(p, lon=round(p.lon, 6)) for p in made.places)
    return replace(made, claims=tuple(claims), places=tuple(places))


def by_id(items: Iterable[Any], key: str) -> dict[str, Any]:
    return {getattr(item, key): item for item in items}


def assert_same_beside_events(found: Dataset, expected: Dataset) -> None:
    """The same claims, with the fates that follow from them, sources and places, in any order."""
    assert found.claims == as_known_on(expected.claims, None)
    assert by_id(found.sources, "source_id") == by_id(expected.sources, "source_id")
    assert places(found) == places(expected)


def places(data: Dataset) -> dict[str, Place]:
    """The places by their ids, without their regions, which are derived."""
    return {place.place_id: replace(place, region="") for place in data.places}
