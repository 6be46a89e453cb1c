"""Export then import is the identity: of a data folder by its importer, of others by the tables in them."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings

from geodata.cli import main
from geodata.filter import Filter
from geodata.importers import BUNDLED
from geodata.importers.folder import COLUMNS
from geodata.record.model import Claim, Event, Place, PlaceName
from geodata.store.store import Store
from tests import given as back
from tests.generated import flat_csv
from tests.records import Dataset, read_data, store_over
from tests.tangles import record

FEW = settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))


def read_zip(content: bytes, folder: Path) -> Dataset:
    with ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)
    return read_data(folder)


def assert_same(found: Dataset, expected: Dataset) -> None:
    """Everything but the order of sources and places, and what is derived: fates, regions, candidates."""
    assert (found.name, found.title) == (expected.name, expected.title)
    assert found.events == expected.events
    back.assert_same_beside_events(found, expected)


@FEW
@given(back.records())
def test_a_data_folder_that_was_given_reads_as_the_same_record(data: Dataset) -> None:
    store = store_over(data)
    with TemporaryDirectory() as folder:
        assert_same(read_zip(back.given(store, "folder"), Path(folder)), data)
    store.close()


@FEW
@given(back.records())
def test_workbook_geopackage_and_geojson_hold_all_that_a_data_folder_holds(data: Dataset) -> None:
    store = store_over(data)
    with TemporaryDirectory() as name:
        folder = Path(name)
        for format, tables in (
            ("xlsx", back.tables_of_workbook(back.given(store, "xlsx"))),
            ("gpkg", back.tables_of_geopackage(back.given(store, "gpkg"), folder)),
            ("geojson", back.tables_of_geojson(back.given(store, "geojson"))),
        ):
            assert_same(read_data(back.folder_of(tables, folder / format)), data)
    store.close()


def test_the_bundled_record_comes_back_with_every_source_and_place(store: Store, tmp_path: Path) -> None:
    found = read_zip(back.given(store, "folder"), tmp_path / "data")
    assert_same(found, read_data(BUNDLED))
    assert found.claims == read_data(BUNDLED).claims


def test_a_flat_table_comes_back_as_a_data_folder_with_its_unsettled_names(tmp_path: Path) -> None:
    lines = ("Tripoli,Fights,2022-01-05", "Nowhere at all,Shots,2022-01-06", "Almaty > Xqzzvw,Flight,2022-01-07")
    named = tmp_path / "named.csv"
    named.write_text("place,title,date_start\n" + "\n".join(lines) + "\n", encoding="utf-8")
    for path in (flat_csv(tmp_path / "events.csv", 400, breaks=True), named):
        data = read_data(path)
        store = store_over(data)
        found = read_zip(back.given(store, "folder"), tmp_path / f"back-{path.stem}")
        assert_same(found, data)
        assert found.unsettled == data.unsettled
        assert [place.region for place in found.places] == [places_by(data)[p.place_id].region for p in found.places]
    assert len(data.unsettled) == 3


def places_by(data: Dataset) -> dict[str, Place]:
    return {place.place_id: place for place in data.places}


def test_what_is_given_of_a_choice_is_a_record_by_itself(tmp_path: Path) -> None:
    data = back.importable(record(3, 300))
    store = store_over(data)
    where = Filter.parse(claimants="press", as_of="2020-09-01")
    asked, content = back.asked_and_given(store, "folder", where)
    found = read_zip(content, tmp_path / "data")
    assert found.events == asked.result.events
    chosen = {claim.claim_id: claim for claim in asked.result.claims}
    given_claims = {claim.claim_id: claim for claim in found.claims}
    assert chosen.items() <= given_claims.items()
    # Others' claims are there only where something rests on them.
    assert {claim.claimant for claim in found.claims} > {"press"}
    assert len(chosen) < len(given_claims) < len(asked.result.known)
    used = {site.place_id for event in found.events for site in event.sites}
    assert {place.place_id for place in found.places} == used
    again = store_over(found).query(Filter.parse(claimants="press", as_of="2020-09-01"))
    assert again.claims == asked.result.claims


def test_names_that_a_list_cannot_hold_are_left_out_and_counted() -> None:
    names = (PlaceName("A; B"), PlaceName("Old [town]"), PlaceName("Fine"))
    data = record(1, 3)
    data = replace(data, places=tuple(replace(place, names=names) for place in data.places[:1]) + data.places[1:])
    asked, content = back.asked_and_given(store_over(data), "folder")
    with ZipFile(io.BytesIO(content)) as archive:
        rows = back.rows_of_csv(archive.read("places.csv"))
    assert next(row["other_names"] for row in rows if row["place_id"] == data.places[0].place_id) == "Fine"
    assert asked.losses.sentences() == ["2 other names of places are left out: they hold semicolons or brackets."]


def test_the_description_of_a_folder_is_valid_by_the_frictionless_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from frictionless import Package  # noqa: PLC0415 (heavy, and one test's)

    monkeypatch.chdir(tmp_path)
    assert main(["events", "--format", "folder", "--out", "data"]) == 0
    report = Package("data/datapackage.json").validate()
    assert report.valid, report.flatten(["type", "rowNumber", "fieldName", "message"])


def test_out_says_whether_it_is_a_folder_or_a_zip_and_nothing_is_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, packed = tmp_path / "data", tmp_path / "data.zip"
    for out in (folder, packed):
        assert main(["events", "--format", "folder", "--out", str(out)]) == 0
    with ZipFile(packed) as archive:
        assert set(archive.namelist()) == {"datapackage.json", *COLUMNS}
        assert all(archive.read(path.name) == path.read_bytes() for path in folder.iterdir())
    assert json.loads((folder / "datapackage.json").read_text("utf-8"))["name"] == "kazakhstan-2022"
    assert main(["events", "--format", "folder", "--out", str(folder)]) == 1
    assert "there is something already" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "data.zip"]


def test_an_apostrophe_is_taken_off_only_where_the_description_says_that_it_was_put_there(tmp_path: Path) -> None:
    event, *_ = record(2, 1).events
    data = Dataset("x", "X", (replace(event, title="=1+1", sites=(), source_ids=(), notes="'=x"),), (), (), ())
    asked, content = back.asked_and_given(store_over(data), "folder")
    assert asked.losses.sentences() == []
    folder = tmp_path / "data"
    found = read_zip(content, folder)
    assert titles(found.events) == [("=1+1", "'=x")]
    assert back.rows_of_csv((folder / "events.csv").read_bytes())[0]["title"] == "'=1+1"
    about = folder / "datapackage.json"
    about.write_text(about.read_text("utf-8").replace("formulaGuard", "other"), encoding="utf-8")
    assert titles(read_data(folder).events) == [("'=1+1", "''=x")]


def titles(events: tuple[Event, ...]) -> list[tuple[str, str]]:
    return [(event.title, event.notes) for event in events]


def test_claims_rest_on_what_they_name_and_on_what_has_replaced_them() -> None:
    data = back.importable(record(5, 80))
    result = store_over(data).query(Filter.parse(claimants="press"))
    given_ids = {claim.claim_id for claim in result.grounded}

    def named(claim: Claim) -> set[str]:
        return {claim.part_of, claim.supersedes, claim.echo_of} - {""}

    assert all(named(claim) <= given_ids for claim in result.grounded)
    assert [claim for claim in result.known if claim.claim_id in given_ids] == list(result.grounded)
