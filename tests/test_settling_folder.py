"""Names of places that a data folder leaves open are settled in its own files, as a person would have written it."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from typing import Any

import pytest

from dashboard.server.reload import Live
from geodata.cli import main
from geodata.errors import ChoiceError, GeodataError
from geodata.importers import BUNDLED
from geodata.importers.settling_folder import settle_in_folder
from tests.intake import Page

PLACES = (
    "place_id,name,lon,lat,feature,country,radius_m,other_names,notes\r\n"
    'almaty,Almaty,76.95,43.25,city,KZ,,"Alma-Ata; Verny",our own\r\n'
)
EVENTS = (
    "event_id,category,event_type,sub_event_type,title,date_start,date_end,time_precision,sites,geo_precision,country,"
    "actors,notes,source_ids,unsettled\r\n"
    'E1,clash,,,"A clash, at night",2022-03-02,2022-03-02,1,,,,,"two\r\nlines",S1,Tripoli\r\n'
    "E2,clash,,,A march ,2022-03-03,2022-03-03,1,almaty,site,KZ,,,S1,Camp Seven; Tripoli\r\n"
    "E3,other,,,Elsewhere,2022-03-04,2022-03-04,1, almaty,site,,,,S1,\r\n"
    "E4,other,,,Flight,2022-03-05,2022-03-05,1,,unknown,,,,S1,Tripoli > Camp Seven"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "own"
    shutil.copytree(BUNDLED, path)
    (path / "places.csv").write_bytes(b"\xef\xbb\xbf" + PLACES.encode())
    (path / "events.csv").write_bytes(EVENTS.encode())
    sources = "source_id,publisher,title,published_on,accessed_on,url,language,sha256,reliability,notes\nS1,,A,,,,,,,\n"
    (path / "sources.csv").write_text(sources, encoding="utf-8")
    claims = (BUNDLED / "claims.csv").read_text(encoding="utf-8").partition("\n")[0]
    (path / "claims.csv").write_text(claims + "\n", encoding="utf-8")
    return path


def rows(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {next(iter(row.values())): row for row in csv.DictReader(file)}


def test_a_settled_name_is_a_place_of_the_folder_and_a_site_of_its_events(folder: Path, capsys: Any) -> None:
    assert settle_in_folder(folder, {"Tripoli": "gn:2210247", "Camp Seven": "30.5, 50.4", "Nowhere": "gn:2210247"}) == 2
    events, places = rows(folder / "events.csv"), rows(folder / "places.csv")
    tripoli, camp = [*places][1:]
    cells = [[event[name] for name in ("sites", "geo_precision", "unsettled")] for event in events.values()]
    assert cells == [
        ["gn:2210247", "settlement", ""],
        [f"almaty; {camp}; {tripoli}", "site; settlement; settlement", ""],
        [" almaty", "site", ""],
        ["", "unknown", "Tripoli > Camp Seven"],
    ]
    assert (places[tripoli]["name"], places[tripoli]["country"]) == ("Tripoli", "LY")
    assert (places[camp]["name"], places[camp]["lon"], places[camp]["lat"]) == ("Camp Seven", "30.5", "50.4")
    assert main(["check", str(folder)]) == 0, capsys.readouterr()


def test_all_other_rows_stay_byte_for_byte(folder: Path) -> None:
    settle_in_folder(folder, {"Camp Seven": "30.5, 50.4"})
    before, after = EVENTS.encode(), (folder / "events.csv").read_bytes()
    changed = b"E2,clash"
    assert after.partition(changed)[0] == before.partition(changed)[0]
    assert after.partition(b"E3,")[2] == before.partition(b"E3,")[2]
    assert (folder / "places.csv").read_bytes().startswith(b"\xef\xbb\xbf" + PLACES.encode())
    assert b"\n" not in after.replace(b"\r\n", b"")


def test_a_name_of_a_whole_country_is_the_country_of_its_events(folder: Path) -> None:
    settle_in_folder(folder, {"Tripoli": "iso:LY"})
    event = rows(folder / "events.csv")["E1"]
    assert (event["sites"], event["geo_precision"], event["country"]) == ("", "country", "LY")
    assert [*rows(folder / "places.csv")] == ["almaty"]


def test_what_no_event_leaves_open_changes_no_file(folder: Path) -> None:
    assert settle_in_folder(folder, {"Springfield": "gn:4250542"}) == 0
    assert (folder / "events.csv").read_bytes() == EVENTS.encode()
    with pytest.raises(ChoiceError):
        settle_in_folder(folder, {"Tripoli": "gn:1"})


def test_a_folder_that_cannot_be_written_to_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("geodata.importers.settling_folder.write_whole", full)
    with pytest.raises(GeodataError, match=r"Nothing is settled.*No space left"):
        settle_in_folder(folder, {"Tripoli": "gn:2210247"})


def test_names_of_a_data_folder_are_settled_on_the_page(folder: Path) -> None:
    page = Page(Live([folder], takes_files=True))
    layout = page.client.get("/_dash-layout", base_url="http://localhost").text
    assert "settle-name" in layout
    assert [part["name"] for part in page.send("GET", "/names").get_json()["names"]] == ["Tripoli", "Camp Seven"]
    assert page.send("POST", "/names", json={"places": {"Tripoli": "gn:2210247"}}).status_code == 200
    assert rows(folder / "events.csv")["E1"]["sites"] == "gn:2210247"
    assert [path.name for path in folder.glob("*.toml")] == []


def test_what_cannot_be_read_after_it_was_settled_is_put_back(folder: Path) -> None:
    page = Page(Live([folder], takes_files=True))
    (folder / "sources.csv").write_text("broken\n", encoding="utf-8")
    answer = page.send("POST", "/names", json={"places": {"Tripoli": "gn:2210247"}})
    assert answer.status_code >= 400 and "publisher" in answer.text
    assert (folder / "events.csv").read_bytes() == EVENTS.encode()
    assert (folder / "places.csv").read_bytes() == b"\xef\xbb\xbf" + PLACES.encode()


def test_a_store_and_the_bundled_example_keep_no_names(folder: Path, tmp_path: Path, capsys: Any) -> None:
    store = tmp_path / "store"
    assert main(["import", str(folder), "--to", str(store)]) == 0
    for live in (Live([store], takes_files=True), Live([], takes_files=True)):
        answer = Page(live).send("POST", "/names", json={"places": {"Tripoli": "gn:2210247"}})
        assert answer.status_code == 400 and "expected tables and data folders" in answer.text
