"""The HTML around the page: icon, what is loaded early, the palettes as CSS variables."""

from __future__ import annotations

import html

from dashboard.page import ids
from dashboard.scene.theme import DARK, LIGHT
from geodata.language.language import Language

ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E"
    "%3Crect width='16' height='16' rx='4' fill='%231f5fbf'/%3E"
    "%3Cpath d='M8 3.2 12.4 12H3.6z' fill='%23fff'/%3E%3C/svg%3E"
)
# What Dash asks for when its scripts have run, and the glyph files that the first map needs: symbols cannot be drawn
# before they load.
EARLY = (
    "/_dash-layout",
    "/_dash-dependencies",
    "/assets/glyphs/Sitrep%20Symbols/9472-9727.pbf",
    "/assets/glyphs/Sitrep%20Symbols/9984-10239.pbf",
    "/assets/glyphs/Noto%20Sans%20Regular/0-255.pbf",
    "/assets/glyphs/Noto%20Sans%20Regular/1024-1279.pbf",
    "/assets/glyphs/Noto%20Sans%20Bold/0-255.pbf",
)
PLOTLY = "/assets/vendor/plotly/plotly.min.js"
MODULES = tuple(
    f"/assets/map/{name}.mjs"
    for name in ("map", "plot", "marks", "cells", "traces", "frames", "hover", "tags", "camera", "select", "state")
)


def index(language: Language) -> str:
    """Dash's page around ours: its icon, Plotly and the map's modules, which do not wait for Dash, and the palettes as
    CSS variables, so that the style sheet and the figures share one table of colours."""
    rules = []
    for scheme, colors in (("light", LIGHT), ("dark", DARK)):
        names = ("page", "surface", "hairline", "ink", "muted", "accent", "land", "water", "casualties")
        values = {name: getattr(colors, name) for name in names} | colors.categories
        body = ";".join(f"--{name}:{value}" for name, value in values.items())
        rules.append(f':root[data-mantine-color-scheme="{scheme}"]{{{body};color-scheme:{scheme}}}')
    modules = "".join(f'<link rel="modulepreload" href="{address}">\n' for address in MODULES)
    early = "".join(f'<link rel="preload" as="fetch" crossorigin href="{address}">\n' for address in EARLY)
    without = html.escape(language.say("Sitrep Map draws its page with JavaScript, which is off in this browser."))
    direction = ' dir="rtl"' if language.right_to_left else ""
    return f"""<!DOCTYPE html>
<html lang="{language.code}"{direction}>
<head>
{{%metas%}}
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{%title%}}</title>
<link rel="icon" href="{ICON}">
<link rel="preload" as="script" href="{PLOTLY}">
{modules}{early}{{%css%}}
<style>{"".join(rules)}</style>
</head>
<body>
<script async id="{ids.PLOTLY_SCRIPT}" src="{PLOTLY}"></script>
<script type="module" async src="{MODULES[0]}"></script>
{{%app_entry%}}
<noscript>{without}</noscript>
<footer>{{%config%}}{{%scripts%}}{{%renderer%}}</footer>
</body>
</html>
"""
