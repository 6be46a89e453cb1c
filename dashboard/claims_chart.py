"""The claims chart as a Plotly dict: who said which figure on which day, and what became of it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import cycle, groupby, pairwise
from typing import Any

from dashboard.charts import CONFIG, UI_FONT, Figure, hover_label, plain
from dashboard.scene import say_claim
from dashboard.theme import Palette, palette
from geodata.dates import MONTHS, PartialDay, say_day
from geodata.language import ENGLISH, Language
from geodata.model import Claim
from geodata.tolls import chain, key_of, say_figure

# Voices are told apart by shape, so that the chart can be read without colours.
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "pentagon", "star", "hexagram", "triangle-down", "cross")
FADED = 0.38
NARROWEST = 1.7  # the width of a column, in claims
DIGITS = 5  # that fit into the width of a claim
MOST_CLAIMS = 200
MOST_NAMES = 32  # widths of a claim for each day that is named
LOG_RATIO = 40  # from which the lowest figures would lie on the axis


def claims_figure(claims: Iterable[Claim], measure: str, theme: str) -> Figure:
    """The claims of a measure by the day on which they were said, a column a day, a shape a voice.

    A range is a bar from low to high, an open top a bar that ends in an arrow at the top. Superseded claims are
    faded, retracted ones struck through. A voice's figures with the same scope and population are joined.
    """
    colors = palette(theme)
    of_measure = [claim for claim in claims if claim.measure == measure]
    echoes = echoes_of(of_measure)
    every = in_order(of_measure)
    found = every[-MOST_CLAIMS:]
    columns = columns_of(found)
    at = {claim.claim_id: x for column in columns for claim, x in column.claims}
    top, axis = figure_axis(found, colors)
    voices: dict[str, list[Claim]] = defaultdict(list)
    for claim in found:
        voices[claim.claimant].append(claim)
    traces: list[Figure] = []
    for symbol, (voice, said) in zip(cycle(SYMBOLS), voices.items(), strict=False):
        traces += [joined(series, at, colors) for series in series_of(said)]
        traces += [bar(claim, at[claim.claim_id], top, colors) for claim in said if claim.low != claim.high]
        traces.append(marks(voice, said, symbol, at, echoes, colors))
    drawn = layout(measure, columns, axis, colors)
    if len(found) < len(every):
        drawn["annotations"].append(corner(f"The newest {len(found)} of {len(every):,} claims", 1, colors))
    return {"data": traces, "layout": drawn, "config": CONFIG}


def about(claims: Iterable[Claim], measure: str, event_id: str) -> list[Claim]:
    """The claims of a measure: the selected event's where it has some, else everyone's."""
    said = [claim for claim in claims if claim.measure == measure]
    return [claim for claim in said if claim.event_id == event_id] or said


def in_order(claims: Sequence[Claim]) -> list[Claim]:
    """The claims that get a mark, by the day on which they were said and by figure: all but the echoes."""
    heard = {echo.claim_id for voices in echoes_of(claims).values() for echo in voices}
    return sorted((c for c in claims if c.claim_id not in heard), key=lambda c: (c.said_on, height(c)))


@dataclass(frozen=True, slots=True)
class Column:
    """The claims said on one day, each with where it stands, between `left` and `right`."""

    day: PartialDay
    left: float
    right: float
    claims: tuple[tuple[Claim, float], ...]


def columns_of(claims: Sequence[Claim], language: Language = ENGLISH) -> list[Column]:
    """A column a day, wide enough for the figures of its claims and for the day's name."""
    found: list[Column] = []
    for day, group in groupby(claims, key=lambda claim: claim.said_on):
        said = list(group)
        left = found[-1].right if found else 0.0
        needs = [max(1.0, len(say_figure(c.low, c.high, c.qualifier, language)) / DIGITS) for c in said]
        width = max(sum(needs), NARROWEST)
        ends = [left + width * sum(needs[: number + 1]) / sum(needs) for number in range(len(said))]
        places = [(start + end) / 2 for start, end in pairwise([left, *ends])]
        found.append(Column(day, left, left + width, tuple(zip(said, places, strict=True))))
    return found


def echoes_of(claims: Sequence[Claim]) -> dict[str, list[Claim]]:
    """The echoes by the claim that they repeat, where it is there too: one mark with several voices."""
    by_id = {claim.claim_id: claim for claim in claims}
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if up := chain(claim, by_id, "echo_of"):
            found[up[-1].claim_id].append(claim)
    return found


