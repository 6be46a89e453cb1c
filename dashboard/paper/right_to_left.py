"""Lines that run from the right: how they are broken, and in which parts they are set.

A right-to-left mark (RLM) in a line parts it: what stands between two marks keeps together, whatever is around it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from geodata.language.language import RLM

LRM = "\u200e"
# Hebrew, Arabic, Syriac and their kin.
_LETTERS = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe]")
_NUMBER_OR_SIGN = re.compile(r"\d+(?:[.,:/]\d+)*|.", re.DOTALL)
_BRACKETS = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")


def is_shaped(text: str) -> bool:
    """Whether letters of a text join or run from the right, so that its width is not the sum of theirs."""
    return _LETTERS.search(text) is not None


def runs_right(text: str) -> bool:
    """Whether a line of a page that is read from the right runs so too: all do but those of Latin letters alone."""
    return is_shaped(text) or RLM in text


def held(lines: Sequence[str]) -> list[str]:
    """The lines of a broken text with marks where a break lies within Latin words, which keep their commas so."""
    kept = list(lines)
    for number, (line, after) in enumerate(pairwise(lines)):
        if _strong(line)[-1:] == ["L"] and _strong(after)[:1] == ["L"]:
            kept[number] += LRM
            kept[number + 1] = LRM + kept[number + 1]
    return kept


def parts(line: str) -> list[str]:
    """The parts of a line from right to left, each set by itself; no line breaks there, so all blanks are plain."""
    found = [part for part in line.replace(LRM, "").replace("\u00a0", " ").split(RLM) if part]
    return [_settled(part) for part in found]


def _settled(part: str) -> str:
    strong = _strong(part)
    if not strong:  # signs and numbers, of which nobody can tell that they run from the right
        return "".join(sign.translate(_BRACKETS) for sign in reversed(_NUMBER_OR_SIGN.findall(part)))
    return RLM + part if strong[0] == "L" and is_shaped(part) else part


def _strong(text: str) -> list[str]:
    """The directions of the letters and marks that have one: "L", "R", "AL"."""
    return [kind for char in text if (kind := unicodedata.bidirectional(char)) in ("L", "R", "AL")]
