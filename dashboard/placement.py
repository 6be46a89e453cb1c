"""Where labels go: greedy, by measured size, off the marks, the lines and one another. Page points throughout."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from dashboard.projection import Array, Box

TAKEN = 1e9
MARK_COST, LINE_COST = 30.0, 1.6  # of a label that lies on a symbol, and of each line sample under it
OPAQUE_WEIGHT = 4.0  # a box hides what it lies on
CROSSING_COST = 20.0  # of each sample of a leader line under another label
NEIGHBOUR_COST, NEIGHBOUR_PT = 5.0, 4.0  # of a label that stands as near to another place's symbol as to its own
SAMPLE_STEP = 3.0


@dataclass(frozen=True, slots=True)
class Spot:
    """A place for a label: its box, and the leader line from the mark where one is needed."""

    box: Box
    leader: Array | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A box that a label may take, its price before anything is in the way, and whether it needs a leader."""

    price: float
    box: Box
    far: bool = False


@dataclass(frozen=True, slots=True)
class _Obstacles:
    """What is on the map, as arrays: label boxes, symbols with their places, discs, samples of lines."""

    taken: Array
    marks: Array
    discs: Array
    samples: Array


@dataclass(slots=True)
class Placement:
    """The labels and marks on one map; `frame` is where labels may stand."""

    frame: Box
    taken: list[Box] = field(default_factory=list)
    marks: list[tuple[float, ...]] = field(default_factory=list)  # a box and the place it belongs to
    discs: list[tuple[float, float, float, float]] = field(default_factory=list)  # x, y, radius, cost
    samples: list[Array] = field(default_factory=list)

    def add_mark(self, box: Box, at: tuple[float, float]) -> None:
        """Make labels keep off a symbol; those of other places than `at` also keep a little away."""
        self.marks.append((*box, *at))

    def add_line(self, line: Array) -> None:
        """Make labels keep off a line of (n, 2) points where they can."""
        self.samples.append(sampled(line))

    def place(self, at: tuple[float, float], size: tuple[float, float], clear: float) -> Spot | None:
        """Beside a mark of radius `clear`, else farther off with a leader line; None where the map is full."""
        return self._best(at, clear, (*beside(at, size, clear), *farther(at, size, clear)))

    def place_near(self, at: tuple[float, float], size: tuple[float, float]) -> Spot | None:
        """On the place itself or as near as there is room (the tag of an area)."""
        reach = math.hypot(self.frame[2] - self.frame[0], self.frame[3] - self.frame[1])
        choices = [Choice(0.0, box_at(at, size))]
        for radius in np.arange(12, reach, 12):
            for angle in np.linspace(0, 2 * math.pi, 24, endpoint=False):
                middle = (at[0] + radius * math.cos(angle), at[1] + radius * math.sin(angle))
                choices.append(Choice(0.12 * radius, box_at(middle, size), far=True))
        return self._best(at, 0.0, choices, opaque=True)

    def take(self, box: Box) -> None:
        """Keep a box free of labels."""
        self.taken.append(box)

    def free(self, box: Box) -> bool:
        """Whether nothing at all is in the box and the box in the frame."""
        return self._cost(box, None, self._obstacles()) < 0.5

    def crossed(self, box: Box) -> bool:
        """Whether a line runs through the box."""
        return on_line(self._obstacles().samples, box) > 0

    def _best(
        self, at: tuple[float, float], clear: float, choices: Sequence[Choice], opaque: bool = False
    ) -> Spot | None:
        obstacles = self._obstacles()
        weight = OPAQUE_WEIGHT if opaque else 1.0
        best, least = None, TAKEN
        for choice in choices:
            if choice.price >= least:
                continue
            cost = choice.price + weight * self._cost(choice.box, at, obstacles)
            leader = leader_line(at, choice.box, clear) if choice.far else None
            if leader is not None and cost < least:
                cost += self._crossings(leader, obstacles)
            if cost < least:
                best, least = Spot(choice.box, leader), cost
        if best is not None:
            self.take(best.box)
            if best.leader is not None:
                self.add_line(best.leader)
        return best

    def _crossings(self, leader: Array, obstacles: _Obstacles) -> float:
        cost, discs = 0.0, obstacles.discs
        for x, y in sampled(leader)[1:]:
            point: Box = (x, y, x, y)
            cost += CROSSING_COST * float(overlaps(obstacles.taken, point).any())
            cost += CROSSING_COST / 4 * float(overlaps(obstacles.marks, point).any())
            cost += CROSSING_COST / 16 * float((np.hypot(discs[:, 0] - x, discs[:, 1] - y) < discs[:, 2]).any())
        return cost

    def _obstacles(self) -> _Obstacles:
        return _Obstacles(
            np.array(self.taken, dtype=float).reshape(-1, 4),
            np.array(self.marks, dtype=float).reshape(-1, 6),
            np.array(self.discs, dtype=float).reshape(-1, 4),
            np.concatenate(self.samples) if self.samples else np.empty((0, 2)),
        )

    def _cost(self, box: Box, at: tuple[float, float] | None, obstacles: _Obstacles) -> float:
        left, bottom, right, top = box
        if left < self.frame[0] or bottom < self.frame[1] or right > self.frame[2] or top > self.frame[3]:
            return TAKEN
        if overlaps(obstacles.taken, box).any():
            return TAKEN
        marks, discs, pad = obstacles.marks, obstacles.discs, NEIGHBOUR_PT
        cost = MARK_COST * float(overlaps(marks, box).sum())
        if at:
            near = overlaps(marks, (left - pad, bottom - pad, right + pad, top + pad))
            cost += NEIGHBOUR_COST * float((near & (marks[:, 4:] != at).any(axis=1)).sum())
        aside = np.maximum(0, np.maximum(left - discs[:, 0], discs[:, 0] - right))
        above = np.maximum(0, np.maximum(bottom - discs[:, 1], discs[:, 1] - top))
        cost += float(discs[np.hypot(aside, above) < discs[:, 2], 3].sum())
        return cost + LINE_COST * on_line(obstacles.samples, box)


