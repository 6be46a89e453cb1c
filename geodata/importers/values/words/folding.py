"""Texts as they are compared: without case, marks and the many shapes of one digit, dash or blank."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

# Apostrophes, dashes and Arabic letters that are typed in several ways for one and the same.
_SAME = str.maketrans(
    {
        **dict.fromkeys("‘’‛ʼʹ′`´", "'"),
        **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
        **{"،": ",", "؛": ";", "؟": "?", "٪": "%", "ى": "ي", "ی": "ي", "ک": "ك", "ـ": None, "ß": "ss"},
        # Controls stand for months and marks while a text is read: none may come from outside.
        **{chr(code): " " for code in range(32)},
    }
)
_UNSEEN = {"Mn", "Me", "Cf"}  # marks on letters, and what only steers the direction of writing


def folded(text: str) -> str:
    """A text for comparison: no case, no marks on letters, ASCII digits, apostrophes and dashes, single blanks.

    Folding a folded text changes nothing.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_SAME)).casefold()
        text = "".join(map(_plain, unicodedata.normalize("NFKD", text))).translate(_SAME)
        text = unicodedata.normalize("NFC", text)
    return " ".join(text.casefold().split())


def _plain(char: str) -> str:
    if char.isascii():
        return char
    if unicodedata.category(char) in _UNSEEN:
        return ""
    digit = unicodedata.decimal(char, None)
    return char if digit is None else str(digit)


def listed(table: Mapping[str, str]) -> dict[str, str]:
    """Each word, folded, with the key of `table` whose words, with "|" between them, it is one of."""
    return {folded(word): key for key, words in table.items() for word in words.split("|") if word.strip()}


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of some folded words, the longest first, each a word of its own."""
    return rf"(?<!\w)(?:{'|'.join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))})(?!\w)"


def some(values: Sequence[str], count: int = 3) -> str:
    """The first few of some values by alphabet, in quotes, as a list in a sentence; how many more there are."""
    first = sorted(set(values))[:count]
    shown = [repr(value if len(value) <= 60 else value[:59] + "…") for value in first]
    more = len(set(values)) - len(first)
    if more:
        return f"{', '.join(shown)} and {more:,} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


# What people write where they know nothing, folded, in the eight languages.
MISSING = frozenset(
    folded(word)
    for word in """-|--|---|.|..|...|?|??|???|/|*|_|na|n/a|n.a.|n.a|#n/a|n/d|n.d.|nd|nan|nat|null|nil|none
    \\n|(blank)|(empty)
    unk|unk.
    unknown|not known|not available|not applicable|not reported|not given|none given|none reported|no data|no figure
    unspecified|undetermined|missing|tbd|tba|tbc|unclear|unbekannt|k.a.|keine angabe|keine angaben|ohne angabe|unklar
    inconnu|inconnue|inconnus|non connu|non disponible|non renseigne|indetermine|s/d|s.d.|desconocido|desconocida
    se desconoce|sin datos|sin dato|no disponible|no aplica|неизвестно|неизвестен|неизвестны|не известно|неизв.
    нет данных|н/д|н.д.|не указано|невідомо|не відомо|немає даних|белгісіз|дерек жоқ|мәлімет жоқ|مجهول|غير معروف
    no se sabe|sin informacion|nao informado|ignorado
    unconfirmed|not confirmed|to be confirmed|to be determined|unverified|undisclosed|not disclosed|withheld
    not specified|not stated|not provided|not recorded|date unknown|location unknown
    nicht bekannt|nicht angegeben|unbestatigt|non confirme|a confirmer|non precise
    sin confirmar|por confirmar|no especificado|a confirmar|nao especificado
    уточняется|не подтверждено|не установлено|уточнюється|не підтверджено|не встановлено|غير مؤكد|غير محدد
    غير معلوم|غير متوفر|لا يوجد
    """.replace("\n", "|").split("|")
    if word.strip()
)
