"""How precisely a place or a day is known, in the words and distances of others: "(4) Province", "5km", "approx"."""

from __future__ import annotations

import re

from geodata.importers.values.words.folding import MISSING, any_of, folded

_LONGEST = 80
_METRES = {"m": 1, "metres": 1, "meters": 1, "km": 1_000, "kilometres": 1_000, "kilometers": 1_000, "miles": 1_609}
_DISTANCE = re.compile(rf"(\d{{1,6}}(?:[.,]\d+)?) ?({'|'.join(sorted(_METRES, key=len, reverse=True))})(?!\w)")
# Up to how far a point is from the place, in metres: what lies further is in no place that has a name of its own.
_REACHES = ((500, "site"), (25_000, "near"), (50_000, "district"), (250_000, "region"))
# From the finest to the coarsest: of two that one cell names, the coarser is known.
_WORDS = {
    "site": "exact|exactly|precise|exact location|address|building|rooftop|house|site|facility|exakt|genau|adresse|"
    "exacte|precis|batiment|exacta|exacto|edificio|direccion|точно|точный|адрес|здание|точна|адреса|دقيق",
    "settlement": "settlement|city|town|village|locality|municipality|street|neighborhood|neighbourhood|camp|"
    "populated place|stadt|ort|gemeinde|dorf|strasse|ville|commune|localite|rue|ciudad|municipio|localidad|pueblo|"
    "calle|город|село|населенный пункт|улица|місто|населений пункт|қала|ауыл|مدينة|قرية",
    "near": "near|nearby|vicinity|close to|surroundings|umgebung|nahe|proche|environs|cerca|рядом|поблизости",
    "district": "district|county|admin2|adm2|admin3|adm3|admin 2|adm 2|admin 3|adm 3|second order|upazila|tehsil|rayon|"
    "landkreis|kreis|bezirk|arrondissement|distrito|partido|район|ауданы|аудан|قضاء",
    "fuzzy": "approximate|approximately|approx|approx.|estimate|estimated|inexact|imprecise|uncertain|fuzzy|area|not|"
    "low|ungefahr|geschatzt|ungenau|approximatif|estime|aproximado|aproximada|estimado|примерно|تقريبي",
    "region": "region|province|state|admin1|adm1|admin 1|adm 1|first order|governorate|oblast|department|bundesland|"
    "provinz|departement|provincia|estado|departamento|область|регион|провинция|регіон|облыс|محافظة",
    "country": "country|national|nation|admin0|adm0|admin 0|adm 0|land|pays|pais|страна|країна|ел|دولة",
}
# Under the heading "precise" or "precision".
_YES = frozenset(["yes", "ja", "oui", "si", "да", "так", "иә", "نعم", "sim", "evet", "tak"])
_NO = frozenset(["no", "nein", "non", "нет", "ні", "жоқ", "لا", "nao", "hayir", "nie"])
_SPANS = {
    "1": "day|exact|exact day|exact date|tag|jour|dia|день|күн|يوم",
    "2": "week|woche|semaine|semana|неделя|тиждень|апта|اسبوع",
    "3": "month|monat|mois|mes|месяц|місяць|ай|شهر",
    "year": "year|jahr|annee|ano|год|рік|жыл|سنة|عام",
}


def _patterns(table: dict[str, str]) -> dict[str, re.Pattern[str]]:
    return {key: re.compile(any_of(map(folded, words.split("|")))) for key, words in table.items()}


_PLACES, _DAYS = _patterns(_WORDS), _patterns(_SPANS)


def geo_precision_of(text: str) -> str:
    """The `geo_precision` that a cell says, the coarsest of several, "fuzzy" where it says that nobody knows; "" for
    what cannot be read, as a number whose scale nobody has told."""
    said = folded(text)
    if len(said) > _LONGEST or not any(map(str.isalpha, said)):
        return ""
    if said in MISSING or said in _NO:
        return "fuzzy"
    if said in _YES:
        return "site"
    found = {precision for precision, words in _PLACES.items() if words.search(said)}
    if distance := _DISTANCE.search(said):
        metres = float(distance[1].replace(",", ".")) * _METRES[distance[2]]
        found.add(next((precision for most, precision in _REACHES if metres <= most), "fuzzy"))
    return next((precision for precision in reversed(_WORDS) if precision in found), "")


def time_precision_of(text: str) -> str:
    """The `time_precision` that a cell says, the coarsest of several, "year" for one of which no more is known; "" for
    what cannot be read."""
    said = folded(text)
    if len(said) > _LONGEST:
        return ""
    if said.removesuffix(".0") in ("1", "2", "3"):
        return said.removesuffix(".0")
    found = {precision for precision, words in _DAYS.items() if words.search(said)}
    return next((precision for precision in reversed(_SPANS) if precision in found), "")
