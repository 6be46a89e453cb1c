"""What events are given as: files read back with others' readers."""

from __future__ import annotations

import io
import json
import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import openpyxl
import pyarrow.parquet as pq
import pyogrio
import pytest

from geodata.filter import Filter
from geodata.formats.catalogue import FORMATS
from geodata.formats.frame import EVENT_COLUMNS, events_frame
from geodata.formats.tables import TABLES
from geodata.record.model import Site
from geodata.store import result as results
from geodata.store.store import Store
from tests import given as back
from tests.columns import columns, event
from tests.records import Dataset, dataset_of, store_over

if TYPE_CHECKING:
    pass

HOSTILE = [*back.FORMULAS, "\t=1", "\x0b&<b>\x01", "_x0041_", 'a,b\n"c"', "\U0001d11e \u202e"]
NOTHING = Filter.parse(q="no event says this")


def hostile() -> Dataset:
    """An event for each text that is hard to write; the first of a flow over the antimeridian."""
    made = dataset_of(columns(len(HOSTILE)))
    events = tuple(
        replace(each, title=text, notes=text, actors=(text, "other"))
        for each, text in zip(made.events, HOSTILE, strict=True)
    )
    west, east = (replace(made.places[0], place_id=name, lon=lon) for name, lon in (("w", 179.5), ("e", -179.5)))
    flow = replace(events[0], sites=(Site("w", "origin", "site"), Site("e", "destination", "near")))
    zero = replace(made.claims[1], low=0, best=None, high=None)
    claims = (made.claims[0], zero, *made.claims[2:])
    return replace(made, events=(flow, *events[1:]), claims=claims, places=(*made.places, west, east))


@pytest.fixture(scope="module")
def hard() -> Store:
    return store_over(hostile())


def layers_of(content: bytes, folder: Path, suffix: str) -> dict[str, Any]:
    path = folder / f"read.{suffix}"
    path.write_bytes(content)
    return {str(name): pyogrio.read_dataframe(path, layer=name) for name, _ in pyogrio.list_layers(path)}


