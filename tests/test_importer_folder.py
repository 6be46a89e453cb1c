"""A data folder is read whole or refused with every problem, each with its file, line, column and value."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from geodata.dates import PartialDay
from geodata.errors import DataError, Problem
from geodata.importers import BUNDLED
from geodata.record.model import Locator, PlaceName, Site
from tests.records import read_data

PACKAGE = {
    "name": "two",
    "resources": [{"path": f"{n}.csv"} for n in ("events", "claims", "sources", "places")],
}
GOOD = {
    "datapackage.json": json.dumps(PACKAGE),
    "events.csv": """\
event_id,category,event_type,sub_event_type,title,date_start,date_end,time_precision,sites,geo_precision,country,actors,notes,source_ids
E1,deployment,,,Troops flown in,2022-01-06,2022-01-09,1,base > town,site,,A; B,,S1
E2,clash,,,Shots in two towns,2022-01-05,2022-01-05,1,town; base,settlement; near,,,,S1
E3,clash,,,Deaths,2022-01-02,2022-01-10,2,,country,KZ,,,
""",
    "claims.csv": """\
claim_id,event_id,measure,low,best,high,qualifier,claimant,via,said_on,scope,population,part_of,status,status_on,source_id,paragraph,start,end,notes
C1,E3,deaths,26,26,26,exact,President,,2022-01-07,KZ,all,,superseded,2022-01-09,S1,1,5,7,
C2,E3,deaths,100,,,hundreds,Paper,,2022-01,KZ,civilians,,standing,,S1,,,,
C3,E3,deaths,3,3,3,exact,Paper,,2022-01-10,KZ,children,C2,standing,,S1,,,,
C4,E3,deaths,164,164,164,exact,President,,2022-01-09,KZ,all,,standing,,S1,,,,
""",
    "sources.csv": """\
source_id,publisher,title,published_on,accessed_on,url,language,sha256,reliability,notes
S1,A paper,An article,2022-01-10,,https://example.org/a,en,,D,
""",
    "places.csv": """\
