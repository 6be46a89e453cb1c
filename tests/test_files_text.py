"""A text is read in any encoding and with any mark between its columns, and no row of it is lost in silence."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from geodata.errors import DataError
from geodata.importers.files.sheet import Sheet
from geodata.importers.files.texts.text import read_text
from tests.sheets import grid, lines


def read(text: str | bytes, *, has_header: bool | None = None) -> Sheet:
    raw = text.encode() if isinstance(text, str) else text
    return read_text(raw, "events.csv", has_header=has_header)


def problem(text: str | bytes, *, has_header: bool | None = None) -> str:
    with pytest.raises(DataError) as caught:
        read(text, has_header=has_header)
    assert len(caught.value.problems) == 1
    return str(caught.value)


@pytest.mark.parametrize("raw", [b"", b"\n \n", b"\xef\xbb\xbf", b"\xff\xfe"])
def test_an_empty_file_is_refused(raw: bytes) -> None:
    assert problem(raw) == "events.csv: the file is empty (expected a table)."


def test_a_header_alone_is_a_table_without_rows() -> None:
    sheet = read("title,date,lat,lon\n")
    assert (sheet.cells.names, len(sheet.cells), sheet.rejected) == (("title", "date", "lat", "lon"), 0, ())


def test_data_in_the_first_line_is_refused_unless_it_is_said_that_there_is_no_header() -> None:
    text = "2022-01-05,Almaty,3\n2022-01-06,Taraz,1\n"
    assert problem(text) == (
        "events.csv, line 1: line 1 looks like data, since it has '2022-01-05' (expected the headings of the columns; "
        'if the file has none, say header = "no" under [answers] in a mapping).'
    )
    assert grid(read(text, has_header=False)) == [
        ["column 1", "column 2", "column 3"],
        ["2022-01-05", "Almaty", "3"],
        ["2022-01-06", "Taraz", "1"],
    ]
    assert lines(read(text, has_header=True)) == [2]


@pytest.mark.parametrize("row", ["48.1,11.5,x", "05.01.2022;x;y", "1,2,Almaty"])
def test_a_first_line_of_numbers_or_days_is_no_header(row: str) -> None:
    assert "looks like data" in problem(f"{row}\n{row}\n")


def test_years_are_headings() -> None:
    assert read("region,2020,2021\nA,1,2\n").cells.names == ("region", "2020", "2021")


def test_a_later_column_of_one_heading_bears_its_number_and_is_told() -> None:
    found = read("lat,lon,lat\n1,2,3\n")
    assert grid(found) == [["lat", "lon", "lat (2)"], ["1", "2", "3"]]
    assert found.told == ("several columns have the same heading; the later ones are called 'lat (2)'.",)


@pytest.mark.parametrize("note", ["Source: the police", "Quelle: Polizei", '"Note: all figures are preliminary"'])
def test_a_remark_at_the_foot_is_told_and_is_no_rejected_row(note: str) -> None:
    found = read(f"title,date\nMarch,2022-01-05\n{note}\n")
    assert grid(found) == [["title", "date"], ["March", "2022-01-05"]]
    assert (found.rejected, "is a remark" in found.told[0]) == ((), True)


def test_a_column_without_a_heading_is_named_by_its_number_and_dropped_when_it_is_empty() -> None:
    assert grid(read("a,,c,\n1,2,3,\n")) == [["a", "column 2", "c"], ["1", "2", "3"]]


# The same two rows as they come from programs of different countries.
WESTERN = "title;date;place;notes\r\nManifestation à Orléans;2022-03-01;Orléans;blessés légers – police\r\n"
ENCODED = [
    (WESTERN, "cp1252", "Windows-1252"),
    ("Titel;Datum;Länge\r\nStreik;01.03.2022;13,4050\r\n", "cp1252", "Windows-1252"),
    ("title;date;place\r\nМитинг;2022-01-05;Алматы\r\nСтолкновения;2022-01-06;Шымкент\r\n", "cp1251", "Windows-1251"),
    ("title,place\nСтрайк,Київ\nДемонстрація,Львів\n", "cp1251", "Windows-1251"),
    ("date,title,place\n2022-01-05,احتجاج,حلب\n", "cp1256", "Windows-1256"),
    ("title,place,note\nاشتباكات,الخرطوم,سقط قتيلان\nمظاهرة,بغداد,\n", "cp1256", "Windows-1256"),
    ("title,place\nprotest,Łódź\nstrajk,Gdańsk\n", "cp1250", "Windows-1250"),
    ("title,place\n抗议,上海\n", "gb18030", "GB18030"),
    (WESTERN.replace(";", "\t"), "utf-16", "UTF-16-LE"),
    (WESTERN, "utf-16-le", "UTF-16-LE"),
    ("title,place\nМитинг,Алматы\n", "utf-16-be", "UTF-16-BE"),
    (WESTERN, "utf-32", "UTF-32-LE"),
]


@pytest.mark.parametrize(
    ("text", "codec", "name"), ENCODED, ids=[f"{codec} {text[:12]!r}" for text, codec, _ in ENCODED]
)
def test_a_text_in_another_encoding_is_read_and_the_encoding_told(text: str, codec: str, name: str) -> None:
    sheet, plain = read(text.encode(codec)), read(text)
    assert (grid(sheet), lines(sheet)) == (grid(plain), lines(plain))
    assert sheet.told == (f"the text is written in {name}, and was read so.", *plain.told)


def test_a_note_of_a_megabyte_is_a_cell() -> None:
    note = "Residents spoke of heavy weapons, the army denied it.\n" * 20_000
    sheet = read(f'title,note\nx,"{note}"\ny,z\n')
    assert (sheet.cells.columns["note"][0].as_py(), lines(sheet)) == (note.strip(), [2, 20_003])


def test_a_byte_order_mark_is_no_part_of_the_first_heading() -> None:
    assert grid(read(b"\xef\xbb\xbftitle,place\nx,y\n")) == [["title", "place"], ["x", "y"]]


def test_byte_order_marks_within_a_text_are_no_part_of_its_cells() -> None:
    mark = b"\xef\xbb\xbf"
    assert grid(read(mark + b"title,place\n" + mark + b"x,y\n" + mark + b"\n")) == [["title", "place"], ["x", "y"]]
    assert "the file is empty" in problem(mark + mark)


def test_a_table_of_empty_cells_is_none() -> None:
    assert problem(",,\n,,\n") == "events.csv: no cell is filled (expected the headings of a table)."


def test_a_row_in_another_encoding_is_rejected_and_the_others_are_kept() -> None:
    raw = "title,place\nМитинг,Алматы\nМитинг,Тараз\n".encode() + b"Gr\xe8ve,Besan\xe7on\n" + "ещё,Атырау\n".encode()
    sheet = read(raw)
    assert (lines(sheet), sheet.rejected) == (
        [2, 3, 5],
        ((4, f"the byte 0xe8 at offset {raw.index(0xE8)} cannot be read as UTF-8.", "Gr\\xe8ve,Besan\\xe7on"),),
    )


def test_a_byte_that_the_encoding_does_not_know_rejects_its_row() -> None:
    text = "title,place\nМитинг,Алматы\nМитинг,Шымкент\nСтачка,Тараз\n"
    raw = text.encode("cp1251") + b"a\x98b,x\n" + "Митинг,Атырау\n".encode("cp1251")
    sheet = read(raw)
    assert lines(sheet) == [2, 3, 4, 6]
    assert sheet.rejected == (
        (5, f"the byte 0x98 at offset {raw.index(0x98)} cannot be read as Windows-1251.", "a\\x98b,x"),
    )


def test_a_row_of_utf_8_in_an_older_encoding_is_not_read_as_that() -> None:
    rows = "title,place\nМитинг,Алматы\nСтачка,Шымкент\nСобрание,Тараз\n".encode("cp1251")
    sheet = read(rows + "Митинг,Атырау\n".encode())
    assert (lines(sheet), [row[0] for row in sheet.rejected]) == ([2, 3, 4], [5])
    assert "the row is UTF-8" in sheet.rejected[0][1]


def test_letters_that_were_lost_before_are_told() -> None:
    sheet = read("title,place\nx,Orl\ufffdans\n")
    assert sheet.told == ("letters were lost before the file was written in 1 row, first in line 2.",)
    assert sheet.repairs == ((2, "place", "a letter was lost before the file was written (U+FFFD)."),)


def test_decimal_commas_with_semicolons_are_cells() -> None:
    text = "title;date;lat;lon;deaths\r\nStreik;2022-03-01;52,5200;13,4050;\r\nDemo;2022-03-02;48,1371;11,5754;2\r\n"
    sheet = read(text)
    assert grid(sheet)[1:] == [
        ["Streik", "2022-03-01", "52,5200", "13,4050", ""],
        ["Demo", "2022-03-02", "48,1371", "11,5754", "2"],
    ]
    assert sheet.told == ("semicolons stand between the columns.",)


@pytest.mark.parametrize(("mark", "told"), [(",", ()), ("\t", ("tabs",)), ("|", ("bars",)), (";", ("semicolons",))])
def test_any_of_the_usual_marks_stands_between_columns(mark: str, told: tuple[str, ...]) -> None:
    out = io.StringIO()
    cells = [["title", "place", "notes"], ["a, b", "c; d", "e | f"], ["1,5", "x\ty", ""]]
    csv.writer(out, delimiter=mark).writerows(cells)
    sheet = read(out.getvalue())
    assert (grid(sheet), sheet.told) == (cells, tuple(f"{name} stand between the columns." for name in told))


def test_a_first_line_may_tell_the_mark() -> None:
    sheet = read("sep=;\r\ntitle;lat\r\nx;1,5\r\n")
    assert (grid(sheet), lines(sheet)) == ([["title", "lat"], ["x", "1,5"]], [3])


def test_a_quote_that_is_never_closed_costs_its_own_row_only() -> None:
    rows = [f"{n},note {n},{n}" for n in range(2, 12)]
    rows[5] = '7,"note 7,7'
    sheet = read("\n".join(["id,note,n", *rows]) + "\n")
    assert lines(sheet) == [2, 3, 4, 5, 6, 8, 9, 10, 11]
    reason = "a quote is opened in line 7 and never closed; only this line is left out."
    assert sheet.rejected == ((7, reason, '7,"note 7,7'),)


@pytest.mark.parametrize("behind", ['4,"whole",4', '4,"",4', '4,x",4', '4,"a\nb",4', '4,"also open,4'])
def test_a_quote_that_another_row_seems_to_close_swallows_nothing_unnoticed(behind: str) -> None:
    sheet = read(f'id,note,n\n2,"open,2\n3,x,3\n{behind}\n5,x,5\n')
    text = " ".join([*sheet.told, *(row[1] for row in sheet.rejected)])
    assert "5" in sheet.cells.columns["id"].to_pylist()
    assert "line 2" in text and ("never closed" in text or "a quote may be missing" in text)


def test_a_row_that_swallowed_others_and_is_too_long_is_taken_apart() -> None:
    sheet = read('id,note,n\n2,"open,2\n3,x,3\n4,y,4\n5,end",5,6\n7,x,7\n')
    assert (lines(sheet), [row[0] for row in sheet.rejected]) == ([3, 4, 7 - 1], [2, 5])


def test_a_quote_within_a_cell_is_a_quote() -> None:
    sheet = read('id,note\n2,a 5" gun\n3,"a 6"" gun"\n4,"two\nlines"\n6,x\n')
    assert (sheet.cells.columns["note"].to_pylist(), lines(sheet)) == (
        ['a 5" gun', 'a 6" gun', "two\nlines", "x"],
        [2, 3, 4, 6],
    )


def test_a_quote_that_closes_too_early_rejects_its_row() -> None:
    sheet = read('id,note\n2,"he said "no" twice"\n3,x\n')
    assert (lines(sheet), sheet.rejected[0][0], "do not match" in sheet.rejected[0][1]) == ([3], 2, True)


def test_odd_quotes_in_the_headings_are_refused_by_name() -> None:
    assert "line 1: the quotes of this row do not match" in problem('id,"no"te,n\na,b,c\n')


def test_a_row_with_too_few_or_too_many_fields_is_rejected_and_empty_ones_are_not_too_many() -> None:
    sheet = read("a,b,c\n1,2,3\n1,2\n1,2,3,4\n1,2,3,,\n")
    assert lines(sheet) == [2, 5]
    assert sheet.rejected == (
        (3, "found 2 fields (expected 3, as in the header).", "1,2"),
        (4, "found 4 fields (expected 3, as in the header).", "1,2,3,4"),
    )


def test_line_numbers_stay_right_behind_a_cell_of_several_lines() -> None:
    sheet = read('a,b\n1,"x\r\ny\n\nz"\n\n2,u\n3\n')
    assert (lines(sheet), sheet.cells.columns["b"][0].as_py(), sheet.rejected[0][0]) == ([2, 7], "x\ny\n\nz", 8)


def test_controls_are_taken_out_and_recorded() -> None:
    sheet = read("id,note,place\n2,a\0b,x\n3,c\x0bd,\x85y\n4,plain,z\n")
    assert grid(sheet)[1:] == [["2", "ab", "x"], ["3", "c d", "y"], ["4", "plain", "z"]]
    assert sheet.repairs == (
        (2, "note", "the control character U+0000 was taken out."),
        (3, "note", "the control character U+000B was taken out."),
        (3, "place", "the control character U+0085 was taken out."),
    )
    assert sheet.told == ("control characters were taken out of 2 rows, first in line 2.",)


def test_a_lone_surrogate_rejects_its_row() -> None:
    sheet = read(b"id,note\n2,\xed\xa0\x80\n3,x\n4," + "ж".encode() + b"\n")
    assert (lines(sheet), [row[0] for row in sheet.rejected]) == ([3, 4], [2])


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r", "mixed"])
@pytest.mark.parametrize("last", [True, False])
def test_any_line_ends_give_the_same_rows(ends: str, last: bool) -> None:
    rows = ["id,note", "2,x", '3,"y, z"', "4,w"]
    marks = ["\n", "\r\n", "\r", "\n"] if ends == "mixed" else [ends] * 4
    text = "".join(row + mark for row, mark in zip(rows, marks, strict=True))
    sheet = read(text if last else text.rstrip("\r\n"))
    assert (grid(sheet)[1:], lines(sheet)) == ([["2", "x"], ["3", "y, z"], ["4", "w"]], [2, 3, 4])


def test_a_header_below_a_title_and_merged_heads_is_found_and_told() -> None:
    sheet = read(
        "Incident list,,,,,\n(internal),,,,,\n,,,,,\nWhen,,Where,,,Harm\ndate_start,date_end,place,lat,lon,deaths\n"
        "2022-01-05,,Almaty,43.24,76.95,3\nTotal,,,,,3\n"
    )
    assert (sheet.cells.names[0], lines(sheet)) == ("date_start", [6])
    assert sheet.told == (
        "the headings are in line 5; above them is no data: Incident list; (internal); When Where Harm.",
        "line 7 is left out: 'Total' is the sum of the rows above.",
    )


@pytest.mark.parametrize("word", ["Total", "Summe:", "Итого", "Разом", "Барлығы", "Total général", "المجموع"])
def test_a_total_at_the_foot_is_no_row(word: str) -> None:
    assert lines(read(f"place,deaths,injured\nAlmaty,3,1\n{word},3,\n")) == [2]


@pytest.mark.parametrize("row", ["Total,2022-01-05,strike", "Totality,3,1", "Almaty,3,1"])
def test_a_row_that_only_begins_like_a_total_is_one(row: str) -> None:
    assert lines(read(f"place,deaths,injured\nAlmaty,3,1\n{row}\n")) == [2, 3]


def test_a_row_of_tags_is_skipped_and_told() -> None:
    sheet = read("date,region,dead\n#date,#adm1+name,#affected+killed\n2022-01-05,Almaty,3\n")
    assert (lines(sheet), sheet.told) == ([3], ("line 2 has the tags of HXL, and no data.",))


def test_blank_rows_are_no_rows() -> None:
    assert lines(read("a,b\n\n1,2\n,\n \n3,4\n")) == [3, 6]


def test_too_many_columns_are_refused() -> None:
    assert "2,001 columns are too many" in problem(",".join(f"c{n}" for n in range(2_001)) + "\n")


def test_one_endless_line_has_no_headings() -> None:
    for raw in (b"x" * 3_000_000, b",".join(b"c%d" % n for n in range(1_000_000))):
        assert "line 1: the line has over 262,144 bytes (expected the headings of a table)" in problem(raw)


def test_a_text_of_nothing_but_wrong_bytes_is_refused() -> None:
    raw = b"title\n" + "жж\n".encode() * 100_001 + b"\xd0\n" * 100_001
    assert "more than 100,000 bytes cannot be read as UTF-8" in problem(raw)


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Zs", "Zl", "Zp"]), max_size=5)
CELLS = st.tuples(WORDS, st.sampled_from(["", ",", '"', "\n", ";", "ж"]), WORDS).map("".join)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=6), st.sampled_from([",", ";", "\t", "|"]))
@example([(",", "\n0", ","), (",", "\n0", ",")], ";")  # with commas, more rows of one width
def test_what_a_program_writes_is_read_as_it_was(found: list[tuple[str, str, str]], mark: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=mark, lineterminator="\n").writerows([("first x", "second x", "third x"), *found])
    sheet = read(out.getvalue(), has_header=True)
    cleaned = [[cell.strip(" \t\n\u00a0") for cell in row] for row in found]
    seen = grid(sheet)[1:]
    if "\ufffd" in out.getvalue() or any(row[0].startswith("#") for row in cleaned):
        return
    assert seen == [row for row in cleaned if any(row)] or "is left out" in " ".join(sheet.told)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(["1,2,3", '1,"2",3', '1,"2,3', '1,2",3', '"1,2,3', '1,"a\nb",3', "1,2", "1,2,3,4"]), max_size=8
    )
)
def test_every_line_is_in_a_row_or_rejected_however_its_quotes_stand(rows: list[str]) -> None:
    text = "\n".join(["a,b,c", *rows, "x,y,z"]) + "\n"
    sheet = read(text)
    held = "\n".join([*(",".join(row) for row in grid(sheet)), *(row[2] for row in sheet.rejected)])
    assert held.count("\n") == text.count("\n") - 1
    assert len({*lines(sheet), *(row[0] for row in sheet.rejected)}) == len(sheet.cells) + len(sheet.rejected)
