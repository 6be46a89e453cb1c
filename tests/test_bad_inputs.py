"""Files that are broken, hostile or written down oddly: what each becomes. The smallest inputs are in sight."""

from __future__ import annotations

import os
from pathlib import Path

import openpyxl
import pytest

from geodata.errors import Unclear
from tests.doors import checked, published, read, refused, rejects_of, run, written

HEAD = "title,date,lat,lon\n"
GOOD = "Rally,2022-01-05,43.25,76.95\n"


def test_a_file_without_a_byte_is_said_to_be_empty(tmp_path: Path) -> None:
    assert "events.csv: the file is empty" in refused(written(tmp_path, b""))


def test_a_header_alone_is_published_as_no_events(tmp_path: Path) -> None:
    record, _ = published(written(tmp_path, HEAD))
    assert record.outcome() == (0, 0, 0)
    assert record.events == ()


def test_data_in_line_1_is_not_taken_for_headings(tmp_path: Path) -> None:
    words = refused(written(tmp_path, GOOD + GOOD))
    assert "line 1 looks like data" in words
    assert 'header = "no"' in words
    assert "2022-01-05" in words


def test_a_file_without_a_header_is_read_once_that_is_said(tmp_path: Path) -> None:
    text = "Rally at the square,2022-01-05,43.2501,76.9502\nMarch to the square,2022-01-06,43.2601,76.9602\n"
    said = '[answers]\nheader = "no"\n[columns]\ntitle = "column 1"\ndate_start = "column 2"\n'
    record = read(written(tmp_path, text), mapping=said)
    assert record.titles() == ["Rally at the square", "March to the square"]
    assert record.days() == ["2022-01-05", "2022-01-06"]


def test_of_two_columns_with_one_heading_both_are_named(tmp_path: Path) -> None:
    words = refused(written(tmp_path, "title,date,lat,lat\n" + GOOD))
    assert "number 3 and number 4" in words


def test_a_table_without_a_day_is_asked_for_it_with_all_its_columns(tmp_path: Path) -> None:
    words = refused(written(tmp_path, "title,colour,lat,lon\nRally,red,43.25,76.95\n"))
    assert "the day of the event" in words
    for heading in ("title", "colour", "lat", "lon"):
        assert heading in words


@pytest.mark.parametrize(
    ("encoding", "title", "told"),
    [
        ("utf-8-sig", "Митинг", ""),
        ("utf-16", "Митинг", "UTF-16"),
        ("cp1251", "Митинг в Алматы", "Windows-1251"),
        ("cp1252", "Manifestation à Orléans, grève générale", "Windows-1252"),
        ("cp1256", "مظاهرة في المدينة القديمة", "Windows-1256"),
    ],
)
def test_any_encoding_is_read_and_told(tmp_path: Path, encoding: str, title: str, told: str) -> None:
    record = read(written(tmp_path, f'{HEAD}"{title}",2022-01-05,43.25,76.95\n'.encode(encoding)))
    assert record.titles() == [title]
    assert told in record.words


def test_a_byte_that_is_no_letter_costs_its_row_and_is_named_by_its_offset(tmp_path: Path) -> None:
    good = "".join(f"Митинг {n},2022-01-05,43.25,76.95\n" for n in range(9)).encode()
    record = read(written(tmp_path, HEAD.encode() + good + b"\xe0\xff,2022-01-05,43.25,76.95\n"))
    assert record.outcome() == (10, 9, 1)
    assert "line 11" in record.words
    assert f"at offset {len(HEAD) + len(good)}" in record.words
    assert not any("\ufffd" in title for title in record.titles())


@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_any_mark_between_columns_is_seen_and_decimal_commas_are_decimals(tmp_path: Path, mark: str) -> None:
    record = read(
        written(tmp_path, "title,date,lat,lon\nRally,2022-01-05,43#25,76#95\n".replace(",", mark).replace("#", ","))
    )
    assert record.points() == [(76.95, 43.25)]
    assert "between the columns" in record.words


def test_a_figure_such_as_1_234_is_not_guessed_where_the_file_contradicts_itself(tmp_path: Path) -> None:
    path = written(tmp_path, 'title,date,injured\nA,2022-01-05,"1,234"\nB,2022-01-06,"1.234"\n')
    words = refused(path)
    assert "What stands between thousands?" in words
    assert read(path, mapping='[answers]\nthousands = ","\n', share=1).figures() == [(1234, 1234, 1234, "exact")]


