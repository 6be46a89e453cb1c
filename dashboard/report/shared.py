"""What the figures of a series have in common: extent, scale, and the place of everything on the page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dashboard.paper.projection import Array, Box

if TYPE_CHECKING:
    from dashboard.report.plan import Plan


@dataclass(frozen=True, slots=True)
class SharedRoom:
    """What all figures of a series leave between header and footer, in points.

    The footers end at `bottom` and have at most `rows` lines, the headers end at `top`. Legend and lists stand
    `beside` the map or below it.
    """

    bottom: float
    top: float
    rows: int
    beside: bool


@dataclass(frozen=True, slots=True)
class Shared:
    """What the figures of a series have in common, so that nothing jumps from one to the next.

    `lonlat` are the points that every map shows, (n, 2) degrees; `focus` the countries whose land stands out; `room`
    and the map's `box` (points) are None until the layout has been found. `reserved` are the boxes of the inset and the
    north arrow, None where they may stand anywhere.
    """

    lonlat: Array
    focus: frozenset[str]
    room: SharedRoom | None = None
    box: Box | None = None
    reserved: frozenset[Box] | None = None

    def fit(self, plan: Plan) -> Plan:
        """A figure's own plan with the map where it is in all of them; words below the map come up to it."""
        assert self.box and self.room
        rise = 0.0 if self.room.beside else self.box[1] - plan.box[1]
        return replace(plan, box=self.box, blocks=[replace(each, top=each.top + rise) for each in plan.blocks])
