"""ICEWS' coded events: sentences of news stories as a program coded them by CAMEO, who did what to whom.

Its point is that of the city, else of the district, the province or the country that it names. Programs that save its
table again write headings with points or underscores for blanks, and leave out the zeros that codes begin with.
"""

from __future__ import annotations

from geodata.importers.apart.levels import LEVELS
from geodata.importers.layouts.gdelt import ROOTS
from geodata.importers.layouts.layout import Layout, one
from geodata.importers.translate.meaning import Meaning, Parts

_MARKS = " ._"
_NEEDED = ("event date", "source name", "event text", "cameo code", "target name")
_CATEGORIES = dict.fromkeys(("01", "02", "03", "04", "05", "08", "10", "11", "12", "13", "16"), "political") | {
    "14": "protest",
    "15": "deployment",
    **dict.fromkeys(("18", "19", "20"), "clash"),
}
_FINER = {"173": "detention", "175": "clash"}  # arrests, violent repression


def _root(code: str) -> str:
    """The root of a CAMEO code of three digits or four, which may have lost its zero: "40" is 040, "841" is 0841."""
    return code[:2] if len(code) > 2 and code[:2] in ROOTS else f"0{code[0]}"


def _spelled(*names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.replace(" ", mark) for name in names for mark in _MARKS))


_CODES = {code: _root(code) for n in range(10, 2100) for code in (str(n), f"0{n}") if len(code) <= 4}

LAYOUT = Layout(
    name="icews",
    title="ICEWS",
    needed=frozenset(_NEEDED),
    or_needed=tuple(frozenset(name.replace(" ", mark) for name in _NEEDED) for mark in _MARKS[1:]),
    meaning=Meaning(
        columns={
            "event_id": Parts(_spelled("event id")),
            "date_start": Parts(_spelled("event date")),
            "category": Parts(_spelled("cameo code")),
            "event_type": Parts(_spelled("cameo code")),
            "sub_event_type": Parts(_spelled("event text")),
            "title": Parts(_spelled("event text", "source name", "target name"), ", "),
            "place": one("city"),
            "admin1": one("province"),
            "country": one("country"),
            "lon": one("longitude"),
            "lat": one("latitude"),
            "geo_precision": one(LEVELS),
            "actors": Parts(_spelled("source name", "target name"), "; "),
            "source": one("publisher"),
        },
        codes={
            "category": {code: _FINER.get(code[:3], _CATEGORIES.get(root, "other")) for code, root in _CODES.items()},
            "event_type": {code: ROOTS[root] for code, root in _CODES.items()},
        },
        id_prefix="icews-",
    ),
    credit="ICEWS Coded Event Data, doi.org/10.7910/DVN/28075",
    told=("Each row is a sentence of the news as a program coded it, and no event that anybody checked.",),
)
