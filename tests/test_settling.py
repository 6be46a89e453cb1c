"""Names of places that a table leaves open are settled by its owner, in a list, once for the data set."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.conftest import RunCli

OPEN = """date_start,title,place
2022-03-01,Strike,Camp Seven
2022-03-02,Clash,Tripoli
2022-03-03,Clash,Springfield; Berlin
2022-03-04,Clash,Tripoli
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "events.csv"
    path.write_text(OPEN, encoding="utf-8")
    return path


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [*csv.DictReader(file)]


def filled(path: Path, answers: dict[str, str]) -> Path:
    """The list with answers, as a spreadsheet in Germany saves it."""
    lines = [row | {"place": answers.get(row["name"], "")} for row in rows(path)]
    target = path.with_name("filled.csv")
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, lines[0], delimiter=";")
        writer.writeheader()
        writer.writerows(lines)
    return target


def test_a_list_of_unsettled_names_is_filled_in_and_settles_them_for_good(
    run_cli: RunCli, table: Path, tmp_path: Path
) -> None:
    store, names = tmp_path / "store", tmp_path / "names.csv"
    assert run_cli("geodata", "import", str(table), "--to", str(store), "--unsettled", str(names)).returncode == 0
    listed = rows(names)
    assert [(row["name"], row["events"], row["place"]) for row in listed] == [
        ("Tripoli", "2", ""), ("Camp Seven", "1", ""), ("Springfield", "1", "")
    ]  # fmt: skip
    assert listed[0]["candidates"].startswith("gn:2210247 Tripoli, Tripoli District, LY, capital; gn:266826 Tripoli")
    assert listed[1]["candidates"] == ""

    answers = filled(names, {"Tripoli": "gn:2210247", "Camp Seven": "30.5, 50.4", "Springfield": "gn:4250542"})
    done = run_cli("geodata", "import", str(table), "--to", str(store), "--settled", str(answers))
    assert done.returncode == 0 and "is not on the map" not in done.stderr
    told = run_cli("geodata", "events", "--data", str(store), "--format", "csv").stdout
    assert "Springfield" in told and "Illinois" in told and "unknown" not in told

    again = run_cli("geodata", "import", str(table), "--to", str(tmp_path / "other"), "--unsettled", str(names))
    assert rows(names) == [] and "is not on the map" not in again.stderr, "the answers are kept beside the table"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("name,place\nTripoli,gn:1\n", "'gn:1'"),
        ("name,place\nTripoli,near here\n", "'near here'"),
        ("name,where\nTripoli,gn:2210247\n", "no column 'place'"),
    ],
)
def test_an_answer_that_is_no_place_is_refused_and_nothing_is_published(
    run_cli: RunCli, table: Path, tmp_path: Path, content: str, said: str
) -> None:
    answers = tmp_path / "answers.csv"
    answers.write_text(content, encoding="utf-8")
    done = run_cli("geodata", "import", str(table), "--to", str(tmp_path / "store"), "--settled", str(answers))
    assert (done.returncode, said in done.stderr) == (2, True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answers.csv", "events.csv"]


def test_of_many_names_the_first_are_said_and_how_to_settle_all(run_cli: RunCli, tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    lines = [f"2022-03-01,Strike,Camp X{number},clash\n" for number in (*range(50), 49)]
    path.write_text("date_start,title,place,category\n" + "".join(lines), encoding="utf-8")
    said = run_cli("geodata", "import", str(path), "--to", str(tmp_path / "store")).stderr.splitlines()
    assert len(said) == 32
    assert "'Camp X49' of many-R51, many-R52" in said[0]
    assert "says in which city or country, if all are in one" in said[-1]
    assert said[-2].startswith("many.csv: 20 more names of places are not settled (import --unsettled FILE")
