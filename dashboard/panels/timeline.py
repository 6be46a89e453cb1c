"""The timeline on paper: events per day as stacked bars, under them each event's possible days. See `timeline`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, partial

import numpy as np
import shapely

from dashboard.charts.timeline import MOST_SPANS, TITLES, bin_end, bins_of, say_bin, span_rows
from dashboard.panels.base import Key, Panel
from dashboard.paper.ink import HAIRLINE, box_path, line_path, polygon_path
from dashboard.paper.projection import Array, Box
from dashboard.scene.canvas import Stroke
from dashboard.scene.cells import rounded
from dashboard.scene.theme import GLYPHS
from dashboard.scene.words import CATEGORY_NAMES
from geodata.phrases import phrase
from geodata.record.model import CATEGORIES, Event
from geodata.store.result import Result

NOTE = phrase("An event counts on every day on which it may have happened.")
SURE, UNSURE = phrase("days as reported"), phrase("days not sure")
NOTHING = phrase("No event matches.")
ALTS = {
    "day": phrase("Timeline: events per day, at most {count}: {day}."),
    "week": phrase("Timeline: events per week, at most {count}: {day}."),
    "month": phrase("Timeline: events per month, at most {count}: {day}."),
}
ALT_NOTHING = phrase("Timeline: no event matches.")
FADED = 0.28
LEAST_BIN_PT = 2.2  # narrower bins become weeks or months
LEAST_ROW = 2.0  # points from span to span, times the type's scale: with less room there are none
WIDEST_BIN_PT = 40.0  # times the type's scale
GAPLESS_PT = 1.6  # bins narrower than this touch
# How each category is hatched, so that the bars can be told apart without colours: angles of the lines in degrees.
HATCHES: dict[str, tuple[int, ...]] = {
    "deployment": (), "clash": (45,), "protest": (0,), "detention": (135,), "political": (90,), "other": (45, 135),
}  # fmt: skip


@dataclass
class TimelinePanel(Panel):
    """Events per day by category, under all choices but the dates; the chosen days lie on a band."""

    @property
    def role(self) -> str:
        """The option's name."""
        return "timeline"

    @property
    def counted(self) -> Result:
        """The events that count: also those outside the chosen dates, faded."""
        return self.scene.result.any_date

    def heading(self) -> tuple[str, str]:
        """What the bars count."""
        say = self.language.say
        return say(TITLES[self._bins(200 * self.type.scale)[0]]), say(NOTE)

    def low(self, width: float) -> float:
        """With low bars, and no spans."""
        return self._height(width, 30, 0)

    def wish(self, width: float) -> float:
        """With bars that are easily compared, and spans."""
        return self._height(width, 58, 3.6)

    def _height(self, width: float, bars: float, row: float) -> float:
        """What bars and rows of spans of so many points, times the type's scale, make with all around them."""
        around = self.head_height(width) + self.key_height(self._keys(row > 0), width) + self._axis_height
        return around + (bars + row * len(self._rows)) * self.type.scale + self.size

    @property
    def _axis_height(self) -> float:
        return 2 * self.leading + 0.4 * self.size

    @cached_property
    def _rows(self) -> list[list[Event]]:
        return span_rows(self.counted.events) if self.counted.count <= MOST_SPANS else []

    def _bins(self, width: float) -> tuple[str, tuple[date, ...]]:
        first, last = self.counted.span or self.scene.store.span
        return bins_of(first, last, max(12, int(width / LEAST_BIN_PT)))

    def say(self) -> str:
        """The fullest day."""
        if not self.counted.count:
            return self.language.say(ALT_NOTHING)
        step, bins = self._bins(200 * self.type.scale)
        counts = self.counted.by_day(step, bins)
        totals = [sum(counts[category][start] for category in CATEGORIES) for start in bins]
        most = totals.index(max(totals))
        return self.language.say(ALTS[step], count=totals[most], day=say_bin(bins[most], step, self.language))

    def _keys(self, spans: bool) -> list[Key]:
        present, say = self.counted.categories, self.language.say
        keys = [
            Key(partial(self._swatch, category), say(CATEGORY_NAMES[category]))
            for category in CATEGORIES if category in present
        ]  # fmt: skip
        if spans and self._rows:
            known = {event.time_precision == 1 for event in self.counted.events}
            keys += [
                Key(partial(self._sample, sure), say(SURE if sure else UNSURE))
                for sure in (True, False)
                if sure in known
            ]
        where = self.scene.result.where
        if where.date_from or where.date_to:
            chosen = say("chosen dates: {dates}", dates=where.describe_dates(self.language))
            keys.append(Key(self._band_sample, chosen))
        return keys

    def _swatch(self, category: str, x: float, y: float, size: float) -> None:
        box: Box = (x - 0.95 * size, y - 0.4 * size, x, y + 0.4 * size)
        self._fill(category, [box], 1.0)
        color = self.palette.categories[category]
        self.ink.glyph(x + 0.7 * size, y, GLYPHS[category], color, 0.66 * size, self.palette.page)

    def _sample(self, sure: bool, x: float, y: float, size: float) -> None:
        self._span_line(x - 0.9 * size, x + 0.9 * size, y, self.palette.muted, sure, 1.0)

    def _band_sample(self, x: float, y: float, size: float) -> None:
        self._band((x - 0.9 * size, y - 0.45 * size, x + 0.9 * size, y + 0.45 * size))

    def draw(self, box: Box) -> None:
        """Heading, key, bars, spans and the days."""
        left, bottom, right, top = box
        rows = self._rows if top - bottom >= self._height(right - left, 28, LEAST_ROW) else []
        top = self.draw_key(self._keys(bool(rows)), left, self.draw_head(box), right - left)
        if not self.counted.count:
            self.text(left, top - self.leading, self.language.say(NOTHING), color=self.palette.muted)
            return
        step, bins = self._bins(200 * self.type.scale)
        counts = self.counted.by_day(step, bins)
        tallest = max(sum(counts[category][start] for category in CATEGORIES) for start in bins)
        tick = max(1, rounded(max(tallest, 1) / 3))
        left += self.ink.lettering.width(self.language.number(tallest), self.size) + 0.5 * self.size
        floor = bottom + self._axis_height
        row = min(3.6 * self.type.scale, 0.45 * (top - floor) / len(rows)) if rows else 0.0
        base = floor + row * len(rows) + (0.5 * self.size if rows else 0.0)
        right = min(right, left + WIDEST_BIN_PT * self.type.scale * len(bins))
        days = _Days(bins, bin_end(bins[-1], step), left, right)
        top -= 0.3 * self.size
        self._chosen(days, floor, top)
        height = (top - base) / (max(tallest, 1) * 1.04)
        for count in range(0, tallest + 1, tick):
            y = base + count * height
            self.ink.line([np.array([(left, y), (right, y)])], Stroke(self.palette.hairline, 2 * HAIRLINE))
            if count:
                x, text = left - 0.4 * self.size, self.language.number(count)
                self.text(x, y - 0.34 * self.size, text, color=self.palette.muted, align="right")
        self._bars(days, counts, base, height)
        self._spans(days, rows, floor, row)
        self._days(days, step, floor, box[2])

    def _chosen(self, days: _Days, bottom: float, top: float) -> None:
        where = self.scene.result.where
        if where.date_from or where.date_to:
            start = days.x(where.date_from or days.bins[0])
            end = days.x(where.date_to + timedelta(1)) if where.date_to and where.date_to < days.end else days.right
            if start < end:
                self._band((start, bottom, end, top))

    def _band(self, box: Box) -> None:
        left, bottom, right, top = box
        self.ink.shape(box_path(box), self.palette.accent, 0.11)
        ends = [np.array([(x, bottom), (x, top)]) for x in (left, right)]
        self.ink.line(ends, Stroke(self.palette.accent, 2 * HAIRLINE))

    def _bars(self, days: _Days, counts: Mapping[str, Mapping[date, int]], base: float, height: float) -> None:
        where = self.scene.result.where
        low, high = where.date_from or date.min, where.date_to or date.max
        ends = (*days.bins[1:], days.end)
        gap = 0.09 if (days.right - days.left) / len(days.bins) > GAPLESS_PT else 0.0
        found: dict[tuple[str, bool], list[Box]] = {}
        for start, end in zip(days.bins, ends, strict=True):
            x, width = days.x(start), days.x(end) - days.x(start)
            y, lit = base, start <= high and end > low
            for category in CATEGORIES:
                if count := counts[category][start]:
                    bar: Box = (x + gap * width, y, x + (1 - gap) * width, y + count * height)
                    _add(found.setdefault((category, lit), []), bar)
                    y = bar[3]
        for (category, lit), boxes in found.items():
            self._fill(category, boxes, 1.0 if lit else FADED)

    def _fill(self, category: str, boxes: Sequence[Box], alpha: float) -> None:
        """Boxes in the category's colour and hatching, each with a thin edge towards the next."""
        rings = [np.array([(a, b), (c, b), (c, d), (a, d), (a, b)]) for a, b, c, d in boxes]
        page = self.palette.page
        self.ink.shape(polygon_path(rings), self.palette.categories[category], alpha, Stroke(page, HAIRLINE))
        lines = hatching(HATCHES[category], boxes, 2.3 * self.type.scale)
        if lines:
            self.ink.shape(line_path(lines), None, edge=Stroke(page, 0.55 * self.type.scale, alpha=0.9))

    def _spans(self, days: _Days, rows: Iterable[Sequence[Event]], floor: float, row: float) -> None:
        kept = {event.event_id for event in self.scene.result.events}
        for number, events in enumerate(reversed([*rows])):
            y = floor + (number + 0.5) * row
            for event in events:
                color = self.palette.categories[event.category]
                alpha = 1.0 if event.event_id in kept else FADED
                start, end = days.x(event.date_start), days.x(bin_end(event.date_end, "day"))
                self._span_line(start, end, y, color, event.time_precision == 1, alpha)
                if alpha == 1:
                    size = min(0.95 * row, 3.6 * self.type.scale)
                    self.ink.glyph(start + size / 2, y, GLYPHS[event.category], color, size, self.palette.page)

    def _span_line(self, start: float, end: float, y: float, color: str, sure: bool, alpha: float) -> None:
        width = (1.5 if sure else 0.9) * self.type.scale
        self.ink.line([np.array([(start, y), (end, y)])], Stroke(color, width, alpha, dashed=not sure))

    def _days(self, days: _Days, step: str, floor: float, edge: float) -> None:
        """Two lines of names under the axis: days and their months, or months and their years."""
        line = np.array([(days.left, floor), (days.right, floor)])
        self.ink.line([line], Stroke(self.palette.muted, 2 * HAIRLINE))
        upper = floor - 0.3 * self.size - 0.78 * self.size
        width = self.ink.lettering.width
        months = _turns(days, "month")
        if step == "day":
            one = (days.right - days.left) / len(days.bins)
            every = next(n for n in (1, 2, 5, 7, 14, 28, 400) if n * one > width("30", self.size) + 0.35 * self.size)
            for start in days.bins[::every]:
                x = days.x(start) + one / 2
                self.text(x, upper, str(start.day), color=self.palette.muted, align="center")
            names = [
                (day, say_bin(day.replace(day=1), "month", self.language), self.language.month(day)) for day in months
            ]
            self._names(days, names, upper, edge)
        else:
            self._names(days, [(day, self.language.short_month(day), "") for day in months], upper + self.leading, edge)
            years = _turns(days, "year")
            one = (days.right - days.left) / len(years)
            every = next(n for n in (1, 2, 5, 10, 20, 1_000) if n * one > width("2000", self.size) + self.size)
            named = [day for day in years if day.year % every == 0] or years[:1]
            self._names(days, [(day, str(day.year), "") for day in named], upper, edge)

    def _names(self, days: _Days, names: Sequence[tuple[date, str, str]], above: float, edge: float) -> None:
        """Names from the day on which each begins, the shorter one where there is little room, none without any."""
        y, width, free = above - self.leading, self.ink.lettering.width, days.left
        for number, (day, *choices) in enumerate(names):
            x = days.x(day)
            end = days.x(names[number + 1][0]) - 0.5 * self.size if number + 1 < len(names) else edge
            fitting = (text for text in choices if text and x >= free and x + width(text, self.size) <= end)
            if text := next(fitting, ""):
                tick = np.array([(x, y + 0.9 * self.leading), (x, y)])
                self.ink.line([tick], Stroke(self.palette.hairline, 2 * HAIRLINE))
                free = x + self.text(x + 0.25 * self.size, y, text, color=self.palette.muted) + 0.6 * self.size


