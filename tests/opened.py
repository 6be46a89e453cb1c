"""Files given to `python -m geodata import`: what they became, or what was asked."""

from __future__ import annotations

import csv
import json
import re
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from geodata.cli import main
from geodata.filter import Filter
from geodata.record.model import Claim, Event
from geodata.store.opening import open_data
from geodata.store.store import Store

CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Opened:
    counts: dict[str, Any]
    store: Store
    events: tuple[Event, ...]
    claims: tuple[Claim, ...]
    words: str
    path: Path

    def written(self, heading: str) -> list[str]:
        """The cells of a column of a CSV as they stand in it."""
        with self.path.open(encoding="utf-8", newline="") as file:
            return [row[heading] for row in csv.DictReader(file)]

    def points(self) -> list[tuple[float, float] | None]:
        places = {place.place_id: place for place in self.store.places}
        return [places[e.sites[0].place_id].point if e.sites else None for e in self.events]

    def days(self) -> list[tuple[date, date]]:
        return [(event.date_start, event.date_end) for event in self.events]


def case(tmp_path: Path, name: str | Path) -> Path:
    """A copy of a file, and of those that belong to it: a mapping may be kept beside it."""
    if isinstance(name, Path):
        return name
    for file in CASES.glob(f"{Path(name).stem}.*"):
        shutil.copy(file, tmp_path)
    return tmp_path / name


def opened(capsys: Any, tmp_path: Path, name: str | Path, *options: str) -> Opened:
    """What `python -m geodata import` makes of a file."""
    status = main(["import", str(case(tmp_path, name)), "--to", str(tmp_path / "store"), *options])
    out, err = capsys.readouterr()
    assert status == 0, err + out
    store = open_data([tmp_path / "store"], None)
    parts = list(store.query(Filter()).parts())
    events = tuple(event for part in parts for event in part.events)
    claims = tuple(claim for part in parts for claim in part.claims)
    return Opened(json.loads(out), store, events, claims, said(store) + err, case(tmp_path, name))


def said(store: Store) -> str:
    """What a page tells of how the files were read."""
    return "\n".join(str(notice) for kind in ("told", "repaired", "rejected") for notice in store.notices(kind, 1_000))


def refused(capsys: Any, tmp_path: Path, name: str | Path, *options: str) -> tuple[str, str]:
    """What is printed, and what is said, of a file that is not published."""
    assert main(["import", str(case(tmp_path, name)), "--to", str(tmp_path / "store"), *options]) == 1
    assert not (tmp_path / "store" / "current").exists()
    out, err = capsys.readouterr()
    return out, err


def answered(proposal: str, key: str, answer: str) -> str:
    """The proposal with one of the answers that it offers."""
    text, count = re.subn(rf'^# ({key} = "{answer}").*$', r"\1", proposal, flags=re.MULTILINE)
    assert count == 1
    return text
