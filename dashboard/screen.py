"""The `Canvas` of the page: Plotly traces over MapLibre, as plain dicts.

What Plotly's traces cannot say (halos, circle outlines, offsets in pixels, rotated glyphs) rides in `trace.meta` as
MapLibre layout and paint properties; `assets/map.js` hands them on. Texts of the data are escaped here, once: Plotly
reads hover texts as markup.
"""

from __future__ import annotations

import html
import textwrap
import zlib
from collections.abc import Sequence
from typing import Any

from shapely.geometry.base import BaseGeometry

from dashboard.canvas import Legend, Pick, Point, Stroke
from dashboard.theme import ARROW, Palette

Trace = dict[str, Any]

TEXT_FONT, BOLD_FONT, GLYPH_FONT = "Noto Sans Regular", "Noto Sans Bold", "Sitrep Symbols"
HOVER_LINES, HOVER_CHARS = 12, 56


def hover_text(lines: Sequence[str]) -> str:
    """Plain lines as Plotly's hover markup: escaped, wrapped, the first one bold, the rest cut after a dozen."""
    wrapped = [textwrap.wrap(line, HOVER_CHARS, max_lines=4, placeholder=" …") or [""] for line in lines]
    first, *rest = [[html.escape(part) for part in parts] for parts in wrapped] or [[""]]
    more = [part for parts in rest for part in parts]
    if len(more) > HOVER_LINES:
        more = [*more[:HOVER_LINES], "…"]
    return "<br>".join([f"<b>{'<br>'.join(first)}</b>", *more])


