"""The map as one HTML file that needs no network and no server: hover, zoom, layers, categories and days work in it.

What the file can show is decided when it is made: the events that the filter keeps. Inside it, narrowing by category
and days is a selection among them, made by the script of `standalone/` over the data that the file carries.
"""

from __future__ import annotations

import gzip
import hashlib
import html
import json
import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from string import Template
from typing import Any

from dashboard.choice.request import FigureRequest
from dashboard.layers import LAYERS
from dashboard.layers.country import tolls
from dashboard.report import caption
from dashboard.scene.canvas import Legend
from dashboard.scene.hovers import say_events, say_here, say_more
from dashboard.scene.scene import Scene, category_of, layer_of
from dashboard.scene.theme import ARROW, GLYPHS, Palette
from dashboard.scene.words import CATEGORY_NAMES
from dashboard.screen.camera import boxes_of, fit
from dashboard.screen.maplibre import MOST_LINES, SOURCE, Screen
from dashboard.screen.marks import layer_trace
from dashboard.screen.offline import WORKER_AS_DATA, font_address, offline_style
from geodata.errors import ChoiceError
from geodata.language.language import Language
from geodata.phrases import phrase
from geodata.places.boundaries import BUNDLED
from geodata.places.spatial import narrowest
from geodata.record.model import CATEGORIES, Event, Source
from geodata.store.store import Store

COUNTED = "\0"  # where the file's script puts how many events are kept, out of `counted`
COMMON_SIZE = (1100.0, 760.0)  # px; the file's script fits the map to the window it finds
LAYER_WORDS = {
    "country": phrase("Country-wide"),
    "precision": phrase("Place precision"),
    "labels": phrase("Place names"),
    "casualties": phrase("Casualties"),
}
HERE = Path(__file__).parent / "standalone"
ASSETS = Path(__file__).parents[2] / "assets"
SCRIPTS = (
    ASSETS / "vendor" / "plotly" / "plotly.min.js", ASSETS / "map" / "traces.mjs", ASSETS / "page" / "tags.js",
    HERE / "file.js",
)  # fmt: skip
# What the file's letters are made of; the other ranges of Inter cost more than they are worth in a file.
INTER = {"inter-latin.woff2": "U+0000-00FF, U+0131, U+0152-0153, U+02BB-02DC, U+2000-206F, U+20AC, U+2122, U+2191-2193",
         "inter-cyrillic.woff2": "U+0301, U+0400-045F, U+0490-0491, U+04B0-04B1, U+2116",
         "inter-cyrillic-ext.woff2": "U+0460-048F, U+0492-04AF, U+04B2-052F"}  # fmt: skip


def check(request: FigureRequest) -> None:
    """Refuse what a map for the browser cannot be; raises ChoiceError."""
    if request.options.each or request.options.arrange == "page":
        raise ChoiceError(
            "each", "A .html holds one map, in which the reader chooses the days and categories: leave out each and "
            "arrange, or choose another format for a series."
        )  # fmt: skip
    if request.view.theme == "grey":
        raise ChoiceError("theme", "A .html is drawn in the theme light or dark: grey is for print.")


def html_file(store: Store, request: FigureRequest) -> bytes:
    """The map of a choice as one HTML file in UTF-8. It holds the kept events only. Raises ChoiceError as `check`.

    Of the options it takes title, theme, language and the date; sizes, panels and the frame are for paper.
    """
    check(request)
    options, theme = request.options, request.view.theme or "light"
    # Readers of the file choose categories and days: each symbol and toll is one event's or category's.
    scene = replace(Scene.of(store, request.where, request.view, request.view.language), apart=True)
    canvas = Screen.of(scene, theme)
    title = options.title or caption.default_title(scene)
    payload = Payload(scene, canvas, theme).content()
    body = _body(scene, canvas.legends, title, options.made_on or date.today())
    scripts = [WORKER_AS_DATA, *map(_script, SCRIPTS)]
    policy = _policy(scripts)
    language, direction = scene.language.code, "rtl" if scene.language.right_to_left else "ltr"
    style = _fonts() + _colors(canvas.palette, theme) + (HERE / "file.css").read_text(encoding="utf-8")
    parts = [
        f'<!DOCTYPE html>\n<html lang="{language}" dir="{direction}" data-theme="{theme}">\n<head>\n',
        f'<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{policy}">\n',
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
        f"<title>{html.escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n{body}",
        f'<script type="application/gzip" id="data">{_packed(payload)}</script>\n',
        *(f"<script>{_in_page(script)}</script>\n" for script in scripts),
        "</body>\n</html>\n",
    ]
    return "".join(parts).encode()


