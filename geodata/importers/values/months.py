"""Names of months and words for parts of them, in the eight languages."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

LANGUAGES = ("en", "ru", "kk", "fr", "es", "de", "uk", "ar")
# What CLDR does not list: other abbreviations, and the names of months in the Levant and the Maghreb.
_MORE = {
    "sept": 9, "juin": 6, "juil": 7, "janv": 1, "fevr": 2, "fev": 2, "avr": 4, "aout": 8, "mai": 5, "ene": 1, "abr": 4,
    "ago": 8, "dic": 12, "set": 9, "jän": 1, "jan": 1, "marz": 3, "mrz": 3, "okt": 10, "dez": 12, "сент": 9, "нояб": 11,
    "февр": 2, "كانون الثاني": 1, "شباط": 2, "اذار": 3, "نيسان": 4, "ايار": 5, "حزيران": 6, "تموز": 7, "اب": 8,
    "ايلول": 9, "تشرين الاول": 10, "تشرين الثاني": 11, "كانون الاول": 12, "جانفي": 1, "فيفري": 2, "افريل": 4,
    "جوان": 6, "جويلية": 7, "اوت": 8,
}  # fmt: skip
# Parts of a month or a year, by the share of it at which they begin and end.
PARTS = {
    **dict.fromkeys(("early", "beginning", "start", "debut", "anfang", "principios", "inicios", "начало", "в начале",
                     "начале", "початок", "на початку", "басы", "اوائل", "بداية"), (0, 1)),
    **dict.fromkeys(("mid", "middle", "milieu", "mitte", "mediados", "середина", "середине", "середині", "ортасы",
                     "منتصف"), (1, 2)),
    **dict.fromkeys(("late", "end", "fin", "ende", "finales", "fines", "конец", "конце", "кінець", "наприкінці",
                     "соны", "اواخر", "نهاية"), (2, 3)),
}  # fmt: skip
# Words between the parts of a date that say nothing.
FILLERS = frozenset(
    ("of", "the", "de", "del", "du", "le", "la", "el", "den", "der", "am", "im", "in", "on", "г", "год", "года", "году",
     "р", "рік", "року", "ж", "жыл", "жылы", "жылдың", "в", "у", "sunday", "monday", "tuesday", "wednesday", "thursday",
     "friday", "saturday", "sun", "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "montag",
     "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonnabend", "sonntag", "mo", "di", "mi", "do", "fr",
     "sa", "so", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "lunes", "martes",
     "miercoles", "jueves", "viernes", "sabado", "domingo", "понедельник", "вторник", "среда", "четверг", "пятница",
     "суббота", "воскресенье")
)  # fmt: skip
# Not days but a time without one end.
OPEN_ENDED = frozenset(
    ("before", "after", "since", "until", "till", "by", "vor", "nach", "seit", "bis", "avant", "apres", "depuis",
     "antes", "despues", "desde", "до", "после")
)  # fmt: skip
ABOUT = frozenset(
    ("c", "ca", "circa", "about", "around", "approx", "approximately", "um", "etwa", "environ", "vers", "около",
     "примерно", "близько")
)  # fmt: skip


def plain(text: str) -> str:
    """A text without case, marks and the many signs of Arabic for one letter."""
    text = unicodedata.normalize("NFKD", text.casefold()).replace("й", "й")
    kept = "".join(char for char in text if unicodedata.category(char) != "Mn" or char == "\u0306")
    return unicodedata.normalize("NFC", kept).translate(str.maketrans("أإآٱىة", "اااايه"))


@lru_cache(maxsize=1)
def months() -> dict[str, int]:
    """The number of each name of a month, `plain`, without its dot."""
    from babel import Locale  # noqa: PLC0415 (only words need it)

    found: dict[str, int] = {}
    for language in LANGUAGES:
        names = Locale(language).months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in names[context][width].items():
                    found.setdefault(plain(name).rstrip("."), number)
    return {**found, **{plain(name): number for name, number in _MORE.items()}}