def test_an_open_quote_costs_its_line_and_swallows_no_other(tmp_path: Path) -> None:
    rows = [f"Event {n},2022-01-05,43.25,76.95" for n in range(2, 12)]
    rows[5] = '"Event 7,2022-01-05,43.25,76.95'
    record = read(written(tmp_path, HEAD + "\n".join(rows) + "\n"))
    assert record.outcome() == (10, 9, 1)
    assert "line 7" in record.words
    assert "never closed" in record.words


def test_too_few_and_too_many_fields_are_counted(tmp_path: Path) -> None:
    record = read(
        written(tmp_path, HEAD + GOOD * 8 + "Rally,2022-01-05,43.25\n" + "Rally,2022-01-05,43.25,1,2\n"), share=1
    )
    assert record.outcome() == (10, 8, 2)
    assert "found 3 fields (expected 4" in record.words
    assert "found 5 fields (expected 4" in record.words


def test_lines_are_counted_right_behind_a_note_of_three_lines(tmp_path: Path) -> None:
    rows = '"a\nb\nc",Rally,2022-01-05\n' + "x,Rally,2022-01-05\n" * 5 + "x,Rally,2022-13-45\n"
    record = read(written(tmp_path, "notes,title,date\n" + rows))
    assert 'line 10, column "date"' in record.words
    assert record.events[0].notes == "a\nb\nc"


@pytest.mark.parametrize("control", ["\x00", "\x0b", "\x85", "\x1b"])
def test_controls_are_taken_out_recorded_and_hurt_no_export(tmp_path: Path, control: str) -> None:
    path = written(tmp_path, f"{HEAD}Ral{control}ly,2022-01-05,43.25,76.95\n")
    record = read(path)
    assert record.outcome() == (1, 1, 0)
    assert record.counts["repaired"] == 1
    assert f"U+{ord(control):04X}" in record.words
    assert control not in record.titles()[0]


def test_half_a_letter_costs_its_row(tmp_path: Path) -> None:
    record = read(
        written(
            tmp_path,
            (HEAD + GOOD * 8 + GOOD.replace("Rally", "Митинг")).encode() + b"\xed\xa0\x80,2022-01-05,43.25,76.95\n",
        )
    )
    assert record.outcome() == (10, 9, 1)


@pytest.mark.parametrize("end", ["\r", "\r\n", "\n\r\n"])
def test_line_ends_change_no_row_and_the_last_may_be_missing(tmp_path: Path, end: str) -> None:
    record = read(written(tmp_path, (HEAD + GOOD + GOOD.replace("Rally", "March")).strip().replace("\n", end)))
    assert record.titles() == ["Rally", "March"]


def test_a_workbook_under_the_name_of_a_text_is_read_as_what_it_is(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["title", "date"], ["Rally", "2022-01-05"]):
        book.active.append(row)
    book.save(tmp_path / "book.xlsx")
    assert read((tmp_path / "book.xlsx").rename(tmp_path / "events.csv")).titles() == ["Rally"]


def test_a_workbook_with_a_password_is_refused_as_that(tmp_path: Path) -> None:
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 2000
    words = refused(written(tmp_path, locked, "events.xlsx"))
    assert "events.xlsx" in words
    assert "password" in words or "broken" in words


@pytest.mark.parametrize("kind", ["link", "folder", "pipe", "missing"])
def test_only_a_regular_file_is_read(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "events.csv"
    if kind == "link":
        path.symlink_to(written(tmp_path, HEAD + GOOD, "real.csv"))
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    assert "events.csv" in refused(path) or kind == "folder"


def test_a_device_is_no_file() -> None:
    answer = checked(Path("/dev/zero"))
    assert answer.status == 1
    assert "not a regular file" in answer.words


@pytest.mark.parametrize("name", ["events.csv", "events.geojson", "events.xlsx"])
def test_a_file_of_ten_gigabytes_is_refused_before_it_is_read(tmp_path: Path, name: str) -> None:
    path = written(tmp_path, "title,date\nRally,2022-01-05\n", name)
    with path.open("r+b") as file:
        file.truncate(10_000_000_000)
    assert "10,000,000,000 bytes are too many" in refused(path)


def test_a_store_that_takes_no_file_is_told_with_its_path(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + GOOD)
    answer = run("import", path, "--to", path)
    assert answer.status == 1
    assert str(path) in answer.words


def test_more_rejected_rows_than_may_be_publish_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + GOOD * 3 + "Rally,2022-13-45,43.25,76.95\n")
    assert "\"date\": '2022-13-45'" in refused(path)
    assert read(path, share=0.25).outcome() == (4, 3, 1)


