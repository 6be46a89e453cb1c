"""A whole record in one file comes back as it was given, and what an editor breaks in it is named by table and row."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

from geodata.errors import ChoiceError, DataError
from geodata.filter import Filter
from geodata.importers import BUNDLED, read_columns
from geodata.importers.understand import how_to_read
from geodata.record.columns import Columns
from geodata.store.store import Store
from tests import given as back
from tests.opened import opened, refused
from tests.records import Dataset, dataset_of, read_data, store_over
from tests.test_formats import hostile

FEW = settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
SUFFIXES = {"xlsx": "xlsx", "gpkg": "gpkg", "geojson": "geojson", "folder": "zip"}
Book = openpyxl.Workbook


def written(store: Store, name: str, folder: Path, where: Filter | None = None, **options: Any) -> Path:
    """A file with what a filter keeps in a format."""
    path = folder / f"mine.{SUFFIXES[name]}"
    path.write_bytes(back.asked_and_given(store, name, where, **options)[1])
    return path


def edited(store: Store, folder: Path, edit: Callable[[Book], object]) -> Path:
    """A workbook of a record after somebody has worked on it."""
    path = written(store, "xlsx", folder)
    book = openpyxl.load_workbook(path)
    edit(book)
    book.save(path)
    return path


def problems(path: Path) -> list[str]:
    with pytest.raises(DataError) as caught:
        read_columns(path)
    return [str(problem) for problem in caught.value.problems]


def told(columns: Columns) -> str:
    return "\n".join(columns["notices"]["message"].to_pylist())


def assert_same(found: Dataset, expected: Dataset) -> None:
    """Everything but the order of sources and places, and what is derived: fates and regions."""
    assert found.events == expected.events
    back.assert_same_beside_events(found, expected)


@FEW
@given(back.records())
def test_what_was_given_comes_back_whole(data: Dataset) -> None:
    store = store_over(data)
    with TemporaryDirectory() as folder:
        for name in SUFFIXES:
            assert_same(read_data(written(store, name, Path(folder))), data)
    store.close()


@pytest.mark.parametrize("name", SUFFIXES)
def test_the_bundled_record_comes_back_and_is_given_again_alike(store: Store, name: str, tmp_path: Path) -> None:
    columns = read_columns(written(store, name, tmp_path))
    assert_same(dataset_of(columns), read_data(BUNDLED))
    (file,) = columns["files"].to_pylist()
    assert (file["file"], file["format"]) == (f"mine.{SUFFIXES[name]}", "record")
    assert (file["rows"], file["repaired"], file["rejected"], file["credit"]) == (29, 0, 0, "")
    assert "read as one: 29 events, 44 claims, 15 sources, 10 places." in told(columns)
    first, second = (json.loads(back.given(each, "geojson")) for each in (store_over(dataset_of(columns)), store))
    assert {**first, "name": ""} == {**second, "name": ""}


@pytest.mark.parametrize("name", ["xlsx", "gpkg", "geojson"])
def test_flows_unsettled_names_and_texts_like_formulas_come_back(name: str, tmp_path: Path) -> None:
    data = hostile()
    plain = tuple(each for each in data.events if not set(each.title) & set("\x01\t;"))
    old = replace(plain[-1], date_start=date(1848, 3, 1), date_end=date(1848, 3, 2))
    data = replace(data, events=(*plain[:-1], old), claims=())
    found = read_data(written(store_over(data), name, tmp_path))
    assert_same(found, data)
    assert [site.role for site in found.events[0].sites] == ["origin", "destination"]
    assert {part.name for part in found.unsettled} == {"Tripoli"}


@pytest.mark.parametrize("name", SUFFIXES)
def test_an_event_keeps_its_own_country_beside_sites_in_another(name: str, tmp_path: Path) -> None:
    data = hostile()
    plain = replace(data.events[1], title="Shots", notes="", actors=())
    assert plain.sites
    events = tuple(replace(plain, event_id=f"C-{country}", country=country) for country in ("", "KZ", "UA"))
    data = replace(data, events=events, claims=())
    assert_same(read_data(written(store_over(data), name, tmp_path)), data)


@pytest.mark.parametrize("name", SUFFIXES)
def test_a_choice_of_events_comes_back_as_a_record_by_itself(store: Store, name: str, tmp_path: Path) -> None:
    where = Filter.parse(categories="deployment")
    found = read_data(written(store, name, tmp_path, where))
    result = store.query(where)
    assert 0 < len(found.events) == len(result.events) < 29
    assert {claim.claim_id for claim in found.claims} == {claim.claim_id for claim in result.grounded}


@pytest.mark.parametrize("name", SUFFIXES)
def test_a_record_without_events_comes_back_without_any(store: Store, name: str, tmp_path: Path) -> None:
    found = read_data(written(store, name, tmp_path, Filter.parse(q="no event says this")))
    assert (found.events, found.claims) == ((), ())


def test_a_row_of_tags_below_the_header_is_no_event(store: Store, tmp_path: Path) -> None:
    found = read_columns(written(store, "xlsx", tmp_path, hxl=True))
    assert len(found["events"]) == 29
    assert "sheet events: row 2 has the tags of HXL" in told(found)


def test_a_data_folder_in_a_folder_of_a_zip_keeps_its_name_and_title(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "sent.zip"
    with ZipFile(io.BytesIO(back.given(store, "folder"))) as flat, ZipFile(path, "w") as nested:
        nested.writestr("letter.csv", "to,words\nyou,hello\n")
        for name in flat.namelist():
            nested.writestr(f"2022/my-data/{name}", flat.read(name))
    found = read_columns(path)
    assert (found.name, found.title) == ("kazakhstan-2022", read_columns(BUNDLED).title)
    assert len(found["claims"]) == 44


def test_a_workbook_may_be_edited_in_ways_that_break_nothing(store: Store, tmp_path: Path) -> None:
    def edit(book: Book) -> None:
        events, claims, sources = book["events"], book["claims"], book["sources"]
        events["E2"] = "A better title"
        events.insert_rows(4)
        events.append(["E99", "protest", None, None, "One more", "2022-01-09", "2022-01-09", 1, "Xqzzvw"])
        claims.insert_cols(1)
        claims["A1"], claims["A2"] = "my remarks", "doubtful"
        sources.move_range(f"B1:B{sources.max_row}", cols=sources.max_column)
        sources.delete_cols(2)
        book.create_sheet("scratch").append(["a", "b"])

    found = read_columns(edited(store, tmp_path, edit))
    data = dataset_of(found)
    before = read_data(BUNDLED)
    assert [event.title for event in (data.events[0], data.events[-1])] == ["A better title", "One more"]
    assert data.events[1:-1] == before.events[1:]
    assert (data.claims, data.events[-1].unsettled) == (before.claims, ("Xqzzvw",))
    assert back.by_id(data.sources, "source_id") == back.by_id(before.sources, "source_id")
    assert "sheet claims: 1 column is not read: 'my remarks'." in told(found)
    assert "Not read: 'scratch'" in told(found)
    assert "'Xqzzvw': the table sites does not say where this is" in told(found)


def test_what_is_wrong_in_a_workbook_is_named_by_sheet_row_and_column(store: Store, tmp_path: Path) -> None:
    def edit(book: Book) -> None:
        book["claims"]["D3"], book["events"]["F4"] = "many", "31/02/22"
        for row in (("E1", "nowhere", "at", "site"), ("E77", "almaty", "at", "site"), ("E1", None, None, None)):
            book["sites"].append(row)
        book["sites"].append(("E3", "almaty", "from", "vague"))

    found = problems(edited(store, tmp_path, edit))
    text = "\n".join(found)
    for words in (
        "mine.xlsx, sheet claims, line 3, column \"low\": 'many' is not a figure",
        'mine.xlsx, sheet events, line 4, column "date_start": ',
        "line 21, column \"place_id\": 'nowhere' is unknown: mine.xlsx, sheet places has no such place_id",
        "line 22, column \"event_id\": 'E77' is unknown: mine.xlsx, sheet events has no such event_id",
        'mine.xlsx, sheet sites, line 23, column "place_id": the cell is empty, and so is "unsettled"',
        "line 24, column \"role\": 'from' is none of at, origin, destination",
        "line 24, column \"geo_precision\": 'vague' is none of",
    ):
        assert words in text
    assert len(found) == 7


def test_a_flow_that_has_lost_an_end_is_named(store: Store, tmp_path: Path) -> None:
    (problem,) = problems(edited(store, tmp_path, lambda book: book["sites"].delete_rows(3)))
    assert problem.startswith('mine.xlsx, sheet sites, line 2, column "role": a flow has one origin and one destin')


def test_a_column_that_is_missing_is_named(store: Store, tmp_path: Path) -> None:
    def edit(book: Book) -> None:
        book["claims"]["G1"] = "qualifer"

    (problem,) = problems(edited(store, tmp_path, edit))
    assert problem.startswith('mine.xlsx, sheet claims, column "qualifier": the column is missing; found claim_id,')
    assert problem.endswith("(nearest: qualifer).")


def test_a_broken_file_of_a_packed_folder_is_named_with_its_line(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "mine.zip"
    with ZipFile(io.BytesIO(back.given(store, "folder"))) as good, ZipFile(path, "w") as bad:
        for name in good.namelist():
            text = good.read(name).decode()
            bad.writestr(name, text.replace(",standing,", ",upright,", 1) if name == "claims.csv" else text)
    (problem,) = problems(path)
    assert problem.startswith("mine.zip, claims.csv, line 2, column \"status\": 'upright' is none of standing,")


def test_a_workbook_with_only_some_of_the_sheets_is_a_table(store: Store, tmp_path: Path) -> None:
    def edit(book: Book) -> None:
        for sheet in ("claims", "sources", "sites"):
            del book[sheet]

    path = edited(store, tmp_path, edit)
    assert read_columns(path)["files"]["format"].to_pylist() == ["table"]
    with pytest.raises(ChoiceError, match="is no whole record: it lacks sites, claims, sources with"):
        read_columns(path, how=how_to_read("record", None, 0.2))


@pytest.mark.parametrize("name", SUFFIXES)
def test_import_reads_a_record_and_a_format_overrules_it(
    store: Store, name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(store, name, tmp_path)
    found = opened(capsys, tmp_path, path, "--format", "record")
    assert found.counts["rows"] == found.counts["accepted"] == 29
    assert len(found.claims) == 44
    (tmp_path / "other").mkdir()
    if name == "geojson":  # an ordinary table of features, which has no claims
        assert opened(capsys, tmp_path / "other", path, "--format", "table").claims == ()
    else:  # of which it has to be said first which table is meant
        assert (
            "Is 'status_on' the day of an event?" in refused(capsys, tmp_path / "other", path, "--format", "table")[1]
        )


@pytest.mark.parametrize(("name", "suffix"), [("csv", "csv"), ("geoparquet", "parquet"), ("kml", "kml")])
def test_events_alone_open_without_a_question_and_none_is_rejected(
    store: Store, name: str, suffix: str, tmp_path: Path
) -> None:
    path = tmp_path / f"mine.{suffix}"
    path.write_bytes(back.given(store, name))
    columns = read_columns(path)
    (file,) = columns["files"].to_pylist()
    assert (file["rows"], file["rejected"], len(columns["claims"])) == (29, 0, 0)
    found, before = dataset_of(columns).events, read_data(BUNDLED).events
    assert [(e.event_id, e.category, e.title, e.date_start, e.date_end, e.actors, e.notes) for e in found] == [
        (e.event_id, e.category, e.title, e.date_start, e.date_end, e.actors, e.notes) for e in before
    ]
    assert [len(e.sites) + len(e.unsettled) for e in found] == [len(e.sites) for e in before]


def test_two_records_are_read_as_one_without_sources_of_our_making(store: Store, tmp_path: Path) -> None:
    one = written(store, "xlsx", tmp_path, Filter.parse(categories="deployment"))
    two = written(store, "geojson", tmp_path, Filter.parse(categories="clash"))
    found = read_columns(one, two)
    assert set(found["sources"]["source_id"].to_pylist()) <= set(
        read_columns(BUNDLED)["sources"]["source_id"].to_pylist()
    )
    again = written(store, "gpkg", tmp_path, Filter.parse(categories="clash"))
    with pytest.raises(DataError) as caught:
        read_columns(two, again)
    assert f"is in {two} too (expected once)" in str(caught.value)
