"""`claims --source-text FILE`: the very words of the claims, out of a text that is known by its SHA-256."""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from geodata.cli import main
from geodata.record.passages import paragraphs_of, read_source_text
from tests.records import read_data
from tests.sourced import SHA256, TEXT, write_data, write_text

Capture = pytest.CaptureFixture[str]


def ask(capsys: Capture, *words: object) -> tuple[int, str, str]:
    status = main(["claims", *map(str, words)])
    out, err = capsys.readouterr()
    return status, out, err


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write_data(tmp_path / "data")


@pytest.fixture
def diary(tmp_path: Path) -> Path:
    return write_text(tmp_path / "diary.txt")


def test_each_claim_of_the_text_has_its_very_words_and_the_others_no_such_key(
    capsys: Capture, data: Path, diary: Path
) -> None:
    status, out, err = ask(capsys, "--data", data, "--source-text", diary)
    claims: list[dict[str, Any]] = json.loads(out)["claims"]
    assert (status, err) == (0, "")
    assert {claim["claim_id"]: claim["words"] for claim in claims if "words" in claim} == {
        "C1": "12 flights",
        "C2": "9",
        "C5": "Forty porters 🧳 came",
    }


def test_without_the_option_no_words_are_given(capsys: Capture, data: Path) -> None:
    for form in ("json", "csv"):
        _, out, _ = ask(capsys, "--data", data, "--format", form)
        assert "words" not in out and "12 flights" not in out


def test_csv_has_the_words_in_a_last_column_that_is_empty_for_other_claims(
    capsys: Capture, data: Path, diary: Path
) -> None:
    _, out, _ = ask(capsys, "--data", data, "--source-text", diary, "--format", "csv", "--measure", "flights")
    header, *rows = csv.reader(out.splitlines())
    assert header[-4:] == ["paragraph", "start", "end", "words"]
    assert [row[-1] for row in rows] == ["12 flights", "9", "", ""]


def test_another_text_is_refused_with_both_hashes(capsys: Capture, data: Path, diary: Path) -> None:
    diary.write_bytes(TEXT.replace("12", "13").encode())
    status, out, err = ask(capsys, "--data", data, "--source-text", diary)
    other = hashlib.sha256(diary.read_bytes()).hexdigest()
    assert (status, out) == (1, "")
    assert err == f"{str(diary)!r} has the SHA-256 {other} (expected {SHA256} of source diary).\n"


def test_line_ends_that_an_editor_has_changed_make_another_text(capsys: Capture, data: Path, diary: Path) -> None:
    diary.write_bytes(TEXT.replace("\r\n", "\n").encode())
    status, _, err = ask(capsys, "--data", data, "--source-text", diary)
    assert (status, SHA256 in err) == (1, True)


def test_a_text_for_data_without_any_hash_is_refused_with_the_reason(
    capsys: Capture, tmp_path: Path, diary: Path
) -> None:
    status, out, err = ask(capsys, "--data", write_data(tmp_path / "none", sha256=""), "--source-text", diary)
    assert (status, out) == (1, "")
    assert f"{SHA256} (expected that of a source, but none of the data's has one)" in err


def test_a_file_that_cannot_be_read_is_a_sentence(capsys: Capture, data: Path, tmp_path: Path) -> None:
    for path, reason in ((tmp_path / "none.txt", "No such file or directory"), (tmp_path, "Is a directory")):
        status, out, err = ask(capsys, "--data", data, "--source-text", path)
        assert (status, out, err) == (1, "", f"Cannot read {str(path)!r}: {reason}.\n")


def test_a_source_that_is_not_utf_8_is_a_sentence(capsys: Capture, tmp_path: Path) -> None:
    path = tmp_path / "latin.txt"
    path.write_bytes("Forty porters in Zürich".encode("latin-1"))
    data = write_data(tmp_path / "data", sha256=hashlib.sha256(path.read_bytes()).hexdigest())
    status, out, err = ask(capsys, "--data", data, "--source-text", path)
    assert (status, out) == (1, "")
    assert "is not UTF-8: invalid start byte at byte 18." in err


@pytest.mark.parametrize(
    ("locator", "reason"),
    [
        ({"paragraph": 2}, "of paragraph 2, which has characters"),
        ({"paragraph": 4}, "of paragraph 4, which is not among its 3."),
        ({"end": len(TEXT) + 1}, f"to {len(TEXT) + 1} of paragraph 3, which has characters"),
    ],
)
def test_a_locator_that_does_not_fit_is_told_and_the_other_claims_keep_their_words(
    capsys: Capture, tmp_path: Path, diary: Path, locator: dict[str, object], reason: str
) -> None:
    data = write_data(tmp_path / "data", C1=locator)
    status, out, err = ask(capsys, "--data", data, "--source-text", diary)
    assert status == 1
    assert err.startswith("The locator of claim C1 does not fit the text: characters ") and reason in err
    assert err.count("\n") == 1
    assert [claim.get("words") for claim in json.loads(out)["claims"]][:2] == [None, "9"]


def test_a_claim_is_read_in_its_paragraph(data: Path, diary: Path) -> None:
    dataset = read_data(data)
    text = read_source_text(diary, dataset.sources)
    passages = {claim.claim_id: text.passage(claim) for claim in dataset.claims}
    first = passages["C1"]
    assert first
    assert (first.before, first.words) == ("A clerk saw 🚁 ", "12 flights")
    assert first.after == "; <b>the harbour master</b> counted 9.\r"
    assert passages["C3"] is None, "it stands in another source"


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("", []),
        ("\n \n\t\r\n", []),
        ("one", ["one"]),
        ("one\ntwo", ["one\ntwo"]),
        ("one\n\ntwo\n", ["one", "two"]),
        ("\n\n one\r\n \t\r\ntwo\nthree\n\n\n", [" one\r", "two\nthree"]),
    ],
)
def test_paragraphs_are_what_blank_lines_part(text: str, paragraphs: list[str]) -> None:
    assert [text[start:end] for start, end in paragraphs_of(text)] == paragraphs
