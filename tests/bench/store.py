"""The store over generated tables of three sizes: import, start, memory, and each question with many filters.

`python -m tests.bench.store STORE` asks the questions of a store and prints what they took as JSON.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from geodata.errors import TotalRefused
from geodata.filter import Filter, list_fields
from geodata.record.model import CATEGORIES
from geodata.store.opening import open_data
from geodata.store.store import Store
from tests.bench.timing import MB, machine, median, p95, spent
from tests.generated import flat_csv
from tests.server import ROOT, serving_process

REST_S = 8  # after which a server has taken into memory what it keeps there
SIZES = (10_000, 420_000, 2_500_000)
RESULTS = Path(__file__).with_name("store.json")
FILTERS = 25
WORDS = ("market", "convoy", "қаласы", "heavy weapons", "Movement")
Question = Callable[[Store, Filter], object]


def main() -> None:
    """Measure every size, write all to `RESULTS`, and print them as a table."""
    sizes: dict[str, Any] = {}
    for rows in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            sizes[str(rows)] = measured(Path(folder), rows)
    about = {"made_on": date.today().isoformat(), "machine": machine(), "sizes": sizes}
    RESULTS.write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{about['machine']}\n\n{summary(about)}\n")


def summary(about: dict[str, Any]) -> str:
    """Measurements as a Markdown table: a column a size, of questions the medians in ms."""
    sizes: dict[str, dict[str, Any]] = about["sizes"]
    lines = [
        "| | " + " | ".join(f"{int(rows):,} rows" for rows in sizes) + " |",
        "|---|" + "---:|" * len(sizes),
    ]
    first = next(iter(sizes.values()))
    for name in first["once"]:
        words, _, unit = name.replace("_", " ").rpartition(" ")
        lines.append(f"| {words} | " + " | ".join(f"{each['once'][name]:,} {unit}" for each in sizes.values()) + " |")
    for name in first["questions"]:
        medians = (each["questions"][name]["median_ms"] for each in sizes.values())
        lines.append(f"| {name} | " + " | ".join(f"{median:,.0f} ms" for median in medians) + " |")
    return "\n".join(lines)


def measured(folder: Path, rows: int) -> dict[str, Any]:
    """All figures of one size."""
    source = flat_csv(folder / "events.csv", rows)
    store, cache = folder / "store", folder / "cache"
    imported_s, peak = spent("geodata", "import", source, "--to", store)
    first_s, _ = ready_s(source, cache)
    again_s, resting = ready_s(source, cache)
    asked = subprocess.run(
        [sys.executable, "-m", "tests.bench.store", store], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return {
        "once": {
            "file_MB": round(source.stat().st_size / MB),
            "store_MB": round(sum(file.stat().st_size for file in store.rglob("*.parquet")) / MB),
            "import_s": round(imported_s, 1),
            "import_peak_MB": peak,
            "first_start_s": round(first_s, 1),
            "second_start_s": round(again_s, 2),
            "server_at_rest_MB": resting,
        },
        "questions": json.loads(asked.stdout),
    }


def ready_s(source: Path, cache: Path) -> tuple[float, int]:
    """From the start of the server to its first /healthz, and what it has in memory when it has come to rest, in MB."""
    command = (sys.executable, "-m", "dashboard", str(source), "--cache", str(cache))
    start = time.perf_counter()
    with serving_process(command, within_s=600) as (_, process):
        took = time.perf_counter() - start
        time.sleep(REST_S)
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    (line,) = (line for line in status.splitlines() if line.startswith("VmRSS:"))
    return took, round(int(line.split()[1]) * 1024 / MB)


def questions() -> dict[str, Question]:
    """What the page and the API ask, by name."""
    counts: dict[str, Question] = {
        f"counts of {key}": lambda store, where, key=key: store.facet_counts(where, key)  # type: ignore[misc]
        for key in list_fields()
    }
    return {
        "kept and hidden with reasons": lambda store, where: store.query(where),
        **counts,
        "events by day": by_month,
        "cells of resolution 3": lambda store, where: store.query(where).cells(3),
        "total of deaths, or its refusal": total,
        "changes since a day": changes,
        "extent in time": lambda store, where: store.query(where).span,
        "marks of an area, 2,000 at most": lambda store, where: store.query(where).rows_within((30, 10, 60, 40), 2000),
        "not on the map": lambda store, where: store.off_map(where, 100),
        "page of 100 rows from the first on": page(0, "record"),
        "page of 100 rows by title from 10,000 on": page(10_000, "title"),
    }


def by_month(store: Store, where: Filter) -> object:
    first, last = store.span
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    bins = [date(first.year + (first.month - 1 + n) // 12, (first.month - 1 + n) % 12 + 1, 1) for n in range(months)]
    return store.query(where).by_day("month", bins)


def total(store: Store, where: Filter) -> object:
    try:
        return store.total(where, "deaths")
    except TotalRefused as refused:
        return refused


def changes(store: Store, where: Filter) -> object:
    return store.changes(where, (where.as_of or store.span[1]) - timedelta(30), 100)


def page(offset: int, order: str) -> Question:
    return lambda store, where: store.query(where).page(offset, 100, order).events


def filters(store: Store) -> Iterator[Filter]:
    """As readers choose: dates, categories, values of each list, a day of knowledge, and several together. Seeded."""
    pick = random.Random(8)
    first, last = store.span
    values = {key: [value for value, _ in store.options(key, 200).choices] for key in list_fields()}
    for number in range(FILTERS):
        chosen: dict[str, object] = {}
        if number % 3 == 0:
            start = first + timedelta(pick.randrange((last - first).days))
            chosen |= {"from": str(start), "to": str(start + timedelta(pick.choice([30, 365, 3_650])))}
        if number % 4 == 1:
            chosen["categories"] = pick.sample(CATEGORIES, 2)
        if number % 2 == 1:
            key = pick.choice([key for key, offered in values.items() if offered])
            chosen[key] = pick.sample(values[key], min(2, len(values[key])))
        if number % 5 == 4:
            chosen["as_of"] = str(first + timedelta(pick.randrange((last - first).days)))
        yield Filter.parse(**chosen)


def asked_of(store: Store) -> dict[str, dict[str, float]]:
    """Median and p95 of each question, in ms, none asked twice with the same filter."""
    found = {}
    chosen = [*filters(store)]
    for name, ask in {**questions(), "text search": lambda store, where: store.query(where)}.items():
        of_text = [Filter.parse(q=word) for word in WORDS]
        took = []
        for where in of_text if name == "text search" else chosen:
            start = time.perf_counter()
            ask(store, where)
            took.append((time.perf_counter() - start) * 1000)
        rare = p95(took) or max(took)
        found[name] = {"median_ms": round(median(took), 1), "p95_ms": round(rare, 1), "times": len(took)}
    return found


if __name__ == "__main__":
    print(json.dumps(asked_of(open_data([Path(sys.argv[1])], None))))