@pytest.mark.parametrize("name", FORMATS)
def test_many_events_are_written_in_parts_and_are_the_same(
    hard: Store, name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    whole = back.given(hard, name)
    monkeypatch.setattr(results, "MOST_AT_ONCE", 10)
    monkeypatch.setattr(results, "PART", 4)
    parts = back.given(hard, name)
    if name == "gpkg":  # whose pages depend on the order of writing
        assert back.tables_of_geopackage(parts, tmp_path) == back.tables_of_geopackage(whole, tmp_path)
    elif name == "geoparquet":
        assert pq.ParquetFile(io.BytesIO(parts)).num_row_groups > 1
        files = [pq.ParquetFile(io.BytesIO(content)) for content in (parts, whole)]
        assert files[0].read().equals(files[1].read())
        assert files[0].metadata.metadata[b"geo"] == files[1].metadata.metadata[b"geo"]
    else:
        assert parts == whole


@pytest.mark.parametrize("name", ["csv", "acled", "ged"])
def test_no_text_of_a_csv_begins_like_a_formula(hard: Store, name: str) -> None:
    rows = back.rows_of_csv(back.given(hard, name))
    cells = [cell for row in rows for cell in row.values()]
    numbers = re.compile(r"-?[0-9]+(\.[0-9]+)?")
    assert [c for c in cells if c[:1] in tuple("=+-@;\t\r\uff1d") and c and not numbers.fullmatch(c)] == []
    column = {"csv": "title", "acled": "notes", "ged": "side_a"}[name]
    assert rows[0][column].startswith("'=1+1")


def test_no_cell_of_a_workbook_is_a_formula_and_texts_stay_as_they_are(hard: Store) -> None:
    content = back.given(hard, "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
    assert not any(cell.hyperlink for sheet in book for row in sheet.iter_rows() for cell in row)
    titles = [row["title"] for row in back.tables_of_workbook(content)["events"]]
    expected = ["\ufffd&<b>\ufffd" if "\x01" in text else text for text in HOSTILE]
    assert titles == expected
    # Editing such a cell makes no formula of it either.
    assert [cell.quotePrefix for cell in book["events"]["E"][1:4]] == [True, True, True]


@pytest.mark.parametrize("name", ["xlsx", "gpkg", "kml"])
def test_controls_that_a_format_cannot_hold_are_marked_and_counted(hard: Store, name: str) -> None:
    asked, content = back.asked_and_given(hard, name)
    assert any("control characters are given as U+FFFD" in sentence for sentence in asked.losses.sentences())
    assert b"\x0b&" not in content


def test_controls_survive_where_they_can(hard: Store) -> None:
    titles = [row["title"] for row in back.tables_of_geojson(back.given(hard, "geojson"))["events"]]
    assert titles == HOSTILE
    assert pq.read_table(io.BytesIO(back.given(hard, "geoparquet")))["title"].to_pylist() == HOSTILE


def test_no_figure_and_a_figure_of_zero_stay_apart(hard: Store, tmp_path: Path) -> None:
    for tables in (
        back.tables_of_workbook(back.given(hard, "xlsx")),
        back.tables_of_geopackage(back.given(hard, "gpkg"), tmp_path),
        back.tables_of_geojson(back.given(hard, "geojson")),
    ):
        found = [(row["low"], row["best"], row["high"]) for row in tables["claims"][:3]]
        assert found == [(3, 3, None), (0, None, None), (3, 3, None)]
    rows = back.rows_of_csv(back.given(hard, "acled"))
    assert [row["fatalities"] for row in rows[:3]] == ["3", "0", "3"]
    nobody = store_over(replace(hostile(), claims=()))
    assert {row["fatalities"] for row in back.rows_of_csv(back.given(nobody, "acled"))} == {""}
    assert {row["best"] for row in back.rows_of_csv(back.given(nobody, "ged"))} == {""}


@pytest.mark.parametrize("name", FORMATS)
def test_no_event_at_all_is_a_whole_file_without_rows(hard: Store, name: str, tmp_path: Path) -> None:
    asked, content = back.asked_and_given(hard, name, NOTHING)
    assert asked.losses.sentences() == []
    if name == "xlsx":
        assert back.tables_of_workbook(content) == {table: [] for table in TABLES}
    elif name == "gpkg":
        assert back.tables_of_geopackage(content, tmp_path) == {table: [] for table in TABLES}
    elif name == "geojson":
        assert back.tables_of_geojson(content) == {table: [] for table in TABLES}
    elif name == "geoparquet":
        import geopandas  # noqa: PLC0415 (heavy, and few tests')

        assert len(geopandas.read_parquet(io.BytesIO(content))) == 0
    elif name == "kml":
        assert not [node for node in ElementTree.fromstring(content).iter() if node.tag.endswith("Placemark")]
    elif name != "folder":
        assert back.rows_of_csv(content) == []


def test_geojson_is_rfc_7946_with_the_record_behind_the_features(hard: Store) -> None:
    found = json.loads(back.given(hard, "geojson"))
    assert list(found) == ["type", "name", "features", "sites", "places", "claims", "sources"]
    assert found["features"][0]["geometry"]["type"] == "MultiLineString"
    assert all(list(feature) == ["type", "properties", "geometry"] for feature in found["features"])
    assert {tuple(claim) for claim in found["claims"]} == {TABLES["claims"]}
    rows = [tuple(row[column] for column in TABLES["sites"]) for row in found["sites"]]
    assert ("E0", "e", "destination", "near", None, None) in rows
    assert ("E3", None, None, None, "Tripoli", None) in rows


def test_a_workbook_has_days_as_days_and_those_before_1900_as_texts(hard: Store) -> None:
    old = replace(event(1), date_start=date(1848, 3, 1), date_end=date(1848, 3, 2))
    store = store_over(replace(hostile(), events=(old, event(2)), claims=()))
    rows = back.tables_of_workbook(back.given(store, "xlsx"))["events"]
    assert [row["date_start"] for row in rows] == ["1848-03-01", datetime(2022, 1, 7)]
    assert [row["time_precision"] for row in rows] == [1, 1]


def test_a_text_too_long_for_a_cell_is_cut_and_counted(hard: Store) -> None:
    store = store_over(replace(hostile(), events=(replace(event(1), notes="\U0001d11e" * 20_000),), claims=()))
    asked, content = back.asked_and_given(store, "xlsx")
    assert back.tables_of_workbook(content)["events"][0]["notes"] == "\U0001d11e" * 16_383
    assert asked.losses.sentences() == ["1 text is cut after 32,767 letters: a cell holds no more."]


def test_a_geopackage_has_the_layers_of_the_record(hard: Store, tmp_path: Path) -> None:
    found = layers_of(back.given(hard, "gpkg"), tmp_path, "gpkg")
    assert found.keys() == TABLES.keys()
    for table, names in TABLES.items():
        assert [column for column in found[table].columns if column != "geometry"] == list(names)
    frame = events_frame(hard.query(Filter()))
    assert found["events"].geometry.geom_equals_exact(frame.geometry, 1e-9).tolist() == [
        geometry is not None for geometry in frame.geometry
    ]
    assert found["events"].crs == "EPSG:4326"
    assert found["places"].geometry.geom_type.tolist().count("Point") == 3
    assert found["events"].date_start.iloc[0] == datetime(2022, 1, 5)
    with closing(sqlite3.connect(tmp_path / "read.gpkg")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize("version", ["1.1", "2.0"])
def test_geoparquet_says_its_version_types_and_extent(hard: Store, version: str) -> None:
    import geopandas  # noqa: PLC0415

    content = back.given(hard, "geoparquet", geoparquet=version)
    file = pq.ParquetFile(io.BytesIO(content))
    about = json.loads(file.metadata.metadata[b"geo"])
    assert about["version"] == f"{version}.0"
    column = about["columns"]["geometry"]
    assert (column["encoding"], column["geometry_types"]) == ("WKB", ["MultiLineString", "Point"])
    assert column["bbox"] == [-180.0, 43.25, 180.0, pytest.approx(43.25, abs=0.01)]
    kind = str(file.schema.column(len(EVENT_COLUMNS)).logical_type)
    assert ("Geometry" in kind) == (version == "2.0")
    if version == "1.1":
        frame = geopandas.read_parquet(io.BytesIO(content))
        assert list(frame.columns) == [*EVENT_COLUMNS, "geometry"]
        assert frame.crs == "OGC:CRS84"
        expected = events_frame(hard.query(Filter()))
        assert [str(shape) for shape in frame.geometry] == [str(shape) for shape in expected.geometry]


def test_geoparquet_tells_what_its_one_table_leaves_out(hard: Store) -> None:
    asked, _ = back.asked_and_given(hard, "geoparquet")
    claims = len(hostile().claims)
    assert asked.losses.sentences() == [f"{claims} claims are left out: the format has one table, that of the events."]


def test_kml_has_a_placemark_an_event_with_its_span_and_columns(hard: Store, tmp_path: Path) -> None:
    content = back.given(hard, "kml")
    (frame,) = layers_of(content, tmp_path, "kml").values()
    assert frame.event_id.tolist() == [f"E{n}" for n in range(len(HOSTILE))]
    assert set(EVENT_COLUMNS) <= set(frame.columns)
    assert str(frame.begin.iloc[0])[:10] == "2022-01-05"
    assert "<b>" not in content.decode().replace("&lt;b&gt;", "")
    assert b"<description>" not in content
    shapes = events_frame(hard.query(Filter())).geometry
    assert [s and s.geom_type for s in frame.geometry] == [s and s.geom_type for s in shapes]
