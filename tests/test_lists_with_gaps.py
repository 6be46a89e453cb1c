"""Rows that say less of their day than others: the year and month stand beside it. Rows are invented."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from geodata.importers.mapping.mapping import path_beside, read_mapping
from tests.opened import Opened, opened
from tests.proposed import columns_of, proposed

GAPS = """Date,Year,Month,Place,Event
2013-05-02,2013,5,Almaty,March
,2013,6,Astana,Clash
unknown,2014,,Almaty,Arrest
2015-01-02,2015,1,Almaty,Vigil
"""
DAYS = [
    (date(2013, 5, 2), date(2013, 5, 2)),
    (date(2013, 6, 1), date(2013, 6, 30)),
    (date(2014, 1, 1), date(2014, 12, 31)),
    (date(2015, 1, 2), date(2015, 1, 2)),
]


def _opened(capsys: Any, tmp_path: Path, text: str, *options: str) -> Opened:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    return opened(capsys, tmp_path, path, *options)


def test_a_row_without_a_day_is_of_the_month_or_year_beside_it_and_that_is_told_once(
    capsys: Any, tmp_path: Path
) -> None:
    found = _opened(capsys, tmp_path, GAPS)
    assert sorted(found.days()) == DAYS
    assert found.words.count('2 rows name no day: their days are what "Year" and "Month" say.') == 1
    assert [event.time_precision for event in sorted(found.events, key=lambda event: event.date_start)] == [1, 3, 3, 1]


def test_a_row_without_day_and_year_is_rejected_with_the_column_of_days_named(capsys: Any, tmp_path: Path) -> None:
    found = _opened(capsys, tmp_path, f"{GAPS},,,Almaty,March\n")
    assert (found.counts["accepted"], found.counts["rejected"]) == (4, 1)
    assert 'column "Date": the cell is empty (expected a day).' in found.words


def test_few_days_beside_a_year_are_read_where_they_stand(capsys: Any, tmp_path: Path) -> None:
    rows = "".join(f",201{number},Almaty,March\n" for number in range(5))
    found = _opened(capsys, tmp_path, f"Date,Year,Place,Event\n2015-01-02,2015,Almaty,Vigil\n{rows}")
    assert (date(2015, 1, 2), date(2015, 1, 2)) in found.days() and found.counts["accepted"] == 6


def test_a_year_beside_days_without_gaps_is_not_read() -> None:
    found = columns_of(proposed("Date,Year,Place,Event\n2013-05-02,2013,Almaty,March\n2015-01-02,2015,Almaty,Vigil"))
    assert found["date_start"] == "Date" and "date_parts" not in found


def test_a_kept_mapping_may_have_both_the_day_and_its_parts(capsys: Any, tmp_path: Path) -> None:
    path_beside(tmp_path / "list.csv").write_text(proposed(GAPS).to_toml(), encoding="utf-8")
    kept = read_mapping(path_beside(tmp_path / "list.csv"))
    assert kept.columns["date_start"] == ("Date",) and kept.columns["date_parts"] == ("Year", "Month")
    assert sorted(_opened(capsys, tmp_path, GAPS).days()) == DAYS


def test_what_is_not_confirmed_is_not_known_and_costs_no_row(capsys: Any, tmp_path: Path) -> None:
    rows = ('2019-05-12,Almaty,"43.25, 76.95",Clash', "2019-05-13,Taraz,Unconfirmed,Clash")
    found = _opened(
        capsys, tmp_path, "\n".join(["Date,Location,Coordinates,Event", *rows, "2019-05-14,Unconfirmed,TBC,Clash"])
    )
    assert (found.counts["accepted"], found.counts["rejected"]) == (3, 0)
    assert sorted(place.name for place in found.store.places) == ["Almaty", "Taraz"]
    assert all(not event.unsettled for event in found.events)


def test_repairs_of_one_kind_are_one_sentence(capsys: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    rows = "".join(f"{day:02}.01.22,Almaty,March\n" for day in range(1, 21))
    found = _opened(capsys, tmp_path, f"Date,Place,Event\n{rows}")
    assert found.counts["repaired"] == 20
    assert [line.partition("20 rows")[1] for line in caplog.messages if "is taken as 2022" in line] == ["20 rows"]


def test_rows_that_have_an_id_and_a_box_alone_wait_to_be_filled_in(capsys: Any, tmp_path: Path) -> None:
    rows = "".join(f"{n},TRUE,2020-09-0{n},Almaty,March,Many came\n" for n in range(1, 5))
    waiting = "".join(f"{n},FALSE,,,,\n" for n in range(5, 20))
    found = _opened(capsys, tmp_path, f"id,approved,Date,Place,Event,Notes\n{rows}{waiting}")
    assert (found.counts["rows"], found.counts["rejected"]) == (4, 0)
    assert "15 rows have hardly a cell" in found.words


def test_a_part_of_a_day_that_a_codebook_calls_unknown_is_none(capsys: Any, tmp_path: Path) -> None:
    rows = ("5,9,2016,7,9,2016", "6,10,2016,99,99,9999", "8,11,2016,99,99,9999", "2,12,2016,3,12,2016")
    head = "Start Day,Start Month,Start Year,End Day,End Month,End Year,Place,Event"
    found = _opened(capsys, tmp_path, "\n".join([head, *(f"{row},Almaty,March" for row in rows)]))
    assert sorted(found.days()) == [
        (date(2016, 9, 5), date(2016, 9, 7)),
        (date(2016, 10, 6), date(2016, 10, 6)),
        (date(2016, 11, 8), date(2016, 11, 8)),
        (date(2016, 12, 2), date(2016, 12, 3)),
    ]


def test_the_year_of_a_birth_is_no_day_of_an_event(capsys: Any, tmp_path: Path) -> None:
    rows = "1980,2022-09-21,Almaty,Killed\n1990,,Almaty,Killed\n2001,2022-09-22,Taraz,Killed\n"
    rows += "".join(f"19{n},2022-10-0{n % 9 + 1},Almaty,Killed\n" for n in range(60, 72))
    found = _opened(capsys, tmp_path, f"birth_year,date_gregorian,place,event\n{rows}")
    assert (found.counts["accepted"], found.counts["rejected"]) == (14, 1)
    assert {first.year for first, _ in found.days()} == {2022}


def test_an_unknown_place_is_in_the_region_that_the_row_names(capsys: Any, tmp_path: Path) -> None:
    names = ("Unknown", "NA", "Not specified", "Lashkar Gah")
    rows = "".join(f"2015-01-0{n},{name},Helmand,Afghanistan,Raid\n" for n, name in enumerate(names, 1))
    found = _opened(capsys, tmp_path, f"date,place,province,country,event\n{rows}")
    assert [event.sites[0].geo_precision for event in found.events] == ["region"] * 3 + ["settlement"]
    assert not any(event.unsettled for event in found.events)


def test_three_letters_for_each_country_are_no_names_of_places(capsys: Any, tmp_path: Path) -> None:
    rows = "".join(f"1997-01-0{n},{code},Raid\n" for n, code in enumerate(("BEN", "GHA", "ETH", "GAB"), 1))
    found = _opened(capsys, tmp_path, f"date,location,event\n{rows}")
    assert [event.country for event in found.events] == ["BJ", "GH", "ET", "GA"]


def test_a_question_answered_by_noughts_and_ones_is_no_figure_nor_is_an_average(capsys: Any, tmp_path: Path) -> None:
    head = "Date,Place,Event,Air strike?,Minimum strikes,Maximum strikes,min_killed,max_killed,avg_killed"
    rows = "2007-01-07,Kismayo,Raid,0,1,2,8,9,8.5\n2007-01-09,Kismayo,Raid,1,2,3,5,10,7.5\n"
    found = _opened(capsys, tmp_path, f"{head}\n{rows}")
    assert (found.counts["accepted"], found.counts["repaired"]) == (2, 0)
    figures = {(claim.measure, claim.low, claim.best, claim.high) for claim in found.claims}
    assert ("deaths", 8, None, 9) in figures and ("attacks", 1, None, 2) in figures


def test_a_gap_that_a_program_has_named_is_filled_from_the_row_below(capsys: Any, tmp_path: Path) -> None:
    rows = "".join(f"2023-01-0{n},Almaty,10,March\n" for n in range(1, 5))
    found = _opened(capsys, tmp_path, f"Date,Unnamed: 1,Crowd,Event\n,Place,,\n{rows}")
    assert [place.name for place in found.store.places] == ["Almaty"]
    assert "the headings stand in two rows" in found.words


def test_the_first_and_the_last_day_may_be_called_so(capsys: Any, tmp_path: Path) -> None:
    text = "PrimeraFecha,UltimaFecha,Lugar,Caso\n31/05/2011,30/01/2012,Lima,Protesta\n"
    assert _opened(capsys, tmp_path, text).days() == [(date(2011, 5, 31), date(2012, 1, 30))]


def test_one_column_is_not_both_the_city_and_the_county(capsys: Any, tmp_path: Path) -> None:
    rows = '"April 19, 2026",Louisiana,Shreveport,"355 W 79th St"\n"April 19, 2026",Iowa,Iowa City,"2 E College St"\n'
    found = _opened(capsys, tmp_path, f"Incident Date,State,City Or County,Address\n{rows}")
    assert sorted(place.name for place in found.store.places) == ["Iowa City", "Shreveport"]
