"""A flat table, one row an event, is a data set: read whole, or refused with every problem."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geodata.dates import PartialDay
from geodata.errors import DataError, Unclear
from geodata.importers import BUNDLED
from geodata.record.model import Claim, Site
from tests.records import read_data
from tests.server import ROOT
from tests.tables import Cells, delimited, problems, rows, table, workbook

if TYPE_CHECKING:
    from tests.conftest import RunCli

GOOD = """\
event_id,category,title,date_start,date_end,place,lon,lat,geo_precision,actors,notes,source,deaths,claimant,said_on
A1,clash,Shots,2022-01-05,2022-01-06,Camp,77.1,43.4,near,Army; Crowd,"one, two",Reuters,26,President,2022-01-07
A2,protest,Crowd,2022-01-05,,Camp,77.1,43.4,,,,Reuters,,,
"""


def claim(tmp_path: Path, header: str, row: str) -> Claim:
    (found,) = rows(tmp_path, f"title,date_start,date_end,place,country,{header}", f"x,2022-01-05,,,KZ,{row}").claims
    return found


def test_a_good_table_is_read_as_it_stands(tmp_path: Path) -> None:
    data = read_data(table(tmp_path, GOOD))
    shots, crowd = data.events
    (camp,) = data.places
    assert (data.name, data.title) == ("events", "events")
    assert (shots.event_id, shots.category, shots.title, shots.notes) == ("A1", "clash", "Shots", "one, two")
    assert (shots.date_start, shots.date_end, shots.time_precision) == (date(2022, 1, 5), date(2022, 1, 6), 1)
    assert (shots.actors, shots.sites) == (("Army", "Crowd"), (Site(camp.place_id, "at", "near"),))
    assert (camp.name, camp.point, camp.country, camp.region) == ("Camp", (77.1, 43.4), "KZ", "Almaty Region")
    assert crowd.sites == (Site(camp.place_id, "at", "settlement"),)
    (deaths,) = data.claims
    assert (deaths.claim_id, deaths.event_id, deaths.measure) == ("A1-deaths", "A1", "deaths")
    assert (deaths.low, deaths.best, deaths.high, deaths.qualifier) == (26, 26, 26, "exact")
    assert (deaths.claimant, deaths.said_on, deaths.scope) == ("President", PartialDay.parse("2022-01-07"), "Camp")
    assert (deaths.population, deaths.status, deaths.notes) == ("all", "standing", "")
    (source,) = data.sources
    assert shots.source_ids == crowd.source_ids == (source.source_id,) == (deaths.source_id,)


def test_a_title_and_a_day_are_enough(tmp_path: Path) -> None:
    (event,) = rows(tmp_path, "title,date_start", "Shots,2022-01-05").events
    assert (event.event_id, event.category, event.date_end) == ("events-R2", "other", date(2022, 1, 5))
    assert event.sites == ()


def test_a_place_and_a_day_are_enough(tmp_path: Path) -> None:
    assert rows(tmp_path, "place,date_start", "Taraz,2022-01-05").events[0].title == "Taraz"


def test_rows_without_an_id_are_called_by_the_file_and_their_line(tmp_path: Path) -> None:
    data = rows(tmp_path, "event_id,title,date_start", 'A,"x\ny",2022-01-05', "", ",z,2022-01-05")
    assert [event.event_id for event in data.events] == ["A", "events-R5"]


def test_a_month_is_its_days_with_the_coarsest_time_precision(tmp_path: Path) -> None:
    (event,) = rows(tmp_path, "title,date_start", "x,2022-08").events
    assert (event.date_start, event.date_end, event.time_precision) == (date(2022, 8, 1), date(2022, 8, 31), 3)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: delimited(text, ";"),
        lambda text: delimited(text, "\t"),
        lambda text: text.replace("event_id", " Event ID ").replace("date_start", "DATE START"),
        lambda text: text.replace("lon,lat", "Longitude,Latitude"),
        lambda text: text.replace("\n", ",,\n") + ",,,,,\n",
        lambda text: text.replace("\nA1", "\n#event+id,,,,,,,,,,,,,,\nA1"),
        lambda text: text.replace("clash", "Clash").replace("near", "NEAR"),
    ],
    ids=["mark", "CRLF", "semicolons", "tabs", "case", "words", "empty cells", "HXL", "case of words"],
)
def test_how_the_table_is_written_down_changes_nothing(tmp_path: Path, change: Callable[[str], str]) -> None:
    expected = read_data(table(tmp_path, GOOD))
    assert read_data(table(tmp_path, change(GOOD))) == expected


def test_a_header_alone_is_an_empty_map(tmp_path: Path) -> None:
    data = rows(tmp_path, "title,date_start")
    assert (data.events, data.claims, data.places, data.sources) == ((), (), (), ())


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    (problem,) = problems(table(tmp_path, "\n"))
    assert str(problem) == "events.csv: the file is empty (expected a table)."


def test_a_table_without_a_day_is_asked_for_it_and_not_guessed(tmp_path: Path) -> None:
    with pytest.raises(Unclear, match="No column seems to be the day") as caught:
        read_data(table(tmp_path, "title,mood\nShots,bad\n"))
    assert [question.key for question in caught.value.questions] == ["date_start"]
    assert 'title = "title"' in caught.value.proposal


def test_of_a_column_that_stands_twice_the_one_that_is_meant_is_asked(tmp_path: Path) -> None:
    with pytest.raises(Unclear, match="number 3 and number 4"):
        rows(tmp_path, "title,date_start,category,category", "Shots,2022-01-05,clash,protest")


def test_columns_that_are_not_read_are_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    rows(tmp_path, "title,date_start,category,mood", "Shots,2022-01-05,clash,bad")
    assert "events.csv: 1 column is not read: 'mood'." in caplog.messages


def test_a_table_of_our_own_columns_needs_no_words(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    read_data(table(tmp_path, GOOD))
    assert caplog.messages == []


# What stands in the cells of one row, and the problem: its column and words of its message.
BROKEN: list[tuple[dict[str, str], str, str]] = [
    ({"date_start": "2022-02-30"}, "date_start", "'2022-02-30' is not a date"),
    ({"date_start": "44567"}, "date_start", "'44567' is a bare number"),
    ({"date_start": "1022-01-05"}, "date_start", "'1022-01-05' is in the year 1022 (expected 1500 to 2100"),
    ({"date_end": "9999-12"}, "date_end", "'9999-12' is in the year 9999 (expected 1500 to 2100"),
    ({"date_start": ""}, "date_start", "the cell is empty"),
    ({"date_end": "2022-01-04"}, "date_end", "2022-01-04 lies before the first day, 2022-01-05"),
    ({"title": ""}, "title", "the cell is empty (expected a title, or a place)"),
    ({"event_id": "R3", "title": "y"}, "event_id", "'R3' stands in line 2 already"),
    ({"lon": "77", "lat": "91"}, "lat", "'91' is out of range (expected a latitude from -90 to 90 degrees)"),
    ({"lon": "77", "lat": ""}, "lat", "there is no number, but the other coordinate is one"),
    ({"lon": "", "lat": "43"}, "lon", "there is no number, but the other coordinate is one"),
    ({"lon": "77", "lat": "43", "place": "a; b"}, "place", "names 2 places or more beside one point"),
    ({"country": "XX"}, "country", "'XX' is not a country"),
    ({"lon": "77", "lat": "43", "geo_precision": "setlement"}, "geo_precision", "(nearest: settlement)"),
    ({"lon": "77", "lat": "43", "geo_precision": "unknown"}, "geo_precision", "'unknown' stands beside a place"),
    ({"lon": "-30", "lat": "30", "geo_precision": "country"}, "geo_precision", "beside a point in no country"),
    ({"geo_precision": "site"}, "geo_precision", "(expected unknown, or an empty cell)"),
    ({"geo_precision": "site", "country": "KZ"}, "geo_precision", "(expected country, or an empty cell)"),
    ({"place": "Kazakhstan", "geo_precision": "site"}, "geo_precision", "does not suit 'Kazakhstan', a whole country"),
    ({"place": "Taraz > "}, "place", "is not a flow (expected origin > destination)"),
    ({"place": "Taraz > Taraz"}, "place", "is not a flow between two places"),
    ({"place": "Russia > Taraz"}, "place", "is not a flow between two places"),
    ({"place": "Taraz", "geo_precision": "near; near"}, "geo_precision", "2 values for 1 places"),
    ({"deaths": "-1"}, "deaths", "'-1' is negative"),
    ({"deaths": "3.5"}, "deaths", "'3.5' is not a whole number"),
    ({"deaths": "#REF!"}, "deaths", "'#REF!' is not a figure"),
    ({"deaths_low": "9", "deaths": "5"}, "deaths_low", "deaths_low 9, deaths 5 are out of order"),
    ({"deaths": "5", "said_on": "soon"}, "said_on", "'soon' is not a date"),
    ({"deaths": "5", "qualifier": "roughly"}, "qualifier", "'roughly' is none of exact, about, over"),
]  # fmt: skip


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: " ".join(case[0]))
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_broken_rule_is_named_with_its_line_column_and_value(
    tmp_path: Path, case: tuple[dict[str, str], str, str], kind: str
) -> None:
    cells, column, words = case
    good = {"event_id": "R3", "title": "x", "date_start": "2022-01-05"}
    column = column.split()[0]
    broken = {**good, "event_id": "A1", **cells}
    header = list(broken)
    grid: Cells = [header, [good.get(name, "") for name in header], [broken[name] for name in header]]
    if kind == "xlsx":
        path = workbook(tmp_path, grid)
    else:
        out = io.StringIO()
        csv.writer(out).writerows(grid)
        path = table(tmp_path, out.getvalue())
    found = problems(path)
    there = [problem for problem in found if (problem.line, problem.column) == (3, column)]
    assert any(words in problem.message for problem in there), "\n".join(map(str, found))
    assert {problem.file for problem in found} == {path.name}


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"event_id": "A 1"}, "hyphens stand for them"),
        ({"title": "x\x0by"}, "control"),
        ({"deaths": "unknown"}, "'unknown' says no figure, and not 0"),
        ({"deaths": "dozens"}, "'dozens' is read as at least 12"),
        ({"time_precision": "4"}, "no code of the precision of days"),
        ({"lon": "0", "lat": "0"}, "0, 0 is a place in the sea"),
        ({"lon": "190", "lat": "43"}, "read as -170"),
        ({"lon": "77", "lat": "43", "country": "Atlantis"}, "'Atlantis' is not a country"),
    ],
    ids=lambda case: " ".join(case) if isinstance(case, dict) else "",
)
def test_what_is_read_otherwise_than_it_stands_is_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, cells: dict[str, str], words: str
) -> None:
    row = {"event_id": "A", "title": "Shots", "date_start": "2022-01-05"} | cells
    (event,) = rows(tmp_path, ",".join(row), ",".join(row.values())).events
    assert event.title.startswith(("Shots", "x"))
    assert any(words in message for message in caplog.messages), caplog.messages


def test_a_word_that_is_no_category_is_other_and_stands_beside_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (event,) = rows(tmp_path, "title,date_start,category", "Shots,2022-01-05,Blockade").events
    assert (event.category, event.event_type) == ("other", "Blockade")
    assert any("'Blockade'" in message for message in caplog.messages)


def test_a_row_that_stands_twice_is_one_event(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    data = rows(tmp_path, "event_id,title,date_start", *["A,Shots,2022-01-05"] * 3)
    assert [event.event_id for event in data.events] == ["A"]
    assert "events.csv: 2 rows stand in the file twice, alike in every cell: once is enough." in caplog.messages


def test_every_problem_is_told_at_once_in_the_order_of_the_lines(tmp_path: Path) -> None:
    lines = ("title,date_start,lat,lon", "x,2022-02-30,91,0", "y,2022-01-05,0", ",2022-01-05,0,0")
    path = table(tmp_path, "\n".join(lines))
    assert [(problem.line, problem.column) for problem in problems(path)] == [
        (2, "date_start"), (2, "lat"), (3, ""), (4, "title"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("header", "row", "figures", "qualifier"),
    [
        ("deaths", "26", (26, 26, 26), "exact"),
        ("deaths", "0", (0, 0, 0), "exact"),
        ("injured_low,injured_high", "10,20", (10, None, 20), "exact"),
        ("detained_low,detained,detained_high", "10,15,20", (10, 15, 20), "exact"),
        ("flights_low", "500", (500, None, None), "at least"),
        ("personnel_high", "30", (None, None, 30), "exact"),
        ("deaths,qualifier", "500,Over", (500, None, None), "over"),
        ("attacks,qualifier", "6,about", (6, 6, 6), "about"),
    ],
)
def test_figures_become_claims(
    tmp_path: Path, header: str, row: str, figures: tuple[int | None, ...], qualifier: str
) -> None:
    found = claim(tmp_path, header, row)
    assert header.startswith(found.measure)
    assert (found.low, found.best, found.high) == figures
    assert (found.qualifier, found.scope) == (qualifier, "Kazakhstan")


def test_an_empty_figure_is_no_claim(tmp_path: Path) -> None:
    assert rows(tmp_path, "title,date_start,deaths", "x,2022-01-05,").claims == ()


def test_a_figure_without_a_voice_is_its_source_s_and_without_a_source_the_table_s(tmp_path: Path) -> None:
    data = rows(
        tmp_path, "title,date_start,date_end,source,deaths",
        "x,2022-01-05,2022-01-08,Reuters; AP,5", "y,2022-01-05,,,6",
    )  # fmt: skip
    first, second = data.claims
    assert (first.claimant, first.source_id, second.claimant) == ("Reuters; AP", "Reuters", "events.csv")
    assert "several sources" in first.notes
    by_id = {source.source_id: source for source in data.sources}
    assert by_id[second.source_id].notes == "The table itself, which names no source."
    assert data.events[1].source_ids == ()


def test_a_figure_without_a_day_is_given_the_last_day_of_its_event_and_says_so(tmp_path: Path) -> None:
    found = claim(tmp_path, "deaths", "5")
    assert found.said_on == PartialDay.parse("2022-01-05")
    assert found.notes == "The table gives no day for it: the last day of the event stands in."


def test_a_link_to_a_table_is_refused_unopened(tmp_path: Path) -> None:
    (tmp_path / "link.csv").symlink_to(table(tmp_path, GOOD))
    (problem,) = problems(tmp_path / "link.csv")
    assert "not a regular file" in problem.message


def test_a_table_and_a_folder_are_read_as_one(tmp_path: Path) -> None:
    data = read_data(BUNDLED, table(tmp_path, "title,place,date_start\nx,Taraz,2022-01-05\ny,Tripoli,2022-01-05\n"))
    assert data.name.endswith("+events")
    assert (data.events[-2].sites[0].place_id, data.places[-1].name) == (data.places[-1].place_id, "Taraz")
    assert [part.name for part in data.unsettled] == ["Tripoli"]


def test_two_tables_may_name_a_place_and_a_source_each_in_its_own_way(tmp_path: Path) -> None:
    header = "event_id,place,date_start,source"
    one = table(tmp_path, f"{header}\nA,Almaty,2022-01-05,Reuters\n", "one.csv")
    two = table(tmp_path, f"{header}\nB,Алматы,2022-01-05,reuters\n", "two.csv")
    data = read_data(one, two)
    assert [place.name for place in data.places] == ["Almaty"]
    assert "Алматы" in data.places[0].all_names()
    assert len(data.sources) == 2


def test_rows_without_an_id_do_not_clash_with_those_of_another_table(tmp_path: Path) -> None:
    one, two = (table(tmp_path, "title,date_start\nx,2022-01-05\n", name) for name in ("one.csv", "two; b.csv"))
    assert [event.event_id for event in read_data(one, two).events] == ["one-R2", "two-b-R2"]


def test_the_same_id_in_two_tables_is_a_problem_that_names_both(tmp_path: Path) -> None:
    text = "event_id,title,date_start\nR2,x,2022-01-05\n"
    one, two = (table(tmp_path, text, name) for name in ("one.csv", "two.csv"))
    with pytest.raises(DataError) as caught:
        read_data(one, two)
    assert str(caught.value) == f"{two}, column \"event_id\": 'R2' is in {one} too (expected once)."


def test_the_commands_read_a_table(tmp_path: Path, call_cli: RunCli) -> None:
    text = table(tmp_path, "title,place,date_start,deaths\nx,Taraz,2022-01-05,5\ny,Tripoli,2022-01-05,\n")
    events = call_cli("geodata", "events", "--data", text, "--format", "csv")
    assert events.returncode == 0
    assert [line.split(",")[8] for line in events.stdout.splitlines()] == ["places", "Taraz", "Tripoli"]
    check = call_cli("geodata", "check", workbook(tmp_path, [["title", "date_start"], ["x", "2022-01-05"]]))
    assert (check.returncode, check.stdout) == (0, "")
    assert check.stderr.startswith("1 event,")


def test_a_table_with_a_problem_is_refused_with_status_1(tmp_path: Path, call_cli: RunCli) -> None:
    check = call_cli("geodata", "check", table(tmp_path, "title,date_start\nx,2022-02-30\n"))
    assert (check.returncode, check.stdout) == (1, "")
    assert "events.csv, line 2, column \"date_start\": '2022-02-30' is not a date" in check.stderr


def test_a_folder_is_read_without_the_libraries_of_tables() -> None:
    code = (
        "import sys; from geodata.importers import BUNDLED, read_columns; read_columns(BUNDLED); "
        "print([name for name in ('openpyxl', 'rapidfuzz', 'duckdb', 'ibis') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
