"""What a name of a place says by its letters alone: that it is none, what it lies in, and an id."""

from __future__ import annotations

import hashlib
import re

from geodata.places.folding import fold
from geodata.places.geocoder import Candidate
from geodata.places.wording import is_number

_CODE = 2  # letters, which are no name
_PARTS_OF_THE_WORLD = (
    "Africa|Asia|Europe|America|Americas|North America|South America|Central America|Latin America|Oceania|"
    "Antarctica|Middle East|Near East|World|Worldwide|Global|International|Afrika|Asien|Europa|Amerika|Welt|"
    "Afrique|Asie|Amérique|Monde|África|América|Mundo|Африка|Азия|Европа|Америка|Азія|Європа|Мир|"
    "أفريقيا|إفريقيا|آسيا|أوروبا|أمريكا|العالم"
)
_WORLD = frozenset(map(fold, _PARTS_OF_THE_WORLD.split("|")))


def tails(name: str) -> tuple[str, ...]:
    """What a name is said to be in, "Maule" of "Colín, Maule": its ends behind each comma, the longest first."""
    parts = [part.strip() for part in name.split(",")]
    ends = (", ".join(parts[start:]) for start in range(1, len(parts)) if parts[start])
    return tuple(end for end in ends if not is_number(end))


def says_nothing(name: str, best: Candidate | None) -> bool:
    """Whether a bare name is a part of the world, or two letters that are no country's, as "UK" is."""
    is_code = len(name) <= _CODE and name.isascii() and name.isupper()
    return fold(name) in _WORLD or (is_code and not (best and best.feature == "country"))


def slug(text: str) -> str:
    """A text as a part of an id: its letters and digits, with a hyphen for anything between them."""
    return re.sub(r"[\W_]+", "-", text)[:120].strip("-") or "x"


def text_id(text: str) -> str:
    """A text as an id: its slug, and where that says less than the text, six digits that only the text has."""
    found = slug(text)
    return found if found == text else f"{found}-{hashlib.sha256(text.encode()).hexdigest()[:6]}"
