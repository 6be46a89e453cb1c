"""The places that bear a name or one that resembles it, each with how sure that is."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from geodata.places.folding import fold, has_article, spellings_of_endings, spellings_with_article
from geodata.places.gazetteer import SETTLEMENTS, Gazetteer, Match
from geodata.places.ranking import Scored
from geodata.places.surroundings import Surroundings

# How sure a kind of match is.
_OFFICIAL = 1.0  # written as the name of that day
_OTHER = 0.98  # written as another name of the place
_FOLDED = 0.9  # only the spelling differs, in case, marks or transliteration
_UNMARKED = 0.5  # of "San José", where that is a name, what is called San Jose
_MARKED_SHARE = 10  # times the people of the city that is written so
_ALIKE_FROM = 0.8  # of 1: two spellings of one name
_NEAR = 0.6  # another spelling that resembles it, times the resemblance
_NEAR_FROM = 0.88  # of 1: one letter too many or too few, or one wrong among nine
_NEAR_LETTERS = 7  # shorter names resemble too many others
_NEAR_PEOPLE = 5_000  # some village somewhere resembles almost anything
_QUARTERS = Path(__file__).parents[1] / "data" / "gazetteer" / "quarters.csv"
# Whose towns few lists call by what they were called before.
_KEEPING_NAMES = {"US", "CA", "AU"}
# Where names begin with the Arabic article, which is written in many ways.
_ARABIC = {
    *("AE", "BH", "DJ", "DZ", "EG", "EH", "ER", "IL", "IQ", "IR", "JO", "KM", "KW", "LB", "LY", "MA", "MR", "OM", "PS"),
    *("QA", "SA", "SD", "SO", "SS", "SY", "TD", "TN", "YE"),
}


def called_city(gazetteer: Gazetteer, name: str, day: date, around: Iterable[Surroundings]) -> list[Scored]:
    """Return the settlements in `around` whose name is that with "City" behind it: Iowa City in "Iowa, Iowa", which no
    other settlement there is called."""
    full = fold(f"{name} city")
    return [m for m in bearing(gazetteer, {full}, set(), day, around) if m.is_own and fold(m.place.name) == full]


def bearing(
    gazetteer: Gazetteer, folded: Iterable[str], as_written: set[str], day: date, around: Iterable[Surroundings]
) -> list[Scored]:
    """Return the places in `around` with a name that folds to one of `folded`.

    `as_written` are the names before that, casefolded: a place that is called exactly so is meant more surely, and most
    if it was on `day`.
    """
    texts = set(folded)
    found = gazetteer.find(texts)
    around = list(around)
    is_open = not any(all(each.hold(match.place) for each in around) for match in found.values())
    # An article may be left out only of a name that nothing else bears there.
    articled = {text for each in texts if is_open or has_article(each) for text in spellings_with_article(each)}
    if is_open:
        articled |= {text for each in texts | articled for text in spellings_of_endings(each)}
    articled -= texts
    if articled:
        more = gazetteer.find(articled).items()
        found |= {n: match for n, match in more if n not in found and match.place.country in _ARABIC}
    matches = [
        Scored(n, match, _sureness(match, as_written, day), _is_own(match))
        for n, match in found.items()
        if all(each.hold(match.place) for each in around)
    ]
    matches = _without_old_names(matches, texts, found.values())
    return _with_marks(matches) if any(map(_is_marked, as_written)) else matches


def resembling(gazetteer: Gazetteer, folded: Iterable[str], around: Iterable[Surroundings]) -> list[Scored]:
    """Return the places in `around` with a name on labels that is spelt nearly so, where none anywhere is called so."""
    texts = set(folded) - {""}
    if gazetteer.find(texts):
        return []
    near: dict[str, float] = {}
    for text in texts:
        if len(text) >= _NEAR_LETTERS:
            near |= gazetteer.near(text, _NEAR_FROM)
    return [
        Scored(n, match, _NEAR * max(near.get(fold(name.name), _NEAR_FROM) for name in match.names))
        for n, match in gazetteer.find(near).items()
        if match.place.feature == "airfield" or match.place.population >= _NEAR_PEOPLE
        if all(each.hold(match.place) for each in around)
    ]


def is_spelled_alike(one: str, other: str) -> bool:
    """Whether two names may be spellings of one: a town and the district called after it, "Baquba" and "Ba'aqubah"."""
    from rapidfuzz.distance import Indel  # noqa: PLC0415 - not at start-up

    return Indel.normalized_similarity(fold(one).replace(" ", ""), fold(other).replace(" ", "")) >= _ALIKE_FROM


def cities_with(quarter: str, gazetteer: Gazetteer, around: Iterable[Surroundings]) -> list[Scored]:
    """Return the cities in `around` with a well-known quarter of a name that no place of the gazetteer bears.

    Without anything around, one is no more sure than a name that is spelt nearly so: "Falls" is more than in Belfast.
    """
    held = list(around)
    ids = _quarters().get(fold(quarter), ())
    places = [gazetteer.place(place_id) for place_id in ids if gazetteer.has(place_id)]
    cities = [place for place in places if all(each.hold(place) for each in held)]
    return [Scored(n, Match(place, ()), _FOLDED if held else _NEAR) for n, place in enumerate(cities)]


@cache
def _quarters() -> dict[str, list[str]]:
    """The ids of cities by the folded names of their quarters."""
    found: dict[str, list[str]] = {}
    with _QUARTERS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for name in row["quarters"].split("|"):
                found.setdefault(fold(name), []).append(row["place_id"])
    return found


def _without_old_names(matches: list[Scored], texts: set[str], found: Iterable[Match]) -> list[Scored]:
    """Without towns of a country that keeps its names which were only called once as others there are: "Newton, NC"
    is no Wilmington, and "Manchester, NJ" no Paterson."""
    called = {m.place.country for m in found if m.place.feature in SETTLEMENTS and fold(m.place.name) in texts}
    called &= _KEEPING_NAMES
    return [m for m in matches if m.is_own or m.place.country not in called or m.place.feature not in SETTLEMENTS]


def _is_marked(text: str) -> bool:
    """Whether a name is written with Latin letters that have marks."""
    return not text.isascii() and any("à" <= char <= "ɏ" or "ḁ" <= char <= "ỿ" for char in text)


def _with_marks(matches: list[Scored]) -> list[Scored]:
    """Weigh down what is not written with the marks of the name, if a city is: "San José" is not San Jose."""
    exact = [m.place.population for m in matches if m.sureness > _FOLDED and m.place.feature in SETTLEMENTS]
    most = max(exact, default=0) * _MARKED_SHARE
    return [
        replace(m, weight=_UNMARKED) if m.sureness == _FOLDED and m.place.population <= most else m for m in matches
    ]


def _is_own(match: Match) -> bool:
    """Whether one of the names is the place's main or official one, or another spelling of it.

    Spellings in scripts that are not folded to Latin, and names of regions and countries, are always taken for that.
    """
    from rapidfuzz.distance import Indel  # noqa: PLC0415 - not at start-up

    main = fold(match.place.name)
    return match.place.feature not in SETTLEMENTS or any(
        name.official
        or not (text := fold(name.name)).isascii()
        or Indel.normalized_similarity(text, main) >= _ALIKE_FROM
        or main.startswith(f"{text} ")
        for name in match.names
    )


def _sureness(match: Match, as_written: set[str], day: date) -> float:
    same = [name for name in match.names if name.name.casefold() in as_written]
    if not same:
        return _FOLDED
    main = any(name.name == match.place.name or (name.official and name.holds_on(day)) for name in same)
    return _OFFICIAL if main else _OTHER
