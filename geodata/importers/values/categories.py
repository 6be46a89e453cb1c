"""Kinds of events as others name them, by our six categories. A word that is none of them is "other", and counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from geodata.importers.tables.records import BLANKS, shown
from geodata.importers.values.answer import Answers
from geodata.importers.values.words.folding import MISSING, folded, listed, some
from geodata.importers.values.words.kinds import (
    BEGINNINGS,
    BLOW,
    BY_FORCE,
    DONE_BY,
    DOUBTFUL,
    FLYING_BOMB,
    GATHERED,
    HARM,
    HIT_BY,
    LABOUR,
    NOT_MEANT,
    OTHER_NUMBER,
    TYPES,
    WHOLE,
)
from geodata.record.model import CATEGORIES

# Cyrillic letters that look like Latin ones.
_LIKE = str.maketrans("асеохрукмтнвіјѕһ", "aceoxpykmthbijsh")
_LIKE_CYRILLIC = str.maketrans("aceoxpyktmhbi", "асеохруктмнві")
_NOT_MEANT = re.compile(rf"(?<!\w){NOT_MEANT}")
_BLOW, _DONE_BY, _DOUBTFUL, _HARM, _LABOUR = map(re.compile, (BLOW, DONE_BY, DOUBTFUL, HARM, LABOUR))
_GATHERED, _FLYING_BOMB, _OTHER_NUMBER, _HIT_BY = map(re.compile, (GATHERED, FLYING_BOMB, OTHER_NUMBER, HIT_BY))
_BY_FORCE = re.compile(BY_FORCE)
_TAGS = re.compile(r"\s*[;|]\s*")
_MOST_OF_A_TAG = 2  # words
_MIXED = re.compile(r"[a-z][а-яіјѕһ]|[а-яіјѕһ][a-z]")


def read_categories(
    texts: Sequence[str], otherwise: str = "other", why: str = "", *, by_first: bool = False
) -> Answers[str]:
    """The categories, one of `CATEGORIES`, of the different texts of a column.

    They may be our own names in eight languages, the types of ACLED and UCDP, or words for what happens. None is
    refused: what is in no category is `otherwise`, and told with `why`; so is what may be in that one and others. What
    is in two else is "other"; of tags ("arrest; protester"), or `by_first`, it is of the kind that it names first, as
    sentences do ("Attack on a protest"). An empty text is None.
    """
    found: list[str | None] = []
    repairs: dict[int, str] = {}
    read, unknown, mixed, first = [], [], [], []
    are_bombs = not any(_OTHER_NUMBER.fullmatch(folded(text)) for text in texts)
    for position, given in enumerate(texts):
        text = given.strip(BLANKS)
        cell = folded(text)
        if cell in MISSING or not cell:
            if cell:
                repairs[position] = f"{shown(text)} names no category; the cell counts as empty."
            found.append(None)
            continue
        categories = ["clash"] if are_bombs and _FLYING_BOMB.fullmatch(cell) else _categories(cell)
        if not categories and _MIXED.search(cell):
            for alike in (cell.translate(_LIKE), cell.translate(_LIKE_CYRILLIC)):
                categories = categories or _categories(alike)
                if categories and position not in repairs:
                    repairs[position] = f"{shown(text)} mixes Latin and Cyrillic letters; it is read as {alike!r}."
        in_several = otherwise if otherwise in categories else "other"
        is_list = len(_tags(cell)) > 1 and otherwise not in categories
        is_told = len(categories) == 1 or (categories and (by_first or is_list))
        found.append(categories[0] if is_told else in_several if categories else otherwise)
        if not categories:
            unknown.append(text)
        elif len(categories) > 1 and is_list:
            first.append(f"{shown(text)} as {found[-1]}")
        elif len(categories) > 1:
            mixed.append(text)
        elif cell not in CATEGORIES:
            read.append(f"{shown(text)} as {found[-1]}")
    return Answers(found, {}, repairs, (*_told(read, unknown, mixed, otherwise, why), *_told_of_tags(first)))


def category_named(text: str) -> str:
    """The one category that the words of a folded name are of, such as that of a file; "" for none, or for several."""
    categories = _categories(text)
    return categories[0] if len(categories) == 1 else ""


def _told(read: list[str], unknown: list[str], mixed: list[str], otherwise: str, why: str) -> list[str]:
    told = []
    if read:
        first, more = sorted(read)[:3], len(read) - 3
        told.append(
            f"Categories are read from the file's words: {', '.join(first)}{f' and {more} more' if more > 0 else ''}."
        )
    reason = f", as {why}" if why else ""
    several = f'"{otherwise}" or "other"' if otherwise != "other" else '"other"'
    for texts, what, category in (
        (unknown, "in no category", f'"{otherwise}"{reason}'),
        (mixed, "in more than one category", several),
    ):
        if texts:
            kinds = "1 kind of event is" if len(texts) == 1 else f"{len(texts):,} kinds of events are"
            told.append(f"{kinds} {what} and stand{'s' if len(texts) == 1 else ''} as {category}: {some(texts)}.")
    return told


def _told_of_tags(first: list[str]) -> list[str]:
    """What stands of those cells with tags of more than one category, as a sentence; none for none."""
    if not first:
        return []
    more = f" and {len(first) - 3} more" if len(first) > 3 else ""
    return [f"Of tags in several categories the first says which: {', '.join(sorted(first)[:3])}{more}."]


def _categories(cell: str) -> list[str]:
    """The categories that a folded text may be in, by where their words stand."""
    if cell in CATEGORIES:
        return [cell]
    if len(tags := _tags(cell)) > 1:
        return list(dict.fromkeys(category for tag in tags for category in _categories(tag) if category != "other"))
    key = _key(cell)
    if key in _types():
        return [_types()[key]]
    key = _NOT_MEANT.sub(" ", key)
    gathered = _GATHERED.search(key)
    key = _GATHERED.sub(lambda match: " " * len(match[0]), key)  # the other words stay where they stood
    found = {category: match.start() for category, pattern in _beginnings() if (match := pattern.search(key))}
    if gathered:
        found["protest"] = min(gathered.start(), found.get("protest", gathered.start()))
    for pattern in (_DONE_BY, _HIT_BY):
        if done := pattern.search(key):
            found["clash"] = min(done.start(), found.get("clash", done.start()))
    if (strike := _DOUBTFUL.search(key)) and (category := _of_strike(key)):
        found[category] = min(strike.start(), found.get(category, strike.start()))
    return sorted(found, key=lambda category: found[category]) or ["clash"] * bool(_BY_FORCE.search(key))


def _tags(cell: str) -> list[str]:
    """The tags of a folded text: what stands between semicolons or bars, or between commas where all of it is short."""
    tags = _TAGS.split(cell)
    by_commas = cell.split(",")
    are_short = all(0 < len(tag.split()) <= _MOST_OF_A_TAG for tag in by_commas)
    return by_commas if len(tags) == 1 and are_short else tags


def _of_strike(key: str) -> str:
    """Whether a text that speaks of a strike has a blow or one of labour; "" where it does not say."""
    if _BLOW.search(key):
        return "clash"
    if _LABOUR.search(key):
        return "protest"
    return "clash" if _HARM.search(key) else ""


def _key(cell: str) -> str:
    return " ".join(re.sub(r"[^\w']+|_", " ", cell).split())


@cache
def _types() -> dict[str, str]:
    return {_key(name): category for name, category in listed(TYPES).items()}


@cache
def _beginnings() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """For each category a pattern of the beginnings of its words."""
    return tuple(
        (category, re.compile(rf"(?<!\w)(?:ال)?(?:{_any(words)}{_whole(category)})"))
        for category, words in BEGINNINGS.items()
    )


def _any(words: str) -> str:
    return "|".join(re.escape(folded(word)) for word in words.split("|"))


def _whole(category: str) -> str:
    return rf"|(?:{_any(WHOLE[category])})(?!\w)" if category in WHOLE else ""
