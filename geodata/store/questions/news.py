"""What was said when: the days of news."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geodata.store.engine import Engine


def days_of_news(engine: Engine) -> tuple[date, ...]:
    """The days on which something was said, superseded or retracted, in order.

    What supersedes is said itself, so that only recorded fates have days of their own.
    """
    claims = engine.tables["claims"]
    recorded = claims.filter(claims.status != "standing").select(day="status_on")
    found = claims.select(day="said_last").union(recorded).distinct()
    return tuple(sorted(day for day in engine.fetch(found)["day"].to_pylist() if day))
