"""Figures within sentences, "3 killed, 5 injured" under "Casualties", as columns of figures. None is made up: a cell
that says anything else beside them stays words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise

import pyarrow as pa
import pyarrow.compute as pc

from geodata.importers.mapping.looks import is_missing, look_at
from geodata.importers.mapping.names import hits_of
from geodata.importers.tables.cells import Cells
from geodata.importers.tables.records import shown
from geodata.importers.values.figures import Figure, read_figures
from geodata.importers.values.words import quantities
from geodata.importers.values.words.folding import folded, listed
from geodata.record.model import MEASURES

_NAMES = {"deaths": "killed", "injured": "injured", "detained": "detained"}
_SURE = 0.95
# Of the different texts of a column so many are sentences of figures: under "Casualties", and among remarks.
_MOSTLY, _NEARLY_ALL = 0.5, 0.8
_LONGEST, _MOST_BETWEEN = 200, 6
_SPLIT = re.compile(
    r"[;/\n&|]| \+ |,(?!\d{3}(?!\d))|(?<!\d)\.(?!\d)|\.(?= |$)|(?<!\w)(?:and|und|et|y|e|и|та|і|و)(?!\w)"
)
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_AMONG = re.compile(
    r"(?:including|incl|among|of (?:them|whom|which)|darunter|davon|dont|incluyendo|entre|в том числе|из них)\b"
)
_ONE = re.compile(r"(?<!\w)an? (?=(?:man|woman|child|boy|girl|person|civilian|soldier|policeman|officer|worker)\b)")
_DIGIT = re.compile(r"\d")
_ALONE = re.compile(r"\d{1,6}")
# How old somebody was, who is counted by no such number.
_AGE = re.compile(
    r"\d+[- ]?(?:years?[- ]olds?\b|летн\w*|лет\b|річн\w*|jahrig\w*|jährig\w*|ans\b|años?\b)|\b(?:aged?|возраст\w*) \d+"
)
# Words for people that a figure may count, before those that say what became of them: "1 child, 2 adults killed".
_PEOPLE = frozenset(
    " ".join(
        (
            "person persons people civilian civilians man men woman women child children adult adults boy boys girl",
            "girls",
            "soldier soldiers policeman policemen policewoman officer officers protester protesters worker workers",
            "student students villager villagers militant militants fighter fighters gunman gunmen guard guards troops",
            "menschen personen zivilisten mann männer frau frauen kind kinder soldat soldaten polizist polizisten",
            "personne personnes civil civils homme hommes femme femmes enfant enfants soldat soldats policier",
            "policiers policía policías",
            "persona personas civiles hombre hombres mujer mujeres niño niños niña niñas soldado soldados",
            "человек человека люди мужчина мужчины женщина женщины женщин ребенок ребенка детей дети солдат солдата",
        )
    ).split()
)
# Forms of verbs, which no heading has.
_MORE = {
    "deaths": (
        "die|dies|slain|perished|martyred|murdered|muerto|muerta|fallecido|fallecida|asesinado|asesinada|tue|tuee|tuees|"
        "mort|morte|mortes|decede|decedes|getotet|gestorben|убит|убита|убиты|погиб|погибла|погибший|погибшая|погибшие|вбитий|вбиті|загинув"
    ),
    "injured": (
        "injure|wound|herido|herida|lesionado|lesionada|blesse|blessee|blessees|ранен|ранена|раненый|раненая|раненые|"
        "тяжелораненый|тяжелораненых|травмированы"
    ),
    "detained": "arrest|detain|detenido|detenida|arretee|arretees|задержан|задержана|арестованы|арестован",
}


def tolls_apart(cells: Cells, used: Collection[str]) -> tuple[Cells, tuple[str, ...]]:
    """The cells with columns for the figures that the sentences of a column say, behind all others; and a sentence on
    it. That is one that is called after casualties, or one of remarks where no heading speaks of figures. A column
    that is `used` for something stays words alone."""
    hits = {heading: hits_of(heading) for heading in cells.columns}
    free = [heading for heading in hits if heading not in used]
    named = [heading for heading in free if {"victims", "deaths", "injured"} & hits[heading].keys()]
    others = [heading for heading in free if {"notes", "title"} & hits[heading].keys()]
    has_figures = any({"victims", *MEASURES} & its.keys() for its in hits.values())
    for heading in named or ([] if has_figures else others):
        texts = look_at(cells.columns[heading]).texts
        said = [tolls_in(text) for text in texts]
        share = _MOSTLY if heading in named else _NEARLY_ALL
        if sum(map(bool, said)) < max(1, share * len(said)) or all(text.strip().isdigit() for text in texts):
            continue
        return _with_columns(cells, heading)
    return cells, ()


def _with_columns(cells: Cells, heading: str) -> tuple[Cells, tuple[str, ...]]:
    encoded = pc.dictionary_encode(cells.columns[heading])
    words = encoded.dictionary.to_pylist()
    said = [tolls_in(word) for word in words]
    columns = dict(cells.columns)
    made = []
    for measure, name in _NAMES.items():
        column = f"{name} ({heading})"
        if any(each and measure in each for each in said) and column not in columns:
            found = pa.array([(each or {}).get(measure, "") for each in said], pa.string())
            columns[column] = found.take(encoded.indices)
            made.append(column)
    told = f"column {shown(heading)} says its figures in words: they are read as {' and '.join(map(shown, made))}."
    open_texts = [word for word, each in zip(words, said, strict=True) if each is None and not is_missing(word)]
    if open_texts:
        told += f" What says more than that stays words, such as {shown(min(open_texts))}."
    return replace(cells, names=(*cells.names, *made), columns=columns), (told,)


@cache
def tolls_in(text: str) -> dict[str, str] | None:
    """The figures that a text says, by measure, as texts of figures; none where it says no figure, None where it says
    anything that is not sure.

    >>> tolls_in("3 killed, at least 5 injured")
    {'deaths': '3', 'injured': 'at least 5'}
    """
    if len(text) > _LONGEST:
        return None
    plain = _AGE.sub(" ", folded(text))
    # In brackets stands of whom they were, or what else became of others.
    plain = _BRACKETS.sub(lambda found: f", {found[1]}, " if _kinds(found[1].split()) else " ", _ONE.sub("1 ", plain))
    found: dict[str, str] = {}
    waiting: list[str] = []
    whole: set[str] = set()
    is_among = False
    for clause in _clauses(_AMONG.sub(r", \g<0>", plain)):
        kinds = _kinds(clause)
        if _AMONG.match(" ".join(clause)):
            is_among = True
            continue
        figure, rest = _figure(clause, kinds)
        # "Several injured" and "in Almaty" say none, "12 killed and injured" one that may be of either.
        is_open = not figure and (any(map(_DIGIT.search, clause)) or (kinds and len(clause) == 1))
        if len(kinds) > 1 or is_open:
            return None
        if not figure:
            continue
        if not kinds:
            if is_among:
                continue  # "including 2 children and 1 woman"
            if not rest or not set(rest) <= _PEOPLE:
                return None
            waiting.append(figure)
            continue
        measure, is_among = kinds.pop(), False
        figures = [*waiting, figure, *([found[measure]] if measure in found else [])]
        waiting = []
        # "10 killed, 2 civilians killed": these may be among those.
        may_be_among = measure in whole or (measure in found and not rest)
        if may_be_among or (len(figures) > 1 and not all(map(_ALONE.fullmatch, figures))):
            return None
        whole |= set() if rest else {measure}
        found[measure] = str(sum(map(int, figures))) if len(figures) > 1 else figure
    return None if waiting else found


def _clauses(text: str) -> Iterator[list[str]]:
    """The words of what stands between commas; "killed 3 wounded 5" are two of them."""
    for part in _SPLIT.split(text):
        words = quantities.with_digits(part.replace(":", " ").strip()).replace("-", " - ").split()
        starts = [at for at, word in enumerate(words) if _kinds([word])]
        cuts = starts if starts and not starts[0] else []
        for start, stop in pairwise([0, *cuts[1:], len(words)]):
            yield words[start:stop]


def _kinds(words: list[str]) -> set[str]:
    return {measure for word in words if (measure := _measure(word.strip(".!?:")))}


@cache
def _measure(word: str) -> str:
    """Which of the measures a word says, "" for none."""
    if known := _verbs().get(word):
        return known
    return next((m for m, hit in hits_of(word).items() if m in _NAMES and hit.strength >= _SURE), "")


@cache
def _verbs() -> dict[str, str]:
    return listed(_MORE)


def _figure(words: list[str], kinds: set[str]) -> tuple[str, list[str]]:
    """The figure that a clause begins with, or has behind the word for its kind, and the words beside it; "" for none
    that is sure."""
    for start in _starts(words, kinds):
        for stop in range(min(len(words), start + _MOST_BETWEEN), start, -1):
            said = _says(words[start:stop])
            if said is None:
                continue
            # What it counts is no part of it.
            end = next(end for end in range(start + 1, stop + 1) if _says(words[start:end]) == said)
            rest = [word for word in (*words[:start], *words[end:]) if not _kinds([word])]
            is_sure = len(rest) <= _MOST_BETWEEN and not any(map(_DIGIT.search, rest))
            counts = words[end] if end < len(words) else "people"
            is_people = quantities.is_unit(counts) or bool(_kinds([counts]))
            return (_text(words[start:end]) if is_sure and is_people else ""), rest
    return "", []


def _starts(words: list[str], kinds: set[str]) -> Iterator[int]:
    yield 0
    if kinds and words and _measure(words[0]):
        yield 1


def _text(words: list[str]) -> str:
    return " ".join(words).replace(" - ", "-")


def _says(words: list[str]) -> Figure | None:
    return _read(_text(words))


@cache
def _read(text: str) -> Figure | None:
    return read_figures([text]).found[0]
