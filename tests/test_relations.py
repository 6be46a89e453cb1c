"""Relations between claims hold in the record, or are refused where they stand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from geodata.errors import DataError
from geodata.importers.folder import COLUMNS
from geodata.record.model import Claim
from tests.records import read_data

PACKAGE = {"name": "r", "resources": [{"path": file} for file in COLUMNS]}
EVENTS = """\
event_id,category,event_type,sub_event_type,title,date_start,date_end,time_precision,sites,geo_precision,country,actors,notes,source_ids
E1,clash,,,Deaths,2022-01-02,2022-01-10,2,,country,KZ,,,S1
E2,clash,,,Other deaths,2022-01-02,2022-01-10,2,,country,KZ,,,S1
"""
SOURCES = "source_id,publisher,title,published_on,accessed_on,url,language,sha256,reliability,notes\nS1,P,T,,,,,,,\n"


def row(claim_id: str, figures: str = "5,5", said_on: str = "2022-01-07", **others: str) -> str:
    """A standing claim of deaths on E1: `figures` are low and high; the other cells are by column."""
    low, high = figures.split(",")
    cells = {"event_id": "E1", "measure": "deaths", "low": low, "high": high, "qualifier": "exact", "scope": "KZ"}
    cells |= {"claim_id": claim_id, "claimant": claim_id, "said_on": said_on, "population": "all"}
    cells |= {"status": "standing", "source_id": "S1"} | others
    return ",".join(cells.get(column, "") for column in COLUMNS["claims.csv"]) + "\n"


def superseded(on: str = "2022-01-20") -> dict[str, str]:
    return {"status": "superseded", "status_on": on}


def read(folder: Path, *rows: str, columns: tuple[str, ...] = COLUMNS["claims.csv"]) -> dict[str, Claim]:
    texts = {
        "datapackage.json": json.dumps(PACKAGE),
        "events.csv": EVENTS,
        "sources.csv": SOURCES,
        "places.csv": ",".join(COLUMNS["places.csv"]),
        "claims.csv": ",".join(columns) + "\n" + "".join(rows),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return {claim.claim_id: claim for claim in read_data(folder).claims}


def refused(folder: Path, *rows: str) -> list[str]:
    """What is said of the claims, which must all be about claims.csv."""
    with pytest.raises(DataError) as caught:
        read(folder, *rows)
    assert {problem.file for problem in caught.value.problems} == {"claims.csv"}
    return [str(problem).removeprefix("claims.csv, ") for problem in caught.value.problems]


def test_relations_that_hold_are_read_as_they_stand(tmp_path: Path) -> None:
    claims = read(
        tmp_path,
        row("C1", "26,26", **superseded()),
        row("C2", "164,", "2022-01-09", supersedes="C1"),
        row("C3", "103,103", "2022-01-09", part_of="C2", scope="Almaty"),
        row("C4", "164,", "2022-01-09", echo_of="C2"),
        row("C5", "164,", "2022-01-10", echo_of="C4"),
    )
    assert {c.claim_id: (c.part_of, c.supersedes, c.echo_of) for c in claims.values()} == {
        "C1": ("", "", ""), "C2": ("", "C1", ""), "C3": ("C2", "", ""), "C4": ("", "", "C2"), "C5": ("", "", "C4"),
    }  # fmt: skip


@pytest.mark.parametrize("missing", [("supersedes", "echo_of"), ("supersedes",), ("echo_of",)])
def test_a_table_may_do_without_the_columns_supersedes_and_echo_of(tmp_path: Path, missing: tuple[str, ...]) -> None:
    columns = tuple(column for column in COLUMNS["claims.csv"] if column not in missing)
    cells = dict(zip(COLUMNS["claims.csv"], row("C1").rstrip("\n").split(","), strict=True))
    claims = read(tmp_path, ",".join(cells[column] for column in columns) + "\n", columns=columns)
    assert (claims["C1"].low, claims["C1"].supersedes, claims["C1"].echo_of) == (5, "", "")


@pytest.mark.parametrize("column", ["part_of", "supersedes", "echo_of"])
def test_a_relation_to_no_claim_or_to_one_of_another_event_or_measure_is_refused(tmp_path: Path, column: str) -> None:
    assert refused(
        tmp_path,
        row("C1"),
        row("C2", event_id="E2"),
        row("C3", measure="injured"),
        row("C4", **{column: "C11"}),
        row("C5", **{column: "C2"}),
        row("C6", **{column: "C3"}),
    ) == [
        f"line 5, column \"{column}\": 'C11' is unknown: claims.csv has no such claim_id.",
        f"line 6, column \"{column}\": 'C2' is about event 'E2' (expected a claim of E1).",
        f"line 7, column \"{column}\": 'C3' is a figure of injured (expected one of deaths).",
    ]


RINGS = {
    "part_of": "makes the claim a part of itself",
    "supersedes": "makes the claim supersede itself",
    "echo_of": "makes the claim an echo of itself",
}


@pytest.mark.parametrize("column", RINGS)
def test_a_ring_of_relations_is_told_once_and_named(tmp_path: Path, column: str) -> None:
    assert refused(
        tmp_path,
        row("C1", **{column: "C2"}),
        row("C2", **{column: "C3"}),
        row("C3", **{column: "C4"}),
        row("C4", **{column: "C2"}),
        row("C5", **{column: "C5"}),
        row("C6", **{column: "C4"}),
    ) == [
        f"line 3, column \"{column}\": 'C3' {RINGS[column]}: 'C2 > C3 > C4 > C2'.",
        f"line 6, column \"{column}\": 'C5' {RINGS[column]}: 'C5 > C5'.",
    ]


def test_a_long_chain_of_relations_is_no_ring(tmp_path: Path) -> None:
    rows = [row(f"C{n}", part_of=f"C{n + 1}") for n in range(3_000)]
    assert len(read(tmp_path, *rows, row("C3000"))) == 3_001


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        ("6,6", "5,5", "the part's low 6 is above the high 5 of its whole 'C1'"),
        ("6,", ",5", "the part's low 6 is above the high 5 of its whole 'C1'"),
        ("4,6", "1,5", "the part's high 6 is above the high 5 of its whole 'C1'"),
        (",6", "1,5", "the part's high 6 is above the high 5 of its whole 'C1'"),
    ],
)
def test_a_part_larger_than_its_whole_is_refused(tmp_path: Path, part: str, whole: str, said: str) -> None:
    (problem,) = refused(tmp_path, row("C1", whole), row("C2", part, part_of="C1"))
    assert problem == f'line 3, column "part_of": {said} (expected a part no larger than its whole).'


@pytest.mark.parametrize(
    ("part", "whole"), [("5,5", "5,5"), ("6,6", "5,"), ("5,", "5,5"), (",5", ",5"), ("0,0", "0,0")]
)
def test_a_part_that_may_be_no_larger_than_its_whole_is_kept(tmp_path: Path, part: str, whole: str) -> None:
    assert len(read(tmp_path, row("C1", whole), row("C2", part, part_of="C1"))) == 2


def test_a_claim_supersedes_no_later_one(tmp_path: Path) -> None:
    assert refused(
        tmp_path,
        row("C1", said_on="2022-01-08"),
        row("C2", said_on="2022-02"),
        row("C3", said_on="2022-01-07", supersedes="C1"),
        row("C4", said_on="2022-01-31", supersedes="C2"),
    ) == [
        "line 4, column \"supersedes\": 'C1' was said later, on 2022-01-08, than the claim, on 2022-01-07 "
        "(expected an earlier claim).",
        "line 5, column \"supersedes\": 'C2' was said later, on 2022-02, than the claim, on 2022-01-31 "
        "(expected an earlier claim).",
    ]


@pytest.mark.parametrize("older", ["2022-02-09", "2022-02", "2022-01"])
def test_of_the_same_day_or_in_the_same_month_a_claim_may_supersede_another(tmp_path: Path, older: str) -> None:
    claims = read(tmp_path, row("C1", said_on=older), row("C2", said_on="2022-02-09", supersedes="C1"))
    assert claims["C2"].supersedes == "C1"


def test_an_echo_is_said_no_earlier_and_has_the_figures_scope_and_population_of_what_it_repeats(tmp_path: Path) -> None:
    same = "(expected the same: an echo is the same claim again)"
    assert refused(
        tmp_path,
        row("C1", "164,164", "2022-01-09"),
        row("C2", "164,164", "2022-01-08", echo_of="C1"),
        row("C3", "164,", "2022-01-09", echo_of="C1"),
        row("C4", "164,164", "2022-01-09", echo_of="C1", scope="Almaty"),
        row("C5", "164,164", "2022-01-09", echo_of="C1", population="civilians"),
    ) == [
        "line 3, column \"echo_of\": 'C1' was said later, on 2022-01-09, than the claim, on 2022-01-08 "
        "(expected an earlier claim, or one of the same day).",
        f"line 4, column \"echo_of\": the claim has low 164, high none, but 'C1' has low 164, high 164 {same}.",
        f"line 5, column \"echo_of\": the claim has scope 'Almaty', but 'C1' has scope 'KZ' {same}.",
        f"line 6, column \"echo_of\": the claim has population 'civilians', but 'C1' has population 'all' {same}.",
    ]


@pytest.mark.parametrize(
    "other",
    [
        {"scope": "Almaty"},
        {"population": "civilians"},
        {"measure": "injured"},
        {"event_id": "E2"},
        {"claimant": "C9"},
        {"said_on": "2022-01-07"},
        {"said_on": "2022-01"},
    ],
    ids=str,
)
def test_a_superseded_claim_has_something_that_supersedes_it(tmp_path: Path, other: dict[str, str]) -> None:
    later = {"claimant": "C1", "said_on": "2022-01-20"}
    assert read(tmp_path, row("C1", **superseded()), row("C2", **later))["C1"].status == "superseded"
    assert refused(tmp_path, row("C1", **superseded()), row("C2", **(later | other))) == [
        "line 2, column \"status\": nothing supersedes the claim (expected a later figure of 'C1' for the same event, "
        "measure, scope and population, or a claim that says so in 'supersedes')."
    ]


def test_an_echo_is_superseded_with_what_it_repeats(tmp_path: Path) -> None:
    heard = row("C1", **superseded()) + row("C2", said_on="2022-01-20", supersedes="C1")
    assert read(tmp_path, heard, row("C3", echo_of="C1", **superseded()))["C3"].status == "superseded"
    (problem,) = refused(tmp_path, row("C1"), row("C3", echo_of="C1", **superseded()))
    assert problem.startswith('line 3, column "status": nothing supersedes the claim')


def test_a_record_that_breaks_another_rule_starts_no_second_complaint(tmp_path: Path) -> None:
    assert refused(
        tmp_path,
        row("C1", "5,5", "soon", claimant="A"),
        row("C2", "9,9", part_of="C1"),
        row("C3", claimant="A", said_on="2022-01-05", **superseded()),
    ) == ["line 2, column \"said_on\": 'soon' is not a date (expected YYYY-MM-DD, or YYYY-MM)."]