def beside(at: tuple[float, float], size: tuple[float, float], clear: float) -> Iterator[Choice]:
    """The boxes around a mark, right first."""
    (x, y), (width, height) = at, size
    ways = ((1, 0), (-1, 0), (0, 1), (0, -1), (0.71, 0.71), (0.71, -0.71), (-0.71, 0.71), (-0.71, -0.71))
    for extra in (0.0, 3.0, 6.5):
        gap = clear + 2.5 + extra
        for rank, (right, up) in enumerate(ways):
            middle = (x + right * gap + np.sign(right) * width / 2, y + up * gap + np.sign(up) * height / 2)
            yield Choice(0.5 * rank + 0.5 * extra, box_at(middle, size))


def farther(at: tuple[float, float], size: tuple[float, float], clear: float) -> Iterator[Choice]:
    """Boxes ever farther from a mark, all around it."""
    (x, y), (width, height) = at, size
    for gap in (14, 22, 32, 44, 60, 80, 105, 140, 190, 260):
        for angle in np.linspace(0, 2 * math.pi, 16, endpoint=False):
            right, up = math.cos(angle), math.sin(angle)
            middle = (
                x + right * (clear + gap + width / 2 * min(1, abs(right) * 1.4)),
                y + up * (clear + gap + height / 2 * min(1, abs(up) * 1.4)),
            )
            yield Choice(9 + 0.1 * gap, box_at(middle, size), far=True)


def on_line(samples: Array, box: Box) -> int:
    """How many of (n, 2) samples lie in the box."""
    left, bottom, right, top = box
    x, y = samples[:, 0], samples[:, 1]
    return int(((x > left) & (x < right) & (y > bottom) & (y < top)).sum())


def overlaps(boxes: Array, box: Box) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """For each of (n, 4) boxes whether it shares area with `box`."""
    left, bottom, right, top = box
    return (boxes[:, 0] < right) & (boxes[:, 2] > left) & (boxes[:, 1] < top) & (boxes[:, 3] > bottom)


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
