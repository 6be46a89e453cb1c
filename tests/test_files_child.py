"""A hostile file breaks the process that reads it and no other; only regular files that stay the same are read."""

from __future__ import annotations

import gzip
import json
import os
import sys
import zipfile
from pathlib import Path

import pytest

from geodata.errors import DataError
from geodata.importers.files import archive, child, opening
from geodata.importers.files.child import Limits
from geodata.importers.files.opening import read_sheets
from geodata.importers.files.sheet import Asked
from geodata.importers.files.texts.text import read_text
from tests.books import packed
from tests.sheets import grid
from tests.tables import Cells, table, workbook

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
TWO: Cells = [["title", "date"], ["x", "2022-01-05"]]


def refusal(path: Path, *, limits: Limits | None = None, format: str = "") -> str:
    with pytest.raises(DataError) as caught:
        read_sheets(path, limits=limits, format=format)
    (problem,) = caught.value.problems
    assert problem.line == 0
    return problem.message


def test_an_empty_file_is_refused_whatever_it_is_called(tmp_path: Path) -> None:
    for name in ("events.csv", "events.xlsx", "events.geojson"):
        (tmp_path / name).write_bytes(b"")
        assert refusal(tmp_path / name) == "the file is empty (expected a table)."


def test_a_file_larger_than_can_be_held_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "events.csv").open("wb") as target:
        target.write(b"title,date\n")
        target.truncate(5_000_000_000)
    said = "5,000,000,000 bytes are too many (expected at most 1,600,000,000; a larger table may be several files"
    assert refusal(tmp_path / "events.csv").startswith(said)


def test_links_folders_and_pipes_are_no_files(tmp_path: Path) -> None:
    table(tmp_path, "title,date\n")
    (tmp_path / "link.csv").symlink_to(tmp_path / "events.csv")
    (tmp_path / "folder.csv").mkdir()
    names = ["link.csv", "folder.csv"]
    if sys.platform != "win32":
        os.mkfifo(tmp_path / "pipe.csv")
        names.append("pipe.csv")
    for name in names:
        assert refusal(tmp_path / name) == "not a regular file (expected a file, no link, folder or device)."
    assert refusal(tmp_path / "none.csv") == "the file is missing."


@pytest.mark.parametrize("is_book", [False, True])
def test_a_file_that_changes_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_book: bool
) -> None:
    path = workbook(tmp_path, TWO) if is_book else table(tmp_path, "title,date\nx,y\n")

    def changed(head: bytes, file: str) -> str:
        with path.open("ab") as target:
            target.write(b"more,rows\n")
        return "workbook" if is_book else "text"

    monkeypatch.setattr(opening, "kind_of", changed)
    assert "the file was changed while it was read" in refusal(path)


def test_the_original_is_opened_for_reading_only_and_stays_as_it_is(tmp_path: Path) -> None:
    path = workbook(tmp_path, TWO)
    before, mode = path.read_bytes(), path.stat()
    path.chmod(0o444)
    assert grid(read_sheets(path)[0]) == TWO
    assert (path.read_bytes(), path.stat().st_mtime_ns, [*tmp_path.iterdir()]) == (before, mode.st_mtime_ns, [path])


def test_what_a_reader_says_of_a_sheet_comes_through_unchanged(tmp_path: Path) -> None:
    found = read_text(b"a,b\n1,\xd0\xb6\n2\n3,x\x0by\n", "x.csv", has_header=None)
    child._save([found], tmp_path)
    (sheet,) = child._load(tmp_path, "x.csv")
    assert (grid(sheet), sheet.cells.lines.tolist()) == (grid(found), [2, 4])
    assert (sheet.told, sheet.rejected, sheet.repairs) == (found.told, found.rejected, found.repairs)
    assert sheet.rejected and sheet.repairs


def test_a_reader_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    path = workbook(tmp_path, TWO)
    assert refusal(path, limits=Limits(wall_s=0.01)) == (
        "the file could not be read: its reader was stopped after 0.01 seconds "
        "(expected a file that other programs can open)."
    )


ENDLESS = "while True: pass"
FULL = "x = [b'x' * 10**8 for _ in range(10**4)]"
DEEP = "import json; json.loads('[' * 10**6)"
CRASH = "import ctypes; ctypes.string_at(0)"
BUG = "1 / 0"


@POSIX
@pytest.mark.parametrize(
    ("code", "words"),
    [
        (ENDLESS, "its reader was stopped after 1 second "),
        (FULL, "its reader ran out of memory"),
        (DEEP, "nested too deep"),
        (CRASH, "its reader broke"),
        (BUG, "its reader broke"),
    ],
    ids=["endless", "memory", "deep", "crash", "bug"],
)
def test_whatever_a_reader_does_is_one_sentence_here(tmp_path: Path, code: str, words: str) -> None:
    # A reader of another name stands before the real one in the child alone.
    package = tmp_path / "evil"
    package.mkdir()
    (package / "sitecustomize.py").write_text(
        "import sys, types\n"
        "module = types.ModuleType('geodata.importers.files.archive')\n"
        f"def read_as(kind, path, asked):\n    {code}\n"
        "module.read_as = read_as\n"
        "sys.modules['geodata.importers.files.archive'] = module\n",
        encoding="utf-8",
    )
    path, out = workbook(tmp_path, TWO), tmp_path / "out"
    out.mkdir()
    limits = Limits(memory=1024**3, processor_s=1 if code == ENDLESS else 30, wall_s=60)
    with pytest.MonkeyPatch.context() as patch, pytest.raises(DataError) as caught:
        patch.setenv("PYTHONPATH", str(package))
        child.run("workbook", path, out, Asked("events.xlsx"), limits)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line, words in problem.message) == ("events.xlsx", 0, True)


