"""The claims chart as a Plotly dict: who said which figure on which day, and what became of it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import cycle

from dashboard.charts.claims import (
    FADED,
    MOST_CLAIMS,
    MOST_NAMES,
    SYMBOLS,
    Column,
    columns_of,
    echoes_of,
    height,
    in_order,
    scale_of,
    series_of,
)
from dashboard.scene.theme import Palette, palette
from dashboard.scene.words import say_claim, say_fate, say_said_on
from dashboard.screen.chart_style import CONFIG, UI_FONT, Figure, hover_label, plain
from geodata.language.figure import say_figure
from geodata.language.language import Language
from geodata.record.model import Claim

LONGEST_NAME = 36  # of a voice in the legend, which takes its room from the chart


def claims_figure(
    claims: Iterable[Claim], measure: str, theme: str, language: Language, total: int | None = None
) -> Figure:
    """The claims of a measure by the day on which they were said, a column a day, a shape a voice.

    A range is a bar from low to high, an open top a bar that ends in an arrow at the top. Superseded claims are
    faded, retracted ones struck through. A voice's figures with the same scope and population are joined. Where
    `claims` are only the newest, `total` says how many there are.
    """
    colors = palette(theme)
    of_measure = [claim for claim in claims if claim.measure == measure]
    echoes = echoes_of(of_measure)
    every = in_order(of_measure)
    found = every[-MOST_CLAIMS:]
    columns = columns_of(found, language)
    at = {claim.claim_id: x for column in columns for claim, x in column.claims}
    top, axis = figure_axis(found, colors)
    voices: dict[str, list[Claim]] = defaultdict(list)
    for claim in found:
        voices[claim.claimant].append(claim)
    traces: list[Figure] = []
    for symbol, (voice, said) in zip(cycle(SYMBOLS), voices.items(), strict=False):
        traces += [joined(series, at, colors) for series in series_of(said)]
        traces += [bar(claim, at[claim.claim_id], top, colors) for claim in said if claim.low != claim.high]
        traces.append(marks(voice, said, symbol, at, echoes, colors, language))
    drawn = layout(measure, columns, axis, colors, language)
    total = len(every) if total is None else total
    if len(found) < total:
        newest = language.say("The newest {shown} of {total} claims", shown=len(found), total=language.number(total))
        drawn["annotations"].append(corner(newest, 1, colors))
    return {"data": traces, "layout": drawn, "config": CONFIG}


def figure_axis(claims: Sequence[Claim], colors: Palette) -> tuple[float, Figure]:
    """The top of the axis of figures, and the axis."""
    scale = scale_of(claims)
    axis: Figure = {"fixedrange": True, "gridcolor": colors.hairline, "zeroline": False, "ticks": "", "tickformat": ","}
    if scale.log:
        ends = [math.log10(scale.low), math.log10(scale.top)]
        return scale.top, axis | {"type": "log", "range": ends, "tickvals": [*scale.ticks]}
    return scale.top, axis | {"range": [0, scale.top], "nticks": 5}


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
    language: Language,
) -> Figure:
    """One voice's marks with their figures as they were said."""
    whole = [claim.population == "all" and not claim.part_of for claim in claims]
    standing = [claim.status == "standing" for claim in claims]
    return {
        "type": "scatter",
        "uid": f"voice-{_uid(claims[0])}",
        "name": plain(voice if len(voice) <= LONGEST_NAME else f"{voice[: LONGEST_NAME - 1].rstrip()}…"),
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
        "text": [label(claim, language) for claim in claims],
        "textposition": ["top center" if claim.low == claim.high else "bottom center" for claim in claims],
        "textfont": {
            "family": UI_FONT, "size": [13 if full else 11 for full in whole],
            "color": [colors.ink if stands else colors.muted for stands in standing],
        },
        "hovertext": ["<br>".join(map(plain, hover(c, echoes.get(c.claim_id, ()), language))) for c in claims],
        "hoverinfo": "text",
        "customdata": [{"event": claim.event_id} for claim in claims],
        "cliponaxis": False,
    }  # fmt: skip


def label(claim: Claim, language: Language) -> str:
    """A claim's figure as it was said; struck through once it is retracted."""
    figure = plain(say_figure(claim.low, claim.high, claim.qualifier, language))
    return f"<s>{figure}</s>" if claim.status == "retracted" else figure


def hover(claim: Claim, echoes: Sequence[Claim], language: Language) -> tuple[str, ...]:
    """A claim in lines: figure, voice and day; who repeats it; whom it counts; its fate; where it stands."""
    say = language.say
    place = say("paragraph {number}", number=claim.locator.paragraph) if claim.locator else ""
    source = language.listed(filter(None, (claim.source_id, place)))
    voices = [
        say("repeated by {claimant}, {day}", claimant=echo.claimant, day=say_said_on(echo, language)) for echo in echoes
    ]
    return tuple(filter(None, (
        say_claim(claim, language),
        say("event {event}", event=claim.event_id),
        claim.via and say("via {voice}", voice=claim.via),
        *voices,
        claim.scope and say("for {scope}", scope=claim.scope),
        say_fate(claim, language) if claim.status_on else "",
        say("Source: {source}", source=source),
    )))  # fmt: skip


def layout(measure: str, columns: Sequence[Column], axis: Figure, colors: Palette, language: Language) -> Figure:
    """The chart's frame: its days named, a voice a line of the legend."""
    step = max(1, round(columns[-1].right / MOST_NAMES)) if columns else 1
    named, names, year = columns[::step], [], 0
    for column in named:
        day = column.day.last
        name = _short(day, language) if column.day.first == day else language.short_month(day)
        names.append(name if day.year == year else f"{name}<br>{day.year}")
        year = day.year
    borders = [
        {"type": "line", "xref": "x", "yref": "paper", "x0": column.left, "x1": column.left, "y0": 0, "y1": 1,
         "line": {"color": colors.hairline, "width": 1}, "layer": "below"}
        for column in columns[1:]
    ]  # fmt: skip
    notes = [] if columns else [{
        "text": language.say("Nobody has given a figure for {measure} in this choice.", measure=language.say(measure)),
        "showarrow": False, "xref": "paper", "yref": "paper", "x": 0.5, "y": 0.5,
        "font": {"family": UI_FONT, "size": 13, "color": colors.muted},
    }]  # fmt: skip
    if axis.get("type") == "log":
        notes.append(corner(language.say("log scale"), 0, colors))
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


def _short(day: date, language: Language) -> str:
    return language.say("{day} {month}", day=str(day.day), month=language.short_month(day))


def _uid(claim: Claim) -> str:
    return claim.claim_id.encode().hex()