def rgba(color: str, alpha: float) -> str:
    """A CSS hex colour with an opacity."""
    red, green, blue = (int(color[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{alpha:g})"


class Screen:
    """Collects what layers draw as traces; marks of the same look share one trace."""

    def __init__(self, palette: Palette) -> None:
        self.palette = palette
        self.legends: list[Legend] = []
        self.tags: list[dict[str, Any]] = []
        self._traces: dict[tuple[object, ...], Trace] = {}
        # Plotly takes the whole map away with its last trace: this one stays, and shows nothing.
        self._trace(("ground",), mode="lines", hoverinfo="skip")

    def traces(self) -> list[Trace]:
        """Every trace in the order in which it was first drawn on, each with a uid that its look decides."""
        return list(self._traces.values())

    def _trace(self, look: tuple[object, ...], **trace: Any) -> Trace:
        # The uid names the look, so that a redraw keeps MapLibre's layers of what did not change. Plotly puts it into
        # CSS selectors: letters and digits only.
        uid = f"t{zlib.crc32(repr(look).encode()):08x}"
        blank = {"type": "scattermap", "uid": uid, "lon": [], "lat": [], "showlegend": False}
        return self._traces.setdefault(look, blank | trace)

    def polygon(self, shape: BaseGeometry, fill: str, alpha: float, edge: Stroke, pick: Pick | None) -> None:
        """A filled area; its outline is drawn as a line so that it can be dashed."""
        trace = self._trace(
            ("area", fill, alpha), mode="lines", fill="toself", fillcolor=rgba(fill, alpha), line={"width": 0},
            hoverinfo="skip",
        )  # fmt: skip
        for part in getattr(shape, "geoms", [shape]):
            self._add(trace, list(part.exterior.coords), None)
            self.line(list(part.exterior.coords), edge, pick)

    def line(self, points: Sequence[Point], stroke: Stroke, pick: Pick | None) -> None:
        """A line; with a pick it is felt along all its points."""
        look = ("line", stroke.color, stroke.width, stroke.alpha, stroke.dashed, pick is not None)
        paint = {"line-dasharray": [2, 2]} if stroke.dashed else {}
        trace = self._trace(
            look, mode="lines", line={"color": stroke.color, "width": stroke.width}, opacity=stroke.alpha,
            hoverinfo="text" if pick else "skip", hovertext=[], customdata=[],
            meta={"line": {"paint": paint, "layout": {"line-cap": "butt" if stroke.dashed else "round"}}},
        )  # fmt: skip
        self._add(trace, points, pick)

    def _add(self, trace: Trace, points: Sequence[Point], pick: Pick | None) -> None:
        if trace["lon"]:  # a gap between two lines of one trace
            points = [(None, None), *points]  # type: ignore[list-item]
        trace["lon"] += [lon if lon is None else round(lon, 4) for lon, _ in points]
        trace["lat"] += [lat if lat is None else round(lat, 4) for _, lat in points]
        if pick:
            trace["hovertext"] += [hover_text(pick.hover)] * len(points)
            trace["customdata"] += [{"ids": pick.event_ids}] * len(points)

    def disc(self, at: Point, diameter: float, fill: str, alpha: float, edge: Stroke | None, pick: Pick | None) -> None:
        """A circle in px. A dashed edge is drawn soft: the number has no known top."""
        soft = edge is not None and edge.dashed
        paint: dict[str, Any] = {}
        if edge and not soft:
            paint = {"circle-stroke-color": edge.color, "circle-stroke-width": edge.width}
        elif soft:
            paint = {"circle-blur": 0.35}
        look = ("disc", fill, alpha, edge.color if edge else "", edge.width if edge else 0, soft, pick is not None)
        trace = self._trace(
            look, mode="markers", marker={"size": [], "color": fill, "opacity": 0.35 if soft else alpha},
            hoverinfo="text" if pick else "skip", hovertext=[], customdata=[], meta={"circle": {"paint": paint}},
        )  # fmt: skip
        trace["marker"]["size"].append(round(diameter * (1.25 if soft else 1), 1))
        self._point(trace, at, pick)

    def _point(self, trace: Trace, at: Point, pick: Pick | None, **extra: Any) -> None:
        trace["lon"].append(round(at[0], 5))
        trace["lat"].append(round(at[1], 5))
        trace["hovertext"].append(hover_text(pick.hover) if pick else "")
        trace["customdata"].append({"ids": pick.event_ids if pick else (), **extra})

    def _text(self, look: tuple[object, ...], font: str, color: str, size: float, **properties: Any) -> Trace:
        paint = {"text-halo-color": self.palette.page, "text-halo-width": 1.5, **properties.pop("paint", {})}
        return self._trace(
            look, mode="text", text=[], textfont={"family": font, "color": color, "size": size}, hoverinfo="text",
            hovertext=[], customdata=[], marker={"size": size},
            meta={"symbol": {"paint": paint, "layout": {"text-allow-overlap": True, **properties}}},
        )  # fmt: skip

    def glyph(self, at: Point, glyph: str, color: str, offset: Point, pick: Pick, size: float = 17.0) -> None:
        """A symbol as text of the bundled glyph font, with a halo of the page's colour."""
        ems = [round(offset[0] / size, 3), round(offset[1] / size, 3)]
        trace = self._text(("glyph", glyph, color, offset), GLYPH_FONT, color, size, **{"text-offset": ems})
        trace["text"].append(glyph)
        self._point(trace, at, pick, offset=offset)

    def arrowhead(self, at: Point, bearing: float, color: str, size: float, pick: Pick) -> None:
        """The glyph ▶, turned to the bearing with its tip at the place."""
        turn = round(bearing - 90, 1)
        layout = {"text-rotate": turn, "text-rotation-alignment": "map", "text-anchor": "center"}
        layout["text-offset"] = [-0.3, 0]
        trace = self._text(("arrow", color, size, turn), GLYPH_FONT, color, round(size, 1), **layout)
        trace["text"].append(ARROW)
        self._point(trace, at, pick)

    def label(self, at: Point, text: str, role: str, pick: Pick | None = None) -> None:
        """A place's name finds room beside its mark or waits for a closer zoom; tags are the page's own buttons."""
        if role == "tag":
            ids, lines = (pick.event_ids, text.split("\n")) if pick else ((), text.split("\n"))
            self.tags.append({"lon": at[0], "lat": at[1], "lines": lines, "ids": ids})
            return
        if role == "place":
            layout = {
                "text-allow-overlap": False, "text-radial-offset": 1.7,
                "text-variable-anchor": ["left", "right", "top", "bottom", "top-left", "bottom-left",
                                         "top-right", "bottom-right"], "text-justify": "auto", "text-line-height": 1.15,
            }  # fmt: skip
            trace = self._text(("label", "place"), TEXT_FONT, self.palette.ink, 12, **layout)
            trace["hoverinfo"] = "skip"
        else:
            layout = {"text-anchor": "top", "text-offset": [0, 2.6]}
            trace = self._text(("label", "figure"), BOLD_FONT, self.palette.casualties, 12, **layout)
        # Plotly takes <br> for the end of a line here and knows no other markup.
        trace["text"].append(text.replace("\n", "<br>"))
        self._point(trace, at, pick)

    def legend(self, entry: Legend) -> None:
        """Note what was drawn, once."""
        if entry not in self.legends:
            self.legends.append(entry)
