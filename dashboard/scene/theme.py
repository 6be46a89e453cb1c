"""Colours, shapes and type of the page and of the figures, light and dark."""

from __future__ import annotations

from dataclasses import dataclass

THEMES = ("light", "dark")
# Category -> shape. The glyphs are in the bundled font "Sitrep Symbols"; the names are matplotlib's markers.
GLYPHS = {"deployment": "■", "clash": "▲", "protest": "●", "detention": "◆", "political": "✚", "other": "○"}
ARROW = "▶"


@dataclass(frozen=True, slots=True)
class Palette:
    """One theme's colours (CSS hex). Category colours are Okabe-Ito's, at least 3:1 against `land`.

    `ramp` is for numbers, from few to many, `toll_ramp` for those of the killed, `unknown` where there is none.
    """

    page: str
    surface: str
    hairline: str
    ink: str
    muted: str
    accent: str
    land: str
    focus: str
    water: str
    border: str
    label: str
    casualties: str
    categories: dict[str, str]
    ramp: tuple[str, ...]
    toll_ramp: tuple[str, ...]
    unknown: str


LIGHT = Palette(
    page="#ffffff",
    surface="#f7f6f3",
    hairline="#e4e2dc",
    ink="#1c1e21",
    muted="#62666d",
    accent="#1f5fbf",
    land="#f3f1ec",
    focus="#fbfaf7",
    water="#dfe7ea",
    border="#c9c3b6",
    label="#6d6a63",
    casualties="#7a1f3d",
    categories={
        "deployment": "#0072b2",
        "clash": "#d55e00",
        "protest": "#a87600",
        "detention": "#8b4a9c",
        "political": "#00795a",
        "other": "#6d6a63",
    },
    ramp=("#cfdcf0", "#a9c2e6", "#7da2d6", "#5081c2", "#2a5ea6", "#123d7c"),
    toll_ramp=("#f0d5dc", "#e2aebc", "#cd8296", "#b25773", "#943453", "#691834"),
    unknown="#d6d1c5",
)
DARK = Palette(
    page="#15171a",
    surface="#1c1f23",
    hairline="#2c3036",
    ink="#e8e6e1",
    muted="#9aa0a8",
    accent="#6ea3ee",
    land="#22262b",
    focus="#2a2f35",
    water="#171b20",
    border="#474d55",
    label="#a5a8ad",
    casualties="#d9708f",
    categories={
        "deployment": "#4aa8e0",
        "clash": "#f08040",
        "protest": "#e0a92e",
        "detention": "#c08ad0",
        "political": "#35b592",
        "other": "#a5a8ad",
    },
    ramp=("#2c4166", "#36568c", "#4470b6", "#6190db", "#90b6f2", "#cfe1ff"),
    toll_ramp=("#54293a", "#7a3650", "#a3476a", "#c76787", "#e496ae", "#f8cfdb"),
    unknown="#3b4048",
)


def palette(theme: str) -> Palette:
    """The palette of one of `THEMES`."""
    return DARK if theme == "dark" else LIGHT


# Categories differ by shape; the greys are dark enough for a photocopy.
GREY = Palette(
    page="#ffffff", surface="#f6f6f6", hairline="#dddddd", ink="#1a1a1a", muted="#5c5c5c", accent="#555555",
    land="#f2f2f2", focus="#fafafa", water="#e0e0e0", border="#bdbdbd", label="#666666", casualties="#3d3d3d",
    categories={
        "deployment": "#4d4d4d", "clash": "#111111", "protest": "#6b6b6b", "detention": "#3a3a3a",
        "political": "#555555", "other": "#767676",
    },
    ramp=("#dedede", "#bfbfbf", "#9c9c9c", "#777777", "#515151", "#2b2b2b"),
    toll_ramp=("#dedede", "#bfbfbf", "#9c9c9c", "#777777", "#515151", "#2b2b2b"), unknown="#ffffff",
)  # fmt: skip
PALETTES = {"light": LIGHT, "dark": DARK, "grey": GREY}
