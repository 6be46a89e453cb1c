"""Categories of the record by the words of others: types of data sets, and plain words in the eight languages.

A word that is not known is "other", counted and told, never lost: the table's own word stays beside it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from geodata.importers.tables.records import shown
from geodata.importers.values.answer import Answers
from geodata.importers.values.months import plain
from geodata.record.model import CATEGORIES

MOST_NAMED = 5
# Beginnings of words, the most telling category first: a "violent demonstration" is a protest, an "arrest at a
# protest" a detention.
_STEMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("detention", (
        "arrest", "detention", "detain", "imprison", "prisoner", "abduction", "kidnap", "hostage", "disappearance",
        "festnahme", "verhaftung", "gewahrsam", "detenido", "detencion", "arrestation", "detenu", "задержан", "арест",
        "заложник", "затриман", "арешт", "ұста", "қамау", "اعتقال", "احتجاز",
    )),
    ("protest", (
        "protest", "demonstr", "rally", "march", "vigil", "strike action", "picket", "sit-in", "walkout", "riot",
        "kundgebung", "versammlung", "aufzug", "mahnwache", "streik", "manifest", "rassemblement", "greve", "marcha",
        "concentracion", "huelga", "митинг", "демонстрац", "протест", "пикет", "шеств", "забастовк", "беспорядк",
        "пікет", "страйк", "наразылық", "шеру", "احتجاج", "مظاهر", "اضراب",
    )),
    ("clash", (
        "clash", "battle", "fight", "attack", "assault", "shell", "bomb", "explosi", "airstrike", "air strike", "strike",
        "drone", "missile", "rocket", "artillery", "shoot", "gunfire", "ambush", "raid", "ied", "landmine", "grenade",
        "violence", "killing", "murder", "massacre", "assassin", "armed", "combat", "gefecht", "angriff", "anschlag",
        "beschuss", "kampf", "luftangriff", "affrontement", "attaque", "attentat", "bombardement", "fusillade",
        "combate", "ataque", "enfrentamiento", "tiroteo", "столкновен", "бой", "бои", "обстрел", "взрыв", "атак",
        "нападен", "удар", "зіткнен", "обстріл", "вибух", "қақтығыс", "шабуыл", "атыс", "اشتباك", "قصف", "هجوم", "انفجار",
    )),
    ("deployment", (
        "deploy", "troop", "movement of", "airlift", "base established", "headquarters", "transfer of territory",
        "reinforcement", "convoy", "peacekeep", "verlegung", "truppen", "deploiement", "despliegue", "развертыван",
        "переброск", "ввод войск", "войск", "розгортан", "військ", "әскер", "انتشار",
    )),
    ("political", (
        "politic", "agreement", "ceasefire", "negotiat", "talks", "election", "statement", "law", "decree", "sanction",
        "change to group", "resign", "government", "wahl", "abkommen", "verhandlung", "accord", "acuerdo", "eleccion",
        "politi", "соглашен", "выбор", "переговор", "угод", "вибор", "келісім", "сайлау", "اتفاق", "انتخاب",
    )),
)  # fmt: skip
_OTHER = (
    "looting",
    "property destruction",
    "disrupted weapons use",
    "other",
    "sonstig",
    "autre",
    "otro",
    "друг",
    "прочее",
    "інше",
)
# Letters of Cyrillic that look like Latin ones.
_LOOK_ALIKE = str.maketrans("асеорхіјѕ", "aceopxijs")


def read_categories(texts: Sequence[str]) -> Answers[str]:
    """One of `CATEGORIES` for each of the different texts of a column."""
    found: list[str | None] = []
    repairs: dict[int, str] = {}
    unknown = []
    for position, text in enumerate(texts):
        word = plain(text).strip()
        category = _category(word)
        if category is None and re.search("[a-z]", word) and re.search("[а-яіјѕ]", word):
            category = _category(word.translate(_LOOK_ALIKE))
            if category:
                repairs[position] = (
                    f"{shown(text)} has Cyrillic letters that look like Latin ones: read as if it had none."
                )
        if category is None and word:
            unknown.append(text)
        found.append(category or ("other" if word else None))
    told = []
    if unknown:
        names = ", ".join(map(shown, unknown[:MOST_NAMED])) + (" …" if len(unknown) > MOST_NAMED else "")
        told.append(f'{len(unknown)} words are no category of ours, and "other": {names}.')
    return Answers(found, {}, repairs, tuple(told))


def _category(word: str) -> str | None:
    if word in CATEGORIES:
        return word
    if any(word.startswith(plain(each)) for each in _OTHER):
        return "other"
    for category, stems in _STEMS:
        if any(re.search(rf"(?<!\w){re.escape(plain(stem))}", word) for stem in stems):
            return category
    return None
