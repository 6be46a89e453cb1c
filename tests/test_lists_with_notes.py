"""Lists whose cells say more than one thing: days with footnotes, tags, links of maps. Rows are invented."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.opened import Opened, opened


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
