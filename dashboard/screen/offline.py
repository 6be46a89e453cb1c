"""The base map without a server: a style that carries its own countries, names and letters, for files and notebooks."""

from __future__ import annotations

import io
import json
from base64 import b64encode
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from dashboard.layers import LAYERS
from dashboard.scene.theme import ARROW, GLYPHS, palette
from dashboard.screen.basemap import COARSE, focus_countries, style
from dashboard.screen.maplibre import BOLD_FONT, GLYPH_FONT, SOURCE, TEXT_FONT, Feature
from geodata.store.store import Store

ROOT = Path(__file__).parents[2]
BASEMAP = ROOT / "geodata" / "data" / "basemap"
FONTS = {
    TEXT_FONT: ROOT / "assets" / "fonts" / "NotoSans-Regular.ttf",
    BOLD_FONT: ROOT / "assets" / "fonts" / "NotoSans-Bold.ttf",
    GLYPH_FONT: ROOT / "assets" / "fonts" / "SitrepSymbols.ttf",
}
# Two fifths of the base map's bytes, seen from close by only.
LEFT_OUT = "rivers"
# Chromium starts no worker from a blob: in a page of file:, and the map of Plotly stays empty without a word. The
# same code as a data: address starts everywhere.
WORKER_AS_DATA = """(() => {
  const texts = new WeakMap();
  const Plain = window.Blob;
  window.Blob = class Blob extends Plain {
    constructor(parts = [], options = {}) {
      super(parts, options);
      const script = /javascript/.test(options.type) && parts.every((part) => typeof part === "string");
      if (script) texts.set(this, parts.join(""));
    }
  };
  const make = URL.createObjectURL;
  URL.createObjectURL = (blob) => {
    const text = texts.get(blob);
    return text === undefined ? make.call(URL, blob) : `data:text/javascript;charset=utf-8,${encodeURIComponent(text)}`;
  };
})();
"""


def offline_style(store: Store, theme: str, marks: Iterable[Feature]) -> dict[str, Any]:
    """The page's MapLibre style for a store, with everything in it: base map, letters, no address of any server.

    `theme` is "light" or "dark". `marks` are the features that will be shown, whose letters are wanted; the source of
    marks itself is empty.
    """
    names = {name for place in store.places for name in place.all_names()}
    names |= {country.name for country in store.countries if country.named}
    found = style(palette(theme), focus_countries(store), names)
    del found["sources"][LEFT_OUT]
    found["layers"] = [layer for layer in found["layers"] if layer.get("source") != LEFT_OUT]
    for name, source in found["sources"].items():
        if name != SOURCE:
            source["data"] = base_map(f"coarse/{name}" if name in COARSE else name)
    texts = [feature["properties"].get("text", "") for feature in marks]
    labels = [text for feature in found["sources"]["labels"]["data"]["features"]
              for text in (feature["properties"]["name"], feature["properties"]["local"])]  # fmt: skip
    letters = "".join(sorted(set().union(" ", *texts, *labels)))
    bold = "".join(sorted(set().union(" ", *texts)))
    signs = "".join(sorted({*GLYPHS.values(), ARROW}))
    del found["glyphs"]
    found["font-faces"] = {
        TEXT_FONT: font_address(TEXT_FONT, letters),
        BOLD_FONT: font_address(BOLD_FONT, bold),
        GLYPH_FONT: font_address(GLYPH_FONT, signs),
    }
    return found


def base_map(name: str) -> Feature:
    """A file of the bundled base map as GeoJSON."""
    content: Feature = json.loads((BASEMAP / f"{name}.geojson").read_text(encoding="utf-8"))
    return content


@lru_cache(maxsize=16)
def font_address(font: str, letters: str) -> str:
    """A font of the map as a data: address, cut down to the letters that are used."""
    from fontTools import subset  # noqa: PLC0415 (only a file without a server needs it)

    options = subset.Options(hinting=False, notdef_outline=True)
    options.drop_tables += ["FFTM", "GDEF", "GPOS", "GSUB"]
    cutter = subset.Subsetter(options)
    cutter.populate(text=letters)
    buffer = io.BytesIO()
    with subset.load_font(str(FONTS[font]), options) as opened:
        cutter.subset(opened)
        subset.save_font(opened, buffer, options)
    return f"data:font/ttf;base64,{b64encode(buffer.getvalue()).decode()}"


def shown_layers(style: dict[str, Any], layers: Iterable[str]) -> dict[str, list[Any]]:
    """Filters of the style's mark layers, by their ids, that show only the marks of some layers of the catalogue."""
    wanted = set(layers)
    chosen = [name for name in LAYERS if name in wanted]
    filters = {}
    for layer in style["layers"]:
        if layer["id"].startswith("marks-"):
            kind = layer["id"].removeprefix("marks-")
            of_layers = ["in", ["get", "layer"], ["literal", chosen]]
            filters[layer["id"]] = ["all", ["==", ["get", "kind"], kind], of_layers]
    return filters