place_id,name,lon,lat,feature,country,radius_m,other_names,notes
town,New Town,71.446,51.1801,city,KZ,,Old Town [..2019-03-23]; New Town [2019-03-23..],
base,Base,-38.5,55.8783,airfield,RU,5000,База,
""",
}


def write(root: Path, changes: dict[str, tuple[str, str]] | None = None) -> Path:
    """The good folder with, in each file named, the first text replaced by the second."""
    root.mkdir(exist_ok=True)
    for name, text in GOOD.items():
        old, new = (changes or {}).get(name, ("", ""))
        assert old in text
        (root / name).write_text(text.replace(old, new, 1), encoding="utf-8", newline="")
    return root


def problems(path: Path) -> list[Problem]:
    with pytest.raises(DataError) as caught:
        read_data(path)
    return list(caught.value.problems)


def test_a_good_folder_is_read_as_it_stands(tmp_path: Path) -> None:
    data = read_data(write(tmp_path))
    assert (data.name, len(data.events), len(data.claims), len(data.sources), len(data.places)) == (
        "two",
        3,
        4,
        1,
        2,
    )
    flow, shots, deaths = data.events
    assert flow.sites == (Site("base", "origin", "site"), Site("town", "destination", "site"))
    assert flow.actors == ("A", "B")
    assert shots.sites == (Site("town", "at", "settlement"), Site("base", "at", "near"))
    assert (deaths.sites, deaths.country, deaths.geo_precision) == ((), "KZ", "country")
    said, vague, *_ = data.claims
    assert (said.low, said.high, said.locator, said.status_on) == (26, 26, Locator(1, 5, 7), date(2022, 1, 9))
    assert (vague.low, vague.best, vague.high, vague.locator) == (100, None, None, None)
    assert vague.said_on == PartialDay.parse("2022-01")
    town, base = data.places
    assert town.names == (
        PlaceName("Old Town", None, date(2019, 3, 23)),
        PlaceName("New Town", date(2019, 3, 23)),
    )
    assert (base.point, base.radius_m, base.names) == ((-38.5, 55.8783), 5000, (PlaceName("База"),))


def test_a_place_is_in_the_region_of_the_bundled_boundaries(tmp_path: Path) -> None:
    regions = {place.place_id: place.region for place in read_data(BUNDLED).places}
    assert regions["almaty"] != regions["zhetygen"] == regions["taldykorgan"]
    assert [place.region for place in read_data(write(tmp_path)).places][1] == ""  # in the sea


@pytest.mark.parametrize(
    "as_bytes",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: text.rstrip("\n").encode(),
        lambda text: text.replace("\n", "\n\n").encode(),
    ],
    ids=["byte-order mark", "CRLF", "CR", "no last line end", "blank lines"],
)
def test_byte_order_marks_and_line_ends_change_nothing(tmp_path: Path, as_bytes: Callable[[str], bytes]) -> None:
    expected = read_data(write(tmp_path))
    for name, text in GOOD.items():
        if name.endswith(".csv"):
            (tmp_path / name).write_bytes(as_bytes(text))
    assert read_data(tmp_path) == expected


def test_a_table_with_its_header_alone_has_no_rows(tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "claims.csv").write_text(GOOD["claims.csv"].splitlines()[0], encoding="utf-8")
    assert read_data(tmp_path).claims == ()


# The text in the file, what stands there instead, and the problem: line, column, words of the message.
BROKEN = {
    "events.csv": [
        ("2022-01-06", "2024-13-45", 2, "date_start", "'2024-13-45' is not a date (expected YYYY-MM-DD)"),
        ("2022-01-06", "06/01/2022", 2, "date_start", "'06/01/2022' is not a date"),
        ("2022-01-06", "44567", 2, "date_start", "'44567' is not a date"),
        ("2022-01-09", "2022-01-05", 2, "date_end", "2022-01-05 lies before date_start 2022-01-06"),
        ("deployment", "deploymnet", 2, "category", "(nearest: deployment)"),
        ("E2", "E1", 3, "event_id", "'E1' stands in line 2 already"),
        ("E2", "E 2", 3, "event_id", "'E 2' was found (expected an id without blanks"),
        ("E2", "", 3, "event_id", "'' was found"),
        ("Troops flown in", "", 2, "title", "the cell is empty"),
        ("base > town", "base > twon", 2, "sites", "'twon' is unknown: places.csv has no such place_id (nea"),
        ("base > town", "base > town > base", 2, "sites", "is not a flow (expected origin > destination)"),
        ("base > town", "town > town", 2, "sites", "names a place twice"),
        ("settlement; near", "site; near; near", 3, "geo_precision", "3 values for 2 sites"),
        ("settlement; near", "", 3, "geo_precision", "0 values for 2 sites"),
        ("settlement; near", "setlement", 3, "geo_precision", "(nearest: settlement)"),
        (",,country,KZ", ",,site,KZ", 4, "geo_precision", "(expected country, or an empty cell)"),
        (",,country,KZ", ",,country,KAZ", 4, "country", "'KAZ' was found (expected two capital letters"),
        ("A; B,,S1", "A; B,,S1; S2", 2, "source_ids", "'S2' is unknown: sources.csv"),
        ("2022-01-09,1", "2022-01-09,4", 2, "time_precision", "'4' is none of 1, 2, 3"),
        ("A; B,,S1", "A; B,,S1,more", 2, "", "found 15 fields (expected 14"),
        ("Troops flown in", '"Troops flown in', 2, "", "a quote is opened and never closed; lines 2 to 4"),
        ("Troops flown in", "Troops\x00", 2, "title", "control character U+0000"),
        ("Troops flown in", "Troops\x85", 2, "title", "control character U+0085"),
        ("Troops flown in", "Troops\x0b", 2, "title", "control character U+000B"),
        ("Troops flown in", "Troops\uffff", 2, "title", "control character U+FFFF"),
        ("actors", "actor", 1, "actors", "the column is missing; found event_id, category, event_type"),
        ("actors", "actors,mood", 1, "mood", "unknown column (expected event_id, category"),
        ("actors", "notes", 1, "notes", "the column stands twice, as number 12 and number 13"),
    ],
    "places.csv": [
        ("51.1801", "91", 2, "lat", "'91' is out of range (expected -90 to 90 degrees)"),
        ("71.446", "795609", 2, "lon", "out of range (expected -180 to 180 degrees)"),
        ("51.1801", "NaN", 2, "lat", "'NaN' is not a number"),
        ("51.1801", "inf", 2, "lat", "'inf' is not a number"),
        ("51.1801", "1e999", 2, "lat", "'1e999' is not a number"),
        ("51.1801", "33°20'N", 2, "lat", "is not a number"),
        ("51.1801", "", 2, "lat", 'the cell is empty but "lon" is not'),
        ("5000", "-1", 3, "radius_m", "out of range"),
        ("[..2019-03-23]", "[2019]", 2, "other_names", "is not a name (expected Name, or Name [since..until"),
        ("[..2019-03-23]", "[..2019-02-30]", 2, "other_names", "'2019-02-30' is not a date"),
        ("[..2019-03-23]", "[2020-01-01..2019-03-23]", 2, "other_names", "ends before it begins"),
    ],
    "sources.csv": [
        ("https:", "javascript:", 2, "url", "'javascript://example.org/a' was found"),
        (",D,", ",G,", 2, "reliability", "'G' is none of A, B, C, D, E, F"),
        (",en,,", ",en,abc,", 2, "sha256", "'abc' was found (expected 64 digits"),
    ],
    "claims.csv": [
        ("C1,E3", "C1,E9", 2, "event_id", "'E9' is unknown: events.csv has no such event_id"),
        ("2022-01-09,S1", "2022-01-09,S9", 2, "source_id", "'S9' is unknown"),
        ("26,26,26", "30,26,26", 2, "low", "low 30, best 26, high 26 are out of order"),
        ("26,26,26", "26,,20", 2, "low", "low 26, high 20 are out of order"),
        ("26,26,26", ",,", 2, "low", "the claim has no figure at all"),
        ("26,26,26", ",26,", 2, "low", '"best" stands alone'),
        ("26,26,26", "1 000,,", 2, "low", "'1 000' is not a figure: write the digits alone, as in 1000"),
        ("26,26,26", '"1,000",,', 2, "low", "write the digits alone, as in 1000"),
        ("26,26,26", "3.5,,", 2, "low", "write a whole number"),
        ("26,26,26", "10-20,,", 2, "low", 'write the two ends in the columns "low" and "high"'),
        ("26,26,26", "-1,,", 2, "low", "a figure is never negative; leave the cell empty"),
        ("26,26,26", "unknown,,", 2, "low", "leave the cell empty if it is not known"),
        ("26,26,26", ">100,,", 2, "low", 'write the number in "low", leave "high" empty'),
        ("26,26,26", "1e3,,", 2, "low", "'1e3' is not a figure: expected a whole number such as 164"),
        ("26,26,26", "٣,,", 2, "low", "expected a whole number such as 164"),
        ("children,C2", "children,C9", 4, "part_of", "'C9' is unknown: claims.csv"),
        ("children,C2", "children,C3", 4, "part_of", "makes the claim a part of itself"),
        ("C2,E3", "C2,E2", 4, "part_of", "'C2' is about event 'E2' (expected a claim of E3)"),
        ("superseded,2022-01-09", "superseded,", 2, "status_on", "(expected the day since when the claim is"),
        ("superseded,2022-01-09", "retracted,", 2, "status_on", "the day since when the claim is retracted)"),
        ("164,exact,President", "164,exact,Premier", 2, "status", "nothing supersedes the claim"),
        ("part_of,status", "part_of,suprsedes,status", 1, "suprsedes", "(nearest: supersedes)"),
        ("C2,standing,", "C2,standing,2022-01-11", 4, "status_on", "a standing claim has no such day"),
        ("superseded,2022-01-09", "retracted,2022-01-06", 2, "status_on", "lies before said_on 2022-01-07"),
        ("2022-01-07", "2022-13", 2, "said_on", "(expected YYYY-MM-DD, or YYYY-MM)"),
        ("1,5,7", "1,5,", 2, "end", "the cell is empty (expected paragraph, start and end, or none"),
        ("1,5,7", "1,7,5", 2, "end", "the span from 7 to 5 is empty"),
        ("1,5,7", "0,5,7", 2, "paragraph", "(expected a number from 1)"),
        ("President", "", 2, "claimant", "the cell is empty"),
        ("26,exact", "26,roughly", 2, "qualifier", "'roughly' is none of exact, about, over"),
    ],
    "datapackage.json": [
        ('"name": "two", ', "", 0, "name", "'None' was found (expected a short text)"),
        ("two", "\\ud800", 0, "name", "'\\ud800' was found (expected a short text)"),
        ("events.csv", "event.csv", 0, "resources", '0 resources have the path "events.csv"'),
        ("{", "{{", 0, "", "not readable as JSON"),
        ("{", "[" * 100_000 + "{", 0, "", "the JSON is nested too deeply"),
        ("resources", "tables", 0, "resources", "the list is missing"),
    ],
}  # fmt: skip
CASES = [(file, *case) for file, cases in BROKEN.items() for case in cases]


@pytest.mark.parametrize("case", CASES)
def test_a_broken_rule_is_named_with_its_file_line_column_and_value(
    tmp_path: Path, case: tuple[str, str, str, int, str, str]
) -> None:
    file, old, new, line, column, words = case
    found = problems(write(tmp_path, {file: (old, new)}))
    there = [problem for problem in found if (problem.file, problem.line, problem.column) == (file, line, column)]
    assert any(words in problem.message for problem in there), "\n".join(map(str, found))
    assert all(len(problem.value) <= 200 and "\n" not in str(problem) for problem in found)


def test_every_problem_of_every_file_is_told_at_once_in_file_order(tmp_path: Path) -> None:
    changes = {
        "places.csv": ("51.1801", "91"),
        "events.csv": ("2022-01-06", "x"),
        "claims.csv": ("President", ""),
        "sources.csv": ("https:", "file:"),
    }
    assert [str(problem).split(":")[0] for problem in problems(write(tmp_path, changes))] == [
        'events.csv, line 2, column "date_start"',
        'claims.csv, line 2, column "claimant"',
        'sources.csv, line 2, column "url"',
        'places.csv, line 2, column "lat"',
    ]


def test_a_note_of_several_lines_leaves_later_line_numbers_right(tmp_path: Path) -> None:
    write(tmp_path, {"events.csv": ("A; B,,S1", 'A; B,"one\r\ntwo\rthree",S1')})
    assert read_data(tmp_path).events[0].notes == "one\ntwo\nthree"
    text = (tmp_path / "events.csv").read_bytes()
    (tmp_path / "events.csv").write_bytes(text.replace(b"2022-01-02", b"soon"))
    assert [problem.line for problem in problems(tmp_path)] == [6]


def test_a_note_of_a_million_characters_is_kept(tmp_path: Path) -> None:
    write(tmp_path, {"events.csv": ("A; B,,S1", f"A; B,{'x' * 1_000_000},S1")})
    assert len(read_data(tmp_path).events[0].notes) == 1_000_000


def test_marks_of_writing_direction_and_formulas_are_kept_as_they_stand(tmp_path: Path) -> None:
    write(tmp_path, {"events.csv": ("A; B,,S1", "A; B,'=1+1 \u202eabc,S1")})
    assert read_data(tmp_path).events[0].notes == "'=1+1 \u202eabc"


@pytest.mark.parametrize("name", GOOD)
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    (write(tmp_path) / name).unlink()
    assert [str(problem) for problem in problems(tmp_path)] == [f"{name}: the file is missing."]


@pytest.mark.parametrize("name", GOOD)
def test_an_empty_file_is_named(tmp_path: Path, name: str) -> None:
    (write(tmp_path) / name).write_bytes(b"")
    assert [problem.file for problem in problems(tmp_path)] == [name]


@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_what_is_no_regular_file_is_refused_unopened(tmp_path: Path, kind: str) -> None:
    path = write(tmp_path / "data") / "events.csv"
    path.rename(tmp_path / "elsewhere.csv")
    if kind == "link":
        path.symlink_to(tmp_path / "elsewhere.csv")
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.mkdir()
    assert [str(problem) for problem in problems(tmp_path / "data")] == [
        "events.csv: not a regular file (expected a file, no link, folder or device)."
    ]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("place_id,name\ntown,Алма".encode("cp1251"), "line 2: the byte 0xc0 at offset 19 is not UTF-8"),
        (GOOD["places.csv"].encode("utf-16"), "the file looks like UTF-16"),
        (b"\xef\xbb\xbfab\xff", "line 1: the byte 0xff at offset 5 is not UTF-8"),
    ],
)
def test_another_encoding_is_refused_with_the_offset_of_the_byte(tmp_path: Path, raw: bytes, words: str) -> None:
    (write(tmp_path) / "places.csv").write_bytes(raw)
    (problem,) = problems(tmp_path)
    assert words in str(problem)


def test_semicolons_between_the_columns_are_recognised(tmp_path: Path) -> None:
    (write(tmp_path) / "places.csv").write_text(GOOD["places.csv"].replace(",", ";"), encoding="utf-8")
    (problem,) = problems(tmp_path)
    assert "is one single column (expected commas between the columns)" in problem.message


def test_two_folders_are_read_as_one_and_may_share_equal_sources_and_places(tmp_path: Path) -> None:
    write(tmp_path / "a")
    write(tmp_path / "b")
    for name in ("events.csv", "claims.csv"):
        text = GOOD[name]
        for letter in "EC":
            text = text.replace(f"\n{letter}", f"\nX{letter}").replace(f",{letter}", f",X{letter}")
        (tmp_path / "b" / name).write_text(text, encoding="utf-8")
    data = read_data(tmp_path / "a", tmp_path / "b")
    assert [event.event_id for event in data.events] == ["E1", "E2", "E3", "XE1", "XE2", "XE3"]
    assert [place.place_id for place in data.places] == ["town", "base"]
    assert (data.name, len(data.claims), len(data.sources)) == ("two+two", 8, 1)


def test_the_same_event_in_two_folders_is_a_problem_that_names_both(tmp_path: Path) -> None:
    write(tmp_path / "a")
    write(tmp_path / "b", {"places.csv": ("New Town,", "Newer Town,")})
    with pytest.raises(DataError) as caught:
        read_data(tmp_path / "a", tmp_path / "b")
    told = [(problem.file, problem.value) for problem in caught.value.problems]
    b = tmp_path / "b"
    assert told == [
        *((str(b / "events.csv"), event_id) for event_id in ("E1", "E2", "E3")),
        *((str(b / "claims.csv"), claim_id) for claim_id in ("C1", "C2", "C3", "C4")),
        (str(b / "places.csv"), "town"),
    ]
    assert all(str(tmp_path / "a") in problem.message for problem in caught.value.problems)


def test_a_path_with_nothing_there_is_named(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path / "none")
    assert "there is nothing at this path (expected a folder with datapackage.json" in problem.message