def height(claim: Claim) -> int:
    """The figure at which a claim's mark stands: its best, else its low, else its high."""
    return next((figure for figure in (claim.best, claim.low, claim.high) if figure is not None), 0)


@dataclass(frozen=True, slots=True)
class Scale:
    """The axis of figures: from `low` to `top`, with round figures on it; `log`: in powers of ten, else from zero."""

    low: float
    top: float
    log: bool
    ticks: tuple[int, ...]


def scale_of(claims: Sequence[Claim]) -> Scale:
    """The axis that the claims need: from zero, or in powers of ten where figures are far apart."""
    figures = [figure for c in claims for figure in (c.low, c.best, c.high) if figure is not None]
    least, most = min(figures, default=0), max(figures, default=1)
    if least > 0 and most / least > LOG_RATIO:
        top = most * 2.4
        ticks = [n * 10**power for power in range(15) for n in (1, 3) if least / 3 <= n * 10**power <= top]
        low = min(least / 1.8, ticks[0] if ticks else least)
        return Scale(low, top, True, tuple(ticks[:: 1 + len(ticks) // 9]))
    top = max(most, 1) * 1.35
    steps = (n * 10**power for power in range(15) for n in (1, 2, 5))
    step = next(step for step in steps if top / step < 5)
    return Scale(0.0, top, False, tuple(range(0, int(top) + 1, step)))


def figure_axis(claims: Sequence[Claim], colors: Palette) -> tuple[float, Figure]:
    """The top of the axis of figures, and the axis."""
    scale = scale_of(claims)
    axis: Figure = {"fixedrange": True, "gridcolor": colors.hairline, "zeroline": False, "ticks": "", "tickformat": ","}
    if scale.log:
        ends = [math.log10(scale.low), math.log10(scale.top)]
        return scale.top, axis | {"type": "log", "range": ends, "tickvals": [*scale.ticks]}
    return scale.top, axis | {"range": [0, scale.top], "nticks": 5}


def series_of(claims: Sequence[Claim]) -> list[list[Claim]]:
    """A voice's figures that follow one another: with the same event, scope and population, two at least."""
    series: dict[Any, list[Claim]] = defaultdict(list)
    for claim in claims:
        series[key_of(claim)].append(claim)
    return [members for members in series.values() if len(members) > 1]


def joined(series: Sequence[Claim], at: dict[str, float], colors: Palette) -> Figure:
    """A thin line through one voice's figures."""
    return {
        "type": "scatter", "uid": f"line-{_uid(series[0])}", "mode": "lines", "hoverinfo": "skip", "showlegend": False,
        "x": [at[claim.claim_id] for claim in series], "y": [height(claim) for claim in series],
        "line": {"color": colors.muted, "width": 1.2, "shape": "hv"},
    }  # fmt: skip


def bar(claim: Claim, x: float, top: float, colors: Palette) -> Figure:
    """The bar of a range; one without a top ends in an arrow, one without a bottom stands on the axis."""
    low = claim.low if claim.low is not None else 0.1
    high = claim.high if claim.high is not None else top * 0.93
    arrow = "arrow-up" if claim.high is None else "line-ew"
    return {
        "type": "scatter", "uid": f"bar-{_uid(claim)}", "mode": "lines+markers", "hoverinfo": "skip",
        "showlegend": False, "x": [x, x], "y": [low, high], "opacity": 1 if claim.status == "standing" else FADED,
        "line": {"color": colors.casualties, "width": 3, "dash": "solid" if claim.high is not None else "6px,3px"},
        "marker": {"symbol": ["circle", arrow], "size": [0, 9], "color": colors.casualties},
    }  # fmt: skip


def marks(
    voice: str,
    claims: Sequence[Claim],
    symbol: str,
    at: dict[str, float],
    echoes: dict[str, list[Claim]],
    colors: Palette,
) -> Figure:
    """One voice's marks with their figures as they were said."""
    whole = [claim.population == "all" and not claim.part_of for claim in claims]
    standing = [claim.status == "standing" for claim in claims]
    return {
        "type": "scatter",
        "uid": f"voice-{_uid(claims[0])}",
        "name": plain(voice),
        "mode": "markers+text",
        "x": [at[claim.claim_id] for claim in claims],
        "y": [height(claim) for claim in claims],
        "marker": {
            "symbol": [symbol if full else f"{symbol}-open" for full in whole],
            "size": [11 if full else 9 for full in whole],
            "color": colors.casualties,
            "opacity": [1 if stands else FADED for stands in standing],
            "line": {"width": [0 if full else 1.8 for full in whole], "color": colors.casualties},
        },
        "text": [label(claim) for claim in claims],
        "textposition": ["top center" if claim.low == claim.high else "bottom center" for claim in claims],
        "textfont": {
            "family": UI_FONT, "size": [13 if full else 11 for full in whole],
            "color": [colors.ink if stands else colors.muted for stands in standing],
        },
        "hovertext": ["<br>".join(map(plain, hover(c, echoes.get(c.claim_id, ())))) for c in claims],
        "hoverinfo": "text",
        "customdata": [{"event": claim.event_id} for claim in claims],
        "cliponaxis": False,
    }  # fmt: skip


def label(claim: Claim) -> str:
    """A claim's figure as it was said; struck through once it is retracted."""
    figure = say_figure(claim.low, claim.high, claim.qualifier)
    return f"<s>{figure}</s>" if claim.status == "retracted" else figure


def hover(claim: Claim, echoes: Sequence[Claim]) -> tuple[str, ...]:
    """A claim in lines: figure, voice and day; who repeats it; whom it counts; its fate; where it stands."""
    scope = claim.scope and f"for {claim.scope}"
    fate = f"{claim.status} on {say_day(claim.status_on)}" if claim.status_on else ""
    place = f"paragraph {claim.locator.paragraph}" if claim.locator else ""
    source = f"Source: {', '.join(filter(None, (claim.source_id, place)))}"
    voices = [f"repeated by {echo.claimant}, {echo.said_on.in_words()}" for echo in echoes]
    about = f"event {claim.event_id}"
    return tuple(
        filter(None, (say_claim(claim), about, claim.via and f"via {claim.via}", *voices, scope, fate, source))
    )


def layout(measure: str, columns: Sequence[Column], axis: Figure, colors: Palette) -> Figure:
    """The chart's frame: its days named, a voice a line of the legend."""
    step = max(1, round(columns[-1].right / MOST_NAMES)) if columns else 1
    named, names, year = columns[::step], [], 0
    for column in named:
        day = column.day.last
        name = _short(day) if column.day.first == day else MONTHS[day.month][:3]
        names.append(name if day.year == year else f"{name}<br>{day.year}")
        year = day.year
    borders = [
        {"type": "line", "xref": "x", "yref": "paper", "x0": column.left, "x1": column.left, "y0": 0, "y1": 1,
         "line": {"color": colors.hairline, "width": 1}, "layer": "below"}
        for column in columns[1:]
    ]  # fmt: skip
    notes = [] if columns else [{
        "text": f"Nobody has given a figure for {measure} in this choice.", "showarrow": False, "xref": "paper",
        "yref": "paper", "x": 0.5, "y": 0.5, "font": {"family": UI_FONT, "size": 13, "color": colors.muted},
    }]  # fmt: skip
    if axis.get("type") == "log":
        notes.append(corner("log scale", 0, colors))
    return {
        "meta": "claims",
        "uirevision": f"claims-{measure}",
        "dragmode": False,
        "hovermode": "closest",
        "margin": {"l": 46, "r": 8, "t": 20, "b": 36},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": UI_FONT, "size": 12, "color": colors.muted},
        "showlegend": True,
        "legend": {"font": {"size": 12, "color": colors.ink}, "itemclick": False, "itemdoubleclick": False, "x": 1.01,
                   "itemsizing": "constant", "y": 1, "tracegroupgap": 0},
        "annotations": notes,
        "shapes": borders,
        "xaxis": {
            "fixedrange": True, "showgrid": False, "zeroline": False, "tickangle": 0, "ticks": "outside", "ticklen": 4,
            "range": [0, columns[-1].right if columns else 1], "ticktext": names,
            "tickvals": [(column.left + column.right) / 2 for column in named],
            "tickcolor": colors.hairline, "linecolor": colors.hairline,
        },
        "yaxis": axis,
        "hoverlabel": hover_label(colors),
    }  # fmt: skip


def corner(text: str, x: int, colors: Palette) -> Figure:
    """A small note over the chart, at its left (0) or right (1) end."""
    place = {"xref": "paper", "yref": "paper", "x": x, "y": 1, "yanchor": "bottom", "xanchor": ("left", "right")[x]}
    return {"text": text, "showarrow": False, "font": {"size": 11, "color": colors.muted}, **place}


def _short(day: date) -> str:
    return f"{day.day} {MONTHS[day.month][:3]}"


def _uid(claim: Claim) -> str:
    return claim.claim_id.encode().hex()
