"""Which events a filter keeps, how many it hides and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.area import BBox
from geodata.filter import Filter, Tables, within
from geodata.record.model import CATEGORIES

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from geodata.store.engines.engine import Engine


@dataclass(frozen=True, slots=True)
class Hidden:
    """How many events are hidden for the same reasons (keys of `geodata.filter.FIELDS`)."""

    reasons: tuple[str, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many events there are, are kept, and are hidden for which reasons; all hidden and kept are `total`.

    `by_category` has every category, counted under all other choices.
    """

    total: int
    kept: int
    hidden: tuple[Hidden, ...]
    by_category: dict[str, int]


def kept(tables: Tables, where: Filter, *others: ir.BooleanValue) -> ir.Table:
    """The rows of `index` that pass every choice, and whatever else is to be so of them."""
    checks = (*where.conditions(tables).values(), *others)
    return tables["index"].filter(*checks) if checks else tables["index"]


def about_kept(rows: ir.Table, tables: Tables, where: Filter) -> ir.Table:
    """Those of some rows with an `event` that passes every choice."""
    checks = where.conditions(tables, rows).values()
    return rows.filter(*checks) if checks else rows


def rows_kept(engine: Engine, where: Filter, most: int) -> tuple[int, ...]:
    """The rows of the first `most` events that are kept, in the order of the record."""
    found = kept(engine.tables, where)
    return tuple(engine.fetch(found.select("event").order_by("event").limit(most))["event"].to_pylist())


def rows_within(engine: Engine, where: Filter, bbox: BBox, most: int) -> tuple[int, ...]:
    """The rows of the first `most` kept events that have a point in an area too."""
    found = kept(engine.tables, where, within(engine.tables, bbox))
    return tuple(engine.fetch(found.select("event").order_by("event").limit(most))["event"].to_pylist())


def rows_of_places(engine: Engine, where: Filter, most: int) -> tuple[int, tuple[int, ...]]:
    """At how many places kept events are, and the rows of the first one at each, of `most` places; and of the events
    without a place those of the first of each country and way in which their place is known."""
    sites = about_kept(engine.tables["sites"], engine.tables, where)
    each = sites.group_by("place").agg(event=sites.event.min())
    count = engine.fetch(each.agg(n=each.count()))["n"][0].as_py()
    bare = kept(engine.tables, where).anti_join(engine.tables["sites"], "event").select("event", "known_by")
    bare = bare.inner_join(engine.stored["events"].select("event", "country"), "event")
    alike = bare.group_by("country", "known_by").agg(event=bare.event.min())
    found = each.select("event").order_by("event").limit(most).union(alike.select("event"))
    return count, tuple(engine.fetch(found.distinct().order_by("event"))["event"].to_pylist())


def is_kept(engine: Engine, where: Filter, row: int) -> bool:
    """Whether the event in a row is kept."""
    found = kept(engine.tables, where)
    return len(engine.fetch(found.filter(found.event == row).select("event"))) > 0


def counts(engine: Engine, where: Filter) -> Counts:
    """Count the kept and the hidden events, each set of reasons by itself."""
    events = engine.tables["index"]
    checks = {f"passes_{key}": check for key, check in where.conditions(engine.tables).items()}
    flags = events.select("category", "event", **checks)
    grouped = flags.group_by("category", *checks).agg(n=flags.count(), first=flags.event.min())
    rows = engine.fetch(grouped.order_by("first")).to_pylist()
    failed: Counter[tuple[str, ...]] = Counter()
    others: Counter[str] = Counter()
    for row in rows:
        reasons = tuple(name.removeprefix("passes_") for name in checks if not row[name])
        failed[reasons] += row["n"]
        if reasons in ((), ("categories",)):
            others[row["category"]] += row["n"]
    return Counts(
        total=failed.total(),
        kept=failed[()],
        hidden=tuple(Hidden(reasons, n) for reasons, n in failed.items() if reasons),
        by_category={category: others[category] for category in CATEGORIES},
    )
