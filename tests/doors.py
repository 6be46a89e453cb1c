"""Files through the door: what the commands `import`, `check` and `events` make of them, in this process."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geodata.cli import main
from geodata.filter import Filter
from geodata.importers import read_columns
from geodata.importers.understand import how_to_read
from geodata.record.model import Claim, Event, Place
from geodata.store.opening import open_data
from tests.records import dataset_of


@dataclass(frozen=True)
class Answer:
    """What a command answers: its status, what it printed, and all that it said."""

    status: int
    out: str
    words: str


@dataclass(frozen=True)
class Record:
    """What was read: the events and what belongs to them, and all that was said of it."""

    events: tuple[Event, ...]
    claims: tuple[Claim, ...]
    places: tuple[Place, ...]
    words: str
    counts: dict[str, Any]
    notices: tuple[dict[str, Any], ...] = ()

    def outcome(self) -> tuple[int, int, int]:
        """Rows, accepted and rejected ones."""
        return self.counts["rows"], self.counts["rows"] - self.counts["rejected"], self.counts["rejected"]

    def titles(self) -> list[str]:
        return [event.title for event in self.events]

    def days(self) -> list[str]:
        return [
            str(e.date_start) if e.date_start == e.date_end else f"{e.date_start}/{e.date_end}" for e in self.events
        ]

    def points(self) -> list[tuple[float, float] | None]:
        places = {place.place_id: place for place in self.places}
        return [places[e.sites[0].place_id].point if e.sites else None for e in self.events]

    def countries(self) -> list[str]:
        places = {place.place_id: place for place in self.places}
        return [places[e.sites[0].place_id].country if e.sites else e.country for e in self.events]

    def figures(self) -> list[tuple[int | None, int | None, int | None, str]]:
        return [(claim.low, claim.best, claim.high, claim.qualifier) for claim in self.claims]


def written(tmp_path: Path, content: str | bytes, name: str = "events.csv") -> Path:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def run(*args: object) -> Answer:
    """Run a command. The log is part of what it says."""
    out, err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="", write_through=True), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), _heard(err):
        status = main([*map(str, args)])
    return Answer(status, out.buffer.getvalue().decode(), err.getvalue())  # type: ignore[attr-defined]


@contextlib.contextmanager
def _heard(stream: io.StringIO) -> Iterator[None]:
    handler, log = logging.StreamHandler(stream), logging.getLogger("geodata")
    log.addHandler(handler)
    try:
        yield
    finally:
        log.removeHandler(handler)


def checked(path: Path) -> Answer:
    """`python -m geodata check FILE`."""
    return run("check", path)


def refused(path: Path, *options: object) -> str:
    """What is said of a file that is not published; nothing is left of the attempt."""
    store = path.parent / "store of a refusal"
    answer = run("import", path, "--to", store, *options)
    assert answer.status in (1, 2), answer.out
    assert not (store / "current").exists()
    return answer.words + answer.out


def read(path: Path, *, mapping: str = "", share: float = 0.2, layout: str = "") -> Record:
    """What `import` publishes of a file, without the store: tests of single values need none."""
    given = written(path.parent, mapping, "given.toml") if mapping else None
    columns = read_columns(path, how=how_to_read(layout, given, share))
    found = dataset_of(columns)
    counts = {key: sum(columns["files"][key].to_pylist()) for key in ("rows", "repaired", "rejected")}
    notices = tuple(columns["notices"].to_pylist())
    words = "\n".join(map(_said, notices))
    return Record(found.events, found.claims, found.places, words, counts, notices)


def _said(notice: dict[str, Any]) -> str:
    where = f"line {notice['line']}, " if notice["line"] else ""
    column = f'column "{notice["heading"]}": ' if notice["heading"] else ""
    return f"[{notice['kind']}] {where}{column}{notice['message']}"


def published(path: Path, *options: object, store: Path | None = None) -> tuple[Record, Path]:
    """What stands in a store after `python -m geodata import`, and the store."""
    target = store or path.parent / "store"
    answer = run("import", path, "--to", target, *options)
    assert answer.status == 0, answer.words + answer.out
    opened = open_data([target], None)
    parts = list(opened.query(Filter()).parts())
    said = [str(notice) for kind in ("told", "repaired", "rejected") for notice in opened.notices(kind, 1_000)]
    record = Record(
        tuple(event for part in parts for event in part.events),
        tuple(claim for part in parts for claim in part.claims),
        tuple(place for part in parts for place in part.places.values()),
        "\n".join((answer.words, *said)),
        json.loads(answer.out),
    )
    return record, target


def rejects_of(store: Path) -> list[list[str]]:
    """The rows of the file of rejects of a store with one version."""
    (path,) = (store / "rejects").iterdir()
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))
