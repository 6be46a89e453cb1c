"""What a new version of a record has otherwise than an older one, by event id."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geodata.record.columns import SCHEMAS

if TYPE_CHECKING:
    from geodata.store.snapshot import Snapshot

MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Difference:
    """How many events are new, are not as they were, and are gone; `gone_ids` are the first of those, in order."""

    added: int
    changed: int
    gone: int
    gone_ids: tuple[str, ...] = ()


def difference(new: Snapshot, old: Snapshot | None) -> Difference:
    """The events of `new` against those of `old` (None: there was nothing).

    An event is changed where a cell of its own, of its sites and their places, of its claims, or of the row that it was
    read from is another, be it of a column that nothing reads; the order of rows does not matter. The engine compares a
    hash of 64 bits an event, and hands over counts.
    """
    if old is None or old.version == new.version:
        return Difference(new.files["events"].rows if old is None else 0, 0, 0)
    import ibis  # noqa: PLC0415 (an engine: only who compares waits for it)

    connection = ibis.duckdb.connect()
    try:
        # Tables, as they are asked more than once.
        before = connection.create_table("before", _prints(connection, old))
        after = connection.create_table("after", _prints(connection, new))
        both = before.join(after, "event_id")
        gone = before.anti_join(after, "event_id")
        asked = (after.anti_join(before, "event_id"), both.filter(both.print != both.print_right), gone)
        added, changed, lost = (each.count().to_pyarrow().as_py() for each in asked)
        first = gone.order_by("row").limit(MOST_NAMED).event_id.to_pyarrow().to_pylist() if lost else []
        return Difference(added, changed, lost, tuple(first))
    finally:
        connection.disconnect()


def _prints(connection: Any, snapshot: Snapshot) -> Any:
    """A row an event: its id, its row and a hash of all there is of it."""
    import ibis  # noqa: PLC0415

    def read(table: str) -> Any:
        # The engine would take a name with these marks for a pattern of names.
        path = re.sub(r"([*?\[])", r"[\1]", str(snapshot.path(table)))
        found = connection.read_parquet(path, file_row_number=True)
        return found.select(*SCHEMAS[table].names, row=found.file_row_number)

    def whole(table: Any, *but: str) -> Any:
        return ibis.struct({name: table[name] for name in table.columns if name not in but}).hash()

    def by_event(table: Any) -> Any:
        # An exclusive or of hashes knows no order; equal rows in pairs, which it does not see, are counted.
        return table.group_by("event").agg(print=table.print.bit_xor(), rows=table.count())

    events, claims, places = read("events"), read("claims"), read("places")
    places = places.select(place="row", where=whole(places, "row"))
    sites = read("sites").join(places, "place")
    sites = by_event(sites.select("event", print=whole(sites, "event", "place", "row")))
    claims = by_event(claims.select("event", print=whole(claims, "event", "row")))
    originals = read("originals")
    originals = by_event(originals.select("event", print=originals.cells.hash()))
    found = events.select("event_id", "row", own=whole(events, "row"))
    found = found.left_join(sites, found.row == sites.event).drop("event")
    found = found.rename(sites_print="print", sites_rows="rows")
    found = found.left_join(claims, found.row == claims.event).drop("event")
    found = found.rename(claims_print="print", claims_rows="rows")
    found = found.left_join(originals, found.row == originals.event).drop("event")
    return found.select("event_id", "row", print=whole(found, "event_id", "row"))
