"""What it takes to import tables of others: GED's and ACLED's columns at their size, and names of places."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from tests.bench.timing import MB, machine, median, spent
from tests.generated import names_csv
from tests.shaped import acled_csv, ged_csv

RESULTS = Path(__file__).with_name("imports.json")
ROUNDS = 3
DIFFERENT = 20_000
# What is imported, how many rows it has, and who makes it.
TABLES: tuple[tuple[str, int, Callable[[Path, int], Path]], ...] = (
    ("UCDP GED, 49 columns", 420_000, ged_csv),
    ("ACLED, 31 columns", 1_000_000, acled_csv),
    (f"names of places, {DIFFERENT:,} different", 100_000, lambda path, rows: names_csv(path, rows, DIFFERENT)),
)


def main() -> None:
    """Import each table a few times, write the results to `RESULTS`, and print them as a table."""
    tables = {what: {"rows": rows, **measured(make, rows)} for what, rows, make in TABLES}
    about = {"made_on": date.today().isoformat(), "machine": machine(), "rounds": ROUNDS, "tables": tables}
    RESULTS.write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
    print(f"{about['machine']}\n\n{summary(about)}\n")


def measured(make: Callable[[Path, int], Path], rows: int) -> dict[str, Any]:
    """The median time of an import into a new store, and the most memory of all rounds."""
    with tempfile.TemporaryDirectory() as folder:
        source = make(Path(folder) / "events.csv", rows)
        found = [spent("geodata", "import", source, "--to", Path(folder) / f"store-{n}") for n in range(ROUNDS)]
        size = round(source.stat().st_size / MB)
    return {
        "file_MB": size,
        "import_s": round(median([took for took, _ in found]), 1),
        "peak_MB": max(peak for _, peak in found),
    }


def summary(about: dict[str, Any]) -> str:
    """Measurements as a Markdown table."""
    lines = ["| imported | rows | file | time | memory |", "|---|---:|---:|---:|---:|"]
    for what, found in about["tables"].items():
        size, took, peak = found["file_MB"], found["import_s"], found["peak_MB"]
        lines.append(f"| {what} | {found['rows']:,} | {size:,} MB | {took:,} s | {peak:,} MB |")
    return "\n".join(lines)
