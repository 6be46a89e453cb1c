"""The names under which the files of a reader are kept, made safe."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from itertools import count

from geodata.errors import ChoiceError

MOST_LETTERS = 80
SHAPE, BESIDE = ".shp", (".shx", ".dbf", ".prj", ".cpg")
# Names of devices on Windows, with any suffix.
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def safe_name(name: str) -> str:
    """A name for a file from one that a browser gave: letters, digits and a few marks, no folder, no device.

    The suffix stays; of a long name the middle goes.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(letter if letter.isalnum() or letter in " ._-()+" else "_" for letter in last)
    kept = re.sub(r"\s+", " ", kept).strip(" ._-")
    if not kept or _DEVICE.match(kept):
        kept = f"data-{kept}".rstrip("-")
    stem, dot, suffix = kept.rpartition(".")
    if len(kept) <= MOST_LETTERS or not dot or len(suffix) > 12:
        return kept[:MOST_LETTERS]
    return f"{stem[: MOST_LETTERS - len(suffix) - 1].rstrip(' ._-')}.{suffix}"


def unused_name(name: str, used: Collection[str]) -> str:
    """The name, or the first with a number behind it that is not used: "events (2).csv". Case makes no difference."""
    taken = {each.casefold() for each in used}
    stem, dot, suffix = name.rpartition(".")
    stem, suffix = (stem, f".{suffix}") if dot else (name, "")
    names = (name if number == 1 else f"{stem} ({number}){suffix}" for number in count(1))
    return next(each for each in names if each.casefold() not in taken)


def main_of(names: Sequence[str]) -> int:
    """Which of some files that are given together is the one to open: of a shapefile its .shp, else the only one.

    Raises ChoiceError where it is none of them.
    """
    lower = [name.lower() for name in names]
    mains = [number for number, name in enumerate(lower) if not name.endswith(BESIDE)] or [*range(len(names))]
    stem = lower[mains[0]].removesuffix(SHAPE) if len(mains) == 1 else ""
    if len(names) > 1 and not (stem and all(name in {stem + end for end in (SHAPE, *BESIDE)} for name in lower)):
        expected = f"one, or a shapefile with {', '.join(BESIDE)}"
        raise ChoiceError("files", f"{len(names)} files are given (expected {expected}).")
    return mains[0]
