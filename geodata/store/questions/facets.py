"""What a list of the filter offers, and how many events each choice would keep."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.filter import Filter
from geodata.store.questions.kept import kept

if TYPE_CHECKING:
    from geodata.store.engine import Engine


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a list, and how many events have it under all other choices."""

    value: str
    label: str
    events: int


def options(engine: Engine, key: str, most: int) -> list[tuple[str, str]]:
    """The first `most` choices of a list as (value, label), in its order."""
    stored = engine.stored["options"]
    found = stored.filter(stored.kind == key).order_by("number").limit(most).select("value", "label")
    return [(row["value"], row["label"]) for row in engine.fetch(found).to_pylist()]


def facet_counts(engine: Engine, where: Filter, key: str, most: int) -> tuple[Option, ...]:
    """The `most` choices of a list that most events have under all other choices, the commonest first."""
    offered, facets = engine.stored["options"], engine.tables["facets"]
    offered = offered.filter(offered.kind == key)
    events = kept(engine.tables, where.changed(**{key: None}))
    hits = facets.filter(facets.event.isin(events.event))
    counted = hits.group_by("code").agg(events=hits.count())
    found = offered.inner_join(counted, "code").order_by(counted.events.desc(), offered.number).limit(most)
    rows = engine.fetch(found.select("value", "label", "events")).to_pylist()
    return tuple(Option(**row) for row in rows)
