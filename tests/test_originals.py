"""Nothing of a table is lost: each accepted row is kept as it stands in its file, and can be read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.server.app import create_app
from geodata.store.opening import open_data
from tests.doors import run, written
from tests.tables import workbook
from tests.test_page import BROWSER, ask, words

ACLED = (
    "event_id_cnty,event_date,event_type,sub_event_type,country,location,latitude,longitude,geo_precision,"
    "fatalities,notes,timestamp"
)
RIOT = "05 January 2022,Riots,Violent demonstration,Kazakhstan,Almaty,43.2,76.9,1"
UNREAD = "event_id,title,date_start,country,colour,seen_at\n"


def acled(tmp_path: Path, *rows: str, name: str = "acled.csv") -> Path:
    return written(tmp_path, "\n".join([ACLED, *rows]) + "\n", name)


def stored(path: Path) -> Path:
    store = path.parent / "store"
    answer = run("import", path, "--to", store, "--max-reject-share", "1")
    assert answer.status == 0, answer.words
    return store


def original(event_id: str, *paths: Path) -> dict[str, Any]:
    """What `python -m geodata original EVENT_ID` prints."""
    answer = run("original", event_id, "--no-cache", *(word for path in paths for word in ("--data", path)))
    assert answer.status == 0, answer.words
    found: dict[str, Any] = json.loads(answer.out)
    return found


def test_an_event_has_the_row_it_was_read_from_with_file_line_and_every_cell(tmp_path: Path) -> None:
    path = acled(tmp_path, f"KAZ1,{RIOT},12,,1642000000", f'KAZ2,{RIOT},0,"two\nlines, ""said""",1643000000')
    assert original("acled-KAZ2", stored(path)) == {
        "file": "acled.csv", "sheet": "", "line": 3,
        "cells": {
            "event_id_cnty": "KAZ2", "event_date": "05 January 2022", "event_type": "Riots",
            "sub_event_type": "Violent demonstration", "country": "Kazakhstan", "location": "Almaty",
            "latitude": "43.2", "longitude": "76.9", "geo_precision": "1", "fatalities": "0",
            "notes": 'two\nlines, "said"', "timestamp": "1643000000",
        },
    }  # fmt: skip


def test_the_line_after_a_cell_of_several_lines_is_that_of_the_file(tmp_path: Path) -> None:
    path = acled(tmp_path, f'KAZ1,{RIOT},1,"a\nb\nc",5', f"KAZ2,{RIOT},1,,6")
    assert original("acled-KAZ2", path)["line"] == 5


def test_a_column_that_nothing_reads_is_kept(tmp_path: Path) -> None:
    path = written(tmp_path, UNREAD + "a,Clash,2022-01-05,KZ,red,2022-01-05T23:30:00-05:00\n")
    cells = original("a", path)["cells"]
    assert (cells["colour"], cells["seen_at"]) == ("red", "2022-01-05T23:30:00-05:00")


def test_a_rejected_row_is_no_original_and_moves_no_other(tmp_path: Path) -> None:
    rows = ["a,One,2022-01-05,KZ,red,", "b,Two,soon,KZ,green,", "c,Three,2022-01-07,KZ,blue,", "d,Four,,KZ,grey,"]
    store = stored(written(tmp_path, UNREAD + "\n".join(rows) + "\n"))
    found = {event_id: original(event_id, store) for event_id in "ac"}
    assert {key: (row["line"], row["cells"]["colour"]) for key, row in found.items()} == {
        "a": (2, "red"),
        "c": (4, "blue"),
    }
    for event_id in "bd":
        assert run("original", event_id, "--data", store).status == 1


def test_a_repaired_row_keeps_the_cell_as_it_stood(tmp_path: Path) -> None:
    path = written(tmp_path, UNREAD + "E 1,Clash,2022-01-05,KZ,,\n")
    assert original("E-1", path)["cells"]["event_id"] == "E 1"


