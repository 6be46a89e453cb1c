"""Tables in which a cell says figures of several measures, or of another than its heading. Rows are invented."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.opened import Opened, opened


def _opened(capsys: Any, tmp_path: Path, text: str, name: str = "list.csv") -> Opened:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return opened(capsys, tmp_path, path)


def _claims(found: Opened) -> set[tuple[str, str, int | None, int | None]]:
    titles = {event.event_id: event.title for event in found.events}
    return {(titles[claim.event_id], claim.measure, claim.low, claim.high) for claim in found.claims}


def _table(heading: str, *cells: str) -> str:
    rows = [f'2022-{n // 28 + 1:02}-{n % 28 + 1:02},Mill {n},Almaty,"{cell}"\n' for n, cell in enumerate(cells, 1)]
    return f"date,title,city,{heading}\n{''.join(rows)}"


def test_a_column_most_of_whose_rows_have_a_number_is_one_of_figures(capsys: Any, tmp_path: Path) -> None:
    others = [f"{n} (+{n} terrorists)" for n in range(11, 20)]
    found = _opened(capsys, tmp_path, _table("dead", *["1", "2"] * 15, *others))
    assert len(found.claims) == 39
    assert found.counts["rejected"] == 0
    assert "'11 (+11 terrorists)' is read as 11" in found.words


@pytest.mark.parametrize("cell", ["33 Arrested", "17 kidnapped", "2 killed", "3 missing"])
def test_a_word_of_another_fate_makes_no_injured(capsys: Any, tmp_path: Path, cell: str) -> None:
    found = _opened(capsys, tmp_path, _table("injured", "1", "2", "3 injured", "4", cell))
    assert len(found.claims) == 4
    assert f"{cell!r} is read as no figure of injured" in found.words


def test_a_cell_under_deaths_says_its_own_figure_alone(capsys: Any, tmp_path: Path) -> None:
    found = _opened(capsys, tmp_path, _table("deaths", "1", "2", "4", "5 dead, 10 injured"))
    assert ("Mill 4", "deaths", 5, 5) in _claims(found)
    assert {claim.measure for claim in found.claims} == {"deaths"}
    assert "'5 dead, 10 injured' is read as 5, its number of deaths" in found.words


@pytest.mark.parametrize("heading", ["casualties", "victims", "toll"])
def test_figures_in_words_are_apart_by_their_words(capsys: Any, tmp_path: Path, heading: str) -> None:
    cells = "1 погибший, 2 раненых", "5 dead, 10 injured", "2 killed and 3 wounded"
    assert _claims(_opened(capsys, tmp_path, _table(heading, *cells))) == {
        *{("Mill 1", "deaths", 1, 1), ("Mill 1", "injured", 2, 2)},
        *{("Mill 2", "deaths", 5, 5), ("Mill 2", "injured", 10, 10)},
        *{("Mill 3", "deaths", 2, 2), ("Mill 3", "injured", 3, 3)},
    }


def test_how_old_somebody_was_counts_nobody(capsys: Any, tmp_path: Path) -> None:
    cells = "7 injured, 5-year-old child injured", "1 погибший, 5-летний ребенок ранен"
    assert _claims(_opened(capsys, tmp_path, _table("casualties", *cells))) == {
        ("Mill 1", "injured", 7, 7),
        ("Mill 2", "deaths", 1, 1),
    }


@pytest.mark.parametrize("heading", ["victims.total", "No. of Victims", "Number of victims"])
def test_the_victims_of_massacres_are_dead_under_any_of_their_headings(
    capsys: Any, tmp_path: Path, heading: str
) -> None:
    found = _opened(capsys, tmp_path, _table(heading, "20", "3"), "massacres.csv")
    assert _claims(found) == {("Mill 1", "deaths", 20, 20), ("Mill 2", "deaths", 3, 3)}
