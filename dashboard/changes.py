"""What changed between two days of knowledge: claims said, superseded and retracted, as a list of the panel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from dash import html

from dashboard import ids
from dashboard.scene import say_claim
from geodata.dates import say_day
from geodata.model import Claim
from geodata.store import Result, Store

MOST_ROWS = 100


def day_before(news: Sequence[date], as_of: date | None) -> date | None:
    """The day of news before the one that is looked at; None where there is none."""
    earlier = [day for day in news if as_of is None or day < as_of]
    return earlier[-1 if as_of else -2] if len(earlier) > (0 if as_of else 1) else None


def changes_list(store: Store, result: Result, since: date) -> list[Any]:
    """The claims on the kept events that changed from `since` to the filter's day, a group a kind of change."""
    as_of = result.where.as_of
    if as_of is not None and as_of <= since:
        text = f"The page is set back to {say_day(as_of)}: choose a day before it."
        return [html.P(text, className="muted")]
    found = store.changes(result, since)
    until = say_day(as_of) if as_of else "today"
    groups = (("Said", found.added), ("Superseded", found.superseded), ("Retracted", found.retracted))
    shown = [_group(title, claims) for title, claims in groups if claims]
    nothing = html.P(f"Nothing was said or taken back after {say_day(since)}, up to {until}.", className="muted")
    return shown or [nothing]


def _group(title: str, claims: Sequence[Claim]) -> Any:
    rows = [
        html.Button(
            say_claim(claim),
            className="change-row",
            id=ids.pick(claim.event_id, f"{title} {claim.claim_id}"),
        )
        for claim in claims[:MOST_ROWS]
    ]
    more = [html.P(f"and {len(claims) - MOST_ROWS:,} more", className="muted")] if len(claims) > MOST_ROWS else []
    return html.Div([html.H3([title, html.Span(str(len(claims)), className="count")]), *rows, *more])