def test_of_two_rows_of_one_event_the_later_one_is_the_original(tmp_path: Path) -> None:
    path = acled(tmp_path, f"KAZ1,{RIOT},12,,1643000000", f"KAZ1,{RIOT},10,,1642000000")
    assert original("acled-KAZ1", path)["cells"]["fatalities"] == "12"


def test_files_with_other_headings_that_are_read_as_one_keep_theirs(tmp_path: Path) -> None:
    one = acled(tmp_path, f"KAZ1,{RIOT},12,,1642000000", f"KAZ2,{RIOT},1,,1642000000")
    other = written(tmp_path, UNREAD + "a,Clash,2022-01-05,KZ,red,\n", "others.csv")
    third = written(tmp_path, UNREAD + "b,Clash,2022-01-05,KZ,blue,\n", "third/others.csv")
    paths = (one, other, third)
    assert original("acled-KAZ2", *paths)["cells"]["timestamp"] == "1642000000"
    assert original("a", *paths)["cells"]["colour"] == "red"
    assert original("b", *paths)["cells"]["colour"] == "blue"


def test_events_that_give_way_to_vetted_ones_take_their_originals_along(tmp_path: Path) -> None:
    head = "id,code_status,type_of_violence,date_start,date_end,best,low,high,where_prec,country,latitude,longitude\n"
    row = "{},{},1,2023-05-01 00:00:00.000,2023-05-01 00:00:00.000,5,5,8,1,Sudan,13.5,24.0\n"
    vetted = written(tmp_path, head + row.format(1, "Clear"), "ged.csv")
    both = written(tmp_path, head + row.format(1, "Unclear") + row.format(2, "Unclear"), "candidate.csv")
    assert original("ged-1", vetted, both)["file"] == "ged.csv"
    assert original("ged-2", vetted, both)["line"] == 3


def test_a_row_of_several_sheets_says_which(tmp_path: Path) -> None:
    head = ["event_id", "title", "date_start", "country", "colour"]
    path = workbook(
        tmp_path,
        [head, ["a", "Clash", "2022-01-05", "KZ", "red"]],
        [head, ["b", "Clash", "2022-01-06", "KZ", "blue"]],
    )
    found = original("b", path)
    assert (found["file"], found["sheet"], found["line"], found["cells"]["colour"]) == (
        "events.xlsx",
        "Sheet1",
        2,
        "blue",
    )


def test_a_cell_that_alone_is_another_makes_another_version_and_the_older_one_keeps_its_own(tmp_path: Path) -> None:
    rows = (f"{UNREAD}a,Clash,2022-01-05,KZ,{colour},\n" for colour in ("red", "blue"))
    versions = []
    for content in rows:
        store = stored(written(tmp_path, content))
        (current,) = (each for each in json.loads(run("versions", store).out) if each["current"])
        versions.append(current["version"])
    assert versions[0] != versions[1]
    assert original("a", store)["cells"]["colour"] == "blue"
    assert run("versions", store, "--use", versions[0]).status == 0
    assert original("a", store)["cells"]["colour"] == "red"
    assert run("check", store).status == 0


def test_an_event_of_which_an_unread_cell_alone_is_another_counts_as_changed(tmp_path: Path) -> None:
    said = []
    for colour in ("red", "blue"):
        path = written(tmp_path, f"{UNREAD}a,Clash,2022-01-05,KZ,{colour},\nb,Clash,2022-01-05,KZ,green,\n")
        said.append(json.loads(run("import", path, "--to", tmp_path / "store").out))
    assert (said[1]["added"], said[1]["changed"], said[1]["gone"]) == (0, 1, 0)


def test_a_second_start_finds_the_original_in_the_cache(tmp_path: Path) -> None:
    path, cache = written(tmp_path, UNREAD + "a,Clash,2022-01-05,KZ,red,\n"), tmp_path / "cache"
    answers = [run("original", "a", "--data", path, "--cache", cache) for _ in range(2)]
    assert answers[0].out == answers[1].out
    assert json.loads(answers[0].out)["cells"]["colour"] == "red"


