"""Rows that are wrong, odd or vague: which are rejected, which are read otherwise than they stand, and what is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.doors import Record, read, refused, written


def dated(tmp_path: Path, *days: str, share: float = 1) -> Record:
    """Events on some days; a good row stands before them."""
    rows = "".join(f'E{number},"{day}"\n' for number, day in enumerate(days))
    return read(written(tmp_path, f"title,date\nGood,2024-01-01\n{rows}"), share=share)


def counted(tmp_path: Path, *figures: str) -> Record:
    """Events with deaths as someone wrote them."""
    rows = "".join(f'E{number},2024-01-01,"{figure}"\n' for number, figure in enumerate(figures))
    return read(written(tmp_path, f"title,date,deaths\n{rows}"), share=1)


def placed(tmp_path: Path, *cells: str, head: str = "lat,lon") -> Record:
    """A good row and others with some cells for where."""
    good = "43.25,76.95" if head.startswith("lat,lon") else ""
    rows = "".join(f"E{number},2024-01-01,{cell}\n" for number, cell in enumerate((*filter(None, [good]), *cells)))
    return read(written(tmp_path, f"title,date,{head}\n{rows}"), share=1)


@pytest.mark.parametrize("day", ["2024-13-45", "2024-02-30", "31/04/2024", "2024-00-00x", "yesterday", "31 June 2024"])
def test_a_day_that_there_is_not_is_rejected_by_its_value(tmp_path: Path, day: str) -> None:
    record = dated(tmp_path, day)
    assert record.outcome() == (2, 1, 1)
    assert f'[rejected] line 3, column "date": {day!r}' in record.words


def test_one_date_with_one_meaning_decides_the_order_for_the_file(tmp_path: Path) -> None:
    record = dated(tmp_path, "03/04/2024", "13/04/2024")
    assert record.days()[1:] == ["2024-04-03", "2024-04-13"]
    assert "13/04/2024" in record.words


def test_a_bare_number_among_dates_is_no_day(tmp_path: Path) -> None:
    record = dated(tmp_path, "45000")
    assert record.outcome() == (2, 1, 1)
    assert "'45000'" in record.words


def test_two_digits_alone_are_no_year(tmp_path: Path) -> None:
    assert dated(tmp_path, "24").outcome() == (2, 1, 1)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "262000-01-01", "0000-01-01", "1022-01-05"])
def test_a_year_beyond_reason_is_rejected_and_never_wraps(tmp_path: Path, day: str) -> None:
    record = dated(tmp_path, day)
    assert record.outcome() == (2, 1, 1)
    assert day in record.words
    assert record.days() == ["2024-01-01"]


@pytest.mark.parametrize("stamp", ["2024-03-31T02:30", "2024-10-27T02:30", "2024-03-31 02:30:00"])
def test_a_change_of_the_clock_moves_no_day(tmp_path: Path, stamp: str) -> None:
    assert dated(tmp_path, stamp).days()[1] == stamp[:10]


@pytest.mark.parametrize("stamp", ["2024-01-01T23:30-08:00", "2024-01-01T00:30+14:00", "2024-01-01T23:59:59Z"])
def test_the_day_of_a_time_stamp_is_the_local_one_and_the_stamp_is_kept(tmp_path: Path, stamp: str) -> None:
    record = dated(tmp_path, stamp)
    assert record.days()[1] == "2024-01-01"
    assert stamp in record.words


def test_an_end_before_its_beginning_is_rejected_with_both(tmp_path: Path) -> None:
    record = read(written(tmp_path, "title,date_start,date_end\nA,2024-01-05,2024-01-03\nB,2024-01-05,\n"), share=1)
    assert record.outcome() == (2, 1, 1)
    assert "2024-01-03" in record.words
    assert "2024-01-05" in record.words


@pytest.mark.parametrize(
    ("day", "span"), [("2024-02", "2024-02-01/2024-02-29"), ("February 2024", "2024-02-01/2024-02-29"),
                      ("2024", "2024-01-01/2024-12-31"), ("early Jan 2022", "2022-01-01/2022-01-10"),
                      ("5-7 January 2022", "2022-01-05/2022-01-07")]
)  # fmt: skip
def test_a_vague_day_is_a_span_and_never_sold_as_a_day(tmp_path: Path, day: str, span: str) -> None:
    record = dated(tmp_path, day)
    assert record.days()[1] == span
    assert record.events[1].time_precision > 1


@pytest.mark.parametrize("day", ["٢٠٢٤-٠١-٠٥", "۲۰۲۴-۰۱-۰۵"])
def test_digits_of_other_scripts_are_digits(tmp_path: Path, day: str) -> None:
    assert dated(tmp_path, day).days()[1] == "2024-01-05"


@pytest.mark.parametrize(
    ("day", "hint"), [("1402-10-15", "Persian"), ("14/10/2563", "Thai"), ("1445/06/23", "Islamic")]
)
def test_another_calendar_is_rejected_with_a_hint(tmp_path: Path, day: str, hint: str) -> None:
    record = dated(tmp_path, day)
    assert record.outcome() == (2, 1, 1)
    assert hint in record.words


@pytest.mark.parametrize("cells", ["91,76", "43,181.5e9", "inf,76", "1e999,76", "43,nonsense", "-90.01,76", "43,"])
def test_a_point_that_there_is_not_is_rejected(tmp_path: Path, cells: str) -> None:
    assert placed(tmp_path, cells).outcome() == (2, 1, 1)


def test_0_0_is_no_place_and_is_told(tmp_path: Path) -> None:
    record = placed(tmp_path, "0,0", "0.0,0.0")
    assert record.points() == [(76.95, 43.25), None, None]
    assert "0, 0 is a place in the sea" in record.words


@pytest.mark.parametrize("cells", ["NaN,NaN", "NA,NA", ",", "unknown,unknown"])
def test_no_number_in_both_coordinates_is_no_point(tmp_path: Path, cells: str) -> None:
    record = placed(tmp_path, cells)
    assert record.points()[1:] in ([None], [])


@pytest.mark.parametrize(
    ("cells", "point"),
    [("33°20'N,44°24'E", (44.4, 33 + 1 / 3)), ('"43,25","76,95"', (76.95, 43.25)), ("33.3 N,44.4 E", (44.4, 33.3)),
     ("33.3 S,44.4 W", (-44.4, -33.3)), ("0.00001,0.00005", (0.00005, 0.00001))],
)  # fmt: skip
def test_degrees_in_any_notation_are_degrees(tmp_path: Path, cells: str, point: tuple[float, float]) -> None:
    assert placed(tmp_path, cells).points()[1] == pytest.approx(point)


def test_a_longitude_beyond_180_is_counted_from_minus_180_with_a_word_or_rejected(tmp_path: Path) -> None:
    record = placed(tmp_path, "-17,190", "-17,-200")
    assert record.points()[1:] == [(-170.0, -17.0)]
    assert "-170" in record.words
    assert record.outcome() == (3, 2, 1)


@pytest.mark.parametrize(
    ("figure", "claim"),
    [
        ("10-20", (10, None, 20, "exact")),
        (">100", (100, None, None, "over")),
        ("1 000", (1000, 1000, 1000, "exact")),
        ("about 20", (20, 20, 20, "about")),
        ("0", (0, 0, 0, "exact")),
        ("une dizaine", (10, 10, 10, "about")),
        ("plus d'une centaine", (100, None, None, "over")),
        ("2000000", (2_000_000, 2_000_000, 2_000_000, "exact")),
    ],
)
def test_a_figure_is_what_it_says(
    tmp_path: Path, figure: str, claim: tuple[int | None, int | None, int | None, str]
) -> None:
    assert counted(tmp_path, figure).figures() == [claim]


@pytest.mark.parametrize("figure", ["unknown", "", "several", "n/a", "-99", "ein paar"])
def test_what_says_no_number_is_no_claim_and_never_0(tmp_path: Path, figure: str) -> None:
    record = counted(tmp_path, figure)
    assert record.outcome() == (1, 1, 0)
    assert record.figures() == []


@pytest.mark.parametrize("figure", ["-1", "3.5", "1e3", "1000000000000", "2 dozens", "deux dizaines"])
def test_what_is_no_figure_is_rejected_by_its_value(tmp_path: Path, figure: str) -> None:
    record = counted(tmp_path, "1", figure)
    assert record.outcome() == (2, 1, 1)
    assert figure in record.words


def test_more_than_a_million_is_told(tmp_path: Path) -> None:
    assert "more than a million" in counted(tmp_path, "2000000").words


def test_a_range_stays_where_the_ends_have_empty_columns_of_their_own(tmp_path: Path) -> None:
    text = "title,date,deaths,deaths_low,deaths_high\nA,2024-01-01,6-8,,\nB,2024-01-01,7,5,9\n"
    assert read(written(tmp_path, text)).figures() == [(6, None, 8, "exact"), (5, 7, 9, "exact")]


def test_low_above_best_in_a_table_of_one_s_own_is_rejected_with_all_three(tmp_path: Path) -> None:
    text = "title,date,deaths,deaths_low,deaths_high\nA,2024-01-01,10,12,5\nB,2024-01-01,7,5,9\n"
    record = read(written(tmp_path, text), share=1)
    assert record.outcome() == (2, 1, 1)
    for figure in ("12", "10", "5"):
        assert figure in record.words


def test_an_id_that_stands_twice_alike_is_one_event_and_otherwise_a_conflict(tmp_path: Path) -> None:
    text = "event_id,title,date\nA,Rally,2024-01-01\nA,Rally,2024-01-01\nB,Rally,2024-01-02\nB,March,2024-01-02\n"
    record = read(written(tmp_path, text), share=1)
    assert record.outcome() == (4, 3, 1)
    assert record.titles() == ["Rally", "Rally"]
    assert "'B' stands in line 4 already" in record.words
    assert "once is enough" in record.words


def test_one_id_of_forty_that_stands_twice_is_still_an_id(tmp_path: Path) -> None:
    rows = "".join(f"N{min(number, 38)},Rally {number},2024-01-01\n" for number in range(40))
    record = read(written(tmp_path, f"Incident ID,title,date\n{rows}"))
    assert record.outcome() == (40, 39, 1)
    assert record.events[3].event_id == "N3"


def test_two_hundred_unknown_kinds_are_other_and_counted(tmp_path: Path) -> None:
    rows = "".join(f"E{number},2024-01-01,Kind {number}\n" for number in range(200))
    record = read(written(tmp_path, f"title,date,category\n{rows}"))
    assert {event.category for event in record.events} == {"other"}
    assert "200 kinds of events are in no category" in record.words
    assert record.events[7].event_type == "Kind 7"


def test_kinds_in_any_case_composition_or_with_letters_of_another_script_are_one(tmp_path: Path) -> None:
    text = "title,date,category\nA,2024-01-01,PROTEST\nB,2024-01-01, protest \nC,2024-01-01,рrotest\n"
    record = read(written(tmp_path, text))
    assert [event.category for event in record.events] == ["protest"] * 3
    assert "mixes Latin and Cyrillic letters" in record.words


def test_an_ambiguous_name_is_not_picked(tmp_path: Path) -> None:
    record = read(written(tmp_path, "title,date,place\nA,2024-01-01,Tripoli\n"))
    assert record.points() == [None]
    assert record.events[0].unsettled == ("Tripoli",)


@pytest.mark.parametrize("name", ["Côte d'Ivoire", "Cote d’Ivoire", "CIV", "Ivory Coast", "CI", "384"])
def test_a_country_is_one_by_any_of_its_names(tmp_path: Path, name: str) -> None:
    assert read(written(tmp_path, f"title,date,country\nA,2024-01-01,{name}\n")).countries() == ["CI"]


def test_a_country_that_is_none_is_named_and_costs_no_row_that_has_a_point(tmp_path: Path) -> None:
    text = "title,date,country,lat,lon\nA,2024-01-01,Atlantis,43.25,76.95\nB,2024-01-01,Atlantis,,\n"
    record = read(written(tmp_path, text), share=1)
    assert record.outcome() == (2, 1, 1)
    assert record.words.count("'Atlantis' is not a country") == 2


def test_a_note_of_a_megabyte_is_whole(tmp_path: Path) -> None:
    note = "word " * 200_000
    record = read(written(tmp_path, f"title,date,notes\nA,2024-01-01,{note}\n"))
    assert len(record.events[0].notes) == len(note.strip())


def test_a_thousand_like_errors_are_one_sentence(tmp_path: Path) -> None:
    rows = "A,2024-13-45\n" * 1_000
    record = read(written(tmp_path, f"title,date\n{rows}"), share=1)
    assert record.outcome() == (1_000, 0, 1_000)
    words = refused(tmp_path / "events.csv", "--max-reject-share", "0.9")
    assert len(words) < 200_000