def _script(path: Path) -> str:
    """A script, which in one file cannot be a module of others."""
    text = path.read_text(encoding="utf-8")
    return re.sub("^export (?=function)", "", text, flags=re.MULTILINE) if path.suffix == ".mjs" else text


def _packed(content: object) -> str:
    """JSON, compressed, in letters of which none ends a page's script element."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return b64encode(gzip.compress(text.encode(), mtime=0)).decode()


def _in_page(script: str) -> str:
    assert "</script" not in script.lower()
    assert "<!--" not in script
    return script


def _policy(scripts: list[str]) -> str:
    hashes = " ".join(f"'sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in scripts)
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data: blob:; font-src data:; "
        "connect-src data:; worker-src data:; base-uri 'none'; form-action 'none'"
    )


def _fonts() -> str:
    def face(file: str, letters: str) -> str:
        content = b64encode((ASSETS / "fonts" / file).read_bytes()).decode()
        look = f'font-family:"Inter";font-weight:100 900;unicode-range:{letters}'
        return f"@font-face{{{look};src:url(data:font/woff2;base64,{content})}}"

    signs = font_address("Sitrep Symbols", "".join(sorted({*GLYPHS.values(), ARROW})))
    symbols = f'@font-face{{font-family:"Sitrep Symbols";src:url({signs})}}'
    return "".join(face(file, letters) for file, letters in INTER.items()) + symbols


def _colors(colors: Palette, theme: str) -> str:
    names = ("page", "surface", "hairline", "ink", "muted", "accent", "land", "water", "casualties")
    rules = [f"--{name}:{getattr(colors, name)}" for name in names]
    rules += [f"--{name}:{color}" for name, color in colors.categories.items()]
    return f":root{{{';'.join(rules)};color-scheme:{theme}}}"


class Payload:
    """What the file's script reads: the figure, its marks with the events behind them, and what each event tells."""

    def __init__(self, scene: Scene, canvas: Screen, theme: str) -> None:
        self.scene, self.canvas, self.theme = scene, canvas, theme
        self.spots = {
            (layer_of(spot.category), round(spot.place.point[0], 5), round(spot.place.point[1], 5)): spot
            for spot in scene.spots
            if spot.place.point
        }
        self.events_at: dict[tuple[float, float], list[str]] = {}
        for event in scene.result.events:
            for place in scene.result.places_of(event):
                if place.point:
                    at = (round(place.point[0], 5), round(place.point[1], 5))
                    self.events_at.setdefault(at, []).append(event.event_id)

    def content(self) -> dict[str, Any]:
        """As plain values for JSON."""
        scene, canvas = self.scene, self.canvas
        marks = [self._mark(feature) for feature in canvas.features]
        boxes = boxes_of(scene)
        style = offline_style(scene.store, self.theme, canvas.features)
        style["sources"][SOURCE]["data"] = {"type": "FeatureCollection", "features": []}
        camera = fit(boxes, *COMMON_SIZE)
        layout = {
            "map": {"style": style, "center": {"lon": camera.lon, "lat": camera.lat}, "zoom": camera.zoom},
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0}, "paper_bgcolor": canvas.palette.page, "uirevision": "map",
            "showlegend": False, "hovermode": False, "clickmode": "none", "dragmode": "pan",
        }  # fmt: skip
        # As on the page: a trace for each layer, which the script fills with the places of its marks, and one that is
        # always there, for which Plotly makes a map.
        anchor = layer_trace("", "") | {"visible": True, "lon": [None], "lat": [None]}
        traces = [layer_trace(name, scene.language.say(layer.title)) for name, layer in LAYERS.items()]
        say = scene.language.say
        total, most_here = len(scene.result.events), max(map(len, scene.events_at.values()), default=0)
        west, east = narrowest((box[0], box[2]) for box in boxes)
        return {
            "figure": {"data": [*traces, anchor], "layout": layout},
            "marks": marks,
            "picks": canvas.picks,
            "events": [self._event(event) for event in scene.result.events],
            "tags": [*self._tags()],
            "most_lines": MOST_LINES,
            "bounds": [west, min(box[1] for box in boxes), east, max(box[3] for box in boxes)],
            "days": [str(day) for day in days_of(scene)],
            "counts": [say("showing {shown} of {total} events", shown=n, total=total) for n in range(total + 1)],
            "counted": [say_events(n, scene.language) for n in range(most_here + 1)],
            "sum": total,
        }

    def _mark(self, feature: dict[str, Any]) -> dict[str, Any]:
        """A feature with the events behind it, of which one must be kept for it to be shown: by the number of a pick,
        which has the lines that it tells too, or as `ids`."""
        look = dict(feature["properties"])
        at = feature["geometry"]["coordinates"]
        if "pick" in look:
            spot = self.spots.get((look.get("layer", ""), *at)) if look["kind"] == "glyph" else None
            if spot and look["text"] != ARROW:
                here = self.scene.events_at[spot.place]
                name = self.scene.language.place(spot.place, here[0].date_start)
                head = say_here(name, COUNTED, self.scene.language)
                look |= {"here": [event.event_id for event in here], "head": head}
        elif look["kind"] == "name":
            look["ids"] = self.events_at.get((at[0], at[1]), [])
        elif look.get("layer") == "casualties":  # the spokes of a toll lie before the mark that tells of it
            look["ids"] = self._next_ids(feature)
        return {"type": "Feature", "properties": look, "geometry": feature["geometry"]}

    def _next_ids(self, feature: dict[str, Any]) -> list[str]:
        after = self.canvas.features[feature["properties"]["order"] + 1 :]
        pick = next(f["properties"]["pick"] for f in after if "pick" in f["properties"])
        return [*self.canvas.picks[pick]["ids"]]

    def _event(self, event: Event) -> dict[str, Any]:
        scene = self.scene
        off_map = "" if scene.has_point(event) else caption.say_off_map(event, scene.language)
        return {
            "id": event.event_id, "category": event.category, "layer": layer_of(event.category), "title": event.title,
            "from": str(event.date_start), "to": str(event.date_end), "glyph": GLYPHS[event.category],
            "lines": [*scene.hover(event)], "off_map": off_map,
        }  # fmt: skip

    def _tags(self) -> Iterator[dict[str, Any]]:
        if "country" not in self.scene.layers:
            return
        language = self.scene.language
        # Each kind of figure stands on a tag while its layer is shown.
        alone = {layer: replace(self.scene, layers=(layer,)) for layer in ("casualties", "detentions")}
        for code, events in self.scene.country_wide.items():
            at = BUNDLED.country_top(code)
            if at is None:
                continue
            name = language.country(code)
            heads = [
                language.say("{country}, country-wide: {count}", country=name,
                             count=language.count("{count} event", "{count} events", n))
                for n in range(len(events) + 1)
            ]  # fmt: skip
            lines = [
                {"id": event.event_id, "layer": layer, "text": text}
                for event in events
                for layer, of_layer in alone.items()
                if layer in self.scene.layers
                for text in tolls(of_layer, (event,))
            ]
            ids = [event.event_id for event in events]
            more = [say_more(n, language) for n in range(len(lines) + 1)]
            yield {"lon": at[0], "lat": at[1], "code": code, "ids": ids, "heads": heads, "lines": lines, "more": more}


