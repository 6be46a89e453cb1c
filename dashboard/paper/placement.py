"""Where labels go: greedy, by measured size, off the marks, the lines and one another. Page points throughout."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from dashboard.paper.projection import Array, Box

TAKEN = 1e9
MARK_COST, LINE_COST = 30.0, 1.6  # of a label that lies on a symbol, and of each line sample under it
FAR_PRICE = 9.0
MUDDLE_COST = 70.0  # a label that would cost more is left out and counted
OPAQUE_WEIGHT = 4.0  # a box hides what it lies on
CROSSING_COST = 20.0  # of each sample of a leader line under another label; half for a symbol
NEIGHBOUR_COST, NEIGHBOUR_PT = 12.0, 4.0  # of a label that stands as near to another place's symbol as to its own
LEADER_COST = 12.0  # of a label for each sample of another's leader line under it
SAMPLE_STEP = 3.0


@dataclass(frozen=True, slots=True)
class LabelBox:
    """A place for a label: its box, and the leader line from the mark where one is needed."""

    box: Box
    leader: Array | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A box that a label may take, its price before anything is in the way, and whether it needs a leader."""

    price: float
    box: Box
    far: bool = False


class Pile:
    """Rows of numbers that grow one by one and are asked for as an array, (n, width), many times."""

    def __init__(self, width: int) -> None:
        self._rows: Array = np.empty((64, width))
        self._count = 0

    def add(self, rows: Array) -> None:
        """Put (n, width) rows on the pile."""
        count = self._count + len(rows)
        if count > len(self._rows):
            self._rows = np.concatenate([self.rows, np.empty((count, self._rows.shape[1]))])
        self._rows[self._count : count] = rows
        self._count = count

    @property
    def rows(self) -> Array:
        """All rows."""
        return self._rows[: self._count]


@dataclass(slots=True)
class Placement:
    """The labels and marks on one map; `frame` is where labels may stand.

    `taken` are boxes of labels; `marks` boxes of symbols with the place that each belongs to; `discs` x, y, radius
    and cost of round marks; `samples` points along lines.
    """

    frame: Box
    taken: Pile = field(default_factory=lambda: Pile(4))
    marks: Pile = field(default_factory=lambda: Pile(6))
    discs: Pile = field(default_factory=lambda: Pile(4))
    samples: Pile = field(default_factory=lambda: Pile(2))

    def add_mark(self, box: Box, at: tuple[float, float]) -> None:
        """Make labels keep off a symbol; those of other places than `at` also keep a little away."""
        self.marks.add(np.array([[*box, *at]]))

    def add_disc(self, x: float, y: float, radius: float, cost: float) -> None:
        """Make a label pay `cost` for lying on a round mark."""
        self.discs.add(np.array([[x, y, radius, cost]]))

    def add_line(self, line: Array) -> None:
        """Make labels keep off a line of (n, 2) points where they can."""
        self.samples.add(sampled(line))

    def take(self, box: Box) -> None:
        """Keep a box free of labels."""
        self.taken.add(np.array([box]))

    def place(self, at: tuple[float, float], size: tuple[float, float], clear: float) -> LabelBox | None:
        """Beside a mark of radius `clear`, else farther off with a leader line; None where it would be a muddle."""
        near = list(beside(at, size, clear))
        # The far ones cost more from the start: most labels need not try them.
        return self._best(at, clear, near, FAR_PRICE) or self._best(
            at, clear, [*near, *farther(at, size, clear)], MUDDLE_COST
        )

    def place_near(self, at: tuple[float, float], size: tuple[float, float]) -> LabelBox | None:
        """On the place itself or as near as there is room (the tag of an area)."""
        reach = math.hypot(self.frame[2] - self.frame[0], self.frame[3] - self.frame[1])
        choices = [Candidate(0.0, box_at(at, size))]
        for radius in np.arange(12, reach, 12):
            for angle in np.linspace(0, 2 * math.pi, 24, endpoint=False):
                middle = (at[0] + radius * math.cos(angle), at[1] + radius * math.sin(angle))
                choices.append(Candidate(0.12 * radius, box_at(middle, size), far=True))
        return self._best(at, 0.0, choices, TAKEN, OPAQUE_WEIGHT)

    def free(self, box: Box) -> bool:
        """Whether nothing at all is in the box and the box in the frame."""
        return bool(self._costs(np.array([box]), None)[0] < 0.5)

    def crossed(self, box: Box) -> bool:
        """Whether a line runs through the box, or a symbol stands in it."""
        x, y = self.samples.rows.T
        has_line = ((x > box[0]) & (x < box[2]) & (y > box[1]) & (y < box[3])).any()
        return bool(has_line or overlaps(np.array([box]), self.marks.rows).any())

    def _best(
        self, at: tuple[float, float], clear: float, choices: Sequence[Candidate], most: float, weight: float = 1.0
    ) -> LabelBox | None:
        costs = weight * self._costs(np.array([choice.box for choice in choices]), at)
        costs += [choice.price for choice in choices]
        best, least = None, most
        for row in np.argsort(costs, kind="stable"):
            choice, cost = choices[row], float(costs[row])
            if cost >= least:
                break
            leader = leader_line(at, choice.box, clear) if choice.far else None
            if leader is not None:
                cost += self._crossings(leader)
            if cost < least:
                best, least = LabelBox(choice.box, leader), cost
        if best is not None:
            self.take(best.box)
            if best.leader is not None:
                # A label over a leader would hide whose it is: dearer than one over a border.
                for x, y in sampled(best.leader):
                    self.add_disc(x, y, SAMPLE_STEP / 2, LEADER_COST)
        return best

    def _crossings(self, leader: Array) -> float:
        points = sampled(leader)[1:]
        boxes = np.column_stack([points, points])
        around = np.array([[*points.min(axis=0), *points.max(axis=0)]])
        discs = self.discs.rows[touches(around, self.discs.rows)[0]]
        cost = CROSSING_COST * overlaps(boxes, self.taken.rows).any(axis=1)
        cost += CROSSING_COST / 2 * overlaps(boxes, self.marks.rows).any(axis=1)
        cost += CROSSING_COST / 8 * touches(boxes, discs).any(axis=1)
        return float(cost.sum())

    def _costs(self, boxes: Array, at: tuple[float, float] | None) -> Array:
        """What it costs to put a label into each of (n, 4) boxes; beyond measure where it cannot be."""
        left, bottom, right, top = self.frame
        pad = np.array([-1, -1, 1, 1]) * NEIGHBOUR_PT
        around = np.array([[*boxes[:, :2].min(axis=0), *boxes[:, 2:].max(axis=0)]]) + pad
        # Only what lies near the choices is compared with each of them.
        taken, marks = (pile.rows[overlaps(around, pile.rows)[0]] for pile in (self.taken, self.marks))
        discs = self.discs.rows[touches(around, self.discs.rows)[0]]
        samples = self.samples.rows
        samples = samples[overlaps(around, np.column_stack([samples, samples]))[0]]
        outside = (boxes[:, 0] < left) | (boxes[:, 1] < bottom) | (boxes[:, 2] > right) | (boxes[:, 3] > top)
        costs = np.where(outside | overlaps(boxes, taken).any(axis=1), TAKEN, 0.0)
        costs += MARK_COST * overlaps(boxes, marks).sum(axis=1)
        costs += LINE_COST * overlaps(boxes, np.column_stack([samples, samples])).sum(axis=1)
        costs += (touches(boxes, discs) * discs[:, 3]).sum(axis=1)
        if at:
            strangers = marks[(marks[:, 4:] != at).any(axis=1)]
            costs += NEIGHBOUR_COST * overlaps(boxes + pad, strangers).sum(axis=1)
        return np.asarray(costs, dtype=float)


