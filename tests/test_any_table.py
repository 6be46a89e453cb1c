"""Any table, and any bytes: no row is lost, order and repetition change nothing, and only errors that say something are
raised."""

from __future__ import annotations

import csv
import io
import random
import tempfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geodata.errors import DataError, GeodataError
from tests.doors import Record, checked, read, run, written

CASES = Path(__file__).parent / "cases"
HEAD = ("event_id", "title", "date", "lat", "lon", "country", "deaths", "place", "category")
# Good, odd and wrong texts of each column, one of which stands in a row.
TEXTS = (
    ("Rally", "Shelling, night", 'A "quote"', "two\nlines", "", "=1+1", "\u202eabc", "\x00x", "Митинг"),
    ("2022-01-05", "13/01/2022", "5 January 2022", "2022", "", "2022-13-45", "9999-12-31", "20220105", "١٣/٠١/٢٠٢٢"),
    ("43.25", "43,25", "91", "", "0", "NaN", "1e999", "43°15'N", "-0"),
    ("76.95", "76,95", "190", "", "0", "inf", "-200", "76 57 0 E", "x"),
    ("Kazakhstan", "KZ", "", "Atlantis", "Korea", "398", "NA"),
    ("3", "6-8", ">100", "", "unknown", "-1", "3.5", "une dizaine", "1,234", "10" * 20),
    ("Almaty", "Tripoli", "", "unknown", "43.2, 76.9", "A > B", ";", "Kazakhstan"),
    ("protest", "Riots", "", "рrotest", "whatever"),
)
rows = st.lists(st.tuples(*map(st.sampled_from, TEXTS)), min_size=1, max_size=12)


def table(lines: list[tuple[str, ...]]) -> str:
    """A table with an id for each row."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([HEAD, *lines])
    return out.getvalue()


def numbered(found: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return [(f"E{number}", *cells) for number, cells in enumerate(found)]


def outcome(text: str) -> Record | None:
    """What is read of a table; None where a question has to be answered first."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            return read(written(Path(folder), text), share=1)
        except DataError:
            raise
        except GeodataError:
            return None


def told_of(record: Record) -> list[tuple[object, ...]]:
    """Each event with what belongs to it, in the order of the ids."""
    points = dict(zip((event.event_id for event in record.events), record.points(), strict=True))
    claims = {
        event.event_id: sorted(
            (c.measure, str((c.low, c.best, c.high)), c.qualifier)
            for c in record.claims
            if c.event_id == event.event_id
        )
        for event in record.events
    }
    return sorted(
        (
            e.event_id,
            e.title,
            e.category,
            e.date_start,
            e.date_end,
            e.country,
            points[e.event_id] or (),
            claims[e.event_id],
        )
        for e in record.events
    )


@settings(max_examples=40)
@given(rows)
def test_accepted_and_rejected_rows_are_all_rows(found: list[tuple[str, ...]]) -> None:
    if record := outcome(table(numbered(found))):
        count, accepted, rejected = record.outcome()
        assert count == len(found)
        assert accepted == len(record.events)
        assert {notice["line"] for notice in record.notices if notice["kind"] == "rejected"} == {
            notice["line"] for notice in record.notices if notice["row"]
        }
        assert rejected == sum(bool(notice["row"]) for notice in record.notices)


@settings(max_examples=40)
@given(rows, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_no_event(found: list[tuple[str, ...]], pick: random.Random) -> None:
    lines = numbered(found)
    shuffled = pick.sample(lines, len(lines))
    one, other = outcome(table(lines)), outcome(table(shuffled))
    assert (one is None) == (other is None)
    if one and other:
        assert told_of(one) == told_of(other)
        assert one.outcome() == other.outcome()


@settings(max_examples=3)
@given(rows)
def test_a_table_that_is_imported_twice_is_one_version(found: list[tuple[str, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = written(Path(folder), table(numbered(found)))
        answers = [run("import", path, "--to", f"{folder}/store", "--max-reject-share", "1") for _ in range(2)]
        assert answers[0].status == answers[1].status
        if not answers[0].status:
            assert "nothing was written" in answers[1].words
            assert len(list(Path(folder, "store", "versions").iterdir())) == 1


@settings(max_examples=80)
@given(st.binary(max_size=400))
def test_any_bytes_are_a_table_or_refused_in_words(raw: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        # What is more than text is read by another process, which takes long.
        answer = checked(written(Path(folder), b"title,date\n" + raw))
        assert answer.status in (0, 1)
        assert "events.csv" in answer.words or not answer.status


PIECES = (b",", b'"', b"\n", b"\r", b"\0", b"\xff", b"\xed\xa0\x80", b"1e999", b"NaN", b"99999999999999999999", b";;")


@settings(max_examples=80)
@given(
    st.sampled_from(sorted(CASES.glob("c[01]*.csv"))),
    st.lists(st.tuples(st.floats(0, 1), st.sampled_from(PIECES), st.integers(0, 9)), max_size=6),
)
def test_a_table_with_anything_anywhere_is_read_or_refused_in_words(
    path: Path, changes: list[tuple[float, bytes, int]]
) -> None:
    raw = path.read_bytes()
    for place, piece, gone in changes:
        at = int(place * len(raw))
        raw = raw[:at] + piece + raw[at + gone :]
    with tempfile.TemporaryDirectory() as folder:
        assert checked(written(Path(folder), raw)).status in (0, 1)


@pytest.mark.parametrize("share", [0.02, 0.5, 0.98])
@pytest.mark.parametrize("suffix", ["xlsx", "gpkg", "geojson"])
def test_a_file_that_is_cut_off_anywhere_is_refused_in_words(tmp_path: Path, suffix: str, share: float) -> None:
    if suffix == "xlsx":
        book = openpyxl.Workbook()
        book.active.append(["title", "date"])
        book.save(tmp_path / "whole.xlsx")
        raw = (tmp_path / "whole.xlsx").read_bytes()
    else:
        raw = (CASES / f"c20_events.{suffix}").read_bytes()
    answer = checked(written(tmp_path, raw[: int(share * len(raw))], f"events.{suffix}"))
    assert answer.status == 1
    assert f"events.{suffix}" in answer.words
