"""Where and when the whole record lies."""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING

from geodata.area import BBox
from geodata.filter import Filter
from geodata.store.questions.kept import kept

if TYPE_CHECKING:
    from geodata.store.engines.engine import Engine


@dataclass(frozen=True, slots=True)
class Country:
    """How many events are about a country (`code`: ISO 3166-1 alpha-2; `name`: in English), how many `named` it
    themselves, beside or in place of their sites, and how many of these have no point."""

    code: str
    name: str
    events: int
    named: int
    unplaced: int


def boxes(engine: Engine) -> tuple[BBox, ...]:
    """What holds every point of the record: at most one box (west, south, east, north) a degree of longitude."""
    single, several = engine.tables["index"], engine.tables["points"]
    points = single.filter(single.lon.notnull()).select("lon", "lat").union(several.select("lon", "lat"))
    grouped = points.group_by(strip=points.lon.floor()).agg(
        west=points.lon.min(), south=points.lat.min(), east=points.lon.max(), north=points.lat.max()
    )
    rows = engine.fetch(grouped.order_by("strip")).to_pylist()
    return tuple((row["west"], row["south"], row["east"], row["north"]) for row in rows)


def countries(engine: Engine) -> tuple[Country, ...]:
    """The countries that the record is about, by their codes."""
    return tuple(Country(**row) for row in engine.fetch(engine.tables["countries"]).to_pylist())


def span(engine: Engine, where: Filter) -> tuple[date, date] | None:
    """The first and the last possible day of the events that are kept; None without any."""
    events = kept(engine.tables, where)
    row = engine.fetch(events.agg(first=events.date_start.min(), last=events.date_end.max())).to_pylist()[0]
    return (row["first"], row["last"]) if row["first"] else None


def middle_day(engine: Engine) -> date | None:
    """The first day of the middle event by first days; None without events."""
    events = engine.tables["index"]
    by_day = events.group_by("date_start").agg(n=events.count()).order_by("date_start")
    days = engine.fetch(by_day)
    upto = [*accumulate(days["n"].to_pylist())]
    return days["date_start"][bisect(upto, upto[-1] // 2)].as_py() if upto else None