def test_rejects_have_the_whole_row_its_line_column_value_rule_and_reason(tmp_path: Path) -> None:
    _, store = published(written(tmp_path, HEAD + GOOD * 5 + "Strike,2022-13-45,43.25,76.95\n"))
    header, row = rejects_of(store)
    assert header == ["title", "date", "lat", "lon", "file", "line", "column", "value", "rule", "message"]
    assert row[:9] == ["Strike", "2022-13-45", "43.25", "76.95", "events.csv", "7", "date", "2022-13-45", "date"]
    assert "'2022-13-45' is not a date" in row[9]


def test_the_original_is_left_as_it_was(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + GOOD + "Rally,x,y,z\n" * 9)
    before = path.read_bytes(), path.stat().st_mtime_ns
    refused(path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_the_same_file_twice_is_one_version(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + GOOD)
    first, store = published(path)
    again, _ = published(path, store=store)
    assert first.counts["version"] == again.counts["version"]
    assert "nothing was written" in again.words


def test_a_newer_export_shows_what_was_added_changed_and_is_gone_and_the_older_one_stays(tmp_path: Path) -> None:
    head = "event_id," + HEAD
    _, store = published(written(tmp_path, f"{head}A,{GOOD}B,{GOOD}C,{GOOD}"))
    record, _ = published(written(tmp_path, f"{head}A,{GOOD}B,{GOOD.replace('Rally', 'March')}D,{GOOD}"), store=store)
    assert [record.counts[key] for key in ("added", "changed", "gone")] == [1, 1, 1]
    assert "C" in record.words
    assert len(list((store / "versions").iterdir())) == 2


def test_one_order_of_day_and_month_holds_for_the_whole_file_or_is_asked(tmp_path: Path) -> None:
    path = written(tmp_path, "title,date\nA,03/04/2024\nB,05/06/2024\n")
    with pytest.raises(Unclear) as asked:
        read(path)
    assert len(asked.value.questions) == 1
    record = read(written(tmp_path, "title,date\nA,03/04/2024\nB,13/04/2024\n"))
    assert record.days() == ["2024-04-03", "2024-04-13"]
    assert "day first" in record.words


def test_a_file_that_names_no_reference_system_for_its_metres_is_asked_for_it(tmp_path: Path) -> None:
    path = written(tmp_path, "title,date,x,y\nRally,2022-01-05,795609,618963\n")
    assert "metres of a projection" in refused(path)


def test_most_points_in_another_country_are_one_question(tmp_path: Path) -> None:
    path = written(tmp_path, "title,date,lat,lon,country\n" + "Rally,2022-01-05,76.95,43.25,Kazakhstan\n" * 3)
    assert "exchanged" in refused(path)
    exchanged = read(path, mapping='[answers]\ncoordinates = "exchanged"\n')
    assert exchanged.points() == [(76.95, 43.25)] * 3


def test_of_a_column_that_stands_twice_with_other_cells_one_is_chosen(tmp_path: Path) -> None:
    path = written(tmp_path, "title,title,date\nA,B,2022-01-05\n")
    with pytest.raises(Unclear, match="number 1 and number 2"):
        read(path)
    path.with_name("events.csv.mapping.toml").write_text('[columns]\ntitle = "title (2)"\ndate_start = "date"\n')
    assert read(path).titles() == ["B"]


@pytest.mark.parametrize("twin", ["A", ""])
def test_a_column_that_stands_twice_alike_or_empty_is_no_question(tmp_path: Path, twin: str) -> None:
    assert read(written(tmp_path, f"title,title,date\nA,{twin},2022-01-05\n")).titles() == ["A"]
