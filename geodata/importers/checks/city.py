"""Which city a name means, and which one the texts of a table name over and over."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from geodata.importers.checks.places import Places
from geodata.places.gazetteer import SETTLEMENTS
from geodata.places.geocoder import MAX_QUERY, geocode

# Words that are looked up, the most frequent first; the rows that name the city, their share, and how many times more
# they are than those of any other.
_MOST_WORDS, _FEWEST_ROWS, _SHARE, _TIMES = 300, 10, 0.1, 4
_LONGEST = 2_000
_FEWEST_LETTERS, _MOST_IN_NAME = 4, 3
_WORD = re.compile(r"[^\W\d_]{4,}")


def names_within(text: str) -> Iterator[str]:
    """What may be the name of a city in a heading or in a file's name: up to three words, the longest first."""
    words = [word for word in re.split(r"[\W\d_]+", text) if word]
    for count in range(_MOST_IN_NAME, 0, -1):
        for start in range(len(words) - count + 1):
            name = " ".join(words[start : start + count])
            if len(name) >= _FEWEST_LETTERS:
                yield name


def city_named(name: str, places: Places) -> str:
    """The id of the city that a name means; "" for what is none, or more than one."""
    found = places.named(name, "", date.today(), "")
    return found[0].place_id if found and found[0].feature in SETTLEMENTS else ""


def only_city(name: str, places: Places) -> str:
    """The id that a name is, or that of the one city among the places of the name, of which others are villages."""
    if places.gazetteer.has(name):
        return name if places.gazetteer.place(name).feature in SETTLEMENTS else ""
    candidates = geocode(name, gazetteer=places.gazetteer).candidates if len(name) <= MAX_QUERY else ()
    cities = [candidate.id for candidate in candidates if candidate.feature in ("city", "capital")]
    return cities[0] if len(cities) == 1 else ""


def city_of_texts(texts: Sequence[str], places: Places) -> dict[str, int]:
    """The id of the one city that many of some texts name, in words with a capital letter, and how many do; nothing
    where none stands out."""
    words: Counter[str] = Counter()
    for text in texts:
        words.update({word.title() for word in _WORD.findall(text[:_LONGEST]) if word[0].isupper()})
    fewest = max(_FEWEST_ROWS, _SHARE * len(texts))
    if not words or words.most_common(1)[0][1] < fewest:
        return {}
    cities: Counter[str] = Counter()
    for word, count in words.most_common(_MOST_WORDS):
        if count * _TIMES >= fewest and (city := city_named(word, places)):
            cities[city] += count
    (city, count), (_, other), *_ = [*cities.most_common(2), ("", 0), ("", 0)]
    return {city: count} if count >= max(fewest, _TIMES * other) else {}
