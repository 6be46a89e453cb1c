"""What the gazetteer is made of: places with names, and which names are worth keeping."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

MAX_NAME = 60
JAPANESE = {"CJK", "HIRAGANA", "KATAKANA"}  # written together
_CODE = re.compile(r"[A-Z0-9]{2,4}")


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written, its days (`until` exclusive), and whether it may stand on a label.

    A `curated` one was written by hand: it stays whatever other names look like it.
    """

    name: str
    since: date | None = None
    until: date | None = None
    official: bool = False
    curated: bool = False

    @property
    def use(self) -> tuple[date | None, date | None, bool]:
        """What a name that is always used and never official leaves empty."""
        return self.since, self.until, self.official


@dataclass(frozen=True, slots=True)
class Entry:
    """One place, as `geodata.places.gazetteer.GazetteerPlace` describes it, with all its names.

    `part_of` is the id of the region or group of regions around it, `region` the name of that region.
    """

    place_id: str
    name: str
    lon: float | None
    lat: float | None
    feature: str
    country: str
    population: int
    radius_m: float
    source: str
    names: list[Name] = field(default_factory=list)
    region: str = ""
    part_of: str = ""


def names_worth_finding(names: Iterable[str]) -> list[Name]:
    """Return the names that people write so, each once."""
    return [Name(name) for name in dict.fromkeys(" ".join(name.split()) for name in names) if is_worth_finding(name)]


def is_worth_finding(name: str) -> bool:
    """Whether people write a name so: in one script, no machine transliteration, no code."""
    scripts = scripts_of(name)
    if not (len(scripts) == 1 or (scripts and scripts <= JAPANESE)) or len(name) > MAX_NAME:
        return False
    if any(char in name for char in ",،?;|") or _CODE.fullmatch(name):
        return False
    # GeoNames writes its machine transliterations ("a la mu tu") all in small letters.
    return scripts != {"LATIN"} or any(char.isupper() for char in name)


def scripts_of(name: str) -> set[str]:
    """Return the scripts that a name's letters are of."""
    letters = (char for char in name if unicodedata.category(char) in {"Lu", "Ll", "Lt", "Lo"})
    return {unicodedata.name(char, "").partition(" ")[0] for char in letters}
