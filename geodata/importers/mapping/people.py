"""Which tables are lists of people by their names: each row is one person, and no event that has a name."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from geodata.importers.mapping.names import folded

_NAMES = (
    "name|full name|victim name|victims name|victim s name|name of victim|name of the victim|name of deceased|"
    "name of the deceased|deceased name|name of person|names|nombre|nombre completo|nombre de la victima|nom|"
    "nom complet|nom de la victime|имя|фио|ф и о|имя погибшего|ім'я|піб|аты жөні|اسم|الاسم|الاسم الكامل|"
    "اسم الضحية|نام|نام و نام خانوادگی|isim|ad soyad|nome|שם|姓名|名前|이름"
)
# What is said of a person, and of no event.
_OF_A_PERSON = (
    "age|gender|sex|age at death|date of birth|birth date|birth year|year of birth|alter|geschlecht|geburtsdatum|"
    "sexe|date de naissance|edad|sexo|genero|fecha de nacimiento|возраст|пол|дата рождения|вік|стать|жасы|жынысы|"
    "العمر|الجنس|السن|سن|جنسیت|تاریخ تولد|yaş|cinsiyet|idade|età|גיל|מין|年龄|性别|年齢|나이|성별"
)


def headings_of_people(headings: Iterable[str]) -> tuple[str, ...]:
    """The heading under which the name of a person stands in each row, then those of what else is said of that person,
    age or gender; none where these are not there, or several columns have names."""
    plain = {heading: folded(heading) for heading in headings}
    names, others = ([heading for heading, words in plain.items() if words in known] for known in _words())
    return (*names, *others) if len(names) == 1 and others else ()


@cache
def _words() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(map(folded, words.split("|"))) for words in (_NAMES, _OF_A_PERSON))