@dataclass(frozen=True, slots=True)
class _Days:
    """The axis of days: the bins' first days, the day after the last one, where they lie on the page."""

    bins: Sequence[date]
    end: date
    left: float
    right: float

    def x(self, day: date) -> float:
        """Where a day begins, within the axis."""
        first = self.bins[0].toordinal()
        share = (day.toordinal() - first) / max(1, self.end.toordinal() - first)
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)


def _turns(days: _Days, unit: str) -> list[date]:
    """The bins with which a month or year begins, and the first one."""
    starts = [days.bins[0]]
    for day in days.bins[1:]:
        if getattr(day, unit) != getattr(starts[-1], unit) or day.year != starts[-1].year:
            starts.append(day)
    return starts


def _add(boxes: list[Box], box: Box) -> None:
    """Put a box among others; one that goes on from the last, equally high, makes it longer."""
    if boxes and boxes[-1][1::2] == box[1::2] and abs(boxes[-1][2] - box[0]) < 1e-6:
        box = (boxes[-1][0], *box[1:])
        boxes.pop()
    boxes.append(box)


def hatching(angles: Sequence[int], boxes: Sequence[Box], step: float) -> list[Array]:
    """Parallel lines `step` points apart within boxes, at each of the angles (degrees from level)."""
    lines = []
    for left, bottom, right, top in boxes:
        reach = np.hypot(right - left, top - bottom) / 2 + step
        for angle in angles:
            along = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
            across = np.array([-along[1], along[0]])
            middle = np.array([(left + right) / 2, (bottom + top) / 2])
            for shift in np.arange(-reach, reach, step) + step / 2:
                start = middle + shift * across
                line = shapely.LineString([start - reach * along, start + reach * along])
                cut = shapely.get_coordinates(shapely.clip_by_rect(line, left, bottom, right, top))
                if len(cut) == 2:
                    lines.append(cut)
    return lines
