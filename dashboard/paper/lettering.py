"""Type for the printed figure: the fonts, the width of a text before it is set, and lines broken to fit.

Texts are taken literally. What cannot be printed (control characters, marks that turn the direction of what
follows) becomes U+FFFD, so that it is seen and does nothing.
"""

from __future__ import annotations

import functools
import io
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import matplotlib as mpl
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.textpath import text_to_path

from dashboard.paper.right_to_left import held, is_shaped, runs_right
from geodata.language.language import RLM

FONTS = Path(__file__).parents[2] / "assets" / "fonts"
ELLIPSIS = "…"
MAX_SHOWN = 2_000  # characters of one text that are ever measured; no page has room for more
MOST_MEASURED = 5_000  # texts whose widths are kept
_UNITS = 2048
_SHAPED_PT = 100.0
# Blanks at which no line may break stay: they hold numbers, units and quotation marks together.
_BLANKS = re.compile(r"[^\S\u00a0\u202f]+")


@dataclass(frozen=True, slots=True)
class Face:
    """One font: its CSS family and weight, its file, the characters it has and the font to use for others."""

    family: str
    weight: int
    path: Path
    characters: frozenset[int]


@functools.cache
def faces() -> dict[bool, tuple[Face, ...]]:
    """By bold or not: Noto Sans, Noto Sans with Arabic letters, then matplotlib's DejaVu Sans for all others."""
    dejavu = Path(mpl.get_data_path()) / "fonts" / "ttf"

    def face(family: str, weight: int, path: Path) -> Face:
        return Face(family, weight, path, frozenset(open_font(path).get_charmap()))

    return {
        False: (
            face("Noto Sans", 400, FONTS / "NotoSans-Regular.ttf"),
            face("Sitrep Arabic", 400, FONTS / "SitrepArabic-Regular.ttf"),
            face("DejaVu Sans", 400, dejavu / "DejaVuSans.ttf"),
        ),
        True: (
            face("Noto Sans", 700, FONTS / "NotoSans-Bold.ttf"),
            face("Sitrep Arabic", 700, FONTS / "SitrepArabic-Bold.ttf"),
            face("DejaVu Sans", 700, dejavu / "DejaVuSans-Bold.ttf"),
        ),
    }


def open_font(path: Path) -> FT2Font:
    """A font read into memory: FreeType would keep a file open for as long as the font lives."""
    return FT2Font(io.BytesIO(path.read_bytes()))


def clean(text: str, right_to_left: bool = False) -> str:
    """The text in one line, with what cannot be printed or would turn the text around replaced by U+FFFD.

    On a page that is read from the right, right-to-left marks stay: they hold signs where they belong.
    """
    spaced = _BLANKS.sub(" ", text[: 20 * MAX_SHOWN]).strip()
    lost = {char for char in {*spaced} if _unprintable(char)} - {RLM if right_to_left else ""}
    return "".join("\ufffd" if char in lost else char for char in spaced) if lost else spaced


@functools.lru_cache(MOST_MEASURED)
def _unprintable(char: str) -> bool:
    kind = unicodedata.category(char)
    turns = unicodedata.bidirectional(char) in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    return turns or kind in {"Cc", "Cs", "Cn"} or char in "\u200e\u200f\u061c\ufffe\uffff"


