"""ClickHouse's engine (chdb, behind the tests' door) over 2.5 million generated events, and over these eight times.

`python -m tests.bench.engines STORE FOLDER` loads a store into a new folder, asks it, makes it eight times as large
where it lies, asks again and prints a table. An import of so many needs more memory than the machine has.

A copy of an event has its days, its place and its texts, and an id, claims, sources and voices of its own; lists of
what does not grow with the events (places, actors, precision) stay.
"""

from __future__ import annotations

import sys
import time
from itertools import islice
from pathlib import Path
from typing import Any

from geodata.errors import TooSlow
from geodata.filter import Filter
from geodata.store.engines.clickhouse import connect
from geodata.store.engines.databases import engine_at
from geodata.store.loading.load import load
from geodata.store.loading.loaders import loader_at
from geodata.store.opening import open_data, snapshot_of
from geodata.store.store import Store
from tests.bench.store import Question, by_month, filters, questions
from tests.bench.timing import MB, machine, median
from tests.databases import clickhouse_over

TIMES, FILTERS = 8, 5
WORDS = ("market", "convoy", "heavy weapons")
GROWING = ("sources", "claimants")  # the lists that have as many more values
IDS = {  # columns in which each copy has its own texts
    "claims": ("claim_id", "source_id", "part_of", "supersedes", "echo_of"),
    "events": ("event_id",),
    "sources": ("source_id",),
    "facet_values": ("value",),
    "options": ("value", "label"),
}
NUMBERS = ("event", "claim", "site", "figure")
RANKS = ("title_rank", "place_rank", "number", "rank")
CODES = ("code", "voice", "document", "source_rank")
COPIED = ("claims", "events", "facets", "homes", "index", "originals", "points", "search", "sites", "sources")
VALUES = ("facet_values", "options")


def main(given: Path, folder: Path) -> None:
    """Load, measure, copy, measure, and print."""
    with clickhouse_over(folder) as url:
        loader, start = loader_at(url), time.perf_counter()
        load(snapshot_of([given], None), loader, lambda *_: None)
        loader.close()
        columns = {"loaded": [f"{time.perf_counter() - start:,.0f} s"], "disk": [f"{size_MB(folder):,} MB"]}
        store = open_data([], None, engine=url)
        chosen = [*islice(filters(store), FILTERS)]
        store.close()
        columns |= {name: [cell] for name, cell in asked(url, chosen).items()}
        start = time.perf_counter()
        multiply(url)
        columns["loaded"].append(f"{time.perf_counter() - start:,.0f} s (copied)")
        columns["disk"].append(f"{size_MB(folder):,} MB")
        for name, cell in asked(url, chosen).items():
            columns[name].append(cell)
    print(machine())
    for name, cells in columns.items():
        print(f"| {name} | {' | '.join(cells)} |")


def size_MB(folder: Path) -> int:
    return round(sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / MB)


def asked(url: str, chosen: list[Filter]) -> dict[str, str]:
    """The median of each question over some filters, and the longest; nothing is asked twice of an engine."""
    asks: dict[str, tuple[Question, list[Filter]]] = {"a view": (view, chosen)}
    asks |= {name: (ask, chosen) for name, ask in questions().items()}
    asks["text search"] = (lambda store, where: store.query(where), [Filter.parse(q=word) for word in WORDS])
    return {name: timed(url, *each) for name, each in asks.items()}


def timed(url: str, ask: Question, chosen: list[Filter]) -> str:
    store, took = open_data([], None, engine=url), []
    for where in chosen:
        start = time.perf_counter()
        try:
            ask(store, where)
        except TooSlow:
            took.append(float("inf"))
        else:
            took.append(time.perf_counter() - start)
    store.close()
    return f"{median(took):.2f} s (most {max(took):.2f} s)"


def view(store: Store, where: Filter) -> None:
    store.query(where).cells(3)
    by_month(store, where)


def multiply(url: str) -> None:
    """Make every table that grows with the events `TIMES` as large."""
    client = connect(url, {"max_execution_time": 7_200})
    engine = engine_at(url)
    columns, names = engine.about.columns, {name: engine.about.table(name) for name in engine.about.columns}
    code, ranges = _codes(engine.lists)
    engine.close()
    sizes = {
        key: int(client.command(f'SELECT max({key}) + 1 FROM "{names[table]}"'))
        for key, table in (("event", "index"), ("claim", "claims"), ("figure", "claims"), ("site", "sites"))
    }
    for name in (*COPIED, *VALUES):
        table, new = names[name], f"{names[name]}_new"
        client.command(f'CREATE TABLE "{new}" AS "{table}"')
        for copy in range(TIMES):
            own = f"'~{copy}'" if copy else "''"
            values = {each: f"{each} + {copy * sizes[each]}" for each in NUMBERS if each in columns[name]}
            values |= {each: f"{each} * {TIMES} + {copy}" for each in RANKS if each in columns[name]}
            values |= {each: code(each, copy) for each in CODES if each in columns[name]}
            values |= {each: f"if({each} = '', '', concat({each}, {own}))" for each in IDS.get(name, ())}
            if name == "events":
                values["source_ids"] = f"arrayMap(each -> concat(assumeNotNull(each), {own}), source_ids)"
            where = ""
            if name in VALUES and copy:
                where = f"WHERE kind IN {GROWING}"
            if name == "options":
                values["events"] = f"if(kind IN {GROWING}, events, events * {TIMES})"
            changed = ", ".join(f"{value} AS {each}" for each, value in values.items())
            client.command(f'INSERT INTO "{new}" SELECT * REPLACE({changed}) FROM "{table}" {where}')
        client.command(f'DROP TABLE "{table}" SYNC')
        client.command(f'RENAME TABLE "{new}" TO "{table}"')
    client.command(f'TRUNCATE TABLE "{names["lists"]}"')
    for kind, (first, last) in ranges.items():
        client.command(f"INSERT INTO \"{names['lists']}\" VALUES ('{kind}', {first}, {last})")
    client.close()


def _codes(lists: dict[str, tuple[int, int]]) -> tuple[Any, dict[str, tuple[int, int]]]:
    """What a code becomes in a copy, as SQL, and the codes of each list then."""
    ranges, start = {}, 0
    for kind, (first, last) in sorted(lists.items(), key=lambda item: item[1]):
        size = (last - first + 1) * (TIMES if kind in GROWING else 1)
        ranges[kind] = (start, start + size - 1)
        start += size

    def code(column: str, copy: int) -> str:
        parts = []
        for kind, (first, last) in lists.items():
            by = ranges[kind][0] - first + (copy * (last - first + 1) if kind in GROWING else 0)
            parts.append(f"{column} BETWEEN {first} AND {last}, {column} + {by}")
        return f"multiIf({', '.join(parts)}, {column})"

    return code, ranges


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
