"""What a list of the filter offers, and how many events each choice would keep."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geodata.filter import Filter
from geodata.store.questions.kept import about_kept

if TYPE_CHECKING:
    from geodata.store.engines.engine import Engine


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a list, and how many events have it under all other choices."""

    value: str
    label: str
    events: int


@dataclass(frozen=True, slots=True)
class Options:
    """The choices of a list as (value, label), in its order: of more than were asked for the commonest, of `total`."""

    choices: tuple[tuple[str, str], ...]
    total: int


def options(engine: Engine, key: str, most: int) -> Options:
    """The choices of a list, at most so many."""
    stored = engine.stored["options"]
    stored = stored.filter(stored.kind == key)
    total = engine.fetch(stored.agg(n=stored.count()))["n"][0].as_py()
    found = stored.filter(stored.rank < most)
    rows = engine.fetch(found.order_by("number").select("value", "label")).to_pylist()
    return Options(tuple((row["value"], row["label"]) for row in rows), total)


def facet_size(engine: Engine, where: Filter, key: str) -> int:
    """How many choices of a list any event has that is kept."""
    if key not in engine.lists:
        return 0
    facets = engine.tables["facets"]
    hits = about_kept(facets.filter(facets.code.between(*engine.lists[key])), engine.tables, where)
    return int(engine.fetch(hits.agg(n=hits.code.nunique()))["n"][0].as_py())


def facet_counts(engine: Engine, where: Filter, key: str, most: int, *, of_kept: bool = False) -> tuple[Option, ...]:
    """The `most` choices of a list that most events have under all other choices, the commonest first; `of_kept` asks
    for those of the events that are kept, under the choice of the list too."""
    if key not in engine.lists:
        return ()
    offered, facets = engine.stored["options"], engine.tables["facets"]
    hits = facets.filter(facets.code.between(*engine.lists[key]))
    hits = about_kept(hits, engine.tables, where if of_kept else where.changed(**{key: None}))
    counted = hits.group_by("code").agg(events=hits.count())
    order = offered.filter(offered.kind == key).select("code", "number").inner_join(counted, "code")
    first = order.order_by(order.events.desc(), order.number).limit(most)
    found = offered.drop("events", "code").inner_join(first, "number")  # only their texts are read
    rows = engine.fetch(
        found.order_by(found.events.desc(), found.number).select("value", "label", "events")
    ).to_pylist()
    return tuple(Option(**row) for row in rows)
