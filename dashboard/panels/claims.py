"""The claims chart on paper: who said which figure on which day, and what became of it. See `claims_chart`."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import islice, pairwise
from typing import ClassVar

import numpy as np
from matplotlib.path import Path

from dashboard.charts.claims import (
    FADED,
    MOST_CLAIMS,
    SYMBOLS,
    Column,
    Scale,
    about,
    columns_of,
    echoes_of,
    height,
    in_order,
    scale_of,
    series_of,
)
from dashboard.panels.base import Key, Panel
from dashboard.paper.ink import HAIRLINE
from dashboard.paper.lettering import ELLIPSIS
from dashboard.paper.placement import Placement, beside
from dashboard.paper.projection import Box
from dashboard.paper.symbols import symbol_path
from dashboard.scene.canvas import Stroke
from geodata.dates import PartialDay
from geodata.language.figure import say_figure
from geodata.phrases import phrase
from geodata.record.model import MEASURES, Claim

LINEAR = phrase("Each figure stands at the day on which it was said. The scale starts at zero.")
LOG = phrase("Each figure stands at the day on which it was said. Logarithmic scale.")
NOTHING = phrase("Nobody has given a figure for {measure} in this choice.")
NO_FIGURE = phrase("Nobody has given a figure in this choice.")
OPEN = phrase("open-ended: more than the foot of the bar")
RANGE = phrase("range from the lowest to the highest figure")
SUPERSEDED = phrase("superseded by a later figure")
PARTIAL = phrase("of some of the people, or part of another figure")
ALT = phrase(
    "Claims chart: {count} figures for {measure}, from {first} ({first_voice}, {first_day}) "
    "to {last} ({last_voice}, {last_day})."
)
ALT_ONE = phrase("Claims chart: one figure for {measure}, {first} ({first_voice}, {first_day}).")
MOST_VOICES = 14
LEAST_UNIT_PT = 4.4  # the width of a claim, times the type's scale
MARK_PT = 4.4


@dataclass
class ClaimsPanel(Panel):
    """The claims of one measure: the scene's `chart`, else that with the most claims."""

    of_events: ClassVar[bool] = True
    _shown: dict[float, list[Claim]] = field(default_factory=dict, init=False)

    @property
    def role(self) -> str:
        """The option's name."""
        return "claims"

    @cached_property
    def measure(self) -> str:
        """Whose claims are shown; "" where there are none at all."""
        said = [claim.measure for claim in self.scene.result.claims]
        return self.scene.chart or max(MEASURES, key=said.count) if said else self.scene.chart

    @cached_property
    def said(self) -> list[Claim]:
        """All claims of the measure."""
        return about(self.scene.result.claims, self.measure, self.scene.selected)

    @cached_property
    def marked(self) -> list[Claim]:
        """Those that get a mark, in order: all but the echoes."""
        return in_order(self.said)

    def shown(self, width: float) -> list[Claim]:
        """The newest claims for which a width has room, in order."""
        if width not in self._shown:
            found = self.marked[-MOST_CLAIMS:]
            room = (width - self._axis_width(found)) / (LEAST_UNIT_PT * self.type.scale)
            while len(found) > 1 and (needed := columns_of(found, self.language)[-1].right) > room:
                found = found[max(1, int((1 - room / needed) * len(found))) :]
            self._shown[width] = found
        return self._shown[width]

    def heading(self) -> tuple[str, str]:
        """The measure, and which scale the figures have."""
        say = self.language.say
        if not self.marked:
            return say("Claims"), ""
        return say("Claims: {measure}", measure=say(self.measure)), say(LOG if scale_of(self.marked).log else LINEAR)

    def low(self, width: float) -> float:
        """With marks that can still be told apart."""
        return self._height(width, 64)

    def wish(self, width: float) -> float:
        """With room for most labels."""
        return self._height(width, 122)

    def _height(self, width: float, plot: float) -> float:
        if not self.said:
            return self.head_height(width) + 2 * self.leading
        around = self.head_height(width) + self.key_height(self._keys(width), width) + self._days_height
        return around + plot * self.type.scale + self.size

    @property
    def _days_height(self) -> float:
        return 3 * self.leading + 0.4 * self.size

    def _axis_width(self, claims: Sequence[Claim]) -> float:
        ticks = scale_of(claims).ticks
        widths = (self.ink.lettering.width(self.language.number(tick), self.size) for tick in ticks)
        return max(widths, default=0.0) + 0.6 * self.size

    def say(self) -> str:
        """The first and the last figure of the chart."""
        found = self.marked
        if not found:
            return self._nothing()
        first, last = found[0], found[-1]
        return self.language.say(
            ALT if len(found) > 1 else ALT_ONE, count=len(found), measure=self.language.say(self.measure),
            first=self._figure(first), first_voice=first.claimant, first_day=self._day(first.said_on),
            last=self._figure(last), last_voice=last.claimant, last_day=self._day(last.said_on),
        )  # fmt: skip

    def _nothing(self) -> str:
        say = self.language.say
        return say(NOTHING, measure=say(self.measure)) if self.measure else say(NO_FIGURE)

    def _figure(self, claim: Claim) -> str:
        return say_figure(claim.low, claim.high, claim.qualifier, self.language)

    def _day(self, day: PartialDay) -> str:
        return self.language.days(day.first, day.last)

    def _voices(self, claims: Sequence[Claim]) -> dict[str, str]:
        """Each voice's shape; beyond nine voices the shapes come again."""
        voices = dict.fromkeys(claim.claimant for claim in claims)
        return {voice: SYMBOLS[number % len(SYMBOLS)] for number, voice in enumerate(voices)}

    def _keys(self, width: float) -> list[Key]:
        claims, say, listed = self.shown(width), self.language.say, self.language.listed
        echoes = echoes_of(self.said)
        shapes: dict[str, list[str]] = defaultdict(list)
        for voice, shape in [*self._voices(claims).items()][:MOST_VOICES]:
            mine = [claim.claim_id for claim in claims if claim.claimant == voice]
            others = dict.fromkeys(echo.claimant for i in mine for echo in echoes.get(i, ()) if echo.claimant != voice)
            name = say("{voice}, repeated by {others}", voice=voice, others=listed(others)) if others else voice
            shapes[shape].append(name)
        keys = [Key(partial(self._mark, shape, True, 1.0), " / ".join(names)) for shape, names in shapes.items()]
        if (more := len(self._voices(claims)) - MOST_VOICES) > 0:
            keys.append(Key(_blank, self.and_more(more)))
        keys += self._fates(claims)
        if len(claims) < len(self.marked):
            shown, every = self.language.number(len(claims)), self.language.number(len(self.marked))
            keys.append(Key(_blank, say("The newest {shown} of {all} claims.", shown=shown, all=every)))
        return keys

    def _fates(self, claims: Sequence[Claim]) -> Iterator[Key]:
        language = self.language
        say = language.say
        if any(not _whole(claim) for claim in claims):
            yield Key(partial(self._mark, "circle", False, 1.0), say(PARTIAL))
        if any(claim.high is None for claim in claims):
            yield Key(partial(self._bar_sample, True), say(OPEN))
        if any(claim.high is not None and claim.low != claim.high for claim in claims):
            yield Key(partial(self._bar_sample, False), say(RANGE))
        if any(claim.status == "superseded" for claim in claims):
            yield Key(partial(self._mark, "circle", True, FADED), say(SUPERSEDED))
        gone = [claim for claim in claims if claim.status == "retracted"]
        if gone:
            days = dict.fromkeys(language.day(c.status_on) for c in gone if c.status_on)
            words = say("retracted on {days}", days=language.listed([*days][:3])) if days else say("retracted")
            yield Key(partial(self._struck_sample, min(map(self._figure, gone), key=len)), words)

    def _bar_sample(self, is_open: bool, x: float, y: float, size: float) -> None:
        self._bar(x, y - 0.5 * size, y + 0.6 * size, is_open, 1.0)

    def _struck_sample(self, text: str, x: float, y: float, size: float) -> None:
        text = text if self.ink.lettering.width(text, size) < 1.8 * size else ELLIPSIS
        self._figure_text(x, y - 0.34 * size, text, "center", self.palette.muted, struck=True)

    def draw(self, box: Box) -> None:
        """Heading, key, figures and the days."""
        left, bottom, right, _ = box
        width, top = right - left, self.draw_head(box)
        claims = self.shown(width)
        if not claims:
            for line in self.ink.lettering.wrap(self._nothing(), self.size, width, 3):
                top -= self.leading
                self.text(left, top, line, color=self.palette.muted)
            return
        top = self.draw_key(self._keys(width), left, top, width)
        scale, columns = scale_of(claims), columns_of(claims, self.language)
        plot: Box = (left + self._axis_width(claims), bottom + self._days_height, right, top - 0.5 * self.size)
        chart = _Chart(scale, columns[-1].right, plot)
        self._grid(chart, columns)
        self._days(chart, columns)
        placement = Placement((plot[0], plot[1], plot[2] + 2, plot[3] + self.size))
        at = {claim.claim_id: chart.x(x) for column in columns for claim, x in column.claims}
        self._marks(chart, claims, at, placement)

    def _grid(self, chart: _Chart, columns: Sequence[Column]) -> None:
        left, bottom, right, top = chart.box
        for tick in chart.scale.ticks:
            y = chart.y(tick)
            if y <= top:
                self.ink.line([np.array([(left, y), (right, y)])], Stroke(self.palette.hairline, 2 * HAIRLINE))
                x = left - 0.5 * self.size
                self.text(x, y - 0.34 * self.size, self.language.number(tick), color=self.palette.muted, align="right")
        borders = [np.array([(chart.x(c.left), bottom), (chart.x(c.left), top)]) for c in columns[1:]]
        if borders:
            self.ink.line(borders, Stroke(self.palette.hairline, 2 * HAIRLINE))
        self.ink.line([np.array([(left, bottom), (right, bottom)])], Stroke(self.palette.muted, 2 * HAIRLINE))

    def _days(self, chart: _Chart, columns: Sequence[Column]) -> None:
        """Under each column its day, under those of one month the month, under those of one year the year."""
        base = chart.box[1] - 0.3 * self.size - 0.78 * self.size
        last = [column.day.last for column in columns]
        # Rows of names; each goes as far as the part of the date (of the ISO text) with which it begins stays the same.
        days = [str(c.day.last.day) if c.day.first == c.day.last else "" for c in columns]
        rows = ((days, 10), ([self.language.short_month(day) for day in last], 7), ([str(day.year) for day in last], 4))
        for row, (names, part) in enumerate(rows):
            free = -math.inf
            keys = [str(day)[:part] + str(row or columns[n].day) for n, day in enumerate(last)]
            starts = [n for n, key in enumerate(keys) if n == 0 or key != keys[n - 1]]
            for start, end in zip(starts, [*starts[1:], len(keys)], strict=True):
                text = names[start]
                middle = chart.x((columns[start].left + columns[end - 1].right) / 2)
                half = self.ink.lettering.width(text, self.size) / 2
                # A name may be wider than its columns, as long as it meets no other and stays in the chart.
                middle = min(max(middle, chart.box[0] + half), chart.box[2] - half)
                if text and middle - half > free:
                    self.text(middle, base - row * self.leading, text, color=self.palette.muted, align="center")
                    free = middle + half + 0.35 * self.size

    def _marks(self, chart: _Chart, claims: Sequence[Claim], at: dict[str, float], placement: Placement) -> None:
        voices = self._voices(claims)
        for voice in voices:
            for series in series_of([claim for claim in claims if claim.claimant == voice]):
                steps = [(at[claim.claim_id], chart.y(height(claim))) for claim in series]
                corners = [steps[0], *(point for a, b in pairwise(steps) for point in ((b[0], a[1]), b))]
                line = np.array(corners)
                self.ink.line([line], Stroke(self.palette.muted, 0.7 * self.type.scale, alpha=0.8))
                placement.add_line(line)
        radius = MARK_PT * self.type.scale / 2
        for claim in claims:
            x, y = at[claim.claim_id], chart.y(height(claim))
            alpha = 1.0 if claim.status == "standing" else FADED
            if claim.low != claim.high:
                foot = chart.y(claim.low) if claim.low is not None else chart.box[1]
                head = chart.y(claim.high) if claim.high is not None else chart.box[3] - 1
                self._bar(x, foot, head, claim.high is None, alpha)
                placement.add_line(np.array([(x, foot), (x, head)]))
            placement.add_mark((x - radius, y - radius, x + radius, y + radius), (x, y))
        for claim in claims:
            alpha = 1.0 if claim.status == "standing" else FADED
            self._mark(voices[claim.claimant], _whole(claim), alpha, at[claim.claim_id], chart.y(height(claim)), 0.0)
        # Those that stand come first: a label finds no room where many figures lie close together.
        for claim in sorted(claims, key=lambda c: (c.status != "standing", not _whole(c))):
            self._label(claim, (at[claim.claim_id], chart.y(height(claim))), placement)

    def _label(self, claim: Claim, at: tuple[float, float], placement: Placement) -> None:
        text, size = self._figure(claim), self.size
        width = self.ink.lettering.width(text, size)
        clear = MARK_PT * self.type.scale / 2 - 1.4
        # Close to the mark, or not at all: the axis has the figure too.
        choices = sorted(islice(beside(at, (width, size), clear), 16), key=lambda choice: choice.price)
        above = [choice for choice in choices if abs(choice.box[0] + width / 2 - at[0]) < 1]
        for choice in [*above, *choices]:
            if placement.free(choice.box):
                left, bottom, right, top = choice.box
                # Two figures side by side must not be read as one.
                placement.take((left - 0.3 * size, bottom, right + 0.3 * size, top))
                color = self.palette.ink if claim.status == "standing" else self.palette.muted
                y = choice.box[1] + 0.22 * size
                self._figure_text(choice.box[0], y, text, "left", color, struck=claim.status == "retracted")
                return

    def _figure_text(self, x: float, y: float, text: str, align: str, color: str, *, struck: bool) -> None:
        width = self.text(x, y, text, color=color, align=align)
        if struck:
            left = x - (width / 2 if align == "center" else 0)
            level = y + 0.3 * self.size
            line = np.array([(left - 0.5, level), (left + width + 0.5, level)])
            self.ink.line([line], Stroke(self.palette.ink, 0.09 * self.size))

    def _bar(self, x: float, foot: float, head: float, is_open: bool, alpha: float) -> None:
        color, width = self.palette.casualties, 1.4 * self.type.scale
        tip = 3.4 * self.type.scale
        if is_open:
            self.ink.line([np.array([(x, foot), (x, head - 0.8 * tip)])], Stroke(color, width, alpha, dashed=True))
            arrow = np.array([(x, head), (x - 0.5 * tip, head - tip), (x + 0.5 * tip, head - tip), (x, head)])
            self.ink.shape(Path(np.round(arrow, 2), closed=True), color, alpha)
            return
        self.ink.line([np.array([(x, foot), (x, head)])], Stroke(color, width, alpha))
        caps = [np.array([(x - 0.4 * tip, y), (x + 0.4 * tip, y)]) for y in (foot, head)]
        self.ink.line(caps, Stroke(color, width, alpha))

    def _mark(self, shape: str, whole: bool, alpha: float, x: float, y: float, _size: float) -> None:
        """A voice's mark around (x, y): full for a whole figure, open for a part or for some of the people."""
        size = MARK_PT * self.type.scale * (1.1 if whole else 0.9)
        path = symbol_path(shape, x, y, size)
        color, page = self.palette.casualties, self.palette.page
        self.ink.shape(path, page, edge=Stroke(page, 0.22 * size))
        edge = Stroke(color, 0.16 * size, alpha)
        self.ink.shape(path, color if whole else page, alpha if whole else 1.0, edge)


def _whole(claim: Claim) -> bool:
    return claim.population == "all" and not claim.part_of


def _blank(_x: float, _y: float, _size: float) -> None:
    """No symbol."""


@dataclass(frozen=True, slots=True)
class _Chart:
    """Where figures and columns lie on the page: `across` is the width of all columns in their own unit."""

    scale: Scale
    across: float
    box: Box

    def x(self, column: float) -> float:
        return self.box[0] + column / self.across * (self.box[2] - self.box[0])

    def y(self, figure: float) -> float:
        low, top = self.scale.low, self.scale.top
        if self.scale.log:
            low, top, figure = math.log10(low), math.log10(top), math.log10(max(figure, low))
        return self.box[1] + (figure - low) / (top - low) * (self.box[3] - self.box[1])
