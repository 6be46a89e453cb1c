"""The arithmetic of claims against an oracle that knows only the rules, row by row, without any cleverness."""

from __future__ import annotations

import calendar
import csv
import random
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from geodata.filter import Filter
from geodata.importers import BUNDLED
from geodata.store.opening import open_store

Row = dict[str, str]
FIRST = date(2022, 1, 1)
DAYS = 60
COLUMNS = (
    *("claim_id", "event_id", "measure", "low", "best", "high", "qualifier", "claimant", "via", "said_on", "scope"),
    *("population", "part_of", "supersedes", "echo_of", "status", "status_on", "source_id"),
    *("paragraph", "start", "end", "notes"),
)


def tangle(seed: int) -> list[Row]:
    """A hundred claims by five voices on two events, that supersede, repeat and contain one another."""
    pick = random.Random(seed)
    rows: list[Row] = []
    for number in range(100):
        said = FIRST + timedelta(number * DAYS // 130)
        row = dict.fromkeys(COLUMNS, "") | {
            "claim_id": f"T{number}", "event_id": pick.choice(["E6", "E7"]), "qualifier": "exact",
            "measure": pick.choice(["deaths", "injured"]),
            "claimant": pick.choice(["ministry", "president", "press", "hospital", "prosecutor"]),
            "said_on": str(said), "scope": pick.choice(["Kazakhstan", "Almaty"]),
            "population": pick.choice(["all", "children"]), "status": "standing", "source_id": "article-2022-01-10",
        }  # fmt: skip
        low = pick.randint(50, 400)
        row["low"] = "" if pick.random() < 0.1 else str(low)
        row["high"] = str(low + pick.choice([0, 0, 30])) if not row["low"] or pick.random() < 0.8 else ""
        akin = [r for r in rows if (r["event_id"], r["measure"]) == (row["event_id"], row["measure"])]
        kind = pick.random()
        if akin and kind < 0.2:
            heard = pick.choice(akin)
            row |= {key: heard[key] for key in ("low", "high", "scope", "population")} | {"echo_of": heard["claim_id"]}
        elif akin and kind < 0.4:
            whole = pick.choice(akin)
            most = pick.randint(1, min(40, int(whole["high"] or 40)))
            row |= {"low": "1", "high": str(most), "part_of": whole["claim_id"]}
        elif kind < 0.55 and (earlier := [r for r in akin if r["said_on"] < row["said_on"]]):
            row["supersedes"] = pick.choice(earlier)["claim_id"]
        if pick.random() < 0.15:
            row |= {"status": "retracted", "status_on": str(said + timedelta(pick.randint(0, 9)))}
        if pick.random() < 0.05 and not row["echo_of"] and not row["supersedes"]:
            row["said_on"] = str(said)[:7] if said.day == 1 else row["said_on"]
        rows.append(row)
    return rows


def last(text: str) -> date:
    if len(text) == 10:
        return date.fromisoformat(text)
    year, month = map(int, text.split("-"))
    return date(year, month, calendar.monthrange(year, month)[1])


def first(text: str) -> date:
    return date.fromisoformat(text if len(text) == 10 else f"{text}-01")


def key(row: Row) -> tuple[str, ...]:
    return row["event_id"], row["measure"], row["scope"], row["population"]


def oracle(rows: list[Row], day: date) -> dict[tuple[str, ...], tuple[int | None, int | None]]:
    """The ranges on a day, straight from the words of the rules."""
    said = {row["claim_id"]: row for row in rows if last(row["said_on"]) <= day}

    def gone(row: Row) -> bool:
        if row["status"] == "retracted" and date.fromisoformat(row["status_on"]) <= day:
            return True
        for other in said.values():
            mine = key(other) == key(row) and other["claimant"] == row["claimant"]
            if (mine and first(other["said_on"]) > last(row["said_on"])) or other["supersedes"] == row["claim_id"]:
                return True
        return row["echo_of"] in said and gone(said[row["echo_of"]])

    def repeats_what_stands(row: Row) -> bool:
        heard = said.get(row["echo_of"])
        return heard is not None and (not gone(heard) or repeats_what_stands(heard))

    # What each is inside of: what it is part of, and whatever that one, or what it only repeats, is inside of.
    inside: dict[str, set[str]] = {name: set() for name in said}
    for _ in said:
        for name, row in said.items():
            if row["part_of"] in said:
                inside[name] |= {row["part_of"]} | inside[row["part_of"]]
            if row["echo_of"] in said:
                inside[name] |= inside[row["echo_of"]]

    found: dict[tuple[str, ...], tuple[int | None, int | None]] = {}
    for wanted in {key(row) for row in said.values()}:
        counted = [
            row
            for row in said.values()
            if key(row) == wanted
            and not gone(row)
            and all(key(said[whole]) != wanted for whole in inside[row["claim_id"]])
            and not repeats_what_stands(row)
        ]
        if counted:
            lows, highs = [row["low"] for row in counted], [row["high"] for row in counted]
            found[wanted] = (
                min(map(int, lows)) if all(lows) else None,
                max(map(int, highs)) if all(highs) else None,
            )
    return found


@pytest.mark.parametrize("seed", range(4))
def test_a_hundred_tangled_claims_span_the_ranges_of_the_oracle_on_every_day(tmp_path: Path, seed: int) -> None:
    rows = tangle(seed)
    folder = Path(shutil.copytree(BUNDLED, tmp_path / "data"))
    with (folder / "claims.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    assert sum(bool(row["echo_of"]) for row in rows) > 8 and sum(bool(row["supersedes"]) for row in rows) > 4
    assert sum(bool(row["part_of"]) for row in rows) > 8
    store = open_store(folder)
    for number in range(DAYS):
        day = FIRST + timedelta(number)
        result = store.query(Filter(as_of=day))
        shown = {event.event_id for event in result.events}
        spans = {(r.event_id, r.measure, r.scope, r.population): (r.low, r.high) for r in result.ranges}
        assert spans == {wanted: span for wanted, span in oracle(rows, day).items() if wanted[0] in shown}
