"""Lists whose cells say more than one thing: days with footnotes, tags, links of maps. Rows are invented."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.opened import Opened, opened, refused


def _opened(capsys: Any, tmp_path: Path, text: str, name: str = "list.csv", *options: str) -> Opened:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return opened(capsys, tmp_path, path, *options)


def _of_days(*days: str) -> str:
    return "Date,Title,City\n" + "".join(f'"{day}",Rally {n},Almaty\n' for n, day in enumerate(days))


def test_a_footnote_behind_a_day_is_taken_off_and_recorded(capsys: Any, tmp_path: Path) -> None:
    days = ("5 March 2022[3]", "6 March 2022 †", "7 March[12] 2022", "March 8, 2022[1][2]", "9 March 2022²")
    found = _opened(capsys, tmp_path, _of_days(*days))
    assert [str(first) for first, _ in found.days()] == [f"2022-03-0{day}" for day in range(5, 10)]
    assert all(first == last for first, last in found.days())
    assert "'5 March 2022[3]' is read as '5 March 2022', without its footnote." in found.words


def test_a_third_digit_of_a_day_is_a_footnote_only_where_it_can_be_nothing_else(capsys: Any, tmp_path: Path) -> None:
    days = [f"May {day}, 2022" for day in range(10, 19)]
    found = _opened(
        capsys, tmp_path, _of_days(*days, "May 306, 2022", "May 126, 2022"), "list.csv", "--max-reject-share", "1"
    )
    assert [str(first) for first, _ in found.days()][-1] == "2022-05-30"
    assert found.counts["rejected"] == 1
    assert "'May 126, 2022' is not a date" in found.words


def test_zeros_before_numbers_tell_two_orders_of_day_and_month_apart(capsys: Any, tmp_path: Path) -> None:
    padded = [f"{day}/03/2017" for day in range(13, 19)]
    bare = [f"3/{day}/2017" for day in range(13, 19)]
    found = _opened(capsys, tmp_path, _of_days(*padded, *bare, "03/10/2017", "10/2/2017"))
    assert [str(first) for first, _ in found.days()][-2:] == ["2017-10-03", "2017-10-02"]
    assert "Days with zeros have the day first ('13/03/2017'), the others the month ('3/13/2017')." in found.words


def test_a_day_that_shows_no_zero_among_those_of_two_orders_is_rejected(capsys: Any, tmp_path: Path) -> None:
    padded = [f"{day}/03/2017" for day in range(13, 19)]
    bare = [f"3/{day}/2017" for day in range(13, 19)]
    found = _opened(capsys, tmp_path, _of_days(*padded, *bare, "10/11/2017"))
    assert found.counts["rejected"] == 1
    assert "'10/11/2017' may have the day or the month first" in found.words


def test_two_orders_that_zeros_do_not_tell_apart_are_asked(capsys: Any, tmp_path: Path) -> None:
    days = [f"{day}/03/2017" for day in range(13, 19)] + [f"3/{day}/2017" for day in range(13, 19)]
    path = tmp_path / "list.csv"
    path.write_text(_of_days(*days, "13/3/2018", "03/10/2017"), encoding="utf-8")
    assert "Which comes first in '03/10/2017'" in "".join(refused(capsys, tmp_path, path))


@pytest.mark.parametrize("other", ["2022-03-06", "2022-03-09"])
def test_two_columns_called_date_are_one_where_they_say_the_same_days_and_asked_where_not(
    other: str, capsys: Any, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        f"Date,date,Title,City\n05.03.22,2022-03-05,Rally one,Almaty\n06.03.22,{other},Rally two,Almaty\n",
        encoding="utf-8",
    )
    if other == "2022-03-06":
        found = opened(capsys, tmp_path, path)
        assert [str(first) for first, _ in found.days()] == ["2022-03-05", "2022-03-06"]
        assert "'Date' and 'date' say the same days: 'date' is read." in found.words
    else:
        assert "Which column has the day of an event: 'Date' or 'date'?" in "".join(refused(capsys, tmp_path, path))


_GED = (
    "id,type_of_violence,side_a,side_b,dyad_name,date_start,date_prec,place_precision,place,latitude,longitude,"
    "event_clarity"
)


@pytest.mark.parametrize("more", [",deaths_a,deaths_b", ""])
def test_the_codes_of_ged_are_read_under_other_headings_where_many_of_its_own_stand_beside_them(
    more: str, capsys: Any, tmp_path: Path
) -> None:
    head = (
        _GED + more if more else _GED.replace("side_a", "first").replace("side_b", "second").replace("dyad_name", "who")
    )
    rows = [
        f"{n},{n % 3 + 1},A,B,A - B,2019-03-0{n},4,{n},Town {n},11.8{n},13.1{n},1{',0' * more.count(',')}\n"
        for n in range(1, 6)
    ]
    found = _opened(capsys, tmp_path, f"{head}\n" + "".join(rows))
    kinds = {event.event_type for event in found.events}
    assert (kinds == {"State-based violence", "Non-state violence", "One-sided violence"}) is bool(more)
    precisions = [event.sites[0].geo_precision for event in found.events if event.sites]
    assert (precisions == ["site", "near", "district", "region", "fuzzy"]) is bool(more)
    assert ("The table is made of UCDP's GED, by its headings" in found.words) is bool(more)


@pytest.mark.parametrize("heading", ["Location link", "geo", "Map"])
def test_links_of_a_map_are_points_where_each_has_one_and_cost_no_row_where_not(
    heading: str, capsys: Any, tmp_path: Path
) -> None:
    links = (
        "https://maps.example/?q=43.25,76.95",
        "https://maps.example/maps/@42.9,71.37,15z",
        "https://maps.example/maps/place/x/@51.1,71.4,17z/data=!3d51.16!4d71.45",
    )
    head = f"Date,Title,{heading}\n"
    rows = [f'2022-01-0{n},Rally {n},"{link}"\n' for n, link in enumerate(links, 1)]
    found = _opened(capsys, tmp_path, head + "".join(rows))
    assert found.points() == [(76.95, 43.25), (71.37, 42.9), (71.45, 51.16)]
    found = _opened(
        capsys, tmp_path, head + "".join([*rows, "2022-01-04,Rally 4,https://goo.example/short\n"]), "more.csv"
    )
    assert found.counts["rejected"] == 0