@dataclass(frozen=True, slots=True)
class Lettering:
    """Measures and breaks texts."""

    right_to_left: bool = False

    def face(self, text: str, bold: bool = False) -> Face:
        """The first font that has every character of `text`, else the one that has the most."""
        return _face(text, bold)

    def properties(self, text: str, size: float, bold: bool = False) -> FontProperties:
        """What matplotlib needs to set `text` in `size` points."""
        return _properties(_face(text, bold), size)

    def width(self, text: str, size: float, bold: bool = False) -> float:
        """The width of one line in points."""
        return _width(text, bold, self.right_to_left) * size

    def directed(self, text: str) -> str:
        """The text as it is to be set: a line that runs from the right says so first, whatever it opens with."""
        return _directed(text, self.right_to_left)

    def fit(self, text: str, size: float, width: float, bold: bool = False) -> str:
        """The text, cut with an ellipsis where it is wider than `width` points."""
        return text if self.width(text, size, bold) <= width else self.cut(text, size, width, bold)

    def cut(self, text: str, size: float, width: float, bold: bool) -> str:
        """The text, cut to `width` points with an ellipsis."""
        text = text[: self.full_at(text, size, width, bold) + 1]
        while text and self.width(text + ELLIPSIS, size, bold) > width:
            text = text[:-1]
        return text.rstrip() + ELLIPSIS

    def wrap(self, text: str, size: float, width: float, max_lines: int, bold: bool = False) -> list[str]:
        """The text in at most `max_lines` lines of `width` points; an ellipsis says that there was more."""
        shown = clean(text, self.right_to_left)[:MAX_SHOWN]
        lines = [*_broken(self, shown, size, width, max_lines, bold)]
        return held(lines) if self.right_to_left else lines

    def balance(self, text: str, size: float, width: float, max_lines: int) -> list[str]:
        """A bold heading in as few lines as `wrap` needs, of about equal length."""
        lines = self.wrap(text, size, width, max_lines, bold=True)
        if len(lines) < 2 or lines[-1].endswith(ELLIPSIS):
            return lines
        for share in (0.6, 0.7, 0.8, 0.9):
            even = self.wrap(text, size, width * share, len(lines) + 1, bold=True)
            if len(even) == len(lines) and not even[-1].endswith(ELLIPSIS):
                return even
        return lines

    def full_at(self, word: str, size: float, width: float, bold: bool) -> int:
        """How many letters of a word go into `width` points."""
        face = self.face(word, bold)
        used = 0.0
        for position, char in enumerate(word):
            used += _advance(char, face.path) * size
            if used > width:
                return position
        return len(word)


# What is measured for one figure is measured for the next one too, and a page is tried in many ways.
@functools.lru_cache(MOST_MEASURED)
def _broken(lettering: Lettering, text: str, size: float, width: float, max_lines: int, bold: bool) -> tuple[str, ...]:
    words = text.split(" ")
    lines: list[str] = []
    line = ""
    while words:
        word = words.pop(0)
        longer = f"{line} {word}" if line else word
        if lettering.width(longer, size, bold) <= width:
            line = longer
            continue
        if not line:  # one word is wider than the line: break it where it is full
            cut = max(1, lettering.full_at(word, size, width, bold))
            line, rest = word[:cut], word[cut:]
            words[:0] = [rest] if rest else []
        else:
            words.insert(0, word)
        lines.append(line)
        line = ""
        if len(lines) == max_lines and words:
            lines[-1] = lettering.cut(f"{lines[-1]} {words[0]}", size, width, bold)
            return tuple(lines)
    return (*lines, line) if line else tuple(lines)


@functools.lru_cache(MOST_MEASURED)
def _face(text: str, bold: bool) -> Face:
    choices, characters = faces()[bold], {*map(ord, text)}
    whole = (face for face in choices if characters <= face.characters)
    return next(whole, None) or min(choices, key=lambda face: sum(ord(char) not in face.characters for char in text))


@functools.lru_cache(MOST_MEASURED)
def _width(text: str, bold: bool, right_to_left: bool) -> float:
    """The width of one line in ems."""
    face = _face(text, bold)
    if not is_shaped(text):
        return sum(_advance(char, face.path) for char in text)
    properties = _properties(face, _SHAPED_PT)
    width, _, _ = text_to_path.get_text_width_height_descent(_directed(text, right_to_left), properties, ismath=False)
    return float(width / _SHAPED_PT)


@functools.lru_cache(MOST_MEASURED)
def _advance(char: str, path: Path) -> float:
    """The width of a character in ems."""
    font = _measured(path)
    return float(
        font.load_glyph(font.get_char_index(ord(char)), LoadFlags.NO_HINTING).linearHoriAdvance / 65536 / _UNITS
    )


@functools.cache
def _measured(path: Path) -> FT2Font:
    font = open_font(path)
    font.set_size(_UNITS, 72)
    return font


def _properties(face: Face, size: float) -> FontProperties:
    return FontProperties(family=[face.family], weight=face.weight, fname=face.path, size=size)


def _directed(text: str, right_to_left: bool) -> str:
    return RLM + text if right_to_left and runs_right(text) else text
