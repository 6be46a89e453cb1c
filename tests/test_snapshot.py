"""Snapshots: whole or not there, the same bytes for the same content, and what is broken is named by its file."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from geodata.errors import DataError
from geodata.importers import BUNDLED
from geodata.record.columns import SCHEMAS, Columns
from geodata.record.version import version_of
from geodata.store import snapshot as snapshots
from geodata.store.snapshot import open_snapshot, verify_snapshot, write_snapshot
from tests.columns import columns
from tests.records import columns_of, dataset_of, read_data

CELLS = [(table, column) for table, schema in SCHEMAS.items() for column in schema.names]
READ = {
    "files": [{"file": "a.csv", "format": "table", "rows": 3, "repaired": 1, "rejected": 1,
               "headings": ["day"], "credit": "us"}],
    "notices": [
        {
            "file": "a.csv", "kind": "rejected", "line": 2, "heading": "day", "value": "soon", "rule": "date",
            "message": "no day", "row": "{}",
        }
    ],
    "originals": [{"event": 0, "file": 0, "sheet": "", "line": 3, "cells": "today"}],
}  # fmt: skip


def with_table(record: Columns, name: str, table: pa.Table) -> Columns:
    return dataclasses.replace(record, tables={**record.tables, name: table})


def in_pieces(table: pa.Table) -> pa.Table:
    """The same rows, cut out of the middle of a larger table, in chunks of one and two rows."""
    if not len(table):
        return table
    doubled = pa.concat_tables([table, table, table]).combine_chunks().slice(len(table), len(table))
    cuts = range(0, len(table), 3)
    return pa.concat_tables([part for at in cuts for part in (doubled.slice(at, 1), doubled.slice(at + 1, 2))])


def with_bitmaps(array: pa.ChunkedArray) -> pa.ChunkedArray:
    """The same values of a number or text column, with what stands under a null another than before."""
    mask = pc.is_null(array).combine_chunks()
    filled = pc.fill_null(array, pa.scalar(7, pa.int64()).cast(array.type)).combine_chunks()
    return pa.chunked_array([pc.if_else(mask, pa.scalar(None, array.type), filled)])


def other(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """The column with its first cell changed."""
    kind, rest = column.type, column.slice(1)
    first = column[0].as_py()
    if pa.types.is_list(kind):
        is_text = pa.types.is_string(kind.value_type)
        changed = [*(first or []), "" if is_text else {"name": "", "since": None, "until": None}]
    elif pa.types.is_string(kind):
        changed = f"{first}x"
    elif first is None:
        changed = pa.scalar(0, pa.int32()).cast(kind).as_py() if pa.types.is_date(kind) else 0
    else:
        changed = None
    return pa.chunked_array([pa.array([changed], kind), *rest.chunks])


def test_equal_content_has_an_equal_version_however_arrow_holds_it() -> None:
    record = columns(20)
    pieces = dataclasses.replace(record, tables={name: in_pieces(table) for name, table in record.tables.items()})
    high = record["claims"].schema.get_field_index("high")
    refilled = record["claims"].set_column(
        high, SCHEMAS["claims"].field("high"), with_bitmaps(record["claims"]["high"])
    )
    assert record["claims"]["high"].null_count == 20
    assert {version_of(each) for each in (record, columns(20), pieces, with_table(record, "claims", refilled))} == {
        version_of(record)
    }


@pytest.mark.parametrize(("table", "column"), CELLS, ids=lambda word: word)
def test_any_changed_cell_has_another_version(table: str, column: str) -> None:
    record = columns(4)
    if table == "unsettled":
        record = with_table(record, table, pa.table({k: [[]] if k != "name" else ["x"] for k in SCHEMAS[table].names}))
        record = with_table(record, table, record[table].cast(SCHEMAS[table]))
    if table in READ:
        record = with_table(record, table, pa.Table.from_pylist(READ[table], SCHEMAS[table]))
    at = record[table].schema.get_field_index(column)
    changed = record[table].set_column(at, SCHEMAS[table].field(column), other(record[table][column]))
    assert version_of(with_table(record, table, changed)) != version_of(record)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ([["ab", "c"], []], [["a", "bc"], []]),
        ([["a"], ["b"]], [["a", "b"], []]),
        ([[""], []], [[], [""]]),
        ([[], []], [[""], []]),
    ],
)
def test_texts_and_lists_do_not_run_into_each_other(one: list[list[str]], two: list[list[str]]) -> None:
    def version(actors: list[list[str]]) -> str:
        events = columns(2)["events"]
        at = events.schema.get_field_index("actors")
        field = SCHEMAS["events"].field("actors")
        return version_of(with_table(columns(2), "events", events.set_column(at, field, pa.array(actors, field.type))))

    assert version(one) != version(two)


def test_the_order_of_rows_the_title_and_the_name_are_part_of_the_version() -> None:
    record = columns(4)
    turned = with_table(record, "claims", record["claims"].take([1, 0, 2, 3]))
    others = (turned, dataclasses.replace(record, title="x"), dataclasses.replace(record, name="x"))
    assert len({version_of(each) for each in (record, *others)}) == 4


@pytest.mark.parametrize("read", [lambda: columns_of(read_data(BUNDLED)), columns, lambda: columns(0)])
def test_a_record_comes_back_as_it_was_written(tmp_path: Path, read: Callable[[], Columns]) -> None:
    record = read()
    snapshot = open_snapshot(write_snapshot(record, tmp_path / "s").folder)
    assert dataset_of(snapshot.record()) == dataset_of(record)
    assert (snapshot.name, snapshot.title, snapshot.version) == (record.name, record.title, version_of(record))
    assert {name: file.rows for name, file in snapshot.files.items() if name in SCHEMAS} == {
        name: len(record[name]) for name in SCHEMAS
    }
    assert snapshot.verify() == []


def test_two_runs_over_the_same_content_write_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "ROW_GROUP", 7)
    record = columns(20)
    pieces = dataclasses.replace(record, tables={name: in_pieces(table) for name, table in record.tables.items()})
    one, two = (write_snapshot(each, tmp_path / name).folder for each, name in ((record, "1"), (pieces, "2")))
    files = sorted(path.name for path in one.iterdir())
    assert [(two / name).read_bytes() for name in files] == [(one / name).read_bytes() for name in files]
    assert files == sorted(path.name for path in two.iterdir())
    said = json.loads((one / "manifest.json").read_text())
    assert said.keys() == {"format", "name", "title", "version", "files", "sha256"}  # no day, and no folder


def test_a_snapshot_that_is_there_already_stays_as_it_is(tmp_path: Path) -> None:
    first = write_snapshot(columns(), tmp_path / "s")
    assert write_snapshot(columns(3), tmp_path / "s") == first
    assert [path.name for path in tmp_path.iterdir()] == ["s"]


@pytest.mark.parametrize("name", ["events.parquet", "claims.parquet", "unsettled.parquet", "manifest.json"])
def test_a_flipped_byte_anywhere_is_named_by_its_file(tmp_path: Path, name: str) -> None:
    folder = write_snapshot(columns(), tmp_path / "s").folder
    content = (folder / name).read_bytes()
    for at in range(0, len(content), max(1, len(content) // 25)):
        flipped = bytearray(content)
        flipped[at] ^= 0x10
        (folder / name).write_bytes(flipped)
        assert [problem.file for problem in verify_snapshot(folder)] == [name]
    (folder / name).write_bytes(content)
    assert verify_snapshot(folder) == []


def test_files_that_are_missing_or_cut_are_told_when_it_is_opened(tmp_path: Path) -> None:
    snapshot = write_snapshot(columns(), tmp_path / "s")
    snapshot.path("claims").unlink()
    content = snapshot.path("events").read_bytes()
    snapshot.path("events").write_bytes(content[:-1])
    with pytest.raises(DataError) as caught:
        open_snapshot(snapshot.folder)
    told = {problem.file: problem.message for problem in caught.value.problems}
    assert told == {
        "claims.parquet": "the file is missing.",
        "events.parquet": f"{len(content) - 1:,} bytes were found (expected {len(content):,}, as it was written).",
    }
    assert {problem.file for problem in snapshot.verify()} == told.keys()


def test_another_format_is_told_as_such(tmp_path: Path) -> None:
    folder = write_snapshot(columns(), tmp_path / "s").folder
    content = json.loads((folder / "manifest.json").read_text())
    del content["sha256"]
    (folder / "manifest.json").write_bytes(snapshots.sealed({**content, "format": 0}))
    with pytest.raises(DataError, match=r"format 0 \(expected \d+: import the data again\)"):
        open_snapshot(folder)


def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> object:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(snapshots, "_write_table", full)
    with pytest.raises(OSError, match="No space left"):
        write_snapshot(columns(), tmp_path / "s")
    assert list(tmp_path.iterdir()) == []