def days_of(scene: Scene) -> tuple[date, date]:
    """The first and the last day on which a kept event may have happened; the store's own without one."""
    events = scene.result.events
    if not events:
        return scene.store.span
    return min(event.date_start for event in events), max(event.date_end for event in events)


def _body(scene: Scene, legends: Sequence[Legend], title: str, made_on: date) -> str:
    """What stands on the page before its script runs: `body.html` with the texts of the scene, all escaped."""
    say, language, esc = scene.language.say, scene.language, html.escape
    first, last = days_of(scene)
    counts = Counter(event.category for event in scene.result.events)
    facts = [
        caption.say_hidden(scene),
        say("Data version {version}", version=scene.store.version),
        say("Made on {day}", day=language.day(made_on)),
        caption.say_credits(scene),
        say(caption.LICENCES),
    ]
    words = {
        "title": title,
        "filter": scene.result.where.describe(language),
        "alt": caption.alt_text(scene, title),
        "zoom_in": say("Zoom in"),
        "zoom_out": say("Zoom out"),
        "first_day": say("First day"),
        "last_day": say("Last day"),
        "first": str(first),
        "last": str(last),
        "say_categories": say("Categories"),
        "say_days": say("Days"),
        "say_legend": say("Legend"),
        "say_off_map": say("Not on the map"),
        "say_sources": say("Sources"),
        "say_about": say("About this figure"),
    }
    markup = {
        "categories": "".join(_category_row(name, counts[name], language) for name in CATEGORIES if counts[name]),
        "layers": "".join(_layer_row(name, language) for name in LAYERS if name in scene.layers),
        # what the signs of the rows do not say
        "looks": "".join(_look(entry) for entry in legends if entry.kind != "glyph"),
        "sources": "".join(_source(source, language) for source in caption.sources_of(scene)),
        "about": "".join(f"<p>{esc(fact)}</p>" for fact in facts if fact),
    }
    template = Template((HERE / "body.html").read_text(encoding="utf-8"))
    return template.substitute({name: esc(text) for name, text in words.items()} | markup)