def beside(at: tuple[float, float], size: tuple[float, float], clear: float) -> Iterator[Candidate]:
    """The boxes around a mark, right first."""
    (x, y), (width, height) = at, size
    ways = ((1, 0), (-1, 0), (0, 1), (0, -1), (0.71, 0.71), (0.71, -0.71), (-0.71, 0.71), (-0.71, -0.71))
    for extra in (0.0, 3.0, 6.5):
        gap = clear + 2.5 + extra
        for rank, (right, up) in enumerate(ways):
            middle = (x + right * gap + np.sign(right) * width / 2, y + up * gap + np.sign(up) * height / 2)
            yield Candidate(0.5 * rank + 0.5 * extra, box_at(middle, size))


def farther(at: tuple[float, float], size: tuple[float, float], clear: float) -> Iterator[Candidate]:
    """Boxes ever farther from a mark, all around it."""
    (x, y), (width, height) = at, size
    for gap in (14, 22, 32, 44, 60, 80, 105):
        for angle in np.linspace(0, 2 * math.pi, 16, endpoint=False):
            right, up = math.cos(angle), math.sin(angle)
            middle = (
                x + right * (clear + gap + width / 2 * min(1, abs(right) * 1.4)),
                y + up * (clear + gap + height / 2 * min(1, abs(up) * 1.4)),
            )
            yield Candidate(FAR_PRICE + 0.13 * gap, box_at(middle, size), far=True)


def overlaps(boxes: Array, others: Array) -> NDArray[np.bool_]:
    """For each of (n, 4) boxes and each of (m, 4 or more) others whether they share area, as (n, m)."""
    a, b = boxes[:, None, :], others[None, :, :]
    return (a[..., 0] < b[..., 2]) & (a[..., 2] > b[..., 0]) & (a[..., 1] < b[..., 3]) & (a[..., 3] > b[..., 1])


def touches(boxes: Array, discs: Array) -> NDArray[np.bool_]:
    """For each of (n, 4) boxes and each of (m, 4) discs (x, y, radius first) whether they share area, as (n, m)."""
    a, b = boxes[:, None, :], discs[None, :, :]
    aside = np.maximum(0, np.maximum(a[..., 0] - b[..., 0], b[..., 0] - a[..., 2]))
    above = np.maximum(0, np.maximum(a[..., 1] - b[..., 1], b[..., 1] - a[..., 3]))
    return np.asarray(np.hypot(aside, above) < b[..., 2])


def box_at(middle: tuple[float, float], size: tuple[float, float]) -> Box:
    """The box of a size around a middle."""
    (x, y), (width, height) = middle, size
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def leader_line(at: tuple[float, float], box: Box, clear: float) -> Array | None:
    """The line from a mark's edge (`clear` from its middle) to the nearest point of a box; None where they touch."""
    end = np.array([min(max(at[0], box[0]), box[2]), min(max(at[1], box[1]), box[3])])
    distance = math.dist(at, end)
    return np.array([np.array(at) + (end - at) * clear / distance, end]) if distance > clear + 1 else None


def sampled(line: Array) -> Array:
    """Points along a line, about 3 points apart."""
    if len(line) < 2:
        return line
    steps = np.hypot(*np.diff(line, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    at = np.arange(0, along[-1] + SAMPLE_STEP, SAMPLE_STEP).clip(0, along[-1])
    return np.column_stack([np.interp(at, along, line[:, 0]), np.interp(at, along, line[:, 1])])