def test_an_original_that_is_not_as_it_was_written_is_found_by_check(tmp_path: Path) -> None:
    store = stored(written(tmp_path, UNREAD + "a,Clash,2022-01-05,KZ,red,\n"))
    (file,) = store.glob("versions/*/originals.parquet")
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    answer = run("check", store)
    assert answer.status == 1
    assert "originals.parquet" in answer.words


@pytest.mark.parametrize(("event_id", "words"), [("E1", "whole record"), ("nobody", "No event has the id 'nobody'")])
def test_an_event_without_an_original_is_told_in_a_sentence(event_id: str, words: str) -> None:
    answer = run("original", event_id)
    assert (answer.status, answer.out) == (1, "")
    assert words in answer.words


def answered(path: Path, event_id: str) -> dict[str, Any]:
    """The panel of the page with the event selected."""
    client = create_app(open_data([path], None)).server.test_client()
    answer = ask(client, "address", address={**BROWSER, "search": f"?event={event_id}"})
    panel: dict[str, Any] = answer["response"]["panel"]
    return panel


def test_the_page_shows_the_row_closed_below_the_event_with_its_filled_cells(tmp_path: Path) -> None:
    path = acled(tmp_path, f"KAZ1,{RIOT},12,,1642000000")
    panel = answered(path, "acled-KAZ1")
    row = panel["children"][-1]
    assert (row["type"], row["props"]["className"]) == ("Details", "original")
    assert "open" not in row["props"]
    assert "As it stands in the fileacled.csv, line 2event_id_cntyKAZ1event_date05 January 2022" in words(row)
    assert words(row).endswith("fatalities12timestamp1642000000")
    assert "notes" not in words(row)


def test_what_looks_like_markup_is_shown_as_it_stands(tmp_path: Path) -> None:
    hostile = "<img src=x onerror=alert(1)> [a](javascript:alert(1)) =HYPERLINK(1) {{7*7}}"
    path = written(tmp_path, UNREAD + f"a,Clash,2022-01-05,KZ,{hostile},\n")
    row = answered(path, "a")["children"][-1]
    assert hostile in words(row)
    assert {part["type"] for part in _parts(row)} == {"Details", "Summary", "P", "Dl", "Dt", "Dd"}


def _parts(component: Any) -> list[dict[str, Any]]:
    if isinstance(component, list):
        return [part for each in component for part in _parts(each)]
    return [component, *_parts(component["props"].get("children"))] if isinstance(component, dict) else []


def test_a_very_long_cell_is_cut_in_the_page_which_says_how_to_read_all_of_it(tmp_path: Path) -> None:
    path = written(tmp_path, UNREAD + f"a,Clash,2022-01-05,KZ,{'x' * 1_000_000},\n")
    row = answered(path, "a")["children"][-1]
    assert len(json.dumps(row)) < 10_000
    assert words(row).endswith("Shortened. All of it: python -m geodata original a")
    assert len(original("a", path)["cells"]["colour"]) == 1_000_000


def test_of_very_many_columns_the_page_shows_the_first(tmp_path: Path) -> None:
    more = ",".join(f"q{number}" for number in range(1_000))
    path = written(tmp_path, f"event_id,title,date_start,{more}\na,Clash,2022-01-05{',1' * 1_000}\n")
    row = answered(path, "a")["children"][-1]
    assert len(_parts(row)) < 300
    assert "All of it: python -m geodata original a" in words(row)


def test_an_event_of_a_data_folder_has_no_such_row(client: FlaskClient) -> None:
    answer = ask(client, "address", address={**BROWSER, "search": "?event=E1"})
    assert "As it stands in the file" not in words(answer["response"]["panel"]["children"])
