"""A data folder read in columns is what it is row by row: the same record, or the same problems."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.errors import DataError, Problem
from geodata.importers import BUNDLED, read_columns
from geodata.importers.folder import COLUMNS, PACKAGE
from geodata.record.columns import Columns
from tests.by_rows import read_folder
from tests.records import columns_of

Choices = tuple[list[str], list[str]]
DAYS: Choices = (["2022-01-05", "2022-01-09"], ["2022-02-30", "", "soon"])
IDS = ["", "a b", "x;y", "\u2003x", "x" * 201]
NOTES: Choices = (["", 'x, "y"', "two\nlines", "two\r\nlines", " \u00a0x"], ["\x1f", "a\x85"])
# For each column what it may hold, and what breaks a rule, or does beside some others. {n} is the number of the row.
CELLS: dict[str, dict[str, Choices]] = {
    "places.csv": {
        "place_id": (["p{n}"], ["p0", *IDS]), "name": (["Camp", "Кemp"], [""]),
        "lon": (["77", "77.0", "-38.5"], ["", "x"]),
        "lat": (["43", "55.8"], ["", "91"]), "feature": (["city"], [""]),
        "country": (["KZ", "RU", "XX"], ["", "KAZ"]),
        "radius_m": (["", "5000"], ["-1"]), "notes": NOTES,
        "other_names": (["", "Old [..2019-03-23]; New [2019-03-23..]", "База"], ["Old [2019]", "Old [..2019-02-30]"]),
    },
    "sources.csv": {
        "source_id": (["s{n}"], ["é{n}", "s0", *IDS]), "publisher": (["P"], [""]), "title": (["T"], [""]),
        "published_on": (["", *DAYS[0]], ["soon"]), "accessed_on": (["", *DAYS[0]], ["2022"]),
        "url": (["", "https://example.org/a"], ["x"]), "language": (["", "en"], []),
        "sha256": (["", "0" * 64], ["0"]),
        "reliability": (["", "D"], ["G"]), "notes": NOTES,
    },
    "events.csv": {
        "event_id": (["e{n}"], ["e0", *IDS]), "category": (["clash", "protest"], ["", "clahs"]),
        "event_type": (["", "x"], []),
        "sub_event_type": (["", "y"], []), "title": (["Shots"], [""]), "date_start": (["2022-01-05"], DAYS[1]),
        "date_end": DAYS, "time_precision": (["1", "3"], ["", "4"]), "country": (["KZ"], ["", "KAZ"]),
        "sites": (["", "p0", "p0; p1", "p1 > p0"], ["p9", "p0 > ", "p0; p0"]),
        "geo_precision": (["site", "near"], ["", "country", "site; near", "sitte"]),
        "actors": (["", "A; B", " ; A"], []),
        "notes": NOTES, "source_ids": (["", "s0", "s0; s1"], ["s9", "s0; s9"]),
    },
    "claims.csv": {
        "claim_id": (["c{n}"], ["c0", "c1", *IDS]), "event_id": (["e0", "e1"], ["e9", ""]),
        "measure": (["deaths"], ["injured", "x"]), "low": (["5", "3", "0"], ["", "9", "1,000"]),
        "best": (["", "5"], ["4"]),
        "high": (["5", "7", ""], ["2", "x"]), "qualifier": (["exact"], ["", "roughly"]),
        "claimant": (["A", "B"], [""]),
        "via": (["", "x"], []), "said_on": (["2022-01-07", "2022-01-20", "2022-01"], ["soon", ""]),
        "scope": (["KZ"], ["", "x"]),
        "population": (["all"], ["", "women"]), "part_of": (["", "", "c0"], ["c1", "c9", "c{n}"]),
        "supersedes": (["", "", "c0"], ["c2", "c9"]), "echo_of": (["", "", "", "", "c1"], ["c3", "c{n}"]),
        "status": (["standing", "standing", "standing", "superseded", "retracted"], ["", "x"]),
        "status_on": (["2022-02-05"], ["2022-01-06", "x"]),
        "source_id": (["s0", "s1"], ["s9", ""]), "paragraph": (["", "1"], ["0", "x"]), "start": (["5"], ["", "8"]),
        "end": (["7"], [""]),
        "notes": NOTES,
    },
}  # fmt: skip
BETWEEN = [*[None] * 8, "x", "", "  ", "…", 'a"b…', '"a…', "x…,y", "a\r…"]


def assert_both_tell_the_same(path: Path) -> Columns | tuple[Problem, ...]:
    try:
        by_row = columns_of(read_folder(path))
    except DataError as error:
        with pytest.raises(DataError) as caught:
            read_columns(path)
        assert caught.value.problems == error.problems
        return error.problems
    by_column = read_columns(path)
    assert (by_column.name, by_column.title) == (by_row.name, by_row.title)
    for name, expected in by_row.tables.items():
        assert by_column[name].schema == expected.schema
        by_column[name].validate(full=True)
        assert by_column[name].to_pylist() == expected.to_pylist(), name
    return by_column


def mended(row: dict[str, str]) -> dict[str, str]:
    """The row with those cells changed that no rule lets stand beside each other."""
    row = dict(row)
    if row.get("sites") == "":
        row["geo_precision"] = ""
    if row.get("status") == "standing":
        row["status_on"] = ""
    if "paragraph" in row and not row["paragraph"]:
        row["start"] = row["end"] = ""
    if row.get("best"):
        row["low"], row["high"] = "3", ""
    if row.get("claim_id") in ("c0", "c1", "c2"):
        row |= {"event_id": "e0", "part_of": "", "supersedes": "", "echo_of": ""}
    elif row.get("status") == "superseded":
        row["status"] = "retracted"
    if any(row.get(column) for column in ("part_of", "supersedes", "echo_of")):
        row |= {"event_id": "e0", "said_on": "2022-01-20"}
    return row


@st.composite
def folders(draw: st.DrawFn) -> dict[str, bytes]:
    """The files of a data folder, good ones and ones with every kind of fault."""
    is_good = draw(st.booleans())
    package = {"name": "made", "resources": [{"path": file} for file in COLUMNS]}
    files = {PACKAGE: json.dumps(package).encode()}
    for file, columns in CELLS.items():
        if not is_good and not draw(st.integers(0, 20)):
            continue
        header = draw(st.permutations(list(columns)))
        if file == "claims.csv" and draw(st.booleans()):
            header.remove("supersedes")
        out = io.StringIO()
        end = draw(st.sampled_from(["\n", "\r\n"]))
        quoting: Any = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
        write = csv.writer(out, lineterminator=end, quoting=quoting).writerow
        write(header if is_good or draw(st.integers(0, 20)) else header[1:])
        for number in range(draw(st.integers(2 if is_good else 0, 5))):
            between = None if is_good else draw(st.sampled_from(BETWEEN))
            if between is not None:
                cell, dots, rest = between.partition("…")
                out.write(",".join([cell] * (len(header) if dots else 1)) + rest + end)
            row = {}
            for name in columns:
                good, bad = columns[name]
                cells = good if is_good or draw(st.integers(0, 8)) else good + bad
                row[name] = draw(st.sampled_from(cells)).replace("{n}", str(number))
            row = mended(row) if is_good or draw(st.integers(0, 3)) else row
            write([row[name] for name in header])
        files[file] = draw(st.sampled_from([b"", b"\xef\xbb\xbf", b"\n"])) + out.getvalue().encode()
    return files


@settings(max_examples=100, deadline=None)
@given(folders())
def test_any_folder_is_read_alike_by_rows_and_by_columns(files: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as name:
        for file, raw in files.items():
            (Path(name) / file).write_bytes(raw)
        assert_both_tell_the_same(Path(name))


def test_the_bundled_record_is_read_alike_by_rows_and_by_columns() -> None:
    assert isinstance(assert_both_tell_the_same(BUNDLED), Columns)


@pytest.mark.parametrize("raw", [b"", b"\n", b"\xff", b"place_id;name", b'a"b,c', b" \n\nplace_id"])
def test_what_is_no_table_is_refused_alike(tmp_path: Path, raw: bytes) -> None:
    for file in (PACKAGE, *COLUMNS):
        (tmp_path / file).write_bytes((BUNDLED / file).read_bytes() if file != "places.csv" else raw)
    assert isinstance(assert_both_tell_the_same(tmp_path), tuple)


def test_a_path_with_nothing_there_and_a_folder_without_files_are_refused_alike(tmp_path: Path) -> None:
    assert len(assert_both_tell_the_same(tmp_path)) == 5  # type: ignore[arg-type]