@POSIX
def test_a_reader_without_memory_kills_no_one_else(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["title", "date"], *([f"Event {n}", "2022-01-05"] for n in range(1_000))])
    assert "its reader" in refusal(path, limits=Limits(memory=120 * 1024**2))
    assert len(read_sheets(path)[0].cells) == 1_000


def test_modules_in_the_folder_it_is_started_in_are_not_the_reader_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workbook(tmp_path, TWO)
    (tmp_path / "json.py").write_text("raise SystemExit(9)", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert len(read_sheets(path)) == 1


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"%PDF-1.7\n", "the content is a PDF"),
        (b"<html><body><table>", "the content is a web page"),
        (
            b'<?xml version="1.0"?>\n<!-- x --><OGRVRTDataSource><OGRVRTLayer/></OGRVRTDataSource>',
            "XML that begins with <OGRVRTDataSource>",
        ),
        (b'<gml:FeatureCollection xmlns:gml="g"/>', "XML that begins with <FeatureCollection>, in which no element"),
        (b"<gml:FeatureCollection>", "the file is no XML"),
        (b"\x80\x04\x95\x10\x00\x00\x00", "a pickle of Python"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (bytes(range(1, 9)) * 50, "no text, and of no known kind"),
    ],
    ids=["pdf", "html", "vrt", "gml", "broken", "pickle", "picture", "noise"],
)
def test_what_is_no_table_is_refused_by_what_it_is(tmp_path: Path, raw: bytes, words: str) -> None:
    (tmp_path / "events.geojson").write_bytes(raw)
    assert words in refusal(tmp_path / "events.geojson")


def test_a_format_that_is_asked_for_is_taken(tmp_path: Path) -> None:
    path = table(tmp_path, "[1],b\n1,2\n")
    assert "is no format (expected text, workbook" in refusal(path, format="csv")
    assert len(read_sheets(path, format="text", has_header=True)[0].cells) == 1


def test_a_packed_table_is_opened_and_what_comes_with_it_is_not(tmp_path: Path) -> None:
    text = b"title,date\nx,2022-01-05\n"
    path = packed(tmp_path / "export.zip", {"README.txt": b"read me", "__MACOSX/._a.csv": b"\0\1\2", "in/a.csv": text})
    (sheet,) = read_sheets(path)
    assert (sheet.title, grid(sheet)) == ("", TWO)
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(text))
    assert grid(read_sheets(tmp_path / "a.csv.gz")[0]) == TWO


def test_of_several_packed_tables_each_has_its_name_and_broken_ones_are_told(tmp_path: Path) -> None:
    text = b"title,date\nx,2022-01-05\n"
    book = workbook(tmp_path, TWO).read_bytes()
    path = packed(tmp_path / "export.zip", {"a.csv": text, "b.csv": b"", "c.xlsx": book})
    found = read_sheets(path)
    assert [(sheet.title, grid(sheet)) for sheet in found] == [("a.csv", TWO), ("c.xlsx: Sheet", TWO)]
    assert found[0].told == ("'b.csv' in the archive is not read: the file is empty (expected a table).",)


def test_archives_that_are_no_tables_are_refused(tmp_path: Path) -> None:
    inner = packed(tmp_path / "inner.zip", {"a.csv": b"a,b\n1,2\n"}).read_bytes()
    for parts, words in (
        ({"word/document.xml": b"<w/>"}, "a Word document"),
        ({"inner.zip": inner}, "an archive within an archive is not opened"),
        ({}, "0 files are in the archive"),
        ({f"{n}.csv": b"a,b\n" for n in range(201)}, "201 files are in the archive"),
        ({"a.csv": b"a,b\n" * 20_000_000}, "over 200 times as large"),
    ):
        assert words in refusal(packed(tmp_path / "export.zip", parts))


@pytest.mark.parametrize(
    "name", ["../../x.csv", "/etc/x.csv", "..\\x.csv", "CON.csv", "a\nb.csv", "-rf.csv", "a[1].csv"]
)
def test_a_name_in_an_archive_is_no_place_on_the_disk(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    path = packed(folder / "export.zip", {name: b"title,date\nx,2022-01-05\n"})
    assert grid(read_sheets(path)[0]) == TWO
    assert sorted(each.name for each in tmp_path.rglob("*")) == ["export.zip", "in"]


def test_a_link_in_an_archive_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as target:
        link = zipfile.ZipInfo("a.csv")
        link.external_attr = 0o120777 << 16
        target.writestr(link, "/etc/passwd")
    assert "the archive holds a link" in refusal(tmp_path / "export.zip")


def test_a_locked_archive_is_refused(tmp_path: Path) -> None:
    path = packed(tmp_path / "export.zip", {"a.csv": b"a,b\n1,2\n"})
    raw = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        raw[raw.index(mark) + offset] |= 1
    path.write_bytes(bytes(raw))
    assert "locked with a password" in refusal(path)


def test_a_bomb_of_gzip_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(b"a,b\n" * 1_000))
    monkeypatch.setattr(archive, "MAX_UNPACKED", 1_000)
    with pytest.raises(DataError, match="more than 1,000 bytes when unpacked"):
        archive.read_as("archive", tmp_path / "a.csv.gz", Asked("a.csv.gz"))


def test_problems_of_a_reader_come_through_with_their_place(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        read_sheets(workbook(tmp_path, [[1, 2, 3], [4, 5, 6]]))
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == ("events.xlsx", 1)
    assert json.dumps(problem.message)