def _category_row(name: str, count: int, language: Language) -> str:
    words = html.escape(_capital(language.say(CATEGORY_NAMES[name])))
    return (
        f'<label class="row"><input type="checkbox" checked data-category="{name}">'
        f'<span class="glyph" style="color:var(--{name})">{GLYPHS[name]}</span><span class="words">{words}</span>'
        f'<span class="count" data-count="{name}">{count}</span></label>'
    )


def _layer_row(name: str, language: Language) -> str:
    category = category_of(name)
    sign = f' style="color:var(--{category})">{GLYPHS[category]}' if category else ">"
    words = LAYER_WORDS.get(name) or (CATEGORY_NAMES[category] if category else LAYERS[name].title)
    said = LAYERS[name].title if language.code == "en" else _capital(language.say(words))
    return (
        f'<label class="row"><input type="checkbox" checked data-layer="{name}">'
        f'<span class="swatch swatch-{name}"{sign}</span><span class="words">{html.escape(said)}</span></label>'
    )


def _look(entry: Legend) -> str:
    kind = entry.kind.replace(" ", "-")
    return (
        f'<p><span class="look look-{kind}" style="--look:{entry.color}"></span>'
        f"<span>{html.escape(entry.text)}</span></p>"
    )


def _source(source: Source, language: Language) -> str:
    address = f'<span class="address">{html.escape(source.url)}</span>' if source.url else ""
    return f"<li>{html.escape(caption.say_source(source, language))}{address}</li>"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
