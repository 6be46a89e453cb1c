"""A data folder with a source whose text is at hand: what the tests of locators read."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from geodata.formats.text import csv_text
from geodata.importers.folder import COLUMNS

# All that makes counting hard: a byte order mark, characters of two UTF-16 units, CRLF, a blank line that is not empty.
TEXT = (
    "\ufeffThe harbour diary 🚢🚢\r\n"
    "\r\n"
    "Forty porters 🧳 came\nin the morning.\r\n"
    " \t\r\n"
    "\r\n"
    "A clerk saw 🚁 12 flights; <b>the harbour master</b> counted 9.\r\n"
)
SHA256 = hashlib.sha256(TEXT.encode()).hexdigest()

Row = dict[str, object]


def where(paragraph: int, words: str) -> Row:
    """The locator of some words of `TEXT`."""
    start = TEXT.index(words)
    return {"source_id": "diary", "paragraph": paragraph, "start": start, "end": start + len(words)}


def write_data(folder: Path, sha256: str = SHA256, **changes: Row) -> Path:
    """A folder with two events, claims C1 to C6 and two sources, one of them the diary; `changes` by claim id."""
    folder.mkdir(parents=True, exist_ok=True)
    flights = {"event_id": "E1", "measure": "flights", "qualifier": "exact", "population": "all"}
    porters = {"event_id": "E2", "measure": "personnel", "qualifier": "about", "population": "all"}
    gazette = {"source_id": "gazette"}
    women = {"population": "women", "part_of": "C5"}
    claims = {
        "C1": flights | figure(12) | said("a clerk", "2022-01-08") | where(3, "12 flights"),
        "C2": flights | figure(9) | said("the harbour master", "2022-01") | where(3, "9"),
        "C3": flights | figure(12) | said("the gazette", "2022-01-09") | gazette | {"echo_of": "C1"},
        "C4": flights | figure(7) | said("a sailor", "2022-01-07", "retracted", "2022-01-12") | gazette,
        "C5": porters | figure(40) | said("the diary", "2022-01-10") | where(2, "Forty porters 🧳 came"),
        "C6": porters | figure(10) | said("the gazette", "2022-01-10") | gazette | women,
    }  # fmt: skip
    event = {"category": "other", "date_start": "2022-01-07", "date_end": "2022-01-07", "time_precision": 1}
    event |= {"country": "KZ", "source_ids": "diary"}
    diary = {"publisher": "Harbour Press", "title": "The diary", "published_on": "2022-01-10", "sha256": sha256}
    paper = {"publisher": "The Gazette", "title": "Port news", "url": "https://gazette.example/7"}
    tables: dict[str, dict[str, Row]] = {
        "places.csv": {"aktau": {"name": "Aktau", "lon": 51.17, "lat": 43.65, "feature": "city", "country": "KZ"}},
        "sources.csv": {"diary": diary, "gazette": paper},
        "events.csv": {"E1": event | {"title": "Flights over the port"}, "E2": event | {"title": "Work in the port"}},
        "claims.csv": {claim_id: row | changes.get(claim_id, {}) for claim_id, row in claims.items()},
    }
    for file, rows in tables.items():
        columns = COLUMNS[file]
        records = ([{columns[0]: key, **row}.get(column) for column in columns] for key, row in rows.items())
        (folder / file).write_text(csv_text([columns, *records]), encoding="utf-8")
    package = {"name": "port", "title": "The port", "resources": [{"path": file} for file in tables]}
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    return folder


def write_text(path: Path) -> Path:
    """The diary as a file."""
    path.write_bytes(TEXT.encode())
    return path


def figure(number: int) -> Row:
    return {"low": number, "best": number, "high": number}


def said(claimant: str, day: str, status: str = "standing", since: str = "") -> Row:
    return {"claimant": claimant, "said_on": day, "status": status, "status_on": since}
